"""The start page and the list of units: what belongs to no one plan."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from .. import addresses
from ..terms import ROLE_TASKS, ROLES
from ..text.pinyin import all_spellings
from .cover import Cover, cover
from .heads import ALL_PLANS, View, sections, site_head
from .linked_data import legislation
from .links import Link
from .obligations import role_counts
from .responsibility import leaders_label
from .shape import has_page, search_example

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..index.records import UnitEntry
    from ..terms import Role
    from .rows import Rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A short word in a box."""

    text: str
    is_lead: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitCard:
    """A unit in the finder."""

    name: str
    url: str
    search: str
    """Its names and aliases, each on a line of its own, for the finder."""
    sounds: str
    """Their pinyin on the first line and its initials on the second, with spaces between."""
    tags: tuple[Tag, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitGroup:
    """The units of one kind."""

    kind: str
    count: int
    units: tuple[UnitCard, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finder:
    """The list of units, and a box that filters it."""

    label: str
    example: str
    """What to type, for one who does not know: 如 区发展改革局、发改局."""
    is_folded: bool
    """Whether the list opens only when something is typed; without JavaScript it is always there."""
    groups: tuple[UnitGroup, ...]
    elsewhere: tuple[Link, ...]
    """Where to look when no unit is found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StartView(View):
    """The start page."""

    only: Cover | None
    """The plan, if it is the only one: the page is its face."""
    plans: tuple[Cover, ...]
    """Several plans, the newest first."""
    plan_count: int
    finder: Finder
    unit_count: int
    leaders: str
    """What leads to them; empty where there are none."""

    @property
    def headings(self) -> dict[str, str]:
        """The sections of the page."""
        return sections(
            (True, "units", "查单位"),
            *((True, f"plan_{plan.id}", plan.title) for plan in self.plans),
            *_one_plan(self.only),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitsView(View):
    """All units by kind."""

    intro: str
    finder: Finder
    leaders: str
    """What leads to them; empty where there are none."""

    @property
    def headings(self) -> dict[str, str]:
        """The sections of the page."""
        return sections(
            (True, "list", "全部单位"),
        )


def _one_plan(plan: Cover | None) -> tuple[tuple[object, str, str], ...]:
    """Return the sections that stand on the start page of a site of one plan."""
    if plan is None:
        return ()
    return (
        (plan.sectors, "sectors", "板块"),
        (plan.tasks, "tasks", plan.tasks_title),
        (plan.upcoming.rows, "next_days", plan.upcoming.title),
        (True, "ways", "从这里查"),
        (plan.years.goals or plan.years.figures, "years", "逐年怎样推进"),
    )


def start_view(rows: Rows) -> StartView:
    """Build the start page."""
    newest = sorted(rows.index.plans, key=lambda plan: plan.issued_on, reverse=True)
    only = cover(rows, newest[0]) if len(newest) == 1 else None
    title = only.title if only else "行动方案"
    places = tuple(plan.plan.where for plan in rows.index.plans)
    head = site_head(rows.index, title, f"{title}：谁负责、做什么、到哪一年、印在哪一行。", shows=places)
    return StartView(
        head=replace(head, crumbs=(), linked_data=tuple(legislation(plan) for plan in rows.index.plans)),
        only=only,
        plans=() if only else tuple(cover(rows, plan) for plan in newest),
        plan_count=len(newest),
        finder=_finder(rows, "输入单位名称、简称或拼音", is_folded=True),
        unit_count=sum(not unit.unit.is_group for unit in rows.index.units),
        leaders=leaders_label(rows.index) if rows.index.leaders else "",
    )


def _finder(rows: Rows, label: str, *, is_folded: bool) -> Finder:
    readings = {reading.text: reading.pinyin for reading in rows.index.data.readings}
    kinds = {kind: [unit for unit in rows.index.units if unit.unit.kind == kind] for kind in rows.index.data.kinds}
    first = rows.index.plans[0]
    lists = tuple(
        Link(f"全部{name}", addresses.plan(first.plan.id, part))
        for name, part in (("目标", "targets"), ("任务", "tasks"))
        if has_page(first, part)
    )
    return Finder(
        label=label,
        example=search_example(rows.index),
        is_folded=is_folded,
        groups=tuple(
            UnitGroup(kind=kind, count=len(units), units=tuple(_unit_card(unit, readings) for unit in units))
            for kind, units in kinds.items()
            if units
        ),
        elsewhere=lists if len(rows.index.plans) == 1 else (ALL_PLANS,),
    )


_TAGS: Final[dict[str, str]] = {**dict(ROLES.items()), "safeguards": "保障"}
"""Part of a unit's page → its tag in the finder."""


def _unit_card(entry: UnitEntry, readings: Mapping[str, str]) -> UnitCard:
    counts = role_counts(entry)
    names = (entry.unit.name, *(alias.name for alias in entry.unit.aliases))
    return UnitCard(
        name=entry.unit.name,
        url=entry.url,
        search="\n".join(names),
        sounds="\n".join(map(" ".join, all_spellings(names, readings))),
        tags=tuple(
            Tag(text=f"{word} {counts[part]}", is_lead=part == "lead") for part, word in _TAGS.items() if counts[part]
        ),
    )


def units_view(rows: Rows) -> UnitsView:
    """Build the list of units."""
    groups = sum(unit.unit.is_group for unit in rows.index.units)
    units = len(rows.index.units) - groups
    counted = f"{units} 个单位{f'和 {groups} 个统称' if groups else ''}"
    present = {part for entry in rows.index.units for part in role_counts(entry)}
    roles = [role for role in ROLES if role in present]
    tasks = "、".join(ROLE_TASKS[role].removesuffix("任务") for role in roles)
    each = f"，各有一页列出它{tasks}全部任务" if tasks else ""
    return UnitsView(
        head=site_head(
            rows.index,
            "单位",
            f"{counted}，按类别列出{each}。",
            shows=(entry.unit.where for entry in rows.index.units),
        ),
        intro="".join(
            (
                "方案点名的" if all(map(_is_named, rows.index.units)) else "收录的",
                f" {counted}。",
                _intro(roles, tasks, has_safeguards="safeguards" in present),
                "类别由本站归类，方案没有给出。",
            )
        ),
        finder=_finder(rows, "输入单位名称或拼音", is_folded=False),
        leaders=leaders_label(rows.index) if rows.index.leaders else "",
    )


def _is_named(entry: UnitEntry) -> bool:
    """Say whether a plan names a unit, if only in a group or a duty; a successor of one need not be named."""
    return bool(entry.unit.is_group or entry.obligations or entry.duties or entry.receives or entry.member_of)


def _intro(roles: Sequence[Role], tasks: str, *, has_safeguards: bool) -> str:
    """Say what lies behind the names of units, and what the numbers behind them count."""
    quoted = "".join(f"“{ROLES[role]}”" for role in roles)
    tags = ([f"{quoted}是任务数"] if roles else []) + (["“保障”是制度保障项数"] if has_safeguards else [])
    if not tags:
        return "点开单位名称，查看原文出处。"
    whole = f"其{tasks}全部任务" if tasks else "列有它的制度保障"
    return f"点开单位名称，查看{whole}和原文出处；单位后面{'，'.join(tags)}。"
