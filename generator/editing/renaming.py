"""What follows from giving a unit another name.

The plans' words are their official text and keep the name that was printed; it becomes
an alias, so that it still leads to the unit, also where the data names it beside the
text: whom a group stands for, what a shortened name means.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ..data.shapes import ALIAS, SUCCESSOR, UNIT
from ..terms import PRINTED
from .layout import Change
from .records import Insert, Remove
from .steps import siblings
from .tables import ALIASES, SUCCESSORS, UNITS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model import Plan
    from .steps import Edit, Work
    from .tables import Entry

_FORMER: Final = "旧称"
_LINES: Final = 6
_NAME: Final = UNITS.columns[0].heading
_SINCE: Final = "印发以后才改的名，宜保留“名称”，在“单位变更”或“别名”（现称）里加一行"


def carry_names(work: Work) -> None:
    """Add to each change of a unit's name what follows from it."""
    for place, edit in enumerate(work.edits):
        if (edit.kind, edit.table, edit.heading) == ("changed", UNITS.name, _NAME):
            work.edits[place] = _carried(work, edit)


def _carried(work: Work, edit: Edit) -> Edit:
    _, change = edit.ops[0]
    unit = next(entry for entry in work.sheets.rows[UNITS.name] if entry.path == change.path)
    ops = [*edit.ops, *((edit.file, op) for op in _successors(work, edit))]
    printed = _printed(work.plans, edit.old)
    is_named = any(edit.old in _names(plan) for plan in work.plans)
    if not printed and not is_named:
        return replace(edit, ops=tuple(ops))
    kind, source = (PRINTED, printed) if printed else (_FORMER, f"登记时的名称，后改为“{edit.new}”")
    record = {"name": edit.old, "kind": kind, "source": source}
    ops += ((edit.file, op) for op in _alias(work, edit, unit, record))
    note = f"“{edit.old}”随之记作它的别名（{kind}，{source}），方案原文照印、仍查得到它；{_SINCE}"
    return replace(edit, ops=tuple(ops), note=note)


def _alias(work: Work, edit: Edit, unit: Entry, record: dict[str, str]) -> Iterator[Change | Insert]:
    """Yield what makes the old name an alias; where the new one was an alias, that one takes the old name."""
    above = (*unit.path, ALIASES.list)
    aliases = siblings(work.sheets.rows[ALIASES.name], unit.file, above)
    added = [e for e in work.edits if e.kind == "added" and e.table == ALIASES.name]
    if any(e.record.get("name") == edit.old for e in added):
        return
    gone = {op.path for e in work.edits for _, op in e.ops if isinstance(op, Remove)}
    for alias in aliases:
        if alias.cells[0] == edit.new and alias.path not in gone:
            for key, value in record.items():
                yield Change(path=alias.path, key=key, value=value, order=ALIAS.key_names())
            return
    yield Insert(path=unit.path, key=ALIASES.list, at=len(aliases), record=dict(record), order=UNIT.key_names())


def _successors(work: Work, edit: Edit) -> Iterator[Change]:
    """Yield what makes units that became this one say so by its new name."""
    at = [column.key.name for column in SUCCESSORS.columns].index("unit")
    for entry in work.sheets.rows[SUCCESSORS.name]:
        if entry.cells[at] == edit.old:
            yield Change(path=entry.path, key="unit", value=edit.new, order=SUCCESSOR.key_names())


def _printed(plans: tuple[Plan, ...], name: str) -> str:
    """Say in which lines of the plans a name is printed; nothing if it is not."""
    found = []
    for plan in plans:
        lines = [str(number) for number, line in enumerate(plan.source.split("\n"), 1) if name in line]
        if lines:
            title = f"《{plan.short_title}》" if len(plans) > 1 else ""
            more = f"等 {len(lines)} 行" if len(lines) > _LINES else "行"
            found.append(f"{title}第{'、'.join(lines[:_LINES])}{more}")
    return "；".join(found)


def _names(plan: Plan) -> set[str]:
    """Return the names by which a plan's data speaks of units."""
    found = [mention for one in plan.all_responsibilities for mention in one.names]
    found += [mention for part in plan.all_parts for duty in part.duties for mention in (*duty.who, *duty.to)]
    found += [mention for group in plan.groups for mention in (group.group, *group.members)]
    return {mention.name for mention in found}
