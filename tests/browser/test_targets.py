"""All targets of a plan in a real browser: filters, the view year by year, links to one target, no script, paper."""

from __future__ import annotations

import gzip
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.seed.printed import PLAN, printed_units, read_parts

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Locator, Page

    from tests.conftest import OpenTab, Serve

TARGETS = f"plans/{PLAN}/targets/"
UNIT = "区税务局"
YEARLY = "2022 · 2023 · 2024"
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def address(site: Path, serve: Serve) -> str:
    """Return where the page of all targets is served."""
    return serve(site) + TARGETS


def _names(part: dict[str, Any]) -> set[str]:
    """Return the units of a sector or safeguard: those of the line at its end, and those named within its text."""
    printed = printed_units(part)
    listed = [*printed.get("总牵头单位", ()), *printed.get("责任单位", ())]
    return {*listed, *(name for named in part.get("responsibilities", ()) for name in named["units"])}


def _items() -> list[tuple[str, set[str], dict[str, Any]]]:
    """Return each target that can be checked, where it stands and which units it names, from the YAML alone."""
    found: list[tuple[str, set[str], dict[str, Any]]] = []
    sectors = 0
    for part, inside in read_parts():
        sectors += part["kind"] == "sector"
        place, named = {
            "goal": ("goal", set()),
            "task": (str(sectors), _names(inside[-1]) if inside else set()),
            "safeguard": ("safeguard", _names(part)),
        }.get(part["kind"], ("", set()))
        found += [(place, named, target) for target in part.get("targets", ())]
    # A direction is no target.
    return [item for item in found if item[2].get("strength") != "direction"]


def _expected(**chosen: str | int) -> set[str]:
    """Return the ids of the targets that fit what is chosen."""
    found = set()
    for place, units, target in _items():
        values = target["values"]
        years = {value.get("year") for value in values}
        is_inferred = any(value.get("reading", target.get("reading")) == "inferred" for value in values)
        if (
            chosen.get("sector") in {None, place}
            and (chosen.get("unit") is None or chosen["unit"] in units)
            and chosen.get("type") in {None, target["type"]}
            and (chosen.get("year") is None or chosen["year"] in years)
            and chosen.get("reading") in {None, "inferred" if is_inferred else "printed"}
            and (chosen.get("view") is None or years != {None})
        ):
            found.add(str(target["id"]))
    return found


def _shown(page: Page) -> set[str]:
    return set(page.locator("[data-tables] tbody:visible").evaluate_all("rows => rows.map((row) => row.id)"))


def _status(page: Page) -> str:
    return page.locator("[data-tables] [role=status]").text_content() or ""


