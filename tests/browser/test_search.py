"""The search in a real browser: as one types it, by input method, by keyboard, on a phone, wherever the site lies."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml

from tests.conftest import ROOT, SEED, Tab

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Locator, Page

    from tests.conftest import MkDocs, OpenTab, Serve

EVERYDAY = json.loads((ROOT / "tests" / "search" / "everyday.json").read_text("utf-8"))["queries"]
UNITS = {unit["id"]: unit["name"] for unit in yaml.safe_load((SEED / "units.yaml").read_text("utf-8"))["units"]}
PLAN = "plans/xishan-2022-2024/"
TASK = f"{PLAN}tasks/11/"
PHONE = {"width": 390, "height": 844}
BOX = "[data-search-box]"
ANSWERED = """
(root) => {
  const box = document.querySelector(root);
  const further = box.querySelector("[data-search-further]");
  const asked = new URL(further ? further.href : location.href).searchParams.get("q") || "";
  const isBusy = box.querySelector("[data-search-output]").getAttribute("aria-busy") !== "false";
  return !isBusy && asked.trim() === box.querySelector("input").value.trim();
}
"""
BEGIN = datetime(2023, 1, 1, tzinfo=UTC)
LATER = BEGIN + timedelta(hours=9)
ASKED = """
() => {
  globalThis.asked = [];
  const post = Worker.prototype.postMessage;
  Worker.prototype.postMessage = function (question) { asked.push(question.query); post.call(this, question); };
}
"""
"""Keeps what the worker is asked."""


@pytest.fixture
def address(site: Path, serve: Serve) -> str:
    """Return where the site is served."""
    return serve(site)


@pytest.fixture(scope="module")
def typed_into(browser: Browser, site: Path, serve: Serve) -> Iterator[Tab]:
    """Return one window that many queries are typed into."""
    context = browser.new_context(locale="zh-CN", viewport={"width": 1280, "height": 800})
    where = serve(site)
    tab = Tab(context.new_page(), urlsplit(where).netloc)
    tab.watch()
    tab.page.goto(where + TASK, wait_until="load")
    yield tab
    context.close()


def _box(page: Page) -> Locator:
    return page.locator(f"{BOX} input")


def _links(page: Page, root: str = BOX) -> list[str]:
    """Return the addresses of the results that are shown, in order."""
    return [str(link.get_attribute("href")) for link in page.locator(f"{root} .ps-hit").all()]


def _said(page: Page, root: str = BOX) -> str:
    return page.locator(f"{root} [data-search-said]").text_content() or ""


def _settle(page: Page, root: str = BOX) -> None:
    """Wait for the whole answer to all that stands in the box, not to the letters typed before a machine paused."""
    page.wait_for_function(ANSWERED, arg=root)


def _type(page: Page, query: str) -> None:
    """Type into the box in the header as a reader does, and wait for what comes of it."""
    if not _box(page).evaluate("input => input === document.activeElement"):
        page.keyboard.press("/")
    page.keyboard.press("Control+a")
    page.keyboard.press("Backspace")
    page.keyboard.type(query, delay=15)
    _settle(page)


def _items(link: str) -> set[str]:
    """Return what the lists of queries call the record that a link leads to."""
    path = urlsplit(link).path
    if unit := re.search(r"/units/([^/]+)/$", path):
        return {f"unit/{UNITS[unit[1]]}"}
    if numbered := re.search(r"/(task|sector|safeguard)s/(\d+)/$", path):
        return {f"{numbered[1]}/{numbered[2]}"}
    return {"targets"} if path.endswith("/targets/") else set()


@pytest.mark.parametrize("query", EVERYDAY, ids=lambda query: query["q"].encode("unicode_escape").decode())
def test_everyday_queries(typed_into: Tab, query: dict[str, Any]) -> None:
    """What is typed into the box shows an expected item among the first three links; negatives say so and suggest."""
    page = typed_into.page
    _type(page, query["q"])
    shown = _links(page)
    if query["expect"]:
        assert any(_items(link) & set(query["expect"]) for link in shown[:3]), shown[:3]
        assert page.locator(f"{BOX} mark").count() > 0
    else:
        assert shown == []
        assert f"没有“{query['q']}”" in _said(page)
        assert page.locator(f"{BOX} [data-try]").count() > 0
    assert typed_into.faults == []


def test_a_suggestion_is_searched(open_tab: OpenTab, address: str) -> None:
    """What is offered instead of a word that stands nowhere is found when chosen, and the box keeps the focus."""
    page = open_tab(address).page
    _type(page, "高铁")
    page.locator("[data-try]").first.click()
    page.locator(f"{BOX} .ps-hit").first.wait_for()
    assert _box(page).input_value() == "地铁"
    assert _box(page).evaluate("input => input === document.activeElement")


def test_nothing_is_fetched_before_one_searches(open_tab: OpenTab, address: str) -> None:
    """A page fetches nothing of the search but its box; Material's worker and index are never asked for, ours is."""
    page = open_tab("about:blank").page
    asked: list[str] = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    page.goto(address + TASK, wait_until="networkidle")
    assert "/assets/site.js" in asked
    assert [path for path in asked if "/assets/search/" in path] == []
    with page.expect_worker() as started:
        page.keyboard.press("/")
    assert started.value.url.endswith("/assets/search/worker.js")
    _type(page, "税务")
    assert not [path for path in asked if "search_index" in path or "/workers/search" in path or "lunr" in path]
    assert len(page.workers) == 1
    assert {"/assets/search/index/site.js", "/assets/search/engine.js"} <= set(asked)


