"""What comes out of the printer: a unit's page as A4 sheets, the matrix as one A3 sheet."""

from __future__ import annotations

import io
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from tests.conftest import opened_tabs

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from tests.conftest import OpenTab, Serve

PLAN = "xishan-2022-2024"
UNIT = "units/development-reform/"
A4 = (210, 297)
A3 = (420, 297)
NOT_PRINTED = (
    "复制引文",
    "看原文",
    "项和原文",
    "带走这份清单",
    "全部显示",
    "本页内容",
    "回到页面顶部",
    "⇅",
    "下一次：",
    "方案期限",
)
"""Menus, buttons, and what is out of date once it is on paper."""

_ALIKE = str.maketrans(
    "⺟⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳戶∕",
    "母民虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟户/",
)
"""Fonts draw some characters that look alike as one, and a PDF may then name the other."""


@pytest.fixture
def address(site: Path, serve: Serve) -> str:
    """Return where the site is served."""
    return serve(site)


def _print(page: Page) -> PdfReader:
    """Print as the browser does when the style sheet has its way."""
    return PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True, format="A4")))


def _text(page: str) -> str:
    """Return text without blanks and dashes, and with characters that a font draws alike made one."""
    return re.sub(r"[\s—―–─-]", "", unicodedata.normalize("NFKC", page).translate(_ALIKE))


def _sizes(pdf: PdfReader) -> list[tuple[int, int]]:
    """Return the size of each page in millimetres."""
    return [
        (round(float(p.mediabox.width) / 72 * 25.4), round(float(p.mediabox.height) / 72 * 25.4)) for p in pdf.pages
    ]


@dataclass(frozen=True)
class Printed:
    """A unit's page, and what came out of the printer."""

    page: Page
    sizes: list[tuple[int, int]]
    sheets: list[str]


@pytest.fixture(scope="module")
def unit(browser: Browser, site: Path, serve: Serve) -> Iterator[Printed]:
    """Return a unit's page as it prints when one comes to it; it has many sheets, so it is printed once."""
    for open_tab in opened_tabs(browser):
        page = open_tab(serve(site) + UNIT).page
        pdf = _print(page)
        yield Printed(page, _sizes(pdf), [_text(sheet.extract_text()) for sheet in pdf.pages])


def test_a_units_page_prints(unit: Printed) -> None:
    """A unit's page fills a dozen sheets, none of them empty, with every task and target and without menus."""
    page, sheets = unit.page, unit.sheets
    tasks = page.locator("#lead ~ section .ps-tasks > li > a:not(.ps-source)").all_text_contents()
    targets = page.locator(".ps-tasks .ps-fold li > a").all_text_contents()
    lines = page.locator(".ps-tasks .ps-source").all_text_contents()
    assert set(unit.sizes) == {A4}
    assert 8 <= len(sheets) <= 14
    assert min(len(sheet) for sheet in sheets) > 80
    whole = "".join(sheets)
    assert len(tasks) == 43
    assert len(targets) > 100
    assert [name for name in (*tasks, *targets, *lines) if _text(name) not in whole] == []
    assert [words for words in NOT_PRINTED if _text(words) in whole] == []
    assert "首页›" not in whole
    assert _text("本站为非官方整理，内容以印发的文件为准") in sheets[0]
    # Whole paragraphs of the official text would drown the rest.
    assert _text("立足“云南政治中心服务承载区") not in whole


def test_targets_stand_with_their_years(unit: Printed) -> None:
    """Printed, a task's targets stand below it by year, and what is inferred is marked."""
    whole = "".join(unit.sheets)
    line = "用气报装时间(全区市场主体用户):2022年8个工作日以内推断;2023年6个工作日以内推断;2024年4个工作日以内"
    assert _text(line) in whole


def test_a_filtered_table_prints_as_it_is_filtered(unit: Printed, open_tab: OpenTab, address: str) -> None:
    """The table of targets is printed once something was chosen from it, whole rows alone, and says what was chosen."""
    assert "任务目标,按年" not in "".join(unit.sheets)
    page = open_tab(address + UNIT + "?role=lead&type=metric&year=2023&sort=-line").page
    rows = page.locator("[data-tables] tbody tr:visible")
    cells = [row.locator("td, th").all_text_contents() for row in rows.all()]
    sheets = [_text(sheet.extract_text()) for sheet in _print(page).pages]
    whole = "".join(sheets)
    total = page.locator("[data-tables] tbody tr").count()
    assert _text(f"显示 {len(cells)}／{total} 项：牵头；目标值；2023年；按原文，降序") in whole
    table = whole[whole.index("目标,按年") :]
    for row in cells:
        texts = [_text(cell.replace("复制引文", "")) for cell in row]
        assert any(all(part in sheet for part in texts) for sheet in sheets), texts
        assert texts[0] in table


def test_a_table_that_runs_on_repeats_its_head(open_tab: OpenTab, address: str) -> None:
    """On every sheet of the plan's targets the rows stand under the heads of their columns."""
    pdf = _print(open_tab(f"{address}plans/{PLAN}/targets/").page)
    sheets = [_text(sheet.extract_text()) for sheet in pdf.pages]
    # Behind the tables stands what is none: the directions.
    tables = sheets[: next(at for at, sheet in enumerate(sheets) if "方案提了方向" in sheet)]
    assert len(tables) > 3
    for sheet in tables:
        assert "指标2022年2023年2024年出自原文" in sheet


@pytest.mark.parametrize("query", ["", "?sort=-total"])
def test_the_matrix_is_one_a3_sheet(open_tab: OpenTab, address: str, query: str) -> None:
    """The matrix prints on exactly one A3 sheet, lying, with every unit and every sector's title."""
    page = open_tab(f"{address}plans/{PLAN}/matrix/{query}").page
    units = page.locator(".ps-matrix tbody th").all_text_contents()
    sectors = page.locator(".ps-matrix .ps-title").all_text_contents()
    pdf = _print(page)
    assert _sizes(pdf) == [A3]
    text = _text(pdf.pages[0].extract_text())
    assert len(units) == 42
    assert len(sectors) == 8
    assert [name for name in (*units, *sectors) if _text(name) not in text] == []
    assert text.count("牵头") >= 8
    assert "⇅" not in text


@pytest.mark.parametrize("unit", ["target-supervision", "sector-leads", "tax"])
def test_small_units_print_without_empty_sheets(open_tab: OpenTab, address: str, unit: str) -> None:
    """Units with little print on few sheets, none of them empty, also from a dark screen."""
    page = open_tab(f"{address}units/{unit}/", color_scheme="dark").page
    sheets = [_text(sheet.extract_text()) for sheet in _print(page).pages]
    assert len(sheets) <= 12
    assert min(len(sheet) for sheet in sheets) > 40
    assert [words for words in NOT_PRINTED if _text(words) in "".join(sheets)] == []
