"""The responsibility page of one unit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from .. import addresses
from ..terms import ALIAS_LABELS, ROLES
from ..text.wording import date_text
from .calendar import calendar_links
from .common import Choice, Figure, year_columns
from .controls import Controls, Filter, target_controls
from .dates import DateRow, date_rows
from .heads import Head, plan_head, site_head
from .linked_data import organization
from .links import Link, sheet_links, unit_link
from .obligations import Part, part_of, parts, role_counts, sector_counts, subject, targets_note
from .partners import Partners, partners
from .shape import is_by_sector

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..index.records import TargetEntry, UnitDuty, UnitEntry
    from ..model import Group, Unit
    from .rows import DutyRow, Rows, TargetRow


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitTargetRow:
    """A target of a task in which the unit appears."""

    row: TargetRow
    role: Choice
    """"lead", "responsible" …; "via" if the task applies through a group."""
    rank: int
    """What rows are sorted by: what the unit leads comes first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitTargets:
    """The targets that one plan sets for the unit's tasks."""

    caption: str
    years: tuple[Choice, ...]
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
    inferred: bool
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AliasRow:
    """Another name of the unit."""

    name: str
    kind: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRow:
    """What became of a unit after the plan was printed, or what it was before."""

    on: str
    """2024年3月."""
    how: str
    """更名为, 由……合并而来."""
    unit: Link
    """Empty where there is none."""
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitView:
    """Everything the page of one unit (单位) shows."""

    head: Head
    plan: str
    """The title of the plan, where the page is of one of several."""
    name: str
    kind: str
    kind_doubt: str
    """Why the kind is doubtful; empty if it is not."""
    note: str
    aliases: tuple[AliasRow, ...]
    figures: tuple[Figure, ...]
    contents: tuple[Link, ...]
    """Where the parts of the page are."""
    dates: tuple[DateRow, ...]
    calendars: tuple[Link, ...]
    """Where its dates stand among all others."""
    parts: tuple[Part, ...]
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


