"""What a sentence prints is read as it is printed: numbers, bounds, years, series."""

from __future__ import annotations

import pytest

from generator.text.readings import figures, own_bounds, parsed_number, series_bounds, series_in, years_in

NUMBERS = [
    ("99.5", 99.5),
    ("1,000", 1000),
    ("12，345.6", 12345.6),
    ("两", 2),
    ("十二", 12),
    ("一百零五", 105),
    ("三千零五", 3005),
    ("二〇二五", 2025),
    ("二零二五", 2025),
    ("一九九八", 1998),
]


@pytest.mark.parametrize(("text", "number"), NUMBERS)
def test_a_printed_number_is_read(text: str, number: float) -> None:
    """Thousands may be set apart, and digits written one by one."""
    assert parsed_number(text) == number


FIGURES = [
    ("新增1,000家", [(1000, None)]),
    ("3至5个工作日", [(3, 5)]),
    ("1,000至2,000家", [(1000, 2000)]),
    ("60%、70%、80%", [(60, None), (70, None), (80, None)]),
    ("2022,2023", [(2022, None), (2023, None)]),
]


@pytest.mark.parametrize(("text", "found"), FIGURES)
def test_every_figure_is_found(text: str, found: list[tuple[float, float | None]]) -> None:
    """Figures come out in printed order, ranges as one."""
    assert [(figure.low, figure.high) for figure in figures(text)] == found


BOUNDS = [
    ("不少于20台", "台", {"at_least": "不少于"}),
    ("不得少于20台", "台", {"at_least": "不少于"}),
    ("不得超过20台", "台", {"at_most": "不超过"}),
    ("低于20台", "台", {"at_most": "低于"}),
    ("100万元以上", "万元", {"at_least": "以上"}),
    ("10吨以上", "吨", {"at_least": "以上"}),
    ("10万人次以上", "万人次", {"at_least": "以上"}),
    ("50兆瓦以上", "兆瓦", {"at_least": "以上"}),
    ("30项(次)以上", "项(次)", {"at_least": "以上"}),
    ("7柱以内", "柱", {"at_most": "以内"}),
    ("7柱以内", "", {}),
    ("约10个", "个", {"about": "约"}),
    ("近10个", "个", {"about": "近"}),
    ("签约10个", "个", {}),
    ("节约100万元", "万元", {}),
    ("最近3年", "年", {}),
    ("近3年", "年", {}),
    ("5个内设机构", "个", {}),
    ("3个内陆港", "个", {}),
    ("3日内设立", "日", {"at_most": "内"}),
    ("5个工作日内部署", "个工作日", {"at_most": "内"}),
    ("5个内部机构", "个", {}),
    ("10个上下游企业", "个", {}),
]


@pytest.mark.parametrize(("text", "unit", "bounds"), BOUNDS)
def test_the_word_that_bounds_a_figure_is_found(text: str, unit: str, bounds: dict[str, str]) -> None:
    """A bounding word stands at the figure and its unit; words that only look like one bound nothing."""
    assert own_bounds(text, figures(text)[0], unit) == bounds


def test_a_series_is_bounded_at_its_end_behind_its_own_unit() -> None:
    """The unit of a value tells where its series goes on."""
    text = "7柱、8柱和9柱以上"
    assert series_bounds(text, figures(text)[0], "柱") == {"at_least": "以上"}
    assert series_bounds(text, figures(text)[0]) == {}


YEARS = [
    ("2022—2024年,全区达标", [(2022, 2023, 2024)]),
    ("2022年达标,2023年巩固", [(2022,), (2023,)]),
    ("2022年、2023年和2024年分别达到", [(2022, 2023, 2024)]),
    ("2022、2024年达到", [(2022, 2024)]),
    ("2024年、2022年", [(2024,), (2022,)]),
    ("《2021年工作要点》和2022年目标", [(2022,)]),
    ("2024年,单位能耗比2020年下降13.5%", [(2024,)]),
    ("2024年较2021年增长", [(2024,)]),
    ("2024年与2020年相比下降", [(2024,)]),
    ("以2020年为基期,2024年下降", [(2024,)]),
    ("2024年在2020年基础上翻番", [(2024,)]),
    ("2024年,投诉率与2020年持平", [(2024,)]),
    ("恢复到2019年水平", []),
    ("研发占比2024年达到5%", [(2024,)]),
    ("2024年基础设施建成", [(2024,)]),
    ("以2024年为期限", [(2024,)]),
]


@pytest.mark.parametrize(("text", "years"), YEARS)
def test_years_are_those_of_what_is_said(text: str, years: list[tuple[int, ...]]) -> None:
    """A rising list is one expression of years; years from which others are reckoned are none."""
    assert [found.years for found in years_in(text)] == years


SERIES = [
    ("2022—2024年,覆盖率分别达60%、70%、80%", [((2022, 2023, 2024), [[60], [70], [80]])]),
    ("2022年、2023年、2024年覆盖率分别达到60%、70%、80%", [((2022, 2023, 2024), [[60], [70], [80]])]),
    ("2022年和2024年覆盖率分别达到60%和80%", [((2022, 2024), [[60], [80]])]),
    ("2022—2024年,一、二、三产业占比分别达到10%、40%、50%", []),
    (
        "2022—2024年,用水、用气时间分别压缩至8个和8个、5个和6个、3个和4个;电、水、气时间分别压缩至3个、2个、1个",
        [((2022, 2023, 2024), [[8, 8], [5, 6], [3, 4]]), ((2022, 2023, 2024), [[3], [2], [1]])],
    ),
]


@pytest.mark.parametrize(("text", "found"), SERIES)
def test_a_series_gives_a_row_to_each_year(text: str, found: list[tuple[tuple[int, ...], list[list[float]]]]) -> None:
    """Where as many things as years are named, the figures may be theirs, unless a like series stands beside."""
    read = [(series.years, [[f.low for f in row] for row in series.rows]) for series in series_in(text)]
    assert read == found
