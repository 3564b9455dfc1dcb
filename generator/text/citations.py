"""The documents that a text names in 《》, 〈〉 or <>, with the numbers printed behind them."""

from __future__ import annotations

import functools
import re
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_CLOSING = {"《": "》", "〈": "〉", "<": ">"}
_DEEPEST = 4
"""Titles of one kind inside each other; a bound on what a line of mere brackets costs."""
_NUMBER = re.compile(r"[(（]([^()（）]*〔\d{4}〕\d+号)[)）]")


@dataclass(frozen=True, slots=True)
class Bracketed:
    """A title in brackets, where it stands."""

    title: str
    """Without its brackets."""
    document_number: str | None
    line: int
    """Counts from 1."""
    column: int
    """Of the opening bracket, from 1."""


@functools.cache  # rules and index ask for those of the same texts
def bracketed(text: str) -> tuple[Bracketed, ...]:
    """Return every bracketed title in order; a title inside another comes after it."""
    found: list[Bracketed] = []
    for number, line in enumerate(text.split("\n"), 1):
        pairs = sorted(_pairs(line))
        for start, end in pairs:
            # A bare < > may be arithmetic; inside a title it stands for 〈 〉.
            if line[start] == "<" and not any(a < start and end < b and line[a] != "<" for a, b in pairs):
                continue
            behind = _NUMBER.match(line, end + 1)
            found.append(Bracketed(line[start + 1 : end], behind[1] if behind else None, number, start + 1))
    return tuple(found)


def _pairs(line: str) -> Iterator[tuple[int, int]]:
    """Yield where each bracket opens and closes; what does not close is no title."""
    opened: dict[str, deque[int]] = {closing: deque(maxlen=_DEEPEST) for closing in _CLOSING.values()}
    for at, char in enumerate(line):
        if char in _CLOSING:
            opened[_CLOSING[char]].append(at)
        elif opened.get(char):
            yield opened[char].pop(), at
