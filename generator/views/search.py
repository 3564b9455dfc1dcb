"""The search page: what its results can be narrowed down to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..terms import SEARCH_KINDS
from .common import Head, search_example, site_head

if TYPE_CHECKING:
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
class SearchView:
    """The search page."""

    head: Head
    example: str
    """What to type, for one who does not know."""
    facets: tuple[Facet, ...]


def search_view(rows: Rows) -> SearchView:
    """Build the search page."""
    index = rows.index
    years = sorted({year for plan in index.plans for year in plan.years})
    sectors = [
        (f"{plan.plan.id} {sector.number}", "　".join(filter(None, (rows.plan_name(plan.plan.id), sector.title))))
        for plan in index.plans
        for sector in plan.plan.sectors
    ]
    units = [(unit.id, unit.name) for unit in index.data.units]
    return SearchView(
        head=site_head(rows, "搜索", "按单位、任务、目标、原文等搜索方案，可按类别、板块、单位、年份筛选。"),
        example=search_example(index),
        facets=(
            Facet(name="kind", label="类别", everything="全部类别", options=tuple(SEARCH_KINDS.items())),
            Facet(name="sector", label="板块", everything="全部板块", options=tuple(sectors)),
            Facet(name="unit", label="单位", everything="全部单位", options=tuple(units)),
            Facet(name="year", label="年份", everything="全部年份", options=tuple((str(y), f"{y}年") for y in years)),
        ),
    )
