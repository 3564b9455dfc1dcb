"""Plain lists that stand above the pages of plans, sectors, tasks and safeguards.

They are what a reader finds who shortens an address.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .. import addresses
from ..text.wording import date_text
from .heads import View, plan_head, sections, site_head
from .links import Link, item_link
from .responsibility import supervises
from .sectors import task_brief
from .shape import period_text, unsectored

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..index.records import PlanIndex
    from ..model import Part
    from .rows import Rows


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRow:
    """A page in a list."""

    link: Link
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPart:
    """The pages under one heading."""

    id: str
    title: Link
    """Empty for a list without headings."""
    hint: str
    rows: tuple[ListRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListView(View):
    """A list of pages of one kind."""

    hint: str
    parts: tuple[ListPart, ...]

    @property
    def headings(self) -> dict[str, str]:
        """The sections of the page."""
        return sections(
            *((part.title.text, part.id, part.title.text) for part in self.parts),
        )


def plans_view(rows: Rows) -> ListView:
    """List all plans."""
    entries = [
        ListRow(link=Link(plan.plan.title, addresses.plan(plan.id)), note=_plan_note(plan)) for plan in rows.index.plans
    ]
    head = site_head(rows.index, "全部方案", "本站收录的方案。", shows=(plan.plan.where for plan in rows.index.plans))
    return ListView(head=head, hint="", parts=_plain(entries))


def _plan_note(plan: PlanIndex) -> str:
    own = plan.plan
    ours = "本站拟题" if own.title_reading == "inferred" else ""
    issued = f"{date_text(own.issued_on)}印发" if own.issued_on else ""
    period = f"期限 {said}" if (said := period_text(own)) else ""
    return "，".join(filter(None, (ours, issued, period)))


def sectors_view(rows: Rows, plan: PlanIndex) -> ListView:  # noqa: ARG001 - one signature for all parts of a plan
    """List a plan's sectors."""
    sectors = plan.sectors
    entries = [
        ListRow(
            link=item_link(plan, sector),
            note="，".join((*_in_charge(sector), f"{len(sector.tasks)} 项任务")),
        )
        for sector in sectors
    ]
    address = addresses.plan(plan.id, "sectors")
    led = "，各由谁牵头、有几项任务" if any(sector.lead_unit for sector in sectors) else "，各有几项任务"
    head = plan_head(
        plan,
        "板块",
        f"方案的 {len(entries)} 个板块{led}。",
        address,
        shows=(sector.opens_at for sector in sectors),
    )
    return ListView(head=head, hint="", parts=_plain(entries))


def tasks_view(rows: Rows, plan: PlanIndex) -> ListView:
    """List a plan's tasks by sector."""
    sectors, tasks, alone = plan.sectors, plan.tasks, unsectored(plan)
    parts = [
        ListPart(
            id=sector.id,
            title=item_link(plan, sector),
            hint="，".join(_in_charge(sector)),
            rows=tuple(_task_row(rows, plan, task) for task in sector.tasks),
        )
        for sector in sectors
    ]
    if alone:
        title = Link("板块以外的任务" if sectors else "")
        found = tuple(_task_row(rows, plan, task) for task in alone)
        # Two hyphens, which no id holds.
        parts.append(ListPart(id="tasks--alone", title=title, hint="", rows=found))
    address = addresses.plan(plan.id, "tasks")
    by_sector = "，按板块列出" if sectors else ""
    head = plan_head(
        plan, "任务", f"方案的 {len(tasks)} 项任务{by_sector}。", address, shows=(task.opens_at for task in tasks)
    )
    return ListView(head=head, hint="", parts=tuple(parts))


def _in_charge(part: Part) -> tuple[str, ...]:
    """Say who leads and who supervises a sector or task: 区发展改革局牵头, 杨凯督办."""
    whole = [one for one in part.responsibilities if one.covers == "part"]
    leads = ["、".join(m.name for m in part.named("lead"))]
    above = [f"{'、'.join(m.name for m in r.names)}{supervises(r.label)}" for r in whole if r.role == "supervise"]
    return (*(f"{names}牵头" for names in leads if names), *above)


def _task_row(rows: Rows, plan: PlanIndex, task: Part) -> ListRow:
    until = f"完成时限：{task.deadline.text}" if task.deadline else ""
    facts = ("，".join(_in_charge(task)), until, task_brief(rows, plan, task).idea)
    return ListRow(link=item_link(plan, task), note="。".join(filter(None, facts)))


def safeguards_view(rows: Rows, plan: PlanIndex) -> ListView:  # noqa: ARG001 - one signature for all parts of a plan
    """List a plan's safeguards."""
    items = plan.safeguards
    address = addresses.plan(plan.id, "safeguards")
    head = plan_head(
        plan, "制度保障", f"方案的 {len(items)} 项制度保障。", address, shows=(item.opens_at for item in items)
    )
    return ListView(head=head, hint="", parts=_plain(_item_rows(plan, items)))


def _item_rows(plan: PlanIndex, items: Sequence[Part]) -> tuple[ListRow, ...]:
    return tuple(
        ListRow(link=item_link(plan, item), note=f"{count} 项目标" if (count := len(plan.targets_of(item.id))) else "")
        for item in items
    )


def _plain(rows: Sequence[ListRow]) -> tuple[ListPart, ...]:
    return (ListPart(id="list", title=Link(""), hint="", rows=tuple(rows)),) if rows else ()
