"""How Chinese names sound in pinyin, for readers who type letters; what is found with it is the finder's business."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pypinyin import lazy_pinyin

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_HAN: Final = re.compile(r"[一-鿿]+|[^一-鿿]+")
_DROPPED: Final = re.compile(r"""[\s“”‘’"'()（）〔〕《》、]""")
_PREFIXES: Final = ("区委", "区")
"""Left out in everyday use: 区水务局 is asked for as 水务局."""


def spellings(name: str, readings: Mapping[str, str]) -> tuple[str, str]:
    """Return a name's full pinyin and its initials, both without tones and spaces: fagaiju, fgj.

    `readings` maps words to their syllables where the dictionary errs: 长坡 → chang po.
    What is not Chinese stays, in lower case; ü is v, as one types it.
    """
    syllables = _syllables(name, readings)
    return "".join(syllables), "".join(syllable[0] for syllable in syllables)


def all_spellings(names: Iterable[str], readings: Mapping[str, str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the full pinyin and the initials that suffice to find each of a unit's names.

    Left out is full pinyin that lies within another, and initials that begin another:
    the finder looks for parts of the first, and for beginnings of the second.
    """
    full: dict[str, None] = {}
    initials: dict[str, None] = {}
    for name in names:
        whole, short = spellings(name, readings)
        full[whole] = initials[short] = None
        prefix = next((prefix for prefix in _PREFIXES if name.startswith(prefix)), "")
        initials[short[len(prefix) :]] = None
    return (
        tuple(own for own in full if not any(own in other for other in full if other != own)),
        tuple(own for own in initials if not any(other.startswith(own) for other in initials if other != own)),
    )


def _syllables(name: str, readings: Mapping[str, str]) -> list[str]:
    text = _DROPPED.sub("", name)
    if not readings:
        return _spelled(text)
    # The longest word first: 长坡村 before 长坡.
    words = sorted(readings, key=lambda word: (-len(word), word))
    syllables: list[str] = []
    for part in re.split(f"({'|'.join(map(re.escape, words))})", text):
        syllables += readings[part].split() if part in readings else _spelled(part)
    return syllables


def _spelled(text: str) -> list[str]:
    """Return the syllables of Chinese, and each other character by itself."""
    syllables: list[str] = []
    for run in _HAN.findall(text):
        syllables += lazy_pinyin(run) if _is_han(run) else run.lower()
    return syllables


def _is_han(text: str) -> bool:
    return "一" <= text[0] <= "鿿"


def sounds(texts: Iterable[str], readings: Mapping[str, str]) -> dict[str, str]:
    """Return for each syllable the characters that are read so somewhere in the texts, both in fixed order.

    A character with two readings stands with both: 行 in 银行 and in 行政.
    """
    heard: dict[str, dict[str, None]] = {}
    for text in texts:
        for char, syllable in _read_aloud(text, readings):
            heard.setdefault(syllable, {})[char] = None
    return {syllable: "".join(sorted(heard[syllable])) for syllable in sorted(heard)}


def _read_aloud(text: str, readings: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for run in _HAN.findall(text):
        if _is_han(run):
            yield from zip(run, _syllables(run, readings), strict=True)
