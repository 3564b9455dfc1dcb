"""Tables on a page, found by the strokes around their cells; and parts of one table on several pages put together."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from .blocks import MOST_PLACES, Cell, Table, grid
from .page_lines import PageLine
from .pdf_lines import in_columns, lines_of

if TYPE_CHECKING:
    from .pdf_glyphs import Glyph, Stroke

_NEAR: Final = 3.0
"""Points: what is no farther apart stands at one place."""
_LEAST: Final = 2
"""Rows and columns of a table."""
_ROOM: Final = 1.7
"""Widths of a character that may stay free in a cell, borders apart, where its line is full."""


@dataclass(slots=True)
class _Region:
    """Strokes that touch one another."""

    upright: list[Stroke] = field(default_factory=list)
    level: list[Stroke] = field(default_factory=list)


def with_tables(glyphs: list[Glyph], strokes: list[Stroke], page: int) -> list[PageLine]:
    """Return the lines of a page from top to bottom, each table on it as one of them."""
    made: list[PageLine] = []
    rest = glyphs
    for region in _regions(strokes):
        xs, ys = _places(region.upright), _places(region.level)[::-1]
        if len(xs) <= _LEAST or len(ys) <= _LEAST or (len(xs) * len(ys)) > MOST_PLACES:
            continue
        inside = [one for one in rest if xs[0] < (one.left + one.right) / 2 < xs[-1] and ys[-1] < _middle(one) < ys[0]]
        if not inside:
            continue
        kept = set(map(id, inside))
        rest = [one for one in rest if id(one) not in kept]
        table = _table(region, xs, ys, inside, page)
        size = (ys[0] - ys[-1]) / len(ys)
        made.append(
            PageLine(text="", page=page, left=xs[0], right=xs[-1], base=ys[0], size=size, first=0.0, table=table)
        )
    if not made:
        columns = in_columns(rest)
        lines = [line for column in columns for line in lines_of(column, page)]
        return [replace(line, is_in_column=True) for line in lines] if len(columns) > 1 else lines
    return sorted([*made, *lines_of(rest, page)], key=lambda line: -line.base)


def _middle(glyph: Glyph) -> float:
    return glyph.base + 0.3 * glyph.height


def _regions(strokes: list[Stroke]) -> list[_Region]:
    """Return the strokes of each table that may be: those that touch, directly or by others."""
    upright = [one for one in strokes if one.is_upright]
    level = [one for one in strokes if not one.is_upright]
    holder = list(range(len(upright) + len(level)))

    def find(at: int) -> int:
        while holder[at] != at:
            holder[at] = at = holder[holder[at]]
        return at

    for at, one in enumerate(upright):
        for other_at, other in enumerate(level, len(upright)):
            is_across = other.begin - _NEAR <= one.at <= other.end + _NEAR
            if is_across and one.begin - _NEAR <= other.at <= one.end + _NEAR:
                holder[find(at)] = find(other_at)
    found: dict[int, _Region] = defaultdict(_Region)
    for at, one in enumerate([*upright, *level]):
        region = found[find(at)]
        (region.upright if one.is_upright else region.level).append(one)
    return list(found.values())


def _places(strokes: list[Stroke]) -> list[float]:
    """Return the places at which strokes stand, each once, in order."""
    made: list[float] = []
    for at in sorted(one.at for one in strokes):
        if not made or at - made[-1] > _NEAR:
            made.append(at)
    return made


def _table(region: _Region, xs: list[float], ys: list[float], glyphs: list[Glyph], page: int) -> Table:
    """Return the table whose columns and rows begin and end at places; `ys` goes from top to bottom."""
    width, height = len(xs) - 1, len(ys) - 1
    owner = {(row, column): (row, column) for row in range(height) for column in range(width)}

    def find(place: tuple[int, int]) -> tuple[int, int]:
        while owner[place] != place:
            place = owner[place]
        return place

    for row, column in list(owner):
        if column + 1 < width and not _is_drawn(region.upright, xs[column + 1], (ys[row] + ys[row + 1]) / 2):
            owner[find((row, column + 1))] = find((row, column))
        if row + 1 < height and not _is_drawn(region.level, ys[row + 1], (xs[column] + xs[column + 1]) / 2):
            owner[find((row + 1, column))] = find((row, column))
    falling = [-y for y in ys]
    held: dict[tuple[int, int], list[Glyph]] = defaultdict(list)
    for one in glyphs:
        column = min(max(bisect_right(xs, (one.left + one.right) / 2) - 1, 0), width - 1)
        row = min(max(bisect_right(falling, -_middle(one)) - 1, 0), height - 1)
        held[find((row, column))].append(one)
    reach: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for place in owner:
        reach[find(place)].append(place)
    rows: list[list[Cell]] = [[] for _ in range(height)]
    for root, places in reach.items():
        top, left = min(row for row, _ in places), min(column for _, column in places)
        down, across = max(row for row, _ in places) - top + 1, max(column for _, column in places) - left + 1
        text = _text(held[root], xs[left + across] - xs[left], page)
        rows[top].append(Cell(text, top, left, down, across))
    return Table(grid(rows, width))


def _is_drawn(strokes: list[Stroke], at: float, beside: float) -> bool:
    return any(abs(one.at - at) <= _NEAR and one.begin - 1 <= beside <= one.end + 1 for one in strokes)


def _text(glyphs: list[Glyph], width: float, page: int) -> str:
    """Return the lines of a cell; one that fills the cell goes on in the next."""
    made = ""
    before: PageLine | None = None
    for line in lines_of(glyphs, page):
        is_full = before is not None and width - (before.right - before.left) < (_ROOM + 1) * before.size
        made += line.text if is_full or before is None else "\n" + line.text
        before = line
    return made


def continued(table: Table, below: Table) -> Table | None:
    """Return a table with its part on the next page; None where that is another table."""
    if not table.rows or not below.rows or len(table.rows[0]) != len(below.rows[0]):
        return None
    height, width = len(table.rows), len(table.rows[0])
    rows = [list(row) for row in table.rows]
    more = [
        [Cell(cell.text, cell.top + height, cell.left, cell.down, cell.across) for cell in row] for row in below.rows
    ]
    if width > _LEAST and not any(cell.text for cell in below.rows[0][:_LEAST]):
        # A row that was cut by the end of the page.
        for cell in dict.fromkeys(more.pop(0)):
            last = rows[-1][cell.left]
            if cell.text:
                rows = _replaced(rows, last, Cell(last.text + cell.text, last.top, last.left, last.down, last.across))
        more = [[Cell(one.text, one.top - 1, one.left, one.down, one.across) for one in row] for row in more]
        return Table(tuple(tuple(row) for row in (*rows, *more)), table.notes)
    for column in range(width):
        last, first = rows[-1][column], more[0][column]
        if last.text and not first.text and max(last.down, first.down) > 1:
            whole = Cell(last.text, last.top, last.left, last.down + first.down, last.across)
            rows, more = _replaced(rows, last, whole), _replaced(more, first, whole)
    return Table(tuple(tuple(row) for row in (*rows, *more)), table.notes)


def _replaced(rows: list[list[Cell]], cell: Cell, by: Cell) -> list[list[Cell]]:
    return [[by if one == cell else one for one in row] for row in rows]
