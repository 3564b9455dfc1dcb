"""Rows that several pages show: links, tasks, targets, duties."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from generator import addresses
from generator.terms import FREQUENCIES
from generator.wording import due_text, value_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from generator.entries import DutyEntry, PlanIndex, SiteIndex, TargetEntry
    from generator.entries import Owner as IndexOwner
    from generator.model import Mention, Safeguard, Sector, Target, Task, Value

_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True)
class Link:
    """A text and where it leads; an empty address means plain text."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """A part of the plan that a page belongs to."""

    link: Link
    is_current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What every page has."""

    title: str
    description: str
    crumbs: tuple[Link, ...]
    """From the start page down to the page above this one."""
    tabs: tuple[Tab, ...]
    """The parts of the plan that the page belongs to; empty outside a plan."""
    official_text: str
    """The address of the official text that the page rests on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number at a glance."""

    label: str
    number: int
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """A name in a printed list, or several that are printed with nothing between them."""

    links: tuple[Link, ...]
    run_together: str
    """The printed words if they hold several names, else empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbours:
    """The items before and after one; empty links at the ends."""

    previous: Link
    next: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskRow:
    """A task or safeguard in a list."""

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
    """The printed words; empty where `text` is those."""
    inferred: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetCell:
    """What a target asks for in one year, or in all years alike."""

    label: str
    """2022年 or 不分年度."""
    span: int
    """How many years it stands for."""
    values: tuple[ValueCell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetRow:
    """A target in a table or list."""

    id: str
    indicator: str
    scope: str | None
    of: Link
    cells: tuple[TargetCell, ...]
    """One for each year of the plan's period, or one for all of them where no value has a year."""
    notes: tuple[str, ...]
    """Why something is inferred, each reason once."""
    line: Link
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetTable:
    """A table of targets of one plan."""

    caption: str
    years: tuple[str, ...]
    rows: tuple[TargetRow, ...]
    shows_owner: bool = True
    """Whether a column says what each target belongs to."""
    has_anchors: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyRow:
    """A duty in a table or list."""

    id: str
    action: str
    who: tuple[Link, ...]
    to: tuple[Link, ...]
    rhythm: str
    """每季度，3月、6月、9月、12月20日前; without a date where the text gives none."""
    is_dated: bool
    inferred: bool
    note: str
    """With a word that says what the note is; empty if there is none."""
    of: Link
    quote: str
    line: Link
    url: str


class Rows:
    """Rows of targets and duties, each built once and shared by all pages that show it."""

    def __init__(self, index: SiteIndex) -> None:
        self.index = index
        self._targets = {id(entry): _target_row(plan, entry) for plan in index.plans for entry in plan.targets}
        self._duties = {id(entry): _duty_row(plan, entry) for plan in index.plans for entry in plan.duties}

    def target(self, entry: TargetEntry) -> TargetRow:
        """Return a target with a cell for each year."""
        return self._targets[id(entry)]

    def duty(self, entry: DutyEntry) -> DutyRow:
        """Return a duty."""
        return self._duties[id(entry)]

    def plan_name(self, plan_id: str) -> str:
        """Return a plan's short name where pages that show several plans must tell them apart, else nothing."""
        return self.index.plan(plan_id).plan.short_title if len(self.index.plans) > 1 else ""


def _target_row(plan: PlanIndex, entry: TargetEntry) -> TargetRow:
    target = entry.target
    return TargetRow(
        id=target.id,
        indicator=target.indicator,
        scope=target.scope,
        of=owner_link(entry.of),
        cells=_target_cells(target, years_of(plan)),
        notes=tuple(dict.fromkeys(value.note for value in target.values if value.note)),
        line=line_link(plan.plan.id, entry.line),
        url=entry.url,
    )


_UNDATED = "不分年度"


def _target_cells(target: Target, years: tuple[int, ...]) -> tuple[TargetCell, ...]:
    undated = [value for value in target.values if value.year is None]
    if len(undated) == len(target.values):
        return (TargetCell(label=_UNDATED, span=len(years), values=tuple(_cell(value) for value in undated)),)
    cells = [
        TargetCell(label=f"{year}年", span=1, values=tuple(_cell(v) for v in target.values if v.year == year))
        for year in years
    ]
    if undated:
        beside = tuple(_cell(value, f"{_UNDATED}：") for value in undated)
        cells[-1] = TargetCell(label=cells[-1].label, span=1, values=cells[-1].values + beside)
    return tuple(cells)