def test_materials_search_is_not_built(site: Path) -> None:
    """No page names Material's search index or lets its scripts find a search box: it can't come back unseen."""
    assert not (site / "search" / "search_index.json").exists()
    for page in site.rglob("*.html"):
        source = page.read_text("utf-8")
        assert 'data-md-component="search' not in source, page
        assert "search_index" not in source, page


def test_an_input_method_searches_when_it_is_done(open_tab: OpenTab, address: str) -> None:
    """Half-typed pinyin is not searched; a candidate that is chosen with the mouse or by touch, without a key, is."""
    page = open_tab(address).page
    page.evaluate(ASKED)
    page.keyboard.press("/")
    before = _said(page)
    keyboard = page.context.new_cdp_session(page)
    for typed in ("s", "shui", "shui'wu"):
        keyboard.send(
            "Input.imeSetComposition", {"text": typed, "selectionStart": len(typed), "selectionEnd": len(typed)}
        )
        assert _said(page) == before
    _box(page).evaluate(
        "input => input.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', keyCode: 229, bubbles: true}))"
    )
    keyboard.send("Input.insertText", {"text": "税务"})
    page.locator(f"{BOX} .ps-hit").first.wait_for()
    assert _box(page).input_value() == "税务"
    assert page.evaluate("asked") == ["税务"]
    assert _items(_links(page)[0]) == {"unit/区税务局"}
    assert urlsplit(page.url).path == "/"


def _with_clock(open_tab: OpenTab, address: str) -> Page:
    """Open a page whose timers can be halted: the box waits for moments, and however slow the machine, none passes."""
    # From a picture: no timer has begun by the true clock.
    page = open_tab(f"{address}assets/favicon.svg").page
    page.clock.install(time=BEGIN)
    page.goto(address)
    return page


def test_composing_goes_on_after_letters(open_tab: OpenTab, address: str) -> None:
    """Letters typed just before an input method begins are not searched together with half-typed ones."""
    page = _with_clock(open_tab, address)
    page.evaluate(ASKED)
    page.keyboard.press("/")
    keyboard = page.context.new_cdp_session(page)
    page.clock.pause_at(LATER)
    page.keyboard.type("5G")
    keyboard.send("Input.imeSetComposition", {"text": "jizh", "selectionStart": 4, "selectionEnd": 4})
    page.clock.run_for(300)
    assert page.evaluate("asked") == []
    page.clock.resume()
    keyboard.send("Input.insertText", {"text": "基站"})
    page.locator(f"{BOX} .ps-hit").first.wait_for()
    assert page.evaluate("asked") == ["5G基站"]
    assert "task/29" in _items(_links(page)[0])


