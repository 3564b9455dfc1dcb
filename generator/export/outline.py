"""What documents say, as blocks: first a short working paper, then all the rest as numbered annexes.

A document is read without the site, so that it says by itself what it rests on, what its
marks mean and that it is not official. Whatever a unit has none of is left out, and the
numbering runs on.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from ..entries import UnitDuty
from ..terms import chinese_number
from .asked import INFERRED
from .document import Paragraph, Row, Table
from .document_rows import (
    DUTIES,
    SAFEGUARDS,
    TASKS,
    WITH_ROLES,
    names_text,
    target_columns,
)
from .paper import paper_parts, plan_paper_parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..entries import Obligation, PlanIndex, SiteIndex, UnitEntry
    from ..model import Group, Sector
    from .document import Block
    from .document_rows import DocumentRows

_Part = tuple[str, list["Block"]]
"""A heading without its number, and what stands below it."""

_UNOFFICIAL: Final = "非官方整理，以印发的文件为准。"
_BY_SECTOR: Final = "方案按板块列责任单位，没有逐项分工；单位在板块列名的，板块中的每项任务都列入。"
_LINES: Final = "“第几行”是在网上公开文本中的位置，从通知标题数起，每个自然段为一行。"
_MARK: Final = INFERRED.removeprefix("（")
"""As it ends every mark: （推断）, （按…理解，推断）."""
_MARKS: Final = f"标有“{INFERRED.strip('（）')}”的，原文没有写明或者没有写全，由整理者理解，理由附在表内。"
UNNAMED_PART: Final = "原文没有点名到单位的事项"
_NOBODY: Final = "所列任务和制度保障里还有这些事项，原文没有点名到名录里的单位，是否由本单位做请以实际分工为准。"
_THROUGH: Final = "方案没有直接点名，只写了统称；是否适用由整理者推断，依据见“所属统称”。"


def unit_title(entry: UnitEntry) -> str:
    """Return the title of a unit's document."""
    return f"{entry.unit.name}承担事项清单"


def plan_title(plan: PlanIndex) -> str:
    """Return the title of a plan's document."""
    return f"{plan.plan.short_title}任务清单"


def unit_blocks(rows: DocumentRows, entry: UnitEntry) -> tuple[Block, ...]:
    """Return a unit's document."""
    plans = [plan for plan in rows.index.plans if _concerns(plan, entry)]
    body = (*_numbered(paper_parts(rows, entry)), *_annexes(_unit_parts(rows, entry)))
    return (
        Paragraph("Title", unit_title(entry)),
        *(Paragraph("Subtitle", plan.plan.title) for plan in plans),
        *map(_text, _unit_opening(plans, entry, _legend(body))),
        *body,
    )


def plan_blocks(rows: DocumentRows, plan: PlanIndex) -> tuple[Block, ...]:
    """Return a plan's document."""
    own = plan.plan
    counts = (
        f"{len(own.sectors)}个板块、{len(own.tasks)}项任务、{len(own.safeguards)}项制度保障，"
        f"以及从中整理的{len(plan.targets)}项目标、{len(plan.duties)}项定期事项"
    )
    body = (*_numbered(plan_paper_parts(plan)), *_annexes(_plan_parts(rows, plan)))
    opening = (f"本清单据{_cited(plan)}整理，列出全部{counts}。", _BY_SECTOR, _legend(body), _UNOFFICIAL)
    return (
        Paragraph("Title", plan_title(plan)),
        Paragraph("Subtitle", own.title),
        *map(_text, opening),
        *body,
    )


def _concerns(plan: PlanIndex, entry: UnitEntry) -> bool:
    """Whether a plan has anything for a unit to do."""
    own = plan.plan.id
    return any(o.plan == own for o in entry.obligations) or any(d.plan == own for d in (*entry.duties, *entry.receives))


