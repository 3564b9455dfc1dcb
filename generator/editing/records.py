"""Records put into YAML text and taken out of it, in the file's own style and with nothing else touched.

A new record looks like its neighbours: their indentation, braces or lines, quotation
marks and blank lines between. What goes takes the comment that stands right above it.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from ..data.nodes import parse_nodes
from .layout import Change, LayoutError, edited
from .yaml_text import (
    Splice,
    as_tree,
    colon_of,
    compose,
    end_of,
    find_pair,
    is_as_asked,
    is_block,
    line_end,
    line_start,
    node_at,
    pair_end,
    spliced,
    tree_of,
    written,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from .tables import Path

Record = dict[str, Any]
_INDENT: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Insert:
    """A record that is put into a list."""

    path: Path
    """Of the record that holds the list."""
    key: str
    """Of the list."""
    at: int
    """Before which of the records that were there; their number puts it at the end."""
    record: Record
    """Its keys in the order in which they are written."""
    order: tuple[str, ...]
    """The holder's keys in the order in which they are written, for a list that is not there yet."""

    @property
    def list(self) -> Path:
        """Where the list is."""
        return (*self.path, self.key)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Remove:
    """A record that is taken out of its list; a list without records goes as well."""

    path: Path

    @property
    def list(self) -> Path:
        """Where the list is."""
        return self.path[:-1]


Restructuring = Insert | Remove


def restructured(text: str, ops: Iterable[Restructuring]) -> str:
    """Return the text with records put in and taken out; raises LayoutError.

    All paths are those of the text as it is given.
    """
    waiting, done = list(ops), list[Restructuring]()
    while waiting:
        now = list({op.list: op for op in reversed(waiting)}.values())
        try:
            text = _checked(text, now, done)
        except LayoutError:
            # Two may have met at one place; and the one shall be named that cannot be made.
            now = waiting[:1]
            text = _checked(text, now, done)
        done += now
        waiting = [op for op in waiting if op not in done]
    return text


def place_of(op: Insert, ops: Iterable[Restructuring]) -> Path:
    """Return where a record that was put in stands, once all of these are done."""
    before = ops if isinstance(ops, list) else list(ops)
    return (*moved(op.path, before), op.key, _index(op, before))


def moved(path: Path, ops: Iterable[Restructuring]) -> Path:
    """Return where a record stands that was at a path before these were done."""
    ops = list(ops)
    new: list[str | int] = []
    for place, step in enumerate(path):
        here = [op for op in ops if op.list == path[:place]]
        new.append(step + sum(_shift(op, step) for op in here) if isinstance(step, int) else step)
    return tuple(new)


def _shift(op: Restructuring, index: int) -> int:
    """Return by how much an operation moves the record with an index, in the same list."""
    if isinstance(op, Insert):
        return int(op.at <= index)
    *_, place = op.path
    return -int(isinstance(place, int) and place < index)


def _index(op: Insert, ops: list[Restructuring]) -> int:
    """Return at which place of its list a record comes to stand; of several for one place the first stays first."""
    here = [other for other in ops if other.list == op.list]
    earlier = here[: here.index(op)] if op in here else here
    inserted = [other for other in here if isinstance(other, Insert)]
    before = [other for other in inserted if other.at < op.at or (other.at == op.at and other in earlier)]
    return op.at + len(before) - sum(isinstance(other, Remove) and _shift(other, op.at) < 0 for other in here)


def _checked(text: str, ops: list[Restructuring], done: list[Restructuring]) -> str:
    """Make changes and read the text back: it must hold what was asked for, and every comment that does not go."""
    root = compose(text)
    expected = tree_of(parse_nodes(text, ""))
    if root is None:
        raise LayoutError(ops[0])
    splices = []
    for op in ops:
        if isinstance(op, Insert):
            path, index = moved(op.path, done), _index(op, done)
            splices += _insertion(text, root, op, path, index)
            holder = _walk(expected, path)
            if not isinstance(holder.get(op.key), list):
                holder[op.key] = []
            holder[op.key].insert(index, as_tree(op.record))
        else:
            splices += _removal(text, root, op, moved(op.path, done))
    # Taken out last, so that the places of the others stay true.
    for op in ops:
        if isinstance(op, Remove):
            *above, key, at = moved(op.path, done)
            holder = _walk(expected, above)
            del holder[key][at]
            if not holder[key]:
                del holder[key]
    new = spliced(text, splices)
    if not is_as_asked(new, expected, text, _marked(text, splices)):
        raise LayoutError(ops[0])
    return new


