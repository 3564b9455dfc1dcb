"""What is asked for and by when, as sheets and documents write it: in printed words, and never nothing."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from generator.data.load import read_data
from generator.export.asked import asked_lines, due_lines, item_text, target_line
from generator.export.rows import due_words
from generator.index.build import build_index
from generator.index.records import DutyEntry, PlanIndex, TargetEntry

BASE = Path(__file__).parent / "rules" / "base"


@pytest.fixture(scope="module")
def plan() -> PlanIndex:
    """Return the tests' little plan."""
    data, _ = read_data(BASE, "plan_data")
    return build_index(data).plans[0]


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ("task-1", ("2022年、2024年",)),
        ("task-2", ("原文未写明",)),
        ("task-3", ("2023年底前",)),
        ("safeguard-1", ("各便民点报送进展：每季度末月20日前",)),
        ("safeguard-2", ("原文另写：“每年”",)),
    ],
)
def test_a_time_stands_as_printed(plan: PlanIndex, item: str, expected: tuple[str, ...]) -> None:
    """Years, dates and cycles of targets and duties, and those of neither; 原文未写明 only where no time is printed."""
    assert due_lines(plan, item) == expected


def _undated(plan: PlanIndex, item: str) -> PlanIndex:
    """Give an item a second target, which names no year."""
    (entry,) = plan.targets_of(item)
    value = dataclasses.replace(entry.target.values[0], year=None, text="专窗有人引导")
    other = dataclasses.replace(
        entry.target, id="other", indicator="引导", scope=None, phrase="专窗有人引导", values=(value,)
    )
    second = dataclasses.replace(entry, target=other, quote="专窗有人引导。")
    return dataclasses.replace(plan, targets_by_item={item: (entry, second)})


def test_a_year_of_one_target_is_not_that_of_its_neighbour(plan: PlanIndex) -> None:
    """Where one target has a year and another none, it is said which."""
    assert due_lines(_undated(plan, "task-3"), "task-3") == ("老年人专窗：2023年底前", "其余1项：原文未写年份")


def test_what_cannot_be_checked_is_asked_in_printed_words(plan: PlanIndex) -> None:
    """An item without a target shows its paragraph whole, one with directions alone as well; nothing is empty."""
    assert asked_lines(plan, "task-2") == ("一窗通办是指一个窗口受理全部事项。",)
    (entry,) = plan.targets_of("task-3")
    towards = dataclasses.replace(plan, targets_by_item={}, directions_by_item={"task-3": (entry,)})
    assert asked_lines(towards, "task-3") == (item_text(plan, "task-3"),)
    assert due_lines(towards, "task-3") == ("老年人专窗（方向）：2023年底前",)


def test_directions_stand_behind_targets(plan: PlanIndex) -> None:
    """A direction is shown with its task and told from what can be checked."""
    two = _undated(plan, "task-3")
    target, other = two.targets_of("task-3")
    towards = dataclasses.replace(plan, targets_by_item={"task-3": (target,)}, directions_by_item={"task-3": (other,)})
    asked = asked_lines(towards, "task-3")
    assert [line.startswith("方向：") for line in asked] == [False, True]


def test_a_duty_is_due_in_printed_words(plan: PlanIndex) -> None:
    """The printed words come first, then the dates that they are read as; a cycle from elsewhere is marked."""
    (entry,) = [entry for entry in plan.duties if entry.duty.due]
    assert due_words(entry) == "每季度末月20日前（3月、6月、9月、12月20日前）"

    def said(**changes: object) -> str:
        duty = dataclasses.replace(entry.duty, due=None, phrase="将进展报区便民局", **changes)
        return due_words(DutyEntry(**{**_fields(entry), "duty": duty}))

    assert said(frequency="quarterly", reading="inferred") == "每季度（推断）"
    assert said(frequency="other") == "原文未写明"


def _fields(entry: DutyEntry) -> dict[str, object]:
    return {field.name: getattr(entry, field.name) for field in dataclasses.fields(entry)}


