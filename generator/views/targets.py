"""All targets of a plan, as a table and year by year."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from .. import addresses
from ..model.units import read_as
from ..terms import READINGS, TARGET_TYPES
from .common import Option, year_columns
from .controls import Controls, Filter, WideOption, target_controls
from .heads import View, plan_head, sections
from .rows import UNDATED
from .shape import is_by_sector

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..index.records import PlanIndex, TargetEntry
    from .rows import Rows, TargetRow

_OUTSIDE: Final = {
    "front": "开头部分",
    "goal": "总体目标",
    "task": "板块以外的任务",
    "safeguard": "制度保障",
    "text": "其他正文",
}
"""Kinds of owner that belong to no sector."""
_YEARLY: Final = "years"
"""The view that lists what has years, with charts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanTargetRow:
    """A target with what the table can be filtered by."""

    row: TargetRow
    sector: str
    """The sector's number, as addresses name it; the kind of its owner outside of the sectors."""
    named: str
    """Which list of units applies: the sector's number where it names them, else the id of the item."""
    reading: str
    """"proposed" if any value is, else "inferred" if any is, else "printed"."""
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
class TargetsView(View):
    """All targets of a plan."""

    controls: Controls
    years: tuple[Option, ...]
    tables: tuple[TypeTable, ...]
    directions: tuple[TargetRow, ...]
    """What the plan says that nobody could check; not among the counts."""
    intro: str
    by_unit: str
    """What is listed where a unit is chosen."""
    undated_count: int

    @property
    def headings(self) -> dict[str, str]:
        """The sections of the page."""
        return sections(
            *((True, table.id, table.title) for table in self.tables),
            (self.directions, "all_directions", "方向性表述"),
        )


def targets_view(rows: Rows, plan: PlanIndex) -> TargetsView:
    """Build the page of all targets."""
    by_sector = is_by_sector(plan)
    found = [_row(rows, entry, by_sector=by_sector) for entry in plan.targets]
    metrics = tuple(row for row in found if row.row.target.type == "metric")
    milestones = tuple(row for row in found if row.row.target.type == "milestone")
    tables = (
        TypeTable(id="metrics", title=TARGET_TYPES["metric"], caption="目标值，按年", rows=metrics),
        TypeTable(id="milestones", title=TARGET_TYPES["milestone"], caption="阶段性目标，按年", rows=milestones),
    )
    return TargetsView(
        head=plan_head(
            plan,
            "目标",
            f"本站从方案整理出的 {len(found)} 项可以核对的目标，按年列出，逐条附原文。",
            addresses.plan(plan.id, "targets"),
            shows=(entry.target.where for entry in plan.targets),
        ),
        controls=_controls(rows, plan, found, by_sector=by_sector),
        years=year_columns(plan),
        tables=tuple(table for table in tables if table.rows),
        directions=tuple(rows.target(entry) for entry in plan.all_targets if entry.target.strength == "direction"),
        intro=_intro(len(metrics), len(milestones), Counter(row.reading for row in found)),
        by_unit=_by_unit(plan, by_sector=by_sector),
        undated_count=sum(row.row.years == UNDATED for row in found),
    )


def _by_unit(plan: PlanIndex, *, by_sector: bool) -> str:
    """Say what is listed where a unit is chosen."""
    has_safeguards = bool(plan.safeguards)
    if not by_sector:
        items = f"任务{'和制度保障' if has_safeguards else ''}"
        return (
            f"选一个单位，列出的是写有它名字的{items}的全部目标，不含经统称适用的。"
            "一处列出几个单位的，由谁承担以该处原文为准。"
        )
    return (
        f"方案的单位按板块列名{'（制度保障逐项列名）' if has_safeguards else ''}，没有分到任务。"
        f"选一个单位，列出的是写有它名字的板块{'和制度保障' if has_safeguards else ''}的全部目标，不含经统称适用的。"
    )


def _intro(metrics: int, milestones: int, readings: Counter[str]) -> str:
    """Say how many targets there are, and how far they are the site's."""
    if not metrics + milestones:
        return "本站没有从方案整理出可以核对的目标。"
    inferred, proposed = readings["inferred"], readings["proposed"]
    read = f"；其中 {inferred} 项有本站推断之处，都标了“推断”并写明理由" if inferred else ""
    read += f"；{proposed} 项由程序从原文整理，还没有人核对，都标了“待核对”" if proposed else ""
    return (
        f"本站从方案整理出可以核对的目标：目标值 {metrics} 项，阶段性目标 {milestones} 项{read}。"
        "方案没有给目标编号，分成几项是本站的分法。完成情况没有公开，本站不作标注。"
    )


def _row(rows: Rows, entry: TargetEntry, *, by_sector: bool) -> PlanTargetRow:
    of, row = entry.of, rows.target(entry)
    sector_id = of.id if of.kind == "sector" else of.sector
    sector = _number(sector_id) if sector_id else of.kind
    return PlanTargetRow(
        row=row,
        sector=sector,
        named=sector if (by_sector and of.kind != "safeguard") or of.kind == "goal" else of.id,
        reading=read_as(value.reading for value in entry.target.values),
        view="" if row.years == UNDATED else _YEARLY,
        is_drawn=row.figure is not None and row.figure.form == "chart",
    )


def _number(sector_id: str) -> str:
    """Return the number of a sector, as addresses name it."""
    return sector_id.removeprefix("sector-")


def _controls(rows: Rows, plan: PlanIndex, found: list[PlanTargetRow], *, by_sector: bool) -> Controls:
    readings = {row.reading for row in found}
    is_yearly = any(row.view for row in found)
    return target_controls(
        [row.row for row in found],
        before=(
            Filter(
                name="sector",
                label="板块" if plan.sectors else "出自",
                choices=tuple(_sectors(plan, {row.sector for row in found})),
            ),
            Filter(
                name="unit",
                label="单位",
                choices=tuple(_units(rows, plan, {row.named for row in found}, by_sector=by_sector)),
                is_wide=True,
            ),
        ),
        after=(
            Filter(
                name="reading",
                label="推断",
                choices=tuple(Option(value, label) for value, label in READINGS.items() if value in readings),
            ),
        ),
        views=(Option("", "表格"), Option(_YEARLY, " · ".join(map(str, plan.years)))) if is_yearly else (),
    )


def _sectors(plan: PlanIndex, present: set[str]) -> Iterator[Option]:
    """List where targets stand: the sectors, and what belongs to none."""
    for sector in plan.sectors:
        if _number(sector.id) in present:
            number = f"{sector.number}　" if sector.number else ""
            yield Option(_number(sector.id), f"{number}{sector.title}")
    for kind, label in _OUTSIDE.items():
        if kind in present:
            yield Option(kind, "任务" if kind == "task" and not plan.sectors else label)


def _units(rows: Rows, plan: PlanIndex, present: set[str], *, by_sector: bool) -> Iterator[WideOption]:
    """List the units that are named where targets stand; what applies only through a group is left out."""
    for unit in rows.index.data.units:
        named = (o for o in plan.obligations.get(unit.id, ()) if o.via is None)
        keys = dict.fromkeys(_number(o.sector) if by_sector and o.sector else o.id for o in named)
        fitting = [key for key in keys if key in present]
        if fitting:
            yield WideOption(unit.id, unit.name, " ".join(fitting))
