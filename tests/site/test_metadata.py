"""What pages tell machines: titles, Open Graph and schema.org, true and without a host that the site does not know."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from generator.publish.assets import SCRIPT_SOURCES, STYLE_SOURCES, THEME_STYLES, joined_scripts, joined_styles
from generator.publish.frame import Document, frame
from tests.conftest import ROOT, SEED
from tests.site.conftest import parse, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.site.conftest import Pages, ParsedPage

PLAN = "xishan-2022-2024"
HOST = "http://127.0.0.1/repo/"
REQUIRED = {
    "BreadcrumbList": {"itemListElement"},
    "Legislation": {"@id", "name", "legislationDate", "legislationPassedBy", "publisher", "temporalCoverage", "url"},
    "GovernmentOrganization": {"@id", "name", "url"},
    "Organization": {"@id", "name", "url"},
    "Dataset": {"@id", "name", "description", "creator", "distribution", "url"},
}
"""Type of a thing that a page is about → what it must say."""
LINKING = {"@id", "url", "item", "contentUrl"}
"""Names whose values are addresses."""


def _things(page: ParsedPage) -> list[dict[str, Any]]:
    """Return what a page says in JSON-LD."""
    scripts = [script for script in page.find("script") if script.get("type") == "application/ld+json"]
    assert len(scripts) <= 1, page.file
    found = [json.loads(text_of(script)) for script in scripts]
    return found[0] if found and isinstance(found[0], list) else found


def _addresses(value: object) -> Iterator[str]:
    """Yield every address in a piece of JSON-LD."""
    if isinstance(value, dict):
        yield from (value[name] for name in LINKING if isinstance(value.get(name), str))
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _addresses(inner)


def _by_type(page: ParsedPage) -> dict[str, dict[str, Any]]:
    return {thing["@type"]: thing for thing in _things(page)}


def _open_graph(page: ParsedPage) -> dict[str, str]:
    return {
        str(meta.get("property")): meta.get("content") or ""
        for meta in page.find("meta")
        if (meta.get("property") or "").startswith("og:")
    }


def test_everything_said_is_complete(pages: Pages) -> None:
    """Each thing is of a known type, names its vocabulary and has the fields that it needs."""
    for page in pages.values():
        for thing in _things(page):
            assert thing["@context"] == "https://schema.org"
            assert thing.keys() >= REQUIRED[thing["@type"]], page.file
            assert all(value not in ("", [], None) for value in thing.values()), page.file


def test_addresses_lead_to_pages_and_files(site: Path, pages: Pages) -> None:
    """Without an address of its own, the site names only relative ones, and each leads to something."""
    checked = 0
    for page in pages.values():
        for address in _addresses(_things(page)):
            file, anchor = page.target(address)
            assert (site / file).is_file(), (page.file, address)
            assert not anchor or anchor in pages[file].ids, (page.file, address)
            checked += 1
    assert checked > 300


def test_with_an_address_all_are_absolute(subpath_site: Path, pages: Pages) -> None:
    """Told its address, the site says the same things with full addresses."""
    for name, page in pages.items():
        there = parse(name, (subpath_site / name).read_text("utf-8"))
        whole, short = list(_addresses(_things(there))), list(_addresses(_things(page)))
        assert all(address.startswith(HOST) for address in whole)
        assert [HOST + page.target(address)[0].removesuffix("index.html") for address in short] == [
            address.partition("#")[0] for address in whole
        ]


def test_breadcrumbs_say_what_readers_see(pages: Pages) -> None:
    """A page with a visible way to it says the same to machines, with itself as the end; all but two have one."""
    for page in pages.values():
        seen = [
            [text_of(link) for link in nav.iter("a")] for nav in page.find("nav") if nav.get("class") == "ps-crumbs"
        ]
        told = [thing["itemListElement"] for thing in _things(page) if thing["@type"] == "BreadcrumbList"]
        assert bool(seen) == bool(told) == (page.file not in {"index.html", "404.html"}), page.file
        for crumbs, items in zip(seen, told, strict=True):
            assert [item["name"] for item in items][:-1] == crumbs, page.file
            assert [item["position"] for item in items] == list(range(1, len(items) + 1))
            assert "item" not in items[-1]


@pytest.mark.parametrize("file", ["index.html", f"plans/{PLAN}/index.html"])
def test_the_plan_is_described_as_printed(pages: Pages, file: str) -> None:
    """The plan's title, day, issuers and period are those of its data; only the government's office is government."""
    data = yaml.safe_load((SEED / PLAN / "plan.yaml").read_text("utf-8"))
    printed = [(part["kind"], part["text"]) for part in data["parts"] if "kind" in part]
    plan = _by_type(pages[file])["Legislation"]
    assert plan["name"] == dict(printed)["title"]
    assert plan["legislationDate"] == "2022-12-12"
    assert plan["temporalCoverage"] == "2022/2024"
    assert plan["inLanguage"] == "zh-CN"
    assert [issuer["name"] for issuer in plan["legislationPassedBy"]] == [
        text for kind, text in printed if kind == "issuer"
    ]
    assert [issuer["@type"] for issuer in plan["publisher"]] == ["Organization", "GovernmentOrganization"]
    assert pages[file].target(plan["@id"]) == (f"plans/{PLAN}/index.html", "")


def test_units_are_described_by_kind(pages: Pages) -> None:
    """Government bodies are called so, a company and organs of the Party are not, and a group is no organization."""
    units = yaml.safe_load((SEED / "units.yaml").read_text("utf-8"))["units"]
    expected = {"群体": None, "企业": "Organization", "党委部门": "Organization", "纪检监察机关": "Organization"}
    for unit in units:
        found = [thing for thing in _things(pages[f"units/{unit['id']}/index.html"]) if "rganization" in thing["@type"]]
        kind = expected.get(unit["kind"], "GovernmentOrganization")
        assert [thing["@type"] for thing in found] == ([kind] if kind else []), unit["id"]
        names = [alias["name"] for alias in unit.get("aliases", ()) if alias["kind"] != "旧称"]
        for thing in found:
            assert thing["name"] == unit["name"]
            assert thing.get("alternateName", []) == names


def test_the_data_are_described_as_unofficial(site: Path, pages: Pages) -> None:
    """The data page offers files that are there, says that they are unofficial, and names no government as maker."""
    page = pages["data/index.html"]
    dataset = _by_type(page)["Dataset"]
    assert "非官方" in dataset["description"]
    assert dataset["creator"] == {"@type": "Organization", "name": "the plansite authors"}
    for file in dataset["distribution"]:
        assert file["encodingFormat"] == "application/json"
        json.loads((site / page.target(file["contentUrl"])[0]).read_text("utf-8"))


def test_open_graph(pages: Pages, subpath_site: Path) -> None:
    """A shared link shows the page's title and description, and its address where that is known."""
    for page in pages.values():
        (description,) = (meta.get("content") for meta in page.find("meta") if meta.get("name") == "description")
        said = _open_graph(page)
        assert said["og:title"] + " – " + said["og:site_name"] == text_of(next(page.find("title"))), page.file
        assert said["og:description"] == description
        assert said["og:locale"] == "zh_CN"
        assert said["og:type"] == ("website" if page.file == "index.html" else "article")
        assert "og:url" not in said
        assert "og:image" not in said
    for name in ("index.html", "about/index.html", f"plans/{PLAN}/tasks/11/index.html"):
        there = parse(name, (subpath_site / name).read_text("utf-8"))
        assert _open_graph(there)["og:url"] == HOST + name.removesuffix("index.html")


