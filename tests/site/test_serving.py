"""The built site behind a real server and in a real browser: at a root, below a path, and where nothing is."""

from __future__ import annotations

import urllib.request
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.parse import urldefrag, urljoin

import pytest

from tests.conftest import PATIENCE

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import OpenTab, Serve, Tab

PLAN = "plans/xishan-2022-2024"
VISITED = (
    "",
    "units/",
    "units/development-reform/",
    f"{PLAN}/",
    f"{PLAN}/text/",
    f"{PLAN}/tasks/1/",
    f"{PLAN}/targets/",
    "glossary/",
    "data/",
    "about/",
)
"""One page of each make, down to the deepest folder."""
MISSING = f"{PLAN}/nope/x/"

STYLED = """() => ({
    sheets: [...document.styleSheets].filter(sheet => sheet.cssRules.length > 0).length,
    links: document.querySelectorAll('link[rel="stylesheet"]').length,
    ours: getComputedStyle(document.body).getPropertyValue("--ps-line").trim() !== "",
    scripts: document.documentElement.classList.contains("js"),
})"""


@pytest.fixture(params=["at a root", "below a path", "below a path, untold"])
def address(request: pytest.FixtureRequest, site: Path, subpath_site: Path, serve: Serve) -> str:
    """Return where the site is served: also below a path that the build was not told of."""
    match request.param:
        case "at a root":
            return serve(site)
        case "below a path":
            return serve(subpath_site, "/repo/")
        case _:
            return serve(site, "/somewhere/else/")


def _assert_styled(tab: Tab) -> None:
    """Check that every style sheet applies and that scripts run."""
    state = tab.page.evaluate(STYLED)
    assert state["sheets"] == state["links"] == 1
    assert state["ours"]
    assert state["scripts"]


def test_pages_load_whole_and_from_nowhere_else(open_tab: OpenTab, address: str) -> None:
    """Pages load with their styles and scripts, without an error and without asking another host."""
    tab = open_tab(address)
    for page in VISITED:
        response = tab.page.goto(urljoin(address, page), wait_until="load")
        assert response is not None
        assert response.status == 200
        _assert_styled(tab)
    tab.page.wait_for_load_state("networkidle")
    assert tab.faults == []


def test_links_stay_below_the_prefix(open_tab: OpenTab, address: str) -> None:
    """Links, as the browser reads them, lead to pages below the place where the site lies."""
    tab = open_tab(urljoin(address, f"{PLAN}/tasks/1/"))
    links = _links(tab)
    assert len(links) > 10
    assert [link for link in links if not link.startswith(address)] == []
    assert [link for link in links if _status(link) != 200] == []


@pytest.mark.parametrize("missing", ["nope", "nope/", "a/b/nope.html", MISSING, "data/nope", "units/nope#part"])
def test_missing_address_shows_a_page_that_leads_back(open_tab: OpenTab, address: str, missing: str) -> None:
    """An address where nothing is answers 404 with a styled page, at any depth and place, whose links lead back."""
    assert _status(urljoin(address, missing)) == 404
    tab = open_tab(urljoin(address, missing))
    tab.page.wait_for_load_state("networkidle")
    _assert_styled(tab)
    links = _links(tab)
    assert len(links) > 5
    assert [link for link in links if not link.startswith(address)] == []
    assert [link for link in links if _status(link) != 200] == []
    tab.page.locator("article").get_by_role("link", name="首页").click()
    tab.page.wait_for_url(address)
    assert tab.page.locator("[data-finder-box]").is_visible()
    assert _grave(tab) == []


def test_missing_address_finds_the_search(open_tab: OpenTab, site: Path, serve: Serve) -> None:
    """The page for missing addresses searches, and keeps what the reader chose, as the other pages do."""
    address = serve(site, "/somewhere/else/")
    tab = open_tab(urljoin(address, "units/nope"))
    assert tab.page.evaluate("__md_scope.href") == address
    assert tab.page.evaluate("JSON.parse(document.getElementById('__config').textContent).base") == address
    assert not tab.page.locator(".ps-lost").is_visible()
    tab.page.locator("#missing").fill("发改")
    tab.page.locator("#missing").press("Enter")
    tab.page.wait_for_url(f"{address}search/?q=*")
    assert _grave(tab) == []


def test_missing_address_asks_no_other_host(open_tab: OpenTab, site: Path, serve: Serve) -> None:
    """An address with two slashes, which a browser may read as another host, is not asked there."""
    tab = open_tab(serve(site).rstrip("/") + "//example.invalid/units/nope")
    tab.page.wait_for_load_state("networkidle")
    assert [fault for fault in tab.faults if "another host" in fault] == []
    assert tab.page.evaluate("new URL(document.baseURI).host") == tab.host


@pytest.mark.parametrize("prefix", ["/", "/somewhere/else/"])
def test_missing_address_without_scripts(open_tab: OpenTab, site: Path, serve: Serve, prefix: str) -> None:
    """Without scripts the page is readable, styled or not, and says what to do where its links lead nowhere."""
    tab = open_tab(urljoin(serve(site, prefix), "units/nope"), java_script_enabled=False)
    assert tab.page.locator("h1").inner_text() == "没有这一页"
    assert "逐段删短" in tab.page.locator(".ps-lost").inner_text()
    assert tab.page.locator(".ps-lost").is_visible()
    for picture in tab.page.locator("svg").all():
        box = picture.bounding_box()
        assert box is None or box["height"] < 40
    heading = tab.page.locator("h1").bounding_box()
    assert heading
    assert heading["y"] < 500


def _grave(tab: Tab) -> list[str]:
    """Return what went wrong, but for what a page that looks for its site did not find, and a browser read ahead."""
    return [fault for fault in tab.faults if not fault.startswith(("404: ", "console: Failed to load resource"))]


def _links(tab: Tab) -> list[str]:
    """Return where the page's links lead, each once, without anchors."""
    links = tab.page.evaluate("() => [...document.links].map(link => link.href)")
    return sorted({urldefrag(link).url for link in links})


def _status(address: str) -> int:
    """Return what a server answers."""
    try:
        with urllib.request.urlopen(address, timeout=PATIENCE) as response:  # noqa: S310 - our own server
            return int(response.status)
    except HTTPError as error:
        with error:
            return error.code
