"""The tables of a plan: targets, calendar, matrix, citations, oddities, official text, coverage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator import addresses
from generator.official import printed_date
from generator.terms import LINE_KINDS
from generator.views.common import (
    DutyRow,
    Head,
    Link,
    Rows,
    TargetRow,
    line_link,
    owner_link,
    plan_head,
    unit_link,
    years_of,
)

if TYPE_CHECKING:
    import datetime

    from generator.index import PlanIndex
    from generator.official import Line


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetsView:
    """All targets of a plan."""

    head: Head
    years: tuple[int, ...]
    metrics: tuple[TargetRow, ...]
    milestones: tuple[TargetRow, ...]
    inferred: int


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
class CalendarView:
    """All duties of a plan."""

    head: Head
    dated: tuple[DutyRow, ...]
    undated: tuple[DutyRow, ...]
    years: tuple[tuple[int, tuple[Occurrence, ...]], ...]
    issued_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixRow:
    """A unit's row in the matrix."""

    unit: Link
    cells: tuple[str, ...]
    """For each sector 牵头, 责任 or nothing."""
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixView:
    """Units × sectors."""

    head: Head
    sectors: tuple[tuple[int, str, str], ...]
    """(number, title, address)."""
    rows: tuple[MatrixRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CitationRow:
    """A document and where the plan names it."""

    id: str
    title: str
    document_number: str
    note: str
    mentions: tuple[tuple[Link, str, Link], ...]
    """(item, sentence, line)."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class TextLine:
    """A line of the official text and what was made of it."""

    number: int
    text: str
    kind: str
    level: int
    """2 and 3 for headings, 0 for the rest."""
    of: Link
    marks: tuple[Link, ...]
    """What was made of the line: targets, duties, documents, oddities."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextView:
    """The official text, line by line."""

    head: Head
    lines: tuple[TextLine, ...]
    characters: str
    """16,272."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageView:
    """Every line of the text and what it became."""

    head: Head
    lines: tuple[TextLine, ...]
    characters: str
    """16,272."""
    kinds: tuple[tuple[str, int], ...]


def targets_view(rows: Rows, plan: PlanIndex) -> TargetsView:
    """Build the table of all targets."""
    entries = [rows.target(entry) for entry in plan.targets]
    inferred = sum(any(value.reading == "inferred" for value in e.target.values) for e in plan.targets)
    return TargetsView(
        head=plan_head(plan, "目标", f"方案提出的 {len(entries)} 项目标，按年列出，逐条附原文。", "targets"),
        years=years_of(plan),
        metrics=tuple(row for row in entries if row.is_metric),
        milestones=tuple(row for row in entries if not row.is_metric),
        inferred=inferred,
    )


def calendar_view(rows: Rows, plan: PlanIndex) -> CalendarView:
    """Build the calendar of duties."""
    entries = [rows.duty(entry) for entry in plan.duties]
    issued = printed_date(plan.plan.notice.date)
    return CalendarView(
        head=plan_head(plan, "日历", f"方案规定的 {len(entries)} 件定期事项：谁做、报给谁、哪一天以前。", "calendar"),
        dated=tuple(row for row in entries if row.due),
        undated=tuple(row for row in entries if not row.due),
        years=tuple((year, tuple(_occurrences(plan, entries, year, issued))) for year in years_of(plan)),
        issued_on=plan.plan.notice.date,
    )


def _occurrences(plan: PlanIndex, duties: list[DutyRow], year: int, issued: datetime.date | None) -> list[Occurrence]:
    """List the dates of one year, none before the plan was issued."""
    found = []
    for entry, row in zip(plan.duties, duties, strict=True):
        due = entry.duty.due
        for month in due.months if due else ():
            day = due.day if due else 0
            date = f"{year}-{month:02}-{day:02}"
            if issued is None or date >= issued.isoformat():
                found.append(
                    Occurrence(date=date, day=f"{month}月{day}日", action=row.action, who=row.who, url=row.url)
                )
    return sorted(found, key=lambda occurrence: occurrence.date)


def matrix_view(rows: Rows, plan: PlanIndex) -> MatrixView:
    """Build the matrix of units and sectors."""
    sectors = plan.plan.sectors
    entries = []
    for entry in rows.index.units:
        unit = entry.unit.id
        cells = tuple(
            "牵头" if s.lead_unit.unit == unit else "责任" if any(m.unit == unit for m in s.responsible_units) else ""
            for s in sectors
        )
        if any(cells):
            entries.append(MatrixRow(unit=unit_link(rows, unit), cells=cells, total=sum(map(bool, cells))))
    return MatrixView(
        head=plan_head(
            plan, "分工矩阵", f"{len(entries)} 个单位在 {len(sectors)} 个板块里牵头还是责任，一表看全。", "matrix"
        ),
        sectors=tuple((s.number, s.title, addresses.sector(plan.plan.id, s.number)) for s in sectors),
        rows=tuple(entries),
    )


def citations_view(rows: Rows, plan: PlanIndex) -> CitationsView:
    """Build the list of documents that the plan names."""
    entries = tuple(
        CitationRow(
            id=entry.citation.id,
            title=entry.citation.title,
            document_number=entry.citation.document_number or "",
            note=entry.citation.note or "",
            mentions=tuple(
                (
                    owner_link(mention.of) if mention.of.title else Link(LINE_KINDS[mention.of.id]),
                    mention.quote,
                    line_link(plan.plan.id, mention.line),
                )
                for mention in entry.mentions
            ),
        )
        for entry in plan.citations
    )
    return CitationsView(
        head=plan_head(plan, "引用文件", f"方案提到的 {len(entries)} 份文件、文号和出处。", "citations"), rows=entries
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
        head=plan_head(plan, "印刷疑误", f"校读时存疑的 {len(entries)} 处：印的是什么，本站怎样理解。", "oddities"),
        rows=entries,
    )


def text_view(rows: Rows, plan: PlanIndex) -> TextView:
    """Build the official text."""
    return TextView(
        head=plan_head(plan, "原文", f"《{plan.plan.title}》全文，逐行编号，一字未改。", "text"),
        lines=_text_lines(plan),
        characters=f"{len(plan.plan.source):,}",
    )


def coverage_view(rows: Rows, plan: PlanIndex) -> CoverageView:
    """Build the table that accounts for every line."""
    kinds: dict[str, int] = {}
    for line in plan.lines:
        kinds[LINE_KINDS[line.kind]] = kinds.get(LINE_KINDS[line.kind], 0) + 1
    return CoverageView(
        head=plan_head(plan, "覆盖核对", "原文每一行变成了什么数据：没有一行漏掉。", "coverage"),
        lines=_text_lines(plan),
        characters=f"{len(plan.plan.source):,}",
        kinds=tuple(kinds.items()),
    )


def _text_lines(plan: PlanIndex) -> tuple[TextLine, ...]:
    marks = _marks(plan)
    return tuple(
        TextLine(
            number=line.number,
            text=line.text,
            kind=LINE_KINDS[line.kind],
            level={"heading": 2, "sector": 3, "safeguard": 3}.get(line.kind, 0),
            of=_line_of(plan, line),
            marks=tuple(marks.get(line.number, ())),
        )
        for line in plan.lines
    )


def _line_of(plan: PlanIndex, line: Line) -> Link:
    """Return the page of the item that a line belongs to."""
    if line.of in plan.owners:
        return owner_link(plan.owners[line.of])
    if line.of:
        sector = plan.sector(line.of)
        return Link(f"板块{sector.number}　{sector.title}", addresses.sector(plan.plan.id, sector.number))
    return Link("")


def _marks(plan: PlanIndex) -> dict[int, list[Link]]:
    """Return for each line what was made of it."""
    marks: dict[int, list[Link]] = {}
    for target in plan.targets:
        marks.setdefault(target.line, []).append(Link(f"目标：{target.target.indicator}", target.url))
    for duty in plan.duties:
        marks.setdefault(duty.line, []).append(Link(f"定期事项：{duty.duty.action}", duty.url))
    for citation in plan.citations:
        for mention in citation.mentions:
            marks.setdefault(mention.line, []).append(Link(f"引用文件：{citation.citation.title}", citation.url))
    base = addresses.plan(plan.plan.id, "oddities")
    for oddity in plan.plan.oddities:
        marks.setdefault(oddity.line, []).append(Link(f"疑误：{oddity.printed}", f"{base}#{oddity.id}"))
    return marks
