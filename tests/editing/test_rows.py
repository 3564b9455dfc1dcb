"""Rows that come and go by the workbook, what is said of the rest, and that a bad row is in no other's way."""

from __future__ import annotations

import io
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from generator.data.load import read_data
from generator.data.shapes import DUTY as DUTY_SHAPE
from generator.editing import package, trial
from generator.editing.cells import cell_value
from generator.editing.layout import Change, edited
from generator.editing.merge import read_rows, write_merge
from generator.editing.tables import REMOVE, TABLE
from generator.problems import PlanError
from tests.editing.conftest import saved, set_cell

if TYPE_CHECKING:
    from collections.abc import Callable

    from openpyxl import Workbook

    from tests.conftest import Plansite
    from tests.editing.conftest import Edited, Exported, Merged

DAYS = "tiny-2022-2024/days"
REPORT = "tiny-2022-2024/report"
Row = dict[str, Any]

ALIAS: Row = {"单位": "区数据局", "别名": "数据局", "种类": "简称", "出处": "通行简称: 新 # 旧"}
SUCCESSOR: Row = {
    "单位": "区民生局",
    "怎样变更": "更名",
    "何时": "2024年3月",
    "变更后的单位": "区便民局",
    "出处": "某文件",
}
TARGET: Row = {"所属": "任务3", "类型": "阶段性目标", "指标": "专人引导", "原文词句": "专窗有人引导"}
VALUE: Row = {"所属": "任务3", "指标": "专人引导", "比较": "达到所述状态", "原文词句": "专窗有人引导"}
YEAR: Row = {"目标编号": "days", "年度": 2022, "原文词句": "不超过5个工作日", "数值": 5}
DUTY: Row = {
    "所属": "制度保障2　按年检查",
    "谁做": "区民生局",
    "事项": "检查",
    "频次": "每年",
    "原文词句": "区民生局每年检查一次",
}


def _added(content: bytes, *rows: tuple[str, Row]) -> bytes:
    """Return a workbook with rows below those that are there."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for table, row in rows:
        page = book[table]
        headings = [cell.value for cell in page[1]]
        assert row.keys() <= set(headings)
        number = max(cell.row for cell in page["B"] if cell.value) + 1
        for heading, value in row.items():
            page.cell(number, headings.index(heading) + 1).value = value
    return saved(book)


def _removed(content: bytes, *rows: tuple[str, str]) -> bytes:
    """Return a workbook with rows, named by table and id, marked to go."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for table, own_id in rows:
        set_cell(book[table], own_id, "删去", REMOVE)
    return saved(book)


def _changed(merge_diff: str) -> str:
    lines = merge_diff.splitlines(keepends=True)
    return "".join(line for line in lines if line[0] in "+-" and line[:3] not in {"+++", "---"})


ADDED = [
    (
        [("别名", ALIAS)],
        '+    aliases:\n+      - {name: 数据局, kind: 简称, source: "通行简称: 新 # 旧"}\n',
    ),
    (
        [("单位变更", SUCCESSOR)],
        "+    became:\n+      - {unit: 区便民局, on: 2024-03, how: 更名, source: 某文件}\n",
    ),
    (
        [("目标", TARGET), ("目标值", VALUE)],
        (
            "+      - id: task-3-target-1\n+        type: milestone\n"
            "+        indicator: 专人引导\n+        quote: 专窗有人引导\n"
            "+        values:\n+          - comparator: state\n+            text: 专窗有人引导\n"
        ),
    ),
    (
        [("目标", {**TARGET, "编号": "tiny-2022-2024/guided"}), ("目标值", {**VALUE, "目标编号": "guided"})],
        (
            "+      - id: guided\n+        type: milestone\n"
            "+        indicator: 专人引导\n+        quote: 专窗有人引导\n"
            "+        values:\n+          - comparator: state\n+            text: 专窗有人引导\n"
        ),
    ),
    (
        [("定期事项", DUTY), ("定期事项", {**DUTY, "事项": "每年再查"})],
        (
            "+    duties:\n+      - id: safeguard-2-duty-1\n+        who: [区民生局]\n+        action: 检查\n"
            "+        frequency: yearly\n"
            "+        quote: 区民生局每年检查一次\n"
            "+      - id: safeguard-2-duty-2\n+        who: [区民生局]\n+        action: 每年再查\n"
            "+        frequency: yearly\n+        quote: 区民生局每年检查一次\n"
        ),
    ),
    (
        [
            ("单位", {"名称": "区便民新局", "类别": "政府部门"}),
            ("别名", {"单位": "区便民新局", "别名": "新局", "种类": "简称"}),
            ("单位变更", {**SUCCESSOR, "变更后的单位": "区便民新局"}),
        ],
        (
            "+    became:\n+      - {unit: 区便民新局, on: 2024-03, how: 更名, source: 某文件}\n"
            "+  - id: unit-1\n+    name: 区便民新局\n+    kind: 政府部门\n"
            "+    aliases:\n+      - {name: 新局, kind: 简称}\n"
        ),
    ),
]


