"""XLSX: a workbook to read, filter and print, the same bytes for the same rows."""

from __future__ import annotations

import datetime
import functools
import io
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import xlsxwriter

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from generator.export.rows import Column, Row, Sheet

_LINE: Final = 16
"""Points; what LibreOffice needs for a line of Chinese, a little more than Excel."""
_HIGHEST: Final = 409
"""Points; Excel takes no higher row."""


def workbook(title: str, sheets: tuple[Sheet, ...], issued_on: datetime.date) -> bytes:
    """Return a workbook; dated by the plan, not by the clock."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    created = datetime.datetime.combine(issued_on, datetime.time())
    book.set_properties({"title": title, "created": created})
    wrapped = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#BFC9C9"}
    cell = book.add_format(wrapped)
    heading = book.add_format({**wrapped, "bold": True, "bg_color": "#E6F1F2", "valign": "vcenter"})
    number = book.add_format({**wrapped, "align": "center"})
    for sheet in sheets:
        _write(book.add_worksheet(sheet.name), title, sheet, _Formats(heading, cell, number))
    book.close()
    return buffer.getvalue()


@dataclass(frozen=True, slots=True)
class _Formats:
    heading: Format
    text: Format
    number: Format


def _write(page: Worksheet, title: str, sheet: Sheet, formats: _Formats) -> None:
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, column.width)
        page.write_string(0, place, column.heading, formats.heading)
    for number, row in enumerate(sheet.rows, 1):
        page.set_row(number, _height(row, sheet.columns))
        for place, value in enumerate(row):
            # Never `write`, which would take a text that begins with = for a formula.
            if not isinstance(value, str):
                page.write_number(number, place, value, formats.number)
            elif value:
                page.write_string(number, place, value, formats.text)
            else:
                page.write_blank(number, place, None, formats.text)
    last = len(sheet.columns) - 1
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, max(len(sheet.rows), 1), last)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.7)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.set_header(f"&L{title.replace('&', '&&')}　{sheet.name}")
    page.set_footer("&L非官方整理，以印发的文件为准&R第 &P 页，共 &N 页")


def _height(row: Row, columns: tuple[Column, ...]) -> float:
    """Return a row's height in points: some programs do not fit it to wrapped text by themselves."""
    lines = max(_lines(cell, column.width) for cell, column in zip(row, columns, strict=True) if isinstance(cell, str))
    return min(lines * _LINE, _HIGHEST)


@functools.cache  # the same texts stand in many units' workbooks
def _lines(text: str, width: int) -> int:
    """Return how many lines a text takes in a column of that width."""
    return sum(-(-_width(part) * 10 // (width * 9)) or 1 for part in text.split("\n"))


def _width(text: str) -> int:
    """Return a text's width in Latin characters; a Chinese one takes two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)
