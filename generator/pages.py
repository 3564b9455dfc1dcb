"""The site map: every generated page as (address, template, view), in a fixed order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from . import addresses
from .views.calendar import calendar_view
from .views.glossary import glossary_view
from .views.kin import Kinship
from .views.leaders import leader_view, leaders_view
from .views.lists import plans_view, safeguards_view, sectors_view, tasks_view
from .views.matrix import matrix_view
from .views.plans import plan_view
from .views.rows import Rows
from .views.safeguards import safeguard_view
from .views.search import search_view
from .views.sectors import sector_view
from .views.shape import has_glossary, has_page
from .views.start import start_view, units_view
from .views.tables import citations_view, oddities_view
from .views.targets import targets_view
from .views.tasks import task_view
from .views.text import coverage_view, text_view
from .views.unit_overview import unit_overview
from .views.units import unit_view

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .index.records import PlanIndex, SiteIndex
    from .views.heads import View


@dataclass(frozen=True, slots=True)
class PageRow:
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
"""The lists above the pages of a plan: (address part, view). What a plan has none of has no page."""


_PLAN_TABS: Final = (("目标", "targets"), ("日历", "calendar"), ("原文", "text"))
"""Parts of a plan that stand in the navigation where there is one plan: (title, address part)."""
_DATA: Final = ("数据", "data.md")
_ABOUT: Final = (("关于本站", "about.md"), ("如何阅读", "reading.md"))


def navigation(index: SiteIndex, documents: Iterable[str]) -> list[dict[str, object]]:
    """Return the tabs of a site, as in `nav` of mkdocs.yml: (title, file in docs/, made or written).

    They are few and stay as many, however many plans there are. `documents` are the written files; those that
    are not known here follow in their order under 关于.
    """
    written = list(documents)
    plans = index.plans
    one = addresses.plan(plans[0].plan.id) if len(plans) == 1 else ""
    tabs = [("首页", "index.md"), ("方案", f"{one or addresses.PLANS}index.md"), ("单位", f"{addresses.UNITS}index.md")]
    tabs += [(title, f"{one}{part}/index.md") for title, part in _PLAN_TABS if one and has_page(plans[0], part)]
    tabs += [("名词", f"{addresses.GLOSSARY}index.md")] if has_glossary(index) else []
    tabs += [_DATA] if _DATA[1] in written else []
    about = [(title, name) for title, name in _ABOUT if name in written]
    known = {"index.md", _DATA[1], *(name for _, name in about)}
    more = [name for name in written if name not in known]
    found: list[dict[str, object]] = [{title: name} for title, name in tabs]
    under = [*({title: name} for title, name in about), *more]
    return [*found, {"关于": under}] if under else found


def site_map(index: SiteIndex) -> Iterator[PageRow]:
    """Yield every generated page."""
    rows = Rows(index)
    yield PageRow("", "start", start_view(rows))
    yield PageRow(addresses.PLANS, "list", plans_view(rows))
    for plan in index.plans:
        yield from _plan_rows(rows, plan)
    yield PageRow(addresses.UNITS, "units", units_view(rows))
    for unit in index.units:
        if len(index.plans) == 1:
            yield PageRow(unit.url, "unit", unit_view(rows, unit))
        else:
            yield PageRow(unit.url, "unit_overview", unit_overview(rows, unit))
            for part in unit.parts:
                yield PageRow(part.url, "unit", unit_view(rows, part))
    if index.leaders:
        yield PageRow(addresses.LEADERS, "leaders", leaders_view(rows))
    for leader in index.leaders:
        yield PageRow(leader.url, "leader", leader_view(rows, leader))
    if has_glossary(index):
        yield PageRow(addresses.GLOSSARY, "glossary", glossary_view(rows))
    yield PageRow(addresses.SEARCH, "search", search_view(rows))


def _plan_rows(rows: Rows, plan: PlanIndex) -> Iterator[PageRow]:
    own = plan.plan
    kinship = Kinship(rows, plan)
    yield PageRow(addresses.plan(own.id), "plan", plan_view(rows, plan))
    for place, sector in enumerate(own.sectors):
        yield PageRow(plan.owners[sector.id].url, "sector", sector_view(rows, plan, place))
    for place, task in enumerate(own.tasks):
        yield PageRow(plan.owners[task.id].url, "task", task_view(rows, plan, place, kinship))
    for place, safeguard in enumerate(own.safeguards):
        view = safeguard_view(rows, plan, place, kinship)
        yield PageRow(plan.owners[safeguard.id].url, "safeguard", view)
    for part, part_view in _PARTS:
        if has_page(plan, part):
            yield PageRow(addresses.plan(own.id, part), part, part_view(rows, plan))
    for part, list_view in _LISTS:
        if has_page(plan, part):
            yield PageRow(addresses.plan(own.id, part), "list", list_view(rows, plan))
