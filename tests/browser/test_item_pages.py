"""The start page, and what stands beside the sentences of a task, in a real browser: on a desk, a phone and paper."""

from __future__ import annotations

import io
import re
import unicodedata
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from tests.conftest import SEED

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import OpenTab, Serve

PLAN = "plans/xishan-2022-2024/"
DESK = {"width": 1440, "height": 900}
NARROWEST_DESK = {"width": 1220, "height": 900}
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def address(site: Path, serve: Serve) -> str:
    """Return where the site is served."""
    return serve(site)


def _line(number: int) -> str:
    """Return a line of the official text."""
    text = (SEED / PLAN.removeprefix("plans/") / "source.txt").read_text("utf-8")
    return text.split("\n")[number - 1]


def test_the_start_page_in_one_screen(open_tab: OpenTab, address: str) -> None:
    """On a desk one screen says what the plan is, finds a unit, lists the sectors, what is due and how years begin."""
    tab = open_tab(address, viewport=DESK)
    page = tab.page
    for part in ("h1", "#finder", "#sectors", ".ps-ledger > li:last-child", ".ps-upcoming", "#ways", ".ps-years b"):
        box = page.locator(part).first.bounding_box()
        assert box, part
        assert box["y"] + box["height"] <= DESK["height"], part
    assert page.locator(".ps-ledger > li").count() == 8
    assert page.locator(".ps-moving svg").count() == 4
    assert tab.faults == []


def test_a_phone_shows_the_finder_first(open_tab: OpenTab, address: str) -> None:
    """On a phone the finder of units is in sight without scrolling, and nothing is wider than the screen."""
    page = open_tab(address, viewport=PHONE).page
    box = page.locator("#finder").bounding_box()
    assert box
    assert box["y"] + box["height"] < PHONE["height"]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("viewport", [DESK, NARROWEST_DESK])
def test_targets_stand_in_the_margin(open_tab: OpenTab, address: str, viewport: dict[str, int]) -> None:
    """On a wide screen what a sentence sets begins beside it, at the same height; much stands below it."""
    page = open_tab(f"{address}{PLAN}tasks/11/", viewport=viewport).page
    rows = page.locator(".ps-sentence:has(.ps-beside)")
    assert rows.count() == 4
    below = []
    for row in rows.all():
        text = row.locator(".ps-sentence__text").bounding_box()
        beside = row.locator(".ps-beside").bounding_box()
        assert text
        assert beside
        if "ps-sentence--much" in (row.get_attribute("class") or ""):
            below.append(beside["y"] - text["y"] - text["height"])
            continue
        assert beside["x"] >= text["x"] + text["width"]
        assert abs(beside["y"] - text["y"]) < 2
    assert len(below) == 1
    assert abs(below[0]) < 2


def test_targets_stand_below_on_a_phone(open_tab: OpenTab, address: str) -> None:
    """On a phone what a sentence sets stands right below it."""
    page = open_tab(f"{address}{PLAN}tasks/11/", viewport=PHONE).page
    for row in page.locator(".ps-sentence:has(.ps-beside)").all():
        text = row.locator(".ps-sentence__text").bounding_box()
        beside = row.locator(".ps-beside").bounding_box()
        assert text
        assert beside
        assert abs(beside["y"] - text["y"] - text["height"]) < 2
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("number", [11, 35])
def test_what_is_copied_is_the_printed_text(open_tab: OpenTab, address: str, number: int) -> None:
    """Selecting all sentences takes the printed words alone; the fold holds them in one piece."""
    page = open_tab(f"{address}{PLAN}tasks/{number}/", viewport=DESK).page
    copied = page.evaluate(
        """() => {
            getSelection().selectAllChildren(document.querySelector(".ps-sentences"));
            return getSelection().toString();
        }"""
    )
    printed = _line(next(n for n in range(1, 130) if _line(n).startswith(f"{number}.")))
    assert re.sub(r"\s", "", copied) == re.sub(r"\s", "", printed)
    page.get_by_text("整段原文").click()
    assert page.locator(".ps-paragraph").text_content() == printed


def test_a_sentence_has_an_address(open_tab: OpenTab, address: str) -> None:
    """The address of a sentence brings it into sight and marks it."""
    page = open_tab(f"{address}{PLAN}tasks/35/#s9", viewport=PHONE).page
    sentence = page.locator("#s9")
    page.wait_for_function("document.getElementById('s9').getBoundingClientRect().top < innerHeight")
    colour = "element => getComputedStyle(element).backgroundColor"
    assert sentence.evaluate(colour) != page.locator("#s8").evaluate(colour)


def test_on_paper_the_sentences_are_one_paragraph(open_tab: OpenTab, address: str) -> None:
    """Printed, a task's sentences follow each other as in the official text, without marks, and its table is whole."""
    page = open_tab(f"{address}{PLAN}tasks/11/").page
    pdf = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True, format="A4")))
    # Fonts draw some characters that look alike as one, and the PDF may then name the other.
    text = unicodedata.normalize("NFKC", "".join(sheet.extract_text() for sheet in pdf.pages))
    whole = re.sub(r"[\s—―–─-]", "", text)
    for seam in ("成为常态。2022", "窗口改革。构建以区级", "协同办理。继续加快"):
        assert seam in whole
    assert "§" not in whole
    assert "目标一览" in whole
    assert 2 <= len(pdf.pages) <= 4
