"""One plan in five formats, imported as a clerk would: the same tasks, with the same units and deadlines."""

from __future__ import annotations

import html
import io
from typing import TYPE_CHECKING

import docx
import pytest
import xlsxwriter

from generator.index.build import read_index
from tests.importer.test_formats import printed

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

    from tests.conftest import Plansite

TITLE = "青山县便民行动方案"
SECTORS = (
    ("优化窗口", "县便民局", "县财政局、县人事局"),
    ("网上办事", "县数据局", "县便民局"),
    ("上门服务", "县民政局", "各镇人民政府、县卫生健康局"),
)
END = "四、总体要求"
"""A heading without tasks, since lines that end a text are read with care of their own."""
WORDS = "由专人负责到底，材料齐全的当场办结，材料不全的一次说清还缺什么，让办事的人少跑一趟"
TASKS = [
    (number, f"办好第{number}件实事。{WORDS}", *SECTORS[(number - 1) // 5], f"2031年{(number - 1) % 12 + 1}月底前")
    for number in range(1, 16)
]


def _lines() -> list[str]:
    made = [TITLE, "为了让办事的人少跑一趟，结合本县实际，制定本方案。"]
    for number, task, sector, lead, others, deadline in TASKS:
        if number % 5 == 1:
            made.append(f"{'一二三'[number // 5]}、{sector}")
        made += [f"{number}.{task}。", f"牵头单位：{lead}", f"责任单位：{others}", f"完成时限：{deadline}"]
    return [*made, END]


def _text() -> bytes:
    return ("\n".join(_lines()) + "\n").encode("gb18030")


def _page() -> bytes:
    paragraphs = "".join(f"<p>　　{html.escape(line)}</p>\n" for line in _lines())
    around = "<div class='nav'><a>首页</a></div>", "<div class='footer'>主办：青山县人民政府</div>"
    return f"<html><meta charset='gbk'><body>{around[0]}<div>{paragraphs}</div>{around[1]}</body>".encode("gbk")


def _document() -> bytes:
    document = docx.Document()
    for line in _lines()[:2]:
        document.add_paragraph(line)
    table = document.add_table(rows=1, cols=5)
    heads = ("序号", "重点任务", "牵头单位", "责任单位", "完成时限")
    for cell, head in zip(table.rows[0].cells, heads, strict=True):
        cell.text = head
    for number, task, sector, lead, others, deadline in TASKS:
        if number % 5 == 1:
            row = table.add_row().cells
            row[0].merge(row[4]).text = f"{'一二三'[number // 5]}、{sector}"
        for cell, words in zip(
            table.add_row().cells, (str(number), f"{task}。", lead, others.replace("、", "\n"), deadline), strict=True
        ):
            cell.text = words
    document.add_paragraph(END)
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def _workbook() -> bytes:
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.merge_range("A1:F1", TITLE)
    sheet.write_row("A2", ("重点领域", "序号", "重点任务", "牵头单位", "责任单位", "完成时限"))
    for number, task, sector, lead, others, deadline in TASKS:
        if number % 5 == 1:
            sheet.merge_range(number + 1, 0, number + 5, 0, sector)
            sheet.merge_range(number + 1, 3, number + 5, 3, lead)
        sheet.write_row(number + 1, 1, (number, f"{task}。"))
        sheet.write_row(number + 1, 4, (others.replace("、", "\n"), deadline))
    sheet.merge_range("A18:F18", END)
    book.close()
    return content.getvalue()


def _paper(browser: Browser) -> bytes:
    style = "<meta charset='utf-8'><style>p{font:16pt serif;margin:0;line-height:28pt;text-indent:2em}</style>"
    return printed(browser, style + "".join(f"<p>{html.escape(line)}</p>" for line in _lines()))


@pytest.mark.parametrize("suffix", ["txt", "html", "docx", "xlsx", "pdf"])
def test_all_formats_give_the_same_tasks(suffix: str, plansite: Plansite, browser: Browser, tmp_path: Path) -> None:
    """Whatever a plan comes as, check accepts what is made of it, and every task has its units and its deadline."""
    made = {"txt": _text, "html": _page, "docx": _document, "xlsx": _workbook, "pdf": lambda: _paper(browser)}
    (tmp_path / f"plan.{suffix}").write_bytes(made[suffix]())
    (tmp_path / "data").mkdir()
    done = plansite("import", f"plan.{suffix}", "--out", "data/qingshan")
    assert (done.returncode, "Traceback" in done.stderr) == (0, False)
    checked = plansite("check", "data")
    assert checked.returncode == 0, checked.stderr
    index = read_index(tmp_path / "data")
    (plan,) = index.plans
    roles: dict[str, set[tuple[str, str]]] = {}
    for unit, obligations in plan.obligations.items():
        for one in obligations:
            if one.via is None:
                roles.setdefault(one.id, set()).add((one.role, index.unit_names[unit]))
    tasks = [
        (part.number, part.title, part.deadline.text if part.deadline else "", roles.get(part.id))
        for part in plan.plan.of_kind("task")
    ]
    assert tasks == [
        (
            number,
            task.split("。")[0],
            deadline,
            {("lead", lead), *(("responsible", name) for name in others.split("、"))},
        )
        for number, task, _, lead, others, deadline in TASKS
    ]
    sectors = [part.title for part in plan.plan.of_kind("sector")]
    assert sectors == [name for name, _, _ in SECTORS]
