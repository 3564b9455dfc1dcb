"""The editing workbook: written with every cell as it is now, read back as rows of texts.

A hidden sheet keeps what each cell held at the time of export. Held against it, an edit
is told from a cell that nobody touched, rows may stand in any order, and data that went
on changing meanwhile is not undone.
"""

from __future__ import annotations

import datetime
import io
import warnings
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import openpyxl
import xlsxwriter

from generator.editing.tables import ID_HEADING, TABLES
from generator.problems import UNREADABLE, Location, PlanError, Problem
from generator.shapes import Choice, Integer, Number
from generator.terms import number_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from openpyxl.cell import Cell, MergedCell
    from openpyxl.workbook import Workbook as OpenWorkbook
    from openpyxl.worksheet.worksheet import Worksheet as ReadSheet
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from generator.editing.tables import Column, Entry, Table

BASE: Final = "导出时的内容"
"""The hidden sheet: table, id, then each column's cell."""
GUIDE: Final = "填写说明"
LARGEST: Final = 20 * 1024 * 1024
"""Bytes of a workbook; one of all data is about 100 KB."""
_LARGEST_UNPACKED: Final = 300 * 1024 * 1024
_SEARCHED_ROWS: Final = 20
"""Somebody may have put a title above the headings."""
_STEPS: Final = (
    "在“单位”“别名”“目标”“目标值”“定期事项”各表里改白色的格；灰色的格只供查看，改了也不会合并。",
    "行可以排序、筛选，列可以移动、隐藏；不要删行、改栏目名称或改灰色的“编号”。",
    "新增、删除一条，请直接改 YAML 文件；合并时会说明在哪个文件。",
    "可填可不填的格，清空就是不写。“目标值”表里比较、计量单位、依据、推断理由空着，就按“目标”表同一编号的。",
    "带“原文词句”的格要与印发的原文逐字一致，标点、空格也照印。",
    "改完存成 .xlsx，运行 plansite merge 文件名.xlsx 看会改哪些地方；没有错再加 --write 写入。",
)


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


