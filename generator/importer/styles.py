"""Styles of numbers: 一、 and 二、 are of one, (一) of another."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from ..text.numbers import PrintedNumber

_FIGURES: Final = re.compile(r"[\d一二两三四五六七八九十百零]+")


def style_of(number: PrintedNumber) -> str:
    """Return how a number is written, whatever its value and the width of its marks."""
    plain = unicodedata.normalize("NFKC", number.printed.strip()).replace("。", ".")
    figure = _FIGURES.search(plain)
    kind = "1" if figure and figure[0].isdigit() else "一"
    style = _FIGURES.sub(kind, plain, count=1).strip()
    return "首先" if style in {"首先", "其次", "再次"} or plain[:2] in {"首先", "其次", "再次"} else style
