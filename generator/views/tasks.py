"""The page of a task."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from .. import addresses
from .citing import cited_as
from .common import year_columns
from .heads import View, plan_head, sections
from .links import Link, Neighbours, item_link, neighbours, page_label
from .paragraphs import CitedDocument, ItemText, OddityNote, documents, oddities, paragraph
from .responsibility import GroupRow, Who, group_rows, lead_text, who
from .rows import TargetTable, deadline_row
from .terms import NOTES

if TYPE_CHECKING:
    from ..index.records import PlanIndex
    from ..model import Part
    from .kin import Kin, Kinship
    from .rows import DeadlineRow, DutyRow, Rows, TargetRow


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskView(View):
    """A task's page."""

    label: str
    is_ours: bool
    """Whether the title is the site's."""
    who: Who
    deadline: DeadlineRow | None
    groups: tuple[GroupRow, ...]
    """What the groups stand for that the task itself names."""
    paragraph: ItemText
    targets: TargetTable
    directions: tuple[TargetRow, ...]
    """What it says besides that nobody could check."""
    duties: tuple[DutyRow, ...]
    documents: tuple[CitedDocument, ...]
    oddities: tuple[OddityNote, ...]
    siblings: tuple[Link, ...]
    """The sector's tasks, this one without an address; empty outside of sectors."""
    kin: Kin
    neighbours: Neighbours

    @property
    def headings(self) -> dict[str, str]:
        """The sections of the page."""
        return sections(
            (True, "text", "原文"),
            (self.targets.rows, "targets", "目标一览"),
            (self.directions, "directions", "方向性表述"),
            (self.duties, "duties", "定期事项"),
            (True, "who", "谁负责"),
            (self.documents, "citations", "引用文件"),
            (self.oddities, "oddities", "印刷疑误"),
            (self.siblings or self.kin.by_terms or self.kin.by_units, "related", "相关任务"),
            (self.paragraph.terms, "terms", NOTES),
        )


def task_view(rows: Rows, plan: PlanIndex, place: int, kinship: Kinship) -> TaskView:
    """Build a task's page."""
    tasks = plan.tasks
    task = tasks[place]
    owner = plan.owners[task.id]
    sector = plan.sector(task.sector) if task.sector else None
    above = item_link(plan, sector) if sector else Link("任务", addresses.plan(plan.id, "tasks"))
    facts = (f"本站整理出 {len(plan.targets_of(task.id))} 项目标", lead_text(plan, task), "附原文")
    return TaskView(
        head=plan_head(
            plan,
            task.title,
            f"{cited_as(owner)}：{'，'.join(filter(None, facts))}。",
            owner.url,
            above=(above,),
            shows=(task.opens_at,),
        ),
        label=page_label(owner),
        is_ours=task.title_reading == "inferred",
        who=who(rows, plan, task),
        deadline=deadline_row(plan, task),
        groups=named_groups(rows, plan, task),
        paragraph=paragraph(rows, plan, task),
        targets=target_table(rows, plan, task),
        directions=tuple(rows.target(entry) for entry in plan.directions_of(task.id)),
        duties=tuple(rows.duty(entry) for entry in plan.duties_of(task.id)),
        documents=documents(plan, task.id),
        oddities=oddities(plan, task.id),
        siblings=tuple(_sibling(plan, one, task) for one in (sector.tasks if sector else ())),
        kin=kinship.of(task.id),
        neighbours=neighbours(tasks, place, partial(item_link, plan)),
    )


def named_groups(rows: Rows, plan: PlanIndex, item: Part) -> tuple[GroupRow, ...]:
    """Say what the groups stand for that an item itself names."""
    charges = sorted(plan.charges_of.get(item.id, ()), key=lambda charge: charge.responsibility.covers == "quote")
    named = [mention.unit for charge in charges for mention in charge.responsibility.names]
    return group_rows(rows, plan, tuple(dict.fromkeys(unit for unit in named if unit in plan.groups)))


def target_table(rows: Rows, plan: PlanIndex, item: Part) -> TargetTable:
    """Return the targets of a task or safeguard at a glance."""
    return TargetTable(
        caption="本项目标，按年",
        years=year_columns(plan),
        rows=tuple(rows.target(entry) for entry in plan.targets_of(item.id)),
        shows_owner=False,
    )


def _sibling(plan: PlanIndex, one: Part, here: Part) -> Link:
    link = item_link(plan, one)
    return Link(link.text) if one.id == here.id else link
