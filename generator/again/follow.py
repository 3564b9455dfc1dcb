"""Whether a reading can go along with its words where these changed a little, and what it then quotes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..editing.tables import Path
    from .alignment import Drift
    from .held import Tree

_FIGURE: Final = re.compile(r"[\d.]+|[一二三四五六七八九十百千万亿两零〇半]+")
_TIME: Final = re.compile(r"(?:\d+|[一二三四五六七八九十]+)(?=年|月|日|季|周|旬)")
_EXACT: Final = frozenset({"quote", "text", "scope", "qualifier", "base"})
"""Keys whose words are printed."""
_NAMES: Final = frozenset({"units", "who", "to", "printed"})
"""Keys whose words are printed names: with one character changed they may name another body."""
_OURS: Final = frozenset({"indicator", "action"})
"""Keys whose words may be ours."""
_ALIKE: Final = 0.5


@dataclass(frozen=True, slots=True)
class Turn:
    """A sentence that changed."""

    old: str
    new: str
    start: int
    """Where the old one stands in the words that the drift knows."""
    drift: Drift

    def words(self, at: int, end: int) -> str | None:
        """Return what some of its words have become."""
        found = self.drift.words(self.start + at, self.start + end)
        return found if found and found in self.new else None


def followed(record: Tree, turn: Turn, *, has_figures: bool) -> dict[Path, str] | None:
    """Return the values that a record gets with the new sentence; None where they cannot be told with certainty."""
    if _common(turn) < _ALIKE * len(turn.old):
        return None
    if has_figures and _times(turn.old) != _times(turn.new):
        return None
    new: dict[Path, str] = {}
    for path, key, value in _leaves(record):
        if value not in turn.old:
            continue
        at = turn.old.index(value)
        is_one = turn.old.count(value) == 1
        words = turn.words(at, at + len(value)) if is_one else value if value in turn.new else None
        if words is None and value in turn.new and key != "quote":
            words = value
        if key in _OURS:
            words = words or value
        if words is None or (key in _NAMES and words != value):
            return None
        if has_figures and _FIGURE.findall(words) != _FIGURE.findall(value):
            return None
        if words != value:
            new[path] = words
    return new


def _common(turn: Turn) -> int:
    end = turn.start + len(turn.old)
    return sum(turn.drift.at(at) is not None for at in range(turn.start, end))


def _times(sentence: str) -> list[str]:
    return _TIME.findall(sentence)


def _leaves(tree: Any, path: Path = (), key: str = "") -> Iterator[tuple[Path, str, str]]:  # noqa: ANN401
    """Yield the values of a record that may be printed: where each stands, its key, its words."""
    if isinstance(tree, dict):
        for name, value in tree.items():
            yield from _leaves(value, (*path, name), name)
    elif isinstance(tree, list):
        for at, item in enumerate(tree):
            yield from _leaves(item, (*path, at), key)
    elif key in _EXACT | _NAMES | _OURS and isinstance(tree, str):
        yield path, key, tree
