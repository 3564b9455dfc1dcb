"""Sheets of a plan of another shape, alone and beside the real one: they say what holds of it, and nothing else.

The little plan has no sectors, safeguards, leaders, notice or period; numbers repeat or are
missing, and each task names its own units, by labels, in brackets, for all of it or for a part.
"""

from __future__ import annotations

import csv
import dataclasses
import io
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import openpyxl
import pytest
import vobject
from docx.oxml.ns import qn

from generator.export.rows import TASKS, task_columns
from generator.export.sheets import sheet_files
from generator.index.build import read_index
from generator.model import Validity

if TYPE_CHECKING:
    from generator.terms import Role

ROOT = Path(__file__).resolve().parent.parent
SEED = ROOT / "tests" / "seed" / "plan_data"
OTHER = ROOT / "tests" / "plans" / "reading-rooms"
PLAN = "plans/qingshi-reading/qingshi-reading"
REAL = "plans/xishan-2022-2024/xishan-2022-2024"

Files = dict[str, bytes]


@pytest.fixture(scope="module")
def alone() -> Files:
    """Return every sheet of the little plan."""
    return dict(sheet_files(read_index(OTHER, "plan_data")))


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """Return every sheet of the real plan and the little one on one site."""
    folder = tmp_path_factory.mktemp("both") / "plan_data"
    shutil.copytree(SEED, folder)
    shutil.copytree(OTHER / "qingshi-reading", folder / "qingshi-reading")
    added = (OTHER / "units.yaml").read_text("utf-8").partition("units:\n")[2]
    with (folder / "units.yaml").open("a", encoding="utf-8") as units:
        units.write(added)
    return dict(sheet_files(read_index(folder, "plan_data")))


def _rows(content: bytes, sheet: str = "任务") -> list[dict[str, object]]:
    """Return the rows of a sheet by heading; empty cells are left out."""
    page = openpyxl.load_workbook(io.BytesIO(content))[sheet]
    heads, *rows = page.iter_rows(min_row=3, values_only=True)
    return [{str(head): cell for head, cell in zip(heads, row, strict=True) if cell is not None} for row in rows]


def _text(content: bytes) -> str:
    """Return all that a document says, a line for each paragraph."""
    opened = docx.Document(io.BytesIO(content))
    paragraphs = opened.element.body.iter(qn("w:p"))
    return "\n".join("".join(text.text or "" for text in found.iter(qn("w:t"))) for found in paragraphs)


def test_tasks_stand_with_the_units_that_they_name(alone: Files) -> None:
    """Each label fills the column of its role, is told where the heading does not say it, and brackets their words."""
    named = ("重点任务", "牵头单位", "责任单位", "配合单位", "落实单位", "括注负责", "督办领导", "板块")
    assert [[row.get(head) for head in named] for row in _rows(alone[f"{PLAN}.xlsx"])] == [
        ["一·1.新建城区书房", "县文旅局", None, "县自然资源局、县财政局", None, None, None, None],
        [
            "一·2.改造乡镇阅览室",
            None,
            "县文旅局、各乡镇（“每年改造乡镇阅览室5处”）\n县图书馆（“逐步实现通借通还”）",
            None,
            None,
            None,
            None,
            None,
        ],
        [
            "二·1.延长开放时间",
            "主办单位：县文旅局",
            "县图书馆（“(1)城区书房每日开放到晚9时。”）",
            None,
            "各乡镇",
            None,
            None,
            None,
        ],
        ["开展阅读推广（本站拟题）", None, None, None, None, "团县委", None, None],
    ]


def test_columns_stand_where_a_task_has_such_units(alone: Files, both: Files) -> None:
    """Further columns follow 责任单位, and only in sheets in which a task has such units; the order stays."""
    base = [column.heading for column in TASKS]
    for files in (alone, both):
        for name, added in (
            (PLAN, ["配合单位", "落实单位", "括注负责"]),
            ("units/qs-land/qs-land", ["配合单位"]),
            ("units/qs-towns/qs-towns", ["落实单位"]),
        ):
            heads = next(csv.reader(files[f"{name}.csv"].decode("utf-8-sig").splitlines()[2:]))
            place = base.index("责任单位") + 1
            assert heads == [*base[:place], *added, *base[place:]]
    heads = next(csv.reader(both[f"{REAL}.csv"].decode("utf-8-sig").splitlines()[2:]))
    assert heads == base


@pytest.mark.parametrize(
    "more", [("cooperate",), ("cooperate", "implement"), ("cooperate", "implement", "owner"), ("owner",)]
)
def test_paper_shows_nine_points_with_further_columns(more: tuple[Role, ...]) -> None:
    """Columns that are added take their room from others: paper shows as much as without them."""
    printed = [column.width for column in task_columns(more) if column.is_printed]
    assert sum(7 * width + 5 for width in printed) <= 1370
    assert min(printed) >= 5


