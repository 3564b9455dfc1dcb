"""Rows of targets, duties and items that many pages show, each built once."""

from __future__ import annotations

import copy
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from .. import addresses
from ..model.units import read_as
from ..terms import FREQUENCIES, MARKS, REASONS, number_text
from ..text.wording import due_text, value_text
from .charts import figure_of
from .citing import cited_as, quoted, work
from .links import Link, line_link, owner_link
from .names import PrintedNames, printed_list, reasons
from .terms import Terms

if TYPE_CHECKING:
    from ..index.records import DutyEntry, Owner, PlanIndex, SiteIndex, TargetEntry
    from ..model import Part, Target, Value
    from ..model.units import Reading
    from ..text.lines import Line
    from .charts import ChartView, StepsView
    from .common import Option

UNDATED: Final = "undated"
UNDATED_LABEL: Final = "未落到某一年"
"""For targets that the text gives to no year, or to no single one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueCell:
    """One value of a target, ready to print."""

    text: str
    """不低于99.5%, or the printed words of a state."""
    printed: str
    """The printed words; empty where `text` is those."""
    mark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetCell:
    """What a target asks for in one year, or in all years alike."""

    label: str
    """2022年; or what stands in place of a year: 未写年份, 每年, 2022—2024年."""
    span: int
    """How many years it stands for."""
    is_dated: bool
    """Whether it stands for one year, and not for all of them alike."""
    values: tuple[ValueCell, ...]
    number: str
    """What the cell is sorted by; empty without a figure for just this year."""
    unit: str
    """Of measure: figures of one unit are sorted among themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetRow:
    """A target in a table or list."""

    target: Target
    """What pages show of it as the data says it: id, type, indicator, scope."""
    years: str
    """The years that it has values for, between blanks; or `UNDATED`."""
    of: Link
    cells: tuple[TargetCell, ...]
    """One for each year of the plan's period, or one for all of them where no value has a year."""
    figure: ChartView | StepsView | None
    """The target drawn by year; None where its words alone say it best."""
    notes: tuple[str, ...]
    """Why something is inferred, each reason once."""
    line: Link
    line_number: int
    url: str
    cite: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetTable:
    """A table of targets of one plan."""

    caption: str
    years: tuple[Option, ...]
    rows: tuple[TargetRow, ...]
    shows_owner: bool = True
    """Whether a column says what each target belongs to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyRow:
    """A duty in a table or list."""

    id: str
    action: str
    who: tuple[PrintedNames, ...]
    to: tuple[PrintedNames, ...]
    is_report: bool
    """Whether it is reported to those; else they are whom it is done to or for."""
    nobody: str
    """What is to be said where the text names nobody who is to do it; empty where it does."""
    rhythm: str
    """每季度，3月、6月、9月、12月20日前; without a date where the text gives none."""
    is_dated: bool
    reading: Reading
    mark: str
    note: str
    """With a word that says what the note is; empty if there is none."""
    reasons: tuple[str, ...]
    """Why its printed names are read as those of other units."""
    of: Link
    quote: str
    line: Link
    url: str
    cite: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRow:
    """A task or safeguard with what it asks for, as the pages of all its units show it."""

    number: int | None
    title: str
    is_ours: bool
    """Whether the title is the site's."""
    url: str
    line: Link
    """Of its paragraph."""
    cite: str
    targets: tuple[TargetRow, ...]
    directions: tuple[TargetRow, ...]
    """What it says besides that nobody could check."""
    unnamed: tuple[DutyRow, ...]
    """Its duties whose text names nobody."""
    texts: tuple[str, ...]
    """The printed paragraphs."""
    deadline: DeadlineRow | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineRow:
    """By when a task is to be done."""

    text: str
    """As printed."""
    line: Link
    mark: str
    note: str
    """With a word that says what the note is; empty if there is none."""


class Rows:
    """Rows of targets, duties and items, each built once and shared by all pages that show it."""

    def __init__(self, index: SiteIndex) -> None:
        self.index = index
        self._is_one = False
        self._targets = {entry.key: _target_row(plan, entry) for plan in index.plans for entry in plan.all_targets}
        self._duties = {entry.key: _duty_row(plan, entry) for plan in index.plans for entry in plan.duties}
        self._terms = {plan.id: Terms(plan.plan) for plan in index.plans}
        self._labels = {plan.id: Counter(owner.label for owner in plan.owners.values()) for plan in index.plans}
        self._items: dict[tuple[str, str], ItemRow] = {}
        for plan in index.plans:
            items = (*plan.tasks, *plan.safeguards)
            self._items |= {(plan.id, item.id): self._item_row(plan, item) for item in items}

    def target(self, entry: TargetEntry) -> TargetRow:
        """Return a target with a cell for each year."""
        return self._targets[entry.key]

    def duty(self, entry: DutyEntry) -> DutyRow:
        """Return a duty."""
        return self._duties[entry.key]

    def item(self, plan_id: str, item_id: str) -> ItemRow:
        """Return a task or safeguard with its targets and its paragraph."""
        return self._items[plan_id, item_id]

    def terms(self, plan_id: str) -> Terms:
        """Return the terms of a plan, to be marked in its texts."""
        return self._terms[plan_id]

    def _item_row(self, plan: PlanIndex, item: Part) -> ItemRow:
        owner, lines = plan.owners[item.id], text_lines(plan, item)
        return ItemRow(
            number=item.number,
            title=item.title,
            is_ours=item.title_reading == "inferred",
            url=owner.url,
            line=line_link(plan.id, lines[0].number),
            cite=cited_as(owner),
            targets=tuple(self.target(entry) for entry in plan.targets_of(item.id)),
            directions=tuple(self.target(entry) for entry in plan.directions_of(item.id)),
            unnamed=tuple(self.duty(entry) for entry in plan.unnamed_of(item.id)),
            texts=tuple(line.text for line in lines),
            deadline=deadline_row(plan, item),
        )

    def short_label(self, plan_id: str, owner: Owner) -> str:
        """Return a part in short: 任务11; its title as well where no number tells it from others."""
        return owner.label if self._labels[plan_id][owner.label] == 1 and owner.label else owner_link(owner).text

    def of_one_plan(self) -> Rows:
        """Return the same rows for pages that show what one plan says, and need not name it."""
        rows = copy.copy(self)
        rows._is_one = True  # noqa: SLF001 - a copy of its own
        return rows

    def unit_page(self, unit_id: str, plan_id: str) -> str:
        """Return the address at which a unit's items of a plan stand."""
        return addresses.unit_plan(unit_id, plan_id) if len(self.index.plans) > 1 else addresses.unit(unit_id)

    def plan_name(self, plan_id: str) -> str:
        """Return a plan's short name where pages that show several plans must tell them apart, else nothing."""
        return self.index.plan(plan_id).plan.short_title if len(self.index.plans) > 1 and not self._is_one else ""

    def plan_work(self, plan_id: str) -> str:
        """Return how a plan is cited where the page as a whole rests on several, else nothing."""
        return work(self.index.plan(plan_id).plan) if len(self.index.plans) > 1 and not self._is_one else ""


