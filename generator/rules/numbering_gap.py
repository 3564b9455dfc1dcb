"""一处里的序号要连续，印在前面的第一个除外；原文确实跳号的，在 oddities.yaml 里记一条“标号疑误”。"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..problems import Problem
from ..terms import MISNUMBERED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model import Data, Part, Plan

ID = "numbering-gap"


def check(data: Data) -> Iterator[Problem]:
    """Yield one problem for each number that neither follows the one before it nor begins anew."""
    for plan in data.plans:
        if any(path.startswith(f"{plan.path}/") for path in data.broken):
            continue  # what was left out would look like a gap
        explained = {oddity.line for oddity in plan.oddities if oddity.kind == MISNUMBERED}
        last: dict[str, int] = {}
        for part in plan.all_parts:
            if part.number is None:
                continue
            style = _style(part)
            before = last.get(style)
            last[style] = part.number
            if before is not None and part.number not in {1, before + 1} and not _is_explained(plan, part, explained):
                text = (
                    f"序号“{part.number_printed.strip()}”前面是 {before}，按顺序应为 {before + 1}：请检查是否漏了一项、"
                    f"重了号或排错了位置；原文如此就在 oddities.yaml 记一条（kind: {MISNUMBERED}）"
                )
                yield Problem(part.where, ID, text)


def _style(part: Part) -> str:
    """Return how a number is written, and of what: (一) of a task, 1. of an item."""
    return part.kind + re.sub(r"[\d一二两三四五六七八九十百零]+", "1", part.number_printed)


def _is_explained(plan: Plan, part: Part, lines: set[int]) -> bool:
    printed = plan.source.split("\n")
    return any(part.paragraphs[0].text in printed[line - 1] for line in lines if line <= len(printed))