def test_deadlines_and_lines_are_the_printed_ones(alone: Files) -> None:
    """A printed deadline comes first; a task of several lines is found on all of them."""
    due = [(row["完成时限"], row["原文出处"]) for row in _rows(alone[f"{PLAN}.xlsx"])]
    assert due == [
        ("2025年底前", "第4行"),
        ("每年", "第7行"),
        ("2026年6月底前\n县图书馆报送开放情况：每季度末月15日前\n原文另写：“每日”", "第11—13行"),
        ("原文未写明", "第16行"),
    ]


def test_a_role_is_called_as_it_is_printed(alone: Files) -> None:
    """Who cooperates, implements or hosts is never called responsible; brackets hold for their words alone."""
    found = {(row["单位"], row["重点任务"]): row["角色"] for row in _rows(alone[f"{PLAN}.xlsx"], "任务分解表")}
    assert found["县财政局", "一·1.新建城区书房"] == "配合"
    assert found["县文旅局", "二·1.延长开放时间"] == "主办单位"
    assert found["各乡镇", "二·1.延长开放时间"] == found["河东镇", "二·1.延长开放时间"] == "落实"
    assert found["县图书馆", "二·1.延长开放时间"] == "责任（限所列词句）"
    assert found["团县委", "开展阅读推广（本站拟题）"] == "括注负责"
    rows = {row["单位"]: row for row in _rows(alone[f"{PLAN}.xlsx"], "任务分解表")}
    assert rows["河东镇"]["说明"] == "经统称“各乡镇”，所指由原文写明"
    assert rows["县财政局"]["原文出处"] == "第4行（列名第6行）"
    for name in ("qs-land", "qs-finance"):
        text = _text(alone[f"units/{name}/{name}.docx"])
        assert "列为1项任务的配合单位" in text
        assert "附件1　配合任务" in text
        assert "责任" not in text


def test_documents_say_only_what_holds(alone: Files, both: Files) -> None:
    """Nothing is said of sectors, safeguards, leaders, a notice or a period where the plan has none of them."""
    for files in (alone, both):
        for name, content in files.items():
            if name.endswith(".docx") and (name.startswith(("units/qs-", PLAN))):
                text = _text(content)
                for words in ("板块", "制度保障", "督办", "指导思想", "引言", "通知标题", "总体目标", "印发）", "None"):
                    assert words not in text, (name, words)
                assert "从方案标题数起，每个自然段为一行，空行也数。" in text
    opening = _text(alone[f"{PLAN}.docx"]).split("\n")
    assert opening[2] == (
        "本清单据《青石县公共阅读空间建设清单》整理，列出全部4项任务，以及从中整理的2项目标、1项定期事项。"
    )
    assert "开展阅读推广（本站拟题）" in opening
    assert "牵头单位（第5行）：县文旅局" in opening
    assert "配合单位（第6行）：县自然资源局、县财政局" in opening


def test_sheets_say_whether_their_plan_still_holds(alone: Files) -> None:
    """What replaced a plan, and until when it holds, stands above every table and in documents; else nothing does."""
    index = read_index(OTHER, "plan_data")
    (plan,) = index.plans
    validity = Validity(status="replaced", replaced_by="青石县书房管理办法", source="县政府公告")
    own = dataclasses.replace(plan.plan, validity=validity, valid_until="2025-12-31")
    files = dict(sheet_files(dataclasses.replace(index, plans=(dataclasses.replace(plan, plan=own),))))
    said = "效力：已被《青石县书房管理办法》替代（出处：县政府公告），有效期至2025年12月31日"
    for name, content in files.items():
        if name.endswith(".csv"):
            assert f"；{said}；非官方整理" in content.decode("utf-8-sig").split("\r\n")[1]
        elif name.endswith(".docx"):
            assert f"方案{said}。" in _text(content).split("\n")
    assert not any("效力" in _text(content) for name, content in alone.items() if name.endswith(".docx"))


def test_a_plan_without_an_end_has_no_dates(alone: Files) -> None:
    """What recurs has no dates where nobody knows until when; the calendar can be read all the same."""
    for name, content in alone.items():
        if name.endswith(".ics"):
            opened = vobject.readOne(content.decode("utf-8"))
            assert not hasattr(opened, "vevent_list")


def test_a_second_plan_changes_nothing_in_the_tables_of_the_first(sheets: Files, both: Files) -> None:
    """Workbooks, tables and calendars of the real plan and its units are the same beside another plan."""
    kept = [name for name in sheets if name.endswith((".csv", ".ics"))]
    assert [name for name in kept if both[name] != sheets[name]] == []
    assert both[f"{REAL}.xlsx"] == sheets[f"{REAL}.xlsx"]
    assert {name for name in both if name not in sheets} >= {f"{PLAN}.xlsx", "units/qs-youth/qs-youth.docx"}
