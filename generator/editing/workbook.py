"""The editing workbook as it is written: every cell as it is now, and how to fill it in.

A hidden sheet keeps what each cell held at the time of export. Held against it, an edit
is told from a cell that nobody touched, rows may stand in any order, and data that went
on changing meanwhile is not undone.
"""

from __future__ import annotations

import datetime
import io
import unicodedata
from typing import TYPE_CHECKING, Any, Final

import xlsxwriter

from generator.editing.tables import ID_HEADING, TABLES
from generator.shapes import Choice, Integer, ListOf, Number

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from generator.editing.tables import Column, Entry, Table

BASE: Final = "导出时的内容"
"""The hidden sheet: table, id, then each column's cell."""
GUIDE: Final = "填写说明"
BASE_WIDTH: Final = 2 + max(len(table.columns) for table in TABLES)
_STEPS: Final = (
    "在“单位”“别名”“目标”“目标值”“定期事项”各表里改白色的格；灰色的格只供查看，改了也不会合并。",
    "行可以排序、筛选，列可以移动、隐藏，也可以另加自己的列；不要删行、合并单元格，不要改栏目名称、工作表名称或灰色的“编号”。",
    "新增或删除一条，不能在这里做：请直接改 YAML 文件，再重新导出。",
    "标“可不填”的格，清空就是不写。“目标值”表里的比较、计量单位、依据、推断理由空着，就按“目标”表里同一编号的。",
    "“原文词句”要与印发的原文逐字一致，标点、空格也照印。几个单位写在一格里，用“；”隔开。",
    "改好后保存为 .xlsx，运行“plansite merge 文件名.xlsx”：先列出会改哪里，不写入；看过无误，再加 --write 运行一次。",
)
_GUIDE_WIDTHS: Final = (12, 14, 76, 10)
_FIXED_WIDTH: Final = 24
_LINE_HEIGHT: Final = 15
"""Points."""


def editing_workbook(rows: Mapping[str, tuple[Entry, ...]]) -> bytes:
    """Return the workbook for editing; the same bytes for the same rows."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    # The clock stays out of it; the data has no date of its own.
    book.set_properties({"title": "方案数据编辑表", "created": datetime.datetime(2000, 1, 1)})  # noqa: DTZ001
    look = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#BFC9C9"}
    formats = {
        "number": book.add_format(look),
        # As texts, so that 3-5 or 2023年1月 does not become a date.
        "cell": book.add_format({**look, "num_format": "@"}),
        "fixed": book.add_format({**look, "bg_color": "#ECEFF1", "font_color": "#455A64"}),
        "heading": book.add_format({**look, "bold": True, "bg_color": "#E6F1F2", "valign": "vcenter"}),
        "plain": book.add_format({"text_wrap": True, "valign": "top"}),
    }
    _write_guide(book.add_worksheet(GUIDE), formats)
    for table in TABLES:
        _write_table(book.add_worksheet(table.name), table, rows[table.name], formats)
    base = book.add_worksheet(BASE)
    kept = [(name, entry.id, *entry.cells) for name, found in rows.items() for entry in found]
    for place, row in enumerate([*map(base_headings, TABLES), *kept]):
        for at, text in enumerate(row):
            base.write_string(place, at, text)
    base.very_hidden()
    book.close()
    return buffer.getvalue()


def _write_guide(page: Worksheet, formats: Mapping[str, Format]) -> None:
    for place, width in enumerate(_GUIDE_WIDTHS):
        page.set_column(place, place, width)
    for number, step in enumerate(_STEPS):
        text = f"{number + 1}. {step}"
        page.merge_range(number, 0, number, len(_GUIDE_WIDTHS) - 1, text, formats["plain"])
        page.set_row(number, _height([(text, sum(_GUIDE_WIDTHS))]) + 3)
    at = len(_STEPS) + 1
    for place, heading in enumerate(("表", "栏目", "填什么", "可不填")):
        page.write_string(at, place, heading, formats["heading"])
    for table in TABLES:
        for column in table.columns:
            at += 1
            is_optional = not column.key.required or (isinstance(column.key.type, ListOf) and not column.key.type.least)
            row = (table.name, column.heading, column.doc, "可不填" if is_optional else "")
            for place, text in enumerate(row):
                page.write_string(at, place, text, formats["cell"])
            page.set_row(at, _height(zip(row, _GUIDE_WIDTHS, strict=True)))
    _set_up_print(page)


def _write_table(page: Worksheet, table: Table, rows: tuple[Entry, ...], formats: Mapping[str, Format]) -> None:
    fixed = 1 + len(table.context)
    for place, heading in enumerate(table.headings):
        page.write_string(0, place, heading, formats["heading"])
    widths = [*[_FIXED_WIDTH] * fixed, *(column.width for column in table.columns)]
    for place, width in enumerate(widths):
        page.set_column(place, place, width)
    for number, entry in enumerate(rows, 1):
        page.set_row(number, _height(zip((entry.id, *entry.context, *entry.cells), widths, strict=True)))
        for place, text in enumerate((entry.id, *entry.context)):
            page.write_string(number, place, text, formats["fixed"])
        for place, (column, text) in enumerate(zip(table.columns, entry.cells, strict=True), fixed):
            is_number = isinstance(column.key.type, Integer | Number)
            look = formats["number" if is_number else "cell"]
            if not text:
                page.write_blank(number, place, None, look)
            elif is_number:
                page.write_number(number, place, float(text), look)
            else:
                page.write_string(number, place, text, look)
    for place, column in enumerate(table.columns, fixed):
        if rows and isinstance(column.key.type, Choice):
            page.data_validation(1, place, len(rows), place, _offer(column, column.key.type))
    page.freeze_panes(1, fixed)
    page.autofilter(0, 0, max(len(rows), 1), len(table.headings) - 1)
    page.repeat_rows(0)
    _set_up_print(page)


def _set_up_print(page: Worksheet) -> None:
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)


def _height(cells: Iterable[tuple[str, int]]) -> int:
    """Return a row's height in points for its texts and their columns' widths; not every program fits it by itself."""
    return _LINE_HEIGHT * max(-(-_width(text) * 10 // (width * 9)) or 1 for text, width in cells)


def _width(text: str) -> int:
    """Return a text's width in Latin characters; a Chinese one takes two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


def _offer(column: Column, kind: Choice) -> dict[str, Any]:
    return {
        "validate": "list",
        "source": list(kind.labels or kind.options),
        "ignore_blank": not column.key.required,
        "error_title": "不能这样填",
        "error_message": "请从下拉列表里选一个。",
    }


def base_headings(table: Table) -> tuple[str, ...]:
    """Return the row of the hidden sheet that says which columns a table had."""
    headings = (table.name, ID_HEADING, *(column.heading for column in table.columns))
    return (*headings, *[""] * BASE_WIDTH)[:BASE_WIDTH]
