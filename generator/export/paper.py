"""The working paper with which a document begins: what is led, what is due when, this plan's figures by year.

It is short enough to be read at a meeting; everything whole stands in the annexes.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, Final

from ..index.records import UnitDuty
from ..terms import PART_KINDS, REGULAR, ROLES, marked
from ..text.wording import dated_text, value_text
from .asked import DIRECTION, item_text
from .charges import charges_in, label_text, named_cell, names_of, obligation_role, scope_text
from .document import Column, Paragraph, Row, Table, row
from .document_rows import NONE, shortened, shown_years, target_columns
from .rows import due_words, towards
from .sentences import kinds_text
from .titles import numbered, sector_text, title_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..index.records import Obligation, PlanIndex, TargetEntry, UnitEntry
    from ..model import Sector, Value
    from ..terms import Role
    from .document import Block
    from .document_rows import DocumentRows

_CENTRE: Final = "TableCentre"
_LED: Final = (
    Column("序号", 12, _CENTRE),
    Column("重点任务", 36),
    Column("目标要求（摘要）", 66, "TableList"),
    Column("完成时限", 42),
)
_LISTED: Final = (
    Column("序号", 12, _CENTRE),
    Column("板块或制度保障", 64),
    Column("任务", 80),
)
_SECTORS: Final[tuple[tuple[Column, Role | None], ...]] = (
    (Column("板块", 44), None),
    (Column("督办领导", 20, _CENTRE), "supervise"),
    (Column("总牵头单位", 32), "lead"),
    (Column("任务", 60), None),
)
"""Columns, and the role that each shows; one that no sector has anybody in is left out."""
_TASKS: Final = (
    Column("任务", 66),
    Column("牵头单位", 36),
    Column("其他点名的单位", 54),
)
_DUE: Final = (
    Column("事项", 70),
    Column("期限", 46),
    Column("与本单位的关系", 40),
)
_DUE_IN_PLAN: Final = (*_DUE[:2], Column("由谁做", 40))
_MOST_LINES: Final = 4
"""What of one task the paper shows; the annex holds the rest."""
_MOST_LED: Final = 14
_MOST_FIGURES: Final = 24
_MOST_DUE: Final = 12
_MOST_TASKS: Final = 40
"""Rows with which the paper keeps to eight pages; how many are left is said."""


def paper_parts(rows: DocumentRows, entry: UnitEntry) -> Iterator[tuple[str, list[Block]]]:
    """Yield the parts of a unit's paper."""
    led = [o for o in entry.obligations if o.role == "lead"]
    yield "牵头任务", [*_led(rows, led)]
    listed = [o for o in entry.obligations if o.role != "lead" and not o.via]
    plans = {o.plan for o in listed}
    title = f"列名的{kinds_text(rows.index.plan(plan) for plan in plans)}"
    yield title, [*_listed(rows, title, listed)]
    yield "有时间的定期事项", [*_due(rows, entry)]
    own = {(o.plan, o.id) for o in (led or entry.obligations)}
    for plan in rows.index.plans:
        found = [target for name, target in entry.targets if name == plan.id and (name, target.of.id) in own]
        what = f"{rows.plan_name(plan.id)}{'牵头任务' if led else ''}"
        yield f"{what}的分年度数值" if what else "分年度的数值", [*_figures(plan, found)]


def plan_paper_parts(plan: PlanIndex) -> Iterator[tuple[str, list[Block]]]:
    """Yield the parts of a plan's paper."""
    duties = [UnitDuty(plan=plan.id, entry=entry, via=None) for entry in plan.duties]
    timed = [duty for duty in duties if _is_timed(duty)]
    body = [row(_DUE_IN_PLAN, *_due_cells(duty), (_who(duty),)) for duty in timed[:_MOST_DUE]]
    yield "板块分工", [*_sectors(plan)]
    yield "任务分工", [*_tasks(plan)]
    left = len(timed) - len(body)
    yield "有时间的定期事项", [*_table("有时间的定期事项", _DUE_IN_PLAN, body, left, "附件“定期事项”")]
    yield "分年度的数值", [*_figures(plan, plan.targets)]


