"""The tables of the editing workbook: which records of the data they show, and one row for each record.

A row is a record of the YAML and a cell is one of its keys, so that an edited cell leads
to exactly one place in one file. Which keys there are and what may stand in them comes
from `shapes`; here is only what they are called in a table and how wide they are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from generator.editing.cells import cell_text
from generator.shapes import ALIAS, DUTY, TARGET, UNIT, VALUE, Choice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from generator.bind import Bound
    from generator.shapes import Key, Shape

Path = tuple[str | int, ...]
"""Keys and places in lists that lead from the root of a file to a record."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column that may be edited, and the key that it stands for."""

    heading: str
    key: Key
    width: int
    """In characters of the sheet's font."""

    @property
    def doc(self) -> str:
        """What to fill in, in the words that the cells use."""
        return _worded(self.key.doc, _LABELS).replace(" []", "")


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet of the editing workbook."""

    name: str
    context: tuple[str, ...]
    """Headings of what only says where the record belongs and is never read back."""
    columns: tuple[Column, ...]

    @property
    def headings(self) -> tuple[str, ...]:
        """All headings, in the order in which they are written."""
        return (ID_HEADING, *self.context, *(column.heading for column in self.columns))

    def worded(self, text: str) -> str:
        """Return a problem's text with the headings and choices of this table in place of the YAML's words."""
        return _worded(text, {**_LABELS, **{column.key.name: column.heading for column in self.columns}})


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A record of the data as a row."""

    id: str
    """Unique in its table. What has no id of its own is counted, from 1, in the list that holds it."""
    context: tuple[str, ...]
    cells: tuple[str, ...]
    """The text of each column's cell; empty where the key is absent."""
    file: str
    """Relative to plan_data/."""
    path: Path
    line: int


ID_HEADING: Final = "编号"
_LABELS: Final = {
    option: label
    for shape in (TARGET, VALUE, DUTY)
    for key in shape.keys
    if isinstance(key.type, Choice)
    for option, label in zip(key.type.options, key.type.labels, strict=True)
}


def _worded(text: str, words: Mapping[str, str]) -> str:
    pattern = rf"[ “]?\b({'|'.join(words)})\b[ ”]?"
    return re.sub(pattern, lambda found: f"“{words[found[1]]}”", text, flags=re.ASCII)


def _columns(shape: Shape, *rows: tuple[str, str, int]) -> tuple[Column, ...]:
    keys = {key.name: key for key in shape.keys}
    return tuple(Column(heading, keys[name], width) for name, heading, width in rows)


UNITS: Final = Table(
    "单位",
    (),
    _columns(UNIT, ("name", "名称", 24), ("kind", "类别", 14), ("note", "说明", 50)),
)
ALIASES: Final = Table(
    "别名",
    ("单位",),
    _columns(ALIAS, ("name", "别名", 26), ("kind", "种类", 10), ("source", "出处", 70)),
)
TARGETS: Final = Table(
    "目标",
    ("所属",),
    _columns(
        TARGET,
        ("type", "类型", 12),
        ("indicator", "指标", 28),
        ("scope", "范围", 18),
        ("quote", "原文词句", 44),
        ("comparator", "比较", 14),
        ("unit", "计量单位", 11),
        ("reading", "依据", 12),
        ("note", "推断理由", 36),
    ),
)
VALUES: Final = Table(
    "目标值",
    ("所属", "指标"),
    _columns(
        VALUE,
        ("year", "年度", 8),
        ("comparator", "比较", 14),
        ("value", "数值", 10),
        ("upper", "上限", 10),
        ("unit", "计量单位", 11),
        ("text", "原文词句", 44),
        ("reading", "依据", 12),
        ("note", "推断理由", 36),
    ),
)
DUTIES: Final = Table(
    "定期事项",
    ("所属",),
    _columns(
        DUTY,
        ("who", "谁做", 26),
        ("to", "对象", 26),
        ("action", "事项", 34),
        ("frequency", "频次", 11),
        ("due", "期限", 26),
        ("reading", "依据", 12),
        ("note", "说明", 36),
        ("quote", "原文词句", 44),
    ),
)
TABLES: Final = (UNITS, ALIASES, TARGETS, VALUES, DUTIES)


def entries(files: Mapping[str, Bound]) -> dict[str, tuple[Entry, ...]]:
    """Return the rows of each table by its name; `files` are the bound files by name."""
    rows: dict[str, list[Entry]] = {table.name: [] for table in TABLES}
    for table, entry in _all_entries(files):
        rows[table.name].append(entry)
    return {name: tuple(found) for name, found in rows.items()}


def _all_entries(files: Mapping[str, Bound]) -> Iterator[tuple[Table, Entry]]:
    for name, file in files.items():
        yield from _units(name, file)
        for item, path, title in _items(file):
            yield from _targets(name, item, path, title)
            yield from _duties(name, item, path, title)


def _units(name: str, file: Bound) -> Iterator[tuple[Table, Entry]]:
    for place, unit in enumerate(file.records("units")):
        path: Path = ("units", place)
        yield UNITS, _entry(UNITS, name, path, unit, unit.text("id"))
        for at, alias in enumerate(unit.records("aliases")):
            own_id = f"{unit.text('id')}/{at + 1}"
            yield ALIASES, _entry(ALIASES, name, (*path, "aliases", at), alias, own_id, unit.text("name"))


def _targets(name: str, item: Bound, above: Path, title: str) -> Iterator[tuple[Table, Entry]]:
    for place, target in enumerate(item.records("targets")):
        path = (*above, "targets", place)
        own_id = f"{_folder(name)}/{target.text('id')}"
        yield TARGETS, _entry(TARGETS, name, path, target, own_id, title)
        for at, value in enumerate(target.records("values")):
            context = (title, target.text("indicator"))
            yield VALUES, _entry(VALUES, name, (*path, "values", at), value, f"{own_id}/{at + 1}", *context)


def _duties(name: str, item: Bound, above: Path, title: str) -> Iterator[tuple[Table, Entry]]:
    for place, duty in enumerate(item.records("duties")):
        own_id = f"{_folder(name)}/{duty.text('id')}"
        yield DUTIES, _entry(DUTIES, name, (*above, "duties", place), duty, own_id, title)


def _folder(name: str) -> str:
    return name.partition("/")[0]


def _entry(table: Table, file: str, path: Path, record: Bound, own_id: str, *context: str) -> Entry:
    cells = tuple(cell_text(column.key.type, record.values.get(column.key.name)) for column in table.columns)
    return Entry(id=own_id, context=context, cells=cells, file=file, path=path, line=record.where.line)


def _items(file: Bound) -> Iterator[tuple[Bound, Path, str]]:
    """Yield every record that may hold targets and duties, where it stands, and what it is called."""
    for above, records, title in _HOLDERS:
        holder = file
        for key in above:
            if key not in holder.values:
                break
            holder = holder.record(key)
        else:
            for place, item in enumerate(holder.records(records)):
                yield item, (*above, records, place), title(item)


_HOLDERS: Final[tuple[tuple[tuple[str, ...], str, Callable[[Bound], str]], ...]] = (
    (("goals",), "years", lambda item: f"{item.integer('year')}年总体目标"),
    ((), "tasks", lambda item: f"任务{item.integer('number')}　{item.text('title')}"),
    ((), "safeguards", lambda item: f"制度保障{item.integer('number')}　{item.text('title')}"),
)
"""(keys above, the list's key, what one of its records is called)."""
