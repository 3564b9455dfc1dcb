"""What is known of the pages that were written by hand, in docs/, and what they may say of the plans."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .. import addresses
from ..index.events import due_dates
from ..terms import NOBODY, ROLES, chinese_number
from ..text.wording import date_text
from .common import listing
from .heads import ALL_PLANS, START
from .linked_data import breadcrumbs, dataset
from .responsibility import leaders_label, led_text, supervises
from .search import facets
from .shape import has_glossary, has_page, is_by_sector, leading_unit

if TYPE_CHECKING:
    from ..index.records import PlanIndex, SiteIndex
    from .linked_data import LinkedData


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFacts:
    """What a written page may say of a plan; texts are Chinese, addresses those of files in docs/."""

    id: str
    title: str
    folder: str
    """plans/…/, in front of index.md, text/index.md and the sheets."""
    sectors: str
    """How many there are: 八; empty where there are none."""
    safeguards: str
    group: str
    """The first name that stands for several units, for an example; empty where there is none."""
    unnamed: str
    """The printed words of the first duty that names nobody, for an example; empty where there is none."""
    has_calendar: bool
    has_matrix: bool
    has_oddities: bool
    official_url: str
    """Empty where it is not known."""
    read_on: str
    years: str
    """2022 · 2023 · 2024; empty where the plan speaks of none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteFacts:
    """What a written page may say of the site."""

    plans: tuple[PlanFacts, ...]
    plan: PlanFacts
    """The first one, for examples."""
    unit: str
    """The id of the unit that leads most, for examples."""
    has_sectors: bool
    has_safeguards: bool
    has_glossary: bool
    leaders: str
    """What those who supervise are called: 督办领导; empty where there are none."""
    is_by_sector: bool
    """Whether every plan names its units by sector alone."""
    named: str
    """Who is named by sector: 督办领导、总牵头单位和责任单位."""
    lead_label: str
    """What is printed before those who lead: 总牵头单位; empty where brackets or running words alone say it."""
    roles: frozenset[str]
    """In which roles units are named: 牵头, 责任."""
    facets: str
    """By what the search page narrows down: 类别、板块、单位、年份."""


def site_facts(index: SiteIndex) -> SiteFacts:
    """Return what the pages in docs/ may say, so that they hold for any plan as they are."""
    plans = tuple(_plan_facts(plan) for plan in index.plans)
    found = [one for plan in index.plans for part in plan.plan.all_parts for one in part.responsibilities]
    of_sectors = [one for plan in index.plans for sector in plan.sectors for one in sector.responsibilities]
    leads = dict.fromkeys(one.label for one in found if one.role == "lead" and one.label)
    return SiteFacts(
        plans=plans,
        plan=plans[0],
        unit=unit.id if (unit := leading_unit(index)) else "",
        has_sectors=any(plan.sectors for plan in index.plans),
        has_safeguards=any(plan.safeguards for plan in index.plans),
        has_glossary=has_glossary(index),
        leaders=leaders_label(index) if index.leaders else "",
        is_by_sector=all(map(is_by_sector, index.plans)),
        named=listing(list(dict.fromkeys(one.label or ROLES[one.role] for one in of_sectors))),
        lead_label=listing(list(leads)),
        roles=frozenset(ROLES[one.role] for one in found),
        facets="、".join(facet.label for facet in facets(index)),
    )


def _plan_facts(plan: PlanIndex) -> PlanFacts:
    own = plan.plan
    return PlanFacts(
        id=own.id,
        title=own.title,
        folder=addresses.plan(own.id),
        sectors=chinese_number(len(own.sectors)) if own.sectors else "",
        safeguards=chinese_number(len(own.safeguards)) if own.safeguards else "",
        group=next((group.group.printed for group in own.groups), ""),
        unnamed=next((entry.duty.phrase for entry in plan.duties if entry.nobody == NOBODY), ""),
        has_calendar=any(due_dates(plan, entry) for entry in plan.duties),
        has_matrix=has_page(plan, "matrix"),
        has_oddities=has_page(plan, "oddities"),
        official_url=own.official_url or "",
        read_on=date_text(own.read_on or ""),
        years=" · ".join(map(str, plan.years)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class WayBack:
    """Where to go from an address that leads nowhere."""

    url: str
    text: str
    hint: str


def ways_back(index: SiteIndex) -> tuple[WayBack, ...]:
    """Return where to go from an address that leads nowhere."""
    plans = index.plans
    found = (("板块", "sectors"), ("任务", "tasks"), ("制度保障", "safeguards"), ("目标", "targets"))
    parts = [name for name, part in found if any(has_page(plan, part) for plan in plans)]
    ways = [
        WayBack(url=".", text="首页", hint="方案是什么，按单位查找"),
        WayBack(url=ALL_PLANS.url, text="方案", hint=f"每个方案的{listing(parts) or '原文'}"),
        WayBack(url=addresses.UNITS, text="单位", hint="每个单位一页，列出它的全部任务"),
    ]
    if index.leaders:
        called, led = leaders_label(index), led_text(index)
        ways.append(WayBack(url=addresses.LEADERS, text=called, hint=f"各{supervises(called)}哪些{led}"))
    if len(plans) == 1:
        ways.append(WayBack(url=addresses.plan(plans[0].plan.id, "text"), text="原文", hint="逐行编号的方案全文"))
    return tuple(ways)


def document_data(index: SiteIndex, source: str, title: str) -> tuple[LinkedData, ...]:
    """Return what a page tells machines, by its file in docs/."""
    about = _ABOUT.get(source)
    return (*((about(index),) if about else ()), *breadcrumbs((START,), title))


_ABOUT = {"data.md": dataset}
"""File in docs/ → what it is about."""
