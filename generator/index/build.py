"""All cross-references, worked out once: who leads, who takes part, what is due, where it is printed.

Views and exports read from here and search nothing themselves.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from itertools import groupby, permutations
from typing import TYPE_CHECKING, Final, TypeVar

from .. import addresses
from ..data.load import read_data
from ..rules import require_sound
from ..terms import PART_KINDS, ROLES
from ..text.citations import bracketed
from ..text.lines import Line, Sentence, item_sentences, official_lines, sentences_with
from .records import (
    Charge,
    CitationEntry,
    CitationMention,
    Counts,
    DutyEntry,
    LeaderEntry,
    Obligation,
    Owner,
    Partner,
    PlanIndex,
    SiteIndex,
    TargetEntry,
    UnitDuty,
    UnitEntry,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from ..model import (
        Data,
        Group,
        Mention,
        Part,
        Plan,
        Responsibility,
        Safeguard,
        Successor,
        Task,
        Unit,
    )
    from ..terms import Role


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
                sectors=tuple(
                    (p.id, part)
                    for p in data.plans
                    for part in p.all_parts
                    if part.kind in {"sector", "task"} and any(m.leader == leader.id for m in part.named("supervise"))
                ),
                duties=tuple(_leaders_duties(plans, leader.id)),
                url=addresses.leader(leader.id),
            )
            for leader in data.leaders
        ),
        unit_names={unit.id: unit.name for unit in data.units},
    )


def _leaders_duties(plans: tuple[PlanIndex, ...], leader: str) -> Iterator[tuple[str, DutyEntry]]:
    for plan in plans:
        if any(m.leader == leader for part in plan.plan.all_parts for m in part.named("supervise")):
            yield from ((plan.plan.id, entry) for entry in plan.duties if entry.is_leaders)


def _plan_index(plan: Plan) -> PlanIndex:
    lines = official_lines(plan)
    sentences = item_sentences(lines)
    owners = {owner.id: owner for owner in _owners(plan, lines)}
    line_of: dict[str, int] = {}
    for line in lines:
        line_of.setdefault(line.part, line.number)
    groups = {group.group.unit: group for group in plan.groups if group.group.unit}
    targets = tuple(_targets(plan, owners, sentences))
    checkable = tuple(entry for entry in targets if entry.target.strength == "checkable")
    directions = tuple(entry for entry in targets if entry.target.strength == "direction")
    duties = tuple(_duties(plan, owners, sentences))
    citations = tuple(_citations(plan, owners, lines))
    naming = {item: [c for c in citations if any(m.of.id == item for m in c.mentions)] for item in _naming(citations)}
    charges = _charges(plan, lines)
    applying = {item: tuple(found) for item, found in _applying(plan, charges)}
    return PlanIndex(
        plan=plan,
        lines=lines,
        line_of=line_of,
        text_line_of={of: found[-1].line for of, found in sentences.items()},
        lines_of={of: tuple(found) for of, found in _lines_of(lines).items()},
        charges_of=charges,
        applying=applying,
        all_targets=targets,
        targets=checkable,
        targets_by_item=_by_item(checkable),
        directions_by_item=_by_item(directions),
        duties=duties,
        duties_by_item=_by_item(duties),
        citations=citations,
        citations_by_item={item: tuple(found) for item, found in naming.items()},
        obligations=_obligations(plan, owners, groups, _namings(plan, applying)),
        owners=owners,
        groups=groups,
        years=_years(plan),
    )


def _lines_of(lines: tuple[Line, ...]) -> dict[str, list[Line]]:
    found: dict[str, list[Line]] = {}
    for line in lines:
        if line.kind != "responsibility":
            found.setdefault(line.item, []).append(line)
    return found


def _years(plan: Plan) -> tuple[int, ...]:
    if plan.period and plan.period.start and plan.period.end:
        return tuple(range(plan.period.start, plan.period.end + 1))
    ends = [year for year in (plan.period.start, plan.period.end) if year] if plan.period else []
    goals = [goal.year for goal in plan.goals if goal.year]
    values = [v.year for item in plan.items for target in item.targets for v in target.values if v.year]
    return tuple(sorted({*ends, *goals, *values}))


def _charges(plan: Plan, lines: tuple[Line, ...]) -> dict[str, tuple[Charge, ...]]:
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


def _applying(plan: Plan, charges: dict[str, tuple[Charge, ...]]) -> Iterator[tuple[str, list[Charge]]]:
    def below(part: Part, above: list[Charge]) -> Iterator[tuple[str, list[Charge]]]:
        own = charges.get(part.id, ())
        yield part.id, [*above, *own]
        inherited = [*above, *(one for one in own if one.responsibility.covers == "part")]
        for inner in part.parts:
            yield from below(inner, inherited)

    for part in plan.parts:
        yield from below(part, list(charges[""]))


_Entry = TypeVar("_Entry", TargetEntry, DutyEntry)


def _by_item(entries: tuple[_Entry, ...]) -> dict[str, tuple[_Entry, ...]]:
    return {item: tuple(found) for item, found in groupby(entries, lambda entry: entry.of.id)}


def _naming(citations: tuple[CitationEntry, ...]) -> set[str]:
    return {mention.of.id for citation in citations for mention in citation.mentions}


_CALLED: Final = {"sector": "板块", "task": "任务", "safeguard": "制度保障"}
_PAGES: Final = {"sector": addresses.sector, "task": addresses.task, "safeguard": addresses.safeguard}
_FRONT: Final = frozenset(
    {
        "notice_title",
        "document_number",
        "addressees",
        "notice_text",
        "issuer",
        "date",
        "publicity",
        "title",
        "preamble",
        "heading",
        "guiding",
    }
)


def _owners(plan: Plan, lines: tuple[Line, ...]) -> Iterator[Owner]:
    first: dict[str, int] = {}
    for line in lines:
        first.setdefault(line.part, line.number)
    numbers = Counter((part.kind, part.number) for part in plan.all_parts)
    repeated = {kind for (kind, number), count in numbers.items() if count > 1 and number is not None}
    parts = {part.id: part for part in plan.all_parts}
    for part in plan.items:
        called, title = _CALLED.get(part.kind, ""), part.title
        if part.kind == "goal":
            url = f"{addresses.plan(plan.id)}#{part.id}"
            title = part.title or (f"{part.year}年总体目标" if part.year else PART_KINDS["goal"])
        elif called:
            url = _PAGES[part.kind](plan.id, part.id)
        else:
            url = addresses.line(plan.id, first[part.id])
        yield Owner(
            kind=part.kind if part.kind in {"goal", *_CALLED} else "front" if part.kind in _FRONT else "text",
            id=part.id,
            number=part.year if part.kind == "goal" else part.number,
            label=f"{called}{_number(part, parts, is_repeated=part.kind in repeated)}" if called else "",
            title=title if part.kind in {"goal", *_CALLED} else "",
            sector=part.sector if part.kind == "task" else None,
            url=url,
            part_kind=part.kind,
            title_reading=part.title_reading,
        )


def _number(part: Part, parts: dict[str, Part], *, is_repeated: bool) -> str:
    """Return how a part is counted: by its number, or as printed, its sector's before it, where numbers repeat."""
    if not is_repeated:
        return str(part.number) if part.number is not None else ""
    above = parts[part.sector].number_printed if part.sector else ""
    return "".join(printed.strip("、.．, \u3000") for printed in (above, part.number_printed))


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
                is_leaders=any(mention.printed in plan.leaders_names for mention in duty.who),
            )