def _query(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def _filter(page: Page, label: str) -> Locator:
    return page.get_by_role("combobox", name=label)


@pytest.mark.parametrize(
    ("label", "option", "chosen", "parameter"),
    [
        ("板块", re.compile("^4　"), {"sector": "4"}, {"sector": ["4"]}),
        ("板块", "总体目标", {"sector": "goal"}, {"sector": ["goal"]}),
        ("板块", "制度保障", {"sector": "safeguard"}, {"sector": ["safeguard"]}),
        ("单位", UNIT, {"unit": UNIT}, {"unit": ["tax"]}),
        ("类型", "目标值", {"type": "metric"}, {"type": ["metric"]}),
        ("年份", "2023年", {"year": 2023}, {"year": ["2023"]}),
        ("推断", "网站推断", {"reading": "inferred"}, {"reading": ["inferred"]}),
    ],
)
def test_each_filter_leaves_what_fits(
    open_tab: OpenTab,
    address: str,
    label: str,
    option: str | re.Pattern[str],
    chosen: dict[str, str | int],
    parameter: dict[str, list[str]],
) -> None:
    """Sector, unit, type, year and reading leave the targets that the data gives, say how many, and are kept."""
    tab = open_tab(address)
    page = tab.page
    select = _filter(page, label)
    text = select.locator("option").filter(has_text=option).first.text_content() or ""
    select.select_option(label=text)
    fitting = _expected(**chosen)
    assert 0 < len(fitting) < len(_items())
    assert _shown(page) == fitting
    assert _status(page) == f"显示 {len(fitting)}／{len(_items())} 项：{text.strip()}"
    assert {name: found for name, found in _query(page).items() if name in parameter} == parameter
    assert tab.faults == []


def test_choices_survive_reload_and_the_way_back(open_tab: OpenTab, address: str) -> None:
    """All filters together, the view and the order are there again after a reload and after a task and back."""
    page = open_tab(address).page
    page.get_by_text(YEARLY, exact=True).click()
    _filter(page, "单位").select_option(label=UNIT)
    _filter(page, "类型").select_option("metric")
    _filter(page, "年份").select_option("2024")
    _filter(page, "推断").select_option("inferred")
    page.get_by_role("button", name="按2024年排序").first.click()
    fitting = _expected(unit=UNIT, type="metric", year=2024, reading="inferred")
    assert _shown(page) == fitting
    kept = page.url, _status(page)
    assert set(_query(page)) == {"view", "unit", "type", "year", "reading", "sort"}
    page.reload()
    assert (page.url, _status(page), _shown(page)) == (*kept, fitting)
    page.locator("tbody:visible td[data-label='出自'] a").first.click()
    page.wait_for_url(re.compile("/(tasks|safeguards)/"))
    page.go_back()
    page.wait_for_url(kept[0])
    assert (_status(page), _shown(page)) == (kept[1], fitting)
    page.get_by_role("button", name="全部显示").click()
    assert _query(page) == {}
    assert _shown(page) == _expected()


def test_a_unit_finds_what_names_it_alone(open_tab: OpenTab, address: str) -> None:
    """Every unit offered finds something, and where unit and sector exclude each other nothing is left."""
    page = open_tab(address).page
    options = _filter(page, "单位").locator("option[value]:not([value=''])")
    for value in options.evaluate_all("found => found.map(({ value }) => value)"):
        _filter(page, "单位").select_option(value)
        assert re.match(r"显示 [1-9]", _status(page)), value
    page.goto(f"{address}?unit=tax&sector=goal")
    assert _shown(page) == set()
    assert page.get_by_text("没有符合条件的目标").first.is_visible()


def test_year_by_year(open_tab: OpenTab, address: str) -> None:
    """The second view lists what has years, with a chart under the figures and arrows between steps."""
    tab = open_tab(address)
    page = tab.page
    drawn = page.locator(".ps-chart svg")
    assert drawn.count() >= 10
    assert not drawn.first.is_visible()
    page.get_by_role("radio", name=YEARLY).check(force=True)
    assert _query(page) == {"view": ["years"]}
    assert _shown(page) == _expected(view="years")
    assert _status(page) == f"显示 {len(_expected(view='years'))}／{len(_items())} 项：{YEARLY}"
    assert page.get_by_text("请看表格").is_visible()
    rate = page.locator("#task-11-online-availability")
    assert rate.get_by_role("img", name="政务服务事项网上可办率，2022—2024年").is_visible()
    assert rate.locator("svg .v").all_text_contents() == ["99.5%", "99.8%", "99.9%"]
    words = rate.locator(".ps-chart__words").text_content() or ""
    assert "下限提高 0.4 个百分点" in words
    assert "纵轴不从 0 起" in words
    # Each figure, and what is reckoned from them.
    assert rate.locator(".ps-inferred:visible").count() == 4
    assert rate.get_by_text("推断理由").first.is_visible()
    steps = page.locator("[data-figure=steps] td[data-label='2022年']").first
    assert steps.evaluate("cell => getComputedStyle(cell, '::after').content") == '"→"'
    page.get_by_role("radio", name="表格").check(force=True)
    assert not drawn.first.is_visible()
    assert _shown(page) == _expected()
    assert tab.faults == []


@pytest.mark.parametrize("width", [700, 820, 1440])
def test_figures_stand_over_their_dots(open_tab: OpenTab, address: str, width: int) -> None:
    """Columns of years are of one width, so that each dot stands in the middle of its year's column."""
    page = open_tab(f"{address}?view=years", viewport={"width": width, "height": 900}).page
    apart = page.evaluate(
        """() => Array.from(document.querySelectorAll("[data-figure=chart]")).flatMap((group) => {
            const middle = (node) => { const box = node.getBoundingClientRect(); return box.x + box.width / 2; };
            const cells = Array.from(group.rows[0].querySelectorAll("td[data-label$='年']"), middle);
            const dots = Array.from(group.querySelectorAll("svg :is(circle, rect)"), middle);
            return dots.map((dot) => Math.min(...cells.map((cell) => Math.abs(cell - dot))));
        })"""
    )
    assert len(apart) >= 30
    assert max(apart) < 2


def test_views_by_keyboard(open_tab: OpenTab, address: str) -> None:
    """The two views are one stop for Tab, changed by the arrow keys, with the focus to be seen."""
    page = open_tab(address).page
    page.get_by_role("radio", name="表格").focus()
    page.keyboard.press("ArrowRight")
    assert _query(page) == {"view": ["years"]}
    outline = "getComputedStyle(document.activeElement.nextElementSibling).outlineStyle"
    assert page.evaluate(outline) == "solid"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "sector"


def test_a_linked_target_is_shown_whatever_is_chosen(open_tab: OpenTab, address: str) -> None:
    """A link to one target shows it though the filters beside it would not, and says so, until one chooses anew."""
    page = open_tab(f"{address}?sector=1&view=years#task-13-gas-connection").page
    row = page.locator("#task-13-gas-connection")
    assert row.is_visible()
    assert row.evaluate("row => { const y = row.getBoundingClientRect().y; return y > 40 && y < innerHeight / 2; }")
    assert _status(page).endswith("。另列出网址所指的 1 项")
    assert _shown(page) == _expected(sector="1", view="years") | {"task-13-gas-connection"}
    _filter(page, "类型").select_option("metric")
    assert not row.is_visible()
    page.evaluate("location.hash = 'task-8-integrated-coverage'")
    page.wait_for_function("document.querySelector('#task-8-integrated-coverage').checkVisibility()")
    assert page.locator("#task-8-integrated-coverage").is_visible()
    page.goto(f"{address}?sector=4#task-13-gas-connection")
    assert "另列出" not in _status(open_tab(f"{address}#task-13-gas-connection").page)


def test_a_target_links_to_itself_and_keeps_the_filters(open_tab: OpenTab, address: str) -> None:
    """The name of a target is a link to it that leaves the filters in the address."""
    page = open_tab(f"{address}?type=metric").page
    page.locator("#task-13-gas-connection th a").click()
    assert page.url == f"{address}?type=metric#task-13-gas-connection"
    assert _shown(page) == _expected(type="metric")


def test_without_scripts_everything_stands(open_tab: OpenTab, address: str) -> None:
    """Without JavaScript all targets and all charts are there, and no control or remark that needs it."""
    page = open_tab(f"{address}?type=metric&view=years", java_script_enabled=False).page
    assert _shown(page) == _expected()
    assert page.locator(".ps-chart svg:visible").count() == page.locator(".ps-chart svg").count() >= 10
    assert not page.locator("[data-controls]").is_visible()
    assert not page.get_by_text("请看表格").is_visible()
    assert not page.get_by_text("选一个单位").is_visible()


@pytest.mark.parametrize("view", ["", "?view=years"])
def test_on_a_phone(open_tab: OpenTab, address: str, view: str) -> None:
    """At 390 pixels nothing is cut off, and the type in the charts is no smaller than 12 pixels."""
    tab = open_tab(address + view, viewport=PHONE)
    page = tab.page
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert page.evaluate("""() => Array.from(document.querySelectorAll(".ps-scroll")).every((box) => (
        box.scrollWidth <= box.clientWidth))""")
    sizes = page.locator("svg.ps-chart__svg text").evaluate_all(
        "all => all.map((one) => getComputedStyle(one).fontSize)"
    )
    assert min(float(size.removesuffix("px")) for size in sizes) >= 12
    if view:
        order = page.locator("#task-13-gas-connection").evaluate(
            """group => ["th", "td[data-label='2024年']", ".ps-chart", "td[data-label='出自']"].map((name) => (
                group.querySelector(name).getBoundingClientRect().y))"""
        )
        assert order == sorted(order)
    assert tab.faults == []


def test_the_page_is_light(site: Path) -> None:
    """With its charts the page is below 60 KB on the way to the reader."""
    assert len(gzip.compress((site / TARGETS / "index.html").read_bytes())) < 60_000


def test_ids_of_drawings_are_unique_on_every_page(site: Path) -> None:
    """No two drawings of a page share an id, and each takes its name from ids that are there."""
    pages = 0
    for file in site.rglob("index.html"):
        text = file.read_text("utf-8")
        if 'class="ps-chart__svg"' in text:
            pages += 1
            ids = re.findall(r'<(?:title|desc) id="([^"]+)"', text)
            assert len(ids) == len(set(ids)), file
            assert ids == " ".join(re.findall(r'aria-labelledby="([^"]+_d)"', text)).split(" "), file
    assert pages
