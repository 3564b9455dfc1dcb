"""The pages of a plan, a sector, a task and a safeguard."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator import addresses
from generator.views.common import (
    DutyRow,
    Head,
    Link,
    Rows,
    TargetRow,
    TaskRow,
    line_link,
    mention_links,
    plan_head,
    task_row,
    unit_link,
    years_of,
)
from generator.views.start import PlanCard, plan_card

if TYPE_CHECKING:
    from generator.index import PlanIndex
    from generator.model import Goal, Safeguard, Sector, Task


@dataclass(frozen=True, slots=True, kw_only=True)
class Responsibility:
    """Who supervises, leads and takes part in a sector."""

    leader: Link
    leader_printed: str
    leader_line: Link
    lead: Link
    lead_line: Link
    units: tuple[Link, ...]
    units_line: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """The printed paragraph of an item and what was made of it."""

    lead: str
    """Number and title as printed; empty for a safeguard."""
    sentences: tuple[str, ...]
    line: Link
    years: tuple[int, ...]
    targets: tuple[TargetRow, ...]
    duties: tuple[DutyRow, ...]
    citations: tuple[Link, ...]
    oddities: tuple[tuple[str, str, Link], ...]
    """(printed, reading, link)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalRow:
    """A year's goal."""

    id: str
    year: int
    paragraph: Paragraph


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupRow:
    """A group of units and what it stands for."""

    group: Link
    members: tuple[Link, ...]
    inferred: bool
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanView:
    """A plan's own page."""

    head: Head
    card: PlanCard
    goals: tuple[GoalRow, ...]
    guiding: str
    guiding_line: Link
    preamble: str
    preamble_line: Link
    safeguards: tuple[TaskRow, ...]
    groups: tuple[GroupRow, ...]
    addressees: str
    publicity: str
    basis: tuple[Link, ...]
    """Documents named before the goals."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SectorView:
    """A sector's page."""

    head: Head
    label: str
    line: Link
    responsibility: Responsibility
    tasks: tuple[TaskRow, ...]
    years: tuple[int, ...]
    targets: tuple[TargetRow, ...]
    previous: Link
    next: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskView:
    """A task's page."""

    head: Head
    label: str
    sector: Link
    responsibility: Responsibility
    paragraph: Paragraph
    previous: Link
    next: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class SafeguardView:
    """A safeguard's page."""

    head: Head
    label: str
    line: Link
    units: tuple[Link, ...]
    units_line: Link
    owners: tuple[tuple[Link, str], ...]
    """(unit, printed words with the bracket)."""
    groups: tuple[GroupRow, ...]
    paragraph: Paragraph
    previous: Link
    next: Link


def plan_view(rows: Rows, plan: PlanIndex) -> PlanView:
    """Build a plan's own page."""
    own, card = plan.plan, plan_card(rows, plan)
    line = {entry.kind: entry.number for entry in plan.lines}
    issuers = "、".join(own.notice.issuers)
    return PlanView(
        head=plan_head(
            plan, own.title, f"{own.title}，{issuers}{own.notice.date}印发：板块、任务、制度保障和总体目标。"
        ),
        card=card,
        goals=tuple(GoalRow(id=goal.id, year=goal.year, paragraph=_paragraph(rows, plan, goal)) for goal in own.goals),
        guiding="".join(own.guiding),
        guiding_line=line_link(own.id, line["guiding"]),
        preamble="".join(own.preamble),
        preamble_line=line_link(own.id, line["preamble"]),
        safeguards=tuple(
            TaskRow(
                number=item.number,
                title=item.title,
                url=addresses.safeguard(own.id, item.number),
                targets=len(item.targets),
            )
            for item in own.safeguards
        ),
        groups=tuple(_group_rows(rows, plan, tuple(plan.groups))),
        addressees=own.notice.addressees,
        publicity=own.notice.publicity,
        basis=tuple(
            Link(entry.citation.title, entry.url)
            for entry in plan.citations
            if any(mention.of.id == "guiding" for mention in entry.mentions)
        ),
    )


def sector_view(rows: Rows, plan: PlanIndex, place: int) -> SectorView:
    """Build a sector's page."""
    sectors = plan.plan.sectors
    sector = sectors[place]
    return SectorView(
        head=plan_head(
            plan,
            sector.title,
            f"板块{sector.number}“{sector.title}”：{len(sector.tasks)} 项任务，总牵头单位{sector.lead_unit.name}。",
            above=(Link("板块", f"{addresses.plan(plan.plan.id)}#sectors"),),
        ),
        label=f"板块 {sector.number}",
        line=line_link(plan.plan.id, plan.line_of[sector.id]),
        responsibility=_responsibility(rows, plan, sector),
        tasks=tuple(task_row(plan, task) for task in sector.tasks),
        years=years_of(plan),
        targets=tuple(rows.target(e) for e in plan.targets if e.of.sector == sector.id),
        previous=_sector_neighbour(plan, place - 1),
        next=_sector_neighbour(plan, place + 1),
    )


