"""目标取值的年份必须在方案期限内；原文没有写年份就不写。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.model import Data

ID = "year-outside-period"


def check(data: Data) -> Iterator[Problem]:
    """Yield one problem for each value whose year the plan does not cover."""
    for plan in data.plans:
        for value in (value for item in plan.items for target in item.targets for value in target.values):
            if value.year is not None and not plan.start <= value.year <= plan.end:
                yield Problem(
                    value.where,
                    ID,
                    f"{value.year} 年不在方案期限 {plan.start}—{plan.end} 年内：请改正，原文没写年份就删去 year",
                )