@pytest.mark.parametrize(("rows", "lines"), ADDED)
def test_rows_that_are_new(
    rows: list[tuple[str, Row]], lines: str, exported: Exported, merged: Merged, plan_data: Path
) -> None:
    """A new row becomes a record of its file's style, with an ASCII id; merging once more adds nothing."""
    content = _added(exported(plan_data), *rows)
    merge = merged(plan_data, content)
    assert (merge.problems, len(merge.edits)) == ((), len(rows))
    assert _changed(merge.diff) == lines
    write_merge(plan_data, merge)
    again = merged(plan_data, content)
    assert (again.problems, again.edits) == ((), ())
    assert len(again.notices) == len(rows)
    before = {table: len(found) for table, found in read_rows(plan_data, "plan_data").rows.items()}
    assert sum(before.values()) == 13 + len(rows)


def _without_first_value(plan_data: Path) -> None:
    sector = plan_data / "tiny-2022-2024" / "sectors" / "1.yaml"
    line = "          - {year: 2022, value: 5, text: 不超过5个工作日}\n"
    sector.write_text(sector.read_text("utf-8").replace(line, ""), "utf-8")


def test_a_value_stands_in_the_order_of_years(exported: Exported, merged: Merged, plan_data: Path) -> None:
    """A value of a year before others is put before them; merging once more adds nothing."""
    _without_first_value(plan_data)
    content = _added(exported(plan_data), ("目标值", YEAR))
    merge = merged(plan_data, content)
    (text,) = merge.texts.values()
    assert [line.split("year: ")[1][:4] for line in text.splitlines() if "- {year:" in line] == ["2022", "2024"]
    write_merge(plan_data, merge)
    again = merged(plan_data, content)
    assert (again.problems, again.edits, len(again.notices)) == ((), (), 1)


REMOVED = [
    (
        [("别名", "convenience/1")],
        "-    aliases:\n-      - {name: 便民局, kind: 简称, source: 通行简称}\n",
    ),
    ([("目标值", f"{DAYS}/1")], "-          - {year: 2022, value: 5, text: 不超过5个工作日}\n"),
    (
        [("定期事项", REPORT)],
        (
            "-    duties:\n-      - id: report\n-        who: [各便民点]\n"
            "-        to: [区便民局]\n-        action: 报送进展\n"
            "-        frequency: quarterly\n-        due: {months: [3, 6, 9, 12], day: 20}\n"
            "-        reading: inferred\n-        note: 原文没有列月份，“季度末月”按3、6、9、12月理解。\n"
            "-        quote: 每季度末月20日前\n"
        ),
    ),
]


