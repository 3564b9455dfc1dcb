"""What is known of a unit whichever page shows it: its names, what became of it, its figures and files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from .. import addresses
from ..terms import ALIAS_LABELS, ROLES, marked
from ..text.wording import date_text
from .common import Tally
from .dates import date_rows
from .heads import plan_head, site_head
from .linked_data import organization
from .links import Link, sheet_links, unit_link
from .obligations import role_counts, sector_counts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..index.records import UnitEntry
    from ..model import Unit
    from .heads import Head
    from .rows import Rows

CHANGES: Final = "印发以后的变更"
NAMES: Final = "名称"
"""What stands over a unit's changes and over its other names."""
_COUNTED: Final[dict[str, str]] = {
    **{str(role): f"{word} {{}} 项任务" for role, word in ROLES.items()},
    "responsible": "{} 项任务的责任单位",
    "safeguards": "列入 {} 项制度保障",
}
"""Part of the page → how much of it there is, in a sentence."""

_BECAME = {"更名": "更名为", "合并": "并入", "划转": "职责划转", "撤销": "撤销"}

_WAS = {"更名": "由其更名而来", "合并": "并入本单位", "划转": "职责划入本单位"}


@dataclass(frozen=True, slots=True, kw_only=True)
class AliasRow:
    """Another name of the unit."""

    name: str
    kind: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRow:
    """What became of a unit after the plan was printed, or what it was before."""

    on: str
    """2024年3月."""
    how: str
    """更名为, 由……合并而来."""
    unit: Link
    """Empty where there is none."""
    source: str


def unit_head(rows: Rows, entry: UnitEntry) -> Head:
    """Return the head of a unit's page: outside any plan, or in the one of which it is."""
    unit, above = entry.unit, Link("单位", addresses.UNITS)
    if entry.plan is None:
        head = site_head(rows.index, unit.name, _description(entry), (above,), shows=(unit.where,))
    else:
        plan = rows.index.plan(entry.plan)
        title = f"{unit.name}：{plan.plan.short_title}"
        links = (above, unit_link(rows.index, unit.id))
        head = plan_head(plan, title, _description(entry), entry.url, links, shows=(unit.where,))
    return head.describing(*organization(unit, addresses.unit(unit.id)))


def _description(entry: UnitEntry) -> str:
    counts = role_counts(entry)
    said = [words.format(counts[part]) for part, words in _COUNTED.items() if counts[part]] or ["方案没有直接点名"]
    return f"{entry.unit.name}在方案里的全部事项：{'，'.join(said)}，逐条附原文出处。"


def alias_rows(unit: Unit) -> tuple[AliasRow, ...]:
    """Return the other names of a unit."""
    return tuple(
        AliasRow(
            name=alias.name,
            kind=f"{ALIAS_LABELS[alias.kind]}{marked('proposed') if alias.is_proposed else ''}",
            source=alias.source or "",
        )
        for alias in unit.aliases
    )


def change_rows(rows: Rows, entry: UnitEntry) -> tuple[ChangeRow, ...]:
    """Return what became of a unit since, and whose place it took."""
    return (*_became(rows, entry.unit), *_was(rows, entry))


def _became(rows: Rows, unit: Unit) -> Iterator[ChangeRow]:
    for change in unit.became:
        link = unit_link(rows.index, change.unit.unit) if change.unit and change.unit.unit else Link("")
        yield ChangeRow(on=date_text(change.on), how=_BECAME[change.how], unit=link, source=change.source)


def _was(rows: Rows, entry: UnitEntry) -> Iterator[ChangeRow]:
    for other, change in entry.was:
        how = _WAS.get(change.how, change.how)
        yield ChangeRow(on=date_text(change.on), how=how, unit=unit_link(rows.index, other), source=change.source)


def unit_sheets(rows: Rows, entry: UnitEntry) -> tuple[Link, ...]:
    """List the files to take away; what would be empty is no use to anybody."""
    kinds = (
        ("-targets.csv", entry.targets),
        ("-duties.csv", (*entry.duties, *entry.receives, *entry.unnamed)),
        (".ics", date_rows(rows, entry)),
    )
    missing = [suffix for suffix, found in kinds if not found]
    of = rows.index.plan(entry.plan).plan.short_title if entry.plan else ""
    return sheet_links(addresses.sheets(entry.url, entry.unit.id), f"{of}{entry.unit.name}", missing)


def unit_figures(rows: Rows, entry: UnitEntry) -> tuple[Tally, ...]:
    """Count what the unit itself is named for, and apart from it what applies through a group."""
    counts, sectors = role_counts(entry), sector_counts(rows, entry)
    figures = (
        *(
            Tally(label=f"{word}{what}", number=found[role], url=f"#{role}")
            for role, word in ROLES.items()
            for what, found in (("板块", sectors), ("任务", counts))
        ),
        Tally(label="制度保障", number=counts["safeguards"], url="#safeguards"),
        Tally(label="经统称适用", number=counts["via"], url="#via"),
        Tally(label="目标", number=len(entry.targets), url="#targets"),
        Tally(label="定期事项", number=sum(duty.via is None for duty in entry.duties), url="#duties"),
    )
    return tuple(figure for figure in figures if figure.number)
