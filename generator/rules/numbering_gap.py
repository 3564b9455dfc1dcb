"""板块、任务、制度保障的序号必须从 1 起连续，文件名与板块序号一致。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..model import Data, Safeguard, Sector, Task

ID = "numbering-gap"


def check(data: Data) -> Iterator[Problem]:
    """Yield one problem for each number that is not the one expected there."""
    for plan in data.plans:
        for sector in plan.sectors:
            name = sector.where.path.rpartition("/")[2]
            if name != f"{sector.number}.yaml":
                text = f"板块序号是 {sector.number}，文件名却是 {name}：请把文件名改成 {sector.number}.yaml，或改正序号"
                yield Problem(sector.where, ID, text)
        if any(path.startswith(f"{plan.path}/") for path in data.broken):
            continue  # what was left out would look like a gap
        yield from _gaps("板块", plan.sectors)
        yield from _gaps("任务", plan.tasks)
        yield from _gaps("制度保障", plan.safeguards)


def _gaps(name: str, items: Sequence[Sector | Task | Safeguard]) -> Iterator[Problem]:
    for expected, item in enumerate(items, 1):
        if item.number != expected:
            yield Problem(
                item.where,
                ID,
                f"{name}序号是 {item.number}，按顺序应为 {expected}：请检查是否漏了一项、重了号或排错了位置",
            )
            return
