"""原文按年排成一串的（2022—2024年分别达A、B、C；2022年……；2023年……），各年、各指标的数要对上号，一年也不能少。"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from ..problems import Problem
from ..terms import number_text
from ..text.lines import targets_by_sentence
from ..text.readings import Series, occurrences, series_in, steps_in, value_figures

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..model import Data, Target, Value
    from ..text.readings import Step

ID = "series-mismatch"


def check(data: Data) -> Iterator[Problem]:
    """Yield one problem for each value that stands at a wrong place of a printed series, and each that is missing."""
    for plan in data.plans:
        for (_item, sentence), targets in targets_by_sentence(plan).items():
            for series in series_in(sentence):
                yield from _series(series, sentence, targets)
            yield from _steps(steps_in(sentence), sentence, targets)


def _series(series: Series, sentence: str, targets: Sequence[Target]) -> Iterator[Problem]:
    """Check the targets whose values stand in a series: their years, and the column that is theirs."""
    columns: dict[int, list[Target]] = defaultdict(list)
    inside = {figure for row in series.rows for figure in row}
    for target in targets:
        values = [v for v in target.values if v.value is not None and inside & set(value_figures(v, sentence))]
        if not values:
            continue
        fitting = [j for j in range(len(series.rows[0])) if all(_fits(v, series, sentence, j) for v in values)]
        if not fitting:
            yield from _misplaced(values, series, sentence)
            continue
        lacking = [year for year in series.years if year not in {v.year for v in values}]
        if lacking:
            listed = "、".join(map(str, lacking))
            yield Problem(target.where, ID, f"原文这一串数逐年都有，“{target.indicator}”却少了 {listed} 年：请补上")
        if len(fitting) == 1:
            columns[fitting[0]].append(target)
    yield from _columns(series, columns)


def _fits(value: Value, series: Series, sentence: str, column: int) -> bool:
    if value.year not in series.years:
        return False
    return series.rows[series.years.index(value.year)][column] in value_figures(value, sentence)


def _misplaced(values: Sequence[Value], series: Series, sentence: str) -> Iterator[Problem]:
    """Yield a problem for each value that no one column of the series explains."""
    columns = range(len(series.rows[0]))
    best = max(columns, key=lambda j: sum(_fits(value, series, sentence, j) for value in values))
    for value in values:
        if _fits(value, series, sentence, best):
            continue
        if value.year in series.years:
            right = series.rows[series.years.index(value.year)][best]
            text = (
                f"原文按年依次排列，{value.year} 年是 {number_text(right.low)}，不是 {number_text(value.value or 0)}："
                "请改正 year 或 value，各年的数不要错位，也不要取自另一个指标"
            )
        else:
            text = f"原文这一串数按 {series.years[0]}—{series.years[-1]} 年依次排列：请给这个值写上它那一年"
        yield Problem(value.where, ID, text)


def _columns(series: Series, columns: dict[int, list[Target]]) -> Iterator[Problem]:
    """Yield a problem for each target that shares a column with another, or takes the other's."""
    for targets in columns.values():
        if len(targets) > 1 and len(series.rows[0]) == 1:
            for target in targets:
                if any(value.reading == "printed" for value in target.values):
                    text = (
                        f"原文只有一串数，却分给了 {len(targets)} 个指标：请给“{target.indicator}”标 inferred，"
                        "在 note 里写明怎样理解"
                    )
                    yield Problem(target.where, ID, text)
        elif len(targets) > 1:
            ids = "、".join(target.id for target in targets)
            text = f"{ids} 取的是同一串数，而原文每个指标各有一串：请核对哪一个取错了"
            yield Problem(targets[1].where, ID, text)
    if not series.names or any(len(targets) != 1 for targets in columns.values()):
        return
    for column, (target,) in columns.items():
        others = {char for j, (other,) in columns.items() if j != column for char in other.indicator}
        own = set(target.indicator) - others
        scores = [len(own & set(name)) for name in series.names]
        if max(scores) > scores[column]:
            right = series.names[scores.index(max(scores))]
            text = f"“{target.indicator}”取了“{series.names[column]}”那一串数：请改取“{right}”的"
            yield Problem(target.where, ID, text)


def _steps(steps: Sequence[Step], sentence: str, targets: Sequence[Target]) -> Iterator[Problem]:
    """Yield a problem for each year of a sentence in steps that no target has, while others are there."""
    quoted_years = {
        step.year
        for step in steps
        for target in targets
        for value in target.values
        if any(step.start <= at < step.end for at in occurrences(value.text, sentence))
    }
    lacking = [step for step in steps if step.year not in quoted_years]
    if quoted_years and lacking:
        fullest = max(targets, key=lambda target: len({value.year for value in target.values}))
        for step in lacking:
            words = sentence[step.start : step.end].strip()
            text = f"原文这句分年写，{step.year} 年的“{words}”还没有：请补上这一年"
            yield Problem(fullest.where, ID, text)
