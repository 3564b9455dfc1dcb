"""Small records that pages of many kinds share: choices, figures, short rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..index.records import PlanIndex
    from ..model import Part


@dataclass(frozen=True, slots=True)
class Option:
    """A value of a data attribute and what a reader sees of it."""

    value: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """A number at a glance."""

    label: str
    number: int
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskRow:
    """A task or safeguard in a list."""

    number: int | None
    title: str
    is_ours: bool
    """Whether the title is the site's."""
    url: str
    targets: int
    """How many."""


def task_row(plan: PlanIndex, item: Part) -> TaskRow:
    """Return a task or safeguard for a list."""
    return TaskRow(
        number=item.number,
        title=item.title,
        is_ours=item.title_reading == "inferred",
        url=plan.owners[item.id].url,
        targets=len(plan.targets_of(item.id)),
    )


def year_columns(plan: PlanIndex) -> tuple[Option, ...]:
    """Return the years of a plan as they head a table; one column for all where it speaks of none."""
    return tuple(Option(str(year), f"{year}年") for year in plan.years) or (Option("undated", "要求"),)


def listing(words: Sequence[str]) -> str:
    """Join words: 甲、乙和丙."""
    *most, last = words or ("",)
    return f"{'、'.join(most)}和{last}" if most else last
