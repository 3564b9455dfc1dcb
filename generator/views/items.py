"""The pages of a plan, a sector, a task and a safeguard."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from generator import addresses
from generator.views.common import (
    Head,
    Link,
    Names,
    Neighbours,
    TaskRow,
    cited_as,
    item_link,
    line_link,
    mention_links,
    neighbours,
    plan_head,
    printed_list,
    sector_link,
    sheet_links,
    task_row,
    unit_link,
    year_columns,
)
from generator.views.rows import TargetCell, TargetTable
from generator.views.start import PlanCard, plan_card

if TYPE_CHECKING:
    from generator.entries import PlanIndex
    from generator.model import Goal, Safeguard, Sector, Task
    from generator.views.rows import DutyRow, Rows, TargetRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Responsibility:
    """Who supervises, leads and takes part in a sector."""

    leader: Link
    leader_printed: str
    """The printed name; empty where it is the registered one."""
    leader_line: Link
    lead: Link
    lead_line: Link
    units: tuple[Names, ...]
    units_line: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class OddityNote:
    """An oddity in the lines of an item."""

    printed: str
    reading: str
    more: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedDocument:
    """A document that an item names."""

    link: Link
    document_number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """The printed paragraph of an item and what was made of it."""

    lead: str
    """Number and title as printed; empty for a safeguard."""
    sentences: tuple[str, ...]
    line: Link
    url: str
    """Of the item's page."""
    cite: str
    targets: TargetTable
    duties: tuple[DutyRow, ...]
    citations: tuple[CitedDocument, ...]
    oddities: tuple[OddityNote, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalTarget:
    """A target of a year's goal."""

    row: TargetRow
    cells: tuple[TargetCell, ...]
    """What it asks for; without a label in the goal's own year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalRow:
    """A year's goal."""

    id: str
    title: str
    sentences: tuple[str, ...]
    line: Link
    targets: tuple[GoalTarget, ...]
    oddities: tuple[OddityNote, ...]


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
    title: str
    card: PlanCard
    sheets: tuple[Link, ...]
    """The files to take away."""
    goals: tuple[GoalRow, ...]
    guiding: str
    guiding_line: Link
    preamble: str
    preamble_line: Link
    safeguards: tuple[TaskRow, ...]
    groups: tuple[GroupRow, ...]
    addressees: str
    """Without the colon that ends the printed line."""
    publicity: str
    basis: tuple[CitedDocument, ...]
    """Documents named before the goals."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SectorView:
    """A sector's page."""

    head: Head
    label: str
    line: Link
    responsibility: Responsibility
    tasks: tuple[TaskRow, ...]
    targets: TargetTable
    oddities: tuple[OddityNote, ...]
    neighbours: Neighbours


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskView:
    """A task's page."""

    head: Head
    label: str
    sector: Link
    responsibility: Responsibility
    paragraph: Paragraph
    neighbours: Neighbours


@dataclass(frozen=True, slots=True, kw_only=True)
class SafeguardView:
    """A safeguard's page."""

    head: Head
    label: str
    line: Link
    units: tuple[Names, ...]
    units_line: Link
    owners: tuple[tuple[Link, str], ...]
    """(unit, printed words with the bracket)."""
    groups: tuple[GroupRow, ...]
    paragraph: Paragraph
    neighbours: Neighbours


def plan_view(rows: Rows, plan: PlanIndex) -> PlanView:
    """Build a plan's own page."""
    own = plan.plan
    line = {entry.kind: entry.number for entry in plan.lines}
    issuers = "、".join(own.notice.issuers)
    return PlanView(
        head=plan_head(
            plan,
            f"{own.short_title}概览",
            f"{own.title}，{issuers}{own.notice.date}印发：板块、任务、制度保障和总体目标。",
            addresses.plan(own.id),
        ),
        sheets=sheet_links(addresses.plan(own.id) + own.id),
        title=own.title,
        card=plan_card(rows, plan),
        goals=tuple(_goal_row(rows, plan, goal) for goal in own.goals),
        guiding="".join(own.guiding),
        guiding_line=line_link(own.id, line["guiding"]),
        preamble="".join(own.preamble),
        preamble_line=line_link(own.id, line["preamble"]),
        safeguards=tuple(task_row(plan, item) for item in own.safeguards),
        groups=_group_rows(rows, plan, tuple(plan.groups)),
        addressees=own.notice.addressees.rstrip("：:"),
        publicity=own.notice.publicity,
        basis=_cited(plan, "guiding"),
    )


def _goal_row(rows: Rows, plan: PlanIndex, goal: Goal) -> GoalRow:
    title = f"{goal.year}年"
    return GoalRow(
        id=goal.id,
        title=title,
        sentences=goal.sentences,
        line=line_link(plan.plan.id, plan.text_line_of[goal.id]),
        targets=tuple(_goal_target(rows.target(entry), title) for entry in plan.targets_of(goal.id)),
        oddities=_oddities(plan, goal.id),
    )


def _goal_target(row: TargetRow, year: str) -> GoalTarget:
    cells = (replace(cell, label="" if cell.label == year else f"{cell.label}：") for cell in row.cells if cell.values)
    return GoalTarget(row=row, cells=tuple(cells))


def sector_view(rows: Rows, plan: PlanIndex, place: int) -> SectorView:
    """Build a sector's page."""
    own = plan.plan
    sector = own.sectors[place]
    return SectorView(
        head=plan_head(
            plan,
            sector.title,
            f"板块{sector.number}“{sector.title}”：{len(sector.tasks)} 项任务，总牵头单位{sector.lead_unit.name}。",
            addresses.sector(own.id, sector.number),
            above=(Link("板块", addresses.plan(own.id, "sectors")),),
        ),
        label=f"板块 {sector.number}",
        line=line_link(own.id, plan.line_of[sector.id]),
        responsibility=_responsibility(rows, plan, sector),
        tasks=tuple(task_row(plan, task) for task in sector.tasks),
        targets=TargetTable(
            caption="本板块目标，按年",
            years=year_columns(plan),
            rows=tuple(rows.target(entry) for entry in plan.targets if entry.of.sector == sector.id),
        ),
        oddities=_oddities(plan, sector.id),
        neighbours=neighbours(own.sectors, place, partial(sector_link, plan)),
    )


def task_view(rows: Rows, plan: PlanIndex, place: int) -> TaskView:
    """Build a task's page."""
    tasks = plan.plan.tasks
    task = tasks[place]
    sector = plan.sector(task.sector)
    link = sector_link(plan, sector)
    return TaskView(
        head=plan_head(
            plan,
            task.title,
            f"任务{task.number}“{task.title}”：{len(task.targets)} 项目标，总牵头单位{sector.lead_unit.name}，附原文。",
            plan.owners[task.id].url,
            above=(link,),
        ),
        label=f"任务 {task.number}",
        sector=link,
        responsibility=_responsibility(rows, plan, sector),
        paragraph=_paragraph(rows, plan, task),
        neighbours=neighbours(tasks, place, partial(item_link, plan)),
    )


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
            plan.owners[item.id].url,
            above=(Link("制度保障", addresses.plan(own.id, "safeguards")),),
        ),
        label=f"制度保障 {item.number}",
        line=line_link(own.id, plan.line_of[item.id]),
        units=printed_list(item.responsible_units),
        units_line=line_link(own.id, plan.units_line_of[item.id]),
        owners=tuple((mention_links([owner.mention])[0], owner.phrase) for owner in item.owners),
        groups=_group_rows(rows, plan, tuple(dict.fromkeys(u for u in named if u in plan.groups))),
        paragraph=_paragraph(rows, plan, item),
        neighbours=neighbours(own.safeguards, place, partial(item_link, plan)),
    )