def test_pasting_searches(open_tab: OpenTab, address: str) -> None:
    """What is pasted from a menu, where no key comes up, is searched with the spaces that came along."""
    page = open_tab(address).page
    page.keyboard.press("/")
    _box(page).evaluate(
        """input => {
          input.value = " 区税务局 ";
          input.dispatchEvent(new InputEvent("input", {inputType: "insertFromPaste", bubbles: true}));
        }"""
    )
    page.locator(f"{BOX} .ps-hit").first.wait_for()
    assert _items(_links(page)[0]) == {"unit/区税务局"}


def _focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.getAttribute('href') || document.activeElement.tagName"))


def test_arrows_and_escape(open_tab: OpenTab, address: str) -> None:
    """/ opens the box, arrows go through its links and back, Escape closes it and gives the focus back."""
    page = open_tab(address + TASK).page
    page.locator(".md-content a").first.focus()
    before = _focused(page)
    page.keyboard.press("/")
    assert page.locator("#__search").is_checked()
    assert _box(page).input_value() == ""
    _type(page, "税务")
    links = _links(page)
    page.keyboard.press("ArrowUp")
    assert _focused(page) == "INPUT"
    for link in links[:2]:
        page.keyboard.press("ArrowDown")
        assert _focused(page) == link
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert _focused(page) == "INPUT"
    page.keyboard.press("Escape")
    assert not page.locator("#__search").is_checked()
    assert _focused(page) == before
    page.keyboard.press("f")
    assert _box(page).input_value() == "税务"
    assert _links(page) == links


def test_enter_goes_to_the_first_result(open_tab: OpenTab, address: str) -> None:
    """Enter goes to the first result of what stands in the box, also if it is pressed before that is there."""
    page = open_tab(address).page
    page.keyboard.press("/")
    page.keyboard.type("区税务局")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/units/tax/"))
    _type(page, "水务局")
    page.keyboard.type("区水务局")
    page.keyboard.press("Control+a")
    page.keyboard.type("区财政局")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/units/finance/"))
    _type(page, "高铁")
    page.keyboard.press("Enter")
    page.evaluate("new Promise((resolve) => setTimeout(resolve, 200))")
    assert urlsplit(page.url).path == "/units/finance/"


def test_tab_goes_through_the_results_and_out(open_tab: OpenTab, address: str) -> None:
    """Tab goes from the box to the results in order; past the last link the box closes; closed, it takes no focus."""
    page = open_tab(address + TASK).page
    _type(page, "税务")
    links = _links(page)
    seen = []
    for _ in range(len(links) + 1):
        page.keyboard.press("Tab")
        seen.append(_focused(page))
    assert seen[: len(links)] == links
    assert "search/" in seen[-1]
    page.keyboard.press("Tab")
    assert not page.locator("#__search").is_checked()
    assert page.locator(f"{BOX} .ps-hit:visible").count() == 0


def test_a_link_with_a_query_opens_the_box(open_tab: OpenTab, address: str) -> None:
    """?q= opens the box with its results on whatever page."""
    page = open_tab(f"{address}{TASK}?q=%E5%A5%BD%E5%B7%AE%E8%AF%84").page
    page.locator(f"{BOX} .ps-hit").first.wait_for()
    _settle(page)
    assert page.locator("#__search").is_checked()
    assert any("task/12" in _items(link) for link in _links(page)[:3])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone(open_tab: OpenTab, address: str, scheme: str) -> None:
    """At 390 pixels the box covers the screen, nothing is cut off, and what is to be touched is large enough."""
    page = open_tab(address + TASK, viewport=PHONE, color_scheme=scheme, has_touch=True).page
    page.locator("label.md-header__button[for=__search]").tap()
    page.keyboard.type("税务", delay=15)
    page.locator(f"{BOX} .ps-hit").first.wait_for()
    _settle(page)
    page.wait_for_function("document.documentElement.scrollWidth <= innerWidth")
    for link in page.locator(f"{BOX} :is(.ps-hit, .ps-hits__all a)").all():
        place = link.bounding_box()
        assert place is not None
        assert place["x"] >= 0
        assert place["x"] + place["width"] <= PHONE["width"]
        assert place["height"] >= 24
    page.locator(f"{BOX} .ps-hit").first.tap()
    page.wait_for_url(re.compile("/units/tax/"))


