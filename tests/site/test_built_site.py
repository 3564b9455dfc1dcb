"""The built site as it lies on disk: addresses, links, HTML, the notice, the official text, the same bytes."""

from __future__ import annotations

import gzip
import json
import re
import shutil
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import yaml

from tests.conftest import PROJECT, ROOT, SEED, copy_project
from tests.site.conftest import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import MkDocs
    from tests.site.conftest import Pages

PLAN = "xishan-2022-2024"
DATA = SEED
PARTS = ("text", "targets", "calendar", "matrix", "citations", "oddities", "coverage")

NOT_OURS: dict[str, str] = {}
"""Parse error that Material's own templates bring → why it does no harm. None at 9.8.1."""

NO_SUCH_ID = {"__toc": "the label over the table of contents; its checkbox is there only for pages in the navigation"}
"""Id that Material's own templates name without giving it → why it does no harm."""

PHRASING_ONLY = {"p", "span", "a", "h1", "h2", "h3", "h4", "b", "strong", "em", "q", "abbr", "time", "label", "button"}
"""Elements that may not hold a block: parsers let it pass, the standard does not."""
BLOCKS = {"div", "p", "ul", "ol", "dl", "table", "section", "article", "nav", "header", "footer", "blockquote", "aside"}
MAY_HOLD_BLOCKS = {"a"}
"""Transparent: it may hold what its parent may hold."""
CHILDREN = {
    "ul": {"li"},
    "ol": {"li"},
    "dl": {"div", "dt", "dd"},
    "table": {"caption", "colgroup", "thead", "tbody", "tfoot"},
    "thead": {"tr"},
    "tbody": {"tr"},
    "tr": {"th", "td"},
}
"""Elements that may hold these alone."""
REFERRING = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "headers", "list")
"""Attributes that name ids of the same page."""

ABSOLUTE = re.compile(r"""^\s*(?:[a-z][a-z0-9+.-]*:|//)""", re.IGNORECASE)
CSS_ADDRESS = re.compile(r"""url\(\s*["']?([^"')]+)|@import\s+["']([^"']+)""")
COUNTED = ("", *"一二三四五六七八九", "十", "十一", "十二")
NAMESPACES = ("http://www.w3.org/",)


def _numbers(pattern: str) -> list[int]:
    """Return the printed numbers in the YAML files of the plan, read without the generator."""
    files = sorted((DATA / PLAN).glob(pattern))
    documents = [yaml.safe_load(file.read_text("utf-8")) for file in files]
    parts = [part for document in documents for part in document["parts"]]
    if pattern.startswith("sectors"):
        return [int(part["text"].partition(".")[0]) for part in parts if part["kind"] == "task"]
    return [COUNTED.index(part["text"][1 : part["text"].index(")")]) for part in parts if part["kind"] == "safeguard"]


def _ids(name: str) -> list[str]:
    """Return the ids in units.yaml or leaders.yaml."""
    return [entry["id"] for entry in yaml.safe_load((DATA / f"{name}.yaml").read_text("utf-8"))[name]]


def _addresses() -> Iterator[str]:
    """Yield every address that the contract promises."""
    yield from ("", "units/", "glossary/", "data/", "about/", f"plans/{PLAN}/")
    yield from (f"plans/{PLAN}/{part}/" for part in PARTS)
    yield from (f"plans/{PLAN}/sectors/{number}/" for number in range(1, 9))
    yield from (f"plans/{PLAN}/tasks/{number}/" for number in _numbers("sectors/*.yaml"))
    yield from (f"plans/{PLAN}/safeguards/{number}/" for number in _numbers("safeguards.yaml"))
    yield from (f"units/{unit}/" for unit in _ids("units"))
    yield from (f"leaders/{leader}/" for leader in _ids("leaders"))


def test_every_promised_address_is_a_page(pages: Pages) -> None:
    """Each address of the contract answers with a page."""
    promised = list(_addresses())
    assert len(promised) > 100
    assert [address for address in promised if f"{address}index.html" not in pages] == []


def test_internal_links_lead_to_files(site: Path, pages: Pages) -> None:
    """Every address that a page names is a file of the site."""
    broken = [
        (page.file, link)
        for page in pages.values()
        for _, link in page.links
        if not ABSOLUTE.match(link) and not (site / page.target(link)[0]).is_file()
    ]
    assert broken == []


