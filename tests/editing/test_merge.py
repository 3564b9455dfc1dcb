"""The merge of an edited workbook: what it changes, what it refuses, and that nothing is lost on the way."""

from __future__ import annotations

import datetime
import difflib
import errno
import io
import os
import random
import secrets
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from generator.editing.merge import read_merge, read_rows, write_merge
from generator.editing.tables import TABLES
from generator.editing.workbook import BASE, editing_workbook
from generator.problems import PlanError
from generator.publish.writing import beside

if TYPE_CHECKING:
    from collections.abc import Callable

    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from tests.conftest import Plansite
    from tests.editing.conftest import Edited, Exported, Merged, Refused, Snapshot

ROOT = Path(__file__).resolve().parents[2]
SEED = ROOT / "tests" / "seed" / "plan_data"
DAYS = "tiny-2022-2024/days"
WINDOWS = "tiny-2022-2024/windows"
REPORT = "tiny-2022-2024/report"
EDITS: dict[tuple[str, str, str], object] = {
    ("单位", "data", "说明"): "新设: 2024年 # 虚构",
    ("别名", "convenience/1", "出处"): None,
    ("目标", DAYS, "指标"): "平均办理时限",
    ("目标值", f"{DAYS}/2", "推断理由"): "no",
    ("定期事项", REPORT, "事项"): "将进展报送",
    ("定期事项", REPORT, "说明"): "原文没有列月份，“季度末月”按每季最后一个月理解。",
}
DIFF = """\
-      - {name: 便民局, kind: 简称, source: 通行简称}
+      - {name: 便民局, kind: 简称}
+    note: "新设: 2024年 # 虚构"
-        indicator: 办理时限
+        indicator: 平均办理时限
-          - {year: 2024, value: 3, text: 不超过3个工作日}
+          - {year: 2024, value: 3, text: 不超过3个工作日, note: "no"}
-        action: 报送进展
+        action: 将进展报送
-        note: 原文没有列月份，“季度末月”按3、6、9、12月理解。
+        note: 原文没有列月份，“季度末月”按每季最后一个月理解。
"""


def _book(content: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def _saved(book: Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _cell(page: Worksheet, own_id: str, heading: str) -> str:
    headings, ids = [cell.value for cell in page[1]], [cell.value for cell in page["A"]]
    return f"{get_column_letter(headings.index(heading) + 1)}{ids.index(own_id) + 1}"


def test_an_edit_changes_its_own_line(
    exported: Exported, merged: Merged, with_cells: Edited, plan_data: Path, snapshot: Snapshot
) -> None:
    """Edits of units, aliases, targets, values and duties show as a diff of their lines; nothing is written yet."""
    before = snapshot(plan_data)
    merge = merged(plan_data, with_cells(exported(plan_data), EDITS))
    lines = [
        line for line in merge.diff.splitlines(keepends=True) if line[0] in "+-" and line[:3] not in {"+++", "---"}
    ]
    assert "".join(lines) == DIFF
    assert {(e.table, e.cell.text or None) for e in merge.edits} == {(key[0], value) for key, value in EDITS.items()}
    assert snapshot(plan_data) == before


def test_what_is_written_is_what_was_shown(
    exported: Exported, merged: Merged, with_cells: Edited, plan_data: Path
) -> None:
    """After writing, a new export shows the edited cells, and the same workbook has nothing left to merge."""
    content = with_cells(exported(plan_data), EDITS)
    merge = merged(plan_data, content)
    write_merge(plan_data, merge)
    assert {name: (plan_data / name).read_text("utf-8") for name in merge.texts} == merge.texts
    assert merged(plan_data, content).edits == ()
    again = _book(exported(plan_data))
    for (table, own_id, heading), value in EDITS.items():
        assert again[table][_cell(again[table], own_id, heading)].value == value


def _shuffled(book: Workbook) -> None:
    """Sort the rows of every table by another column, as a clerk does."""
    for table in TABLES:
        page = book[table.name]
        rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=2)]
        rows.sort(key=lambda row: str(row[-1]), reverse=True)
        for number, row in enumerate(rows, 2):
            for place, value in enumerate(row, 1):
                page.cell(number, place).value = value


def _headings_sorted_in(book: Workbook) -> None:
    """Put the headings into the midst of the rows, as a sort that takes them for a row does."""
    for table in TABLES:
        page = book[table.name]
        first, second = ([cell.value for cell in page[number]] for number in (1, 2))
        for place, (one, two) in enumerate(zip(first, second, strict=True), 1):
            page.cell(1, place).value, page.cell(2, place).value = two, one


def _columns_moved(book: Workbook) -> None:
    for table in TABLES:
        page = book[table.name]
        for row in page.iter_rows():
            values = [cell.value for cell in row]
            for cell, value in zip(row, reversed(values), strict=True):
                cell.value = value


