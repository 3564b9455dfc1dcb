"""When a recurring duty falls due within the period of its plan, and what a calendar program is told of it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from generator.views.common import Link, unit_link, years_of
from generator.wording import due_text

if TYPE_CHECKING:
    from generator.entries import DutyEntry, PlanIndex, UnitDuty, UnitEntry
    from generator.views.rows import DutyRow, Rows

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
    """Whether others report it to the unit."""
    dates: str
    """ISO dates between blanks."""
    end: int
    """The last year of the plan's period."""
    span: str
    """2022年12月20日起，至2024年12月20日，共9次."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A dated duty as RFC 5545 puts it, before escaping and folding; as generator/export/calendar.py writes it."""

    uid: str
    stamp: str
    start: str
    """The first date that is not before the plan was issued: 20221220."""
    rule: str
    summary: str
    description: str
    through: str
    """The description for a unit to which the duty applies through a group."""
    alarm: str


def due_dates(plan: PlanIndex, entry: DutyEntry) -> tuple[str, ...]:
    """List the ISO dates by which a duty is due, none before the plan was issued."""
    due = entry.duty.due
    if not due:
        return ()
    days = (f"{year}-{month:02}-{due.day:02}" for year in years_of(plan) for month in due.months)
    return tuple(day for day in days if day >= plan.issued_on)


def event_of(plan: PlanIndex, entry: DutyEntry) -> Event | None:
    """Return what a calendar program is told of a duty; nothing if it has no date left in the plan's period."""
    duty, dates = entry.duty, due_dates(plan, entry)
    if not duty.due or not dates:
        return None
    note = f"\n说明：{duty.note}" if duty.note else ""
    said = f"：{entry.quote}{note}\n非官方整理，以印发的文件为准。"
    months = ",".join(map(str, duty.due.months))
    return Event(
        uid=f"{plan.plan.id}.{duty.id}@plansite",
        stamp=f"{plan.issued_on.replace('-', '')}T000000Z",
        start=dates[0].replace("-", ""),
        rule=f"FREQ=YEARLY;UNTIL={plan.plan.end}1231;BYMONTHDAY={duty.due.day};BYMONTH={months}",
        summary=f"{duty.action}（{due_text(duty.due)}）",
        description=f"原文第{entry.line}行{said}",
        through=f"原文第{entry.line}行（经统称适用，由本站推断）{said}",
        alarm=duty.action,
    )


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
        via=unit_link(rows, duty.via) if duty.via else Link(""),
        is_received=is_received,
        dates=" ".join(dates),
        end=plan.plan.end,
        span=f"{first}起，至{last}，共 {len(dates)} 次" if len(dates) > 1 else f"只有{first}一次",
    )


def day_text(date: str) -> str:
    """Write an ISO date: 2022年12月20日."""
    year, month, day = (int(part) for part in date.split("-"))
    return f"{year}年{month}月{day}日"


def weekday_text(date: str) -> str:
    """Write on what day of the week an ISO date falls: 周二."""
    return f"周{_WEEKDAYS[datetime.date.fromisoformat(date).weekday()]}"
