"""A returned workbook held against the data: what was edited, whether it may stand, the YAML that follows."""

from __future__ import annotations

import difflib
import os
import shutil
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from generator.bind import Binder, Bound
from generator.editing.cells import CellError, cell_value
from generator.editing.layout import Change, LayoutError, edited
from generator.editing.tables import TABLES, entries
from generator.editing.workbook import ReadRow, columns_of, parse_workbook
from generator.files import read_texts
from generator.load import read_data
from generator.nodes import Mapping as MappingNode
from generator.nodes import Node, Sequence, parse_nodes
from generator.problems import Location, PlanError, Problem
from generator.rules import check, require_sound
from generator.shapes import ALIAS, DUTY, FILES, TARGET, UNIT, VALUE, Integer, ListOf, Number, Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from generator.editing.cells import Value
    from generator.editing.tables import Column, Entry, Table
    from generator.editing.workbook import ReadBook, ReadCell

_ORDERS: Final = {
    table.name: shape.key_names() for table, shape in zip(TABLES, (UNIT, ALIAS, TARGET, VALUE, DUTY), strict=True)
}
_TYPED: Final = (Integer, Number, Record)
"""Kinds whose full-width digits mean the same as half-width ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One cell that was edited."""

    cell: ReadCell
    table: str
    heading: str
    old: str
    new: str
    file: str
    """Relative to plan_data/."""
    line: int
    """Of the record, before the edit."""
    change: Change


@dataclass(frozen=True, slots=True)
class Merge:
    """What a workbook changes, checked and not yet written."""

    edits: tuple[Edit, ...]
    before: Mapping[str, str]
    """The files that change, as they were read, by name."""
    texts: Mapping[str, str]
    """The same files as they shall be."""
    diff: str
    """What changes in them, as a unified diff."""


def read_rows(root: Path, shown: str) -> dict[str, tuple[Entry, ...]]:
    """Read sound data as the rows of the editing workbook; raises PlanError."""
    require_sound(*read_data(root, shown))
    return entries(_bound(read_texts(root, shown), shown))


def read_merge(root: Path, shown: str, content: bytes, book: str) -> Merge:
    """Read the data and work out what a returned workbook changes; raises PlanError with every problem.

    `shown` and `book` are how problems name the data and the workbook.
    """
    returned = parse_workbook(content, book)
    require_sound(*read_data(root, shown))
    texts = {name: text for name, (text, _) in read_texts(root, shown).items()}
    before = entries(_bound(read_texts(root, shown), shown))
    edits = _edits(returned, before, book)
    changed = _changed_texts(texts, edits, shown)
    _require_kept_sound(root, shown, changed, edits)
    return Merge(edits, {name: texts[name] for name in changed}, changed, "".join(_diff(texts, changed, shown)))


def write_merge(root: Path, merge: Merge) -> None:
    """Write the changed files: all are put beside the old ones first, then each takes the old one's place at once.

    Stopped half-way, every file is whole, old or new, and the same workbook can be merged
    again. Raises PlanError, with nothing written, if a file has changed since it was read.
    """
    paths = {name: (root / name).resolve() for name in merge.texts}
    moved = [name for name, path in paths.items() if path.read_bytes() != merge.before[name].encode()]
    if moved:
        text = "文件刚才被改过：请再运行一次 plansite merge"
        raise PlanError(Problem(Location(str(root / name)), "workbook-conflict", text) for name in moved)
    waiting = {path.with_name(f".{path.name}.new"): path for path in paths.values()}
    try:
        for (beside, path), text in zip(waiting.items(), merge.texts.values(), strict=True):
            with beside.open("wb") as file:
                file.write(text.encode())
                file.flush()
                os.fsync(file.fileno())
            shutil.copymode(path, beside)
        for beside, path in waiting.items():
            beside.replace(path)
    finally:
        for beside in waiting:
            beside.unlink(missing_ok=True)


def _bound(files: Mapping[str, tuple[str, str]], shown: str) -> dict[str, Bound]:
    """Bind files that are known to fit their shape."""
    found = {}
    for name, (text, shape) in files.items():
        bound = Binder().bind(parse_nodes(text, f"{shown}/{name}"), FILES[shape])
        if bound:
            found[name] = bound
    return found


