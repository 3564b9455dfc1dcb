"""Who answers for what: words of responsibility placed, handed down to what they hold for, and turned to units."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from ..terms import ROLES
from .records import Charge, Obligation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model import Group, Mention, Part, Plan, Responsibility, Safeguard, Task
    from ..terms import Role
    from ..text.lines import Line
    from .records import Owner


def printed_charges(plan: Plan, lines: tuple[Line, ...]) -> dict[str, tuple[Charge, ...]]:
    """Return for each part what is printed with it of who answers for it; "" stands for the whole plan."""
    of_part: dict[str, list[Line]] = {}
    for line in lines:
        of_part.setdefault(line.part, []).append(line)

    def charge(one: Responsibility, part: Part | None) -> Charge:
        own = of_part[one.part]
        return Charge(
            responsibility=one, part=part, line=next((x.number for x in own if one.quote in x.text), own[0].number)
        )

    found = {
        part.id: tuple(charge(one, part) for one in part.responsibilities if one.covers != "plan")
        for part in plan.all_parts
        if part.responsibilities and part.kind != "responsibility"
    }
    return found | {"": tuple(charge(one, None) for one in plan.responsibilities)}


def applying_charges(plan: Plan, charges: dict[str, tuple[Charge, ...]]) -> dict[str, tuple[Charge, ...]]:
    """Return for each part all that applies to it: of the whole plan, of what it lies in, its own."""
    found: dict[str, tuple[Charge, ...]] = {}

    def below(part: Part, above: tuple[Charge, ...]) -> None:
        own = charges.get(part.id, ())
        found[part.id] = (*above, *own)
        inherited = (*above, *(one for one in own if one.responsibility.covers == "part"))
        for inner in part.parts:
            below(inner, inherited)

    for part in plan.parts:
        below(part, charges[""])
    return found


@dataclass(frozen=True, slots=True)
class _Naming:
    """An item, a unit or group that it names, in what role, and where."""

    item: Task | Safeguard
    mention: Mention
    role: Role
    line: int
    label: str | None
    """What is printed in front of the list; None for brackets."""
    is_whole: bool
    owns: tuple[tuple[str, int], ...] = ()


def unit_obligations(
    plan: Plan, owners: dict[str, Owner], groups: dict[str, Group], applying: dict[str, tuple[Charge, ...]]
) -> dict[str, tuple[Obligation, ...]]:
    """Return by unit id what each unit is obliged to: lead first, then in printed order; each item once."""
    found: dict[str, dict[str, list[Obligation]]] = {}
    place = {part.id: at for at, part in enumerate(plan.all_parts)}
    for naming in _namings(plan, applying):
        unit, item = naming.mention.unit, naming.item.id
        group = groups.get(unit or "")
        members = [(member.unit, unit) for member in group.members] if group else []
        for acting, via in [(unit, None), *members]:
            if acting is None:
                continue
            new = _obligation(plan, owners[item], naming, via)
            found.setdefault(acting, {}).setdefault(item, []).append(new)
    return {
        unit: tuple(
            sorted(map(_one, items.values()), key=lambda o: (o.role != "lead", o.kind == "safeguard", place[o.id]))
        )
        for unit, items in found.items()
    }


def _one(named: list[Obligation]) -> Obligation:
    """Make one obligation of all by which a unit is named for one item; what else it is for the whole is kept."""
    first = min(named, key=_precedence)
    said = {first.role, "responsible"} if first.role == "lead" else {first.role}
    others: dict[Role, tuple[Role, str | None, int]] = {}
    for one in sorted(named, key=_precedence) if first.is_whole else ():
        if one.is_whole and one.via == first.via and one.role not in said:
            others.setdefault(one.role, (one.role, one.role_printed, one.line))
    return replace(first, also=tuple(others.values())) if others else first


def _namings(plan: Plan, applying: dict[str, tuple[Charge, ...]]) -> Iterator[_Naming]:
    for item in (*plan.tasks, *plan.safeguards):
        owns: dict[str | None, tuple[tuple[str, int], ...]] = {}
        for charge in applying[item.id]:
            if charge.responsibility.covers == "quote":
                for mention in charge.responsibility.names:
                    owns[mention.unit] = (*owns.get(mention.unit, ()), (charge.responsibility.governs, charge.line))
        for charge in _nearest_first(applying[item.id]):
            one = charge.responsibility
            is_whole = one.covers != "quote"
            for mention in one.names:
                yield _Naming(item, mention, one.role, charge.line, one.label, is_whole, owns.get(mention.unit, ()))


def _nearest_first(charges: tuple[Charge, ...]) -> list[Charge]:
    """Put what the item says itself before what it lies in: of two that say the same its own words count."""
    places = list(dict.fromkeys(charge.part.id if charge.part else "" for charge in charges))
    return sorted(charges, key=lambda charge: -places.index(charge.part.id if charge.part else ""))


def _precedence(obligation: Obligation) -> tuple[bool, bool, int, bool]:
    """Order two obligations of one unit to one item: named itself and for the whole first, then by role."""
    return (obligation.via is not None, not obligation.is_whole, _RANKS[obligation.role], not obligation.owns)


_RANKS: Final = {role: rank for rank, role in enumerate(ROLES)}


def _obligation(plan: Plan, owner: Owner, naming: _Naming, via: str | None) -> Obligation:
    return Obligation(
        plan=plan.id,
        kind="safeguard" if owner.kind == "safeguard" else "task",
        id=owner.id,
        number=owner.number,
        label=owner.label,
        title=owner.title,
        sector=owner.sector,
        role=naming.role,
        role_printed=naming.label,
        via=via,
        printed=naming.mention.printed,
        owns=naming.owns,
        line=naming.line,
        is_whole=naming.is_whole,
        also=(),
        url=owner.url,
    )
