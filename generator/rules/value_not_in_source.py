"""目标的数值、上限和计量单位必须见于原文：数在 text 里（中文数字也算），单位在同一句里。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.official import item_sentences, placed_lines, sentences_with
from generator.problems import Problem
from generator.terms import chinese_number, number_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.model import Data, Value

ID = "value-not-in-source"


def check(data: Data) -> Iterator[Problem]:
    """Yield one problem for each number or unit of measure that the text does not print."""
    for plan in data.plans:
        sentences = item_sentences(placed_lines(plan))
        for item in plan.items:
            for target in item.targets:
                found = sentences_with(sentences[item.id], target.phrase)
                for value in target.values:
                    for number in (value.value, value.upper):
                        if number is not None and not _stands_in(number, value):
                            text = f"“{value.text}”里没有 {number_text(number)}：请照原文改正数值，或改正 text"
                            yield Problem(value.where, ID, text)
                    if value.unit and found and value.unit not in found[0].text:
                        text = f"原文这句话里没有“{value.unit}”：请照原文改正计量单位"
                        yield Problem(value.where, ID, text)


def _stands_in(number: float, value: Value) -> bool:
    written = [number_text(number)]
    if number == int(number) and 0 <= number < 1000:  # noqa: PLR2004 - as far as chinese_number goes
        written.append(chinese_number(int(number)))
    return any(_whole(form, value.text) for form in written)


def _whole(form: str, text: str) -> bool:
    """Tell whether a number stands in a text as a number of its own: 5 does not stand in 15 or 1.5."""
    at = text.find(form)
    while at >= 0:
        around = text[at - 1 : at] + text[at + len(form) : at + len(form) + 1]
        if not any(char.isdigit() or char == "." for char in around):
            return True
        at = text.find(form, at + 1)
    return False
