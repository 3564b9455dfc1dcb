"""ICS (RFC 5545): dated duties as whole days, one event a date, with an alarm at nine three days before."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Final

import icalendar
from icalendar import Alarm, Calendar, Timezone, TimezoneStandard

from ..index.events import event_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..index.events import Event, Words
    from ..index.records import SiteIndex, UnitDuty

_ALARM: Final = datetime.timedelta(days=-3, hours=9)
"""From the midnight with which the day begins; a whole number of days would ring at night."""


def calendar(
    index: SiteIndex, name: str, duties: Iterable[UnitDuty], received: Iterable[UnitDuty] = (), site_url: str = ""
) -> bytes:
    """Return a calendar of the duties that have a date, and of what others report or do to it.

    UIDs are made of the plan's and the duty's ids and the date, so that a later version
    replaces an earlier one; stamp and sequence are those of the data's edition, not the
    clock's. Each event leads to its page where the site's address is known.
    """
    cal = Calendar()
    cal.add("prodid", "-//plansite//duties//ZH")
    cal.add("version", "2.0")
    cal.add("x-wr-calname", name)
    found = [(d, "through" if d.via else "acting") for d in duties] + [(d, "receiving") for d in received]
    for duty, relation in found:
        event = event_of(index.plan(duty.plan), duty.entry)
        if event:
            for component in _components(event, getattr(event, relation), site_url):
                cal.add_component(component)
    if not cal.subcomponents:
        # A calendar must hold something, also where no duty has a date.
        cal.add_component(_beijing())
    return bytes(cal.to_ical())


def _components(event: Event, words: Words, site_url: str) -> Iterator[icalendar.Event]:
    for start, end in event.days:
        component = icalendar.Event()
        component.add("uid", f"{event.id}.{start}{words.part}@plansite")
        component.add("dtstamp", datetime.datetime.fromisoformat(event.stamp))
        component.add("sequence", event.sequence)
        component.add("dtstart", datetime.date.fromisoformat(start))
        component.add("dtend", datetime.date.fromisoformat(end))
        component.add("summary", words.summary)
        component.add("description", words.description)
        component.add("transp", "TRANSPARENT")
        if site_url:
            component.add("url", site_url + event.page)
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("trigger", _ALARM)
        alarm.add("description", words.summary)
        component.add_component(alarm)
        yield component


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
