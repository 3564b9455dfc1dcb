"""The table of oddities in a real browser: its filter by kind and its order."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml

from tests.conftest import SEED

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import OpenTab, Serve

PLAN = "xishan-2022-2024"
KIND = "标点不一"


@pytest.fixture
def address(site: Path, serve: Serve) -> str:
    """Return where the table is served."""
    return f"{serve(site)}plans/{PLAN}/oddities/"


def test_one_kind_alone(open_tab: OpenTab, address: str) -> None:
    """A kind that is chosen leaves its rows alone, stands in the address, and holds when the link is passed on."""
    oddities = yaml.safe_load((SEED / PLAN / "oddities.yaml").read_text("utf-8"))["oddities"]
    count = Counter(oddity["kind"] for oddity in oddities)[KIND]
    page = open_tab(address).page
    rows = page.locator("tbody tr:visible")
    assert rows.count() == len(oddities)
    page.locator("select[name=kind]").select_option(KIND)
    assert rows.count() == count
    assert parse_qs(urlsplit(page.url).query) == {"kind": [KIND]}
    tab = open_tab(page.url)
    assert tab.page.locator("tbody tr:visible").count() == count
    assert f"显示 {count}／{len(oddities)} 项" in tab.page.locator(".ps-status").inner_text()
    assert tab.faults == []


def test_blanks_that_are_printed_show(open_tab: OpenTab, address: str) -> None:
    """Where a blank may be what is odd, the browser puts none of its own between figures and characters."""
    page = open_tab(address).page
    assert page.locator("mark").first.evaluate("mark => getComputedStyle(mark).textAutospace") == "no-autospace"
