"""The printed paragraph of a goal, task or safeguard, sentence by sentence, with what each sentence sets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from .. import addresses
from ..terms import MARKS
from .citing import cited_as
from .links import Link, line_link
from .names import PrintedNames, printed_list
from .responsibility import label_of
from .rows import text_lines
from .terms import notes_of, pieces

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..index.records import Charge, CitationEntry, DutyEntry, PlanIndex, TargetEntry
    from ..model import Oddity, Part
    from ..text.lines import Line
    from .rows import DutyRow, Rows, TargetRow
    from .terms import Piece, TermNote

_ROOM: Final = {"chart": 7, "steps": 8}
"""So many lines a drawing takes in a margin."""
_ACROSS: Final = 20
"""So many printed characters make a sentence as tall as one line of the margin."""
_MARGIN: Final = 6
"""By so many lines a margin may be longer than its sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedDocument:
    """A document that an item names."""

    link: Link
    document_number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OddityNote:
    """An oddity in the lines of an item."""

    printed: str
    reading: str
    more: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class Charged:
    """Who answers for words of a sentence alone."""

    label: str
    """Of this and the next ones; empty where one before says it."""
    names: tuple[PrintedNames, ...]
    phrase: str
    """The printed words; empty where they are the whole sentence, or more."""
    mark: str
    is_last: bool
    """Whether the next has another label, or there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a target asks for, and when."""

    when: str
    """2024年, 2022年、2023年; or what stands in place of a year: 未写年份, 每年."""
    what: str
    """A figure with its comparator; empty for words, which the sentence says already."""
    mark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SetTarget:
    """A target beside the sentence that sets it."""

    row: TargetRow
    asked: tuple[Asked, ...]
    """Empty where a drawing says it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedSentence:
    """A printed sentence, or the number and title in front of the first, and what it sets."""

    anchor: str
    """Empty for number and title."""
    number: int
    """Counts from 1; 0 for number and title."""
    label: str
    """第3句."""
    lead: str
    """A number in front of it."""
    pieces: tuple[Piece, ...]
    """Joined, they are the printed sentence."""
    line: Link
    targets: tuple[SetTarget, ...]
    directions: tuple[TargetRow, ...]
    duties: tuple[DutyRow, ...]
    charged: tuple[Charged, ...]
    documents: tuple[CitedDocument, ...]
    oddities: tuple[OddityNote, ...]

    begins_line: bool
    """Whether it is printed on another line than the one before."""
    sets_something: bool
    """Whether anything stands beside it."""
    sets_much: bool
    """Whether that needs more room than a margin has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemText:
    """What is printed of an item."""

    sentences: tuple[MarkedSentence, ...]
    """Number and title first, if there are any."""
    texts: tuple[str, ...]
    """The whole lines, without a title that is printed in a line of its own."""
    line: Link
    """The first of them."""
    url: str
    """Of the item's page."""
    cite: str
    terms: tuple[TermNote, ...]
    """What the glossary says of words that are marked in it."""


def paragraph(
    rows: Rows,
    plan: PlanIndex,
    item: Part,
    prefix: str = "",
    seen: set[str] | None = None,
) -> ItemText:
    """Build what is printed of an item.

    Where a page shows several, `prefix` keeps their anchors apart, and `seen` takes up the
    terms that are marked already.
    """
    lines, owner = text_lines(plan, item), plan.owners[item.id]
    marked = set() if seen is None else seen
    parts = {part.id: part for part in item.walk()}
    sentences = tuple(
        _sentence(rows, plan, item, place, marked) for place in _places(plan.lines_of[item.id], parts, prefix)
    )
    return ItemText(
        sentences=sentences,
        texts=tuple(line.text for line in lines),
        line=line_link(plan.id, lines[0].number),
        url=owner.url,
        cite=cited_as(owner),
        terms=notes_of(sentence.pieces for sentence in sentences),
    )


@dataclass(frozen=True, slots=True)
class _Numbered:
    """A sentence, its number, its anchor, its line, and a number that is printed in front of it."""

    text: str
    number: int
    anchor: str
    line: int
    begins_line: bool
    lead: str = ""


def _places(lines: tuple[Line, ...], parts: dict[str, Part], prefix: str) -> Iterator[_Numbered]:
    """Yield a title by itself; a number without one stands with its sentence."""
    at, before = 0, lines[0].number
    for line in lines:
        is_title = not line.sentences or line.lead != parts[line.part].number_printed
        if line.lead and is_title:
            yield _Numbered(line.lead, 0, "", line.number, line.number != before)
            before = line.number
        for place, text in enumerate(line.sentences):
            at += 1
            lead = "" if place or is_title else line.lead
            yield _Numbered(text, at, f"{prefix}s{at}", line.number, line.number != before, lead)
            before = line.number


