"""The calendar of a plan: every duty in its part, every date as calendar programs work it out, every unit its own."""

from __future__ import annotations

import dataclasses
import datetime
import json
from collections import Counter
from pathlib import Path

import icalendar
import pytest
import vobject

from generator.export.calendar import Calendars
from generator.index.build import read_index
from generator.index.events import calendar_checksum, due_dates, events_of
from generator.index.records import PlanIndex, SiteIndex, UnitDuty
from generator.model import Due, Edition, Mention, Period
from generator.problems import Location
from generator.views.calendar import CalendarView, calendar_links, calendar_view, upcoming
from generator.views.rows import Rows

TESTS = Path(__file__).parent
SITE = "https://example.org/plan/"
DATA = {"seed": TESTS.parent / "plan_data", "tiny": TESTS / "rules" / "base"}


@pytest.fixture(params=DATA, scope="module")
def index(request: pytest.FixtureRequest) -> SiteIndex:
    """Return the index of the real plan, and of the tests' little one."""
    return read_index(DATA[request.param])


@pytest.fixture(scope="module")
def plan(index: SiteIndex) -> PlanIndex:
    """Return the only plan."""
    return index.plans[0]


@pytest.fixture(scope="module")
def view(index: SiteIndex, plan: PlanIndex) -> CalendarView:
    """Return what the page of the calendar shows."""
    return calendar_view(Rows(index), plan)


def _expanded(index: SiteIndex, duties: list[UnitDuty]) -> Counter[tuple[str, str]]:
    """Return (date, id of the duty) of all events of a calendar file, as vobject works them out."""
    found = vobject.readOne(Calendars(index).calendar("日历", duties).decode("utf-8"))
    return Counter(
        (event.dtstart.value.isoformat(), event.uid.value.split(".")[1]) for event in getattr(found, "vevent_list", ())
    )


def test_every_duty_stands_in_one_part(plan: PlanIndex, view: CalendarView) -> None:
    """Each duty of the plan has one card: with a date where one is printed, else under how often it is to be done."""
    dated = [card.duty.id for card in view.dated]
    undated = [card.duty.id for group in view.undated for card in group.cards]
    assert Counter(dated + undated) == Counter(entry.duty.id for entry in plan.duties)
    assert set(dated) == {entry.duty.id for entry in plan.duties if entry.duty.due}
    frequency = {entry.duty.id: entry.duty.frequency for entry in plan.duties}
    for group in view.undated:
        assert len({frequency[card.duty.id] for card in group.cards}) == 1
        assert all(card.duty.rhythm == group.title for card in group.cards)


def test_the_dates_are_those_of_the_file(index: SiteIndex, plan: PlanIndex, view: CalendarView) -> None:
    """Months, list and what is due next hold each date that a calendar program makes of the plan's file, once."""
    expected = _expanded(index, [UnitDuty(plan=plan.plan.id, entry=entry, via=None) for entry in plan.duties])
    months = [(year.id, month) for year in view.years for month in year.months]
    assert Counter((date.date, date.duty.id) for date in view.dates) == expected
    assert Counter((date.date, date.duty.id) for _, month in months for date in month.dates) == expected
    assert Counter((date, row.duty.id) for row in view.upcoming.rows for date in row.dates.split()) == expected
    assert [date.date for date in view.dates] == sorted(date.date for date in view.dates)
    for year, month in months:
        assert all(
            f"year_{date.date[:4]}" == year and f"{int(date.date[5:7])}月" == month.title for date in month.dates
        )


def test_the_months_begin_with_the_plan(plan: PlanIndex, view: CalendarView) -> None:
    """The first year begins in the month of issue, every other one with January, and each ends with December."""
    first, *others = view.years
    assert first.months[0].title == f"{int(plan.issued_on[5:7])}月"
    assert all(len(year.months) == 12 for year in others)
    assert all(year.months[-1].title == "12月" for year in view.years)
    assert [year.title for year in view.years] == [f"{year}年" for year in plan.dated_years]
    assert plan.dated_years == (2022, 2023, 2024)


