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

from ..problems import UNREADABLE, Location, PlanError, Problem
from ..terms import number_text
from .package import DAMAGED, Bounds, fault
from .tables import ID_HEADING, PROPOSALS, REMOVE_HEADING, TABLES
from .workbook import BASE, BASE_WIDTH, GUIDE, OFFERS, base_headings

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from openpyxl.cell import Cell, MergedCell
    from openpyxl.workbook import Workbook as OpenWorkbook
    from openpyxl.worksheet.cell_range import CellRange
    from openpyxl.worksheet.worksheet import Worksheet as ReadSheet

    from .tables import Column, Table

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
    beside: Mapping[str, ReadCell]
    """What says where the record belongs and whether it shall go, by heading; without columns that were deleted."""

    @property
    def number(self) -> int:
        """Which row of the sheet it is, from 1."""
        return self.id.where.line


@dataclass(frozen=True, slots=True)
class BaseRow:
    """A row as it was exported."""

    cells: tuple[str, ...]
    context: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReadBook:
    """The returned workbook."""

    rows: Mapping[str, tuple[ReadRow, ...]]
    """By name of the table; without tables that cannot be read."""
    base: Mapping[tuple[str, str], BaseRow]
    """(table, id) → the row at the time of export."""
    problems: tuple[Problem, ...]
    """Of sheets and rows that cannot be read; the others can."""
    notices: tuple[str, ...]
    """What is in it that is never merged."""


@dataclass(frozen=True, slots=True)
class _Places:
    """Where a sheet has its columns."""

    row: int
    """Of the headings."""
    needed: tuple[int, ...]
    """Of the id and of each editable column."""
    beside: Mapping[str, int]
    """Of the others that are ours, by heading."""


def parse_workbook(content: bytes, shown: str, most: Bounds) -> ReadBook:
    """Return what a returned workbook holds; raises PlanError where it is none of ours.

    `shown` is how problems name the file, `most` how large it may be.
    """
    book = _opened(content, shown, most)
    pages = {page.title: page for page in book.worksheets}
    if BASE not in pages:
        advice = "不是由 plansite export --xlsx 写出的工作簿，或隐藏的工作表被删去了：请重新导出，把改动抄过去"
        raise PlanError([Problem(Location(shown), "workbook-sheet", advice)])
    tables = (PROPOSALS,) if PROPOSALS.name in pages else TABLES
    base = _base(pages[BASE], tables, shown)
    problems: list[Problem] = []
    notices: list[str] = []
    rows = {}
    others = [name for name in pages if name not in {BASE, GUIDE, OFFERS, *(table.name for table in tables)}]
    for table in tables:
        if table.name not in pages:
            hint = f"是不是改名成了“{'、'.join(others)}”？" if others else ""
            advice = f"缺少工作表“{table.name}”：{hint}请恢复它的名称，或重新导出，把改动抄过去"
            problems.append(Problem(Location(shown), "workbook-sheet", advice))
            continue
        ids = {own_id for name, own_id in base if name == table.name}
        try:
            page = _Page(pages[table.name], table, ids, f"{shown}#{table.name}")
        except PlanError as error:
            problems += error.problems
            continue
        rows[table.name] = page.rows
        problems += page.problems
        notices += page.notices
    if others and len(rows) == len(tables):
        notices.append(f"另加的工作表“{'”“'.join(others)}”不合并。")
    return ReadBook(rows, base, tuple(problems), tuple(notices))


def _opened(content: bytes, shown: str, most: Bounds) -> OpenWorkbook:
    """Return the open workbook, or say what the file is instead."""
    reason = fault(content, most)
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


