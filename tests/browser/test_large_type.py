"""The switch for large type: found, named, remembered, and harmless where nothing can be remembered."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from pypdf import PdfReader

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.conftest import OpenTab, Serve

PLAN = "plans/xishan-2022-2024/"
TASK = f"{PLAN}tasks/11/"
PHONE = {"width": 390, "height": 844}
PAGES = ("", TASK, "units/development-reform/", f"{PLAN}targets/", f"{PLAN}matrix/", f"{PLAN}text/", "data/")
BLOCKED = """
Object.defineProperty(window, "localStorage", { get() { throw new DOMException("blocked", "SecurityError"); } });
"""
SIZES = """
() => ["h1", "article p", "article td", ".md-header__title", ".ps-notice"]
  .map((selector) => document.querySelector(selector))
  .map((element) => element && parseFloat(getComputedStyle(element).fontSize))
"""
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
HEADER = """
() => [...document.querySelectorAll(".md-header__inner > *")]
  .map((element) => element.getBoundingClientRect())
  .filter((box) => box.width && box.height && (box.left < 0 || box.right > innerWidth + 1)).length
"""


@pytest.fixture
def address(site: Path, serve: Serve) -> str:
    """Return where the site is served."""
    return serve(site)


def _pressed(page: Page) -> str | None:
    return page.get_by_role("button", name="大字").get_attribute("aria-pressed")


def test_the_keyboard_turns_it_on_and_off(open_tab: OpenTab, address: str) -> None:
    """The switch is a button with a name and a state; the space bar turns it on, Enter off."""
    page = open_tab(address + TASK).page
    switch = page.get_by_role("button", name="大字", exact=True)
    switch.focus()
    assert _pressed(page) == "false"
    page.keyboard.press("Space")
    assert _pressed(page) == "true"
    page.keyboard.press("Enter")
    assert _pressed(page) == "false"


@pytest.mark.parametrize("path", PAGES)
def test_all_text_grows_by_a_quarter_and_nothing_sticks_out(open_tab: OpenTab, address: str, path: str) -> None:
    """On a phone all text grows by a quarter, tables too; the page does not scroll sideways, the header keeps whole."""
    tab = open_tab(address + path, viewport=PHONE)
    before = tab.page.evaluate(SIZES)
    tab.page.get_by_role("button", name="大字").click()
    after = tab.page.evaluate(SIZES)
    assert [new and round(new / old, 2) for old, new in zip(before, after, strict=True)] == [
        old and 1.25 for old in before
    ]
    assert tab.page.evaluate(OVERFLOW) <= 0
    assert tab.page.evaluate(HEADER) == 0
    assert tab.faults == []


def test_it_stays_on_the_next_page_from_the_first_paint(open_tab: OpenTab, address: str) -> None:
    """Chosen once, it holds on other pages and after a reload, before any script of the page's end has run."""
    page = open_tab(address).page
    page.get_by_role("button", name="大字").click()
    page.route("**/*.js", lambda route: route.abort())
    page.goto(address + TASK)
    assert page.evaluate("document.documentElement.classList.contains('ps-large')")
    assert _pressed(page) == "true"
    page.reload()
    assert _pressed(page) == "true"


def test_other_windows_follow(open_tab: OpenTab, address: str) -> None:
    """A second window of the site changes with the first."""
    first = open_tab(address).page
    second = first.context.new_page()
    second.goto(address + TASK)
    first.get_by_role("button", name="大字").click()
    second.wait_for_selector("html.ps-large")
    assert _pressed(second) == "true"


def test_without_storage_it_holds_for_the_page(open_tab: OpenTab, address: str) -> None:
    """Where the browser keeps nothing, the switch still works on the page, and raises no error of ours."""
    tab = open_tab("about:blank")
    tab.page.add_init_script(BLOCKED)
    tab.host = urlsplit(address).netloc
    tab.page.goto(address + TASK)
    tab.page.get_by_role("button", name="大字").click()
    assert _pressed(tab.page) == "true"
    assert [fault for fault in tab.faults if "site.js" in fault] == []


def test_without_scripts_there_is_no_dead_switch(open_tab: OpenTab, address: str) -> None:
    """A reader without JavaScript sees no button that would do nothing."""
    page = open_tab(address + TASK, java_script_enabled=False).page
    assert page.locator("[data-larger]").count() == 1
    assert not page.locator("[data-larger]").is_visible()


def test_paper_stays_as_it_was(open_tab: OpenTab, address: str) -> None:
    """Large type changes nothing on paper: the same words on the same sheets."""
    page = open_tab(address + TASK).page

    def sheets() -> list[str]:
        return [sheet.extract_text() for sheet in PdfReader(io.BytesIO(page.pdf(format="A4"))).pages]

    before = sheets()
    page.get_by_role("button", name="大字").click()
    assert sheets() == before
