"""Edits in YAML text: what they change, what they leave alone, and what they refuse."""

from __future__ import annotations

import pytest
import yaml

from generator.data.nodes import parse_nodes
from generator.editing.layout import Change, LayoutError, edited

ORDER = ("name", "kind", "who", "due", "note", "quote")

BLOCK = """\
# 开头
rows:
  # 第一条
  - name: 甲  # 名称
    kind: '乙'   # 类别

    who: [丙, 丁] # 谁
    note: "戊"
    quote: 己

  # 第二条
  - name: 庚
    quote: 辛
# 结尾
"""
FLOW = 'rows:\n  - {name: 甲, kind: 乙, note: "戊"}  # 注\n  - {name: 庚}\n'


def _change(key: str, value: object, row: int = 0) -> Change:
    return Change(path=("rows", row), key=key, value=value, order=ORDER)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("key", "value", "old", "new"),
    [
        ("name", "新", "name: 甲  #", "name: 新  #"),
        ("kind", "新", "kind: '乙'   #", "kind: '新'   #"),
        ("kind", "it's", "kind: '乙'   #", "kind: 'it''s'   #"),
        ("note", '"引"', 'note: "戊"', 'note: "\\"引\\""'),
        ("quote", "一,二", "quote: 己", "quote: 一,二"),
        ("who", ["丙", "新"], "[丙, 丁] #", "[丙, 新] #"),
        ("who", ["丙", "丁", "新"], "[丙, 丁] #", "[丙, 丁, 新] #"),
        ("who", ["新"], "[丙, 丁] #", "[新] #"),
        ("who", [], "[丙, 丁] #", "[] #"),
        ("who", ["a, b", "c"], "[丙, 丁] #", '["a, b", c] #'),
        ("note", None, '    note: "戊"\n', ""),
        ("quote", None, "    quote: 己\n", ""),
        ("due", {"months": [3, 6], "day": 20}, "# 谁\n", "# 谁\n    due: {months: [3, 6], day: 20}\n"),
    ],
)
def test_a_value_in_a_block(key: str, value: object, old: str, new: str) -> None:
    """A value that is replaced, added or taken away changes its own characters and no others."""
    assert BLOCK.count(old) == 1
    assert edited(BLOCK, [_change(key, value)]) == BLOCK.replace(old, new)


@pytest.mark.parametrize(
    ("row", "key", "value", "expected"),
    [
        (0, "name", "新", FLOW.replace("甲", "新")),
        (0, "note", "新", FLOW.replace("戊", "新")),
        (0, "kind", "一, 二", FLOW.replace("乙", '"一, 二"')),
        (0, "who", ["新"], FLOW.replace("乙,", "乙, who: [新],")),
        (0, "quote", "新", FLOW.replace('"戊"}', '"戊", quote: 新}')),
        (0, "kind", None, FLOW.replace("kind: 乙, ", "")),
        (0, "name", None, FLOW.replace("name: 甲, ", "")),
        (0, "note", None, FLOW.replace(', note: "戊"', "")),
        (1, "note", "新", FLOW.replace("庚", "庚, note: 新")),
    ],
)
def test_a_value_in_braces(row: int, key: str, value: object, expected: str) -> None:
    """Within braces a value is replaced, added and taken away together with its comma."""
    assert edited(FLOW, [_change(key, value, row)]) == expected


@pytest.mark.parametrize(
    ("text", "key", "value", "expected"),
    [
        ("rows:\n- kind: 乙\n", "name", "甲", "rows:\n- name: 甲\n  kind: 乙\n"),
        ("rows: [{kind: 乙}]", "name", "甲", "rows: [{name: 甲, kind: 乙}]"),
        ("rows:\n  - name: 甲\n    kind: 乙\n", "name", None, "rows:\n  - kind: 乙\n"),
        ("rows:\n- name: 甲\n  kind: 乙", "kind", None, "rows:\n- name: 甲"),
        ("rows:\n- name: 甲", "note", "新", "rows:\n- name: 甲\n  note: 新"),
        ("---\nrows:\n- name:\n  quote: 己\n", "name", "新", "---\nrows:\n- name: 新\n  quote: 己\n"),
        ("rows:\n- name:\n  quote: 己\n", "kind", "新", "rows:\n- name:\n  kind: 新\n  quote: 己\n"),
        ("rows:\n- name: 甲\n    乙\n  quote: 己\n", "name", "新", "rows:\n- name: 新\n  quote: 己\n"),
        ('rows:\n- name: "甲\n    乙"\n  quote: 己\n', "name", "新", 'rows:\n- name: "新"\n  quote: 己\n'),
        ("rows:\n- note: |\n    甲 # 乙\n\n  quote: 己\n", "note", "新", "rows:\n- note: 新\n\n  quote: 己\n"),
        ("rows:\n- name:\n    甲\n  quote: 己\n", "name", "新", "rows:\n- name:\n    新\n  quote: 己\n"),
        ("rows:\n- who:\n  - 甲 # 注\n  - 乙\n", "who", ["丙", "乙"], "rows:\n- who:\n  - 丙 # 注\n  - 乙\n"),
        ("rows:\n- who:\n  - 甲 # 注\n", "who", ["甲", "乙"], "rows:\n- who:\n  - 甲 # 注\n  - 乙\n"),
        ("rows:\n- who:\n    - 甲\n    - 乙\n", "who", ["丙"], "rows:\n- who:\n    - 丙\n"),
        ("rows:\n- who:\n    - 甲\n  quote: 己\n", "who", [], "rows:\n- who: []\n  quote: 己\n"),
        (
            "rows:\n- who:\n  - name: 甲\n    means:\n    - 丙\n  - 乙 # 注\n",
            "who",
            ["新", "乙"],
            "rows:\n- who:\n  - 新\n  - 乙 # 注\n",
        ),
        (
            "rows:\n- who:\n  - name: 甲\n    means: [丙]\n  - 乙 # 注\n",
            "who",
            [{"name": "甲", "note": "丙"}, "乙"],
            "rows:\n- who:\n  - {name: 甲, note: 丙}\n  - 乙 # 注\n",
        ),
        (
            "rows:\n- who:\n  - name: 甲 # 注\n    means: [丙]\n  - 乙\n",
            "who",
            [{"name": "甲", "means": ["丁"]}, "新"],
            "rows:\n- who:\n  - name: 甲 # 注\n    means: [丁]\n  - 新\n",
        ),
        ("rows:\n- ? name\n  : 甲\n", "name", "新", "rows:\n- ? name\n  : 新\n"),
        (
            "rows:\n- due:\n    months: [3] # 注\n    day: 9\n",
            "due",
            {"months": [3, 6], "day": 10},
            "rows:\n- due:\n    months: [3, 6] # 注\n    day: 10\n",
        ),
    ],
)
def test_odd_layouts(text: str, key: str, value: object, expected: str) -> None:
    """Layouts that nobody wrote yet are kept too: lists at their key's column, several lines, no line end."""
    assert edited(text, [_change(key, value)]) == expected


