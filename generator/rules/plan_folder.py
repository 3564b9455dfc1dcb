"""方案的 id 必须与所在目录同名，起止年份先后有序，年度目标的年份都在期限内。"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from ..problems import Problem

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
        if plan.start > plan.end:
            yield Problem(plan.where, ID, f"起始年 {plan.start} 晚于结束年 {plan.end}：请检查 period")
        years = Counter(goal.year for goal in plan.goals)
        for goal in plan.goals:
            if not plan.start <= goal.year <= plan.end or years[goal.year] > 1:
                yield Problem(
                    goal.where, ID, f"年度目标 {goal.year} 年不在期限内或重复：期限是 {plan.start}—{plan.end} 年"
                )
