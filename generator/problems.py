"""What is wrong in the data, as values: where it stands, which rule found it, what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

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
    """Chinese: what is wrong and what to do about it, on one line of sane length."""

    def __post_init__(self) -> None:
        """Keep what a file smuggles into a message from taking over the terminal."""
        shown = "".join(char if char.isprintable() else "□" for char in self.text[:_LONGEST])
        object.__setattr__(self, "text", shown + ("…" if len(self.text) > _LONGEST else ""))

    def __str__(self) -> str:
        return f"{self.where}: error: {self.text} ({self.rule})"


class PlanError(Exception):
    """The data cannot be used; `problems` says why, sorted by place, each once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))
