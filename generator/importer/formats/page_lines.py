"""Printed lines of pages joined into paragraphs again, without page numbers and running heads."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from ...text.numbers import printed_number
from .blocks import Block, Document, Paragraph, Table, listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_PAGE_NUMBER: Final = re.compile(
    r"[—–―\-－·•\s]*(?:第\s*)?(?P<own>\d{1,4})(?:\s*页)?(?:\s*[/／,，]?\s*共?\s*\d{1,4}\s*页?)?[—–―\-－·•\s]*"
)
_MARKED: Final = re.compile(r"[—–―\-－·•]+\s*\d{1,4}\s*[—–―\-－·•]+|第\s*\d{1,4}\s*页.*|\d{1,4}\s*[/／]\s*\d{1,4}")
_DEEP: Final = 3
"""Lines at the top and at the foot of a page among which running heads are looked for."""
_OFTEN: Final = 0.4
"""Of the pages, on which words stand that run over them: even pages may have other ones."""
_APART: Final = 1.15
"""Of the usual gap between lines, by which these stand apart from the text."""
_INDENT: Final = 1.2
_ROOM, _MORE_ROOM = 1.6, 3.2
"""Widths of a character that may stay free at the end of a full line; of one that ends amid a sentence."""
_OTHER_SIZE: Final = 0.12
_WIDE_GAP: Final = 1.35
_SHARE: Final = 0.05
_ENDED: Final = re.compile(r"[。！？；：.!?;:）)]$")
_LATIN_END: Final = re.compile(r"[A-Za-z]$")
_LATIN_START: Final = re.compile(r"[A-Za-z]")
_CUT: Final = re.compile(r"[A-Za-z]{2,}[-\u2010\x02\ufffe]$")
_ROWS: Final = 3
"""Lines with columns, one after another, that look like a table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLine:
    """A printed line; places in points, from the left and from the foot of its page."""

    text: str
    page: int
    left: float
    right: float
    base: float
    size: float
    """The width of a Chinese character."""
    first: float
    """The width of what may not be cut at its start."""
    columns: int = 0
    """How many wide gaps it has."""
    narrow: int = 0
    """How many gaps that may be blanks, or what a program puts between Chinese and Latin letters."""
    is_in_column: bool = False
    """Whether it stands in one of two columns, the right one moved over the left."""
    table: Table | None = None
    """The table that stands here instead of words."""


def joined_pages(pages: list[list[PageLine]]) -> Document:
    """Return the paragraphs of pages, and what was decided about their lines."""
    bodies, numbers, heads = _bare(pages)
    document = Document()
    document.blocks += _blocks([line for body in bodies for line in body], document)
    if numbers:
        document.notes.append(f"页码没有收入，共 {len(numbers)} 页：{listed(numbers, most=6)}")
    if heads:
        told = "、".join(f"“{text}”（{count} 页）" for text, count in heads.items())
        document.notes.append(f"每页重复的页眉、页脚没有收入：{told}")
    if narrow := sum(line.narrow for body in bodies for line in body):
        document.notes.append(f"汉字与西文、数字之间有 {narrow} 处窄空，分不清是空格还是排版，没有写成空格")
    if columned := sorted({line.page for body in bodies for line in body if line.is_in_column}):
        document.notes.append(f"第 {'、'.join(map(str, columned))} 页分两栏，先读左栏，再读右栏")
    tables = sorted({page for body in bodies for page in _tabled(body)})
    if tables:
        shown = "、".join(map(str, tables))
        document.notes.append(
            f"第 {shown} 页像有没画线的表格，或者分了栏，按行读出，请对照核对；有 Word、Excel 原件最好用原件"
        )
    return document


def _tabled(body: list[PageLine]) -> Iterator[int]:
    run = 0
    for line in body:
        run = run + 1 if line.columns else 0
        if run >= _ROWS:
            yield line.page


def _bare(pages: list[list[PageLine]]) -> tuple[list[list[PageLine]], list[str], Counter[str]]:
    """Return pages without page numbers and running heads, and these as they are printed."""
    running = _running(pages)
    offsets = Counter(
        number - line.page for page in pages for line in _ends(page) if (number := _page_number(line)) is not None
    )
    usual = {offset for offset, count in offsets.items() if count >= max(2, _OFTEN * len(pages))}
    bodies, numbers, heads = [], [], Counter[str]()
    for page in pages:
        body = list(page)
        for at in (0, -1):
            while body and abs(len(page) - len(body)) < 2 * _DEEP:
                line = body[at]
                number = _page_number(line)
                if number is not None and (
                    _MARKED.fullmatch(line.text.strip())
                    or number - line.page in usual
                    or (len(pages) == 1 and number == 1)
                ):
                    numbers.append("".join(line.text.split()))
                elif _key(line) in running:
                    heads[line.text.strip()] += 1
                else:
                    break
                body.pop(at)
        bodies.append(body)
    return bodies, numbers, heads


def _ends(page: list[PageLine]) -> list[PageLine]:
    return page if len(page) <= 2 * _DEEP else page[:_DEEP] + page[-_DEEP:]


def _page_number(line: PageLine) -> int | None:
    found = _PAGE_NUMBER.fullmatch(line.text.strip())
    return int(found["own"]) if found else None


def _key(line: PageLine) -> tuple[str, int]:
    """Return what lines that run over pages have in common: their words, and about where they stand."""
    return re.sub(r"\d+", "#", "".join(line.text.split())), round(line.base / (2 * line.size))