def _edits(book: ReadBook, before: Mapping[str, tuple[Entry, ...]], shown: str) -> tuple[Edit, ...]:
    edits: list[Edit] = []
    problems: list[Problem] = []
    for table in TABLES:
        by_id = {entry.id: entry for entry in before[table.name]}
        rows = book.rows[table.name]
        problems += _row_problems(book, table, rows, by_id, Location(f"{shown}#{table.name}"))
        for row in rows:
            entry, base = by_id.get(row.id.text), book.base.get((table.name, row.id.text))
            if entry is None or base is None:
                continue
            for at, (column, cell) in enumerate(columns_of(row.cells, table)):
                found = _edit(table, column, cell, entry, (base[at], entry.cells[at]))
                if isinstance(found, Problem):
                    problems.append(found)
                elif found:
                    edits.append(found)
    if problems:
        raise PlanError(problems)
    return tuple(edits)


def _row_problems(
    book: ReadBook, table: Table, rows: tuple[ReadRow, ...], by_id: Mapping[str, Entry], sheet: Location
) -> Iterator[Problem]:
    """Yield what is wrong with a sheet's rows as a whole: none may be missing, new, or there twice."""
    seen: dict[str, ReadRow] = {}
    for row in rows:
        own = row.id.text
        if own in seen:
            text = f"{row.id.name} 的编号“{own}”与 {seen[own].id.name} 重复：请删去多复制的一行"
            yield Problem(row.id.where, "workbook-row", text)
        elif not own:
            text = f"{row.id.name} 没有编号：新增请直接写进 YAML（{_home(table)}），再重新导出；误加的行请删去"
            yield Problem(row.id.where, "workbook-row", text)
        elif (table.name, own) not in book.base:
            text = f"{row.id.name} 的编号“{own}”不是导出时的编号：请恢复原来的；新增请直接写进 YAML（{_home(table)}）"
            yield Problem(row.id.where, "workbook-row", text)
        elif own not in by_id and _is_edited(book, table, row):
            text = f"{row.id.name} 的“{own}”在导出之后已从数据里删去或改了编号：请重新导出再改"
            yield Problem(row.id.where, "workbook-conflict", text)
        seen.setdefault(own, row)
    for name, own in book.base:
        if name == table.name and own not in seen and own in by_id:
            place = f"{by_id[own].file} 第 {by_id[own].line} 行"
            text = f"少了“{own}”这一行：删行不会删去数据。请恢复这一行；真要删去，请直接改 {place}，再重新导出"
            yield Problem(sheet, "workbook-row", text)


def _is_edited(book: ReadBook, table: Table, row: ReadRow) -> bool:
    return any(
        cell.text != base.strip() for cell, base in zip(row.cells, book.base[table.name, row.id.text], strict=True)
    )


def _home(table: Table) -> str:
    return "units.yaml" if table.name in {"单位", "别名"} else "相应的 sectors/*.yaml、safeguards.yaml 或 plan.yaml"


def _edit(table: Table, column: Column, cell: ReadCell, entry: Entry, texts: tuple[str, str]) -> Edit | Problem | None:
    """Return the edit that a cell makes, why it may not, or nothing where it makes none."""
    base, now = texts
    new = unicodedata.normalize("NFKC", cell.text) if isinstance(column.key.type, _TYPED) else cell.text
    if new in (base.strip(), now.strip()):
        return None
    if cell.fault:
        return Problem(cell.where, "workbook-cell", f"{cell.name}“{column.heading}”{cell.fault}")
    try:
        value = _value(column, new)
        if now and value == cell_value(column.key.type, now):
            return None
    except CellError as error:
        wrong = f"不能是“{new}”" if new else "不能空着"
        return Problem(cell.where, "workbook-cell", f"{cell.name}“{column.heading}”{wrong}：{error}")
    if base != now:
        text = f"{cell.name}“{column.heading}”改成了“{new}”，但数据在导出之后已从“{base}”改为“{now}”：请重新导出再改"
        return Problem(cell.where, "workbook-conflict", text)
    return Edit(
        cell=cell,
        table=table.name,
        heading=column.heading,
        old=now,
        new=new,
        file=entry.file,
        line=entry.line,
        change=Change(path=entry.path, key=column.key.name, value=value, order=_ORDERS[table.name]),
    )


