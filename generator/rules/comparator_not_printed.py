"""比较方式要有原文的词撑着（不少于、以内、左右、提高……）：与印着的词相反不行，没印的要标 inferred 并写明所据的词。"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..problems import Problem
from ..terms import number_text
from ..text.lines import quoted
from ..text.readings import bound_words, directions, is_sure, own_bounds, series_bounds, value_figures

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model import Data, Target, Value

ID = "comparator-not-printed"

_BOUNDS: Final = ("at_least", "at_most", "about")


def check(data: Data) -> Iterator[Problem]:
    """Yield one problem for each comparator that the printed words contradict or do not carry."""
    for plan in data.plans:
        for _item, target, sentence in quoted(plan, lambda item: item.targets):
            for value in (value for value in target.values if value.text in sentence):
                advice = _numberless(value, target) if value.value is None else _bound(value, sentence)
                if advice:
                    yield Problem(value.where, ID, advice)


def _numberless(value: Value, target: Target) -> str:
    """Say what is wrong with a comparator that has no figure: rise, fall or state."""
    printed = directions(value.text)
    if value.comparator in {"rise", "fall"} and value.comparator not in printed:
        if printed:
            return _contrary(value, next(iter(printed.values())), next(iter(printed)))
        return _unprinted(value)
    if value.comparator == "state" and target.type == "metric" and printed:
        return _contrary(value, next(iter(printed.values())), next(iter(printed)))
    return ""


def _bound(value: Value, sentence: str) -> str:
    """Say what is wrong with a comparator that bounds a figure."""
    found = value_figures(value, sentence)
    if not found or value.comparator not in {*_BOUNDS, "exactly", "between"}:
        return ""
    figure = found[0]
    unit = value.unit or ""
    own, series = own_bounds(sentence, figure, unit), series_bounds(sentence, figure, unit)
    printed = own or series
    if value.comparator == "between":
        # 3至5个工作日内 is a range all the same.
        return _contrary(value, *_first(own)) if own and figure.high is None else ""
    if value.comparator not in printed:
        sure = {name: word for name, word in printed.items() if is_sure(word, sentence, figure)}
        if sure:
            return _contrary(value, *_first(sure))
        return _unprinted(value) if value.comparator != "exactly" else ""
    if value.comparator not in own and (value.reading == "printed" or not value.note):
        return (
            f"“{series[value.comparator]}”印在整串数的末尾，没有印在 {number_text(figure.low)} 后面："
            "按也管这个数理解的，请标 reading: inferred，在 note 里写明"
        )
    return ""


def _first(printed: dict[str, str]) -> tuple[str, str]:
    name, word = next(iter(printed.items()))
    return word, name


def _contrary(value: Value, word: str, right: str) -> str:
    return f"原文印着“{word}”，与比较方式 {value.comparator} 不合：请改成 comparator: {right}"


def _unprinted(value: Value) -> str:
    """Say what to do about a comparator that no printed word carries."""
    words = bound_words(value.comparator)
    if value.reading != "printed" and any(word in (value.note or "") for word in words):
        return ""
    few = "、".join(words[:3])
    return (
        f"“{value.text}”没有印着“{few}”一类的词，撑不住 {value.comparator}：请改正；"
        "是推断的请标 reading: inferred，在 note 里写出这样的词和理由"
    )
