"""登记的每个单位至少要被一个方案点名，或者由点名的单位变更而来，否则它的网页是空的。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model import Data

ID = "unnamed-unit"


def check(data: Data) -> Iterator[Problem]:
    """Yield one problem for each registered unit that no plan names."""
    named = {
        mention.unit
        for plan in data.plans
        for mentions in (
            *(one.names for one in plan.all_responsibilities),
            *([group.group, *group.members] for group in plan.groups),
        )
        for mention in mentions
    }
    named |= {change.unit.unit for unit in data.units for change in unit.became if change.unit}
    for unit in data.units:
        if unit.id not in named:
            yield Problem(
                unit.where,
                ID,
                f"没有方案点名“{unit.name}”：请检查责任单位是否漏写，不需要就删去这个单位",
            )