def _texts(names: tuple[str, ...]) -> list[str]:
    """Return the files of the theme with these names, as texts."""
    return [(ROOT / "overrides" / name).read_text("utf-8") for name in names]


def test_style_sheets_come_in_one_file(site: Path, pages: Pages) -> None:
    """Every page asks for one style sheet, which holds the theme's own two and then ours in their order."""
    whole = (site / "assets" / "site.css").read_text("utf-8")
    ours = joined_styles(_texts(STYLE_SOURCES))
    theme = Path(str(files("material"))) / "templates"
    its = [(next(theme.glob(pattern))).read_text("utf-8") for pattern in THEME_STYLES]
    assert whole.startswith(joined_styles(its).rstrip("\n"))
    assert whole.endswith(ours)
    assert len(whole) == len(joined_styles(its)) + len(ours)
    assert "/*" not in ours
    # An address in a style sheet is relative to its file, and the files lie in several folders.
    assert "url(" not in ours
    assert set(re.findall(r"url\(.{5}", whole)) <= {'url("data', "url(data:"}
    assert not list((site / "assets" / "stylesheets").glob("*.css"))
    for page in pages.values():
        sheets = [link.get("href", "") for link in page.find("link") if link.get("rel") == "stylesheet"]
        assert [page.target(sheet)[0] for sheet in sheets] == ["assets/site.css"], page.file


def test_scripts_come_in_one_file_and_hold_nothing_up(site: Path, pages: Pages) -> None:
    """Every page asks for the theme's script and for one of ours, in that order, and draws itself before they come."""
    assert (site / "assets" / "site.js").read_text("utf-8") == joined_scripts(_texts(SCRIPT_SOURCES))
    for page in pages.values():
        scripts = [script for script in page.find("script") if script.get("src")]
        theme, ours = (page.target(script.get("src", ""))[0] for script in scripts)
        assert re.fullmatch(r"assets/javascripts/bundle\.\w+\.min\.js", theme), page.file
        assert ours == "assets/site.js", page.file
        assert all(script.get("defer") is not None for script in scripts), page.file


def test_nothing_ends_the_script_early() -> None:
    """Whatever a plan holds, the JSON stays inside its script element and means the same."""
    hostile = "</script><script>alert(1)</script><!-- & \u2028"
    told = frame(Document("a/", "甲", linked_data=({"name": hostile},)), "", None).linked_data
    assert not re.search("[<>&]", told)
    assert json.loads(told) == {"name": hostile}


def test_a_value_without_a_form_in_json_is_refused() -> None:
    """A mistake in a view ends the build, rather than telling machines nonsense."""
    with pytest.raises(TypeError, match="set"):
        frame(Document("a/", "甲", linked_data=({"name": {"set"}},)), "", None)
