"""The official text line by line, and the table that accounts for every line."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .. import addresses
from ..terms import LINE_KINDS
from .common import (
    Choice,
    Head,
    Link,
    Publication,
    owner_link,
    plan_head,
    publication,
    sector_link,
)
from .controls import Controls, Filter

if TYPE_CHECKING:
    from ..entries import PlanIndex
    from ..official import Line
    from ..problems import Location
    from .rows import Rows


@dataclass(frozen=True, slots=True, kw_only=True)
class TextSentence:
    """A sentence of a paragraph, and what was made of it."""

    anchor: str
    text: str
    marks: tuple[Link, ...]
    """Targets, duties, documents; what concerns the whole line stands with its first sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextLine:
    """A line of the official text and what was made of it."""

    number: Link
    """The number, leading to the line."""
    anchor: str
    text: str
    """The line whole."""
    lead: str
    """What stands before the first sentence."""
    sentences: tuple[TextSentence, ...]
    """Empty where the line is no paragraph."""
    kind: str
    level: int
    """2 and 3 for headings, 0 for the rest."""
    heading: str
    """The id of a heading."""
    of: Link
    marks: tuple[Link, ...]
    """What was made of the line: targets, duties, documents, oddities; those of a sentence say which."""
    summary: str
    """What the line is and how much was made of it; empty where there is nothing to show."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextView:
    """The official text, line by line."""

    head: Head
    publication: Publication
    lines: tuple[TextLine, ...]
    line_count: int
    characters: str
    """16,150, without line breaks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageView:
    """Every line of the text and what it became."""

    head: Head
    lines: tuple[TextLine, ...]
    line_count: int
    characters: str
    """16,150, without line breaks."""
    controls: Controls
    sentences: int
    """How many there are."""
    used: int
    """How many of them set a target or a duty, or name a document."""


def text_view(rows: Rows, plan: PlanIndex) -> TextView:
    """Build the official text."""
    address = addresses.plan(plan.plan.id, "text")
    return TextView(
        head=plan_head(plan, "原文", f"《{plan.plan.title}》全文，逐行编号，一字未改。", address, shows=_places(plan)),
        lines=_text_lines(plan),
        publication=publication(plan),
        line_count=len(plan.lines),
        characters=f"{plan.characters:,}",
    )


def coverage_view(rows: Rows, plan: PlanIndex) -> CoverageView:
    """Build the table that accounts for every line."""
    kinds = Counter(LINE_KINDS[line.kind] for line in plan.lines)
    lines = _text_lines(plan)
    choices = tuple(Choice(kind, f"{kind}（{count}）") for kind, count in kinds.items())
    sentences = [sentence for line in lines for sentence in line.sentences]
    address = addresses.plan(plan.plan.id, "coverage")
    return CoverageView(
        head=plan_head(plan, "逐行核对", "原文每一行整理成了什么：没有一行漏掉。", address, shows=_places(plan)),
        lines=lines,
        characters=f"{plan.characters:,}",
        line_count=len(plan.lines),
        controls=Controls(filters=(Filter(name="kind", label="内容", choices=choices),), total=len(lines)),
        sentences=len(sentences),
        used=sum(bool(sentence.marks) for sentence in sentences),
    )


def _places(plan: PlanIndex) -> tuple[Location, ...]:
    own = plan.plan
    return (own.where, *(s.where for s in own.sectors), *(s.where for s in own.safeguards))


_LEVELS = {"notice_title": 2, "title": 2, "heading": 2, "sector": 3, "safeguard": 3}
"""Kind of line → its level as a heading."""


def _text_lines(plan: PlanIndex) -> tuple[TextLine, ...]:
    by_sentence, by_line = _marks(plan), _oddities(plan)
    return tuple(_text_line(plan, line, by_sentence, by_line.get(line.number, [])) for line in plan.lines)


def _text_line(
    plan: PlanIndex, line: Line, by_sentence: dict[tuple[int, str], list[Link]], oddities: list[Link]
) -> TextLine:
    kind, of, level = LINE_KINDS[line.kind], _line_of(plan, line), _LEVELS.get(line.kind, 0)
    sentences = tuple(
        TextSentence(
            anchor=f"L{line.number}-s{place}", text=text, marks=tuple(by_sentence.get((line.number, text), ()))
        )
        for place, text in enumerate(line.sentences, 1)
    )
    marks = [*by_sentence.get((line.number, line.text), ())] if not sentences else []
    for place, sentence in enumerate(sentences, 1):
        which = f"第{place}句" if len(sentences) > 1 else ""
        marks += [Link(f"{which}{mark.text}", mark.url) for mark in sentence.marks]
    marks += oddities
    summary = "，".join((kind, f"{len(marks)} 条")) if marks else kind
    return TextLine(
        number=Link(str(line.number), addresses.line(plan.plan.id, line.number)),
        anchor=f"L{line.number}",
        text=line.text,
        lead=line.lead,
        sentences=sentences,
        kind=kind,
        level=level,
        heading=f"part-{line.number}" if level else "",
        of=of,
        marks=tuple(marks),
        summary=summary if of.url or marks else "",
    )


def _line_of(plan: PlanIndex, line: Line) -> Link:
    """Return the page of the item that a line belongs to."""
    if line.of in plan.owners:
        return owner_link(plan.owners[line.of])
    if line.of:
        return sector_link(plan, plan.sector(line.of))
    return Link("")


def _marks(plan: PlanIndex) -> dict[tuple[int, str], list[Link]]:
    """Return for each line and sentence, or line without sentences, what was made of it."""
    marks: dict[tuple[int, str], list[Link]] = {}
    for target in plan.all_targets:
        what = "目标" if target.target.strength == "checkable" else "方向性表述"
        marks.setdefault((target.line, target.quote), []).append(Link(f"{what}：{target.target.indicator}", target.url))
    for duty in plan.duties:
        marks.setdefault((duty.line, duty.quote), []).append(Link(f"定期事项：{duty.duty.action}", duty.url))
    for citation in plan.citations:
        for line, quote in dict.fromkeys((mention.line, mention.quote) for mention in citation.mentions):
            link = Link(f"引用文件：{citation.citation.title}", citation.url)
            marks.setdefault((line, quote), []).append(link)
    return marks


def _oddities(plan: PlanIndex) -> dict[int, list[Link]]:
    found: dict[int, list[Link]] = {}
    base = addresses.plan(plan.plan.id, "oddities")
    for oddity in plan.plan.oddities:
        found.setdefault(oddity.line, []).append(Link(f"疑误：{oddity.printed}", f"{base}#{oddity.id}"))
    return found
