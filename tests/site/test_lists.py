"""What the pages of oddities, documents and leaders say, against the YAML and the official text alone."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import yaml

from tests.conftest import SEED
from tests.site.conftest import text_of

if TYPE_CHECKING:
    from tests.site.conftest import Pages

PLAN = "xishan-2022-2024"
DATA = SEED / PLAN
LINES = (DATA / "source.txt").read_text("utf-8").split("\n")


def _read(name: str) -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((DATA / name).read_text("utf-8"))
    return read


def test_oddities_stand_among_the_printed_words(pages: Pages) -> None:
    """Each oddity marks just its printed words, and what stands around them is printed there too."""
    rows = {row.get("id"): row for row in pages[f"plans/{PLAN}/oddities/index.html"].find("tr")}
    for oddity in _read("oddities.yaml")["oddities"]:
        head = next(rows[oddity["id"]].iter("th"))
        assert [text_of(mark) for mark in head.iter("mark")] == [oddity["printed"]]
        assert text_of(head).strip("…") in LINES[oddity["line"] - 1]
        assert rows[oddity["id"]].get("data-kind") == oddity["kind"]


def test_kinds_of_oddities_are_counted(pages: Pages) -> None:
    """The filter offers each kind that occurs, with how often."""
    options = {o.get("value"): text_of(o) for o in pages[f"plans/{PLAN}/oddities/index.html"].find("option")}
    counts = Counter(oddity["kind"] for oddity in _read("oddities.yaml")["oddities"])
    assert {kind: f"{kind}（{count}）" for kind, count in counts.items()} == {k: v for k, v in options.items() if k}


def test_documents_are_marked_where_they_are_named(pages: Pages) -> None:
    """Each quotation is printed so and marks the title of the document it stands under."""
    titles = {citation["id"]: citation["title"] for citation in _read("citations.yaml")["citations"]}
    sections = {section.get("id"): section for section in pages[f"plans/{PLAN}/citations/index.html"].find("section")}
    assert set(titles) <= set(sections)
    for name, title in titles.items():
        quotes = list(sections[name].iter("blockquote"))
        assert quotes
        for quote in quotes:
            assert any(text_of(quote).strip("…") in line for line in LINES)
            assert [text_of(mark) for mark in quote.iter("mark")] == [title]


def _named(sector: dict[str, Any], label: str) -> str:
    """Return what stands behind a label in the lines of responsibility of a sector."""
    lines = [line for part in sector["parts"] if part["kind"] == "responsibility" for line in part["text"].split("\n")]
    return next(line.partition(":")[2] for line in lines if line.startswith(f"{label}:"))


def test_leaders_are_listed_with_their_sectors(pages: Pages) -> None:
    """The list of leaders shows under each name all sectors that the plan gives it, and their leads."""
    sectors = [_read(f"sectors/{file.name}") for file in sorted((DATA / "sectors").glob("*.yaml"))]
    found = []
    for section in pages["leaders/index.html"].find("section"):
        name = text_of(next(section.iter("h2"))).replace("#", "").strip()
        for item in section.iter("li"):
            links = [text_of(link) for link in item.iter("a")]
            found.append((name, *links))
    expected = [
        (_named(s, "督办领导").replace(" ", ""), s["text"].partition(")")[2], _named(s, "总牵头单位")) for s in sectors
    ]
    assert sorted(found) == sorted(expected)


def test_a_unit_that_is_printed_twice_is_counted_once(pages: Pages) -> None:
    """Where a sector names a unit twice, its tasks say so beside the list, and how many units there are."""
    page = pages[f"plans/{PLAN}/tasks/21/index.html"]
    (note,) = (text_of(p) for item in page.find("dd") for p in item.iter("p"))
    sector = _read("sectors/5.yaml")
    printed = _named(sector, "责任单位").split("、")
    twice = [name for name, count in Counter(printed).items() if count > 1]
    assert twice
    assert note == f"原文列了 {len(printed)} 处，{'、'.join(twice)}重复列名，实为 {len(set(printed))} 个单位。"