def test_anchors_lead_to_ids(pages: Pages) -> None:
    """Every anchor that a page names is an id of the page that it names."""
    broken = []
    for page in pages.values():
        for _, link in page.links:
            file, anchor = page.target(link) if not ABSOLUTE.match(link) else ("", "")
            if anchor and file in pages and anchor not in pages[file].ids:
                broken.append((page.file, link))
    assert broken == []


def test_links_hold_under_any_prefix(pages: Pages) -> None:
    """Links are relative, but for those of the 404 page, which is shown at any depth."""
    rooted = {page.file for page in pages.values() for _, link in page.links if link.startswith("/")}
    assert rooted <= {"404.html"}


def test_every_page_has_a_way_in(pages: Pages) -> None:
    """Links lead from the start page to every other page."""
    reached, waiting = {"index.html"}, ["index.html"]
    while waiting:
        page = pages[waiting.pop()]
        ways = {page.target(link)[0] for tag, link in page.links if tag == "a" and not ABSOLUTE.match(link)}
        new = (ways & pages.keys()) - reached
        reached |= new
        waiting += new
    assert pages.keys() - reached == {"404.html"}


def test_no_address_outside_of_the_site(site: Path, pages: Pages) -> None:
    """No page and no style sheet names a foreign host, but that a reader may follow a link to the official text."""
    official = {
        plan["official_url"] for plan in (json.loads(f.read_bytes()) for f in (site / "api/v1/plans").glob("*.json"))
    }
    foreign = [
        (page.file, link)
        for page in pages.values()
        for tag, link in page.links
        if ABSOLUTE.match(link) and not (tag == "a" and link in official)
    ]
    for page in pages.values():
        foreign += [(page.file, e.get("srcset")) for e in page.tree.iter() if "//" in (e.get("srcset") or "")]
        foreign += [(page.file, found) for found in _css_addresses(page.source) if ABSOLUTE.match(found)]
        foreign += [(page.file, e.get("content")) for e in page.find("meta") if ABSOLUTE.match(e.get("content") or "")]
    for file in site.rglob("*.css"):
        found = _css_addresses(file.read_text("utf-8"))
        foreign += [(file.name, address) for address in found if ABSOLUTE.match(address)]
    assert [(file, address) for file, address in foreign if not (address or "").startswith("data:")] == []


def _css_addresses(text: str) -> list[str]:
    return [first or second for first, second in CSS_ADDRESS.findall(text)]


def test_our_own_assets_name_no_foreign_host() -> None:
    """Our scripts, styles and pictures hold no web address but the names of XML namespaces."""
    found = [
        (file.name, address)
        for file in sorted((ROOT / "overrides" / "assets").rglob("*"))
        if file.suffix in {".js", ".css", ".svg"}
        for address in re.findall(r"https?://[^\s\"'<>)]+", file.read_text("utf-8"))
        if not address.startswith(NAMESPACES)
    ]
    assert found == []


def test_html_has_no_parse_errors(pages: Pages) -> None:
    """A parser that follows the HTML standard finds nothing to mend."""
    errors = [(page.file, *error) for page in pages.values() for error in page.errors if error[1] not in NOT_OURS]
    assert errors == []


def test_elements_hold_what_they_may(pages: Pages) -> None:
    """Lists hold items, tables rows, and no text element holds a block."""
    wrong = []
    for page in pages.values():
        for element in page.tree.iter():
            tag = str(element.tag)
            inside = {str(child.tag) for child in element if isinstance(child.tag, str)} - {"script", "template"}
            if not inside <= CHILDREN.get(tag, inside):
                wrong.append((page.file, tag, inside - CHILDREN[tag]))
            if tag in PHRASING_ONLY - MAY_HOLD_BLOCKS and inside & BLOCKS:
                wrong.append((page.file, tag, inside & BLOCKS))
    assert wrong == []


