"""One unit over all plans, and in each of several: what it is obliged to, asked for, sent, and with whom."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, fields, replace
from itertools import permutations
from typing import TYPE_CHECKING, Final

from .. import addresses
from ..terms import ROLES
from .records import Counts, Partner, UnitDuty, UnitEntry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..model import Data, Mention, Successor, Unit
    from .records import Obligation, PlanIndex, TargetEntry


def unit_entries(data: Data, plans: tuple[PlanIndex, ...]) -> tuple[UnitEntry, ...]:
    """Return every unit of the registry, in its order."""
    order = {unit.id: place for place, unit in enumerate(data.units)}
    found = [_Naming(plan=plan, sharing=_sharing(plan), **_sectors(plan)) for plan in plans]
    return tuple(_with_parts(data, unit, found, order) for unit in data.units)


_Shared = dict[str, list[tuple[str, str]]]
"""Another unit → (plan id, task id) of each task that both are named for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Naming:
    """A plan, and what is worked out once for all units that it names."""

    plan: PlanIndex
    sharing: dict[str, _Shared]
    leading: Counter[str | None]
    """How many sectors a unit leads."""
    listed: Counter[str | None]
    """How many sectors name a unit in other roles alone."""


def _with_parts(data: Data, unit: Unit, found: list[_Naming], order: dict[str, int]) -> UnitEntry:
    """Return a unit over all plans, and for each of several."""
    was = tuple(_was(data, unit))
    parts = [_unit_entry(unit, naming, order, was) for naming in found]
    if len(parts) == 1:
        return replace(parts[0], url=addresses.unit(unit.id), plan=None)
    return replace(_joined(unit, parts, order, was), parts=tuple(part for part in parts if part.is_concerned))


def _sectors(plan: PlanIndex) -> dict[str, Counter[str | None]]:
    """Count for each unit the sectors that it leads, and those that name it in other roles alone."""
    leading: Counter[str | None] = Counter()
    listed: Counter[str | None] = Counter()
    for sector in plan.plan.sectors:
        first = {mention.unit for mention in sector.named("lead")}
        leading.update(first)
        listed.update({mention.unit for mention in sector.named(*_OTHERS)} - first)
    return {"leading": leading, "listed": listed}


def _sharing(plan: PlanIndex) -> dict[str, _Shared]:
    """List for each unit the tasks that it shares with each other unit, in printed order."""
    sharing: dict[str, _Shared] = {}
    units_of: dict[str, set[str]] = {}
    for unit, obligations in plan.obligations.items():
        for obligation in obligations:
            if obligation.kind == "task" and obligation.via is None:
                units_of.setdefault(obligation.id, set()).add(unit)
    for task in plan.plan.tasks:
        for one, other in permutations(units_of.get(task.id, ()), 2):
            sharing.setdefault(one, {}).setdefault(other, []).append((plan.id, task.id))
    return sharing


def _was(data: Data, unit: Unit) -> Iterator[tuple[str, Successor]]:
    for other in data.units:
        for change in other.became:
            if change.unit and change.unit.unit == unit.id:
                yield other.id, change


def _unit_entry(
    unit: Unit, naming: _Naming, order: dict[str, int], was: tuple[tuple[str, Successor], ...]
) -> UnitEntry:
    """Return a unit in one plan."""
    plan = naming.plan
    obligations = plan.obligations.get(unit.id, ())
    # Of safeguards only those that name the unit itself: a group's members are inferred.
    items = {o.id: o for o in obligations if o.kind == "task" or o.via is None}
    return UnitEntry(
        unit=unit,
        counts=_counts(unit, naming, obligations),
        obligations=tuple(sorted(obligations, key=_is_not_led)),
        targets=_asked(plan, plan.targets_by_item, items),
        directions=_asked(plan, plan.directions_by_item, items),
        duties=tuple(sorted(_acting(unit, plan), key=_is_through)),
        receives=tuple(
            UnitDuty(plan=plan.id, entry=entry, via=None) for entry in plan.duties if _names(entry.duty.to, unit.id)
        ),
        unnamed=tuple(
            UnitDuty(plan=plan.id, entry=entry, via=obligation.via)
            for obligation in obligations
            for entry in plan.unnamed_of(obligation.id)
        ),
        works_with=_partners(naming.sharing.get(unit.id, {}), order),
        member_of=tuple((plan.id, group) for group in plan.groups.values() if _names(group.members, unit.id)),
        means=((plan.id, plan.groups[unit.id]),) if unit.id in plan.groups else (),
        was=was,
        url=addresses.unit_plan(unit.id, plan.id),
        plan=plan.id,
        parts=(),
    )


