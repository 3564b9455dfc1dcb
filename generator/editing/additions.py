"""Rows that are new: where each belongs, which id it gets, and the record that it becomes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ..data.shapes import ID, PART
from .cells import CellError
from .records import Insert
from .returned import columns_of
from .steps import Edit, means, read_value, siblings
from .tables import (
    DUTIES,
    ID_HEADING,
    REMOVE_HEADING,
    TARGETS,
    UNITS,
    VALUES,
    Entry,
)

if TYPE_CHECKING:
    from .cells import Value
    from .returned import ReadCell, ReadRow
    from .steps import Work
    from .tables import Holder, Table

_UNITS_FILE: Final = "units.yaml"
_KINDS: Final = {TARGETS.name: "target", DUTIES.name: "duty"}
_MOSTLY: Final = 0.6
"""How much of a row is like a lost one for its id to have been changed."""


def add_rows(work: Work) -> None:
    """Note what each new row adds, or why it cannot be added."""
    adder = _Adder(work)
    for table, row in work.new:
        filled = [cell for cell in row.cells if cell.text]
        mark = row.beside.get(REMOVE_HEADING)
        if mark and mark.text:
            work.notices.append(f"{table.name}!第 {row.number} 行是新的一行，又标了“{mark.text}”，没有合并。")
        elif filled:
            adder.add(table, row)
        else:
            work.notices.append(f"{table.name}!第 {row.number} 行没有内容，没有合并。")
    adder.finish()


class _Adder:
    """Adds rows one after the other: what holds others stands in earlier tables."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.lost = _lost_rows(work)
        self.units: dict[str, Entry | Edit] = {}
        """By name and by id, those that are new among them."""
        self.targets: dict[str, Entry | Edit | None] = {}
        """By id and by what holds it and its indicator; None where it is new and cannot be taken."""
        self.shared: set[str] = set()
        """Ids of targets that more than one plan has."""
        self.taken = {entry.id for table in (UNITS, TARGETS, DUTIES) for entry in work.sheets.rows[table.name]}
        """Ids of the data."""
        self.ids = self.taken | {
            _own_id(row.id.text, row, work) for table, row in work.new if table.has_ids and row.id.text
        }
        for unit in work.sheets.rows[UNITS.name]:
            self.units |= {unit.id: unit, unit.cells[0]: unit}
        for edit in work.edits:
            if (edit.table, edit.heading) == (UNITS.name, UNITS.columns[0].heading) and edit.old in self.units:
                self.units[edit.new] = self.units[edit.old]
        for target in work.sheets.rows[TARGETS.name]:
            self.targets[target.id] = target
            self._name(target.id.partition("/")[2], target)
            self.targets.setdefault(_described(target.context[0], target.cells[_INDICATOR]), target)

    def add(self, table: Table, row: ReadRow) -> None:
        """Note one row, or what is wrong with it."""
        if lost := self._changed_id(table, row):
            text = f"的编号由“{lost}”改成了“{row.id.text}”：编号不能在这里改，请恢复；要新增一条请清空编号"
            self.work.blame(row.id, "workbook-row", text)
            return
        record = self._record(table, row)
        if table is UNITS:
            self._add_unit(row, record)
        elif table is VALUES:
            self._add_value(row, record)
        elif table.name in _KINDS:
            self._add_to_item(table, row, record)
        else:
            self._add_to_unit(table, row, record)

    def finish(self) -> None:
        """Refuse new targets that got no value."""
        held = {edit.parent for edit in self.work.edits}
        for edit in [edit for edit in self.work.edits if (edit.kind, edit.table) == ("added", TARGETS.name)]:
            if edit not in held:
                self.work.edits.remove(edit)
                own = edit.ops[0][0].partition("/")[0] + f"/{edit.record['id']}"
                where = f"“目标编号”写 {own}，或“所属”“指标”与这里写得一样"
                text = f"新目标至少要有一个取值：请在“{VALUES.name}”表里加一行，{where}"
                self.work.blame(edit.cell, "workbook-row", f"：{text}")

    def _changed_id(self, table: Table, row: ReadRow) -> str:
        """Return the id that a row had, if it is one whose id was changed."""
        texts = [cell.text for cell in row.cells]
        for own, cells in self.lost.get(table.name, {}).items():
            filled = [(old, new) for old, new in zip(cells, texts, strict=True) if old or new]
            if row.id.text and sum(old == new for old, new in filled) >= _MOSTLY * len(filled):
                return own
        return ""

    def _record(self, table: Table, row: ReadRow) -> dict[str, Value] | None:
        """Return the values of a row by key, in the order of the YAML; None where a cell cannot be taken."""
        found: dict[str, Value] = {}
        is_sound = True
        for column, cell in columns_of(row.cells, table):
            try:
                value = read_value(column, cell, kinds=self.work.sheets.kinds)
            except CellError as error:
                self.work.blame(cell, "workbook-cell", str(error))
                is_sound = False
            else:
                if value is not None:
                    found[column.key.name] = value
        return {key: found[key] for key in table.shape.key_names() if key in found} if is_sound else None

    def _add_unit(self, row: ReadRow, record: dict[str, Value] | None) -> None:
        name = row.cells[0].text
        if record is None or (own := self._id(row, "", "unit")) is None:
            return
        known = self.units.get(name)
        if isinstance(known, Entry) and self._like(UNITS, row, [known]):
            return
        note = f"编号 {own} 将是它的网页地址（/units/{own}/），定下后不要再改；想换一个，现在写进“{ID_HEADING}”一格"
        units = siblings(self.work.sheets.rows[UNITS.name], _UNITS_FILE, (UNITS.list,))
        order = (UNITS.list,)
        op = Insert(path=(), key=UNITS.list, at=len(units), record={"id": own, **record}, order=order)
        edit = self._note(UNITS, row, (_UNITS_FILE, units[-1].line), op, f"，{note}" if not row.id.text else "")
        self.units |= {name: edit, own: edit}

    def _add_to_unit(self, table: Table, row: ReadRow, record: dict[str, Value] | None) -> None:
        cell = row.beside.get("单位")
        holder = self.units.get(cell.text) if cell else None
        if not cell or not holder:
            self._blame_place(row, cell, "单位", "请写上它是哪个单位的，与“单位”表里的名称一致")
        elif record is not None:
            self._add_part(table, row, holder, record)

    def _add_value(self, row: ReadRow, record: dict[str, Value] | None) -> None:
        cell, item, indicator = (row.beside.get(heading) for heading in VALUES.context)
        key = cell.text if cell else ""
        key = key or self._key(item.text if item else "", indicator.text if indicator else "")
        if key not in self.targets:
            self._blame_place(row, cell, "目标编号", "请选这个取值是哪个目标的，或把“所属”“指标”写得与目标一样")
            return
        holder = self.targets[key]
        if holder is None:
            self.work.blame(row.id, "workbook-row", "：它所属的新目标有误，没有合并：请先改正那一行")
        elif record is not None:
            self._add_part(VALUES, row, holder, record)

    def _add_part(self, table: Table, row: ReadRow, holder: Entry | Edit, record: dict[str, Value]) -> None:
        """Note a row that belongs to a unit or a target, which may itself be new."""
        if isinstance(holder, Edit):
            self._note_part(table, row, holder, record)
            return
        above = (*holder.path, table.list)
        there = siblings(self.work.sheets.rows[table.name], holder.file, above)
        if not self._like(table, row, there):
            at = _place_by_year(there, record) if table is VALUES else len(there)
            shape = TARGETS.shape if table is VALUES else UNITS.shape
            op = Insert(path=holder.path, key=table.list, at=at, record=record, order=shape.key_names())
            self._note(table, row, (holder.file, holder.line), op, f"，归在“{holder.id}”")

    def _add_to_item(self, table: Table, row: ReadRow, record: dict[str, Value] | None) -> None:
        cell = row.beside.get("所属")
        key = self._key(cell.text if cell else "", row.cells[_INDICATOR].text)
        if table is TARGETS:
            self.targets.setdefault(key, None)
        holder = self._holder(cell.text) if cell else None
        if not cell or not holder:
            self._blame_place(row, cell, "所属", "请从下拉列表里选这一条归在哪里，如“任务11”")
            return
        entries = self.work.sheets.rows[table.name]
        there = siblings(entries, holder.file, (*holder.path, table.list))
        known = record and self._like(table, row, there)
        if table is TARGETS and known:
            self.targets[key] = known
        if record is None or known:
            return
        own = self._id(row, holder.plan, f"{holder.id}-{_KINDS[table.name]}")
        if own is None:
            return
        op = Insert(
            path=holder.path,
            key=table.list,
            at=len(there),
            record={"id": own, **record},
            order=PART.key_names(),
        )
        edit = self._note(table, row, (holder.file, holder.line), op, f"，归在“{holder.title}”")
        if table is TARGETS:
            self.targets |= {f"{holder.plan}/{own}": edit, key: edit}
            self._name(own, edit)

    def _name(self, own: str, target: Entry | Edit) -> None:
        """Let a target be named by its id alone, unless another plan has one of that id."""
        if own in self.shared or own in self.targets:
            self.shared.add(own)
            self.targets.pop(own, None)
        else:
            self.targets[own] = target

    def _key(self, item: str, indicator: str) -> str:
        """Return a key for a target by what holds it and what it measures."""
        holder = self._holder(item)
        return _described(holder.title if holder else item, indicator)

    def _holder(self, text: str) -> Holder | None:
        """Return the item that a text names: by its whole title, or by what it begins with."""
        text = text.strip()
        holders = self.work.sheets.holders
        same = [holder for holder in holders if text in (holder.title, holder.id)]
        begun = [holder for holder in holders if text and re.match(rf"{re.escape(text)}(?!\d)", holder.title)]
        return same[0] if len(same) == 1 else begun[0] if len(begun) == 1 else None

    def _id(self, row: ReadRow, plan: str, begins: str) -> str | None:
        """Return a new record's id: its own, or the next of its kind; None where its own cannot be."""
        prefix = f"{plan}/" if plan else ""
        if not row.id.text:
            number = next(n for n in range(1, len(self.ids) + 2) if f"{prefix}{begins}-{n}" not in self.ids)
            self.ids.add(f"{prefix}{begins}-{number}")
            return f"{begins}-{number}"
        own = row.id.text.removeprefix(prefix)
        if not re.fullmatch(ID.pattern, own, re.ASCII):
            self.work.blame(row.id, "bad-id", f"“{ID_HEADING}”不能是“{own}”：{ID.hint}；空着则由程序拟定")
            return None
        if f"{prefix}{own}" in self.taken:
            self.work.blame(
                row.id, "workbook-row", f"“{ID_HEADING}”不能是“{own}”：已有别的一条在用，请换一个，或空着由程序拟定"
            )
            return None
        return own

    def _like(self, table: Table, row: ReadRow, entries: list[Entry]) -> Entry | None:
        """Return the record that a row was merged into before, so that merging once more adds nothing twice."""
        for entry in entries:
            is_it = not row.id.text or not table.has_ids or row.id.text in {entry.id, entry.id.rpartition("/")[2]}
            if is_it and _is_like(table, row, entry):
                self.work.notices.append(f"{table.name}!第 {row.number} 行已在数据里（{entry.id}），不再新增。")
                return entry
        return None

    def _note(self, table: Table, row: ReadRow, home: tuple[str, int], op: Insert, where: str) -> Edit:
        file, line = home
        by_us = "（自动拟定）" if table.has_ids and not row.id.text else ""
        own = f"编号 {op.record['id']}{by_us}" if table.has_ids else "新的一条"
        edit = Edit(
            kind="added",
            cell=row.id,
            table=table.name,
            heading=ID_HEADING,
            old="",
            new=_summary(row),
            file=file,
            line=line,
            ops=((file, op),),
            cells=_cells(table, row),
            record=op.record,
            note=f"{own}{where}",
        )
        self.work.edits.append(edit)
        return edit

    def _note_part(self, table: Table, row: ReadRow, parent: Edit, record: dict[str, Value]) -> None:
        self.work.edits.append(
            Edit(
                kind="added",
                cell=row.id,
                table=table.name,
                heading=ID_HEADING,
                old="",
                new=_summary(row),
                file=parent.file,
                line=parent.line,
                cells=_cells(table, row),
                record=record,
                parent=parent,
                note=f"新的一条，归在新增的 {parent.record['id']}",
            )
        )

    def _blame_place(self, row: ReadRow, cell: ReadCell | None, heading: str, advice: str) -> None:
        if cell is None:
            text = f"：缺少栏目“{heading}”，不知道这一条归在哪里：请恢复那一列"
        else:
            wrong = f"没有“{cell.text}”" if cell.text else "空着"
            text = f"“{heading}”{wrong}：{advice}"
        self.work.blame(cell or row.id, "workbook-row", text)


