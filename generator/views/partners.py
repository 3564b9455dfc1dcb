"""With whom a unit shares its tasks, and which."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .. import addresses
from .links import Link, unit_link

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..index.records import Owner, Partner, UnitEntry
    from .rows import Rows

OPEN = 8
"""So many are shown at once, the rest is folded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedSector:
    """The tasks of one sector, or outside of sectors, that two units share."""

    link: Link
    """板块1, leading to its tasks further up on the page; outside of sectors the plan, if there are several."""
    tasks: str
    """任务1—3."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerRow:
    """A unit that shares tasks with the unit of the page."""

    unit: Link
    count: int
    sectors: tuple[SharedSector, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Partners:
    """All units that share tasks with the unit of the page, most first."""

    open: tuple[PartnerRow, ...]
    folded: tuple[PartnerRow, ...]


def partners(rows: Rows, entry: UnitEntry) -> Partners:
    """List the units that share tasks with a unit."""
    found = tuple(_partner_row(rows, partner) for partner in entry.works_with)
    return Partners(open=found[:OPEN], folded=found[OPEN:])


def _partner_row(rows: Rows, partner: Partner) -> PartnerRow:
    tasks: dict[tuple[str, str | None], list[Owner]] = {}
    for plan_id, task_id in partner.tasks:
        owner = rows.index.plan(plan_id).owners[task_id]
        tasks.setdefault((plan_id, owner.sector), []).append(owner)
    return PartnerRow(
        unit=unit_link(rows.index, partner.unit),
        count=len(partner.tasks),
        sectors=tuple(_shared(rows, *place, found) for place, found in tasks.items()),
    )


def _shared(rows: Rows, plan_id: str, sector_id: str | None, tasks: Sequence[Owner]) -> SharedSector:
    name = rows.plan_name(plan_id)
    if sector_id:
        sector = rows.index.plan(plan_id).owners[sector_id]
        called = sector.label if sector.number else sector.title
        link = Link(f"{name}{called}", f"#{addresses.sector_anchor(plan_id, sector_id)}")
    else:
        link = Link(name)
    labels = "、".join(rows.short_label(plan_id, task) for task in tasks)
    numbers = [task.number for task in tasks if task.number and rows.short_label(plan_id, task) == f"任务{task.number}"]
    return SharedSector(link=link, tasks=f"任务{ranges(numbers)}" if len(numbers) == len(tasks) else labels)


def ranges(numbers: Sequence[int]) -> str:
    """Write rising numbers: 1—3、5."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return "、".join(f"{run[0]}—{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
