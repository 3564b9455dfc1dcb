"""Whole columns that look out of place: sorted, shifted or filled down by themselves.

Each cell of such a column may be sound by itself, so that no rule of the data finds it.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from generator.editing.tables import ALIASES, DUTIES, TABLE, TARGETS, UNITS, VALUES
from generator.problems import Problem
from generator.shapes import Choice, Integer, Number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.editing.steps import Edit, Work
    from generator.editing.tables import Column, Table

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


def drop_misplaced(work: Work) -> None:
    """Refuse the changes of each column that looks out of place as a whole."""
    columns: dict[tuple[str, str], list[Edit]] = {}
    for edit in work.edits:
        if edit.kind == "changed":
            columns.setdefault((edit.table, edit.heading), []).append(edit)
    for (name, heading), edits in columns.items():
        table = TABLE[name]
        column = next(column for column in table.columns if column.heading == heading)
        edits.sort(key=lambda edit: edit.cell.where)
        for why, bad in _faults(work, table, column, edits):
            for edit in bad:
                work.edits.remove(edit)
            shown = "、".join(edit.cell.name for edit in bad[:_SHOWN])
            more = f"等 {len(bad)} 格" if len(bad) > _SHOWN else ""
            text = (
                f"“{heading}”整列像是错位：{shown}{more}{why}。请撤销，排序、粘贴时选中整个表再做；"
                "确要这样改，请直接改 YAML"
            )
            work.problems.append(Problem(bad[0].cell.where, "workbook-column", text))


def _faults(work: Work, table: Table, column: Column, edits: list[Edit]) -> Iterator[tuple[str, list[Edit]]]:
    """Yield why changes of a column are not taken, and which."""
    if len(edits) < _FEWEST:
        return
    if _is_exchanged(work, table, column, edits):
        yield "换成了别的行原来的内容", edits
        return
    if column.key.name not in _TELLING.get(table.name, ()):
        return
    for new in Counter(edit.new for edit in edits if edit.new):
        filled = [edit for edit in edits if edit.new == new]
        if len({edit.old for edit in filled if edit.old}) >= _FEWEST:
            yield f"本来各不相同，都成了“{new}”", filled


def _is_exchanged(work: Work, table: Table, column: Column, edits: list[Edit]) -> bool:
    """Say whether the new texts of a column are the old ones of other rows."""
    at = table.columns.index(column)
    old = Counter(base.cells[at].strip() for (name, _), base in work.book.base.items() if name == table.name)
    texts = [text for text in old.elements() if text]
    repeats = isinstance(column.key.type, Choice | Integer | Number) or len(set(texts)) * 2 < len(texts)
    is_sorted = Counter(edit.new for edit in edits) == Counter(edit.old for edit in edits)
    if is_sorted and len(edits) >= (_OF_FEW_WORDS if repeats else _FEWEST):
        return True
    if _is_shifted(work, table, at, edits):
        return True
    if repeats:
        return False
    moved = {edit.new for edit in edits if edit.new and edit.old and old[edit.new] == 1}
    return len(moved) >= _MOST * len(edits)


def _is_shifted(work: Work, table: Table, at: int, edits: list[Edit]) -> bool:
    """Say whether most new texts are what stood one row above, or one below, in the order of the export."""
    rows = [(own, base.cells[at].strip()) for (name, own), base in work.book.base.items() if name == table.name]
    places = {own: place for place, (own, _) in enumerate(rows)}
    ids = {row.id.where.line: row.id.text for row in work.book.rows[table.name]}
    for step in (-1, 1):
        moved = []
        for edit in edits:
            source = places[ids[edit.cell.where.line]] + step
            if 0 <= source < len(rows) and edit.new and edit.new == rows[source][1]:
                moved.append(edit.new)
        if len(moved) >= _FEWEST and len(set(moved)) > 1 and len(moved) >= _MOST * len(edits):
            return True
    return False