def test_every_unit_gets_the_dates_of_its_own_file(index: SiteIndex, plan: PlanIndex, view: CalendarView) -> None:
    """What the cards name a unit for are the duties of its file; those through a group alone are told apart."""
    assert sum(len(group.units) for group in view.chooser) == len(index.units)
    files = {unit.id: unit.file.url for group in view.chooser for unit in group.units}
    cards = [*view.dated, *(card for group in view.undated for card in group.cards)]
    for entry in index.units:
        unit = entry.unit.id
        duties = [duty for duty in entry.duties if duty.plan == plan.plan.id]
        mine = [card for card in cards if unit in card.units.split()]
        assert {card.duty.id for card in mine} == {duty.entry.duty.id for duty in duties}
        through = {card.duty.id for card in mine if unit in card.through.split()}
        assert through == {duty.entry.duty.id for duty in duties if duty.via}
        to = {card.duty.id for card in cards if unit in card.to.split()}
        assert to == {duty.entry.duty.id for duty in entry.receives}
        own = {card.duty.id for card in mine}
        expected = _expanded(index, duties)
        assert Counter((date.date, date.duty.id) for date in view.dates if date.duty.id in own) == expected
        reports = any(due_dates(plan, duty.entry) for duty in entry.receives)
        assert files[unit] == (f"units/{unit}/{unit}.ics" if expected or reports else "")


def _events(content: bytes) -> list[icalendar.Event]:
    return icalendar.Calendar.from_ical(content).walk("VEVENT")


def test_the_browser_is_told_what_the_file_says(index: SiteIndex, plan: PlanIndex, view: CalendarView) -> None:
    """Each field of each event, also through a group and as received, is the one that the file of a unit holds."""
    told = {card.duty.id: json.loads(card.event) for card in view.dated}
    via = index.units[0].unit.id
    direct, through = (
        [UnitDuty(plan=plan.plan.id, entry=entry, via=unit) for entry in plan.duties] for unit in (None, via)
    )
    calendars = Calendars(index, SITE)
    files = {
        "acting": calendars.calendar("日历", direct),
        "through": calendars.calendar("日历", through),
        "receiving": calendars.calendar("日历", (), direct),
    }
    for relation, content in files.items():
        events = _events(content)
        assert len(events) == sum(len(mine["days"]) for mine in told.values()) > 0
        expected = [(mine, day, mine[relation]) for mine in told.values() for day in mine["days"]]
        for event, (mine, days, words) in zip(events, expected, strict=True):
            assert event["uid"] == f"{mine['id']}.{days[0]}{words['part']}@plansite"
            assert (event["summary"], event["description"]) == (words["summary"], words["description"])
            fields = [event[name].to_ical().decode() for name in ("dtstamp", "dtstart", "dtend")]
            assert fields == [mine["stamp"], *days]
            assert (event["sequence"], event["url"]) == (mine["sequence"], SITE + mine["page"])
            (alarm,) = event.walk("VALARM")
            assert alarm["description"] == words["summary"]


def test_every_program_takes_the_events(index: SiteIndex) -> None:
    """Each is one whole day that recurs nowhere, under a UID of its own, and rings at nine three days before."""
    for entry in index.units:
        content = Calendars(index, SITE).calendar("日历", entry.duties, entry.receives)
        assert b"RRULE" not in content
        opened = vobject.readOne(content.decode("utf-8"))
        events = getattr(opened, "vevent_list", [])
        assert len({event.uid.value for event in events}) == len(events)
        for event in events:
            start = event.dtstart.value
            assert (type(start), event.dtend.value - start) == (datetime.date, datetime.timedelta(days=1))
            rings = datetime.datetime.combine(start, datetime.time()) + event.valarm.trigger.value
            assert rings == datetime.datetime.combine(start - datetime.timedelta(days=3), datetime.time(9))
        assert len(_events(content)) == len(events)


def test_an_event_moves_with_the_edition_and_keeps_its_name(index: SiteIndex, plan: PlanIndex) -> None:
    """A later edition gives a later stamp and a higher number under the same UID; without one, the day of issue."""
    duties = [UnitDuty(plan=plan.plan.id, entry=entry, via=None) for entry in plan.duties]
    found = []
    for edition in (None, Edition(date="2027-01-02", number=7, calendar=None)):
        own = dataclasses.replace(plan, plan=dataclasses.replace(plan.plan, edition=edition))
        found.append(_events(Calendars(dataclasses.replace(index, plans=(own,))).calendar("日历", duties))[0])
    assert found[0]["uid"] == found[1]["uid"]
    stamps = [event["dtstamp"].dt.date().isoformat() for event in found]
    assert stamps == [plan.issued_on, "2027-01-02"]
    assert [event["sequence"] for event in found] == [0, 7]


