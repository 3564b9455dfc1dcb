"""What a clerk's hand does to a YAML file, and what the first problem line says of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.data.files import Reader
from generator.data.nodes import parse_nodes
from generator.problems import PlanError

BASE = Path(__file__).parent / "rules" / "base" / "tiny-2022-2024" / "sectors" / "1.yaml"
LAST = "      一窗通办是指一个窗口受理全部事项。\n"
MORE = """\
    number: 2
    responsibilities:
      - quote: 一个窗口受理全部事项
        role: owner
        units:
          - 区数据局
          - 区民生局
      - quote: 一窗通办
        role: lead
        units: [区民生局, 区便民局]
"""
"""What the little plan's task need not say, and other plans do: a number, and units one below the other."""

SLIPS = [
    ("text: (一)办得更快", 'text: "办得更快', "引号没有收尾"),
    ("text: (一)办得更快", "text: '办得更快", "引号没有收尾"),
    ("text: (一)办得更快", 'text: "办得"更快"', "引号里又有"),
    ("text: (一)办得更快", 'text: "办得"更快', "引号收尾以后还有字"),
    ("text: (一)办得更快", "text：办得更快", "冒号要用半角"),
    ("text: (一)办得更快", "text:办得更快", "冒号后面要空一格"),
    ("text: (一)办得更快", "text: 办得: 更快", "给整个值加引号"),
    ("text: (一)办得更快", "text: @办得更快", "@"),
    ("text: (一)办得更快", "text: 办得更快 # 快一点", "会丢掉"),
    ("text: (一)办得更快", "text: 办得更快\n  再快一点", "只能写一行"),
    ("          - 区民生局", "          -区民生局", "“-”后面要空一格"),
    ("          - 区民生局", "          － 区民生局", "半角的“- ”"),
    ("          - 区民生局", "          — 区民生局", "半角的“- ”"),
    ("          - 区民生局", "\u3000\u3000- 区民生局", "全角空格"),
    ("          - 区民生局", "\t- 区民生局", "制表符"),
    ("          - 区民生局", "\u00a0\u00a0- 区民生局", "不换行空格"),
    ("      - id: days", "      -id: days", "“-”后面要空一格"),
    ("      - id: days", "      － id: days", "半角的“- ”"),
    ("      - id: days", "\u3000\u3000- id: days", "全角空格"),
    ("      - id: days", "\t- id: days", "制表符"),
    ("        units: [区民生局, 区便民局]", "        units: [区民生局， 区便民局]", "半角逗号"),
    ("        units: [区民生局, 区便民局]", "        units: [区民生局，区便民局]", "半角逗号"),
    ("        units: [区民生局, 区便民局]", "        units: [区民生局, 区便民局", "没有收尾"),
    ("names: [区便民局, 区数据局]", "names: [区便民局， 区数据局]", "半角逗号"),
    ("names: [区便民局, 区数据局]", "names: [区便民局，区数据局]", "半角逗号"),
    ("names: [区便民局, 区数据局]", "names: [区便民局, 区数据局", "没有收尾"),
    ("names: [区便民局, 区数据局]}", "names: [区便民局, 区数据局]", "没有收尾"),
    ("        unit: 个工作日", "        unit: %", "%"),
    ("        comparator: at_most", "        comparator: 不超过", "at_most"),
    ("        comparator: at_most", "        comparator: 以内", "at_most"),
    ("        comparator: at_most", "        comparator: “at_most”", "去掉引号"),
    ("        type: metric", "        type: 目标值", "metric"),
    ("        type: metric", "        type: Metric", "metric"),
    ("    number: 2\n", "    number: ２\n", "半角"),
    ("    number: 2\n", "    number: “2”\n", "引号"),
    ("    number: 2\n", "<<<<<<< HEAD\n    number: 2\n", "冲突"),
    ("    number: 2\n", "||||||| base\n    number: 2\n", "冲突"),
    ("    number: 2\n", "=======\n    number: 2\n", "冲突"),
    ("    number: 2\n", "    number 2\n", "冒号"),
    ("      便民大厅逐件记录时限。", "    便民大厅逐件记录时限。", "并成一行"),
]


@pytest.mark.parametrize(("right", "wrong", "said"), SLIPS)
def test_a_slip_is_named_on_its_own_line(right: str, wrong: str, said: str) -> None:
    """The first problem stands on the line that the clerk broke, and says what to do there."""
    whole = BASE.read_text("utf-8").replace(LAST, LAST + MORE)
    assert whole.count(right) == 1
    reader = Reader(BASE.parent, "sectors", {"1.yaml": whole.replace(right, wrong)})
    reader.read("1.yaml", "part")
    first = min(reader.problems)
    line = whole[: whole.index(right)].count("\n") + 1
    assert (first.where.line, said in first.text) == (line, True), first


def test_what_is_sound_is_never_blamed() -> None:
    """Marks inside a block of text, comments and quoted values are nobody's slip."""
    text = "a: |\n  -区水务局\n  “没有收尾\n# 冒号：全角\nb: \"x # y\"\nc: '2022年: 三年'\n"
    parse_nodes(text, "a.yaml")
    with pytest.raises(PlanError) as error:
        parse_nodes(f'{text}d: "z\n', "a.yaml")
    assert [problem.where.line for problem in error.value.problems] == [7]
