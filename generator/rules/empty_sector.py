"""方案至少有一项任务，每个板块至少有一项任务。"""

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
        if not plan.tasks and data.is_whole:
            yield Problem(plan.where, ID, "方案没有任务：请把原文里的每项任务写作 kind: task")
        for sector in plan.sectors:
            if not sector.tasks and data.is_whole:
                text = f"板块“{sector.title}”没有任务：请在它的 parts 里补上；板块本身就是一项任务的，写作 kind: task"
                yield Problem(sector.where, ID, text)
