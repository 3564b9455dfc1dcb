"""The supervising leaders: who has which sectors, and one page for each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from .. import addresses
from .common import Head, Link, TaskRow, line_link, sector_link, site_head, task_row, unit_link
from .cover import SectorCard, sector_card

if TYPE_CHECKING:
    from ..entries import LeaderEntry
    from ..model import Sector
    from .rows import DutyRow, Rows


@dataclass(frozen=True, slots=True, kw_only=True)
class LedSector:
    """A sector under a leader."""

    id: str
    title: str
    url: str
    printed: str
    """The leader's name as printed; empty where it is the registered one."""
    line: Link
    lead: Link
    tasks: tuple[TaskRow, ...]
    duties: tuple[DutyRow, ...]
    """Of its tasks, whoever is to do them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaderView:
    """The page of a supervising leader."""

    head: Head
    extent: str
    """How much it is; empty if it is nothing."""
    duties: tuple[DutyRow, ...]
    """What the text asks of the supervising leaders."""
    sectors: tuple[LedSector, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaderCard:
    """A leader at a glance."""

    id: str
    link: Link
    extent: str
    sectors: tuple[SectorCard, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadersView:
    """All supervising leaders."""

    head: Head
    leaders: tuple[LeaderCard, ...]


def leaders_view(rows: Rows) -> LeadersView:
    """List all supervising leaders."""
    head = site_head(
        rows,
        "督办领导",
        "方案列出的督办领导，各督办哪些板块。",
        shows=(entry.leader.where for entry in rows.index.leaders),
    )
    return LeadersView(head=head, leaders=tuple(_card(rows, entry) for entry in rows.index.leaders))


def leader_view(rows: Rows, entry: LeaderEntry) -> LeaderView:
    """Build the page of a supervising leader."""
    name = entry.leader.name
    return LeaderView(
        head=site_head(
            rows,
            f"督办领导 {name}",
            f"{name}督办的板块和任务。",
            (Link("督办领导", "leaders/"),),
            shows=(entry.leader.where, *(sector.leader_where for _, sector in entry.sectors)),
        ),
        extent=_extent(entry),
        duties=tuple(rows.duty(duty) for _, duty in entry.duties),
        sectors=tuple(_led_sector(rows, name, plan_id, sector) for plan_id, sector in entry.sectors),
    )


def _card(rows: Rows, entry: LeaderEntry) -> LeaderCard:
    return LeaderCard(
        id=entry.leader.id,
        link=Link(entry.leader.name, entry.url),
        extent=_extent(entry),
        sectors=tuple(
            replace(card, title=_titled(rows, plan_id, card.title))
            for plan_id, sector in entry.sectors
            for card in (sector_card(rows, rows.index.plan(plan_id), sector),)
        ),
    )


def _extent(entry: LeaderEntry) -> str:
    """Say how much it is by what the plan itself numbers; how many targets there are is the site's count."""
    counts = ((len(entry.sectors), "个板块"), (sum(len(sector.tasks) for _, sector in entry.sectors), "项任务"))
    return "、".join(f"{count} {what}" for count, what in counts if count)


def _titled(rows: Rows, plan_id: str, title: str) -> str:
    """Say of which plan a sector is, where there are several."""
    return "：".join(filter(None, (rows.plan_name(plan_id), title)))


def _led_sector(rows: Rows, leader: str, plan_id: str, sector: Sector) -> LedSector:
    plan = rows.index.plan(plan_id)
    line = next(x.number for x in plan.lines if x.kind == "supervising_leader" and x.of == sector.id)
    link = sector_link(plan, sector)
    return LedSector(
        id=addresses.sector_anchor(plan_id, sector.id),
        title=_titled(rows, plan_id, link.text),
        url=link.url,
        printed=sector.leader_printed if sector.leader_printed != leader else "",
        line=line_link(plan_id, line),
        lead=unit_link(rows, sector.lead_unit.unit or ""),
        tasks=tuple(task_row(plan, task) for task in sector.tasks),
        duties=tuple(rows.duty(entry) for task in sector.tasks for entry in plan.duties_of(task.id)),
    )
