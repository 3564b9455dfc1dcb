"""The cells that were edited: a returned workbook held against what was exported and what the data is now."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from generator.editing.cells import CellError, cell_value
from generator.editing.layout import Change
from generator.editing.returned import ReadRow, columns_of
from generator.editing.tables import ALIASES, TABLES, VALUES
from generator.problems import Location, PlanError, Problem
from generator.shapes import ALIAS, DUTY, TARGET, UNIT, VALUE, Integer, ListOf, Number, Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from generator.editing.cells import Value
    from generator.editing.returned import ReadBook, ReadCell
    from generator.editing.tables import Column, Entry, Table

_ORDERS: Final = {
    table.name: shape.key_names() for table, shape in zip(TABLES, (UNIT, ALIAS, TARGET, VALUE, DUTY), strict=True)
}
_NOTHING: Final = "（空）"
_COUNTED: Final = {ALIASES.name, VALUES.name}
"""Tables whose ids are places in a list, so that an id may have come to mean another record."""
_TYPED: Final = (Integer, Number, Record)
"""Kinds whose full-width digits mean the same as half-width ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One cell that was edited."""

    cell: ReadCell
    table: str
    heading: str
    old: str
    new: str
    file: str
    """Relative to plan_data/."""
    line: int
    """Of the record, before the edit."""
    change: Change


def edits(book: ReadBook, before: Mapping[str, tuple[Entry, ...]], shown: str) -> tuple[Edit, ...]:
    """Return what was edited; raises PlanError with every row and cell that cannot be taken.

    `before` are the rows of the data as it is; `shown` is how problems name the workbook.
    """
    found: list[Edit] = []
    problems: list[Problem] = []
    for table in TABLES:
        by_id = {entry.id: entry for entry in before[table.name]}
        rows = book.rows[table.name]
        problems += _row_problems(book, table, rows, by_id, Location(f"{shown}#{table.name}"))
        for row in rows:
            entry, base = by_id.get(row.id.text), book.base.get((table.name, row.id.text))
            if entry is None or base is None:
                continue
            if table.name in _COUNTED and _is_edited(book, table, row) and not _is_same(row, base, entry):
                text = f"{row.id.name} 的“{entry.id}”在导出之后内容或次序变了，对不上是哪一条：请重新导出再改"
                problems.append(Problem(row.id.where, "workbook-conflict", text))
                continue
            for at, (column, cell) in enumerate(columns_of(row.cells, table)):
                made = _edit(table, column, cell, entry, (base[at], entry.cells[at]))
                if isinstance(made, Problem):
                    problems.append(made)
                elif made:
                    found.append(made)
    if problems:
        raise PlanError(problems)
    return tuple(found)


def _row_problems(
    book: ReadBook, table: Table, rows: tuple[ReadRow, ...], by_id: Mapping[str, Entry], sheet: Location
) -> Iterator[Problem]:
    """Yield what is wrong with a sheet's rows as a whole: none may be missing, new, or there twice."""
    seen: dict[str, ReadRow] = {}
    for row in rows:
        own = row.id.text
        if own in seen:
            text = f"{row.id.name} 的编号“{own}”与 {seen[own].id.name} 重复：请删去多复制的一行"
            yield Problem(row.id.where, "workbook-row", text)
        elif not own:
            text = f"{row.id.name} 没有编号：新增请直接写进 YAML（{_home(table)}），再重新导出；误加的行请删去"
            yield Problem(row.id.where, "workbook-row", text)
        elif (table.name, own) not in book.base:
            text = f"{row.id.name} 的编号“{own}”不是导出时的编号：请恢复原来的；新增请直接写进 YAML（{_home(table)}）"
            yield Problem(row.id.where, "workbook-row", text)
        elif own not in by_id and _is_edited(book, table, row):
            text = f"{row.id.name} 的“{own}”在导出之后已从数据里删去或改了编号：请重新导出再改"
            yield Problem(row.id.where, "workbook-conflict", text)
        seen.setdefault(own, row)
    for name, own in book.base:
        if name == table.name and own not in seen and own in by_id:
            place = f"{by_id[own].file} 第 {by_id[own].line} 行"
            text = f"少了“{own}”这一行：删行不会删去数据。请恢复这一行；真要删去，请直接改 {place}，再重新导出"
            yield Problem(sheet, "workbook-row", text)


def _is_edited(book: ReadBook, table: Table, row: ReadRow) -> bool:
    return any(
        cell.text != base.strip() for cell, base in zip(row.cells, book.base[table.name, row.id.text], strict=True)
    )


def _is_same(row: ReadRow, base: tuple[str, ...], entry: Entry) -> bool:
    """Say whether a record is the one that was exported, but for what this workbook has already brought into it."""
    now = zip(entry.cells, base, row.cells, strict=True)
    return all(text.strip() in (old.strip(), cell.text) for text, old, cell in now)


def _home(table: Table) -> str:
    return "units.yaml" if table.name in {"单位", "别名"} else "相应的 sectors/*.yaml、safeguards.yaml 或 plan.yaml"


def _edit(table: Table, column: Column, cell: ReadCell, entry: Entry, texts: tuple[str, str]) -> Edit | Problem | None:
    """Return the edit that a cell makes, why it may not, or nothing where it makes none."""
    base, now = texts
    new = unicodedata.normalize("NFKC", cell.text) if isinstance(column.key.type, _TYPED) else cell.text
    if new in (base.strip(), now.strip()):
        return None
    if cell.fault:
        return Problem(cell.where, "workbook-cell", f"{cell.name}“{column.heading}”{cell.fault}")
    try:
        value = _value(column, new, f"{base}{now}")
    except CellError as error:
        wrong = f"不能是“{new}”" if new else "不能空着"
        return Problem(cell.where, "workbook-cell", f"{cell.name}“{column.heading}”{wrong}：{error}")
    if _means(column, now, value) or _means(column, base, value):
        return None
    if base != now:
        text = (
            f"{cell.name}“{column.heading}”改成了“{new or _NOTHING}”，但数据在导出之后已从“{base or _NOTHING}”"
            f"改为“{now or _NOTHING}”：请重新导出再改"
        )
        return Problem(cell.where, "workbook-conflict", text)
    return Edit(
        cell=cell,
        table=table.name,
        heading=column.heading,
        old=now,
        new=new,
        file=entry.file,
        line=entry.line,
        change=Change(path=entry.path, key=column.key.name, value=value, order=_ORDERS[table.name]),
    )


def _means(column: Column, text: str, value: Value | None) -> bool:
    """Say whether a text means a value, in however other words, such as 5.0 for 5."""
    try:
        return bool(text) and cell_value(column.key.type, text) == value
    except CellError:
        return False


def _value(column: Column, text: str, known: str) -> Value | None:
    """Return what an edited cell means; raises CellError. `known` holds the names that the cell had."""
    if text:
        value = cell_value(column.key.type, text)
        names = value if isinstance(value, list) else ()
        if any(re.search("[、，,]", name) and name not in known for name in names):
            raise CellError("几个名称之间用“；”隔开；名称本身带顿号、逗号的，请直接改 YAML")
        return value
    if not column.key.required:
        return None
    if isinstance(column.key.type, ListOf) and not column.key.type.least:
        return []
    raise CellError(f"请补上{column.doc}")
