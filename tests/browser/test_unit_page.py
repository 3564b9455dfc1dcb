"""A unit's page in a real browser: filters, sorting, citations and dates; the matrix that leads to it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.seed.printed import FOLDER, PLAN, printed_units, read_parts

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Locator, Page

    from tests.conftest import OpenTab, Serve, Tab

UNIT = "units/development-reform/"
NAME = "区发展改革局"
MATRIX = f"plans/{PLAN}/matrix/"
PHONE = {"width": 390, "height": 844}
WORK = (
    "《西山区全面优化提升营商环境三年(2022—2024)攻坚行动方案》"
    "（中共昆明市西山区委办公室、昆明市西山区人民政府办公室，2022年12月12日）"
)


@pytest.fixture
def address(site: Path, serve: Serve) -> str:
    """Return where the site is served."""
    return serve(site)


def _expected(**chosen: str | int) -> list[str]:
    """Return the indicators of the unit's targets that fit, in printed order, read from the YAML alone."""
    found = []
    for part, inside in read_parts():
        if part["kind"] != "task":
            continue
        printed = printed_units(inside[-1])
        leads = NAME in printed["总牵头单位"]
        if not leads and NAME not in printed["责任单位"]:
            continue
        for target in part.get("targets", ()):
            years = {value.get("year") for value in target["values"]}
            fits = (
                # A direction is no target.
                target.get("strength") != "direction"
                and chosen.get("role") in {None, "lead" if leads else "responsible"}
                and chosen.get("type") in {None, target["type"]}
                and (chosen.get("year") is None or chosen["year"] in years)
            )
            if fits:
                found.append(target["indicator"])
    return found


def _rows(page: Page) -> list[str]:
    """Return the indicators that the table of targets shows, from the top."""
    return page.locator("[data-tables] tbody tr:visible th a").all_text_contents()


def _status(page: Page) -> str:
    return page.locator("[data-tables] [role=status]").text_content() or ""


