"""How the parts of a plan are counted: by their numbers, or by a path of numbers where these repeat."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..model import Part, Plan

_Path = tuple[str, ...]

_ENDS: Final = "、.．, \u3000"
"""What ends a printed number or stands behind it."""


def counted(plan: Plan) -> dict[str, str]:
    """Return how each part with a number is counted among those of its kind, by its id.

    Where the numbers of a kind repeat, they are given as printed; parts that lie equally deep have as many of the
    numbers above them before their own as tell them apart: (一)1, or 二(一)1 where even these repeat.
    """
    paths = dict(_paths(plan.parts, ()))
    found: dict[str, str] = {}
    numbers: dict[str, dict[str, str]] = {}
    for part in plan.all_parts:
        if part.number is not None:
            numbers.setdefault(part.kind, {})[part.id] = str(part.number)
    for own in numbers.values():
        found |= own if _are_distinct(own) else _told_apart({part: paths[part] for part in own})
    return found


def _told_apart(paths: dict[str, _Path]) -> dict[str, str]:
    found: dict[str, str] = {}
    for length in dict.fromkeys(map(len, paths.values())):
        level = {part: path for part, path in paths.items() if len(path) == length}
        shown = [{part: _joined(path[-depth:]) for part, path in level.items()} for depth in range(1, length + 1)]
        found |= next((own for own in shown if _are_distinct(own)), shown[-1])
    return found


def _joined(path: _Path) -> str:
    """Return numbers one behind another, parted where no brackets part them: 二(一)1, 一·1."""
    return re.sub(r"(?<=[^()（）·])·(?=[(（])|(?<=[)）])·", "", "·".join(path))


def _are_distinct(numbers: dict[str, str]) -> bool:
    return len(set(numbers.values())) == len(numbers)


def _paths(parts: Iterable[Part], above: _Path) -> Iterator[tuple[str, _Path]]:
    """Yield each part with the numbers, printed if they are, from the outermost part above it to its own."""
    for part in parts:
        number = part.number_printed.strip(_ENDS) or ("" if part.number is None else str(part.number))
        path = (*above, number) if number else above
        yield part.id, path
        yield from _paths(part.parts, path)