def _joined(
    unit: Unit, parts: list[UnitEntry], order: dict[str, int], was: tuple[tuple[str, Successor], ...]
) -> UnitEntry:
    """Return a unit over all plans: what it is in each, one after the other."""
    shared: _Shared = {}
    for part in parts:
        for partner in part.works_with:
            shared.setdefault(partner.unit, []).extend(partner.tasks)
    return UnitEntry(
        unit=unit,
        counts=Counts(**{one.name: sum(getattr(part.counts, one.name) for part in parts) for one in fields(Counts)}),
        obligations=tuple(sorted((one for part in parts for one in part.obligations), key=_is_not_led)),
        targets=tuple(one for part in parts for one in part.targets),
        directions=tuple(one for part in parts for one in part.directions),
        duties=tuple(sorted((one for part in parts for one in part.duties), key=_is_through)),
        receives=tuple(one for part in parts for one in part.receives),
        unnamed=tuple(one for part in parts for one in part.unnamed),
        works_with=_partners(shared, order),
        member_of=tuple(one for part in parts for one in part.member_of),
        means=tuple(one for part in parts for one in part.means),
        was=was,
        url=addresses.unit(unit.id),
        plan=None,
        parts=(),
    )


def _is_not_led(obligation: Obligation) -> bool:
    return obligation.role != "lead"


def _is_through(duty: UnitDuty) -> bool:
    return duty.via is not None


def _partners(shared: _Shared, order: dict[str, int]) -> tuple[Partner, ...]:
    found = sorted(shared.items(), key=lambda pair: (-len(pair[1]), order[pair[0]]))
    return tuple(Partner(unit=other, tasks=tuple(tasks)) for other, tasks in found)


def _asked(
    plan: PlanIndex, by_item: dict[str, tuple[TargetEntry, ...]], items: dict[str, Obligation]
) -> tuple[tuple[str, TargetEntry], ...]:
    """Keep what is asked of a unit by the tasks and safeguards that are its own."""
    return tuple(
        (plan.id, entry)
        for item, entries in by_item.items()
        if (obligation := items.get(item))
        for entry in entries
        if obligation.asks(entry)
    )


def _acting(unit: Unit, plan: PlanIndex) -> Iterator[UnitDuty]:
    """Yield a unit's duties; a member of a group has no duty to report to itself."""
    for entry in plan.duties:
        groups = [plan.groups[m.unit] for m in entry.duty.who if m.unit in plan.groups]
        via = next((group.group.unit for group in groups if _names(group.members, unit.id)), None)
        if _names(entry.duty.who, unit.id):
            yield UnitDuty(plan=plan.id, entry=entry, via=None)
        elif via and not _names(entry.duty.to, unit.id):
            yield UnitDuty(plan=plan.id, entry=entry, via=via)


def _names(mentions: Iterable[Mention], unit: str) -> bool:
    return any(mention.unit == unit for mention in mentions)


def _counts(unit: Unit, naming: _Naming, obligations: tuple[Obligation, ...]) -> Counts:
    direct = Counter((o.kind, o.role == "lead") for o in obligations if o.via is None)
    return Counts(
        lead_sectors=naming.leading[unit.id],
        responsible_sectors=naming.listed[unit.id],
        lead_tasks=direct["task", True],
        responsible_tasks=direct["task", False],
        safeguards=direct["safeguard", True] + direct["safeguard", False],
    )


_OTHERS: Final = tuple(role for role in ROLES if role != "lead")
