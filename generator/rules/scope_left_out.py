"""原文在年份后面就印着“全区”“全市”“全省”的，目标要把它写进 scope 或指标，否则读的人不知道说的是哪里。"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ..problems import Problem
from ..text.lines import quoted
from ..text.readings import governing_years, years_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model import Data

ID = "scope-left-out"

_AREA: Final = re.compile("[,，]?(全[国省市州县区镇乡村])(?!场(?![所馆站])|[域性]|有[企资])")
"""全市场主体 and 全域 name no area."""


def check(data: Data) -> Iterator[Problem]:
    """Yield one problem for each target whose sentence opens with the area that it leaves out."""
    for plan in data.plans:
        for _item, target, sentence in quoted(plan, lambda item: item.targets):
            area = _area(sentence)
            ruled = all(governing_years(sentence, value.text) for value in target.values)
            figured = target.type == "metric" and sum(sentence.count(mark) for mark in ";；") == 0
            said = f"{target.scope or ''}{target.indicator}{''.join(value.text for value in target.values)}"
            if area and ruled and figured and area not in said:
                yield Problem(target.where, ID, f"原文在指标前印着“{area}”：请补上 scope: {area}")


def _area(sentence: str) -> str:
    """Return the area that is printed right behind the one expression of years; empty where there is none."""
    printed = years_in(sentence)
    found = _AREA.match(sentence, printed[0].end) if len(printed) == 1 else None
    return found[1] if found else ""