def _query(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def _filter(page: Page, label: str) -> Locator:
    return page.get_by_role("combobox", name=label)


def _head(page: Page, name: str) -> Locator:
    return page.get_by_role("columnheader", name=name)


def test_filters_narrow_the_table(open_tab: OpenTab, address: str) -> None:
    """Role, type and year leave the targets that fit all three, say how many, and stand in the address."""
    tab = open_tab(address + UNIT)
    page = tab.page
    everything = _expected()
    assert _rows(page) == everything
    assert _status(page) == f"共 {len(everything)} 项"
    _filter(page, "角色").select_option("lead")
    _filter(page, "类型").select_option(label="目标值")
    _filter(page, "年份").select_option("2023")
    fitting = _expected(role="lead", type="metric", year=2023)
    assert 0 < len(fitting) < len(everything)
    assert _rows(page) == fitting
    assert _status(page) == f"显示 {len(fitting)}／{len(everything)} 项：牵头；目标值；2023年"
    assert _query(page) == {"role": ["lead"], "type": ["metric"], "year": ["2023"]}
    page.get_by_role("button", name="全部显示").click()
    assert _rows(page) == everything
    assert _query(page) == {}
    assert tab.faults == []


def test_filters_by_keyboard(open_tab: OpenTab, address: str) -> None:
    """A filter takes the keys of any list, and Tab goes on to the next one; a head sorts with Enter."""
    page = open_tab(address + UNIT).page
    _filter(page, "角色").focus()
    page.keyboard.press("ArrowDown")
    assert _rows(page) == _expected(role="lead")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    assert _rows(page) == _expected(role="lead", type="metric")
    page.get_by_role("button", name="按原文排序").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    assert _query(page)["sort"] == ["-line"]
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "按原文排序"


def test_nothing_fits_is_said(open_tab: OpenTab, address: str) -> None:
    """Where no target fits, no empty table stands, but a sentence that says so."""
    page = open_tab(f"{address}units/changpo-park/?type=milestone&year=2023").page
    assert _rows(page) == []
    assert page.get_by_text("没有符合条件的目标").is_visible()
    assert not page.locator(".ps-targets").is_visible()
    assert _status(page).startswith("显示 0／")


def test_choice_survives_reload_and_the_way_back(open_tab: OpenTab, address: str) -> None:
    """A reload, a task and back, and the address given to another all show the same rows in the same order."""
    page = open_tab(address + UNIT).page
    _filter(page, "年份").select_option("2024")
    _head(page, "指标").click()
    chosen, rows, status = page.url, _rows(page), _status(page)
    assert sorted(rows) == sorted(_expected(year=2024))
    assert rows != _expected(year=2024)
    page.reload()
    assert (_rows(page), _status(page)) == (rows, status)
    page.locator("[data-tables] tbody tr:visible td a[href*='/tasks/']").first.click()
    page.wait_for_url(re.compile(r"/tasks/\d+/"))
    page.go_back()
    page.wait_for_url(chosen)
    assert (_rows(page), _status(page)) == (rows, status)
    assert _filter(page, "年份").input_value() == "2024"
    other = open_tab(chosen).page
    assert (_rows(other), _status(other)) == (rows, status)


def test_anchors_and_the_way_back_keep_the_choice(open_tab: OpenTab, address: str) -> None:
    """A link within the page keeps what was chosen; going back over it shows what that address says."""
    page = open_tab(address + UNIT + "?role=lead").page
    page.locator(".ps-numbers a[href='#targets']").click()
    page.wait_for_url(re.compile(r"\?role=lead#targets$"))
    _filter(page, "角色").select_option("responsible")
    assert _rows(page) == _expected(role="responsible")
    page.go_back()
    page.wait_for_url(re.compile(r"\?role=lead$"))
    assert _rows(page) == _expected(role="lead")


@pytest.mark.parametrize("query", ["role=boss&year=1999&sort=nothing", "sort=", "role=&type=", "q=x&role=<b>"])
def test_unknown_values_are_ignored(open_tab: OpenTab, address: str, query: str) -> None:
    """What the page does not know in an address changes nothing and breaks nothing."""
    tab = open_tab(f"{address}{UNIT}?{query}")
    assert _rows(tab.page) == _expected()
    assert tab.faults == []


def test_other_parameters_stay(open_tab: OpenTab, address: str) -> None:
    """Choosing a filter leaves alone what else stands in the address."""
    page = open_tab(address + UNIT + "?h=word#targets").page
    _filter(page, "角色").select_option("lead")
    assert _query(page) == {"h": ["word"], "role": ["lead"]}
    assert urlsplit(page.url).fragment == "targets"


def test_heads_sort_up_down_and_back(open_tab: OpenTab, address: str) -> None:
    """A head sorts up, then down, then as printed, and says so; cells without a figure stay last."""
    page = open_tab(address + UNIT + "?type=metric").page
    printed = _rows(page)
    head = _head(page, "2024年")
    shown = """() => Array.from(document.querySelectorAll("[data-tables] tbody tr:not([hidden])")).map((row) => {
        const cell = row.querySelector("td[data-label='2024年']");
        const value = cell && cell.dataset.value;
        return value ? [cell.dataset.unit || "", Number(value)] : null;
    })"""
    orders = []
    for direction in ("ascending", "descending"):
        head.click()
        assert head.get_attribute("aria-sort") == direction
        assert page.locator("[aria-sort]").count() == 1
        values = page.evaluate(shown)
        full = [tuple(value) for value in values if value]
        assert values[len(full) :] == [None] * (len(values) - len(full))
        orders.append(full)
    up, down = orders
    units = list(dict.fromkeys(unit for unit, _ in up))
    assert len(units) > 1
    assert up == sorted(up, key=lambda value: (units.index(value[0]), value[1]))
    assert sorted(up) == sorted(down)
    assert list(dict.fromkeys(unit for unit, _ in down)) == units[::-1]
    head.click()
    assert page.locator("[aria-sort]").count() == 0
    assert _rows(page) == printed


def test_on_a_phone_nothing_is_cut_off(open_tab: OpenTab, address: str) -> None:
    """At 390 pixels the page does not scroll sideways, filters and a list of orders stand ready, heads do not."""
    tab = open_tab(address + UNIT, viewport=PHONE)
    page = tab.page
    _filter(page, "排序").select_option("-line")
    _filter(page, "角色").select_option("lead")
    assert _rows(page) == _rows_by_line(page)[::-1]
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    for fold in page.locator(".ps-fold summary").all()[:3]:
        fold.click()
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert page.locator(".ps-contents a").first.is_visible()
    assert tab.faults == []


def _rows_by_line(page: Page) -> list[str]:
    """Return what the table shows, put back into printed order."""
    numbered = page.evaluate(
        """() => Array.from(document.querySelectorAll("[data-tables] tbody tr:not([hidden])")).map((row) => (
            [Number(row.lastElementChild.dataset.value), row.querySelector("th a").textContent]))"""
    )
    lines = [line for line, _ in numbered]
    assert lines == sorted(lines, reverse=True)
    return [name for _, name in numbered][::-1]


def test_without_scripts_all_targets_and_dates_stand(open_tab: OpenTab, address: str) -> None:
    """Without JavaScript there are all rows, all dates in words, and no control that would do nothing."""
    page = open_tab(address + UNIT + "?role=lead", java_script_enabled=False).page
    assert _rows(page) == _expected()
    assert not page.locator("[data-controls]").is_visible()
    assert page.locator("article button").count() == page.locator("[data-controls] button").count()
    dates = page.locator(".ps-deadlines").text_content() or ""
    assert "3月、6月、9月、12月20日前" in dates
    assert "2022年12月20日起，至2024年12月20日，共 9 次" in dates


TASK = "任务1“加快构建‘4×3’现代产业体系”"


def _cite(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=re.compile(f"^(复制引文|已复制)：{re.escape(name)}$"))


def test_a_citation_is_copied(open_tab: OpenTab, address: str) -> None:
    """The button beside a task copies plan, issuers, date, number, line and full address, and says so."""
    tab = open_tab(address + UNIT, permissions=["clipboard-read", "clipboard-write"])
    page = tab.page
    button = _cite(page, TASK)
    assert button.text_content() == "复制引文"
    button.click()
    page.wait_for_function("document.querySelector('#cite_status')?.textContent")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == f"{WORK}{TASK}，原文第18行，{address}plans/{PLAN}/tasks/1/"
    assert page.locator("#cite_status").text_content() == f"已复制：{copied}"
    assert page.locator("#cite_status").get_attribute("role") == "status"
    assert button.text_content() == "已复制"
    line = (FOLDER / "source.txt").read_text("utf-8").split("\n")[17]
    assert line.startswith("1.加快构建")
    assert tab.faults == []


@pytest.mark.parametrize(
    ("where", "cited", "target"),
    [
        (f"plans/{PLAN}/tasks/15/", "任务15“健全市场主体准入和退出机制”", "tasks/15/"),
        (f"plans/{PLAN}/safeguards/1/", "制度保障1“完善一套机制”", "safeguards/1/"),
        (UNIT, "任务15“健全市场主体准入和退出机制”，目标“市场主体年均增长率”", "targets/#"),
        (UNIT, "制度保障1“完善一套机制”，事项“报有关工作情况及问题清单”", "calendar/#safeguard-1-report"),
    ],
    ids=["task", "safeguard", "target", "duty"],
)
def test_everything_printed_can_be_cited(open_tab: OpenTab, address: str, where: str, cited: str, target: str) -> None:
    """Tasks, safeguards, targets and duties are cited with their line and their own address, also below a path."""
    page = open_tab(address + where, permissions=["clipboard-read", "clipboard-write"]).page
    _cite(page, cited).click()
    page.wait_for_function("document.querySelector('#cite_status')?.textContent")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(f"{WORK}{cited}，原文第")
    assert f"，{address}plans/{PLAN}/{target}" in copied


def test_a_denied_clipboard_offers_the_text(open_tab: OpenTab, address: str) -> None:
    """Where the browser lets no page write to the clipboard, the citation stands selected in a dialog."""
    tab = open_tab(address + UNIT)
    page = tab.page
    page.evaluate(
        """() => {
            navigator.clipboard.writeText = () => Promise.reject(new Error("denied"));
            document.execCommand = () => false;
        }"""
    )
    button = _cite(page, TASK)
    button.click()
    dialog = page.get_by_role("dialog", name=re.compile("浏览器不允许"))
    dialog.wait_for()
    area = dialog.get_by_label("引文")
    text = area.input_value()
    assert text.startswith(f"{WORK}{TASK}，原文第18行，")
    assert area.evaluate("area => [area.selectionStart, area.selectionEnd]") == [0, len(text)]
    assert button.text_content() == "复制引文"
    page.keyboard.press("Escape")
    assert not dialog.is_visible()
    assert button.evaluate("element => element === document.activeElement")
    assert tab.faults == []


def _at(open_tab: OpenTab, address: str, moment: str, zone: str = "Asia/Shanghai") -> Tab:
    """Open the unit's page at a moment."""
    return open_tab(address + UNIT, moment=moment, timezone_id=zone)


@pytest.mark.parametrize(
    ("moment", "report", "walkthrough"),
    [
        (
            "2021-01-01T12:00:00+08:00",
            "下一次：2022年12月20日前（还有 718 天）",
            "下一次：2022年12月19日前（还有 717 天）",
        ),
        (
            "2023-03-08T12:00:00+08:00",
            "下一次：2023年3月20日前（还有 12 天）",
            "下一次：2023年6月19日前（还有 103 天）",
        ),
        ("2023-06-20T23:59:00+08:00", "下一次：2023年6月20日前（就是今天）", "下一次：2023年9月19日前（还有 91 天）"),
        (
            "2024-12-20T00:01:00+08:00",
            "下一次：2024年12月20日前（就是今天）",
            "方案期限内不再有：最后一次是2024年12月19日",
        ),
        (
            "2026-11-22T12:00:00+08:00",
            "方案期限已满：最后一次是2024年12月20日",
            "方案期限已满：最后一次是2024年12月19日",
        ),
    ],
)
def test_what_is_due_next(open_tab: OpenTab, address: str, moment: str, report: str, walkthrough: str) -> None:
    """Before, within and after the plan's period the page says what is due next, or which date was the last."""
    tab = _at(open_tab, address, moment)
    assert tab.page.locator(".ps-due").all_text_contents() == [report, walkthrough]
    assert tab.faults == []


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Pacific/Auckland"])
def test_the_day_is_that_of_beijing(open_tab: OpenTab, address: str, zone: str) -> None:
    """Wherever the reader's clock stands, the date is Beijing's."""
    page = _at(open_tab, address, "2023-03-20T23:30:00+08:00", zone).page
    assert page.locator(".ps-due").first.text_content() == "下一次：2023年3月20日前（就是今天）"


def test_figures_and_contents_lead_to_parts(open_tab: OpenTab, address: str) -> None:
    """Every figure and every entry of the contents leads to a heading of the page, in one click."""
    page = open_tab(address + UNIT, viewport=PHONE).page
    for link in page.locator(".ps-numbers a, .ps-contents a").all():
        link.click()
        anchor = urlsplit(page.url).fragment
        assert page.locator(f"h2[id='{anchor}']").is_visible()


def test_matrix_sorts_and_keeps_the_order(open_tab: OpenTab, address: str) -> None:
    """Heads of the matrix sort: by a sector who leads it comes first, by total the most; the address keeps it."""
    tab = open_tab(address + MATRIX)
    page = tab.page
    names = page.locator(".ps-matrix tbody th")
    printed = names.all_text_contents()
    page.get_by_role("button", name="按板块4排序").click()
    first = page.locator(".ps-matrix tbody tr").first
    assert first.locator("td").nth(3).text_content() == "牵头"
    assert page.locator("[aria-sort=ascending]").get_attribute("data-sort") == "4"
    page.get_by_role("button", name="按板块合计排序").click()
    totals = [int(cell or 0) for cell in page.locator(".ps-matrix tbody td:nth-last-child(2)").all_text_contents()]
    assert totals == sorted(totals, reverse=True)
    assert _query(page) == {"sort": ["-total"]}
    page.reload()
    assert page.locator("[aria-sort=descending]").get_attribute("data-sort") == "total"
    page.go_back()
    page.goto(address + MATRIX)
    assert names.all_text_contents() == printed
    assert tab.faults == []


def test_matrix_leads_to_the_tasks(open_tab: OpenTab, address: str) -> None:
    """A role in the matrix leads to the tasks of that sector on the unit's page, its figures are those of the page."""
    page = open_tab(address + MATRIX).page
    row = page.locator(".ps-matrix tbody tr", has_text=NAME)
    assert row.locator("td").all_text_contents()[-4:] == ["2", "5", "7", ""]
    row.get_by_role("link", name="牵头板块7的任务").click()
    page.wait_for_url(re.compile(rf"/{UNIT}#{PLAN}-sector-7$"))
    group = page.locator(f"section:has(> [id='{PLAN}-sector-7'])")
    assert group.locator("> ol > li").count() == 7
    assert group.locator("a[href$='/tasks/29/']").first.is_visible()


def test_the_plans_targets_are_filtered_too(open_tab: OpenTab, address: str) -> None:
    """The plan's own table of targets has the filters of type and year, over both of its tables."""
    page = open_tab(address + f"plans/{PLAN}/targets/").page
    _filter(page, "类型").select_option("milestone")
    _filter(page, "年份").select_option("2024")
    assert re.fullmatch(r"显示 \d+／\d+ 项：阶段性目标；2024年", _status(page))
    assert page.locator(".ps-if-empty:visible").count() == 1
    assert 0 < len(_rows(page)) < 140


@pytest.mark.parametrize("unit", ["target-supervision", "sector-leads", "subdistricts", "city-business-environment"])
def test_a_unit_with_little_has_no_empty_parts(open_tab: OpenTab, address: str, unit: str) -> None:
    """The page of a group, or of a unit with one safeguard, shows no figure of nothing and no empty part."""
    tab = open_tab(f"{address}units/{unit}/")
    page = tab.page
    figures = page.locator(".ps-numbers b").all_text_contents()
    assert figures
    assert "0" not in figures
    assert page.locator("h2:has(+ h2), h2:last-child").count() == 0
    tables = page.locator("article [data-tables]")
    assert tables.count() == 1
    assert page.locator("article [data-tables]:has(tbody tr)").count() == tables.count()
    assert tab.faults == []
