"""Explanations beside the words, on real pages in a bare frame: by mouse, finger and keyboard, and without script."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from generator.index.build import read_index
from generator.pages import site_map
from generator.publish.assets import STYLE_SOURCES, joined_styles
from generator.publish.render import render_pages

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from tests.conftest import OpenTab, Serve

ROOT = Path(__file__).resolve().parents[2]
SEED = ROOT / "tests" / "seed" / "plan_data"
TASK = "plans/xishan-2022-2024/tasks/10/"
FRAME = """<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">
<link rel="stylesheet" href="/site.css">
<script src="/terms.js" defer></script><style>html {{ font-size: 125%; }} body {{ position: relative; }}</style></head>
<body data-md-color-scheme="default"><main class="md-content"><article class="md-typeset">{html}</article></main>
</body></html>"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, serve: Serve) -> str:
    """Return where the glossary and a task's page are served."""
    folder = tmp_path_factory.mktemp("terms")
    theme = ROOT / "overrides"
    (folder / "site.css").write_text(
        joined_styles((theme / name).read_text("utf-8") for name in STYLE_SOURCES), "utf-8"
    )
    (folder / "terms.js").write_bytes((theme / "assets" / "terms.js").read_bytes())
    for page in render_pages(site_map(read_index(SEED))):
        if page.address in {"glossary/", TASK}:
            (folder / page.address).mkdir(parents=True)
            html = FRAME.format(title=page.title, html=page.html)
            (folder / page.address / "index.html").write_text(html, encoding="utf-8")
    return serve(folder)


def _term(page: Page, words: str) -> Locator:
    return page.locator("a[data-term]").filter(has_text=words).first


def _card(page: Page) -> Locator:
    return page.get_by_role("dialog")


def test_a_click_opens_and_closes_the_card(address: str, open_tab: OpenTab) -> None:
    """A click shows what the page's own list says; a second click on the words takes it away."""
    tab = open_tab(address + TASK)
    page, card = tab.page, _card(tab.page)
    term = _term(page, "容缺受理")
    note = page.locator(f"[data-note='{term.get_attribute('data-term')}'] .ps-explained").inner_text()
    assert card.count() == 0
    term.click()
    assert card.is_visible()
    assert page.locator("#term_card_text").inner_text() == note
    assert "本站解释" in card.inner_text()
    assert term.get_attribute("aria-expanded") == "true"
    term.click()
    assert card.count() == 0
    assert term.get_attribute("aria-expanded") == "false"
    assert page.url == address + TASK
    assert tab.faults == []


def test_one_card_at_a_time(address: str, open_tab: OpenTab) -> None:
    """Another term takes the card over; a click anywhere else closes it."""
    page = open_tab(address + TASK).page
    _term(page, "容缺受理").click()
    _term(page, "普惠金融").click()
    assert page.locator("[role=dialog]").count() == 1
    assert page.locator("#term_card_title").inner_text() == "普惠金融"
    assert page.locator("a[data-term][aria-expanded=true]").count() == 1
    page.locator("h1").click()
    assert _card(page).count() == 0


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_keyboard(key: str, address: str, open_tab: OpenTab) -> None:
    """A key opens the card and brings the focus into it; Escape closes it and brings the focus back."""
    page = open_tab(address + TASK).page
    term = _term(page, "容缺受理")
    term.focus()
    top = page.evaluate("scrollY")
    page.keyboard.press(key)
    assert _card(page).is_visible()
    assert page.evaluate("document.activeElement.id") == "term_card"
    page.keyboard.press("Escape")
    assert _card(page).count() == 0
    assert term.evaluate("element => element === document.activeElement")
    assert abs(page.evaluate("scrollY") - top) < 400, "Space does not scroll by a page"


def test_tabbing_goes_through_the_card_and_on(address: str, open_tab: OpenTab) -> None:
    """After the card's own link and button comes what stands after the term; backwards, the term itself."""
    page = open_tab(address + TASK).page
    term = _term(page, "普惠金融")
    focused = "document.activeElement.textContent"
    term.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate(focused) == "出处和用处"
    page.keyboard.press("Tab")
    assert page.evaluate(focused) == "关闭"
    page.keyboard.press("Tab")
    assert _card(page).count() == 0
    assert term.evaluate("""element => {
        const stops = [...document.querySelectorAll("a[href], button")].filter((stop) => stop.getClientRects().length);
        return stops[stops.indexOf(element) + 1] === document.activeElement;
    }""")
    term.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Shift+Tab")
    assert _card(page).count() == 0
    assert term.evaluate("element => element === document.activeElement")


def test_the_card_closes_when_the_focus_leaves(address: str, open_tab: OpenTab) -> None:
    """When something else takes the focus the card goes, and does not take the focus back."""
    page = open_tab(address + TASK).page
    _term(page, "容缺受理").click()
    page.locator(".ps-crumbs a").first.focus()
    assert _card(page).count() == 0
    assert page.locator(".ps-crumbs a").first.evaluate("element => element === document.activeElement")


