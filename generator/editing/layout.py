"""Edits written into YAML text: only the characters of the edited value change.

PyYAML says where each value begins and ends, ruamel.yaml how a new one is quoted; the text
around it, with its comments, blank lines and quotation marks, is never written anew.
What comes out is read back and held against what was asked for, so an odd layout is
refused and never written wrongly.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from ..data.nodes import parse_nodes
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
    plain_text,
    spliced,
    tree_of,
    value_of,
    written,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .cells import Value
    from .tables import Path


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

    def __init__(self, change: object) -> None:
        super().__init__(str(change))
        self.change = change


def edited(text: str, changes: Iterable[Change]) -> str:
    """Return the text with the changes made; raises LayoutError where a comment would be lost."""
    waiting = list(changes)
    while waiting:
        now, waiting = _one_round(_composed(text, waiting), waiting)
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
    expected = tree_of(parse_nodes(text, ""))
    for change in changes:
        _make(expected, change)
    new = _changed(text, changes)
    if not is_as_asked(new, expected, text):
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
        present = find_pair(node_at(root, change.path), change.key) is not None
        if present and change.value is not None:
            now.append(change)
        elif change.path in moved:
            later.append(change)
        else:
            moved.add(change.path)
            now.append(change)
    return now, later


def _changed(text: str, changes: list[Change]) -> str:
    root = _composed(text, changes)
    return spliced(
        text, [splice for change in changes for splice in _splices(text, node_at(root, change.path), change)]
    )


def _composed(text: str, changes: list[Change]) -> Node:
    root = compose(text)
    if root is None:
        raise LayoutError(changes[0])
    return root


def _splices(text: str, record: MappingNode, change: Change) -> Iterator[Splice]:
    pair = find_pair(record, change.key)
    if change.value is None:
        yield _removal(text, record, change.key)
    elif pair is None:
        yield _addition(text, record, change)
    else:
        yield from _replacement(text, pair, change.value, is_flow=bool(record.flow_style))


def _replacement(text: str, pair: tuple[ScalarNode, Node], new: object, *, is_flow: bool) -> Iterator[Splice]:
    """Yield what makes one value another, leaving alone the parts that stay."""
    name, old = pair
    is_flow = is_flow or bool(getattr(old, "flow_style", False))
    match old, new:
        case MappingNode(), dict() if _has_keys(old, new):
            for key, value in old.value:
                yield from _replacement(text, (key, value), new[key.value], is_flow=is_flow)
        case SequenceNode(), list() if old.value and new:
            yield from _replaced_list(text, old, new, is_flow=is_flow)
        case ScalarNode(), _ if old.value == plain_text(new):
            return
        case ScalarNode(), _ if old.start_mark.index == old.end_mark.index:
            # A key without a value, as `note:`; its mark may lie on another line.
            yield Splice(colon_of(text, name), colon_of(text, name), f" {written(new, is_flow=is_flow)}")
        case ScalarNode(), str():
            quote = old.style if old.style in {'"', "'"} else None
            yield Splice(old.start_mark.index, end_of(text, old), written(new, quote, is_flow=is_flow))
        case _:
            start = colon_of(text, name) if is_block(old) else old.start_mark.index
            blank = " " if is_block(old) else ""
            yield Splice(start, end_of(text, old), blank + written(new, is_flow=is_flow))


def _has_keys(old: Node, new: object) -> bool:
    """Say whether a record and a value have the same keys, so that each key's value can be replaced by itself."""
    return isinstance(old, MappingNode) and isinstance(new, dict) and {key.value for key, _ in old.value} == new.keys()


def _replaced_list(text: str, old: SequenceNode, new: list[Any], *, is_flow: bool) -> Iterator[Splice]:
    items = [written(item, is_flow=is_flow) for item in new]
    same = [value_of(item) for item in old.value] == [as_tree(item) for item in new[: len(old.value)]]
    between = ", " if is_flow else "\n" + " " * old.start_mark.column + "- "
    if len(old.value) == len(new):
        for item, value in zip(old.value, new, strict=True):
            if is_block(item) and not _has_keys(item, value):
                # No key goes before it, behind whose colon another kind of value could be put.
                yield Splice(item.start_mark.index, end_of(text, item), written(value, is_flow=is_flow))
            else:
                yield from _replacement(text, (item, item), value, is_flow=is_flow)
    elif same:
        end = end_of(text, old.value[-1])
        end = end if is_flow else line_end(text, end)
        yield Splice(end, end, "".join(between + item for item in items[len(old.value) :]))
    elif is_flow:
        yield Splice(old.start_mark.index, end_of(text, old), f"[{between.join(items)}]")
    else:
        yield Splice(old.start_mark.index, end_of(text, old), f"- {between.join(items)}")


def _addition(text: str, record: MappingNode, change: Change) -> Splice:
    """Put a new key behind the last one that is written before it and ends where it seems to end."""
    pair = f"{change.key}: {written(change.value, is_flow=bool(record.flow_style))}"
    earlier = change.order[: change.order.index(change.key)]
    before = [(name, value) for name, value in record.value if name.value in earlier and not is_block(value)]
    indent = " " * record.value[0][0].start_mark.column
    if not before:
        start = record.value[0][0].start_mark.index
        return Splice(start, start, f"{pair}, " if record.flow_style else f"{pair}\n{indent}")
    end = pair_end(text, before[-1])
    if record.flow_style:
        return Splice(end, end, f", {pair}")
    end = line_end(text, end)
    return Splice(end, end, f"\n{indent}{pair}")


def _removal(text: str, record: MappingNode, key: str) -> Splice:
    place = next(place for place, (name, _) in enumerate(record.value) if name.value == key)
    start = record.value[place][0].start_mark.index
    end = pair_end(text, record.value[place])
    following = record.value[place + 1][0].start_mark.index if place + 1 < len(record.value) else None
    if record.flow_style:
        if following is not None:
            return Splice(start, following, "")
        return Splice(pair_end(text, record.value[place - 1]) if place else start, end, "")
    if text[line_start(text, start) : start].strip():
        # It stands behind the dash of a list.
        return Splice(start, following or end, "")
    return Splice(max(line_start(text, start) - 1, 0), line_end(text, end), "")


def _make(tree: object, change: Change) -> None:
    """Make a change in what a text holds."""
    here: Any = tree
    for step in change.path:
        here = here[step]
    if change.value is None:
        del here[change.key]
    else:
        here[change.key] = as_tree(change.value)
