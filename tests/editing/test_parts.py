"""The workbook of plans of other shapes: targets and duties in any part, names that are printed in running words."""

from __future__ import annotations

import io
import shutil
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest

from generator.editing.merge import read_rows, write_merge
from generator.editing.workbook import OFFERS
from tests.editing.conftest import saved

if TYPE_CHECKING:
    from tests.editing.conftest import Edited, Exported, Merged

PLANS = Path(__file__).resolve().parents[1] / "plans" / "plan_data"


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    """Return a fresh copy of three plans of different shapes."""
    return Path(shutil.copytree(PLANS, tmp_path / "plan_data"))


def test_unedited_it_changes_nothing(exported: Exported, merged: Merged, plans: Path) -> None:
    """The workbook as it was written changes nothing in plans of any shape."""
    merge = merged(plans, exported(plans))
    assert (merge.edits, merge.problems, merge.notices, merge.texts) == ((), (), (), {})


def test_any_part_may_hold_them(plans: Path) -> None:
    """Targets and duties are found in whatever part they stand, at any depth and in any file, in printed order."""
    rows = read_rows(plans, "plan_data").rows
    places = {entry.id: (entry.context[0], entry.file, entry.path) for entry in (*rows["目标"], *rows["定期事项"])}
    assert places["qinglan-trade/trade-volume"] == (
        "qinglan-trade：为稳住外贸基本盘,力争到2026年全市外…",
        "qinglan-trade/plan.yaml",
        ("parts", 1, "targets", 0),
    )
    assert places["qinglan-trade/trains"] == (
        "qinglan-trade：1.开通直达港口的班列,每周不少于2列。(责…",
        "qinglan-trade/plan.yaml",
        ("parts", 3, "parts", 0, "targets", 0),
    )
    assert places["shiqiao-care/creches"][0] == "shiqiao-care：2025年总体目标"
    assert places["shiqiao-care/alarms"] == (
        "shiqiao-care：任务1-1　给独居老人装呼叫器",
        "shiqiao-care/care.yaml",
        ("parts", 0, "targets", 0),
    )
    assert places["shiqiao-care/visits"] == (
        "shiqiao-care：任务3　开展“敲门问需”行动",
        "shiqiao-care/more.yaml",
        ("parts", 1, "duties", 0),
    )


ADDED = {
    "task-2-1-target-1": (
        ("shiqiao-care：任务2-1　托育点夜间开门", "托育点夜间开门"),
        ("shiqiao-care/more.yaml", "        text: 1.托育点夜间开门。\n", 8),
    ),
    "task-1-2-target-1": (
        ("shiqiao-care：任务1-2", "选好点"),
        ("shiqiao-care/care.yaml", "按写在逗号后面的是责任单位理解；前面的民政局另列。\n", 4),
    ),
    "item-2-target-1": (
        ("qinglan-trade：2.夜间通关随到随办。(市交通局负责)", "夜间通关随到随办"),
        ("qinglan-trade/plan.yaml", "            units: [市交通局]\n", 8),
    ),
}


@pytest.mark.parametrize("own_id", ADDED)
def test_a_target_of_any_part(own_id: str, exported: Exported, merged: Merged, plans: Path) -> None:
    """A new target stands where the shape of parts says, before the parts below; its id is made from the part's."""
    (item, words), (file, behind, indent) = ADDED[own_id]
    book = openpyxl.load_workbook(io.BytesIO(exported(plans)))
    book["目标"].append([None, item, "阶段性目标", words, None, words])
    book["目标值"].append([None, None, item, words, None, "达到所述状态", *[None] * 3, words])
    merge = merged(plans, saved(book))
    assert merge.problems == ()
    before = (plans / file).read_text("utf-8")
    assert before.count(behind) == 1
    lines = (
        f"targets:\n  - id: {own_id}\n    type: milestone\n    indicator: {words}\n    quote: {words}\n"
        f"    values:\n      - {{comparator: state, text: {words}}}\n"
    )
    assert dict(merge.texts) == {file: before.replace(behind, behind + textwrap.indent(lines, " " * indent))}
    write_merge(plans, merge)
    again = merged(plans, saved(book))
    assert (again.edits, again.problems) == ((), ())


RENAMED = {
    "city-transport": (
        "市交通局",
        "市交通运输局",
        "印刷",
        "《芦溪市夜间经济办法》第1行；《青岚市稳外贸措施》第9、10行",
    ),
    "district-civil": (
        "石桥区民政局",
        "石桥区民政和社会事务局",
        "旧称",
        "登记时的名称，后改为“石桥区民政和社会事务局”",
    ),
}


@pytest.mark.parametrize("unit", RENAMED)
def test_another_name_of_a_unit(unit: str, exported: Exported, merged: Merged, with_cells: Edited, plans: Path) -> None:
    """Printed words never change with a unit's name; where plans print the old one, or mean it, that is an alias."""
    old, new, kind, source = RENAMED[unit]
    merge = merged(plans, with_cells(exported(plans), {("单位", unit, "名称"): new}))
    assert merge.problems == ()
    assert list(merge.texts) == ["units.yaml"]
    write_merge(plans, merge)
    rows = read_rows(plans, "plan_data").rows
    assert new in [entry.cells[0] for entry in rows["单位"]]
    (alias,) = (entry.cells for entry in rows["别名"] if entry.cells[0] == old)
    assert alias[1:] == (kind, source)


def test_kinds_of_the_registry_itself(exported: Exported, merged: Merged, with_cells: Edited, plans: Path) -> None:
    """A kind of unit that the registry adds is offered and taken."""
    content = exported(plans)
    book = openpyxl.load_workbook(io.BytesIO(content))
    offered = [str(rule.formula1) for rule in book["单位"].data_validations.dataValidation]
    assert any("文旅企业" in offer and "政府部门" in offer for offer in offered)
    assert OFFERS in book.sheetnames
    merge = merged(plans, with_cells(content, {("单位", "city-transport", "类别"): "文旅企业"}))
    assert (merge.problems, [edit.new for edit in merge.edits]) == ((), ["文旅企业"])
    merge = merged(plans, with_cells(content, {("单位", "city-transport", "类别"): "文旅公司"}))
    assert "“类别”不能是“文旅公司”：可选：" in str(merge.problems[0])