def _running(pages: list[list[PageLine]]) -> set[tuple[str, int]]:
    """Return what lines have in common that stand at one place of many pages, apart from the text."""
    on: dict[tuple[str, int], set[int]] = defaultdict(set)
    gap = _usual_gap([line for page in pages for line in page if line.table is None])
    for page in pages:
        for edge in (page[: _DEEP + 1], page[: -_DEEP - 2 : -1]):
            # Lines of a text may stand at one place of several pages too, but not apart from what follows.
            gaps = [abs(line.base - inner.base) > _APART * gap for line, inner in pairwise(edge)]
            outer = max((at + 1 for at, is_apart in enumerate(gaps) if is_apart), default=0)
            for line in edge[:outer]:
                if line.table is None:
                    on[_key(line)].add(line.page)
    least = max(2, _OFTEN * len(pages))
    return {key for key, found in on.items() if len(found) >= least}


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where the lines of a text begin and end."""

    left: float
    right: float


@dataclass(frozen=True, slots=True)
class _Layout:
    """How a text is set."""

    frames: dict[int, _Frame]
    """Of odd and of even pages."""
    gap: float
    """The usual one between lines."""
    is_indented: bool
    """Whether a blank shows where a paragraph begins."""


def _blocks(lines: list[PageLine], document: Document) -> Iterator[Block]:
    printed = [line for line in lines if line.table is None]
    usual = _usual_size(printed)
    body = [line for line in printed if abs(line.size - usual) <= max(1, _OTHER_SIZE * usual)]
    frames = {side: _frame([line for line in body if line.page % 2 == side], body) for side in (0, 1)}
    layout = _Layout(frames, _usual_gap(body), is_indented=_is_indented(body, frames))
    joins = 0
    doubtful: list[str] = []
    cut: list[str] = []
    text = ""
    before: PageLine | None = None
    for line in lines:
        if before and not before.table and not line.table and _goes_on(before, line, layout):
            joins += 1
            if not layout.is_indented and _ENDED.search(before.text):
                doubtful.append(f"{before.text[-8:]}|{line.text[:8]}")
            text = _joined(text, line.text, cut)
        else:
            if text:
                yield Paragraph(text)
            text = line.text
            if line.table:
                yield line.table
        before = line
    if text:
        yield Paragraph(text)
    document.notes += _join_notes(joins, doubtful, cut)


def _join_notes(joins: int, doubtful: list[str], cut: list[str]) -> Iterator[str]:
    if joins:
        yield f"PDF 里一行行的字接成了段落，共接 {joins} 处"
    if doubtful:
        told = listed(doubtful, most=100)
        yield f"以下几处前一行排满又有句末标点，不能断定是否另起一段，按接着的处理：{told}"
    if cut:
        yield f"行末断开的英文词接了起来，去掉了连字符：{listed(cut)}"


def _usual_size(lines: list[PageLine]) -> float:
    sizes = Counter[float]()
    for line in lines:
        sizes[round(line.size)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _joined(text: str, line: str, cut: list[str]) -> str:
    if (word := _CUT.search(text)) and _LATIN_START.match(line):
        cut.append(word[0][:-1] + re.split(r"[^A-Za-z]", line)[0])
        return text[:-1] + line
    blank = " " if _LATIN_END.search(text) and _LATIN_START.match(line) else ""
    return text + blank + line


def _frame(lines: list[PageLine], all_lines: list[PageLine]) -> _Frame:
    """Return between which places most lines stand: on the pages of one side if they are enough, else on all."""
    own = lines if len(lines) >= 20 else all_lines  # noqa: PLR2004 - about a page
    size = own[0].size if own else 10.0
    return _Frame(
        _margin([line.left for line in own], size, first=min), _margin([line.right for line in own], size, first=max)
    )


def _margin(places: list[float], size: float, first: object) -> float:
    """Return the outermost place at which more than a few lines begin, or end."""
    bins: dict[int, list[float]] = defaultdict(list)
    for place in places:
        bins[round(place / (size / 2))].append(place)
    common = [found for found in bins.values() if len(found) >= max(1, _SHARE * len(places))]
    flat = [place for found in common for place in found] or places
    return (min if first is min else max)(flat) if flat else 0.0


def _is_indented(lines: list[PageLine], frames: dict[int, _Frame]) -> bool:
    """Say whether a text shows by a blank where a paragraph begins."""
    begun = sum(
        _is_in(before, frames) and not _is_in(line, frames) and before.page == line.page
        for before, line in pairwise(lines)
    )
    return begun >= max(2, _SHARE * len(lines))


def _is_in(line: PageLine, frames: dict[int, _Frame]) -> bool:
    return line.left > frames[line.page % 2].left + _INDENT * line.size


def _usual_gap(lines: Iterable[PageLine]) -> float:
    gaps = sorted(
        before.base - line.base
        for before, line in pairwise(lines)
        if before.page == line.page and before.base > line.base
    )
    return gaps[len(gaps) // 3] if gaps else 0.0


def _goes_on(before: PageLine, line: PageLine, layout: _Layout) -> bool:
    """Say whether a line goes on with the sentence of the one before it."""
    room = layout.frames[before.page % 2].right - before.right
    is_amid = not _ENDED.search(before.text) and not printed_number(line.text)
    most = _MORE_ROOM if is_amid or layout.is_indented else _ROOM
    is_full = room < max(most * before.size, line.first + 0.5 * line.size)
    if not is_full or abs(before.size - line.size) > _OTHER_SIZE * max(before.size, line.size):
        return False
    if _is_in(line, layout.frames) and (layout.is_indented or abs(before.left - line.left) > line.size / 2):
        return False
    if layout.is_indented:
        return True
    is_apart = before.page == line.page and layout.gap and before.base - line.base > _WIDE_GAP * layout.gap
    return not is_apart and not (_ENDED.search(before.text) and printed_number(line.text))
