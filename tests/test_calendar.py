"""The calendar of a plan: every duty in its part, every date as calendar programs work it out, every unit its own."""

from __future__ import annotations

import dataclasses
import json
from collections import Counter
from pathlib import Path

import icalendar
import pytest
import vobject

from generator.entries import PlanIndex, SiteIndex, UnitDuty
from generator.export.calendar import calendar
from generator.index import read_index
from generator.views.calendar import CalendarView, calendar_links, calendar_view, upcoming
from generator.views.rows import Rows

TESTS = Path(__file__).parent
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
    found = vobject.readOne(calendar(index, "日历", duties).decode("utf-8"))
    return Counter(
        (day.date().isoformat(), event.uid.value.partition(".")[2].removesuffix("@plansite"))
        for event in getattr(found, "vevent_list", ())
        for day in event.getrruleset(addRDate=True)
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
        assert all(f"y{date.date[:4]}" == year and f"{int(date.date[5:7])}月" == month.title for date in month.dates)


def test_the_months_begin_with_the_plan(plan: PlanIndex, view: CalendarView) -> None:
    """The first year begins in the month of issue, every other one with January, and each ends with December."""
    first, *others = view.years
    assert first.months[0].title == f"{int(plan.issued_on[5:7])}月"
    assert all(len(year.months) == 12 for year in others)
    assert all(year.months[-1].title == "12月" for year in view.years)
    assert [year.title for year in view.years] == [f"{year}年" for year in range(plan.plan.start, plan.plan.end + 1)]


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
        assert files[unit] == (f"units/{unit}/{unit}.ics" if expected else "")


def test_the_browser_is_told_what_the_file_says(index: SiteIndex, plan: PlanIndex, view: CalendarView) -> None:
    """Each field of an event, also through a group, is the one that the file of a unit holds."""
    told = {card.duty.id: json.loads(card.event) for card in view.dated}
    via = index.units[0].unit.id
    for through in (None, via):
        duties = [UnitDuty(plan=plan.plan.id, entry=entry, via=through) for entry in plan.duties]
        events = icalendar.Calendar.from_ical(calendar(index, "日历", duties)).walk("VEVENT")
        assert len(events) == len(told)
        for event in events:
            mine = told[str(event["uid"]).partition(".")[2].removesuffix("@plansite")]
            assert mine["uid"] == event["uid"]
            assert mine["summary"] == event["summary"]
            assert mine["through" if through else "description"] == event["description"]
            fields = [event[name].to_ical().decode() for name in ("dtstamp", "dtstart", "rrule")]
            assert [mine["stamp"], mine["start"], mine["rule"]] == fields
            (alarm,) = event.walk("VALARM")
            assert mine["alarm"] == alarm["description"]


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
    assert (found.start, found.end) == (plan.plan.start, plan.plan.end)
    assert found.said.endswith("最后一个日期是2024年12月20日。")


def test_units_lead_to_their_dates(index: SiteIndex, plan: PlanIndex) -> None:
    """A unit with any duty, or one addressed to it, leads to the calendar with itself chosen; others lead nowhere."""
    for entry in index.units:
        links = [link.url for link in calendar_links(Rows(index), entry)]
        expected = [f"plans/{plan.plan.id}/calendar/?unit={entry.unit.id}"]
        assert links == (expected if entry.duties or entry.receives else [])
