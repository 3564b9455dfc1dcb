"""Steps made into text: what each file becomes, and where in it each step's record stands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from .layout import Change, LayoutError, edited
from .records import Insert, Remove, Restructuring, moved, place_of, restructured
from .tables import TABLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from .records import Record
    from .steps import Edit
    from .tables import Path


class UnwritableError(ValueError):
    """A step cannot be written without touching something that is not the clerk's to lose."""

    def __init__(self, edit: Edit) -> None:
        super().__init__(edit.cell.name)
        self.edit = edit


@dataclass(frozen=True, slots=True)
class Composed:
    """The files that change."""

    texts: Mapping[str, str]
    """As they shall be, by name."""
    places: tuple[tuple[Edit, str, Path], ...]
    """(step, file, where its record stands now); one that goes stands nowhere."""


class Composer:
    """Makes texts of steps; a file that is asked for twice with the same steps is made once."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts
        self._made: dict[tuple[str, tuple[Edit, ...]], Composed] = {}

    def composed(self, edits: Sequence[Edit]) -> Composed:
        """Return what the files become; raises UnwritableError."""
        texts: dict[str, str] = {}
        places: list[tuple[Edit, str, Path]] = []
        for name in dict.fromkeys(file for edit in edits for file, _ in edit.ops):
            mine = tuple(e for e in edits if any(file == name for file, _ in (e.parent or e).ops))
            if (name, mine) not in self._made:
                self._made[name, mine] = _file(name, self._texts[name], mine)
            made = self._made[name, mine]
            texts |= made.texts
            places += made.places
        return Composed(texts, tuple(places))


def _file(name: str, text: str, edits: tuple[Edit, ...]) -> Composed:
    """Return one file as it shall be."""
    changes: list[tuple[Edit, Change]] = []
    rest: list[tuple[Edit, Restructuring]] = []
    parts = {edit: [other for other in edits if other.parent is edit] for edit in edits}
    for edit in edits:
        for file, op in edit.ops:
            if file == name and isinstance(op, Change):
                changes.append((edit, op))
            elif file == name and not isinstance(op, Change):
                rest.append((edit, _with_parts(op, edit, parts[edit])))
    try:
        new = edited(text, [op for _, op in changes])
        new = restructured(new, [op for _, op in rest])
    except LayoutError as error:
        raise UnwritableError(next(edit for edit, op in (*changes, *rest) if op is error.change)) from error
    return Composed({name: new}, tuple((edit, name, path) for edit, path in _places(changes, rest, parts)))


def _with_parts(op: Restructuring, edit: Edit, parts: list[Edit]) -> Restructuring:
    """Return what puts a new record in, with the new records that belong to it."""
    if isinstance(op, Remove) or not parts:
        return op
    record: Record = dict(op.record)
    for part in parts:
        record.setdefault(TABLE[part.table].list, []).append(dict(part.record))
    keys = TABLE[edit.table].shape.key_names()
    return replace(op, record={key: record[key] for key in keys if key in record})


def _places(
    changes: list[tuple[Edit, Change]], rest: list[tuple[Edit, Restructuring]], parts: Mapping[Edit, list[Edit]]
) -> Iterator[tuple[Edit, Path]]:
    ops = [op for _, op in rest]
    for edit, change in changes:
        yield edit, moved(change.path, ops)
    for edit, op in rest:
        if isinstance(op, Insert):
            path = place_of(op, ops)
            yield edit, path
            counts: dict[str, int] = {}
            for part in parts[edit]:
                key = TABLE[part.table].list
                yield part, (*path, key, counts.get(key, 0))
                counts[key] = counts.get(key, 0) + 1
