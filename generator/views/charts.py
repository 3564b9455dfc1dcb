"""Targets drawn by year: figures as a small chart, words as steps.

Pure: a target and the years of its plan become places and words; the template only puts
them down. Places across are per cent of the width, so that a chart fits any column and its
type is never scaled; places down are pixels. Nothing is drawn where a drawing would say more
than the text: of a single year, of mixed units or comparators, of a range, of equal words.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Literal

from ..model.units import read_as
from ..terms import COMPARATORS, MARKS, marked, number_text
from ..text.readings import UNDATED
from ..text.wording import BEFORE, BEHIND, value_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..model import Target, Value

HEIGHT: Final = 74
"""Of a chart, in pixels."""
FLOOR: Final = 54
"""Where bars stand."""
_YEARS_AT: Final = 70
_TOP: Final = 22
_LOW: Final = 44
"""Where the lowest dot of a line lies: above the floor, since that is not zero."""
_ABOVE: Final = 8
"""How far a label stands above its point."""
_BARS_BELOW: Final = Decimal("0.6")
"""If the least figure is at most this part of the greatest, bars from zero show the difference."""

_DRAWN: Final = ("at_least", "at_most", "exactly", "about")
"""Comparators whose figures can be drawn as points."""
_ARROWS: Final = {"at_least": "↑", "at_most": "↓"}
_BOUNDS: Final = {"at_least": "下限", "at_most": "上限", "exactly": ""}
"""Comparators whose differences are exact, and of what."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A year under a chart."""

    label: str
    x: float
    is_empty: bool
    """Whether the text gives this year no figure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A figure of one year."""

    label: str
    """As printed: 8, 99.5%."""
    x: float
    y: int
    label_y: int
    height: int
    """Down to the floor; of a bar."""
    mark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A line between two figures."""

    x1: float
    y1: int
    x2: float
    y2: int
    is_gap: bool
    """Whether it passes a year without a figure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartView:
    """A small chart of figures by year."""

    id: str
    """Of plan and target, between them an underscore, which no id holds; begins the ids inside the drawing."""
    title: str
    description: str
    """The figures and the change in words, for those who do not see the chart."""
    kind: Literal["bars", "line"]
    """Bars stand on zero; the line of dots shows small differences and does not."""
    points: tuple[Point, ...]
    stretches: tuple[Segment, ...]
    ticks: tuple[Tick, ...]
    direction: str
    """不低于 ↑."""
    unit: str
    """Of measure; empty if there is none, or if it stands in the labels."""
    change: str
    """From the first year to the last, computed from printed figures; empty where that is not exact."""
    is_cut: bool
    """Whether the axis does not begin at zero, which is then said."""
    mark: str
    """Of the figures, if any of them has one."""
    beside: tuple[str, ...]
    """What the text asks for besides, without a year."""
    form: Literal["chart"] = "chart"
    height: int = HEIGHT
    floor: int = FLOOR
    ticks_y: int = _YEARS_AT


@dataclass(frozen=True, slots=True, kw_only=True)
class YearStep:
    """What is asked for in one year."""

    label: str
    texts: tuple[str, ...]
    """The printed words."""
    mark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepsView:
    """What is asked for year after year, in words."""

    title: str
    steps: tuple[YearStep, ...]
    beside: tuple[str, ...]
    """What the text asks for besides, without a year."""
    form: Literal["steps"] = "steps"


Figure = ChartView | StepsView


def figure_of(
    target: Target, years: Sequence[int], clause: str = "", plan_id: str = "", label: str = UNDATED
) -> Figure | None:
    """Return a target as a chart or as steps; None where the words alone say it best.

    `clause` is the printed clause that sets the target, whose words the figures keep. `plan_id`
    tells charts apart where a page shows several plans. `label` stands before what has no year.
    """
    by_year = {year: [value for value in target.values if value.year == year] for year in years}
    dated = {year: values for year, values in by_year.items() if values}
    beside = tuple(f"{label}：{value_text(value, clause)}" for value in target.values if value.year is None)
    if len(dated) < 2:  # noqa: PLR2004 - one year shows no movement
        return None
    if _is_drawable([value for values in dated.values() for value in values], len(dated)):
        chart = _chart(target, years, {year: values[0] for year, values in dated.items()}, beside, clause)
        return replace(chart, id=f"{plan_id}_{target.id}")
    steps = tuple(
        YearStep(
            label=f"{year}年",
            texts=tuple(value_text(value, clause) for value in values),
            mark=MARKS[read_as(value.reading for value in values)],
        )
        for year, values in dated.items()
    )
    if len({step.texts for step in steps}) == 1:
        return None
    return StepsView(title=f"{target.indicator}，逐年安排", steps=steps, beside=beside)


