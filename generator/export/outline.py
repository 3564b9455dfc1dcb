"""What documents say, as blocks: first a short working paper, then all the rest as numbered annexes.

A document is read without the site, so that it says by itself what it rests on, what its
marks mean and that it is not official. Whatever a unit has none of is left out, and the
numbering runs on.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from ..index.records import UnitDuty
from ..terms import PART_KINDS, ROLES, chinese_number
from .asked import INFERRED
from .charges import label_text, scope_text
from .document import Paragraph, Row, Table
from .document_rows import (
    DUTIES,
    SAFEGUARDS,
    TASKS,
    WITH_ROLES,
    names_text,
    shown_years,
    target_columns,
)
from .paper import paper_parts, plan_paper_parts
from .rows import role_text
from .sentences import (
    counts_text,
    division_text,
    heading_of,
    heading_title,
    kinds_text,
    lines_sentence,
    targets_sentence,
)
from .titles import SAFEGUARD, cited, number_text, title_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..index.records import Obligation, PlanIndex, SiteIndex, UnitEntry
    from ..model import Group, Part, Sector
    from ..terms import Role
    from .document import Block
    from .document_rows import DocumentRows

_Part = tuple[str, list["Block"]]
"""A heading without its number, and what stands below it."""

_UNOFFICIAL: Final = "非官方整理，以印发的文件为准。"
_MARK: Final = INFERRED.removeprefix("（")
"""As it ends every mark: （推断）, （按…理解，推断）."""
_MARKS: Final = f"标有“{INFERRED.strip('（）')}”的，原文没有写明或者没有写全，由整理者理解，理由附在表内。"
UNNAMED_PART: Final = "原文没有点名到单位的事项"
_NOBODY: Final = "所列{items}里还有这些事项，原文没有点名到名录里的单位，是否由本单位做请以实际分工为准。"
_THROUGH: Final = "方案没有直接点名，只写了统称；{which}，依据见“所属统称”。"
_OF_ROLE: Final[dict[Role, str]] = {
    "lead": "牵头任务",
    "responsible": "责任任务",
    "cooperate": "配合任务",
    "implement": "落实任务",
    "owner": "括注负责的任务",
    "supervise": "督办任务",
}
"""Role → the part of a unit's document that holds its tasks."""
_NO_VALUE: Final = "“—”是原文没有提出该年度的要求。"


def unit_title(entry: UnitEntry) -> str:
    """Return the title of a unit's document."""
    return f"{entry.unit.name}承担事项清单"


def plan_title(plan: PlanIndex) -> str:
    """Return the title of a plan's document."""
    return f"{plan.plan.short_title}任务清单"


def unit_blocks(rows: DocumentRows, entry: UnitEntry) -> tuple[Block, ...]:
    """Return a unit's document."""
    plans = [plan for plan in rows.index.plans if _concerns(plan, entry)] or [*rows.index.plans]
    body = (*_numbered(paper_parts(rows, entry)), *_annexes(_unit_parts(rows, entry)))
    return (
        Paragraph("Title", unit_title(entry)),
        *(Paragraph("Subtitle", plan.plan.title) for plan in plans),
        *map(_text, _unit_opening(plans, entry, _legend(plans, body))),
        *body,
    )


def plan_blocks(rows: DocumentRows, plan: PlanIndex) -> tuple[Block, ...]:
    """Return a plan's document."""
    body = (*_numbered(plan_paper_parts(plan)), *_annexes(_plan_parts(rows, plan)))
    whole = f"本清单据{cited(plan.plan)}整理，列出全部{counts_text(plan)}。"
    opening = (whole, division_text(plan), _legend([plan], body), _UNOFFICIAL)
    return (
        Paragraph("Title", plan_title(plan)),
        Paragraph("Subtitle", plan.plan.title),
        *map(_text, filter(None, opening)),
        *body,
    )


def _concerns(plan: PlanIndex, entry: UnitEntry) -> bool:
    """Whether a plan has anything for a unit to do."""
    own = plan.id
    return any(o.plan == own for o in entry.obligations) or any(d.plan == own for d in (*entry.duties, *entry.receives))


