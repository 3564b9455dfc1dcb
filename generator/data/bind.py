"""Nodes held against a shape: checked values, and a problem for each thing that does not fit."""

from __future__ import annotations

import difflib
import re
import unicodedata
from dataclasses import dataclass, field, fields, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, TypeVar

from ..problems import Location, Problem, Problems
from ..terms import CHOICE_WORDS, MONTH_END
from .keys import Choice, Day, Integer, Key, ListOf, Name, Nested, Number, Record, Sentences, Shape, Text, TextOr, Type
from .nodes import Mapping, Node, Scalar, Sequence
from .shapes import FILES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _typeshed import DataclassInstance

_Made = TypeVar("_Made", bound="DataclassInstance")


@dataclass(frozen=True, slots=True)
class Located:
    """A text with its place."""

    text: str
    where: Location


@dataclass(slots=True)
class Bound:
    """One record: values by key, each checked; keys that were left out are absent."""

    where: Location
    values: dict[str, Any] = field(default_factory=dict)
    places: dict[str, Location] = field(default_factory=dict)
    """Where each key's value stands."""

    def place(self, key: str) -> Location:
        """Return where a key's value stands, or where the record begins."""
        return self.places.get(key, self.where)

    def made(self, kind: type[_Made], **given: Any) -> _Made:
        """Make a record of the model: what is not given has the value of the key of the same name, if there is one."""
        values = {"where": self.where, **self.values}
        own = {f.name: values.get(f.name) for f in fields(kind) if f.init and f.name not in given}
        return kind(**own, **given)

    def text(self, key: str) -> str:
        """Return a required text."""
        return str(self.values[key])

    def optional(self, key: str) -> str | None:
        """Return a text that may be absent."""
        value = self.values.get(key)
        return None if value is None else str(value)

    def integer(self, key: str) -> int:
        """Return a required whole number."""
        return int(self.values[key])

    def paragraphs(self, key: str) -> tuple[tuple[Located, ...], ...]:
        """Return the paragraphs of a text, each in sentences with their places; none where the key is absent."""
        return tuple(self.values.get(key, ()))

    def record(self, key: str) -> Bound:
        """Return a required record."""
        value: Bound = self.values[key]
        return value

    def records(self, key: str) -> tuple[Bound, ...]:
        """Return a list of records, empty where the key is absent."""
        return tuple(self.values.get(key, ()))

    def items(self, key: str) -> tuple[Any, ...]:
        """Return a list, empty where the key is absent."""
        return tuple(self.values.get(key, ()))


_LONGEST_SHOWN: Final = 30
"""Characters of a wrong text that a message repeats."""

_ONE_LINE: Final = "只能写一行：请并成一行（接着写到下一行，会多出空格）"
_MISSING: Final = object()
"""Stands for a value that was there but did not fit; its problem is already noted."""


