"""The responsibility page of one unit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator import addresses
from generator.terms import ALIAS_LABELS, ROLES
from generator.views.common import (
    DutyRow,
    Figure,
    Head,
    Link,
    Rows,
    TargetTable,
    line_link,
    sector_link,
    sheet_links,
    site_head,
    unit_link,
    year_names,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.entries import Obligation, TargetEntry, UnitDuty, UnitEntry
    from generator.model import Group


@dataclass(frozen=True, slots=True, kw_only=True)
class ObligationRow:
    """A task or safeguard in which the unit appears."""

    number: int
    title: str
    url: str
    role: str
    is_lead: bool
    via: Link
    """The group through which it applies, if there is one."""
    printed: str
    """The name as the plan prints it here; empty where that is the unit's own, or the group's."""
    phrases: tuple[str, ...]
    """What brackets in the text put the unit in charge of."""
    line: Link
    """Where the unit is named."""
    text: str
    """The printed paragraph."""
    text_line: Link
    targets: Link
    """How many targets it has, leading to them."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitDutyRow:
    """A duty of the unit, or one that is addressed to it."""

    duty: DutyRow
    plan: str
    """The plan's name, if there are several."""
    via: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What a group of units stands for in one plan, or why the unit belongs to it."""

    plan: str
    """The plan's name, if there are several."""
    group: Link
    members: tuple[Link, ...]
    inferred: bool
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AliasRow:
    """Another name of the unit."""

    name: str
    kind: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitView:
    """Everything the page of one unit (单位) shows."""

    head: Head
    name: str
    kind: str
    note: str
    aliases: tuple[AliasRow, ...]
    figures: tuple[Figure, ...]
    parts: tuple[Part, ...]
    targets: tuple[TargetTable, ...]
    duties: tuple[UnitDutyRow, ...]
    """In which it is named itself."""
    group_duties: tuple[UnitDutyRow, ...]
    """Which it has through a group."""
    receives: tuple[UnitDutyRow, ...]
    works_with: tuple[tuple[Link, int], ...]
    """(unit, number of shared tasks)."""
    meanings: tuple[Meaning, ...]
    """For a group, by plan: its members."""
    member_of: tuple[Meaning, ...]
    """The groups to which the unit belongs."""
    sheets: tuple[Link, ...]
    """The files to take away."""


_PARTS = (
    ("lead", "牵头的任务", "作为总牵头单位的板块，其中每项任务都由它牵头。"),
    ("responsible", "参与的任务", "方案按板块列责任单位，没有逐项分工；列名的板块，其中每项任务都列在这里。"),
    ("safeguards", "制度保障", "在制度保障的责任单位中列名，或由正文括注负责。"),
    ("via", "经统称适用的事项", "方案没有直接点名，只写了统称；适用与否由本站推断，依据见文末。"),
)


def unit_view(rows: Rows, entry: UnitEntry) -> UnitView:
    """Build the page of a unit."""
    unit = entry.unit
    own = [duty for duty in entry.duties if duty.via is None]
    return UnitView(
        head=site_head(rows, unit.name, _description(entry), (Link("单位", "units/"),)),
        name=unit.name,
        kind=unit.kind,
        note=unit.note or "",
        aliases=tuple(
            AliasRow(name=alias.name, kind=ALIAS_LABELS[alias.kind], source=alias.source or "")
            for alias in unit.aliases
        ),
        figures=_figures(entry, len(own)),
        parts=tuple(part for part in (_part(rows, entry, *row) for row in _PARTS) if part.groups),
        targets=tuple(_target_tables(rows, entry)),
        duties=tuple(_duty_row(rows, duty) for duty in own),
        group_duties=tuple(_duty_row(rows, duty) for duty in entry.duties if duty.via),
        receives=tuple(_duty_row(rows, duty) for duty in entry.receives),
        works_with=tuple((unit_link(rows, other), shared) for other, shared in entry.works_with),
        meanings=tuple(
            _meaning(rows, plan.plan.id, plan.groups[unit.id]) for plan in rows.index.plans if unit.id in plan.groups
        ),
        member_of=tuple(_meaning(rows, plan_id, group) for plan_id, group in entry.member_of),
        sheets=sheet_links(entry.url + unit.id),
    )


def _description(entry: UnitEntry) -> str:
    counts = entry.counts
    return (
        f"{entry.unit.name}承担的全部事项：牵头 {counts.lead_tasks} 项任务，参与 {counts.responsible_tasks} 项任务，"
        f"{counts.safeguards} 项制度保障，逐条附原文出处。"
    )


