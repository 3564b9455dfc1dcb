"""How a plan is built: which of its pages hold anything, and how it names those who answer for its tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .common import listing

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..index.records import Charge, CitationEntry, PlanIndex, SiteIndex
    from ..model import Part, Plan, Unit


def _has_matrix(plan: PlanIndex) -> bool:
    """Say whether units are named for the tasks of sectors."""
    tasks = {task.id for task in plan.tasks if task.sector}
    return any(one.id in tasks for found in plan.obligations.values() for one in found if one.via is None)


_HOLDS: Final[dict[str, Callable[[PlanIndex], object]]] = {
    "sectors": lambda plan: plan.sectors,
    "tasks": lambda plan: plan.tasks,
    "safeguards": lambda plan: plan.safeguards,
    "targets": lambda plan: plan.all_targets,
    "calendar": lambda plan: plan.duties,
    "matrix": _has_matrix,
    "citations": lambda plan: plan.citations,
    "oddities": lambda plan: plan.plan.oddities,
}
"""Part of a plan's address → what its page is about; any other page is never empty."""


def has_page(plan: PlanIndex, part: str) -> bool:
    """Say whether a plan has anything to show on one of its pages."""
    return part not in _HOLDS or bool(_HOLDS[part](plan))


def is_by_sector(plan: PlanIndex) -> bool:
    """Say whether units are printed with the sectors, for all their tasks, and nowhere else for any task."""
    memo = plan.plan.memo
    if "is_by_sector" not in memo:
        memo["is_by_sector"] = _is_by_sector(plan)
    return bool(memo["is_by_sector"])


def _is_by_sector(plan: PlanIndex) -> bool:
    own = plan.plan
    return (
        any(_names_units(plan.charges_of.get(sector.id, ())) for sector in own.sectors)
        and all(task.sector and not plan.charges_of.get(task.id) for task in own.tasks)
        and not plan.charges_of[""]
    )


def _names_units(charges: tuple[Charge, ...]) -> bool:
    return any(mention.unit for charge in charges for mention in charge.responsibility.names)


def unsectored(plan: PlanIndex) -> tuple[Part, ...]:
    """Return the tasks that belong to no sector."""
    return tuple(task for task in plan.tasks if not task.sector)


def basis(plan: PlanIndex) -> tuple[CitationEntry, ...]:
    """Return the documents that the guiding part names, or without one the preamble, each once."""
    own = plan.plan
    parts = own.of_kind("guiding") or own.of_kind("preamble")
    return tuple({entry.citation.id: entry for part in parts for entry in plan.citations_of(part.id)}.values())


def period_text(plan: Plan) -> str:
    """Write from when to when a plan holds: 2022—2024年; empty where nobody says it."""
    period = plan.period
    if period is None:
        return ""
    if period.start and period.end:
        return f"{period.start}—{period.end}年"
    return period.text or (f"{period.start}年起" if period.start else f"到{period.end}年" if period.end else "")


def parts_text(plan: PlanIndex) -> str:
    """Name what a plan has: 板块、任务、制度保障和总体目标."""
    own = plan.plan
    counts = (("板块", own.sectors), ("任务", own.tasks), ("制度保障", own.safeguards), ("总体目标", own.goals))
    return listing([name for name, found in counts if found])


def has_glossary(index: SiteIndex) -> bool:
    """Say whether any plan has terms that are explained."""
    return any(plan.plan.terms for plan in index.plans)


def leading_unit(index: SiteIndex) -> Unit | None:
    """Return the unit that leads most, which serves as an example; None where there are no units."""
    entry = max(index.units, key=lambda entry: entry.counts.lead_tasks, default=None)
    return entry.unit if entry else None


def search_example(index: SiteIndex) -> str:
    """Say what can be typed into a search, by a unit that is there: 如 区发展改革局、发改局; empty without units."""
    unit = leading_unit(index)
    if not unit:
        return ""
    short = [alias.name for alias in unit.aliases if alias.kind == "简称"]
    return f"如 {'、'.join([unit.name, *short[:1]])}"
