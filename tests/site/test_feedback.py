"""Ways back to the data: each page links its lines and a form filled in; without a repository, nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
import yaml

from generator.problems import Location
from generator.publish.frame import FORM, Document, Repository, frame
from tests.conftest import ROOT, SEED
from tests.site.conftest import parse, text_of

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import MkDocs, OpenTab, Serve
    from tests.site.conftest import Pages, ParsedPage

PLAN = "xishan-2022-2024"
REPOSITORY = "https://github.com/someone/some-plan"
LINE = Location("plan_data/p/sectors/4.yaml", 12)
WITHOUT = {"404.html", "search/index.html"}
"""Pages that show nothing of the data."""


@pytest.fixture(scope="module")
def linked(mkdocs: MkDocs, seed_project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the site built with the address of a repository."""
    folder = tmp_path_factory.mktemp("linked") / "site"
    built = mkdocs(seed_project, "build", "--strict", "--site-dir", str(folder), REPO_URL=REPOSITORY)
    assert built.returncode == 0, built.stdout
    return folder


@pytest.fixture(scope="module")
def linked_pages(linked: Path) -> Pages:
    """Return its pages, parsed."""
    files = {file.relative_to(linked).as_posix(): file for file in linked.rglob("*.html")}
    return {name: parse(name, file.read_text("utf-8")) for name, file in sorted(files.items())}


def _ways(page: ParsedPage) -> list[str]:
    """Return every link into the repository."""
    return [link for tag, link in page.links if tag == "a" and link.startswith(f"{REPOSITORY}/")]


def _form(page: ParsedPage) -> dict[str, str]:
    """Return what the form is filled in with."""
    (link,) = (link for link in _ways(page) if "/issues/new" in link)
    return {name: value for name, (value,) in parse_qs(urlsplit(link).query).items()}


def test_without_a_repository_there_is_no_trace(pages: Pages) -> None:
    """A site that knows no repository links none, and shows no empty frame for it."""
    assert [page.file for page in pages.values() if "ps-origin" in page.source or "correction" in page.source] == []


def test_every_page_links_its_lines(linked_pages: Pages, seed_project: Path) -> None:
    """Each page links places of files that are there, to look at and to edit."""
    for page in linked_pages.values():
        looked = [link for link in _ways(page) if "/blob/main/" in link]
        assert bool(looked) == (page.file not in WITHOUT), page.file
        for link in looked:
            path, line = re.fullmatch(rf"{REPOSITORY}/blob/main/(.+)#L(\d+)", link).groups()  # type: ignore[union-attr]
            assert int(line) <= len((seed_project / unquote(path)).read_text("utf-8").splitlines()), page.file
            assert f"{REPOSITORY}/edit/main/{path}" in _ways(page)


@pytest.mark.parametrize(
    ("file", "path", "holds"),
    [
        (f"plans/{PLAN}/tasks/11/index.html", f"plan_data/{PLAN}/sectors/3.yaml", "11.提升线上线下服务能级。"),
        (f"plans/{PLAN}/safeguards/2/index.html", f"plan_data/{PLAN}/safeguards.yaml", "(二)出台一套行动计划"),
        ("units/water/index.html", "plan_data/units.yaml", "name: 区水务局"),
        ("leaders/li-min/index.html", "plan_data/leaders.yaml", "name: 李敏"),
        ("about/index.html", "docs/about.md", "---"),
    ],
)
def test_the_line_is_that_of_the_record(
    linked_pages: Pages, seed_project: Path, file: str, path: str, holds: str
) -> None:
    """The line that a page links is the one that names its record."""
    link = next(link for link in _ways(linked_pages[file]) if f"/{path}#L" in link)
    line = int(link.rpartition("#L")[2])
    assert (seed_project / path).read_text("utf-8").splitlines()[line - 1].strip() == holds


