"""When a recurring duty falls due within the period of its plan, and what a calendar program is told of it.

One event a date: Outlook knows no pattern for an event that recurs in some months of a
year, and an event with a date of its own can be moved or ticked off by itself.
"""

from __future__ import annotations

import calendar
import datetime
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..problems import Problem
from ..terms import MARKS, REASONS
from ..text.wording import due_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..model import Due
    from .records import DutyEntry, PlanIndex


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What one whom a duty concerns is told."""

    part: str
    """Stands in the UID behind the date: one calendar may hold what is sent and what is received."""
    summary: str
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A dated duty as RFC 5545 puts it, before escaping and folding; sheets and the calendar page write the same."""

    id: str
    """Stands in front of the date in each UID, which never changes."""
    stamp: str
    """The date of the data's edition: 20261128T000000Z."""
    sequence: int
    """The number of that edition: programs take an event with a higher one for newer."""
    days: tuple[tuple[str, str], ...]
    """Each date and the day after it: 20221220, 20221221."""
    page: str
    """Where the site shows the duty."""
    acting: Words
    through: Words
    """For a unit to which the duty applies through a group."""
    receiving: Words
    """For a unit to which others report, or to or for which they do it."""


def due_dates(plan: PlanIndex, entry: DutyEntry) -> tuple[str, ...]:
    """List the ISO dates by which a duty is due, none before the plan was issued."""
    return _due_dates(_period(plan), entry)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Period:
    """What of a plan its dates depend on."""

    plan: str
    years: tuple[int, ...]
    issued_on: str
    groups: frozenset[str]
    """Those of which the text itself says whom they stand for."""


def _period(plan: PlanIndex) -> _Period:
    groups = frozenset(unit for unit, group in plan.groups.items() if group.reading == "printed")
    return _Period(plan=plan.id, years=plan.dated_years, issued_on=plan.issued_on, groups=groups)


def _due_dates(period: _Period, entry: DutyEntry) -> tuple[str, ...]:
    due = entry.duty.due
    if not due:
        return ()
    days = (_day(due, year, month) for year in period.years for month in due.months)
    return tuple(day for day in days if day >= period.issued_on)


def _day(due: Due, year: int, month: int) -> str:
    day = calendar.monthrange(year, month)[1] if due.day is None else due.day
    return f"{year}-{month:02}-{day:02}"


def events_of(plan: PlanIndex, duties: Iterable[DutyEntry]) -> dict[str, Event]:
    """Return by id what a calendar program is told of a plan's duties; those with no date in its period are left out.

    Where the data tells calendars something else than its edition says, the events are one
    number and one second ahead of that edition, so that programs take them for newer.
    """
    edition, period = plan.plan.edition, _period(plan)
    is_ahead = bool(edition and edition.calendar and edition.calendar != calendar_checksum(plan))
    date = (edition.date if edition else plan.dated).replace("-", "")
    stamp = f"{date}T{'000001' if is_ahead else '000000'}Z"
    number = (edition.number if edition else 0) + is_ahead
    events = {entry.duty.id: _event(period, entry, stamp, number) for entry in duties}
    return {duty: event for duty, event in events.items() if event}


def edition_warnings(plans: Iterable[PlanIndex]) -> Iterator[Problem]:
    """Warn of each plan whose calendar has changed since its edition was registered."""
    for plan in plans:
        edition, checksum = plan.plan.edition, calendar_checksum(plan)
        if edition and edition.calendar and edition.calendar != checksum:
            text = (
                f"日历里的事项在第 {edition.number} 版以后变了：请把 edition 改成 number: {edition.number + 1}、"
                f"calendar: {checksum}，date 写今天，别人订阅的日历才会一直更新"
            )
            yield Problem(plan.plan.edition_where, "edition-behind", text, "warning")


def _event(period: _Period, entry: DutyEntry, stamp: str, sequence: int) -> Event | None:
    duty, dates = entry.duty, _due_dates(period, entry)
    if not dates:
        return None
    mark = f"；{MARKS[duty.reading]}" if MARKS[duty.reading] else ""
    summary = f"{duty.action}（{due_text(duty.due)}{mark}）"
    said = "\n".join(_said(entry))
    place = f"原文第{entry.line}行"
    is_stated = any(mention.unit in period.groups for mention in duty.who)
    through = "经统称适用" if is_stated else "经统称适用，由本站推断"
    return Event(
        id=f"{period.plan}.{duty.id}",
        stamp=stamp,
        sequence=sequence,
        days=tuple((_compact(date), _compact(_next(date))) for date in dates),
        page=entry.url,
        acting=Words(part="", summary=summary, description=f"{place}：{said}"),
        through=Words(part="", summary=summary, description=f"{place}（{through}）：{said}"),
        receiving=Words(
            part=".received",
            summary=f"{'收' if entry.is_report else '对象'}：{summary}",
            description=f"{_towards(entry)}{place}：{said}",
        ),
    )


def calendar_checksum(plan: PlanIndex) -> str:
    """Return a checksum of all that calendars are told of a plan, but for its edition.

    When it moves, the edition must move as well, or programs that hold the events keep the old ones.
    """
    period = _period(plan)
    events = [_event(period, entry, "", 0) for entry in plan.duties]
    told = [(e.id, e.days, e.page, e.acting, e.through, e.receiving) for e in events if e]
    return hashlib.sha256(repr(told).encode()).hexdigest()[:12]


def _towards(entry: DutyEntry) -> str:
    """Say what a duty is to whom it names: a report, or something that is done to or for it."""
    who = "、".join(mention.printed for mention in entry.duty.who) or "原文没有点名的单位"
    return f"由{who}报来。" if entry.is_report else f"以本单位为对象，由{who}做。"


def _said(entry: DutyEntry) -> Iterator[str]:
    """Yield the printed sentence, then how it and its names are read, then what the file is not."""
    duty = entry.duty
    yield entry.quote
    if duty.note:
        yield f"{REASONS[duty.reading]}：{duty.note}"
    notes = ((mention.printed, mention.note) for mention in (*duty.who, *duty.to) if mention.note)
    # Several units read from the same printed words share one reason.
    yield from (f"“{printed}”指谁，由本站推断：{note}" for printed, note in dict.fromkeys(notes))
    yield "非官方整理，以印发的文件为准。"


def _next(date: str) -> str:
    return (datetime.date.fromisoformat(date) + datetime.timedelta(days=1)).isoformat()


def _compact(date: str) -> str:
    return date.replace("-", "")
