"""Whether printed numbers count on: which of them neither follows the one before it nor begins anew."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_STYLE: Final = re.compile(r"[\d一二两三四五六七八九十百零]+")
"""What differs between numbers of one style."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A number as it is printed, and how deep its part stands: numbers of one style run on at one depth."""

    printed: str
    number: int
    depth: int


@dataclass(frozen=True, slots=True)
class Gap:
    """A number that does not count on."""

    place: int
    """In the numbers given, from 0."""
    before: int
    """The number before it."""


def gaps(numbers: Iterable[Counted]) -> Iterator[Gap]:
    """Yield each number that does not follow, the first of its style apart."""
    last: dict[tuple[int | None, str], int] = {}
    for place, one in enumerate(numbers):
        style = _STYLE.sub("1", one.printed)
        before = last.get((one.depth, style))
        # One count may run on through parts of different depth.
        follows = {1, (before or 0) + 1, last.get((None, style), 0) + 1}
        last[one.depth, style] = last[None, style] = one.number
        if before is not None and one.number not in follows:
            yield Gap(place, before)