class Binder:
    """Binds the nodes of one file and notes the problems met on the way."""

    def __init__(self, problems: Problems) -> None:
        self._problems = problems

    def bind(self, node: Node, shape: Shape) -> Bound | None:
        """Return the record, or None if a part that it needs is missing or unfit."""
        bound = self._record(node, shape)
        return bound if isinstance(bound, Bound) else None

    def _note(self, where: Location, rule: str, text: str) -> object:
        self._problems.append(Problem(where, rule, text))
        return _MISSING

    def _record(self, node: Node, shape: Shape) -> Any:
        if not isinstance(node, Mapping):
            keys = "、".join(shape.key_names()[:3])
            return self._note(node.where, "wrong-type", f"这里应是“{shape.name}”，写成“键: 值”的样子（{keys} 等）")
        bound = Bound(node.where)
        known = {key.name: key for key in shape.keys}
        first_place: dict[str, Location] = {}
        for name, value in node.entries:
            if name.text in first_place:
                line = first_place[name.text].line
                self._note(name.where, "repeated-key", f"键“{_clip(name.text)}”重复了（第 {line} 行已有）：请删去一个")
                continue
            first_place[name.text] = name.where
            key = known.get(name.text)
            if key is None:
                self._note(name.where, "unknown-key", _unknown(name.text, shape))
                continue
            self._fill(bound, key, value)
        return bound if self._complete(bound, shape, first_place) else _MISSING

    def _fill(self, bound: Bound, key: Key, node: Node) -> None:
        bound.places[key.name] = node.where
        if not key.required and _is_null(node):
            return
        value = self._value(node, key.type, key.name)
        bound.values[key.name] = value

    def _complete(self, bound: Bound, shape: Shape, seen: Iterable[str]) -> bool:
        """Say whether every key fits; a default in place of one that does not would mislead the rules."""
        for key in shape.keys:
            if key.required and key.name not in seen:
                self._note(bound.where, "missing-key", f"“{shape.name}”缺少“{key.name}”（{key.doc}）：请补上")
        fits = all(value is not _MISSING for value in bound.values.values())
        return fits and all(key.name in bound.values for key in shape.keys if key.required)

    def _value(self, node: Node, kind: Type, name: str) -> Any:
        match kind:
            case Record(shape=shape):
                return self._record(node, shape)
            case Nested(file=file):
                return self._record(node, FILES[file])
            case TextOr(shape=shape):
                return self._scalar(node, Name(), name) if isinstance(node, Scalar) else self._record(node, shape)
            case ListOf():
                return self._list(node, kind, name)
            case Sentences():
                return self._sentences(node, name)
            case _:
                return self._scalar(node, kind, name)

    def _list(self, node: Node, kind: ListOf, name: str) -> Any:
        if not isinstance(node, Sequence):
            return self._note(node.where, "wrong-type", f"“{name}”应是列表：每项另起一行，以“- ”开头")
        for item in node.items if node.is_flow else ():
            if isinstance(item, Scalar) and item.is_plain and "，" in item.text:
                advice = f"“{name}”的方括号里有全角逗号“，”：几项之间要用半角逗号“,”；是名称的一部分就给这一项加引号"
                return self._note(item.where, "wrong-type", advice)
        items = tuple(self._value(item, kind.item, name) for item in node.items)
        if len(items) < kind.least:
            return self._note(node.where, "wrong-type", f"“{name}”不能为空：请至少写一项")
        return tuple(item for item in items if item is not _MISSING)

    def _sentences(self, node: Node, name: str) -> Any:
        if not isinstance(node, Scalar) or not node.text.strip("\n"):
            return self._note(node.where, "wrong-type", f"“{name}”应是正文：写“{name}: |”，下面每句一行")
        if advice := _lost(node, name):
            return self._note(node.where, "wrong-type", advice)
        paragraphs: list[list[Located]] = [[]]
        # The lines of a block begin below its `|`; of anything else only the start is known.
        step, start = (1, node.where.line + 1) if node.is_block else (0, node.where.line)
        column = node.indent + 1 if node.is_block else node.where.column + (not node.is_plain)
        for at, line in enumerate(node.text.rstrip("\n").split("\n")):
            if line:
                where = replace(node.where, line=start + step * at, column=column)
                paragraphs[-1].append(Located(line, where))
            else:
                paragraphs.append([])
        return tuple(tuple(sentences) for sentences in paragraphs)

    def _text(self, node: Scalar, kind: Text, name: str) -> Any:
        if not node.text.strip() or (node.is_plain and node.text in {"~", "null"}):
            return self._note(node.where, "wrong-type", f"“{name}”是空的：请补上文字；可以不写的键，不用时删去这一行")
        if "\n" in node.text.strip("\n"):
            return self._note(node.where, "wrong-type", f"“{name}”{_ONE_LINE}")
        if advice := _lost(node, name):
            return self._note(node.where, "wrong-type", advice)
        text = node.text.strip("\n")
        if kind.pattern and not re.fullmatch(kind.pattern, text, re.ASCII):
            rule = "bad-id" if name == "id" else "wrong-type"
            return self._note(
                node.where, rule, f"“{name}”的写法不对（现为“{_clip(text)}”）：{kind.hint or '请对照数据字典'}"
            )
        return text

    def _scalar(self, node: Node, kind: Type, name: str) -> Any:
        if not isinstance(node, Scalar):
            return self._note(
                node.where, "wrong-type", f"“{name}”应是一个值：请直接写文字或数字，去掉括号或下面缩进的行"
            )
        match kind:
            case Text():
                return self._text(node, kind, name)
            case Name():
                text = self._text(node, Text(), name)
                return text if text is _MISSING else Located(text, node.where)
            case Choice(is_open=True):
                return self._text(node, Text(), name)
            case Choice(options=options):
                if node.text not in options:
                    return self._note(node.where, "unknown-choice", not_among(node.text, name, options))
                return node.text
            case Day():
                return None if node.text == MONTH_END else self._number(node, Integer(1, 31), name)
            case Integer() | Number():
                return self._number(node, kind, name)
        raise AssertionError(kind)

    def _number(self, node: Scalar, kind: Integer | Number, name: str) -> Any:
        bare = node.text.strip("“”‘’")
        if not node.is_plain or bare != node.text:
            return self._note(node.where, "wrong-type", f"“{name}”是数字，不要加引号")
        if not bare.isascii() and unicodedata.normalize("NFKC", bare).isascii():
            return self._note(node.where, "wrong-type", f"“{name}”的数字要用半角（现为“{_clip(bare)}”）：请改成半角")
        if isinstance(kind, Number):
            if not re.fullmatch(r"-?\d{1,12}(\.\d{1,9})?", node.text, re.ASCII):
                advice = f"“{name}”应是数字（现为“{_clip(node.text)}”）：只写数，单位另写在 unit"
                return self._note(node.where, "wrong-type", advice)
            return float(node.text) if "." in node.text else int(node.text)
        if not re.fullmatch(r"\d{1,9}", node.text, re.ASCII) or not kind.least <= int(node.text) <= kind.most:
            advice = f"“{name}”应是 {kind.least} 到 {kind.most} 的整数（现为“{_clip(node.text)}”）：请改正"
            return self._note(node.where, "wrong-type", advice)
        return int(node.text)


