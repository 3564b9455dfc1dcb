"""Which edited cell a problem of the edited data comes from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from generator.editing.tables import TABLES
from generator.nodes import Mapping as MappingNode
from generator.nodes import Node, Sequence, parse_nodes
from generator.problems import Location, PlanError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from generator.editing.edits import Edit

_TABLES: Final = {table.name: table for table in TABLES}


def at_cells(
    problems: Iterable[Problem], texts: Mapping[str, str], edits: tuple[Edit, ...], shown: str, book: str
) -> Iterator[Problem]:
    """Yield each problem of the edited data at the cell that brought it.

    `texts` are the edited files by name; `shown` and `book` are how problems name the data and the workbook.
    """
    places: dict[Location, list[Edit]] = {}
    for where, edit in _places(shown, texts, edits):
        places.setdefault(where, []).append(edit)
    for problem in problems:
        yield _at_cell(problem, places.get(problem.where, []), edits, book)


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


def _at_cell(problem: Problem, here: list[Edit], edits: tuple[Edit, ...], book: str) -> Problem:
    if here:
        edit = max(here, key=lambda edit: _likeness(problem, edit))
        text = _TABLES[edit.table].worded(problem.text)
        return Problem(edit.cell.where, problem.rule, f"{edit.cell.name}“{edit.heading}”：{text}")
    # A cell that broke something elsewhere, such as a name that other files use.
    text = f"合并后 {problem.where} 会有问题：{problem.text}"
    named = [edit for edit in edits if any(f"“{name}”" in problem.text for name in (edit.old, edit.new))]
    culprit = named[0] if named else edits[0] if len(edits) == 1 else None
    if culprit:
        return Problem(culprit.cell.where, problem.rule, f"{culprit.cell.name}“{culprit.heading}”：{text}")
    return Problem(Location(book), problem.rule, text)


def _likeness(problem: Problem, edit: Edit) -> tuple[bool, bool, bool]:
    """Say how much speaks for one of several edits of a record: its text there, its key named last, its key named."""
    words = re.findall(r"[a-z]+", problem.text)
    return (
        bool(edit.new) and edit.new in problem.text,
        bool(words) and words[-1] == edit.change.key,
        edit.change.key in words,
    )
