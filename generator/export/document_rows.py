"""The rows of the tables in documents, narrower than those of sheets; each is built once for all documents."""

from __future__ import annotations

import functools
from itertools import groupby
from typing import TYPE_CHECKING, Final

from ..once import Once
from ..terms import FREQUENCIES, MARKS, NOBODY, REASONS, marked
from ..text.wording import value_text
from .asked import (
    UNDATED,
    item_lines,
    item_text,
    lines_text,
    own_words,
)
from .charges import how_named, label_text
from .document import TEXT_WIDTH, Cell, Column, Paragraph, Row, row, wide_row
from .rows import due_words, duty_reasons, role_text
from .titles import called, title_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..index.records import Charge, Obligation, PlanIndex, SiteIndex, TargetEntry, UnitDuty
    from ..model import Mention, Safeguard, Task, Value
    from .asked import Asked

_CENTRE: Final = "TableCentre"
NONE: Final = "—"
"""Stands where the text gives nothing."""
_SHORT: Final = 90
"""Characters of a printed text that stands for what is asked."""
_LIST: Final = "TableList"
TASKS: Final = (
    Column("序号", 11, _CENTRE),
    Column("重点任务", 36),
    Column("目标要求", 58, _LIST),
    Column("完成时限", 22, _CENTRE),
    Column("原文出处", 29),
)
WITH_ROLES: Final = (
    Column("序号", 11, _CENTRE),
    Column("事项", 32),
    Column("目标要求或括注", 42, _LIST),
    Column("角色", 20, _CENTRE),
    Column("完成时限", 22, _CENTRE),
    Column("原文出处", 29),
)
SAFEGUARDS: Final = (TASKS[0], Column("制度保障", 36), *TASKS[2:])
DUTIES: Final = (
    Column("序号", 11, _CENTRE),
    Column("事项", 61),
    Column("频次和期限", 30),
    Column("谁做", 30),
    Column("对象", 24),
)
_INDICATOR, _SOURCE = Column("指标", 42), Column("原文出处", 18, _CENTRE)
_MOST_YEARS: Final = 5
"""Of more years than these, each would be too narrow to read."""


