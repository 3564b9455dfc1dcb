"""A unit over several plans: what it is called, and where each plan names it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..text.wording import date_text
from .heads import View, sections
from .links import Link
from .unit_profile import CHANGES, NAMES, alias_rows, change_rows, unit_figures, unit_head, unit_sheets

if TYPE_CHECKING:
    from ..index.records import UnitEntry
    from .common import Tally
    from .rows import Rows
    from .unit_profile import AliasRow, ChangeRow


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanOfUnit:
    """One of several plans that concern a unit, at a glance."""

    link: Link
    issued_on: str
    figures: tuple[Tally, ...]
    sheets: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitOverview(View):
    """A unit over several plans: what it is called, and where each plan names it."""

    name: str
    kind: str
    kind_doubt: str
    is_proposed: bool
    note: str
    aliases: tuple[AliasRow, ...]
    changes: tuple[ChangeRow, ...]
    plans: tuple[PlanOfUnit, ...]
    """The newest first."""
    sheets: tuple[Link, ...]
    """Over all plans."""

    @property
    def headings(self) -> dict[str, str]:
        """The sections of the page."""
        return sections(
            *((True, f"plan_{place}", plan.link.text) for place, plan in enumerate(self.plans, 1)),
            (len(self.plans) > 1, "all", "全部方案合在一起"),
            (self.changes, "changes", CHANGES),
            (self.aliases, "names", NAMES),
        )


def unit_overview(rows: Rows, entry: UnitEntry) -> UnitOverview:
    """Build the page of a unit on a site of several plans."""
    newest = sorted(entry.parts, key=lambda part: rows.index.plan(part.plan or "").issued_on, reverse=True)
    return UnitOverview(
        head=unit_head(rows, entry),
        name=entry.unit.name,
        kind=entry.unit.kind,
        kind_doubt=entry.unit.kind_doubt or "",
        is_proposed=entry.unit.is_proposed,
        note=entry.unit.note or "",
        aliases=alias_rows(entry.unit),
        changes=change_rows(rows, entry),
        plans=tuple(_of_plan(rows, part) for part in newest),
        sheets=unit_sheets(rows, entry),
    )


def _of_plan(rows: Rows, part: UnitEntry) -> PlanOfUnit:
    plan = rows.index.plan(part.plan or "")
    return PlanOfUnit(
        link=Link(plan.plan.title, part.url),
        issued_on=date_text(plan.issued_on),
        figures=tuple(replace(figure, url=part.url + figure.url) for figure in unit_figures(rows, part)),
        sheets=unit_sheets(rows, part),
    )
