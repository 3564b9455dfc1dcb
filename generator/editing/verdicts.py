"""The workbook of proposals: what is open as rows, and what was decided on them in a returned one."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from .decisions import DecisionError, accepted, applied, dropped
from .edits import change
from .layout import Change, LayoutError
from .records import Remove
from .steps import Edit, Work
from .tables import ACCEPT, DECISION, LEAVE, PROPOSALS, REMOVE, Entry

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ..model import Plan
    from .decisions import Op
    from .proposals import Card, Row
    from .returned import BaseRow, ReadBook, ReadCell, ReadRow
    from .tables import Sheets

_Found = tuple["Card", "Row"]


def proposal_rows(cards: Iterable[Card]) -> tuple[Entry, ...]:
    """Return the rows of the sheet: what is open, and beside it what belongs to the same card."""
    return tuple(
        Entry(
            id=own,
            context=(f"{row.where.path}:{row.where.line}", row.table.name, card.sentence, row.words.strip(), row.note),
            cells=("", *(_cell(row, column.heading) for column in PROPOSALS.columns[1:])),
            explained=row.entry.explained,
            file=row.entry.file,
            path=row.entry.path,
            line=row.entry.line,
        )
        for own, (card, row) in _rows(cards).items()
    )


def _rows(cards: Iterable[Card]) -> dict[str, _Found]:
    """Return each row under an id that lasts, as long as nobody renames what it is about."""
    return {
        hashlib.sha256("\n".join((*card.key, row.key)).encode()).hexdigest()[:10]: (card, row)
        for card in cards
        for row in (card.open_rows if card.is_list else card.rows)
    }


def _cell(row: Row, heading: str) -> str:
    cells = zip(row.table.columns, row.entry.cells, strict=True)
    return next((text for column, text in cells if column.heading == heading and column.key.name != "reading"), "")


def verdicts(book: ReadBook, sheets: Sheets, plans: tuple[Plan, ...], cards: Iterable[Card]) -> Work:
    """Return what was decided and mended in a returned workbook of proposals, as steps.

    `sheets` and `plans` are the data as it is, `cards` what is open in it.
    """
    work = Work(book, sheets, plans, problems=list(book.problems), notices=list(book.notices))
    found = _rows(cards)
    seen: set[str] = set()
    for row in book.rows[PROPOSALS.name]:
        base = book.base.get((PROPOSALS.name, row.id.text))
        if base is None or row.id.text in seen:
            text = f" 的编号“{row.id.text}”重复了：请删去多复制的这一行" if base else "：这张表里不能新增，请删去这一行"
            work.blame(row.id, "workbook-row", text)
            continue
        seen.add(row.id.text)
        _read(work, row, base, found.get(row.id.text))
    gone = [(file, op.path) for edit in work.edits for file, op in edit.ops if isinstance(op, Remove)]
    # What was decided on parts of a record that goes as a whole goes with it.
    work.edits = [edit for edit in work.edits if not any(_is_inside(op, gone) for op in edit.ops)]
    return work


def said(edits: Iterable[Edit], texts: Mapping[str, str]) -> list[Edit]:
    """Return steps so that no comment is lost where that can be helped."""
    edits = list(edits)
    try:
        ops = iter(applied(texts, [op for edit in edits for op in edit.ops])[1])
    except LayoutError:
        # Which of them cannot be written is told when they are tried.
        return edits
    return [replace(edit, ops=tuple(next(ops) for _ in edit.ops)) for edit in edits]


def _read(work: Work, row: ReadRow, base: BaseRow, found: _Found | None) -> None:
    decision, *cells = row.cells
    changed = [
        (column.heading, cell, old)
        for column, cell, old in zip(PROPOSALS.columns[1:], cells, base.cells[1:], strict=True)
        if cell.text != old.strip()
    ]
    verdict = decision.text if decision.text != LEAVE else ""
    if verdict not in {"", ACCEPT, REMOVE}:
        text = f"“{DECISION.heading}”不能是“{verdict}”：可选 {ACCEPT}、{REMOVE}、{LEAVE}"
        work.blame(decision, "workbook-cell", text)
        return
    if found is None:
        if verdict or changed:
            work.notices.append(f"{PROPOSALS.name}!{row.id.name}：这一处在导出之后已经核对过，或者改了，没有合并。")
        return
    card, one = found
    if verdict == ACCEPT and not one.is_open:
        # Filled down a whole column; there is nothing to confirm here.
        verdict = ""
    before = len(work.edits)
    if verdict != REMOVE:
        for heading, cell, old in changed:
            _mend(work, one, heading, cell, old)
    if verdict:
        mends = {
            (one.key, op.key): op.value for edit in work.edits[before:] for _, op in edit.ops if isinstance(op, Change)
        }
        try:
            ops = tuple(dropped(card, one) if verdict == REMOVE else accepted(card, (one,), mends))
        except DecisionError as error:
            work.blame(decision, "workbook-cell", f"“{DECISION.heading}”：{error}")
            return
        work.edits.append(_edit(one, decision, verdict, ops))


def _mend(work: Work, row: Row, heading: str, cell: ReadCell, old: str) -> None:
    column = next((column for column in row.table.columns if column.heading == heading), None)
    if column is None:
        text = f"“{heading}”不是“{row.table.name}”的栏目：请清空，在有内容的栏目里改"
        work.blame(cell, "workbook-cell", text)
        return
    change(work, (row.table, column), cell, row.entry, (old, row.text(column.key.name)), PROPOSALS.name)


def _edit(row: Row, cell: ReadCell, verdict: str, ops: tuple[Op, ...]) -> Edit:
    return Edit(
        kind="removed" if verdict == REMOVE else "changed",
        cell=cell,
        table=PROPOSALS.name,
        heading=DECISION.heading,
        old=row.words.strip() if verdict == REMOVE else "待核对",
        new=verdict,
        note=row.table.name if verdict == REMOVE else "",
        file=row.entry.file,
        line=row.entry.line,
        ops=ops,
    )


def _is_inside(step: Op, gone: list[tuple[str, tuple[str | int, ...]]]) -> bool:
    """Say whether something is done to a part of a record that goes; its own removal is not."""
    file, op = step
    return any(file == name and len(op.path) > len(above) and op.path[: len(above)] == above for name, above in gone)
