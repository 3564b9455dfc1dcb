"""XLSX: a workbook to read, filter, write in and print on A3, the same bytes for the same rows.

Its form is in workbook/: the parts that all workbooks share as they are, and templates for those that
differ. Cells are written directly: a site has a workbook for each unit, and one more for each plan of
each unit, and a library that checks and keeps every cell took longer over them than all pages took.
"""

from __future__ import annotations

import functools
import io
import re
import unicodedata
import zipfile
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from .package import add, read_forms, read_part

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator

    import jinja2

    from .rows import Column, Row, Sheet

FORM: Final = Path(__file__).parent / "workbook"
HEAD: Final = 3
"""The row of the headings: title and source stand above."""
_FIXED: Final = (
    ("_rels/.rels", "package_rels.xml"),
    ("xl/styles.xml", "styles.xml"),
    ("xl/theme/theme1.xml", "theme.xml"),
    ("docProps/app.xml", "app.xml"),
)
"""Name in the workbook → file in workbook/."""
_LINE: Final = 16
"""Points; what LibreOffice needs for a line of Chinese, a little more than Excel."""
_HIGHEST: Final = 409
"""Points; Excel takes no higher row."""
_LONGEST: Final = 32767
"""UTF-16 units; Excel takes no longer text."""
_TITLE, _SOURCE, _HEADING, _NUMBER, _TEXT = range(1, 6)
"""Places in the list of cell formats in styles.xml."""
_CODE: Final = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
"""Begins what Excel would read as the code of a character."""


def workbook(title: str, sheets: tuple[Sheet, ...], issued_on: datetime.date) -> bytes:
    """Return a workbook; dated by the plan, not by the clock."""
    forms, texts = _read_workbook_forms(), _Texts()
    pages = [_Page(place, sheet) for place, sheet in enumerate(sheets)]
    named = sorted(pages, key=lambda page: page.name)  # as Excel wants it
    buffer = io.BytesIO(_shared_parts(len(pages)))
    buffer.seek(0, io.SEEK_END)
    with zipfile.ZipFile(buffer, "a") as package:
        for number, page in enumerate(pages, 1):
            rows = Markup("".join(page.rows(texts)))  # noqa: S704 - its texts are in another part
            add(package, f"xl/worksheets/sheet{number}.xml", forms["sheet"].render(page=page, rows=rows).encode())
        add(package, "xl/workbook.xml", forms["workbook"].render(pages=pages, named=named).encode())
        add(package, "xl/sharedStrings.xml", texts.part().encode())
        core = forms["core"].render(title=title, issued_on=issued_on.isoformat())
        add(package, "docProps/core.xml", core.encode())
    return buffer.getvalue()


@functools.cache
def _shared_parts(count: int) -> bytes:
    """Return a package with what all workbooks of as many sheets share, so that it is compressed once."""
    forms, buffer = _read_workbook_forms(), io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        # Readers look for the types first.
        add(package, "[Content_Types].xml", forms["content_types"].render(count=count).encode())
        add(package, "xl/_rels/workbook.xml.rels", forms["workbook_rels"].render(count=count).encode())
        for name, file in _FIXED:
            add(package, name, read_part(FORM, file))
    return buffer.getvalue()


@functools.cache
def _read_workbook_forms() -> dict[str, jinja2.Template]:
    return read_forms(FORM)


class _Texts:
    """The texts of a workbook, each once; cells give their places."""

    def __init__(self) -> None:
        self._places: dict[str, int] = {}
        self._count = 0

    def place(self, text: str) -> int:
        """Return a text's place; a new one comes last."""
        self._count += 1
        return self._places.setdefault(text, len(self._places))

    def part(self) -> str:
        """Return the part that holds them."""
        texts = "".join(map(_text_item, self._places))
        return (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
            f' count="{self._count}" uniqueCount="{len(self._places)}">{texts}</sst>\n'
        )


@functools.cache  # the same texts stand in many units' workbooks
def _text_item(text: str) -> str:
    if len(text) > _LONGEST // 2:
        text = text.encode("utf-16-le")[: 2 * _LONGEST].decode("utf-16-le", "ignore")
    if "_x" in text:
        text = _CODE.sub("_x005F_", text)
    keep = ' xml:space="preserve"' if text != text.strip() else ""
    return f"<si><t{keep}>{text.replace('&', '&amp;').replace('<', '&lt;').replace('>', '&gt;')}</t></si>"