def editing_workbook(rows: Mapping[str, tuple[Entry, ...]]) -> bytes:
    """Return the workbook for editing; the same bytes for the same rows."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    # The clock stays out of it; the data has no date of its own.
    book.set_properties({"title": "方案数据编辑表", "created": datetime.datetime(2000, 1, 1)})  # noqa: DTZ001
    look = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#BFC9C9"}
    formats = {
        "cell": book.add_format(look),
        "fixed": book.add_format({**look, "bg_color": "#ECEFF1", "font_color": "#455A64"}),
        "heading": book.add_format({**look, "bold": True, "bg_color": "#E6F1F2", "valign": "vcenter"}),
        "plain": book.add_format({"text_wrap": True, "valign": "top"}),
    }
    _write_guide(book.add_worksheet(GUIDE), formats)
    for table in TABLES:
        _write_table(book.add_worksheet(table.name), table, rows[table.name], formats)
    base = book.add_worksheet(BASE)
    for place, (name, entry) in enumerate((name, entry) for name, found in rows.items() for entry in found):
        for at, text in enumerate((name, entry.id, *entry.cells)):
            base.write_string(place, at, text)
    base.very_hidden()
    book.close()
    return buffer.getvalue()


def _write_guide(page: Worksheet, formats: Mapping[str, Format]) -> None:
    page.set_column(0, 0, 14)
    page.set_column(1, 1, 16)
    page.set_column(2, 2, 80)
    page.set_column(3, 3, 10)
    for number, step in enumerate(_STEPS):
        page.merge_range(number, 0, number, 3, f"{number + 1}. {step}", formats["plain"])
        page.set_row(number, 32)
    at = len(_STEPS) + 1
    for place, heading in enumerate(("表", "栏目", "填什么", "可不填")):
        page.write_string(at, place, heading, formats["heading"])
    for table in TABLES:
        for column in table.columns:
            at += 1
            optional = "" if column.key.required else "可不填"
            for place, text in enumerate((table.name, column.heading, column.key.doc, optional)):
                page.write_string(at, place, text, formats["cell"])


def _write_table(page: Worksheet, table: Table, rows: tuple[Entry, ...], formats: Mapping[str, Format]) -> None:
    fixed = 1 + len(table.context)
    for place, heading in enumerate(table.headings):
        page.write_string(0, place, heading, formats["heading"])
        page.set_column(place, place, table.columns[place - fixed].width if place >= fixed else 26)
    for number, entry in enumerate(rows, 1):
        for place, text in enumerate((entry.id, *entry.context)):
            page.write_string(number, place, text, formats["fixed"])
        for place, (column, text) in enumerate(zip(table.columns, entry.cells, strict=True), fixed):
            if not text:
                page.write_blank(number, place, None, formats["cell"])
            elif isinstance(column.key.type, Integer | Number):
                page.write_number(number, place, float(text), formats["cell"])
            else:
                page.write_string(number, place, text, formats["cell"])
    for place, column in enumerate(table.columns, fixed):
        if rows and isinstance(column.key.type, Choice):
            page.data_validation(1, place, len(rows), place, _offer(column, column.key.type))
    page.freeze_panes(1, fixed)
    page.autofilter(0, 0, max(len(rows), 1), len(table.headings) - 1)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)


def _offer(column: Column, kind: Choice) -> dict[str, Any]:
    return {
        "validate": "list",
        "source": list(kind.labels or kind.options),
        "ignore_blank": not column.key.required,
        "error_title": "不能这样填",
        "error_message": "请从下拉列表里选一个。",
    }


def parse_workbook(content: bytes, shown: str) -> ReadBook:
    """Return what a returned workbook holds; raises PlanError with every problem of its form.

    `shown` is how problems name the file.
    """
    book = _opened(content, shown)
    names = [page.title for page in book]
    problems: list[Problem] = []
    rows = {}
    for table in TABLES:
        if table.name not in names:
            advice = f"缺少工作表“{table.name}”（现有：{'、'.join(names)}）：请恢复它的名称，或重新导出再改"
            problems.append(Problem(Location(shown), "workbook-sheet", advice))
            continue
        try:
            rows[table.name] = tuple(_rows(book[table.name], table, f"{shown}#{table.name}"))
        except PlanError as error:
            problems += error.problems
    if BASE not in names:
        advice = "不是由 plansite export --xlsx 写出的工作簿，或隐藏的工作表被删去了：请重新导出，把改动抄过去"
        problems.append(Problem(Location(shown), "workbook-sheet", advice))
    if problems:
        raise PlanError(problems)
    return ReadBook(rows, dict(_base(book[BASE])))


def _opened(content: bytes, shown: str) -> OpenWorkbook:
    """Return the open workbook, or say what the file is instead."""
    if reason := _not_a_workbook(content):
        raise PlanError([Problem(Location(shown), UNREADABLE, reason)])
    try:
        with warnings.catch_warnings():
            # It warns of features that it passes over, such as other programs' own.
            warnings.simplefilter("ignore")
            return openpyxl.load_workbook(io.BytesIO(content))
    except Exception as error:
        # Whatever it stumbles over, the file is damaged.
        advice = "工作簿打不开，内容可能损坏：请用 Excel 或 WPS 打开后另存为 .xlsx，还不行就重新导出"
        raise PlanError([Problem(Location(shown), UNREADABLE, advice)]) from error


def _not_a_workbook(content: bytes) -> str:
    if len(content) > LARGEST:
        return f"文件超过 {LARGEST // 1024 // 1024} MB，不像是编辑表：请检查是否选错了文件"
    if content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        if "EncryptedPackage".encode("utf-16-le") in content:
            return "工作簿设了打开密码：请在 Excel 或 WPS 里取消密码后另存"
        return "这是旧格式（.xls、.et）：请在 Excel 或 WPS 里另存为 .xlsx"
    if not content.startswith(b"PK"):
        return "不是 Excel 工作簿：请选由 plansite export --xlsx 写出、改好的 .xlsx 文件"
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return "文件不完整，可能没有传完或没有存完：请重新取得这个文件"
    if sum(part.file_size for part in parts) > _LARGEST_UNPACKED:
        return "工作簿展开后太大，不像是编辑表：请检查是否选错了文件"
    if "xl/workbook.xml" not in {part.filename for part in parts}:
        return "不是 .xlsx 工作簿（可能是 Word 文档、.xlsb 或压缩包）：请另存为 .xlsx，或检查是否选错了文件"
    return ""


def _rows(page: ReadSheet, table: Table, shown: str) -> Iterator[ReadRow]:
    if page.merged_cells.ranges:
        names = "、".join(str(merged) for merged in list(page.merged_cells.ranges)[:3])
        advice = f"有合并的单元格（{names}）：请取消合并，每格各填各的"
        raise PlanError([Problem(Location(shown), "workbook-cell", advice)])
    at, places = _headings(page, table, shown)
    for row in page.iter_rows(min_row=at + 1):
        if any(cell.value is not None for cell in row):
            own_id, *cells = (_read_cell(row[place], shown) for place in places)
            yield ReadRow(own_id, tuple(cells))


def _headings(page: ReadSheet, table: Table, shown: str) -> tuple[int, list[int]]:
    """Return the row of the headings, and the place of the id and of each column in it."""
    needed = [ID_HEADING, *(column.heading for column in table.columns)]
    found: list[tuple[int, list[str]]] = []
    for number, row in enumerate(page.iter_rows(max_row=_SEARCHED_ROWS, values_only=True), 1):
        found.append((number, ["" if value is None else str(value).strip() for value in row]))
    at, headings = max(found, key=lambda row: len(set(needed) & set(row[1])), default=(1, []))
    missing = [heading for heading in needed if heading not in headings]
    if missing:
        advice = f"缺少栏目“{'”“'.join(missing)}”：请恢复栏目名称，或重新导出再改"
        raise PlanError([Problem(Location(shown, at), "workbook-column", advice)])
    twice = [heading for heading in needed if headings.count(heading) > 1]
    if twice:
        advice = f"栏目“{'”“'.join(twice)}”不止一列：请删去多出的"
        raise PlanError([Problem(Location(shown, at), "workbook-column", advice)])
    return at, [headings.index(heading) for heading in needed]


def _read_cell(cell: Cell | MergedCell, shown: str) -> ReadCell:
    where = Location(shown, cell.row or 1, cell.column or 1)
    value, fault = cell.value, ""
    if cell.data_type == "f":
        fault = "是公式：请改成公式算出的内容（选择性粘贴为数值）"
    elif cell.data_type == "e":
        fault = "是错误值：请改正"
    elif isinstance(value, bool):
        fault = "是 TRUE 或 FALSE：请填文字或数字"
    elif isinstance(value, datetime.date | datetime.time | datetime.timedelta):
        fault = "被表格软件当成了日期或时间：请把格式设为“文本”再填一遍"
    elif isinstance(value, int | float) and "%" in str(cell.number_format):
        fault = "是百分比格式，实际存的数小一百倍：请把格式设为“常规”，再填百分号前面的数"
    return ReadCell(where, cell.coordinate, _plain(value), fault)


def _plain(value: object) -> str:
    """Return a cell's text as it was exported, whatever the program that saved it made of its ends."""
    if value is None:
        return ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return number_text(value)
    return str(value).replace("_x000D_", "").replace("\r", "").strip()


def _base(page: ReadSheet) -> Iterator[tuple[tuple[str, str], tuple[str, ...]]]:
    columns = {table.name: len(table.columns) for table in TABLES}
    for row in page.iter_rows(values_only=True):
        name, own_id, *cells = (_plain(value) for value in row)
        width = columns.get(name, 0)
        yield (name, own_id), tuple((cells + [""] * width)[:width])


def columns_of(cells: Iterable[ReadCell], table: Table) -> Iterator[tuple[Column, ReadCell]]:
    """Yield each editable column with a row's cell."""
    yield from zip(table.columns, cells, strict=True)
