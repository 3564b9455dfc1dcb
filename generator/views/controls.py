"""By what a table can be filtered in the browser."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..terms import TARGET_TYPES
from .common import Option
from .rows import UNDATED, UNDATED_LABEL

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .rows import TargetRow


@dataclass(frozen=True, slots=True)
class WideOption(Option):
    """A choice that fits rows of several values: a unit, of which each row holds the list that names it."""

    among: str
    """The values of the rows that fit, between blanks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Something that rows differ in."""

    name: str
    """Of the rows' data attribute, and of the parameter in the address."""
    label: str
    choices: tuple[Option, ...]
    is_wide: bool = False
    """Whether the choices say which values fit them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Controls:
    """The filters over one table, or over several of one kind."""

    filters: tuple[Filter, ...]
    total: int
    """How many rows there are."""
    views: tuple[Option, ...] = ()
    """Forms that the same rows can take; the first, of no value, is the usual one."""


def target_controls(
    rows: Sequence[TargetRow],
    before: Iterable[Filter] = (),
    after: Iterable[Filter] = (),
    views: tuple[Option, ...] = (),
) -> Controls:
    """Return the filters over targets; what all rows have in common is no choice."""
    types = {row.target.type for row in rows}
    years = {year for row in rows for year in row.years.split(" ")}
    dated = sorted(years - {UNDATED})
    undated = [Option(UNDATED, UNDATED_LABEL)] if UNDATED in years else []
    filters = (
        *before,
        Filter(
            name="type",
            label="类型",
            choices=tuple(Option(value, label) for value, label in TARGET_TYPES.items() if value in types),
        ),
        Filter(name="year", label="年份", choices=(*(Option(year, f"{year}年") for year in dated), *undated)),
        *after,
    )
    return Controls(filters=tuple(found for found in filters if len(found.choices) > 1), total=len(rows), views=views)