@pytest.mark.parametrize("where", ["", TASK, "search/"])
def test_below_a_path(open_tab: OpenTab, subpath_site: Path, serve: Serve, where: str) -> None:
    """Below a path the box finds its parts and leads to pages below that path."""
    address = serve(subpath_site, "/repo/")
    tab = open_tab(address + where)
    _type(tab.page, "税务")
    assert urlsplit(_links(tab.page)[0]).path == "/repo/units/tax/"
    assert tab.faults == []


@pytest.mark.parametrize("prefix", ["/", "/repo/"])
def test_on_the_page_for_what_is_missing(
    open_tab: OpenTab, site: Path, subpath_site: Path, serve: Serve, prefix: str
) -> None:
    """The 404 page, however deep the address that is missing, searches and leads to pages that are there."""
    address = serve(site if prefix == "/" else subpath_site, prefix)
    tab = open_tab(f"{address}no/such/page/")
    _type(tab.page, "税务")
    tab.page.keyboard.press("Enter")
    tab.page.wait_for_url(re.compile(f"{prefix}units/tax/"))
    # Where the build was not told its address, the browser asks for the assets before the page has found its site,
    # and the page asks each folder above it for the style sheet: nothing below the site itself may be missing.
    asked = re.compile(r"^404: http://[^/]+/no/(such/page/assets/.*|(such/)?assets/site\.css)$")
    assert [fault for fault in tab.faults if not asked.match(fault)] == []


def test_from_a_disk(browser: Browser, site: Path) -> None:
    """Opened from a disk, where no worker may start, the box and the page search, and results lead to files."""
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.goto((site / TASK / "index.html").as_uri())
    _type(page, "一网通办")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"index\.html\?h="))
    assert page.locator("h1").count() == 1
    assert page.locator(".md-content mark").count() > 0
    page.goto((site / "search" / "index.html").as_uri() + "?q=swj&kind=unit")
    page.locator("[data-search-page] .ps-hit").first.wait_for()
    page.locator("[data-search-page] input").fill("区税务局")
    page.locator("[data-search-page] .ps-hit", has_text="区税务局").wait_for()
    assert "kind=unit" in page.url
    assert faults == []
    context.close()


def test_a_result_leads_to_its_sentence_and_marks_it(open_tab: OpenTab, address: str) -> None:
    """A result leads to the sentence that holds the words, and there they are marked, and nothing else is."""
    tab = open_tab(address)
    page = tab.page
    _type(page, "鲜活农产品")
    page.locator(f"{BOX} .ps-hit[href*='/tasks/35/']").first.click()
    page.wait_for_url(re.compile(r"/tasks/35/.*#s\d+$"))
    page.locator(".md-content mark").first.wait_for()
    sentence = page.locator(f"[id='{urlsplit(page.url).fragment}']")
    assert set(sentence.locator("mark").all_text_contents()) == {"鲜活农产品"}
    assert sentence.evaluate("element => element.matches(':target')")
    assert sentence.evaluate(
        "element => { const {top} = element.getBoundingClientRect(); return top >= 0 && top < innerHeight; }"
    )
    assert set(page.locator(".md-content mark").all_text_contents()) == {"鲜活农产品"}
    assert tab.faults == []


def test_a_mark_may_go_across_a_link(open_tab: OpenTab, address: str) -> None:
    """Words that are partly a link are marked as a whole; the text stays what it was."""
    page = open_tab(f"{address}{PLAN}text/").page
    unmarked = page.locator(".md-content").text_content()
    words = "责任单位:区委组织部、区纪委"
    page.goto(f"{address}{PLAN}text/?h={words}")
    page.locator(".md-content mark").first.wait_for()
    assert "".join(page.locator(".md-content mark").all_text_contents()).startswith(words)
    assert page.locator(".md-content").text_content() == unmarked


@pytest.mark.parametrize("word", ["<img src=x onerror=alert(1)>", "(((", "[", "*", "\\", "$&"])
def test_hostile_words_in_an_address(open_tab: OpenTab, address: str, word: str) -> None:
    """An address with markup or signs for a pattern marks nothing and breaks nothing."""
    tab = open_tab(address)
    tab.page.evaluate("word => { location.href = `?h=${encodeURIComponent(word)}`; }", word)
    tab.page.wait_for_url(re.compile(r"\?h="))
    tab.page.wait_for_load_state()
    assert tab.page.locator(".md-content img[src=x]").count() == 0
    assert tab.faults == []


