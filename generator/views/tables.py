"""The tables of a plan: citations, oddities."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator import addresses
from generator.terms import LINE_KINDS
from generator.views.common import (
    Head,
    Link,
    line_link,
    owner_link,
    plan_head,
)

if TYPE_CHECKING:
    from generator.entries import CitationMention, PlanIndex
    from generator.views.rows import Rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A sentence that names a document."""

    of: Link
    quote: str
    line: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class CitationRow:
    """A document and where the plan names it."""

    id: str
    title: str
    document_number: str
    note: str
    places: tuple[Place, ...]
    """Each sentence once, however often it names the document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CitationsView:
    """All documents that a plan names."""

    head: Head
    rows: tuple[CitationRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OddityRow:
    """A place that a proof-reader would query."""

    id: str
    printed: str
    kind: str
    reading: str
    note: str
    line: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class OdditiesView:
    """All oddities of a plan."""

    head: Head
    rows: tuple[OddityRow, ...]


def citations_view(rows: Rows, plan: PlanIndex) -> CitationsView:
    """Build the list of documents that the plan names."""
    entries = tuple(
        CitationRow(
            id=entry.citation.id,
            title=entry.citation.title,
            document_number=entry.citation.document_number or "",
            note=entry.citation.note or "",
            places=tuple(dict.fromkeys(_place(plan, mention) for mention in entry.mentions)),
        )
        for entry in plan.citations
    )
    return CitationsView(
        head=plan_head(
            plan,
            "引用文件",
            f"方案提到的 {len(entries)} 份文件、文号和出处。",
            addresses.plan(plan.plan.id, "citations"),
            shows=(entry.citation.where for entry in plan.citations),
        ),
        rows=entries,
    )


def _place(plan: PlanIndex, mention: CitationMention) -> Place:
    return Place(
        of=owner_link(mention.of) if mention.of.title else Link(LINE_KINDS[mention.of.id]),
        quote=mention.quote,
        line=line_link(plan.plan.id, mention.line),
    )


def oddities_view(rows: Rows, plan: PlanIndex) -> OdditiesView:
    """Build the list of oddities."""
    entries = tuple(
        OddityRow(
            id=oddity.id,
            printed=oddity.printed,
            kind=oddity.kind,
            reading=oddity.reading,
            note=oddity.note,
            line=line_link(plan.plan.id, oddity.line),
        )
        for oddity in sorted(plan.plan.oddities, key=lambda oddity: oddity.line)
    )
    return OdditiesView(
        head=plan_head(
            plan,
            "印刷疑误",
            f"校读时存疑的 {len(entries)} 处：印的是什么，本站怎样理解。",
            addresses.plan(plan.plan.id, "oddities"),
            shows=(oddity.where for oddity in plan.plan.oddities),
        ),
        rows=entries,
    )