def _unit_opening(plans: list[PlanIndex], entry: UnitEntry, legend: str) -> Iterator[str]:
    direct = [duty for duty in entry.duties if duty.via is None]
    through = sum(1 for o in entry.obligations if o.via)
    tasks = [o for o in entry.obligations if o.kind == "task" and not o.via]
    listed = (
        *_listed_tasks(entry, tasks),
        (entry.counts.safeguards, f"制度保障{entry.counts.safeguards}项"),
        (through, f"经统称适用的事项{through}项"),
        (len(entry.targets), f"有关目标{len(entry.targets)}项"),
        (len(direct), f"定期事项{len(direct)}项"),
        (len(entry.duties) - len(direct), f"经统称适用的定期事项{len(entry.duties) - len(direct)}项"),
    )
    what = "，".join(text for count, text in listed if count)
    name = entry.unit.name
    yield f"本清单据{'、'.join(cited(plan.plan) for plan in plans)}整理，列出{name}承担的全部事项：{what or '无'}。"
    concerned = [plan for plan in plans if any(o.plan == plan.id for o in tasks)]
    said = {plan.plan.short_title: text for plan in concerned if (text := division_text(plan))}
    if len(set(said.values())) == 1 and len(said) == len(plans):
        yield next(iter(said.values()))
    else:
        yield from (f"{title}：{text}" for title, text in said.items())
    if entry.unit.note:
        yield f"关于名称：{entry.unit.note}"
    yield legend
    yield _UNOFFICIAL


def _listed_tasks(entry: UnitEntry, tasks: list[Obligation]) -> Iterator[tuple[int, str]]:
    """Count the tasks that name a unit, by what it is called there; with the sectors where these give them all."""
    groups: dict[tuple[Role, str, bool], list[Obligation]] = {}
    for one in tasks:
        label = one.role_printed or "" if one.role not in {"lead", "owner"} else ""
        groups.setdefault((one.role, label, one.is_whole or one.role == "owner"), []).append(one)
    are_few = len({role for role, _, _ in groups if role != "lead"}) == 1
    for (role, label, is_whole), found in sorted(groups.items(), key=lambda pair: pair[0][0] != "lead"):
        count, sectors = len(found), {(one.plan, one.sector) for one in found}
        named = entry.counts.lead_sectors if role == "lead" else entry.counts.responsible_sectors
        of_sectors = all(one.sector for one in found) and len(sectors) == named
        if not is_whole:
            what = f"列为{label}" if label else ROLES[role]
            yield count, f"在{count}项任务的部分词句里{what}"
        elif role == "lead":
            yield count, f"牵头{named}个板块的{count}项任务" if of_sectors else f"牵头{count}项任务"
        elif label:
            yield count, f"列为{f'{named}个板块' if of_sectors and are_few else ''}{count}项任务的{label}"
        else:
            yield count, f"{ROLES[role]}{count}项任务"


def _legend(plans: list[PlanIndex], blocks: Iterable[Block]) -> str:
    """Explain what the blocks below use: line numbers, and the mark of what was inferred where it stands anywhere."""
    is_marked = any(_MARK in line for block in blocks for line in _block_lines(block))
    return lines_sentence(plans) + (_MARKS if is_marked else "")


def _block_lines(block: Block) -> list[str]:
    if isinstance(block, Table):
        return [line for row in block.body for cell in row.cells for line in cell.lines]
    return [block.text]


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
    yield "所指单位", [_meaning(rows, group, rows.plan_name(plan)) for plan, group in entry.means]
    for role, title in _OF_ROLE.items():
        yield title, [*_obligations(rows, name, parts.get(role, []))]
    yield SAFEGUARD, [*_obligations(rows, name, parts.get("safeguards", []))]
    groups = [(o.plan, o.via) for o in parts.get("via", []) if o.via]
    yield "经统称适用的事项", [*_hinted(_through(index, groups), _obligations(rows, name, parts.get("via", [])))]
    yield "目标", [*_unit_targets(rows, entry)]
    yield "定期事项", [*_duties(rows, "定期事项", own)]
    groups = [(duty.plan, duty.via) for duty in through if duty.via]
    yield "经统称适用的定期事项", [*_hinted(_through(index, groups), _duties(rows, "经统称适用的定期事项", through))]
    yield "报给本单位或以本单位为对象的事项", [*_duties(rows, "以本单位为对象的定期事项", entry.receives)]
    nobody = _NOBODY.format(items=kinds_text(index.plan(duty.plan) for duty in entry.unnamed))
    yield UNNAMED_PART, [*_hinted(nobody, _duties(rows, UNNAMED_PART, entry.unnamed))]
    yield "所属统称", [_text(_membership(rows, plan, group)) for plan, group in entry.member_of]
    yield "原文", [*_printed(rows, entry.obligations)]


