"""The site map: every generated page as (address, template, view), in a fixed order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator import addresses
from generator.views.calendar import calendar_view
from generator.views.glossary import glossary_view
from generator.views.kin import Kinship
from generator.views.leaders import leader_view, leaders_view
from generator.views.lists import plans_view, safeguards_view, sectors_view, tasks_view
from generator.views.matrix import matrix_view
from generator.views.plans import plan_view
from generator.views.rows import Rows
from generator.views.safeguards import safeguard_view
from generator.views.search import search_view
from generator.views.sectors import sector_view
from generator.views.start import start_view, units_view
from generator.views.tables import citations_view, oddities_view
from generator.views.targets import targets_view
from generator.views.tasks import task_view
from generator.views.text import coverage_view, text_view
from generator.views.units import unit_view

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Protocol

    from generator.entries import PlanIndex, SiteIndex
    from generator.views.common import Head

    class View(Protocol):
        """What one page shows."""

        @property
        def head(self) -> Head:
            """What every page has."""


@dataclass(frozen=True, slots=True)
class Row:
    """A page of the site map."""

    address: str
    """Relative to the root of the site; empty for the start page."""
    template: str
    """The name of a file in overrides/pages/, without its suffix."""
    view: View


_PARTS = (
    ("targets", targets_view),
    ("calendar", calendar_view),
    ("matrix", matrix_view),
    ("text", text_view),
    ("citations", citations_view),
    ("oddities", oddities_view),
    ("coverage", coverage_view),
)
"""The tables of a plan: (address part and template, view)."""

_LISTS = (
    ("sectors", sectors_view),
    ("tasks", tasks_view),
    ("safeguards", safeguards_view),
)
"""The lists above the pages of a plan: (address part, view)."""


def site_map(index: SiteIndex) -> Iterator[Row]:
    """Yield every generated page."""
    rows = Rows(index)
    yield Row("", "start", start_view(rows))
    yield Row("plans/", "list", plans_view(rows))
    for plan in index.plans:
        yield from _plan_rows(rows, plan)
    yield Row("units/", "units", units_view(rows))
    for unit in index.units:
        yield Row(unit.url, "unit", unit_view(rows, unit))
    yield Row("leaders/", "leaders", leaders_view(rows))
    for leader in index.leaders:
        yield Row(leader.url, "leader", leader_view(rows, leader))
    yield Row("glossary/", "glossary", glossary_view(rows))
    yield Row("search/", "search", search_view(rows))


def _plan_rows(rows: Rows, plan: PlanIndex) -> Iterator[Row]:
    own = plan.plan
    kinship = Kinship(rows, plan)
    yield Row(addresses.plan(own.id), "plan", plan_view(rows, plan))
    for place, sector in enumerate(own.sectors):
        yield Row(addresses.sector(own.id, sector.number), "sector", sector_view(rows, plan, place))
    for place, task in enumerate(own.tasks):
        yield Row(addresses.task(own.id, task.number), "task", task_view(rows, plan, place, kinship))
    for place, safeguard in enumerate(own.safeguards):
        view = safeguard_view(rows, plan, place, kinship)
        yield Row(addresses.safeguard(own.id, safeguard.number), "safeguard", view)
    for part, part_view in _PARTS:
        yield Row(addresses.plan(own.id, part), part, part_view(rows, plan))
    for part, list_view in _LISTS:
        yield Row(addresses.plan(own.id, part), "list", list_view(rows, plan))
