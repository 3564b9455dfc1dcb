"""What the window itself shows, scrolled as readers scroll it: whole numbers, a steady bar, the reader's colours."""

from __future__ import annotations

import base64
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import FloatRect, Page, Route

    from tests.conftest import OpenTab, Serve

PLAN = "plans/xishan-2022-2024/"
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1440, "height": 900}
UNIT = "units/development-reform/"
SETTLED = "document.documentElement.matches('.ps-settled, [data-settled]')"
UNCUT = """
* { content-visibility: visible !important; contain: none !important; }
ol, :has(ol) { overflow: visible !important; clip-path: none !important; }
"""
"""Nothing cuts off what hangs out of a list."""
TWO_DIGITS = ":is([value='10'], [value='11'], [value='12'], [value^='3'], :nth-child(n + 10))"
NEVER_IDLE = "window.requestIdleCallback = () => 0;"
HEIGHTS = """
async () => {
  const root = document.documentElement;
  const heights = [];
  for (let top = 0; top < root.scrollHeight; top += innerHeight) {
    scrollTo({ top, behavior: "instant" });
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    heights.push(root.scrollHeight);
  }
  return heights;
}
"""
BRIGHTNESS = """
async (picture) => {
  const image = new Image();
  image.src = `data:image/png;base64,${picture}`;
  await image.decode();
  const canvas = new OffscreenCanvas(image.width, image.height);
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, image.width, image.height);
  return data.reduce((sum, part, at) => (at % 4 === 3 ? sum : sum + part), 0) / (data.length * 0.75) / 255;
}
"""


@pytest.fixture
def address(site: Path, serve: Serve) -> str:
    """Return where the site is served."""
    return serve(site)


@pytest.mark.parametrize(
    ("viewport", "is_large"), [(PHONE, False), (PHONE, True), (DESK, False)], ids=["phone", "large", "desk"]
)
@pytest.mark.parametrize("path", [UNIT, "leaders/li-min/", PLAN, f"{PLAN}sectors/7/"])
def test_numbers_of_lists_are_whole(
    open_tab: OpenTab, address: str, path: str, viewport: dict[str, int], *, is_large: bool
) -> None:
    """Numbers of two digits look in the window as they do where nothing is cut off, and begin on the screen."""
    page = open_tab(address + path, viewport=viewport).page
    if is_large:
        page.get_by_role("button", name="大字").click()
    page.wait_for_function(SETTLED)
    item = page.locator("article ol > li").filter(visible=True).and_(page.locator(TWO_DIGITS)).last
    item.evaluate("item => item.scrollIntoView({ block: 'center', behavior: 'instant' })")
    box = item.bounding_box()
    assert box
    size = item.evaluate("item => parseFloat(getComputedStyle(item).fontSize)")
    # Two digits, a full stop and a space.
    left = box["x"] - 1.9 * size
    assert left >= 0
    numbers: FloatRect = {"x": left, "y": box["y"] - 100, "width": 1.9 * size, "height": 200}
    seen = page.screenshot(clip=numbers)
    page.add_style_tag(content=UNCUT)
    assert page.screenshot(clip=numbers) == seen


@pytest.mark.parametrize("path", [UNIT, f"{PLAN}targets/"])
@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_the_bar_for_scrolling_does_not_jump(
    open_tab: OpenTab, address: str, path: str, viewport: dict[str, int]
) -> None:
    """Once a page has settled its height stays; for a reader who is faster it changes by little at each step."""
    page = open_tab(address + path, viewport=viewport).page
    page.wait_for_function(SETTLED)
    settled = page.evaluate(HEIGHTS)
    assert max(settled) - min(settled) <= 0.01 * min(settled)
    page.add_init_script(NEVER_IDLE)
    page.goto(f"{address}about/")
    page.goto(address + path)
    hasty = page.evaluate(HEIGHTS)
    assert max(abs(after - before) / before for before, after in pairwise(hasty)) < 0.1
    assert abs(hasty[0] - settled[0]) / settled[0] < 0.25


def _brightness(page: Page) -> float:
    """Return how bright the window is, from 0 to 1."""
    picture = base64.b64encode(page.screenshot()).decode()
    return float(page.evaluate(BRIGHTNESS, picture))


@pytest.mark.parametrize("path", [f"{PLAN}tasks/11/", "no/such/page/"])
@pytest.mark.parametrize(
    ("preferred", "chosen"),
    [("dark", None), ("light", None), ("dark", "default"), ("light", "slate")],
)
def test_the_first_paint_has_the_readers_colours(
    open_tab: OpenTab, address: str, path: str, preferred: Literal["light", "dark"], chosen: str | None
) -> None:
    """Before any script file has come the page has the colours that were chosen before, else those of the system."""
    page = open_tab(f"{address}assets/favicon.svg", color_scheme=preferred).page
    page.route("**/*.js", lambda route: route.abort())
    if chosen:
        page.goto(address)
        page.evaluate("scheme => __md_set('__palette', { index: 0, color: { scheme } })", chosen)
    is_dark = (chosen or {"dark": "slate", "light": "default"}[preferred]) == "slate"
    page.goto(address + path)
    assert (_brightness(page) < 0.5) == is_dark
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == ("dark" if is_dark else "light")


@pytest.mark.parametrize("preferred", ["light", "dark"])
def test_the_bare_window_has_the_readers_colours(
    open_tab: OpenTab, address: str, preferred: Literal["light", "dark"]
) -> None:
    """While the style sheet is still on its way the empty window has the reader's colours, too."""
    page = open_tab(f"{address}assets/favicon.svg", color_scheme=preferred).page
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/site.css", hold)
    page.goto(address, wait_until="commit")
    used = f"document.documentElement.style.colorScheme === '{preferred}'"
    page.wait_for_function(used, polling=50)
    assert page.evaluate("document.body") is None
    held[0].continue_()
    page.wait_for_load_state()


@pytest.mark.parametrize("knows", [True, False], ids=["new", "old"])
def test_margin_notes_can_be_read(open_tab: OpenTab, address: str, *, knows: bool) -> None:
    """Beside the official text the notes stand open; a browser that can't be told to open them opens them by mouse."""
    page = open_tab(f"{address}assets/favicon.svg", viewport=DESK).page

    def age(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace("::details-content", "::no-such-part"))

    if not knows:
        page.route("**/site.css", age)
    page.goto(f"{address}{PLAN}text/")
    note = page.locator(".ps-line__marks").nth(3)
    shown = "note => note.querySelector('li').checkVisibility({ contentVisibilityAuto: true })"
    assert note.evaluate(shown) == knows
    if not knows:
        note.locator("summary").click()
        assert note.evaluate(shown)
