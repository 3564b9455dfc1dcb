"""The parts of the search index: the same bytes, everything in them, every address to something that is there."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from generator.index.build import read_index
from generator.search.parts import HandWritten, search_files, sections
from generator.search.variants import traditional_pairs
from generator.terms import SEARCH_KINDS
from tests.conftest import ROOT, SEED

if TYPE_CHECKING:
    from pathlib import Path

    from tests.search.conftest import Search
    from tests.site.conftest import Pages

    Records = list[dict[str, Any]]

PLAN = "xishan-2022-2024"
DATA = SEED
FOLDER = "assets/search/"
FIRST = ("folding.js", "records.js", "engine.js", "worker.js", "index/site.js", f"index/plans/{PLAN}.js")
"""What is fetched before the first result."""
LIMIT = 35_000
"""Bytes, by gzip, of what is fetched before the first result."""
WRITE = """
from hashlib import sha256
from pathlib import Path
from generator.index.build import read_index
from generator.search.parts import HandWritten, search_files
index = read_index(Path("plan_data"))
for name, content in search_files(index, [HandWritten("题", "about/", "文")]):
    print(name, sha256(content).hexdigest())
"""


@pytest.fixture(scope="module")
def records(search: Search) -> Records:
    """Return every record that the engine makes of the index."""
    return search.docs()


def _of(records: Records, kind: str) -> Records:
    return [record for record in records if record["kind"] == kind]


def _api(site: Path, name: str) -> Any:  # noqa: ANN401 - published data
    return json.loads((site / "api" / "v1" / f"{name}.json").read_text("utf-8"))


@pytest.mark.parametrize("seed", ["1", "77"])
def test_the_same_data_gives_the_same_bytes(seed: str) -> None:
    """Two processes with other hash seeds write the same parts in the same order."""
    runs = [
        subprocess.run(
            [sys.executable, "-c", WRITE],
            cwd=ROOT,
            env={"PYTHONHASHSEED": value, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
            capture_output=True,
            encoding="utf-8",
            check=True,
        ).stdout
        for value in (seed, "0")
    ]
    assert runs[0] == runs[1]
    assert len(runs[0].splitlines()) == 5


def test_every_line_is_there_whole(records: Records) -> None:
    """Each line of the official text stands in the index as it is printed."""
    texts = {record["text"] for record in records}
    lines = (DATA / PLAN / "source.txt").read_bytes().decode().splitlines()
    assert [line for line in lines if line.strip() and line not in texts] == []


def test_every_unit_and_leader_is_there_by_each_name(records: Records) -> None:
    """Units and leaders are records that go by their names and aliases."""
    units = yaml.safe_load((DATA / "units.yaml").read_text("utf-8"))["units"]
    leaders = yaml.safe_load((DATA / "leaders.yaml").read_text("utf-8"))["leaders"]
    by_address = {record["urls"][0]: record["names"] for record in records}
    for unit in units:
        aliases = [alias if isinstance(alias, str) else alias["name"] for alias in unit.get("aliases", [])]
        assert by_address[f"units/{unit['id']}/"] == [unit["name"], *aliases]
    assert [record["title"] for record in _of(records, "leader")] == [leader["name"] for leader in leaders]


def test_everything_published_is_there(records: Records, site: Path) -> None:
    """Each sector, task, safeguard, goal, target, duty, citation and oddity is a record; a direction as such."""
    plan = _api(site, f"plans/{PLAN}")
    addresses = {kind: {url for record in _of(records, kind) for url in record["urls"]} for kind in SEARCH_KINDS}
    for name in ("sectors", "tasks", "safeguards", "goals", "targets", "duties", "citations", "oddities"):
        kind = {"duties": "duty", "oddities": "oddity"}.get(name, name.removesuffix("s"))
        assert plan[name]
        for entry in plan[name]:
            own = "direction" if entry.get("strength") == "direction" else kind
            assert entry["url"] in addresses[own], name


def test_targets_hold_indicator_figures_and_years(records: Records, site: Path) -> None:
    """A target is found by its indicator and by each printed figure, and belongs to its years."""
    by_address = {record["urls"][0]: record for record in (*_of(records, "target"), *_of(records, "direction"))}
    for target in _api(site, f"plans/{PLAN}")["targets"]:
        record = by_address[target["url"]]
        assert record["title"] == target["indicator"]
        assert all(value["text"] in record["text"] for value in target["values"])
        assert set(record["years"]) == {value["year"] for value in target["values"] if value["year"]}


def test_a_task_belongs_to_the_years_of_its_targets(records: Records, site: Path) -> None:
    """Who narrows a search down to a year still finds the tasks and safeguards that have a target for it."""
    plan = _api(site, f"plans/{PLAN}")
    wanted: dict[str, set[int]] = {}
    for target in plan["targets"]:
        wanted.setdefault(target["of"]["id"], set()).update(v["year"] for v in target["values"] if v["year"])
    for kind, entries in (("task", plan["tasks"]), ("safeguard", plan["safeguards"])):
        years = {record["urls"][0]: set(record["years"]) for record in _of(records, kind)}
        for entry in entries:
            assert years[entry["url"]] == wanted.get(entry["id"], set()), entry["url"]


def test_document_numbers_and_terms_are_there(records: Records, site: Path) -> None:
    """Citations hold their document numbers; each glossary term is a record with its explanation."""
    citations = {record["urls"][0]: record["text"] for record in _of(records, "citation")}
    for citation in _api(site, f"plans/{PLAN}")["citations"]:
        assert citations[citation["url"]] == (citation["document_number"] or "")
    terms = read_index(DATA, "plan_data").plans[0].plan.terms
    assert [(r["title"], r["text"]) for r in _of(records, "term")] == [(t.term, t.explanation) for t in terms]


def test_hand_written_pages_are_there_by_section(records: Records, pages: Pages) -> None:
    """Each second-level heading of a hand-written page is a record of its own, and the page another."""
    addresses = {record["urls"][0] for record in _of(records, "page")}
    for source in sorted((ROOT / "docs").glob("*.md")):
        page = pages[f"{source.stem}/index.html"]
        headings = [str(heading.get("id")) for heading in page.find("h2") if heading.get("id")]
        assert {page.address, *(f"{page.address}#{anchor}" for anchor in headings)} <= addresses


def test_every_address_is_there(records: Records, pages: Pages) -> None:
    """Wherever a result may lead, there is a page, and on it the anchor."""
    assert set(SEARCH_KINDS) == {record["kind"] for record in records}
    addresses = {url for record in records for url in record["urls"]}
    assert len(addresses) > 400
    for address in sorted(addresses):
        path, _, anchor = address.partition("#")
        page = pages.get(f"{path}index.html")
        assert page, address
        assert not anchor or anchor in page.ids, address


def test_facets_name_what_results_hold(records: Records, pages: Pages) -> None:
    """Each unit, year and kind of a result can be chosen on the search page."""
    values = {value for option in pages["search/index.html"].find("option") if (value := option.get("value"))}
    assert {unit for record in records for unit in record["units"]} <= values
    assert {str(year) for record in records for year in record["years"]} <= values
    assert set(SEARCH_KINDS) <= values


def test_the_box_names_kinds_as_the_generator_does() -> None:
    """The script of the box calls each kind of result what terms.py calls it."""
    script = (ROOT / "overrides" / FOLDER / "box.js").read_text("utf-8")
    labels = re.search(r"const LABELS = \{(.*?)\};", script, re.DOTALL)
    assert labels
    assert dict(re.findall(r'(\w+): "(.*?)"', labels[1])) == SEARCH_KINDS


def test_traditional_pairs() -> None:
    """Only characters that are printed get traditional forms, several where there are several."""
    pairs = traditional_pairs({"税", "务", "台", "区"})
    by_traditional = dict(zip(pairs[::2], pairs[1::2], strict=True))
    assert by_traditional["稅"] == "税"
    assert by_traditional["務"] == "务"
    assert by_traditional["臺"] == "台"
    assert "國" not in by_traditional
    assert all(one != other for one, other in by_traditional.items())


def test_the_first_result_is_light(site: Path) -> None:
    """What is fetched to the first result is at most 35 KB by gzip."""
    sizes = {name: len(gzip.compress((site / FOLDER / name).read_bytes(), 6)) for name in FIRST}
    print(f"\n{sizes} {sum(sizes.values())}")  # noqa: T201
    assert sum(sizes.values()) <= LIMIT


def test_the_index_grows_with_the_text() -> None:
    """Twice the hand-written text makes for twice its part of the index, not more."""
    index = read_index(DATA, "plan_data")
    pages = [HandWritten("题", f"page-{number}/", "营商环境" * 100) for number in range(200)]
    sizes = [len(dict(search_files(index, pages[:count]))[f"{FOLDER}index/more.js"]) for count in (0, 100, 200)]
    assert sizes[2] - sizes[1] <= 1.01 * (sizes[1] - sizes[0]) + 200


def test_sections_of_a_page() -> None:
    """A page is split at its second-level headings; markup and permalinks are left out."""
    html = '<p>甲&amp;乙</p><h2 id="a">一<a href="#a">#</a></h2><p>丙<b>丁</b></p><h2 id="b">二</h2>'
    assert sections("题", "page/", html) == [
        HandWritten("题", "page/", "甲&乙"),
        HandWritten("题：一", "page/#a", "丙丁"),
        HandWritten("题：二", "page/#b", ""),
    ]
