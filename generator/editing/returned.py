"""The editing workbook as it comes back, read as rows of texts, whatever program saved it.

What each text means, and whether it may stand, is left to `edits`.
"""

from __future__ import annotations

import datetime
import io
import re
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import openpyxl
from openpyxl.utils import get_column_letter

from generator.editing.package import DAMAGED, fault
from generator.editing.tables import ID_HEADING, TABLES
from generator.editing.workbook import BASE, BASE_WIDTH, GUIDE, base_headings
from generator.problems import UNREADABLE, Location, PlanError, Problem
from generator.terms import number_text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from openpyxl.cell import Cell, MergedCell
    from openpyxl.workbook import Workbook as OpenWorkbook
    from openpyxl.worksheet.cell_range import CellRange
    from openpyxl.worksheet.worksheet import Worksheet as ReadSheet

    from generator.editing.tables import Column, Table

_ESCAPED: Final = re.compile("_x([0-9A-Fa-f]{4})_")
"""How workbooks write characters that XML cannot hold."""


@dataclass(frozen=True, slots=True)
class ReadCell:
    """A cell of the returned workbook."""

    where: Location
    name: str
    """As a table program shows it: G12."""
    text: str
    fault: str = ""
    """Why it cannot be taken, if it is not what was exported."""


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row of the returned workbook."""

    id: ReadCell
    cells: tuple[ReadCell, ...]
    """One for each column of the table."""


@dataclass(frozen=True, slots=True)
class ReadBook:
    """The returned workbook."""

    rows: Mapping[str, tuple[ReadRow, ...]]
    """By name of the table."""
    base: Mapping[tuple[str, str], tuple[str, ...]]
    """(table, id) → what its cells held at the time of export."""


def parse_workbook(content: bytes, shown: str) -> ReadBook:
    """Return what a returned workbook holds; raises PlanError with every problem of its form.

    `shown` is how problems name the file.
    """
    book = _opened(content, shown)
    pages = {page.title: page for page in book.worksheets}
    if BASE not in pages:
        advice = "不是由 plansite export --xlsx 写出的工作簿，或隐藏的工作表被删去了：请重新导出，把改动抄过去"
        raise PlanError([Problem(Location(shown), "workbook-sheet", advice)])
    base = _base(pages[BASE], shown)
    problems: list[Problem] = []
    rows = {}
    for table in TABLES:
        if table.name not in pages:
            others = "、".join(name for name in pages if name not in {BASE, GUIDE, *(table.name for table in TABLES)})
            hint = f"是不是改名成了“{others}”？" if others else ""
            advice = f"缺少工作表“{table.name}”：{hint}请恢复它的名称，或重新导出，把改动抄过去"
            problems.append(Problem(Location(shown), "workbook-sheet", advice))
            continue
        ids = {own_id for name, own_id in base if name == table.name}
        try:
            rows[table.name] = tuple(_rows(pages[table.name], table, ids, f"{shown}#{table.name}"))
        except PlanError as error:
            problems += error.problems
    if problems:
        raise PlanError(problems)
    return ReadBook(rows, base)


def _opened(content: bytes, shown: str) -> OpenWorkbook:
    """Return the open workbook, or say what the file is instead."""
    reason = fault(content)
    if not reason:
        try:
            with warnings.catch_warnings():
                # It warns of features that it passes over, such as other programs' own.
                warnings.simplefilter("ignore")
                return openpyxl.load_workbook(io.BytesIO(content), keep_links=False)
        except Exception:  # noqa: BLE001 - whatever it stumbles over, the file is damaged
            reason = DAMAGED
    raise PlanError([Problem(Location(shown), UNREADABLE, reason)])


def _grid(page: ReadSheet) -> dict[int, dict[int, Cell | MergedCell]]:
    """Return the filled cells by row and column.

    Only those that are there: one that strayed to the far end of the sheet must not cost
    all that lie between.
    """
    grid: dict[int, dict[int, Cell | MergedCell]] = {}
    for (row, column), cell in sorted(page._cells.items()):  # noqa: SLF001 - openpyxl has no public way
        if _plain(cell.value):
            grid.setdefault(row, {})[column] = cell
    return grid


def _rows(page: ReadSheet, table: Table, ids: Collection[str], shown: str) -> Iterator[ReadRow]:
    grid = _grid(page)
    at, places = _headings(grid, table, shown)
    merged = [area for area in page.merged_cells.ranges if area.max_row >= at and _covers(area, places)]
    if merged:
        problems = (_merged_problem(area, shown) for area in merged)
        raise PlanError(problems)
    for number, row in grid.items():
        own_id, *cells = (_read_cell(row.get(place), number, place, shown) for place in places)
        # Above the headings may stand a title, or rows that were sorted together with the headings.
        is_row = own_id.text in ids if number < at else number > at and any(place in row for place in places)
        if is_row:
            yield ReadRow(own_id, tuple(cells))


def _covers(area: CellRange, places: Iterable[int]) -> bool:
    return any(area.min_col <= place <= area.max_col for place in places)


def _merged_problem(area: CellRange, shown: str) -> Problem:
    where = Location(shown, area.min_row, area.min_col)
    return Problem(where, "workbook-cell", f"{area.coord} 是合并的单元格：请取消合并，每格各填各的")


def _headings(
    grid: Mapping[int, Mapping[int, Cell | MergedCell]], table: Table, shown: str
) -> tuple[int, tuple[int, ...]]:
    """Return the row of the headings, and the column of the id and of each editable column in it."""
    needed = (ID_HEADING, *(column.heading for column in table.columns))
    at, best = 1, {heading: list[int]() for heading in needed}
    for number, row in grid.items():
        texts = {column: _plain(cell.value) for column, cell in row.items()}
        found = {heading: [column for column, text in texts.items() if text == heading] for heading in needed}
        if sum(map(bool, found.values())) > sum(map(bool, best.values())):
            at, best = number, found
    missing = "”“".join(heading for heading, columns in best.items() if not columns)
    twice = "”“".join(heading for heading, columns in best.items() if len(columns) > 1)
    problems = []
    if missing:
        text = f"缺少栏目“{missing}”：请恢复栏目名称，或重新导出，把改动抄过去"
        problems.append(Problem(Location(shown, at), "workbook-column", text))
    if twice:
        text = f"栏目“{twice}”不止一列：请删去多出的"
        problems.append(Problem(Location(shown, at), "workbook-column", text))
    if problems:
        raise PlanError(problems)
    return at, tuple(columns[0] for columns in best.values())


def _read_cell(cell: Cell | MergedCell | None, row: int, column: int, shown: str) -> ReadCell:
    where, name = Location(shown, row, column), f"{get_column_letter(column)}{row}"
    if cell is None:
        return ReadCell(where, name, "")
    value, reason = cell.value, ""
    if cell.data_type == "f":
        reason = "是公式：请改成公式算出的内容（选择性粘贴为数值）"
    elif cell.data_type == "e":
        reason = f"是错误值 {value}：请填上正确的内容"
    elif isinstance(value, bool):
        reason = f"被表格软件当成了 {str(value).upper()}：请把格式设为“文本”，再填一遍"
    elif isinstance(value, datetime.date | datetime.time | datetime.timedelta):
        reason = "被表格软件当成了日期或时间：请把格式设为“文本”，再填一遍"
    elif isinstance(value, int | float) and "%" in str(cell.number_format):
        reason = f"成了百分比格式，实际存的数是 {number_text(value)}：请把格式设为“常规”，再填一遍"
    return ReadCell(where, name, _plain(value), reason)


def _plain(value: object) -> str:
    """Return a cell's text as it was exported, whatever the program that saved it made of its ends."""
    if value is None:
        return ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return number_text(value)
    text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), str(value))
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _base(page: ReadSheet, shown: str) -> dict[tuple[str, str], tuple[str, ...]]:
    """Return what the cells held; raises PlanError where the tables had other columns then."""
    places = range(1, BASE_WIDTH + 1)
    rows = [tuple(_plain(row[at].value) if at in row else "" for at in places) for row in _grid(page).values()]
    if {row for row in rows if row[1] == ID_HEADING} != set(map(base_headings, TABLES)):
        advice = "是由另一版本的 plansite 写出的，栏目不同：请重新导出，把改动抄过去"
        raise PlanError([Problem(Location(shown), "workbook-sheet", advice)])
    widths = {table.name: 2 + len(table.columns) for table in TABLES}
    return {(row[0], row[1]): row[2 : widths[row[0]]] for row in rows if row[0] in widths and row[1] != ID_HEADING}


def columns_of(cells: Iterable[ReadCell], table: Table) -> Iterator[tuple[Column, ReadCell]]:
    """Yield each editable column with a row's cell."""
    yield from zip(table.columns, cells, strict=True)
