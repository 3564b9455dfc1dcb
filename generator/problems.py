"""What is wrong in the data, as values: where it stands, which rule found it, what to do."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, Literal

from .characters import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

UNREADABLE: Final = "file-unreadable"
"""The rule id of a file that is there but cannot be read."""
MOST: Final = 100
"""Problems of one rule in one file: nobody mends more at once, and a file made to hurt could hold millions."""
_LONGEST: Final = 400
"""Characters of a message."""


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a file that an editor can jump to."""

    path: str
    line: int = 1
    """Counts from 1."""
    column: int = 1
    """Counts from 1, in characters."""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing an editor must mend."""

    where: Location
    rule: str
    text: str
    """Chinese: what is wrong and what to do about it."""
    level: Literal["error", "warning"] = "error"
    """A warning stops nothing: what it names was passed over."""

    @property
    def message(self) -> str:
        """The text on one line of sane length, without what a file might smuggle into a terminal."""
        return shown(self.text[:_LONGEST]) + ("…" if len(self.text) > _LONGEST else "")

    def __str__(self) -> str:
        return f"{shown(str(self.where))}: {self.level}: {self.message} ({self.rule})"


@dataclass(slots=True)
class Problems:
    """Gathers problems: the first of each rule in each file, and how many more there are."""

    _counts: dict[tuple[str, str, str], int] = field(default_factory=dict)
    _kept: list[Problem] = field(default_factory=list)
    _first_left: dict[tuple[str, str, str], Problem] = field(default_factory=dict)

    def append(self, problem: Problem) -> None:
        """Keep a problem, or count it."""
        kind = (problem.where.path, problem.rule, problem.level)
        self._counts[kind] = self._counts.get(kind, 0) + 1
        if self._counts[kind] <= MOST:
            self._kept.append(problem)
        else:
            self._first_left.setdefault(kind, problem)

    def extend(self, problems: Iterable[Problem]) -> None:
        """Keep or count problems that something else found."""
        for problem in problems:
            self.append(problem)

    def __iter__(self) -> Iterator[Problem]:
        """Yield what was kept, and for the rest a line each, at the place of the first that was not."""
        yield from self._kept
        for kind, problem in self._first_left.items():
            text = f"这个文件里同类问题还有 {self._counts[kind] - MOST:,} 处，不再逐一列出：请先改正前面的"
            yield replace(problem, text=text)


class PlanError(Exception):
    """The data cannot be used; `problems` says why, sorted by place, each once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems that stop a build, without the warnings."""
    return [problem for problem in problems if problem.level == "error"]
