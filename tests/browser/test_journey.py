"""A reader's way through the site in a real browser: from the start page to the exact line of the official text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
import yaml

from tests.conftest import SEED
from tests.seed.printed import FOLDER, printed_units, read_parts, task_number

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Locator, Page

    from tests.conftest import OpenTab, Serve, Tab

UNIT = "区发展改革局"
TYPED = "发改局"
"""A short name of the unit, which is printed nowhere."""
VIEWPORTS = {"desk": {"width": 1280, "height": 800}, "phone": {"width": 390, "height": 844}}


@pytest.fixture
def address(site: Path, serve: Serve) -> str:
    """Return where the site is served."""
    return serve(site)


def _led_tasks() -> list[int]:
    """Return the numbers of the tasks that the unit leads, read from the YAML without the generator."""
    tasks = [(part, inside[-1]) for part, inside in read_parts() if part["kind"] == "task"]
    return [task_number(task) for task, sector in tasks if UNIT in printed_units(sector)["总牵头单位"]]


def _task_link(page: Page, number: int) -> Locator:
    """Return the link to a task in the page's own text."""
    return page.locator(f'article a[href$="/tasks/{number}/"]').first


def _source_link(page: Page) -> Locator:
    """Return the link to the line on which the task itself is printed."""
    return page.locator('article p:not(dd p) a[href*="/text/#L"]').first


def _assert_at_line(tab: Tab, number: int) -> None:
    """Check that the browser shows the very line of the official text, and marks it."""
    page = tab.page
    page.wait_for_url(re.compile(rf"/text/#L{number}$"))
    line = page.locator(f"#L{number}")
    printed = (FOLDER / "source.txt").read_text("utf-8").split("\n")[number - 1]
    assert printed in (line.text_content() or "")
    page.wait_for_function(
        """id => {
            const box = document.getElementById(id).getBoundingClientRect();
            const header = document.querySelector(".md-header").getBoundingClientRect();
            return box.top >= header.bottom - 1 && box.top < innerHeight;
        }""",
        arg=f"L{number}",
    )
    colour = "element => getComputedStyle(element).backgroundColor"
    neighbour = page.locator(f"#L{number + 1}")
    assert line.evaluate(colour) != neighbour.evaluate(colour)
    assert tab.faults == []


def _line_of(number: int) -> int:
    """Return the line of the official text that opens a task."""
    lines = (FOLDER / "source.txt").read_text("utf-8").split("\n")
    (line,) = (place for place, text in enumerate(lines, 1) if re.match(rf"{number}\.(?!\d)", text))
    return line


@pytest.mark.parametrize("viewport", VIEWPORTS)
def test_from_the_start_page_to_the_line(open_tab: OpenTab, address: str, viewport: str) -> None:
    """A unit typed by its short name, its page, a task, and the line where that task is printed."""
    tab = open_tab(address, viewport=VIEWPORTS[viewport])
    page = tab.page
    everywhere = page.locator("[data-finder] a")
    assert everywhere.count() >= 42

    page.get_by_role("searchbox").fill(TYPED)
    found = page.locator("[data-finder] a:visible")
    assert found.all_text_contents() == [UNIT]
    found.click()

    page.wait_for_url(re.compile(r"/units/development-reform/$"))
    assert page.get_by_role("heading", level=1).text_content() == UNIT
    led = _led_tasks()
    assert len(led) > 3
    for number in led:
        assert _task_link(page, number).is_visible()

    task = led[1]
    title = _task_link(page, task).text_content()
    _task_link(page, task).click()
    page.wait_for_url(re.compile(rf"/tasks/{task}/$"))
    assert page.get_by_role("heading", level=1).text_content() == title
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert not wide

    _source_link(page).click()
    _assert_at_line(tab, _line_of(task))


@pytest.mark.parametrize("viewport", VIEWPORTS)
def test_by_keyboard_alone(open_tab: OpenTab, address: str, viewport: str) -> None:
    """The same way without a mouse: Tab reaches every stop, focus shows, Enter follows."""
    tab = open_tab(address, viewport=VIEWPORTS[viewport])
    page = tab.page
    _tab_to(page, page.get_by_role("searchbox"))
    page.keyboard.type(TYPED)
    _tab_to(page, page.locator("[data-finder] a:visible"))
    page.keyboard.press("Enter")

    page.wait_for_url(re.compile(r"/units/development-reform/$"))
    task = _led_tasks()[0]
    _tab_to(page, _task_link(page, task))
    page.keyboard.press("Enter")

    page.wait_for_url(re.compile(rf"/tasks/{task}/$"))
    _tab_to(page, _source_link(page))
    page.keyboard.press("Enter")
    _assert_at_line(tab, _line_of(task))


def _tab_to(page: Page, wanted: Locator, stops: int = 120) -> None:
    """Press Tab until the focus is where it is wanted, and check that it shows."""
    for _ in range(stops):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            break
    else:
        pytest.fail(f"{stops} Tabs do not reach {wanted}")
    shown = wanted.evaluate(
        """element => {
            const style = getComputedStyle(element);
            return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
        }"""
    )
    assert shown


def test_enter_opens_the_first_unit_found(open_tab: OpenTab, address: str) -> None:
    """Enter in the finder goes to what is listed first, and does nothing where nothing was typed."""
    tab = open_tab(address)
    box = tab.page.get_by_role("searchbox")
    box.press("Enter")
    assert urlsplit(tab.page.url).path == "/"
    box.fill(TYPED)
    box.press("Enter")
    tab.page.wait_for_url(re.compile(r"/units/development-reform/$"))


def test_finder_says_what_it_found(open_tab: OpenTab, address: str) -> None:
    """Half-typed pinyin filters nothing, an unknown name is said to be unknown, an emptied box lists all again."""
    page = open_tab(address).page
    box, links = page.get_by_role("searchbox"), page.locator("[data-finder] a:visible")
    everything = page.locator("[data-finder] a").count()
    box.fill("没有这个局")
    assert links.count() == 0
    assert "没有这个局" in (page.locator("#finder-status").text_content() or "")
    box.fill("")
    box.evaluate(
        """input => {
            input.value = "shui";
            input.dispatchEvent(new InputEvent("input", {isComposing: true}));
        }"""
    )
    assert page.locator("[data-finder] li[data-names]:not([hidden])").count() == everything


def test_without_scripts_every_unit_is_listed(open_tab: OpenTab, address: str) -> None:
    """With JavaScript switched off the start page lists every unit, and no box that would do nothing."""
    page = open_tab(address, java_script_enabled=False).page
    units = yaml.safe_load((SEED / "units.yaml").read_text("utf-8"))["units"]
    listed = page.locator("[data-finder] a").all_text_contents()
    assert sorted(listed) == sorted(unit["name"] for unit in units)
    assert page.get_by_role("searchbox").count() == 0
    page.locator("[data-finder] a", has_text=re.compile(f"^{UNIT}$")).click()
    assert page.get_by_role("heading", level=1).text_content() == UNIT