def _sentence(rows: Rows, plan: PlanIndex, item: Part, place: _Numbered, marked: set[str]) -> MarkedSentence:
    of, text = item.id, place.text
    targets = [_set_target(rows.target(e)) for e in plan.targets_of(of) if _sets(place, e.target.phrase, e)]
    directions = [rows.target(e) for e in plan.directions_of(of) if _sets(place, e.target.phrase, e)]
    duties = [rows.duty(e) for e in plan.duties_of(of) if _sets(place, e.duty.phrase, e)]
    charged = list(
        _charged([c for c in plan.charges_of.get(of, ()) if _charges(c, text)], text) if place.number else ()
    )
    named = [document(entry) for entry in plan.citations_of(of) if _names(entry, of, text)]
    odd = [_oddity(plan, o) for o in plan.plan.oddities if o.line == place.line and o.printed in text]
    room = sum(_ROOM[drawn.form] if (drawn := target.row.figure) else 2 for target in targets)
    room += sum(len(found) + 1 for found in (directions, duties, charged, charged, named, odd) if found)
    return MarkedSentence(
        anchor=place.anchor,
        number=place.number,
        label=f"第{place.number}句" if place.number else "标题",
        lead=place.lead,
        pieces=pieces(text, rows.terms(plan.id), marked),
        line=line_link(plan.id, place.line),
        targets=tuple(targets),
        directions=tuple(directions),
        duties=tuple(duties),
        charged=tuple(charged),
        documents=tuple(named),
        oddities=tuple(odd),
        begins_line=place.begins_line,
        sets_something=bool(room),
        sets_much=room > len(text) // _ACROSS + _MARGIN,
    )


def _charges(charge: Charge, text: str) -> bool:
    """Say whether somebody answers for words of a sentence, or for more than it, but not for the whole item."""
    one = charge.responsibility
    return one.covers == "quote" and (one.governs in text or (text in one.governs and one.quote in text))


def _charged(charges: list[Charge], text: str) -> Iterator[Charged]:
    labels = [label_of(charge) for charge in charges]
    for place, (charge, label) in enumerate(zip(charges, labels, strict=True)):
        one = charge.responsibility
        yield Charged(
            label=label if labels[place - 1 : place] != [label] else "",
            names=printed_list(one.names),
            phrase="" if text in one.governs else one.governs,
            mark=MARKS[one.reading],
            is_last=labels[place + 1 : place + 2] != [label],
        )


def _set_target(row: TargetRow) -> SetTarget:
    found: dict[tuple[str, str], list[str]] = {}
    for cell in row.cells if row.figure is None else ():
        texts = [value.text for value in cell.values if any(map(str.isdigit, value.text))]
        what = "、".join(texts) if row.target.type == "metric" else ""
        if cell.values:
            mark = next((value.mark for value in cell.values if value.mark), "")
            found.setdefault((what, mark), []).append(cell.label)
    asked = (Asked(when="、".join(when), what=what, mark=mark) for (what, mark), when in found.items())
    return SetTarget(row=row, asked=tuple(asked))


def _sets(place: _Numbered, phrase: str, entry: TargetEntry | DutyEntry) -> bool:
    """Say whether a sentence is the one that sets something: its words lie in exactly one."""
    return entry.line == place.line and entry.quote == place.text and phrase in place.text


def _names(entry: CitationEntry, of: str, text: str) -> bool:
    return any(mention.of.id == of and mention.quote == text for mention in entry.mentions)


def document(entry: CitationEntry) -> CitedDocument:
    """Return a document that is named."""
    return CitedDocument(
        link=Link(entry.citation.title, entry.url), document_number=entry.citation.document_number or ""
    )


def _oddity(plan: PlanIndex, oddity: Oddity) -> OddityNote:
    more = Link("详情", addresses.oddity(plan.id, oddity.id))
    return OddityNote(printed=oddity.printed, reading=oddity.reading, more=more)


def documents(plan: PlanIndex, of: str) -> tuple[CitedDocument, ...]:
    """List the documents that an item names, or a line before the goals, each once."""
    return tuple(document(entry) for entry in plan.citations_of(of))


def oddities(plan: PlanIndex, of: str) -> tuple[OddityNote, ...]:
    """List the oddities in the lines of an item."""
    own = {line.number for line in plan.lines if line.of == of}
    return tuple(_oddity(plan, oddity) for oddity in plan.plan.oddities if oddity.line in own)
