"""The responsibility page of one unit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..terms import ROLES
from .calendar import calendar_links
from .common import Option, Tally, year_columns
from .controls import Controls, Filter, target_controls
from .dates import DateRow, date_rows
from .heads import View, sections
from .links import Link, unit_link
from .obligations import RoleSection, part_of, parts, subject, targets_note
from .partners import Partners, partners
from .responsibility import group_mark
from .shape import is_by_sector
from .unit_profile import (
    CHANGES,
    NAMES,
    AliasRow,
    ChangeRow,
    alias_rows,
    change_rows,
    unit_figures,
    unit_head,
    unit_sheets,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..index.records import TargetEntry, UnitDuty, UnitEntry
    from ..model import Group
    from .rows import DutyRow, Rows, TargetRow


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitTargetRow:
    """A target of a task in which the unit appears."""

    row: TargetRow
    role: Option
    """"lead", "responsible" …; "via" if the task applies through a group."""
    rank: int
    """What rows are sorted by: what the unit leads comes first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitTargets:
    """The targets that one plan sets for the unit's tasks."""

    caption: str
    years: tuple[Option, ...]
    work: str
    """How the plan is cited, if there are several."""
    rows: tuple[UnitTargetRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitDutyRow:
    """A duty of the unit, or one that is addressed to it."""

    duty: DutyRow
    plan: str
    """The plan's name, if there are several."""
    work: str
    """How the plan is cited, if there are several."""
    via: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What a group of units stands for in one plan, or why the unit belongs to it."""

    plan: str
    """The plan's name, if there are several."""
    group: Link
    members: tuple[Link, ...]
    mark: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitView(View):
    """Everything the page of one unit (单位) shows."""

    plan: str
    """The title of the plan, where the page is of one of several."""
    name: str
    kind: str
    kind_doubt: str
    is_proposed: bool
    """Why the kind is doubtful; empty if it is not."""
    note: str
    aliases: tuple[AliasRow, ...]
    figures: tuple[Tally, ...]
    dates: tuple[DateRow, ...]
    calendars: tuple[Link, ...]
    """Where its dates stand among all others."""
    parts: tuple[RoleSection, ...]
    controls: Controls
    targets: tuple[UnitTargets, ...]
    targets_warning: str
    """What a reader of them must not miss."""
    targets_hint: str
    """Of what they are."""
    duties: tuple[UnitDutyRow, ...]
    """In which it is named itself."""
    group_duties: tuple[UnitDutyRow, ...]
    """Which it has through a group."""
    receives: tuple[UnitDutyRow, ...]
    unnamed: tuple[UnitDutyRow, ...]
    """Of its tasks and safeguards: those whose text names nobody."""
    directions: tuple[TargetRow, ...]
    """What the same items say that nobody could check."""
    changes: tuple[ChangeRow, ...]
    """What became of the unit since, and whose place it took."""
    partners: Partners
    partners_title: str
    partners_hint: str
    items: str
    """What the plans have of which a unit may be part: 任务和制度保障."""
    subject: str
    """How the page speaks of it: 该单位, or 该统称 for a group."""
    meanings: tuple[Meaning, ...]
    """For a group, by plan: its members."""
    member_of: tuple[Meaning, ...]
    """The groups to which the unit belongs."""
    sheets: tuple[Link, ...]
    """The files to take away."""

    @property
    def headings(self) -> dict[str, str]:
        """The sections of the page; its top lists them where no table of contents stands beside the text."""
        return sections(
            (self.dates, "dates", "报送日期"),
            (self.meanings, "members", "所指单位"),
            *((True, part.id, part.title) for part in self.parts),
            (self.targets, "targets", "目标"),
            (self.duties, "duties", "定期事项"),
            (self.group_duties, "group-duties", "经统称适用的定期事项"),
            (self.receives, "receives", _towards(self.receives)),
            (self.unnamed, "unnamed", "没有点名到单位的事项"),
            (self.directions, "directions", "方向性表述"),
            (self.partners.open, "works-with", self.partners_title),
            (self.changes, "changes", CHANGES),
            (self.aliases, "names", NAMES),
            (self.member_of, "member-of", "所属统称"),
        )


_ROLES = (
    *(Option(role, word) for role, word in ROLES.items()),
    Option("safeguards", "制度保障"),
    Option("via", "经统称"),
)
"""In what role a unit has a target; the values are ids of the parts of the page, too."""


def unit_view(rows: Rows, entry: UnitEntry) -> UnitView:
    """Build the page of a unit."""
    unit = entry.unit
    rows = rows.of_one_plan() if entry.plan else rows
    targets = tuple(_targets(rows, entry))
    warning, hint = targets_note(rows, entry)
    shared = [rows.index.plan(plan_id) for partner in entry.works_with for plan_id, _ in partner.tasks]
    together = "板块" if all(map(is_by_sector, shared)) else "任务"
    return UnitView(
        head=unit_head(rows, entry),
        plan=rows.index.plan(entry.plan).plan.title if entry.plan else "",
        name=unit.name,
        kind=unit.kind,
        kind_doubt=unit.kind_doubt or "",
        is_proposed=unit.is_proposed,
        note=unit.note or "",
        aliases=alias_rows(unit),
        figures=unit_figures(rows, entry),
        dates=date_rows(rows, entry),
        calendars=calendar_links(rows, entry),
        parts=parts(rows, entry),
        controls=_controls(targets),
        targets=targets,
        targets_warning=warning,
        targets_hint=hint,
        duties=tuple(_duty_row(rows, duty) for duty in entry.duties if duty.via is None),
        group_duties=tuple(_duty_row(rows, duty) for duty in entry.duties if duty.via),
        receives=tuple(_duty_row(rows, duty) for duty in entry.receives),
        unnamed=tuple(_duty_row(rows, duty) for duty in entry.unnamed),
        directions=tuple(rows.target(target) for _, target in entry.directions),
        changes=change_rows(rows, entry),
        partners=partners(rows, entry),
        partners_title=f"同{together}列名的单位",
        partners_hint=f"与该单位在同一{together}列名的单位，同列的任务多的排在前面。",
        items="任务和制度保障" if any(plan.safeguards for plan in rows.index.plans) else "任务",
        subject=subject(unit),
        meanings=tuple(_meaning(rows, plan_id, group) for plan_id, group in entry.means),
        member_of=tuple(_meaning(rows, plan_id, group) for plan_id, group in entry.member_of),
        sheets=unit_sheets(rows, entry),
    )


def _towards(received: tuple[UnitDutyRow, ...]) -> str:
    """Say whether the unit is reported to, or what the duties are done to or for."""
    reports = {row.duty.is_report for row in received}
    if len(reports) > 1:
        return "报给该单位或以该单位为对象的事项"
    return "报给该单位的事项" if True in reports else "以该单位为对象的事项"


def _targets(rows: Rows, entry: UnitEntry) -> Iterator[UnitTargets]:
    roles = {(o.plan, o.id): part_of(o) for o in entry.obligations}
    ids = [role.value for role in _ROLES]
    by_plan: dict[str, list[TargetEntry]] = {}
    for plan_id, target in entry.targets:
        by_plan.setdefault(plan_id, []).append(target)
    for plan_id, found in by_plan.items():
        yield UnitTargets(
            caption="：".join(filter(None, (rows.plan_name(plan_id), "目标，按年"))),
            years=year_columns(rows.index.plan(plan_id)),
            work=rows.plan_work(plan_id),
            rows=tuple(_target_row(rows, target, ids.index(roles[plan_id, target.of.id])) for target in found),
        )


def _target_row(rows: Rows, target: TargetEntry, rank: int) -> UnitTargetRow:
    return UnitTargetRow(row=rows.target(target), role=_ROLES[rank], rank=rank)


def _controls(tables: Iterable[UnitTargets]) -> Controls:
    found = [row for table in tables for row in table.rows]
    roles = {row.role for row in found}
    by_role = Filter(name="role", label="角色", choices=tuple(role for role in _ROLES if role in roles))
    return target_controls([row.row for row in found], [by_role])


def _duty_row(rows: Rows, duty: UnitDuty) -> UnitDutyRow:
    return UnitDutyRow(
        duty=rows.duty(duty.entry),
        plan=rows.plan_name(duty.plan),
        work=rows.plan_work(duty.plan),
        via=unit_link(rows.index, duty.via) if duty.via else Link(""),
    )


def _meaning(rows: Rows, plan_id: str, group: Group) -> Meaning:
    return Meaning(
        plan=rows.plan_name(plan_id),
        group=unit_link(rows.index, group.group.unit or ""),
        members=tuple(unit_link(rows.index, member.unit) for member in group.members if member.unit),
        mark=group_mark(group),
        note=group.note,
    )
