"""The tables of a plan: citations, oddities."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .. import addresses
from ..terms import ODDITY_KINDS
from .common import Option
from .controls import Controls, Filter
from .heads import View, plan_head, sections
from .links import Link, line_link, owner_link

if TYPE_CHECKING:
    from ..index.records import CitationMention, PlanIndex
    from ..model import Oddity
    from .rows import Rows


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Printed words with those in question marked; the three joined are printed so."""

    before: str
    marked: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MentionRow:
    """Where a document is named, and among which words."""

    of: Link
    quote: Excerpt
    line: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class CitationRow:
    """A document and where the plan names it."""

    id: str
    title: str
    document_number: str
    note: str
    places: tuple[MentionRow, ...]
    """Each sentence once, however often it names the document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CitationsView(View):
    """All documents that a plan names."""

    rows: tuple[CitationRow, ...]

    @property
    def headings(self) -> dict[str, str]:
        """The sections of the page."""
        return sections(
            *((True, f"title_{row.id}", f"《{row.title}》") for row in self.rows),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class OddityRow:
    """A place that a proof-reader would query."""

    id: str
    printed: Excerpt
    """With what is printed around it."""
    kind: str
    reading: str
    note: str
    line: Link
    line_number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OdditiesView(View):
    """All oddities of a plan."""

    controls: Controls
    rows: tuple[OddityRow, ...]


def citations_view(rows: Rows, plan: PlanIndex) -> CitationsView:
    """Build the list of documents that the plan names."""
    entries = tuple(
        CitationRow(
            id=entry.citation.id,
            title=entry.citation.title,
            document_number=entry.citation.document_number or "",
            note=entry.citation.note or "",
            places=tuple(dict.fromkeys(_place(plan, entry.citation.title, mention) for mention in entry.mentions)),
        )
        for entry in plan.citations
    )
    return CitationsView(
        head=plan_head(
            plan,
            "引用文件",
            f"方案提到的 {len(entries)} 份文件、文号和出处。",
            addresses.plan(plan.id, "citations"),
            shows=(entry.citation.where for entry in plan.citations),
        ),
        rows=entries,
    )


def _place(plan: PlanIndex, title: str, mention: CitationMention) -> MentionRow:
    return MentionRow(
        of=owner_link(mention.of) if mention.of.title else Link(owner_link(mention.of).text),
        quote=_excerpt(mention.quote, title, 40),
        line=line_link(plan.id, mention.line),
    )


def oddities_view(rows: Rows, plan: PlanIndex) -> OdditiesView:
    """Build the list of oddities."""
    oddities = sorted(plan.plan.oddities, key=lambda oddity: oddity.line)
    counts = Counter(oddity.kind for oddity in oddities)
    kinds = tuple(Option(kind, f"{kind}（{counts[kind]}）") for kind in ODDITY_KINDS if counts[kind])
    return OdditiesView(
        head=plan_head(
            plan,
            "印刷疑误",
            f"校读时存疑的 {len(oddities)} 处：印的是什么，本站怎样理解。",
            addresses.plan(plan.id, "oddities"),
            shows=(oddity.where for oddity in plan.plan.oddities),
        ),
        controls=Controls(filters=(Filter(name="kind", label="类别", choices=kinds),), total=len(oddities)),
        rows=tuple(_oddity(plan, oddity) for oddity in oddities),
    )


def _oddity(plan: PlanIndex, oddity: Oddity) -> OddityRow:
    return OddityRow(
        id=oddity.id,
        printed=_excerpt(plan.printed_line(oddity.line), oddity.printed, 16),
        kind=oddity.kind,
        # That the words are printed as they stand is said once above the table.
        reading=oddity.reading.removeprefix("照印，"),
        note=oddity.note,
        line=line_link(plan.id, oddity.line),
        line_number=oddity.line,
    )


def _excerpt(text: str, words: str, around: int) -> Excerpt:
    """Return words among so many characters before and after them as tell where one is."""
    before, marked, after = text.partition(words)
    return Excerpt(
        before if len(before) <= around else f"…{before[-around:]}",
        marked,
        after if len(after) <= around else f"{after[:around]}…",
    )