def _marked(text: str, splices: Iterable[Splice]) -> Counter[str]:
    """Count what may be comments in the stretches that go."""
    lines = (line for splice in splices for line in text[splice.start : splice.end].split("\n"))
    return Counter(line[at + 1 :].strip() for line in lines for at, char in enumerate(line) if char == "#")


def _walk(tree: Any, path: Iterable[str | int]) -> Any:  # noqa: ANN401 - what a file holds is of any type
    for step in path:
        tree = tree[step]
    return tree


def _insertion(text: str, root: Node, op: Insert, path: Path, index: int) -> list[Splice]:
    holder = node_at(root, path)
    pair = find_pair(holder, op.key)
    if holder.flow_style:
        return _into_braces(text, op, holder, pair, index)
    if pair is None or not isinstance(pair[1], SequenceNode) or not pair[1].value:
        return _new_list(text, root, op, holder, pair)
    items = pair[1]
    if items.flow_style:
        return [_into_brackets(text, items, op.record, index)]
    column = items.start_mark.column
    neighbour = items.value[min(index, len(items.value) - 1)]
    offset = column - pair[0].start_mark.column
    lines = _lines(op.record, column, offset, neighbour)
    if index == 0:
        start = _begin(text, items.value[0], line_end(text, colon_of(text, pair[0])) + 1)
        return [Splice(start, start, f"{lines}\n{_blank(text, items)}")]
    end = _finish(text, items.value[index - 1], column)
    return [Splice(end, end, f"\n{_blank(text, items)}{lines}")]


def _into_brackets(text: str, items: SequenceNode, record: Record, index: int) -> Splice:
    new = written(record, is_flow=True)
    if index < len(items.value):
        start = items.value[index].start_mark.index
        return Splice(start, start, f"{new}, ")
    end = end_of(text, items.value[-1])
    return Splice(end, end, f", {new}")


def _into_braces(
    text: str, op: Insert, holder: MappingNode, pair: tuple[ScalarNode, Node] | None, index: int
) -> list[Splice]:
    if pair and isinstance(pair[1], SequenceNode) and pair[1].value:
        return [_into_brackets(text, pair[1], op.record, index)]
    if pair:
        return [Splice(colon_of(text, pair[0]), pair_end(text, pair), f" [{written(op.record, is_flow=True)}]")]
    end = pair_end(text, _last_before(holder, op))
    return [Splice(end, end, f", {op.key}: [{written(op.record, is_flow=True)}]")]


def _last_before(holder: MappingNode, op: Insert) -> tuple[ScalarNode, Node]:
    """Return the last key that is written before the new one; the record's first is its id or number."""
    earlier = op.order[: op.order.index(op.key)]
    return [pair for pair in holder.value if pair[0].value in earlier][-1]  # type: ignore[no-any-return]


def _new_list(
    text: str, root: Node, op: Insert, holder: MappingNode, pair: tuple[ScalarNode, Node] | None
) -> list[Splice]:
    """Put a list with one record where there is none, or an empty one."""
    column = holder.value[0][0].start_mark.column
    offset = _offset(root)
    lines = _lines(op.record, column + offset, offset, None)
    if pair:
        end = line_end(text, pair_end(text, pair))
        emptied = Splice(colon_of(text, pair[0]), pair_end(text, pair), "")
        return [emptied, Splice(end, end, f"\n{lines}")]
    last = _last_before(holder, op)
    end = line_end(text, pair_end(text, last))
    if is_block(last[1]):
        end = _finish(text, last[1], column)
    return [Splice(end, end, f"\n{' ' * column}{op.key}:\n{lines}")]


def _offset(root: Node) -> int:
    """Return how far in a file's lists stand below their keys."""
    if isinstance(root, MappingNode):
        for name, value in root.value:
            if isinstance(value, SequenceNode) and value.value and not value.flow_style:
                return int(value.start_mark.column - name.start_mark.column)
            if isinstance(value, MappingNode) and not value.flow_style and (found := _offset(value)) != _INDENT:
                return found
    return _INDENT


def _lines(record: Record, column: int, offset: int, neighbour: Node | None) -> str:
    """Write a record as an item of a list whose dashes stand at a column, as its neighbour is written."""
    return "\n".join(" " * column + line for line in _item(record, offset, neighbour))


