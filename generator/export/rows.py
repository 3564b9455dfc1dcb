"""The rows of the sheets, once for every kind of file: columns that staff know, in the order that they know.

A sheet holds what one unit is obliged to, or the whole of one plan. Cells are texts,
numbers where a number can be reckoned with, or empty.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Final

from ..model.units import read_as
from ..once import Once
from ..terms import COMPARATORS, FREQUENCIES, READINGS, TARGET_TYPES
from ..text.wording import due_text, value_text
from .asked import UNDATED, cycle_text, duty_times, item_text, joined, lines_text
from .charges import charges_in, how_named, named_cell, obligation_role, owns_text
from .sentences import source_text
from .titles import SAFEGUARD, numbered, sector_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..index.records import DutyEntry, Obligation, PlanIndex, SiteIndex, TargetEntry, UnitDuty, UnitEntry
    from ..model import Duty
    from ..terms import Role
    from .asked import Asked

Cell = str | int | float
Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, how wide it is, and whether paper shows it."""

    heading: str
    width: int
    """In characters of the sheet's font."""
    is_printed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A table of a workbook, and what stands above it."""

    name: str
    title: str
    source: str
    """What it rests on: plan, date, edition, official address; and that it is unofficial."""
    columns: tuple[Column, ...]
    """Those that paper shows, then those that it does not."""
    rows: tuple[Row, ...]


TO_WRITE: Final = (Column("进展情况", 14), Column("存在问题", 10), Column("下一步打算/备注", 11))
"""Left empty, to be written in."""
_KEYS: Final = (Column("方案", 24, is_printed=False), Column("编号", 24, is_printed=False))
"""What programs and those who put sheets together go by."""
_NUMBER, _SOURCE = Column("序号", 5), Column("原文出处", 9)
TASKS: Final = (
    _NUMBER,
    Column("板块", 11),
    Column("重点任务", 16),
    Column("目标要求", 42),
    Column("角色", 9),
    Column("牵头单位", 10),
    Column("责任单位", 22),
    Column("督办领导", 6),
    Column("完成时限", 19),
    _SOURCE,
    *TO_WRITE,
    *_KEYS,
)
_MORE: Final[tuple[tuple[str, Role], ...]] = (
    ("配合单位", "cooperate"),
    ("落实单位", "implement"),
    ("括注负责", "owner"),
)
"""Columns behind 责任单位 that a sheet has where any of its tasks has such units, and the role that each shows."""
_NARROWER: Final = {"目标要求": 12, "责任单位": 8}
"""What columns give of their width to these."""
_GIVEN: Final = 157
"""Pixels that the narrower columns leave free; each column takes seven for a character and five beside."""
DIVISION: Final = (
    _NUMBER,
    Column("单位", 13),
    Column("角色", 7),
    Column("说明", 14),
    Column("板块", 12),
    Column("重点任务", 17),
    Column("目标要求", 44),
    Column("完成时限", 20),
    _SOURCE,
    *TO_WRITE,
    Column("原文", 60, is_printed=False),
    *_KEYS,
)
TARGETS: Final = (
    _NUMBER,
    Column("所属", 14),
    Column("指标", 16),
    Column("范围", 8),
    Column("类型", 9),
    Column("年度", 6),
    Column("要求", 15),
    Column("比较", 7),
    Column("数值", 7),
    Column("上限", 5),
    Column("计量单位", 7),
    Column("原文表述", 14),
    Column("依据", 7),
    Column("推断理由", 14),
    Column("原文整句", 24),
    Column("原文出处", 7),
    Column("完成情况", 10),
    Column("基数", 14, is_printed=False),
    *_KEYS,
)
DUTIES: Final = (
    _NUMBER,
    Column("所属", 14),
    Column("事项", 22),
    Column("与本表的关系", 11),
    Column("谁做", 14),
    Column("对象", 12),
    Column("频次", 7),
    Column("期限", 16),
    Column("依据", 8),
    Column("说明", 18),
    Column("原文整句", 31),
    Column("原文出处", 7),
    Column("完成情况", 11),
    Column("备注", 8),
    *_KEYS,
)


class SheetRows:
    """Sheets of units and plans, each row that several hold built once."""

    def __init__(self, index: SiteIndex, asked: Asked) -> None:
        self._index = index
        self._asked = asked
        self._once = Once()
        self._plans = {plan.id: plan for plan in index.plans}

    def unit(self, entry: UnitEntry) -> tuple[Sheet, ...]:
        """Return a unit's sheets: its tasks and safeguards, their targets, and all duties that concern it."""
        plans = self._plans
        targets = [row for plan, target in entry.targets for row in self._targets(plans[plan], target)]
        duties = [
            self._duty(plans[duty.plan], duty.entry, relate(duty))
            for found, relate in (
                (entry.duties, partial(_acting, self._index)),
                (entry.receives, towards),
                (entry.unnamed, _nobodys),
            )
            for duty in found
        ]
        concerned = {o.plan for o in entry.obligations} | {d.plan for d in (*entry.duties, *entry.receives)}
        above = (
            f"{entry.unit.name}承担事项",
            [plan for name, plan in plans.items() if name in concerned] or self._index.plans,
        )
        more = _more((plans[o.plan], o.id) for o in entry.obligations)
        obligations = [self._obligation(plans[o.plan], o, more) for o in entry.obligations]
        return (
            _sheet("任务", *above, task_columns(more), obligations),
            *_filled(_sheet("目标", *above, TARGETS, targets), _sheet("定期事项", *above, DUTIES, duties)),
        )

    def plan(self, plan: PlanIndex) -> tuple[Sheet, ...]:
        """Return the sheets of a whole plan; the second holds a row for each unit and what it is obliged to."""
        items = [*(task.id for task in plan.plan.tasks), *(safeguard.id for safeguard in plan.plan.safeguards)]
        above = (plan.plan.short_title, [plan])
        more = _more((plan, item) for item in items)
        targets = (row for target in plan.targets for row in self._targets(plan, target))
        duties = (self._duty(plan, duty, _named_in(duty)) for duty in plan.duties)
        return (
            _sheet("任务", *above, task_columns(more), (self._item(plan, item, more) for item in items)),
            *_filled(
                _sheet("任务分解表", *above, DIVISION, self._division(plan)),
                _sheet("目标", *above, TARGETS, targets),
                _sheet("定期事项", *above, DUTIES, duties),
            ),
        )

    def _obligation(self, plan: PlanIndex, obligation: Obligation, more: tuple[Role, ...]) -> Row:
        return self._once(
            ("obligation", obligation, more),
            lambda: self._item(plan, obligation.id, more, obligation, role_text(self._index, obligation)),
        )

    def _targets(self, plan: PlanIndex, entry: TargetEntry) -> tuple[Row, ...]:
        return self._once(("target", entry.key), lambda: tuple(_target_rows(plan, entry)))

    def _duty(self, plan: PlanIndex, entry: DutyEntry, relation: str) -> Row:
        return self._once(("duty", entry.key, relation), lambda: _duty_row(plan, entry, relation))

    def _item(
        self, plan: PlanIndex, item: str, more: tuple[Role, ...], obligation: Obligation | None = None, role: str = ""
    ) -> Row:
        owner = plan.owners[item]
        return (
            sector_text(plan, owner.sector) if owner.kind == "task" else SAFEGUARD,
            numbered(owner),
            joined(self._asked.lines(plan, item, obligation)),
            role,
            named_cell(plan, item, "lead"),
            named_cell(plan, item, "responsible"),
            *(named_cell(plan, item, other) for other in more),
            named_cell(plan, item, "supervise"),
            joined(self._asked.due(plan, item, obligation)),
            source_line(plan, item, obligation),
            *_to_write(TO_WRITE),
            *_keys(plan, item),
        )

    def _division(self, plan: PlanIndex) -> Iterator[Row]:
        """Yield a row for each unit and each task or safeguard that it has a part in, unit by unit."""
        for entry in self._index.units:
            for obligation in plan.obligations.get(entry.unit.id, ()):
                owner = plan.owners[obligation.id]
                yield (
                    entry.unit.name,
                    obligation_role(plan, obligation),
                    _how(self._index, plan, obligation),
                    sector_text(plan, owner.sector) if owner.kind == "task" else SAFEGUARD,
                    numbered(owner),
                    joined(self._asked.lines(plan, obligation.id, obligation)),
                    joined(self._asked.due(plan, obligation.id, obligation)),
                    source_line(plan, obligation.id, obligation),
                    *_to_write(TO_WRITE),
                    item_text(plan, obligation.id),
                    *_keys(plan, obligation.id),
                )


