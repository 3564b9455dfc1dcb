"""Which tasks and safeguards are related: those that speak of the same, and those that the same units answer for.

A name counts as shared if few enough speak of it to make it telling: a term of the
glossary, or words that the plan puts into quotation marks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ..terms import WITHOUT_MARKS
from .citing import quoted
from .links import Link, item_link
from .responsibility import in_order
from .shape import is_by_sector

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..index.records import PlanIndex
    from ..model import Part
    from .rows import Rows

MOST: Final = 6
"""So many are shown of each sort."""
COMMON: Final = 8
"""What more items than these speak of relates none of them."""
_NAMED: Final = re.compile(r"“([^“”]{2,12})”")


@dataclass(frozen=True, slots=True, kw_only=True)
class KinRow:
    """An item that speaks of the same."""

    link: Link
    why: str
    """都提到“即报即办”、“一窗通”."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KinGroup:
    """Items for which the same units answer."""

    sector: Link
    """To which they belong; empty where each names its units itself."""
    why: str
    """The units, or how many."""
    items: tuple[Link, ...]
    rest: str
    """How many more there are; empty if there are none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kin:
    """What is related to an item."""

    by_terms: tuple[KinRow, ...]
    """Those that share most names first, then in printed order."""
    by_units: tuple[KinGroup, ...]
    """Those that share most units first."""


class Kinship:
    """All relations in one plan, worked out once for all its pages."""

    def __init__(self, rows: Rows, plan: PlanIndex) -> None:
        self._plan = plan
        items = (*plan.tasks, *plan.safeguards)
        self._items = {item.id: item for item in items}
        self._sector_of = {task.id: task.sector for task in plan.tasks}
        self._order = {item.id: place for place, item in enumerate(items)}
        self._unit_names = rows.index.unit_names
        groups = {entry.unit.id for entry in rows.index.units if entry.unit.is_group}
        self._units = {
            id_: tuple(u for u in _units(plan, item) if u not in groups) for id_, item in self._items.items()
        }
        self._names = {id_: dict(_names(rows, plan, item)) for id_, item in self._items.items()}
        self._holders: dict[str, list[str]] = {}
        for id_, names in self._names.items():
            for key in names:
                self._holders.setdefault(key, []).append(id_)

    def of(self, item: str) -> Kin:
        """Return what is related to a task or safeguard, which is never itself."""
        is_task = item in self._sector_of
        if is_task and is_by_sector(self._plan):
            grouped = self._sectors(item)
        else:
            grouped = self._alike(item, self._plan.plan.tasks if is_task else self._plan.plan.safeguards)
        return Kin(by_terms=tuple(self._by_terms(item)), by_units=tuple(grouped))

    def _by_terms(self, item: str) -> Iterator[KinRow]:
        shared: dict[str, list[str]] = {}
        for key, label in self._names[item].items():
            holders = self._holders[key]
            for other in holders if len(holders) <= COMMON else ():
                if other != item:
                    shared.setdefault(other, []).append(label)
        for other in sorted(shared, key=lambda id_: (-len(shared[id_]), self._order[id_]))[:MOST]:
            names = "、".join(quoted(label) for label in shared[other])
            yield KinRow(link=item_link(self._plan, self._items[other]), why=f"都提到{names}")

    def _sectors(self, item: str) -> Iterator[KinGroup]:
        """Yield the sectors whose units are most the same, where the plan names units by sector, not by task."""
        own = set(self._units[item])
        left = MOST
        others = [s for s in self._plan.plan.sectors if s.id != self._sector_of[item] and s.tasks]
        shared = {s.id: [unit for unit in self._units[s.tasks[0].id] if unit in own] for s in others}
        for sector in sorted(others, key=lambda s: -len(shared[s.id])):
            if not left or not shared[sector.id]:
                return
            tasks = sector.tasks[:left]
            left -= len(tasks)
            yield KinGroup(
                sector=item_link(self._plan, sector),
                why=self._why(shared[sector.id]),
                items=tuple(item_link(self._plan, task) for task in tasks),
                rest=_rest(len(sector.tasks) - len(tasks)),
            )

    def _alike(self, item: str, items: Iterable[Part]) -> Iterator[KinGroup]:
        """Yield the items for which the same units answer, by those units."""
        own = self._units[item]
        found: dict[tuple[str, ...], list[Link]] = {}
        for other in items:
            shared = tuple(unit for unit in own if unit in self._units[other.id])
            if other.id != item and shared:
                found.setdefault(shared, []).append(item_link(self._plan, other))
        left = MOST
        for shared, links in sorted(found.items(), key=lambda pair: -len(pair[0])):
            if left:
                rest = _rest(len(links) - left)
                yield KinGroup(sector=Link(""), why=self._why(shared), items=tuple(links[:left]), rest=rest)
            left = max(left - len(links), 0)

    def _why(self, units: Iterable[str]) -> str:
        names = [self._unit_names[unit] for unit in units]
        shown = "、".join(names[:3])
        return f"都列名{shown}等 {len(names)} 个单位" if len(names) > len(names[:3]) else f"都列名{shown}"


def _rest(number: int) -> str:
    return f"另有 {number} 项" if number > 0 else ""


def _units(plan: PlanIndex, item: Part) -> dict[str, None]:
    """Return the units that answer for an item, each once, in printed order; for words of it alone last."""
    return dict.fromkeys(m.unit for charge in in_order(plan, item) for m in charge.responsibility.names if m.unit)


def _names(rows: Rows, plan: PlanIndex, item: Part) -> Iterator[tuple[str, str]]:
    """Yield (what tells a name apart, the name) of each name in an item's title and text."""
    text = "\n".join((item.title, *item.sentences))
    # As printed: that two printed forms mean the same is the glossary's reading.
    for start, end, _ in rows.terms(plan.id).found(text):
        words = text[start:end].translate(WITHOUT_MARKS)
        yield words, words
    for name in _NAMED.findall(text):
        yield name, name
