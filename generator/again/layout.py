"""The files of a plan with the parts of a corrected text in their places: what did not move stays as it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from ..editing.yaml_text import Splice, find_pair, line_start, node_at, pair_end, spliced
from .held import Box, Held
from .pieces import finish, in_lines, indented, items_of, outdented, root_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from yaml.nodes import MappingNode, SequenceNode

    from .held import Text
    from .weave import Weave, Woven

_INDENT: Final = 2


def laid_out(texts: Mapping[str, str], mine: Text, weave: Weave, fresh: Callable[[Woven], str]) -> dict[str, str]:
    """Return the files with each part where it stands now, without those that no part is left of.

    `texts` have the parts as they stood, their own words and readings changed already; `fresh` writes a new part
    as an item of a list.
    """
    made = _Layout(texts, mine, weave, fresh)
    top = made.file_text("plan.yaml", mine.top)
    return {**made.files, "plan.yaml": top}


class _Layout:
    def __init__(self, texts: Mapping[str, str], mine: Text, weave: Weave, fresh: Callable[[Woven], str]) -> None:
        self._texts = texts
        self._fresh = fresh
        self.files: dict[str, str] = {}
        self._entries: dict[Box, list[Woven | Box]] = {}
        self._ranges: dict[Box, tuple[list[tuple[int, int]], int]] = {}
        """Where the items of a list stand, and the column of their dashes."""
        self._below: dict[Woven | None, list[Woven]] = {}
        for woven in weave.parts:
            self._below.setdefault(woven.parent, []).append(woven)
        self._assign(None, None, mine.top)
        for woven in weave.parts:
            if woven.held:
                self._assign(woven, woven.held, woven.held.children)

    def _assign(self, above: Woven | None, owner: Held | None, box: Box | None) -> None:
        """Say which list each part below another stands in: where it stood, else where the one before it does."""
        children = self._below.get(above, [])
        own = [child.held.box if child.held and child.held.box.owner is owner else None for child in children]
        first = next((one for one in own if one), box)
        for child, known in zip(children, own, strict=True):
            first = known or first
            if first is None and owner:
                first = owner.children = Box(owner.file, owner.path, owner)
            if first is None:
                continue
            self._entries.setdefault(first, []).append(child)
            inner = first
            while inner.inside:
                entries = self._entries.setdefault(inner.inside, [])
                if inner not in entries:
                    entries.append(inner)
                inner = inner.inside

    def _is_moved(self, box: Box) -> bool:
        """Say whether a list has other parts than it had, or in another order, at any depth."""
        now = [entry.held if not isinstance(entry, Box) else entry for entry in self._entries.get(box, [])]
        if now != box.items:
            return True
        return any(
            self._is_moved(entry)
            if isinstance(entry, Box)
            else bool(entry.held and entry.held.children and self._is_moved(entry.held.children))
            for entry in self._entries.get(box, [])
        )

    def file_text(self, file: str, box: Box | None) -> str:
        """Return a file whose root has a list of parts."""
        text = self._texts[file]
        if box is None:
            return text
        if not self._is_moved(box):
            self._visit(box)
            return text
        return self._with_list(text, (), box)

    def _visit(self, box: Box) -> None:
        """Note the files below a list that stays."""
        for entry in self._entries.get(box, []):
            inner = entry if isinstance(entry, Box) else entry.held.children if entry.held else None
            file = entry.file if isinstance(entry, Box) else entry.held.file if entry.held else box.file
            if file != box.file:
                self.files[file] = self.file_text(file, inner)
            elif inner:
                self._visit(inner)

    def _with_list(self, text: str, path: tuple[str | int, ...], box: Box) -> str:
        """Return a text, with the record at a path whose parts are written anew."""
        text = in_lines(text, path)
        holder = node_at(root_of(text), path)
        column = holder.value[0][0].start_mark.column
        pair = find_pair(holder, "parts")
        entries = self._entries.get(box, [])
        if pair:
            start = line_start(text, pair[0].start_mark.index)
            ranges = items_of(text, holder, "parts")
            end = ranges[-1][1] if ranges else finish(text, pair[0].end_mark.index, column) + 1
            inner = cast("SequenceNode", pair[1]).start_mark.column if ranges else column + _INDENT
            is_apart = any(text[a:b].startswith("\n") for a, b in ranges[1:])
        else:
            start = end = finish(text, pair_end(text, holder.value[-1]), column) + 1
            inner, is_apart = column + _INDENT, False
        pieces = [self._entry(entry) for entry in entries]
        if is_apart:
            pieces = [piece if not at else "\n" + piece.lstrip("\n") for at, piece in enumerate(pieces)]
        pieces = [pieces[0].lstrip("\n"), *pieces[1:]] if pieces else []
        new = "".join([f"{' ' * column}parts:\n", *(indented(piece, inner) for piece in pieces)]) if pieces else ""
        if start > len(text) or not text[:start].endswith("\n"):
            text, start, end = text + "\n", len(text) + 1, len(text) + 1
        return spliced(text, [Splice(start, min(end, len(text)), new)])

    def _entry(self, entry: Woven | Box) -> str:
        """Return what stands for a part, or for a record that gathers parts, as an item of a list."""
        if isinstance(entry, Box):
            raw = self._raw(cast("Box", entry.inside), entry)
            if entry.file != cast("Box", entry.inside).file:
                self.files[entry.file] = self.file_text(entry.file, entry)
                return raw
            return self._rewritten(raw, entry)
        if entry.held is None:
            piece = self._fresh(entry)
            below = "".join(indented(self._entry(child), 2 * _INDENT) for child in self._below.get(entry, []))
            return f"{piece}{' ' * _INDENT}parts:\n{below}" if below else piece
        held = entry.held
        raw = self._raw(held.box, held)
        if held.file != held.box.file:
            self.files[held.file] = self.file_text(held.file, held.children)
            return raw
        if held.children and self._is_moved(held.children):
            return self._rewritten(raw, held.children)
        if held.children:
            self._visit(held.children)
        return raw

    def _rewritten(self, raw: str, box: Box) -> str:
        """Return an item whose own list of parts is written anew."""
        head = "x:\n"
        new = self._with_list(head + indented(raw, _INDENT), ("x", 0), box)
        return outdented(new.removeprefix(head), _INDENT)

    def _raw(self, box: Box, item: Held | Box) -> str:
        """Return an item as it is written, at the left margin."""
        text = self._texts[box.file]
        if box not in self._ranges:
            holder: MappingNode = node_at(root_of(text), box.path)
            pair = find_pair(holder, "parts")
            column = cast("SequenceNode", pair[1]).start_mark.column if pair else 0
            self._ranges[box] = items_of(text, holder, "parts"), column
        ranges, column = self._ranges[box]
        start, end = ranges[box.items.index(item)]
        return outdented(text[start:end], column).rstrip("\n") + "\n"