class _Page:
    """A sheet of the workbook, read."""

    def __init__(self, page: ReadSheet, table: Table, ids: Collection[str], shown: str) -> None:
        self.shown = shown
        self.grid = _grid(page)
        self.places = _headings(self.grid, table, shown)
        ours = (*self.places.needed, *self.places.beside.values())
        areas = [area for area in page.merged_cells.ranges if area.max_row >= self.places.row and _covers(area, ours)]
        merged = [area for area in areas if _covers(area, self.places.needed)]
        self.problems = tuple(_merged_problem(area, shown) for area in merged)
        self.joined = {(row, column) for area in areas for column in ours for row in _rows_of(area, column)}
        skipped = {row for area in merged for row in range(area.min_row, area.max_row + 1)}
        self.rows = tuple(self._row(number) for number in self._numbers(ids) if number not in skipped)
        self.notices = tuple(self._notices(table, ours))

    def _numbers(self, ids: Collection[str]) -> Iterator[int]:
        """Yield which rows are records."""
        at, places = self.places.row, self.places.needed
        for number, row in self.grid.items():
            # Above the headings may stand a title, or rows that were sorted together with the headings.
            is_above = number < at and _plain(row[places[0]].value) in ids if places[0] in row else False
            if is_above or (number > at and any(place in row for place in (*places, *self.places.beside.values()))):
                yield number

    def _row(self, number: int) -> ReadRow:
        row = self.grid[number]
        own_id, *cells = (_read_cell(row.get(place), number, place, self.shown) for place in self.places.needed)
        beside = {
            heading: _read_cell(row.get(place), number, place, self.shown)
            for heading, place in self.places.beside.items()
            if (number, place) not in self.joined
        }
        return ReadRow(own_id, tuple(cells), beside)

    def _notices(self, table: Table, ours: tuple[int, ...]) -> Iterator[str]:
        """Yield what a clerk wrote into columns of their own."""
        found: dict[int, list[int]] = {}
        for number, row in self.grid.items():
            for column in row:
                if column not in ours and number >= self.places.row:
                    found.setdefault(column, []).append(number)
        for column, numbers in sorted(found.items()):
            heading = self.grid[self.places.row].get(column)
            name = get_column_letter(column)
            what = f"{name} 列“{_plain(heading.value)}”" if heading else f"{name}{numbers[0]}"
            yield f"{table.name}!{what}是另加的，不合并。"


def _covers(area: CellRange, places: Iterable[int]) -> bool:
    return any(area.min_col <= place <= area.max_col for place in places)


def _rows_of(area: CellRange, column: int) -> range:
    return range(area.min_row, area.max_row + 1) if area.min_col <= column <= area.max_col else range(0)


def _merged_problem(area: CellRange, shown: str) -> Problem:
    where = Location(shown, area.min_row, area.min_col)
    text = f"{area.coord} 是合并的单元格，这几行没有读：请取消合并，每格各填各的"
    return Problem(where, "workbook-cell", text)


def _headings(grid: Mapping[int, Mapping[int, Cell | MergedCell]], table: Table, shown: str) -> _Places:
    """Return where a sheet has its headings; raises PlanError where one is missing or there twice."""
    needed = (ID_HEADING, *(column.heading for column in table.columns))
    more = (*table.context, REMOVE_HEADING)
    at, best = 1, {heading: list[int]() for heading in (*needed, *more)}
    for number, row in grid.items():
        texts = {column: _plain(cell.value) for column, cell in row.items()}
        found = {heading: [column for column, text in texts.items() if text == heading] for heading in (*needed, *more)}
        if sum(map(bool, found.values())) > sum(map(bool, best.values())):
            at, best = number, found
    missing = "”“".join(heading for heading in needed if not best[heading])
    twice = "”“".join(heading for heading, columns in best.items() if len(columns) > 1)
    problems = []
    if missing:
        text = f"缺少栏目“{missing}”：请恢复栏目名称，或重新导出，把改动抄过去"
        problems.append(Problem(Location(shown, at), "workbook-column", text))
    if twice:
        text = f"栏目“{twice}”不止一列：请删去多出的，自己的列请换个名称"
        problems.append(Problem(Location(shown, at), "workbook-column", text))
    if problems:
        raise PlanError(problems)
    beside = {heading: best[heading][0] for heading in more if best[heading]}
    return _Places(at, tuple(best[heading][0] for heading in needed), beside)


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


def _base(page: ReadSheet, tables: tuple[Table, ...], shown: str) -> dict[tuple[str, str], BaseRow]:
    """Return what the cells held; raises PlanError where the tables had other columns then."""
    places = range(1, BASE_WIDTH + 1)
    rows = [tuple(_plain(row[at].value) if at in row else "" for at in places) for row in _grid(page).values()]
    if {row for row in rows if row[1] == ID_HEADING} != set(map(base_headings, tables)):
        advice = "是由另一版本的 plansite 写出的，栏目不同：请重新导出，把改动抄过去"
        raise PlanError([Problem(Location(shown), "workbook-sheet", advice)])
    ends = {table.name: (2 + len(table.columns), len(table.context)) for table in tables}
    base = {}
    for row in rows:
        if row[0] in ends and row[1] != ID_HEADING:
            end, more = ends[row[0]]
            base[row[0], row[1]] = BaseRow(row[2:end], row[end : end + more])
    return base


def columns_of(cells: Iterable[ReadCell], table: Table) -> Iterator[tuple[Column, ReadCell]]:
    """Yield each editable column with a row's cell."""
    yield from zip(table.columns, cells, strict=True)
