"""目标取值的年份必须是原文给它的年份（单印的，或在范围里）；原文没有写在这一处的，要标 inferred 并写明年份。"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ..problems import Problem
from ..text.lines import quoted
from ..text.readings import (
    governing_years,
    occurrences,
    segment_at,
    series_in,
    value_figures,
    years_anywhere,
    years_in,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..model import Data, Target, Value
    from ..text.readings import Years

ID = "year-not-printed"

_EACH_YEAR: Final = re.compile("每年|各年|逐年|每个年度|分年")


def check(data: Data) -> Iterator[Problem]:
    """Yield one problem for each year that the text does not print for its value, and for each that was left out."""
    for plan in data.plans:
        for item, target, sentence in quoted(plan, lambda item: item.targets):
            for value in (value for value in target.values if value.text in sentence):
                if value.year is not None:
                    advice = _dated(value, sentence)
                else:
                    advice = _undated(value, sentence) or _left_out(value, getattr(item, "year", None))
                if advice:
                    yield Problem(value.where, ID, advice)
            yield from _gaps(target, sentence)


def _dated(value: Value, sentence: str) -> str:
    years = governing_years(sentence, value.text)
    if "年均" in value.text:
        return f"“年均”是各年的平均数，不是 {value.year} 年一年的数：请删去 year，标 reading: inferred，在 note 里写明"
    single = _singly_named(value.note or "")
    if single and value.year not in single:
        return f"note 里写的是 {'、'.join(map(str, sorted(single)))} 年，year 却是 {value.year}：请改正其中一个"
    if value.reading != "printed" and value.year in single:
        return ""
    if any(value.year in found.years for found in years):
        return _spread(value, sentence, years)
    if years:
        printed = sentence[years[0].start : years[0].end]
        return f"原文把“{value.text}”写在“{printed}”里，不是 {value.year} 年：请改正 year，或改正 text"
    if value.reading != "printed" and value.year in _named(value.note or ""):
        return ""
    return f"原文这句话没有写 {value.year} 年：请改正 year；是推断的请标 reading: inferred，在 note 里写出年份和理由"


def _spread(value: Value, sentence: str, years: Sequence[Years]) -> str:
    """Say what is wrong where a range of years is spread over single ones, which only a series or 每年 prints."""
    ranges = [found for found in years if value.year in found.years]
    if value.reading != "printed" or any(len(found.years) == 1 for found in ranges):
        return ""
    figures = set(value_figures(value, sentence))
    in_series = any(figures & {figure for row in series.rows for figure in row} for series in series_in(sentence))
    start, end = segment_at(sentence, sentence.index(value.text))
    if in_series or _EACH_YEAR.search(sentence[start:end]):
        return ""
    printed = sentence[ranges[0].start : ranges[0].end]
    return f"原文只写“{printed}”，“{value.text}”落到 {value.year} 年是理解：请标 reading: inferred，在 note 里写明"


def _undated(value: Value, sentence: str) -> str:
    for at in occurrences(value.text, sentence):
        start, _ = segment_at(sentence, at)
        ruling = [y for y in years_in(sentence) if start <= y.start < at + len(value.text)]
        if not ruling:
            return ""
        printed = sentence[ruling[-1].start : ruling[-1].end]
        if value.reading != "printed" and _named(value.note or "") & set(ruling[-1].years):
            return ""
        return f"“{value.text}”归“{printed}”管：请写 year；不落到某一年的，请标 reading: inferred，在 note 里写明"
    return ""


def _left_out(value: Value, of_goal: int | None) -> str:
    """Say what is wrong where the year is given by the goal, or by the note."""
    single = _singly_named(value.note or "")
    if of_goal is not None:
        return f"这一段是 {of_goal} 年的总体目标：请写 year: {of_goal}；本句没印年份的，标 reading: inferred 并写 note"
    if len(single) == 1:
        return f"note 里写到 {min(single)} 年，却没有 year：请补上 year，或改正 note"
    return ""


def _singly_named(note: str) -> set[int]:
    """Return the years that a note names by themselves, not as an end of a range."""
    ranges = [found for found in years_anywhere(note) if len(found.years) > 1]
    for found in reversed(ranges):
        note = note[: found.start] + note[found.end :]
    return _named(note)


def _gaps(target: Target, sentence: str) -> Iterator[Problem]:
    """Yield a problem where the same words hold for a range of years and some of these are left out."""
    for words in {value.text: None for value in target.values}:
        dated = [value for value in target.values if value.text == words and value.year is not None]
        ruling = governing_years(sentence, words) or years_anywhere(dated[0].note or "" if dated else "")
        ranges = [found for found in ruling if len(found.years) > 1]
        if len(dated) < 2 or len(ranges) != 1:  # noqa: PLR2004 - one year alone may be the end of the range
            continue
        years = ranges[0].years
        lacking = [year for year in years if year not in {value.year for value in dated}]
        if lacking:
            listed = "、".join(map(str, lacking))
            is_range = years == tuple(range(years[0], years[-1] + 1))
            span = f"{years[0]}—{years[-1]}" if is_range else "、".join(map(str, years))
            text = f"“{words}”在 {span} 年各年都适用，却少了 {listed} 年：请补上"
            yield Problem(target.where, ID, text)


def _named(note: str) -> set[int]:
    """Return the years that a note names."""
    ranges = {year for found in years_anywhere(note) for year in found.years}
    return ranges | {int(year) for year in re.findall("(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])", note)}
