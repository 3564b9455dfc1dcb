"""登记的每位督办领导至少要被一个方案点名。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model import Data

ID = "unnamed-leader"


def check(data: Data) -> Iterator[Problem]:
    """Yield one problem for each registered leader whom no plan names."""
    named = {m.leader for plan in data.plans for one in plan.all_responsibilities for m in one.names}
    for leader in data.leaders:
        if leader.id not in named:
            yield Problem(leader.where, ID, f"没有方案由“{leader.name}”督办：请检查姓名是否写错，不需要就删去")