def _facets(page: Page) -> dict[str, str]:
    return {
        str(field.get_attribute("name")): field.input_value()
        for field in page.locator("[data-search-page] select").all()
    }


def test_facets_narrow_and_stay_in_the_address(open_tab: OpenTab, address: str) -> None:
    """On the search page each choice narrows the results; the address keeps all, also over reload and back."""
    tab = open_tab(f"{address}search/")
    page, root = tab.page, "[data-search-page]"
    page.locator(f"{root} input").fill("政务服务")
    page.locator(f"{root} .ps-hit").first.wait_for()
    _settle(page, root)
    everything = len(_links(page, root))
    counts = [everything]
    choices = {"kind": "target", "year": "2022", "sector": "xishan-2022-2024 2"}
    for name, value in list(choices.items())[:2]:
        page.locator(f"{root} select[name={name}]").select_option(value)
        _settle(page, root)
        counts.append(len(_links(page, root)))
    assert counts == sorted(counts, reverse=True)
    assert 0 < counts[-1] < everything
    assert all("/targets/" in link for link in _links(page, root))
    query = parse_qs(urlsplit(page.url).query)
    assert query == {"q": ["政务服务"], "kind": ["target"], "year": ["2022"]}
    shown = _links(page, root)
    page.reload()
    page.locator(f"{root} .ps-hit").first.wait_for()
    _settle(page, root)
    assert _links(page, root) == shown
    page.locator(f"{root} .ps-hit").first.click()
    page.wait_for_url(re.compile("/targets/"))
    page.go_back()
    page.locator(f"{root} .ps-hit").first.wait_for()
    _settle(page, root)
    assert _links(page, root) == shown
    assert _facets(page) == {"kind": "target", "sector": "", "unit": "", "year": "2022"}
    page.locator(f"{root} select[name=sector]").select_option(choices["sector"])
    assert _links(page, root) == []
    assert "不加条件有" in _said(page, root)
    assert tab.faults == []


def test_units_narrow_too(open_tab: OpenTab, address: str) -> None:
    """A unit that is chosen leaves the records that it takes part in."""
    page = open_tab(f"{address}search/?q=税&unit=tax").page
    page.locator("[data-search-page] .ps-hit").first.wait_for()
    _settle(page, "[data-search-page]")
    found = {name for link in _links(page, "[data-search-page]") for name in _items(link)}
    assert {"unit/区税务局", "task/17"} <= found


def test_what_the_box_cuts_short_the_page_shows(open_tab: OpenTab, address: str) -> None:
    """The box shows a few of each kind with their number, and leads to the page that shows all of the kind."""
    page = open_tab(address).page
    _type(page, "营商环境")
    heading = page.locator(f"{BOX} .ps-hits__kind").first
    assert re.fullmatch(r"\D+ \d+", heading.text_content() or "")
    link = page.locator(f"{BOX} .ps-hits__all a").first
    count = int(re.sub(r"\D", "", link.text_content() or ""))
    link.click()
    page.locator("[data-search-page] .ps-hit").first.wait_for()
    _settle(page, "[data-search-page]")
    assert len(_links(page, "[data-search-page]")) == count


def test_what_a_screen_reader_hears(open_tab: OpenTab, address: str) -> None:
    """One search landmark; the number of results is told once the reader has stopped typing, not at each key."""
    page = _with_clock(open_tab, address)
    assert page.get_by_role("search").count() == 1
    assert page.get_by_role("search").get_attribute("aria-label")
    page.evaluate(
        """() => {
          globalThis.heard = [];
          const status = document.querySelector("[data-search-box] [role=status]");
          new MutationObserver(() => heard.push(status.textContent)).observe(status, {childList: true});
        }"""
    )
    page.keyboard.press("/")
    page.clock.pause_at(LATER)
    for letter in "好差评系统":
        page.keyboard.type(letter)
        page.clock.run_for(100)
        _settle(page)
    assert page.evaluate("heard") == []
    page.clock.run_for(5000)
    heard = page.evaluate("heard")
    assert len(heard) == 1
    assert re.match(r"找到 \d+ 条：", heard[0])
    assert page.locator(f"{BOX} :is(h1, h2, h3, h4)").count() == 0
    for results in page.locator(f"{BOX} ol").all():
        assert results.get_attribute("aria-label")


