"""Edits written into YAML text: only the characters of the edited value change.

ruamel.yaml says where each value begins and ends and how a new one is quoted; the text
around it, with its comments, blank lines and quotation marks, is never written anew.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.editing.cells import Value
    from generator.editing.tables import Path

_NO_WRAP: Final = 10**9


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A key of a record that gets another value."""

    path: Path
    """Of the record."""
    key: str
    value: Value | None
    """None takes the key away."""
    order: tuple[str, ...]
    """The record's keys in the order in which they are written."""


class LayoutError(ValueError):
    """A change cannot be written without touching something that is not the clerk's to lose."""

    def __init__(self, change: Change) -> None:
        super().__init__(f"{change.path}: {change.key}")
        self.change = change


def edited(text: str, changes: Iterable[Change]) -> str:
    """Return the text with the changes made; raises LayoutError where a comment would be lost."""
    root = _compose(text)
    replacing: list[Change] = []
    restructuring: list[Change] = []
    for change in changes:
        present = _value(_record(root, change.path), change.key) is not None
        (replacing if present and change.value is not None else restructuring).append(change)
    spans = [(*_replacement(text, root, change), change) for change in replacing]
    for start, end, new, change in sorted(spans, key=lambda span: span[0], reverse=True):
        text = _spliced(text, start, end, new, change)
    # These move what stands behind them in the same record, so each looks anew.
    for change in restructuring:
        record = _record(_compose(text), change.path)
        splice = _removal(text, record, change.key) if change.value is None else _addition(text, record, change)
        text = _spliced(text, *splice, change)
    return text


def _compose(text: str) -> Node:
    node: Node = YAML(typ="rt").compose(text)
    return node


def _record(node: Node, path: Path) -> MappingNode:
    for step in path:
        if isinstance(step, int):
            node = node.value[step]
        else:
            node = next(value for key, value in node.value if key.value == step)
    return cast("MappingNode", node)


def _value(record: MappingNode, key: str) -> Node | None:
    return next((value for name, value in record.value if name.value == key), None)


def _replacement(text: str, root: Node, change: Change) -> tuple[int, int, str]:
    """Return (start, end, new text) of a value that takes the place of another."""
    record = _record(root, change.path)
    name, old = next((name, value) for name, value in record.value if name.value == change.key)
    quote = old.style if isinstance(old, ScalarNode) and isinstance(change.value, str) else None
    new = _written(change.value, quote if quote in {'"', "'"} else None)
    if isinstance(old, ScalarNode) and not old.value and old.start_mark.index == old.end_mark.index:
        # A key without a value, as `note:`; its mark may lie on another line.
        return _colon(text, name), _colon(text, name), f" {new}"
    if _is_block(old):
        return _colon(text, name), _end(old), f" {new}"
    return old.start_mark.index, old.end_mark.index, new


def _addition(text: str, record: MappingNode, change: Change) -> tuple[int, int, str]:
    """Put a new key behind the last one that is written before it and ends where it seems to end."""
    pair = f"{change.key}: {_written(change.value)}"
    earlier = change.order[: change.order.index(change.key)]
    before = [value for name, value in record.value if name.value in earlier and not _is_block(value)]
    indent = " " * record.value[0][0].start_mark.column
    if not before:
        start = record.value[0][0].start_mark.index
        return start, start, f"{pair}, " if record.flow_style else f"{pair}\n{indent}"
    end = before[-1].end_mark.index
    if record.flow_style:
        return end, end, f", {pair}"
    end = _line_end(text, end)
    return end, end, f"\n{indent}{pair}"


def _removal(text: str, record: MappingNode, key: str) -> tuple[int, int, str]:
    place = next(place for place, (name, _) in enumerate(record.value) if name.value == key)
    name, value = record.value[place]
    following = record.value[place + 1][0].start_mark.index if place + 1 < len(record.value) else None
    if record.flow_style:
        if following is not None:
            return name.start_mark.index, following, ""
        return (_end(record.value[place - 1][1]) if place else name.start_mark.index), _end(value), ""
    if not text[_line_start(text, name.start_mark.index) : name.start_mark.index].isspace():
        # It stands behind the dash of a list.
        return name.start_mark.index, following or _end(value), ""
    return _line_start(text, name.start_mark.index) - 1, _line_end(text, _end(value)), ""


def _spliced(text: str, start: int, end: int, new: str, change: Change) -> str:
    # What goes may hold no comment: it would be lost without a word.
    if "#" in text[start:end] and _comments(text) != _comments(text[:start] + new + text[end:]):
        raise LayoutError(change)
    return text[:start] + new + text[end:]


def _comments(text: str) -> list[str]:
    """Return every comment, told from a # inside a text by the scanner."""
    tokens = YAML(typ="rt").scan(text)
    values = [token for token in tokens if hasattr(token, "value") and isinstance(token.value, str)]
    covered = sorted((token.start_mark.index, token.end_mark.index) for token in values)
    found, position = [], 0
    for start, end in [*covered, (len(text), len(text))]:
        between = text[position:start]
        found += [line.partition("#")[2].strip() for line in between.split("\n") if "#" in line]
        position = max(position, end)
    return found


def _is_block(node: Node) -> bool:
    """Say whether a node is written over lines of its own, so that its end mark lies behind it."""
    if isinstance(node, ScalarNode):
        return node.style in {"|", ">"}
    return isinstance(node, SequenceNode | MappingNode) and not node.flow_style


def _end(node: Node) -> int:
    """Return where the last character of a node ends."""
    if isinstance(node, SequenceNode) and _is_block(node) and node.value:
        return _end(node.value[-1])
    if isinstance(node, MappingNode) and _is_block(node) and node.value:
        return _end(node.value[-1][1])
    end: int = node.end_mark.index
    return end


def _colon(text: str, name: ScalarNode) -> int:
    """Return the place behind the colon that follows a key."""
    return text.index(":", name.end_mark.index) + 1


def _line_start(text: str, index: int) -> int:
    return text.rfind("\n", 0, index) + 1


def _line_end(text: str, index: int) -> int:
    end = text.find("\n", index)
    return len(text) if end < 0 else end


def _written(value: Value | None, quote: str | None = None) -> str:
    """Write a value on one line, so that it may stand in a list in brackets as well."""
    yaml = YAML(typ="safe", pure=True)
    settings = {"width": _NO_WRAP, "default_flow_style": True, "sort_base_mapping_type_on_output": False}
    for name, setting in {**settings, "default_style": quote}.items():
        setattr(yaml, name, setting)
    stream = io.StringIO()
    yaml.dump([value], stream)
    return stream.getvalue().strip()[1:-1]