def _figures(entry: UnitEntry, duties: int) -> tuple[Figure, ...]:
    """Count what the unit itself is named for; what applies through a group is left out."""
    counts = entry.counts
    figures = (
        Figure(label="牵头板块", number=counts.lead_sectors, url="#lead"),
        Figure(label="牵头任务", number=counts.lead_tasks, url="#lead"),
        Figure(label="参与任务", number=counts.responsible_tasks, url="#responsible"),
        Figure(label="制度保障", number=counts.safeguards, url="#safeguards"),
        Figure(label="任务目标", number=len(entry.targets), url="#targets"),
        Figure(label="定期事项", number=duties, url="#duties"),
    )
    return tuple(figure for figure in figures if figure.number)


def _part(rows: Rows, entry: UnitEntry, part_id: str, title: str, hint: str) -> Part:
    chosen = [o for o in entry.obligations if _part_of(o) == part_id]
    return Part(
        id=part_id,
        title=f"{title}（{len(chosen)}）",
        hint=hint,
        groups=tuple(_grouped(rows, entry.unit.name, chosen)),
    )


def _part_of(obligation: Obligation) -> str:
    if obligation.via:
        return "via"
    if obligation.kind == "safeguard":
        return "safeguards"
    return "lead" if obligation.role == "lead" else "responsible"


def _grouped(rows: Rows, name: str, obligations: Iterable[Obligation]) -> list[ObligationGroup]:
    groups: dict[tuple[str, str], list[Obligation]] = {}
    for obligation in obligations:
        groups.setdefault((obligation.plan, obligation.sector or ""), []).append(obligation)
    return [
        ObligationGroup(
            title=_group_title(rows, plan, sector), rows=tuple(_obligation_row(rows, name, o) for o in group)
        )
        for (plan, sector), group in groups.items()
    ]


def _group_title(rows: Rows, plan_id: str, sector_id: str) -> Link:
    plan = rows.index.plan(plan_id)
    safeguards = Link("制度保障", addresses.plan(plan_id, "safeguards"))
    link = sector_link(plan, plan.sector(sector_id)) if sector_id else safeguards
    return Link("：".join(filter(None, (rows.plan_name(plan_id), link.text))), link.url)


def _obligation_row(rows: Rows, name: str, obligation: Obligation) -> ObligationRow:
    via = unit_link(rows, obligation.via) if obligation.via else Link("")
    # Brackets put the unit in charge of some words, not of all targets beside them.
    plan = rows.index.plan(obligation.plan)
    targets = () if obligation.phrases else plan.targets_of(obligation.id)
    text_line = plan.text_line_of[obligation.id]
    return ObligationRow(
        number=obligation.number,
        title=obligation.title,
        url=obligation.url,
        role=ROLES[obligation.role],
        is_lead=obligation.role == "lead",
        via=via,
        printed=obligation.printed if obligation.printed not in (name, via.text) else "",
        phrases=obligation.phrases,
        line=line_link(obligation.plan, obligation.line),
        text=plan.lines[text_line - 1].text,
        text_line=line_link(obligation.plan, text_line),
        targets=Link(f"{len(targets)} 项目标", f"{obligation.url}#targets") if targets else Link(""),
    )


def _target_tables(rows: Rows, entry: UnitEntry) -> list[TargetTable]:
    by_plan: dict[str, list[TargetEntry]] = {}
    for plan_id, target in entry.targets:
        by_plan.setdefault(plan_id, []).append(target)
    return [
        TargetTable(
            caption="：".join(filter(None, (rows.plan_name(plan_id), "任务目标，按年"))),
            years=year_names(rows.index.plan(plan_id)),
            rows=tuple(rows.target(target) for target in targets),
        )
        for plan_id, targets in by_plan.items()
    ]


def _duty_row(rows: Rows, duty: UnitDuty) -> UnitDutyRow:
    return UnitDutyRow(
        duty=rows.duty(duty.entry),
        plan=rows.plan_name(duty.plan),
        via=unit_link(rows, duty.via) if duty.via else Link(""),
    )


def _meaning(rows: Rows, plan_id: str, group: Group) -> Meaning:
    return Meaning(
        plan=rows.plan_name(plan_id),
        group=unit_link(rows, group.group.unit or ""),
        members=tuple(unit_link(rows, member.unit) for member in group.members if member.unit),
        # Without members there is nothing that could be inferred.
        inferred=group.reading == "inferred" and bool(group.members),
        note=group.note,
    )