def _target(plan: PlanIndex, quote: str, phrase: str, years: tuple[int | None, ...], text: str = "") -> TargetEntry:
    """Return the target of task 3 with another sentence, and a value for each year; each has its reason."""
    (entry,) = plan.targets_of("task-3")
    values = tuple(
        dataclasses.replace(entry.target.values[0], year=year, text=text or phrase, note="理由。") for year in years
    )
    target = dataclasses.replace(entry.target, phrase=phrase, indicator="所指", values=values)
    return dataclasses.replace(entry, target=target, quote=quote)


@pytest.mark.parametrize(
    ("quote", "phrase", "years", "expected"),
    [
        ("2022—2024年,专窗逐步增加。", "专窗逐步增加", (2022, 2023, 2024), "2022—2024年"),
        ("2022—2024年,专窗逐步增加。", "专窗逐步增加", (2024,), "2024年（推断）"),
        ("按三年(2022—2024)方案,专窗全开。", "专窗全开", (2022, 2023, 2024), "2022年、2023年、2024年（推断）"),
        ("按《三年计划(2022—2024年)》,专窗全开。", "专窗全开", (2022, 2023, 2024), "2022年、2023年、2024年（推断）"),
        ("2022年专窗全开。", "专窗全开", (2022,), "2022年"),
        ("专窗全开。", "专窗全开", (2024,), "2024年（推断）"),
    ],
)
def test_a_year_that_is_read_in_is_marked(
    plan: PlanIndex, quote: str, phrase: str, years: tuple[int, ...], expected: str
) -> None:
    """A year that the sentence gives only by a range, or in a name, or not at all, is not told as printed."""
    entry = _target(plan, quote, phrase, years)
    due = due_lines(dataclasses.replace(plan, targets_by_item={"task-3": (entry,)}), "task-3")
    assert due[0] == f"1项目标：{expected}"


def test_words_of_manner_in_a_name_are_no_time(plan: PlanIndex) -> None:
    """常态化 in the name of a mechanism is no deadline of it."""
    entry = _target(plan, "建立检查常态化机制。", "建立检查常态化机制", (None,))
    other = _target(plan, "2023年底前设窗。", "2023年底前设窗", (2023,))
    both = dataclasses.replace(plan, targets_by_item={"task-3": (entry, other)})
    assert due_lines(both, "task-3") == ("所指：2023年底前", "其余1项：原文未写年份")


def test_a_span_or_cycle_stands_with_a_value_of_no_single_year(plan: PlanIndex) -> None:
    """Without its span a mean of three years would read as a figure for good; what says it already says it once."""
    mean = _target(plan, "2022—2024年,年均增加5个。", "年均增加5个", (None,))
    assert target_line(mean) == "所指：2022—2024年年均增加5个（推断）"
    yearly = _target(plan, "每年增加5个。", "每年增加5个", (None,))
    assert target_line(yearly) == "所指：每年增加5个（推断）"
    assert target_line(_target(plan, "增加5个。", "增加5个", (None,))) == "所指：增加5个（推断）"


def test_reasons_stand_with_a_direction(plan: PlanIndex) -> None:
    """No table of targets holds directions, so that their reasons stand in the line itself."""
    (target,) = plan.targets_of("task-3")
    towards = _target(plan, "专窗逐步增加。", "专窗逐步增加", (2024,))
    both = dataclasses.replace(plan, targets_by_item={"task-3": (target,)}, directions_by_item={"task-3": (towards,)})
    assert asked_lines(both, "task-3")[1] == "方向：所指：2024年专窗逐步增加（推断）。推断理由：理由。"


def test_one_who_is_read_in_is_not_named_with_a_time(plan: PlanIndex) -> None:
    """A deadline names who acts only in words of its own sentence."""
    (entry,) = plan.duties_of("safeguard-1")
    elsewhere = dataclasses.replace(entry.duty.who[0], printed="市便民局")
    moved = DutyEntry(**{**_fields(entry), "duty": dataclasses.replace(entry.duty, who=(elsewhere,))})
    found = dataclasses.replace(plan, duties_by_item={"safeguard-1": (moved,)})
    assert due_lines(found, "safeguard-1") == ("报送进展：每季度末月20日前",)
