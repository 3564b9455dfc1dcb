"""A plan at a glance: from whom and when, its sectors with their leads, its years, what falls due next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .. import addresses
from ..text.wording import date_text
from .calendar import Upcoming, upcoming
from .common import Tally, TaskRow, task_row
from .links import Link, mention_links, unit_link
from .responsibility import supervises
from .shape import has_glossary, has_page, period_text, unsectored
from .years import Advance, years

if TYPE_CHECKING:
    from ..index.records import PlanIndex
    from ..model import Part
    from .rows import Rows


@dataclass(frozen=True, slots=True, kw_only=True)
class SectorCard:
    """A sector at a glance; or a task, of those who supervise it."""

    number: int | None
    title: str
    url: str
    leads: tuple[Link, ...]
    leaders: tuple[Link, ...]
    supervise: str
    """What these do: 督办."""
    tasks: int
    """How many belong to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """A plan at a glance."""

    id: str
    title: str
    is_ours: bool
    """Whether the title is the site's."""
    short_title: str
    url: str
    issuers: tuple[str, ...]
    issued_on: str
    """2022年12月12日; empty where it is not known."""
    period: str
    """Empty where it is not known."""
    figures: tuple[Tally, ...]
    sectors: tuple[SectorCard, ...]
    tasks: tuple[TaskRow, ...]
    """Those that belong to no sector."""
    tasks_title: str
    years: Advance
    upcoming: Upcoming
    ways: tuple[Link, ...]
    """Where to go from here."""


def cover(rows: Rows, plan: PlanIndex) -> Cover:
    """Return a plan at a glance."""
    own = plan.plan
    return Cover(
        id=own.id,
        title=own.title,
        short_title=own.short_title,
        url=addresses.plan(own.id),
        is_ours=own.title_reading == "inferred",
        issuers=own.issuers,
        issued_on=date_text(own.issued_on or ""),
        period=period_text(own),
        figures=_figures(rows, plan),
        sectors=tuple(sector_card(rows, plan, sector) for sector in own.sectors),
        tasks=tuple(task_row(plan, task) for task in unsectored(plan)),
        tasks_title="板块以外的任务" if own.sectors else "任务",
        years=years(rows, plan),
        upcoming=upcoming(rows, plan),
        ways=(
            *(Link(text, addresses.plan(own.id, part)) for part, text in _WAYS if has_page(plan, part)),
            *([Link("名词", addresses.GLOSSARY)] if has_glossary(rows.index) else []),
            Link("搜索", addresses.SEARCH),
            Link("如何阅读", addresses.READING),
        ),
    )


def _figures(rows: Rows, plan: PlanIndex) -> tuple[Tally, ...]:
    own = plan.plan
    groups = {entry.unit.id for entry in rows.index.units if entry.unit.is_group}
    said = [charge.responsibility for found in plan.charges_of.values() for charge in found]
    units = {m.unit for one in said for m in one.names if m.unit} - groups
    return tuple(
        Tally(
            label=label,
            number=number,
            url=addresses.plan(own.id, part) if has_page(plan, part) else addresses.UNITS,
        )
        for label, number, part in (
            ("板块", len(own.sectors), "sectors"),
            ("任务", len(own.tasks), "tasks"),
            ("制度保障", len(own.safeguards), "safeguards"),
            ("单位", len(units), "matrix"),
            ("整理出的目标", len(plan.targets), "targets"),
        )
        if number
    )


def sector_card(rows: Rows, plan: PlanIndex, part: Part) -> SectorCard:
    """Return a sector or task at a glance."""
    return SectorCard(
        number=part.number,
        title=part.title,
        url=plan.owners[part.id].url,
        leads=lead_links(rows, part),
        leaders=mention_links(part.named("supervise")),
        supervise=supervises(next((one.label for one in part.responsibilities if one.role == "supervise"), None)),
        tasks=len(part.tasks),
    )


def lead_links(rows: Rows, part: Part) -> tuple[Link, ...]:
    """Return the units that lead a sector or task by their registered names."""
    return tuple(unit_link(rows.index, m.unit) if m.unit else Link(m.name) for m in part.named("lead"))


_WAYS = (
    ("targets", "逐年目标"),
    ("calendar", "日历"),
    ("matrix", "分工矩阵"),
    ("text", "原文"),
    ("citations", "引用文件"),
)
"""Part of a plan's address → what leads there."""