def _part_of(obligation: Obligation) -> str:
    if obligation.via:
        return "via"
    if obligation.kind == "safeguard":
        return "safeguards"
    return obligation.role


def _through(index: SiteIndex, groups: Iterable[tuple[str, str]]) -> str:
    """Say how what applies through some (plan, group) comes to apply."""
    readings = {index.plan(plan).groups[group].reading for plan, group in groups}
    inferred = "是否适用由整理者推断" if readings == {"inferred"} else "原文没有写明所指的，是否适用由整理者推断"
    return _THROUGH.format(which="所指单位由原文写明" if readings == {"printed"} else inferred)


def _hinted(hint: str, blocks: Iterable[Block]) -> Iterator[Block]:
    """Put a hint before blocks, if there are any."""
    for place, block in enumerate(blocks):
        if not place:
            yield Paragraph("TableLead", hint)
        yield block


_Grouped = list[tuple["PlanIndex", "Sector | None", list["Obligation"]]]


def _grouped(index: SiteIndex, obligations: Iterable[Obligation]) -> _Grouped:
    """Group by plan and sector; what belongs to none are safeguards, or tasks of a plan without sectors."""
    found: dict[tuple[str, str, str | None], list[Obligation]] = {}
    for obligation in obligations:
        found.setdefault((obligation.plan, obligation.kind, obligation.sector), []).append(obligation)
    plans = {plan.id: plan for plan in index.plans}
    return [(plans[plan], plans[plan].sector(s) if s else None, group) for (plan, _, s), group in found.items()]


def _group_heading(rows: DocumentRows, number: int, plan: PlanIndex, name: str) -> Paragraph:
    title = "：".join(filter(None, (rows.plan_name(plan.id), name)))
    return Paragraph("Heading2", f"（{chinese_number(number)}）{title}")


def _group_name(plan: PlanIndex, sector: Sector | None, group: list[Obligation]) -> str:
    if not sector:
        return PART_KINDS[group[0].kind]
    number = number_text(plan.owners[sector.id])
    counted = chinese_number(sector.number) if sector.number and number == str(sector.number) else number
    return f"板块{counted}　{title_text(plan.owners[sector.id])}"


def _obligations(rows: DocumentRows, name: str, obligations: list[Obligation]) -> Iterator[Block]:
    groups = _grouped(rows.index, obligations)
    for number, (plan, sector, group) in enumerate(groups, 1):
        if sector or len(groups) > 1 or rows.plan_name(plan.id):
            yield _group_heading(rows, number, plan, _group_name(plan, sector, group))
        named = _responsibility(plan, sector) if sector else ""
        if named:
            yield Paragraph("TableLead", named)
        caption = sector.title if sector else PART_KINDS[group[0].kind]
        is_task = group[0].kind == "task"
        if is_task and all(role_text(rows.index, o) == ROLES[o.role] for o in group):
            yield Table(caption, TASKS, tuple(line for o in group for line in rows.obligation(plan, o, name)))
        else:
            lines = (line for o in group for line in rows.obligation_with_role(plan, o, name))
            yield Table(caption, WITH_ROLES, tuple(lines))


def _responsibility(plan: PlanIndex, sector: Sector) -> str:
    """Write who supervises, leads and takes part in a sector; the names once for all its tasks."""
    return "".join(
        f"{label_text(charge)}：{names_text(charge.responsibility.names)}{scope_text(charge)}（第{charge.line}行）。"
        for charge in plan.charges_of.get(sector.id, ())
        if charge.responsibility.names
    )


