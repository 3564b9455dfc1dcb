"""Words that say who answers for something, cut into labels and names: 牵头单位:甲局,配合单位:乙局、丙局.

Only the form label, colon, names is read here; who is named in running words is said by
the data. Every character comes out as label, name or separator: nothing is passed over.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from ..terms import LABEL_ROLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..terms import Role

_OPENING: Final = "(（〔【[<〈"
_CLOSING: Final = ")）〕】]>〉"
_SEPARATORS: Final = "、，,；;"
LABEL_WORDS: Final = (
    r"(?:[^\s、，,；;。:：()（）〔〕【】\[\]]{2,12}(?:[(（][^\s、，,；;。:：()（）]{1,8}[)）])?"
    r"|(?:[^\s、，,；;。:：()（）〔〕【】\[\]][ \u3000\t]+){2,7}[^\s、，,；;。:：()（）〔〕【】\[\]])"
)
"""What a label is made of; it may be printed spaced, 牵 头 单 位, or with a second word in brackets."""
_LABEL: Final = re.compile(rf"(?P<label>{LABEL_WORDS})\s*[:：]")
_ENDS: Final = " \u3000。.．"
_AND_OTHERS: Final = re.compile(r"等(?:单位|部门|有关部门|相关部门|相关单位|有关单位)?$")


@dataclass(frozen=True, slots=True)
class PrintedName:
    """A name in a list, and where in the words it begins."""

    text: str
    at: int


@dataclass(frozen=True, slots=True)
class Labelled:
    """A label and the names behind it."""

    label: str
    role: Role
    names: tuple[PrintedName, ...]


_SAID_BY_LABEL: Final = re.compile(
    r"(?:^|[(（〔【\[。,，;；])\s*([^\s、，,；;。:：()（）〔〕【】\[\]]{0,8}(?:单位|部门|领导|责任人))\s*[:：](?=\s*[^\s。；;)）〕】\]])"
)
_SAID_BY_VERB: Final = re.compile(r"[(（〔【]([^()（）〔〕【】]{2,200}?(?:负责|牵头|配合|按职责分工|参与))[)）〕】]")


def said_words(text: str) -> Iterator[str]:
    """Yield the labels, with their colons, and the brackets in a text that say who answers for something."""
    for found in _SAID_BY_LABEL.finditer(text):
        if role_of(found[1]):
            yield text[found.start(1) : found.end()]
    for found in _SAID_BY_VERB.finditer(text):
        yield found[0]


def role_of(label: str) -> Role | None:
    """Return the role that a label speaks of; None where it is no label of responsibility."""
    plain = "".join(label.split())
    return next((role for word, role in LABEL_ROLES.items() if word in plain), None)


def labelled(words: str, wholes: Iterable[str] = ()) -> tuple[Labelled, ...]:
    """Return each label with its names; none where the words have another form.

    `wholes` are names that hold a separator and yet are one: 广州、深圳市政府.
    """
    if ":" not in words and "：" not in words:
        return ()
    depths = list(accumulate(words, lambda depth, char: depth + (char in _OPENING) - (char in _CLOSING), initial=0))
    found = [(one, role) for one in _LABEL.finditer(words) if (role := role_of(one["label"]))]
    if not found or words[: found[0][0].start()].strip(_OPENING + _ENDS):
        return ()
    apart = frozenset(wholes)
    outside = depths[found[0][0].start()]
    found = [(one, role) for one, role in found if depths[one.start()] == outside]
    ends = [one.start() for one, _ in found[1:]] + [len(words)]
    return tuple(
        Labelled(one["label"], role, tuple(_names(words, one.end(), end, apart)))
        for (one, role), end in zip(found, ends, strict=True)
    )


def _names(words: str, start: int, end: int, wholes: frozenset[str]) -> Iterator[PrintedName]:
    """Yield the names between two places, cut at separators that no brackets enclose."""
    depth, begin, at = 0, start, start
    lengths = sorted({len(one) for one in wholes}, reverse=True)
    while at <= end:
        whole = next((one for n in lengths if (one := words[at : at + n]) in wholes), "") if at == begin else ""
        if whole:
            at += len(whole)
        char = words[at] if at < end else _SEPARATORS[0]
        depth += (char in _OPENING) - (char in _CLOSING)
        if depth < 0:
            # The bracket that encloses all the words ends here.
            break
        if char in _SEPARATORS and (not depth or at >= end):
            yield from _name(words, begin, at)
            begin = at + 1
        at += 1
    else:
        return
    yield from _name(words, begin, at)


def _name(words: str, begin: int, end: int) -> Iterator[PrintedName]:
    text = words[begin:end]
    at = begin + len(text) - len(text.lstrip(_ENDS))
    name = text.strip(_ENDS)
    if shorter := _AND_OTHERS.sub("", name):
        yield PrintedName(shorter, at)
