"""What the readers of all formats give: paragraphs and tables in printed order, with what had to be decided."""

from __future__ import annotations

from dataclasses import dataclass, field

from ...problems import UNREADABLE, Location, PlanError, Problem


@dataclass(frozen=True, slots=True, order=True)
class Note:
    """One decision that a format forced, for a person to look at."""

    line: int
    """Of the text; counts from 1."""
    words: str
    """Chinese: what was done, with the words that were left out."""


@dataclass(frozen=True, slots=True)
class OfficialText:
    """A text in lines, and what had to be decided to get it."""

    text: str
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; a line break inside it is one that is printed."""

    text: str
    notes: tuple[str, ...] = ()
    is_contents: bool = False
    """Whether it belongs to a table of contents."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table, which may reach over several rows and columns."""

    text: str
    top: int
    left: int
    down: int = 1
    across: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table as a grid: a place that a merged cell reaches over holds that cell."""

    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()


Block = Paragraph | Table


@dataclass(slots=True)
class Document:
    """What a reader found in a file."""

    blocks: list[Block] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    """What is to be said of the whole of it."""
    fault: str = ""
    """Why it holds no words, where that can be told."""


MOST_PLACES = 400_000
"""Places of all tables of a file together; a table that is larger is no plan."""


def grid(cells: list[list[Cell]], width: int) -> tuple[tuple[Cell, ...], ...]:
    """Lay out cells, by row as they are written, at the places that they reach over."""
    places: dict[tuple[int, int], Cell] = {}
    for row in cells:
        for cell in row:
            for top in range(cell.top, min(cell.top + cell.down, len(cells))):
                for left in range(cell.left, min(cell.left + cell.across, width)):
                    places.setdefault((top, left), cell)
    return tuple(
        tuple(places.get((top, left)) or Cell("", top, left) for left in range(width)) for top in range(len(cells))
    )


def refused(shown: str, reason: str) -> PlanError:
    """Return the error that says why a file cannot be read, and what to do instead."""
    return PlanError([Problem(Location(shown), UNREADABLE, reason)])


def listed(words: list[str], most: int = 12) -> str:
    """Return words in quotation marks, each once; of very many only the first."""
    each = list(dict.fromkeys(one.replace("\n", " ").strip() for one in words if one.strip()))
    more = f"等 {len(each)} 处" if len(each) > most else ""
    return "、".join(f"“{one}”" for one in each[:most]) + more