def text_lines(plan: PlanIndex, item: Part) -> tuple[Line, ...]:
    """Return the lines of an item without those that hold nothing but its title, unless there are no others."""
    lines = plan.lines_of[item.id]
    return tuple(line for line in lines if line.level < 0) or lines


def deadline_row(plan: PlanIndex, item: Part) -> DeadlineRow | None:
    """Return by when an item is to be done, if that is said."""
    said = item.deadline
    if said is None:
        return None
    own = [line.number for line in plan.lines if line.of == item.id and said.phrase in line.text]
    return DeadlineRow(
        text=said.text,
        line=line_link(plan.id, own[0] if own else plan.line_of[item.id]),
        mark=MARKS[said.reading],
        note=f"{REASONS[said.reading]}：{said.note}" if said.note else "",
    )


def _target_row(plan: PlanIndex, entry: TargetEntry) -> TargetRow:
    target = entry.target
    years, label = plan.years, entry.undated_label
    return TargetRow(
        target=target,
        years=" ".join(str(year) for year in sorted({v.year for v in target.values if v.year})) or UNDATED,
        of=owner_link(entry.of),
        cells=_target_cells(entry, years),
        figure=figure_of(target, years, entry.clause, plan.id, label),
        notes=tuple(dict.fromkeys(value.note for value in target.values if value.note)),
        line=line_link(plan.id, entry.line),
        line_number=entry.line,
        url=entry.url,
        cite=f"{cited_as(entry.of)}，目标{quoted(target.indicator)}",
    )


def _target_cells(entry: TargetEntry, years: tuple[int, ...]) -> tuple[TargetCell, ...]:
    target, clause, label = entry.target, entry.clause, entry.undated_label
    undated = [value for value in target.values if value.year is None]
    if len(undated) == len(target.values):
        values = tuple(_cell(value, clause) for value in undated)
        span = max(len(years), 1)
        return (TargetCell(label=label, span=span, is_dated=False, values=values, number="", unit=""),)
    cells = [_year_cell(year, [value for value in target.values if value.year == year], clause) for year in years]
    if undated:
        beside = tuple(_cell(value, clause, f"{label}：") for value in undated)
        cells[-1] = replace(cells[-1], values=cells[-1].values + beside)
    return tuple(cells)


def _year_cell(year: int, values: list[Value], clause: str) -> TargetCell:
    first = next((value for value in values if value.value is not None), None)
    return TargetCell(
        label=f"{year}年",
        span=1,
        is_dated=True,
        values=tuple(_cell(value, clause) for value in values),
        number=number_text(first.value) if first and first.value is not None else "",
        unit=(first.unit or "") if first else "",
    )


def _cell(value: Value, clause: str, before: str = "") -> ValueCell:
    text = value_text(value, clause)
    return ValueCell(
        text=f"{before}{text}",
        printed=value.text if value.text != text else "",
        mark=MARKS[value.reading],
    )


def _duty_row(plan: PlanIndex, entry: DutyEntry) -> DutyRow:
    duty = entry.duty
    reading = read_as((duty.reading, *(m.reading for m in (*duty.who, *duty.to))))
    due = due_text(duty.due)
    return DutyRow(
        id=duty.id,
        action=duty.action,
        who=printed_list(duty.who),
        to=printed_list(duty.to),
        is_report=entry.is_report,
        nobody=entry.nobody,
        rhythm="，".join(filter(None, (FREQUENCIES[duty.frequency], due))),
        is_dated=bool(due),
        mark=MARKS[reading],
        reading=reading,
        note=f"{REASONS[duty.reading]}：{duty.note}" if duty.note else "",
        reasons=reasons((*duty.who, *duty.to)),
        of=owner_link(entry.of),
        quote=entry.quote,
        line=line_link(plan.id, entry.line),
        url=entry.url,
        cite=f"{cited_as(entry.of)}，事项{quoted(duty.action)}",
    )
