"""Texts and where they lead: units, parts of a plan, lines of the official text, files to take away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar

from .. import addresses
from ..terms import PART_KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from ..index.records import Owner, PlanIndex, SiteIndex
    from ..model import Mention, Part

_Item = TypeVar("_Item")

SHEETS: Final = (
    (".xlsx", "表格（XLSX）", "任务清单"),
    (".docx", "公文格式（DOCX）", "任务清单"),
    (".csv", "纯文本表格（CSV）", "任务清单"),
    ("-targets.csv", "目标（CSV）", "目标清单"),
    ("-duties.csv", "定期事项（CSV）", "定期事项清单"),
    (".ics", "日历（ICS）", "日历"),
)
"""Suffix of a sheet, what its link says, and by what name it is saved, behind that of the unit or plan."""

TEXTS: Final = frozenset({"front", "text"})
"""Kinds of owners that are called by what part of the text they are."""


@dataclass(frozen=True, slots=True)
class Link:
    """A text and where it leads; an empty address means plain text."""

    text: str
    url: str = ""
    file: str = ""
    """The name under which a browser saves what is there; only of files to take away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbours:
    """The items before and after one; empty links at the ends."""

    previous: Link
    next: Link


def mention_links(mentions: Iterable[Mention]) -> tuple[Link, ...]:
    """Return the printed names, each leading to its unit or leader where the registry knows it."""
    return tuple(Link(m.name, _address(m)) for m in mentions)


def _address(mention: Mention) -> str:
    if mention.unit:
        return addresses.unit(mention.unit)
    return addresses.leader(mention.leader) if mention.leader else ""


def unit_link(index: SiteIndex, unit_id: str) -> Link:
    """Return a unit by its registered name."""
    return Link(index.unit_names[unit_id], addresses.unit(unit_id))


def line_link(plan_id: str, number: int) -> Link:
    """Return a line of the official text."""
    return Link(f"原文第{number}行", addresses.line(plan_id, number))


def owner_link(owner: Owner) -> Link:
    """Return the part that something belongs to, by what it is called and its title."""
    ours = "（本站拟题）" if owner.title_reading == "inferred" else ""
    if owner.kind in TEXTS:
        return Link(owner.title or PART_KINDS[owner.part_kind], owner.url)
    return Link("\u3000".join(filter(None, (owner.label, owner.title))) + ours, owner.url)


def item_link(plan: PlanIndex, item: Part) -> Link:
    """Return a sector, task or safeguard by number and title."""
    return owner_link(plan.owners[item.id])


def page_label(owner: Owner) -> str:
    """Return what stands above the title of a page: 任务 11, 制度保障 3, or 任务 alone where no number is printed."""
    return f"{PART_KINDS[owner.part_kind]} {owner.counted}".rstrip()


def sheet_links(base: str, name: str, missing: Iterable[str] = ()) -> tuple[Link, ...]:
    """Return the files that lie beside a page; `base` is their address without suffix, `name` whose they are."""
    return tuple(
        Link(text, f"{base}{suffix}", f"{name}{kind}.{suffix.rpartition('.')[2]}")
        for suffix, text, kind in SHEETS
        if suffix not in missing
    )


def neighbours(items: Sequence[_Item], place: int, link: Callable[[_Item], Link]) -> Neighbours:
    """Return what stands before and after the item at a place."""
    return Neighbours(
        previous=link(items[place - 1]) if place else Link(""),
        next=link(items[place + 1]) if place + 1 < len(items) else Link(""),
    )
