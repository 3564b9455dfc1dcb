"""CSV (RFC 4180): a sheet as text, with the mark by which Excel and WPS know UTF-8."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from .rows import Cell, Sheet

_FORMULA: Final = ("=", "+", "-", "@", "\t")


def table(sheet: Sheet) -> bytes:
    """Return a sheet as CSV: its title and what it rests on, a row each, then the headings and the rows."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerows([[_safe(sheet.title)], [_safe(sheet.source)]])
    writer.writerow([column.heading for column in sheet.columns])
    writer.writerows([_safe(cell) for cell in row] for row in sheet.rows)
    return text.getvalue().encode("utf-8-sig")


def _safe(cell: Cell) -> Cell:
    """Keep a text from being taken for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
