"""How figures and dates are worded in Chinese, on pages and in sheets alike: in the words that the plan prints."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Final

from ..terms import COMPARATORS, MONTH_END, number_text

if TYPE_CHECKING:
    from ..model import Due, Value

BEFORE: Final = {
    "at_least": ("不少于", "不低于", "不小于", "不短于", "至少", "超过", "高于", "突破"),
    "at_most": ("不超过", "不高于", "不多于", "不大于", "不长于", "至多", "最多", "少于", "低于"),
    "about": ("大约", "约"),
}
"""Comparator → words that bound the figure behind them."""
BEHIND: Final = {
    "at_least": ("以上", "及以上"),
    "at_most": ("以内", "之内", "以下", "内"),
    "about": ("左右", "上下"),
}
"""Comparator → words that bound the figure in front of them."""
_CLAUSES: Final = re.compile("[;；。]")


@functools.cache  # many pages and sheets show the same values
def value_text(value: Value, quote: str = "") -> str:
    """Write a value in the words that the plan prints for it, with what limits it.

    `quote` is the printed sentence, or the part of it that holds the value: the word that
    bounds a series of figures is printed once, at its end.
    """
    text = value.text if value.value is None or _is_relative(value) else _figure(value, quote)
    before = value.qualifier or ""
    return text if before in text else f"{before}{text}"


def dated_text(value: Value, quote: str = "") -> str:
    """Write a value with its year in front, unless its words name the year themselves."""
    text = value_text(value, quote)
    year = f"{value.year}年" if value.year else ""
    return text if year in text else f"{year}{text}"


def clause_of(quote: str, phrase: str) -> str:
    """Return the part of a sentence, between semicolons, that holds some words of it; else the sentence."""
    return next((clause for clause in _CLAUSES.split(quote) if phrase in clause), quote)


def _is_relative(value: Value) -> bool:
    """Whether a figure says nothing without the words for what it is reckoned from."""
    return value.base is not None and value.base in value.text


def _figure(value: Value, quote: str) -> str:
    unit = value.unit or ""
    number = f"{number_text(value.value or 0)}{unit}"
    if value.comparator == "between":
        return f"{number_text(value.value or 0)}至{number_text(value.upper or 0)}{unit}"
    if value.comparator == "exactly":
        return number
    word = _bound(value, (value.text, quote), _own(value.value or 0))
    if not word and re.search(_SERIES.format(_own(value.value or 0)), quote or value.text):
        word = _bound(value, (value.text, quote), r"[\d.,]+")
    if word:
        return f"{word}{number}" if word in BEFORE.get(value.comparator, ()) else f"{number}{word}"
    return f"{COMPARATORS[value.comparator]}{number}"


_SERIES: Final = r"{0}[^\d,，;；。]{{0,6}}[、和与及]\s*[\d]|\d[^\d,，;；。]{{0,6}}[、和与及]\s*{0}"
"""A figure with others beside it: 8个和10个以上."""


def _own(number: float) -> str:
    """Return a pattern for one number as it is printed: 1000 or 1,000."""
    whole, dot, rest = number_text(number).partition(".")
    grouped = "[,，]?".join(re.findall(r"\d{1,3}(?=(?:\d{3})*$)", whole))
    return rf"(?<![\d.]){grouped}{re.escape(dot + rest)}(?:\.0+)?(?![\d.])"


def _bound(value: Value, texts: tuple[str, ...], number: str) -> str:
    """Return the word that bounds a number in the first of some texts; empty where none does."""
    unit = re.escape(value.unit or "")
    for text in texts:
        for word in BEFORE.get(value.comparator, ()):
            if re.search(rf"{word}\s*{number}", text):
                return word
        for word in BEHIND.get(value.comparator, ()):
            # The bounding word stands behind a figure and its unit, not somewhere in a word: 3年内, but not 境内.
            if re.search(rf"{number}\s*(?:{unit}|个?[^\d,，、;；。]{{0,4}}?){word}", text):
                return word
    return ""


def due_text(due: Due | None) -> str:
    """Write a recurring date: 3月、6月20日前; 6月、12月底前; empty where there is none."""
    if not due:
        return ""
    months = "、".join(f"{month}月" for month in due.months)
    return f"{months}{MONTH_END[1:] if due.day is None else f'{due.day}日'}前"


def date_text(date: str) -> str:
    """Write an ISO date, or the year or month alone: 2022年12月20日, 2019年; empty where there is none."""
    return "".join(f"{int(part)}{unit}" for part, unit in zip(filter(None, date.split("-")), "年月日", strict=False))