def _item(record: Record, offset: int, neighbour: Node | None) -> list[str]:
    """Return the lines of an item; lists of records in it stand below their keys by the offset."""
    quotes = _quotes(neighbour)
    is_short = bool(neighbour.flow_style) if isinstance(neighbour, MappingNode) else "id" not in record
    if is_short and not any(map(_holds_records, record.values())):
        pairs = (f"{key}: {written(value, quotes.get(key), is_flow=True)}" for key, value in record.items())
        return [f"- {{{', '.join(pairs)}}}"]
    lines: list[str] = []
    for key, value in record.items():
        if _holds_records(value):
            items = [_item(item, offset, _first_of(neighbour, key)) for item in value]
            lines += [f"{key}:", *(" " * offset + line for item in items for line in item)]
        else:
            lines.append(f"{key}: {written(value, quotes.get(key), is_flow=False)}")
    return [("  " if place else "- ") + line for place, line in enumerate(lines)]


def _holds_records(value: object) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def _first_of(neighbour: Node | None, key: str) -> Node | None:
    """Return the first record of a neighbour's list, whose style a new list takes over."""
    pair = find_pair(neighbour, key) if isinstance(neighbour, MappingNode) else None
    return pair[1].value[0] if pair and isinstance(pair[1], SequenceNode) and pair[1].value else None


def _quotes(record: Node | None) -> Mapping[str, str]:
    """Return which quotation marks a record's texts stand in, by key."""
    found = {}
    for name, value in record.value if isinstance(record, MappingNode) else ():
        if isinstance(value, ScalarNode) and value.style in {'"', "'"}:
            found[name.value] = value.style
    return found


def _blank(text: str, items: SequenceNode) -> str:
    """Return the blank line that a list has between its records, if it has."""
    if len(items.value) == 1:
        return ""
    start = _begin(text, items.value[-1], 0)
    return "\n" if text[:start].endswith("\n\n") else ""


def _begin(text: str, item: Node, least: int) -> int:
    """Return the start of the line where a record of a list begins, with the comment that stands right above it."""
    start = line_start(text, item.start_mark.index)
    dash = text[start:].index("-")
    while start > least:
        above = line_start(text, start - 1)
        line = text[above : start - 1]
        if above < least or not line.lstrip().startswith("#") or len(line) - len(line.lstrip()) != dash:
            break
        start = above
    return start


def _finish(text: str, item: Node, column: int) -> int:
    """Return where a record ends, with the comments below it that stand farther in than its list."""
    end = line_end(text, end_of(text, item))
    while end < len(text):
        following = line_end(text, end + 1)
        line = text[end + 1 : following]
        if not line.lstrip().startswith("#") or len(line) - len(line.lstrip()) <= column:
            break
        end = following
    return end


def _removal(text: str, root: Node, op: Remove, path: Path) -> list[Splice]:
    *above, key, index = path
    holder = node_at(root, tuple(above))
    pair = find_pair(holder, str(key))
    if pair is None or not isinstance(pair[1], SequenceNode) or not isinstance(index, int):
        raise LayoutError(op)
    name, items = pair[0], pair[1]
    item = items.value[index]
    if len(items.value) == 1:
        if holder.flow_style:
            return _difference(text, edited(text, [Change(path=tuple(above), key=str(key), value=None, order=())]))
        start = line_start(text, name.start_mark.index)
        return [_without_lines(text, start, _finish(text, items, name.start_mark.column))]
    if items.flow_style:
        has_next = index + 1 < len(items.value)
        start = item.start_mark.index if has_next else end_of(text, items.value[index - 1])
        end = items.value[index + 1].start_mark.index if has_next else end_of(text, item)
        if re.search(r"\s#", text[start:end]):
            # Whose comment it is cannot be told.
            raise LayoutError(op)
        return [Splice(start, end, "")]
    least = line_end(text, colon_of(text, name)) + 1
    start = _begin(text, item, least)
    if text[line_start(text, item.start_mark.index) : item.start_mark.index].strip(" -"):
        raise LayoutError(op)
    end = _finish(text, item, items.start_mark.column)
    if index == 0 and text[end + 1 :].startswith("\n"):
        end += 1
    return [_without_lines(text, start, end)]


def _without_lines(text: str, start: int, end: int) -> Splice:
    """Take whole lines out; of a blank line on both sides one stays."""
    is_last = not text[end + 1 :].strip()
    if text[:start].endswith("\n\n") and (is_last or text[end + 1 :].startswith("\n")):
        start -= 1
    if end < len(text):
        return Splice(start, end + 1, "")
    return Splice(max(start - 1, 0), end, "")


def _difference(old: str, new: str) -> list[Splice]:
    """Return the one stretch in which two texts differ."""
    head = next((at for at, (one, two) in enumerate(zip(old, new, strict=False)) if one != two), len(new))
    tail = len(old) - len(new)
    return [Splice(head, head + tail, "")]
