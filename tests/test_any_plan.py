"""Pages of plans of other shapes: nothing is said of what a plan lacks, and nothing leads to it."""

from __future__ import annotations

import re
from functools import cache
from posixpath import normpath
from typing import TYPE_CHECKING

import pytest

from generator.export.sheets import sheet_files
from generator.index.build import read_index
from generator.pages import navigation, site_map
from generator.problems import Location
from generator.publish.render import render_document, render_pages
from generator.views.documents import site_facts, ways_back
from tests.conftest import BASE, ROOT, SEED

if TYPE_CHECKING:
    from generator.index.records import SiteIndex
    from generator.publish.render import Page

ROOTS = {
    "base": BASE,
    "plan": SEED,
    "rooms": ROOT / "tests" / "plans" / "reading-rooms",
    "three": ROOT / "tests" / "plans" / "plan_data",
}
_NEITHER = ("制度保障", "督办", "总牵头", "名词", "引用文件", "印刷疑误", "指导思想")
ABSENT = {"rooms": (*_NEITHER, "板块", "领导", "分工矩阵", "期限"), "three": _NEITHER}
"""Site → words for what none of its plans has."""
WRITTEN = {"reading/", "data/", "about/"}
_HREF = re.compile(r'href="([^"]+)"')
_TAG = re.compile("<[^>]+>")


@cache
def _index(name: str) -> SiteIndex:
    return read_index(ROOTS[name])


@cache
def _pages(name: str) -> dict[str, Page]:
    return {page.address: page for page in render_pages(site_map(_index(name)))}


def _text(name: str, address: str) -> str:
    return _TAG.sub("", _pages(name)[address].html)


def _target(page: Page, href: str) -> str:
    address = normpath(f"/{page.address}{href.partition('?')[0]}").lstrip("/")
    return f"{address}/" if address and "." not in address.rpartition("/")[2] else address


@pytest.mark.parametrize("name", ROOTS)
def test_every_link_leads_somewhere(name: str) -> None:
    """Each link of each page leads to a page of the site, a written one or a sheet, and to a place that is there."""
    pages, sheets = _pages(name), {address for address, _ in sheet_files(_index(name))}
    lost = set()
    for page in pages.values():
        for href in _HREF.findall(page.html):
            path, _, anchor = href.partition("#")
            if path.startswith("http") or _target(page, path) in {*WRITTEN, *sheets}:
                continue
            found = pages.get(_target(page, path)) if path else page
            if found is None or (anchor and anchor not in found.anchors):
                lost.add((page.address, href))
    assert lost == set()


@pytest.mark.parametrize("name", ROOTS)
def test_an_anchor_stands_once(name: str) -> None:
    """No page has two places of one name, whatever roles a unit has in one sector."""
    for page in _pages(name).values():
        found = re.findall(r' id="([^"]+)"', page.html)
        assert len(found) == len(set(found)), page.address


@pytest.mark.parametrize("name", ROOTS)
def test_nothing_is_empty(name: str) -> None:
    """No heading stands over nothing, no list or table is without rows, no number is told that is not there."""
    for page in _pages(name).values():
        assert not re.search(r"<(ul|ol|dl|tbody|nav)[^>]*>\s*</\1>", page.html), page.address
        assert not re.search(r"</h([23])>\s*(<h\1|</section>|$)", page.html), page.address
        assert ">None<" not in page.html
        assert 'value="None"' not in page.html
        assert not re.search("None|任务 　|印发，?$|（）|“”|《》", _text(name, page.address)), page.address


@pytest.mark.parametrize("name", ABSENT)
def test_what_plans_lack_is_not_spoken_of(name: str) -> None:
    """Words for what no plan of a site has stand on none of its pages, nor in what leads to them."""
    absent = ABSENT[name]
    for page in _pages(name).values():
        said = f"{page.title}{page.description}{_text(name, page.address)}"
        assert [word for word in absent if word in said] == [], page.address
    ways = "".join(f"{way.text}{way.hint}" for way in ways_back(_index(name)))
    tabs = "".join(title for tab in navigation(_index(name), ["data.md"]) for title in tab)
    assert [word for word in absent if word in ways + tabs] == []


def test_pages_that_would_be_empty_are_not_made() -> None:
    """A plan without sectors, safeguards, leaders, citations, oddities and terms has no pages of them."""
    made = {address for address in _pages("rooms") if not address.startswith(("units/", "plans/qingshi-reading/tasks"))}
    plan = "plans/qingshi-reading"
    parts = {f"{plan}/{part}" for part in ("", "targets/", "calendar/", "text/", "coverage/")}
    assert made == {"", "plans/", "search/", *parts}


def test_labels_are_those_that_are_printed() -> None:
    """Who answers for a task stands with the printed label, the line, and for what it holds."""
    said = _text("rooms", "plans/qingshi-reading/tasks/hours/")
    assert "主办单位县文旅局 原文第14行" in said
    assert "落实单位各乡镇 原文第15行" in said
    assert "责任单位县图书馆：(1)城区书房每日开放到晚9时。(责任单位:县图书馆) 原文第11行" in said
    assert "完成时限2026年6月底前 原文第13行" in said
    whole = _text("three", "plans/qinglan-trade/tasks/1/")
    assert "落实（全文）各县(市、区)政府 原文第13行" in whole
    assert "责任单位（本板块）卫生局" in _text("three", "plans/shiqiao-care/tasks/2-1/")


def test_roles_are_not_all_called_responsible() -> None:
    """A unit that cooperates or carries out is called so, in its tags, figures and headings."""
    said = _text("rooms", "units/qs-finance/")
    assert "配合的任务（1）" in said
    assert "责任" not in said.replace("责任单位:", "")
    assert "没有逐项任务分工" not in said
    assert "配合 1" in _text("rooms", "units/")


def test_a_title_of_ours_is_called_so() -> None:
    """Wherever a task is named by a title that the site gave it, that is said; it is never quoted."""
    pages = _pages("rooms").values()
    naming = [page for page in pages if ">开展阅读推广<" in page.html or "开展阅读推广（" in page.html]
    assert len(naming) > 4
    for page in naming:
        assert "本站拟题" in page.html, page.address
        assert "“开展阅读推广”" not in f"{page.html}{page.description}"


def test_values_of_no_year_are_not_put_under_one() -> None:
    """Where a plan has one year or none, a value that is of no year says so in its cell."""
    said = _pages("rooms")["plans/qingshi-reading/targets/"].html
    cells = re.findall(r'<td[^>]*data-label="每年">.*?</td>', said, re.DOTALL)
    assert len(cells) == 1
    assert '<span class="ps-scope ps-when">每年</span>' in cells[0]


@pytest.mark.parametrize("name", ROOTS)
@pytest.mark.parametrize("file", ["about.md", "reading.md", "data.md"])
def test_written_pages_lead_to_what_is_there(name: str, file: str) -> None:
    """The pages in docs/ link to no page that a site lacks."""
    text = (ROOT / "docs" / file).read_text("utf-8")
    said = render_document(text, site_facts(_index(name)), Location(file))
    links = {link.removesuffix("index.md") for link in re.findall(r"\]\(([\w/.-]+index\.md)", said)}
    assert links - set(_pages(name)) == set()
