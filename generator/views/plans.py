"""A plan's own page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from .. import addresses
from ..index.events import due_dates
from ..terms import PART_KINDS, STATUSES
from ..text.wording import date_text
from .citing import Publication, publication
from .common import TaskRow, listing, task_row
from .cover import Cover, cover
from .heads import View, plan_head, sections
from .linked_data import legislation
from .links import Link, line_link, sheet_links
from .paragraphs import CitedDocument, ItemText, OddityNote, document, oddities, paragraph
from .responsibility import GroupRow, WhoRow, group_rows, whole_plan
from .shape import basis, parts_text
from .terms import NOTES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..index.records import PlanIndex
    from ..model import Goal, Plan
    from .rows import Rows, TargetRow
    from .terms import TermNote


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalRow:
    """A year's goal."""

    id: str
    title: str
    """2022年; empty where it would say nothing."""
    paragraph: ItemText
    directions: tuple[TargetRow, ...]
    """What it says that nobody could check."""
    oddities: tuple[OddityNote, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedLine:
    """A printed line."""

    text: str
    line: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanView(View):
    """A plan's own page."""

    title: str
    cover: Cover
    sheets: tuple[Link, ...]
    """The files to take away."""
    goals: tuple[GoalRow, ...]
    terms: tuple[TermNote, ...]
    """What the glossary says of words that are marked in the goals."""
    who: tuple[WhoRow, ...]
    """Who answers for the whole of it."""
    opening_title: str
    """引言和指导思想."""
    opening: tuple[PrintedLine, ...]
    safeguards: tuple[TaskRow, ...]
    groups: tuple[GroupRow, ...]
    publication: Publication
    issued: tuple[tuple[str, str], ...]
    """What is known of its issue: (what, how)."""
    basis: tuple[CitedDocument, ...]
    """Documents that its guiding part names, or its preamble."""

    @property
    def headings(self) -> dict[str, str]:
        """The sections of the page."""
        return sections(
            (self.goals, "goals", "总体目标"),
            (self.cover.sectors, "sectors", "板块"),
            (self.cover.tasks, "tasks", self.cover.tasks_title),
            (self.safeguards, "safeguards", "制度保障"),
            (self.who, "who", "全文由谁负责"),
            (self.groups, "groups", "统称所指"),
            (self.opening, "preamble", self.opening_title),
            (self.basis, "basis", "依据的文件"),
            (self.issued or self.publication.is_known, "issued", "印发"),
            (self.terms, "terms", NOTES),
        )


def plan_view(rows: Rows, plan: PlanIndex) -> PlanView:
    """Build a plan's own page."""
    own = plan.plan
    issuers = "、".join(own.issuers)
    issued = f"，{issuers}{date_text(own.issued_on or '')}印发" if issuers or own.issued_on else ""
    opening = [part for part in own.all_parts if part.kind in _OPENING]
    seen: set[str] = set()
    goals = tuple(_goal_row(rows, plan, goal, seen) for goal in own.goals)
    return PlanView(
        head=plan_head(
            plan,
            f"{own.short_title}概览",
            f"{own.title}{issued}：{parts_text(plan) or '原文'}。",
            addresses.plan(own.id),
            shows=(own.where,),
        ).describing(legislation(plan)),
        sheets=sheet_links(addresses.sheets(addresses.plan(own.id), own.id), own.short_title, _missing(plan)),
        title=own.title,
        cover=cover(rows, plan),
        goals=goals,
        terms=tuple(note for goal in goals for note in goal.paragraph.terms),
        who=whole_plan(rows, plan),
        opening_title=listing(list(dict.fromkeys(PART_KINDS[part.kind] for part in opening))),
        opening=tuple(
            PrintedLine(text=line.text, line=line_link(own.id, line.number))
            for part in opening
            for line in plan.lines_of[part.id]
        ),
        safeguards=tuple(task_row(plan, item) for item in own.safeguards),
        publication=publication(plan),
        groups=group_rows(rows, plan, tuple(plan.groups)),
        issued=tuple(_issued(own)),
        basis=tuple(map(document, basis(plan))),
    )


_OPENING: Final = frozenset({"preamble", "guiding"})
"""Kinds of parts that say on what a plan rests."""


def _issued(plan: Plan) -> Iterator[tuple[str, str]]:
    status = STATUSES[plan.validity.status] if plan.validity else ""
    if plan.validity and plan.validity.replaced_by:
        status += f"，由《{plan.validity.replaced_by}》替代"
    found = (
        ("主送", plan.words_of("addressees").rstrip("：:")),
        ("公开", plan.words_of("publicity")),
        ("施行日期", date_text(plan.effective_on or "")),
        ("有效期至", date_text(plan.valid_until or "")),
        ("效力", f"{status}（出处：{plan.validity.source}）" if plan.validity else ""),
    )
    yield from ((what, how) for what, how in found if how)


def _goal_row(rows: Rows, plan: PlanIndex, goal: Goal, seen: set[str]) -> GoalRow:
    return GoalRow(
        id=goal.id,
        title=f"{goal.year}年" if goal.year else goal.title,
        paragraph=paragraph(rows, plan, goal, f"{goal.id}-", seen),
        directions=tuple(rows.target(entry) for entry in plan.directions_of(goal.id)),
        oddities=oddities(plan, goal.id),
    )


def _missing(plan: PlanIndex) -> tuple[str, ...]:
    """Return the suffixes of the sheets that would be empty."""
    dates = [date for entry in plan.duties for date in due_dates(plan, entry)]
    kinds = (("-targets.csv", plan.targets), ("-duties.csv", plan.duties), (".ics", dates))
    return tuple(suffix for suffix, found in kinds if not found)