def test_ids_are_unique_and_references_hold(pages: Pages) -> None:
    """No id stands twice on a page, and what refers to an id finds it."""
    twice = [(page.file, i) for page in pages.values() for i, count in Counter(page.ids).items() if count > 1]
    assert twice == []
    lost = [
        (page.file, name, reference)
        for page in pages.values()
        for element in page.tree.iter()
        for name in REFERRING
        for reference in (element.get(name) or "").split()
        if reference not in page.ids and reference not in NO_SUCH_ID
    ]
    assert lost == []


def test_language_heading_and_description(pages: Pages) -> None:
    """Every page is in Chinese as written on the mainland, with one heading of the first level and a description."""
    for page in pages.values():
        assert next(page.find("html")).get("lang") == "zh-CN", page.file
        (heading,) = page.find("h1")
        assert text_of(heading).strip(), page.file
        (description,) = (meta.get("content") for meta in page.find("meta") if meta.get("name") == "description")
        assert description, page.file


def test_titles_tell_pages_apart(pages: Pages) -> None:
    """No two pages share what the browser's tab, a bookmark and a search engine show."""
    titles = Counter(text_of(next(page.find("title"))).strip() for page in pages.values())
    assert [title for title, count in titles.items() if count > 1 or not title] == []


def test_unofficial_notice_and_way_to_the_official_text(pages: Pages) -> None:
    """Every page says that it is unofficial and that the printed document prevails, and links the official text."""
    for page in pages.values():
        notices = [element for element in page.tree.iter() if "ps-notice" in (element.get("class") or "").split()]
        assert len(notices) == 1, page.file
        assert "非官方" in text_of(notices[0]), page.file
        assert "以印发的文件为准" in text_of(notices[0]), page.file
        ways = [page.target(link.get("href", ""))[0] for link in notices[0].iter("a")]
        assert f"plans/{PLAN}/text/index.html" in ways, page.file


def test_official_text_stands_line_by_line(pages: Pages) -> None:
    """Each line of the official text stands once, unchanged, at its own anchor."""
    lines = (DATA / PLAN / "source.txt").read_text("utf-8").split("\n")
    assert len(lines) == 123
    page = pages[f"plans/{PLAN}/text/index.html"]
    shown = {
        element.get("id"): [text_of(child) for child in element if child.tag in {"p", "h2", "h3"}]
        for element in page.tree.iter()
        if re.fullmatch(r"L\d+", element.get("id") or "")
    }
    assert list(shown) == [f"L{number}" for number in range(1, 124)]
    assert [text for (text,) in shown.values()] == lines


def test_published_addresses_lead_somewhere(site: Path, pages: Pages) -> None:
    """Each address that the published data gives is a page, an anchor on it, or a file."""
    files = sorted((site / "api" / "v1").rglob("*.json"))
    addresses = {
        address
        for file in files
        if "schema" not in file.relative_to(site).parts
        for address in _published(json.loads(file.read_text("utf-8")))
    }
    assert len(addresses) > 300
    start = pages["index.html"]
    broken = []
    for address in sorted(addresses):
        file, anchor = start.target(address or "./")
        if not (site / file).is_file() or (anchor and anchor not in pages[file].ids):
            broken.append(address)
    assert broken == []


def _published(value: Any) -> Iterator[str]:  # noqa: ANN401
    """Yield every `url` and `api` in a JSON document."""
    if isinstance(value, dict):
        yield from (value[name] for name in ("url", "api") if isinstance(value.get(name), str))
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _published(inner)


def test_same_data_same_bytes(site: Path, mkdocs: MkDocs, tmp_path: Path) -> None:
    """A second build gives the same bytes, whatever the folder, the hash seed, the time zone and the language."""
    copy = copy_project(tmp_path)
    built = mkdocs(
        copy, "build", "--strict", "--site-dir", str(copy / "out"), PYTHONHASHSEED="4711", TZ="Pacific/Apia", LC_ALL="C"
    )
    assert built.returncode == 0, built.stdout
    first, second = _tree(site), _tree(copy / "out")
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []


