"""A site of several plans in a real browser: from a unit's overview to its page in one plan; results of one plan."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
from playwright.sync_api import expect

from tests.conftest import PROJECT, ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.conftest import MkDocs, OpenTab, Serve

PLANS = {
    "luxi-night": "芦溪市夜间经济办法",
    "qinglan-trade": "青岚市稳外贸措施",
    "shiqiao-care": "石桥区养老托育行动计划",
}
UNIT = "units/city-transport/"
"""A unit that two of the plans name: it leads in one, and is responsible in the other."""
SEARCH = "[data-search-page]"


@pytest.fixture(scope="module")
def several(mkdocs: MkDocs, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the site of the tests' plans of other shapes."""
    folder = tmp_path_factory.mktemp("several")
    for name, place in PROJECT.items():
        (folder / name).symlink_to(place / name)
    (folder / "plan_data").unlink()
    (folder / "plan_data").symlink_to(ROOT / "tests" / "plans" / "plan_data")
    built = mkdocs(folder, "build", "--strict", "--site-dir", str(folder / "out"))
    assert built.returncode == 0, built.stdout
    return folder / "out"


@pytest.fixture
def address(several: Path, serve: Serve) -> str:
    """Return where the site is served."""
    return serve(several)


def test_the_header_follows_the_plan(open_tab: OpenTab, address: str) -> None:
    """Inside a plan the header says which one it is; outside of any it is that of the site."""
    page = open_tab(f"{address}plans/luxi-night/").page
    topic = page.locator(".md-header__topic").first
    expect(topic).to_contain_text(PLANS["luxi-night"])
    page.goto(f"{address}units/")
    expect(topic).not_to_contain_text(PLANS["luxi-night"])


@pytest.mark.parametrize(
    ("plan", "role", "other"), [("luxi-night", "牵头", "qinglan-trade"), ("qinglan-trade", "责任", "luxi-night")]
)
def test_a_units_overview_leads_to_its_page_in_a_plan(
    open_tab: OpenTab, address: str, several: Path, plan: str, role: str, other: str
) -> None:
    """The overview names each plan with its figures; the page of one plan has that plan's tasks and sheets alone."""
    tab = open_tab(address + UNIT)
    page = tab.page
    name = page.get_by_role("heading", level=1).text_content()
    parts = page.locator(".ps-plan")
    assert parts.count() == 2
    part = parts.filter(has=page.locator(f"h2 a[href$='{UNIT}{plan}/']"))
    assert part.locator(".ps-numbers a", has_text=role).locator("b").text_content() == "1"
    _assert_sheets_are_there(page, several, UNIT)
    part.locator("h2 a").click()
    page.wait_for_url(re.compile(f"/{UNIT}{plan}/$"))
    assert page.get_by_role("heading", level=1).text_content() == name
    assert page.locator(f"article a[href*='/plans/{plan}/tasks/']").count() > 0
    assert page.locator(f"article a[href*='/plans/{other}/']").count() == 0
    _assert_sheets_are_there(page, several, f"{UNIT}{plan}/")
    assert tab.faults == []


def _assert_sheets_are_there(page: Page, site: Path, folder: str) -> None:
    """Check that the page offers the sheets of its own folder, and that every sheet it offers is served."""
    links = [str(link.get_attribute("href")) for link in page.locator(".ps-sheets a").all()]
    offered = {urlsplit(urljoin(page.url, link)).path.lstrip("/") for link in links}
    unit = folder.split("/")[1]
    assert {f"{folder}{unit}.{kind}" for kind in ("xlsx", "docx", "csv")} <= offered
    for sheet in offered:
        assert (site / sheet).stat().st_size > 0, sheet
        assert page.request.get(urljoin(page.url, f"/{sheet}")).ok, sheet


def test_the_start_page_lists_the_plans_alone(open_tab: OpenTab, address: str) -> None:
    """Each plan is a heading that leads to its page; no task or sector of a plan is spread out."""
    page = open_tab(address).page
    links = page.locator(".ps-plan h2 a").all()
    led = [urlsplit(urljoin(page.url, str(link.get_attribute("href")))).path for link in links]
    assert sorted(led) == [f"/plans/{plan}/" for plan in PLANS]
    for kind in ("tasks", "sectors"):
        assert page.locator(f"article a[href*='/{kind}/']:not([href$='/{kind}/'])").count() == 0
        assert page.locator(f"article a[href$='/{kind}/']").count() > 0


def _results(page: Page) -> list[str]:
    """Return the paths of the results that the search page shows."""
    links = page.locator(f"{SEARCH} .ps-hit").all()
    return [urlsplit(urljoin(page.url, str(link.get_attribute("href")))).path for link in links]


def _plans_of(results: list[str]) -> set[str]:
    """Return the plans that results lie in."""
    return {plan for plan in PLANS for path in results if path.startswith(f"/plans/{plan}/")}


def test_results_are_narrowed_by_plan(open_tab: OpenTab, address: str) -> None:
    """A plan that is chosen on the search page leaves its own results, all of them, and stands in the address."""
    tab = open_tab(f"{address}search/?q=商务")
    page = tab.page
    page.locator(f"{SEARCH} .ps-hit").first.wait_for()
    output, choice = page.locator(f"{SEARCH} [data-search-output]"), page.locator(f"{SEARCH} select[name=plan]")
    assert choice.locator("option").all_text_contents() == ["全部方案", *PLANS.values()]
    expect(output).to_have_attribute("aria-busy", "false")
    everything = _results(page)
    assert _plans_of(everything) == set(PLANS)
    for plan in PLANS:
        choice.select_option(plan)
        page.wait_for_url(re.compile(f"plan={plan}"))
        expect(output).to_have_attribute("aria-busy", "false")
        narrowed = _results(page)
        assert _plans_of(narrowed) == {plan}
        assert 0 < len(narrowed) < len(everything)
        assert {path for path in everything if path.startswith(f"/plans/{plan}/")} <= set(narrowed)
        assert parse_qs(urlsplit(page.url).query) == {"q": ["商务"], "plan": [plan]}
    choice.select_option("")
    expect(output).to_have_attribute("aria-busy", "false")
    assert _results(page) == everything
    assert tab.faults == []
