"""A text cut into the pieces that may begin a part: its lines; where one holds nearly all of it, at its numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from ..text.numbers import printed_number
from .styles import style_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_CANDIDATE: Final = re.compile(
    r"第[一二三四五六七八九十百零\d]{1,5}条|[一二三四五六七八九十]{1,3}、|(?<=[。；;!！?？:：)）〕】\s])(?=[(（〔【一二三四五六七八九十①-⑳\d])"
)
_MOST: Final = 0.5
"""Share of a text's characters from which on a line holds nearly all of it."""
_FEWEST: Final = 2
"""Numbers in one line that make a list."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a text, on one line."""

    line: int
    """Counts from 1."""
    text: str
    is_joined: bool = False
    """Whether it begins on the line on which the one before it ends."""


def segments(lines: list[str]) -> Iterator[Segment]:
    """Yield the pieces of a text in order; those of one line, joined, are the line."""
    characters = sum(map(len, lines))
    for number, line in enumerate(lines, 1):
        begins = list(_begins(line)) if len(line) > _MOST * characters else []
        if len(begins) < _FEWEST:
            yield Segment(number, line)
            continue
        cuts = [0, *(at for at in begins if at), len(line)]
        for place, (start, end) in enumerate(pairwise(cuts)):
            yield Segment(number, line[start:end], is_joined=place > 0)


def _begins(line: str) -> Iterator[int]:
    """Yield where numbers stand in a line that count on: each one more than the last of its style, or a first one."""
    last: dict[str, int] = {}
    places = [0, *(found.start() for found in _CANDIDATE.finditer(line))]
    for at in dict.fromkeys(places):
        number = printed_number(line[at : at + 40])
        if not number or number.value is None:
            continue
        style = style_of(number)
        if number.value == last.get(style, 0) + 1 or (number.value == 1 and list(last)[-1:] != [style]):
            # What counts deeper begins anew below the next number.
            deeper = list(last)[list(last).index(style) + 1 :] if style in last else []
            for other in deeper:
                del last[other]
            last[style] = number.value
            yield at
