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
_TWICE: Final = 0.7
_ENOUGH: Final = 8
"""Gaps that tell by how much a line is spread."""
_HAN: Final = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")
_CLOSING: Final = "，。、；：！？）》”’〉】〕」』,.;:!?)]"
_LOOSE: Final = frozenset("“”‘’—…·")
"""Marks that fonts make as wide as a character or half of it, wherever in it they stand."""
_OPENING: Final = "（《“‘〈【〔「『(["
_LATIN: Final = re.compile(r"[A-Za-z0-9.%&/+-]")


def lines_of(glyphs: list[Glyph], page: int) -> Iterator[PageLine]:
    """Yield the lines of a page from top to bottom."""
    seen = [glyph for glyph in glyphs if not glyph.text.isspace()]
    if not seen:
        return
    em = _width(seen)
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
    for row in merged:
        row.sort(key=lambda glyph: glyph.left)
        if line := _line(row, page, em):
            yield line


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
        if found < -_TWICE and glyph.text == before.text:
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
