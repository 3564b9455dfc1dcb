"""Whole columns that look out of place: sorted, shifted or filled down by themselves.

Each cell of such a column may be sound by itself, so that no rule of the data finds it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ..data.keys import Choice, Integer, Number
from ..problems import Problem
from .tables import ALIASES, DUTIES, TABLES, TARGETS, UNITS, VALUES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .returned import ReadCell
    from .steps import Work
    from .tables import Column, Table

_FEWEST: Final = 3
_OF_FEW_WORDS: Final = 4
"""How many cells must have been exchanged where a column repeats a few words."""
_MOST: Final = 2 / 3
_SHOWN: Final = 4
_TELLING: Final = {
    UNITS.name: {"name"},
    ALIASES.name: {"name"},
    TARGETS.name: {"indicator", "scope", "quote"},
    VALUES.name: {"text"},
    DUTIES.name: {"action", "quote"},
}
"""Keys that tell records apart, so that one value over many of them is hardly meant."""


@dataclass(frozen=True, slots=True)
class _Moved:
    """A cell that no longer holds what was exported."""

    cell: ReadCell
    id: str
    old: str
    new: str


def drop_misplaced(work: Work) -> None:
    """Refuse the changes of each column that looks out of place as a whole, sound cells and others."""
    for table in TABLES:
        base = {own: row for (name, own), row in work.book.base.items() if name == table.name}
        for at, column in enumerate(table.columns):
            rows = [(own, row.cells[at].strip()) for own, row in base.items()]
            for why, bad in _faults(table, column, rows, _moved(work, table, at)):
                _drop(work, column, why, bad)


def _moved(work: Work, table: Table, at: int) -> list[_Moved]:
    """Return the cells of a column that were changed, but for what the data holds already."""
    places = {edit.cell.where for edit in work.edits} | {problem.where for problem in work.problems}
    found = []
    for row in work.book.rows.get(table.name, ()):
        base, cell = work.book.base.get((table.name, row.id.text)), row.cells[at]
        if base and cell.where in places and cell.text != base.cells[at].strip():
            found.append(_Moved(cell, row.id.text, base.cells[at].strip(), cell.text))
    return sorted(found, key=lambda moved: moved.cell.where)


def _drop(work: Work, column: Column, why: str, bad: list[_Moved]) -> None:
    places = {moved.cell.where for moved in bad}
    work.edits = [edit for edit in work.edits if edit.cell.where not in places]
    work.problems = [problem for problem in work.problems if problem.where not in places]
    shown = "、".join(moved.cell.name for moved in bad[:_SHOWN])
    more = f" 等 {len(bad)} 格" if len(bad) > _SHOWN else ""
    text = (
        f"“{column.heading}”整列像是错位：{shown}{more}{why}。请撤销，排序、粘贴时选中整个表再做；"
        "确要这样改，请直接改 YAML"
    )
    work.problems.append(Problem(bad[0].cell.where, "workbook-column", text))


def _faults(
    table: Table, column: Column, rows: list[tuple[str, str]], cells: list[_Moved]
) -> Iterator[tuple[str, list[_Moved]]]:
    """Yield why changes of a column are not taken, and which; `rows` are its (id, text) as exported."""
    if len(cells) < _FEWEST:
        return
    if _is_exchanged(column, rows, cells):
        yield "换成了别的行原来的内容", cells
        return
    if column.key.name not in _TELLING.get(table.name, ()):
        return
    for new in Counter(moved.new for moved in cells if moved.new):
        filled = [moved for moved in cells if moved.new == new]
        if len({moved.old for moved in filled if moved.old}) >= _FEWEST:
            yield f"本来各不相同，都成了“{new}”", filled


def _is_exchanged(column: Column, rows: list[tuple[str, str]], cells: list[_Moved]) -> bool:
    """Say whether the new texts of a column are the old ones of other rows."""
    old = Counter(text for _, text in rows if text)
    repeats = isinstance(column.key.type, Choice | Integer | Number) or len(old) * 2 < old.total()
    is_sorted = Counter(moved.new for moved in cells) == Counter(moved.old for moved in cells)
    if is_sorted and len(cells) >= (_OF_FEW_WORDS if repeats else _FEWEST):
        return True
    if _is_shifted(rows, cells):
        return True
    if repeats:
        return False
    strayed = {moved.new for moved in cells if moved.new and moved.old and old[moved.new] == 1}
    return len(strayed) >= _MOST * len(cells)


def _is_shifted(rows: list[tuple[str, str]], cells: list[_Moved]) -> bool:
    """Say whether most new texts are what stood one row above, or one below, in the order of the export."""
    places = {own: place for place, (own, _) in enumerate(rows)}
    for step in (-1, 1):
        sources = [(places[moved.id] + step, moved.new) for moved in cells if moved.new]
        found = [new for source, new in sources if 0 <= source < len(rows) and rows[source][1] == new]
        if len(found) >= _FEWEST and len(set(found)) > 1 and len(found) >= _MOST * len(cells):
            return True
    return False
