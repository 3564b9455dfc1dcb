"""The supervising leaders: who has which sectors, and one page for each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from .. import addresses
from .common import TaskRow, task_row
from .cover import SectorCard, lead_links, sector_card
from .heads import View, sections, site_head
from .links import Link, item_link, line_link
from .responsibility import leaders_label, led_text, supervises

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..index.records import LeaderEntry, PlanIndex
    from ..model import Leader, Mention, Part
    from .rows import DutyRow, Rows


@dataclass(frozen=True, slots=True, kw_only=True)
class LedSector:
    """A sector under a leader, or a task that names the leader itself."""

    id: str
    title: str
    url: str
    printed: str
    """The leader's name as printed; empty where it is the registered one."""
    line: Link
    leads: tuple[Link, ...]
    tasks: tuple[TaskRow, ...]
    duties: tuple[DutyRow, ...]
    """Of its tasks, whoever is to do them."""
    duties_title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaderView(View):
    """The page of a supervising leader."""

    extent: str
    """How much it is; empty if it is nothing."""
    called: str
    """督办领导."""
    duties: tuple[DutyRow, ...]
    """What the text asks of the supervising leaders."""
    sectors: tuple[LedSector, ...]

    @property
    def headings(self) -> dict[str, str]:
        """The sections of the page."""
        return sections(
            (self.duties, "duties", f"原文要求{self.called}做的"),
            *((True, sector.id, sector.title) for sector in self.sectors),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaderCard:
    """A leader at a glance."""

    id: str
    link: Link
    extent: str
    sectors: tuple[SectorCard, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadersView(View):
    """All supervising leaders."""

    intro: str
    leaders: tuple[LeaderCard, ...]

    @property
    def headings(self) -> dict[str, str]:
        """The sections of the page."""
        return sections(
            *((True, leader.id, leader.link.text) for leader in self.leaders),
        )


def leaders_view(rows: Rows) -> LeadersView:
    """List all supervising leaders."""
    called = leaders_label(rows.index)
    what = led_text(rows.index)
    head = site_head(
        rows.index,
        called,
        f"方案列出的{called}，各{supervises(called)}哪些{what}。",
        shows=(entry.leader.where for entry in rows.index.leaders),
    )
    intro = f"{'各板块的' if what == '板块' else ''}{called}照方案列出，是印发时的安排。"
    return LeadersView(head=head, intro=intro, leaders=tuple(_card(rows, entry) for entry in rows.index.leaders))


def leader_view(rows: Rows, entry: LeaderEntry) -> LeaderView:
    """Build the page of a supervising leader."""
    name, called = entry.leader.name, leaders_label(rows.index, entry.leader.id)
    return LeaderView(
        head=site_head(
            rows.index,
            f"{called} {name}",
            f"{name}{supervises(called)}的板块和任务。",
            (Link(leaders_label(rows.index), addresses.LEADERS),),
            shows=(entry.leader.where, *(_naming(part, entry.leader.id).where for _, part in entry.sectors)),
        ),
        extent=_extent(entry, called),
        called=called,
        duties=tuple(rows.duty(duty) for _, duty in entry.duties),
        sectors=tuple(_led_sector(rows, entry.leader, plan_id, sector) for plan_id, sector in entry.sectors),
    )


def _card(rows: Rows, entry: LeaderEntry) -> LeaderCard:
    return LeaderCard(
        id=entry.leader.id,
        link=Link(entry.leader.name, entry.url),
        extent=_extent(entry, leaders_label(rows.index, entry.leader.id)),
        sectors=tuple(
            replace(card, title=_titled(rows, plan_id, card.title))
            for plan_id, sector in entry.sectors
            for card in (sector_card(rows, rows.index.plan(plan_id), sector),)
        ),
    )


def _extent(entry: LeaderEntry, called: str) -> str:
    """Say how much it is by what the plan itself numbers; how many targets there are is the site's count."""
    parts = [part for _, part in entry.sectors]
    tasks = {(plan, task.id) for plan, part in entry.sectors for task in part.walk() if task.kind == "task"}
    counts = ((sum(part.kind == "sector" for part in parts), "个板块"), (len(tasks), "项任务"))
    said = "、".join(f"{count} {what}" for count, what in counts if count)
    return f"{supervises(called)} {said}" if said else ""


def _titled(rows: Rows, plan_id: str, title: str) -> str:
    """Say of which plan a sector is, where there are several."""
    return "：".join(filter(None, (rows.plan_name(plan_id), title)))


def _naming(part: Part, leader: str) -> Mention:
    """Return where a part names a leader."""
    return next(mention for mention in part.named("supervise") if mention.leader == leader)


def _duties(rows: Rows, plan: PlanIndex, parts: Iterable[Part]) -> tuple[DutyRow, ...]:
    return tuple(rows.duty(entry) for part in parts for entry in plan.duties_of(part.id))


def _led_sector(rows: Rows, leader: Leader, plan_id: str, sector: Part) -> LedSector:
    plan, naming = rows.index.plan(plan_id), _naming(sector, leader.id)
    line = next(c.line for c in plan.charges(sector.id, "supervise") if naming in c.responsibility.names)
    link, is_sector = item_link(plan, sector), sector.kind == "sector"
    return LedSector(
        id=addresses.sector_anchor(plan_id, sector.id),
        title=_titled(rows, plan_id, link.text),
        url=link.url,
        printed=naming.printed if naming.printed != leader.name else "",
        line=line_link(plan_id, line),
        leads=lead_links(rows, sector),
        tasks=tuple(task_row(plan, task) for task in sector.tasks),
        duties=_duties(rows, plan, sector.tasks if is_sector else (sector,)),
        duties_title="本板块各任务的定期事项" if is_sector else "定期事项",
    )
