"""What PDFium tells of a page: which characters stand where, and which strokes are drawn.

All places are given as one reads the page: a page, or a text on it, that is turned by quarters is turned back.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_NOTHING: Final = 2
"""Bytes of a text without characters."""
_STEEP: Final = 0.09
"""In radians, five degrees: what is turned by more from any quarter is printed aslant."""
_STRAIGHT: Final = 0.8
_SHORTEST: Final = 4.0
"""Points: how far a stroke may lean, and how long one at least is that bounds a cell."""
_MOST_STROKES: Final = 6000


class Glyph(NamedTuple):
    """A character; places in points, from the left and from the foot of the page."""

    text: str
    left: float
    right: float
    base: float
    height: float


class Stroke(NamedTuple):
    """A straight stroke along a page or across it, from left to right or from the foot upwards."""

    is_upright: bool
    at: float
    """How far from the left, or from the foot, it stands."""
    begin: float
    end: float


@dataclass(frozen=True, slots=True)
class PageGlyphs:
    """What is on a page."""

    glyphs: list[Glyph]
    strokes: list[Stroke]
    aslant: str
    """Characters that are printed aslant, such as those of a watermark."""


class _Raw(NamedTuple):
    text: str
    origin: tuple[float, float]
    box: tuple[float, float, float, float]
    quarter: int | None
    """By how many quarters it is turned to the left; None where it stands aslant."""


def glyphs_of(page: Any) -> PageGlyphs:  # noqa: ANN401 - pypdfium2 comes without types
    """Return what is on a page; the page is not to be used again."""
    text_page = page.get_textpage()
    strokes = list(_strokes(page))
    found = list(_raw(text_page))
    found += _passed_over(page, text_page)
    text_page.close()
    quarters = Counter(one.quarter for one in found if one.quarter is not None)
    usual = quarters.most_common(1)[0][0] if quarters else 0
    glyphs = [_glyph(one, usual) for one in found if one.quarter == usual]
    aslant = "".join(one.text for one in found if one.quarter != usual)
    return PageGlyphs(glyphs, [_stroke(*_turned(a, usual), *_turned(b, usual)) for a, b in strokes], aslant)


def _turned(place: tuple[float, float], quarter: int) -> tuple[float, float]:
    """Return where a place is once a page is turned back by quarters."""
    x, y = place
    return ((x, y), (y, -x), (-x, -y), (-y, x))[quarter]


def _glyph(one: _Raw, quarter: int) -> Glyph:
    left, bottom, right, top = one.box
    corners = [_turned((x, y), quarter) for x in (left, right) for y in (bottom, top)]
    # The box may be that of the strokes alone: where a character stands is told by its origin.
    across, base = _turned(one.origin, quarter)
    heights = [y for _, y in corners]
    return Glyph(one.text, across, max(x for x, _ in corners), base, max(heights) - min(heights))


def _raw(text_page: Any) -> Iterator[_Raw]:  # noqa: ANN401 - as above
    from pypdfium2 import raw

    box, matrix = raw.FS_RECTF(), raw.FS_MATRIX()
    across, base = ctypes.c_double(), ctypes.c_double()
    page = text_page.raw
    high = 0
    for at in range(raw.FPDFText_CountChars(page)):
        code = raw.FPDFText_GetUnicode(page, at)
        # A blank that PDFium makes is only a gap: the places of the characters tell as much.
        if code in {10, 13} or raw.FPDFText_IsGenerated(page, at) == 1:
            continue
        if 0xD800 <= code < 0xDC00:  # noqa: PLR2004 - the first half of a character
            high = code
            continue
        if 0xDC00 <= code < 0xE000 and high:  # noqa: PLR2004 - and the second
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
        high = 0
        quarter: int | None = 0
        if raw.FPDFText_GetCharAngle(page, at):
            raw.FPDFText_GetMatrix(page, at, matrix)
            turns = math.atan2(matrix.b, matrix.a) / (math.pi / 2)
            quarter = round(turns) % 4 if abs(turns - round(turns)) * (math.pi / 2) < _STEEP else None
        raw.FPDFText_GetLooseCharBox(page, at, box)
        raw.FPDFText_GetCharOrigin(page, at, across, base)
        yield _Raw(chr(code), (across.value, base.value), (box.left, box.bottom, box.right, box.top), quarter)


def _passed_over(page: Any, text_page: Any) -> list[_Raw]:  # noqa: ANN401 - as above
    """Return the characters that PDFium takes for others printed twice, since their codes and places are alike.

    It tells fonts not apart there. Without what it has read already, it reads them; the page is not used again.
    """
    from pypdfium2 import raw

    objects = [raw.FPDFPage_GetObject(page.raw, at) for at in range(raw.FPDFPage_CountObjects(page.raw))]
    texts = [one for one in objects if raw.FPDFPageObj_GetType(one) == raw.FPDF_PAGEOBJ_TEXT]
    read = [one for one in texts if raw.FPDFTextObj_GetText(one, text_page.raw, None, 0) > _NOTHING]
    if len(read) == len(texts):
        return []
    for one in read:
        raw.FPDFPage_RemoveObject(page.raw, one)
        raw.FPDFPageObj_Destroy(one)
    second = page.get_textpage()
    found = list(_raw(second))
    second.close()
    return found


_Ends = tuple[tuple[float, float], tuple[float, float]]


def _strokes(page: Any) -> Iterator[_Ends]:  # noqa: ANN401 - as above
    """Yield the straight lines that are drawn, edges of filled areas among them: so some programs draw lines."""
    from pypdfium2 import raw

    matrix = raw.FS_MATRIX()
    x, y = ctypes.c_float(), ctypes.c_float()
    count = 0
    for at in range(raw.FPDFPage_CountObjects(page.raw)):
        path = raw.FPDFPage_GetObject(page.raw, at)
        if raw.FPDFPageObj_GetType(path) != raw.FPDF_PAGEOBJ_PATH:
            continue
        raw.FPDFPageObj_GetMatrix(path, matrix)
        points: list[tuple[int, float, float]] = []
        begun = (0.0, 0.0)
        for step in range(min(raw.FPDFPath_CountSegments(path), 200)):
            segment = raw.FPDFPath_GetPathSegment(path, step)
            raw.FPDFPathSegment_GetPoint(segment, x, y)
            place = (
                matrix.a * x.value + matrix.c * y.value + matrix.e,
                matrix.b * x.value + matrix.d * y.value + matrix.f,
            )
            kind = raw.FPDFPathSegment_GetType(segment)
            begun = place if kind == raw.FPDF_SEGMENT_MOVETO else begun
            points.append((kind, *place))
            if raw.FPDFPathSegment_GetClose(segment):
                points.append((raw.FPDF_SEGMENT_LINETO, *begun))
        for (_, *a), (kind, *b) in pairwise(points):
            is_straight = abs(a[0] - b[0]) < _STRAIGHT or abs(a[1] - b[1]) < _STRAIGHT
            if kind == raw.FPDF_SEGMENT_LINETO and is_straight and abs(a[0] - b[0]) + abs(a[1] - b[1]) > _SHORTEST:
                count += 1
                yield (a[0], a[1]), (b[0], b[1])
        if count > _MOST_STROKES:
            return


def _stroke(x: float, y: float, to_x: float, to_y: float) -> Stroke:
    if abs(x - to_x) < abs(y - to_y):
        return Stroke(is_upright=True, at=(x + to_x) / 2, begin=min(y, to_y), end=max(y, to_y))
    return Stroke(is_upright=False, at=(y + to_y) / 2, begin=min(x, to_x), end=max(x, to_x))