_INDICATOR: Final = [column.key.name for column in TARGETS.columns].index("indicator")


def _described(item: str, indicator: str) -> str:
    """Return a key for a target by what holds it and what it measures."""
    return f"{item.strip()}\n{indicator.strip()}"


def _own_id(text: str, row: ReadRow, work: Work) -> str:
    """Return the id of a new row as those of the data are written: with its plan."""
    item = row.beside.get("所属")
    holder = next((h for h in work.sheets.holders if item and h.title == item.text), None)
    return text if "/" in text or not holder else f"{holder.plan}/{text}"


def _lost_rows(work: Work) -> dict[str, dict[str, tuple[str, ...]]]:
    """Return the cells of rows that were exported and are not in their sheet any more, by table and id."""
    lost: dict[str, dict[str, tuple[str, ...]]] = {}
    kept = {(name, row.id.text) for name, rows in work.book.rows.items() for row in rows}
    for (name, own), base in work.book.base.items():
        if name in work.book.rows and (name, own) not in kept:
            lost.setdefault(name, {})[own] = tuple(cell.strip() for cell in base.cells)
    return lost


def _is_like(table: Table, row: ReadRow, entry: Entry) -> bool:
    """Say whether a row says what a record of the data says."""
    for (column, cell), text in zip(columns_of(row.cells, table), entry.cells, strict=True):
        if cell.text == text.strip():
            continue
        try:
            if not means(column, text, read_value(column, cell, text)):
                return False
        except CellError:
            return False
    return True


def _place_by_year(there: list[Entry], record: dict[str, Value]) -> int:
    """Return before which value a new one stands: those with years stand in their order."""
    years = [entry.cells[0] for entry in there]
    new = record.get("year")
    if isinstance(new, int) and all(years) and years == sorted(years):
        return sum(int(year) <= new for year in years)
    return len(there)


def _cells(table: Table, row: ReadRow) -> dict[str, tuple[ReadCell, str]]:
    found = {column.key.name: (cell, column.heading) for column, cell in columns_of(row.cells, table)}
    return {"id": (row.id, ID_HEADING), **found}


def _summary(row: ReadRow) -> str:
    return "；".join(cell.text for cell in row.cells if cell.text)
