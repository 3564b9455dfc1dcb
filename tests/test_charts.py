"""Targets drawn by year: where things stand, what they say, and when nothing is drawn."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import jinja2
import pytest

from generator import addresses
from generator.index.build import read_index
from generator.model import Target, Value
from generator.problems import Location
from generator.publish.render import TEMPLATES
from generator.text.wording import value_text
from generator.views.charts import ChartView, StepsView, figure_of

if TYPE_CHECKING:
    from generator.model import Comparator

HERE = Location("test.yaml", 1)
YEARS = (2022, 2023, 2024)
PLANS = Path(__file__).parent / "seed" / "plan_data"


def _value(year: int | None, number: float | None, **changes: object) -> Value:
    fields: dict[str, object] = {
        "year": year,
        "comparator": "at_least",
        "value": number,
        "upper": None,
        "unit": "%",
        "qualifier": None,
        "base": None,
        "text": f"{number}%",
        "reading": "printed",
        "note": None,
        "where": HERE,
    }
    return Value(**(fields | changes))  # type: ignore[arg-type]


def _target(*values: Value) -> Target:
    return Target(
        id="rate",
        type="metric",
        strength="checkable",
        indicator="网上可办率",
        scope=None,
        phrase="",
        values=values,
        where=HERE,
        phrase_where=HERE,
    )


def _chart(*numbers: float | None, comparator: Comparator = "at_least", unit: str | None = "%") -> ChartView:
    """Return the chart of figures for the years in order; None leaves a year out."""
    values = [
        _value(year, number, comparator=comparator, unit=unit)
        for year, number in zip(YEARS, numbers, strict=True)
        if number is not None
    ]
    chart = figure_of(_target(*values), YEARS)
    assert isinstance(chart, ChartView)
    return chart


def _all_figures() -> list[tuple[Target, ChartView | StepsView | None]]:
    (plan,) = read_index(PLANS).plans
    years = plan.years
    return [(entry.target, figure_of(entry.target, years)) for entry in plan.targets]


def test_bars_stand_on_zero_and_in_proportion() -> None:
    """Where the difference is large, bars stand on the floor and are as high as their figures."""
    chart = _chart(8, 4, 2, comparator="at_most", unit="个工作日")
    assert (chart.kind, chart.is_cut, chart.stretches) == ("bars", False, ())
    assert all(point.y + point.height == chart.floor for point in chart.points)
    high, half, quarter = (point.height for point in chart.points)
    assert (half, quarter) == (high // 2, high // 4)


def test_small_differences_are_dots_on_a_cut_axis() -> None:
    """Near figures are never bars; the axis is said to be cut, and each dot bears its figure."""
    chart = _chart(99.5, 99.8, 99.9)
    assert (chart.kind, chart.is_cut) == ("line", True)
    assert [point.label for point in chart.points] == ["99.5%", "99.8%", "99.9%"]
    assert chart.points[0].y > chart.points[1].y > chart.points[2].y
    assert all(point.y < chart.floor for point in chart.points)
    assert chart.description.endswith("纵轴不从0起。")


def test_equal_figures_lie_level() -> None:
    """Figures that stay lie on one height, which claims no axis."""
    chart = _chart(85, 85, 85)
    assert len({point.y for point in chart.points}) == 1
    assert (chart.kind, chart.is_cut, chart.change) == ("line", False, "各年相同")


def test_a_year_without_a_figure_is_left_open() -> None:
    """What the text leaves out is a gap in the line and marked under it."""
    chart = _chart(90, None, 95)
    assert [tick.is_empty for tick in chart.ticks] == [False, True, False]
    assert [stretch.is_gap for stretch in chart.stretches] == [True]
    assert [stretch.is_gap for stretch in _chart(90, 92, 95).stretches] == [False, False]


@pytest.mark.parametrize(
    ("numbers", "comparator", "unit", "change"),
    [
        ((99.5, 99.8, 99.9), "at_least", "%", "2024年比2022年：下限提高 0.4 个百分点"),
        ((8, 5, 3), "at_most", "个工作日", "2024年比2022年：上限减少 5 个工作日"),
        ((97, 98, 99), "exactly", "%", "2024年比2022年：提高 2 个百分点"),
        ((0.3, 0.2, 0.1), "at_most", None, "2024年比2022年：上限减少 0.2"),
        ((10, 20, 110), "at_least", "家", "2024年比2022年：下限增加 100 家"),
        ((5, 8, 5), "exactly", "项", "2024年与2022年相同"),
        ((5, None, 5), "exactly", "项", "所列各年相同"),
        ((5, 8, None), "exactly", "项", "2023年比2022年：增加 3 项"),
        ((5, 8, 9), "about", "项", ""),
    ],
)
def test_the_change_is_exact(
    numbers: tuple[float | None, ...], comparator: Comparator, unit: str | None, change: str
) -> None:
    """The change is what the printed figures give, by the bound that they set; about has none."""
    assert _chart(*numbers, comparator=comparator, unit=unit).change == change


def test_those_who_do_not_see_it_are_told() -> None:
    """Title and description say what is drawn: indicator, years, every figure, what is inferred, the change."""
    values = [
        _value(2022, 62, reading="inferred"),
        _value(2023, 65),
        _value(2024, 68),
        _value(None, None, text="再提升"),
    ]
    chart = figure_of(_target(*values), YEARS)
    assert isinstance(chart, ChartView)
    assert chart.title == "网上可办率，2022—2024年"
    assert chart.description == (
        "2022年不低于62%（推断），2023年不低于65%，2024年不低于68%。2024年比2022年：下限提高 6 个百分点。纵轴不从0起。"
    )
    assert (chart.direction, chart.mark, chart.beside) == ("不低于 ↑", "推断", ("未写年份：再提升",))
    assert [point.mark for point in chart.points] == ["推断", "", ""]


@pytest.mark.parametrize(
    "values",
    [
        (_value(2022, 62),),
        (_value(None, 62), _value(None, 65)),
        (_value(2022, None, comparator="rise", text="提高"), _value(2023, None, comparator="rise", text="提高")),
    ],
    ids=["one year", "no year", "equal words"],
)
def test_nothing_moves_nothing_is_drawn(values: tuple[Value, ...]) -> None:
    """A single year, figures without years and words that stay the same are no drawing."""
    assert figure_of(_target(*values), YEARS) is None


@pytest.mark.parametrize(
    "values",
    [
        (_value(2022, 62), _value(2023, 3, unit="项")),
        (_value(2022, 62), _value(2023, 65, comparator="at_most")),
        (_value(2022, 3, comparator="between", upper=5), _value(2023, 4, comparator="between", upper=6)),
        (_value(2022, 62), _value(2022, 63), _value(2023, 65)),
        (_value(2022, -1), _value(2023, 1)),
        (_value(2022, 0.5, comparator="at_most"), _value(2023, None, comparator="fall", text="进一步压减")),
    ],
    ids=["units", "comparators", "ranges", "two in a year", "below zero", "words"],
)
def test_what_shares_no_axis_becomes_steps(values: tuple[Value, ...]) -> None:
    """Figures that one axis would misrepresent are steps in the printed words."""
    steps = figure_of(_target(*values), YEARS)
    assert isinstance(steps, StepsView)
    assert [step.label for step in steps.steps] == ["2022年", "2023年"]
    assert [text for step in steps.steps for text in step.texts] == [value_text(value) for value in values]


def test_everything_stays_in_the_box() -> None:
    """In the plan itself no point, label or line leaves its chart, and labels do not touch the years."""
    charts = [figure for _, figure in _all_figures() if isinstance(figure, ChartView)]
    assert len(charts) >= 10
    for chart in charts:
        for point in chart.points:
            assert 0 < point.x < 100
            assert 12 <= point.label_y < point.y <= chart.floor < chart.ticks_y - 10 < chart.height
        for stretch in chart.stretches:
            assert 0 < stretch.x1 < stretch.x2 < 100


def test_labels_are_printed_figures() -> None:
    """What stands at a point is printed in the text of that year, or its note says whence it comes."""
    for target, figure in _all_figures():
        if isinstance(figure, ChartView):
            dated = [value for value in target.values if value.year]
            for point, value in zip(figure.points, dated, strict=True):
                assert point.label.rstrip("%") in value.text or (value.reading == "inferred" and value.note)


def test_the_same_data_is_drawn_the_same() -> None:
    """Two readings of the plan give the same drawings."""
    assert _all_figures() == _all_figures()


def test_a_drawing_is_light_and_named() -> None:
    """An SVG is below 1 KB, is an image by role, and takes its name and description from inside itself."""
    env = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True
    )
    env.globals |= {"to": str, "addresses": addresses}
    macros = env.get_template("fragments/chart.html").module
    for target, figure in _all_figures():
        if isinstance(figure, ChartView):
            svg = str(macros.svg(figure)).strip()  # type: ignore[attr-defined]
            assert len(svg.encode()) < 1024
            assert re.search(rf'role="img" aria-labelledby="_{target.id}_t _{target.id}_d"', svg)
            assert [f"_{target.id}_t", f"_{target.id}_d"] == re.findall(r' id="([^"]+)"', svg)
            assert svg.count('class="v"') == len(figure.points)


def test_the_printed_bound_stands_beside_the_chart() -> None:
    """The word that bounds the figures is the printed one, with what limits the promise in front of it."""
    values = [_value(year, number, qualifier="力争") for year, number in zip(YEARS, (62, 65, 68), strict=True)]
    chart = figure_of(_target(*values), YEARS, "力争结算率分别达62%、65%、68%以上")
    assert isinstance(chart, ChartView)
    assert chart.direction == "力争，以上 ↑"
    assert "2024年力争68%以上" in chart.description


def test_what_is_reckoned_from_another_figure_is_not_drawn() -> None:
    """Five per cent below something that the text does not print has no place on an axis from zero."""
    text = "在全省总体目标的基础上再压缩5%"
    values = [_value(year, 5, comparator="exactly", base="全省总体目标", text=text) for year in YEARS]
    assert figure_of(_target(*values), YEARS, text) is None
