"""Cells and values: how a value of the YAML reads in a cell, and what a cell's text means.

Both ways are here, one beside the other, so that what is written unedited is read back
the same. A cell's text is compared as text; only an edited one is made into a value.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from generator.characters import code_point, unseen
from generator.shapes import DUE, Choice, Integer, ListOf, Name, Number, Record, Text, Type
from generator.terms import number_text

if TYPE_CHECKING:
    from generator.bind import Bound, Located

Value = str | int | float | list[str] | dict[str, int | list[int]]
"""What an edited cell puts into the YAML."""

BETWEEN: Final = "；"
"""Between names in one cell; a name itself may hold 、."""
_LAST_MONTH, _LAST_DAY = 12, 31
_DUE: Final = re.compile(r"((?:\d{1,2}月、)*\d{1,2}月)(\d{1,2})日(?:前|以前|之前)?")


class CellError(ValueError):
    """A text that a cell must not hold; says in Chinese what to write instead."""


def cell_text(kind: Type, value: str | float | tuple[Located, ...] | Bound | None) -> str:
    """Return what a cell shows of a bound value; nothing where there is no value."""
    match value:
        case None:
            return ""
        case int() | float():
            return number_text(value)
        case tuple():
            return BETWEEN.join(name.text for name in value)
        case str():
            return kind.labels[kind.options.index(value)] if isinstance(kind, Choice) and kind.labels else value
        case due:
            months = "、".join(f"{month}月" for month in due.items("months"))
            return f"{months}{due.integer('day')}日前"


def cell_value(kind: Type, text: str) -> Value:
    """Return the YAML value that a cell's text means; raises CellError. The text is not empty."""
    match kind:
        case Choice():
            return _choice(kind, text)
        case Integer():
            return _integer(kind, text)
        case Number():
            if not re.fullmatch(r"-?\d{1,12}(\.\d{1,9})?", text, re.ASCII):
                raise CellError("应是数字：只写阿拉伯数字，不写单位、逗号")
            return float(text) if "." in text else int(text)
        case ListOf(item=Name()):
            return _names(text)
        case Record(shape=shape) if shape is DUE:
            return _due(text)
        case Text():
            return _line(text)
    raise AssertionError(kind)


def _integer(kind: Integer, text: str) -> int:
    if not re.fullmatch(r"\d{1,9}", text, re.ASCII) or not kind.least <= int(text) <= kind.most:
        raise CellError(f"应是 {kind.least} 到 {kind.most} 的整数")
    return int(text)


def _line(text: str) -> str:
    if hidden := unseen(text):
        raise CellError(f"里面有看不见的字符（{code_point(hidden[0])}）：请删去，或清空后重新打字")
    if "\n" in text:
        raise CellError("只能写一行：请删去单元格里的换行")
    return text


def _names(text: str) -> list[str]:
    names = [_line(name.strip()) for name in re.split(r"[；;\n]", text) if name.strip()]
    if not names:
        raise CellError("只有分隔用的标点：请写上名称，或清空")
    return names


def _choice(kind: Choice, text: str) -> str:
    labels = kind.labels or kind.options
    if text not in labels:
        raise CellError(f"可选：{'、'.join(labels)}")
    return kind.options[labels.index(text)]


def _due(text: str) -> dict[str, int | list[int]]:
    found = _DUE.fullmatch(text)
    months = [int(month) for month in re.findall(r"\d+", found[1])] if found else []
    if not found or not all(1 <= month <= _LAST_MONTH for month in months) or not 1 <= int(found[2]) <= _LAST_DAY:
        raise CellError("应写成“3月、6月20日前”的样子，月份 1 到 12，日 1 到 31；原文没有日期就清空")
    return {"months": months, "day": int(found[2])}
