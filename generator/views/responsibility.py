"""Who supervises, leads and takes part: of a sector, whose units answer for all its tasks, and of a safeguard."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .. import addresses
from .common import Link, Names, line_link, mention_links, printed_list, unit_link

if TYPE_CHECKING:
    from ..entries import PlanIndex
    from ..model import Sector
    from .rows import Rows


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
    unit_count: int
    """How many units take part, each counted once."""
    mention_count: int
    """How often one of them is printed."""
    repeated: tuple[Link, ...]
    """Those that are printed more than once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupRow:
    """A group of units and what it stands for."""

    group: Link
    members: tuple[Link, ...]
    inferred: bool
    note: str


def responsibility(rows: Rows, plan: PlanIndex, sector: Sector) -> Responsibility:
    """Say who is responsible for a sector and its tasks."""
    lines = {line.kind: line.number for line in plan.lines if line.of == sector.id}
    names = {leader.id: leader.name for leader in rows.index.data.leaders}
    leader = sector.leader or ""
    printed = Counter(mention.unit or "" for mention in sector.responsible_units)
    return Responsibility(
        leader=Link(names[leader], addresses.leader(leader)),
        leader_printed=sector.leader_printed if sector.leader_printed != names[leader] else "",
        leader_line=line_link(plan.plan.id, lines["supervising_leader"]),
        lead=mention_links([sector.lead_unit])[0],
        lead_line=line_link(plan.plan.id, lines["lead_unit"]),
        units=printed_list(sector.responsible_units),
        units_line=line_link(plan.plan.id, lines["responsible_units"]),
        unit_count=len(printed),
        mention_count=printed.total(),
        repeated=tuple(unit_link(rows, unit) for unit, count in printed.items() if count > 1),
    )


def group_rows(rows: Rows, plan: PlanIndex, units: tuple[str | None, ...]) -> tuple[GroupRow, ...]:
    """Say what groups of units stand for."""
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
