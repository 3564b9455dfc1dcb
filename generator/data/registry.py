"""Names looked up: of units and leaders for the whole site, and as one plan alone uses them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from ..model import Mention
from .bind import Located

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ..problems import Location
    from .bind import Bound


@dataclass(frozen=True, slots=True)
class Registry:
    """Looks up names of units and leaders."""

    units: Mapping[str, str]
    """Name or alias → unit id; of two claims to an alias the first holds."""
    leaders: Mapping[str, str]
    """Name without blanks → leader id."""
    own: Mapping[str, Bound] = field(default_factory=dict)
    """Names that only the plan at hand uses, by what is printed → how they are read."""

    def mention(self, name: str, where: Location, position: int = 0) -> Mention:
        """Return a mention of the unit with this name."""
        return Mention(name=name, printed=name, unit=self.units.get(name), position=position, where=where)

    def leader(self, printed: str, where: Location, position: int = 0) -> Mention:
        """Return a mention of a leader; of a unit where the registry knows one by that name."""
        name = "".join(printed.split())
        return Mention(
            name=name,
            printed=printed,
            unit=self.units.get(name),
            leader=self.leaders.get(name),
            position=position,
            where=where,
        )

    def read(self, printed: str, where: Location, position: int, apart: Mapping[str, Bound]) -> Iterator[Mention]:
        """Yield what printed words mean: as `apart` says, or the plan's own names, or else the registry."""
        row = apart.get(printed) or self.own.get(printed)
        if row is None:
            yield self.mention(printed, where, position)
        else:
            yield from self._explained(row, position, where if printed not in apart else None)

    def mentions(self, items: Iterable[Located | Bound]) -> tuple[Mention, ...]:
        """Return the units in a list, each printed by itself or explained by a record."""
        found: list[Mention] = []
        for position, item in enumerate(items):
            if isinstance(item, Located):
                found += self.read(item.text, item.where, position, {})
            else:
                found += self._explained(item, position)
        return tuple(found)

    def _explained(self, row: Bound, position: int, where: Location | None = None) -> Iterator[Mention]:
        reading: Any = row.optional("reading") or "printed"
        note = row.optional("note")
        for name in row.items("names"):
            # What is wrong with an explanation is wrong where it stands, not wherever the name is used.
            is_fit = name.text in self.units and (note or reading == "printed")
            at = where if where and is_fit else name.where
            yield replace(
                self.mention(name.text, at, position), printed=row.text("printed"), reading=reading, note=note
            )
