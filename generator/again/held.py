"""The parts of a plan as its files hold them: in which list each stands, and on which lines of the text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ..editing.yaml_text import read_back

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..editing.tables import Path

Tree = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A paragraph of a part, on a line of the text."""

    held: Held
    line: int
    """Counts from 0."""
    column: int
    sentences: tuple[str, ...]

    @property
    def text(self) -> str:
        """Its words."""
        return "".join(self.sentences)


@dataclass(slots=True, eq=False)
class Box:
    """A list of parts in a file: of a part, or of a record that only gathers parts."""

    file: str
    path: Path
    """Of the record that has the list."""
    owner: Held | None
    """The part below which its parts stand."""
    items: list[Held | Box] = field(default_factory=list)
    """In their order; a box stands for a record that gathers, or for a file that does."""
    inside: Box | None = None
    """The list in which its record stands, if it has no owner there."""


@dataclass(slots=True, eq=False)
class Held:
    """A part, as a record of a file."""

    file: str
    path: Path
    record: Tree
    """All values as texts."""
    parent: Held | None
    box: Box
    """The list in which it stands, or the record that names its file."""
    stretches: list[Stretch] = field(default_factory=list)
    children: Box | None = None

    @property
    def kind(self) -> str:
        """What it is."""
        return str(self.record["kind"])

    @property
    def sentences(self) -> list[str]:
        """Its words."""
        return [sentence for stretch in self.stretches for sentence in stretch.sentences]

    def own(self) -> Tree:
        """Return what it says by itself, without the parts below it."""
        return {key: value for key, value in self.record.items() if key != "parts"}


@dataclass(slots=True)
class Text:
    """The parts of one plan, in printed order."""

    main: Tree
    """What plan.yaml says."""
    top: Box
    parts: list[Held]
    _lines: dict[int, list[Stretch]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Note what stands on which line."""
        for part in self.parts:
            for stretch in part.stretches:
                self._lines.setdefault(stretch.line, []).append(stretch)

    @property
    def lines(self) -> list[int]:
        """The lines with words, in their order."""
        return sorted(self._lines)

    def at(self, line: int, column: int = 0) -> Held | None:
        """Return the part to which a place of the text belongs."""
        found = None
        for stretch in self.on_line(line):
            if found is None or stretch.column <= column:
                found = stretch.held
        return found

    def on_line(self, line: int) -> list[Stretch]:
        """Return what stands on a line."""
        return self._lines.get(line, [])


def text_of(files: Mapping[str, str]) -> Text:
    """Return the parts that the files of a plan hold; `files` by name, as plan.yaml names them."""
    trees: dict[str, Any] = {name: read_back(text) for name, text in files.items() if name.endswith(".yaml")}
    top = Box("plan.yaml", (), None)
    parts = list(_walk(trees, top, trees["plan.yaml"].get("parts", []), None))
    _place(parts)
    return Text(trees["plan.yaml"], top, parts)


def _walk(trees: Mapping[str, Any], box: Box, rows: list[Tree], above: Held | None) -> Iterator[Held]:
    for at, row in enumerate(rows):
        file, path, record = box.file, (*box.path, "parts", at), row
        while "file" in record:
            file, path, record = record["file"], (), trees[record["file"]]
        if "kind" in record:
            held = Held(file, path, record, above, box)
            box.items.append(held)
            yield held
            if "parts" in record:
                held.children = Box(file, path, held)
                yield from _walk(trees, held.children, record["parts"], held)
        else:
            inner = Box(file, path, above, inside=box)
            box.items.append(inner)
            yield from _walk(trees, inner, record.get("parts", []), above)


def _place(parts: list[Held]) -> None:
    """Say on which line each paragraph stands, as `text.lines` gives the text back."""
    number, column = -1, 0
    for part in parts:
        is_joined = part.record.get("begins") == "same_line"
        for place, paragraph in enumerate(paragraphs(part.record["text"])):
            if place or not is_joined or number < 0:
                number, column = number + 1 + (0 if place else int(part.record.get("blank_lines", 0))), 0
            if paragraph:
                part.stretches.append(Stretch(part, number, column, tuple(paragraph)))
                column += sum(map(len, paragraph))


def paragraphs(text: str) -> list[list[str]]:
    """Return the paragraphs of a text in sentences, as the loader cuts them; blank lines are paragraphs without."""
    found: list[list[str]] = [[]]
    for line in text.rstrip("\n").split("\n"):
        if line:
            found[-1].append(line)
        else:
            found.append([])
    return found
