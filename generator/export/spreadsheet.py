"""XLSX: a workbook to read, filter, write in and print on A3, the same bytes for the same rows."""

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
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from .rows import Column, Row, Sheet

HEAD: Final = 2
"""The row of the headings, from 0: title and source stand above."""
_LINE: Final = 16
"""Points; what LibreOffice needs for a line of Chinese, a little more than Excel."""
_HIGHEST: Final = 409
"""Points; Excel takes no higher row."""
_A3: Final = 8


def workbook(title: str, sheets: tuple[Sheet, ...], issued_on: datetime.date) -> bytes:
    """Return a workbook; dated by the plan, not by the clock."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    created = datetime.datetime.combine(issued_on, datetime.time())
    book.set_properties({"title": title, "created": created})
    formats = _formats(book)
    for sheet in sheets:
        page = book.add_worksheet(sheet.name)
        _write(page, sheet, formats)
        _set_up(page, sheet)
    book.close()
    return buffer.getvalue()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Formats:
    title: Format
    source: Format
    heading: Format
    text: Format
    number: Format


def _formats(book: Workbook) -> _Formats:
    wrapped = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#BFC9C9"}
    return _Formats(
        title=book.add_format({"bold": True, "font_size": 16, "valign": "vcenter"}),
        source=book.add_format({"text_wrap": True, "valign": "top", "font_color": "#3D4A4A"}),
        heading=book.add_format({**wrapped, "bold": True, "bg_color": "#E6F1F2", "valign": "vcenter"}),
        text=book.add_format(wrapped),
        number=book.add_format({**wrapped, "align": "center"}),
    )


def _write(page: Worksheet, sheet: Sheet, formats: _Formats) -> None:
    printed = _printed(sheet.columns)
    width = sum(column.width for column in printed)
    page.merge_range(0, 0, 0, len(printed) - 1, "", formats.title)
    page.write_string(0, 0, sheet.title, formats.title)
    page.set_row(0, 2 * _LINE)
    page.merge_range(1, 0, 1, len(printed) - 1, "", formats.source)
    page.write_string(1, 0, sheet.source, formats.source)
    page.set_row(1, _lines(sheet.source, width) * _LINE)
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, column.width)
        page.write_string(HEAD, place, column.heading, formats.heading)
    page.set_row(HEAD, max(_lines(column.heading, column.width) for column in printed) * _LINE)
    for number, row in enumerate(sheet.rows, HEAD + 1):
        page.set_row(number, _height(row, printed))
        for place, value in enumerate(row):
            # Never `write`, which would take a text that begins with = for a formula.
            if not isinstance(value, str):
                page.write_number(number, place, value, formats.number)
            elif value:
                page.write_string(number, place, value, formats.text)
            else:
                page.write_blank(number, place, None, formats.text)


def _set_up(page: Worksheet, sheet: Sheet) -> None:
    """Set up a sheet to be read, filtered and printed."""
    last = HEAD + max(len(sheet.rows), 1)
    page.freeze_panes(HEAD + 1, 0)
    page.autofilter(HEAD, 0, last, len(sheet.columns) - 1)
    page.set_landscape()
    page.set_paper(_A3)
    page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    page.print_area(0, 0, last, len(_printed(sheet.columns)) - 1)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0, HEAD)
    page.set_footer("&L非官方整理，以印发的文件为准&R第 &P 页，共 &N 页")


def _printed(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Return the columns that paper shows; they come first."""
    return tuple(column for column in columns if column.is_printed)


def _height(row: Row, columns: tuple[Column, ...]) -> float:
    """Return a row's height in points: some programs do not fit it to wrapped text by themselves."""
    lines = max(
        (_lines(cell, column.width) for cell, column in zip(row, columns, strict=False) if isinstance(cell, str)),
        default=1,
    )
    return min(lines * _LINE, _HIGHEST)


@functools.cache  # the same texts stand in many units' workbooks
def _lines(text: str, width: int) -> int:
    """Return how many lines a text takes in a column of that width."""
    return sum(-(-_width(part) * 10 // (width * 9)) or 1 for part in text.split("\n"))


def _width(text: str) -> int:
    """Return a text's width in Latin characters; a Chinese one takes two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)
