"""Which line of a corrected text is which line of the old one, and where its characters went."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from ..text.numbers import printed_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_ALIKE: Final = 0.6
"""Share of characters from which on a line is another one, changed."""
_CUT: Final = 0.85
"""The same for a line that was cut in two, or for two that were joined."""
_MOST_PIECES: Final = 3
_WIDEST: Final = 10_000
"""Pairs of lines that are compared in one stretch; what is wider is another text."""
_LONGEST: Final = 4_000_000
"""Pairs of characters that are compared; what is wider was replaced as a whole."""
_TELLING: Final = 8
"""Characters of a line by which it is known where it was moved to."""


@dataclass(frozen=True, slots=True)
class Match:
    """Lines of the old text and those that they have become, counted from 0."""

    old: tuple[int, ...]
    new: tuple[int, ...]
    is_moved: bool = False
    """Whether they stand in another place among the lines."""


class Drift:
    """Where the characters of some words stand in other words."""

    def __init__(self, old: str, new: str) -> None:
        self.old, self.new = old, new
        self._blocks = tuple(_blocks(old, new))

    def at(self, place: int) -> int | None:
        """Return where a character stands; None where it is gone."""
        return next((j + place - i for i, j, size in self._blocks if i <= place < i + size), None)

    def cut(self, place: int) -> int:
        """Return where a cut between two characters comes to lie: right behind what stood before it."""
        if place == 0:
            return 0
        if place == len(self.old):
            return len(self.new)
        before, behind = self.at(place - 1), self.at(place)
        if before is not None:
            return before + 1
        if behind is not None:
            return behind
        return max((j + size for i, j, size in self._blocks if i + size <= place), default=0)

    def words(self, start: int, end: int) -> str | None:
        """Return what a stretch has become; None where nobody can say where it begins and ends."""
        first, last = self.at(start), self.at(end - 1)
        if first is None:
            before = self.at(start - 1) if start else -1
            first = None if before is None else before + 1
        if last is None:
            behind = self.at(end) if end < len(self.old) else len(self.new)
            last = None if behind is None else behind - 1
        return None if first is None or last is None else self.new[first : last + 1]

    def kept(self) -> int:
        """Return how many characters stay."""
        return sum(size for *_, size in self._blocks)

    def kept_within(self, start: int, end: int) -> int:
        """Return how many of the new characters of a stretch were there before."""
        return sum(max(0, min(j + size, end) - max(j, start)) for _, j, size in self._blocks)

    def changed(self) -> Iterator[tuple[int, int]]:
        """Yield the stretches of the new words that are new, and the places where words went."""
        end = 0
        for _, j, size in (*self._blocks, (len(self.old), len(self.new), 0)):
            yield end, j
            end = j + size


def _blocks(old: str, new: str) -> Iterator[tuple[int, int, int]]:
    least = min(len(old), len(new))
    head = next((at for at in range(least) if old[at] != new[at]), least)
    tail = next((at for at in range(least - head) if old[-1 - at] != new[-1 - at]), least - head)
    if head:
        yield 0, 0, head
    middle = old[head : len(old) - tail], new[head : len(new) - tail]
    if len(middle[0]) * len(middle[1]) <= _LONGEST:
        for i, j, size in SequenceMatcher(None, *middle, autojunk=False).get_matching_blocks():
            if size:
                yield head + i, head + j, size
    if tail:
        yield len(old) - tail, len(new) - tail, tail


@lru_cache(maxsize=4096)
def drift(old: str, new: str) -> Drift:
    """Return where the characters of some words went."""
    return Drift(old, new)


def matches(old: Sequence[str], new: Sequence[str]) -> list[Match]:
    """Return which lines have become which, in the order of the new ones; lines without words are left out."""
    mine = [at for at, line in enumerate(old) if line.strip()]
    theirs = [at for at, line in enumerate(new) if line.strip()]
    found: list[Match] = []
    # A number that moved on makes no line another one.
    keys = [_bare(old[at]) for at in mine], [_bare(new[at]) for at in theirs]
    for tag, a, b, c, d in SequenceMatcher(None, *keys, autojunk=False).get_opcodes():
        if tag == "equal":
            found += (Match((x,), (y,)) for x, y in zip(mine[a:b], theirs[c:d], strict=True))
        elif tag == "replace" and (b - a) * (d - c) <= _WIDEST:
            found += _paired(old, new, mine[a:b], theirs[c:d])
    found += _moved(old, new, found)
    return sorted(found, key=lambda match: match.new)


def _bare(line: str) -> str:
    number = printed_number(line)
    return line[len(number.printed) :] or line if number else line


def _paired(old: Sequence[str], new: Sequence[str], mine: list[int], theirs: list[int]) -> list[Match]:
    """Pair lines in their order so that most characters stay."""
    best: dict[tuple[int, int], tuple[float, list[Match]]] = {}
    for a in range(len(mine), -1, -1):
        for c in range(len(theirs), -1, -1):
            options = [best[at] for at in ((a + 1, c), (a, c + 1)) if at in best]
            for take, give in _SHAPES:
                if a + take > len(mine) or c + give > len(theirs):
                    continue
                lines = [old[at] for at in mine[a : a + take]], [new[at] for at in theirs[c : c + give]]
                if score := _score(*lines):
                    match = Match(tuple(mine[a : a + take]), tuple(theirs[c : c + give]))
                    behind, more = best[a + take, c + give]
                    options.append((score + behind, [match, *more]))
            best[a, c] = max(options, key=lambda option: option[0]) if options else (0.0, [])
    return best[0, 0][1]


_SHAPES: Final = (
    (1, 1),
    *((1, pieces) for pieces in range(2, _MOST_PIECES + 1)),
    *((pieces, 1) for pieces in range(2, _MOST_PIECES + 1)),
)


def _score(old: list[str], new: list[str]) -> float:
    """Return how many characters stay where lines become others; 0 where they are no longer the same."""
    before, after = "".join(old), "".join(new)
    least = _ALIKE if len(old) == len(new) else _CUT
    total = len(before) + len(after)
    if 2 * (Counter(before) & Counter(after)).total() < least * total:
        return 0
    moved = drift(before, after)
    if 2 * moved.kept() < least * total:
        return 0
    if len(old) != len(new):
        pieces, there = (new, moved) if len(new) > 1 else (old, drift(after, before))
        at = 0
        for piece in pieces:
            if there.kept_within(at, at + len(piece)) < _CUT * len(piece):
                return 0
            at += len(piece)
    return moved.kept() + 2 * moved.kept() / total


def _moved(old: Sequence[str], new: Sequence[str], found: list[Match]) -> Iterator[Match]:
    """Yield lines that are in another place now, and those that went along with them."""
    taken = {at for match in found for at in match.old}
    given = {at for match in found for at in match.new}
    left = [at for at, line in enumerate(old) if at not in taken and line.strip()]
    fresh = [at for at, line in enumerate(new) if at not in given and line.strip()]
    for at in left:
        same = [to for to in fresh if _bare(new[to]) == _bare(old[at])]
        is_one = len(same) == 1 and sum(_bare(old[other]) == _bare(old[at]) for other in left) == 1
        if at in taken or not is_one or len(_bare(old[at])) < _TELLING:
            continue
        here, there = at, same[0]
        while here in left and there in fresh and not {here} & taken and not {there} & given:
            if _bare(old[here]) != _bare(new[there]):
                break
            yield Match((here,), (there,), is_moved=True)
            taken.add(here)
            given.add(there)
            here, there = here + 1, there + 1
