"""Records put into YAML and taken out of it: in the file's own style, with nothing else touched."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from generator.data.nodes import parse_nodes
from generator.editing.layout import LayoutError
from generator.editing.merge import read_rows
from generator.editing.records import Insert, Remove, moved, place_of, restructured
from generator.editing.tables import TABLE

SEED = Path(__file__).resolve().parents[2] / "tests" / "seed" / "plan_data"
ORDER = ("id", "name", "text", "aliases", "note", "values", "duties")

UNITS = """\
# 开头
units:
  # 第一个
  - id: a
    name: 甲  # 名称
    # 别名的话
    aliases:
      - {name: 一, source: "印"}  # 一的注
      # 二的注
      - {name: 二, source: "印"}

  # 说第二个
  # 还说第二个
  - id: b
    name: 乙
    note: |
      丙

  - id: c
    name: 丁
"""


def _insert(path: tuple[str | int, ...], key: str, at: int, **record: object) -> Insert:
    return Insert(path=path, key=key, at=at, record=record, order=ORDER)


@pytest.mark.parametrize(
    ("op", "old", "new"),
    [
        (
            _insert(("units", 0), "aliases", 2, name="三", source="印: 1"),
            '      - {name: 二, source: "印"}\n',
            '      - {name: 二, source: "印"}\n      - {name: 三, source: "印: 1"}\n',
        ),
        (
            _insert(("units", 0), "aliases", 0, name="三"),
            "      - {name: 一,",
            "      - {name: 三}\n      - {name: 一,",
        ),
        (
            _insert(("units", 0), "aliases", 1, name="三"),
            "  # 一的注\n",
            "  # 一的注\n      - {name: 三}\n",
        ),
        (
            _insert(("units", 1), "aliases", 0, name="三 #四"),
            "    name: 乙\n",
            '    name: 乙\n    aliases:\n      - {name: "三 #四"}\n',
        ),
        (
            _insert(("units", 2), "values", 0, year=2022, text="戊"),
            "    name: 丁\n",
            "    name: 丁\n    values:\n      - {year: 2022, text: 戊}\n",
        ),
        (_insert((), "units", 3, id="d", name="己"), "    name: 丁\n", "    name: 丁\n\n  - id: d\n    name: 己\n"),
        (
            _insert((), "units", 3, id="d", values=[{"year": 1, "text": "己"}, {"text": "庚"}]),
            "    name: 丁\n",
            "    name: 丁\n\n  - id: d\n    values:\n      - {year: 1, text: 己}\n      - {text: 庚}\n",
        ),
        (
            _insert((), "units", 1, id="d"),
            "\n  # 说第二个",
            "\n  - id: d\n\n  # 说第二个",
        ),
        (Remove(path=("units", 0, "aliases", 0)), '      - {name: 一, source: "印"}  # 一的注\n', ""),
        (Remove(path=("units", 0, "aliases", 1)), '      # 二的注\n      - {name: 二, source: "印"}\n', ""),
        (
            Remove(path=("units", 1)),
            "  # 说第二个\n  # 还说第二个\n  - id: b\n    name: 乙\n    note: |\n      丙\n\n",
            "",
        ),
        (Remove(path=("units", 2)), "\n  - id: c\n    name: 丁\n", ""),
        (Remove(path=("units", 0)), UNITS[UNITS.index("  # 第一") : UNITS.index("  # 说第二")], ""),
    ],
)
def test_one_record(op: Insert | Remove, old: str, new: str) -> None:
    """A record comes and goes with its own lines and comment; all others stay."""
    assert UNITS.count(old) == 1
    assert restructured(UNITS, [op]) == UNITS.replace(old, new)


@pytest.mark.parametrize(
    ("text", "op", "expected"),
    [
        ("units:\n- id: a", _insert((), "units", 1, id="b"), "units:\n- id: a\n- id: b"),
        ("units:\n- id: a\n- id: b", Remove(path=("units", 1)), "units:\n- id: a"),
        (
            "units:\n- id: a\n  text: |\n    甲\n\n- id: b\n",
            _insert(("units", 0), "duties", 0, id="x"),
            "units:\n- id: a\n  text: |\n    甲\n  duties:\n  - id: x\n\n- id: b\n",
        ),
        (
            "units: [{id: a, aliases: []}]\n",
            _insert(("units", 0), "aliases", 0, name="一"),
            "units: [{id: a, aliases: [{name: 一}]}]\n",
        ),
        (
            "units: [{id: a}]\n",
            _insert(("units", 0), "aliases", 0, name="一"),
            "units: [{id: a, aliases: [{name: 一}]}]\n",
        ),
        ("units: [{id: a}]\n", _insert((), "units", 1, id="b, c"), 'units: [{id: a}, {id: "b, c"}]\n'),
        ("units: [{id: a}, {id: b}]\n", _insert((), "units", 1, id="c"), "units: [{id: a}, {id: c}, {id: b}]\n"),
        ("units: [{id: a}, {id: b}]\n", Remove(path=("units", 0)), "units: [{id: b}]\n"),
        ("units: [{id: a}, {id: b}]\n", Remove(path=("units", 1)), "units: [{id: a}]\n"),
        (
            "units:\n  - id: a\n    aliases: []  # 还没有\n    note: 甲\n",
            _insert(("units", 0), "aliases", 0, name="一"),
            "units:\n  - id: a\n    aliases:  # 还没有\n      - {name: 一}\n    note: 甲\n",
        ),
        (
            "units:\n  - id: a\n    # 话\n    aliases:\n      # 甲\n      - {name: 一}\n      # 乙\n    note: 丙\n",
            Remove(path=("units", 0, "aliases", 0)),
            "units:\n  - id: a\n    # 话\n    note: 丙\n",
        ),
        (
            "units:\n  - id: a\n    aliases:\n      - {name: 一}\n  - id: b\n",
            Remove(path=("units", 0, "aliases", 0)),
            "units:\n  - id: a\n  - id: b\n",
        ),
        (
            "units:\n  - {id: a, aliases: [{name: 一}], note: 甲}\n",
            Remove(path=("units", 0, "aliases", 0)),
            "units:\n  - {id: a, note: 甲}\n",
        ),
    ],
)
def test_odd_layouts(text: str, op: Insert | Remove, expected: str) -> None:
    """Lists in brackets, lists that are not there yet, and files without a last line break are written as they are."""
    assert restructured(text, [op]) == expected


def test_what_would_lose_a_comment_is_refused() -> None:
    """A record in brackets with a comment of its own is not taken out, and the operation is named."""
    text, op = "units: [{id: a}, # 甲\n  {id: b},\n  # 乙\n  {id: c}]\n", Remove(path=("units", 1))
    with pytest.raises(LayoutError) as caught:
        restructured(text, [Insert(path=(), key="units", at=0, record={"id": "d"}, order=()), op])
    assert caught.value.change is op


def test_several_at_once() -> None:
    """Paths are those of the text as it was; records that come stand in the order in which they were given."""
    ops = [
        Remove(path=("units", 0, "aliases", 0)),
        _insert(("units", 1), "aliases", 0, name="五"),
        _insert(("units", 1), "aliases", 0, name="六"),
        Remove(path=("units", 0, "aliases", 1)),
        _insert(("units", 0), "aliases", 2, name="七"),
        Remove(path=("units", 2)),
        _insert((), "units", 3, id="e"),
        _insert((), "units", 3, id="f"),
        _insert((), "units", 0, id="g"),
    ]
    new = restructured(UNITS, ops)
    ids = [line.strip() for line in new.splitlines() if "- " in line]
    assert ids == [
        "- id: g",
        "- id: a",
        "- {name: 七}",
        "- id: b",
        "- {name: 五}",
        "- {name: 六}",
        "- id: e",
        "- id: f",
    ]
    assert place_of(ops[2], ops) == ("units", 2, "aliases", 1)
    assert place_of(ops[7], ops) == ("units", 4)
    assert moved(("units", 1), ops) == ("units", 2)


@pytest.mark.parametrize("name", ["units.yaml", "safeguards.yaml", "plan.yaml", "sectors/1.yaml", "sectors/8.yaml"])
def test_in_and_out_again(name: str) -> None:
    """Each list of the real data takes a record and gives it back byte for byte; any record can be taken out."""
    folder = SEED
    file = name if name == "units.yaml" else f"xishan-2022-2024/{name}"
    text = (folder / file).read_text("utf-8")
    entries = [(TABLE[t], e) for t, rows in read_rows(folder, "x").rows.items() for e in rows if e.file == file]
    chance = random.Random(name)
    for table, entry in chance.sample(entries, 3):
        *holder, key, index = entry.path
        record = {"id": "new-one", "quote": "甲: 乙 #丙", "note": "“丁”"} if table.has_ids else {"text": "甲 #乙"}
        for at in {0, int(index) + 1}:
            op = Insert(path=tuple(holder), key=str(key), at=at, record=record, order=())
            new = restructured(text, [op])
            assert new != text
            assert restructured(new, [Remove(path=(*holder, key, at))]) == text
        new = restructured(text, [Remove(path=entry.path)])
        parse_nodes(new, "")
        start = next(at for at, (one, two) in enumerate(zip(text, new + "\0", strict=False)) if one != two)
        # One stretch is missing, and it ends where a line ends.
        assert text.endswith(new[start:])
        assert new == text[:start] + text[start + len(text) - len(new) :]
