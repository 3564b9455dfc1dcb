"""What was done in a returned workbook, as steps: a cell changed, a row added, a row marked to go."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final, Literal

from ..data.keys import Choice, Integer, ListOf, Number, Record
from ..data.shapes import ROUGH_DATE
from ..problems import Problem
from .cells import CellError, cell_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ..model import Plan
    from .cells import Value
    from .layout import Change
    from .records import Insert, Remove
    from .returned import ReadBook, ReadCell, ReadRow
    from .tables import Column, Entry, Sheets, Table

_TYPED: Final = (Integer, Number, Record)
"""Kinds whose full-width digits mean the same as half-width ones."""
NOTHING: Final = "（空）"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Edit:
    """One step. Two of the same content are two."""

    kind: Literal["changed", "added", "removed"] = "changed"
    cell: ReadCell
    """Where it was done; of a row its id."""
    table: str
    heading: str
    old: str
    new: str
    file: str
    """Relative to plan_data/."""
    line: int
    """Of the record, before the edit; of one that is added, where it belongs."""
    ops: tuple[tuple[str, Change | Insert | Remove], ...] = ()
    """What it does to which file."""
    cells: Mapping[str, tuple[ReadCell, str]] = field(default_factory=dict)
    """Of a row that is added: key → its cell and heading."""
    parent: Edit | None = None
    """The added row that holds this one, which is written as a part of it."""
    record: Mapping[str, Value] = field(default_factory=dict)
    """Of a row that is added."""
    note: str = ""
    """What comes along with it."""


@dataclass
class Work:
    """A returned workbook held against the data, and what was found so far."""

    book: ReadBook
    sheets: Sheets
    plans: tuple[Plan, ...]
    edits: list[Edit] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    new: list[tuple[Table, ReadRow]] = field(default_factory=list)
    """Rows that are no record yet."""

    @cached_property
    def entries(self) -> Mapping[tuple[str, str], Entry]:
        """The records of the data by table and id."""
        return {(name, entry.id): entry for name, found in self.sheets.rows.items() for entry in found}

    def blame(self, cell: ReadCell, rule: str, text: str) -> None:
        """Note what is wrong with a cell; the text begins with what follows the cell's name."""
        self.problems.append(Problem(cell.where, rule, f"{cell.name}{text}"))


def means(column: Column, text: str, value: Value | None) -> bool:
    """Say whether a text means a value, in however other words, such as 5.0 for 5."""
    try:
        return bool(text) and cell_value(column.key.type, text) == value
    except CellError:
        return False


def typed_text(column: Column, cell: ReadCell) -> str:
    """Return a cell's text, its digits half-width where it is no text."""
    return unicodedata.normalize("NFKC", cell.text) if isinstance(column.key.type, _TYPED) else cell.text


def read_value(column: Column, cell: ReadCell, known: str = "", kinds: Iterable[str] = ()) -> Value | None:
    """Return what a cell means, None where it may be empty and is; raises CellError with the whole message.

    `known` holds the names that the cell had, `kinds` the words that the data adds to an open choice.
    """
    if cell.fault and column.key.type is not ROUGH_DATE:
        raise CellError(f"“{column.heading}”{cell.fault}")
    text = typed_text(column, cell)
    if isinstance(column.key.type, Choice) and column.key.type.is_open and text in kinds:
        return text
    try:
        return _value(column, text, known)
    except CellError as error:
        wrong = f"不能是“{text}”" if text else "不能空着"
        raise CellError(f"“{column.heading}”{wrong}：{error}") from error


def _value(column: Column, text: str, known: str) -> Value | None:
    if text:
        value = cell_value(column.key.type, text)
        names = value if isinstance(value, list) else ()
        if any(re.search("[、，,]", name) and name not in known for name in names):
            raise CellError("几个名称之间用“；”隔开；名称本身带顿号、逗号的，请直接改 YAML")
        return value
    if not column.key.required:
        return None
    if isinstance(column.key.type, ListOf) and not column.key.type.least:
        return []
    raise CellError(f"请补上{column.doc}")


def siblings(entries: Iterable[Entry], file: str, above: tuple[str | int, ...]) -> list[Entry]:
    """Return the records of one list, in its order."""
    return [entry for entry in entries if entry.file == file and entry.path[:-1] == above]
