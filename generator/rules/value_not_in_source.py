"""目标的数值、上限和计量单位必须照原文：数印在 text 里（中文数字也算），单位印在这个数（或它所在的一串数）后面。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..problems import Problem
from ..terms import number_text
from ..text.lines import quoted
from ..text.readings import figures, has_unit, printed_unit, value_figures

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model import Data, Value

ID = "value-not-in-source"


def check(data: Data) -> Iterator[Problem]:
    """Yield one problem for each number or unit of measure that the text does not print."""
    for plan in data.plans:
        for _item, target, sentence in quoted(plan, lambda item: item.targets):
            for value in target.values:
                told = value.comparator not in {"state", "rise", "fall"}  # comparator-values speaks of the rest
                advice = _advice(value, sentence) if told and value.text in sentence else ""
                if advice:
                    yield Problem(value.where, ID, advice)


def _advice(value: Value, sentence: str) -> str:
    if value.value is None:
        return ""
    found = value_figures(value, sentence)
    if not found:
        numbers = {n for f in figures(value.text) for n in (f.low, f.high)}
        lacking = [n for n in (value.value, value.upper) if n is not None and n not in numbers]
        if lacking:
            return f"“{value.text}”里没有 {number_text(lacking[0])}：请照原文改正数值，或改正 text"
        shown = "至".join(number_text(n) for n in (value.value, value.upper) if n is not None)
        return f"“{value.text}”里没有单独印着 {shown}：原文印的是一个范围就写 between 和 value、upper，否则请改正"
    if value.unit and not any(has_unit(sentence, figure, value.unit) for figure in found):
        printed = printed_unit(sentence, found[0])
        hint = f"原文印着“{printed}”，" if printed else ""
        return f"原文这句话里 {number_text(found[0].low)} 的后面没有“{value.unit}”：{hint}请照原文改正计量单位"
    if not value.unit and all(printed_unit(sentence, figure) for figure in found):
        unit = printed_unit(sentence, found[0])
        return f"原文 {number_text(found[0].low)} 的后面印着“{unit}”：请补上 unit: {unit}"
    return ""
