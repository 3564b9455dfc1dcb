"""How Chinese names sound in pinyin, for readers who type letters; what is found with it is the finder's business."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pypinyin import lazy_pinyin

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_HAN: Final = re.compile("[㐀-鿿\U00020000-\U0003fffd]+|[^㐀-鿿\U00020000-\U0003fffd]+")
_DROPPED: Final = re.compile(r"""[\s“”‘’"'()（）〔〕《》、]""")
_PREFIXES: Final = ("区委", "区")
"""Left out in everyday use: 区水务局 is asked for as 水务局."""
_SURNAMES: Final[Mapping[str, tuple[str, ...]]] = {
    word: tuple(syllables.replace("-", " ") for syllables in rest)
    for word, *rest in (
        row.split()
        for row in """
        万俟 mo-qi|尉迟 yu-chi|令狐 ling-hu|长孙 zhang-sun|单于 chan-yu|澹台 tan-tai|宰父 zai-fu
        乐正 yue-zheng|曾 zeng|单 shan|解 xie|查 zha|仇 qiu|区 ou|盖 ge gai|覃 qin tan|缪 miao|任 ren|华 hua|朴 piao
        翟 zhai di|员 yun|黑 he hei|折 she|种 chong|乐 yue le|柏 bai bo|秘 bi|繁 po|尉 wei yu|宓 mi fu
        应 ying|祭 zhai|谌 chen shen|莘 shen xin|郗 xi chi|郄 qie xi|郇 xun huan|隗 wei kui|洗 xian
        牟 mou mu|藏 zang|召 shao|能 nai|么 yao|都 du|句 gou|薄 bo|乜 nie|六 lu|阚 kan|纪 ji|宁 ning
        车 che|石 shi|盛 sheng|卜 bu|会 gui|不 fou|弗 fei|费 fei bi|蔚 yu wei
        """.replace("\n", "|").split("|")
        if row.strip()
    )
}
"""How surnames are read that words make sound otherwise, the usual reading first; both where both are in use."""
_LONGEST_SURNAME: Final = 2


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
        syllables += _read(run) if _is_han(run) else run.lower()
    return syllables


def _read(run: str) -> list[str]:
    """Return a syllable for each character; the character itself for one that the dictionary lacks."""
    found = lazy_pinyin(run)
    # It gives several that it lacks as one.
    return found if len(found) == len(run) else [lazy_pinyin(char)[0] for char in run]


def _is_han(text: str) -> bool:
    return "㐀" <= text[0] <= "鿿" or "\U00020000" <= text[0] <= "\U0003fffd"


def sounds(texts: Iterable[str], readings: Mapping[str, str], people: Iterable[str] = ()) -> dict[str, str]:
    """Return for each syllable the characters that are read so somewhere in the texts, both in fixed order.

    A character with two readings stands with both: 行 in 银行 and in 行政. `people` are names
    of persons, whose surnames are read in their own way.
    """
    heard: dict[str, dict[str, None]] = {}
    read = [pair for text in texts for pair in _read_aloud(text, readings)]
    for char, syllable in (*read, *(pair for name in people for pair in _called(name, readings))):
        # A character that the dictionary lacks is given back as it is.
        if syllable.isascii():
            heard.setdefault(syllable, {})[char] = None
    return {syllable: "".join(sorted(heard[syllable])) for syllable in sorted(heard)}


def _called(name: str, readings: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield each character of a person's name with its syllables; what `readings` says of a surname goes before all."""
    chars = _DROPPED.sub("", name)
    known = next((chars[:n] for n in range(_LONGEST_SURNAME, 0, -1) if chars[:n] in _SURNAMES), "")
    if not known or any(chars.startswith(word) for word in readings):
        yield from _read_aloud(chars, readings)
        return
    for reading in _SURNAMES[known]:
        yield from zip(known, reading.split(), strict=True)
    yield from _read_aloud(chars[len(known) :], readings)


def _read_aloud(text: str, readings: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for run in _HAN.findall(text):
        if _is_han(run):
            yield from zip(run, _syllables(run, readings), strict=True)
