"""What becomes of the YAML when a proposal is accepted, mended or dropped: the smallest change that says so."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ..data.shapes import ALIAS, PART, PLAN_FILE, PROPOSED, UNIT, UNITS_FILE
from .cells import BETWEEN
from .layout import Change, LayoutError, edited
from .records import Insert, Remove, restructured
from .tables import ALIASES, DEADLINES, GROUPS, LINES, NAMES, PARTS, PLANS, TARGETS, UNITS, VALUES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from .cells import Value
    from .proposals import Card, Row

Op = tuple[str, Change | Insert | Remove]
"""A file, and what is done to it."""
Mends = dict[tuple[str, str], "Value | None"]
"""(key of a row, key of its record) → the value that it gets."""

_INFERRED, _PRINTED = "inferred", "printed"


class DecisionError(ValueError):
    """Something that cannot be decided so; says in Chinese why, and what to do instead."""


def mended(card: Card, mends: Mapping[tuple[str, str], Value | None]) -> Iterator[Op]:
    """Yield what gives records of a card other values."""
    for row in card.rows:
        for (own, key), value in mends.items():
            if own == row.key:
                yield _change(row, key, value)


def accepted(card: Card, rows: Iterable[Row], mends: Mapping[tuple[str, str], Value | None]) -> Iterator[Op]:
    """Yield what confirms open rows: with a note they become inferred, without one they are printed."""
    for row in rows:
        note = mends.get((row.key, "note"), row.note)
        if row.table is GROUPS:
            yield _change(row, "reading", _INFERRED if note else _PRINTED)
        elif row.table in (UNITS, ALIASES, PLANS):
            yield _change(row, "reading", None)
        else:
            yield _change(row, "reading", _INFERRED if note else None)
        if row.table is TARGETS and not note:
            # What a target says for all its values goes; those with a note of their own have it of themselves.
            for value in card.rows:
                if value.table is VALUES and not value.reading and mends.get((value.key, "note"), value.note):
                    yield _change(value, "reading", _INFERRED)


def dropped(card: Card, row: Row) -> Iterator[Op]:
    """Yield what takes a record away; raises DecisionError where it is not one that can go."""
    file, path = row.entry.file, row.entry.path
    if row.table in (PLANS, PARTS):
        raise DecisionError("原文的部分不能删去：分错了就改它是什么")
    if row.table is ALIASES:
        yield from _apart(card, row)
    elif row.table is DEADLINES:
        yield file, Change(path=path[:-1], key="deadline", value=None, order=PART.key_names())
    elif row.table is LINES:
        yield from (_change(row, key, None) for key in ("role", "covers", "reading", "note") if row.text(key))
    elif row.table is NAMES and path[-2] != "names":
        # The words stay printed; they only mean what they say again.
        yield _as_printed(card, row, str(path[-2]))
    elif row.table is VALUES and sum(other.table is VALUES for other in card.rows) == 1:
        yield file, Remove(path=path[:-2])
    else:
        yield file, Remove(path=path)


def _apart(card: Card, row: Row) -> Iterator[Op]:
    """Yield what makes an alias a unit of its own, with the kind and level of the one whose name it was."""
    _, at, *_ = row.entry.path
    unit = next(one for one in card.rows if one.table is UNITS and one.entry.path == ("units", at))
    ids = {one.entry.id for one in card.rows if one.table is UNITS}
    own = next(new for number in range(2, len(ids) + 3) if (new := f"{unit.entry.id}-{number}") not in ids)
    record = {"id": own, "name": row.text("name"), "kind": unit.text("kind")}
    if level := unit.text("level"):
        record["level"] = level
    record["reading"] = PROPOSED.options[0]
    yield row.entry.file, Remove(path=row.entry.path)
    place = int(at) + 1
    yield row.entry.file, Insert(path=(), key="units", at=place, record=record, order=UNITS_FILE.key_names())


def _as_printed(card: Card, row: Row, key: str) -> Op:
    holder = next(one for one in card.rows if one.entry.path == row.entry.path[:-2])
    printed = row.key.rpartition("/")[2]
    names = holder.text(key).split(BETWEEN)
    value = [name if name == printed else holder.entry.explained.get(name, name) for name in names]
    return _change(holder, key, value)


def _change(row: Row, key: str, value: Value | None) -> Op:
    order = row.table.shape.key_names()
    return row.entry.file, Change(path=row.entry.path, key=key, value=value, order=order)


def applied(texts: Mapping[str, str], ops: Iterable[Op]) -> tuple[dict[str, str], list[Op]]:
    """Return the files that change, as they shall be, and what was done to them; raises LayoutError.

    All paths are those of the texts. That a reading is printed goes without saying, so its key
    goes; where somebody wrote a comment beside it, it is said, so that the comment stays.
    """
    ops = list(ops)
    while True:
        try:
            return {name: _changed(texts[name], name, ops) for name in dict.fromkeys(file for file, _ in ops)}, ops
        except LayoutError as error:
            at = next(at for at, (_, op) in enumerate(ops) if op is error.change)
            file, op = ops[at]
            if not isinstance(op, Change) or op.key != "reading" or op.value is not None or op.order in _UNSAID:
                raise
            ops[at] = file, replace(op, value=_PRINTED)


_UNSAID: Final = [shape.key_names() for shape in (UNIT, ALIAS, PLAN_FILE)]
"""Records whose readings are proposed or nothing."""


def _changed(text: str, name: str, ops: list[Op]) -> str:
    mine = [op for file, op in ops if file == name]
    new = edited(text, [op for op in mine if isinstance(op, Change)])
    return restructured(new, [op for op in mine if not isinstance(op, Change)])
