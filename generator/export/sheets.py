"""The files that lie beside the pages of units and plans: XLSX, DOCX, CSV (tasks, targets, duties), ICS.

Where a site has several plans, a unit has such files over all of them and for each.
"""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Final

from .. import addresses
from ..index.records import UnitDuty
from .asked import Asked
from .calendar import Calendars
from .document import Press
from .document_rows import DocumentRows
from .outline import plan_blocks, plan_title, unit_blocks, unit_title
from .rows import SheetRows
from .spreadsheet import workbook
from .table import table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..index.records import SiteIndex
    from .rows import Sheet

TABLES: Final = {"任务": "", "目标": "-targets", "定期事项": "-duties"}
"""Name of a sheet → what its CSV's name has behind the id."""


def sheet_files(index: SiteIndex, site_url: str = "") -> Iterator[tuple[str, bytes]]:
    """Yield the sheets of every plan and every unit as (address, bytes)."""
    issued_on = datetime.date.fromisoformat(max(plan.dated for plan in index.plans))
    asked, press, calendars = Asked(), Press(), Calendars(index, site_url)
    tables, rows = SheetRows(index, asked), DocumentRows(index, asked)
    for plan in index.plans:
        own = plan.plan
        sheets = tables.plan(plan)
        duties = [UnitDuty(plan=own.id, entry=entry, via=None) for entry in plan.duties]
        base = addresses.sheets(addresses.plan(own.id), own.id)
        yield f"{base}.xlsx", workbook(own.short_title, sheets, datetime.date.fromisoformat(plan.dated))
        yield f"{base}.docx", press.document(plan_title(plan), plan_blocks(rows, plan), plan.dated)
        yield from _tables(base, sheets)
        yield f"{base}.ics", calendars.calendar(own.short_title, duties)
    for entry in (one for unit in index.units for one in (unit, *unit.parts)):
        sheets = tables.unit(entry)
        title = f"{entry.unit.name}承担事项"
        base = addresses.sheets(entry.url, entry.unit.id)
        yield f"{base}.xlsx", workbook(title, sheets, issued_on)
        yield f"{base}.docx", press.document(unit_title(entry), unit_blocks(rows, entry), issued_on.isoformat())
        yield from _tables(base, sheets)
        yield f"{base}.ics", calendars.calendar(title, entry.duties, entry.receives)


def _tables(base: str, sheets: tuple[Sheet, ...]) -> Iterator[tuple[str, bytes]]:
    """Yield the CSV files of a workbook's sheets; what it has none of has no file."""
    for sheet in sheets:
        if sheet.name in TABLES:
            yield f"{base}{TABLES[sheet.name]}.csv", table(sheet)
