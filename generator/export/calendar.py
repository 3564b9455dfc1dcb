"""ICS (RFC 5545): a unit's dated duties as yearly recurring whole days with an alarm, until the plan ends."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Final

from icalendar import Alarm, Calendar, Event, Timezone, TimezoneStandard

from generator.wording import due_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.entries import PlanIndex, SiteIndex, UnitDuty
    from generator.model import Due

_ALARM: Final = datetime.timedelta(days=-3)


def calendar(index: SiteIndex, name: str, duties: Iterable[UnitDuty]) -> bytes:
    """Return a calendar of the duties that have a date.

    UIDs are made of the plan's and the duty's ids, so that a later version replaces an
    earlier one; the stamp is the day of issue, not the clock's.
    """
    cal = Calendar()
    cal.add("prodid", "-//plansite//duties//ZH")
    cal.add("version", "2.0")
    cal.add("x-wr-calname", name)
    for duty in duties:
        if duty.entry.duty.due:
            cal.add_component(_event(index.plan(duty.plan), duty, duty.entry.duty.due))
    if not cal.subcomponents:
        # A calendar must hold something, also where no duty has a date.
        cal.add_component(_beijing())
    return bytes(cal.to_ical())


def _event(plan: PlanIndex, duty: UnitDuty, due: Due) -> Event:
    entry = duty.entry
    issued = datetime.date.fromisoformat(plan.issued_on)
    first = _first(due, issued)
    event = Event()
    event.add("uid", f"{plan.plan.id}.{entry.duty.id}@plansite")
    event.add("dtstamp", datetime.datetime.combine(issued, datetime.time(), datetime.UTC))
    event.add("dtstart", first)
    event.add("summary", f"{entry.duty.action}（{due_text(due)}）")
    group = "（经统称适用，由本站推断）" if duty.via else ""
    note = f"\n说明：{entry.duty.note}" if entry.duty.note else ""
    event.add("description", f"原文第{entry.line}行{group}：{entry.quote}{note}\n非官方整理，以印发的文件为准。")
    until = datetime.date(plan.plan.end, 12, 31)
    event.add("rrule", {"freq": "yearly", "bymonth": list(due.months), "bymonthday": due.day, "until": until})
    event.add("transp", "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", _ALARM)
    alarm.add("description", entry.duty.action)
    event.add_component(alarm)
    return event


def _first(due: Due, issued: datetime.date) -> datetime.date:
    """Return the first date that is not before the plan was issued."""
    days = (datetime.date(year, month, due.day) for year in (issued.year, issued.year + 1) for month in due.months)
    return next(day for day in days if day >= issued)


def _beijing() -> Timezone:
    zone = Timezone()
    zone.add("tzid", "Asia/Shanghai")
    standard = TimezoneStandard()
    standard.add("dtstart", datetime.datetime(1991, 9, 15, 1))  # noqa: DTZ001 - local by definition
    standard.add("tzoffsetfrom", datetime.timedelta(hours=9))
    standard.add("tzoffsetto", datetime.timedelta(hours=8))
    standard.add("tzname", "CST")
    zone.add_component(standard)
    return zone
