"""目标值（metric）要有数，或写明提高、降低；阶段性目标（milestone）没有数，只写达到所述状态（state）；有上下限或百分比的能核对，不是方向性表述。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model import Data, Value

ID = "target-type"


def check(data: Data) -> Iterator[Problem]:
    """Yield one problem for each target whose type does not fit its values."""
    for plan in data.plans:
        for target in (target for item in plan.items for target in item.targets):
            measured = [value for value in target.values if value.comparator != "state"]
            if target.type == "milestone" and measured:
                comparator = measured[0].comparator
                yield Problem(measured[0].where, ID, f"阶段性目标不写 {comparator}：请改成 type: metric，或改用 state")
            if target.strength == "direction" and any(_is_measurable(value) for value in target.values):
                text = "有上下限或百分比的目标能核对，不是方向性表述：请删去 strength: direction"
                yield Problem(target.where, ID, text)
            if target.type == "metric" and not measured:
                text = "目标值要有数（value），或用 rise、fall：请补上，或改成 type: milestone"
                yield Problem(target.where, ID, text)


def _is_measurable(value: Value) -> bool:
    """Tell whether a third person could hold a figure to the facts: a count alone (三条产业链) may be a mere name."""
    return value.value is not None and (value.comparator != "exactly" or value.unit in {"%", "％"})
