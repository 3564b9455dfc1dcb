"""What was done in a workbook: held against what was exported and what the data is now.

Each row and cell is judged by itself, so that one that is wrong keeps no other from
being taken. What the data as a whole becomes is left to `trial`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .additions import add_rows
from .cells import CellError
from .layout import Change
from .misplaced import drop_misplaced
from .records import Insert, Remove
from .renaming import carry_names
from .returned import columns_of
from .steps import NOTHING, Edit, Work, means, read_value, siblings, typed_text
from .tables import REMOVE, REMOVE_HEADING, TABLE, TABLES, TARGETS, VALUES

if TYPE_CHECKING:
    from ..model import Plan
    from .returned import BaseRow, ReadBook, ReadCell, ReadRow
    from .tables import Column, Entry, Sheets, Table

_REMOVALS: Final = {REMOVE, "删除", "删"}
_TOLD: Final = {"name", "indicator", "text", "action", "how"}


def edits(book: ReadBook, sheets: Sheets, plans: tuple[Plan, ...]) -> Work:
    """Return what was done, what of it cannot be taken and what is only said.

    `sheets` and `plans` are the data as it is.
    """
    work = Work(book, sheets, plans, problems=list(book.problems), notices=list(book.notices))
    for table in TABLES:
        if table.name in book.rows:
            _read_table(work, table)
    drop_misplaced(work)
    add_rows(work)
    _keep_a_value(work)
    _drop_inside_removed(work)
    carry_names(work)
    return work


def _read_table(work: Work, table: Table) -> None:
    rows = work.book.rows[table.name]
    by_id: dict[str, list[ReadRow]] = {}
    for row in rows:
        by_id.setdefault(row.id.text, []).append(row)
    for own, same in by_id.items():
        base = work.book.base.get((table.name, own))
        if not own or base is None:
            work.new += [(table, row) for row in same]
            continue
        kept = next((row for row in same if not _is_touched(row, base)), None) if len(same) > 1 else same[0]
        for row in same:
            if row is kept:
                _read_row(work, table, row, base)
            else:
                other = kept or next(other for other in same if other is not row)
                text = f" 的编号“{own}”与 {other.id.name} 重复：要新增一条请清空编号，多复制的请删去这一行"
                work.blame(row.id, "workbook-row", text)
    now = {entry.id for entry in work.sheets.rows[table.name]}
    lost = [own for name, own in work.book.base if name == table.name and own not in by_id and own in now]
    if lost:
        text = f"少了“{'”“'.join(lost[:5])}”{f'等 {len(lost)} 行' if len(lost) > 5 else ''}。删行不会删去数据；"  # noqa: PLR2004
        work.notices.append(f"{table.name}：{text}真要删去，请恢复那一行，在“{REMOVE_HEADING}”栏里选“{REMOVE}”。")


def _is_touched(row: ReadRow, base: BaseRow) -> bool:
    mark = row.beside.get(REMOVE_HEADING)
    return bool(mark and mark.text) or _is_edited(row, base)


def _is_edited(row: ReadRow, base: BaseRow) -> bool:
    return any(cell.text != old.strip() for cell, old in zip(row.cells, base.cells, strict=True))


def _is_same(row: ReadRow, base: BaseRow, entry: Entry) -> bool:
    """Say whether a record is the one that was exported, but for what this workbook has already brought into it."""
    now = zip(entry.cells, base.cells, row.cells, strict=True)
    return all(text.strip() in (old.strip(), cell.text) for text, old, cell in now)


def _read_row(work: Work, table: Table, row: ReadRow, base: BaseRow) -> None:
    """Note what was done to a record that was exported."""
    for heading, old in zip(table.context, base.context, strict=True):
        cell = row.beside.get(heading)
        if cell and cell.text != old.strip():
            text = f"灰色的格只供查看，改成的“{cell.text or NOTHING}”没有合并"
            work.notices.append(f"{table.name}!{cell.name}“{heading}”：{text}（导出时是“{old}”）。")
    mark = row.beside.get(REMOVE_HEADING)
    is_marked = mark is not None and mark.text in _REMOVALS
    if mark and mark.text and not is_marked:
        text = f"“{REMOVE_HEADING}”不能是“{mark.text}”：要删去这一条就选“{REMOVE}”，不删就清空"
        work.blame(mark, "workbook-cell", text)
    entry = _entry_of(work, table, row, base)
    if is_marked and mark:
        _remove(work, table, row, (entry, base, mark))
    elif entry:
        for place, (column, cell) in enumerate(columns_of(row.cells, table)):
            change(work, (table, column), cell, entry, (base.cells[place], entry.cells[place]))
    elif _is_edited(row, base):
        is_gone = (table.name, row.id.text) not in work.entries
        why = "在导出之后已从数据里删去或改了编号" if is_gone else "在导出之后内容或次序变了，对不上是哪一条"
        work.blame(row.id, "workbook-conflict", f" 的“{row.id.text}”{why}：请重新导出再改")


def _entry_of(work: Work, table: Table, row: ReadRow, base: BaseRow) -> Entry | None:
    """Return the record that a row stands for; one without an id of its own is known by its content."""
    entry = work.entries.get((table.name, row.id.text))
    if table.has_ids or not _is_touched(row, base) or (entry and _is_same(row, base, entry)):
        return entry
    holder = row.id.text.rpartition("/")[0]
    entries = work.sheets.rows[table.name]
    found = [e for e in entries if e.id.rpartition("/")[0] == holder and _is_same(row, base, e)]
    return found[0] if len(found) == 1 else None


def _remove(work: Work, table: Table, row: ReadRow, found: tuple[Entry | None, BaseRow, ReadCell]) -> None:
    entry, base, mark = found
    if entry is None:
        work.notices.append(f"{table.name}!{mark.name}：“{row.id.text}”已经不在数据里，不用再删。")
        return
    if not _is_same(row, base, entry) or not _is_whole(work, entry):
        text = f"要删去的“{row.id.text}”在导出之后改过：请重新导出，看过再删"
        work.blame(mark, "workbook-conflict", f"“{REMOVE_HEADING}”{text}")
        return
    work.edits.append(
        Edit(
            kind="removed",
            cell=mark,
            table=table.name,
            heading=REMOVE_HEADING,
            old=_told(table, entry),
            new="",
            note=entry.id,
            file=entry.file,
            line=entry.line,
            ops=((entry.file, Remove(path=entry.path)),),
        )
    )


def _is_whole(work: Work, record: Entry) -> bool:
    """Say whether all that a record holds is what was exported, but for what this workbook has brought into it."""
    rows = {(name, row.id.text): row for name, found in work.book.rows.items() for row in found}
    for name, entries in work.sheets.rows.items():
        for entry in entries:
            above = entry.path[: len(record.path)]
            if (entry.file, above) != (record.file, record.path) or len(entry.path) == len(above):
                continue
            ids = [own for table, own in work.book.base if table == name and _may_be(TABLE[name], own, entry)]
            if not any(_is_known(rows.get((name, own)), work.book.base[name, own], entry) for own in ids):
                return False
    return True


def _may_be(table: Table, own: str, entry: Entry) -> bool:
    """Say whether a record may have been exported under an id; one without an id of its own is counted."""
    return own == entry.id or (not table.has_ids and own.rpartition("/")[0] == entry.id.rpartition("/")[0])


def _is_known(row: ReadRow | None, base: BaseRow, entry: Entry) -> bool:
    if row:
        return _is_same(row, base, entry)
    return all(text.strip() == old.strip() for text, old in zip(entry.cells, base.cells, strict=True))


def _told(table: Table, entry: Entry) -> str:
    """Return what a record is known by."""
    told = [cell for column, cell in zip(table.columns, entry.cells, strict=True) if column.key.name in _TOLD]
    return next((cell for cell in told if cell), entry.id)


def change(
    work: Work, where: tuple[Table, Column], cell: ReadCell, entry: Entry, texts: tuple[str, str], sheet: str = ""
) -> None:
    """Note the change that a cell makes, or why it may not; most cells make none.

    `texts` are what the cell held when it was exported, and what it would hold now; `sheet` is where it stands, if
    that is not called as its table is.
    """
    (table, column), (base, now) = where, texts
    new = typed_text(column, cell)
    if new in (base.strip(), now.strip()):
        return
    try:
        value = read_value(column, cell, f"{base}{now}", work.sheets.kinds)
    except CellError as error:
        work.blame(cell, "workbook-cell", str(error))
        return
    if means(column, now, value) or means(column, base, value):
        return
    if base != now:
        text = (
            f"“{column.heading}”改成了“{new or NOTHING}”，但数据在导出之后已从“{base or NOTHING}”"
            f"改为“{now or NOTHING}”：请重新导出再改"
        )
        work.blame(cell, "workbook-conflict", text)
        return
    if isinstance(value, list):
        value = [entry.explained.get(name, name) for name in value]
    op = Change(path=entry.path, key=column.key.name, value=value, order=table.shape.key_names())
    work.edits.append(
        Edit(
            cell=cell,
            table=sheet or table.name,
            heading=column.heading,
            old=now,
            new=new,
            file=entry.file,
            line=entry.line,
            ops=((entry.file, op),),
        )
    )


def _keep_a_value(work: Work) -> None:
    """Refuse to take every value from a target that stays."""
    gone = {(file, op.path) for edit in work.edits for file, op in edit.ops if isinstance(op, Remove)}
    for target in work.sheets.rows[TARGETS.name]:
        above = (*target.path, VALUES.list)
        values = siblings(work.sheets.rows[VALUES.name], target.file, above)
        is_kept = (target.file, target.path) not in gone
        if not is_kept or not all((value.file, value.path) in gone for value in values):
            continue
        if any(
            isinstance(op, Insert) and (file, op.list) == (target.file, above) for e in work.edits for file, op in e.ops
        ):
            continue
        for edit in [edit for edit in work.edits if edit.kind == "removed" and edit.table == VALUES.name]:
            file, op = edit.ops[0]
            if file == target.file and op.path[:-1] == above:
                work.edits.remove(edit)
                text = f"“{REMOVE_HEADING}”：“{target.id}”的取值不能全部删去。整条不要了，请在“目标”表里删去它"
                work.blame(edit.cell, "workbook-row", text)


def _drop_inside_removed(work: Work) -> None:
    """Leave out what was done to parts of a record that goes."""
    removed = [(file, op.path) for edit in work.edits for file, op in edit.ops if isinstance(op, Remove)]
    for edit in list(work.edits):
        if any(file == gone and _is_inside(op, above) for file, op in edit.ops for gone, above in removed):
            work.edits.remove(edit)
            if edit.kind != "removed":
                place = f"{edit.table}!{edit.cell.name}“{edit.heading}”"
                work.notices.append(f"{place}：它所属的一条已标“{REMOVE}”，这里的改动没有合并。")


def _is_inside(op: Change | Insert | Remove, above: tuple[str | int, ...]) -> bool:
    """Say whether something is done to a part of a record; its own removal is not."""
    path = op.list if isinstance(op, Insert) else op.path
    return path[: len(above)] == above and len(path) > len(above)
