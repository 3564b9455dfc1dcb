"""Whole columns that came out of place, though each of their cells may be sound."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from tests.editing.conftest import saved

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

    from tests.editing.conftest import Exported, Merged


def _sorted(texts: list[Any]) -> list[Any]:
    return sorted(texts, key=str)


def _down(texts: list[Any]) -> list[Any]:
    return [*texts[:5], None, *texts[5:-1]]


def _down_a_little(texts: list[Any]) -> list[Any]:
    return [*texts[:6], *texts[5:8], *texts[9:]]


def _up(texts: list[Any]) -> list[Any]:
    return [*texts[:4], *texts[5:], None]


def _filled(texts: list[Any]) -> list[Any]:
    return [*texts[:6], *[texts[5]] * 4, *texts[10:]]


def _with(content: bytes, table: str, heading: str, do: Callable[[list[Any]], list[Any]]) -> bytes:
    """Return a workbook with the cells of one column made others."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    page: Worksheet = book[table]
    column = [cell.value for cell in page[1]].index(heading) + 1
    rows = range(2, sum(cell.value is not None for cell in page["A"]) + 1)
    for row, value in zip(rows, do([page.cell(row, column).value for row in rows]), strict=True):
        page.cell(row, column).value = value
    return saved(book)


@pytest.mark.parametrize(
    ("table", "heading", "do"),
    [
        ("目标", "指标", _sorted),
        ("定期事项", "依据", _sorted),
        ("目标", "能否核对", _sorted),
        ("目标", "推断理由", _sorted),
        ("目标值", "年度", _sorted),
        ("定期事项", "事项", _sorted),
        ("别名", "出处", _sorted),
        ("单位", "名称", lambda texts: [*texts[1:], texts[0]]),
        ("目标", "指标", _down),
        ("目标", "指标", _down_a_little),
        ("目标", "指标", _up),
        ("目标", "指标", _filled),
        ("别名", "别名", _up),
        ("定期事项", "事项", _filled),
    ],
)
def test_a_column_that_went_alone(
    table: str, heading: str, do: Callable[[list[Any]], list[Any]], wide_data: Path, exported: Exported, merged: Merged
) -> None:
    """A column that was sorted, shifted or filled down by itself is refused as one, and nothing of it taken."""
    merge = merged(wide_data, _with(exported(wide_data), table, heading, do))
    (problem,) = merge.problems
    assert merge.edits == ()
    assert f"“{heading}”整列像是错位：" in problem.text
    assert problem.where.path == f"改.xlsx#{table}"
    assert problem.rule == "workbook-column"


def _renamed(texts: list[Any]) -> list[Any]:
    """Change one text wherever it stands."""
    return [text and str(text).replace("窗口", "柜台") for text in texts]


def _one_more_reason(texts: list[Any]) -> list[Any]:
    """Give three rows without a reason that of another."""
    reason = next(text for text in texts if text)
    free = [at for at, text in enumerate(texts) if not text][:3]
    return [reason if at in free else text for at, text in enumerate(texts)]


def _swapped(texts: list[Any]) -> list[Any]:
    return [texts[1], texts[0], *texts[2:]]


@pytest.mark.parametrize(
    ("table", "heading", "do"),
    [
        ("目标", "指标", _renamed),
        ("目标", "指标", _swapped),
        ("目标", "推断理由", _one_more_reason),
        ("别名", "出处", lambda texts: ["公开出处"] * 4 + texts[4:]),
        ("目标", "能否核对", lambda texts: [text and "可核对的目标" for text in texts]),
    ],
)
def test_an_honest_series_of_edits(
    table: str, heading: str, do: Callable[[list[Any]], list[Any]], wide_data: Path, exported: Exported, merged: Merged
) -> None:
    """Edits of many cells of a column that move nothing from row to row are no fault of the column."""
    merge = merged(wide_data, _with(exported(wide_data), table, heading, do))
    assert not any(problem.rule == "workbook-column" for problem in merge.problems)


def test_other_columns_are_taken(wide_data: Path, exported: Exported, merged: Merged) -> None:
    """A column out of place keeps no edit of another column from being taken."""
    content = _with(exported(wide_data), "目标", "指标", _sorted)
    content = _with(content, "单位", "说明", lambda texts: ["一句话", *texts[1:]])
    merge = merged(wide_data, content)
    assert [edit.new for edit in merge.edits] == ["一句话"]
    assert len(merge.problems) == 1
