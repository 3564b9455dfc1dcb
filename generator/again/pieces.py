"""YAML taken apart and put together line by line, so that what stays keeps its comments, order and quotation marks.

All lines of a piece stand at the left margin. A place that cannot be taken apart so raises `Unable`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final, cast

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from ..data.shapes import PART
from ..editing.yaml_text import (
    Splice,
    colon_of,
    compose,
    end_of,
    find_pair,
    line_end,
    line_start,
    node_at,
    pair_end,
    spliced,
    written,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ..editing.tables import Path

_ORDER: Final = PART.key_names()
_INDENT: Final = 2


class Unable(Exception):  # noqa: N818 - not an error of the program
    """Something that cannot be taken over; says in Chinese what, and what to do instead."""


@lru_cache(maxsize=64)
def root_of(text: str) -> Node:
    """Return the nodes of a file."""
    root = compose(text)
    if root is None:
        raise Unable("改到一半读不回来了：请先运行 plansite check")
    return root


def indented(piece: str, by: int) -> str:
    """Return a piece farther in."""
    return re.sub(r"^(?=[^\n])", " " * by, piece, flags=re.MULTILINE)


def outdented(piece: str, by: int) -> str:
    """Return a piece less far in."""
    return re.sub(rf"^ {{1,{by}}}", "", piece, flags=re.MULTILINE) if by else piece


def finish(text: str, end: int, column: int) -> int:
    """Return where the line ends on which something does, with the comments below it that stand farther in."""
    end = line_end(text, end)
    while end < len(text):
        following = line_end(text, end + 1)
        line = text[end + 1 : following]
        if not line.lstrip().startswith("#") or len(line) - len(line.lstrip()) <= column:
            break
        end = following
    return end


def items_of(text: str, holder: MappingNode, key: str) -> list[tuple[int, int]]:
    """Return where the items of a list begin and end, each with the comments and blank lines before it."""
    pair = find_pair(holder, key)
    if pair is None or not isinstance(pair[1], SequenceNode):
        return []
    if pair[1].flow_style and pair[1].value:
        raise Unable(f"第 {pair[0].start_mark.line + 1} 行的“{key}”写在方括号里：请改成每条另起一行再导入")
    begin = line_end(text, colon_of(text, pair[0])) + 1
    found = []
    for item in pair[1].value:
        end = min(finish(text, end_of(text, item), pair[1].start_mark.column) + 1, len(text))
        found.append((begin, end))
        begin = end
    return found


def in_lines(text: str, path: Path) -> str:
    """Return the text with a record, and the lists in it, written on lines of their own and no longer in brackets."""
    node = node_at(root_of(text), path)
    if node.flow_style:
        raw = text[node.start_mark.index : end_of(text, node)]
        if re.search(r"(?:^|\s)#", raw):
            raise Unable(f"第 {node.start_mark.line + 1} 行的花括号里有注释：请改成每个键另起一行再导入")
        pad = "\n" + " " * node.start_mark.column
        lines = [f"{name.value}: {text[value.start_mark.index : end_of(text, value)]}" for name, value in node.value]
        text = spliced(text, [Splice(node.start_mark.index, end_of(text, node), pad.join(lines))])
        node = node_at(root_of(text), path)
    splices = []
    for name, value in node.value:
        if isinstance(value, SequenceNode) and value.flow_style and value.value and name.value in _LISTS:
            raw = text[value.start_mark.index : end_of(text, value)]
            if re.search(r"(?:^|\s)#", raw):
                raise Unable(f"第 {name.start_mark.line + 1} 行的方括号里有注释：请改成每条另起一行再导入")
            pad = "\n" + " " * (name.start_mark.column + _INDENT) + "- "
            items = [text[item.start_mark.index : end_of(text, item)] for item in value.value]
            splices.append(Splice(colon_of(text, name), end_of(text, value), "".join(pad + item for item in items)))
    return spliced(text, splices)


_LISTS: Final = frozenset({"responsibilities", "targets", "duties", "names", "parts", "groups"})


def value_at(root: Node, path: Path) -> ScalarNode:
    """Return the value at a path."""
    return cast("ScalarNode", node_at(root, path))


def with_value(text: str, path: Path, value: str | int) -> str:
    """Return the text with one value replaced."""
    root = root_of(text)
    node = value_at(root, path)
    above: Node = root
    is_flow = False
    for step in path:
        is_flow = is_flow or bool(getattr(above, "flow_style", False))
        above = node_at(above, (step,))
    is_flow = is_flow or bool(getattr(node_at(root, path[:-1]), "flow_style", False))
    quote = node.style if node.style in {'"', "'"} else None
    return spliced(text, [Splice(node.start_mark.index, end_of(text, node), written(value, quote, is_flow=is_flow))])


def with_words(text: str, words: Iterable[tuple[Path, Sequence[Sequence[str]]]]) -> str:
    """Return the text with other words of some parts: their paths, and their paragraphs in sentences."""
    root = root_of(text)
    return spliced(text, [_rewording(text, node_at(root, path), paragraphs) for path, paragraphs in words])


def _rewording(text: str, holder: MappingNode, paragraphs: Sequence[Sequence[str]]) -> Splice:
    name, node = cast("tuple[ScalarNode, ScalarNode]", find_pair(holder, "text"))
    lines = [line for at, paragraph in enumerate(paragraphs) for line in ([""] if at else []) + list(paragraph)]
    start, end = node.start_mark.index, end_of(text, node)
    if _fits_block(lines) and not holder.flow_style and (node.style == "|" or len(lines) > 1):
        head = text[start : line_end(text, start)] if node.style == "|" else "|"
        inside = text[line_end(text, start) + 1 : end] if node.style == "|" else ""
        own = next((len(line) - len(line.lstrip(" ")) for line in inside.split("\n") if line.strip()), 0)
        pad = " " * (own or name.start_mark.column + _INDENT)
        return Splice(start, end, "\n".join([head, *(pad + line if line else "" for line in lines)]))
    quote = '"' if len(lines) > 1 else node.style if node.style in {'"', "'"} else None
    return Splice(start, end, written("\n".join(lines), quote, is_flow=bool(holder.flow_style)))


def _fits_block(lines: Sequence[str]) -> bool:
    return lines[0][:1] != " " and all(line == line.rstrip(" ") for line in lines)


def without_item(text: str, path: Path, key: str, at: int, *, is_needed: bool = False) -> tuple[str, str]:
    """Return the text without an item of a list, and the item; a list without items goes as well, if none needs it."""
    text = in_lines(text, path)
    holder = node_at(root_of(text), path)
    ranges = items_of(text, holder, key)
    start, end = ranges[at]
    column = cast("SequenceNode", cast("tuple[ScalarNode, Node]", find_pair(holder, key))[1]).start_mark.column
    piece = outdented(text[start:end], column).strip("\n") + "\n"
    if len(ranges) == 1 and is_needed:
        return spliced(text, [Splice(start - 1, end - 1, " []")]), piece
    if len(ranges) == 1:
        return without_key(text, path, key)[0], piece
    return spliced(text, [Splice(start, end, "")]), piece


def with_items(text: str, path: Path, key: str, pieces: Sequence[str], order: Sequence[str] = _ORDER) -> str:
    """Return the text with items put at the end of a list, which need not be there."""
    text = in_lines(text, path)
    holder = node_at(root_of(text), path)
    pair = find_pair(holder, key)
    if pair and isinstance(pair[1], SequenceNode) and pair[1].value:
        end = items_of(text, holder, key)[-1][1]
        new = "".join(indented(piece, pair[1].start_mark.column) for piece in pieces)
        return _put(text, end, new)
    if pair:
        new = "".join("\n" + indented(piece, pair[0].start_mark.column + _INDENT).rstrip("\n") for piece in pieces)
        return spliced(text, [Splice(colon_of(text, pair[0]), pair_end(text, pair), new)])
    return with_key(text, path, key, f"{key}:\n" + "".join(indented(piece, _INDENT) for piece in pieces), order)


def without_key(text: str, path: Path, key: str) -> tuple[str, str]:
    """Return the text without a key, and the lines of the key."""
    text = in_lines(text, path)
    holder = node_at(root_of(text), path)
    place = next(at for at, (name, _) in enumerate(holder.value) if name.value == key)
    name, value = holder.value[place]
    column = name.start_mark.column
    start = name.start_mark.index
    end = min(finish(text, pair_end(text, (name, value)), column) + 1, len(text))
    piece = outdented(text[start:end], column)
    if text[line_start(text, start) : start].strip():
        # It stands behind the dash of a list: the next one takes its place.
        if place + 1 == len(holder.value):
            raise Unable(f"第 {name.start_mark.line + 1} 行的“{key}”不能删去：请手工改")
        return spliced(text, [Splice(start, holder.value[place + 1][0].start_mark.index, "")]), piece
    return spliced(text, [Splice(line_start(text, start), end, "")]), piece


def with_key(text: str, path: Path, key: str, piece: str, order: Sequence[str] = _ORDER) -> str:
    """Return the text with a key and its lines put behind the keys that are written before it."""
    text = in_lines(text, path)
    holder = node_at(root_of(text), path)
    earlier = set(order[: order.index(key)])
    column = holder.value[0][0].start_mark.column
    before = [pair for pair in holder.value if pair[0].value in earlier]
    pair = before[-1] if before else holder.value[0]
    end = min(finish(text, pair_end(text, pair), column) + 1, len(text))
    return _put(text, end, indented(piece, column))


def _put(text: str, at: int, lines: str) -> str:
    if not text[:at].endswith("\n"):
        lines = "\n" + lines.removesuffix("\n")
    return spliced(text, [Splice(at, at, lines)])


def key_piece(text: str, path: Path, key: str) -> str:
    """Return the lines of a key."""
    return without_key(text, path, key)[1]


def item_piece(text: str, path: Path, key: str, at: int) -> str:
    """Return the lines of an item of a list."""
    return without_item(text, path, key, at)[1]


def head_piece(text: str, path: Path) -> str:
    """Return the lines of a part as an item of a list, without the parts below it."""
    text = in_lines(text, path)
    holder = node_at(root_of(text), path)
    if find_pair(holder, "parts"):
        text = without_key(text, path, "parts")[0]
        holder = node_at(root_of(text), path)
    start, end = holder.value[0][0].start_mark.index, pair_end(text, holder.value[-1])
    column = holder.value[0][0].start_mark.column
    lines = outdented(text[line_start(text, start) + column : finish(text, end, column)], column)
    above = (
        ""
        if path
        else "".join(f"{line}\n" for line in text[:start].split("\n") if line.startswith("#") and "$schema" not in line)
    )
    return above + indented(lines, _INDENT).replace(" " * _INDENT, "- ", 1) + "\n"