def _unit_targets(rows: DocumentRows, entry: UnitEntry) -> Iterator[Block]:
    for plan_id, found in groupby(entry.targets, lambda pair: pair[0]):
        items = dict.fromkeys(target.of.id for _, target in found)
        plan = rows.index.plan(plan_id)
        yield Paragraph("TableLead", targets_sentence(plan, rows.plan_name(plan_id)) + _no_value(plan))
        yield _target_table(rows, plan, items)


def _no_value(plan: PlanIndex) -> str:
    """Explain the dash, where years have columns in which it may stand."""
    return _NO_VALUE if shown_years(plan.years) else ""


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
            yield _group_heading(rows, number, plan, _group_name(plan, sector, group))
        for obligation in group:
            yield from rows.printed(plan, obligation.id)


def _place(index: SiteIndex, obligation: Obligation) -> tuple[int, int]:
    plans = [plan.id for plan in index.plans]
    return plans.index(obligation.plan), index.plan(obligation.plan).text_line_of[obligation.id]


def _plan_parts(rows: DocumentRows, plan: PlanIndex) -> Iterator[_Part]:
    own = plan.plan
    duties = [UnitDuty(plan=own.id, entry=entry, via=None) for entry in plan.duties]
    yield heading_title(plan, own.goals, PART_KINDS["goal"]), [*_whole(plan, own.goals)]
    placed = (*own.sectors, *(task for task in own.tasks if not task.sector))
    yield heading_title(plan, placed, PART_KINDS["task"]), [*_tasks(rows, plan)]
    safeguards = tuple(line for item in own.safeguards for line in rows.safeguard(plan, item))
    title = heading_title(plan, own.safeguards, SAFEGUARD)
    yield title, [Table(title, SAFEGUARDS, safeguards)] if safeguards else []
    targets = _target_table(rows, plan, plan.owners)
    lead = [Paragraph("TableLead", _NO_VALUE)] if _no_value(plan) else []
    yield "目标", [*lead, targets] if targets.body else []
    yield "定期事项", [*_duties(rows, "定期事项", duties, own.id)]
    yield "统称所指", [_meaning(rows, group, rows.index.unit_names[unit]) for unit, group in plan.groups.items()]
    preamble, guiding = own.of_kind("preamble"), own.of_kind("guiding")
    titles = (PART_KINDS["preamble"] if preamble else "", heading_title(plan, guiding, PART_KINDS["guiding"]))
    yield "和".join(filter(None, titles if guiding else titles[:1])), [*_whole(plan, (*preamble, *guiding))]


def _tasks(rows: DocumentRows, plan: PlanIndex) -> Iterator[Block]:
    """Yield the tasks, sector by sector; those in none below the headings under which they stand."""
    headings = heading_of(plan)
    sectors = {sector.id: sector for sector in plan.sectors}
    found: dict[str, list[Part]] = {sector: [] for sector in sectors}
    for task in plan.tasks:
        heading = headings.get(task.id)
        found.setdefault(task.sector or (heading.id if heading else ""), []).append(task)
    titles = {part.id: part for part in (*headings.values(), *sectors.values())}
    for place in sorted(found, key=lambda one: plan.line_of.get(one, 0)):
        if place and (len(found) > 1 or place in sectors):
            yield Paragraph("Heading2", _printed_title(titles[place]))
        named = _responsibility(plan, sectors[place]) if place in sectors else ""
        if named:
            yield Paragraph("TableLead", named)
        body = tuple(line for task in found[place] for line in rows.task(plan, task))
        if body:
            yield Table(titles[place].title if place else PART_KINDS["task"], TASKS, body)


def _printed_title(part: Part) -> str:
    """Write a heading with the plan's own number; they run on in it."""
    if part.kind == "sector":
        return f"（{chinese_number(part.number)}）{part.title}" if part.number else part.title
    return f"{part.number_printed}{part.title}"


def _whole(plan: PlanIndex, parts: Iterable[Part]) -> Iterator[Paragraph]:
    """Yield the printed paragraphs of some parts, each with its line."""
    for part in parts:
        lines: dict[int, str] = {}
        for line in plan.lines_of[part.id]:
            lines[line.number] = lines.get(line.number, "") + line.text
        yield from (_text(f"{text}（第{number}行）") for number, text in lines.items())