def _is_drawable(values: list[Value], years: int) -> bool:
    """Tell whether the figures can share an axis: one a year, of one kind and unit, none below zero."""
    return (
        len(values) == years
        and len({(value.comparator, value.unit) for value in values}) == 1
        and values[0].comparator in _DRAWN
        # What is reckoned from a figure that the text does not print has no place on an axis.
        and all(value.value is not None and value.value >= 0 and value.base is None for value in values)
    )


def _chart(
    target: Target, years: Sequence[int], values: dict[int, Value], beside: tuple[str, ...], clause: str
) -> ChartView:
    places = {year: round(100 * (2 * place + 1) / (2 * len(years)), 2) for place, year in enumerate(years)}
    figures = [_exact(value) for value in values.values()]
    is_level = min(figures) == max(figures)
    is_bars = not is_level and min(figures) <= _BARS_BELOW * max(figures)
    points = tuple(
        _point(value, places[year], _height(_exact(value), figures, is_bars=is_bars)) for year, value in values.items()
    )
    first = next(iter(values.values()))
    change = _change(values, is_whole=len(values) == len(years))
    is_cut = not is_bars and not is_level
    return ChartView(
        id=target.id,
        title=f"{target.indicator}，{years[0]}—{years[-1]}年",
        description=_description(values, change, clause, is_cut=is_cut),
        kind="bars" if is_bars else "line",
        points=points,
        stretches=() if is_bars else _stretches(points, 100 / len(years)),
        ticks=tuple(Tick(label=str(year), x=x, is_empty=year not in values) for year, x in places.items()),
        direction=_direction(first, clause),
        unit="" if first.unit == "%" else first.unit or "",
        change=change,
        is_cut=is_cut,
        mark=MARKS[read_as(value.reading for value in values.values())],
        beside=beside,
    )


def _exact(value: Value) -> Decimal:
    """Return a figure as it is written; binary fractions would make 99.9 - 99.5 other than 0.4."""
    return Decimal(number_text(value.value or 0))


def _height(figure: Decimal, figures: list[Decimal], *, is_bars: bool) -> int:
    """Return how high above the floor a figure stands."""
    least, most = min(figures), max(figures)
    if is_bars:
        return round((FLOOR - _TOP) * figure / most)
    if least == most:
        return FLOOR - (_TOP + _LOW) // 2
    return round(FLOOR - _LOW + (_LOW - _TOP) * (figure - least) / (most - least))


def _point(value: Value, x: float, height: int) -> Point:
    return Point(
        label=number_text(value.value or 0) + ("%" if value.unit == "%" else ""),
        x=x,
        y=FLOOR - height,
        label_y=FLOOR - height - _ABOVE,
        height=height,
        mark=MARKS[value.reading],
    )


def _stretches(points: tuple[Point, ...], year_width: float) -> tuple[Segment, ...]:
    return tuple(
        Segment(x1=a.x, y1=a.y, x2=b.x, y2=b.y, is_gap=b.x - a.x > 1.5 * year_width) for a, b in pairwise(points)
    )


def _change(values: dict[int, Value], *, is_whole: bool) -> str:
    """Say what becomes of the first figure until the last, from the printed figures alone."""
    (first, *_, last), (start, *_, end) = values, values.values()
    if start.comparator not in _BOUNDS:
        return ""
    difference = _exact(end) - _exact(start)
    if not difference:
        is_level = len({value.value for value in values.values()}) == 1
        every = "各年相同" if is_whole else "所列各年相同"
        return every if is_level else f"{last}年与{first}年相同"
    is_rate = start.unit == "%"
    verb = ("提高" if is_rate else "增加") if difference > 0 else ("降低" if is_rate else "减少")
    unit = "个百分点" if is_rate else start.unit or ""
    return f"{last}年比{first}年：{_BOUNDS[start.comparator]}{verb} {abs(difference).normalize():f} {unit}".rstrip()


def _direction(value: Value, clause: str) -> str:
    """Say how the figures bound, in the printed word: 以上 ↑, 力争，以内 ↓."""
    words = (*BEFORE.get(value.comparator, ()), *BEHIND.get(value.comparator, ()))
    said = value_text(value, clause)
    printed = next((word for word in words if word in said), "")
    arrow = _ARROWS.get(value.comparator, "")
    bound = f"{printed or COMPARATORS[value.comparator]} {arrow}".rstrip()
    return "，".join(filter(None, (value.qualifier, bound)))


def _description(values: dict[int, Value], change: str, clause: str, *, is_cut: bool) -> str:
    said = "，".join(f"{year}年{value_text(value, clause)}{marked(value.reading)}" for year, value in values.items())
    return "。".join(filter(None, (said, change, "纵轴不从0起" if is_cut else ""))) + "。"
