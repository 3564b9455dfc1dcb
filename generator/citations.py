"""The documents that a text names in 《》, 〈〉 or <>, with the numbers printed behind them."""

from __future__ import annotations

import re
from dataclasses import dataclass

_OPEN = {"《": "》", "〈": "〉", "<": ">"}
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


def bracketed(text: str) -> tuple[Bracketed, ...]:
    """Return every bracketed title in order; a title inside another comes after it."""
    found: list[Bracketed] = []
    for number, line in enumerate(text.split("\n"), 1):
        for column, char in enumerate(line):
            if char in _OPEN:
                end = _closing(line, column)
                if end:
                    behind = _NUMBER.match(line, end + 1)
                    found.append(Bracketed(line[column + 1 : end], behind[1] if behind else None, number, column + 1))
    return tuple(found)


def _closing(line: str, start: int) -> int:
    """Return where the bracket opened at `start` closes, or 0."""
    opening, closing = line[start], _OPEN[line[start]]
    depth = 0
    for at in range(start, len(line)):
        depth += (line[at] == opening) - (line[at] == closing)
        if depth == 0:
            return at
    return 0
