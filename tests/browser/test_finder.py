"""The finder of units in a real browser: names, pinyin, initials, keyboard, phone, input method, no scripts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
import yaml

from tests.conftest import SEED

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.conftest import OpenTab, Serve

UNITS = yaml.safe_load((SEED / "units.yaml").read_text("utf-8"))["units"]
PHONE = {"width": 390, "height": 844}
FOUND = {
    "fgj": ["区发展改革局"],
    "ＦＧＪ": ["区发展改革局"],
    "shuiwu": ["区水务局", "区税务局"],
    "人社": ["区人力资源社会保障局"],
    "环保局": ["区生态环境分局"],
    "huanbaoju": ["区生态环境分局"],
    "chang po": ["长坡物流园区管委会"],
    "lü you": ["区文化和旅游局"],
    "shbz": ["区人力资源社会保障局"],
    "昆明市西山区税务局": ["区税务局"],
}
"""What is typed → the units offered, in the order of the registry."""


@pytest.fixture
def address(site: Path, serve: Serve) -> str:
    """Return where the site is served."""
    return serve(site)


def _found(page: Page) -> list[str]:
    """Return the names of the units that are offered."""
    return page.locator("[data-finder] a:visible").all_text_contents()


def _focused(page: Page) -> str:
    """Return the text of what has the focus, or its tag."""
    return str(page.evaluate("document.activeElement.textContent || document.activeElement.tagName"))


@pytest.mark.parametrize("where", ["", "units/"])
def test_any_part_of_any_name_finds_the_unit(open_tab: OpenTab, address: str, where: str) -> None:
    """Names, former names, pinyin and initials find the unit at once, and their number is announced."""
    tab = open_tab(address + where)
    box, status = tab.page.get_by_role("searchbox"), tab.page.locator("#finder-status")
    for typed, units in FOUND.items():
        box.fill(typed)
        assert _found(tab.page) == units, typed
        assert f"找到 {len(units)} 个" in (status.text_content() or "")
    assert tab.faults == []


@pytest.mark.parametrize("viewport", [{"width": 1280, "height": 800}, PHONE], ids=["desk", "phone"])
def test_arrows_enter_and_escape(open_tab: OpenTab, address: str, viewport: dict[str, int]) -> None:
    """Arrows go from the box through the units shown and back, Escape empties the box, Enter opens the first."""
    page = open_tab(address, viewport=viewport).page
    page.get_by_role("searchbox").focus()
    page.keyboard.type("shuiwu")
    stops = []
    for key in ("ArrowDown", "ArrowDown", "ArrowDown", "ArrowUp", "ArrowUp", "ArrowUp"):
        page.keyboard.press(key)
        stops.append(_focused(page))
    assert stops == ["区水务局", "区税务局", "区税务局", "区水务局", "INPUT", "INPUT"]
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    assert _focused(page) == "INPUT"
    assert page.get_by_role("searchbox").input_value() == ""
    assert _found(page) == []
    page.keyboard.type("shuiwu")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/units/tax/$"))
    page.go_back()
    page.get_by_role("searchbox").fill("fgj")
    page.get_by_role("searchbox").press("Enter")
    page.wait_for_url(re.compile("/units/development-reform/$"))


def test_the_unit_called_just_so_comes_first(open_tab: OpenTab, address: str) -> None:
    """A unit whose name or alias is what was typed is the first that the arrows reach; the list keeps its order."""
    page = open_tab(address + "units/").page
    box = page.get_by_role("searchbox")
    box.fill("市营商环境办")
    box.press("ArrowDown")
    assert _focused(page) == "市营商环境办"
    assert _found(page) == [unit for unit in (u["name"] for u in UNITS) if unit in _found(page)]


def test_on_a_phone_nothing_is_cut_off(open_tab: OpenTab, address: str) -> None:
    """At 390 pixels the box and the units found lie within the screen, and nothing above them moves."""
    page = open_tab(address, viewport=PHONE).page
    box = page.get_by_role("searchbox")
    before = box.bounding_box()
    box.fill("shuiwu")
    assert box.bounding_box() == before
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    for link in page.locator("[data-finder] a:visible").all():
        place = link.bounding_box()
        assert place is not None
        assert place["x"] >= 0
        assert place["x"] + place["width"] <= PHONE["width"]


def test_an_input_method_searches_when_it_is_done(open_tab: OpenTab, address: str) -> None:
    """While pinyin is being composed nothing is searched, and its keys do nothing; the chosen word is searched."""
    page = open_tab(address).page
    box = page.get_by_role("searchbox")
    box.focus()
    keyboard = page.context.new_cdp_session(page)
    for typed in ("s", "shui", "shui'wu"):
        keyboard.send(
            "Input.imeSetComposition", {"text": typed, "selectionStart": len(typed), "selectionEnd": len(typed)}
        )
        assert _found(page) == []
        assert page.locator("#finder-status").text_content() == ""
    keyboard.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", "key": "Process", "windowsVirtualKeyCode": 229})
    box.evaluate(
        "input => input.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', keyCode: 229, bubbles: true}))"
    )
    keyboard.send("Input.insertText", {"text": "税务"})
    assert box.input_value() == "税务"
    assert _found(page) == ["区税务局"]
    assert urlsplit(page.url).path == "/"


def test_pasting_searches(open_tab: OpenTab, address: str) -> None:
    """A pasted name is searched like a typed one, with the spaces that came along."""
    page = open_tab(address).page
    box = page.get_by_role("searchbox")
    box.fill(" 人社 局 ")
    box.press("Control+a")
    box.press("Control+x")
    assert _found(page) == []
    box.press("Control+v")
    assert _found(page) == ["区人力资源社会保障局"]


def test_counts_follow(open_tab: OpenTab, address: str) -> None:
    """While something is typed, each kind counts the units that are left of it; then all again."""
    page = open_tab(f"{address}units/").page
    counts = page.locator("[data-finder-group]:visible .ps-count")
    whole = counts.all_text_contents()
    assert sum(map(int, whole)) == len(UNITS)
    page.locator("#finder").fill("税务")
    assert counts.all_text_contents() == ["1"]
    page.locator("#finder").fill("")
    assert counts.all_text_contents() == whole


@pytest.mark.parametrize("typed", ["没有这个局", "xyzzy", "局" * 500, "<b>", "\\"])
def test_nothing_found_is_said(open_tab: OpenTab, address: str, typed: str) -> None:
    """What no unit is called is said, with where else to look; the keys then do nothing."""
    tab = open_tab(address)
    page = tab.page
    box = page.get_by_role("searchbox")
    box.fill(typed)
    assert _found(page) == []
    assert typed in (page.locator("#finder-status").text_content() or "")
    assert page.locator("[data-finder-none]").is_visible()
    box.press("ArrowDown")
    box.press("Enter")
    assert urlsplit(page.url).path == "/"
    assert tab.faults == []


@pytest.mark.parametrize("where", ["", "units/"])
def test_without_scripts_units_stand_by_kind(open_tab: OpenTab, address: str, where: str) -> None:
    """Without JavaScript each kind has its heading, the number of its units, and all of them as links."""
    page = open_tab(address + where, java_script_enabled=False).page
    kinds = list(dict.fromkeys(unit["kind"] for unit in UNITS))
    groups = page.locator("[data-finder-group]")
    assert groups.count() == len(kinds)
    for group in groups.all():
        names = group.locator("li a").all_text_contents()
        kind, number = (group.locator("h3").text_content() or "").split()[:2]
        assert names == [unit["name"] for unit in UNITS if unit["kind"] == kind]
        assert int(number.rstrip("¶")) == len(names)
    assert page.get_by_role("searchbox").count() == 0
