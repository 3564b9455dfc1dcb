"""A plan at a glance: from whom and when, its sectors with their leads, its years, what falls due next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .. import addresses
from .calendar import Upcoming, upcoming
from .common import Figure, Link, unit_link
from .years import Years, years

if TYPE_CHECKING:
    from ..entries import PlanIndex
    from ..model import Sector
    from .rows import Rows


@dataclass(frozen=True, slots=True, kw_only=True)
class SectorCard:
    """A sector at a glance."""

    number: int
    title: str
    url: str
    lead: Link
    leader: Link
    tasks: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """A plan at a glance."""

    id: str
    title: str
    short_title: str
    url: str
    issuers: tuple[str, ...]
    issued_on: str
    period: str
    figures: tuple[Figure, ...]
    sectors: tuple[SectorCard, ...]
    years: Years
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
        issuers=own.notice.issuers,
        issued_on=own.notice.date,
        period=f"{own.start}—{own.end}年",
        figures=_figures(rows, plan),
        sectors=tuple(sector_card(rows, plan, sector) for sector in own.sectors),
        years=years(rows, plan),
        upcoming=upcoming(rows, plan),
        ways=(
            *(Link(text, addresses.plan(own.id, part)) for part, text in _WAYS),
            Link("名词", "glossary/"),
            Link("搜索", "search/"),
            Link("如何阅读", "reading/"),
        ),
    )


def _figures(rows: Rows, plan: PlanIndex) -> tuple[Figure, ...]:
    own = plan.plan
    units = {m.unit for s in own.sectors for m in (s.lead_unit, *s.responsible_units)}
    units |= {m.unit for s in own.safeguards for m in s.responsible_units}
    units -= {entry.unit.id for entry in rows.index.units if entry.unit.is_group}
    return tuple(
        Figure(label=label, number=number, url=addresses.plan(own.id, part))
        for label, number, part in (
            ("板块", len(own.sectors), "sectors"),
            ("任务", len(own.tasks), "tasks"),
            ("制度保障", len(own.safeguards), "safeguards"),
            ("单位", len(units), "matrix"),
            ("整理出的目标", len(plan.targets), "targets"),
        )
        if number
    )


def sector_card(rows: Rows, plan: PlanIndex, sector: Sector) -> SectorCard:
    """Return a sector at a glance."""
    leaders = {leader.id: leader.name for leader in rows.index.data.leaders}
    return SectorCard(
        number=sector.number,
        title=sector.title,
        url=addresses.sector(plan.plan.id, sector.number),
        lead=unit_link(rows, sector.lead_unit.unit or ""),
        leader=Link(leaders[sector.leader or ""], addresses.leader(sector.leader or "")),
        tasks=len(sector.tasks),
    )


_WAYS = (
    ("targets", "逐年目标"),
    ("calendar", "日历"),
    ("matrix", "分工矩阵"),
    ("text", "原文"),
    ("citations", "引用文件"),
)
"""Part of a plan's address → what leads there."""