def _notes_added(book: Workbook) -> None:
    for table in TABLES:
        page = book[table.name]
        page.insert_cols(2)
        page["B1"], page["B2"] = "我的备注", "核对过"
        width = page.max_column
        page.cell(1, width + 2).value = "合计"
        page.cell(page.max_row + 3, width + 2).value = "=COUNTA(A2:A9)"
        page.cell(page.max_row + 1, 3).value = "   "
    book.create_sheet("我的草稿")["A1"] = "随便写写"


def _title_added(book: Workbook) -> None:
    for table in TABLES:
        page = book[table.name]
        page.insert_rows(1, 2)
        page["A1"] = f"西山区{table.name}表"
        page.merge_cells("A1:C1")


def _hidden(book: Workbook) -> None:
    for table in TABLES:
        page = book[table.name]
        page.row_dimensions[2].hidden = True
        page.column_dimensions["C"].hidden = True
        page.auto_filter.add_filter_column(1, ["不存在"])
    book["别名"].sheet_state = "hidden"
    book[BASE].sheet_state = "visible"


HARMLESS: dict[str, Callable[[Workbook], None]] = {
    "saved again": lambda book: None,  # noqa: ARG005
    "rows sorted": _shuffled,
    "headings sorted in": _headings_sorted_in,
    "columns moved": _columns_moved,
    "notes added": _notes_added,
    "title added": _title_added,
    "hidden and filtered": _hidden,
    "guide deleted": lambda book: book.remove(book["填写说明"]),
    "sheets moved": lambda book: book.move_sheet("单位", 3),
    "context changed": lambda book: book["目标"].__setitem__("B2", "别的"),
}


def test_the_workbook_as_written_changes_nothing(
    real_book: bytes, merged: Merged, real_data: Path, snapshot: Snapshot
) -> None:
    """Unchanged in means no change out: the real data stays as it is, files and times."""
    before = snapshot(real_data)
    merge = merged(real_data, real_book)
    write_merge(real_data, merge)
    assert (merge.edits, merge.texts, merge.diff) == ((), {}, "")
    assert snapshot(real_data) == before


@pytest.mark.parametrize("name", HARMLESS)
def test_what_clerks_do_to_workbooks_changes_nothing(
    name: str, exported: Exported, merged: Merged, plan_data: Path
) -> None:
    """However the sheets were arranged, nothing was edited."""
    book = _book(exported(plan_data))
    HARMLESS[name](book)
    assert merged(plan_data, _saved(book)).edits == ()


def test_the_real_workbook_sorted_and_saved_changes_nothing(real_book: bytes, merged: Merged) -> None:
    """Sorting every table of the real data by another column, moving columns and adding titles is no edit."""
    book = _book(real_book)
    for do in (_shuffled, _columns_moved, _notes_added, _title_added):
        do(book)
    assert merged(SEED, _saved(book)).edits == ()


def test_an_edit_in_a_rearranged_workbook_lands_in_its_row(
    exported: Exported, merged: Merged, with_cells: Edited, plan_data: Path
) -> None:
    """Sorting rows and moving columns after editing does not move the edits to other records."""
    content = with_cells(exported(plan_data), EDITS)
    book = _book(content)
    _shuffled(book)
    _columns_moved(book)
    _title_added(book)
    assert merged(plan_data, _saved(book)).texts == merged(plan_data, content).texts


def _set(table: str, own_id: str, heading: str, value: object, number_format: str = "") -> Callable[[Workbook], None]:
    def _do(book: Workbook) -> None:
        cell = book[table][_cell(book[table], own_id, heading)]
        cell.value = value
        if number_format:
            cell.number_format = number_format

    return _do


def _row_copied(book: Workbook) -> None:
    book["单位"].append([cell.value for cell in book["单位"][3]])


def _doubled_heading(book: Workbook) -> None:
    book["目标值"].cell(1, 20).value = "数值"


