"""How a plan's years step up: the goal of each in short, and a few figures that move."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from .. import addresses
from .links import Link, line_link
from .rows import text_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..index.records import PlanIndex, TargetEntry
    from .rows import Rows, TargetRow

MOST: Final = 4
"""So many figures are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class YearGoal:
    """A year and its goal in short."""

    year: str
    text: str
    """The first printed sentence; empty where the plan sets the year no goal."""
    line: Link
    more: Link
    """The whole goal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Advance:
    """How a plan's years step up."""

    goals: tuple[YearGoal, ...]
    """Empty where no goal says its year."""
    figures: tuple[TargetRow, ...]
    """Targets with a number for each year, that of each task that moves most; at most `MOST`, in printed order."""


def years(rows: Rows, plan: PlanIndex) -> Advance:
    """Return how a plan's years step up."""
    return Advance(
        goals=tuple(_goals(plan)),
        figures=tuple(rows.target(entry) for entry in moving(plan)),
    )


def _goals(plan: PlanIndex) -> Iterator[YearGoal]:
    goals = {goal.year: goal for goal in reversed(plan.plan.goals) if goal.year}
    # Of a plan that does not say how long it holds, no year is missing.
    years = plan.years if plan.plan.period else sorted(goals)
    for year in years if goals else ():
        goal = goals.get(year)
        yield YearGoal(
            year=f"{year}年",
            text=goal.sentences[0] if goal else "",
            line=line_link(plan.id, text_lines(plan, goal)[0].number) if goal else Link(""),
            more=Link(f"{year}年目标全文", f"{addresses.plan(plan.id)}#{goal.id}") if goal else Link(""),
        )


def moving(plan: PlanIndex) -> list[TargetEntry]:
    """Choose the figures that move most, by the ratio of the last year to the first; one of each task."""
    best: dict[str, tuple[float, TargetEntry]] = {}
    for entry in plan.targets:
        moved = _movement(plan, entry)
        if moved > best.get(entry.of.id, (1.0, entry))[0]:
            best[entry.of.id] = (moved, entry)
    chosen = sorted(best.values(), key=lambda pair: -pair[0])[:MOST]
    ids = {entry.target.id for _, entry in chosen}
    return [entry for entry in plan.targets if entry.target.id in ids]


def _movement(plan: PlanIndex, entry: TargetEntry) -> float:
    """Return how many times the larger of the first and last figure is the smaller one; 1 where a year has none."""
    numbers = {value.year: value.value for value in reversed(entry.target.values) if value.value is not None}
    found = [numbers.get(year) for year in plan.years]
    if None in found or len(found) < 2:  # noqa: PLR2004 - one year shows no movement
        return 1.0
    first, last = found[0] or 0.0, found[-1] or 0.0
    small, large = min(first, last), max(first, last)
    return large / small if small > 0 else 1.0
