"""The search page: what its results can be narrowed down to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..terms import SEARCH_KINDS
from .heads import View, site_head
from .shape import has_glossary, search_example

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..index.records import SiteIndex
    from .rows import Rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """A choice by which results are narrowed down."""

    name: str
    """In the address."""
    label: str
    everything: str
    """What no choice is called."""
    options: tuple[tuple[str, str], ...]
    """(value, what a reader sees)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchView(View):
    """The search page."""

    example: str
    """What to type, for one who does not know."""
    label: str
    """What can be searched."""
    has_glossary: bool
    facets: tuple[Facet, ...]


def search_view(rows: Rows) -> SearchView:
    """Build the search page."""
    index, offered = rows.index, facets(rows.index)
    kinds, by = dict(_kinds(index)), "、".join(facet.label for facet in offered)
    words = [kinds[kind] for kind in ("unit", "task", "target", "safeguard") if kind in kinds]
    return SearchView(
        head=site_head(rows.index, "搜索", f"按单位、任务、目标、原文等搜索方案，可按{by}筛选。"),
        example=search_example(index),
        label=f"搜索{'、'.join(words)}和原文",
        has_glossary=has_glossary(index),
        facets=offered,
    )


def facets(index: SiteIndex) -> tuple[Facet, ...]:
    """Return the choices by which results can be narrowed down on this site."""
    plans = [(plan.id, plan.plan.short_title) for plan in index.plans]
    names = dict(plans if len(plans) > 1 else ())
    sectors = [
        (
            f"{plan.id} {sector.id.removeprefix('sector-')}",
            "　".join(filter(None, (names.get(plan.id), sector.title))),
        )
        for plan in index.plans
        for sector in plan.sectors
    ]
    units = [(unit.id, unit.name) for unit in index.data.units]
    years = [(str(y), f"{y}年") for y in sorted({year for plan in index.plans for year in plan.years})]
    found = (
        Facet(name="kind", label="类别", everything="全部类别", options=tuple(_kinds(index))),
        Facet(name="plan", label="方案", everything="全部方案", options=tuple(names.items())),
        Facet(name="sector", label="板块", everything="全部板块", options=tuple(sectors)),
        Facet(name="unit", label="单位", everything="全部单位", options=tuple(units)),
        Facet(name="year", label="年份", everything="全部年份", options=tuple(years)),
    )
    return tuple(facet for facet in found if facet.options)


def _kinds(index: SiteIndex) -> Iterator[tuple[str, str]]:
    """Yield the kinds of results that this site can have."""
    plans = index.plans
    has = {
        "unit": index.data.units,
        "leader": index.data.leaders,
        "sector": any(plan.sectors for plan in plans),
        "safeguard": any(plan.safeguards for plan in plans),
        "goal": any(plan.plan.goals for plan in plans),
        "target": any(plan.targets for plan in plans),
        "direction": any(len(plan.all_targets) > len(plan.targets) for plan in plans),
        "duty": any(plan.duties for plan in plans),
        "term": any(plan.plan.terms for plan in plans),
        "citation": any(plan.citations for plan in plans),
        "oddity": any(plan.plan.oddities for plan in plans),
    }
    return ((kind, label) for kind, label in SEARCH_KINDS.items() if has.get(kind, True))
