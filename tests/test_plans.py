"""Plans of other shapes, each a folder in tests/plans: what is read from them is what they print."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from generator.data.load import read_data
from generator.index.build import build_index
from generator.rules import check
from generator.text.lines import official_lines, official_text

if TYPE_CHECKING:
    from generator.index.records import PlanIndex, SiteIndex

PLANS = Path(__file__).parent / "plans"
FOLDERS = sorted(path.name for path in (PLANS / "plan_data").iterdir() if path.is_dir())


@pytest.fixture(scope="module")
def index() -> SiteIndex:
    """Return the index of all these plans."""
    data, problems = read_data(PLANS / "plan_data", "plan_data")
    assert [*problems, *check(data)] == []
    return build_index(data)


@pytest.mark.parametrize("plan", FOLDERS)
def test_the_words_of_all_parts_are_the_text(index: SiteIndex, plan: str) -> None:
    """Byte for byte, also where the text lies on one line, holds blank lines, or ends in a line break."""
    own = index.plan(plan).plan
    assert official_text(own) == own.source == (PLANS / "plan_data" / plan / "source.txt").read_text("utf-8")


@pytest.mark.parametrize("plan", FOLDERS)
def test_each_stretch_of_a_line_stands_where_it_is_said_to(index: SiteIndex, plan: str) -> None:
    """Line and column of each stretch hold its words, and its lead and sentences are all of them."""
    own = index.plan(plan).plan
    lines = own.source.split("\n")
    for line in official_lines(own):
        assert lines[line.number - 1].startswith(line.text, line.column)
        assert line.lead + "".join(line.sentences) == line.text


@pytest.mark.parametrize("plan", FOLDERS)
def test_who_is_said_to_answer_is_printed(index: SiteIndex, plan: str) -> None:
    """What is stated of each unit is what a reader of the text wrote down beside it."""
    said = (PLANS / "expected" / f"{plan}.txt").read_text("utf-8").splitlines()
    assert sorted(_stated(index, index.plan(plan))) == sorted(said)


def _stated(index: SiteIndex, plan: PlanIndex) -> list[str]:
    """Return unit | role (label) | item | the words that it is about, where not all | line."""
    return [
        " | ".join(
            (
                index.unit_names[unit],
                one.role + (f"({one.role_printed})" if one.role_printed else ""),
                one.id,
                "全项" if one.is_whole else "；".join(one.phrases),
                str(one.line),
            )
        )
        for unit, obligations in plan.obligations.items()
        for one in obligations
    ]


def test_names_of_two_plans_never_meet(index: SiteIndex) -> None:
    """商务局 is the district's in the district's plan alone; no unit of the city has that name."""
    found = {
        (mention.name, mention.unit, mention.reading)
        for plan in index.plans
        for one in plan.plan.all_responsibilities
        for mention in one.names
        if mention.printed == "商务局"
    }
    assert found == {("石桥区商务局", "district-commerce", "inferred")}


def test_a_title_is_ours_where_the_text_prints_none(index: SiteIndex) -> None:
    """It is marked as inferred, and the printed words stay whole."""
    task = index.plan("shiqiao-care").plan.tasks[0]
    assert (task.title, task.title_reading) == ("给独居老人装呼叫器", "inferred")
    assert "".join(task.sentences).startswith("民政局牵头")


def test_a_title_may_take_several_lines(index: SiteIndex) -> None:
    """The plan's title is joined, and each of its lines is a heading."""
    plan = index.plan("shiqiao-care")
    assert plan.plan.title == "石桥区养老托育两年行动计划(2024—2025年)"
    assert plan.plan.title_reading == "printed"
    assert {line.level for line in plan.lines if line.kind == "title"} == {0}


def test_numbers_that_repeat_are_told_apart_by_those_of_their_sectors(index: SiteIndex) -> None:
    """Ids and addresses take the sector's number, labels what is printed."""
    plan = index.plan("shiqiao-care")
    assert [task.id for task in plan.plan.tasks] == ["task-1-1", "task-1-2", "task-2-1", "task-3"]
    assert [plan.owners[task.id].label for task in plan.plan.tasks] == [
        "任务(一)1",
        "任务(一)2",
        "任务(二)1",
        "任务(三)",
    ]
    assert plan.owners["task-2-1"].url == "plans/shiqiao-care/tasks/2-1/"


def test_a_deadline_is_kept_as_printed_with_a_date_only_where_one_is_printed(index: SiteIndex) -> None:
    """A month is a month; 持续推进 stays words."""
    deadlines = [task.deadline for task in index.plan("qinglan-trade").plan.tasks]
    assert [(one.text, one.date) for one in deadlines if one] == [("2025年12月底前", "2025-12"), ("持续推进", None)]


def test_what_a_part_of_a_task_sets_belongs_to_the_task(index: SiteIndex) -> None:
    """The target of 二、1. is the task's, and is asked of those whom that part names."""
    plan = index.plan("qinglan-trade")
    (entry,) = plan.targets_of("task-2")
    asked = {
        unit
        for unit, obligations in plan.obligations.items()
        if any(one.id == "task-2" and one.asks(entry) for one in obligations)
    }
    assert asked == {"city-commerce", "city-transport", "counties"}


def test_targets_stand_in_any_part(index: SiteIndex) -> None:
    """A figure of the preamble is the preamble's."""
    (entry,) = [entry for entry in index.plan("qinglan-trade").targets if entry.target.id == "trade-volume"]
    assert (entry.of.kind, entry.line) == ("front", 2)


def test_no_date_is_made_where_no_end_of_the_plan_is_printed(index: SiteIndex) -> None:
    """A plan without a period has years for its columns, but none in which what recurs has dates."""
    plan = index.plan("luxi-night")
    assert (plan.plan.period, plan.years, plan.dated_years) == (None, (2025,), ())
