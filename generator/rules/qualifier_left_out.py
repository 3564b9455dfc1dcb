"""原文在取值前印着限定语（力争、争取、力求、努力、原则上）的，要写进 qualifier（没有数的，写在 text 里也行）。"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ..problems import Problem
from ..text.lines import quoted
from ..text.readings import occurrences, segment_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model import Data, Value

ID = "qualifier-left-out"

_DONE: Final = (
    "在|于|达|实现|完成|建成|建立|突破|进入|进至|跻身|迈入|引进|新增|培育|打造|创建|创成|推动|推进|推出|形成|招引|办成|办结|提高|提升"
    "|增长|增加|增至|压缩|压减|降低|降至|下降|减少|缩短|超过|不低于|不少于|获评|获批|列入|纳入|入选|荣获|成为|率先|落地|开工"
    "|投产|启动|签约|早日|尽快|尽早|全面|全[区市县省州]|每|年内|基本|到?(?:19|20)[0-9]{2}年"
)
"""How what one strives to do begins; what one strives to get is a thing: 争取上级资金."""
_QUALIFIERS: Final = re.compile(f"力争|力求|原则上|争取(?={_DONE})|努力")


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
    """Return the words that limit a value where it stands."""
    at = next(occurrences(value.text, sentence))
    start, end = segment_at(sentence, at)[0], at + len(value.text)
    # 争取 is told by what follows, be it behind the value's own words.
    found = (match for match in _QUALIFIERS.finditer(sentence, start) if match.start() < end)
    return [match[0] for match in found if match[0] != "努力" or not re.search("[,，]", sentence[match.end() : at])]


def _before(value: Value, sentence: str) -> str:
    """Return what the clauses up to a value, in its part of the sentence, print."""
    at = next(occurrences(value.text, sentence))
    return sentence[segment_at(sentence, at)[0] : at + len(value.text)]
