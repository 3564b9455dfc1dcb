"""The examples in README.zh.md of how a plan is entered: each gives back the text above it, without a problem."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.data.load import read_data
from generator.rules import check
from generator.text.lines import official_text

MANUAL = (Path(__file__).resolve().parents[1] / "README.zh.md").read_text("utf-8")
SECTION = MANUAL.partition("## 手工录入一个方案\n")[2].partition("\n## ")[0]
EXAMPLES = re.findall(
    r"\*\*([^*]+?)。?\*\*[^`]*(?:`[^`]+`[^`]*)*\n```text\n(.*?)\n```\n\n```yaml\n(.*?)```\n", SECTION, re.DOTALL
)
UNITS = {
    "政府部门": ("市商务局", "市财政局", "市交通局", "市市场监管局", "东洲市政府", "西洲市政府"),
    "派出机构": ("东街办事处", "西街办事处"),
    "群体": ("各街道",),
}
NOT_HERE = {"unnamed-unit"}
"""No example names every unit."""


def test_every_block_is_an_example() -> None:
    """Each YAML block of the section is tested below, with the text that it stands for."""
    assert len(EXAMPLES) == SECTION.count("```yaml\n") == SECTION.count("```text\n")


@pytest.mark.parametrize(("text", "block"), [example[1:] for example in EXAMPLES], ids=[e[0] for e in EXAMPLES])
def test_example(text: str, block: str, tmp_path: Path) -> None:
    """An example, with what it leaves out, is a plan without problems, and has the ids that it speaks of."""
    units = [(name, kind) for kind, names in UNITS.items() for name in names]
    rows = (f"  - {{id: unit-{place}, name: {name}, kind: {kind}}}\n" for place, (name, kind) in enumerate(units))
    (tmp_path / "units.yaml").write_text(f"units:\n{''.join(rows)}", "utf-8")
    (tmp_path / "example").mkdir()
    title = "" if "kind: title" in block else "title: 例子\n"
    (tmp_path / "example" / "plan.yaml").write_text(f"id: example\nshort_title: 例子\n{title}{block}", "utf-8")
    (tmp_path / "example" / "source.txt").write_text(text, "utf-8")
    data, problems = read_data(tmp_path)
    assert [str(problem) for problem in sorted({*problems, *check(data)}) if problem.rule not in NOT_HERE] == []
    (plan,) = data.plans
    assert official_text(plan) == text
    assert set(re.findall("编号是 ([a-z0-9-]+)", block)) <= {part.id for part in plan.all_parts}
