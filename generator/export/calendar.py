"""ICS (RFC 5545): a unit's dated duties as yearly recurring whole days with an alarm, until the plan ends."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Final

import icalendar
from icalendar import Alarm, Calendar, Timezone, TimezoneStandard, vRecur

from generator.events import event_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.entries import SiteIndex, UnitDuty
    from generator.events import Event

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
        event = event_of(index.plan(duty.plan), duty.entry)
        if event:
            cal.add_component(_component(event, event.through if duty.via else event.description))
    if not cal.subcomponents:
        # A calendar must hold something, also where no duty has a date.
        cal.add_component(_beijing())
    return bytes(cal.to_ical())


def _component(event: Event, description: str) -> icalendar.Event:
    component = icalendar.Event()
    component.add("uid", event.uid)
    component.add("dtstamp", datetime.datetime.fromisoformat(event.stamp))
    component.add("dtstart", datetime.date.fromisoformat(event.start))
    component.add("summary", event.summary)
    component.add("description", description)
    component.add("rrule", vRecur.from_ical(event.rule))
    component.add("transp", "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", _ALARM)
    alarm.add("description", event.alarm)
    component.add_component(alarm)
    return component


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
