"""All targets of a plan, as a table and year by year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from .. import addresses
from ..terms import READINGS, TARGET_TYPES
from .common import Choice, Head, plan_head, year_columns
from .controls import Controls, Filter, WideChoice, target_controls
from .rows import UNDATED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..entries import PlanIndex, TargetEntry
    from .rows import Rows, TargetRow

_OUTSIDE: Final = {"goal": "总体目标", "safeguard": "制度保障"}
"""Kinds of owner that belong to no sector."""
_YEARLY: Final = "years"
"""The view that lists what has years, with charts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanTargetRow:
    """A target with what the table can be filtered by."""

    row: TargetRow
    sector: str
    """The sector's number; "goal" or "safeguard" outside of the sectors."""
    named: str
    """Which list of units applies: the sector's number, a safeguard's id; "goal" for none."""
    reading: str
    """"inferred" if any value is, else "printed"."""
    view: str
    """The view besides the table that lists it; empty if none does."""
    is_drawn: bool
    """Whether a chart stands under its figures; steps are its cells themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeTable:
    """The targets of one type."""

    id: str
    title: str
    caption: str
    rows: tuple[PlanTargetRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetsView:
    """All targets of a plan."""

    head: Head
    controls: Controls
    years: tuple[Choice, ...]
    tables: tuple[TypeTable, ...]
    directions: tuple[TargetRow, ...]
    """What the plan says that nobody could check; not among the counts."""
    metric_count: int
    milestone_count: int
    inferred_count: int
    undated_count: int


def targets_view(rows: Rows, plan: PlanIndex) -> TargetsView:
    """Build the page of all targets."""
    found = [_row(rows, entry) for entry in plan.targets]
    metrics = tuple(row for row in found if row.row.type == "metric")
    milestones = tuple(row for row in found if row.row.type == "milestone")
    tables = (
        TypeTable(id="metrics", title=TARGET_TYPES["metric"], caption="目标值，按年", rows=metrics),
        TypeTable(id="milestones", title=TARGET_TYPES["milestone"], caption="阶段性目标，按年", rows=milestones),
    )
    return TargetsView(
        head=plan_head(
            plan,
            "目标",
            f"本站从方案整理出的 {len(found)} 项可以核对的目标，按年列出，逐条附原文。",
            addresses.plan(plan.plan.id, "targets"),
            shows=(entry.target.where for entry in plan.targets),
        ),
        controls=_controls(rows, plan, found),
        years=year_columns(plan),
        tables=tuple(table for table in tables if table.rows),
        directions=tuple(rows.target(entry) for entry in plan.all_targets if entry.target.strength == "direction"),
        metric_count=len(metrics),
        milestone_count=len(milestones),
        inferred_count=sum(row.reading == "inferred" for row in found),
        undated_count=sum(row.row.years == UNDATED for row in found),
    )


def _row(rows: Rows, entry: TargetEntry) -> PlanTargetRow:
    of, row = entry.of, rows.target(entry)
    sector = _number(of.sector) if of.sector else of.kind
    return PlanTargetRow(
        row=row,
        sector=sector,
        named=of.id if of.kind == "safeguard" else sector,
        reading="inferred" if any(value.reading == "inferred" for value in entry.target.values) else "printed",
        view="" if row.years == UNDATED else _YEARLY,
        is_drawn=row.figure is not None and row.figure.form == "chart",
    )


def _number(sector_id: str) -> str:
    """Return the number of a sector, as addresses name it."""
    return sector_id.removeprefix("sector-")


def _controls(rows: Rows, plan: PlanIndex, found: list[PlanTargetRow]) -> Controls:
    readings = {row.reading for row in found}
    is_yearly = any(row.view for row in found)
    return target_controls(
        [row.row for row in found],
        before=(
            Filter(name="sector", label="板块", choices=tuple(_sectors(plan, {row.sector for row in found}))),
            Filter(
                name="unit",
                label="单位",
                choices=tuple(_units(rows, plan, {row.named for row in found})),
                is_wide=True,
            ),
        ),
        after=(
            Filter(
                name="reading",
                label="推断",
                choices=tuple(Choice(value, label) for value, label in READINGS.items() if value in readings),
            ),
        ),
        views=(Choice("", "表格"), Choice(_YEARLY, " · ".join(map(str, plan.years)))) if is_yearly else (),
    )


def _sectors(plan: PlanIndex, present: set[str]) -> Iterator[Choice]:
    """List where targets stand: the sectors, and what belongs to none."""
    for sector in plan.plan.sectors:
        if _number(sector.id) in present:
            yield Choice(_number(sector.id), f"{sector.number}　{sector.title}")
    for kind, label in _OUTSIDE.items():
        if kind in present:
            yield Choice(kind, label)


def _units(rows: Rows, plan: PlanIndex, present: set[str]) -> Iterator[WideChoice]:
    """List the units that are named where targets stand; what applies only through a group is left out."""
    for unit in rows.index.data.units:
        named = (o for o in plan.obligations.get(unit.id, ()) if o.via is None)
        keys = dict.fromkeys(_number(o.sector) if o.sector else o.id for o in named)
        fitting = [key for key in keys if key in present]
        if fitting:
            yield WideChoice(unit.id, unit.name, " ".join(fitting))