def _citations(plan: Plan, owners: dict[str, Owner], lines: tuple[Line, ...]) -> Iterator[CitationEntry]:
    places: dict[str, list[CitationMention]] = {}
    by_number: dict[int, list[Line]] = {}
    for line in lines:
        by_number.setdefault(line.number, []).append(line)
    for found in bracketed(plan.source):
        line = next(x for x in reversed(by_number[found.line]) if x.column < found.column)
        places.setdefault(found.title, []).append(
            CitationMention(
                of=owners[line.of or line.item],
                quote=_sentence_at(line, found.column - 1 - line.column),
                line=line.number,
            )
        )
    for citation in plan.citations:
        yield CitationEntry(
            citation=citation,
            mentions=tuple(places[citation.title]),
            url=f"{addresses.plan(plan.id, 'citations')}#{citation.id}",
        )


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
    is_whole: bool
    owns: tuple[tuple[str, int], ...] = ()


def _obligations(
    plan: Plan, owners: dict[str, Owner], groups: dict[str, Group], namings: Iterable[_Naming]
) -> dict[str, tuple[Obligation, ...]]:
    found: dict[str, dict[str, Obligation]] = {}
    place = {part.id: at for at, part in enumerate(plan.all_parts)}
    for naming in namings:
        unit, item = naming.mention.unit, naming.item.id
        group = groups.get(unit or "")
        members = [(member.unit, unit) for member in group.members] if group else []
        for acting, via in [(unit, None), *members]:
            if acting is None:
                continue
            new = _obligation(plan, owners[item], naming, via)
            mine = found.setdefault(acting, {})
            mine[item] = min(mine.get(item, new), new, key=_precedence)
    return {
        unit: tuple(sorted(items.values(), key=lambda o: (o.role != "lead", o.kind == "safeguard", place[o.id])))
        for unit, items in found.items()
    }


def _namings(plan: Plan, applying: dict[str, tuple[Charge, ...]]) -> Iterator[_Naming]:
    for item in (*plan.tasks, *plan.safeguards):
        owns: dict[str | None, tuple[tuple[str, int], ...]] = {}
        for charge in applying[item.id]:
            if charge.responsibility.covers == "quote":
                for mention in charge.responsibility.names:
                    owns[mention.unit] = (*owns.get(mention.unit, ()), (charge.responsibility.governs, charge.line))
        for charge in applying[item.id]:
            one = charge.responsibility
            is_whole = one.covers != "quote"
            for mention in one.names:
                yield _Naming(item, mention, one.role, charge.line, one.label, is_whole, owns.get(mention.unit, ()))


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
        url=owner.url,
    )


def _unit_entries(data: Data, plans: tuple[PlanIndex, ...]) -> tuple[UnitEntry, ...]:
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
            url=addresses.unit_plan(unit.id, plan.plan.id),
            plan=plan.plan.id,
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
        means=tuple((plan.plan.id, plan.groups[unit.id]) for plan in plans if unit.id in plan.groups),
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
        lead_sectors=sum(_names(sector.named("lead"), unit.id) for sector in sectors),
        responsible_sectors=sum(
            not _names(sector.named("lead"), unit.id) and _names(sector.named(*_OTHERS), unit.id) for sector in sectors
        ),
        lead_tasks=direct["task", True],
        responsible_tasks=direct["task", False],
        safeguards=direct["safeguard", True] + direct["safeguard", False],
    )


_OTHERS: Final = tuple(role for role in ROLES if role != "lead")
