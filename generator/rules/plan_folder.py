"""方案的 id 必须与所在目录同名，起止年份先后有序，年度目标的年份都在期限内。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..problems import Problem
from .year_outside_period import outside

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model import Data

ID = "plan-folder"


def check(data: Data) -> Iterator[Problem]:
    """Yield a problem for a plan whose id, period or goals do not fit together."""
    for plan in data.plans:
        folder = plan.path.rpartition("/")[2]
        if plan.id != folder:
            yield Problem(plan.where, ID, f"方案编号“{plan.id}”与目录名“{folder}”不同：请改成一致（网址用的就是它）")
        start, end = (plan.period.start, plan.period.end) if plan.period else (None, None)
        if start and end and start > end:
            yield Problem(plan.where, ID, f"起始年 {start} 晚于结束年 {end}：请检查 period")
        for goal in plan.goals:
            if goal.year and (fault := outside(goal.year, start, end)):
                yield Problem(goal.paragraphs[0].places[0], ID, f"年度目标的 {fault}：请检查 period，或改正 year")
