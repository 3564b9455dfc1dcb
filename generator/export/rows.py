"""The rows of the sheets, once for every kind of file: columns that staff know, in the order that they know.

A sheet holds what one unit is obliged to, or the whole of one plan. Cells are texts,
numbers where a number can be reckoned with, or empty.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from generator.terms import COMPARATORS, FREQUENCIES, READINGS, ROLES, TARGET_TYPES
from generator.wording import due_text, value_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from generator.entries import DutyEntry, Obligation, PlanIndex, SiteIndex, TargetEntry, UnitDuty, UnitEntry
    from generator.model import Mention

Cell = str | int | float
Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading and how wide it is."""

    heading: str
    width: int
    """In characters of the sheet's font."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of a workbook."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


TASKS: Final = (
    Column("序号", 6),
    Column("板块", 18),
    Column("重点任务", 24),
    Column("目标要求", 58),
    Column("角色", 10),
    Column("牵头单位", 16),
    Column("责任单位", 34),
    Column("督办领导", 10),
    Column("完成时限", 14),
    Column("原文出处", 22),
)
TARGETS: Final = (
    Column("序号", 6),
    Column("所属", 22),
    Column("指标", 24),
    Column("范围", 16),
    Column("类型", 11),
    Column("年度", 9),
    Column("比较", 12),
    Column("数值", 9),
    Column("上限", 9),
    Column("计量单位", 10),
    Column("原文表述", 30),
    Column("依据", 11),
    Column("推断理由", 26),
    Column("原文整句", 46),
    Column("原文出处", 22),
)
DUTIES: Final = (
    Column("序号", 6),
    Column("所属", 22),
    Column("事项", 30),
    Column("谁做", 20),
    Column("对象", 20),
    Column("频次", 10),
    Column("期限", 22),
    Column("经何统称适用", 16),
    Column("依据", 11),
    Column("说明", 26),
    Column("原文整句", 46),
    Column("原文出处", 22),
)
UNDATED: Final = "原文未写明"


def unit_sheets(index: SiteIndex, entry: UnitEntry) -> tuple[Sheet, ...]:
    """Return a unit's sheets: its tasks and safeguards, their targets, its duties, what others report to it."""
    plans = {plan.plan.id: plan for plan in index.plans}
    obligations = [_obligation_row(index, plans[o.plan], o) for o in entry.obligations]
    targets = [row for plan, target in entry.targets for row in _target_rows(plans[plan], (target,))]
    duties = [_duty_row(plans[duty.plan], duty.entry, _via(index, duty)) for duty in entry.duties]
    received = [_duty_row(plans[duty.plan], duty.entry, _via(index, duty)) for duty in entry.receives]
    return (
        Sheet("任务", TASKS, _numbered(obligations)),
        Sheet("目标", TARGETS, _numbered(targets)),
        Sheet("定期事项", DUTIES, _numbered(duties)),
        *([Sheet("报该单位的事项", DUTIES, _numbered(received))] if received else []),
    )


def plan_sheets(plan: PlanIndex) -> tuple[Sheet, ...]:
    """Return the sheets of a whole plan."""
    items = [*(task.id for task in plan.plan.tasks), *(safeguard.id for safeguard in plan.plan.safeguards)]
    return (
        Sheet("任务", TASKS, _numbered(_item_row(plan, item, "") for item in items)),
        Sheet("目标", TARGETS, _numbered(_target_rows(plan, plan.targets))),
        Sheet("定期事项", DUTIES, _numbered(_duty_row(plan, entry, "") for entry in plan.duties)),
    )


def _numbered(rows: Iterable[Row]) -> tuple[Row, ...]:
    return tuple((number, *row) for number, row in enumerate(rows, 1))


def _obligation_row(index: SiteIndex, plan: PlanIndex, obligation: Obligation) -> Row:
    return _item_row(plan, obligation.id, role_text(index, obligation), obligation.phrases, _named(obligation))


def _named(obligation: Obligation) -> str:
    """Say which line puts the unit in charge; that of the item's own words stands before it."""
    return f"（{'括注' if obligation.role == 'owner' else '列名'}第{obligation.line}行）"


