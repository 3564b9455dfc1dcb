"""Cycles and recurring dates are read as they are printed."""

from __future__ import annotations

import pytest

from generator.text.cycles import frequencies, is_report, printed_dates

EVERY_MONTH = tuple(range(1, 13))

CYCLES = [
    ("每年12月底前报送", {"yearly"}),
    ("月底前办结", {"monthly"}),
    ("每季度末月底前报送", {"quarterly"}),
    ("每季度首月10日前报送", {"quarterly"}),
    ("于次月5日前报送", {"monthly"}),
    ("验收的次月5日前归档", set()),
    ("召开一次月底会", {"monthly"}),
    ("每周调度一次", {"weekly"}),
    ("每半年评估一次", {"half_yearly"}),
    ("按半年报送", {"half_yearly"}),
    ("报送半年度总结", {"half_yearly"}),
    ("每周年纪念", set()),
    ("每次检查", {"each_time"}),
    ("《每月通报》", set()),
    ("定期通报", {"other"}),
]


@pytest.mark.parametrize(("text", "found"), CYCLES)
def test_a_printed_cycle_is_read(text: str, found: set[str]) -> None:
    """The end of a month that is named says no month's cycle."""
    assert set(frequencies(text)) == found


DATES = [
    ("每季度末月20日前", [((3, 6, 9, 12), 20)]),
    ("每季度首月10日前", [((1, 4, 7, 10), 10)]),
    ("每季度第二个月10日前", [((2, 5, 8, 11), 10)]),
    ("每季度次月10日前", [((), 10)]),
    ("次月5日前", [(EVERY_MONTH, 5)]),
    ("月底前", [(EVERY_MONTH, None)]),
    ("每年6月、12月底前", [((6, 12), None)]),
    ("2023年12月底前", []),
]


@pytest.mark.parametrize(("text", "dates"), DATES)
def test_a_recurring_date_is_read(text: str, dates: list[tuple[tuple[int, ...], int | None]]) -> None:
    """The first month of a quarter and the next month are dates; where two months may be meant, none is said."""
    assert [(date.months, date.day) for date in printed_dates(text)] == dates


REPORTS = [
    ("每季度末月20日前将进展报区便民局", True),
    ("每月报送至区便民局", True),
    ("每年向区便民局报告工作", True),
    ("每年将方案提交区便民局审议", True),
    ("每年对区便民局开展检查", False),
    ("每年对区便民局的报告开展检查", False),
    ("每年向区便民局宣传政策,形成报告", False),
    ("及时为区便民局解读政策", False),
]


@pytest.mark.parametrize(("sentence", "is_one"), REPORTS)
def test_a_report_is_told_from_what_is_done_to_a_unit(sentence: str, *, is_one: bool) -> None:
    """What is reported goes to a unit; what is inspected or explained is aimed at it."""
    assert is_report(sentence, ["区便民局"]) is is_one