@pytest.mark.parametrize(
    ("text", "key", "value"),
    [
        (BLOCK, "kind", None),
        (BLOCK, "who", None),
        (BLOCK, "name", None),
        ("rows:\n- who:\n  - 甲 # 注\n  - 乙\n", "who", ["丙"]),
        ("rows:\n- who: # 注\n  - 甲\n", "who", []),
        ("rows:\n- who:\n  - name: 甲 # 注\n    means: [丙]\n  - 乙\n", "who", ["新", "乙"]),
        ("rows:\n- note: | # 注\n    甲\n", "note", "新"),
        ("rows:\n- {name: 甲, # 注\n   kind: 乙}\n", "name", None),
        ("rows:\n- ? name\n  : 甲\n  kind: 乙\n", "name", None),
        ("rows:\n- due:\n    # 注\n    months: [3]\n    day: 9\n", "due", None),
    ],
)
def test_no_comment_is_lost(text: str, key: str, value: object) -> None:
    """A change that would take a comment with it, or break the text, is refused and named."""
    change = _change(key, value)
    with pytest.raises(LayoutError) as caught:
        edited(text, [change])
    assert caught.value.change is change


@pytest.mark.parametrize(
    "value",
    [
        *("甲: 乙", "甲 #乙", "# 甲", "2022", "1.5", "no", "Yes", "null", "~", "12:30", "2022-01-01", "0o7", "="),
        *(
            '"甲"',
            "'甲'",
            "it's",
            "[甲]",
            "{甲",
            "甲]",
            " 甲",
            "甲 ",
            "- 甲",
            "?",
            "-",
            "甲:",
            "|",
            ">",
            "%",
            "@甲",
            "`甲",
        ),
        *("*甲", "&甲", "!甲", "一, 二", "<<", "---", "\\", '\\"', "“甲”", "甲：乙", "→😀", "甲" * 2000, "a b " * 200),
    ],
)
@pytest.mark.parametrize("text", ["rows:\n  - name: 甲\n", "rows: [{name: 甲}]\n", 'rows: [{name: "甲"}]\n'])
def test_what_yaml_would_misread(text: str, value: str) -> None:
    """A text comes back as the same text, for our reader and for one of older YAML, whatever it looks like."""
    new = edited(text, [_change("name", value)])
    parse_nodes(new, "")
    assert yaml.safe_load(new) == {"rows": [{"name": value}]}
    assert new.count("\n") == 1 + text.count("\n  ")


def test_the_change_that_cannot_be_made_is_named() -> None:
    """Among sound changes the one is named that would lose a comment."""
    bad = _change("kind", None)
    with pytest.raises(LayoutError) as caught:
        edited(BLOCK, [_change("name", "新"), _change("note", None, 0), bad, _change("kind", "新", 1)])
    assert caught.value.change is bad


def test_many_changes_at_once() -> None:
    """Several changes of one record and of its neighbours do not get into each other's way."""
    changes = [
        _change("kind", "新类"),
        _change("note", None),
        _change("due", {"months": [1], "day": 2}),
        _change("name", "新名"),
        _change("kind", "二类", 1),
        _change("note", "二注", 1),
        _change("who", ["二"], 1),
    ]
    assert edited(BLOCK, changes) == (
        "# 开头\nrows:\n  # 第一条\n  - name: 新名  # 名称\n    kind: '新类'   # 类别\n\n    who: [丙, 丁] # 谁\n"
        "    due: {months: [1], day: 2}\n    quote: 己\n\n  # 第二条\n  - name: 庚\n    kind: 二类\n    who: [二]\n"
        "    note: 二注\n    quote: 辛\n# 结尾\n"
    )


def test_numbers_are_written_plainly() -> None:
    """A number is written without quotes, and as digits however small it is."""
    assert edited(FLOW, [_change("kind", 99.5)]) == FLOW.replace("乙", "99.5")
    assert edited(FLOW, [_change("kind", 0.0000001)]) == FLOW.replace("乙", "0.0000001")
    assert edited(FLOW, [_change("kind", -3)]) == FLOW.replace("乙", "-3")
