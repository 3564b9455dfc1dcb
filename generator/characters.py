"""Characters that a reader does not see, or takes for others: which they are, and what they stand for.

One definition for all who need it: the rule odd-character and the editing workbook refuse
them, problem lines show them as □, names and searches are compared without them, and pages
keep a name that runs from right to left from reordering its neighbours. What is to be done
about a character is for those to say.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final

_CATEGORIES: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_BLANK: Final = frozenset(
    map(
        chr,
        (
            *(0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0, 0xFFFC, 0xFFFD),
            *range(0x180B, 0x1810),
            *range(0xFE00, 0xFE10),
            *range(0xE0100, 0xE01F0),
        ),
    )
)
"""Letters, marks and signs that show nothing: fillers, joiners, the blank of Braille, variation selectors."""
_NEW_HAN: Final = re.compile("[\U00020000-\U0003fffd]")
"""Planes of Chinese characters, of which this Python may not know the latest."""
_RADICALS: Final = dict(
    zip(
        map(chr, range(0x2E80, 0x2EF4)),
        "　厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑𫜹忄心扌攵　旡日月歺母民氵氺灬"
        "爫爫丬牛犭王𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂肀聿肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶邑钅"
        "長镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟",
        strict=True,
    )
)
"""Radicals that PDFs hold for characters, and those, by Unicode's EquivalentUnifiedIdeograph; a blank where none is."""
RADICALS: Final = "".join(f"{radical}{char}" for radical, char in _RADICALS.items() if char != "　")
"""Each radical and the character that it stands for: ⺠民⻓长."""
_WRITTEN: Final = re.compile("[…‥！-／：-＠［-｀｛-･￠-￥①-⑳²³]")  # noqa: RUF001 - Chinese punctuation
"""Compatibility characters that good Chinese writing uses."""
_PLAIN: Final = re.compile("[ -~一-鿿、-】…“”‘’—！-／：-＠［-｀]*")  # noqa: RUF001 - Chinese punctuation
"""What most texts are made of."""
_SIDEWAYS: Final = frozenset({"R", "AL", "AN", "RLE", "LRE", "RLO", "LRO", "PDF", "RLI", "LRI", "FSI", "PDI"})
_MARKS: Final = frozenset("\u061c\u200e\u200f")


@cache
def is_unseen(char: str) -> bool:
    """Tell whether a character shows nothing, or has no meaning that all agree on."""
    if char in _BLANK:
        return True
    category = unicodedata.category(char)
    return category in _CATEGORIES and not (category == "Cn" and _NEW_HAN.match(char))


@cache
def stands_for(char: str) -> str:
    """Return what a look-alike should be written as: 长 for the radical ⻓; nothing if it is none."""
    if char in _RADICALS:
        return _RADICALS[char].strip("　") or unicodedata.normalize("NFKC", char)
    plain = unicodedata.normalize("NFKC", char)
    if plain == char or _WRITTEN.match(char):
        return ""
    # One step only, where there is one: m² for ㎡.
    kind, *parts = unicodedata.decomposition(char).split()
    return "".join(chr(int(part, 16)) for part in parts) if kind == "<square>" else plain


def unseen(text: str) -> str:
    """Return the characters of a text that nobody sees, each once, line breaks apart."""
    if _PLAIN.fullmatch(text):
        return ""
    return "".join(char for char in dict.fromkeys(text) if char != "\n" and is_unseen(char))


def look_alikes(text: str) -> str:
    """Return the characters of a text that look like others, each once; radicals without a character as well."""
    if _PLAIN.fullmatch(text):
        return ""
    return "".join(char for char in dict.fromkeys(text) if stands_for(char))


def unlike(text: str) -> str:
    """Return a text with what each look-alike stands for."""
    return "".join(stands_for(char) or char for char in text)


def folded(text: str) -> str:
    """Return what two texts have in common that a reader would take for one: 长坡 for ⻓坡."""
    plain = "".join(_RADICALS.get(char, char) for char in text)
    return "".join(char for char in unicodedata.normalize("NFKC", plain).casefold() if not is_unseen(char)).strip()


def code_point(char: str) -> str:
    """Write a character by its number: U+200B."""
    return f"U+{ord(char):04X}"


def shown(text: str) -> str:
    """Return a text with a box for each character that nobody sees, as for line breaks."""
    if _PLAIN.fullmatch(text):
        return text
    return "".join("□" if char == "\n" or is_unseen(char) else char for char in text)


def is_sideways(text: object) -> bool:
    """Tell whether a text may reorder what stands beside it: it holds letters or signs of right-to-left writing."""
    own = str(text)
    return not own.isascii() and any(unicodedata.bidirectional(c) in _SIDEWAYS or c in _MARKS for c in own)
