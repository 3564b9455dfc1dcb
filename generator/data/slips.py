"""How a clerk's YAML goes wrong: what a line shows that no parser says, in words that can be acted on.

A parser blames the place where it gave up. Here the text is looked at line by line for
what a hand does: a quotation mark that is not closed, a dash without a blank, a colon or a
blank of full width. `nodes` asks only when the parser has failed, so that nothing that is
sound is ever blamed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Slip:
    """What is wrong with a line, and where."""

    line: int
    """Counts from 1."""
    column: int
    """Counts from 1."""
    text: str


_FIELD: Final = r"^(?P<indent>\s*)(?:- +)?(?P<key>[A-Za-z_]+):(?: +|$)(?P<value>.*)$"
_WIDE_BLANKS: Final = {"\u3000": "全角空格", "\u00a0": "不换行空格", "\t": "制表符（Tab）"}
_SHAPES: Final = (
    (
        re.compile(r"^\s*-(?=[^\s-])(?!-)"),
        "列表的“-”后面要空一格：请写成“- 内容”",
    ),
    (
        re.compile(r"^\s*[\uff0d\u2014\u2013\u2212\u30fb\u2022\u00b7](?=\s*\S)"),
        "列表要用半角的“- ”开头：请把行首的符号换成“-”，后面空一格",
    ),
    (
        re.compile(r"^\s*(?:- +)?[A-Za-z_]+(?=：)"),
        "冒号要用半角“:”，后面空一格：请把全角“：”换掉",
    ),
    (
        re.compile(r"^\s*(?:- +)?[A-Za-z_]+:(?=[^\s:/])"),
        "冒号后面要空一格：请写成“键: 值”",
    ),
    (
        re.compile(r"(?:^\s*(?:- +)?[A-Za-z_]+ *: +|[:{,] *unit: *)(?=%)"),
        '值以 % 开头时要加引号：请写成 unit: "%"',
    ),
    (
        re.compile(r"^\s*(?:- +)?[A-Za-z_]+ *: +(?=[@`])"),
        "值以 @ 或 ` 开头时要加引号",
    ),
)


_CONFLICT: Final = re.compile(r"^(<{7}( |$)|\|{7}( |$)|={7}$|>{7}( |$))", re.MULTILINE)


def conflict_line(text: str) -> int:
    """Return the line of the first mark of a merge that was not resolved; 0 if there is none."""
    found = _CONFLICT.search(text)
    return text.count("\n", 0, found.start()) + 1 if found else 0


def slips(text: str) -> Iterator[Slip]:
    """Yield what looks wrong, in the order of the lines; texts of blocks after | are passed over."""
    block: int | None = None
    for number, line in enumerate(text.split("\n"), 1):
        indent = len(line) - len(line.lstrip(" "))
        if block is not None and (not line.strip() or indent > block):
            continue
        block = indent if re.search(r":\s*[|>][+-]?\s*$", line) else None
        if line.strip() and not line.lstrip().startswith("#"):
            yield from _line(number, line)


def _line(number: int, line: str) -> Iterator[Slip]:
    blank = re.match(r"^[ ]*([\u3000\u00a0\t])", line)
    if blank:
        name = _WIDE_BLANKS[blank[1]]
        yield Slip(number, blank.start(1) + 1, f"缩进里有{name}：请改用半角空格")
        return
    for pattern, advice in _SHAPES:
        if found := pattern.search(line):
            yield Slip(number, found.end() + 1 if found.end() < len(line) else 1, advice)
            return
    yield from _marks(number, line)


def _marks(number: int, line: str) -> Iterator[Slip]:
    """Yield what is wrong with the quotation marks and brackets of a line."""
    field = re.match(_FIELD, line)
    value, at = (field["value"], field.start("value")) if field else (line.strip(), len(line) - len(line.lstrip()))
    if value.startswith("- "):
        value, at = value[2:], at + 2
    if value[:1] in {'"', "'"}:
        mark = value[0]
        closed = re.match(rf"{mark}(?:[^{mark}\\]|\\.|{mark}{mark})*{mark}\s*(?:#.*)?$", value)
        if not closed:
            ends = value.rstrip().endswith(mark) and len(value.rstrip()) > 1
            advice = (
                f"引号里又有 {mark}：请把里面的换成“ ”，或改用另一种引号"
                if ends
                else f"引号没有收尾：请在这一行的末尾补上 {mark}"
                if mark not in value[1:]
                else f"引号收尾以后还有字：请把整个值放进一对 {mark} 里"
            )
            yield Slip(number, at + 1, advice)
            return
    if value[:1] in {"[", "{"}:
        if "，" in _outside_quotes(value) and value[0] == "[":
            yield Slip(number, at + 1 + value.index("，"), "方括号里要用半角逗号“,”隔开：请把全角“，”换掉")
        elif _outside_quotes(value).count(value[0]) > _outside_quotes(value).count("]" if value[0] == "[" else "}"):
            yield Slip(number, at + 1, f"括号“{value[0]}”没有收尾：请补上“{']' if value[0] == '[' else '}'}”")
        return
    inner = re.search(r": ", value)
    if field and inner and value[:1] not in {'"', "'"}:
        yield Slip(number, at + 1, "文字里有“: ”（冒号加空格）：请给整个值加引号")
    elif not field and not line.lstrip().startswith(("- ", "{", "[", "}", "]")) and ":" not in line:
        yield Slip(number, at + 1, "这一行不是“键: 值”：要是上一行的文字没写完，请并成一行；否则请补上键和冒号")


def _outside_quotes(text: str) -> str:
    """Return a text with what stands in quotation marks taken out."""
    return re.sub(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'", "", text)
