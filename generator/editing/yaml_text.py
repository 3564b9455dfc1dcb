"""YAML text and where things stand in it: what a text holds, where each value begins and ends, how one is written.

PyYAML gives the places, ruamel.yaml the quotation marks; `layout` and `records` say what takes whose place.
"""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final, cast

import yaml
from ruamel.yaml import YAML
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from ..data.nodes import Mapping, Scalar, Sequence, parse_nodes
from ..problems import PlanError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..data import nodes
    from .tables import Path

# As in data/nodes.py: many times faster, and not everywhere.
_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NO_WRAP: Final = 10**9
_BLOCKS: Final = frozenset("|>")
_TEXT_TAG: Final = "tag:yaml.org,2002:str"


@dataclass(frozen=True, slots=True, order=True)
class Splice:
    """A stretch of the text and what takes its place."""

    start: int
    end: int
    new: str


def spliced(text: str, splices: Iterable[Splice]) -> str:
    """Return the text with stretches of it replaced."""
    # From the end, so that the places before stay true.
    for splice in sorted(splices, reverse=True):
        text = text[: splice.start] + splice.new + text[splice.end :]
    return text


def compose(text: str) -> Node | None:
    """Return the text's nodes with their marks; None where it is no YAML."""
    try:
        return yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError:
        return None


def node_at(node: Node, path: Path) -> MappingNode:
    """Return the record at a path."""
    for step in path:
        if isinstance(step, int):
            node = node.value[step]
        else:
            node = next(value for key, value in node.value if key.value == step)
    return cast("MappingNode", node)


def find_pair(record: MappingNode, key: str) -> tuple[ScalarNode, Node] | None:
    """Return a key of a record and its value."""
    return next(((name, value) for name, value in record.value if name.value == key), None)


def value_of(node: Node) -> object:
    """Return what a node holds, as `tree_of` tells it."""
    if isinstance(node, MappingNode):
        return {name.value: value_of(value) for name, value in node.value}
    return [value_of(item) for item in node.value] if isinstance(node, SequenceNode) else node.value


def comments_of(text: str) -> list[str] | None:
    """Return every comment, told from a # inside a text by the scanner; None where it is no YAML."""
    try:
        tokens = [token for token in yaml.scan(text, Loader=_LOADER) if isinstance(token, yaml.ScalarToken)]
    except yaml.YAMLError:
        return None
    found, position = [], 0
    for token in tokens:
        # Behind the | of a text over several lines may stand a comment.
        start = token.start_mark.index
        found.append(text[position : line_end(text, start) if token.style in _BLOCKS else start])
        position = token.end_mark.index
    found.append(text[position:])
    return [line.partition("#")[2].strip() for between in found for line in between.split("\n") if "#" in line]


def is_block(node: Node) -> bool:
    """Say whether a node is written over lines of its own, so that its end mark lies behind it."""
    if isinstance(node, ScalarNode):
        return node.style in _BLOCKS
    return isinstance(node, SequenceNode | MappingNode) and not node.flow_style


def end_of(text: str, node: Node) -> int:
    """Return where the last character of a node ends."""
    end: int = node.end_mark.index
    if not is_block(node) or not node.value:
        return end
    if isinstance(node, SequenceNode):
        return end_of(text, node.value[-1])
    if isinstance(node, MappingNode):
        return pair_end(text, node.value[-1])
    # Blank lines, and what stands less far in, follow the lines of a `|`.
    start: int = node.start_mark.index
    lines = text[start:end].split("\n")
    depths = [len(line) - len(line.lstrip(" ")) if line.strip() else -1 for line in lines[1:]]
    inside = next((depth for depth in depths if depth >= 0), 0)
    last = max((place for place, depth in enumerate(depths, 1) if depth >= inside), default=0)
    return start + len("\n".join(lines[: last + 1]))


def pair_end(text: str, pair: tuple[ScalarNode, Node]) -> int:
    """Return where a key's value ends, or its colon where it has none."""
    name, value = pair
    is_empty = isinstance(value, ScalarNode) and value.start_mark.index == value.end_mark.index
    return colon_of(text, name) if is_empty else end_of(text, value)


def colon_of(text: str, name: ScalarNode) -> int:
    """Return the place behind the colon that follows a key."""
    return text.index(":", name.end_mark.index) + 1


def line_start(text: str, index: int) -> int:
    """Return where the line begins that an index lies in."""
    return text.rfind("\n", 0, index) + 1


def line_end(text: str, index: int) -> int:
    """Return where that line ends, before its line break."""
    end = text.find("\n", index)
    return len(text) if end < 0 else end


def written(value: object, quote: str | None = None, *, is_flow: bool) -> str:
    """Write a value on one line; `is_flow` says that it shall stand within brackets."""
    match value:
        case list():
            return f"[{', '.join(written(item, is_flow=True) for item in value)}]"
        case dict():
            return f"{{{', '.join(f'{key}: {written(item, is_flow=True)}' for key, item in value.items())}}}"
        case str():
            text = _dumped(value, quote, is_flow=is_flow)
            # Readers of older YAML take `no` and 12:30 for something else than texts.
            tag = yaml.SafeLoader("").resolve(yaml.ScalarNode, value, (True, False))  # type: ignore[no-untyped-call]
            if quote or (tag == _TEXT_TAG and not text.startswith(("'", '"'))):
                return text
            return _dumped(value, "'" if '"' in value or "\\" in value else '"', is_flow=is_flow)
    return plain_text(value)


def _dumped(text: str, quote: str | None, *, is_flow: bool) -> str:
    writer = YAML(typ="safe", pure=True)
    for name, setting in {"width": _NO_WRAP, "default_flow_style": is_flow, "default_style": quote}.items():
        setattr(writer, name, setting)
    stream = io.StringIO()
    writer.dump([text], stream)
    written = stream.getvalue().strip()
    return written[1:-1] if is_flow else written.removeprefix("- ")


def plain_text(value: object) -> str:
    """Return a text or a number as the loader reads it."""
    return f"{Decimal(repr(value)):f}" if isinstance(value, int | float) else str(value)


def tree_of(node: nodes.Node) -> object:
    """Return what a text holds, without places."""
    match node:
        case Scalar():
            return node.text
        case Sequence():
            return [tree_of(item) for item in node.items]
        case Mapping():
            return {key.text: tree_of(value) for key, value in node.entries}


def read_back(text: str) -> object:
    """Return what a text holds, without places; None where it cannot be read."""
    try:
        return tree_of(parse_nodes(text, ""))
    except PlanError:
        return None


def is_as_asked(new: str, expected: object, old: str, going: Counter[str] | None = None) -> bool:
    """Say whether a text, read back, holds what was asked for, and the old one's comments but for some that may go."""
    before, after = comments_of(old), comments_of(new)
    if before is None or after is None or read_back(new) != expected:
        return False
    left = iter(before)
    is_in_order = all(comment in left for comment in after)
    return is_in_order and not Counter(before) - Counter(after) - (going or Counter())


def as_tree(value: object) -> object:
    """Return a value as it is read back: all texts."""
    match value:
        case list():
            return [as_tree(item) for item in value]
        case dict():
            return {key: as_tree(item) for key, item in value.items()}
    return plain_text(value)
