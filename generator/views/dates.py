"""The dates of a unit's duties, as its page shows them."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ..index.events import due_dates
from .links import Link, unit_link

if TYPE_CHECKING:
    from ..index.records import UnitDuty, UnitEntry
    from .rows import DutyRow, Rows

_WEEKDAYS: Final = "一二三四五六日"


@dataclass(frozen=True, slots=True, kw_only=True)
class DateRow:
    """A duty of a unit with all its dates; the browser, which has a clock, tells which comes next."""

    duty: DutyRow
    plan: str
    """The plan's name, if there are several."""
    via: Link
    """The group through which it applies, if there is one."""
    is_received: bool
    """Whether others report it to the unit, or do it to or for it."""
    dates: str
    """ISO dates between blanks."""
    end: int
    """The last year of the plan's period."""
    span: str
    """2022年12月20日起，至2024年12月20日，共9次."""


def date_rows(rows: Rows, entry: UnitEntry) -> tuple[DateRow, ...]:
    """List the dated duties of a unit, its own first, then through a group, then what is reported to it."""
    duties = [*((duty, False) for duty in entry.duties), *((duty, True) for duty in entry.receives)]
    return tuple(row for duty, is_received in duties if (row := _date_row(rows, duty, is_received=is_received)))


def _date_row(rows: Rows, duty: UnitDuty, *, is_received: bool) -> DateRow | None:
    plan = rows.index.plan(duty.plan)
    dates = due_dates(plan, duty.entry)
    if not dates:
        return None
    first, last = day_text(dates[0]), day_text(dates[-1])
    return DateRow(
        duty=rows.duty(duty.entry),
        plan=rows.plan_name(duty.plan),
        via=unit_link(rows.index, duty.via) if duty.via else Link(""),
        is_received=is_received,
        dates=" ".join(dates),
        end=plan.dated_years[-1],
        span=f"{first}起，至{last}，共 {len(dates)} 次" if len(dates) > 1 else f"只有{first}一次",
    )


def day_text(date: str) -> str:
    """Write an ISO date: 2022年12月20日."""
    year, month, day = (int(part) for part in date.split("-"))
    return f"{year}年{month}月{day}日"


def weekday_text(date: str) -> str:
    """Write on what day of the week an ISO date falls: 周二."""
    return f"周{_WEEKDAYS[datetime.date.fromisoformat(date).weekday()]}"
