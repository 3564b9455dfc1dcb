"""The start page, the list of units, the leaders and the glossary: what belongs to no one plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator import addresses
from generator.terms import UNIT_KINDS
from generator.views.common import Head, Link, Rows, TaskRow, line_link, site_head, task_row, unit_link

if TYPE_CHECKING:
    from generator.index import LeaderEntry, PlanIndex, UnitEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class SectorCard:
    """A sector at a glance."""

    number: int
    title: str
    url: str
    lead: Link
    leader: Link
    tasks: int
    targets: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanCard:
    """A plan at a glance."""

    title: str
    short_title: str
    url: str
    issuers: tuple[str, ...]
    issued_on: str
    period: str
    counts: tuple[tuple[str, int, str], ...]
    """(label, number, address)."""
    sectors: tuple[SectorCard, ...]
    text_url: str
    targets_url: str
    calendar_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitCard:
    """A unit in the finder."""

    name: str
    url: str
    search: str
    """Its names and aliases in lower case, between spaces, for the finder."""
    lead: int
    """Tasks that it leads."""
    responsible: int
    safeguards: int
    aliases: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitGroup:
    """The units of one kind."""

    kind: str
    units: tuple[UnitCard, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StartView:
    """The start page."""

    head: Head
    plans: tuple[PlanCard, ...]
    groups: tuple[UnitGroup, ...]
    units: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitsView:
    """All units by kind."""

    head: Head
    groups: tuple[UnitGroup, ...]
    units: int
    unit_groups: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LedSector:
    """A sector under a leader."""

    title: str
    url: str
    printed: str
    line: Link
    lead: Link
    tasks: tuple[TaskRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaderView:
    """The page of a supervising leader."""

    head: Head
    name: str
    sectors: tuple[LedSector, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TermRow:
    """A term that the plan explains."""

    id: str
    term: str
    explanation: str
    quote: str
    line: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class GlossaryView:
    """Terms that the plans explain, by plan."""

    head: Head
    plans: tuple[tuple[str, tuple[TermRow, ...]], ...]


def start_view(rows: Rows) -> StartView:
    """Build the start page."""
    title = rows.index.plans[0].plan.title if len(rows.index.plans) == 1 else "行动方案"
    description = f"{title}：谁负责、做什么、到哪一年、印在哪一行。"
    head = site_head(rows, title, description)
    return StartView(
        head=Head(title=head.title, description=head.description, crumbs=(), tabs=(), official_text=head.official_text),
        plans=tuple(plan_card(rows, plan) for plan in rows.index.plans),
        groups=unit_groups(rows),
        units=sum(not unit.unit.is_group for unit in rows.index.units),
    )


def plan_card(rows: Rows, plan: PlanIndex) -> PlanCard:
    """Return a plan at a glance."""
    own = plan.plan
    base = addresses.plan(own.id)
    units = {m.unit for s in own.sectors for m in (s.lead_unit, *s.responsible_units)}
    units |= {m.unit for s in own.safeguards for m in s.responsible_units}
    units -= {entry.unit.id for entry in rows.index.units if entry.unit.is_group}
    return PlanCard(
        title=own.title,
        short_title=own.short_title,
        url=base,
        issuers=own.notice.issuers,
        issued_on=own.notice.date,
        period=f"{own.start}—{own.end}年",
        counts=(
            ("板块", len(own.sectors), f"{base}#sectors"),
            ("任务", len(own.tasks), f"{base}#sectors"),
            ("制度保障", len(own.safeguards), f"{base}#safeguards"),
            ("单位", len(units), addresses.plan(own.id, "matrix")),
            ("目标", len(plan.targets), addresses.plan(own.id, "targets")),
        ),
        sectors=tuple(_sector_card(rows, plan, place) for place in range(len(own.sectors))),
        text_url=addresses.plan(own.id, "text"),
        targets_url=addresses.plan(own.id, "targets"),
        calendar_url=addresses.plan(own.id, "calendar"),
    )


def _sector_card(rows: Rows, plan: PlanIndex, place: int) -> SectorCard:
    sector = plan.plan.sectors[place]
    leaders = {leader.id: leader.name for leader in rows.index.data.leaders}
    return SectorCard(
        number=sector.number,
        title=sector.title,
        url=addresses.sector(plan.plan.id, sector.number),
        lead=unit_link(rows, sector.lead_unit.unit or ""),
        leader=Link(leaders[sector.leader or ""], addresses.leader(sector.leader or "")),
        tasks=len(sector.tasks),
        targets=sum(len(task.targets) for task in sector.tasks),
    )


def unit_groups(rows: Rows) -> tuple[UnitGroup, ...]:
    """Return all units by kind, in the order of the table of kinds."""
    groups = (
        UnitGroup(kind=kind, units=tuple(_unit_card(entry) for entry in rows.index.units if entry.unit.kind == kind))
        for kind in UNIT_KINDS
    )
    return tuple(group for group in groups if group.units)


def _unit_card(entry: UnitEntry) -> UnitCard:
    names = [entry.unit.name, *(alias.name for alias in entry.unit.aliases)]
    return UnitCard(
        name=entry.unit.name,
        url=entry.url,
        search=" ".join(names).lower(),
        lead=entry.counts.lead_tasks,
        responsible=entry.counts.responsible_tasks,
        safeguards=entry.counts.safeguards,
        aliases="、".join(names[1:]),
    )


def units_view(rows: Rows) -> UnitsView:
    """Build the list of units."""
    groups = sum(unit.unit.is_group for unit in rows.index.units)
    units = len(rows.index.units) - groups
    return UnitsView(
        head=site_head(rows, "单位", f"{units} 个单位和 {groups} 个统称，按类别列出，各有一页写明承担的全部任务。"),
        groups=unit_groups(rows),
        units=units,
        unit_groups=groups,
    )


def leader_view(rows: Rows, entry: LeaderEntry) -> LeaderView:
    """Build the page of a supervising leader."""
    sectors = []
    for plan_id, sector in entry.sectors:
        plan = rows.index.plan(plan_id)
        line = next(x.number for x in plan.lines if x.kind == "supervising_leader" and x.of == sector.id)
        sectors.append(
            LedSector(
                title=f"板块{sector.number}　{sector.title}",
                url=addresses.sector(plan_id, sector.number),
                printed=sector.leader_printed,
                line=line_link(plan_id, line),
                lead=unit_link(rows, sector.lead_unit.unit or ""),
                tasks=tuple(task_row(plan, task) for task in sector.tasks),
            )
        )
    name = entry.leader.name
    return LeaderView(
        head=site_head(rows, f"督办领导 {name}", f"{name}督办的板块和任务。", (Link("单位", "units/"),)),
        name=name,
        sectors=tuple(sectors),
    )


def glossary_view(rows: Rows) -> GlossaryView:
    """Build the glossary."""
    plans = tuple(
        (
            plan.plan.short_title,
            tuple(
                TermRow(
                    id=term.id if len(rows.index.plans) == 1 else f"{plan.plan.id}-{term.id}",
                    term=term.term,
                    explanation=term.explanation,
                    quote=term.phrase,
                    line=line_link(plan.plan.id, term.line),
                )
                for term in plan.plan.terms
            ),
        )
        for plan in rows.index.plans
    )
    return GlossaryView(head=site_head(rows, "名词解释", "方案自己作了解释的名词，附原文。"), plans=plans)
