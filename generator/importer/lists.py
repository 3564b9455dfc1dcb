"""Names in a list: where one ends and the next begins, and what stands around them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from .names import together

if TYPE_CHECKING:
    from collections.abc import Iterator

OPENING: Final = "(（〔【[［"
CLOSING: Final = ")）〕】]］"
_OPENING: Final = f"{OPENING}<〈"
_CLOSING: Final = f"{CLOSING}>〉"
_SEPARATORS: Final = "、，,；;"
AND_OTHERS: Final = re.compile("等(?:(?:有关|相关|各|其他)?(?:部门|单位)(?:[和及、](?:部门|单位))?)?$")


def names(text: str) -> Iterator[str]:
    """Yield the names of a list, cut at separators that no brackets enclose; 等有关部门 is left out."""
    for name, _ in listed(text):
        if bare := AND_OTHERS.sub("", name):
            yield bare


def listed(text: str) -> Iterator[tuple[str, str]]:
    """Yield what stands between the separators of a list, with the separator behind it.

    Separators within brackets part nothing, but where brackets are never closed.
    """
    depth, name = 0, ""
    wholes, at = together(text), 0
    is_closed = sum(map(text.count, _OPENING)) <= sum(map(text.count, _CLOSING))
    text = f"{text}、"
    while at < len(text):
        if whole := next((one for one in wholes if not name.strip() and text.startswith(one, at)), ""):
            name, at = whole, at + len(whole)
        char, at = text[at], at + 1
        depth += is_closed and (char in _OPENING) - (char in _CLOSING)
        if char in _SEPARATORS and (depth <= 0 or at == len(text)):
            if bare := name.strip(" \u3000。").rstrip(OPENING):
                yield bare, char
            name = ""
        else:
            name += char


def inside(words: str) -> str:
    """Return words without the brackets that enclose all of them."""
    bare = words.strip("。 \u3000")
    if bare[:1] in OPENING and bare[:1]:
        bare = bare[1:-1] if bare[-1] in CLOSING else bare[1:]
    return bare.strip("。 \u3000")
