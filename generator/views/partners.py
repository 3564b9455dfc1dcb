"""With whom a unit shares its tasks, and which."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .. import addresses
from .common import Link, unit_link

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..entries import Partner, UnitEntry
    from .rows import Rows

OPEN = 8
"""So many are shown at once, the rest is folded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedSector:
    """The tasks of one sector that two units share."""

    link: Link
    """板块1, leading to its tasks further up on the page."""
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
    numbers: dict[tuple[str, str], list[int]] = {}
    for plan_id, task_id in partner.tasks:
        owner = rows.index.plan(plan_id).owners[task_id]
        numbers.setdefault((plan_id, owner.sector or ""), []).append(owner.number)
    return PartnerRow(
        unit=unit_link(rows, partner.unit),
        count=len(partner.tasks),
        sectors=tuple(_shared(rows, *place, found) for place, found in numbers.items()),
    )


def _shared(rows: Rows, plan_id: str, sector_id: str, numbers: Sequence[int]) -> SharedSector:
    sector = rows.index.plan(plan_id).sector(sector_id)
    return SharedSector(
        link=Link(f"{rows.plan_name(plan_id)}板块{sector.number}", f"#{addresses.sector_anchor(plan_id, sector_id)}"),
        tasks=f"任务{ranges(numbers)}",
    )


def ranges(numbers: Sequence[int]) -> str:
    """Write rising numbers: 1—3、5."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return "、".join(f"{run[0]}—{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