def _tree(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder by its name."""
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_no_path_of_the_build_machine(site: Path) -> None:
    """No file tells where it was built."""
    private = {str(path).encode() for path in (ROOT, site, Path.home(), Path(sys.prefix)) if len(path.parts) > 1}
    told = []
    for name, content in _tree(site).items():
        plain = gzip.decompress(content) if name.endswith(".gz") else content
        # As a folder, so that a home of /root does not find `/root` in a longer word.
        told += [(name, path) for path in private if re.search(re.escape(path) + rb"(?![\w-])", plain)]
    assert told == []


def test_sitemap_lists_every_page_and_no_date(subpath_site: Path) -> None:
    """The sitemap names each page once by its full address, and no clock."""
    content = (subpath_site / "sitemap.xml").read_bytes()
    assert gzip.decompress((subpath_site / "sitemap.xml.gz").read_bytes()) == content
    root = ElementTree.fromstring(content)  # noqa: S314 - our own file
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    assert {element.tag for element in root.iter()} == {f"{space}urlset", f"{space}url", f"{space}loc"}
    listed = sorted(str(place.text) for place in root.iter(f"{space}loc"))
    folders = (file.parent.relative_to(subpath_site).as_posix() for file in subpath_site.rglob("index.html"))
    expected = sorted("http://127.0.0.1/repo/" + ("" if folder == "." else f"{folder}/") for folder in folders)
    assert listed == expected


def test_canonical_addresses_below_a_path(subpath_site: Path, pages: Pages) -> None:
    """Told its address, the site names it on each page and changes nothing else that links lead to."""
    for name in ("index.html", f"plans/{PLAN}/tasks/1/index.html"):
        source = (subpath_site / name).read_text("utf-8")
        (canonical,) = re.findall(r'<link rel="canonical" href="([^"]*)"', source)
        assert canonical == "http://127.0.0.1/repo/" + pages[name].address
        hosts = {urlsplit(link).netloc for link in re.findall(r'(?:href|src)="([^"]*)"', source)}
        assert hosts == {"", "127.0.0.1"}


def test_chrome_does_not_grow_with_the_number_of_plans(mkdocs: MkDocs, tmp_path: Path) -> None:
    """With a third plan beside two, every page of the first plan has the same bytes."""
    two, three = (
        _with_others(tmp_path / str(len(others)), others, mkdocs) for others in (("north",), ("north", "south"))
    )
    assert (three / "plans" / "south-2022-2024" / "tasks" / "1" / "index.html").is_file()
    before, after = _tree(two / "plans" / PLAN), _tree(three / "plans" / PLAN)
    assert before.keys() == after.keys()
    assert {name: len(after[name]) - len(before[name]) for name in before if before[name] != after[name]} == {}


def test_tabs_of_one_plan_and_of_several(site: Path, mkdocs: MkDocs, tmp_path: Path) -> None:
    """The tabs of a single plan lead into it; where there are several they lead to what holds for all."""
    tabs = re.compile(r'<a href="([^"]*)" class="md-tabs__link">\s*(\S+)\s*</a>')
    several = _with_others(tmp_path, ("north",), mkdocs)
    found = [
        dict(map(reversed, tabs.findall((root / "about" / "index.html").read_text("utf-8"))))
        for root in (site, several)
    ]
    folder = f"../plans/{PLAN}/"
    shared = {"首页": "..", "单位": "../units/", "名词": "../glossary/", "数据": "../data/", "关于": "./"}
    own = {"方案": folder, "目标": f"{folder}targets/", "日历": f"{folder}calendar/", "原文": f"{folder}text/"}
    assert found == [{**shared, **own}, {**shared, "方案": "../plans/"}]


def _with_others(folder: Path, others: tuple[str, ...], mkdocs: MkDocs) -> Path:
    """Build the site with copies of its plan under other names, and return it."""
    folder.mkdir(exist_ok=True)
    for name in PROJECT:
        if name != "plan_data":
            (folder / name).symlink_to(ROOT / name)
    shutil.copytree(DATA, folder / "plan_data")
    for other in others:
        shutil.copytree(DATA / PLAN, folder / "plan_data" / f"{other}-2022-2024")
        file = folder / "plan_data" / f"{other}-2022-2024" / "plan.yaml"
        file.write_text(file.read_text("utf-8").replace(f"id: {PLAN}", f"id: {other}-2022-2024", 1), "utf-8")
    built = mkdocs(folder, "build", "--strict", "--site-dir", str(folder / "out"))
    assert built.returncode == 0, built.stdout
    return folder / "out"
