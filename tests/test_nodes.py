"""YAML text to nodes: what is kept of the text and its place, and what is refused, under both of PyYAML's parsers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
import yaml

from generator.data import nodes
from generator.data.nodes import (
    DEEPEST,
    LARGEST_FILE,
    Mapping,
    Node,
    Scalar,
    Sequence,
    parse_nodes,
    parse_text,
    read_text,
)
from generator.problems import Location, PlanError, Problem

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(params=["libyaml", "pure"], autouse=True)
def _parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run each test with libyaml's parser and with the one in Python, for where PyYAML was built without libyaml."""
    if request.param == "pure":
        monkeypatch.setattr(nodes, "_LOADER", yaml.SafeLoader)


def _mapping(text: str) -> Mapping:
    node = parse_nodes(text, "a.yaml")
    assert isinstance(node, Mapping)
    return node


def _value(text: str) -> Node:
    """Return the value of the only key."""
    ((_, value),) = _mapping(text).entries
    return value


def _problem(text: str) -> Problem:
    """Return the one problem that a text gives."""
    with pytest.raises(PlanError) as caught:
        parse_nodes(text, "a.yaml")
    (problem,) = caught.value.problems
    return problem


@pytest.mark.parametrize("text", ["no", "2022", "12:30", "1.", "0x1F", "2022-12-12", "~", "1e3"])
def test_types_are_not_guessed(text: str) -> None:
    """Words that YAML takes for a truth value, a number or a date stay texts."""
    value = _value(f"a: {text}")
    assert isinstance(value, Scalar)
    assert (value.text, value.is_plain, value.is_block) == (text, True, False)


@pytest.mark.parametrize(
    ("text", "is_plain", "is_block"), [("a: b", True, False), ("a: 'b'", False, False), ("a: |\n  b", False, True)]
)
def test_a_text_knows_how_it_was_written(text: str, is_plain: bool, is_block: bool) -> None:  # noqa: FBT001
    """A text tells plain from quoted and block from inline."""
    value = _value(text)
    assert isinstance(value, Scalar)
    assert (value.is_plain, value.is_block) == (is_plain, is_block)


@pytest.mark.parametrize(
    ("text", "indent"),
    [("a: |\n  甲\n    乙\n", 2), ("a: |\n\n     甲\n", 5), ("a: |2\n    甲\n", 2), ("a: 甲", 0), ("a: '甲'", 0)],
)
def test_a_block_knows_its_indentation(text: str, indent: int) -> None:
    """A block tells how many blanks stand before its lines, whatever stands in its first."""
    value = _value(text)
    assert isinstance(value, Scalar)
    assert value.indent == indent


def test_places_count_characters() -> None:
    """Lines and columns count from 1, in characters, for Chinese too."""
    node = _mapping("单位:\n  - {名称: 区便民局, 类别: 政府部门}\n")
    ((key, units),) = node.entries
    assert key.where == Location("a.yaml", 1, 1)
    assert isinstance(units, Sequence)
    assert units.where == Location("a.yaml", 2, 3)
    (unit,) = units.items
    assert isinstance(unit, Mapping)
    assert [(name.where.column, value.where.column) for name, value in unit.entries] == [(6, 10), (16, 20)]


def test_keys_keep_their_order_and_may_repeat() -> None:
    """A mapping keeps its keys in written order, also one that stands twice."""
    assert [key.text for key, _ in _mapping("b: 1\na: 2\nb: 3\n").entries] == ["b", "a", "b"]


def test_the_deepest_nesting_is_let_in() -> None:
    """Nesting is counted exactly: the deepest that is allowed passes, one more does not."""
    assert isinstance(parse_nodes("[" * DEEPEST + "]" * DEEPEST, "a.yaml"), Sequence)
    assert _problem("[" * (DEEPEST + 1) + "]" * (DEEPEST + 1)).rule == "yaml-depth"


@pytest.mark.parametrize(
    ("text", "rule", "line", "column"),
    [
        ("a: &x 1", "yaml-alias", 1, 4),
        ("a: 1\nb: *x", "yaml-alias", 2, 4),
        ("a: [1, *x]", "yaml-alias", 1, 8),
        ("&x a: 1", "yaml-alias", 1, 1),
        ("a: !!str 1", "yaml-tag", 1, 4),
        ("a: !!python/object:os.system {}", "yaml-tag", 1, 4),
        ("a: !x [1]", "yaml-tag", 1, 4),
        ("a: 1\n---\nb: 2", "yaml-syntax", 2, 1),
        ("[a]: 1", "yaml-syntax", 1, 1),
        ("? {a: 1}\n: 1", "yaml-syntax", 1, 3),
        ("a: b: c", "yaml-syntax", 1, 4),
        ("a: @b", "yaml-syntax", 1, 4),
        ("# 注释\n", "file-empty", 1, 1),
    ],
)
def test_what_is_refused(text: str, rule: str, line: int, column: int) -> None:
    """What a clerk's file never needs is refused where it stands."""
    problem = _problem(text)
    assert (problem.rule, problem.where) == (rule, Location("a.yaml", line, column))


