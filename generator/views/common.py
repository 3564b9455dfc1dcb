"""Rows that several pages show: links, tasks, targets, duties."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator import addresses
from generator.terms import COMPARATORS, FREQUENCIES, TARGET_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.index import DutyEntry, PlanIndex, SiteIndex, TargetEntry
    from generator.index import Owner as IndexOwner
    from generator.model import Due, Mention, Task, Value


@dataclass(frozen=True, slots=True)
class Link:
    """A text and where it leads; an empty address means plain text."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What every page has."""

    title: str
    description: str
    crumbs: tuple[Link, ...]
    """From the start page down to the page above this one."""
    tabs: tuple[Link, ...]
    """The parts of the plan that the page belongs to; empty outside a plan."""
    official_text: str
    """The address of the official text that the page rests on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskRow:
    """A task in a list."""

    number: int
    title: str
    url: str
    targets: int
    """How many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueCell:
    """One value of a target, ready to print."""

    text: str
    """不低于99.5%, or the printed words of a state."""
    printed: str
    inferred: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetRow:
    """A target in a table or list."""

    id: str
    indicator: str
    scope: str | None
    type: str
    """目标值 or 阶段性目标."""
    is_metric: bool
    of: Link
    lead: Link
    """The lead unit, if a sector gives one."""
    years: tuple[tuple[ValueCell, ...], ...]
    """The values of each year of the plan's period."""
    undated: tuple[ValueCell, ...]
    """Values without a year."""
    is_dated: bool
    """Whether any value has a year."""
    notes: tuple[str, ...]
    """Why something is inferred, each reason once."""
    quote: str
    line: Link
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyRow:
    """A duty in a table or list."""

    id: str
    action: str
    who: tuple[Link, ...]
    to: tuple[Link, ...]
    frequency: str
    due: str
    """3月、6月、9月、12月20日前; empty where the text gives no date."""
    inferred: bool
    note: str
    of: Link
    quote: str
    line: Link
    url: str


class Rows:
    """Rows of targets and duties, each built once and shared by all pages that show it."""

    def __init__(self, index: SiteIndex) -> None:
        self.index = index
        self._targets = {id(entry): self._target_row(plan, entry) for plan in index.plans for entry in plan.targets}
        self._duties = {id(entry): _duty_row(plan, entry) for plan in index.plans for entry in plan.duties}

    def target(self, entry: TargetEntry) -> TargetRow:
        """Return a target with a cell for each year."""
        return self._targets[id(entry)]

    def duty(self, entry: DutyEntry) -> DutyRow:
        """Return a duty."""
        return self._duties[id(entry)]

    def _target_row(self, plan: PlanIndex, entry: TargetEntry) -> TargetRow:
        target = entry.target
        cells = [(value.year, _cell(value)) for value in target.values]
        lead = Link("")
        if entry.of.sector:
            unit = plan.sector(entry.of.sector).lead_unit.unit
            lead = unit_link(self, unit) if unit else lead
        return TargetRow(
            id=target.id,
            indicator=target.indicator,
            scope=target.scope,
            type=TARGET_TYPES[target.type],
            is_metric=target.type == "metric",
            of=owner_link(entry.of),
            lead=lead,
            years=tuple(
                tuple(cell for year, cell in cells if year == y) for y in range(plan.plan.start, plan.plan.end + 1)
            ),
            undated=tuple(cell for year, cell in cells if year is None),
            is_dated=any(year is not None for year, _ in cells),
            notes=tuple(dict.fromkeys(value.note for value in target.values if value.note)),
            quote=entry.quote,
            line=line_link(plan.plan.id, entry.line),
            url=entry.url,
        )


def _duty_row(plan: PlanIndex, entry: DutyEntry) -> DutyRow:
    duty = entry.duty
    return DutyRow(
        id=duty.id,
        action=duty.action,
        who=mention_links(duty.who),
        to=mention_links(duty.to),
        frequency=FREQUENCIES[duty.frequency],
        due=due_text(duty.due),
        inferred=duty.reading == "inferred",
        note=duty.note or "",
        of=owner_link(entry.of),
        quote=entry.quote,
        line=line_link(plan.plan.id, entry.line),
        url=entry.url,
    )