def _sectors(plan: PlanIndex) -> Iterator[Block]:
    """Yield a line for each sector with who supervises and leads it, and its tasks."""
    sectors = plan.sectors
    used = [(column, role) for column, role in _SECTORS if not role or any(s.named(role) for s in sectors)]
    # What is left out gives its room to the tasks.
    left = sum(column.width for column, _ in _SECTORS) - sum(column.width for column, _ in used)
    *first, (last, _) = used
    columns = (*(_headed(plan, column, role) for column, role in first), replace(last, width=last.width + left))
    body = [
        row(
            columns,
            (sector_text(plan, sector.id),),
            *((_named(sector, role),) for _, role in first if role),
            tuple(numbered(plan.owners[task.id]) for task in sector.tasks),
        )
        for sector in sectors
    ]
    yield from _table("板块分工", columns, body, 0, "")


def _headed(plan: PlanIndex, column: Column, role: Role | None) -> Column:
    """Head a column of a role with the printed label, where all sectors print the same."""
    labels = {one.responsibility.label for s in plan.sectors for one in plan.charges(s.id, role)} if role else set()
    label = labels.pop() if len(labels) == 1 else None
    if role and not label:
        return replace(column, heading=f"{ROLES[role]}{'领导' if role == 'supervise' else '单位'}")
    return replace(column, heading=label or column.heading)


def _named(sector: Sector, role: Role) -> str:
    return names_of(sector.named(role)) or NONE


def _tasks(plan: PlanIndex) -> Iterator[Block]:
    """Yield a line for each task that names its units itself, or has them from other words than its sector's."""
    tasks = [
        task for task in plan.tasks if any(not one.part or one.part.kind != "sector" for one in plan.applying[task.id])
    ]
    body = [
        row(
            _TASKS,
            (numbered(plan.owners[task.id]),),
            tuple((named_cell(plan, task.id, "lead") or NONE).split("\n")),
            _others(plan, task.id),
        )
        for task in tasks[:_MOST_TASKS]
    ]
    yield from _table("任务分工", _TASKS, body, len(tasks) - len(body), "附件")


_OTHERS: Final[tuple[Role, ...]] = tuple(role for role in ROLES if role != "lead")


def _others(plan: PlanIndex, task: str) -> tuple[str, ...]:
    """Write who is named for a task and does not lead it, a line for each label."""
    lines = (
        f"{label_text(one)}：{names_of(one.responsibility.names)}{scope_text(one)}"
        for one in charges_in(plan, task, *_OTHERS)
        if one.responsibility.names
    )
    return tuple(lines) or (NONE,)


def _led(rows: DocumentRows, led: list[Obligation]) -> Iterator[Block]:
    body = []
    for obligation in led[:_MOST_LED]:
        plan = rows.index.plan(obligation.plan)
        asked = rows.asked.lines(plan, obligation.id, obligation)
        if asked == (item_text(plan, obligation.id),):
            asked = tuple(shortened(asked[0]).split("\n"))
        checkable = [line for line in asked if not line.startswith(DIRECTION)]
        short = checkable[:_MOST_LINES]
        left = len(asked) - len(short)
        lines = (*short, *([f"另有{left}项见附件"] if left else []))
        owner = plan.owners[obligation.id]
        due = _few(rows.asked.due(plan, obligation.id))
        body.append(row(_LED, (owner.counted or NONE,), (title_text(owner),), lines, due))
    yield from _table("牵头任务", _LED, body, len(led) - len(body), "附件“牵头任务”")


def _few(lines: tuple[str, ...]) -> tuple[str, ...]:
    return lines if len(lines) <= _MOST_LINES else (*lines[: _MOST_LINES - 1], "其余见附件")


def _listed(rows: DocumentRows, title: str, obligations: list[Obligation]) -> Iterator[Block]:
    """Yield a line for each sector with the numbers of its tasks; that is enough to find them in the annex."""
    body = []
    found = groupby(obligations, lambda o: (o.plan, o.kind, o.sector))
    for number, ((plan_id, kind, sector_id), group) in enumerate(found, 1):
        plan = rows.index.plan(plan_id)
        name = "：".join(filter(None, (rows.plan_name(plan_id), sector_text(plan, sector_id) or PART_KINDS[kind])))
        body.append(row(_LISTED, (str(number),), (name,), (_which(plan, sector_id, [*group]),)))
    plans = [rows.index.plan(plan).plan for plan in {o.plan for o in obligations}]
    sectors = PART_KINDS["sector"] if any(plan.sectors for plan in plans) else ""
    safeguards = PART_KINDS["safeguard"] if any(plan.safeguards for plan in plans) else ""
    heading = "或".join(filter(None, (sectors, safeguards))) if sectors else "类别"
    columns = (_LISTED[0], replace(_LISTED[1], heading=heading), _LISTED[2])
    yield from _table(title, columns, body, 0, "")


