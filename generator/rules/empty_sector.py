"""每个板块至少有一项任务。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model import Data

ID = "empty-sector"


def check(data: Data) -> Iterator[Problem]:
    """Yield one problem for each sector without tasks and each plan without sectors."""
    for plan in data.plans:
        if not plan.sectors and data.is_whole:
            yield Problem(plan.where, ID, "方案没有板块：请在 sectors 目录里为每个板块放一个文件（1.yaml、2.yaml……）")
        for sector in plan.sectors:
            if not sector.tasks and sector.where.path not in data.broken:
                yield Problem(sector.where, ID, f"板块“{sector.title}”没有任务：请在 tasks 下补上")
