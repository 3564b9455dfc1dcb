"""The records of the data as rows of the tables: one record of the YAML is one row."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ..data.bind import Bound
from ..terms import ALL_TITLE, ITEM_KINDS, PART_KINDS
from .cells import cell_text, name_text
from .tables import ALIASES, DUTIES, SUCCESSORS, TABLES, TARGETS, UNITS, VALUES, Entry, Holder, Sheets

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..model import Data, Part, Plan
    from ..problems import Location
    from .cells import Value
    from .tables import Path, Table


def sheets(files: Mapping[str, Bound], data: Data) -> Sheets:
    """Return the rows of each table; `files` are the bound files by name, `data` what was read from them."""
    rows: dict[str, list[Entry]] = {table.name: [] for table in TABLES}
    found = [one for name, file in files.items() for one in _units(name, file)]
    holders = _holders(files, data.plans)
    for holder, part in holders:
        found += _targets(part, holder)
        found += _duties(part, holder)
    for table, entry in found:
        rows[table.name].append(entry)
    # What mostly holds them is offered first.
    offered = sorted(holders, key=lambda found: found[1].text("kind") not in ITEM_KINDS)
    return Sheets(
        {name: tuple(entries) for name, entries in rows.items()}, tuple(holder for holder, _ in offered), data.kinds
    )


def _units(name: str, file: Bound) -> Iterator[tuple[Table, Entry]]:
    for place, unit in enumerate(file.records("units")):
        path: Path = ("units", place)
        yield UNITS, entry_of(UNITS, name, path, unit, unit.text("id"))
        for table in (ALIASES, SUCCESSORS):
            for at, record in enumerate(unit.records(table.list)):
                own_id = f"{unit.text('id')}/{at + 1}"
                yield table, entry_of(table, name, (*path, table.list, at), record, own_id, unit.text("name"))


def _targets(item: Bound, holder: Holder) -> Iterator[tuple[Table, Entry]]:
    for place, target in enumerate(item.records("targets")):
        path = (*holder.path, "targets", place)
        own_id = f"{holder.plan}/{target.text('id')}"
        yield TARGETS, entry_of(TARGETS, holder.file, path, target, own_id, holder.title)
        for at, value in enumerate(target.records("values")):
            context = (own_id, holder.title, target.text("indicator"))
            yield VALUES, entry_of(VALUES, holder.file, (*path, "values", at), value, f"{own_id}/{at + 1}", *context)


def _duties(item: Bound, holder: Holder) -> Iterator[tuple[Table, Entry]]:
    for place, duty in enumerate(item.records("duties")):
        own_id = f"{holder.plan}/{duty.text('id')}"
        yield DUTIES, entry_of(DUTIES, holder.file, (*holder.path, "duties", place), duty, own_id, holder.title)


def entry_of(table: Table, file: str, path: Path, record: Bound, own_id: str, *context: str) -> Entry:
    """Return a record of a file as a row."""
    cells = tuple(cell_text(column.key.type, record.values.get(column.key.name)) for column in table.columns)
    lists = [value for c in table.columns if isinstance(value := record.values.get(c.key.name), tuple)]
    explained = {name_text(name): _plain(name) for names in lists for name in names if isinstance(name, Bound)}
    return Entry(
        id=own_id,
        context=context,
        cells=cells,
        explained=explained,
        file=file,
        path=path,
        line=record.where.line,
    )


def _plain(record: Bound) -> Value:
    """Return a record that stands for a name as plain values."""
    return {
        key: [name.text for name in value] if isinstance(value, tuple) else value
        for key, value in record.values.items()
    }


def _holders(files: Mapping[str, Bound], plans: tuple[Plan, ...]) -> list[tuple[Holder, Bound]]:
    """Return every part that holds targets and duties, or may, with its record; in printed order."""
    records: dict[Location, tuple[str, Path, Bound]] = {}
    for name, file in files.items():
        records |= {part.place("text"): (name, path, part) for path, part in _parts(file, ())}
    found = []
    for plan in plans:
        for part in plan.all_parts:
            name, path, record = records[part.where]
            if part.kind in ALL_TITLE and not {"targets", "duties"} & record.values.keys():
                continue
            folder = name.partition("/")[0]
            title = f"{folder}：{_called(part)}" if len(plans) > 1 else _called(part)
            holder = Holder(id=part.id, title=title, plan=folder, file=name, path=path, line=record.where.line)
            found.append((holder, record))
    repeated = Counter(holder.title for holder, _ in found)
    return [
        (replace(holder, title=f"{holder.title}（{holder.id}）") if repeated[holder.title] > 1 else holder, record)
        for holder, record in found
    ]


def _parts(record: Bound, path: Path) -> Iterator[tuple[Path, Bound]]:
    """Yield each record below a path that gives words of the official text."""
    if "text" in record.values:
        yield path, record
    for place, below in enumerate(record.records("parts")):
        yield from _parts(below, (*path, "parts", place))


_FIRST_WORDS: Final = 20
"""Characters of a part without a title by which it is called."""


def _called(part: Part) -> str:
    """Return what a part is called: 任务11　线上办理, 2022年总体目标, or else by its first words as printed."""
    words = part.title or "".join(part.sentences)
    words = words if part.title or len(words) <= _FIRST_WORDS else f"{words[:_FIRST_WORDS]}…"
    if part.kind == "goal":
        return f"{part.year}年总体目标" if part.year else f"{PART_KINDS['goal']}　{words}"
    if part.kind in {"sector", *ITEM_KINDS}:
        counted = part.id.removeprefix(f"{part.kind}-")
        number = counted if re.fullmatch(r"\d+(-\d+)*", counted) else part.number or ""
        return f"{PART_KINDS[part.kind]}{number}　{words}"
    return f"{part.number_printed}{words}"
