"""Small words of the pages that no golden page shows in all their forms."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.index.build import read_index
from generator.index.events import due_dates
from generator.views.citing import quoted
from generator.views.links import sheet_links
from generator.views.partners import ranges
from generator.views.rows import Rows
from generator.views.units import unit_view

BASE = Path(__file__).parent / "rules" / "base"


@pytest.mark.parametrize(
    ("numbers", "text"),
    [
        ((1,), "1"),
        ((1, 2, 3), "1—3"),
        ((4, 5), "4—5"),
        ((1, 3, 5), "1、3、5"),
        ((1, 2, 4, 8, 9), "1—2、4、8—9"),
        ((), ""),
    ],
)
def test_ranges(numbers: tuple[int, ...], text: str) -> None:
    """Numbers that follow each other are drawn together."""
    assert ranges(numbers) == text


def test_marks_inside_of_marks() -> None:
    """Quotation marks within a quotation become single ones."""
    assert quoted("加快构建“4×3”体系") == "“加快构建‘4×3’体系”"


def test_dates_begin_with_the_plan_and_end_with_its_period() -> None:
    """No date of a duty lies before the day of issue or after the period, and all stand in order."""
    (plan,) = read_index(BASE).plans
    (report,) = plan.duties
    dates = due_dates(plan, report)
    assert dates == tuple(sorted(dates))
    assert dates[0] >= plan.issued_on
    assert {date[:4] for date in dates} == {str(year) for year in plan.years}


def test_headings_name_the_parts_that_are_there() -> None:
    """The headings of a unit's page name each part that it has, and none that it has not."""
    index = read_index(BASE)
    views = {entry.unit.id: unit_view(Rows(index), entry) for entry in index.units}
    anchors = {unit: list(view.headings) for unit, view in views.items()}
    assert "members" in anchors["towns"]
    assert "targets" not in anchors["towns"]
    assert anchors["data"][:2] == ["lead", "responsible"]
    assert all(figure.number for view in views.values() for figure in view.figures)


def test_sheets_are_saved_under_chinese_names() -> None:
    """A file is saved under the name of whose it is; what would be empty has no link."""
    links = sheet_links("units/water/water", "区水务局", missing=["-targets.csv", ".ics"])
    assert [(link.url, link.file) for link in links] == [
        ("units/water/water.xlsx", "区水务局任务清单.xlsx"),
        ("units/water/water.docx", "区水务局任务清单.docx"),
        ("units/water/water.csv", "区水务局任务清单.csv"),
        ("units/water/water-duties.csv", "区水务局定期事项清单.csv"),
    ]