def test_the_form_is_filled_in(linked_pages: Pages) -> None:
    """Each page offers the form with its address and what it is about; its fields are those of the form's file."""
    form = yaml.safe_load((ROOT / ".github" / "ISSUE_TEMPLATE" / FORM).read_text("utf-8"))
    fields = {field["id"]: field["attributes"]["label"] for field in form["body"] if "id" in field}
    assert list(fields.values()) == ["页面地址", "原文词句", "哪一项", "应为", "依据"]
    for page in linked_pages.values():
        told = _form(page)
        assert told.pop("template") == FORM
        assert told.keys() == {"page", "item"} <= fields.keys()
        assert told["page"] in {page.address, "首页"}, page.file
        title = text_of(next(page.find("title"))).rpartition(" – ")[0]
        assert told["item"].removeprefix(title)[:1] in {"", "，"}, page.file


def test_no_page_asks_the_repositorys_host(linked: Path, serve: Serve, open_tab: OpenTab) -> None:
    """A link to the repository is only a link: the theme's script does not ask its host for stars."""
    tab = open_tab(serve(linked) + "about/")
    tab.page.wait_for_timeout(300)
    assert tab.page.locator(f"header a[href='{REPOSITORY}']").count() == 1
    assert tab.faults == []


def test_selected_words_are_taken_along(linked: Path, serve: Serve, open_tab: OpenTab) -> None:
    """Words selected on the page go into the form, with the part of the page that holds them; else the page alone."""
    page = open_tab(serve(linked) + f"plans/{PLAN}/text/").page
    link = page.locator("[data-correction]")
    page.evaluate("getSelection().selectAllChildren(document.querySelector('#L33 p'))")
    link.dispatch_event("pointerdown")
    told = parse_qs(urlsplit(link.get_attribute("href") or "").query)
    line = (SEED / PLAN / "source.txt").read_text("utf-8").split("\n")[32]
    assert told["quote"] == [line[:300]]
    assert told["page"] == [f"plans/{PLAN}/text/#L33"]
    page.evaluate("getSelection().removeAllRanges()")
    link.dispatch_event("pointerdown")
    told = parse_qs(urlsplit(link.get_attribute("href") or "").query)
    assert "quote" not in told
    assert told["page"] == [f"plans/{PLAN}/text/"]


@pytest.mark.parametrize(
    ("edit_uri", "view", "edit"),
    [
        ("edit/main/docs/", "blob/main/", "edit/main/"),
        ("edit/master/docs", "blob/master/", "edit/master/"),
        ("blob/trunk/docs/", "blob/trunk/", "blob/trunk/"),
        ("-/edit/main/docs/", "-/blob/main/", "-/edit/main/"),
    ],
)
def test_the_branch_is_that_of_edit_uri(edit_uri: str, view: str, edit: str) -> None:
    """The branch, and the way a service writes it, come from edit_uri."""
    for address in (REPOSITORY, f"{REPOSITORY}/"):
        repository = Repository.of(address, edit_uri, "docs")
        assert repository is not None
        origin = repository.origin(LINE)
        assert origin.text == "sectors/4.yaml 第12行"
        assert origin.view == f"{REPOSITORY}/{view}plan_data/p/sectors/4.yaml#L12"
        assert origin.edit == f"{REPOSITORY}/{edit}plan_data/p/sectors/4.yaml"


@pytest.mark.parametrize("edit_uri", ["", None, "?path=docs/x", "edit/main/other/"])
def test_an_edit_uri_that_says_nothing_of_the_data_links_no_lines(edit_uri: str | None) -> None:
    """Where files are edited cannot be told from such a setting; the form is offered all the same."""
    around = frame(Document("a/", "甲", (LINE,)), "", Repository.of(REPOSITORY, edit_uri, "docs"))
    assert around.origins == ()
    assert parse_qs(urlsplit(around.correction).query)["page"] == ["a/"]


def test_without_an_address_there_is_no_repository() -> None:
    """No address, no links."""
    assert Repository.of("", "edit/main/docs/", "docs") is None
    assert Repository.of(None, None, "docs") is None
    assert frame(Document("a/", "甲", (LINE,)), "https://example.org/", None).correction == ""


def test_the_form_gets_the_full_address_where_it_is_known() -> None:
    """With site_url the form holds an address that a maintainer can open."""
    around = frame(Document("a/", "甲 & 乙", (LINE,)), "https://example.org/x/", Repository.of(REPOSITORY, "", "docs"))
    told = parse_qs(urlsplit(around.correction).query)
    assert told == {"template": [FORM], "page": ["https://example.org/x/a/"], "item": ["甲 & 乙"]}
