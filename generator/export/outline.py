"""What documents say, as blocks: first a short working paper, then all the rest as numbered annexes.

A document is read without the site, so that it says by itself what it rests on, what its
marks mean and that it is not official. Whatever a unit has none of is left out, and the
numbering runs on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..terms import MARKS, ROLES, chinese_number
from .annexes import body_text, plan_annexes, unit_annexes
from .document import Paragraph, Table
from .paper import paper_parts, plan_paper_parts
from .sentences import UNOFFICIAL, counts_text, division_text, lines_sentence, validity_text
from .titles import cited

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..index.records import Obligation, PlanIndex, UnitEntry
    from ..terms import Role
    from .annexes import Annex
    from .document import Block
    from .document_rows import DocumentRows

_UNOFFICIAL: Final = f"{UNOFFICIAL}。"
_LEGENDS: Final = {
    "inferred": "标有“推断”的，原文没有写明或者没有写全，由整理者理解，理由附在表内。",
    "proposed": "标有“待核对”的，由程序从原文整理，还没有人核对。",
}
"""Reading → what its mark means; it ends as （推断）, （按…理解，推断） do."""


def unit_title(entry: UnitEntry) -> str:
    """Return the title of a unit's document."""
    return f"{entry.unit.name}承担事项清单"


def plan_title(plan: PlanIndex) -> str:
    """Return the title of a plan's document."""
    return f"{plan.plan.short_title}任务清单"


def unit_blocks(rows: DocumentRows, entry: UnitEntry) -> tuple[Block, ...]:
    """Return a unit's document."""
    plans = [plan for plan in rows.index.plans if _concerns(plan, entry)] or [*rows.index.plans]
    body = (*_numbered(paper_parts(rows, entry)), *_annexes(unit_annexes(rows, entry)))
    return (
        Paragraph("Title", unit_title(entry)),
        *(Paragraph("Subtitle", plan.plan.title) for plan in plans),
        *map(body_text, _unit_opening(plans, entry, _legend(plans, body))),
        *body,
    )


def plan_blocks(rows: DocumentRows, plan: PlanIndex) -> tuple[Block, ...]:
    """Return a plan's document."""
    body = (*_numbered(plan_paper_parts(plan)), *_annexes(plan_annexes(rows, plan)))
    whole = f"本清单据{cited(plan.plan)}整理，列出全部{counts_text(plan)}。"
    held = validity_text(plan.plan)
    opening = (whole, f"方案效力：{held}。" if held else "", division_text(plan), _legend([plan], body), _UNOFFICIAL)
    return (
        Paragraph("Title", plan_title(plan)),
        Paragraph("Subtitle", plan.plan.title),
        *map(body_text, filter(None, opening)),
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
    for plan in plans:
        if held := validity_text(plan.plan):
            yield f"{plan.plan.short_title if len(plans) > 1 else '方案'}效力：{held}。"
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
    lines = [line for block in blocks for line in _block_lines(block)]
    told = (words for reading, words in _LEGENDS.items() if any(f"{MARKS[reading]}）" in line for line in lines))
    return lines_sentence(plans) + "".join(told)


def _block_lines(block: Block) -> list[str]:
    if isinstance(block, Table):
        return [line for row in block.body for cell in row.cells for line in cell.lines]
    return [block.text]


def _numbered(parts: Iterable[Annex]) -> Iterator[Block]:
    """Yield the parts that hold something, numbered."""
    for number, (title, blocks) in enumerate((part for part in parts if part[1]), 1):
        yield Paragraph("Heading1", f"{chinese_number(number)}、{title}")
        yield from blocks


def _annexes(parts: Iterable[Annex]) -> Iterator[Block]:
    """Yield the parts that hold something as annexes; end with a paragraph, as the format demands after a table."""
    last: Block | None = None
    for number, (title, blocks) in enumerate((part for part in parts if part[1]), 1):
        yield Paragraph("Annex", f"附件{number}　{title}")
        yield from blocks
        last = blocks[-1]
    if isinstance(last, Table):
        yield body_text("以上为全部事项。")
