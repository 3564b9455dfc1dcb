"""YAML text to plain values that know their line and column.

Only what a clerk's file needs is accepted: mappings, lists and texts. Anchors,
aliases, tags and several documents in one file are problems, and nesting is bounded,
so no file, however made, costs more than time in proportion to its length.
Types are not guessed here: `no`, `2022` and `12:30` all stay texts until a shape
says what they must be.
"""

from __future__ import annotations

import codecs
import os
import re
import stat
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import yaml

from ..problems import UNREADABLE, Location, PlanError, Problem
from .slips import conflict_line, slips

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LARGEST_FILE: Final = 1 * 1024 * 1024
"""Bytes. The longest sector of a real plan is about 30 KB."""
DEEPEST: Final = 20
_AHEAD: Final = 80
"""Characters behind a text in which a comment is looked for."""
WRONG_ENCODING: Final = "文件不是 UTF-8 编码：请在编辑器里选“UTF-8”另存（常见原因是存成了 GBK）"
_LONE_RETURN: Final = "有单独的回车符（CR）：请删去，或在编辑器里把换行改成 LF 后保存"
_CONTROL: Final = re.compile(
    "[^\\t\\n\\x20-\\x7e\\xa0-\\u2027\\u202a-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]|\\ufeff"
)
"""What no line of a plan holds: control characters and separators of lines."""

# libyaml's parser is many times faster; PyYAML may have been built without it.
_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text, as written."""

    where: Location
    text: str
    is_plain: bool
    is_block: bool
    """Written after `|`, so that its lines begin one line below `where`."""
    is_folded: bool = False
    """Written over several lines that YAML joins with blanks."""
    cut: str = ""
    """What follows on its line after ` #`, and so is no part of it."""
    indent: int = 0
    """Of a block: how many blanks stand before each of its lines."""


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    where: Location
    items: tuple[Node, ...]
    is_flow: bool = False
    """Written in brackets on one line."""


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys and values in written order; a key may stand twice."""

    where: Location
    entries: tuple[tuple[Scalar, Node], ...]