def test_landmarks_of_the_search_page(open_tab: OpenTab, address: str) -> None:
    """The search page has two search landmarks with names of their own, and headings below its title."""
    page = open_tab(f"{address}search/?q=营商环境").page
    page.locator("[data-search-page] .ps-hit").first.wait_for()
    names = [landmark.get_attribute("aria-label") for landmark in page.get_by_role("search").all()]
    assert len(names) == len(set(names)) == 2
    assert None not in names
    assert page.locator("h1").count() == 1
    assert page.locator("[data-search-page] h2").count() > 0


def test_no_zero_width_spaces(open_tab: OpenTab, address: str) -> None:
    """Nothing that could be copied from the results holds a zero-width space."""
    page = open_tab(address).page
    for query in ("营商环境", "李敏", "好差评"):
        _type(page, query)
        assert not re.search("[\u200b\ufeff]|%E2%80%8B|%EF%BB%BF", page.locator(BOX).inner_html())


@pytest.mark.parametrize("typed", ["<b>x</b>", "((([[", "🏠", "，。", "zhang" * 200, "\\"])
def test_hostile_queries(open_tab: OpenTab, address: str, typed: str) -> None:
    """Whatever is pasted is answered as text, without a fault."""
    tab = open_tab(address)
    tab.page.keyboard.press("/")
    _box(tab.page).fill(typed)
    tab.page.locator(f"{BOX} [data-search-said]", has_text=re.compile("找到|没有")).wait_for()
    _settle(tab.page)
    assert tab.page.locator(f"{BOX} b").count() == 0
    assert not tab.page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert tab.faults == []


def test_an_emptied_box_is_as_before(open_tab: OpenTab, address: str) -> None:
    """The button that empties the box takes the results away and leaves the focus in the box."""
    page = open_tab(address).page
    page.keyboard.press("/")
    before = _said(page)
    _type(page, "税务")
    page.locator(f"{BOX} button[type=reset]").click()
    page.wait_for_function("selector => !document.querySelector(selector)", arg=f"{BOX} .ps-hit")
    assert _said(page) == before
    assert _box(page).evaluate("input => input === document.activeElement")


def test_a_failure_is_said_and_passes(open_tab: OpenTab, address: str) -> None:
    """Where the parts of the index can't be fetched the box says so, and finds when asked again after that."""
    page = open_tab(address).page
    page.context.set_offline(True)
    page.route("**/index/**", lambda route: route.abort())
    page.context.set_offline(False)
    page.keyboard.press("/")
    page.keyboard.type("税务")
    page.locator(f"{BOX} [data-search-said]", has_text="请检查网络").wait_for()
    page.unroute_all()
    page.keyboard.type("局")
    page.locator(f"{BOX} .ps-hit").first.wait_for()


def test_with_instant_navigation(
    open_tab: OpenTab, project: Path, mkdocs: MkDocs, serve: Serve, tmp_path: Path
) -> None:
    """Where Material loads pages in place, the box, the search page and the marks go on working."""
    address = serve(tmp_path / "site", "/repo/")
    config = project / "mkdocs.yml"
    features = "  features: [navigation.instant, navigation.tabs, navigation.top, toc.follow]\n"
    config.write_text(config.read_text("utf-8").replace("  name: plansite\n", f"  name: plansite\n{features}"), "utf-8")
    built = mkdocs(project, "build", "--site-dir", str(tmp_path / "site"), SITE_URL=address)
    assert built.returncode == 0, built.stdout
    page = open_tab(f"{address}{TASK}").page
    page.wait_for_load_state("networkidle")
    page.evaluate("globalThis.stays = true")
    _type(page, "地铁")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/safeguards/7/"))
    page.locator(".md-content mark", has_text="地铁").first.wait_for()
    assert not page.locator("#__search").is_checked()
    # An eighth of a second after a page has come Material closes the box once more; nobody types as soon as that.
    page.evaluate("new Promise((resolve) => setTimeout(resolve, 250))")
    _type(page, "营商环境")
    page.locator(f"{BOX} .ps-hits__all a").last.click()
    page.locator("[data-search-page] .ps-hit").first.wait_for()
    assert page.locator("[data-search-page] input").input_value() == "营商环境"
    assert page.evaluate("globalThis.stays")
