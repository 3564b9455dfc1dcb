"""The official text given back from the records, line by line.

That every line comes out as printed is what proves that nothing was left out of the
YAML or changed in it.
"""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from .terms import chinese_number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from .model import Duty, Goal, Mention, Plan, Safeguard, Sector, Target, Task
    from .problems import Location

_Quoting = TypeVar("_Quoting", "Target", "Duty")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the official text and what it is."""

    number: int
    """Counts from 1."""
    text: str
    kind: str
    """A key of `terms.LINE_KINDS`."""
    of: str
    """The id of the goal, sector, task or safeguard that it belongs to; empty for front matter."""
    lead: str
    """What stands before the first sentence: number and title of a task."""
    sentences: tuple[str, ...]
    """The sentences of a paragraph; empty for headings and lists of names."""
    where: Location
    """Where the YAML says it."""
    places: tuple[Location, ...]
    """Where the YAML says each sentence."""


def numbered(style: str, number: int) -> str:
    """Write a number in a style that is shown by its first number: （一） and 3 give （三）."""
    return re.sub("[一1]", lambda m: str(number) if m[0] == "1" else chinese_number(number), style, count=1)


def printed_names(mentions: tuple[Mention, ...]) -> list[str]:
    """Return the names as printed; names run together come out once."""
    return list({mention.position: mention.printed for mention in mentions}.values())


def official_lines(plan: Plan) -> tuple[Line, ...]:
    """Return every line of the official text, as the records give it."""
    return tuple(
        Line(number, lead + "".join(sentences), kind, of, lead, sentences, where, places)
        for number, (kind, of, lead, sentences, where, places) in enumerate(_lines(plan), 1)
    )


def official_text(plan: Plan) -> str:
    """Return the official text as the records give it."""
    return "\n".join(line.text for line in official_lines(plan))


_Row = tuple[str, str, str, tuple[str, ...], "Location", tuple["Location", ...]]


def _lines(plan: Plan) -> Iterator[_Row]:
    notice, layout, where = plan.notice, plan.layout, plan.where
    yield "notice_title", "", notice.title, (), where, ()
    yield "addressees", "", notice.addressees, (), where, ()
    yield "notice_text", "", "", notice.sentences, where, plan.notice_places
    for issuer in notice.issuers:
        yield "issuer", "", issuer, (), where, ()
    yield "date", "", notice.date, (), where, ()
    yield "publicity", "", notice.publicity, (), where, ()
    yield "title", "", plan.title, (), where, ()
    yield "preamble", "", "", plan.preamble, where, plan.preamble_places
    yield "heading", "", numbered(layout.section, 1) + plan.guiding_title, (), where, ()
    yield "guiding", "", "", plan.guiding, where, plan.guiding_places
    yield "heading", "", numbered(layout.section, 2) + plan.goals_title, (), where, ()
    for goal in plan.goals:
        yield "goal", goal.id, "", goal.sentences, goal.where, goal.sentence_places
    yield "heading", "", numbered(layout.section, 3) + plan.tasks_title, (), where, ()
    for sector in plan.sectors:
        yield from _sector_lines(plan, sector)
    yield "heading", "", numbered(layout.section, 4) + plan.safeguards_title, (), where, ()
    for safeguard in plan.safeguards:
        yield from _safeguard_lines(plan, safeguard)


def _sector_lines(plan: Plan, sector: Sector) -> Iterator[_Row]:
    layout = plan.layout
    yield "sector", sector.id, numbered(layout.sector, sector.number) + sector.title, (), sector.where, ()
    for task in sector.tasks:
        lead = f"{numbered(layout.task, task.number)}{task.title}{layout.title_end}"
        yield "task", task.id, lead, task.sentences, task.where, task.sentence_places
    yield (
        "supervising_leader",
        sector.id,
        layout.supervising_leader + sector.leader_printed,
        (),
        sector.leader_where,
        (),
    )
    yield (
        "lead_unit",
        sector.id,
        layout.lead_unit + sector.lead_unit.printed,
        (),
        sector.lead_unit.where,
        (),
    )
    yield _units_line(plan, sector.id, sector.responsible_units, sector.where)


def _safeguard_lines(plan: Plan, safeguard: Safeguard) -> Iterator[_Row]:
    title = numbered(plan.layout.safeguard, safeguard.number) + safeguard.title
    yield "safeguard", safeguard.id, title, (), safeguard.where, ()
    yield "safeguard_text", safeguard.id, "", safeguard.sentences, safeguard.where, safeguard.sentence_places
    yield _units_line(plan, safeguard.id, safeguard.responsible_units, safeguard.where)


def _units_line(plan: Plan, of: str, mentions: tuple[Mention, ...], where: Location) -> _Row:
    text = plan.layout.responsible_units + plan.layout.separator.join(printed_names(mentions))
    first = mentions[0].where if mentions else where
    return "responsible_units", of, text, (), first, ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, or a heading, of a goal, task or safeguard."""

    text: str
    line: int
    """Counts from 1."""


_QUOTABLE = ("goal", "task", "safeguard", "safeguard_text")
"""The kinds of lines in which targets and duties stand."""


def placed_lines(plan: Plan) -> tuple[Line, ...]:
    """Return the lines with the numbers that they have in the source.

    Where a part of the data is missing, the lines after it are found by their text.
    """
    printed = plan.source.split("\n")
    places = {text: number for number, text in reversed(list(enumerate(printed, 1)))}
    return tuple(
        line
        if printed[line.number - 1 : line.number] == [line.text]
        else replace(line, number=places.get(line.text, line.number))
        for line in official_lines(plan)
    )


def item_sentences(lines: tuple[Line, ...]) -> dict[str, tuple[Sentence, ...]]:
    """Return what can be quoted of each goal, task and safeguard, by its id; headings included."""
    found: dict[str, list[Sentence]] = defaultdict(list)
    for line in lines:
        if line.kind in _QUOTABLE:
            texts = (line.lead, *line.sentences) if line.lead else line.sentences
            found[line.of] += (Sentence(text, line.number) for text in texts)
    return {item: tuple(sentences) for item, sentences in found.items()}


def sentences_with(sentences: tuple[Sentence, ...], phrase: str) -> tuple[Sentence, ...]:
    """Return the sentences that hold a phrase; just one where the data is sound."""
    return tuple(sentence for sentence in sentences if phrase in sentence.text)


def printed_date(text: str) -> datetime.date | None:
    """Read 2022年12月12日; None if there is no such day."""
    found = re.fullmatch(r"(\d{4})年(\d{1,2})月(\d{1,2})日", text, re.ASCII)
    try:
        return datetime.date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def quoted(
    plan: Plan, records: Callable[[Goal | Task | Safeguard], Iterable[_Quoting]]
) -> Iterator[tuple[Goal | Task | Safeguard, _Quoting, str]]:
    """Yield each item, each of its records that quote the text, and the sentence quoted, where there is just one."""
    sentences = item_sentences(placed_lines(plan))
    for item in plan.items:
        for record in records(item):
            found = sentences_with(sentences[item.id], record.phrase)
            if len(found) == 1:
                yield item, record, found[0].text


def targets_by_sentence(plan: Plan) -> dict[tuple[str, str], list[Target]]:
    """Return (id of an item, one of its sentences) → the targets that quote it."""
    found: dict[tuple[str, str], list[Target]] = {}
    for item, target, sentence in quoted(plan, lambda item: item.targets):
        found.setdefault((item.id, sentence), []).append(target)
    return found
