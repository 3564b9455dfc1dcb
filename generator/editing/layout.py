"""Edits written into YAML text: only the characters of the edited value change.

ruamel.yaml says where each value begins and ends and how a new one is quoted; the text
around it, with its comments, blank lines and quotation marks, is never written anew.
What comes out is read back and held against what was asked for, so an odd layout is
refused and never written wrongly.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, cast

import yaml
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from generator.nodes import Mapping, Scalar, Sequence, parse_nodes
from generator.problems import PlanError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from generator import nodes
    from generator.editing.cells import Value
    from generator.editing.tables import Path

_NO_WRAP: Final = 10**9
_BLOCKS: Final = frozenset("|>")
_TEXT_TAG: Final = "tag:yaml.org,2002:str"


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


@dataclass(frozen=True, slots=True, order=True)
class _Splice:
    """A stretch of the text and what takes its place."""

    start: int
    end: int
    new: str


def edited(text: str, changes: Iterable[Change]) -> str:
    """Return the text with the changes made; raises LayoutError where a comment would be lost."""
    waiting = list(changes)
    while waiting:
        now, waiting = _one_round(_compose(text, waiting), waiting)
        try:
            text = _checked(text, now)
        except LayoutError:
            for change in now:
                # So that the one is named that cannot be made.
                _checked(text, [change])
            raise
    return text


def _checked(text: str, changes: list[Change]) -> str:
    """Make changes and read the text back: it must hold what was asked for, no more and no less, and every comment."""
    expected = _tree(parse_nodes(text, ""))
    for change in changes:
        _make(expected, change)
    new = _changed(text, changes)
    if _read_back(new) != expected or _comments(new) != _comments(text):
        raise LayoutError(changes[0])
    return new


def _one_round(root: Node, changes: list[Change]) -> tuple[list[Change], list[Change]]:
    """Return the changes that do not move each other, and the rest.

    A key that comes or goes moves what stands behind it, so there is one for each record.
    """
    now: list[Change] = []
    later: list[Change] = []
    moved: set[Path] = set()
    for change in changes:
        present = _find(_record(root, change.path), change.key) is not None
        if present and change.value is not None:
            now.append(change)
        elif change.path in moved:
            later.append(change)
        else:
            moved.add(change.path)
            now.append(change)
    return now, later


def _changed(text: str, changes: list[Change]) -> str:
    root = _compose(text, changes)
    return _spliced(
        text, [splice for change in changes for splice in _splices(text, _record(root, change.path), change)]
    )


def _spliced(text: str, splices: Iterable[_Splice]) -> str:
    # From the end, so that the places before stay true.
    for splice in sorted(splices, reverse=True):
        text = text[: splice.start] + splice.new + text[splice.end :]
    return text


def _splices(text: str, record: MappingNode, change: Change) -> Iterator[_Splice]:
    pair = _find(record, change.key)
    if change.value is None:
        yield _removal(text, record, change.key)
    elif pair is None:
        yield _addition(text, record, change)
    else:
        yield from _replacement(text, pair, change.value, is_flow=bool(record.flow_style))


def _replacement(text: str, pair: tuple[ScalarNode, Node], new: object, *, is_flow: bool) -> Iterator[_Splice]:
    """Yield what makes one value another, leaving alone the parts that stay."""
    name, old = pair
    is_flow = is_flow or bool(getattr(old, "flow_style", False))
    match old, new:
        case MappingNode(), dict() if {key.value for key, _ in old.value} == new.keys():
            for key, value in old.value:
                yield from _replacement(text, (key, value), new[key.value], is_flow=is_flow)
        case SequenceNode(), list() if old.value and new:
            yield from _replaced_list(text, old, new, is_flow=is_flow)
        case ScalarNode(), _ if old.value == _plain(new):
            return
        case ScalarNode(), _ if old.start_mark.index == old.end_mark.index:
            # A key without a value, as `note:`; its mark may lie on another line.
            yield _Splice(_colon(text, name), _colon(text, name), f" {_written(new, is_flow=is_flow)}")
        case ScalarNode(), str():
            quote = old.style if old.style in {'"', "'"} else None
            yield _Splice(old.start_mark.index, _end(text, old), _written(new, quote, is_flow=is_flow))
        case _:
            start = _colon(text, name) if _is_block(old) else old.start_mark.index
            blank = " " if _is_block(old) else ""
            yield _Splice(start, _end(text, old), blank + _written(new, is_flow=is_flow))


def _replaced_list(text: str, old: SequenceNode, new: list[Any], *, is_flow: bool) -> Iterator[_Splice]:
    items = [_written(item, is_flow=is_flow) for item in new]
    same = [item.value for item in old.value] == [_plain(item) for item in new[: len(old.value)]]
    between = ", " if is_flow else "\n" + " " * old.start_mark.column + "- "
    if len(old.value) == len(new):
        for item, value in zip(old.value, new, strict=True):
            yield from _replacement(text, (item, item), value, is_flow=is_flow)
    elif same:
        end = _end(text, old.value[-1])
        end = end if is_flow else _line_end(text, end)
        yield _Splice(end, end, "".join(between + item for item in items[len(old.value) :]))
    elif is_flow:
        yield _Splice(old.start_mark.index, _end(text, old), f"[{between.join(items)}]")
    else:
        yield _Splice(old.start_mark.index, _end(text, old), f"- {between.join(items)}")


def _addition(text: str, record: MappingNode, change: Change) -> _Splice:
    """Put a new key behind the last one that is written before it and ends where it seems to end."""
    pair = f"{change.key}: {_written(change.value, is_flow=bool(record.flow_style))}"
    earlier = change.order[: change.order.index(change.key)]
    before = [(name, value) for name, value in record.value if name.value in earlier and not _is_block(value)]
    indent = " " * record.value[0][0].start_mark.column
    if not before:
        start = record.value[0][0].start_mark.index
        return _Splice(start, start, f"{pair}, " if record.flow_style else f"{pair}\n{indent}")
    end = _pair_end(text, before[-1])
    if record.flow_style:
        return _Splice(end, end, f", {pair}")
    end = _line_end(text, end)
    return _Splice(end, end, f"\n{indent}{pair}")


def _removal(text: str, record: MappingNode, key: str) -> _Splice:
    place = next(place for place, (name, _) in enumerate(record.value) if name.value == key)
    start = record.value[place][0].start_mark.index
    end = _pair_end(text, record.value[place])
    following = record.value[place + 1][0].start_mark.index if place + 1 < len(record.value) else None
    if record.flow_style:
        if following is not None:
            return _Splice(start, following, "")
        return _Splice(_pair_end(text, record.value[place - 1]) if place else start, end, "")
    if text[_line_start(text, start) : start].strip():
        # It stands behind the dash of a list.
        return _Splice(start, following or end, "")
    return _Splice(max(_line_start(text, start) - 1, 0), _line_end(text, end), "")


def _compose(text: str, changes: list[Change]) -> Node:
    try:
        node: Node = YAML(typ="safe", pure=True).compose(text)
    except YAMLError as error:
        # A layout that the loader's parser takes and this one does not.
        raise LayoutError(changes[0]) from error
    return node


def _record(node: Node, path: Path) -> MappingNode:
    for step in path:
        if isinstance(step, int):
            node = node.value[step]
        else:
            node = next(value for key, value in node.value if key.value == step)
    return cast("MappingNode", node)


def _find(record: MappingNode, key: str) -> tuple[ScalarNode, Node] | None:
    return next(((name, value) for name, value in record.value if name.value == key), None)


def _comments(text: str) -> list[str] | None:
    """Return every comment, told from a # inside a text by the scanner; None where it is no YAML."""
    try:
        tokens = [token for token in yaml.scan(text, Loader=yaml.SafeLoader) if isinstance(token, yaml.ScalarToken)]
    except yaml.YAMLError:
        return None
    found, position = [], 0
    for token in tokens:
        # Behind the | of a text over several lines may stand a comment.
        start = token.start_mark.index
        found.append(text[position : _line_end(text, start) if token.style in _BLOCKS else start])
        position = token.end_mark.index
    found.append(text[position:])
    return [line.partition("#")[2].strip() for between in found for line in between.split("\n") if "#" in line]


