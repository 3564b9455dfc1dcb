"""What is open as a workbook: decided on in its cells, and merged back with the same small edits as by keys."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import openpyxl
import pytest

from tests.conftest import PATIENCE
from tests.review.conftest import ENVIRONMENT, HERE, texts

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.review.conftest import Review

    Decide = Callable[..., subprocess.CompletedProcess[str]]

ORIGINAL = texts(HERE / "plan_data")
TASKS, UNITS = "bianmin/sectors/1.yaml", "units.yaml"


@pytest.fixture
def decide(review: Review, plan_data: Path) -> Decide:
    """Return a function that exports, fills cells by (读法, heading) and merges."""

    def _decide(cells: dict[tuple[str, str], str | int], *arguments: str) -> subprocess.CompletedProcess[str]:
        path = plan_data.parent / "open.xlsx"
        if not path.exists():
            assert review(arguments=("--xlsx", "open.xlsx")).returncode == 0
        book = openpyxl.load_workbook(path)
        page = book["待核对"]
        columns = {str(cell.value): cell.column for cell in page[1]}
        rows = {str(page.cell(row, columns["读法"]).value): row for row in range(2, page.max_row + 1)}
        for (words, heading), value in cells.items():
            for row in rows.values() if words == "*" else [rows[words]]:
                page.cell(row, columns[heading]).value = value
        book.save(path)
        return subprocess.run(
            [sys.executable, "-m", "generator", "merge", "open.xlsx", *arguments],
            cwd=plan_data.parent,
            env=ENVIRONMENT,
            capture_output=True,
            encoding="utf-8",
            timeout=PATIENCE,
            check=False,
        )

    return _decide


def test_all_is_accepted(decide: Decide, plan_data: Path) -> None:
    """A column filled down with 接受 does what Enter does on every screen."""
    shown = decide({("*", "决定"): "接受"})
    assert (shown.returncode, shown.stderr) == (0, "")
    assert texts(plan_data) == ORIGINAL
    assert decide({}, "--write").returncode == 0
    assert texts(plan_data) == texts(HERE / "accepted")


def test_nothing_is_decided_by_an_empty_cell(decide: Decide, plan_data: Path) -> None:
    """What is left open, in words or by saying nothing, stays open."""
    done = decide({("*", "决定"): "留待", ("2024年50台", "决定"): ""}, "--write")
    assert "没有改动" in done.stdout
    assert texts(plan_data) == ORIGINAL


def test_values_are_mended_and_records_dropped(decide: Decide, plan_data: Path) -> None:
    """A row's own columns may be changed; what is dropped goes."""
    done = decide(
        {
            ("2024年50台", "年度"): 2023,
            ("2024年50台", "推断理由"): "原文没有写年份，按2023年理解。",
            ("2024年50台", "决定"): "接受",
            ("完成时限：2023年底前（2023年12月31日）", "决定"): "删去",
            ("市财政局　政府部门、市级", "类别"): "事业单位",
        },
        "--write",
    )
    old = "2024, value: 50, text: 新增自助终端50台, reading: proposed, note: 原文没有写年份，按方案最后一年2024年理解。"
    new = "2023, value: 50, text: 新增自助终端50台, reading: inferred, note: 原文没有写年份，按2023年理解。"
    deadline = next(line for line in ORIGINAL[TASKS].splitlines(keepends=True) if "deadline:" in line)
    expected = {
        TASKS: ORIGINAL[TASKS].replace(old, new).replace(deadline, ""),
        UNITS: ORIGINAL[UNITS].replace("市财政局, kind: 政府部门", "市财政局, kind: 事业单位"),
    }
    assert (done.returncode, done.stderr) == (0, "")
    assert texts(plan_data) == ORIGINAL | expected


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({("2024年50台", "决定"): "好"}, "G18“决定”不能是“好”：可选 接受、删去、留待 (workbook-cell)"),
        ({("2024年50台", "年度"): "今年"}, "“年度”不能是“今年”：应是 1900 到 2200 的整数 (workbook-cell)"),
        ({("2024年50台", "层级"): "市级"}, "“层级”不是“目标值”的栏目：请清空，在有内容的栏目里改 (workbook-cell)"),
        (
            {("2024年50台", "年度"): 2025},
            "L18“年度”：“推断理由”里写的是 2024 年，“年度”却是 2025：请改正其中一个 (year-not-printed)",
        ),
        ({("便民三年方案", "决定"): "删去"}, "原文的部分不能删去：分错了就改它是什么 (workbook-cell)"),
    ],
)
def test_faults_are_told_at_their_cells(
    decide: Decide, plan_data: Path, cells: dict[tuple[str, str], str | int], said: str
) -> None:
    """As merge tells them; then nothing is written."""
    done = decide(cells, "--write")
    assert done.returncode == 1
    assert done.stderr.startswith("open.xlsx#待核对:")
    assert said in done.stderr
    assert texts(plan_data) == ORIGINAL


def test_what_was_decided_meanwhile_stays(decide: Decide, review: Review, plan_data: Path) -> None:
    """A workbook that is older than a decision by keys does not undo it."""
    decide({})
    review(*[""] * 11)
    accepted = texts(plan_data)
    done = decide({("*", "决定"): "接受"}, "--write")
    assert done.returncode == 0, done.stderr
    assert texts(plan_data) == accepted
