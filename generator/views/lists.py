"""Plain lists that stand above the pages of plans, sectors, tasks and safeguards.

They are what a reader finds who shortens an address.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .. import addresses
from .common import Head, Link, item_link, plan_head, sector_link, site_head
from .sectors import task_brief

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..entries import PlanIndex
    from ..model import Safeguard, Task
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
class ListView:
    """A list of pages of one kind."""

    head: Head
    hint: str
    parts: tuple[ListPart, ...]


def plans_view(rows: Rows) -> ListView:
    """List all plans."""
    entries = [
        ListRow(
            link=Link(plan.plan.title, addresses.plan(plan.plan.id)),
            note=f"{plan.plan.notice.date}印发，期限 {plan.plan.start}—{plan.plan.end}年",
        )
        for plan in rows.index.plans
    ]
    head = site_head(rows, "全部方案", "本站收录的方案。", shows=(plan.plan.where for plan in rows.index.plans))
    return ListView(head=head, hint="", parts=_plain(entries))


def sectors_view(rows: Rows, plan: PlanIndex) -> ListView:
    """List a plan's sectors."""
    leaders = {leader.id: leader.name for leader in rows.index.data.leaders}
    entries = [
        ListRow(
            link=sector_link(plan, sector),
            note=f"{sector.lead_unit.name}牵头，{leaders[sector.leader or '']}督办，{len(sector.tasks)} 项任务",
        )
        for sector in plan.plan.sectors
    ]
    address = addresses.plan(plan.plan.id, "sectors")
    head = plan_head(
        plan,
        "板块",
        f"方案的 {len(entries)} 个板块，各由谁牵头、有几项任务。",
        address,
        shows=(sector.where for sector in plan.plan.sectors),
    )
    return ListView(head=head, hint="", parts=_plain(entries))


def tasks_view(rows: Rows, plan: PlanIndex) -> ListView:
    """List a plan's tasks by sector."""
    leaders = {leader.id: leader.name for leader in rows.index.data.leaders}
    parts = tuple(
        ListPart(
            id=sector.id,
            title=sector_link(plan, sector),
            hint=f"{sector.lead_unit.name}牵头，{leaders[sector.leader or '']}督办",
            rows=tuple(
                ListRow(link=item_link(plan, task), note=task_brief(rows, plan, task).idea) for task in sector.tasks
            ),
        )
        for sector in plan.plan.sectors
    )
    address = addresses.plan(plan.plan.id, "tasks")
    head = plan_head(
        plan,
        "任务",
        f"方案的 {len(plan.plan.tasks)} 项任务，按板块列出。",
        address,
        shows=(task.where for task in plan.plan.tasks),
    )
    return ListView(head=head, hint="", parts=parts)


def safeguards_view(rows: Rows, plan: PlanIndex) -> ListView:  # noqa: ARG001 - one signature for all parts of a plan
    """List a plan's safeguards."""
    items = plan.plan.safeguards
    address = addresses.plan(plan.plan.id, "safeguards")
    head = plan_head(
        plan, "制度保障", f"方案的 {len(items)} 项制度保障。", address, shows=(item.where for item in items)
    )
    hint = "" if items else "方案没有列出制度保障。"
    return ListView(head=head, hint=hint, parts=_plain(_item_rows(plan, items)))


def _item_rows(plan: PlanIndex, items: Sequence[Task | Safeguard]) -> tuple[ListRow, ...]:
    return tuple(
        ListRow(link=item_link(plan, item), note=f"{count} 项目标" if (count := len(plan.targets_of(item.id))) else "")
        for item in items
    )


def _plain(rows: Sequence[ListRow]) -> tuple[ListPart, ...]:
    return (ListPart(id="list", title=Link(""), hint="", rows=tuple(rows)),) if rows else ()
