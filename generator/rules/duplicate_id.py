"""编号不得重复：单位、领导各自唯一；原文的各部分在同一方案内唯一；目标、定期事项、引用文件、印刷疑误、名词在同一方案内唯一，名词在名词解释页的锚点（方案编号-名词编号）全站唯一，且不与网页自用的锚点相同。"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from ..addresses import RESERVED, term_anchor
from ..problems import Location, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..model import Data, Plan

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
        yield from _repeated(plan.all_parts)
        yield from _repeated(_in_plan(plan))
    yield from _glued(data.plans)


def _glued(plans: Iterable[Plan]) -> Iterator[Problem]:
    """Yield terms whose anchors are one, though neither their ids nor their plans' are: c-a and b, c and a-b."""
    seen: dict[str, tuple[str, Location]] = {}
    for plan in plans:
        for term in plan.terms:
            anchor = term_anchor(plan.id, term.id)
            owner, where = seen.setdefault(anchor, (plan.id, term.where))
            if owner != plan.id:
                text = f"名词解释页的锚点“{anchor}”与方案 {owner} 的名词相同（{where.path} 第 {where.line} 行）"
                yield Problem(term.where, ID, f"{text}：请换一个名词编号")


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
            yield Problem(record.where, ID, f"编号“{record.id}”是网页自己或 Windows 用的：请换一个，如 {record.id}-1")
        first = seen.setdefault(record.id, record.where)
        if first is not record.where:
            yield Problem(record.where, ID, f"编号“{record.id}”已用在 {first.path} 第 {first.line} 行：请换一个")
