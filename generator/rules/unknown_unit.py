"""责任行、括注、统称、单位变更，以及另作理解的名称里写的单位，必须已在 units.yaml 登记（名称或别名）。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..data.bind import nearest
from ..problems import Problem
from ..terms import PRINTED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model import Data, Mention, Plan

ID = "unknown-unit"


def check(data: Data) -> Iterator[Problem]:
    """Yield one problem for each mention of a unit that is not registered."""
    # Everyday names are no suggestion: the plan does not print them.
    printed = [alias.name for unit in data.units for alias in unit.aliases if alias.kind == PRINTED]
    known = [*(unit.name for unit in data.units), *printed]
    mentions = [change.unit for unit in data.units for change in unit.became if change.unit]
    for plan in data.plans:
        mentions += _mentions(plan)
    for mention in mentions:
        if mention.unit is None and mention.leader is None:
            near = nearest(mention.name, known)
            hint = f"是否应为“{near}”？" if near else ""
            yield Problem(
                mention.where, ID, f"单位“{mention.name}”没有登记：{hint}写错了请改正，是新单位请先加进 units.yaml"
            )


def _mentions(plan: Plan) -> Iterator[Mention]:
    for one in plan.all_responsibilities:
        if one.role != "supervise":
            yield from one.names
    for group in plan.groups:
        yield group.group
        yield from group.members
    for duty in (duty for item in plan.items for duty in item.duties):
        # Who acts may be printed as anything; what the words are read as is a unit.
        yield from (m for m in (*duty.who, *duty.to) if m.printed != m.name or m.reading != "printed")
