"""The calendar of a plan: what falls due next, month by month, by date, without a date, and for chosen units.

The views hold every date; which one comes next is told in the browser, which has a clock.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

from .. import addresses
from ..index.events import due_dates, events_of
from ..model.units import read_as
from ..terms import FREQUENCIES, MARKS, REGULAR
from .dates import day_text, weekday_text
from .heads import View, plan_head, sections
from .links import Link

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..index.records import PlanIndex, UnitDuty, UnitEntry
    from .rows import DutyRow, Rows


@dataclass(frozen=True, slots=True, kw_only=True)
class DueRow:
    """A duty with all its dates."""

    duty: DutyRow
    dates: str
    """ISO dates between blanks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Upcoming:
    """What of a plan falls due next: all that has a date, for the browser to choose from."""

    title: str
    rows: tuple[DueRow, ...]
    said: str
    """What is true on any day."""
    mark: str
    """Whether anything about the dates is read, not printed."""
    start: int
    end: int
    """The first and the last year of the plan's period; 0 without rows."""
    calendar: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitChoice:
    """A unit whose dates can be chosen."""

    id: str
    name: str
    hint: str
    """How many duties it has, and whether only through a group."""
    file: Link
    """Its own calendar, if that holds any date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitChoices:
    """The units of one kind."""

    kind: str
    units: tuple[UnitChoice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """A duty on one of its dates."""

    date: str
    """ISO, for the machine."""
    text: str
    """2022年12月20日."""
    weekday: str
    day: str
    """20日."""
    duty: DutyRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """The dates of one month; often none."""

    title: str
    dates: tuple[Occurrence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """The months of one year, from the one in which the plan was issued."""

    id: str
    title: str
    months: tuple[Month, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyCard:
    """A duty, and which units it concerns: ids between blanks."""

    duty: DutyRow
    units: str
    """Who acts, groups as well as their members."""
    through: str
    """Who of them acts only as a member of a group."""
    to: str
    """To whom it is addressed."""
    event: str
    """What a calendar program is told, as JSON; empty where no date is left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Undated:
    """The duties of one frequency that have no date."""

    title: str
    hint: str
    cards: tuple[DutyCard, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarView(View):
    """All duties of a plan."""

    id: str
    """The plan's, of which files that are made in the browser take their name."""
    intro: str
    chooser: tuple[UnitChoices, ...]
    chooser_title: str
    plan_file: Link
    upcoming: Upcoming
    years: tuple[Year, ...]
    """Empty where no duty has a date."""
    dates: tuple[Occurrence, ...]
    dated: tuple[DutyCard, ...]
    undated: tuple[Undated, ...]

    @property
    def headings(self) -> dict[str, str]:
        """The sections of the page."""
        return sections(
            (self.dates, "next_days", self.upcoming.title),
            (self.dates, "by_month", "按月"),
            (self.dates, "by_date", "按日期"),
            (self.dated, "dated", "有日期的事项"),
            (self.undated, "undated", "没有写明日期的事项"),
        )


_HINTS: Final = {
    "weekly": "按周做，没有写哪一天。",
    "monthly": "按月做，没有写哪一天。",
    "quarterly": "按季度做，没有写哪一天。",
    "half_yearly": "按半年做，没有写哪一天。",
    "yearly": "按年做，没有写哪一天。",
    "each_time": "遇到就做，不分日期。",
    "other": "原文用“定期”“动态”“常态化”这类说法，或者没有写多久一次。",
}
"""Frequency → what duties without a date have in common."""


def calendar_view(rows: Rows, plan: PlanIndex) -> CalendarView:
    """Build the calendar of duties."""
    own = plan.plan
    dates = tuple(occurrences(rows, plan))
    cards = _cards(rows, plan)
    dated = tuple(card for card in cards if card.duty.is_dated)
    return CalendarView(
        head=plan_head(
            plan,
            "日历",
            f"本站从方案整理出的 {len(cards)} 件定期、例行的事项：谁做、对象是谁、哪一天以前。",
            addresses.plan(own.id, "calendar"),
            shows=(entry.duty.where for entry in plan.duties),
        ),
        id=own.id,
        intro=_intro(plan, len(cards), len(dated), len(dates)),
        chooser=_chooser(rows, plan),
        chooser_title="各单位的日历文件（ICS）" if dates else "各单位的事项",
        plan_file=Link("整个方案", f"{addresses.sheets(addresses.plan(own.id), own.id)}.ics"),
        upcoming=upcoming(rows, plan),
        years=tuple(_years(plan, dates)),
        dates=dates,
        dated=dated,
        undated=tuple(_undated(plan, cards)),
    )


def upcoming(rows: Rows, plan: PlanIndex) -> Upcoming:
    """Return what of a plan falls due next; without rows if nothing in it has a date."""
    dated = [(entry, dates) for entry in plan.duties if (dates := due_dates(plan, entry))]
    last = max((dates[-1] for _, dates in dated), default="")
    return Upcoming(
        title="接下来到期",
        rows=tuple(DueRow(duty=rows.duty(entry), dates=" ".join(dates)) for entry, dates in dated),
        said=f"方案给 {len(dated)} 件事项写明了日期，最后一个日期是{day_text(last)}。" if last else "",
        mark=MARKS[read_as(rows.duty(entry).reading for entry, _ in dated)],
        start=plan.dated_years[0] if dated else 0,
        end=plan.dated_years[-1] if dated else 0,
        calendar=Link("看日历", addresses.plan(plan.id, "calendar")),
    )


def calendar_links(rows: Rows, entry: UnitEntry) -> tuple[Link, ...]:
    """Return the calendars in which a unit has something, each with the unit chosen."""
    plans = dict.fromkeys(duty.plan for duty in (*entry.duties, *entry.receives))
    return tuple(
        Link(f"{rows.plan_name(plan)}在日历里看", f"{addresses.plan(plan, 'calendar')}?unit={entry.unit.id}")
        for plan in plans
    )


def occurrences(rows: Rows, plan: PlanIndex) -> list[Occurrence]:
    """List every duty on each of its dates, in order."""
    found = [
        Occurrence(
            date=date,
            text=day_text(date),
            weekday=weekday_text(date),
            day=day_text(date).partition("月")[2],
            duty=rows.duty(entry),
        )
        for entry in plan.duties
        for date in due_dates(plan, entry)
    ]
    return sorted(found, key=lambda occurrence: occurrence.date)


def _intro(plan: PlanIndex, duties: int, dated: int, dates: int) -> str:
    if not duties:
        return "本站没有从方案里整理出定期事项。"
    cyclic = [entry.duty.frequency for entry in plan.duties if entry.duty.frequency in REGULAR]
    *most, last = [FREQUENCIES[name] for name in REGULAR if name in cyclic] or ["固定周期"]
    cycles = f"{'、'.join(most)}或{last}" if most else last
    on = f"方案 {day_text(plan.issued_on)}印发。本站从中" if plan.issued_on else "本站从方案"
    issued = f"{on}整理出 {duties} 件定期、例行的事项，其中 {len(cyclic)} 件按{cycles}做（含推断）："
    if not dated:
        return f"{issued}都没有写明日期。"
    rest = f"；其余 {duties - dated} 件没有写明日期，单列在后" if duties > dated else ""
    if not dates:
        return f"{issued}{dated} 件写明了日期，方案没有写明做到哪一年，不逐日列出{rest}。"
    since = "印发之日" if plan.issued_on else f"{plan.dated_years[0]}年"
    return f"{issued}{dated} 件写明了日期，从{since}到{plan.dated_years[-1]}年底共 {dates} 个日期{rest}。"


def _years(plan: PlanIndex, dates: tuple[Occurrence, ...]) -> Iterator[Year]:
    issued = plan.issued_on[:7]
    for year in plan.dated_years if dates else ():
        months = {month: f"{year}-{month:02}" for month in range(1, 13)}
        yield Year(
            id=f"year_{year}",
            title=f"{year}年",
            months=tuple(
                Month(title=f"{month}月", dates=tuple(found for found in dates if found.date.startswith(start)))
                for month, start in months.items()
                if start >= issued
            ),
        )


def _cards(rows: Rows, plan: PlanIndex) -> list[DutyCard]:
    units = rows.index.units
    acting = _by_duty(plan, ((entry.unit.id, entry.duties) for entry in units))
    through = _by_duty(plan, ((entry.unit.id, [d for d in entry.duties if d.via]) for entry in units))
    addressed = _by_duty(plan, ((entry.unit.id, entry.receives) for entry in units))
    events = events_of(plan, plan.duties)
    return [
        DutyCard(
            duty=rows.duty(entry),
            units=acting.get(entry.duty.id, ""),
            through=through.get(entry.duty.id, ""),
            to=addressed.get(entry.duty.id, ""),
            event=json.dumps(asdict(event), ensure_ascii=False) if (event := events.get(entry.duty.id)) else "",
        )
        for entry in plan.duties
    ]


def _by_duty(plan: PlanIndex, duties: Iterable[tuple[str, Iterable[UnitDuty]]]) -> dict[str, str]:
    """Turn units with their duties round: id of a duty of the plan → ids of units between blanks."""
    found: dict[str, list[str]] = {}
    for unit, mine in duties:
        for duty in mine:
            if duty.plan == plan.id:
                found.setdefault(duty.entry.duty.id, []).append(unit)
    return {duty: " ".join(units) for duty, units in found.items()}


def _undated(plan: PlanIndex, cards: list[DutyCard]) -> Iterator[Undated]:
    """Group the duties without a date; what happens most often comes first."""
    frequency = {entry.duty.id: entry.duty.frequency for entry in plan.duties}
    for key, title in FREQUENCIES.items():
        found = tuple(card for card in cards if not card.duty.is_dated and frequency[card.duty.id] == key)
        if found:
            yield Undated(title=title, hint=_HINTS[key], cards=found)


def _chooser(rows: Rows, plan: PlanIndex) -> tuple[UnitChoices, ...]:
    kinds = {kind: [entry for entry in rows.index.units if entry.unit.kind == kind] for kind in rows.index.data.kinds}
    return tuple(
        UnitChoices(kind=kind, units=tuple(_choice(plan, entry) for entry in entries))
        for kind, entries in kinds.items()
        if entries
    )


def _choice(plan: PlanIndex, entry: UnitEntry) -> UnitChoice:
    duties = [duty for duty in entry.duties if duty.plan == plan.id]
    received = [duty for duty in entry.receives if duty.plan == plan.id]
    dates = [duty for duty in duties if due_dates(plan, duty.entry)]
    dated = [duty for duty in duties if duty.entry.duty.due]
    reports = [duty for duty in received if due_dates(plan, duty.entry)]
    address = f"{addresses.sheets(entry.url, entry.unit.id)}.ics"
    return UnitChoice(
        id=entry.unit.id,
        name=entry.unit.name,
        hint=_duties_text(duties, len(dated), received),
        file=Link("ICS", address) if dates or reports else Link(""),
    )


def _duties_text(duties: list[UnitDuty], dated: int, received: list[UnitDuty]) -> str:
    """Say how much there is to see of a unit: 3 件，都经统称."""
    if not duties:
        return f"只有 {_towards(received)}" if received else "没有定期事项"
    through = sum(duty.via is not None for duty in duties)
    words = [f"{len(duties)} 件"]
    if not dated:
        words.append("都没有日期")
    if through:
        words.append("经统称" if through == len(duties) else f"其中 {through} 件经统称")
    if received:
        words.append(f"另有 {_towards(received)}")
    return "，".join(words)


def _towards(received: list[UnitDuty]) -> str:
    """Say how many duties are reported to a unit, and how many done to or for it."""
    reports = sum(duty.entry.is_report for duty in received)
    found = ((reports, "件报给它"), (len(received) - reports, "件以它为对象"))
    return "、".join(f"{count} {words}" for count, words in found if count)
