"""The data dictionary: every key of every file, for editors, made from the table of shapes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .keys import Choice, Day, Integer, ListOf, Name, Nested, Number, Record, Sentences, Shape, Text, TextOr
from .schemas import described
from .shapes import FILES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .keys import Key, Type

_HEAD: Final = """\
# 数据字典

每个文件有哪些键、填什么。键的顺序就是书写的顺序；没有写“必填”的，不用就不写。怎样录入一个方案，见仓库的 README.zh.md。

本页由程序写出（`plansite schema`），不要手改。
"""
_PLACES: Final = {
    "units": "`units.yaml`",
    "leaders": "`leaders.yaml`，没有督办领导就不用",
    "plan": "`plan.yaml`",
    "part": "写在 `parts` 里，或者写在由 `file` 指出的文件里",
    "citations": "`citations.yaml`，没有就不用",
    "oddities": "`oddities.yaml`，没有就不用",
    "glossary": "`glossary.yaml`，没有就不用",
}
"""Kind of file → where it lies."""


def dictionary() -> str:
    """Return the dictionary as Markdown."""
    seen = set(FILES.values())
    lines = [_HEAD]
    for name, shape in FILES.items():
        lines += [f"## {shape.name}", "", f"{_PLACES[name]}。", "", *_table(shape)]
        for inner in _inner(shape):
            if inner not in seen:
                seen.add(inner)
                lines += [f"### {inner.name}", "", *_table(inner)]
    return "\n".join(lines).rstrip("\n") + "\n"


def _table(shape: Shape) -> list[str]:
    return ["| 键 | | 写成 | 填什么 |", "| --- | --- | --- | --- |", *map(_row, shape.keys), ""]


def _row(key: Key) -> str:
    doc = described(key).replace("|", "\\|")
    return f"| `{key.name}` | {'必填' if key.required else ''} | {_written(key.type)} | {doc} |"


def _inner(shape: Shape) -> Iterator[Shape]:
    """Yield the shapes of records within records, each before what it holds itself."""
    for key in shape.keys:
        kind = key.type.item if isinstance(key.type, ListOf) else key.type
        if isinstance(kind, Record | TextOr):
            yield kind.shape
            yield from _inner(kind.shape)


def _written(kind: Type) -> str:  # noqa: C901, PLR0911 - a case for each type
    """Say how a value is written."""
    match kind:
        case Text(hint=hint):
            return f"一行文字，{hint}" if hint else "一行文字"
        case Name():
            return "名称"
        case Sentences():
            return "正文：`\\|` 下面一句一行"
        case Integer(least=least, most=most):
            return f"{least} 到 {most} 的整数"
        case Day():
            return "1 到 31，或“月底”"
        case Number():
            return "数"
        case Choice(labels=labels, options=options, is_open=is_open):
            return "选一个" if labels else f"选一个：{'、'.join(options)}{'，或另加的' if is_open else ''}"
        case ListOf(item=item):
            return f"列表，每项：{_written(item)}"
        case Record(shape=shape):
            return f"“{shape.name}”"
        case TextOr(shape=shape):
            return f"名称，或“{shape.name}”"
        case Nested(file=file):
            return f"“{FILES[file].name}”"
