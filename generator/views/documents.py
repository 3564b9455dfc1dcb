"""What is known of the pages that were written by hand, in docs/, and what they may say of the plans."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .. import addresses
from ..terms import NOBODY, chinese_number
from ..wording import date_text
from .common import START, leading_unit
from .linked_data import breadcrumbs, dataset

if TYPE_CHECKING:
    from ..entries import PlanIndex, SiteIndex
    from .linked_data import LinkedData


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFacts:
    """What a written page may say of a plan; texts are Chinese, addresses those of files in docs/."""

    id: str
    title: str
    folder: str
    """plans/…/, in front of index.md, text/index.md and the sheets."""
    sectors: str
    """How many there are: 八."""
    safeguards: str
    group: str
    """The first name that stands for several units, for an example; empty where there is none."""
    unnamed: str
    """The printed words of the first duty that names nobody, for an example; empty where there is none."""
    has_calendar: bool
    official_url: str
    """Empty where it is not known."""
    read_on: str
    years: str
    """2022 · 2023 · 2024."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteFacts:
    """What a written page may say of the site."""

    plans: tuple[PlanFacts, ...]
    plan: PlanFacts
    """The first one, for examples."""
    unit: str
    """The id of the unit that leads most, for examples."""


def site_facts(index: SiteIndex) -> SiteFacts:
    """Return what the pages in docs/ may say, so that they hold for any plan as they are."""
    plans = tuple(_plan_facts(plan) for plan in index.plans)
    return SiteFacts(
        plans=plans,
        plan=plans[0],
        unit=unit.id if (unit := leading_unit(index)) else "",
    )


def _plan_facts(plan: PlanIndex) -> PlanFacts:
    own = plan.plan
    return PlanFacts(
        id=own.id,
        title=own.title,
        folder=addresses.plan(own.id),
        sectors=chinese_number(len(own.sectors)),
        safeguards=chinese_number(len(own.safeguards)),
        group=next((group.group.printed for group in own.groups), ""),
        unnamed=next((entry.duty.phrase for entry in plan.duties if entry.nobody == NOBODY), ""),
        has_calendar=any(entry.duty.due for entry in plan.duties),
        official_url=own.official_url or "",
        read_on=date_text(own.read_on or ""),
        years=" · ".join(map(str, plan.years)),
    )


def document_data(index: SiteIndex, source: str, title: str) -> tuple[LinkedData, ...]:
    """Return what a page tells machines, by its file in docs/."""
    about = _ABOUT.get(source)
    return (*((about(index),) if about else ()), *breadcrumbs((START,), title))


_ABOUT = {"data.md": dataset}
"""File in docs/ → what it is about."""