@pytest.mark.parametrize(("rows", "lines"), REMOVED)
def test_rows_that_go(
    rows: list[tuple[str, str]], lines: str, exported: Exported, merged: Merged, plan_data: Path
) -> None:
    """A row that is marked takes its record with it, and only that; merging once more takes nothing else."""
    content = _removed(exported(plan_data), *rows)
    merge = merged(plan_data, content)
    assert merge.problems == ()
    assert _changed(merge.diff) == lines
    assert [edit.kind for edit in merge.edits] == ["removed"]
    write_merge(plan_data, merge)
    again = merged(plan_data, content)
    assert (again.problems, again.edits) == ((), ())
    assert "已经不在数据里" in again.notices[0]


def test_a_target_goes_with_its_values(exported: Exported, merged: Merged, plan_data: Path) -> None:
    """Of a target that goes the values go as well, marked or not; edits of them are named and left out."""
    content = _removed(exported(plan_data), ("目标", DAYS), ("目标值", f"{DAYS}/1"))
    book = openpyxl.load_workbook(io.BytesIO(content))
    set_cell(book["目标值"], f"{DAYS}/2", "推断理由", "理由")
    merge = merged(plan_data, saved(book))
    assert [(edit.kind, edit.table) for edit in merge.edits] == [("removed", "目标")]
    assert any("它所属的一条已标“删去”" in notice for notice in merge.notices)
    assert "days" not in merge.texts["tiny-2022-2024/sectors/1.yaml"]


INSIDE: dict[str, tuple[tuple[str, str], str, str, str]] = {
    "a value is changed": (
        ("目标", DAYS),
        "tiny-2022-2024/sectors/1.yaml",
        "text: 不超过5个工作日}",
        "text: 不超过5个工作日, note: 同事的理由}",
    ),
    "an alias is changed": (("单位", "convenience"), "units.yaml", "source: 通行简称", "source: 同事的出处"),
    "an alias is added": (
        ("单位", "convenience"),
        "units.yaml",
        "    aliases:\n",
        "    aliases:\n      - {name: 便民署, kind: 简称}\n",
    ),
}


@pytest.mark.parametrize("name", INSIDE)
def test_what_others_did_inside_a_record_that_goes(
    name: str, exported: Exported, merged: Merged, plan_data: Path
) -> None:
    """A record goes only as it was exported, with all that it holds; what a colleague did inside it is a conflict."""
    row, file, old, new = INSIDE[name]
    content = _removed(exported(plan_data), row)
    path = plan_data / file
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")
    merge = merged(plan_data, content)
    assert merge.edits == ()
    (problem,) = merge.problems
    assert problem.rule == "workbook-conflict"
    assert f"要删去的“{row[1]}”在导出之后改过：请重新导出，看过再删" in problem.text


def test_what_moved_inside_a_record_keeps_it_from_nothing(exported: Exported, merged: Merged, plan_data: Path) -> None:
    """Values that changed places, or that this workbook has brought in, do not keep their target from going."""
    sector = plan_data / "tiny-2022-2024" / "sectors" / "1.yaml"
    book = openpyxl.load_workbook(io.BytesIO(_removed(exported(plan_data), ("目标", DAYS))))
    set_cell(book["目标值"], f"{DAYS}/2", "推断理由", "理由")
    text = sector.read_text("utf-8")
    first, second = (line for line in text.splitlines(keepends=True) if "- {year:" in line)
    sector.write_text(text.replace(first + second, second.replace("}", ", note: 理由}") + first), "utf-8")
    merge = merged(plan_data, saved(book))
    assert (merge.problems, [edit.kind for edit in merge.edits]) == ((), ["removed"])


def test_deleting_and_adding_at_once(exported: Exported, merged: Merged, plan_data: Path) -> None:
    """The only value of a target is replaced by deleting its row and adding another."""
    content = _removed(exported(plan_data), ("目标值", "tiny-2022-2024/windows/1"))
    row = {"目标编号": "windows", "年度": 2023, "原文词句": "2023年底前", "比较": "达到所述状态"}
    merge = merged(plan_data, _added(content, ("目标值", row)))
    assert merge.problems == ()
    (text,) = merge.texts.values()
    assert "          - year: 2023\n            comparator: state\n            text: 2023年底前\n" in text or (
        "          - {year: 2023, comparator: state, text: 2023年底前}\n" in text
    )
    assert "没有说由谁验收" not in text


