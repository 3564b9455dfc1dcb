"""One plan with its lines and everything placed in them."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final, TypeVar

from .. import addresses
from ..terms import PART_KINDS
from ..text.citations import bracketed
from ..text.lines import item_sentences, official_lines, sentences_with
from .numbering import counted
from .obligations import applying_charges, printed_charges, unit_obligations
from .records import CALLED, CitationEntry, CitationMention, DutyEntry, Owner, PlanIndex, TargetEntry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model import Plan
    from ..text.lines import Line, Sentence


def plan_index(plan: Plan) -> PlanIndex:
    """Index one plan of sound data."""
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
    charges = printed_charges(plan, lines)
    applying = applying_charges(plan, charges)
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
        obligations=unit_obligations(plan, owners, groups, applying),
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


_Entry = TypeVar("_Entry", TargetEntry, DutyEntry)


def _by_item(entries: tuple[_Entry, ...]) -> dict[str, tuple[_Entry, ...]]:
    return {item: tuple(found) for item, found in groupby(entries, lambda entry: entry.of.id)}


def _naming(citations: tuple[CitationEntry, ...]) -> set[str]:
    return {mention.of.id for citation in citations for mention in citation.mentions}


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
    numbers = counted(plan)
    for part in plan.items:
        title = part.title
        if part.kind == "goal":
            url = f"{addresses.plan(plan.id)}#{part.id}"
            title = part.title or (f"{part.year}年总体目标" if part.year else PART_KINDS["goal"])
        elif part.kind in CALLED:
            url = _PAGES[part.kind](plan.id, part.id)
        else:
            url = addresses.line(plan.id, first[part.id])
        yield Owner(
            kind=part.kind if part.kind in {"goal", *CALLED} else "front" if part.kind in _FRONT else "text",
            id=part.id,
            number=part.year if part.kind == "goal" else part.number,
            counted=numbers.get(part.id, "") if part.kind in CALLED else "",
            title=title if part.kind in {"goal", *CALLED} else "",
            sector=part.sector if part.kind == "task" else None,
            url=url,
            part_kind=part.kind,
            title_reading=part.title_reading,
        )


def _targets(plan: Plan, owners: dict[str, Owner], sentences: dict[str, tuple[Sentence, ...]]) -> Iterator[TargetEntry]:
    for item in plan.items:
        for target in item.targets:
            sentence = sentences_with(sentences[item.id], target.phrase)[0]
            yield TargetEntry(
                key=(plan.id, target.id),
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
                key=(plan.id, duty.id),
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