def _is_block(node: Node) -> bool:
    """Say whether a node is written over lines of its own, so that its end mark lies behind it."""
    if isinstance(node, ScalarNode):
        return node.style in _BLOCKS
    return isinstance(node, SequenceNode | MappingNode) and not node.flow_style


def _end(text: str, node: Node) -> int:
    """Return where the last character of a node ends."""
    end: int = node.end_mark.index
    if not _is_block(node) or not node.value:
        return end
    if isinstance(node, SequenceNode):
        return _end(text, node.value[-1])
    if isinstance(node, MappingNode):
        return _pair_end(text, node.value[-1])
    # Blank lines, and what stands less far in, follow the lines of a `|`.
    start: int = node.start_mark.index
    lines = text[start:end].split("\n")
    depths = [len(line) - len(line.lstrip(" ")) if line.strip() else -1 for line in lines[1:]]
    inside = next((depth for depth in depths if depth >= 0), 0)
    last = max((place for place, depth in enumerate(depths, 1) if depth >= inside), default=0)
    return start + len("\n".join(lines[: last + 1]))


def _pair_end(text: str, pair: tuple[ScalarNode, Node]) -> int:
    """Return where a key's value ends, or its colon where it has none."""
    name, value = pair
    is_empty = isinstance(value, ScalarNode) and value.start_mark.index == value.end_mark.index
    return _colon(text, name) if is_empty else _end(text, value)


