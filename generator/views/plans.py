"""A plan's own page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .. import addresses
from .common import (
    Head,
    Link,
    Publication,
    TaskRow,
    line_link,
    plan_head,
    publication,
    sheet_links,
    task_row,
)
from .cover import Cover, cover
from .linked_data import legislation
from .paragraphs import CitedDocument, OddityNote, Paragraph, documents, oddities, paragraph
from .responsibility import GroupRow, group_rows

if TYPE_CHECKING:
    from ..entries import PlanIndex
    from ..model import Goal
    from .rows import Rows, TargetRow
    from .terms import TermNote


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalRow:
    """A year's goal."""

    id: str
    title: str
    paragraph: Paragraph
    directions: tuple[TargetRow, ...]
    """What it says that nobody could check."""
    oddities: tuple[OddityNote, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanView:
    """A plan's own page."""

    head: Head
    title: str
    cover: Cover
    sheets: tuple[Link, ...]
    """The files to take away."""
    goals: tuple[GoalRow, ...]
    terms: tuple[TermNote, ...]
    """What the glossary says of words that are marked in the goals."""
    guiding: str
    guiding_line: Link
    preamble: str
    preamble_line: Link
    safeguards: tuple[TaskRow, ...]
    groups: tuple[GroupRow, ...]
    publication: Publication
    addressees: str
    """Without the colon that ends the printed line."""
    publicity: str
    basis: tuple[CitedDocument, ...]
    """Documents named before the goals."""


def plan_view(rows: Rows, plan: PlanIndex) -> PlanView:
    """Build a plan's own page."""
    own = plan.plan
    line = {entry.kind: entry.number for entry in plan.lines}
    issuers = "、".join(own.notice.issuers)
    seen: set[str] = set()
    goals = tuple(_goal_row(rows, plan, goal, seen) for goal in own.goals)
    return PlanView(
        head=plan_head(
            plan,
            f"{own.short_title}概览",
            f"{own.title}，{issuers}{own.notice.date}印发：板块、任务、制度保障和总体目标。",
            addresses.plan(own.id),
            shows=(own.where,),
        ).describing(legislation(plan)),
        sheets=sheet_links(addresses.plan(own.id) + own.id, own.short_title, _missing(plan)),
        title=own.title,
        cover=cover(rows, plan),
        goals=goals,
        terms=tuple(note for goal in goals for note in goal.paragraph.terms),
        guiding="".join(own.guiding),
        guiding_line=line_link(own.id, line["guiding"]),
        preamble="".join(own.preamble),
        preamble_line=line_link(own.id, line["preamble"]),
        safeguards=tuple(task_row(plan, item) for item in own.safeguards),
        publication=publication(plan),
        groups=group_rows(rows, plan, tuple(plan.groups)),
        addressees=own.notice.addressees.rstrip("：:"),
        publicity=own.notice.publicity,
        basis=documents(plan, "guiding"),
    )


def _goal_row(rows: Rows, plan: PlanIndex, goal: Goal, seen: set[str]) -> GoalRow:
    return GoalRow(
        id=goal.id,
        title=f"{goal.year}年",
        paragraph=paragraph(rows, plan, goal, f"{goal.id}-", seen),
        directions=tuple(rows.target(entry) for entry in plan.directions_of(goal.id)),
        oddities=oddities(plan, goal.id),
    )


def _missing(plan: PlanIndex) -> tuple[str, ...]:
    """Return the suffixes of the sheets that would be empty."""
    kinds = (("-targets.csv", plan.targets), ("-duties.csv", plan.duties))
    return tuple(suffix for suffix, found in kinds if not found)