def _group_rows(rows: Rows, plan: PlanIndex, units: tuple[str | None, ...]) -> tuple[GroupRow, ...]:
    found = [(unit_link(rows, unit), plan.groups[unit]) for unit in units if unit]
    return tuple(
        GroupRow(
            group=link,
            members=mention_links(group.members),
            # Without members there is nothing that could be inferred.
            inferred=group.reading == "inferred" and bool(group.members),
            note=group.note,
        )
        for link, group in found
    )


def _responsibility(rows: Rows, plan: PlanIndex, sector: Sector) -> Responsibility:
    lines = {line.kind: line.number for line in plan.lines if line.of == sector.id}
    names = {leader.id: leader.name for leader in rows.index.data.leaders}
    leader = sector.leader or ""
    return Responsibility(
        leader=Link(names[leader], addresses.leader(leader)),
        leader_printed=sector.leader_printed if sector.leader_printed != names[leader] else "",
        leader_line=line_link(plan.plan.id, lines["supervising_leader"]),
        lead=mention_links([sector.lead_unit])[0],
        lead_line=line_link(plan.plan.id, lines["lead_unit"]),
        units=printed_list(sector.responsible_units),
        units_line=line_link(plan.plan.id, lines["responsible_units"]),
    )


def _paragraph(rows: Rows, plan: PlanIndex, item: Task | Safeguard) -> Paragraph:
    number = plan.text_line_of[item.id]
    return Paragraph(
        lead=plan.lines[number - 1].lead,
        sentences=item.sentences,
        line=line_link(plan.plan.id, number),
        url=plan.owners[item.id].url,
        cite=cited_as(plan.owners[item.id]),
        targets=TargetTable(
            caption="本项目标，按年",
            years=year_columns(plan),
            rows=tuple(rows.target(entry) for entry in plan.targets_of(item.id)),
            shows_owner=False,
        ),
        duties=tuple(rows.duty(entry) for entry in plan.duties_of(item.id)),
        citations=_cited(plan, item.id),
        oddities=_oddities(plan, item.id),
    )


def _cited(plan: PlanIndex, of: str) -> tuple[CitedDocument, ...]:
    """List the documents that an item names, each once."""
    return tuple(
        CitedDocument(link=Link(entry.citation.title, entry.url), document_number=entry.citation.document_number or "")
        for entry in plan.citations_of(of)
    )


def _oddities(plan: PlanIndex, of: str) -> tuple[OddityNote, ...]:
    """List the oddities in the lines of an item."""
    base = addresses.plan(plan.plan.id, "oddities")
    return tuple(
        OddityNote(printed=oddity.printed, reading=oddity.reading, more=Link("详情", f"{base}#{oddity.id}"))
        for oddity in plan.plan.oddities
        if plan.lines[oddity.line - 1].of == of
    )