def test_the_card_leads_to_the_glossary(address: str, open_tab: OpenTab) -> None:
    """The card's link opens the term in the glossary, where source and places stand."""
    page = open_tab(address + TASK).page
    _term(page, "容缺受理").click()
    _card(page).get_by_role("link").click()
    page.wait_for_url("**/glossary/#*")
    target = page.locator(":target")
    assert target.locator("dt").inner_text() == "容缺受理"
    assert "国发〔2022〕5号" in target.inner_text()


def test_touch(address: str, open_tab: OpenTab) -> None:
    """A tap opens the card inside the window, clear of the words; a tap beside it closes it, scrolling does not."""
    page = open_tab(address + TASK, viewport={"width": 360, "height": 640}, has_touch=True, is_mobile=True).page
    for term in page.locator("a.ps-term").all():
        term.tap()
        card, words = _card(page).bounding_box(), term.bounding_box()
        assert card is not None
        assert words is not None
        assert card["x"] >= 0
        assert card["x"] + card["width"] <= 360
        assert card["y"] >= words["y"] + words["height"] - 12 or card["y"] + card["height"] <= words["y"] + 12
        assert all(rect["height"] >= 24 for rect in term.evaluate("e => [...e.getClientRects()].map(r => r.toJSON())"))
        _card(page).get_by_role("button", name="关闭").tap()
        assert _card(page).count() == 0
    term = _term(page, "容缺受理")
    term.tap()
    page.evaluate("scrollBy(0, 40)")
    assert _card(page).is_visible()
    page.touchscreen.tap(5, 5)
    assert _card(page).count() == 0


def test_copies_hold_the_official_text_alone(address: str, open_tab: OpenTab) -> None:
    """Selected sentences are the printed ones to the character, also while a card is open."""
    page = open_tab(address + TASK).page
    source = (SEED / "xishan-2022-2024/source.txt").read_text("utf-8")
    _term(page, "容缺受理").click()
    sentences = page.evaluate("""
        [...document.querySelectorAll("[id]")].filter((part) => /^s\\d+$/.test(part.id)).map((part) => {
            getSelection().selectAllChildren(part);
            return getSelection().toString();
        })""")
    assert len(sentences) == 3
    assert "".join(sentences) in source


def test_a_drag_out_of_the_card_keeps_it(address: str, open_tab: OpenTab) -> None:
    """One may select the explanation and let go outside the card."""
    page = open_tab(address + TASK).page
    _term(page, "容缺受理").click()
    box = page.locator("#term_card_text").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 4, box["y"] + 8)
    page.mouse.down()
    page.mouse.move(2, 2, steps=4)
    page.mouse.up()
    assert _card(page).is_visible()


def test_in_the_glossary_quotes_explain_other_terms(address: str, open_tab: OpenTab) -> None:
    """On the glossary page itself, a term inside a quotation opens its own explanation."""
    page = open_tab(address + "glossary/").page
    term = _term(page, "联合验收")
    term.click()
    assert page.locator("#term_card_title").inner_text() == "联合验收"
    assert "限时验收" in page.locator("#term_card_text").inner_text()


def test_without_script_the_link_leads_to_the_glossary(address: str, open_tab: OpenTab) -> None:
    """Without JavaScript the words are a plain link to the term in the glossary."""
    page = open_tab(address + TASK, java_script_enabled=False).page
    term = _term(page, "容缺受理")
    assert term.get_attribute("role") is None
    term.click()
    page.wait_for_url("**/glossary/#xishan-2022-2024-tolerant-acceptance")


def test_dark_and_light_have_contrast(address: str, open_tab: OpenTab) -> None:
    """The words of the card and its marks are at least 4.5:1 in both schemes."""
    page = open_tab(address + TASK).page
    page.add_style_tag(
        content=":root { --md-default-bg-color: #fff; --md-typeset-color: rgba(0, 0, 0, .87) }"
        "[data-md-color-scheme=slate] { --md-default-bg-color: #1e2021; --md-typeset-color: #e2e4e9 }"
    )
    contrast = """element => {
        const numbers = (css) => css.match(/[\\d.]+/g).map(Number);
        const light = (rgb) => rgb.slice(0, 3).map((v) => v / 255)
            .map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
            .reduce((sum, v, at) => sum + v * [0.2126, 0.7152, 0.0722][at], 0);
        const ground = light(numbers(getComputedStyle(document.getElementById("term_card")).backgroundColor));
        const ink = light(numbers(getComputedStyle(element).color));
        return (Math.max(ground, ink) + 0.05) / (Math.min(ground, ink) + 0.05);
    }"""
    for scheme in ("default", "slate"):
        page.evaluate("name => { document.body.dataset.mdColorScheme = name; }", scheme)
        _term(page, "容缺受理").click()
        for part in ("#term_card_title", "#term_card .ps-by", "#term_card_text", "#term_card button"):
            assert page.locator(part).evaluate(contrast) >= 4.5, (scheme, part)
        page.keyboard.press("Escape")