BAD: dict[str, tuple[Callable[[Workbook], object], list[str]]] = {
    "all values": (
        lambda book: [set_cell(book["目标值"], f"{DAYS}/{n}", "删去", "删去") for n in (1, 2)],
        ["N3“删去”：“tiny-2022-2024/days”的取值不能全部删去", "N4“删去”"],
    ),
    "another mark": (
        lambda book: set_cell(book["目标值"], f"{DAYS}/1", "删去", "√"),
        ["N3“删去”不能是“√”：要删去这一条就选“删去”，不删就清空"],
    ),
    "a unit that plans name": (
        lambda book: set_cell(book["单位"], "livelihood", "删去", "删除"),
        ["改.xlsx#单位:4:7: error: G4“删去”：合并后 plan_data/tiny-2022-2024/", "单位“区民生局”没有登记"],
    ),
    "an id in Chinese": (
        lambda book: book["定期事项"].append(
            ["检查", *DUTY.values()][:2] + ["区民生局", None, "检查", "每年"] + [None] * 3 + ["区民生局每年检查一次"]
        ),
        ["A3“编号”不能是“检查”：只用小写英文字母、数字和短横线"],
    ),
    "an id that is taken": (
        lambda book: book["定期事项"].append(
            ["days", "制度保障2", "区民生局", None, "检查", "每年", *[None] * 3, "区民生局每年检查一次"]
        ),
        ["A3“编号”不能是“days”：已有别的一条在用"],
    ),
    "no such item": (
        lambda book: book["定期事项"].append(
            [None, "制度保障", "区民生局", None, "检查", "每年", *[None] * 3, "区民生局每年检查一次"]
        ),
        ["B3“所属”没有“制度保障”：请从下拉列表里选"],
    ),
    "a target without values": (
        lambda book: book["目标"].append([None, "任务3", "阶段性目标", "专人引导", None, "专窗有人引导"]),
        ["A5：新目标至少要有一个取值：请在“目标值”表里加一行，“目标编号”写 tiny-2022-2024/task-3-target-1"],
    ),
    "a value of no target": (
        lambda book: book["目标值"].append([None, "nothing", None, None, 2023, *[None] * 4, "不超过5个工作日"]),
        ["B6“目标编号”没有“nothing”：请选这个取值是哪个目标的"],
    ),
    "a value of a bad target": (
        lambda book: (
            book["目标"].append([None, "任务3", "阶段性目标", "专人引导"]),
            book["目标值"].append([None, None, "任务3", "专人引导", None, "达到所述状态", *[None] * 3, "专窗有人引导"]),
        ),
        ["F5“原文词句”不能空着", "A6：它所属的新目标有误，没有合并"],
    ),
    "words of something else": (
        lambda book: book["定期事项"].append(
            [None, "制度保障2", "区民生局", None, "全部另起炉灶", "每年", *[None] * 3, "区民生局每年检查一次"]
        ),
        ["改.xlsx#定期事项:3:5: error: E3“事项”：事项“全部另起炉灶”的字大多不在引文"],
    ),
    "words that are not printed": (
        lambda book: book["定期事项"].append(
            [None, "制度保障2", "区民生局", None, "检查", "每年", *[None] * 3, "每月检查"]
        ),
        ["改.xlsx#定期事项:3:10: error: J3“原文词句”：", "(quote-not-in-source)"],
    ),
    "an alias of nobody": (
        lambda book: book["别名"].append([None, "区无局", "无局", "简称"]),
        ["B3“单位”没有“区无局”：请写上它是哪个单位的"],
    ),
    "an alias that is taken": (
        lambda book: book["别名"].append([None, "区民生局", "区数据局", "简称"]),
        ["C3“别名”：“区数据局”已是“区数据局”的名称或别名", "(alias-clash)"],
    ),
    "no date": (
        lambda book: book["单位变更"].append([None, "区民生局", "撤销", "去年", None, "某文件"]),
        ["D2“何时”不能是“去年”：应写成 2024、2024-03 或 2024-03-15 的样子"],
    ),
    "a column that tells the place deleted": (
        lambda book: (book["别名"].append([None, "区民生局", "民生局", "简称"]), book["别名"].delete_cols(2)),
        ["A3：缺少栏目“单位”，不知道这一条归在哪里"],
    ),
    "the id of a row copied": (
        lambda book: book["定期事项"].append([cell.value for cell in book["定期事项"][2]]),
        ["A3 的编号“tiny-2022-2024/report”与 A2 重复：要新增一条请清空编号"],
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_row_keeps_no_good_edit(name: str, exported: Exported, merged: Merged, plan_data: Path) -> None:
    """Whatever is wrong with a row is told at its cells; an edit elsewhere in the workbook is taken."""
    break_it, expected = BAD[name]
    book = openpyxl.load_workbook(io.BytesIO(exported(plan_data)))
    break_it(book)
    set_cell(book["单位"], "data", "说明", "一句话")
    merge = merged(plan_data, saved(book))
    lines = [str(problem) for problem in merge.problems]
    for part in expected:
        assert any(part in line for line in lines), lines
    assert [edit.new for edit in merge.edits] == ["一句话"]
    assert list(merge.texts) == ["units.yaml"]


@pytest.mark.parametrize("good", [0, 1])
def test_many_bad_cells_are_not_tried_one_by_one(
    good: int,
    exported: Exported,
    merged: Merged,
    with_cells: Edited,
    wide_data: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Where many records are bad, or all, the data is read a few times; each is told, and what is good is taken."""
    cells = {("目标", f"tiny-2022-2024/window-{n}", "原文词句"): f"没有印的词句{n}" for n in range(12)}
    cells |= {("目标", DAYS, "原文词句"): "没有印的词句"}
    more = {("单位", "data", "说明"): "好"} if good else {}
    content = with_cells(exported(wide_data), {**cells, **more})
    reads: list[object] = []
    monkeypatch.setattr(trial, "read_data", lambda *given: reads.append(given) or read_data(*given))  # type: ignore[func-returns-value]
    merge = merged(wide_data, content)
    assert len({problem.where for problem in merge.problems}) == len(cells)
    assert [edit.new for edit in merge.edits] == list(more.values())
    assert len(reads) <= 3


def test_an_id_that_ends_as_another_is_another(exported: Exported, merged: Merged, plan_data: Path) -> None:
    """A new row whose id is the end of another's is not taken for that record, though it says the same."""
    book = openpyxl.load_workbook(io.BytesIO(exported(plan_data)))
    page = book["定期事项"]
    page.append(["port", *(cell.value for cell in page[2])][:1] + [cell.value for cell in page[2]][1:])
    merge = merged(plan_data, saved(book))
    assert not [notice for notice in merge.notices if "已在数据里" in notice]
    assert [edit.record["id"] for edit in merge.edits] == ["port"]


def test_edits_that_need_each_other_stand_or_fall_alone(
    exported: Exported, merged: Merged, with_cells: Edited, plan_data: Path
) -> None:
    """Of several edits of one record that which breaks a rule is left out, and the others are tried again."""
    cells = {
        ("目标", DAYS, "依据"): "网站推断",
        ("目标", DAYS, "推断理由"): "原文没有写明，本站按字面理解。",
        ("目标", DAYS, "原文词句"): "没有印的词句",
        ("定期事项", REPORT, "说明"): None,
        ("单位", "data", "说明"): "好",
    }
    merge = merged(plan_data, with_cells(exported(plan_data), cells))
    assert {edit.new for edit in merge.edits} == {"网站推断", "原文没有写明，本站按字面理解。", "好"}
    assert sorted(problem.rule for problem in merge.problems) == ["inferred-without-note", "quote-not-in-source"]


NOTICED: dict[str, tuple[Callable[[Workbook], object], str]] = {
    "grey cell": (
        lambda book: book["目标"].__setitem__("B2", "别的"),
        "目标!B2“所属”：灰色的格只供查看，改成的“别的”没有合并（导出时是“2024年总体目标”）。",
    ),
    "grey cell emptied": (lambda book: book["别名"].__setitem__("B2", None), "改成的“（空）”没有合并"),
    "own column": (lambda book: book["单位"].__setitem__("J1", "备注"), "单位!J 列“备注”是另加的，不合并。"),
    "own cell": (lambda book: book["单位"].__setitem__("K3", "记一笔"), "单位!K3是另加的，不合并。"),
    "own sheet": (lambda book: book.create_sheet("草稿"), "另加的工作表“草稿”不合并。"),
    "row deleted": (
        lambda book: book["单位"].delete_rows(3),
        "单位：少了“data”。删行不会删去数据；真要删去，请恢复那一行，在“删去”栏里选“删去”。",
    ),
    "row without content": (lambda book: book["目标"].__setitem__("B9", "任务1"), "目标!第 9 行没有内容，没有合并。"),
    "new row to go": (
        lambda book: book["别名"].append([None, "区数据局", "数据局", "简称", None, "删去"]),
        "别名!第 3 行是新的一行，又标了“删去”，没有合并。",
    ),
}


@pytest.mark.parametrize("name", NOTICED)
def test_what_is_not_merged_is_named(name: str, exported: Exported, merged: Merged, plan_data: Path) -> None:
    """What a workbook holds that is never merged is named, and is in nobody's way."""
    do, expected = NOTICED[name]
    book = openpyxl.load_workbook(io.BytesIO(exported(plan_data)))
    do(book)
    merge = merged(plan_data, saved(book))
    assert (merge.edits, merge.problems) == ((), ())
    assert any(expected in notice for notice in merge.notices), merge.notices


@pytest.mark.parametrize(
    ("own_id", "name", "lines"),
    [
        (
            "livelihood",
            "区民政局",
            (
                "-    name: 区民生局\n+    name: 区民政局\n"
                "+    aliases:\n+      - {name: 区民生局, kind: 印刷, source: 第20、25、31、32行}\n"
            ),
        ),
        (
            "convenience",
            "便民局",
            (
                "-    name: 区便民局\n+    name: 便民局\n"
                "-      - {name: 便民局, kind: 简称, source: 通行简称}\n"
                "+      - {name: 区便民局, kind: 印刷, source: 第19、20、28、29行}\n"
            ),
        ),
    ],
)
def test_a_unit_that_gets_another_name(
    own_id: str, name: str, lines: str, exported: Exported, merged: Merged, plan_data: Path
) -> None:
    """The printed name stays in the official text and becomes an alias; the plans' files are not touched."""
    book = openpyxl.load_workbook(io.BytesIO(exported(plan_data)))
    set_cell(book["单位"], own_id, "名称", name)
    merge = merged(plan_data, saved(book))
    assert merge.problems == ()
    assert _changed(merge.diff) == lines
    assert list(merge.texts) == ["units.yaml"]
    (edit,) = merge.edits
    assert "随之记作它的别名（印刷，" in edit.note


def test_a_name_that_is_nowhere_printed(
    exported: Exported, merged: Merged, with_cells: Edited, plan_data: Path
) -> None:
    """A name that is only said of a successor is carried there; none becomes an alias that nobody printed."""
    rows = [
        ("单位", {"编号": "new", "名称": "区便民新局", "类别": "政府部门"}),
        ("单位变更", {**SUCCESSOR, "变更后的单位": "区便民新局"}),
    ]
    write_merge(plan_data, merged(plan_data, _added(exported(plan_data), *rows)))
    merge = merged(plan_data, with_cells(exported(plan_data), {("单位", "new", "名称"): "区便民服务局"}))
    assert merge.problems == ()
    assert merge.texts["units.yaml"].count("区便民服务局") == 2
    assert "区便民新局" not in merge.texts["units.yaml"]


def test_a_workbook_of_much_data(
    exported: Exported, merged: Merged, plan_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However much data there is, its own workbook is taken back; held against little data it is too large."""
    monkeypatch.setattr(package, "_MOST_TAGS", 1000)
    small = Path(shutil.copytree(plan_data, plan_data.parent / "small"))
    units = plan_data / "units.yaml"
    aliases = "".join(f"      - {{name: 数据{number}处, kind: 简称, source: 第{number}条}}\n" for number in range(1500))
    text = units.read_text("utf-8").replace("  - id: livelihood", f"    aliases:\n{aliases}  - id: livelihood")
    units.write_text(text, "utf-8")
    book = exported(plan_data)
    with pytest.raises(PlanError, match="展开后太大"):
        merged(small, book)
    merge = merged(plan_data, book)
    assert (merge.edits, merge.problems) == ((), ())


@pytest.mark.parametrize("option", [(), ("--skip-bad",)])
def test_what_the_command_writes(
    option: tuple[str, ...], exported: Exported, with_cells: Edited, plan_data: Path, plansite: Plansite
) -> None:
    """With a bad cell nothing is written and the last line says how to write the rest; asked to, it writes that."""
    cells = {("单位", "data", "说明"): "好", ("单位", "towns", "类别"): "甲"}
    (plan_data.parent / "e.xlsx").write_bytes(with_cells(exported(plan_data), cells))
    before = (plan_data / "units.yaml").read_text("utf-8")
    done = plansite("merge", "e.xlsx", "--write", *option)
    assert "e.xlsx#单位:5:3: error: C5“类别”不能是“甲”" in done.stderr
    assert "单位!D3“说明”：（空） → 好" in done.stdout
    after = (plan_data / "units.yaml").read_text("utf-8")
    if option:
        assert done.returncode == 0
        assert (
            done.stdout.splitlines()[-1]
            == "已写入：1 处改动，1 个文件。另有 1 处有误，没有写入：请在工作簿里改正后再合并一次。"
        )
        assert after == before.replace("区数据局\n    kind: 政府部门\n", "区数据局\n    kind: 政府部门\n    note: 好\n")
    else:
        assert done.returncode == 1
        assert done.stdout.splitlines()[-1].startswith(
            "没有写入：1 处有误（已逐个列出），另外 1 处改动、1 个文件无误。"
        )
        assert "--skip-bad" in done.stdout.splitlines()[-1]
        assert after == before


def test_every_table_has_a_list(plan_data: Path) -> None:
    """Each sheet of records names the list that holds them, so that a new row has a place."""
    for name, found in read_rows(plan_data, "x").rows.items():
        assert all(entry.path[-2] == TABLE[name].list for entry in found)


def test_rows_for_one_of_two_plans(exported: Exported, merged: Merged, plan_data: Path) -> None:
    """Where two plans have the same items and ids, a new row must say which plan it is for."""
    _without_first_value(plan_data)
    second = Path(shutil.copytree(plan_data / "tiny-2022-2024", plan_data / "tiny-2025-2027"))
    text = (second / "plan.yaml").read_text("utf-8")
    (second / "plan.yaml").write_text(text.replace("id: tiny-2022-2024", "id: tiny-2025-2027"), "utf-8")
    item = "tiny-2025-2027：制度保障2　按年检查"
    rows = [
        ("定期事项", {**DUTY, "所属": item}),
        ("定期事项", {**DUTY, "所属": "制度保障2　按年检查"}),
        ("目标值", {**YEAR, "目标编号": "tiny-2025-2027/days"}),
        ("目标值", YEAR),
    ]
    merge = merged(plan_data, _added(exported(plan_data), *rows))
    assert sorted(merge.texts) == ["tiny-2025-2027/safeguards.yaml", "tiny-2025-2027/sectors/1.yaml"]
    assert [edit.note for edit in merge.edits if edit.table == "定期事项"] == [
        f"编号 safeguard-2-duty-1（自动拟定），归在“{item}”"
    ]
    assert [problem.text.partition("：")[0] for problem in merge.problems] == [
        "B5“所属”没有“制度保障2　按年检查”",
        "B9“目标编号”没有“days”",
    ]


def test_names_that_are_explained(plan_data: Path) -> None:
    """A name whose reading the data explains shows as printed; the explanation stays when others come beside it."""
    file = plan_data / "tiny-2022-2024" / "safeguards.yaml"
    old = "        who: [各便民点]\n"
    new = (
        "        who:\n          - printed: 各便民点\n            names: [各镇街便民点]\n"
        "            reading: inferred\n            note: 原文没有写全，本站按各镇街便民点理解。\n"
    )
    text = file.read_text("utf-8").replace(old, new)
    file.write_text(text, "utf-8")
    (entry,) = read_rows(plan_data, "x").rows["定期事项"]
    assert entry.cells[0] == "各便民点"
    who = [entry.explained["各便民点"], "区便民局"]
    change = Change(path=entry.path, key="who", value=who, order=DUTY_SHAPE.key_names())
    behind = "理解。\n        to:"
    assert edited(text, [change]) == text.replace(behind, "理解。\n          - 区便民局\n        to:")


def test_the_end_of_a_month(plan_data: Path) -> None:
    """The last day of months is written and read as 月底 is said."""
    due = next(key for key in DUTY_SHAPE.keys if key.name == "due")
    assert cell_value(due.type, "3月、6月底前") == {"months": [3, 6], "day": "月底"}
    assert cell_value(due.type, "12月底") == cell_value(due.type, "12月月底前") == {"months": [12], "day": "月底"}
    file = plan_data / "tiny-2022-2024" / "safeguards.yaml"
    text = file.read_text("utf-8").replace("每季度末月20日前", "每季度末前").replace("day: 20", "day: 月底")
    file.write_text(text, "utf-8")
    source = plan_data / "tiny-2022-2024" / "source.txt"
    source.write_text(source.read_text("utf-8").replace("每季度末月20日前", "每季度末前"), "utf-8")
    plan = plan_data / "tiny-2022-2024" / "plan.yaml"
    lines = [line for line in plan.read_text("utf-8").splitlines() if not line.startswith("source_sha256")]
    plan.write_text("\n".join(lines) + "\n", "utf-8")
    assert read_rows(plan_data, "x").rows["定期事项"][0].cells[4] == "3月、6月、9月、12月底前"


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_of_windows(
    mark: str, exported: Exported, merged: Merged, with_cells: Edited, plan_data: Path
) -> None:
    """A file with CRLF, with or without BOM, is edited and keeps both."""
    units = plan_data / "units.yaml"
    old = (mark + units.read_text("utf-8").replace("\n", "\r\n")).encode()
    units.write_bytes(old)
    merge = merged(plan_data, with_cells(exported(plan_data), {("单位", "livelihood", "说明"): "另一句。"}))
    write_merge(plan_data, merge)
    assert units.read_bytes() == old.replace("虚构的单位。".encode(), "另一句。".encode())


def test_each_line_keeps_its_own_end(exported: Exported, merged: Merged, with_cells: Edited, plan_data: Path) -> None:
    """Where only some lines end as on Windows, an edit changes no other's end; a new line ends as the one above."""
    units = plan_data / "units.yaml"
    lines = units.read_bytes().splitlines(keepends=True)
    old = b"".join(line.replace(b"\n", b"\r\n") if at % 3 == 0 else line for at, line in enumerate(lines)).rstrip()
    units.write_bytes(old)
    cells = {("单位", "livelihood", "说明"): "另一句。", ("单位", "data", "说明"): "新的一行"}
    write_merge(plan_data, merged(plan_data, with_cells(exported(plan_data), cells)))
    new = units.read_bytes().splitlines(keepends=True)
    at = next(at for at, line in enumerate(new) if "新的一行".encode() in line)
    assert new[at][-2:] == new[at - 1][-2:] or b"\r" not in new[at] + new[at - 1]
    assert b"".join(new[:at] + new[at + 1 :]) == old.replace("虚构的单位。".encode(), "另一句。".encode())
