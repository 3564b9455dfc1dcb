"""Which step of a workbook a problem of the data comes from, and at which cell it is told."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..data.nodes import Mapping as MappingNode
from ..data.nodes import Node, Sequence, parse_nodes
from ..problems import Location, PlanError, Problem
from .tables import TABLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Sequence as ListOf

    from .composing import Composed
    from .returned import ReadCell
    from .steps import Edit
    from .tables import Path

_Place = tuple["Edit", "str | None"]
"""A step, and the key whose value a place lies in."""


def at_cells(
    problems: Iterable[Problem], composed: Composed, edits: ListOf[Edit], shown: str, book: str
) -> Iterator[tuple[Problem, Edit | None]]:
    """Yield each problem of the edited data at the cell that brought it, and the step; None where none is known.

    `shown` and `book` are how problems name the data and the workbook.
    """
    places: dict[Location, list[_Place]] = {}
    for where, edit, key in _places(shown, composed):
        places.setdefault(where, []).append((edit, key))
    for problem in problems:
        yield _at_cell(problem, places.get(problem.where, []), edits, book)


def _places(shown: str, composed: Composed) -> Iterator[tuple[Location, Edit, str | None]]:
    """Yield where each step stands in the new text: its record first, then its values, which tell more."""
    roots: dict[str, Node] = {}
    for name, text in composed.texts.items():
        try:
            roots[name] = parse_nodes(text, f"{shown}/{name}")
        except PlanError:
            continue
    found = [(edit, record) for edit, name, path in composed.places if (record := _node(roots.get(name), path))]
    for edit, record in found:
        yield record.where, edit, None
    for edit, record in found:
        for key, value in record.entries if isinstance(record, MappingNode) else ():
            if key.text in _keys(edit):
                yield from ((where, edit, key.text) for where in _inside(value))


def _keys(edit: Edit) -> set[str]:
    """Return the keys that a step brings."""
    return {"id", *edit.cells} if edit.kind == "added" else {getattr(op, "key", "") for _, op in edit.ops}


def _inside(node: Node) -> Iterator[Location]:
    """Yield where a node and everything that it holds stands."""
    yield node.where
    held = node.items if isinstance(node, Sequence) else ()
    if isinstance(node, MappingNode):
        held = tuple(value for _, value in node.entries)
    for inner in held:
        yield from _inside(inner)


def _node(node: Node | None, path: Path) -> Node | None:
    for step in path:
        if isinstance(step, int) and isinstance(node, Sequence):
            node = node.items[step]
        elif isinstance(node, MappingNode):
            node = next((value for key, value in node.entries if key.text == step), None)
    return node


def _at_cell(problem: Problem, here: list[_Place], edits: ListOf[Edit], book: str) -> tuple[Problem, Edit | None]:
    if here:
        edit, key = max(here, key=lambda place: _likeness(problem, *place))
        cell, heading = _cell(edit, key, problem)
        text = TABLE[edit.table].worded(problem.text)
        return Problem(cell.where, problem.rule, f"{cell.name}“{heading}”：{text}"), edit
    # A cell that broke something elsewhere, such as a name that other files use.
    text = f"合并后 {problem.where} 会有问题：{_without_guess(problem)}"
    named = [edit for edit in edits if any(f"“{name}”" in problem.text for name in (edit.old, edit.new))]
    culprit = named[0] if named else edits[0] if len(edits) == 1 else None
    if culprit:
        found = Problem(culprit.cell.where, problem.rule, f"{culprit.cell.name}“{culprit.heading}”：{text}")
        return found, culprit
    return Problem(Location(book), problem.rule, text), None


def _without_guess(problem: Problem) -> str:
    """Leave out what a rule guesses for the one who writes YAML: here the name itself went away."""
    return re.sub("是否应为“[^”]*”？", "", problem.text)


def _cell(edit: Edit, key: str | None, problem: Problem) -> tuple[ReadCell, str]:
    """Return the cell of a step that a problem is about; an added row has many."""
    words = [*re.findall(r"[a-z_]+", problem.text), ""]
    for name in (key, words[-2] if len(words) > 1 else None):
        if name and name in edit.cells:
            return edit.cells[name]
    named = [(cell, heading) for cell, heading in edit.cells.values() if cell.text and f"“{cell.text}”" in problem.text]
    return named[0] if named else (edit.cell, edit.heading)


def _likeness(problem: Problem, edit: Edit, key: str | None) -> tuple[bool, bool, bool, bool]:
    """Say how much speaks for one of several steps of a record: its text there, its key named last, its key named."""
    words = re.findall(r"[a-z_]+", problem.text)
    keys = _keys(edit)
    return (
        edit.kind == "changed" and bool(edit.new) and edit.new in problem.text,
        bool(words) and words[-1] in keys,
        bool(keys & set(words)),
        key is not None,
    )