def _unit_opening(plans: list[PlanIndex], entry: UnitEntry, legend: str) -> Iterator[str]:
    counts = entry.counts
    direct = [duty for duty in entry.duties if duty.via is None]
    through = sum(1 for o in entry.obligations if o.via)
    listed = (
        (counts.lead_sectors, f"牵头{counts.lead_sectors}个板块的{counts.lead_tasks}项任务"),
        (counts.responsible_tasks, f"列为{counts.responsible_sectors}个板块{counts.responsible_tasks}项任务的责任单位"),
        (counts.safeguards, f"制度保障{counts.safeguards}项"),
        (through, f"经统称适用的事项{through}项"),
        (len(entry.targets), f"有关目标{len(entry.targets)}项"),
        (len(direct), f"定期事项{len(direct)}项"),
        (len(entry.duties) - len(direct), f"经统称适用的定期事项{len(entry.duties) - len(direct)}项"),
    )
    what = "，".join(text for count, text in listed if count)
    name = entry.unit.name
    yield f"本清单据{'、'.join(map(_cited, plans))}整理，列出{name}承担的全部事项：{what or '无'}。"
    if counts.lead_tasks or counts.responsible_tasks:
        yield _BY_SECTOR
    if entry.unit.note:
        yield f"关于名称：{entry.unit.note}"
    yield legend
    yield _UNOFFICIAL


def _legend(blocks: Iterable[Block]) -> str:
    """Explain what the blocks below use: line numbers, and the mark of what was inferred where it stands anywhere."""
    return _LINES + (_MARKS if any(_MARK in line for block in blocks for line in _block_lines(block)) else "")


def _block_lines(block: Block) -> list[str]:
    if isinstance(block, Table):
        return [line for row in block.body for cell in row.cells for line in cell.lines]
    return [block.text]


def _cited(plan: PlanIndex) -> str:
    notice = plan.plan.notice
    return f"《{plan.plan.title}》（{'、'.join(notice.issuers)}{notice.date}印发）"


def _text(text: str) -> Paragraph:
    return Paragraph("BodyText", text)


def _numbered(parts: Iterable[_Part]) -> Iterator[Block]:
    """Yield the parts that hold something, numbered."""
    for number, (title, blocks) in enumerate((part for part in parts if part[1]), 1):
        yield Paragraph("Heading1", f"{chinese_number(number)}、{title}")
        yield from blocks


def _annexes(parts: Iterable[_Part]) -> Iterator[Block]:
    """Yield the parts that hold something as annexes; end with a paragraph, as the format demands after a table."""
    last: Block | None = None
    for number, (title, blocks) in enumerate((part for part in parts if part[1]), 1):
        yield Paragraph("Annex", f"附件{number}　{title}")
        yield from blocks
        last = blocks[-1]
    if isinstance(last, Table):
        yield _text("以上为全部事项。")


def _unit_parts(rows: DocumentRows, entry: UnitEntry) -> Iterator[_Part]:
    index, name = rows.index, entry.unit.name
    parts: dict[str, list[Obligation]] = {}
    for obligation in entry.obligations:
        parts.setdefault(_part_of(obligation), []).append(obligation)
    own = [duty for duty in entry.duties if duty.via is None]
    through = [duty for duty in entry.duties if duty.via]
    meanings = [(p.plan.id, p.groups[entry.unit.id]) for p in index.plans if entry.unit.id in p.groups]
    yield "所指单位", [_meaning(rows, group, rows.plan_name(plan)) for plan, group in meanings]
    yield "牵头任务", [*_obligations(rows, name, parts.get("lead", []))]
    yield "责任任务", [*_obligations(rows, name, parts.get("responsible", []))]
    yield "制度保障", [*_obligations(rows, name, parts.get("safeguards", []))]
    yield "经统称适用的事项", [*_hinted(_THROUGH, _obligations(rows, name, parts.get("via", [])))]
    yield "目标", [*_unit_targets(rows, entry)]
    yield "定期事项", [*_duties(rows, "定期事项", own)]
    yield "经统称适用的定期事项", [*_hinted(_THROUGH, _duties(rows, "经统称适用的定期事项", through))]
    yield "报给本单位或以本单位为对象的事项", [*_duties(rows, "以本单位为对象的定期事项", entry.receives)]
    yield UNNAMED_PART, [*_hinted(_NOBODY, _duties(rows, UNNAMED_PART, entry.unnamed))]
    yield "所属统称", [_text(_membership(rows, plan, group)) for plan, group in entry.member_of]
    yield "原文", [*_printed(rows, entry.obligations)]


