"""板块的督办领导必须已在 leaders.yaml 登记（不计姓名里的空格）。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..bind import nearest
from ..problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model import Data

ID = "unknown-leader"


def check(data: Data) -> Iterator[Problem]:
    """Yield one problem for each sector whose leader is not registered."""
    for plan in data.plans:
        for sector in plan.sectors:
            if sector.leader is None:
                near = nearest(sector.leader_printed, [leader.name for leader in data.leaders])
                hint = f"是否应为“{near}”？" if near else ""
                text = f"督办领导“{sector.leader_printed}”没有登记：{hint}写错了请改正，否则请先加进 leaders.yaml"
                yield Problem(sector.leader_where, ID, text)
