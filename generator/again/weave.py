"""The parts that a corrected text has: those of the present YAML with their new words, and between them new ones."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from ..terms import NUMBERED
from ..text.sentences import sentences
from .alignment import drift, matches

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .alignment import Drift
    from .held import Held, Stretch, Text


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of the words of a paragraph: where they stood in lines, and where these went."""

    stretch: Stretch
    start: int
    """In the old lines."""
    drift: Drift


@dataclass(slots=True, eq=False)
class Woven:
    """A part of the corrected text."""

    held: Held | None
    """Whose words it has."""
    fresh: Held | None
    """What the importer makes of the line on which it begins; of a part without `held` all that it is."""
    line: int
    """On which it begins, from 0."""
    is_joined: bool
    blank: int
    """Lines without words before it."""
    paragraphs: list[list[str]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    """The line of each of its paragraphs that has words."""
    parent: Woven | None = None

    @property
    def sentences(self) -> list[str]:
        """Its words."""
        return [sentence for paragraph in self.paragraphs for sentence in paragraph]


@dataclass(frozen=True, slots=True)
class Unit:
    """What is found again in the other text: a line, or what one part has of it where a line holds several."""

    line: int
    """From 0."""
    column: int
    text: str
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """What has become what; one side may be empty."""

    old: tuple[Unit, ...]
    new: tuple[Unit, ...]
    is_moved: bool = False
    """Whether it stands in another place among the others."""

    @property
    def words(self) -> tuple[str, str]:
        """The old and the new words."""
        before, after = ("".join(unit.text for unit in units) for units in (self.old, self.new))
        return before, after


@dataclass(slots=True)
class Weave:
    """The parts of the corrected text, in printed order, and what became of the old words."""

    parts: list[Woven]
    fates: dict[Stretch, Fate]
    pairs: list[Pair]
    by_held: dict[Held, Woven]
    before: dict[Held, Held]
    """Of each part of the YAML what the importer made of its first line in the old text."""


@dataclass(frozen=True, slots=True)
class _Piece:
    line: int
    column: int
    owner: Held
    sentences: list[str]
    is_ours: bool
    """Whether the owner is a part of the present YAML."""


def weave(mine: Text, was: Text, now: Text) -> Weave:
    """Return the parts of a new text; `mine` are the present ones, `was` and `now` what the importer proposes."""
    pairs = list(_pairs(_units(mine, was), _units(now, now)))
    fates: dict[Stretch, Fate] = {}
    pieces: list[_Piece] = []
    for pair in pairs:
        if pair.old and pair.new:
            pieces += _followed(pair, now, fates)
        else:
            new = [stretch for unit in pair.new for stretch in unit.stretches]
            pieces += [_Piece(s.line, s.column, s.held, list(s.sentences), is_ours=False) for s in new]
    before = {held: _as_proposed(held, was) or held for held in mine.parts}
    made = _Weaver(now)
    for piece in sorted(pieces, key=lambda piece: (piece.line, piece.column)):
        made.add(piece)
    made.put_below()
    return Weave(made.parts, fates, pairs, made.by_held, before)


def _units(text: Text, proposed: Text) -> list[Unit]:
    """Return the lines of a text, cut where the importer cuts them as well."""
    found = []
    for line in text.lines:
        stretches = text.on_line(line)
        if [one.column for one in stretches] == [one.column for one in proposed.on_line(line)]:
            found += [Unit(line, one.column, one.text, (one,)) for one in stretches]
        else:
            found.append(Unit(line, 0, "".join(one.text for one in stretches), tuple(stretches)))
    return found


def _pairs(old: list[Unit], new: list[Unit]) -> Iterator[Pair]:
    """Yield what has become what, then what is new and what is gone."""
    found = matches([unit.text for unit in old], [unit.text for unit in new])
    for match in found:
        yield Pair(tuple(old[at] for at in match.old), tuple(new[at] for at in match.new), match.is_moved)
    known = {at for match in found for at in match.new}
    yield from (Pair((), (unit,)) for at, unit in enumerate(new) if at not in known)
    left = {at for match in found for at in match.old}
    yield from (Pair((unit,), ()) for at, unit in enumerate(old) if at not in left)


def _as_proposed(held: Held, was: Text) -> Held | None:
    return was.at(held.stretches[0].line, held.stretches[0].column) if held.stretches else None


def _followed(pair: Pair, now: Text, fates: dict[Stretch, Fate]) -> Iterator[_Piece]:
    """Yield what the parts on some lines have on the lines that these have become."""
    before, after = pair.words
    moved = drift(before, after)
    stretches = [stretch for unit in pair.old for stretch in unit.stretches]
    starts, cuts, at = [0], set[int](), 0
    for stretch in stretches:
        fates[stretch] = Fate(stretch, at, moved)
        for sentence in stretch.sentences:
            at += len(sentence)
            cuts.add(moved.cut(at))
        starts.append(moved.cut(at))
    begin = 0
    for unit in pair.new:
        end = begin + len(unit.text)
        own = _cuts(unit.text, begin, moved) | {cut for cut in cuts if begin < cut < end} | {begin, end}
        for place, (start, stop) in enumerate(pairwise(starts)):
            first, last = max(start, begin), min(stop, end)
            if first >= last:
                continue
            inner = sorted({first, last, *(cut for cut in own if first < cut < last)})
            words = [after[a:b] for a, b in pairwise(inner)]
            owner, is_ours = stretches[place].held, True
            if begin and first == begin and len(pair.new) > 1 and (other := _numbered(now, unit)):
                owner, is_ours = other, False
            yield _Piece(unit.line, unit.column + first - begin, owner, words, is_ours=is_ours)
        begin = end


def _numbered(now: Text, unit: Unit) -> Held | None:
    """Return the part with a number of its own that begins with a line."""
    found = now.at(unit.line, unit.column)
    return found if found and found.kind in NUMBERED and found.stretches[0] is unit.stretches[0] else None


def _cuts(line: str, begin: int, moved: Drift) -> set[int]:
    """Return where a line is cut into sentences within what is new in it."""
    changed = list(moved.changed())
    found, at = set(), begin
    for sentence in sentences(line):
        at += len(sentence)
        if any(start <= at <= end and start < end for start, end in changed):
            found.add(at)
    return found


class _Weaver:
    """Puts pieces together, in the order of the text."""

    def __init__(self, now: Text) -> None:
        self._now = now
        self.parts: list[Woven] = []
        self.by_held: dict[Held, Woven] = {}
        self._by_fresh: dict[Held, Woven] = {}
        self._line = -1

    def add(self, piece: _Piece) -> None:
        """Add a piece to the part that it belongs to, or begin one."""
        is_joined = piece.line == self._line
        blank = max(piece.line - self._line - 1, 0) if not is_joined else 0
        last = self.parts[-1] if self.parts else None
        if last and self._continues(last, piece):
            if is_joined:
                last.paragraphs[-1] += piece.sentences
            else:
                last.paragraphs += [*([[]] * blank), piece.sentences]
                last.lines.append(piece.line)
        else:
            self._begin(piece, blank, is_joined=is_joined)
        self._line = piece.line

    def _begin(self, piece: _Piece, blank: int, *, is_joined: bool) -> None:
        held = piece.owner if piece.is_ours and piece.owner not in self.by_held else None
        fresh = self._now.at(piece.line, piece.column) if piece.is_ours else piece.owner
        woven = Woven(held, fresh, piece.line, is_joined, blank, [piece.sentences], [piece.line])
        self.parts.append(woven)
        if held:
            self.by_held[held] = woven
        if fresh and fresh.stretches[0].line == piece.line and fresh.stretches[0].column == piece.column:
            self._by_fresh.setdefault(fresh, woven)

    def _continues(self, last: Woven, piece: _Piece) -> bool:
        if piece.is_ours:
            return last.held is piece.owner
        if last.held is None:
            return last.fresh is piece.owner
        # A new line of a title, of a list of labels: the importer takes it for one with the line before.
        here = piece.line, piece.column
        return any(s.line == last.lines[-1] and (s.line, s.column) < here for s in piece.owner.stretches)

    def put_below(self) -> None:
        """Say below which part each stands: where it stood, or where the importer puts what is new."""
        way: list[Woven] = []
        for woven in self.parts:
            wanted = self._wanted(woven)
            while way and way[-1] not in wanted:
                way.pop()
            if way:
                first = min((wanted.index(one), depth) for depth, one in enumerate(way) if one in wanted)[1]
                del way[first + 1 :]
                woven.parent = way[-1]
            way.append(woven)

    def _wanted(self, woven: Woven) -> list[Woven]:
        """Return below which parts it may stand, the best first; none is the plan itself."""
        proposed = self._by_fresh.get(woven.fresh.parent) if woven.fresh and woven.fresh.parent else None
        if woven.held is None:
            above = woven.fresh.parent if woven.fresh else None
            found = []
            while above:
                if above in self._by_fresh:
                    found.append(self._by_fresh[above])
                above = above.parent
            return found
        found = [proposed] if proposed and proposed.held is None else []
        above = woven.held.parent
        while above:
            found += [self.by_held[above]] if above in self.by_held else []
            # Where its own part is not open any more, it went to another.
            found += [proposed] if proposed and proposed not in found else []
            above = above.parent
        return found