def role_text(index: SiteIndex, obligation: Obligation) -> str:
    """Name the role of a unit, and the group through which it has it."""
    role = ROLES[obligation.role]
    return f"{role}（经“{index.unit_names[obligation.via]}”）" if obligation.via else role


def _item_row(plan: PlanIndex, item_id: str, role: str, phrases: tuple[str, ...] = (), named: str = "") -> Row:
    owner = plan.owners[item_id]
    title = f"{owner.number}.{owner.title}"
    asked, entries = printed_targets(plan, item_id, phrases)
    targets = "\n".join(asked)
    due = years_text(entries)
    source = f"{_source(plan, plan.text_line_of[item_id])}{named}"
    if owner.sector:
        sector = plan.sector(owner.sector)
        names = (f"{sector.number}.{sector.title}", title, targets, role, sector.lead_unit.printed)
        leader = "".join(sector.leader_printed.split())
        return (*names, _names(sector.responsible_units), leader, due, source)
    safeguard = next(item for item in plan.plan.safeguards if item.id == item_id)
    return ("制度保障", title, targets, role, "", _names(safeguard.responsible_units), "", due, source)


def printed_targets(
    plan: PlanIndex, item_id: str, phrases: tuple[str, ...] = ()
) -> tuple[tuple[str, ...], tuple[TargetEntry, ...]]:
    """Return what is asked for, a line each, and the targets among it.

    Brackets put a unit in charge of some words, not of all targets beside them.
    """
    entries = () if phrases else plan.targets_of(item_id)
    return (*phrases, *(_target_brief(entry) for entry in entries)), entries


def _names(mentions: Iterable[Mention]) -> str:
    """Write a list of units; names that are printed run together are told apart."""
    return "、".join(mention.name for mention in mentions)


def _target_brief(entry: TargetEntry) -> str:
    """Write a target on one line: its name and what is asked in each year."""
    parts = []
    for value in entry.target.values:
        year = f"{value.year}年" if value.year else ""
        parts.append(f"{year}{value_text(value)}{'（推断）' if value.reading == 'inferred' else ''}")
    # Without its scope a figure of the whole city would read as the district's.
    scope = f"（范围：{entry.target.scope}）" if entry.target.scope else ""
    return f"{entry.target.indicator}{scope}：{'；'.join(parts)}"


def years_text(targets: Iterable[TargetEntry]) -> str:
    """Name the years for which targets are set; nothing is set where none is printed."""
    years = sorted({value.year for entry in targets for value in entry.target.values if value.year})
    return "、".join(f"{year}年" for year in years) or UNDATED


def _target_rows(plan: PlanIndex, targets: Iterable[TargetEntry]) -> Iterator[Row]:
    """Yield a row for each value of each target."""
    for entry in targets:
        target = entry.target
        for value in target.values:
            yield (
                f"{entry.of.number}.{entry.of.title}" if entry.of.kind != "goal" else entry.of.title,
                target.indicator,
                target.scope or "",
                TARGET_TYPES[target.type],
                value.year or "",
                COMPARATORS[value.comparator],
                "" if value.value is None else value.value,
                "" if value.upper is None else value.upper,
                value.unit or "",
                value.text,
                READINGS[value.reading],
                value.note or "",
                entry.quote,
                _source(plan, entry.line),
            )


def _duty_row(plan: PlanIndex, entry: DutyEntry, via: str) -> Row:
    duty = entry.duty
    return (
        f"{entry.of.number}.{entry.of.title}" if entry.of.kind != "goal" else entry.of.title,
        duty.action,
        "、".join(mention.printed for mention in duty.who),
        "、".join(mention.printed for mention in duty.to),
        FREQUENCIES[duty.frequency],
        due_text(duty.due) or UNDATED,
        via,
        READINGS[duty.reading],
        duty.note or "",
        entry.quote,
        _source(plan, entry.line),
    )


def _via(index: SiteIndex, duty: UnitDuty) -> str:
    return index.unit_names[duty.via] if duty.via else ""


def _source(plan: PlanIndex, line: int) -> str:
    return f"《{plan.plan.title}》第{line}行"