def _sector_neighbour(plan: PlanIndex, place: int) -> Link:
    if not 0 <= place < len(plan.plan.sectors):
        return Link("")
    sector = plan.plan.sectors[place]
    return Link(f"板块{sector.number}　{sector.title}", addresses.sector(plan.plan.id, sector.number))


def task_view(rows: Rows, plan: PlanIndex, place: int) -> TaskView:
    """Build a task's page."""
    tasks = plan.plan.tasks
    task = tasks[place]
    sector = plan.sector(task.sector)
    link = Link(f"板块{sector.number}　{sector.title}", addresses.sector(plan.plan.id, sector.number))
    return TaskView(
        head=plan_head(
            plan,
            task.title,
            f"任务{task.number}“{task.title}”：{len(task.targets)} 项目标，总牵头单位{sector.lead_unit.name}，附原文。",
            above=(link,),
        ),
        label=f"任务 {task.number}",
        sector=link,
        responsibility=_responsibility(rows, plan, sector),
        paragraph=_paragraph(rows, plan, task),
        previous=_task_neighbour(plan, place - 1),
        next=_task_neighbour(plan, place + 1),
    )


def _task_neighbour(plan: PlanIndex, place: int) -> Link:
    tasks = plan.plan.tasks
    if not 0 <= place < len(tasks):
        return Link("")
    return Link(f"任务{tasks[place].number}　{tasks[place].title}", addresses.task(plan.plan.id, tasks[place].number))


def safeguard_view(rows: Rows, plan: PlanIndex, place: int) -> SafeguardView:
    """Build a safeguard's page."""
    own = plan.plan
    item = own.safeguards[place]
    named = [m.unit for m in (*item.responsible_units, *(owner.mention for owner in item.owners))]
    return SafeguardView(
        head=plan_head(
            plan,
            item.title,
            f"制度保障{item.number}“{item.title}”：责任单位、目标和定期事项，附原文。",
            above=(Link("制度保障", f"{addresses.plan(own.id)}#safeguards"),),
        ),
        label=f"制度保障 {item.number}",
        line=line_link(own.id, plan.line_of[item.id]),
        units=mention_links(item.responsible_units),
        units_line=line_link(own.id, plan.units_line_of[item.id]),
        owners=tuple((mention_links([owner.mention])[0], owner.phrase) for owner in item.owners),
        groups=tuple(_group_rows(rows, plan, tuple(dict.fromkeys(u for u in named if u in plan.groups)))),
        paragraph=_paragraph(rows, plan, item),
        previous=_safeguard_neighbour(plan, place - 1),
        next=_safeguard_neighbour(plan, place + 1),
    )


def _safeguard_neighbour(plan: PlanIndex, place: int) -> Link:
    items = plan.plan.safeguards
    if not 0 <= place < len(items):
        return Link("")
    return Link(
        f"制度保障{items[place].number}　{items[place].title}", addresses.safeguard(plan.plan.id, items[place].number)
    )


def _group_rows(rows: Rows, plan: PlanIndex, units: tuple[str | None, ...]) -> list[GroupRow]:
    return [
        GroupRow(
            group=unit_link(rows, unit),
            members=mention_links(plan.groups[unit].members),
            inferred=plan.groups[unit].reading == "inferred",
            note=plan.groups[unit].note,
        )
        for unit in units
        if unit
    ]


def _responsibility(rows: Rows, plan: PlanIndex, sector: Sector) -> Responsibility:
    lines = {line.kind: line.number for line in plan.lines if line.of == sector.id}
    names = {leader.id: leader.name for leader in rows.index.data.leaders}
    leader = sector.leader or ""
    return Responsibility(
        leader=Link(names[leader], addresses.leader(leader)),
        leader_printed=sector.leader_printed,
        leader_line=line_link(plan.plan.id, lines["supervising_leader"]),
        lead=mention_links([sector.lead_unit])[0],
        lead_line=line_link(plan.plan.id, lines["lead_unit"]),
        units=mention_links(sector.responsible_units),
        units_line=line_link(plan.plan.id, lines["responsible_units"]),
    )


def _paragraph(rows: Rows, plan: PlanIndex, item: Goal | Task | Safeguard) -> Paragraph:
    number = plan.text_line_of[item.id]
    return Paragraph(
        lead=plan.lines[number - 1].lead,
        sentences=item.sentences,
        line=line_link(plan.plan.id, number),
        years=years_of(plan),
        targets=tuple(rows.target(entry) for entry in plan.targets_of(item.id)),
        duties=tuple(rows.duty(entry) for entry in plan.duties_of(item.id)),
        citations=tuple(
            Link(entry.citation.title, entry.url)
            for entry in plan.citations
            if any(mention.of.id == item.id for mention in entry.mentions)
        ),
        oddities=tuple(
            (oddity.printed, oddity.reading, Link("详情", f"{addresses.plan(plan.plan.id, 'oddities')}#{oddity.id}"))
            for oddity in plan.plan.oddities
            if oddity.line == number
        ),
    )
