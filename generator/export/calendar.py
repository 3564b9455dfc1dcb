"""ICS (RFC 5545): dated duties as whole days, one event a date, with an alarm at nine three days before."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Final

import icalendar
from icalendar import Alarm, Calendar, Timezone, TimezoneStandard

from ..index.events import events_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..index.events import Event, Words
    from ..index.records import SiteIndex, UnitDuty

_ALARM: Final = datetime.timedelta(days=-3, hours=9)
"""From the midnight with which the day begins; a whole number of days would ring at night."""
_END: Final = b"END:VCALENDAR\r\n"


class Calendars:
    """Writes calendars, each event that several hold only once.

    UIDs are made of the plan's and the duty's ids and the date, so that a later version
    replaces an earlier one; stamp and sequence are those of the data's edition, not the
    clock's. Each event leads to its page where the site's address is known.
    """

    def __init__(self, index: SiteIndex, site_url: str = "") -> None:
        self._events = {plan.id: events_of(plan, plan.duties) for plan in index.plans}
        self._site_url = site_url
        self._texts: dict[tuple[str, str], bytes] = {}

    def calendar(self, name: str, duties: Iterable[UnitDuty], received: Iterable[UnitDuty] = ()) -> bytes:
        """Return a calendar of the duties that have a date, and of what others report or do to it."""
        frame = Calendar()
        frame.add("prodid", "-//plansite//duties//ZH")
        frame.add("version", "2.0")
        frame.add("x-wr-calname", name)
        found = [(d, "through" if d.via else "acting") for d in duties] + [(d, "receiving") for d in received]
        texts = b"".join(self._text(duty, relation) for duty, relation in found)
        # A calendar must hold something, also where no duty has a date.
        inner = texts or _beijing().to_ical()
        return bytes(frame.to_ical().removesuffix(_END) + inner + _END)

    def _text(self, duty: UnitDuty, relation: str) -> bytes:
        event = self._events[duty.plan].get(duty.entry.duty.id)
        if not event:
            return b""
        key = (event.id, relation)
        if key not in self._texts:
            components = _components(event, getattr(event, relation), self._site_url)
            self._texts[key] = b"".join(component.to_ical() for component in components)
        return self._texts[key]


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
