"""Every kind of page by axe-core: on a phone and a desk, light and dark, in normal and large type.

tests/vendor/axe-core holds version 4.14.1 as npm publishes it, under the MPL 2.0, for the
tests alone. A newer one: put axe.min.js and LICENSE there, and its checksum here.
"""

from __future__ import annotations

import base64
import hashlib
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.conftest import OpenTab, Serve

AXE = Path(__file__).resolve().parents[1] / "vendor" / "axe-core" / "axe.min.js"
PUBLISHED = "KTSJmUUM3yhJqOcLeRL8LahahJ2jnA0NU5T1HUqe2Vw="
"""SHA-256 of axe.min.js 4.14.1, as axe-core's own sri-history.json gives it."""

PLAN = "plans/xishan-2022-2024/"
PAGES = {
    "start": "",
    "plan": PLAN,
    "plans": "plans/",
    "sector": f"{PLAN}sectors/3/",
    "sectors": f"{PLAN}sectors/",
    "task": f"{PLAN}tasks/11/",
    "tasks": f"{PLAN}tasks/",
    "safeguard": f"{PLAN}safeguards/1/",
    "unit": "units/development-reform/",
    "group": "units/subdistricts/",
    "units": "units/",
    "leaders": "leaders/",
    "leader": "leaders/li-min/",
    "targets": f"{PLAN}targets/",
    "calendar": f"{PLAN}calendar/",
    "matrix": f"{PLAN}matrix/",
    "text": f"{PLAN}text/",
    "citations": f"{PLAN}citations/",
    "oddities": f"{PLAN}oddities/",
    "coverage": f"{PLAN}coverage/",
    "glossary": "glossary/",
    "search": "search/?q=营商环境",
    "data": "data/",
    "about": "about/",
    "reading": "reading/",
    "missing": "no/such/page/",
}
"""Kind of page → one of them."""
WIDTHS = {390: 844, 1440: 900}
"""Width → height of the window."""
SCHEMES = ("default", "slate")

RUN = """
async (isWhole) => {
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const only = isWhole ? { type: "tag", values: tags } : { type: "rule", values: ["color-contrast"] };
  const { violations } = await axe.run({ runOnly: only, resultTypes: ["violations"] });
  return violations.map((rule) => [rule.id, rule.nodes.length, rule.nodes.slice(0, 3).map((node) => node.html)]);
}
"""
DRESS = """
([scheme, isLarge]) => {
  document.body.setAttribute("data-md-color-scheme", scheme);
  document.documentElement.classList.toggle("ps-large", isLarge);
}
"""


def test_axe_is_the_published_one() -> None:
    """The copy of axe-core is byte for byte what its makers published."""
    assert base64.b64encode(hashlib.sha256(AXE.read_bytes()).digest()).decode() == PUBLISHED


def _violations(page: Page) -> list[tuple[str, Any]]:
    found = []
    for width, is_large, scheme in product(WIDTHS, (False, True), SCHEMES):
        # In half of the dresses each pair of properties still meets.
        if (width == 390) != ((scheme == "slate") == is_large):
            continue
        page.set_viewport_size({"width": width, "height": WIDTHS[width]})
        page.evaluate(DRESS, [scheme, is_large])
        # Dark differs from light by its colours alone.
        dress = f"{width} px, {scheme}{', large' if is_large else ''}"
        found += [(dress, violation) for violation in page.evaluate(RUN, scheme == "default")]
    return found


@pytest.mark.parametrize("kind", PAGES)
def test_axe_finds_nothing(open_tab: OpenTab, serve: Serve, site: Path, kind: str) -> None:
    """axe-core finds no violation of WCAG 2.2 AA and of its best practice."""
    page = open_tab(serve(site) + PAGES[kind], reduced_motion="reduce").page
    if kind == "search":
        page.wait_for_selector("article .ps-hit")
    page.add_script_tag(path=AXE)
    found = _violations(page)
    assert found == []
