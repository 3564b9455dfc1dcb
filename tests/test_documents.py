"""The pages written by hand: their place in the tabs, and what they say of the plans."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from generator.index.build import read_index
from generator.pages import navigation, site_map
from generator.problems import Location, PlanError
from generator.publish.render import render_document, render_pages
from generator.views.documents import site_facts

if TYPE_CHECKING:
    from generator.index.records import SiteIndex

BASE = Path(__file__).parent / "rules" / "base"
WHERE = Location("docs/about.md", 5)


@pytest.fixture(scope="module")
def index() -> SiteIndex:
    """Return the index of the tests' little plan."""
    return read_index(BASE)


def test_tabs_of_one_plan(index: SiteIndex) -> None:
    """The parts of the only plan have tabs; written pages that a site lacks have none, others stand under 关于."""
    tabs = navigation(index, ["index.md", "contact.md", "about.md"])
    titles = [title for tab in tabs for title in tab]
    assert titles == ["首页", "方案", "单位", "目标", "日历", "原文", "名词", "关于"]
    assert tabs[3] == {"目标": "plans/tiny-2022-2024/targets/index.md"}
    assert tabs[-1] == {"关于": [{"关于本站": "about.md"}, "contact.md"]}


def test_tabs_of_several_plans(index: SiteIndex) -> None:
    """With several plans no tab leads into one of them; without written pages 关于 is left out."""
    tabs = navigation(replace(index, plans=index.plans * 2), [])
    assert [title for tab in tabs for title in tab] == ["首页", "方案", "单位", "名词"]
    assert tabs[1] == {"方案": "plans/index.md"}


def test_a_page_says_what_the_plans_say(index: SiteIndex) -> None:
    """Braces are filled in and escaped; the braces of Markdown's attributes stay."""
    text = "## 题 {#here}\n\n{% for plan in site.plans %}{{ plan.title }} {{ plan.sectors }} {% endfor %}{{ '<' }}"
    said = render_document(text, site_facts(index), WHERE)
    assert said == "## 题 {#here}\n\n示例区办事便利三年(2022—2024)行动方案 二 &lt;"


@pytest.mark.parametrize(("text", "line"), [("一\n\n{{ site.nothing }}", 7), ("一\n{% for %}", 6)])
def test_a_fault_in_braces_says_where(index: SiteIndex, text: str, line: int) -> None:
    """An unknown name and a broken statement are problems with the line of the file."""
    with pytest.raises(PlanError) as caught:
        render_document(text, site_facts(index), WHERE)
    (problem,) = caught.value.problems
    assert (problem.where.path, problem.where.line, problem.rule) == ("docs/about.md", line, "document-braces")
    assert problem.text.startswith("花括号里有错（")


def test_directions_show_their_reasons(plan_data: Path) -> None:
    """Wherever a direction is marked as inferred, on pages of sectors, tasks, units and targets, its reason is said."""
    file = plan_data / "tiny-2022-2024" / "sectors" / "2.yaml"
    reason = "原文没有写年份，按2024年理解。"
    direction = (
        "      - {id: towards, type: milestone, strength: direction, indicator: 专窗引导, quote: 专窗有人引导,"
        f" comparator: state, reading: inferred, note: {reason}, values: [{{year: 2024, text: 专窗有人引导}}]}}\n"
    )
    targets, responsibility = "    targets:\n", "  - kind: responsibility\n"
    before, found, after = file.read_text("utf-8").partition(responsibility)
    assert found
    assert targets in before
    file.write_text(before + direction + found + after, "utf-8")
    shown = [page for page in render_pages(site_map(read_index(plan_data))) if ">专窗引导</a>：" in page.html]
    assert len(shown) >= 3
    assert [page.address for page in shown if f"推断理由：{reason}" not in page.html] == []
