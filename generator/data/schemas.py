"""The JSON Schemas by which editors complete and check the data files, made from the table of shapes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ..terms import MONTH_END, UNIT_KINDS
from .keys import Choice, Day, Integer, Key, ListOf, Name, Nested, Number, Record, Sentences, Shape, Text, TextOr, Type
from .shapes import FILES

if TYPE_CHECKING:
    from collections.abc import Iterator

_ONE_LINE: Final = r"^[^\n]+\n?$"
_USUAL_KIND: Final = {"description": "没有写 kinds 时，只能是通用类别", "enum": list(UNIT_KINDS)}
_FORMS: Final[dict[str, dict[str, Any]]] = {
    "units": {
        "if": {"not": {"required": ["kinds"]}},
        "then": {"properties": {"units": {"items": {"properties": {"kind": _USUAL_KIND}}}}},
    },
    "part": {
        "anyOf": [
            {"required": ["file"], "maxProperties": 1},
            {"required": ["parts"], "maxProperties": 1},
            {"required": ["kind", "text"], "not": {"required": ["file"]}},
        ]
    },
}
"""What holds between the keys of a file: a part stands elsewhere, only holds others, or is one."""


def json_schema(name: str) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) that editors use for one kind of file."""
    shape = FILES[name]
    inner = dict.fromkeys(file for key in shape.keys for file in _nested(key.type))
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": shape.name,
        **_file_schema(name),
        **({"$defs": {file: _file_schema(file) for file in inner}} if inner else {}),
    }


def _nested(kind: Type) -> Iterator[str]:
    """Yield the files whose shape stands somewhere in a value."""
    match kind:
        case Nested(file=file):
            yield file
        case ListOf(item=item):
            yield from _nested(item)
        case Record(shape=shape) | TextOr(shape=shape):
            for key in shape.keys:
                yield from _nested(key.type)


def _file_schema(name: str) -> dict[str, Any]:
    return _record_schema(FILES[name]) | _FORMS.get(name, {})


def _record_schema(shape: Shape) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": [key.name for key in shape.keys if key.required],
        "properties": {key.name: {"description": described(key), **_schema(key.type)} for key in shape.keys},
    }


def described(key: Key) -> str:
    """Return what a key means, with the meaning of each choice."""
    if isinstance(key.type, Choice) and key.type.labels:
        meanings = "；".join(f"{o} {label}" for o, label in zip(key.type.options, key.type.labels, strict=True))
        return f"{key.doc}（{meanings}）"
    return key.doc


def _schema(kind: Type) -> dict[str, Any]:  # noqa: C901, PLR0911 - a case for each type
    match kind:
        case Text(pattern=pattern):
            schema: dict[str, Any] = {"type": "string", "minLength": 1}
            return schema | {"pattern": f"^(?:{pattern})$" if pattern else _ONE_LINE}
        case Sentences():
            return {"type": "string", "minLength": 1}
        case Integer(least=least, most=most):
            return {"type": "integer", "minimum": least, "maximum": most}
        case Day():
            return {"anyOf": [{"type": "integer", "minimum": 1, "maximum": 31}, {"const": MONTH_END}]}
        case Number():
            return {"type": "number"}
        case Name():
            return {"type": "string", "minLength": 1, "pattern": _ONE_LINE}
        case Choice(options=options, is_open=True):
            return {"type": "string", "minLength": 1, "examples": list(options)}
        case Choice(options=options):
            return {"enum": list(options)}
        case ListOf(item=item, least=least):
            return {"type": "array", "items": _schema(item)} | ({"minItems": least} if least else {})
        case Record(shape=shape):
            return _record_schema(shape)
        case Nested(file=file):
            return {"$ref": f"#/$defs/{file}"}
        case TextOr(shape=shape):
            return {"anyOf": [{"type": "string", "minLength": 1}, _record_schema(shape)]}
