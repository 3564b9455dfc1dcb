"""Characters of a page put together into the lines that are printed."""

from __future__ import annotations

import re
from statistics import median
from typing import TYPE_CHECKING, Final

from .page_lines import PageLine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .pdf_glyphs import Glyph

_SAME_LINE: Final = 0.35
"""Of a character's width: how far characters of one line may stand above one another."""
_WORD_GAP: Final = 0.13
"""The gap between Latin words, beyond what all characters of a line are set apart by to fill it."""
_BLANK_GAP: Final = 0.3
"""The same of a blank beside a Chinese character; programs set it apart from a figure by up to a quarter anyway."""
_NARROW_GAP: Final = 0.18
_WIDE_GAP: Final = 0.8
_COLUMN_GAP: Final = 1.6
_TWICE: Final = 0.3
_LEAST_ROWS: Final = 8
"""Lines with words on both sides of a gutter that make columns."""
_MOSTLY: Final = 0.6
_ENOUGH: Final = 8
"""Gaps that tell by how much a line is spread."""
_HAN: Final = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")
_CLOSING: Final = "，。、；：！？）》”’〉】〕」』,.;:!?)]"
_LOOSE: Final = frozenset("“”‘’—…·")
"""Marks that fonts make as wide as a character or half of it, wherever in it they stand."""
_OPENING: Final = "（《“‘〈【〔「『(["
_LATIN: Final = re.compile(r"[A-Za-z0-9.%&/+-]")


def lines_of(glyphs: list[Glyph], page: int) -> Iterator[PageLine]:
    """Yield the lines of a page, or of a part of it, from top to bottom."""
    seen = [glyph for glyph in glyphs if not glyph.text.isspace()]
    if not seen:
        return
    em = _width(seen)
    for row in _rows(glyphs, em):
        if line := _line(row, page, em):
            yield line


def _rows(glyphs: list[Glyph], em: float) -> list[list[Glyph]]:
    """Return the characters of each line, from left to right."""
    rows: list[list[Glyph]] = []
    for glyph in glyphs:
        if rows and abs(rows[-1][-1].base - glyph.base) <= _SAME_LINE * em:
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    rows.sort(key=lambda row: -_base(row))
    merged: list[list[Glyph]] = []
    for row in rows:
        if merged and abs(_base(merged[-1]) - _base(row)) <= _SAME_LINE * em:
            merged[-1] += row
        else:
            merged.append(row)
    return [sorted(row, key=lambda glyph: glyph.left) for row in merged]


def in_columns(glyphs: list[Glyph]) -> list[list[Glyph]]:
    """Return the characters of a page in the order of its columns, the right one moved over the left; else as they are.

    Above and below may stand what reaches over both. Most lines of the left column must fill it:
    else the columns may be those of a table, whose rows are to be read across.
    """
    seen = [glyph for glyph in glyphs if not glyph.text.isspace()]
    if not seen:
        return [glyphs]
    em = _width(seen)
    left, right = min(glyph.left for glyph in seen), max(glyph.right for glyph in seen)
    rows = _rows(seen, em)
    for part in range(9, 12):
        gutter = left + (right - left) * part / 20
        band = _band(rows, gutter, em)
        halves = [[g for row in band for g in row if (g.left < gutter) == is_left] for is_left in (True, False)]
        both = [row for row in band if row[0].left < gutter < row[-1].left]
        if len(both) < _LEAST_ROWS:
            continue
        edge = max(glyph.right for glyph in halves[0])
        ends = [max(glyph.right for glyph in row if glyph.left < gutter) for row in both]
        if sum(end > edge - 2 * em for end in ends) < _MOSTLY * len(both):
            continue
        shift = min(glyph.left for glyph in halves[1]) - min(glyph.left for glyph in halves[0])
        moved = [g._replace(left=g.left - shift, right=g.right - shift) for g in halves[1]]
        top, foot = _base(band[0]), _base(band[-1])
        above = [g for row in rows for g in row if _base(row) > top]
        below = [g for row in rows for g in row if _base(row) < foot]
        return [above, halves[0], moved, below]
    return [glyphs]