class DocumentRows:
    """Rows and printed paragraphs, each built once and shared by all documents that hold it."""

    def __init__(self, index: SiteIndex, asked: Asked) -> None:
        self.index = index
        self.asked = asked
        self._once = Once()

    def task(self, plan: PlanIndex, task: Task) -> tuple[Row, ...]:
        """Return a task of a plan, and below it who is named for it, but for whom its sector names."""
        return self._once(
            ("task", plan.id, task.id),
            lambda: _with_named(plan, task.id, TASKS, *self._item(plan, task.id), (lines_text(plan, task.id),)),
        )

    def obligation(self, plan: PlanIndex, obligation: Obligation, name: str) -> tuple[Row, ...]:
        """Return what a unit is obliged to, where the part says in what role; `name` is the unit's own."""
        lines = (*self._named(obligation, name), f"正文：{lines_text(plan, obligation.id)}")
        return self._once(
            ("obligation", plan.id, obligation.id, own_words(obligation), lines),
            lambda: _with_named(plan, obligation.id, TASKS, *self._item(plan, obligation.id, obligation), lines),
        )

    def obligation_with_role(self, plan: PlanIndex, obligation: Obligation, name: str) -> tuple[Row, ...]:
        """Return what a unit is obliged to, with its role."""
        lines = (*self._named(obligation, name), f"正文：{lines_text(plan, obligation.id)}")
        role = role_text(self.index, obligation)

        def build() -> tuple[Row, ...]:
            *item, due = self._item(plan, obligation.id, obligation)
            return _with_named(plan, obligation.id, WITH_ROLES, *item, (role,), due, lines)

        return self._once(("role", plan.id, obligation.id, role, own_words(obligation), lines), build)

    def safeguard(self, plan: PlanIndex, item: Safeguard) -> tuple[Row, Row]:
        """Return a safeguard of a plan, and below it its units and what brackets put them in charge of."""
        source = [f"正文：{lines_text(plan, item.id)}"]
        if plan.line_of[item.id] < item_lines(plan, item.id)[0][0]:
            source.insert(0, f"标题：第{plan.line_of[item.id]}行")
        named = tuple(_named_lines(plan.applying[item.id])) or (f"责任单位：{UNDATED}",)
        return (
            row(SAFEGUARDS, *self._item(plan, item.id), tuple(source), keeps=True),
            wide_row(SAFEGUARDS, "TableNote", *named),
        )

    def targets(self, plan: PlanIndex, item: str) -> tuple[Row, ...]:
        """Return the targets of a goal, task or safeguard by year, under its name; nothing if it has none."""
        return self._once(("targets", plan.id, item), lambda: tuple(_target_rows(plan, plan.targets_of(item))))

    def duty(self, duty: UnitDuty, number: int, plan_name: str) -> tuple[Row, Row]:
        """Return a duty, and below it the printed sentence; `number` is its place in the table.

        `plan_name` stands where plans must be told apart.
        """
        own, entry = duty.entry.duty, duty.entry
        via = f"（经“{self.index.unit_names[duty.via]}”适用）" if duty.via else ""
        action = f"{own.action}{marked(own.reading)}{via}"
        rhythm = tuple(dict.fromkeys((FREQUENCIES[own.frequency], due_words(entry))))
        who = names_text(own.who) or NOBODY
        whom = names_text(own.to) or NONE
        notes = (f"{REASONS[own.reading]}：{note}" for note in duty_reasons(own))
        place = "，".join(filter(None, (plan_name, called(entry.of), f"第{entry.line}行")))
        return (
            row(DUTIES, (str(number),), (action,), rhythm, (who,), (whom,), keeps=True),
            wide_row(DUTIES, "TableNote", f"原文（{place}）：{entry.quote}", *notes),
        )

    def printed(self, plan: PlanIndex, item: str) -> tuple[Paragraph, ...]:
        """Return the printed paragraphs of a task or safeguard."""
        return self._once(("printed", plan.id, item), lambda: tuple(_printed(plan, item)))

    def plan_name(self, plan_id: str) -> str:
        """Return a plan's short name where several plans must be told apart, else nothing."""
        return self.index.plan(plan_id).plan.short_title if len(self.index.plans) > 1 else ""

    def _named(self, obligation: Obligation, name: str) -> tuple[str, ...]:
        """Say where a unit is named, and how if it is printed in another way."""
        known = (name, self.index.unit_names.get(obligation.via or "", ""))
        printed = () if obligation.printed in known else (f"印作“{obligation.printed}”",)
        return (f"{how_named(obligation)}：第{obligation.line}行", *printed)

    def _item(self, plan: PlanIndex, item: str, obligation: Obligation | None = None) -> tuple[tuple[str, ...], ...]:
        """Return number, title, what is asked for, and by when."""
        owner = plan.owners[item]
        asked = self.asked.lines(plan, item, obligation)
        if asked == (item_text(plan, item),):
            # The annex of printed texts holds it whole.
            asked = tuple(shortened(asked[0]).split("\n"))
        return (owner.counted or NONE,), (title_text(owner),), asked, self.asked.due(plan, item, obligation)


def _with_named(plan: PlanIndex, item: str, columns: tuple[Column, ...], *cells: tuple[str, ...]) -> tuple[Row, ...]:
    """Return the row of a task or safeguard, and below a task's who is named for it, but for whom its sector names."""
    sector = plan.owners[item].sector
    charges = plan.applying[item] if plan.owners[item].kind == "task" else ()
    named = tuple(_named_lines(one for one in charges if not (sector and one.part and one.part.id == sector)))
    if not named:
        return (row(columns, *cells),)
    return (row(columns, *cells, keeps=True), wide_row(columns, "TableNote", *named))


def _named_lines(charges: Iterable[Charge]) -> Iterator[str]:
    """Yield as what and where units are named, and for what words where it is not for the whole."""
    for charge in sorted(charges, key=lambda one: one.responsibility.covers == "quote"):
        one = charge.responsibility
        if one.covers != "quote":
            yield f"{label_text(charge)}（第{charge.line}行）：{names_text(one.names)}"
        elif one.role == "owner":
            yield from (f"{label_text(charge)}：{mention.name}，“{one.governs}”" for mention in one.names)
        else:
            yield f"{label_text(charge)}（第{charge.line}行）：{names_text(one.names)}，“{one.governs}”"


def _printed(plan: PlanIndex, item: str) -> Iterator[Paragraph]:
    first, *rest = plan.lines_of[item]
    lines = dict(item_lines(plan, item))
    lead = first.lead if first.sentences else f"{first.lead}　" if first.lead and rest else ""
    for number, text in lines.items():
        yield Paragraph("Printed", f"{text}（原文第{number}行）", lead)
        lead = ""