@pytest.mark.parametrize("char", ["\0", "\x1b", "\x7f", "\x80", "\ufeff", "\ufffe"])
def test_a_control_character_is_named(char: str) -> None:
    """A control character is reported where it stands, also behind Chinese, with its code."""
    problem = _problem(f"甲: 乙\n丙: 丁{char}戊\n")
    assert problem.where == Location("a.yaml", 2, 5)
    assert f"U+{ord(char):04X}" in problem.text


@pytest.mark.parametrize("char", ["\u2028", "\u2029", "\x85"])
def test_other_line_ends_are_named(char: str) -> None:
    """A line end that only YAML knows is reported: it would shift every line number behind it."""
    problem = _problem(f"甲: 乙\n丙: 丁{char}  戊\n己: 庚: 辛")
    assert problem.where == Location("a.yaml", 2, 5)
    assert f"U+{ord(char):04X}" in problem.text


@pytest.mark.parametrize("text", ["a:\n  - b\nc", "- a\n- 'b", "a: [b", "a: {b: ", "c: 1\nd"])
def test_a_place_lies_in_the_file(text: str) -> None:
    """A fault at the end of a file is reported on a line that the file has."""
    assert _problem(text).where.line <= text.count("\n") + 1


def test_parse_text_keeps_the_text() -> None:
    """A sound file is given back as it is."""
    assert parse_text("甲\n乙".encode(), "a.txt") == "甲\n乙"


@pytest.mark.parametrize(
    ("data", "rule", "line", "column"),
    [
        ("甲".encode("utf-16"), "file-bom", 1, 1),
        ("甲\n乙".encode() + "丙".encode("gbk"), "file-encoding", 2, 2),
        (b"a\rb", "file-line-end", 1, 2),
        (b"", "file-empty", 1, 1),
        ("\n \u3000\n".encode(), "file-empty", 1, 1),
    ],
)
def test_bytes_that_an_editor_would_stumble_on(data: bytes, rule: str, line: int, column: int) -> None:
    """Bytes that are not plain UTF-8 lines are refused at the first such byte."""
    with pytest.raises(PlanError) as caught:
        parse_text(data, "a.txt")
    (problem,) = caught.value.problems
    assert (problem.rule, problem.where) == (rule, Location("a.txt", line, column))


@pytest.mark.parametrize(
    ("data", "rule", "line", "column"),
    [(b"\xef\xbb\xbfa", "file-bom", 1, 1), (b"a\nbc\r\n", "file-line-end", 2, 3)],
)
def test_only_what_counts_byte_for_byte_is_that_strict(data: bytes, rule: str, line: int, column: int) -> None:
    """What Windows adds is taken away, but refused in a file that is kept as published."""
    assert parse_text(data, "a.yaml") == data.decode("utf-8-sig").replace("\r\n", "\n")
    with pytest.raises(PlanError) as caught:
        parse_text(data, "a.txt", is_exact=True)
    (problem,) = caught.value.problems
    assert (problem.rule, problem.where) == (rule, Location("a.txt", line, column))


def test_read_text_names_the_file_as_told(tmp_path: Path) -> None:
    """A file that cannot be read is named by the path that the editor knows."""
    with pytest.raises(PlanError) as caught:
        read_text(tmp_path / "none.yaml", "plan_data/none.yaml")
    assert re.fullmatch(r"plan_data/none\.yaml:1:1: error: 缺少这个文件.* \(file-missing\)", str(caught.value))


def test_the_largest_file_is_let_in(tmp_path: Path) -> None:
    """Size is counted exactly, in bytes."""
    path = tmp_path / "a.yaml"
    path.write_bytes(b"#" * LARGEST_FILE)
    assert len(read_text(path, "a.yaml")) == LARGEST_FILE
    path.write_bytes(b"#" * (LARGEST_FILE + 1))
    with pytest.raises(PlanError, match="file-size"):
        read_text(path, "a.yaml")