def task_columns(more: tuple[Role, ...]) -> tuple[Column, ...]:
    """Return the columns of tasks, with one more for each of some roles behind 责任单位."""
    if not more:
        return TASKS
    narrower = [replace(one, width=one.width - _NARROWER.get(one.heading, 0)) for one in TASKS]
    width = min(13, (_GIVEN // len(more) - 5) // 7)
    place = next(at for at, one in enumerate(TASKS, 1) if one.heading == "责任单位")
    added = [Column(heading, width) for heading, role in _MORE if role in more]
    return (*narrower[:place], *added, *narrower[place:])


def _more(items: Iterable[tuple[PlanIndex, str]]) -> tuple[Role, ...]:
    """Return the roles beside leading and being responsible that any of some tasks has units in."""
    tasks = [(plan, item) for plan, item in items if plan.owners[item].kind == "task"]
    return tuple(role for _, role in _MORE if any(charges_in(plan, item, role) for plan, item in tasks))


def _sheet(
    name: str, title: str, plans: Iterable[PlanIndex], columns: tuple[Column, ...], rows: Iterable[Row]
) -> Sheet:
    return Sheet(
        name=name,
        title=f"{title}　{name}",
        source=source_text(plans),
        columns=columns,
        rows=tuple((number, *row) for number, row in enumerate(rows, 1)),
    )


def _filled(*sheets: Sheet) -> Iterator[Sheet]:
    return (sheet for sheet in sheets if sheet.rows)


def source_line(plan: PlanIndex, item: str, obligation: Obligation | None = None) -> str:
    """Say where an item is printed, and which line puts the unit in charge."""
    lines = lines_text(plan, item)
    return f"{lines}（{how_named(obligation)}第{obligation.line}行）" if obligation else lines


def role_text(index: SiteIndex, obligation: Obligation) -> str:
    """Name the role of a unit, the group through which it has it, and what brackets give it beside."""
    plan = index.plan(obligation.plan)
    role = obligation_role(plan, obligation)
    if obligation.via:
        return f"{role}（经“{index.unit_names[obligation.via]}”）"
    return f"{role}{owns_text(plan, obligation)}"


_THROUGH: Final = {"printed": "所指由原文写明", "inferred": "由本站推断", "proposed": "待核对"}


def _how(index: SiteIndex, plan: PlanIndex, obligation: Obligation) -> str:
    """Say how a unit comes to its part where it is not simply listed."""
    if obligation.via:
        reading = _THROUGH[plan.groups[obligation.via].reading]
        return f"经统称“{index.unit_names[obligation.via]}”，{reading}"
    return owns_text(plan, obligation).strip("（）")


def _to_write(columns: tuple[Column, ...]) -> tuple[str, ...]:
    return ("",) * len(columns)


def _keys(plan: PlanIndex, own: str) -> tuple[str, str]:
    return plan.id, own


def _target_rows(plan: PlanIndex, entry: TargetEntry) -> Iterator[Row]:
    """Yield a row for each value of a target."""
    target, clause = entry.target, entry.clause
    for value in target.values:
        yield (
            numbered(entry.of),
            target.indicator,
            target.scope or "",
            TARGET_TYPES[target.type],
            value.year or entry.span,
            value_text(value, clause),
            COMPARATORS[value.comparator],
            "" if value.value is None else value.value,
            "" if value.upper is None else value.upper,
            value.unit or "",
            value.text,
            READINGS[value.reading],
            value.note or "",
            entry.quote,
            f"第{entry.line}行",
            "",
            value.base or "",
            *_keys(plan, target.id),
        )


def _duty_row(plan: PlanIndex, entry: DutyEntry, relation: str) -> Row:
    duty = entry.duty
    return (
        numbered(entry.of),
        duty.action,
        relation,
        "、".join(dict.fromkeys(mention.printed for mention in duty.who)),
        "、".join(dict.fromkeys(mention.printed for mention in duty.to)),
        FREQUENCIES[duty.frequency],
        due_words(entry),
        READINGS[duty.reading],
        "；".join(duty_reasons(duty)),
        entry.quote,
        f"第{entry.line}行",
        "",
        "",
        *_keys(plan, duty.id),
    )


def due_words(entry: DutyEntry) -> str:
    """Write by when a duty is due, in the printed words; then the dates as the site reads them.

    A cycle that is printed elsewhere and read as this duty's is said as the site's reading.
    """
    printed, dates = "、".join(duty_times(entry)), due_text(entry.duty.due)
    if printed and dates and dates not in printed:
        return f"{printed}（{dates}）"
    return printed or dates or cycle_text(entry) or UNDATED


def duty_reasons(duty: Duty) -> tuple[str, ...]:
    """Say why a duty and its names are read as they are."""
    notes = dict.fromkeys(
        f"“{mention.printed}”指谁：{mention.note}" for mention in (*duty.who, *duty.to) if mention.note
    )
    return (*([duty.note] if duty.note else []), *notes)


def _acting(index: SiteIndex, duty: UnitDuty) -> str:
    return f"经“{index.unit_names[duty.via]}”适用" if duty.via else "由本单位做"


def towards(duty: UnitDuty) -> str:
    """Say what a duty is to a unit that it names behind 报, 向, 对 or 为."""
    return "报给本单位" if duty.entry.is_report else "以本单位为对象"


def _nobodys(duty: UnitDuty) -> str:
    return duty.entry.nobody


_ACTORS: Final = {"printed": "原文写明由谁做", "inferred": "本站推断由谁做", "proposed": "由谁做待核对"}


def _named_in(entry: DutyEntry) -> str:
    if entry.is_leaders:
        return f"由{'、'.join(dict.fromkeys(mention.printed for mention in entry.duty.who))}做"
    if entry.is_unnamed:
        return entry.nobody
    return _ACTORS[read_as(mention.reading for mention in entry.duty.who)]
