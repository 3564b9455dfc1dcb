"""比较方式要与数值相配：有数的要写 value；between 还要写更大的 upper；state、rise、fall 不写数。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model import Data, Value

ID = "comparator-values"

_NUMBERLESS = ("state", "rise", "fall")


def check(data: Data) -> Iterator[Problem]:
    """Yield one problem for each value whose comparator and numbers do not match."""
    for plan in data.plans:
        for target in (target for item in plan.items for target in item.targets):
            for value in target.values:
                advice = _advice(value)
                if advice:
                    yield Problem(value.where, ID, advice)


def _advice(value: Value) -> str:
    if value.upper is not None and value.comparator != "between":
        return "只有 between 才有 upper：请删去 upper，或把 comparator 改成 between"
    if value.comparator in _NUMBERLESS:
        return (
            f"比较方式是 {value.comparator}，不该有数值：请删去 value，或改用 at_least、at_most、exactly 等"
            if value.value is not None
            else ""
        )
    if value.value is None:
        return f"比较方式是 {value.comparator}，却没有数值：请补上 value，或改用 state"
    if value.comparator != "between":
        return "只有 between 才有 upper：请删去 upper，或把 comparator 改成 between" if value.upper is not None else ""
    if value.upper is None or value.upper <= value.value:
        return "between 要有上下限：请写 value（小）和 upper（大）"
    return ""
