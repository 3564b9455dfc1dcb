"""The frame in a browser: nothing jumps while a page loads, anchors are reached, and pages say all without scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import OpenTab, Serve

PLAN = "plans/xishan-2022-2024/"
PHONE = {"width": 390, "height": 844}
PAGES = ("", f"{PLAN}tasks/11/", "units/development-reform/", "units/", f"{PLAN}targets/", f"{PLAN}matrix/")
SHIFTS = """
() => new Promise((resolve) => {
  let sum = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) sum += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => resolve(sum), 500);
})
"""
SETTLED = "document.documentElement.matches('.ps-settled, [data-settled]')"
REACHED = """
(id) => {
  const { top } = document.getElementById(id).getBoundingClientRect();
  const isEnd = scrollY + innerHeight >= document.documentElement.scrollHeight - 2;
  return top >= 0 && top <= (isEnd ? innerHeight : 200);
}
"""


@pytest.fixture
def address(site: Path, serve: Serve) -> str:
    """Return where the site is served."""
    return serve(site)


@pytest.mark.parametrize("path", PAGES)
def test_nothing_jumps_while_a_page_loads(open_tab: OpenTab, address: str, path: str) -> None:
    """What scripts add or fold away moves nothing that a reader has begun to read; 0.1 is where Lighthouse objects."""
    page = open_tab(address + path, viewport=PHONE).page
    page.wait_for_function(SETTLED)
    assert page.evaluate(SHIFTS) < 0.05


@pytest.mark.parametrize(
    ("path", "anchor"),
    [("units/development-reform/", "works-with"), ("units/development-reform/", "names"), (PLAN, "groups")],
)
def test_anchors_below_long_lists_are_reached(open_tab: OpenTab, address: str, path: str, anchor: str) -> None:
    """A link to a place below lists that are laid out late still ends at that place."""
    page = open_tab(f"{address}{path}#{anchor}", viewport=PHONE).page
    page.wait_for_function(REACHED, arg=anchor)
    page.wait_for_function(SETTLED)
    assert page.evaluate(REACHED, anchor)


@pytest.mark.parametrize("path", PAGES)
def test_pages_say_all_without_scripts(open_tab: OpenTab, address: str, path: str) -> None:
    """Without JavaScript nothing stays folded or hidden but the controls that need it."""
    page = open_tab(address + path, java_script_enabled=False).page
    links = page.locator("article a:not(details a):visible")
    assert links.count() > 5
    assert page.locator("[data-finder] [data-names]").count() == page.locator("[data-names]:visible").count()
    assert page.locator("form[data-controls]:visible, [data-finder-box]:visible, [data-larger]:visible").count() == 0


@pytest.mark.parametrize("preferred", ["light", "dark"])
def test_the_edges_of_the_window_follow_the_colours(
    open_tab: OpenTab, address: str, preferred: Literal["light", "dark"]
) -> None:
    """Scroll bars and what lies around the page have the reader's colours: the system's, then those chosen."""
    page = open_tab(address, color_scheme=preferred).page
    used = "getComputedStyle(document.documentElement).colorScheme"
    assert page.evaluate(used) == preferred
    page.get_by_title("切换到深色" if preferred == "light" else "切换到浅色").click()
    assert page.evaluate(used) == ("dark" if preferred == "light" else "light")
    assert page.evaluate(used) == page.evaluate("getComputedStyle(document.body).colorScheme")


def test_the_page_for_missing_addresses_helps(open_tab: OpenTab, address: str) -> None:
    """At any depth it leads to the search, with what was typed, and to the main pages."""
    page = open_tab(f"{address}plans/no/such/page/").page
    for name in ("首页", "方案", "单位", "督办领导", "原文", "数据"):
        link = page.locator("article").get_by_role("link", name=name, exact=True)
        assert page.request.get(link.evaluate("(link) => link.href")).ok
    page.locator("article input[type=search]").fill("营商环境")
    page.locator("article").get_by_role("button", name="搜索").click()
    page.wait_for_url("**/search/?q=*")
    page.wait_for_selector("article .ps-hit")