def _cell(value: Value, before: str = "") -> ValueCell:
    text = value_text(value)
    return ValueCell(
        text=f"{before}{text}",
        printed=value.text if value.text != text else "",
        inferred=value.reading == "inferred",
    )


def _duty_row(plan: PlanIndex, entry: DutyEntry) -> DutyRow:
    duty = entry.duty
    inferred = duty.reading == "inferred"
    due = due_text(duty.due)
    return DutyRow(
        id=duty.id,
        action=duty.action,
        who=mention_links(duty.who),
        to=mention_links(duty.to),
        rhythm="，".join(filter(None, (FREQUENCIES[duty.frequency], due))),
        is_dated=bool(due),
        inferred=inferred,
        note=f"{'推断理由' if inferred else '说明'}：{duty.note}" if duty.note else "",
        of=owner_link(entry.of),
        quote=entry.quote,
        line=line_link(plan.plan.id, entry.line),
        url=entry.url,
    )


def mention_links(mentions: Iterable[Mention]) -> tuple[Link, ...]:
    """Return the printed names, each leading to its unit where the registry knows it."""
    return tuple(Link(m.name, addresses.unit(m.unit) if m.unit else "") for m in mentions)


def printed_list(mentions: Iterable[Mention]) -> tuple[Names, ...]:
    """Return a printed list of names; what was run together stays together."""
    places: dict[int, list[Mention]] = {}
    for mention in mentions:
        places.setdefault(mention.position, []).append(mention)
    return tuple(
        Names(links=mention_links(found), run_together=found[0].printed if len(found) > 1 else "")
        for found in places.values()
    )


def sheet_links(base: str) -> tuple[Link, ...]:
    """Return the files that lie beside a page; `base` is their address without suffix."""
    return tuple(Link(text, f"{base}.{suffix}") for suffix, text in SHEETS)


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


def sector_link(plan: PlanIndex, sector: Sector) -> Link:
    """Return a sector by number and title."""
    return Link(f"板块{sector.number}　{sector.title}", addresses.sector(plan.plan.id, sector.number))


def item_link(plan: PlanIndex, item: Task | Safeguard) -> Link:
    """Return a task or safeguard by number and title."""
    return owner_link(plan.owners[item.id])


def neighbours(items: Sequence[_Item], place: int, link: Callable[[_Item], Link]) -> Neighbours:
    """Return what stands before and after the item at a place."""
    return Neighbours(
        previous=link(items[place - 1]) if place else Link(""),
        next=link(items[place + 1]) if place + 1 < len(items) else Link(""),
    )


def task_row(plan: PlanIndex, item: Task | Safeguard) -> TaskRow:
    """Return a task or safeguard for a list."""
    return TaskRow(number=item.number, title=item.title, url=plan.owners[item.id].url, targets=len(item.targets))


def years_of(plan: PlanIndex) -> tuple[int, ...]:
    """Return the years of a plan's period."""
    return tuple(range(plan.plan.start, plan.plan.end + 1))


def year_names(plan: PlanIndex) -> tuple[str, ...]:
    """Return the years of a plan's period as they head a table."""
    return tuple(f"{year}年" for year in years_of(plan))


def plan_head(plan: PlanIndex, title: str, description: str, current: str, above: tuple[Link, ...] = ()) -> Head:
    """Return the head of a page inside a plan; `current` is the page's address."""
    own = plan.plan
    base = addresses.plan(own.id)
    start = Link("首页", "./")
    tabs = [Link(text, addresses.plan(own.id, name)) for name, text in PLAN_PARTS]
    return Head(
        title=title,
        description=description,
        crumbs=(start, ALL_PLANS) if current == base else (start, Link(own.short_title, base), *above),
        tabs=tuple(Tab(link=link, is_current=link.url == current) for link in tabs),
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


ALL_PLANS = Link("全部方案", "plans/")

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

SHEETS = (("xlsx", "表格（XLSX）"), ("csv", "纯文本表格（CSV）"), ("ics", "日历（ICS）"))
"""Suffix of a sheet → what its link says."""
