"""The page of a sector."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from .. import addresses
from .citing import cited_as
from .common import Tally, year_columns
from .heads import View, plan_head, sections
from .links import Link, Neighbours, item_link, line_link, neighbours, page_label
from .paragraphs import OddityNote, oddities
from .responsibility import Who, lead_text, who
from .rows import TargetTable

if TYPE_CHECKING:
    from ..index.records import PlanIndex
    from ..model import Part
    from .rows import DutyRow, Rows, TargetRow

SHOWN: Final = 3
"""So many targets stand for all those of a task."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskBrief:
    """A task with what it asks for in one line."""

    number: int | None
    title: str
    is_ours: bool
    """Whether the title is the site's."""
    url: str
    idea: str
    """Its first targets, figures before words, and how many there are; empty without any."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SectorView(View):
    """A sector's page."""

    label: str
    is_ours: bool
    """Whether the title is the site's."""
    line: Link
    figures: tuple[Tally, ...]
    """How much it asks for, by type."""
    who: Who
    tasks: tuple[TaskBrief, ...]
    targets: TargetTable
    directions: tuple[TargetRow, ...]
    """What its tasks say that nobody could check."""
    duties: tuple[DutyRow, ...]
    oddities: tuple[OddityNote, ...]
    oddities_hint: str
    neighbours: Neighbours

    @property
    def headings(self) -> dict[str, str]:
        """The sections of the page."""
        return sections(
            (self.who.rows, "who", "谁负责"),
            (self.tasks, "tasks", "任务"),
            (self.targets.rows, "targets", "目标一览"),
            (self.directions, "directions", "方向性表述"),
            (self.duties, "duties", "定期事项"),
            (self.oddities, "oddities", "印刷疑误"),
        )


def sector_view(rows: Rows, plan: PlanIndex, place: int) -> SectorView:
    """Build a sector's page."""
    own = plan.plan
    sector = own.sectors[place]
    targets = tuple(rows.target(entry) for task in sector.tasks for entry in plan.targets_of(task.id))
    duties = tuple(rows.duty(entry) for task in sector.tasks for entry in plan.duties_of(task.id))
    owner = plan.owners[sector.id]
    lead = "，".join(filter(None, (f"{len(sector.tasks)} 项任务", lead_text(plan, sector))))
    return SectorView(
        head=plan_head(
            plan,
            sector.title,
            f"{cited_as(owner)}：{lead}。",
            owner.url,
            above=(Link("板块", addresses.plan(own.id, "sectors")),),
            shows=(sector.opens_at,),
        ),
        label=page_label(owner),
        is_ours=sector.title_reading == "inferred",
        line=line_link(own.id, plan.line_of[sector.id]),
        figures=_figures(sector, targets, duties),
        who=who(rows, plan, sector),
        tasks=tuple(task_brief(rows, plan, task) for task in sector.tasks),
        targets=TargetTable(caption="本板块目标，按年", years=year_columns(plan), rows=targets),
        directions=tuple(rows.target(entry) for task in sector.tasks for entry in plan.directions_of(task.id)),
        duties=duties,
        oddities=oddities(plan, sector.id),
        oddities_hint=f"板块标题{'和责任单位几行' if sector.responsibilities else ''}里的；各任务的，见任务页。",
        neighbours=neighbours(own.sectors, place, partial(item_link, plan)),
    )


def _figures(sector: Part, targets: tuple[TargetRow, ...], duties: tuple[DutyRow, ...]) -> tuple[Tally, ...]:
    metrics = sum(row.target.type == "metric" for row in targets)
    counts = (
        ("任务", len(sector.tasks), "#tasks"),
        ("目标值", metrics, "#targets"),
        ("阶段性目标", len(targets) - metrics, "#targets"),
        ("定期事项", len(duties), "#duties"),
    )
    return tuple(Tally(label=label, number=number, url=url) for label, number, url in counts if number)


def task_brief(rows: Rows, plan: PlanIndex, task: Part) -> TaskBrief:
    """Return a task with what it asks for in one line."""
    targets = sorted((rows.target(entry) for entry in plan.targets_of(task.id)), key=lambda row: not _figure(row))
    shown = "；".join(_words(row) for row in targets[:SHOWN])
    return TaskBrief(
        number=task.number,
        title=task.title,
        is_ours=task.title_reading == "inferred",
        url=plan.owners[task.id].url,
        idea=f"{shown}；等 {len(targets)} 项目标" if len(targets) > SHOWN else shown,
    )


def _words(row: TargetRow) -> str:
    """Write a target in short: a figure with what the last year asks for, words by their name alone."""
    figure = _figure(row)
    return f"{row.target.indicator} {figure}" if figure else row.target.indicator


def _figure(row: TargetRow) -> str:
    """Return the figure of the last year that has one: 2024年不低于96%."""
    if row.target.type != "metric":
        return ""
    dated = [(cell.label if cell.is_dated else "", value.text) for cell in row.cells for value in cell.values]
    return next((f"{when}{text}" for when, text in reversed(dated) if any(map(str.isdigit, text))), "")
