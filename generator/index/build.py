"""The index of a site: its plans, units and leaders with all cross-references.

Views and exports read from here and search nothing themselves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import addresses
from ..data.load import read_data
from ..rules import require_sound
from .plan import plan_index
from .records import LeaderEntry, SiteIndex
from .units import unit_entries

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ..model import Data
    from .records import DutyEntry, PlanIndex


def read_index(root: Path, shown: str = "") -> SiteIndex:
    """Read and check plan_data/ and index it; raises PlanError with every problem."""
    data, problems = read_data(root, shown)
    require_sound(data, problems)
    return build_index(data)


def build_index(data: Data) -> SiteIndex:
    """Index sound data."""
    plans = tuple(plan_index(plan) for plan in data.plans)
    return SiteIndex(
        data=data,
        plans=plans,
        units=unit_entries(data, plans),
        leaders=tuple(
            LeaderEntry(
                leader=leader,
                sectors=tuple(
                    (p.id, part)
                    for p in data.plans
                    for part in p.all_parts
                    if part.kind in {"sector", "task"} and any(m.leader == leader.id for m in part.named("supervise"))
                ),
                duties=tuple(_leaders_duties(plans, leader.id)),
                url=addresses.leader(leader.id),
            )
            for leader in data.leaders
        ),
        unit_names={unit.id: unit.name for unit in data.units},
    )


def _leaders_duties(plans: tuple[PlanIndex, ...], leader: str) -> Iterator[tuple[str, DutyEntry]]:
    for plan in plans:
        if any(m.leader == leader for part in plan.plan.all_parts for m in part.named("supervise")):
            yield from ((plan.id, entry) for entry in plan.duties if entry.is_leaders)
