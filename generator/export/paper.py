"""The working paper with which a document begins: what is led, what is due when, this plan's figures by year.

It is short enough to be read at a meeting; everything whole stands in the annexes.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from ..entries import UnitDuty
from ..terms import REGULAR
from ..wording import value_text
from .asked import DIRECTION, INFERRED, asked_lines, due_lines, item_text
from .document import Column, Paragraph, Row, Table, row
from .document_rows import shortened, target_columns
from .rows import due_words, towards

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..entries import Obligation, PlanIndex, TargetEntry, UnitEntry
    from ..model import Sector
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
_SECTORS: Final = (
    Column("板块", 44),
    Column("督办领导", 20, _CENTRE),
    Column("总牵头单位", 32),
    Column("任务", 60),
)
_DUE: Final = (
    Column("事项", 70),
    Column("期限", 46),
    Column("与本单位的关系", 40),
)
_MOST_LINES: Final = 4
"""What of one task the paper shows; the annex holds the rest."""
_MOST_LED: Final = 14
_MOST_FIGURES: Final = 24
_MOST_DUE: Final = 12
"""Rows with which the paper keeps to eight pages; how many are left is said."""


def paper_parts(rows: DocumentRows, entry: UnitEntry) -> Iterator[tuple[str, list[Block]]]:
    """Yield the parts of a unit's paper."""
    led = [o for o in entry.obligations if o.role == "lead"]
    yield "牵头任务", [*_led(rows, led)]
    yield "列名的任务和制度保障", [*_listed(rows, [o for o in entry.obligations if o.role != "lead" and not o.via])]
    yield "有时间的定期事项", [*_due(rows, entry)]
    own = {(o.plan, o.id) for o in (led or entry.obligations)}
    for plan in rows.index.plans:
        found = [target for name, target in entry.targets if name == plan.plan.id and (name, target.of.id) in own]
        title = f"{rows.plan_name(plan.plan.id)}{'牵头任务' if led else ''}的分年度数值"
        yield title, [*_figures(plan, found)]


def plan_paper_parts(plan: PlanIndex) -> Iterator[tuple[str, list[Block]]]:
    """Yield the parts of a plan's paper."""
    duties = [UnitDuty(plan=plan.plan.id, entry=entry, via=None) for entry in plan.duties]
    timed = [duty for duty in duties if _is_timed(duty)]
    body = [row(_DUE, *_due_cells(duty), (_who(duty),)) for duty in timed[:_MOST_DUE]]
    sectors = [
        row(_SECTORS, (f"{s.number}.{s.title}",), (s.leader_name,), (s.lead_unit.printed,), _tasks(s))
        for s in plan.plan.sectors
    ]
    yield "板块分工", [*_table("板块分工", _SECTORS, sectors, 0, "")]
    yield "有时间的定期事项", [*_table("有时间的定期事项", _DUE, body, len(timed) - len(body), "附件“定期事项”")]
    yield "分年度的数值", [*_figures(plan, plan.targets)]


def _tasks(sector: Sector) -> tuple[str, ...]:
    return tuple(f"{task.number}.{task.title}" for task in sector.tasks)


def _led(rows: DocumentRows, led: list[Obligation]) -> Iterator[Block]:
    body = []
    for obligation in led[:_MOST_LED]:
        plan = rows.index.plan(obligation.plan)
        asked = asked_lines(plan, obligation.id, obligation)
        if asked == (item_text(plan, obligation.id),):
            asked = (shortened(asked[0]),)
        checkable = [line for line in asked if not line.startswith(DIRECTION)]
        short = checkable[:_MOST_LINES]
        left = len(asked) - len(short)
        lines = (*short, *([f"另有{left}项见附件"] if left else []))
        body.append(
            row(_LED, (str(obligation.number),), (obligation.title,), lines, _few(due_lines(plan, obligation.id)))
        )
    yield from _table("牵头任务", _LED, body, len(led) - len(body), "附件“牵头任务”")


def _few(lines: tuple[str, ...]) -> tuple[str, ...]:
    return lines if len(lines) <= _MOST_LINES else (*lines[: _MOST_LINES - 1], "其余见附件")


def _listed(rows: DocumentRows, obligations: list[Obligation]) -> Iterator[Block]:
    """Yield a line for each sector with the numbers of its tasks; that is enough to find them in the annex."""
    body = []
    found = groupby(obligations, lambda o: (o.plan, o.sector))
    for number, ((plan_id, sector_id), group) in enumerate(found, 1):
        plan = rows.index.plan(plan_id)
        sector = plan.sector(sector_id) if sector_id else None
        name = f"{rows.plan_name(plan_id)}{f'{sector.number}.{sector.title}' if sector else '制度保障'}"
        items = list(group)
        if sector and len(items) == len(sector.tasks):
            which = f"任务{items[0].number}至{items[-1].number}" if len(items) > 1 else f"任务{items[0].number}"
        else:
            which = "；".join(f"{o.number}.{o.title}" for o in items)
        body.append(row(_LISTED, (str(number),), (name,), (which,)))
    yield from _table("列名的任务和制度保障", _LISTED, body, 0, "")


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
    return (f"{own.action}{INFERRED if own.reading == 'inferred' else ''}",), (due_words(duty.entry),)


def _who(duty: UnitDuty) -> str:
    return "、".join(dict.fromkeys(mention.printed for mention in duty.entry.duty.who)) or "原文没有点名的单位"


def _figures(plan: PlanIndex, targets: Iterable[TargetEntry]) -> Iterator[Block]:
    """Yield what has a figure for a year, a row each."""
    years = plan.years
    columns = target_columns(years)
    dated = [t for t in targets if any(value.year and value.value is not None for value in t.target.values)]
    body: list[Row] = []
    for entry in dated[:_MOST_FIGURES]:
        cells = []
        for year in years:
            values = [value for value in entry.target.values if value.year == year]
            texts = (f"{value_text(v, entry.clause)}{INFERRED if v.reading == 'inferred' else ''}" for v in values)
            cells.append(tuple(texts) or ("—",))
        scope = f"（{entry.target.scope}）" if entry.target.scope else ""
        body.append(row(columns, (f"{entry.target.indicator}{scope}",), *cells, (f"第{entry.line}行",)))
    yield from _table("分年度的数值", columns, body, len(dated) - len(body), "附件“目标”")


def _table(caption: str, columns: tuple[Column, ...], body: list[Row], left: int, where: str) -> Iterator[Block]:
    if body:
        yield Table(caption, columns, tuple(body))
    if left:
        yield Paragraph("BodyText", f"另有{left}项，见{where}。")
