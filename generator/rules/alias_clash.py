"""单位的名称和别名全站不得重复，否则查到的不知是哪个单位。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.problems import Location, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.model import Data

ID = "alias-clash"


def check(data: Data) -> Iterator[Problem]:
    """Yield a problem for each name or alias that was given before."""
    taken: dict[str, str] = {}
    for name, unit, where in [*_names(data), *_aliases(data)]:
        if name in taken:
            yield Problem(where, ID, f"“{name}”已是“{taken[name]}”的名称或别名：请删去一处，或改成分得清的叫法")
        taken.setdefault(name, unit)


def _names(data: Data) -> Iterator[tuple[str, str, Location]]:
    for unit in data.units:
        yield unit.name, unit.name, unit.where


def _aliases(data: Data) -> Iterator[tuple[str, str, Location]]:
    for unit in data.units:
        for alias in unit.aliases:
            yield alias.name, unit.name, alias.where
