"""What the tests of editing share: a workbook of some data, edits made in it, and its merge."""

from __future__ import annotations

import io
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest

from generator.editing.merge import read_merge, read_rows
from generator.editing.workbook import editing_workbook
from generator.problems import PlanError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from openpyxl.worksheet.worksheet import Worksheet

    from generator.editing.merge import Merge

    Exported = Callable[[Path], bytes]
    Edited = Callable[[bytes, Mapping[tuple[str, str, str], object]], bytes]
    Merged = Callable[[Path, bytes], Merge]
    Refused = Callable[[Path, bytes], list[str]]
    Snapshot = Callable[[Path], dict[str, tuple[bytes, int]]]

SEED = Path(__file__).resolve().parents[2] / "tests" / "seed" / "plan_data"


@pytest.fixture
def exported() -> Exported:
    """Return a function that gives the editing workbook of a folder."""
    return lambda root: editing_workbook(read_rows(root, "plan_data"))


@pytest.fixture
def merged() -> Merged:
    """Return a function that merges a workbook, without writing."""
    return lambda root, content: read_merge(root, "plan_data", content, "改.xlsx")


@pytest.fixture
def refused(merged: Merged, snapshot: Snapshot) -> Refused:
    """Return a function that gives the lines with which a workbook is refused, the data being untouched."""

    def _refused(root: Path, content: bytes) -> list[str]:
        before = snapshot(root)
        try:
            problems = merged(root, content).problems
        except PlanError as error:
            problems = error.problems
        assert snapshot(root) == before
        assert problems
        return [str(problem) for problem in problems]

    return _refused


@pytest.fixture
def snapshot() -> Snapshot:
    """Return a function that gives the bytes and the time of change of every file below a folder."""

    def _snapshot(root: Path) -> dict[str, tuple[bytes, int]]:
        files = (file for file in root.rglob("*") if file.is_file())
        return {str(file.relative_to(root)): (file.read_bytes(), file.stat().st_mtime_ns) for file in files}

    return _snapshot


@pytest.fixture
def with_cells() -> Edited:
    """Return a function that sets cells, named by table, id and heading, and saves the workbook with openpyxl."""

    def _with_cells(content: bytes, cells: Mapping[tuple[str, str, str], object]) -> bytes:
        book = openpyxl.load_workbook(io.BytesIO(content))
        for (table, own_id, heading), value in cells.items():
            set_cell(book[table], own_id, heading, value)
        return saved(book)

    return _with_cells


def set_cell(page: Worksheet, own_id: str, heading: str, value: object) -> None:
    """Set the cell of a row, named by its id, under a heading."""
    headings = [cell.value for cell in page[1]]
    ids = [cell.value for cell in page["A"]]
    page.cell(ids.index(own_id) + 1, headings.index(heading) + 1).value = value  # type: ignore[assignment]


def saved(book: openpyxl.Workbook) -> bytes:
    """Return a workbook as openpyxl saves it."""
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.fixture
def real_data(tmp_path: Path) -> Path:
    """Return a fresh copy of the real data, at tmp_path/plan_data."""
    return Path(shutil.copytree(SEED, tmp_path / "plan_data"))


@pytest.fixture(scope="session")
def real_book() -> bytes:
    """Return the editing workbook of the real data."""
    return editing_workbook(read_rows(SEED, "plan_data"))


@pytest.fixture
def wide_data(plan_data: Path) -> Path:
    """Return the sound base with a dozen more aliases, targets and duties, so that columns have something to move."""
    aliases = "".join(
        f"      - {{name: 数据{word}处, kind: {'旧称' if number % 3 else '简称'}, source: 第{word}次改革}}\n"
        for number, word in enumerate(WORDS)
    )
    _insert(plan_data / "units.yaml", "    name: 区数据局\n    kind: 政府部门\n", f"    aliases:\n{aliases}")
    targets = "".join(
        f"      - id: window-{number}\n        type: milestone\n"
        f"        strength: {'checkable' if number % 3 else 'direction'}\n"
        f"        indicator: 一个窗口受理{word}事项\n        quote: 一窗通办是指一个窗口受理全部事项\n"
        f"        comparator: state\n        reading: inferred\n"
        f"        note: 原文没有写年份，本站按{2022 + number % 3}年第{word}种情形理解。\n"
        "        values:\n"
        f"          - {{year: {2022 + number % 3}, text: 一个窗口受理全部事项}}\n"
        for number, word in enumerate(WORDS)
    )
    sector = plan_data / "tiny-2022-2024" / "sectors" / "1.yaml"
    _insert(sector, "      一窗通办是指一个窗口受理全部事项。\n", f"    targets:\n{targets}")
    duties = "".join(
        f"      - id: check-{number}\n        who: [区民生局]\n        action: 每年检查{word}\n"
        f"        frequency: yearly\n"
        + ("" if number % 3 else f"        reading: inferred\n        note: 原文没有写，本站按第{word}种情形理解。\n")
        + "        quote: 区民生局每年检查一次\n"
        for number, word in enumerate(WORDS)
    )
    _insert(
        plan_data / "tiny-2022-2024" / "safeguards.yaml", "      区民生局每年检查一次。\n", f"    duties:\n{duties}"
    )
    return plan_data


WORDS = "一二三四五六七八九十甲乙"


def _insert(file: Path, behind: str, text: str) -> None:
    old = file.read_text("utf-8")
    assert behind in old
    file.write_text(old.replace(behind, behind + text), "utf-8")
