"""The annexes of documents: everything that concerns a unit, or that a plan holds, each kind in an annex of its own."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from ..index.records import UnitDuty
from ..terms import PART_KINDS, ROLES, chinese_number, marked
from .charges import label_text, scope_text
from .document import Paragraph, Row, Table
from .document_rows import DUTIES, SAFEGUARDS, TASKS, WITH_ROLES, names_text, shown_years, target_columns
from .rows import role_text
from .sentences import heading_of, heading_title, kinds_text, targets_sentence
from .titles import SAFEGUARD, title_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..index.records import Obligation, PlanIndex, SiteIndex, UnitEntry
    from ..model import Group, Part, Sector
    from ..terms import Role
    from .document import Block
    from .document_rows import DocumentRows

Annex = tuple[str, list["Block"]]
"""A heading without its number, and what stands below it."""

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


def body_text(text: str) -> Paragraph:
    """Return a paragraph of running text."""
    return Paragraph("BodyText", text)


def unit_annexes(rows: DocumentRows, entry: UnitEntry) -> Iterator[Annex]:
    """Yield a unit's annexes; those that hold nothing are empty."""
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
    yield "所属统称", [body_text(_membership(rows, plan, group)) for plan, group in entry.member_of]
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
    if "proposed" in readings:
        return _THROUGH.format(which="是否适用还没有核对")
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
    number = plan.owners[sector.id].counted
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
    mark = marked(group.reading) if names or group.reading == "proposed" else ""
    return body_text(f"{before}{'：' if before else ''}{names or '没有列出名单'}{mark}。{group.note}")


def _membership(rows: DocumentRows, plan_id: str, group: Group) -> str:
    plan = rows.plan_name(plan_id)
    mark = marked(group.reading)
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


def plan_annexes(rows: DocumentRows, plan: PlanIndex) -> Iterator[Annex]:
    """Yield a plan's annexes; those that hold nothing are empty."""
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
        yield from (body_text(f"{text}（第{number}行）") for number, text in lines.items())
