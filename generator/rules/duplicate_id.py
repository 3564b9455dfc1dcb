"""编号不得重复：单位、领导各自唯一；目标、定期事项、引用文件、印刷疑误、名词在同一方案内唯一，且不与网页自用的锚点相同。"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from generator.addresses import RESERVED
from generator.problems import Location, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from generator.model import Data, Plan

ID = "duplicate-id"


class _Identified(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def where(self) -> Location: ...


def check(data: Data) -> Iterator[Problem]:
    """Yield a problem for each record whose id another one already has."""
    yield from _repeated(data.units)
    yield from _repeated(data.leaders)
    for plan in data.plans:
        yield from _repeated(_in_plan(plan))


def _in_plan(plan: Plan) -> Iterator[_Identified]:
    for item in plan.items:
        yield from item.targets
        yield from item.duties
    yield from plan.citations
    yield from plan.oddities
    yield from plan.terms


def _repeated(records: Iterable[_Identified]) -> Iterator[Problem]:
    seen: dict[str, Location] = {}
    for record in records:
        if record.id in RESERVED:
            yield Problem(record.where, ID, f"编号“{record.id}”是网页自己用的：请换一个，如 {record.id}-1")
        first = seen.setdefault(record.id, record.where)
        if first is not record.where:
            yield Problem(record.where, ID, f"编号“{record.id}”已用在 {first.path} 第 {first.line} 行：请换一个")
