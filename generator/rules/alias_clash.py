"""单位的名称和别名全站不得重复，不同单位的也不得只差全角半角、大小写或形近的字符，否则查到的不知是哪个单位。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..characters import folded
from ..problems import Location, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model import Data

ID = "alias-clash"


def check(data: Data) -> Iterator[Problem]:
    """Yield a problem for each name or alias that was given before, or that a reader takes for one that was."""
    taken: dict[str, tuple[str, str]] = {}
    given: set[str] = set()
    for name, unit, where in [*_names(data), *_aliases(data)]:
        first, owner = taken.setdefault(folded(name), (name, unit))
        if name in given:
            yield Problem(where, ID, f"“{name}”已是“{owner}”的名称或别名：请删去一处，或改成分得清的叫法")
        elif owner != unit:
            yield Problem(
                where, ID, f"“{name}”与“{owner}”的“{first}”只差全角半角或形近的字符：请删去一处，或改成分得清的叫法"
            )
        given.add(name)


def _names(data: Data) -> Iterator[tuple[str, str, Location]]:
    for unit in data.units:
        yield unit.name, unit.name, unit.where


def _aliases(data: Data) -> Iterator[tuple[str, str, Location]]:
    for unit in data.units:
        for alias in unit.aliases:
            yield alias.name, unit.name, alias.where
