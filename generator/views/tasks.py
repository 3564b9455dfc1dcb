"""The page of a task."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from .common import Head, Link, Neighbours, item_link, neighbours, plan_head, sector_link, year_columns
from .paragraphs import CitedDocument, OddityNote, Paragraph, documents, oddities, paragraph
from .responsibility import Responsibility, responsibility
from .rows import TargetTable

if TYPE_CHECKING:
    from ..entries import PlanIndex
    from ..model import Safeguard, Task
    from .kin import Kin, Kinship
    from .rows import DutyRow, Rows, TargetRow


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskView:
    """A task's page."""

    head: Head
    label: str
    sector: Link
    responsibility: Responsibility
    paragraph: Paragraph
    targets: TargetTable
    directions: tuple[TargetRow, ...]
    """What it says besides that nobody could check."""
    duties: tuple[DutyRow, ...]
    documents: tuple[CitedDocument, ...]
    oddities: tuple[OddityNote, ...]
    siblings: tuple[Link, ...]
    """The sector's tasks, this one without an address."""
    kin: Kin
    neighbours: Neighbours


def task_view(rows: Rows, plan: PlanIndex, place: int, kinship: Kinship) -> TaskView:
    """Build a task's page."""
    tasks = plan.plan.tasks
    task = tasks[place]
    sector = plan.sector(task.sector)
    link, count = sector_link(plan, sector), len(plan.targets_of(task.id))
    return TaskView(
        head=plan_head(
            plan,
            task.title,
            f"任务{task.number}“{task.title}”：本站整理出 {count} 项目标，总牵头单位{sector.lead_unit.name}，附原文。",
            plan.owners[task.id].url,
            above=(link,),
            shows=(task.where,),
        ),
        label=f"任务 {task.number}",
        sector=link,
        responsibility=responsibility(rows, plan, sector),
        paragraph=paragraph(rows, plan, task),
        targets=target_table(rows, plan, task),
        directions=tuple(rows.target(entry) for entry in plan.directions_of(task.id)),
        duties=tuple(rows.duty(entry) for entry in plan.duties_of(task.id)),
        documents=documents(plan, task.id),
        oddities=oddities(plan, task.id),
        siblings=tuple(_sibling(plan, one, task) for one in sector.tasks),
        kin=kinship.of(task.id),
        neighbours=neighbours(tasks, place, partial(item_link, plan)),
    )


def target_table(rows: Rows, plan: PlanIndex, item: Task | Safeguard) -> TargetTable:
    """Return the targets of a task or safeguard at a glance."""
    return TargetTable(
        caption="本项目标，按年",
        years=year_columns(plan),
        rows=tuple(rows.target(entry) for entry in plan.targets_of(item.id)),
        shows_owner=False,
    )


def _sibling(plan: PlanIndex, one: Task, here: Task) -> Link:
    link = item_link(plan, one)
    return Link(link.text) if one.id == here.id else link
