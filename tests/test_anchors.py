"""Anchors: no HTML id stands twice on a page, however records are called."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from generator.addresses import RESERVED
from generator.data.load import read_data
from generator.data.shapes import ID
from generator.index.build import build_index
from generator.pages import site_map
from generator.publish.render import render_pages
from generator.rules import check
from tests.conftest import BASE

if TYPE_CHECKING:
    from pathlib import Path

    from generator.model import Data

PLAN = "tiny-2022-2024"
TITLE = "示例区办事便利三年(2022—2024)行动方案"
BETWEEN = "2022年不超过5个工作日,2023年不超过4个工作日,"
YEAR_BETWEEN = "          - {year: 2023, value: 4, text: 不超过4个工作日}\n"
HOSTILE = {
    "citations.yaml": (("- id: measures", "- id: this-plan-title"),),
    "glossary.yaml": (("- id: one-window", "- id: terms"),),
    "oddities.yaml": (("- id: run-together", "- id: finder-list"),),
    "safeguards.yaml": (("- id: report", "- id: y2022"),),
    "source.txt": (("2022年不超过5个工作日,", BETWEEN),),
    "sectors/1.yaml": (
        ("2022年不超过5个工作日,", BETWEEN),
        ("          - {year: 2024,", f"{YEAR_BETWEEN}          - {{year: 2024,"),
    ),
    "sectors/2.yaml": (("- id: windows", "- id: days-t"),),
}
"""Ids that pages once glued together themselves; and a figure for each year, so that a chart is drawn."""


def _lay(root: Path, names: tuple[str, ...]) -> Data:
    """Return data with a plan of hostile ids under each name, and leaders called like parts of pages."""
    shutil.copytree(BASE, root)
    for name in names:
        folder = shutil.copytree(BASE / PLAN, root / name, dirs_exist_ok=True)
        plan = folder / "plan.yaml"
        plan.write_text(plan.read_text("utf-8").replace(f"id: {PLAN}", f"id: {name}", 1), "utf-8")
        plan.write_text(re.sub("source_sha256: .*\n", "", plan.read_text("utf-8")), "utf-8")
        for file, changes in HOSTILE.items():
            text = (folder / file).read_text("utf-8")
            for old, new in changes:
                assert old in text
                text = text.replace(old, new)
            (folder / file).write_text(text, "utf-8")
    if PLAN not in names:
        shutil.rmtree(root / PLAN)
    leaders = root / "leaders.yaml"
    leaders.write_text(leaders.read_text("utf-8").replace("id: jia-ming", "id: duties"), "utf-8")
    data, problems = read_data(root, "plan_data")
    assert [*problems, *check(data)] == []
    return data


def _anchors(data: Data) -> dict[str, list[str]]:
    return {
        page.address: re.findall(r'\bid="([^"]+)"', page.html) for page in render_pages(site_map(build_index(data)))
    }


@pytest.mark.parametrize(
    "names",
    [(PLAN,), ("tiny", "tiny-sectors"), ("units", "finder", "top"), ("sector-1", "sector-1-sector-1", "kind-1")],
    ids="+".join,
)
def test_no_anchor_twice(names: tuple[str, ...], tmp_path: Path) -> None:
    """Whatever its plans, targets, duties, documents, terms and leaders are called, a page has no HTML id twice."""
    found = _anchors(_lay(tmp_path / "plan_data", names))
    assert len(found) >= 30
    assert {page: [a for a, n in Counter(anchors).items() if n > 1] for page, anchors in found.items()} == {
        page: [] for page in found
    }


def test_charts_of_two_plans_have_ids_of_their_own(tmp_path: Path) -> None:
    """Targets of two plans that have the same id are drawn each with a title and description that name their plan."""
    anchors = _anchors(_lay(tmp_path / "plan_data", ("one", "two")))
    drawn = {page: {a for a in found if re.fullmatch(r"[a-z]+_days_[td]", a)} for page, found in anchors.items()}
    assert {page: ids for page, ids in drawn.items() if ids} == {
        f"plans/{plan}/{page}/": {f"{plan}_days_t", f"{plan}_days_d"}
        for plan in ("one", "two")
        for page in ("tasks/1", "targets")
    }


@pytest.mark.parametrize("names", [(PLAN,), ("one", "two")], ids="+".join)
def test_anchors_of_the_site_cannot_be_ids(names: tuple[str, ...], tmp_path: Path) -> None:
    """Where records have anchors, every other one is reserved, or of a form that no id has."""
    data = _lay(tmp_path / "plan_data", names)
    found = _anchors(data)
    expected = {"leaders/": {leader.id for leader in data.leaders}, "glossary/": set[str]()}
    for plan in data.plans:
        at = f"plans/{plan.id}"
        expected[f"{at}/targets/"] = {target.id for item in plan.items for target in item.targets}
        expected[f"{at}/calendar/"] = {duty.id for item in plan.items for duty in item.duties}
        expected[f"{at}/citations/"] = {citation.id for citation in plan.citations}
        expected[f"{at}/oddities/"] = {oddity.id for oddity in plan.oddities}
        expected["glossary/"] |= {f"{plan.id}-{term.id}" for term in plan.terms}
    for page, records in expected.items():
        assert records
        assert records <= set(found[page]), page
        others = {anchor for anchor in found[page] if re.fullmatch(ID.pattern, anchor)} - records
        assert others <= RESERVED, page