def _band(rows: list[list[Glyph]], gutter: float, em: float) -> list[list[Glyph]]:
    """Return the longest run of lines that leave a strip free, from the first to the last on both sides of it."""
    runs: list[list[list[Glyph]]] = [[]]
    for row in rows:
        if any(glyph.left < gutter + em / 3 and glyph.right > gutter - em / 3 for glyph in row):
            runs.append([])
        else:
            runs[-1].append(row)
    run = max(runs, key=len)
    both = [at for at, row in enumerate(run) if row[0].left < gutter < row[-1].left]
    if not both:
        return []
    first, last = both[0], both[-1]
    # One column may begin higher or end lower; what stands farther apart is the head or the foot of the page.
    near = max(1.4 * median(_base(run[at]) - _base(run[at + 1]) for at in both[:-1]), 2 * em) if last > first else 0.0
    while first > 0 and _base(run[first - 1]) - _base(run[first]) < near:
        first -= 1
    while last + 1 < len(run) and _base(run[last]) - _base(run[last + 1]) < near:
        last += 1
    return run[first : last + 1]


def _base(row: list[Glyph]) -> float:
    return median(glyph.base for glyph in row)


def _width(glyphs: list[Glyph]) -> float:
    """Return how wide a Chinese character is, in points."""
    widths = [glyph.right - glyph.left for glyph in glyphs if _HAN.match(glyph.text)]
    # A page without any, or a damaged one.
    return max(median(widths) if widths else median(glyph.height for glyph in glyphs) * 0.8, 1.0)


def _line(row: list[Glyph], page: int, em: float) -> PageLine | None:
    """Return the line that characters make, with a blank where a gap between them shows one."""
    seen = [at for at, glyph in enumerate(row) if not glyph.text.isspace()]
    if not seen:
        return None
    row = row[seen[0] : seen[-1] + 1]
    size = _width(row) if any(_HAN.match(glyph.text) for glyph in row) else em
    ends = [max(glyph.right, glyph.left + size) if _HAN.match(glyph.text) else glyph.right for glyph in row]
    gaps = [(glyph.left - end) / size for end, glyph in zip(ends, row[1:], strict=False)]
    usual = max(0.0, sorted(gaps)[len(gaps) // 4]) if len(gaps) >= _ENOUGH else 0.0
    text = row[0].text
    columns = narrow = 0
    for before, glyph, found in zip(row, row[1:], gaps, strict=False):
        if glyph.text == before.text and _far(glyph, before) < _TWICE * size:
            # Printed twice, to look bold.
            continue
        gap = found - usual
        columns += gap > _COLUMN_GAP
        text += _blank(before.text, glyph.text, gap)
        narrow += _NARROW_GAP < gap <= _BLANK_GAP and _are_mixed(before.text, glyph.text)
        text += glyph.text
    return PageLine(
        text=text,
        page=page,
        left=row[0].left,
        right=row[-1].right,
        base=_base(row),
        size=size,
        first=_first_width(row),
        columns=columns,
        narrow=narrow,
    )


def _far(glyph: Glyph, other: Glyph) -> float:
    """Return how far two characters are from covering one another; the two of a ligature begin together only."""
    return max(abs(glyph.left - other.left), abs(glyph.right - other.right))


def _blank(before: str, char: str, gap: float) -> str:
    """Return the blank that a gap between two characters shows, where none is written."""
    if before.isspace() or char.isspace():
        return ""
    if gap > _WIDE_GAP:
        return "　"
    if {before, char} & _LOOSE:
        return ""
    is_latin = before.isascii() and char.isascii()
    return " " if gap > (_WORD_GAP if is_latin else _BLANK_GAP) else ""


def _are_mixed(before: str, char: str) -> bool:
    """Say whether one of two characters is Chinese, the other a Latin letter or a figure."""
    return bool((_HAN.match(before) and _LATIN.match(char)) or (_LATIN.match(before) and _HAN.match(char)))


def _first_width(row: list[Glyph]) -> float:
    """Return how wide that is at a line's start which may not be cut: a Latin word, a character with what closes it."""
    at = 1
    while at < len(row) and _is_whole(row[at - 1].text, row[at].text):
        at += 1
    return row[at - 1].right - row[0].left


def _is_whole(before: str, char: str) -> bool:
    """Say whether no line ends between two characters; some programs take quotation marks for Latin ones."""
    return bool(before in _OPENING or char in _CLOSING or char in "“‘" or (_LATIN.match(before) and _LATIN.match(char)))
