"""Cells and values: how a value of the YAML reads in a cell, and what a cell's text means.

Both ways are here, one beside the other, so that what is written unedited is read back
the same. A cell's text is compared as text; only an edited one is made into a value.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from ..characters import code_point, unseen
from ..data.keys import Choice, Integer, ListOf, Name, Number, Record, Text, TextOr, Type
from ..data.shapes import DUE, ROUGH_DATE
from ..terms import MONTH_END, number_text

if TYPE_CHECKING:
    from ..data.bind import Bound, Located

Value = str | int | float | list[Any] | dict[str, Any]
"""What an edited cell puts into the YAML: a text, a number, names, or a record."""

BETWEEN: Final = "；"
"""Between names in one cell; a name itself may hold 、."""
_LAST_MONTH, _LAST_DAY = 12, 31
_DUE: Final = re.compile(rf"((?:\d{{1,2}}月、)*\d{{1,2}}月)(?:(\d{{1,2}})日|{MONTH_END}|底)(?:前|以前|之前)?")
_DATE: Final = re.compile(r"(\d{4})(?:[年/.-](\d{1,2})(?:[月/.-](\d{1,2})日?|月)?|年)?( 00:00:00)?")


class CellError(ValueError):
    """A text that a cell must not hold; says in Chinese what to write instead."""


def cell_text(kind: Type, value: str | float | tuple[Located | Bound, ...] | Bound | None) -> str:
    """Return what a cell shows of a bound value; nothing where there is no value."""
    match value:
        case None:
            return ""
        case int() | float():
            return number_text(value)
        case tuple():
            return BETWEEN.join(name_text(name) for name in value)
        case str():
            return kind.labels[kind.options.index(value)] if isinstance(kind, Choice) and kind.labels else value
        case due:
            months = "、".join(f"{month}月" for month in due.items("months"))
            day = due.values["day"]
            return f"{months}{'底' if day is None else f'{day}日'}前"


def name_text(name: Located | Bound) -> str:
    """Return a name of a list as it is printed; the data may explain whom it means."""
    return str(name.text("printed")) if callable(name.text) else name.text


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
        case ListOf(item=Name() | TextOr()):
            return _names(text)
        case Record(shape=shape) if shape is DUE:
            return _due(text)
        case Text():
            return _date(text) if kind is ROUGH_DATE else _line(text)
    raise AssertionError(kind)


def _integer(kind: Integer, text: str) -> int:
    if not re.fullmatch(r"\d{1,9}", text, re.ASCII) or not kind.least <= int(text) <= kind.most:
        raise CellError(f"应是 {kind.least} 到 {kind.most} 的整数")
    return int(text)


def _date(text: str) -> str:
    """Return a date however it was written: 2024年3月, 2024/3/5, or what a table program made of it."""
    found = _DATE.fullmatch(text)
    year, month, day = found.groups()[:3] if found else (None, None, None)
    if not year or not 1 <= int(month or 1) <= _LAST_MONTH or not 1 <= int(day or 1) <= _LAST_DAY:
        raise CellError("应写成 2024、2024-03 或 2024-03-15 的样子")
    return "-".join([year, *(f"{int(part):02}" for part in (month, day) if part)])


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


def _due(text: str) -> dict[str, Any]:
    found = _DUE.fullmatch(text)
    months = [int(month) for month in re.findall(r"\d+", found[1])] if found else []
    day = int(found[2] or 1) if found else 0
    if not found or not all(1 <= month <= _LAST_MONTH for month in months) or not 1 <= day <= _LAST_DAY:
        raise CellError("应写成“3月、6月20日前”或“3月、6月底前”的样子，月份 1 到 12，日 1 到 31；原文没有日期就清空")
    return {"months": months, "day": day if found[2] else MONTH_END}
