"""One unit over all plans, and in each of several: what it is obliged to, asked for, sent, and with whom."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import permutations
from typing import TYPE_CHECKING, Final

from .. import addresses
from ..terms import ROLES
from .records import Counts, Partner, UnitDuty, UnitEntry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..model import Data, Group, Mention, Successor, Unit
    from .records import Obligation, PlanIndex, TargetEntry


def unit_entries(data: Data, plans: tuple[PlanIndex, ...]) -> tuple[UnitEntry, ...]:
    """Return every unit of the registry, in its order."""
    order = {unit.id: place for place, unit in enumerate(data.units)}
    sharing = _sharing(plans)
    apart = [(plan, _sharing((plan,))) for plan in plans] if len(plans) > 1 else []
    return tuple(_with_parts(data, unit, plans, sharing, apart, order) for unit in data.units)


def _with_parts(
    data: Data,
    unit: Unit,
    plans: tuple[PlanIndex, ...],
    sharing: dict[str, _Shared],
    apart: list[tuple[PlanIndex, dict[str, _Shared]]],
    order: dict[str, int],
) -> UnitEntry:
    """Return a unit over all plans, and for each of several."""
    was = tuple(_was(data, unit))
    whole = _unit_entry(unit, plans, sharing.get(unit.id, {}), order, was)
    parts = (
        replace(
            _unit_entry(unit, (plan,), shared.get(unit.id, {}), order, was),
            url=addresses.unit_plan(unit.id, plan.id),
            plan=plan.id,
        )
        for plan, shared in apart
    )
    return replace(whole, parts=tuple(part for part in parts if part.is_concerned))


_Shared = dict[str, list[tuple[str, str]]]
"""Another unit → (plan id, task id) of each task that both are named for."""


def _sharing(plans: tuple[PlanIndex, ...]) -> dict[str, _Shared]:
    """List for each unit the tasks that it shares with each other unit, in printed order."""
    sharing: dict[str, _Shared] = {}
    for plan in plans:
        units_of: dict[str, set[str]] = {}
        for unit, obligations in plan.obligations.items():
            for obligation in obligations:
                if obligation.kind == "task" and obligation.via is None:
                    units_of.setdefault(obligation.id, set()).add(unit)
        for task in plan.tasks:
            for one, other in permutations(units_of.get(task.id, ()), 2):
                sharing.setdefault(one, {}).setdefault(other, []).append((plan.id, task.id))
    return sharing


def _was(data: Data, unit: Unit) -> Iterator[tuple[str, Successor]]:
    for other in data.units:
        for change in other.became:
            if change.unit and change.unit.unit == unit.id:
                yield other.id, change


def _unit_entry(
    unit: Unit,
    plans: tuple[PlanIndex, ...],
    shared: _Shared,
    order: dict[str, int],
    was: tuple[tuple[str, Successor], ...],
) -> UnitEntry:
    obligations = tuple(o for plan in plans for o in plan.obligations.get(unit.id, ()))
    # Of safeguards only those that name the unit itself: a group's members are inferred.
    items = {(o.plan, o.id): o for o in obligations if o.kind == "task" or o.via is None}
    targets = ((plan, target) for plan in plans for target in plan.targets)
    directions = ((plan, entry) for plan in plans for item in plan.plan.items for entry in plan.directions_of(item.id))
    return UnitEntry(
        unit=unit,
        counts=_counts(unit, plans, obligations),
        obligations=tuple(sorted(obligations, key=lambda o: o.role != "lead")),
        targets=_asked(targets, items),
        directions=_asked(directions, items),
        duties=tuple(_acting(unit, plans)),
        receives=tuple(_receiving(unit, plans)),
        unnamed=tuple(_unnamed(unit, plans)),
        works_with=tuple(
            Partner(unit=other, tasks=tuple(tasks))
            for other, tasks in sorted(shared.items(), key=lambda pair: (-len(pair[1]), order[pair[0]]))
        ),
        member_of=tuple(_member_of(unit, plans)),
        means=tuple((plan.id, plan.groups[unit.id]) for plan in plans if unit.id in plan.groups),
        was=was,
        url=addresses.unit(unit.id),
        plan=None,
        parts=(),
    )


def _asked(
    entries: Iterable[tuple[PlanIndex, TargetEntry]], items: dict[tuple[str, str], Obligation]
) -> tuple[tuple[str, TargetEntry], ...]:
    """Keep what is asked of a unit by the tasks and safeguards that are its own."""
    return tuple(
        (plan.id, entry)
        for plan, entry in entries
        if (obligation := items.get((plan.id, entry.of.id))) and obligation.asks(entry)
    )


def _receiving(unit: Unit, plans: tuple[PlanIndex, ...]) -> Iterator[UnitDuty]:
    for plan in plans:
        for entry in plan.duties:
            if _names(entry.duty.to, unit.id):
                yield UnitDuty(plan=plan.id, entry=entry, via=None)


def _unnamed(unit: Unit, plans: tuple[PlanIndex, ...]) -> Iterator[UnitDuty]:
    for plan in plans:
        for obligation in plan.obligations.get(unit.id, ()):
            for entry in plan.unnamed_of(obligation.id):
                yield UnitDuty(plan=plan.id, entry=entry, via=obligation.via)


def _member_of(unit: Unit, plans: tuple[PlanIndex, ...]) -> Iterator[tuple[str, Group]]:
    for plan in plans:
        for group in plan.groups.values():
            if _names(group.members, unit.id):
                yield plan.id, group


def _acting(unit: Unit, plans: tuple[PlanIndex, ...]) -> list[UnitDuty]:
    """List a unit's duties; a member of a group has no duty to report to itself."""
    found = []
    for plan in plans:
        for entry in plan.duties:
            groups = [plan.groups[m.unit] for m in entry.duty.who if m.unit in plan.groups]
            via = next((group.group.unit for group in groups if _names(group.members, unit.id)), None)
            if _names(entry.duty.who, unit.id):
                found.append(UnitDuty(plan=plan.id, entry=entry, via=None))
            elif via and not _names(entry.duty.to, unit.id):
                found.append(UnitDuty(plan=plan.id, entry=entry, via=via))
    return sorted(found, key=lambda duty: duty.via is not None)


def _names(mentions: Iterable[Mention], unit: str) -> bool:
    return any(mention.unit == unit for mention in mentions)


def _counts(unit: Unit, plans: tuple[PlanIndex, ...], obligations: tuple[Obligation, ...]) -> Counts:
    sectors = [sector for plan in plans for sector in plan.sectors]
    direct = Counter((o.kind, o.role == "lead") for o in obligations if o.via is None)
    return Counts(
        lead_sectors=sum(_names(sector.named("lead"), unit.id) for sector in sectors),
        responsible_sectors=sum(
            not _names(sector.named("lead"), unit.id) and _names(sector.named(*_OTHERS), unit.id) for sector in sectors
        ),
        lead_tasks=direct["task", True],
        responsible_tasks=direct["task", False],
        safeguards=direct["safeguard", True] + direct["safeguard", False],
    )


_OTHERS: Final = tuple(role for role in ROLES if role != "lead")
