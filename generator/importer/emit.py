"""Proposed parts written as YAML, as an editor would write them: words in blocks, short records on one line."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import yaml

from ..terms import number_text

if TYPE_CHECKING:
    from collections.abc import Iterator

Record = dict[str, Any]

_PLAIN: Final = re.compile(r"[^\s#&*!|>'\"%@`{}\[\],:?\-][^#\n]*")
_FLOW: Final = re.compile(r"[^\s#&*!|>'\"%@`{}\[\],:?\-][^#\n{}\[\],，：]*")
_WIDE: Final = 100
"""Characters of a record on one line."""


def yaml_text(record: Record, schema: str, comment: str = "") -> str:
    """Return a file: its schema, what it is, and its keys in the order in which they stand in the record."""
    head = [f"# yaml-language-server: $schema={schema}", *([f"# {comment}"] if comment else [])]
    return "\n".join([*head, *_mapping(record, 0)]) + "\n"


def records_text(records: list[Record], indent: int) -> str:
    """Return the records of a list as they stand in a file."""
    return "\n".join(line for record in records for line in _item(record, indent))


def _mapping(record: Record, indent: int) -> Iterator[str]:
    pad = " " * indent
    for key, value in record.items():
        if key == "text" and isinstance(value, list):
            yield from (f"{pad}{line}" if line else "" for line in _words(value))
        elif isinstance(value, list) and any(isinstance(item, dict) for item in value):
            yield f"{pad}{key}:"
            for item in value:
                yield from _item(item, indent + 2) if isinstance(item, dict) else (f"{pad}  - {_flow(item)}",)
        elif isinstance(value, (dict, list)):
            yield f"{pad}{key}: {_flow(value)}"
        else:
            yield f"{pad}{key}: {_scalar(value, _PLAIN)}"


def _item(record: Record, indent: int) -> Iterator[str]:
    is_flat = all(not isinstance(value, (list, dict)) or key == "units" for key, value in record.items())
    if is_flat and len(line := _flow(record)) <= _WIDE:
        yield f"{' ' * indent}- {line}"
        return
    first, *rest = _mapping(record, indent + 2)
    yield f"{' ' * indent}- {first[indent + 2 :]}"
    yield from rest


def _words(paragraphs: list[list[str]]) -> Iterator[str]:
    """Yield the words of a part: a sentence on a line, an empty line where the text breaks its own."""
    paragraphs = [[sentence for sentence in paragraph if sentence] for paragraph in paragraphs]
    flat = [sentence for paragraph in paragraphs for sentence in paragraph]
    if len(flat) == 1:
        yield f"text: {_scalar(flat[0], _PLAIN)}"
        return
    if flat[0][0] == " " or any(sentence != sentence.rstrip(" ") for sentence in flat):
        # A block would take the first blanks for its indentation, and editors cut the last ones.
        yield f"text: {json.dumps(chr(10).join(_lines(paragraphs)), ensure_ascii=False)}"
        return
    yield "text: |"
    yield from (f"  {line}" if line else "" for line in _lines(paragraphs))


def _lines(paragraphs: list[list[str]]) -> Iterator[str]:
    for place, paragraph in enumerate(paragraphs):
        if place:
            yield ""
        yield from paragraph


def _flow(value: Any) -> str:  # noqa: ANN401 - what YAML holds
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return _scalar(value, _FLOW)


def _scalar(value: Any, plain: re.Pattern[str]) -> str:  # noqa: ANN401
    return number_text(value) if isinstance(value, (int, float)) else _quoted(str(value), plain)


@lru_cache(maxsize=4096)
def _quoted(text: str, plain: re.Pattern[str]) -> str:
    """Return a text as YAML takes it for one; kinds, roles and names come again and again."""
    if plain.fullmatch(text) and text == text.strip() and not re.search(r":(?:\s|$)", text) and _is_text(text):
        return text
    return json.dumps(text, ensure_ascii=False)


def _is_text(text: str) -> bool:
    """Say whether YAML takes a plain scalar for what it is: not 2022, no, ~."""
    others = yaml.SafeLoader.yaml_implicit_resolvers.get(text[:1], ())
    return not any(pattern.match(text) for _, pattern in others)
