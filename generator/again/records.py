"""Readings as records: how they are named and called, what they say, and whether two say the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .held import Tree

LISTS: Final = {"targets": "目标", "duties": "定期事项", "responsibilities": "责任", "names": "名称"}
"""Key of a list of readings → what they are."""
_LONGEST: Final = 30


def told(key: str, row: Mapping[str, Any]) -> str:
    """Return how a reading is named."""
    return f"{key}/{row.get('id') or row.get('quote') or row.get('printed') or row.get('group') or row.get('text')}"


def called(row: Tree) -> str:
    """Return what a reading is called in the list of what changes."""
    words = str(row.get("indicator") or row.get("action") or row.get("quote") or row.get("printed"))
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"


def shown(values: Mapping[Any, str]) -> str:
    """Return the words that a reading quotes now."""
    words = values.get(("quote",)) or next(iter(values.values()))
    return f"“{words if len(words) <= _LONGEST else words[:_LONGEST] + '…'}”"


def with_values(row: Tree, values: Mapping[Any, str]) -> Tree:
    """Return a record with some values replaced."""

    def walked(tree: Any, path: tuple[str | int, ...]) -> Any:  # noqa: ANN401
        if isinstance(tree, dict):
            return {key: walked(value, (*path, key)) for key, value in tree.items()}
        if isinstance(tree, list):
            return [walked(value, (*path, at)) for at, value in enumerate(tree)]
        return values.get(path, tree)

    made: Tree = walked(row, ())
    return made


def bare(row: Mapping[str, Any], *less: str) -> Tree:
    """Return a record without what says nothing of the text."""
    return {key: value for key, value in row.items() if key not in {"id", *less}}


def says_same(row: Tree, other: Tree) -> bool:
    """Say whether a record reads the same words as another."""
    if "values" in row:
        mine = [value["text"] for value in row["values"]]
        theirs = [value["text"] for value in other.get("values", ())]
        return any(one in two or two in one for one in mine for two in theirs)
    if "frequency" in row:
        return "frequency" in other and bool(row["quote"] in other["quote"] or other["quote"] in row["quote"])
    if "printed" in row:
        return bool(row["printed"] == other.get("printed"))
    if "values" in other or "frequency" in other:
        return False
    return bool(row["quote"] == other.get("quote") and row.get("units") == other.get("units", row.get("units")))
