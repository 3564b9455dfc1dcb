"""The start page and the list of units: what belongs to no one plan."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from .. import addresses
from ..pinyin import all_spellings
from .common import (
    ALL_PLANS,
    Head,
    Link,
    search_example,
    site_head,
)
from .cover import Cover, cover
from .linked_data import legislation

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..entries import UnitEntry
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
class StartView:
    """The start page."""

    head: Head
    only: Cover | None
    """The plan, if it is the only one: the page is its face."""
    plans: tuple[Cover, ...]
    plan_count: int
    finder: Finder
    unit_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitsView:
    """All units by kind."""

    head: Head
    finder: Finder
    unit_count: int
    group_count: int


def start_view(rows: Rows) -> StartView:
    """Build the start page."""
    covers = tuple(cover(rows, plan) for plan in rows.index.plans)
    only = covers[0] if len(covers) == 1 else None
    title = only.title if only else "行动方案"
    places = tuple(plan.plan.where for plan in rows.index.plans)
    head = site_head(rows, title, f"{title}：谁负责、做什么、到哪一年、印在哪一行。", shows=places)
    return StartView(
        head=replace(head, crumbs=(), linked_data=tuple(legislation(plan) for plan in rows.index.plans)),
        only=only,
        plans=covers,
        plan_count=len(covers),
        finder=_finder(rows, "输入单位名称、简称或拼音", is_folded=True),
        unit_count=sum(not unit.unit.is_group for unit in rows.index.units),
    )


def _finder(rows: Rows, label: str, *, is_folded: bool) -> Finder:
    readings = {reading.text: reading.pinyin for reading in rows.index.data.readings}
    kinds = {kind: [unit for unit in rows.index.units if unit.unit.kind == kind] for kind in rows.index.data.kinds}
    plans = [plan.plan.id for plan in rows.index.plans]
    targets, tasks = (
        Link(f"全部{n}", addresses.plan(plans[0], p)) for n, p in (("目标", "targets"), ("任务", "tasks"))
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
        elsewhere=(targets, tasks) if len(plans) == 1 else (ALL_PLANS,),
    )


def _unit_card(entry: UnitEntry, readings: Mapping[str, str]) -> UnitCard:
    counts = entry.counts
    names = (entry.unit.name, *(alias.name for alias in entry.unit.aliases))
    tags = (
        ("牵头", counts.lead_tasks, True),
        ("责任", counts.responsible_tasks, False),
        ("保障", counts.safeguards, False),
    )
    return UnitCard(
        name=entry.unit.name,
        url=entry.url,
        search="\n".join(names),
        sounds="\n".join(map(" ".join, all_spellings(names, readings))),
        tags=tuple(Tag(text=f"{word} {number}", is_lead=is_lead) for word, number, is_lead in tags if number),
    )


def units_view(rows: Rows) -> UnitsView:
    """Build the list of units."""
    groups = sum(unit.unit.is_group for unit in rows.index.units)
    units = len(rows.index.units) - groups
    return UnitsView(
        head=site_head(
            rows,
            "单位",
            f"{units} 个单位和 {groups} 个统称，按类别列出，各有一页列出它牵头的、列为责任单位的全部任务。",
            shows=(entry.unit.where for entry in rows.index.units),
        ),
        finder=_finder(rows, "输入单位名称或拼音", is_folded=False),
        unit_count=units,
        group_count=groups,
    )