_ROLES = (
    *(Choice(role, word) for role, word in ROLES.items()),
    Choice("safeguards", "制度保障"),
    Choice("via", "经统称"),
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
    page = UnitView(
        head=_head(rows, entry),
        plan=rows.index.plan(entry.plan).plan.title if entry.plan else "",
        name=unit.name,
        kind=unit.kind,
        kind_doubt=unit.kind_doubt or "",
        note=unit.note or "",
        aliases=_aliases(unit),
        figures=_figures(rows, entry),
        contents=(),
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
        changes=(*_became(rows, unit), *_was(rows, entry)),
        partners=partners(rows, entry),
        partners_title=f"同{together}列名的单位",
        partners_hint=f"与该单位在同一{together}列名的单位，同列的任务多的排在前面。",
        items="任务和制度保障" if any(plan.plan.safeguards for plan in rows.index.plans) else "任务",
        subject=subject(unit),
        meanings=tuple(_meaning(rows, plan_id, group) for plan_id, group in entry.means),
        member_of=tuple(_meaning(rows, plan_id, group) for plan_id, group in entry.member_of),
        sheets=_sheets(rows, entry),
    )
    return replace(page, contents=_contents(page))


def _head(rows: Rows, entry: UnitEntry) -> Head:
    """Return the head of a unit's page: outside any plan, or in the one of which it is."""
    unit, above = entry.unit, Link("单位", "units/")
    if entry.plan is None:
        head = site_head(rows.index, unit.name, _description(entry), (above,), shows=(unit.where,))
    else:
        plan = rows.index.plan(entry.plan)
        title = f"{unit.name}：{plan.plan.short_title}"
        links = (above, unit_link(rows.index, unit.id))
        head = plan_head(plan, title, _description(entry), entry.url, links, shows=(unit.where,))
    return head.describing(*organization(unit, addresses.unit(unit.id)))


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanOfUnit:
    """One of several plans that concern a unit, at a glance."""

    link: Link
    issued_on: str
    figures: tuple[Figure, ...]
    sheets: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitOverview:
    """A unit over several plans: what it is called, and where each plan names it."""

    head: Head
    name: str
    kind: str
    kind_doubt: str
    note: str
    aliases: tuple[AliasRow, ...]
    changes: tuple[ChangeRow, ...]
    plans: tuple[PlanOfUnit, ...]
    """The newest first."""
    sheets: tuple[Link, ...]
    """Over all plans."""


def unit_overview(rows: Rows, entry: UnitEntry) -> UnitOverview:
    """Build the page of a unit on a site of several plans."""
    newest = sorted(entry.parts, key=lambda part: rows.index.plan(part.plan or "").issued_on, reverse=True)
    return UnitOverview(
        head=_head(rows, entry),
        name=entry.unit.name,
        kind=entry.unit.kind,
        kind_doubt=entry.unit.kind_doubt or "",
        note=entry.unit.note or "",
        aliases=_aliases(entry.unit),
        changes=(*_became(rows, entry.unit), *_was(rows, entry)),
        plans=tuple(_of_plan(rows, part) for part in newest),
        sheets=_sheets(rows, entry),
    )


def _of_plan(rows: Rows, part: UnitEntry) -> PlanOfUnit:
    plan = rows.index.plan(part.plan or "")
    return PlanOfUnit(
        link=Link(plan.plan.title, part.url),
        issued_on=date_text(plan.issued_on),
        figures=tuple(replace(figure, url=part.url + figure.url) for figure in _figures(rows, part)),
        sheets=_sheets(rows, part),
    )


def _aliases(unit: Unit) -> tuple[AliasRow, ...]:
    return tuple(
        AliasRow(name=alias.name, kind=ALIAS_LABELS[alias.kind], source=alias.source or "") for alias in unit.aliases
    )


def _sheets(rows: Rows, entry: UnitEntry) -> tuple[Link, ...]:
    """List the files to take away; what would be empty is no use to anybody."""
    kinds = (
        ("-targets.csv", entry.targets),
        ("-duties.csv", (*entry.duties, *entry.receives, *entry.unnamed)),
        (".ics", date_rows(rows, entry)),
    )
    missing = [suffix for suffix, found in kinds if not found]
    of = rows.index.plan(entry.plan).plan.short_title if entry.plan else ""
    return sheet_links(entry.url + entry.unit.id, f"{of}{entry.unit.name}", missing)


_COUNTED: Final = {
    "lead": "牵头 {} 项任务",
    "responsible": "{} 项任务的责任单位",
    "cooperate": "配合 {} 项任务",
    "implement": "落实 {} 项任务",
    "owner": "括注负责 {} 项任务",
    "supervise": "督办 {} 项任务",
    "safeguards": "列入 {} 项制度保障",
}
"""Part of the page → how much of it there is, in a sentence."""


def _description(entry: UnitEntry) -> str:
    counts = role_counts(entry)
    said = [words.format(counts[part]) for part, words in _COUNTED.items() if counts[part]] or ["方案没有直接点名"]
    return f"{entry.unit.name}在方案里的全部事项：{'，'.join(said)}，逐条附原文出处。"


def _figures(rows: Rows, entry: UnitEntry) -> tuple[Figure, ...]:
    """Count what the unit itself is named for, and apart from it what applies through a group."""
    counts, sectors = role_counts(entry), sector_counts(rows, entry)
    figures = (
        *(
            Figure(label=f"{word}{what}", number=found[role], url=f"#{role}")
            for role, word in ROLES.items()
            for what, found in (("板块", sectors), ("任务", counts))
        ),
        Figure(label="制度保障", number=counts["safeguards"], url="#safeguards"),
        Figure(label="经统称适用", number=counts["via"], url="#via"),
        Figure(label="目标", number=len(entry.targets), url="#targets"),
        Figure(label="定期事项", number=sum(duty.via is None for duty in entry.duties), url="#duties"),
    )
    return tuple(figure for figure in figures if figure.number)


def _contents(page: UnitView) -> tuple[Link, ...]:
    """List the parts of the page, for screens that have no room for a table of contents beside the text."""
    found = (
        (page.dates, "报送日期", "dates"),
        (page.meanings, "所指单位", "members"),
        *((True, part.title, part.id) for part in page.parts),
        (page.targets, "目标", "targets"),
        (page.duties, "定期事项", "duties"),
        (page.group_duties, "经统称适用的定期事项", "group-duties"),
        (page.receives, _towards(page.receives), "receives"),
        (page.unnamed, "没有点名的事项", "unnamed"),
        (page.directions, "方向性表述", "directions"),
        (page.partners.open, page.partners_title, "works-with"),
        (page.changes, "印发以后的变更", "changes"),
        (page.aliases, "名称", "names"),
        (page.member_of, "所属统称", "member-of"),
    )
    return tuple(Link(text, f"#{anchor}") for is_there, text, anchor in found if is_there)


def _towards(received: tuple[UnitDutyRow, ...]) -> str:
    return "报给该单位的事项" if all(row.duty.is_report for row in received) else "以该单位为对象的事项"


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


_BECAME = {"更名": "更名为", "合并": "并入", "划转": "职责划转", "撤销": "撤销"}
_WAS = {"更名": "由其更名而来", "合并": "并入本单位", "划转": "职责划入本单位"}


def _became(rows: Rows, unit: Unit) -> Iterator[ChangeRow]:
    for change in unit.became:
        link = unit_link(rows.index, change.unit.unit) if change.unit and change.unit.unit else Link("")
        yield ChangeRow(on=date_text(change.on), how=_BECAME[change.how], unit=link, source=change.source)


def _was(rows: Rows, entry: UnitEntry) -> Iterator[ChangeRow]:
    for other, change in entry.was:
        how = _WAS.get(change.how, change.how)
        yield ChangeRow(on=date_text(change.on), how=how, unit=unit_link(rows.index, other), source=change.source)


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
        # Without members there is nothing that could be inferred.
        inferred=group.reading == "inferred" and bool(group.members),
        note=group.note,
    )
