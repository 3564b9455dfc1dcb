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

from ..data.keys import Choice, Integer, ListOf, Number
from .tables import (
    ACCEPT,
    ALIASES,
    DECISION,
    DUTIES,
    ID_HEADING,
    LEAVE,
    PROPOSALS,
    REMOVE,
    REMOVE_HEADING,
    SUCCESSORS,
    TABLES,
    TARGETS,
    UNITS,
    VALUES,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from .tables import Column, Entry, Sheets, Table

BASE: Final = "导出时的内容"
"""The hidden sheet: table, id, then each column's cell, then what says where the record belongs."""
OFFERS: Final = "可选的归属"
"""The hidden sheet of what drop-downs offer that is too long for them: the plans' items."""
GUIDE: Final = "填写说明"
BASE_WIDTH: Final = 2 + max(len(table.columns) + len(table.context) for table in (*TABLES, PROPOSALS))
_SPARE: Final = 200
"""Rows below the records that are ready for new ones."""
_STEPS: Final = (
    "改：在各表里改白色的格。灰色的格只说明这一条是什么，改了不会合并（合并时会列出来）。",
    f"增：在表的最下面另起一行，“{ID_HEADING}”空着，由程序拟定；“单位”的编号就是网页地址，可自己写，只用小写英文字母、数字和短横线。",
    "　　再在灰色的栏里选这一条归在哪里：“别名”“单位变更”选单位，“目标”“定期事项”选“所属”，“目标值”选“目标编号”。",
    "　　新目标至少要有一个目标值：在“目标值”表里也加一行，“所属”“指标”与新目标的写得一样。",
    f"删：在那一行的“{REMOVE_HEADING}”栏里选“{REMOVE}”。只把行删掉，不会删去数据。",
    "行可以排序、筛选，列可以移动、隐藏，也可以另加自己的列（不会合并）；排序要选中整个表，不要只排一列。",
    "不要合并单元格，不要改栏目名称、工作表名称或原有的“编号”。",
    "单位改名：方案印的名称以后仍照印。印发以后才改的名，在“单位变更”里加一行，或在“别名”里加一个“现称”。",
    "　　改“名称”一格，是改本站怎样称呼这个单位：原名若印在方案里，会自动记作别名（印刷）。",
    "标“可不填”的格，清空就是不写。“目标值”表里的比较、计量单位、限定语、依据、推断理由空着，就按“目标”表里同一编号的。",
    "“原文词句”要与印发的原文逐字一致，标点、空格也照印。几个单位写在一格里，用“；”隔开。",
    "改好后保存为 .xlsx，运行“plansite merge 文件名.xlsx”：先列出会改哪里，不写入；看过无误，再加 --write 运行一次。",
    "有误的格会逐个列出，这时什么都不写；想先写入其余无误的，再加 --skip-bad。",
)
_DECIDING: Final = (
    f"每行是导入程序提出、还没有人核对的一处。对照“原句”看“读法”，在“{DECISION.heading}”栏里选：",
    f"　　“{ACCEPT}”：读得对，就这样定下来；写着存疑之处的，定为网站推断。",
    f"　　“{REMOVE}”：不是这么回事，从数据里删去；别名删去后另成一个单位。",
    f"　　“{LEAVE}”或者空着：以后再定。",
    "读错了的，先在后面的白格里改好，再选“接受”。只改有内容的那一种栏目；灰色的格改了不会合并。",
    "目标的各个取值各占一行；依据写在目标上的，在“目标”那一行决定，各个取值一起算数。",
    "改好后保存为 .xlsx，运行“plansite merge 文件名.xlsx”：先列出会改哪里，不写入；看过无误，再加 --write 运行一次。",
)
_GUIDE_WIDTHS: Final = (12, 14, 76, 10)
_FIXED_WIDTH: Final = 24
_REMOVE_WIDTH: Final = 8
_LINE_HEIGHT: Final = 15
"""Points."""


def editing_workbook(sheets: Sheets) -> bytes:
    """Return the workbook for editing; the same bytes for the same data."""
    holders = [holder.title for holder in sheets.holders]
    return _workbook("方案数据编辑表", _STEPS, TABLES, sheets.rows, _offers(sheets), holders)


def proposals_workbook(rows: tuple[Entry, ...], kinds: tuple[str, ...]) -> bytes:
    """Return the workbook in which what nobody has confirmed yet is decided on; the same bytes for the same data."""
    offers: _Offers = {PROPOSALS.name: {UNITS.columns[1].heading: list(kinds)}}
    return _workbook("待核对的读法", _DECIDING, (PROPOSALS,), {PROPOSALS.name: rows}, offers, [])


_Offers = dict[str, dict[str, str | list[str]]]


def _workbook(
    title: str,
    steps: tuple[str, ...],
    tables: tuple[Table, ...],
    rows: Mapping[str, tuple[Entry, ...]],
    offers: _Offers,
    holders: list[str],
) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    # The clock stays out of it; the data has no date of its own.
    book.set_properties({"title": title, "created": datetime.datetime(2000, 1, 1)})  # noqa: DTZ001
    look = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#BFC9C9"}
    formats = {
        "number": book.add_format(look),
        # As texts, so that 3-5 or 2023年1月 does not become a date.
        "cell": book.add_format({**look, "num_format": "@"}),
        "blank": book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"}),
        "blank number": book.add_format({"text_wrap": True, "valign": "top"}),
        "fixed": book.add_format({**look, "bg_color": "#ECEFF1", "font_color": "#455A64"}),
        "heading": book.add_format({**look, "bold": True, "bg_color": "#E6F1F2", "valign": "vcenter"}),
        "plain": book.add_format({"text_wrap": True, "valign": "top"}),
    }
    guide = book.add_worksheet(GUIDE)
    _write_guide(guide, formats, steps, tables)
    for table in tables:
        _write_table(book.add_worksheet(table.name), table, rows[table.name], formats, offers)
    base, choice = book.add_worksheet(BASE), book.add_worksheet(OFFERS)
    kept = [(name, entry.id, *entry.cells, *entry.context) for name, found in rows.items() for entry in found]
    for place, row in enumerate([*map(base_headings, tables), *kept]):
        for at, text in enumerate(row):
            base.write_string(place, at, text)
    for place, holder in enumerate(holders):
        choice.write_string(place, 0, holder)
    base.very_hidden()
    choice.very_hidden()
    book.close()
    return buffer.getvalue()


def _write_guide(
    page: Worksheet, formats: Mapping[str, Format], steps: tuple[str, ...], tables: tuple[Table, ...]
) -> None:
    for place, width in enumerate(_GUIDE_WIDTHS):
        page.set_column(place, place, width)
    for number, step in enumerate(steps):
        page.merge_range(number, 0, number, len(_GUIDE_WIDTHS) - 1, step, formats["plain"])
        page.set_row(number, _height([(step, sum(_GUIDE_WIDTHS))]) + 3)
    at = len(steps) + 1
    for place, heading in enumerate(("表", "栏目", "填什么", "可不填")):
        page.write_string(at, place, heading, formats["heading"])
    for table in tables:
        for column in table.columns:
            at += 1
            is_optional = not column.key.required or (isinstance(column.key.type, ListOf) and not column.key.type.least)
            row = (table.name, column.heading, column.doc, "可不填" if is_optional else "")
            for place, text in enumerate(row):
                page.write_string(at, place, text, formats["cell"])
            page.set_row(at, _height(zip(row, _GUIDE_WIDTHS, strict=True)))
    _set_up_print(page)


def _offers(sheets: Sheets) -> _Offers:
    """Return what drop-downs offer that only the data says, as words or ranges of cells, by table and heading."""
    items = f"='{OFFERS}'!$A$1:$A${max(len(sheets.holders), 1)}"
    units = f"='{UNITS.name}'!$B$2:$B${len(sheets.rows[UNITS.name]) + 1 + _SPARE}"
    targets = f"='{TARGETS.name}'!$A$2:$A${len(sheets.rows[TARGETS.name]) + 1 + _SPARE}"
    return {
        UNITS.name: {column.heading: list(sheets.kinds) for column in UNITS.columns if column.key.name == "kind"},
        ALIASES.name: {"单位": units},
        SUCCESSORS.name: {"单位": units},
        TARGETS.name: {"所属": items},
        VALUES.name: {"目标编号": targets, "所属": items},
        DUTIES.name: {"所属": items},
    }


def _write_table(
    page: Worksheet,
    table: Table,
    rows: tuple[Entry, ...],
    formats: Mapping[str, Format],
    offers: Mapping[str, Mapping[str, str | list[str]]],
) -> None:
    fixed = 1 + len(table.context)
    for place, heading in enumerate(table.headings):
        page.write_string(0, place, heading, formats["heading"])
    widths = [*[_FIXED_WIDTH] * fixed, *(column.width for column in table.columns), _REMOVE_WIDTH]
    numbers = {place for place, column in enumerate(table.columns, fixed) if _is_number(column)}
    for place, width in enumerate(widths):
        page.set_column(place, place, width, formats["blank number" if place in numbers else "blank"])
    for number, entry in enumerate(rows, 1):
        texts = (entry.id, *entry.context, *entry.cells, "")
        page.set_row(number, _height(zip(texts, widths, strict=True)))
        for place, text in enumerate(texts):
            look = "fixed" if place < fixed else "number" if place in numbers else "cell"
            _write_cell(page, (number, place), text, formats[look], is_number=place in numbers)
    last = len(rows) + _SPARE
    for place, heading in enumerate(table.context, 1):
        if source := offers.get(table.name, {}).get(heading):
            page.data_validation(len(rows) + 1, place, last, place, _offer(source, is_optional=True))
    for place, column in enumerate(table.columns, fixed):
        if isinstance(column.key.type, Choice):
            listed = column.key.type.labels or column.key.type.options
            choices = offers.get(table.name, {}).get(column.heading) or list(listed)
            page.data_validation(1, place, last, place, _offer(choices, is_optional=not column.key.required))
    page.data_validation(1, len(widths) - 1, last, len(widths) - 1, _offer([REMOVE], is_optional=True))
    page.freeze_panes(1, fixed)
    page.autofilter(0, 0, max(len(rows), 1), len(table.headings) - 1)
    page.repeat_rows(0)
    _set_up_print(page)


def _write_cell(page: Worksheet, at: tuple[int, int], text: str, look: Format, *, is_number: bool) -> None:
    if not text:
        page.write_blank(*at, None, look)
    elif is_number:
        page.write_number(*at, float(text), look)
    else:
        page.write_string(*at, text, look)


def _is_number(column: Column) -> bool:
    return isinstance(column.key.type, Integer | Number)


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


def _offer(source: list[str] | str, *, is_optional: bool) -> dict[str, Any]:
    return {
        "validate": "list",
        "source": source,
        "ignore_blank": is_optional,
        "error_title": "不能这样填",
        "error_message": "请从下拉列表里选一个。",
    }


def base_headings(table: Table) -> tuple[str, ...]:
    """Return the row of the hidden sheet that says which columns a table had."""
    headings = (table.name, ID_HEADING, *(column.heading for column in table.columns), *table.context)
    return (*headings, *[""] * BASE_WIDTH)[:BASE_WIDTH]