Node = Scalar | Sequence | Mapping


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not come yet."""

    where: Location
    is_mapping: bool
    is_flow: bool
    items: list[Node] = field(default_factory=list)


def read_text(path: Path, shown: str, *, is_exact: bool = False, belongs: str = "") -> str:
    """Read a file that must be UTF-8 and not empty; raises PlanError.

    `shown` is the path that problems name. A file that counts byte for byte, `is_exact`, has
    no BOM and LF line ends; of any other they are harmless and are taken away. `belongs` says
    what is to be written into the file, for who does not have it yet.
    """
    here = Location(shown)
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise _fault(here, "file-missing", "这里应是一个文件，现在是目录或设备：请换成文件")
        if status.st_size > LARGEST_FILE:
            limit = LARGEST_FILE // 1024 // 1024
            raise _fault(here, "file-size", f"文件超过 {limit} MB，不像是方案数据：请检查是否放错了文件")
        data = path.read_bytes()
    except FileNotFoundError as error:
        missing = (
            "链接指向的文件不存在：请修好链接，或换成文件"
            if path.is_symlink()
            else f"缺少这个文件{f'（{belongs}）' if belongs else ''}：请补上，或检查文件名"
        )
        raise _fault(here, "file-missing", missing) from error
    except OSError as error:
        if not os.access(path.parent, os.X_OK):
            # One cause for all the files in it.
            folder = Location(shown.rpartition("/")[0] or shown)
            raise _fault(folder, UNREADABLE, "读不了这个目录：请检查权限和磁盘") from error
        raise _fault(here, UNREADABLE, "读不了这个文件：请检查权限和磁盘") from error
    return parse_text(data, shown, is_exact=is_exact)


def parse_text(data: bytes, shown: str, *, is_exact: bool = False) -> str:
    """Decode the bytes of one file; raises PlanError where an editor would stumble."""
    if not is_exact:
        data = data.removeprefix(codecs.BOM_UTF8).replace(b"\r\n", b"\n")
    if data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise _fault(Location(shown), "file-bom", "文件开头有 BOM：请用“UTF-8（无 BOM）”编码另存")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line, column = position(data[: error.start].decode("utf-8"))
        raise _fault(
            Location(shown, line, column),
            "file-encoding",
            WRONG_ENCODING,
        ) from error
    if "\r" in text:
        at = text.index("\r")
        line, column = position(text[:at])
        is_crlf = is_exact and text.startswith("\r\n", at)
        advice = "换行是 Windows 的 CRLF：请在编辑器里改成 LF 后保存" if is_crlf else _LONE_RETURN
        raise _fault(Location(shown, line, column), "file-line-end", advice)
    if not text.strip():
        raise _fault(Location(shown), "file-empty", "文件是空的：请补上内容，或从版本库恢复")
    return text


def parse_nodes(text: str, shown: str) -> Node:
    """Parse one YAML document; raises PlanError at the first thing that is not plain YAML."""
    if control := _CONTROL.search(text):
        line, column = position(text[: control.start()])
        advice = f"有不该出现的控制字符（U+{ord(control[0]):04X}）：请删去"
        raise _fault(Location(shown, line, column), "yaml-syntax", advice)
    if line := conflict_line(text):
        raise _fault(
            Location(shown, line),
            "yaml-syntax",
            "版本合并的冲突没有解决：请选定一方，删去“<<<<<<<”“|||||||”“=======”“>>>>>>>”这些行",
        )
    try:
        return _compose(text, shown)
    except yaml.MarkedYAMLError as error:
        raise _syntax_fault(error, text, shown) from error
    except yaml.YAMLError as error:
        raise _fault(Location(shown), "yaml-syntax", _UNCLEAR) from error


def _compose(text: str, shown: str) -> Node:
    lines = text.split("\n")
    stack: list[_Open] = []
    root: Node | None = None
    for event, where in _events(text, shown):
        node: Node
        if isinstance(event, yaml.ScalarEvent):
            if _CONTROL.search(event.value):
                raise _fault(where, "yaml-syntax", "引号里用“\\”写出了控制字符：请删去")
            node = _scalar(event, where, lines)
        elif isinstance(event, (yaml.SequenceStartEvent, yaml.MappingStartEvent)):
            if len(stack) == DEEPEST:
                raise _fault(where, "yaml-depth", f"嵌套超过 {DEEPEST} 层：请检查缩进或多余的括号")
            stack.append(_Open(where, isinstance(event, yaml.MappingStartEvent), bool(event.flow_style)))
            continue
        elif isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent)):
            node = _close(stack.pop())
        elif isinstance(event, yaml.DocumentStartEvent) and root is not None:
            raise _fault(where, "yaml-syntax", "一个文件里只能有一份数据：请删去“---”及其后的另一份")
        else:
            continue
        if stack:
            stack[-1].items.append(node)
        else:
            root = node
    if root is None:
        raise _fault(Location(shown), "file-empty", "文件里只有注释，没有数据：请补上内容，或从版本库恢复")
    return root


def _scalar(event: yaml.ScalarEvent, where: Location, lines: list[str]) -> Scalar:
    is_plain, is_block = event.style is None or event.style == "", event.style in {"|", ">"}
    end = event.end_mark
    # Not all of the line: a file of one line, however long, is read in time in proportion to its length.
    rest = lines[end.line][end.column : end.column + _AHEAD] if is_plain and end and end.line < len(lines) else ""
    cut = rest.strip() if re.match(r"\s+#", rest) or (rest.startswith("#") and event.value) else ""
    # The end of a plain text lies on its last line; blank lines and comments behind it are no part of it.
    is_folded = not is_block and end is not None and end.line > where.line - 1 and bool(event.value)
    indent = _indent(event.value, where.line, lines) if is_block else 0
    return Scalar(where, event.value, is_plain, event.style == "|", is_folded, cut, indent)


def _indent(text: str, start: int, lines: list[str]) -> int:
    """Return the indentation of a block whose first line stands at a place in the lines of a file."""
    for line, raw in zip(text.split("\n"), lines[start:], strict=False):
        if line:
            return max(len(raw) - len(line), 0)
    return 0


def _events(text: str, shown: str) -> Iterator[tuple[yaml.Event, Location]]:
    """Yield the parser's events with their places; raises PlanError on what plain data never needs."""
    for event in yaml.parse(text, Loader=_LOADER):
        mark = event.start_mark
        where = Location(shown, mark.line + 1, mark.column + 1) if mark else Location(shown)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _fault(
                where, "yaml-alias", "不支持锚点（&）和引用（*）：请把内容照写一遍；文字以 & 或 * 开头时请加引号"
            )
        if getattr(event, "tag", None):
            raise _fault(where, "yaml-tag", _NO_TAG)
        yield event, where


