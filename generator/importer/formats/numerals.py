"""Numbers as lists print them: 3, 三, 叁, ③, 丙, iii, c."""

from __future__ import annotations

from typing import Final

_DIGITS: Final = "零一二三四五六七八九"
_LEGAL: Final = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")
_ROMAN: Final = tuple(
    zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        (
            "m",
            "cm",
            "d",
            "cd",
            "c",
            "xc",
            "l",
            "xl",
            "x",
            "ix",
            "v",
            "iv",
            "i",
        ),
        strict=True,
    )
)
_ROWS: Final = {
    "decimalEnclosedCircle": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "decimalEnclosedCircleChinese": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "decimalEnclosedParen": "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
    "decimalEnclosedFullstop": "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛",
    "ideographEnclosedCircle": "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉",
    "ideographTraditional": "甲乙丙丁戊己庚辛壬癸",
    "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥",
}
"""Styles, by Word's names for them, that have a character for each number."""
_COUNTED: Final = frozenset({
    "chineseCounting", "chineseCountingThousand", "taiwaneseCounting", "taiwaneseCountingThousand",
    "japaneseCounting", "koreanCounting",
})  # fmt: skip


def numeral(value: int, style: str) -> str:
    """Return a number in a style, by Word's name for it; in figures where that style does not reach so far."""
    if value < 1 or value > 9999:  # noqa: PLR2004 - no list is longer
        return str(value)
    if style in _ROWS:
        return _ROWS[style][value - 1] if value <= len(_ROWS[style]) else str(value)
    if style in _COUNTED:
        return counted(value)
    if style in {"chineseLegalSimplified", "ideographLegalTraditional"}:
        return counted(value).translate(_LEGAL)
    if style in {"ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"}:
        return "".join("〇" if digit == "0" else _DIGITS[int(digit)] for digit in str(value))
    if style in {"lowerRoman", "upperRoman"}:
        return _cased(_roman(value), style)
    if style in {"lowerLetter", "upperLetter"}:
        return _cased(chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1), style)
    if style == "decimalFullWidth":
        return "".join(chr(ord(digit) + 0xFEE0) for digit in str(value))
    return f"{value:02}" if style == "decimalZero" else str(value)


def counted(value: int) -> str:
    """Return a number as it is counted: 十, 二十一, 一百零五."""
    words = ""
    for digit, power in zip(f"{value:04}", ("千", "百", "十", ""), strict=True):
        if digit != "0":
            words += _DIGITS[int(digit)] + power
        elif words and not words.endswith("零"):
            words += "零"
    words = words.rstrip("零")
    return words.removeprefix("一") if words.startswith("一十") else words


def _roman(value: int) -> str:
    words = ""
    for worth, letters in _ROMAN:
        words += letters * (value // worth)
        value %= worth
    return words


def _cased(words: str, style: str) -> str:
    return words.upper() if style.startswith("upper") else words
