"""同一个责任行里一个单位只能列一次；原文确实印了两次的，要在 oddities.yaml 里记一条“重复列名”。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..problems import Problem
from ..terms import LISTED_TWICE
from ..text.lines import placed_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model import Data, Mention, Plan

ID = "repeated-unit"


def check(data: Data) -> Iterator[Problem]:
    """Yield one problem for each repetition that no oddity explains."""
    for plan in data.plans:
        if f"{plan.path}/oddities.yaml" in data.broken:
            continue
        explained = {(o.line, o.printed) for o in plan.oddities if o.kind == LISTED_TWICE}
        for number, mentions in _lists(plan):
            seen: set[str | None] = set()
            for mention in mentions:
                if mention.unit in seen and mention.unit and (number, mention.name) not in explained:
                    text = (
                        f"“{mention.name}”在这个责任行里列了两次：多写了请删去；"
                        "原文如此就在 oddities.yaml 记一条"
                        f"（line: {number}，kind: {LISTED_TWICE}，printed: {mention.name}）"
                    )
                    yield Problem(mention.where, ID, text)
                seen.add(mention.unit)


def _lists(plan: Plan) -> Iterator[tuple[int, tuple[Mention, ...]]]:
    """Yield each list of units with the number of its line."""
    lines = placed_lines(plan)
    for one in plan.all_responsibilities:
        number = next((line.number for line in lines if line.part == one.part and one.quote in line.text), 0)
        yield number, one.names
