"""目标的范围（scope）不重复指标里已有的字：范围要么补充指标没说的，要么不写。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model import Data

ID = "repeated-scope"


def check(data: Data) -> Iterator[Problem]:
    """Yield one problem for each scope that only says what its indicator says already."""
    for plan in data.plans:
        for target in (target for item in plan.items for target in item.targets):
            if target.scope and target.scope in target.indicator:
                text = f"范围“{target.scope}”已在指标“{target.indicator}”里：请删去 scope，或从指标里去掉这几个字"
                yield Problem(target.where, ID, text)
