"""What is proposed and confirmed by nobody says so: on each page of its plan, in sheets, calendars, published data."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from generator.data.load import read_data
from generator.export.api import api_files
from generator.export.sheets import sheet_files
from generator.importer.place import read_proposal
from generator.index.build import build_index
from generator.pages import site_map
from generator.publish.render import render_pages

if TYPE_CHECKING:
    from generator.index.records import SiteIndex

TEXT = """青溪镇便民行动方案(2023—2025年)
一、重点任务
1.多开窗口。2023—2025年,窗口等候时间不超过15分钟。县便民局于每季度末月20日前将办件情况报县政府办公室。(县便民局牵头,县财政局配合)
完成时限:2023年底前
2.少跑一趟。(责任单位:县数据局、财政局)
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> SiteIndex:
    """Return the index of an imported plan of which nothing is confirmed."""
    root = tmp_path_factory.mktemp("proposed")
    proposal, registries = read_proposal(TEXT, "qingxi", root)
    for name, content in (*((f"qingxi/{n}", c) for n, c in proposal.files.items()), *registries.items()):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(content, "utf-8")
    data, problems = read_data(root, "plan_data")
    assert problems == ()
    return build_index(data)


def test_every_page_of_the_plan_says_so(index: SiteIndex) -> None:
    """A reader of any page learns that nobody confirmed the plan, and how much of it waits."""
    pages = {page.address: page.html for page in render_pages(site_map(index))}
    waiting = index.plans[0].plan.unconfirmed
    assert waiting >= 5
    silent = [address for address, html in pages.items() if f"还有 {waiting} 处没有人核对过" not in html]
    assert silent == []
    assert "待核对</a>" in pages["plans/qingxi/tasks/1/"]


def test_published_data_says_so(index: SiteIndex) -> None:
    """Each reading carries the word, the plan how many there are."""
    files = dict(api_files(index, "https://example.org/"))
    plan = json.loads(files["api/v1/plans/qingxi.json"])
    assert plan["reading"] == "proposed"
    assert plan["unconfirmed"] == index.plans[0].plan.unconfirmed
    assert {value["reading"] for target in plan["targets"] for value in target["values"]} == {"proposed"}
    assert {duty["reading"] for duty in plan["duties"]} == {"proposed"}
    assert {one["reading"] for one in plan["tasks"][0]["responsibilities"]} == {"proposed"}
    assert plan["tasks"][0]["deadline"]["reading"] == "proposed"


def test_sheets_and_calendars_say_so(index: SiteIndex) -> None:
    """The mark stands behind what is proposed."""
    sheets = dict(sheet_files(index))
    (table,) = (content for name, content in sheets.items() if name.endswith("targets.csv") and "units" not in name)
    assert "导入程序提出，待核对" in table.decode("utf-8-sig")
    calendars = [content.decode() for name, content in sheets.items() if name.endswith(".ics")]
    assert any("待核对" in calendar.replace("\r\n ", "") for calendar in calendars)
