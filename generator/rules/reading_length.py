"""readings 里的词只写汉字，读音每个字一个音节，同一个词只写一次。"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from ..problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model import Data

ID = "reading-length"


def check(data: Data) -> Iterator[Problem]:
    """Yield one problem for each pronunciation that its word cannot have."""
    seen: set[str] = set()
    for reading in data.readings:
        syllables = len(reading.pinyin.split())
        if not all(unicodedata.name(char, "").startswith("CJK ") for char in reading.text):
            yield Problem(reading.where, ID, f"“{reading.text}”里有汉字以外的字符：只写读错的汉字")
        elif syllables != len(reading.text):
            text = (
                f"“{reading.text}”有 {len(reading.text)} 个字，读音却写了 {syllables} 个音节：每个字写一个，中间空一格"
            )
            yield Problem(reading.where, ID, text)
        elif reading.text in seen:
            yield Problem(reading.where, ID, f"“{reading.text}”的读音写了两次：请删去一条")
        seen.add(reading.text)