def test_the_checksum_moves_with_what_calendars_are_told(plan: PlanIndex) -> None:
    """Another date or another sentence changes it, another edition alone does not."""
    place = next(place for place, entry in enumerate(plan.duties) if entry.duty.due)
    entry = plan.duties[place]

    def checksum(**changes: object) -> str:
        changed = dataclasses.replace(entry, **changes)
        return calendar_checksum(
            dataclasses.replace(plan, duties=(*plan.duties[:place], changed, *plan.duties[place + 1 :]))
        )

    assert entry.duty.due
    moved = dataclasses.replace(entry.duty, due=dataclasses.replace(entry.duty.due, day=1))
    assert len({checksum(), checksum(quote="另一句。"), checksum(duty=moved)}) == 3
    edition = Edition(date="2027-01-02", number=7, calendar=None)
    newer = dataclasses.replace(plan, plan=dataclasses.replace(plan.plan, edition=edition))
    assert calendar_checksum(newer) == checksum()


def test_the_last_day_of_a_month_is_sayable(plan: PlanIndex) -> None:
    """A duty due at the end of its months falls on the last day that each has, also in a leap year."""
    entry = next(entry for entry in plan.duties if entry.duty.due)
    due = Due(months=(2, 6, 12), day=None)
    ends = dataclasses.replace(entry, duty=dataclasses.replace(entry.duty, due=due))
    period = Period(start=2023, end=2024, text=None)
    own = dataclasses.replace(plan.plan, period=period, issued_on="2023-02-01")
    found = due_dates(dataclasses.replace(plan, plan=own), ends)
    assert found == ("2023-02-28", "2023-06-30", "2023-12-31", "2024-02-29", "2024-06-30", "2024-12-31")


def test_a_receiver_has_the_reports_in_its_calendar(index: SiteIndex, plan: PlanIndex) -> None:
    """Whoever is reported to finds each date as 收, and nobody is told to send a report to itself."""
    receivers = [e for e in index.units if any(due_dates(plan, duty.entry) for duty in e.receives)]
    assert receivers or plan.plan.id != "xishan-2022-2024"
    for entry in receivers:
        events = _events(Calendars(index).calendar("日历", entry.duties, entry.receives))
        dates = [date for duty in entry.receives for date in due_dates(plan, duty.entry)]
        assert sum(str(event["summary"]).startswith("收：") for event in events) == len(dates)
        sent = {duty.entry.duty.id for duty in entry.duties if duty.via}
        assert not sent & {duty.entry.duty.id for duty in entry.receives}


def test_whom_a_duty_is_done_to_is_sent_no_report(plan: PlanIndex) -> None:
    """Only what is printed with 报 and the like is received; the rest is said to be done to a unit or for it."""
    dated = next(entry for entry in plan.duties if due_dates(plan, entry))
    unit = Mention(name="区便民局", printed="区便民局", unit="convenience", where=Location("plan.yaml", 1))
    quotes = ("每季度将进展报区便民局。", "每季度对区便民局开展检查。")
    duty = dataclasses.replace(dated.duty, to=(unit,))
    report, inspection = (
        events_of(plan, [dataclasses.replace(dated, duty=duty, quote=quote)])[duty.id] for quote in quotes
    )
    assert report.receiving.summary.startswith("收：")
    assert "报来。" in report.receiving.description
    assert inspection.receiving.summary.startswith("对象：")
    assert inspection.receiving.description.startswith("以本单位为对象，由")
    assert "报来" not in inspection.receiving.description
    assert (report.receiving.part, report.days) == (inspection.receiving.part, inspection.days)


def test_a_plan_without_dates_says_so(index: SiteIndex, plan: PlanIndex) -> None:
    """Where nothing has a date there are no months and nothing is due next; where there is no duty, nothing at all."""
    undated = tuple(entry for entry in plan.duties if not entry.duty.due)
    for duties in {undated, ()}:
        bare = dataclasses.replace(plan, duties=duties)
        view = calendar_view(Rows(index), bare)
        assert (view.years, view.dates, view.dated, view.upcoming.rows, view.upcoming.said) == ((), (), (), (), "")
        assert view.intro.endswith("都没有写明日期。" if duties else "本站没有从方案里整理出定期事项。")


def test_what_is_due_next_leads_to_the_calendar(index: SiteIndex, plan: PlanIndex) -> None:
    """For the start page: the dated duties, the period, the last date in words, and the way to the calendar."""
    found = upcoming(Rows(index), plan)
    assert found.calendar.url == f"plans/{plan.plan.id}/calendar/"
    assert (found.start, found.end) == (2022, 2024)
    assert found.said.endswith("最后一个日期是2024年12月20日。")


def test_units_lead_to_their_dates(index: SiteIndex, plan: PlanIndex) -> None:
    """A unit with any duty, or one addressed to it, leads to the calendar with itself chosen; others lead nowhere."""
    for entry in index.units:
        links = [link.url for link in calendar_links(Rows(index), entry)]
        expected = [f"plans/{plan.plan.id}/calendar/?unit={entry.unit.id}"]
        assert links == (expected if entry.duties or entry.receives else [])
