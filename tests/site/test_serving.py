"""The built site behind a real server and in a real browser: at a root, below a path, and where nothing is."""

from __future__ import annotations

import urllib.request
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.parse import urldefrag, urljoin

import pytest

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


@pytest.mark.parametrize("missing", ["nope", MISSING])
@pytest.mark.parametrize("prefix", ["/", "/repo/"])
def test_missing_address_shows_a_page_that_leads_back(
    open_tab: OpenTab, site: Path, subpath_site: Path, serve: Serve, prefix: str, missing: str
) -> None:
    """An address where nothing is answers 404 with a styled page, at any depth, whose links lead back."""
    address = serve(site if prefix == "/" else subpath_site, prefix)
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
    assert tab.faults == []


def _links(tab: Tab) -> list[str]:
    """Return where the page's links lead, each once, without anchors."""
    links = tab.page.evaluate("() => [...document.links].map(link => link.href)")
    return sorted({urldefrag(link).url for link in links})


def _status(address: str) -> int:
    """Return what a server answers."""
    try:
        with urllib.request.urlopen(address, timeout=10) as response:  # noqa: S310 - our own server
            return int(response.status)
    except HTTPError as error:
        with error:
            return error.code