def _close(opened: _Open) -> Node:
    if not opened.is_mapping:
        return Sequence(opened.where, tuple(opened.items), opened.is_flow)
    entries = []
    for key, value in zip(opened.items[::2], opened.items[1::2], strict=True):
        if not isinstance(key, Scalar):
            raise _fault(key.where, "yaml-syntax", "键必须是一个词：请检查括号和冒号")
        entries.append((key, value))
    return Mapping(opened.where, tuple(entries))


def _fault(where: Location, rule: str, text: str) -> PlanError:
    return PlanError([Problem(where, rule, text)])


def position(before: str) -> tuple[int, int]:
    """Line and column of the character that follows `before`."""
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


_NO_ALIAS: Final = "不支持锚点（&）和引用（*）：请把内容照写一遍；文字以 & 或 * 开头时请加引号"
_NO_TAG: Final = "不支持标签（!）：请删去；文字以 ! 开头时请加引号"
_UNCLEAR: Final = "不是有效的 YAML：请检查本行和上一行的缩进、冒号、引号与括号是否成对"
_BEGUN: Final = (
    ("while scanning an alias", "yaml-alias", _NO_ALIAS),
    ("while scanning an anchor", "yaml-alias", _NO_ALIAS),
    ("while scanning a tag", "yaml-tag", _NO_TAG),
    ("while scanning a quoted scalar", "yaml-syntax", "引号没有收尾：请补上后引号"),
    ("while scanning a simple key", "yaml-syntax", "这一行应是“键: 值”：冒号要用半角“:”，后面空一格"),
)
"""(the parser's context, rule, advice), told at the place where it began."""
_ADVICE: Final = (
    ("mapping values are not allowed", "这里不该有冒号加空格：文字里含“: ”时请给整句加引号，或检查上一行的缩进"),
    (
        "found character that cannot start any token",
        "这里的字符不能直接开头（多半是制表符或 @、`）：请改用空格缩进，或给文字加引号",
    ),
    ("could not find expected ':'", "这一行缺少冒号，或上一行的引号没有收尾：请写成“键: 值”"),
    ("did not find expected key", "缩进与上文不齐，或前面的引号、括号没有收尾：请对齐本行，检查引号"),
    ("did not find expected '-' indicator", "缩进没有对齐：列表的“-”要各在同一列，同级的键也要各在同一列"),
    ("did not find expected ',' or", "方括号或花括号没有收尾，或缺少逗号：请补上"),
    ("did not find expected node content", "括号里缺少内容或多了逗号：请补上或删去"),
    ("found unexpected end of stream", "引号没有收尾：请补上后引号"),
    ("block sequence entries are not allowed", "“-”不能写在这里：请另起一行并缩进"),
    ("exceeded max", "嵌套太深：请检查缩进或多余的括号"),
    ("undefined alias", "不支持锚点（&）和引用（*）：文字以 * 开头时请加引号"),
)


def _syntax_fault(error: yaml.MarkedYAMLError, text: str, shown: str) -> PlanError:
    """Say what the parser stumbled over: where that began, if it began something, else where it stopped."""
    for context, rule, advice in _BEGUN:
        if rule != "yaml-syntax" and context in (error.context or "") and error.context_mark:
            return _fault(_place(error.context_mark, text, shown), rule, advice)
    mark = error.problem_mark or error.context_mark
    if mark is None:
        return _fault(Location(shown), "yaml-syntax", _UNCLEAR)
    lines = text.split("\n")
    # What a hand did wrong lies where the parser stopped, or somewhere before.
    found = [slip for slip in slips(text) if slip.line <= mark.line + 1]
    near = [slip for slip in found if slip.line >= mark.line]
    if slip := next(iter(near or found), None):
        return _fault(Location(shown, slip.line, slip.column), "yaml-syntax", slip.text)
    if mark.line < len(lines) and "\t" in lines[mark.line][: mark.column + 1]:
        return _fault(_place(mark, text, shown), "yaml-syntax", "这里有制表符（Tab）：请改用空格缩进")
    for context, rule, advice in _BEGUN:
        if context in (error.context or "") and error.context_mark:
            return _fault(_place(error.context_mark, text, shown), rule, advice)
    advice = next((advice for begins, advice in _ADVICE if begins in (error.problem or "")), _UNCLEAR)
    return _fault(_place(mark, text, shown), "yaml-syntax", advice)


def _place(mark: yaml.Mark, text: str, shown: str) -> Location:
    """Return a mark's place; the parser puts the end of the text on a line that is not there."""
    lines = text.split("\n")
    if mark.line >= len(lines):
        return Location(shown, len(lines), len(lines[-1]) + 1)
    return Location(shown, mark.line + 1, mark.column + 1)