def _part_of(obligation: Obligation) -> str:
    if obligation.via:
        return "via"
    if obligation.kind == "safeguard":
        return "safeguards"
    return "lead" if obligation.role == "lead" else "responsible"


def _hinted(hint: str, blocks: Iterable[Block]) -> Iterator[Block]:
    """Put a hint before blocks, if there are any."""
    for place, block in enumerate(blocks):
        if not place:
            yield Paragraph("TableLead", hint)
        yield block


_Grouped = list[tuple["PlanIndex", "Sector | None", list["Obligation"]]]


def _grouped(index: SiteIndex, obligations: Iterable[Obligation]) -> _Grouped:
    """Group by sector; what belongs to none are the safeguards of a plan."""
    found: dict[tuple[str, str | None], list[Obligation]] = {}
    for obligation in obligations:
        found.setdefault((obligation.plan, obligation.sector), []).append(obligation)
    plans = {plan.plan.id: plan for plan in index.plans}
    return [(plans[plan], plans[plan].sector(s) if s else None, group) for (plan, s), group in found.items()]


def _group_heading(rows: DocumentRows, number: int, plan: PlanIndex, sector: Sector | None) -> Paragraph:
    name = f"板块{chinese_number(sector.number)}　{sector.title}" if sector else "制度保障"
    title = "：".join(filter(None, (rows.plan_name(plan.plan.id), name)))
    return Paragraph("Heading2", f"（{chinese_number(number)}）{title}")


def _obligations(rows: DocumentRows, name: str, obligations: list[Obligation]) -> Iterator[Block]:
    groups = _grouped(rows.index, obligations)
    for number, (plan, sector, group) in enumerate(groups, 1):
        if sector or len(groups) > 1 or rows.plan_name(plan.plan.id):
            yield _group_heading(rows, number, plan, sector)
        if sector:
            yield Paragraph("TableLead", _responsibility(plan, sector))
        if sector and not any(o.via for o in group):
            body = (rows.obligation(plan, o, name) for o in group)
            yield Table(sector.title, TASKS, tuple(body))
        else:
            body = (rows.obligation_with_role(plan, o, name) for o in group)
            yield Table(sector.title if sector else "制度保障", WITH_ROLES, tuple(body))


def _responsibility(plan: PlanIndex, sector: Sector) -> str:
    """Write who supervises, leads and takes part in a sector; the names once for all its tasks."""
    lines = {line.kind: line.number for line in plan.lines if line.of == sector.id}
    leader = sector.leader_name
    units = names_text(sector.responsible_units)
    return (
        f"督办领导：{leader}（第{lines['supervising_leader']}行）。"
        f"总牵头单位：{sector.lead_unit.name}（第{lines['lead_unit']}行）。"
    ) + (f"责任单位：{units}（第{lines['responsible_units']}行）。" if units else "")


def _unit_targets(rows: DocumentRows, entry: UnitEntry) -> Iterator[Block]:
    for plan_id, found in groupby(entry.targets, lambda pair: pair[0]):
        items = dict.fromkeys(target.of.id for _, target in found)
        plan = rows.index.plan(plan_id)
        yield Paragraph(
            "TableLead",
            f"以下是{rows.plan_name(plan_id)}本单位牵头的任务、列为责任单位的任务和列名的制度保障所提的目标。"
            "方案没有说明每项目标由哪个单位承担。“—”是原文没有提出该年度的要求。",
        )
        yield _target_table(rows, plan, items)