@functools.cache
def target_columns(years: tuple[int, ...]) -> tuple[Column, ...]:
    """Return the columns of targets by year, or one for all where there are no years or too many."""
    shown = shown_years(years)
    width = (TEXT_WIDTH - _INDICATOR.width - _SOURCE.width) / max(len(shown), 1)
    dated = [Column(f"{year}年", width) for year in shown] or [Column("要求", width)]
    return (_INDICATOR, *dated, _SOURCE)


def shown_years(years: tuple[int, ...]) -> tuple[int, ...]:
    """Return the years that have columns."""
    return years if len(years) <= _MOST_YEARS else ()


def names_text(mentions: Iterable[Mention]) -> str:
    """Write a printed list of units; names that are printed run together are told apart, and it is said so."""
    places: dict[int, list[Mention]] = {}
    for mention in mentions:
        places.setdefault(mention.position, []).append(mention)
    return "、".join(map(_place_text, places.values()))


def _place_text(found: list[Mention]) -> str:
    """Write what one place of a printed list names; where that is read, the printed words come first."""
    names, printed = "、".join(mention.name for mention in found), found[0].printed
    reading = found[0].reading
    if reading != "printed" and names != printed:
        return f"{printed}（按{names}理解，{MARKS[reading]}）"
    if reading != "printed":
        return f"{printed}{marked(reading) if reading == 'proposed' else ''}"
    return f"{names}（原文连排为“{printed}”）" if len(found) > 1 else names


def shortened(text: str, most: int = _SHORT) -> str:
    """Cut a printed text at the end of a part of its sentence, and say so."""
    if len(text) <= most:
        return text
    kept = text[:most]
    end = max(kept.rfind(mark) for mark in "。；;，,")
    return f"{kept[:end] if end > 0 else kept}……（全文见附件“原文”）"


def _target_rows(plan: PlanIndex, entries: tuple[TargetEntry, ...]) -> Iterator[Row]:
    years, columns = shown_years(plan.years), target_columns(plan.years)
    if entries:
        yield wide_row(columns, "TableGroup", called(entries[0].of), keeps=True)
    for notes, found in groupby(entries, _notes):
        alike = tuple(found)
        for entry in alike:
            yield Row(_target_cells(columns, entry, years), keeps=bool(notes))
        which = f"（以上{len(alike)}项）" if len(alike) > 1 else ""
        if notes:
            yield wide_row(columns, "TableNote", *(f"{reason}{which}：{note}" for reason, note in notes))


def _notes(entry: TargetEntry) -> tuple[tuple[str, str], ...]:
    """Return (what it is, why something is read so), each reason once."""
    return tuple(dict.fromkeys((REASONS[value.reading], value.note) for value in entry.target.values if value.note))


def _target_cells(columns: tuple[Column, ...], entry: TargetEntry, years: tuple[int, ...]) -> tuple[Cell, ...]:
    target, clause = entry.target, entry.clause
    scope = (f"范围：{target.scope}",) if target.scope else ()
    by_year = year_cells(entry, years) if years else [()]
    indicator, *dated, source = row(columns, (target.indicator, *scope), *by_year, (f"第{entry.line}行",)).cells
    rest = tuple(
        line
        for value in target.values
        if value.year not in years
        for line in _value_lines(value, clause, f"{f'{value.year}年' if value.year else entry.undated_label}：")
    )
    if not any(value.year in years for value in target.values):
        dated = [Cell(rest, sum(cell.width for cell in dated), indicator.style, len(dated))]
    elif rest:
        dated[-1] = Cell((*dated[-1].lines, *rest), dated[-1].width, dated[-1].style)
    return (indicator, *dated, source)


def year_cells(entry: TargetEntry, years: tuple[int, ...]) -> list[tuple[str, ...]]:
    """Return the lines of a target for each of some years."""
    by_year = {year: [value for value in entry.target.values if value.year == year] for year in years}
    return [
        tuple(line for value in found for line in _value_lines(value, entry.clause)) or (NONE,)
        for found in by_year.values()
    ]


def _value_lines(value: Value, clause: str, before: str = "") -> tuple[str, ...]:
    """Write a value; then the printed words, where they say it in another way."""
    text = value_text(value, clause)
    shown = f"{before}{text}{marked(value.reading)}"
    return (shown, f"原文：{value.text}") if value.text not in text else (shown,)
