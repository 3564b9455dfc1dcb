"""指标和事项要用原文的词：其中至少一半的字要见于引文那句话或本项的标题（比例、时间、分年安排一类的归纳词不算）。"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ..problems import Problem
from ..text.lines import quoted, targets_by_sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..model import Data, Plan, Target

ID = "indicator-not-in-source"

_GENERAL: Final = re.compile(
    "分年安排|安排|比例|占比|时间|时限|次数|总数|[个条台项户家人件]?数量?|率|工作|情况|幅度|等|[^\u4e00-\u9fff]"
)
"""Words by which an indicator sums up, and what is no Chinese character."""
_SHARE: Final = 0.5
_HARDLY: Final = 0.7
_NEARLY_ALL: Final = 0.9
_BESIDE: Final = re.compile("[前后上下]一?[句文段个]|分句|句首|句末")
"""By these words a note says that part of an indicator is printed outside of the quoted words."""
_WHOLE: Final = 4
"""Characters from which on an indicator is told from words of its sentence."""
_ELSEWHERE: Final = re.compile("[前后上下]一?[句文段]")
"""By these words a note says that something is printed outside of the quoted sentence."""


def check(data: Data) -> Iterator[Problem]:
    """Yield one problem for each indicator or duty that is made of other words than its sentence."""
    for plan in data.plans:
        for item, target, sentence in quoted(plan, lambda item: item.targets):
            words = _GENERAL.sub("", target.indicator)
            printed = sentence + getattr(item, "title", "")
            if words and sum(char in printed for char in words) < _SHARE * len(words):
                text = f"指标“{target.indicator}”的字大多不在引文这句话里：请核对是不是错位了，指标请用原文的词"
                yield Problem(target.where, ID, text)
        for item in plan.items:
            yield from _swapped(item.targets)
        yield from _others(plan)
        for item, duty, sentence in quoted(plan, lambda item: item.duties):
            words = _GENERAL.sub("", duty.action)
            elsewhere = duty.reading != "printed" and _ELSEWHERE.search(duty.note or "")
            printed = ("".join(item.sentences) if elsewhere else sentence) + getattr(item, "title", "")
            if words and sum(char in printed for char in words) < _SHARE * len(words):
                text = f"事项“{duty.action}”的字大多不在引文这句话里：请核对引文是不是别的事项的"
                yield Problem(duty.where, ID, text)


def _swapped(targets: Sequence[Target]) -> Iterator[Problem]:
    """Yield a problem for each indicator that another target's printed words hold, and its own hardly."""
    for target in targets:
        if _own_share(target.indicator, target) >= _HARDLY or any(_BESIDE.search(v.note or "") for v in target.values):
            continue
        others = (t for t in targets if t.indicator != target.indicator)
        other = next((t for t in others if _own_share(target.indicator, t) >= _NEARLY_ALL), None)
        if other:
            text = f"指标“{target.indicator}”的字不在自己的引文里，却在“{other.indicator}”的引文里：请核对是不是错位了"
            yield Problem(target.where, ID, text)


def _own_share(indicator: str, target: Target) -> float:
    """Return which share of an indicator's characters a target's quoted words and values print."""
    words = _GENERAL.sub("", indicator)
    printed = "".join((target.phrase, *(value.text for value in target.values)))
    return sum(char in printed for char in words) / len(words) if words else 1.0


def _others(plan: Plan) -> Iterator[Problem]:
    """Yield a problem for each value whose words speak of another indicator of its sentence, not of its own."""
    for targets in targets_by_sentence(plan).values():
        for target in targets:
            own = _GENERAL.sub("", target.indicator)
            for value in target.values:
                other = next((t for t in targets if t is not target and _names(value.text, t)), None)
                if other and sum(char in value.text for char in own) < _SHARE * len(own):
                    text = f"“{value.text}”说的是“{other.indicator}”，不是“{target.indicator}”：请照原文改正 text"
                    yield Problem(value.where, ID, text)


def _names(text: str, target: Target) -> bool:
    """Tell whether a text holds a target's indicator whole."""
    words = _GENERAL.sub("", target.indicator)
    return len(words) >= _WHOLE and words in _GENERAL.sub("", text)