def _lost(node: Scalar, name: str) -> str:
    """Say what YAML adds to a text, or takes from it, that its writer did not mean."""
    if node.is_folded:
        return f"“{name}”{_ONE_LINE}"
    if node.cut:
        lost = f"“{name}”的值到“#”为止，后面的“{_clip(node.cut)}”会丢掉"
        return f"{lost}：是值的一部分就给整个值加引号，是注释就另起一行写"
    return ""


def _is_null(node: Node) -> bool:
    return isinstance(node, Scalar) and node.is_plain and node.text in {"", "~", "null"}


def _unknown(name: str, shape: Shape) -> str:
    near = nearest(name, shape.key_names())
    hint = f"是否应为“{near}”？" if near else f"可用的键有：{'、'.join(shape.key_names())}。"
    return f"“{shape.name}”没有“{_clip(name)}”这个键：{hint}不需要就删去"


def not_among(text: str, name: str, options: tuple[str, ...]) -> str:
    """Say what to write in place of a text that is none of the options."""
    bare = text.strip("“”‘’\"'")
    if bare in options:
        return f"“{name}”的值外面有引号“{_clip(text)}”：请去掉引号，写成 {bare}"
    near = next((option for option in options if bare in CHOICE_WORDS.get(option, ())), None) or nearest(bare, options)
    hint = f"是否应为“{near}”？" if near else ""
    return f"“{name}”不能是“{_clip(text)}”：{hint}可选 {'、'.join(options)}"


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """Return the choice most like the word, or None when none is like it."""
    return _nearest(word[:80], tuple(choices))


# The same slip is often made in many places.
@lru_cache(maxsize=1024)
def _nearest(word: str, choices: tuple[str, ...]) -> str | None:
    found = difflib.get_close_matches(word, choices, n=1, cutoff=0.5)
    return found[0] if found else None


def _clip(text: str) -> str:
    """Shorten for a one-line message."""
    line = text.replace("\n", " ")
    return line if len(line) <= _LONGEST_SHOWN else line[: _LONGEST_SHOWN - 1] + "…"
