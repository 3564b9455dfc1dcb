"""只有一个取值的目标，取值的文字要在 quote 里或紧挨着 quote；取自别处的，请改正 text，或把 quote 改到那一处。"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..problems import Problem
from ..text.lines import quoted
from ..text.readings import governing_years, occurrences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model import Data

ID = "value-outside-quote"

_GAP: Final = 2
"""Characters that may stand between: 2023年底前,各 in front of 便民点设立专窗."""


def check(data: Data) -> Iterator[Problem]:
    """Yield one problem for each lone value whose words are printed apart from the words that set its target.

    A target of several values is quoted by what its series has in common, so that its values stand elsewhere;
    so may the last one that is left of such a series, whose year is printed with it.
    """
    for plan in data.plans:
        for _item, target, sentence in quoted(plan, lambda item: item.targets):
            if len(target.values) != 1:
                continue
            (value,) = target.values
            if governing_years(sentence, value.text):
                continue
            places = [_meets(sentence, target.phrase, value.text, at) for at in occurrences(value.text, sentence)]
            if places and not any(places):
                text = f"“{value.text}”不在引文“{target.phrase}”里，也不紧挨着它：请改正 text 或 quote"
                yield Problem(value.where, ID, text)


def _meets(sentence: str, phrase: str, words: str, at: int) -> bool:
    """Tell whether words at a place overlap a phrase of the sentence, or stand beside it but for a mark and a word."""
    start = sentence.index(phrase)
    return at <= start + len(phrase) + _GAP and start <= at + len(words) + _GAP
