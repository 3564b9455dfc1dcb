"""What every page has: its title, the way to it, the plan that it rests on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from .. import addresses
from .citing import work
from .linked_data import breadcrumbs
from .links import Link
from .shape import has_page

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..index.records import PlanIndex, SiteIndex
    from ..problems import Location
    from .linked_data import LinkedData

START: Final = Link("首页", addresses.START)

ALL_PLANS: Final = Link("全部方案", addresses.PLANS)

PLAN_PARTS: Final = (
    ("", "概览"),
    ("tasks", "任务"),
    ("safeguards", "制度保障"),
    ("targets", "目标"),
    ("calendar", "日历"),
    ("matrix", "分工矩阵"),
    ("text", "原文"),
    ("citations", "引用文件"),
    ("oddities", "印刷疑误"),
    ("coverage", "逐行核对"),
)
"""Part of the address below the plan → its tab."""


_MOST: Final = 3
"""Plans that are named where several wait."""


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
    work: str
    """How the plan that the page rests on is cited; empty if there are several."""
    plan: str = ""
    """What the plan is called in short in which the page lies; empty outside any plan."""
    review: str = ""
    """That the plan, or one of several, is not confirmed yet; empty where all is."""
    sources: tuple[Location, ...] = ()
    """The places in the data that the page shows, the first of each file."""
    linked_data: tuple[LinkedData, ...] = ()
    """What the page tells machines."""

    def describing(self, *things: LinkedData) -> Head:
        """Return this head with more to tell machines."""
        return replace(self, linked_data=(*things, *self.linked_data))


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """Everything that one page shows."""

    head: Head

    @property
    def headings(self) -> dict[str, str]:
        """The page's headings of the second level: anchor → text, in their order."""
        return {}


def sections(*found: tuple[object, str, str]) -> dict[str, str]:
    """Return the headings over those sections that hold anything; each is (what it holds, anchor, text)."""
    return {anchor: text for holds, anchor, text in found if holds}


def plan_head(
    plan: PlanIndex,
    title: str,
    description: str,
    current: str,
    above: tuple[Link, ...] = (),
    shows: Iterable[Location] = (),
) -> Head:
    """Return the head of a page inside a plan; `current` is the page's address, `shows` what it shows of the data."""
    own = plan.plan
    base = addresses.plan(own.id)
    crumbs = (START, ALL_PLANS) if current == base else (START, Link(own.short_title, base), *above)
    tabs = [Link(text, addresses.plan(own.id, name)) for name, text in PLAN_PARTS if has_page(plan, name)]
    return Head(
        title=title,
        description=description,
        crumbs=crumbs,
        tabs=tuple(Tab(link=link, is_current=link.url == current) for link in tabs),
        official_text=addresses.plan(own.id, "text"),
        work=work(own),
        plan=own.short_title,
        review=_review([plan]),
        sources=_first_of_each_file(shows),
        linked_data=breadcrumbs(crumbs, title),
    )


def site_head(
    index: SiteIndex, title: str, description: str, above: tuple[Link, ...] = (), shows: Iterable[Location] = ()
) -> Head:
    """Return the head of a page outside any plan."""
    one = index.plans[0].plan if len(index.plans) == 1 else None
    crumbs = (START, *above)
    return Head(
        title=title,
        description=description,
        crumbs=crumbs,
        tabs=(),
        official_text=addresses.plan(one.id, "text") if one else "",
        work=work(one) if one else "",
        review=_review(index.plans),
        sources=_first_of_each_file(shows),
        linked_data=breadcrumbs(crumbs, title),
    )


def _review(plans: Iterable[PlanIndex]) -> str:
    """Say that a plan was read by a program and is not confirmed yet."""
    found = list(plans)
    waiting = [plan.plan for plan in found if plan.plan.unconfirmed]
    if not waiting:
        return ""
    if len(found) == 1:
        count = f"还有 {waiting[0].unconfirmed} 处没有人核对过，都标了“待核对”"
        return f"本方案由程序从原文整理，{count}，请以原文为准。"
    titles = "、".join(f"《{plan.short_title}》" for plan in waiting[:_MOST])
    return f"{titles}{'等' if len(waiting) > _MOST else ''}由程序从原文整理，还没有核对完，请以原文为准。"


def _first_of_each_file(places: Iterable[Location]) -> tuple[Location, ...]:
    first: dict[str, Location] = {}
    for place in places:
        first.setdefault(place.path, place)
    return tuple(first.values())