class _Page:
    """A sheet as its template takes it."""

    def __init__(self, place: int, sheet: Sheet) -> None:
        self.place, self.name, self._sheet = place, sheet.name, sheet
        # Paper shows the columns that come first.
        self._printed = tuple(column for column in sheet.columns if column.is_printed)
        self._letters = [_letter(number) for number in range(len(sheet.columns))]
        self.last_column, self.last_printed = self._letters[-1], self._letters[len(self._printed) - 1]
        self.last_used = HEAD + len(sheet.rows)
        self.last_row = max(self.last_used, HEAD + 1)
        """A filter needs a row, also where there is nothing to filter."""

    @property
    def columns(self) -> Iterator[tuple[int, int, str]]:
        """First and last of neighbours that are equally wide, and their width with the margins of a cell."""
        numbered = enumerate(self._sheet.columns, 1)
        for width, found in groupby(numbered, lambda pair: pair[1].width):
            first, *rest = (number for number, _ in found)
            yield first, rest[-1] if rest else first, f"{(7 * width + 5) * 256 // 7 / 256:.16g}"

    def rows(self, texts: _Texts) -> Iterator[str]:
        """Yield title, source, headings and the sheet's own rows."""
        sheet, printed = self._sheet, self._printed
        width = sum(column.width for column in printed)
        yield self._merged(1, 2, sheet.title, _TITLE, texts)
        yield self._merged(2, _lines(sheet.source, width), sheet.source, _SOURCE, texts)
        lines = max(_lines(column.heading, column.width) for column in printed)
        cells = [
            f'<c r="{letter}{HEAD}" s="{_HEADING}" t="s"><v>{texts.place(column.heading)}</v></c>'
            for letter, column in zip(self._letters, sheet.columns, strict=True)
        ]
        yield self._row(HEAD, lines, "".join(cells))
        for number, row in enumerate(sheet.rows, HEAD + 1):
            yield self._row(number, _row_lines(row, printed), "".join(self._cells(number, row, texts)))

    def _merged(self, number: int, lines: int, text: str, style: int, texts: _Texts) -> str:
        """Return a row with one text over all columns that paper shows."""
        first, *rest = self._letters[: len(self._printed)]
        cell = f'<c r="{first}{number}" s="{style}" t="s"><v>{texts.place(text)}</v></c>'
        return self._row(number, lines, cell + "".join(f'<c r="{letter}{number}" s="{style}"/>' for letter in rest))

    def _row(self, number: int, lines: int, cells: str) -> str:
        height = int(min(lines * _LINE, _HIGHEST) * 4 / 3 + 0.5) * 0.75  # whole pixels
        span = f"1:{len(self._letters)}"
        return f'<row r="{number}" spans="{span}" ht="{height:.16g}" customHeight="1">{cells}</row>'

    def _cells(self, number: int, row: Row, texts: _Texts) -> Iterator[str]:
        for letter, value in zip(self._letters, row, strict=True):
            # Never a formula, also where a text begins with =.
            if not isinstance(value, str):
                yield f'<c r="{letter}{number}" s="{_NUMBER}"><v>{value:.16G}</v></c>'
            elif value:
                yield f'<c r="{letter}{number}" s="{_TEXT}" t="s"><v>{texts.place(value)}</v></c>'
            else:
                yield f'<c r="{letter}{number}" s="{_TEXT}"/>'


def _letter(number: int) -> str:
    """Return by what letters a column is called, from 0: A, Z, AA."""
    above, last = divmod(number, 26)
    return (_letter(above - 1) if above else "") + chr(ord("A") + last)


def _row_lines(row: Row, columns: tuple[Column, ...]) -> int:
    """Return how many lines a row needs: some programs do not fit it to wrapped text by themselves."""
    cells = zip(row, columns, strict=False)
    return max((_lines(cell, column.width) for cell, column in cells if isinstance(cell, str) and cell), default=1)


@functools.cache
def _lines(text: str, width: int) -> int:
    """Return how many lines a text takes in a column of that width."""
    return sum(-(-_width(part) * 10 // (width * 9)) or 1 for part in text.split("\n"))


def _width(text: str) -> int:
    """Return a text's width in Latin characters; a Chinese one takes two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)