def _which(plan: PlanIndex, sector: str | None, items: list[Obligation]) -> str:
    """Name some items of a sector; by the first and last where they are all that it has, one after another."""
    numbers = [o.number for o in items]
    first = numbers[0] or 0
    are_all = bool(sector) and len(items) == len(plan.sector(sector or "").tasks)
    are_plain = all(o.label == f"{PART_KINDS['task']}{o.number}" and not _role_mark(plan, o) for o in items)
    if are_all and are_plain and numbers == list(range(first, first + len(items))):
        return f"任务{first}至{numbers[-1]}" if len(items) > 1 else f"任务{first}"
    return "；".join(f"{numbered(plan.owners[o.id])}{_role_mark(plan, o)}" for o in items)


def _role_mark(plan: PlanIndex, obligation: Obligation) -> str:
    """Say in what role a unit is named where it is not simply responsible."""
    role = obligation_role(plan, obligation)
    is_plain = role == ROLES["responsible"] or (obligation.kind == "safeguard" and obligation.role == "owner")
    return "" if is_plain else f"（{role.replace('（', '，').removesuffix('）')}）"


def _due(rows: DocumentRows, entry: UnitEntry) -> Iterator[Block]:
    found = [
        *(
            (duty, "本单位做" if not duty.via else f"经“{rows.index.unit_names[duty.via]}”适用")
            for duty in entry.duties
        ),
        *(
            (duty, f"{towards(duty)}，由{_who(duty)}{'报' if duty.entry.is_report else '做'}")
            for duty in entry.receives
        ),
    ]
    timed = [(duty, relation) for duty, relation in found if _is_timed(duty)]
    body = [row(_DUE, *_due_cells(duty), (relation,)) for duty, relation in timed[:_MOST_DUE]]
    yield from _table("有时间的定期事项", _DUE, body, len(timed) - len(body), "附件“定期事项”")


def _is_timed(duty: UnitDuty) -> bool:
    own = duty.entry.duty
    return own.due is not None or own.frequency in REGULAR


def _due_cells(duty: UnitDuty) -> tuple[tuple[str, ...], tuple[str, ...]]:
    own = duty.entry.duty
    return (f"{own.action}{marked(own.reading)}",), (due_words(duty.entry),)


def _who(duty: UnitDuty) -> str:
    return "、".join(dict.fromkeys(mention.printed for mention in duty.entry.duty.who)) or "原文没有点名的单位"


def _figures(plan: PlanIndex, targets: Iterable[TargetEntry]) -> Iterator[Block]:
    """Yield what has a figure for a year, a row each."""
    years = plan.years
    columns = target_columns(years)
    shown = shown_years(years)
    dated = [t for t in targets if any(value.year and value.value is not None for value in t.target.values)]
    body: list[Row] = []
    for entry in dated[:_MOST_FIGURES]:
        values = [value for value in entry.target.values if value.year]
        cells = [_figure_lines(entry, [v for v in values if v.year == year]) or (NONE,) for year in shown] or [()]
        rest = [v for v in values if v.year not in shown]
        cells[-1] = (*cells[-1], *_figure_lines(entry, rest, is_dated=True))
        scope = f"（{entry.target.scope}）" if entry.target.scope else ""
        body.append(row(columns, (f"{entry.target.indicator}{scope}",), *cells, (f"第{entry.line}行",)))
    yield from _table("分年度的数值", columns, body, len(dated) - len(body), "附件“目标”")


def _figure_lines(entry: TargetEntry, values: list[Value], *, is_dated: bool = False) -> tuple[str, ...]:
    said = dated_text if is_dated else value_text
    return tuple(f"{said(v, entry.clause)}{marked(v.reading)}" for v in values)


def _table(caption: str, columns: tuple[Column, ...], body: list[Row], left: int, where: str) -> Iterator[Block]:
    if body:
        yield Table(caption, columns, tuple(body))
    if left:
        yield Paragraph("BodyText", f"另有{left}项，见{where}。")
