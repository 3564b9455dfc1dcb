"""一处里的序号要连续，印在前面的第一个除外；原文确实跳号的，在 oddities.yaml 里记一条“标号疑误”。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..problems import Problem
from ..terms import MISNUMBERED
from ..text.counting import Counted, gaps

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
        numbered = list(_numbered(plan.parts, 0))
        counted = (Counted(part.number_printed, part.number or 0, depth) for part, depth in numbered)
        for gap in gaps(counted):
            part, before = numbered[gap.place][0], gap.before
            if not _is_explained(plan, part, explained):
                text = (
                    f"序号“{part.number_printed.strip()}”前面是 {before}，按顺序应为 {before + 1}：请检查是否漏了一项、"
                    f"重了号或排错了位置；原文如此就在 oddities.yaml 记一条（kind: {MISNUMBERED}）"
                )
                yield Problem(part.paragraphs[0].places[0], ID, text)


def _numbered(parts: tuple[Part, ...], depth: int) -> Iterator[tuple[Part, int]]:
    """Yield each part that has a number, and how deep it stands: numbers of one style run on at one depth."""
    for part in parts:
        if part.number is not None and part.number_printed:
            yield part, depth
        yield from _numbered(part.parts, depth + 1)


def _is_explained(plan: Plan, part: Part, lines: set[int]) -> bool:
    printed = plan.source.split("\n")
    return any(part.paragraphs[0].text in printed[line - 1] for line in lines if line <= len(printed))
