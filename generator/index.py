"""All cross-references, worked out once: who leads, who takes part, what is due, where it is printed.

Views and exports read from here and search nothing themselves.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import groupby, permutations
from typing import TYPE_CHECKING, TypeVar

from . import addresses
from .citations import bracketed
from .entries import (
    CitationEntry,
    CitationMention,
    Counts,
    DutyEntry,
    LeaderEntry,
    Obligation,
    Owner,
    Partner,
    PlanIndex,
    Role,
    SiteIndex,
    TargetEntry,
    UnitDuty,
    UnitEntry,
)
from .load import read_data
from .official import Line, Sentence, item_sentences, official_lines, printed_date, sentences_with
from .rules import require_sound

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from .model import (
        Data,
        Group,
        Mention,
        Plan,
        Safeguard,
        Successor,
        Task,
        Unit,
    )


def read_index(root: Path, shown: str = "") -> SiteIndex:
    """Read and check plan_data/ and index it; raises PlanError with every problem."""
    data, problems = read_data(root, shown)
    require_sound(data, problems)
    return build_index(data)


def build_index(data: Data) -> SiteIndex:
    """Index sound data."""
    plans = tuple(_plan_index(plan) for plan in data.plans)
    return SiteIndex(
        data=data,
        plans=plans,
        units=_unit_entries(data, plans),
        leaders=tuple(
            LeaderEntry(
                leader=leader,
                sectors=tuple((p.id, s) for p in data.plans for s in p.sectors if s.leader == leader.id),
                duties=tuple(_leaders_duties(plans, leader.id)),
                url=addresses.leader(leader.id),
            )
            for leader in data.leaders
        ),
        unit_names={unit.id: unit.name for unit in data.units},
    )


def _leaders_duties(plans: tuple[PlanIndex, ...], leader: str) -> Iterator[tuple[str, DutyEntry]]:
    for plan in plans:
        if any(sector.leader == leader for sector in plan.plan.sectors):
            yield from ((plan.plan.id, entry) for entry in plan.duties if entry.is_leaders)


def _plan_index(plan: Plan) -> PlanIndex:
    lines = official_lines(plan)
    sentences = item_sentences(lines)
    owners = {owner.id: owner for owner in _owners(plan)}
    line_of: dict[str, int] = {}
    for line in lines:
        if line.of:
            line_of.setdefault(line.of, line.number)
    units_line_of = {line.of: line.number for line in lines if line.kind == "responsible_units"}
    groups = {group.group.unit: group for group in plan.groups if group.group.unit}
    targets = tuple(_targets(plan, owners, sentences))
    checkable = tuple(entry for entry in targets if entry.target.strength == "checkable")
    directions = tuple(entry for entry in targets if entry.target.strength == "direction")
    duties = tuple(_duties(plan, owners, sentences))
    citations = tuple(_citations(plan, owners, lines))
    naming = {item: [c for c in citations if any(m.of.id == item for m in c.mentions)] for item in _naming(citations)}
    return PlanIndex(
        plan=plan,
        lines=lines,
        line_of=line_of,
        text_line_of={of: found[-1].line for of, found in sentences.items()},
        units_line_of=units_line_of,
        all_targets=targets,
        targets=checkable,
        targets_by_item=_by_item(checkable),
        directions_by_item=_by_item(directions),
        duties=duties,
        duties_by_item=_by_item(duties),
        citations=citations,
        citations_by_item={item: tuple(found) for item, found in naming.items()},
        obligations=_obligations(plan, groups, _namings(plan, lines)),
        owners=owners,
        groups=groups,
        issued_on=str(printed_date(plan.notice.date)),
    )


_Entry = TypeVar("_Entry", TargetEntry, DutyEntry)


def _by_item(entries: tuple[_Entry, ...]) -> dict[str, tuple[_Entry, ...]]:
    return {item: tuple(found) for item, found in groupby(entries, lambda entry: entry.of.id)}


def _naming(citations: tuple[CitationEntry, ...]) -> set[str]:
    return {mention.of.id for citation in citations for mention in citation.mentions}


def _owners(plan: Plan) -> Iterator[Owner]:
    for goal in plan.goals:
        url = f"{addresses.plan(plan.id)}#{goal.id}"
        yield Owner(kind="goal", id=goal.id, number=goal.year, title=f"{goal.year}年总体目标", sector=None, url=url)
    for task in plan.tasks:
        url = addresses.task(plan.id, task.number)
        yield Owner(kind="task", id=task.id, number=task.number, title=task.title, sector=task.sector, url=url)
    for item in plan.safeguards:
        url = addresses.safeguard(plan.id, item.number)
        yield Owner(kind="safeguard", id=item.id, number=item.number, title=item.title, sector=None, url=url)


def _targets(plan: Plan, owners: dict[str, Owner], sentences: dict[str, tuple[Sentence, ...]]) -> Iterator[TargetEntry]:
    for item in plan.items:
        for target in item.targets:
            sentence = sentences_with(sentences[item.id], target.phrase)[0]
            yield TargetEntry(
                target=target,
                of=owners[item.id],
                quote=sentence.text,
                line=sentence.line,
                url=f"{addresses.plan(plan.id, 'targets')}#{target.id}",
            )


def _duties(plan: Plan, owners: dict[str, Owner], sentences: dict[str, tuple[Sentence, ...]]) -> Iterator[DutyEntry]:
    for item in plan.items:
        for duty in item.duties:
            sentence = sentences_with(sentences[item.id], duty.phrase)[0]
            yield DutyEntry(
                duty=duty,
                of=owners[item.id],
                quote=sentence.text,
                line=sentence.line,
                url=f"{addresses.plan(plan.id, 'calendar')}#{duty.id}",
                is_leaders=any(mention.printed == plan.leaders_name for mention in duty.who),
            )


def _citations(plan: Plan, owners: dict[str, Owner], lines: tuple[Line, ...]) -> Iterator[CitationEntry]:
    places: dict[str, list[CitationMention]] = {}
    for found in bracketed(plan.source):
        line = lines[found.line - 1]
        places.setdefault(found.title, []).append(
            CitationMention(
                of=owners.get(line.of) or _front(plan, line),
                quote=_sentence_at(line, found.column - 1),
                line=line.number,
            )
        )
    for citation in plan.citations:
        yield CitationEntry(
            citation=citation,
            mentions=tuple(places[citation.title]),
            url=f"{addresses.plan(plan.id, 'citations')}#{citation.id}",
        )


def _front(plan: Plan, line: Line) -> Owner:
    """Stand for a line before the goals, which belongs to no numbered item."""
    return Owner(kind="front", id=line.kind, number=0, title="", sector=None, url=addresses.line(plan.id, line.number))


def _sentence_at(line: Line, column: int) -> str:
    """Return the sentence that holds a character, or the line where it has no sentences."""
    start = len(line.lead)
    for sentence in line.sentences:
        if start <= column < start + len(sentence):
            return sentence
        start += len(sentence)
    return line.text


@dataclass(frozen=True, slots=True)
class _Naming:
    """An item, a unit or group that it names, in what role, and where."""

    item: Task | Safeguard
    mention: Mention
    role: Role
    line: int
    label: str | None
    """What is printed in front of the list; None for brackets."""
    owns: tuple[tuple[str, int], ...] = ()


def _obligations(plan: Plan, groups: dict[str, Group], namings: Iterable[_Naming]) -> dict[str, tuple[Obligation, ...]]:
    found: dict[str, dict[str, Obligation]] = {}
    for naming in namings:
        unit, item = naming.mention.unit, naming.item.id
        group = groups.get(unit or "")
        members = [(member.unit, unit) for member in group.members] if group else []
        for acting, via in [(unit, None), *members]:
            if acting is None:
                continue
            new = _obligation(plan, naming, via)
            mine = found.setdefault(acting, {})
            mine[item] = min(mine.get(item, new), new, key=_precedence)
    return {
        unit: tuple(sorted(items.values(), key=lambda o: (o.role != "lead", o.kind == "safeguard", o.number)))
        for unit, items in found.items()
    }


def _namings(plan: Plan, lines: tuple[Line, ...]) -> Iterator[_Naming]:
    place = {(line.kind, line.of): line.number for line in lines}
    lead, listed = (label.rstrip(":： ") for label in (plan.layout.lead_unit, plan.layout.responsible_units))
    for sector in plan.sectors:
        for task in sector.tasks:
            yield _Naming(task, sector.lead_unit, "lead", place["lead_unit", sector.id], lead)
            for mention in sector.responsible_units:
                yield _Naming(task, mention, "responsible", place["responsible_units", sector.id], listed)
    for safeguard in plan.safeguards:
        text = place["safeguard_text", safeguard.id]
        owns: dict[str | None, tuple[tuple[str, int], ...]] = {}
        for owner in safeguard.owners:
            owns[owner.mention.unit] = (*owns.get(owner.mention.unit, ()), (owner.phrase, text))
        for mention in safeguard.responsible_units:
            line = place["responsible_units", safeguard.id]
            yield _Naming(safeguard, mention, "responsible", line, listed, owns.get(mention.unit, ()))
        for owner in safeguard.owners:
            yield _Naming(safeguard, owner.mention, "owner", text, None, owns[owner.mention.unit])


def _precedence(obligation: Obligation) -> tuple[bool, int, bool]:
    """Order two obligations of one unit to one item: named itself first, then by role, then with what it owns."""
    order = ("lead", "responsible", "owner")
    return (obligation.via is not None, order.index(obligation.role), not obligation.owns)


def _obligation(plan: Plan, naming: _Naming, via: str | None) -> Obligation:
    item = naming.item
    sector = getattr(item, "sector", None)
    address = addresses.safeguard if sector is None else addresses.task
    return Obligation(
        plan=plan.id,
        kind="safeguard" if sector is None else "task",
        id=item.id,
        number=item.number,
        title=item.title,
        sector=sector,
        role=naming.role,
        role_printed=naming.label,
        via=via,
        printed=naming.mention.printed,
        owns=naming.owns,
        line=naming.line,
        url=address(plan.id, item.number),
    )


def _unit_entries(data: Data, plans: tuple[PlanIndex, ...]) -> tuple[UnitEntry, ...]:
    order = {unit.id: place for place, unit in enumerate(data.units)}
    sharing = _sharing(plans)
    return tuple(
        _unit_entry(unit, plans, sharing.get(unit.id, {}), order, tuple(_was(data, unit))) for unit in data.units
    )


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
        for task in plan.plan.tasks:
            for one, other in permutations(units_of.get(task.id, ()), 2):
                sharing.setdefault(one, {}).setdefault(other, []).append((plan.plan.id, task.id))
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
        was=was,
        url=addresses.unit(unit.id),
    )


def _asked(
    entries: Iterable[tuple[PlanIndex, TargetEntry]], items: dict[tuple[str, str], Obligation]
) -> tuple[tuple[str, TargetEntry], ...]:
    """Keep what is asked of a unit by the tasks and safeguards that are its own."""
    return tuple(
        (plan.plan.id, entry)
        for plan, entry in entries
        if (obligation := items.get((plan.plan.id, entry.of.id))) and obligation.asks(entry)
    )


def _receiving(unit: Unit, plans: tuple[PlanIndex, ...]) -> Iterator[UnitDuty]:
    for plan in plans:
        for entry in plan.duties:
            if _names(entry.duty.to, unit.id):
                yield UnitDuty(plan=plan.plan.id, entry=entry, via=None)


def _unnamed(unit: Unit, plans: tuple[PlanIndex, ...]) -> Iterator[UnitDuty]:
    for plan in plans:
        for obligation in plan.obligations.get(unit.id, ()):
            for entry in plan.unnamed_of(obligation.id):
                yield UnitDuty(plan=plan.plan.id, entry=entry, via=obligation.via)


def _member_of(unit: Unit, plans: tuple[PlanIndex, ...]) -> Iterator[tuple[str, Group]]:
    for plan in plans:
        for group in plan.groups.values():
            if _names(group.members, unit.id):
                yield plan.plan.id, group


def _acting(unit: Unit, plans: tuple[PlanIndex, ...]) -> list[UnitDuty]:
    """List a unit's duties; a member of a group has no duty to report to itself."""
    found = []
    for plan in plans:
        for entry in plan.duties:
            groups = [plan.groups[m.unit] for m in entry.duty.who if m.unit in plan.groups]
            via = next((group.group.unit for group in groups if _names(group.members, unit.id)), None)
            if _names(entry.duty.who, unit.id):
                found.append(UnitDuty(plan=plan.plan.id, entry=entry, via=None))
            elif via and not _names(entry.duty.to, unit.id):
                found.append(UnitDuty(plan=plan.plan.id, entry=entry, via=via))
    return sorted(found, key=lambda duty: duty.via is not None)


def _names(mentions: Iterable[Mention], unit: str) -> bool:
    return any(mention.unit == unit for mention in mentions)


def _counts(unit: Unit, plans: tuple[PlanIndex, ...], obligations: tuple[Obligation, ...]) -> Counts:
    sectors = [sector for plan in plans for sector in plan.plan.sectors]
    direct = Counter((o.kind, o.role == "lead") for o in obligations if o.via is None)
    return Counts(
        lead_sectors=sum(sector.lead_unit.unit == unit.id for sector in sectors),
        responsible_sectors=sum(
            sector.lead_unit.unit != unit.id and any(m.unit == unit.id for m in sector.responsible_units)
            for sector in sectors
        ),
        lead_tasks=direct["task", True],
        responsible_tasks=direct["task", False],
        safeguards=direct["safeguard", False],
    )
