"""DOCX: a document set by GB/T 9704-2012 (党政机关公文格式), the same bytes for the same blocks.

What it says is the outline's business. The form is in document/: the parts that all
documents share as they are, and strict, escaping templates for those that differ. They
are written directly, because no library has calls for what the standard asks for: the
grid of 22 lines of 28 characters, fonts with fallbacks, page numbers on the outer side.
"""

from __future__ import annotations

import functools
import io
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from ..once import Once
from .package import add, read_forms, read_part

if TYPE_CHECKING:
    import jinja2
    from jinja2.runtime import Macro

PARTS: Final = Path(__file__).parent / "document"
TEXT_WIDTH: Final = 156
"""Millimetres; left and right of it the page has 28 and 26."""
_TWIPS: Final = 1440 / 25.4
"""In a millimetre."""
_FIXED: Final = (
    ("[Content_Types].xml", "content_types.xml"),
    ("_rels/.rels", "package_rels.xml"),
    ("word/_rels/document.xml.rels", "document_rels.xml"),
    ("word/styles.xml", "styles.xml"),
    ("word/settings.xml", "settings.xml"),
    ("word/fontTable.xml", "fonts.xml"),
    ("word/footer1.xml", "footer_odd.xml"),
    ("word/footer2.xml", "footer_even.xml"),
)
"""Name in the document → file in document/; readers look for the types first."""
_SHORT: Final = 22
"""Lines of a row, more than half a page; one with more may break across pages."""
_CHARACTER: Final = 210
"""Twips that a character of a table takes."""
_MARGINS: Final = 216
"""Twips that both margins of a cell take."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph or heading."""

    style: str
    """The id of a style in styles.xml."""
    text: str
    lead: str = ""
    """Stands before the text, in bold."""
    is_table: ClassVar = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its heading and how wide it is."""

    heading: str
    width: float
    """Millimetres; those of a table make up `TEXT_WIDTH`."""
    style: str = "TableText"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: a paragraph for each line."""

    lines: tuple[str, ...]
    width: int
    """Twips."""
    style: str
    span: int = 1
    """Over how many columns it goes."""

    @property
    def height(self) -> int:
        """How many lines it takes on paper, about."""
        fitting = max((self.width - _MARGINS) // _CHARACTER, 1)
        return sum(-(-len(line) // fitting) or 1 for line in self.lines)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table; rows that several documents hold are rendered once."""

    cells: tuple[Cell, ...]
    is_head: bool = False
    """Whether it is repeated on each page."""
    keeps: bool = False
    """Whether it stays on one page with the next."""

    @property
    def is_short(self) -> bool:
        """Whether it may be kept from breaking across pages."""
        return all(cell.height <= _SHORT for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a head that is repeated."""

    caption: str
    """For readers who do not see it."""
    columns: tuple[Column, ...]
    body: tuple[Row, ...]
    is_table: ClassVar = True

    @property
    def widths(self) -> tuple[int, ...]:
        """How wide each column is, in twips."""
        return tuple(map(_twips, self.columns))

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows with the head."""
        return (_head(self.columns), *self.body)


Block = Paragraph | Table


@functools.cache
def _head(columns: tuple[Column, ...]) -> Row:
    cells = tuple(Cell((column.heading,), _twips(column), "TableHead") for column in columns)
    return Row(cells, is_head=True, keeps=True)


def row(columns: tuple[Column, ...], *texts: tuple[str, ...], keeps: bool = False) -> Row:
    """Return a row with the lines of each cell; an empty cell keeps its place."""
    cells = zip(columns, texts, strict=True)
    return Row(tuple(Cell(lines or ("",), _twips(column), column.style) for column, lines in cells), keeps=keeps)


def wide_row(columns: tuple[Column, ...], style: str, *lines: str, keeps: bool = False) -> Row:
    """Return a row of one cell over all columns."""
    return Row((Cell(lines, sum(map(_twips, columns)), style, len(columns)),), keeps=keeps)


def _twips(column: Column) -> int:
    return round(column.width * _TWIPS)


class Press:
    """Turns blocks into documents, each shared row only once."""

    def __init__(self) -> None:
        self._texts = Once()

    def document(self, title: str, blocks: tuple[Block, ...], issued_on: str) -> bytes:
        """Return a document; dated by the plan (ISO date), not by the clock."""
        templates = _read_document_forms()
        text = templates["document"].render(blocks=blocks, once=self._once)
        core = templates["core"].render(title=title, issued_on=issued_on)
        buffer = io.BytesIO(_fixed_parts())
        buffer.seek(0, io.SEEK_END)
        with zipfile.ZipFile(buffer, "a") as package:
            add(package, "docProps/core.xml", core.encode())
            add(package, "word/document.xml", text.encode())
        return buffer.getvalue()

    def _once(self, macro: Macro, record: Row | Paragraph) -> str:
        return self._texts((macro.name, record), lambda: macro(record))


@functools.cache
def _read_document_forms() -> dict[str, jinja2.Template]:
    return read_forms(PARTS)


@functools.cache
def _fixed_parts() -> bytes:
    """Return a package with what all documents share, so that it is compressed once."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, content in read_parts():
            add(package, name, content)
    return buffer.getvalue()


def read_parts() -> list[tuple[str, bytes]]:
    """Read the parts that all documents share, as (name in the document, content)."""
    return [(name, read_part(PARTS, file)) for name, file in _FIXED]
