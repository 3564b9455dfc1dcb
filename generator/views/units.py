"""The responsibility page of one unit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator import addresses
from generator.terms import ROLES
from generator.views.common import (
    DutyRow,
    Head,
    Link,
    Rows,
    TargetRow,
    line_link,
    site_head,
    unit_link,
    years_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.index import Obligation, TargetEntry, UnitEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class ObligationRow:
    """A task or safeguard in which the unit appears."""

    number: int
    title: str
    url: str
    role: str
    printed: str
    """The name as the plan prints it here."""
    line: Link
    targets: tuple[TargetRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ObligationGroup:
    """The obligations under one heading: a sector, or the safeguards."""

    title: Link
    rows: tuple[ObligationRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The obligations in one role."""

    id: str
    title: str
    hint: str
    groups: tuple[ObligationGroup, ...]
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetTable:
    """The unit's targets in one plan."""

    title: str
    years: tuple[int, ...]
    rows: tuple[TargetRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """A group that the unit belongs to."""

    group: Link
    inferred: bool
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitView:
    """Everything the page of one unit (单位) shows."""

    head: Head
    name: str
    kind: str
    is_group: bool
    note: str
    aliases: tuple[tuple[str, str, str], ...]
    """(name, kind, source)."""
    counts: tuple[tuple[str, int, str], ...]
    """(label, number, anchor)."""
    parts: tuple[Part, ...]
    targets: tuple[TargetTable, ...]
    duties: tuple[DutyRow, ...]
    receives: tuple[DutyRow, ...]
    works_with: tuple[tuple[Link, int], ...]
    member_of: tuple[Membership, ...]
    members: tuple[tuple[str, tuple[Link, ...], bool, str], ...]
    """For a group, by plan: (plan, members, inferred, note)."""


_PARTS = (
    ("lead", "牵头的任务", "作为总牵头单位的板块，其中每项任务都由它牵头。"),
    ("responsible", "参与的任务", "方案按板块列责任单位，没有逐项分工；列名的板块，其中每项任务都列在这里。"),
    ("safeguards", "制度保障", "在制度保障的责任单位中列名，或由正文括注负责。"),
    ("via", "经统称适用的事项", "方案没有直接点名，只写了统称；是否适用按统称所指推断。"),
)


def unit_view(rows: Rows, entry: UnitEntry) -> UnitView:
    """Build the page of a unit."""
    unit, counts = entry.unit, entry.counts
    parts = tuple(part for part in (_part(rows, entry, *row) for row in _PARTS) if part.count)
    return UnitView(
        head=site_head(rows, unit.name, _description(entry), (Link("单位", "units/"),)),
        name=unit.name,
        kind=unit.kind,
        is_group=unit.is_group,
        note=unit.note or "",
        aliases=tuple((alias.name, alias.kind, alias.source or "") for alias in unit.aliases),
        counts=(
            ("牵头板块", counts.lead_sectors, "#lead"),
            ("牵头任务", counts.lead_tasks, "#lead"),
            ("参与任务", counts.responsible_tasks, "#responsible"),
            ("制度保障", counts.safeguards, "#safeguards"),
            ("任务目标", len(entry.targets), "#targets"),
            ("定期事项", sum(duty.via is None for duty in entry.duties), "#duties"),
        ),
        parts=parts,
        targets=tuple(_target_tables(rows, entry)),
        duties=tuple(rows.duty(duty.entry) for duty in entry.duties if duty.via is None),
        receives=tuple(rows.duty(duty.entry) for duty in entry.receives),
        works_with=tuple((unit_link(rows, other), shared) for other, shared in entry.works_with),
        member_of=tuple(
            Membership(
                group=unit_link(rows, group.group.unit or ""), inferred=group.reading == "inferred", note=group.note
            )
            for _, group in entry.member_of
        ),
        members=tuple(_members(rows, unit.id)),
    )


def _description(entry: UnitEntry) -> str:
    counts = entry.counts
    return (
        f"{entry.unit.name}承担的全部事项：牵头 {counts.lead_tasks} 项任务，参与 {counts.responsible_tasks} 项任务，"
        f"{counts.safeguards} 项制度保障，逐条附原文出处。"
    )


def _part(rows: Rows, entry: UnitEntry, part_id: str, title: str, hint: str) -> Part:
    chosen = [o for o in entry.obligations if _part_of(o) == part_id]
    return Part(id=part_id, title=title, hint=hint, groups=tuple(_grouped(rows, chosen)), count=len(chosen))


def _part_of(obligation: Obligation) -> str:
    if obligation.via:
        return "via"
    if obligation.kind == "safeguard":
        return "safeguards"
    return "lead" if obligation.role == "lead" else "responsible"


def _grouped(rows: Rows, obligations: Iterable[Obligation]) -> list[ObligationGroup]:
    groups: dict[tuple[str, str], list[Obligation]] = {}
    for obligation in obligations:
        groups.setdefault((obligation.plan, obligation.sector or ""), []).append(obligation)
    return [
        ObligationGroup(title=_group_title(rows, plan, sector), rows=tuple(_obligation_row(rows, o) for o in group))
        for (plan, sector), group in groups.items()
    ]


def _group_title(rows: Rows, plan_id: str, sector_id: str) -> Link:
    plan = rows.index.plan(plan_id)
    # With several plans side by side a heading must say whose sector it is.
    prefix = f"{plan.plan.short_title}：" if len(rows.index.plans) > 1 else ""
    if not sector_id:
        return Link(f"{prefix}制度保障", f"{addresses.plan(plan_id)}#safeguards")
    sector = plan.sector(sector_id)
    return Link(f"{prefix}板块{sector.number}　{sector.title}", addresses.sector(plan_id, sector.number))


def _obligation_row(rows: Rows, obligation: Obligation) -> ObligationRow:
    plan = rows.index.plan(obligation.plan)
    return ObligationRow(
        number=obligation.number,
        title=obligation.title,
        url=obligation.url,
        role=ROLES[obligation.role],
        printed=obligation.printed,
        line=line_link(obligation.plan, obligation.line),
        targets=tuple(rows.target(target) for target in plan.targets_of(obligation.id)),
    )


def _target_tables(rows: Rows, entry: UnitEntry) -> list[TargetTable]:
    by_plan: dict[str, list[TargetEntry]] = {}
    for plan_id, target in entry.targets:
        by_plan.setdefault(plan_id, []).append(target)
    return [
        TargetTable(
            title=rows.index.plan(plan_id).plan.short_title if len(rows.index.plans) > 1 else "",
            years=years_of(rows.index.plan(plan_id)),
            rows=tuple(rows.target(target) for target in targets),
        )
        for plan_id, targets in by_plan.items()
    ]


def _members(rows: Rows, unit_id: str) -> list[tuple[str, tuple[Link, ...], bool, str]]:
    return [
        (
            plan.plan.short_title,
            tuple(unit_link(rows, member.unit) for member in plan.groups[unit_id].members if member.unit),
            plan.groups[unit_id].reading == "inferred",
            plan.groups[unit_id].note,
        )
        for plan in rows.index.plans
        if unit_id in plan.groups
    ]
