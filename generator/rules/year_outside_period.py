"""目标取值的年份必须在方案期限内；原文没有写年份就不写；标题里印着起止年份的，方案期限要与它一致。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..problems import Problem
from ..text.readings import years_anywhere

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model import Data

ID = "year-outside-period"


def check(data: Data) -> Iterator[Problem]:
    """Yield one problem for each value whose year the plan does not cover."""
    for plan in data.plans:
        titled = next((found.years for found in years_anywhere(plan.title) if len(found.years) > 1), None)
        period = (plan.period.start, plan.period.end) if plan.period else (None, None)
        if titled and period != (titled[0], titled[-1]):
            text = f"标题里印着 {titled[0]}—{titled[-1]}：请把 period 写成 {{start: {titled[0]}, end: {titled[-1]}}}"
            yield Problem(plan.where, ID, text)
        for value in (value for item in plan.items for target in item.targets for value in target.values):
            if value.year is not None and (fault := outside(value.year, *period)):
                yield Problem(value.where, ID, f"{fault}：请改正，原文没写年份就删去 year")


def outside(year: int, start: int | None, end: int | None) -> str:
    """Say how a year lies outside of a period, either end of which may be open; nothing where it does not."""
    if (start or year) <= year <= (end or year):
        return ""
    if start and end:
        return f"{year} 年不在方案期限 {start}—{end} 年内"
    return f"{year} 年早于方案期限的起始年 {start}" if start else f"{year} 年晚于方案期限的结束年 {end}"
