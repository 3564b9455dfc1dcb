"""The numbers that head a part of a plan, in whatever style they are printed: 一、 (一) 1. 第一条 首先 一是."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_DIGITS: Final = "〇一二三四五六七八九"
_CHINESE: Final = "[〇零一二两三四五六七八九十百]{1,6}"
_ORDINALS: Final = {"首先": 1, "其次": 2, "再次": 3}
_CIRCLED: Final = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"

_NUMBER: Final = re.compile(
    rf"""
      第(?P<article>{_CHINESE}|\d{{1,3}})(?:[条章节项部]|(?=[,，、])[,，、])
    | [(（〔【](?P<bracketed>{_CHINESE}|\d{{1,3}})[)）〕】][、.．]?
    | (?P<chinese>{_CHINESE})(?:[、.．]|是(?![否不]))
    | (?P<digits>\d{{1,3}})(?:[、．)）]|\.(?!\d)|\.(?=\d{{4}}年))
    | (?P<circled>[{_CIRCLED}])
    | 【(?:任务|措施|行动|举措)(?P<enclosed>{_CHINESE}|\d{{1,3}})】
    | (?:任务|措施|行动|举措)(?P<called>{_CHINESE}|\d{{1,3}})[、.．:：]
    | (?P<ordinal>首先|其次|再次|最后)[,，、]?
    | 附件(?P<annex>\d{{1,2}}|{_CHINESE})?[:：.．、]?
    """,
    re.VERBOSE | re.ASCII,
)


@dataclass(frozen=True, slots=True)
class PrintedNumber:
    """A number at the head of a part."""

    value: int | None
    """None where the words count without saying how far: 最后, 附件."""
    printed: str
    """With what ends or encloses it and the blanks behind: 1., (一), 第一条."""


@lru_cache(maxsize=8192)
def printed_number(text: str, said: int | None = None) -> PrintedNumber | None:
    """Return the number with which a text begins; None where it begins with none.

    4.3类事项 may be printed for 4.3 as well as for 4. and 3类事项: there it is `said` what the number is.
    Each line is asked several times, hence the cache.
    """
    indent = len(text) - len(text.lstrip())
    found = _NUMBER.match(text, indent)
    if not found:
        lead = text[:indent] + f"{said}."
        return PrintedNumber(said, lead) if said and text.startswith(lead) else None
    end = found.end()
    while end < len(text) and text[end] in " \u3000\t":
        end += 1
    return PrintedNumber(_value(found), text[:end])


def _value(found: re.Match[str]) -> int | None:
    if circled := found["circled"]:
        return _CIRCLED.index(circled) + 1
    if ordinal := found["ordinal"]:
        return _ORDINALS.get(ordinal)
    words = found["article"] or found["bracketed"] or found["chinese"] or found["digits"] or found["annex"]
    words = words or found["enclosed"] or found["called"]
    if not words:
        return None
    return int(words) if words.isascii() else read_chinese(words)


def read_chinese(words: str) -> int:
    """Read 一, 十二, 二十三, 一百零五; digits one by one, as in 二〇, count as such."""
    total = digit = 0
    if not any(char in "十百" for char in words):
        return int("".join(str(_digit(char)) for char in words))
    for char in words:
        if char == "百":
            total, digit = total + (digit or 1) * 100, 0
        elif char == "十":
            total, digit = total + (digit or 1) * 10, 0
        else:
            digit = _digit(char)
    return total + digit


def _digit(char: str) -> int:
    return {"零": 0, "两": 2}.get(char, _DIGITS.find(char))
