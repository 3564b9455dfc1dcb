"""方案里出现的统称（群体）要在 plan.yaml 的 groups 里说明指哪些单位；groups 里只写统称，成员只写单位。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model import Data, Mention, Plan

ID = "group-meaning"


def check(data: Data) -> Iterator[Problem]:
    """Yield a problem for a group without a meaning, given two, or mixed up with a unit."""
    groups = {unit.id for unit in data.units if unit.is_group}
    for plan in data.plans:
        explained: set[str | None] = set()
        for group in plan.groups:
            if group.group.unit and group.group.unit not in groups:
                yield Problem(
                    group.where, ID, f"“{group.group.name}”不是统称：请在 units.yaml 把它的类别改成“群体”，或删去这一条"
                )
            if group.group.unit and group.group.unit in explained:
                yield Problem(group.where, ID, f"“{group.group.name}”说明了两次：请删去一条")
            explained.add(group.group.unit)
            for member in group.members:
                if member.unit in groups:
                    yield Problem(member.where, ID, f"统称的成员不能又是统称（“{member.name}”）：请写出具体单位")
        for mention in _named(plan):
            if mention.unit in groups and mention.unit not in explained:
                explained.add(mention.unit)
                text = f"统称“{mention.name}”没有说明指哪些单位：请在 plan.yaml 的 groups 里加一条"
                yield Problem(mention.where, ID, text)


def _named(plan: Plan) -> Iterator[Mention]:
    """Yield every unit or group that is made responsible for something."""
    for one in plan.all_responsibilities:
        yield from one.names
