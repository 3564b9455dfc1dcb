"""Which steps of a workbook the data can take: the whole must pass every check, whatever is left out of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ..data.load import read_data
from ..problems import Problem, errors
from ..rules import check
from .blame import at_cells
from .composing import Composed, Composer, UnwritableError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from .steps import Edit

_MOST_RETRIED: Final = 12
"""Records: beyond that, what is blamed at first sight is left out untried."""


@dataclass(frozen=True, slots=True)
class Taken:
    """The steps that the data takes, and why not the others."""

    edits: tuple[Edit, ...]
    texts: Mapping[str, str]
    problems: tuple[Problem, ...]


class Trial:
    """Tries steps on the data, without writing."""

    def __init__(self, root: Path, shown: str, book: str, texts: Mapping[str, str]) -> None:
        self._root, self._shown, self._book = root, shown, book
        self._composer = Composer(texts)

    def read_taken(self, edits: Sequence[Edit], *, is_sound: bool) -> Taken:
        """Return the steps that can be taken together; `is_sound` says that the data has no fault by itself.

        Data that was merged by half may have one, which the rest of the same workbook
        mends; then it takes all steps or none.
        """
        kept, problems = self._writable(list(edits))
        if not is_sound or not kept:
            return Taken(tuple(kept), self._composer.composed(kept).texts, tuple(problems))
        found = self._read_found(kept)
        unwritable = list(problems)
        while found and (blamed := {edit for _, edit in found if edit}):
            problems += [problem for problem, _ in found]
            kept = _without(kept, blamed)
            found = self._read_found(kept) if kept else []
        if len(problems) > len(unwritable) or found:
            # What was left out may have been blamed for another's fault; or nobody was to blame at first sight.
            sound = [] if found else kept
            groups = _groups([edit for edit in self._writable(list(edits))[0] if edit not in sound])
            if found or len(groups) <= _MOST_RETRIED:
                problems = unwritable
                kept = self._read_added(sound, groups, problems)
        kept = [edit for edit in edits if edit in kept]
        return Taken(tuple(kept), self._composer.composed(kept).texts, tuple(problems))

    def _read_added(self, kept: list[Edit], groups: list[list[Edit]], problems: list[Problem]) -> list[Edit]:
        """Add what can be added to steps that are sound, halving what cannot."""
        if not groups:
            return kept
        more = [edit for group in groups for edit in group]
        together = [*kept, *more]
        found = self._read_found(together)
        if not found:
            return together
        if len(groups) > 1:
            half = len(groups) // 2
            kept = self._read_added(kept, groups[:half], problems)
            return self._read_added(kept, groups[half:], problems)
        if len(more) > 1 and not any(edit.parent for edit in more):
            singly = len(problems)
            after = self._read_added(kept, [[edit] for edit in more], problems)
            if len(after) > len(kept) or len(problems) > singly:
                return after
        problems += [_at(problem, edit, more) for problem, edit in found]
        return kept

    def _writable(self, edits: list[Edit]) -> tuple[list[Edit], list[Problem]]:
        """Return the steps that the layout of the files lets be written, and what is in the way of the others."""
        problems: list[Problem] = []
        while True:
            try:
                self._composer.composed(edits)
            except UnwritableError as error:
                edit = error.edit
                edits = _without(edits, {edit})
                place = f"{self._shown}/{edit.file} 第 {edit.line} 行起的一条"
                text = f"{edit.cell.name}“{edit.heading}”在 YAML 里连着注释或写法特殊，自动改会弄丢：请直接改 {place}"
                problems.append(Problem(edit.cell.where, "workbook-cell", text))
            else:
                return edits, problems

    def _read_found(self, edits: list[Edit]) -> list[tuple[Problem, Edit | None]]:
        """Return the problems that the data has with these steps, each with the step that it comes from."""
        composed: Composed = self._composer.composed(edits)
        data, problems = read_data(self._root, self._shown, composed.texts)
        left = sorted({*errors(problems), *check(data)})
        return list(at_cells(left, composed, edits, self._shown, self._book))


def _without(edits: list[Edit], dropped: set[Edit]) -> list[Edit]:
    """Return the steps without some, and without what would be written as a part of those."""
    return [edit for edit in edits if edit not in dropped and edit.parent not in dropped]


def _groups(edits: list[Edit]) -> list[list[Edit]]:
    """Return steps by record: they may need each other."""
    groups: dict[object, list[Edit]] = {}
    for edit in edits:
        first = edit.parent or edit
        key = (first.file, first.ops[0][1].path) if first.kind == "changed" else first
        groups.setdefault(key, []).append(edit)
    return list(groups.values())


def _at(problem: Problem, edit: Edit | None, tried: list[Edit]) -> Problem:
    """Return a problem at a step that was tried, if it was told elsewhere."""
    if edit in tried:
        return problem
    cell, heading = tried[0].cell, tried[0].heading
    return Problem(cell.where, problem.rule, f"{cell.name}“{heading}”：{problem.text}")
