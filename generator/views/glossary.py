"""The glossary: what the plans themselves explain, what the site explains, and where each term stands."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from .. import addresses
from ..terms import EXPLAINED_BY
from ..text.wording import date_text
from .heads import View, site_head
from .links import Link, line_link
from .terms import pieces

if TYPE_CHECKING:
    from ..index.records import PlanIndex
    from ..model import Term
    from ..text.lines import Line
    from .rows import Rows
    from .terms import Piece, Terms

_NAMES_ALONE: Final = frozenset({"addressees", "issuer", "responsibility"})
"""Kinds of lines that hold nothing but names, so that no term stands in them."""
_SHOWN_PLACES: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class TermRow:
    """A term, its explanation and where it stands."""

    id: str
    term: str
    explanation: str
    quote: tuple[Piece, ...]
    """The explaining words of the plan, other terms marked; empty where the site explains."""
    line: Link
    """Where those words are printed."""
    source: str
    dated: str
    """When the source was issued."""
    is_unconfirmed: bool
    """Whether title and number were not yet seen in a second place."""
    """What the site's explanation rests on; empty where the plan explains."""
    places: tuple[Link, ...]
    """The first few goals, tasks, safeguards and other lines in which it stands."""
    count: str
    """What follows them: ，共 4 处, or 等，共 9 处 where not all are shown; empty for one place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GlossarySection:
    """The terms that one side explains."""

    id: str
    label: str
    terms: tuple[TermRow, ...]
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GlossaryPart:
    """The terms of one plan."""

    id: str
    title: str
    """Empty where there is but one plan."""
    sections: tuple[GlossarySection, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GlossaryView(View):
    """The terms of all plans."""

    parts: tuple[GlossaryPart, ...]

    @property
    def headings(self) -> dict[str, str]:
        """The sections of the page: the plans, or of the only one who explains."""
        found: dict[str, str] = {}
        for part in self.parts:
            sides = {section.id: f"{section.label} {section.count} 个" for section in part.sections}
            found |= {f"{part.id}-title": part.title} if part.title else sides
        return found


def glossary_view(rows: Rows) -> GlossaryView:
    """Build the glossary; a plan's anchors stay when another plan is added."""
    places = (term.where for plan in rows.index.plans for term in plan.plan.terms)
    summary = "方案里的名词是什么意思：哪些由方案自己解释，哪些由本站按公开文件解释，各在哪里用到。"
    return GlossaryView(
        head=site_head(rows.index, "名词解释", summary, shows=places),
        parts=tuple(_part(rows, plan) for plan in rows.index.plans if plan.plan.terms),
    )


def _part(rows: Rows, plan: PlanIndex) -> GlossaryPart:
    own = plan.plan
    terms = rows.terms(own.id)
    used = _used(rows, plan, terms)
    sections = []
    for by, label in EXPLAINED_BY.items():
        found = tuple(_row(plan, term, terms, used) for term in own.terms if term.by == by)
        if found:
            sections.append(GlossarySection(id=f"{own.id}--{by}", label=label, terms=found, count=len(found)))
    # Two hyphens, which no id holds.
    return GlossaryPart(id=f"{own.id}--terms", title=rows.plan_name(own.id), sections=tuple(sections))


def _row(plan: PlanIndex, term: Term, terms: Terms, used: dict[str, Counter[Link]]) -> TermRow:
    own = plan.id
    anchor = addresses.term_anchor(own, term.id)
    places = used.get(anchor, Counter())
    total = places.total()
    shown = tuple(places)[:_SHOWN_PLACES]
    count = f"{'等' if len(places) > len(shown) else ''}，共 {total} 处" if total > 1 else ""
    return TermRow(
        id=anchor,
        term=term.term,
        explanation=term.explanation,
        quote=pieces(term.phrase or "", terms, {anchor}),
        line=line_link(own, term.line) if term.line else Link(""),
        source=term.source or "",
        dated=date_text(term.dated or ""),
        is_unconfirmed=term.check == "待核",
        places=shown,
        count=count,
    )


def _used(rows: Rows, plan: PlanIndex, terms: Terms) -> dict[str, Counter[Link]]:
    """Return for each term, by its anchor, how often it stands in each place, in printed order."""
    used: dict[str, Counter[Link]] = {}
    for line in plan.lines:
        if line.kind not in _NAMES_ALONE:
            for _, _, note in terms.found(line.text):
                used.setdefault(note.id, Counter())[_place(rows, plan, line)] += 1
    return used


def _place(rows: Rows, plan: PlanIndex, line: Line) -> Link:
    """Return the goal, task or safeguard that a line belongs to, by kind and number; else the line."""
    owner = plan.owners.get(line.of)
    if owner is None or owner.kind == "sector":
        return line_link(plan.id, line.number)
    return Link(rows.short_label(plan.id, owner), owner.url)
