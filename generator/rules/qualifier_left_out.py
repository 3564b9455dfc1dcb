"""原文在取值前印着限定语（力争、争取、力求、努力、原则上）的，要写进 qualifier（没有数的，写在 text 里也行）。"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from generator.official import quoted
from generator.problems import Problem
from generator.readings import occurrences, segment_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.model import Data, Value

ID = "qualifier-left-out"

_QUALIFIERS: Final = ("力争", "争取", "力求", "努力", "原则上")


def check(data: Data) -> Iterator[Problem]:
    """Yield one problem for each value that drops the word which limits its promise, or adds one of another's."""
    for plan in data.plans:
        for _item, target, sentence in quoted(plan, lambda item: item.targets):
            for value in (value for value in target.values if value.text in sentence):
                ruling = _ruling(value, sentence)
                # A figure is shown without the rest of its words, so what limits it must stand apart.
                said = (value.qualifier or "") + (value.text if value.value is None else "")
                if ruling and not any(word in said for word in ruling):
                    text = f"原文在“{value.text}”前面印着“{ruling[-1]}”：请补上 qualifier: {ruling[-1]}"
                    yield Problem(value.where, ID, text)
                elif value.qualifier and value.qualifier not in _before(value, sentence):
                    text = f"原文在“{value.text}”所在的分句里没有印着“{value.qualifier}”：请删去或改正 qualifier"
                    yield Problem(value.where, ID, text)


def _ruling(value: Value, sentence: str) -> list[str]:
    """Return the words that limit a value at each place where it may stand."""
    before = _before(value, sentence)
    found = sorted((before.rfind(word), word) for word in _QUALIFIERS if word in before)
    return [word for _at, word in found]


def _before(value: Value, sentence: str) -> str:
    """Return what the clauses up to a value, in its part of the sentence, print."""
    at = next(occurrences(value.text, sentence))
    return sentence[segment_at(sentence, at)[0] : at + len(value.text)]
