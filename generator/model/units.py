"""Who is named: units, groups of units, leaders, and mentions of them as printed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..problems import Location

Reading = Literal["printed", "inferred", "proposed"]
"""Words that say it; a reading of ours, with its reason; one that the importer made and nobody confirmed yet. The last
claims what it would be when confirmed: with a note to be inferred, without one to be printed."""


def read_as(readings: Iterable[Reading]) -> Reading:
    """Return what holds for several readings together: one that nobody confirmed tells for all, then one of ours."""
    found = set(readings)
    return "proposed" if "proposed" in found else "inferred" if "inferred" in found else "printed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """Another name by which a unit is printed or looked for."""

    name: str
    kind: str
    """One of `terms.ALIAS_KINDS`."""
    source: str | None
    is_proposed: bool
    """Whether the importer takes it for this unit's name, and nobody confirmed it yet."""
    where: Location = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Successor:
    """What became of a unit after the plan was printed."""

    unit: Mention | None
    """The unit that took its place; None where it was abolished."""
    on: str
    """YYYY, YYYY-MM or YYYY-MM-DD."""
    how: str
    """One of `terms.CHANGES`."""
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A unit (单位) or a group of units (群体)."""

    id: str
    name: str
    kind: str
    """One of `terms.UNIT_KINDS`; the site's classification, not the plan's."""
    kind_doubt: str | None
    """Why the kind is doubtful."""
    level: str | None
    """One of `terms.LEVELS`."""
    is_group: bool
    aliases: tuple[Alias, ...]
    became: tuple[Successor, ...]
    note: str | None
    is_proposed: bool
    """Whether the importer registered it, and nobody confirmed its kind and level yet."""
    where: Location = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pronunciation:
    """How a word in the names of units is read aloud, where the dictionary errs."""

    text: str
    pinyin: str
    """A syllable for each character, with spaces between: chang po."""
    where: Location = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Leader:
    """A supervising leader (督办领导)."""

    id: str
    name: str
    """Without the spaces that print sets between the characters."""
    where: Location = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A unit named in a list."""

    name: str
    """The unit's name as it stands in `printed`; the same unless names were run together."""
    printed: str
    unit: str | None
    """The unit's id; None if the registry does not know the name."""
    leader: str | None = None
    """The leader's id, where a leader is named and the registry knows the name."""
    position: int = 0
    """Place in the printed list, from 0; names run together share one."""
    reading: Reading = "printed"
    """"inferred" where the printed words do not name the unit itself."""
    note: str | None = None
    """Why they are read so; always there when inferred."""
    where: Location = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """What a group of units stands for in one plan."""

    group: Mention
    members: tuple[Mention, ...]
    reading: Reading
    note: str
    """Why it is read so."""
    where: Location = field(compare=False, repr=False)
