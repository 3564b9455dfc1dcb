"""The tables of a plan: targets, calendar, citations, oddities."""

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
    year_columns,
    years_of,
)
from generator.views.controls import target_controls
from generator.views.dates import day_text, due_dates
from generator.views.rows import TargetTable

if TYPE_CHECKING:
    from generator.entries import CitationMention, PlanIndex, TargetEntry
    from generator.views.controls import Controls
    from generator.views.rows import DutyRow, Rows


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetsView:
    """All targets of a plan."""

    head: Head
    controls: Controls
    metrics: TargetTable
    metric_count: int
    milestones: TargetTable
    milestone_count: int
    inferred_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """A duty on one of its dates."""

    date: str
    """ISO, for the machine."""
    day: str
    """12月20日."""
    action: str
    who: tuple[Link, ...]
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarYear:
    """The dates of one year."""

    id: str
    title: str
    dates: tuple[Occurrence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarView:
    """All duties of a plan."""

    head: Head
    dated: tuple[DutyRow, ...]
    undated: tuple[DutyRow, ...]
    years: tuple[CalendarYear, ...]
    """Empty where no duty has a date."""
    issued_on: str


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


def targets_view(rows: Rows, plan: PlanIndex) -> TargetsView:
    """Build the table of all targets."""
    metrics = [entry for entry in plan.targets if entry.target.type == "metric"]
    milestones = [entry for entry in plan.targets if entry.target.type == "milestone"]
    return TargetsView(
        head=plan_head(
            plan,
            "目标",
            f"方案提出的 {len(plan.targets)} 项目标，按年列出，逐条附原文。",
            addresses.plan(plan.plan.id, "targets"),
        ),
        controls=target_controls([rows.target(entry) for entry in plan.targets]),
        metrics=_target_table(rows, plan, "目标值，按年", metrics),
        metric_count=len(metrics),
        milestones=_target_table(rows, plan, "阶段性目标，按年", milestones),
        milestone_count=len(milestones),
        inferred_count=sum(any(value.reading == "inferred" for value in e.target.values) for e in plan.targets),
    )


def _target_table(rows: Rows, plan: PlanIndex, caption: str, entries: list[TargetEntry]) -> TargetTable:
    return TargetTable(
        caption=caption,
        years=year_columns(plan),
        rows=tuple(rows.target(entry) for entry in entries),
        has_anchors=True,
        is_sortable=True,
    )


def calendar_view(rows: Rows, plan: PlanIndex) -> CalendarView:
    """Build the calendar of duties."""
    entries = [rows.duty(entry) for entry in plan.duties]
    dated = tuple(row for row in entries if row.is_dated)
    return CalendarView(
        head=plan_head(
            plan,
            "日历",
            f"方案规定的 {len(entries)} 件定期事项：谁做、对象是谁、哪一天以前。",
            addresses.plan(plan.plan.id, "calendar"),
        ),
        dated=dated,
        undated=tuple(row for row in entries if not row.is_dated),
        years=tuple(
            CalendarYear(id=f"y{year}", title=f"{year}年", dates=tuple(_occurrences(plan, entries, year)))
            for year in years_of(plan)
            if dated
        ),
        issued_on=plan.plan.notice.date,
    )


def _occurrences(plan: PlanIndex, duties: list[DutyRow], year: int) -> list[Occurrence]:
    """List the dates of one year."""
    found = [
        Occurrence(date=date, day=day_text(date).removeprefix(f"{year}年"), action=row.action, who=row.who, url=row.url)
        for entry, row in zip(plan.duties, duties, strict=True)
        for date in due_dates(plan, entry)
        if date.startswith(f"{year}-")
    ]
    return sorted(found, key=lambda occurrence: occurrence.date)


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
        ),
        rows=entries,
    )