def number_text(value: float) -> str:
    """Write a number as printed: 8, 99.5."""
    return f"{value:.12g}"


def value_text(value: Value) -> str:
    """Write a value with its comparator; a state in the printed words."""
    if value.value is None:
        return value.text
    unit = value.unit or ""
    number = f"{number_text(value.value)}{unit}"
    match value.comparator:
        case "exactly":
            return number
        case "about":
            return f"{number}左右"
        case "between":
            return f"{number_text(value.value)}至{number_text(value.upper or 0)}{unit}"
        case _:
            return f"{COMPARATORS[value.comparator]}{number}"


def due_text(due: Due | None) -> str:
    """Write a recurring date."""
    if due is None:
        return ""
    return f"{'、'.join(f'{month}月' for month in due.months)}{due.day}日前"


def mention_links(mentions: Iterable[Mention]) -> tuple[Link, ...]:
    """Return the printed names, each leading to its unit where the registry knows it."""
    return tuple(Link(m.name, addresses.unit(m.unit) if m.unit else "") for m in mentions)


def unit_link(rows: Rows, unit_id: str) -> Link:
    """Return a unit by its registered name."""
    return Link(rows.index.unit_names[unit_id], addresses.unit(unit_id))


def line_link(plan_id: str, number: int) -> Link:
    """Return a line of the official text."""
    return Link(f"原文第{number}行", addresses.line(plan_id, number))


def owner_link(owner: IndexOwner) -> Link:
    """Return the goal, task or safeguard that something belongs to."""
    prefix = {"task": "任务", "safeguard": "制度保障"}.get(owner.kind)
    return Link(f"{prefix}{owner.number}　{owner.title}" if prefix else owner.title, owner.url)


def task_row(plan: PlanIndex, task: Task) -> TaskRow:
    """Return a task for a list."""
    return TaskRow(
        number=task.number,
        title=task.title,
        url=addresses.task(plan.plan.id, task.number),
        targets=len(task.targets),
    )


def _cell(value: Value) -> ValueCell:
    return ValueCell(text=value_text(value), printed=value.text, inferred=value.reading == "inferred")


def years_of(plan: PlanIndex) -> tuple[int, ...]:
    """Return the years of a plan's period."""
    return tuple(range(plan.plan.start, plan.plan.end + 1))


def plan_head(plan: PlanIndex, title: str, description: str, part: str = "", above: tuple[Link, ...] = ()) -> Head:
    """Return the head of a page inside a plan; `part` is a tab's address part."""
    own = plan.plan
    crumbs = (Link("首页", "./"), Link(own.short_title, addresses.plan(own.id)), *above)
    return Head(
        title=title,
        description=description,
        crumbs=crumbs if part or above else crumbs[:1],
        tabs=tuple(Link(text, addresses.plan(own.id, name)) for name, text in PLAN_PARTS),
        official_text=addresses.plan(own.id, "text"),
    )


def site_head(rows: Rows, title: str, description: str, above: tuple[Link, ...] = ()) -> Head:
    """Return the head of a page outside any plan."""
    one = rows.index.plans[0].plan.id if len(rows.index.plans) == 1 else ""
    return Head(
        title=title,
        description=description,
        crumbs=(Link("首页", "./"), *above),
        tabs=(),
        official_text=addresses.plan(one, "text") if one else "",
    )


PLAN_PARTS = (
    ("", "概览"),
    ("targets", "目标"),
    ("calendar", "日历"),
    ("matrix", "分工矩阵"),
    ("text", "原文"),
    ("citations", "引用文件"),
    ("oddities", "印刷疑误"),
    ("coverage", "覆盖核对"),
)
"""Part of the address below the plan → its tab."""
