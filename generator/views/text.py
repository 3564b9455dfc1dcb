"""The official text line by line, and the table that accounts for every line."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from .. import addresses
from ..terms import PART_KINDS
from .citing import Publication, publication
from .common import Option
from .controls import Controls, Filter
from .heads import View, plan_head, sections
from .links import Link, owner_link

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..index.records import PlanIndex
    from ..problems import Location
    from ..text.lines import Line
    from .rows import Rows


@dataclass(frozen=True, slots=True, kw_only=True)
class TextSentence:
    """A sentence of a paragraph, and what was made of it."""

    anchor: str
    text: str
    marks: tuple[Link, ...]
    """Targets, duties, documents; what concerns the whole line stands with its first sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """As much of a line as belongs to one part."""

    text: str
    lead: str
    """What stands before the first sentence."""
    sentences: tuple[TextSentence, ...]
    """Empty where it is no running text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextLine:
    """A line of the official text and what was made of it."""

    number: Link
    """The number, leading to the line."""
    anchor: str
    text: str
    """The line whole."""
    stretches: tuple[Stretch, ...]
    """Joined, they are the line; none where it is blank."""
    kind: str
    kinds: str
    """The same for the filter, between blanks."""
    level: int
    """2 to 4 for headings, 0 for the rest."""
    heading: str
    """The id of a heading."""
    of: tuple[Link, ...]
    """The goals, sectors, tasks and safeguards to which it belongs."""
    marks: tuple[Link, ...]
    """What was made of the line: targets, duties, documents, oddities; those of a sentence say which."""
    summary: str
    """What the line is and how much was made of it; empty where there is nothing to show."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextView(View):
    """The official text, line by line."""

    publication: Publication
    lines: tuple[TextLine, ...]
    line_count: int
    characters: str
    """16,150, without line breaks."""

    @property
    def headings(self) -> dict[str, str]:
        """The sections of the page."""
        return sections(
            *((line.level == _HIGHEST, line.heading, line.text) for line in self.lines),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageView(View):
    """Every line of the text and what it became."""

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
    address = addresses.plan(plan.id, "text")
    return TextView(
        head=plan_head(plan, "原文", f"《{plan.plan.title}》全文，逐行编号，一字未改。", address, shows=_places(plan)),
        lines=_text_lines(plan),
        publication=publication(plan),
        line_count=plan.line_count,
        characters=f"{plan.characters:,}",
    )


def coverage_view(rows: Rows, plan: PlanIndex) -> CoverageView:
    """Build the table that accounts for every line."""
    lines = _text_lines(plan)
    kinds = Counter(kind for line in lines for kind in line.kinds.split(" "))
    choices = tuple(Option(kind, f"{kind}（{count}）") for kind, count in kinds.items())
    sentences = [sentence for line in lines for stretch in line.stretches for sentence in stretch.sentences]
    address = addresses.plan(plan.id, "coverage")
    return CoverageView(
        head=plan_head(plan, "逐行核对", "原文每一行整理成了什么：没有一行漏掉。", address, shows=_places(plan)),
        lines=lines,
        characters=f"{plan.characters:,}",
        line_count=plan.line_count,
        controls=Controls(filters=(Filter(name="kind", label="内容", choices=choices),), total=len(lines)),
        sentences=len(sentences),
        used=sum(bool(sentence.marks) for sentence in sentences),
    )


def _places(plan: PlanIndex) -> tuple[Location, ...]:
    own = plan.plan
    return (own.where, *(s.opens_at for s in own.sectors), *(s.opens_at for s in own.safeguards))


_HIGHEST: Final = 2
_DEEPEST: Final = 4
"""Headings of the text are of the second to the fourth level."""
_BLANK: Final = "空行"


def _text_lines(plan: PlanIndex) -> tuple[TextLine, ...]:
    by_sentence, by_line = _marks(plan), _oddities(plan)
    stretches: dict[int, list[Line]] = {}
    for line in plan.lines:
        stretches.setdefault(line.number, []).append(line)
    return tuple(
        _text_line(plan, number, stretches.get(number, []), by_sentence, by_line.get(number, []))
        for number in range(1, plan.line_count + 1)
    )


def _text_line(
    plan: PlanIndex,
    number: int,
    own: list[Line],
    by_sentence: dict[tuple[int, str], list[Link]],
    oddities: list[Link],
) -> TextLine:
    kinds = list(dict.fromkeys(line_kind(plan, line) for line in own)) or [_BLANK]
    level = min(own[0].level + _HIGHEST, _DEEPEST) if len(own) == 1 and own[0].level >= 0 else 0
    stretches = tuple(_stretches(number, own, by_sentence))
    sentences = [sentence for stretch in stretches for sentence in stretch.sentences]
    marks = [mark for line in own if not line.sentences for mark in by_sentence.get((number, line.text), ())]
    for place, sentence in enumerate(sentences, 1):
        which = f"第{place}句" if len(sentences) > 1 else ""
        marks += [Link(f"{which}{mark.text}", mark.url) for mark in sentence.marks]
    marks += oddities
    kind = "、".join(kinds)
    of = tuple(dict.fromkeys(owner_link(plan.owners[line.of]) for line in own if line.of))
    summary = "，".join((kind, f"{len(marks)} 条")) if marks else kind
    return TextLine(
        number=Link(str(number), addresses.line(plan.id, number)),
        anchor=f"L{number}",
        text="".join(line.text for line in own),
        stretches=stretches,
        kind=kind,
        kinds=" ".join(kinds),
        level=level,
        heading=f"part-{number}" if level else "",
        of=of,
        marks=tuple(marks),
        summary=summary if of or marks else "",
    )


def _stretches(number: int, own: list[Line], by_sentence: dict[tuple[int, str], list[Link]]) -> Iterator[Stretch]:
    place = 0
    for line in own:
        sentences = []
        for text in line.sentences:
            place += 1
            marks = tuple(by_sentence.get((number, text), ()))
            sentences.append(TextSentence(anchor=f"L{number}-s{place}", text=text, marks=marks))
        yield Stretch(text=line.text, lead=line.lead, sentences=tuple(sentences))


def line_kind(plan: PlanIndex, line: Line) -> str:
    """Return what a line, or a stretch of it, is: 板块标题, 任务, 责任单位."""
    if line.label:
        return line.label
    called = PART_KINDS[line.kind]
    if line.kind in _TITLES_BY_NAME:
        return called
    if line.kind == "goal":
        return "年度总体目标" if plan.owners[line.of].number else called
    if line.level >= 0:
        return f"{called}标题"
    has_title = any(other.part == line.part and other.level >= 0 for other in plan.lines_of.get(line.item, ()))
    return f"{called}正文" if has_title else called


_TITLES_BY_NAME: Final = frozenset({"notice_title", "title", "heading"})
"""Kinds of parts that are called titles already."""


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
    for oddity in plan.plan.oddities:
        found.setdefault(oddity.line, []).append(Link(f"疑误：{oddity.printed}", addresses.oddity(plan.id, oddity.id)))
    return found