def _value(column: Column, text: str) -> Value | None:
    if text:
        return cell_value(column.key.type, text)
    if not column.key.required:
        return None
    if isinstance(column.key.type, ListOf) and not column.key.type.least:
        return []
    raise CellError(f"请补上{column.key.doc}")


def _changed_texts(texts: Mapping[str, str], edits: tuple[Edit, ...], shown: str) -> dict[str, str]:
    """Return the text of each file that changes."""
    problems = []
    changed = {}
    for name in dict.fromkeys(edit.file for edit in edits):
        mine = [edit for edit in edits if edit.file == name]
        try:
            changed[name] = edited(texts[name], [edit.change for edit in mine])
        except LayoutError as error:
            edit = next(edit for edit in mine if edit.change is error.change)
            place = f"{shown}/{name} 第 {edit.line} 行起的一条"
            text = f"{edit.cell.name}“{edit.heading}”在 YAML 里连着注释，自动改会丢掉它：请直接改 {place}"
            problems.append(Problem(edit.cell.where, "workbook-cell", text))
    if problems:
        raise PlanError(problems)
    return changed


def _require_kept_sound(root: Path, shown: str, changed: Mapping[str, str], edits: tuple[Edit, ...]) -> None:
    """Raise PlanError, at the edited cells, with every problem that the data would have."""
    data, problems = read_data(root, shown, changed)
    found = sorted({*problems, *check(data)})
    if not found:
        return
    places = dict(_places(shown, changed, edits))
    raise PlanError(_at_cell(problem, places, edits) for problem in found)


def _places(shown: str, changed: Mapping[str, str], edits: tuple[Edit, ...]) -> Iterator[tuple[Location, Edit]]:
    """Yield where each edit stands in the new text: its record first, then its value, which tells more."""
    roots: dict[str, Node] = {}
    for name, text in changed.items():
        try:
            roots[name] = parse_nodes(text, f"{shown}/{name}")
        except PlanError:
            continue
    for edit in edits:
        if edit.file in roots:
            yield _node(roots[edit.file], edit).where, edit
    for edit in edits:
        if edit.file in roots:
            record = _node(roots[edit.file], edit)
            values = record.entries if isinstance(record, MappingNode) else ()
            yield from (
                (where, edit) for key, value in values if key.text == edit.change.key for where in _inside(value)
            )


def _inside(node: Node) -> Iterator[Location]:
    """Yield where a node and everything that it holds stands."""
    yield node.where
    held = node.items if isinstance(node, Sequence) else ()
    if isinstance(node, MappingNode):
        held = tuple(value for _, value in node.entries)
    for inner in held:
        yield from _inside(inner)


def _node(node: Node, edit: Edit) -> Node:
    for step in edit.change.path:
        if isinstance(step, int) and isinstance(node, Sequence):
            node = node.items[step]
        elif isinstance(node, MappingNode):
            node = next(value for key, value in node.entries if key.text == step)
    return node


def _at_cell(problem: Problem, places: Mapping[Location, Edit], edits: tuple[Edit, ...]) -> Problem:
    edit = places.get(problem.where)
    if edit:
        return Problem(edit.cell.where, problem.rule, f"{edit.cell.name}“{edit.heading}”：{problem.text}")
    # A cell that broke something elsewhere, such as a name that other files use.
    text = f"合并后 {problem.where} 会有问题：{problem.text}"
    culprit = next((edit for edit in edits if edit.old and edit.old in problem.text), None)
    if culprit:
        return Problem(culprit.cell.where, problem.rule, f"{culprit.cell.name}“{culprit.heading}”：{text}")
    return Problem(Location(edits[0].cell.where.path.partition("#")[0]), problem.rule, text)


def _diff(before: Mapping[str, str], after: Mapping[str, str], shown: str) -> Iterator[str]:
    for name, text in after.items():
        old, new = before[name].splitlines(keepends=True), text.splitlines(keepends=True)
        yield from difflib.unified_diff(old, new, f"{shown}/{name}", f"{shown}/{name}", n=1)