def _target_table(rows: DocumentRows, plan: PlanIndex, items: Iterable[str]) -> Table:
    body: list[Row] = []
    for item in items:
        body += rows.targets(plan, item)
    return Table("目标，按年度", target_columns(plan.years), tuple(body))


def _duties(rows: DocumentRows, caption: str, duties: Iterable[UnitDuty], own: str = "") -> Iterator[Block]:
    """Yield a table of duties; `own` is the plan that the document is of, which need not be named."""
    body = [
        line
        for number, duty in enumerate(duties, 1)
        for line in rows.duty(duty, number, rows.plan_name(duty.plan) if duty.plan != own else "")
    ]
    if body:
        yield Table(caption, DUTIES, tuple(body))


def _meaning(rows: DocumentRows, group: Group, before: str) -> Paragraph:
    names = "、".join(rows.index.unit_names[member.unit] for member in group.members if member.unit)
    # Without members there is nothing that could be inferred.
    mark = INFERRED if names and group.reading == "inferred" else ""
    return _text(f"{before}{'：' if before else ''}{names or '没有列出名单'}{mark}。{group.note}")


def _membership(rows: DocumentRows, plan_id: str, group: Group) -> str:
    plan = rows.plan_name(plan_id)
    mark = INFERRED if group.reading == "inferred" else ""
    return f"{rows.index.unit_names[group.group.unit or '']}{f'（{plan}）' if plan else ''}{mark}：{group.note}"


def _printed(rows: DocumentRows, obligations: Iterable[Obligation]) -> Iterator[Block]:
    groups = _grouped(rows.index, sorted(obligations, key=lambda o: _place(rows.index, o)))
    for number, (plan, sector, group) in enumerate(groups, 1):
        if len(groups) > 1:
            yield _group_heading(rows, number, plan, sector)
        for obligation in group:
            yield rows.printed(plan, obligation.id)


def _place(index: SiteIndex, obligation: Obligation) -> tuple[int, int]:
    plans = [plan.plan.id for plan in index.plans]
    return plans.index(obligation.plan), index.plan(obligation.plan).text_line_of[obligation.id]


def _plan_parts(rows: DocumentRows, plan: PlanIndex) -> Iterator[_Part]:
    own = plan.plan
    duties = [UnitDuty(plan=own.id, entry=entry, via=None) for entry in plan.duties]
    front = {line.kind: line for line in reversed(plan.lines)}
    yield own.goals_title, [_line_text(plan, plan.text_line_of[goal.id]) for goal in own.goals]
    yield own.tasks_title, [*_sectors(rows, plan)]
    safeguards = tuple(line for item in own.safeguards for line in rows.safeguard(plan, item))
    yield own.safeguards_title, [Table(own.safeguards_title, SAFEGUARDS, safeguards)] if safeguards else []
    targets = _target_table(rows, plan, [item.id for item in own.items])
    yield "目标", [Paragraph("TableLead", "“—”是原文没有提出该年度的要求。"), targets] if targets.body else []
    yield "定期事项", [*_duties(rows, "定期事项", duties, own.id)]
    yield "统称所指", [_meaning(rows, group, rows.index.unit_names[unit]) for unit, group in plan.groups.items()]
    yield f"引言和{own.guiding_title}", [_line_text(plan, front[kind].number) for kind in ("preamble", "guiding")]


def _sectors(rows: DocumentRows, plan: PlanIndex) -> Iterator[Block]:
    for sector in plan.plan.sectors:
        # The plan's own numbers; they run on in it.
        yield Paragraph("Heading2", f"（{chinese_number(sector.number)}）{sector.title}")
        yield Paragraph("TableLead", _responsibility(plan, sector))
        yield Table(sector.title, TASKS, tuple(rows.task(plan, task) for task in sector.tasks))


def _line_text(plan: PlanIndex, number: int) -> Paragraph:
    return _text(f"{plan.lines[number - 1].text}（第{number}行）")
