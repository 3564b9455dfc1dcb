"""The official text given back from the records, line by line.

That every line comes out as printed is what proves that nothing was left out of the
YAML or changed in it.
"""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, TypeVar

from ..terms import ALL_TITLE, ITEM_KINDS, TITLED
from .labels import labelled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from ..model import Duty, Paragraph, Part, Plan, Target
    from ..problems import Location

_Quoting = TypeVar("_Quoting", "Target", "Duty")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the official text, or the stretch of one that belongs to one part."""

    number: int
    """Counts from 1."""
    column: int
    """How many characters of the line stand before it."""
    text: str
    kind: str
    """A key of `terms.PART_KINDS`."""
    label: str
    """What a line of responsibility is labelled as: 责任单位."""
    part: str
    """The id of the part whose words these are."""
    of: str
    """The id of the goal, sector, task or safeguard that it belongs to; empty for the rest."""
    item: str
    """The id of the goal, task or safeguard that it belongs to, or else of its part."""
    level: int
    """How deep it stands as a heading, from 0; -1 where it is none."""
    lead: str
    """What stands before the first sentence: number and title of a task."""
    sentences: tuple[str, ...]
    """The sentences of a paragraph; empty for headings and lists of names."""
    printed: tuple[str, ...]
    """The words as the YAML cuts them."""
    where: Location
    """Where the YAML says it."""
    places: tuple[Location, ...]
    """Where the YAML says each of these."""


def official_lines(plan: Plan) -> tuple[Line, ...]:
    """Return every stretch of the official text, as the parts give it; blank lines have none."""
    return _once(plan, "official_lines", _official_lines)


_Made = TypeVar("_Made")


def _once(plan: Plan, name: str, make: Callable[[Plan], _Made]) -> _Made:
    """Return what is made of a plan, made only once: each rule asks for it."""
    if name not in plan.memo:
        plan.memo[name] = make(plan)
    made: _Made = plan.memo[name]
    return made


def _official_lines(plan: Plan) -> tuple[Line, ...]:
    found: list[Line] = []
    number, column = 0, 0
    for part, at in _walk(plan.parts, _Place("", "", 0)):
        before = 0
        for place, paragraph in enumerate(part.paragraphs):
            if place or not part.is_joined or not number:
                number, column = number + 1 + (0 if place else part.blank_lines), 0
            if paragraph.sentences:
                found.append(_line(part, paragraph, before, (number, column), at))
                column += len(paragraph.text)
                before += len(paragraph.sentences)
    return tuple(found)


def official_text(plan: Plan) -> str:
    """Return the official text as the parts give it."""
    text, number = [], 1
    for line in official_lines(plan):
        text += ["\n" * (line.number - number), line.text]
        number = line.number
    return "".join(text) + plan.ends_with


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a part stands in the tree."""

    of: str
    """The goal, sector, task or safeguard to which it belongs."""
    item: str
    """What is quoted when its words are."""
    depth: int


def _walk(parts: tuple[Part, ...], above: _Place) -> Iterator[tuple[Part, _Place]]:
    """Yield each part in printed order, with its place."""
    for part in parts:
        is_item = part.kind in ITEM_KINDS
        of = part.id if is_item or part.kind == "sector" else above.of
        inside = part.id if is_item else above.item
        yield part, _Place(of, inside or part.id, above.depth)
        yield from _walk(part.parts, _Place(of, inside, above.depth + 1))


def _line(part: Part, paragraph: Paragraph, before: int, start: tuple[int, int], at: _Place) -> Line:
    """Return a paragraph of a part that starts at a line and column; so many of its sentences stand `before` it."""
    lead, sentences = _split(part, paragraph.sentences, before)
    return Line(
        number=start[0],
        column=start[1],
        text=paragraph.text,
        kind=part.kind,
        label=next((found.label for found in labelled(paragraph.text)), "") if part.kind == "responsibility" else "",
        part=part.id,
        of=at.of,
        item=at.item,
        level=at.depth if lead and not sentences and part.kind in _HEADINGS else -1,
        lead=lead,
        sentences=sentences,
        printed=paragraph.sentences,
        where=paragraph.places[0],
        places=paragraph.places,
    )


_HEADINGS: Final = TITLED | {"notice_title", "title"}


def _split(part: Part, sentences: tuple[str, ...], before: int) -> tuple[str, tuple[str, ...]]:
    """Cut a paragraph into what stands before its sentences, and these."""
    if part.kind in ALL_TITLE:
        return "".join(sentences), ()
    own = max(part.heading - before, 0)
    if not own and not before and part.number_printed:
        return part.number_printed, (sentences[0][len(part.number_printed) :], *sentences[1:])
    return "".join(sentences[:own]), sentences[own:]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, or a heading, of a goal, task or safeguard."""

    text: str
    line: int
    """Counts from 1."""


def placed_lines(plan: Plan) -> tuple[Line, ...]:
    """Return the lines with the numbers that they have in the source.

    Where a part of the data is missing, the lines after it are found by their text.
    """
    return _once(plan, "placed_lines", _placed_lines)


def _placed_lines(plan: Plan) -> tuple[Line, ...]:
    printed = plan.source.split("\n")
    places = {text: number for number, text in reversed(list(enumerate(printed, 1)))}
    return tuple(
        line
        if line.text in printed[line.number - 1 : line.number] or _is_at(line, printed)
        else replace(line, number=places.get(line.text, line.number))
        for line in official_lines(plan)
    )


def _is_at(line: Line, printed: list[str]) -> bool:
    """Say whether a stretch stands where it ought to, on a line that holds others as well."""
    return any(text.startswith(line.text, line.column) for text in printed[line.number - 1 : line.number])


def item_sentences(lines: tuple[Line, ...]) -> dict[str, tuple[Sentence, ...]]:
    """Return what can be quoted of each goal, sector, task, safeguard and other part, by its id; headings included."""
    found: dict[str, list[Sentence]] = defaultdict(list)
    for line in lines:
        if line.kind != "responsibility":
            texts = (line.lead, *line.sentences) if line.lead else line.sentences
            found[line.item] += (Sentence(text, line.number) for text in texts)
    return {item: tuple(sentences) for item, sentences in found.items()}


def sentences_with(sentences: tuple[Sentence, ...], phrase: str) -> tuple[Sentence, ...]:
    """Return the sentences that hold a phrase; just one where the data is sound."""
    return tuple(sentence for sentence in sentences if phrase in sentence.text)


def printed_date(text: str) -> datetime.date | None:
    """Read 2022年12月12日; None if there is no such day."""
    found = re.fullmatch(r"(\d{4})年(\d{1,2})月(\d{1,2})日", text.strip(" \u3000"), re.ASCII)
    try:
        return datetime.date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def quoted(plan: Plan, records: Callable[[Part], Iterable[_Quoting]]) -> Iterator[tuple[Part, _Quoting, str]]:
    """Yield each item, each of its records that quote the text, and the sentence quoted, where there is just one."""
    sentences = _once(plan, "placed_sentences", lambda plan: item_sentences(placed_lines(plan)))
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