REFUSED: dict[str, tuple[Callable[[Workbook], object], list[str]]] = {
    "row added that no plan names": (
        lambda book: book["单位"].append([None, "区新局", "政府部门"]),
        ["改.xlsx#单位:6:2: error: B6“名称”：没有方案点名“区新局”"],
    ),
    "row added that belongs nowhere": (
        lambda book: book["定期事项"].append(["tiny-2022-2024/new", "", "甲", None, "乙", "每年", *[None] * 3, "丙"]),
        ["改.xlsx#定期事项:3:2: error: B3“所属”空着：请从下拉列表里选"],
    ),
    "id changed": (
        lambda book: book["单位"].__setitem__("A3", "date"),
        ["改.xlsx#单位:3:1: error: A3的编号由“data”改成了“date”：编号不能在这里改，请恢复"],
    ),
    "row copied": (_row_copied, ["改.xlsx#单位:6:1: error: A6 的编号“data”与 A3 重复"]),
    "sheet renamed": (
        lambda book: setattr(book["别名"], "title", "别名表"),
        ["改.xlsx:1:1: error: 缺少工作表“别名”：是不是改名成了“别名表”"],
    ),
    "sheets deleted": (
        lambda book: [book.remove(book[name]) for name in ("目标", "定期事项")],
        ["缺少工作表“目标”：请恢复", "缺少工作表“定期事项”"],
    ),
    "base deleted": (lambda book: book.remove(book[BASE]), ["改.xlsx:1:1: error: 不是由 plansite export --xlsx 写出"]),
    "base emptied": (lambda book: book[BASE].delete_rows(1, 99), ["另一版本的 plansite"]),
    "base of another version": (lambda book: book[BASE].delete_cols(5), ["另一版本的 plansite"]),
    "heading renamed": (
        lambda book: book["目标"].__setitem__("D1", "指标名称"),
        ["改.xlsx#目标:1:1: error: 缺少栏目“指标”：请恢复栏目名称"],
    ),
    "column deleted": (lambda book: book["单位"].delete_cols(1), ["改.xlsx#单位:1:1: error: 缺少栏目“编号”"]),
    "heading doubled": (_doubled_heading, ["改.xlsx#目标值:1:1: error: 栏目“数值”不止一列：请删去多出的"]),
    "everything deleted": (lambda book: book["单位"].delete_rows(1, 99), ["缺少栏目“编号”“名称”“类别”“说明”"]),
    "cells merged": (
        lambda book: book["单位"].merge_cells("C2:C4"),
        ["改.xlsx#单位:2:3: error: C2:C4 是合并的单元格，这几行没有读：请取消合并"],
    ),
    "formula": (
        _set("单位", "data", "说明", '=CONCAT("甲","乙")'),
        ["改.xlsx#单位:3:4: error: D3“说明”是公式：请改成公式算出的内容"],
    ),
    "error value": (_set("单位", "data", "说明", "#N/A"), ["D3“说明”是错误值 #N/A"]),
    "date": (_set("目标", DAYS, "指标", datetime.datetime(2022, 3, 1)), ["“指标”被表格软件当成了日期或时间"]),  # noqa: DTZ001
    "time": (_set("目标", DAYS, "指标", datetime.time(3, 5)), ["“指标”被表格软件当成了日期或时间"]),
    "boolean": (_set("单位", "data", "说明", value=True), ["“说明”被表格软件当成了 TRUE：请把格式设为“文本”"]),
    "percentage": (_set("目标值", f"{DAYS}/1", "数值", 0.05, "0%"), ["成了百分比格式，实际存的数是 0.05"]),
    "wrong choice": (
        _set("单位", "data", "类别", "政府机构"),
        ["改.xlsx#单位:3:3: error: C3“类别”不能是“政府机构”：可选：党委部门、"],
    ),
    "english choice": (_set("目标", DAYS, "比较", "at_least"), ["可选：不低于、不超过"]),
    "number with its unit": (_set("目标值", f"{DAYS}/1", "数值", "5个"), ["不能是“5个”：应是数字"]),
    "number with a comma": (_set("目标值", f"{DAYS}/1", "数值", "5,000"), ["不能是“5,000”：应是数字"]),
    "number without end": (_set("目标值", f"{DAYS}/1", "数值", 1e300), ["应是数字"]),
    "half a year": (_set("目标值", f"{DAYS}/1", "年度", 2022.5), ["应是 1900 到 2200 的整数"]),
    "no year of ours": (_set("目标值", f"{DAYS}/1", "年度", 22), ["应是 1900 到 2200 的整数"]),
    "required cell emptied": (_set("目标", DAYS, "指标", None), ["“指标”不能空着：请补上指标名称"]),
    "required choice emptied": (_set("单位", "data", "类别", "  "), ["C3“类别”不能空着：请补上"]),
    "line break": (_set("目标", DAYS, "指标", "办理\n时限"), ["只能写一行：请删去单元格里的换行"]),
    "unseen character": (_set("目标", DAYS, "指标", "办理\u200b时限"), ["看不见的字符（U+200B）"]),
    "control character": (_set("目标", DAYS, "指标", "办理_x0007_时限"), ["看不见的字符（U+0007）"]),
    "wrong due": (_set("定期事项", REPORT, "期限", "每季度末"), ["应写成“3月、6月20日前”或“3月、6月底前”的样子"]),
    "no such month": (_set("定期事项", REPORT, "期限", "13月20日前"), ["应写成“3月、6月20日前”或“3月、6月底前”的样子"]),
    "no such day": (_set("定期事项", REPORT, "期限", "2月30日前"), ["改.xlsx#定期事项:2:7: error: G2“期限”："]),
    "names run together": (_set("定期事项", REPORT, "谁做", "各便民点、区数据局"), ["几个名称之间用“；”隔开"]),
    "only separators": (_set("定期事项", REPORT, "对象", "；"), ["只有分隔用的标点"]),
    "words not in the source": (
        _set("目标", DAYS, "原文词句", "2022年不超过6个工作日"),
        ["改.xlsx#目标:3:6: error: F3“原文词句”：", "(quote-not-in-source)"],
    ),
    "value not in the source": (
        _set("目标值", f"{DAYS}/1", "数值", 6),
        ["改.xlsx#目标值:3:7: error: G3“数值”：", "(value-not-in-source)"],
    ),
    "year out of the period": (
        _set("目标值", f"{DAYS}/1", "年度", 2035),
        ["改.xlsx#目标值:3:5: error: E3“年度”：", "(year-outside-period)"],
    ),
    "alias of another unit": (
        _set("别名", "convenience/1", "别名", "区数据局"),
        ["改.xlsx#别名:2:3: error: C2“别名”：", "(alias-clash)"],
    ),
    "name of another unit": (
        _set("单位", "livelihood", "名称", "区数据局"),
        ["改.xlsx#单位:4:2: error: B4“名称”：", "(alias-clash)"],
    ),
    "one of two edits of a record": (
        lambda book: (
            _set("目标值", f"{DAYS}/1", "年度", 2030)(book),
            _set("目标值", f"{DAYS}/1", "推断理由", "理由")(book),
        ),
        [
            "改.xlsx#目标值:3:5: error: E3“年度”：2030 年不在方案期限",
            "请改正，原文没写年份就删去“年度” (year-outside-period)",
        ],
    ),
    "the later of two edits of a record": (
        lambda book: (
            _set("定期事项", REPORT, "事项", "报进展")(book),
            _set("定期事项", REPORT, "期限", "2月30日前")(book),
        ),
        ["改.xlsx#定期事项:2:7: error: G2“期限”：2月没有 30 日：请改正“期限” (impossible-date)"],
    ),
    "number where none may be": (
        _set("目标值", f"{DAYS}/1", "比较", "达到所述状态"),
        ["F3“比较”：比较方式是“达到所述状态”，不该有数值：请删去“数值”，或改用“不低于”"],
    ),
    "inferred without a reason": (
        _set("目标", DAYS, "依据", "网站推断"),
        ["改.xlsx#目标:3:9: error: I3“依据”：", "(inferred-without-note)"],
    ),
    "several at once": (
        lambda book: (
            _set("单位", "data", "类别", "甲")(book),
            _set("目标值", f"{DAYS}/2", "数值", "三")(book),
            book["定期事项"].append([None, "甲"]),
            book["定期事项"].append([None, None, "甲"]),
        ),
        ["C3“类别”不能是“甲”", "G4“数值”不能是“三”", "F4“频次”不能空着"],
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_taken(name: str, exported: Exported, refused: Refused, plan_data: Path) -> None:
    """What a cell or a row must not hold is refused by sheet, row and column with what to do; the data is untouched."""
    break_it, expected = REFUSED[name]
    book = _book(exported(plan_data))
    break_it(book)
    lines = refused(plan_data, _saved(book))
    for part in expected:
        assert any(part in line for line in lines), lines
    assert all(line.startswith("改.xlsx") and "：" in line for line in lines)


def test_a_comment_in_the_way(exported: Exported, refused: Refused, with_cells: Edited, plan_data: Path) -> None:
    """An edit that would lose a comment is refused at its cell, with the place in the YAML."""
    duties = plan_data / "tiny-2022-2024" / "safeguards.yaml"
    duties.write_text(duties.read_text("utf-8").replace("day: 20}", "day: 20} # 待核"), "utf-8")
    cells = {("定期事项", REPORT, "期限"): None, ("单位", "data", "说明"): "好"}
    (line,) = refused(plan_data, with_cells(exported(plan_data), cells))
    assert line.startswith("改.xlsx#定期事项:2:7: error: ")
    assert "请直接改 plan_data/" in line
    assert "注释" in line


def test_data_that_went_on_changing(
    exported: Exported, merged: Merged, refused: Refused, with_cells: Edited, plan_data: Path
) -> None:
    """A cell whose value was changed in the YAML meanwhile is a conflict; the same change, or another cell, is none."""
    cells = {("单位", "livelihood", "说明"): "新的说明。", ("单位", "data", "说明"): "好"}
    content = with_cells(exported(plan_data), cells)
    units = plan_data / "units.yaml"
    text = units.read_text("utf-8")
    units.write_text(text.replace("虚构的单位。", "另外的单位。"), "utf-8")
    (line,) = refused(plan_data, content)
    assert line.startswith(
        "改.xlsx#单位:4:4: error: D4“说明”改成了“新的说明。”，但数据在导出之后已从“虚构的单位。”改为“另外的单位。”"
    )
    assert line.endswith("(workbook-conflict)")
    units.write_text(text.replace("虚构的单位。", "新的说明。"), "utf-8")
    assert [edit.new for edit in merged(plan_data, content).edits] == ["好"]


def test_others_changes_are_kept(exported: Exported, merged: Merged, with_cells: Edited, plan_data: Path) -> None:
    """What was changed in the YAML since the export stays, also in the record that is edited."""
    content = with_cells(exported(plan_data), {("定期事项", REPORT, "事项"): "将进展报送"})
    file = plan_data / "tiny-2022-2024" / "safeguards.yaml"
    text = file.read_text("utf-8").replace("who: [各便民点]", "who: [各便民点] # 核对过")
    file.write_text(text, "utf-8")
    (new,) = merged(plan_data, content).texts.values()
    assert new == text.replace("报送进展", "将进展报送")


def test_a_place_in_a_list_that_means_another_record(
    exported: Exported, merged: Merged, refused: Refused, with_cells: Edited, plan_data: Path
) -> None:
    """Values have no id of their own: if the list moved meanwhile, an edit finds its value, or is refused."""
    content = with_cells(exported(plan_data), {("目标值", f"{DAYS}/2", "推断理由"): "理由"})
    sector = plan_data / "tiny-2022-2024" / "sectors" / "1.yaml"
    text = sector.read_text("utf-8")
    first, second = (line for line in text.splitlines(keepends=True) if "- {year:" in line)
    sector.write_text(text.replace(first + second, second + first), "utf-8")
    (new,) = merged(plan_data, content).texts.values()
    assert "- {year: 2024, value: 3, text: 不超过3个工作日, note: 理由}\n" in new
    sector.write_text(
        text.replace(second, second.replace("}", ", reading: inferred, note: 原文没有写明，本站按字面理解。}")), "utf-8"
    )
    (line,) = refused(plan_data, content)
    assert "对不上是哪一条" in line
    sector.write_text(text.replace(second, ""), "utf-8")
    assert any("已从数据里删去" in line for line in refused(plan_data, content))
    assert merged(plan_data, exported(plan_data)).edits == ()


def test_a_workbook_is_merged_twice(exported: Exported, merged: Merged, with_cells: Edited, plan_data: Path) -> None:
    """After a merge the same workbook may be edited on, also in values, and merged again."""
    content = with_cells(exported(plan_data), {("目标值", f"{DAYS}/1", "推断理由"): "原文没有写明，本站按字面理解。"})
    write_merge(plan_data, merged(plan_data, content))
    content = with_cells(content, {("目标值", f"{DAYS}/1", "依据"): "网站推断"})
    assert [edit.heading for edit in merged(plan_data, content).edits] == ["依据"]


def test_no_change_by_other_words(exported: Exported, merged: Merged, with_cells: Edited, plan_data: Path) -> None:
    """Wide digits, other separators and blanks at the ends mean the same and change nothing."""
    cells = {
        ("目标值", f"{DAYS}/1", "数值"): "５",
        ("目标值", f"{DAYS}/2", "数值"): "3.0",
        ("目标值", f"{DAYS}/2", "年度"): " 2024 ",
        ("定期事项", REPORT, "期限"): "３月、6月、9月、12月20日以前",
        ("定期事项", REPORT, "谁做"): " 各便民点;\n",
        ("单位", "data", "名称"): "区数据局 _x000D_\n",
    }
    assert merged(plan_data, with_cells(exported(plan_data), cells)).edits == ()


def test_a_long_last_line(exported: Exported, merged: Merged, with_cells: Edited, plan_data: Path) -> None:
    """A file without a line end at its end is edited, and the diff says that it has none."""
    units = plan_data / "units.yaml"
    units.write_text(units.read_text("utf-8").rstrip("\n"), "utf-8")
    merge = merged(plan_data, with_cells(exported(plan_data), {("单位", "towns", "说明"): "新"}))
    assert merge.texts["units.yaml"].endswith("kind: 群体\n    note: 新")
    assert "\n\\ 文件末尾没有换行\n" in merge.diff


NASTY = [
    "甲: 乙",
    "# 甲",
    "2022",
    "no",
    '“引”和"引"',
    "it's",
    "[甲]",
    "{甲",
    "null",
    "~",
    "12:30",
    "一, 二",
    "- 甲",
    "甲 #乙",
]


def _random_cells(content: bytes, chance: random.Random, count: int) -> dict[tuple[str, str, str], str | None]:
    """Return edits that no rule forbids: of texts that are nobody's quotation, put in, written on or taken away."""
    book = _book(content)
    fields = {
        "单位": [("说明", True), ("类别存疑", True)],
        "别名": [("出处", True)],
        "目标": [("推断理由", False)],
        "目标值": [("推断理由", False)],
        "定期事项": [("说明", False)],
    }
    cells: dict[tuple[str, str, str], str | None] = {}
    while len(cells) < count:
        table = chance.choice(list(fields))
        heading, may_be_empty = chance.choice(fields[table])
        rows = [cell.row for cell in book[table]["A"] if cell.value]
        own_id = str(book[table].cell(chance.choice(rows[1:]), 1).value)
        old = book[table][_cell(book[table], own_id, heading)].value
        # A reason must stay one; where there is none yet, what it must say is for the rules.
        begin = "" if may_be_empty else old
        if begin is None:
            continue
        new = None if may_be_empty and chance.random() < 0.3 else f"{begin}{chance.choice(NASTY)}{len(cells)}"
        if new != old:
            cells[table, own_id, heading] = new
    return cells


@pytest.mark.parametrize("seed", range(3))
def test_random_edits_of_the_real_data(
    seed: int, real_book: bytes, real_data: Path, with_cells: Edited, snapshot: Snapshot
) -> None:
    """A new export shows exactly the edited cells; comments, blank lines and all other lines are as they were."""
    cells = _random_cells(real_book, random.Random(seed), 60)
    before, old = read_rows(real_data, "plan_data"), snapshot(real_data)
    merge = read_merge(real_data, "plan_data", with_cells(real_book, cells), "改.xlsx")
    write_merge(real_data, merge)
    after = read_rows(real_data, "plan_data")
    for table in TABLES:
        for was, now in zip(before.rows[table.name], after.rows[table.name], strict=True):
            expected = [
                (cells[table.name, was.id, column.heading] or "")
                if (table.name, was.id, column.heading) in cells
                else cell
                for column, cell in zip(table.columns, was.cells, strict=True)
            ]
            assert list(now.cells) == expected
    changed = 0
    for name, (content, _) in old.items():
        lines, new = (text.decode().splitlines() for text in (content, (real_data / name).read_bytes()))
        for mark in ("#", ""):
            kept = [[line for line in part if line.strip()[:1] == mark] for part in (lines, new)]
            assert kept[0] == kept[1]
        changed += sum(line.startswith("- ") for line in difflib.ndiff(lines, new))
        assert (name in merge.texts) == (lines != new)
    assert changed <= len(cells)


def _left_behind(root: Path) -> list[Path]:
    return [file for file in root.rglob("*") if file.name.endswith(".new")]


@pytest.mark.parametrize("broken", ["replace", "fsync", "copymode"])
def test_stopped_half_way(
    broken: str,
    exported: Exported,
    merged: Merged,
    with_cells: Edited,
    plan_data: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Stopped half-way every file is whole, old or new, nothing lies about, and merging again completes it."""
    content = with_cells(exported(plan_data), EDITS)
    merge = merged(plan_data, content)
    owner, left = {"replace": (Path, 1), "fsync": (os, 2), "copymode": (shutil, 0)}[broken]
    real = getattr(owner, broken)

    def _fail_later(*arguments: object) -> object:
        nonlocal left
        left -= 1
        if left < 0:
            raise KeyboardInterrupt
        return real(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr(owner, broken, _fail_later)
        with pytest.raises(KeyboardInterrupt):
            write_merge(plan_data, merge)
    texts = [(plan_data / name).read_text("utf-8") for name in merge.texts]
    assert all(text in (merge.before[name], merge.texts[name]) for name, text in zip(merge.texts, texts, strict=True))
    assert (texts == list(merge.before.values())) == (broken != "replace")
    assert not _left_behind(plan_data)
    write_merge(plan_data, merged(plan_data, content))
    assert [(plan_data / name).read_text("utf-8") for name in merge.texts] == list(merge.texts.values())


@pytest.mark.skipif(sys.platform == "win32", reason="links as POSIX has them")
def test_what_lies_beside_a_file_is_in_no_way(
    exported: Exported, merged: Merged, with_cells: Edited, plan_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither a link that leads elsewhere nor a folder, under whatever name, is written through or stops a merge."""
    monkeypatch.setattr(secrets, "token_hex", lambda _: "0")
    merge = merged(plan_data, with_cells(exported(plan_data), EDITS))
    victim = plan_data.parent / "victim"
    victim.write_text("mine", "utf-8")
    first, *rest = (plan_data / name for name in merge.texts)
    with beside(first, b"") as ours:
        pass
    for name in (f".{first.name}.new", ours.name):
        first.with_name(name).symlink_to(victim)
    for file in rest:
        file.with_name(f".{file.name}.new").mkdir()
    write_merge(plan_data, merge)
    assert victim.read_text("utf-8") == "mine"
    assert not [name for name in merge.texts if (plan_data / name).is_symlink()]
    assert {name: (plan_data / name).read_text("utf-8") for name in merge.texts} == merge.texts


@pytest.mark.parametrize("broken", ["replace", "fsync", "copymode"])
def test_what_the_disk_refuses_is_told_of_the_file(
    broken: str,
    exported: Exported,
    merged: Merged,
    with_cells: Edited,
    plan_data: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """An error names the file that could not be written, and not the hidden one beside it; nothing is left behind."""
    merge = merged(plan_data, with_cells(exported(plan_data), EDITS))
    paths = [plan_data / name for name in merge.texts]

    def _replace(source: Path, target: Path) -> None:
        raise OSError(errno.EACCES, "", str(source), None, str(target))

    def _fsync(_: int) -> None:
        raise OSError(errno.ENOSPC, "")

    def _copymode(_: Path, target: Path) -> None:
        if target.parent != paths[0].parent:
            raise OSError(errno.EPERM, "", target)

    owner, function = {"replace": (Path, _replace), "fsync": (os, _fsync), "copymode": (shutil, _copymode)}[broken]
    with monkeypatch.context() as patch:
        patch.setattr(owner, broken, function)
        with pytest.raises(OSError, match="Errno") as caught:
            write_merge(plan_data, merge)
    other = next(path for path in paths if path.parent != paths[0].parent)
    assert caught.value.filename == str(other if broken == "copymode" else paths[0])
    assert caught.value.filename2 is None
    assert {name: (plan_data / name).read_text("utf-8") for name in merge.texts} == merge.before
    assert not _left_behind(plan_data)


_KILLED = """
import os, signal, sys
from pathlib import Path
from generator.editing.merge import read_merge, write_merge
root = Path("plan_data")
merge = read_merge(root, "plan_data", Path("e.xlsx").read_bytes(), "e.xlsx")
real = Path.replace
def replace(self, to):
    real(self, to)
    os.kill(os.getpid(), signal.SIGKILL)
Path.replace = replace
write_merge(root, merge)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="kills as POSIX does")
def test_killed_half_way(exported: Exported, merged: Merged, with_cells: Edited, plan_data: Path) -> None:
    """Killed between two files the data is whole and sound to read; the same workbook completes it and cleans up."""
    content = with_cells(exported(plan_data), EDITS)
    expected = merged(plan_data, content).texts
    (plan_data.parent / "e.xlsx").write_bytes(content)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", _KILLED], cwd=plan_data.parent, env=environment, check=False)
    assert done.returncode == -signal.SIGKILL
    assert _left_behind(plan_data)
    rest = merged(plan_data, content)
    assert 0 < len(rest.texts) < len(expected)
    write_merge(plan_data, rest)
    assert {name: (plan_data / name).read_text("utf-8") for name in expected} == expected
    assert not _left_behind(plan_data)


def test_half_merged_data_that_breaks_a_rule_can_be_completed(
    exported: Exported, merged: Merged, with_cells: Edited, plan_data: Path
) -> None:
    """If a merge was brought in by half and that half breaks a rule, merging the same workbook again mends it."""
    target = "tiny-2022-2024/satisfied"
    cells = {("目标", target, "依据"): "网站推断", ("目标", target, "推断理由"): "原文没有写明，本站按字面理解。"}
    content = with_cells(exported(plan_data), cells)
    name = "tiny-2022-2024/plan.yaml"
    whole = merged(plan_data, content).texts[name]
    (plan_data / name).write_text(whole.replace("            note: 原文没有写明，本站按字面理解。\n", ""), "utf-8")
    with pytest.raises(PlanError, match="inferred-without-note"):
        exported(plan_data)
    assert merged(plan_data, content).texts == {name: whole}


def test_a_warning_is_in_no_way(
    exported: Exported, merged: Merged, with_cells: Edited, plan_data: Path, plansite: Plansite
) -> None:
    """A copy that lies about, of which `check` only warns, keeps nothing from being exported, merged and written."""
    (plan_data / "units - 副本.yaml").write_text("units: []\n", "utf-8")
    content = with_cells(exported(plan_data), EDITS)
    assert merged(plan_data, content).problems == ()
    (plan_data.parent / "e.xlsx").write_bytes(content)
    done = plansite("merge", "e.xlsx", "--write")
    assert (done.returncode, done.stderr) == (0, "")
    assert merged(plan_data, content).edits == ()


def test_a_file_that_changes_while_merging(
    exported: Exported, merged: Merged, with_cells: Edited, plan_data: Path
) -> None:
    """If a file was changed since it was read, nothing is written at all."""
    merge = merged(plan_data, with_cells(exported(plan_data), EDITS))
    units = plan_data / "units.yaml"
    units.write_text(units.read_text("utf-8") + "# 刚加的\n", "utf-8")
    with pytest.raises(PlanError, match="文件刚才被改过"):
        write_merge(plan_data, merge)
    assert all(
        (plan_data / name).read_text("utf-8") == text for name, text in merge.before.items() if name != "units.yaml"
    )


@pytest.mark.skipif(sys.platform == "win32", reason="modes and links as POSIX has them")
def test_modes_and_links_are_kept(exported: Exported, merged: Merged, with_cells: Edited, plan_data: Path) -> None:
    """A file keeps its mode, and one that is a link stays a link to the file that changes."""
    units = plan_data / "units.yaml"
    elsewhere = units.rename(plan_data.parent / "elsewhere.yaml")
    elsewhere.chmod(0o640)
    units.symlink_to(elsewhere)
    write_merge(plan_data, merged(plan_data, with_cells(exported(plan_data), EDITS)))
    assert units.is_symlink()
    assert elsewhere.stat().st_mode & 0o777 == 0o640
    assert "新设: 2024年" in elsewhere.read_text("utf-8")


def test_the_commands_of_a_round_trip(
    with_cells: Edited, plan_data: Path, plansite: Plansite, snapshot: Snapshot
) -> None:
    """Export, edit, look, write: each says in Chinese what it did and what comes next."""
    done = plansite("export", "--xlsx")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        "已写出 plan_data.xlsx：单位 4 行、别名 1 行、单位变更 0 行、目标 3 行、目标值 4 行、定期事项 1 行。"
        "改好后运行 plansite merge plan_data.xlsx\n"
    )
    book = plan_data.parent / "plan_data.xlsx"
    assert book.read_bytes() == editing_workbook(read_rows(plan_data, "plan_data"))
    done = plansite("merge", "plan_data.xlsx", "--write")
    assert (done.returncode, done.stdout) == (0, "没有改动：工作簿里没有需要合并的改动。\n")
    before = snapshot(plan_data)
    book.write_bytes(with_cells(book.read_bytes(), {("单位", "data", "说明"): "虚构"}))
    done = plansite("merge", "plan_data.xlsx")
    assert done.returncode == 0
    assert "单位!D3“说明”：（空） → 虚构" in done.stdout
    assert "\n+    note: 虚构\n" in done.stdout
    assert "还没有写入" in done.stdout.splitlines()[-1]
    assert snapshot(plan_data) == before
    done = plansite("merge", "plan_data.xlsx", "--write")
    assert done.stdout.splitlines()[-1].startswith("已写入：1 处改动，1 个文件")
    assert plansite("merge", "plan_data.xlsx", "--write").stdout.startswith("没有改动")
    changed = {name for name, now in snapshot(plan_data).items() if now != before[name]}
    assert changed == {"units.yaml"}


def test_the_workbook_is_never_overwritten(plan_data: Path, plansite: Plansite) -> None:
    """A workbook that is there may hold edits: it is kept, with a line that says what to do."""
    book = plan_data.parent / "plan_data.xlsx"
    book.write_bytes(b"edits")
    done = plansite("export", "--xlsx")
    assert (done.returncode, done.stdout, book.read_bytes()) == (2, "", b"edits")
    assert "已有 plan_data.xlsx，里面可能有还没合并的改动：请先移走" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("export", "--xlsx", "out.xls"), "要写以 .xlsx 结尾的文件名，现为 out.xls"),
        (("export", "--xlsx", "nowhere/out.xlsx"), "nowhere/out.xlsx：不存在"),
        (("merge",), "缺少 工作簿.xlsx"),
        (("merge", "nowhere.xlsx"), "nowhere.xlsx：不存在"),
        (("merge", "plan_data"), "是目录，不是文件"),
        (("merge", "/dev/null"), "不是普通文件|文件是空的"),
        (("merge", "plan_data/units.yaml"), "不是 Excel 工作簿"),
        (("merge", "plan_data/units.yaml", "--plan-data", "nowhere"), "nowhere：不存在"),
    ],
    ids=str,
)
def test_wrong_use(arguments: tuple[str, ...], expected: str, plan_data: Path, plansite: Plansite) -> None:
    """A file that is missing, misnamed or none ends with status 2 and one line in Chinese."""
    done = plansite(*arguments)
    assert plan_data.is_dir()
    assert (done.returncode, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    assert any(part in line for part in expected.split("|")), line


def test_data_with_problems(exported: Exported, plan_data: Path, plansite: Plansite) -> None:
    """Both commands print the data's own problems, end with status 1 and write nothing."""
    (plan_data.parent / "e.xlsx").write_bytes(exported(plan_data))
    units = plan_data / "units.yaml"
    units.write_text(units.read_text("utf-8").replace("kind: 群体", "kind: 团体"), "utf-8")
    for arguments in (("export", "--xlsx", "new.xlsx"), ("merge", "e.xlsx", "--write")):
        done = plansite(*arguments)
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr.splitlines() == plansite("check").stderr.splitlines()
    assert not (plan_data.parent / "new.xlsx").exists()


def test_a_refused_workbook_is_status_1(
    exported: Exported, with_cells: Edited, plan_data: Path, plansite: Plansite
) -> None:
    """Bad cells end with status 1, with a line for each on standard error, though `--write` was given."""
    cells = {("单位", "data", "类别"): "甲", ("目标值", f"{DAYS}/1", "数值"): "乙"}
    (plan_data.parent / "e.xlsx").write_bytes(with_cells(exported(plan_data), cells))
    done = plansite("merge", "e.xlsx", "--write")
    assert (done.returncode, done.stdout) == (1, "没有可以合并的改动：有 2 处有误，请照上面改正。\n")
    assert [line.partition(": error: ")[0] for line in done.stderr.splitlines()] == [
        "e.xlsx#单位:3:3",
        "e.xlsx#目标值:3:7",
    ]
