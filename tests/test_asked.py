"""What is asked for and by when, as sheets and documents write it: in printed words, and never nothing."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from generator.entries import DutyEntry, PlanIndex
from generator.export.asked import asked_lines, due_lines, item_text
from generator.export.rows import due_words
from generator.index import build_index
from generator.load import read_data

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
