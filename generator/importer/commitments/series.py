"""Figures spread over the years of a span: 网上可办率、全程网办率分别达99.5%和91.5%、99.8%和93%、…."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ...text.readings import own_bounds, segment_at, series_bounds, years_in
from ...text.wording import BEFORE
from .figures import unit_of
from .phrases import AREA, trimmed
from .records import ProposedTarget, ProposedValue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...text.readings import Figure, Series

_SEVERAL: Final = re.compile("(?P<scope>.{4,}?)?(?P<first>(?:[^、]、)+)(?P<last>[^、])(?P<noun>[^、]{2,10})")
"""Several things named by one character each, with what is measured of all of them behind the last."""


def of_series(sentence: str, series: Series) -> Iterator[ProposedTarget]:
    """Yield a target for each column of a series, with a value for each of its years."""
    first = series.rows[0][0]
    at = sentence.rfind("分别", 0, first.start)
    start, _ = segment_at(sentence, at)
    before = max([y.end for y in years_in(sentence) if y.end <= at], default=start)
    start, words = trimmed(sentence, max(start, before), at)
    scope = found[1] if (found := AREA.match(words)) else None
    names = series.names if len(series.names) == len(series.rows[0]) else (words,)
    names = tuple(trimmed(name, 0, len(name))[1] for name in names)
    columns = list(zip(*series.rows, strict=True))
    notes: tuple[str, ...] = ()
    if len(columns) == 1 and (several := _SEVERAL.fullmatch(words)):
        # 电、水、气报装时间分别压缩至2个、1.5个、1个工作日以内
        listed = [*several["first"].rstrip("、").split("、"), several["last"]]
        names = tuple(f"{several['noun']}（{one}）" for one in listed)
        columns = columns * len(names)
        scope = several["scope"] or scope
        notes = ("各数按年份依次理解，列出的几项都适用；也可读作每项一个数，原文没有说明。",)
    if len(columns) != len(names):
        return
    last_end = series.rows[-1][-1]
    unit = unit_of(sentence, last_end)
    quote = sentence[start : first.start].rstrip()
    for name, column in zip(names, columns, strict=True):
        values = []
        for year, figure in zip(series.years, column, strict=True):
            value = _of_row(sentence, figure, year, unit)
            values.append(replace(value, notes=(*value.notes, *notes)))
        bare = name.removeprefix(scope or "")
        yield ProposedTarget(indicator=bare, scope=scope, quote=quote, values=tuple(values))


def _of_row(sentence: str, figure: Figure, year: int, shared_unit: str) -> ProposedValue:
    own = unit_of(sentence, figure)
    unit = shared_unit if not own or shared_unit.startswith(own) else own
    end = sentence.index(own, figure.end) + len(own) if own else figure.end
    bounds = own_bounds(sentence, figure, unit)
    notes: tuple[str, ...] = ()
    if not bounds and (shared := series_bounds(sentence, figure, unit)):
        bounds = shared
        notes = (f"“{next(iter(shared.values()))}”印在整串数的末尾，按各年都适用理解。",)
    comparator, word = next(iter(bounds.items()), ("exactly", ""))
    if not notes and word and sentence.startswith(word, end):
        end += len(word)
    begin = figure.start
    if not notes and word in BEFORE.get(comparator, ()) and sentence[:begin].endswith(word):
        begin -= len(word)
    return ProposedValue(
        text=sentence[begin:end], comparator=comparator, value=figure.low, unit=unit, year=year, notes=notes
    )
