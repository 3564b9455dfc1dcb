"""同一项里不得有两条目标的指标相同、范围也相同（或有一条没写范围）：多半是整列错位，或把一格向下填充到了别的目标。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model import Data, Target

ID = "repeated-indicator"


def check(data: Data) -> Iterator[Problem]:
    """Yield one problem for each target that cannot be told from another of its item."""
    for plan in data.plans:
        for item in plan.items:
            first: dict[str, Target] = {}
            for target in item.targets:
                other = first.setdefault(target.indicator, target)
                if other is not target and (target.scope == other.scope or not (target.scope and other.scope)):
                    text = (
                        f"{target.id} 与 {other.id} 的指标都是“{target.indicator}”，范围分不开，"
                        "像是整列错位或向下填充：请照原文各写各的；本是一条的请合并"
                    )
                    yield Problem(target.where, ID, text)
