"""What is wrong in the data, as values: where it stands, which rule found it, what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from .characters import shown

if TYPE_CHECKING:
    from collections.abc import Iterable

UNREADABLE: Final = "file-unreadable"
"""The rule id of a file that is there but cannot be read."""
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


class PlanError(Exception):
    """The data cannot be used; `problems` says why, sorted by place, each once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems that stop a build, without the warnings."""
    return [problem for problem in problems if problem.level == "error"]