def _colon(text: str, name: ScalarNode) -> int:
    """Return the place behind the colon that follows a key."""
    return text.index(":", name.end_mark.index) + 1


def _line_start(text: str, index: int) -> int:
    return text.rfind("\n", 0, index) + 1


def _line_end(text: str, index: int) -> int:
    end = text.find("\n", index)
    return len(text) if end < 0 else end


def _written(value: object, quote: str | None = None, *, is_flow: bool) -> str:
    """Write a value on one line; `is_flow` says that it shall stand within brackets."""
    match value:
        case list():
            return f"[{', '.join(_written(item, is_flow=True) for item in value)}]"
        case dict():
            return f"{{{', '.join(f'{key}: {_written(item, is_flow=True)}' for key, item in value.items())}}}"
        case str():
            text = _dumped(value, quote, is_flow=is_flow)
            # Readers of older YAML take `no` and 12:30 for something else than texts.
            tag = yaml.SafeLoader("").resolve(yaml.ScalarNode, value, (True, False))  # type: ignore[no-untyped-call]
            if quote or (tag == _TEXT_TAG and not text.startswith(("'", '"'))):
                return text
            return _dumped(value, "'" if '"' in value or "\\" in value else '"', is_flow=is_flow)
    return _plain(value)


def _dumped(text: str, quote: str | None, *, is_flow: bool) -> str:
    writer = YAML(typ="safe", pure=True)
    for name, setting in {"width": _NO_WRAP, "default_flow_style": is_flow, "default_style": quote}.items():
        setattr(writer, name, setting)
    stream = io.StringIO()
    writer.dump([text], stream)
    written = stream.getvalue().strip()
    return written[1:-1] if is_flow else written.removeprefix("- ")


def _plain(value: object) -> str:
    """Return a text or a number as the loader reads it."""
    return f"{Decimal(repr(value)):f}" if isinstance(value, int | float) else str(value)


def _tree(node: nodes.Node) -> object:
    """Return what a text holds, without places."""
    match node:
        case Scalar():
            return node.text
        case Sequence():
            return [_tree(item) for item in node.items]
        case Mapping():
            return {key.text: _tree(value) for key, value in node.entries}


def _read_back(text: str) -> object:
    try:
        return _tree(parse_nodes(text, ""))
    except PlanError:
        return None


def _make(tree: object, change: Change) -> None:
    """Make a change in what a text holds."""
    here: Any = tree
    for step in change.path:
        here = here[step]
    if change.value is None:
        del here[change.key]
    else:
        here[change.key] = _as_tree(change.value)


def _as_tree(value: object) -> object:
    match value:
        case list():
            return [_as_tree(item) for item in value]
        case dict():
            return {key: _as_tree(item) for key, item in value.items()}
    return _plain(value)
