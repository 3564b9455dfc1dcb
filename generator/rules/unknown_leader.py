"""督办领导必须已在 leaders.yaml 登记（不计姓名里的空格），是单位的在 units.yaml 登记。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..data.bind import nearest
from ..problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model import Data

ID = "unknown-leader"


def check(data: Data) -> Iterator[Problem]:
    """Yield one problem for each leader who is not registered."""
    for plan in data.plans:
        named = (m for one in plan.all_responsibilities if one.role == "supervise" for m in one.names)
        for mention in named:
            if mention.leader is None and mention.unit is None:
                near = nearest(mention.name, [leader.name for leader in data.leaders])
                hint = f"是否应为“{near}”？" if near else ""
                text = f"督办领导“{mention.printed}”没有登记：{hint}写错了请改正，否则请先加进 leaders.yaml"
                yield Problem(mention.where, ID, text)
