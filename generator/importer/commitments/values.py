"""One printed figure as a value, or as one for each year for which it holds."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from ...text.readings import FALL, RISE, Years, governing_years, segment_at, years_anywhere, years_in
from .figures import is_state
from .phrases import WITHIN, clause_at
from .records import Context, ProposedValue

_PER_YEAR: Final = re.compile("年均|平均每年")
_ON: Final = re.compile(
    "(?:办结|审结|完成)?并(?P<text>(?:持续|逐步|逐年|进一步|不断)"
    f"(?:{'|'.join((*RISE, *FALL))})(?:[^,，;；。]{{0,4}}?时间?)?)"
)


def dated(sentence: str, at: int, value: ProposedValue, context: Context) -> tuple[ProposedValue, ...]:
    """Return a value whose words stand at a place with its year, or one for each year for which it holds."""
    clause, text, unit = clause_at(sentence, at), value.text, value.unit or ""
    years = _years(sentence, at, text)
    averages = list(_PER_YEAR.finditer(sentence, clause.start, at))
    each = sentence.rfind("每年", clause.start, at)
    spans = [y for y in years_anywhere(sentence) if len(y.years) > 1 and y.end <= at]
    within = WITHIN.search(sentence, segment_at(sentence, at)[0], at)
    if averages:
        span = sentence[years.start : years.end] if years else "各年"
        whole = sentence[averages[-1].start() : at + len(text)]
        if context.goal_year:
            # The year is that of the goal, by whose end the average is reckoned.
            return (_noted(replace(value, year=context.goal_year), f"“年均”是到{context.goal_year}年各年的平均数。"),)
        return (_noted(replace(value, text=whole), f"“年均”是{span}的平均数，不拆到各年。"),)
    if not years and each >= 0 and spans:
        printed = sentence[spans[-1].start : spans[-1].end]
        note = f"原文写“每年”，同句写明“{printed}”，按这几年每年理解。"
        return tuple(replace(_noted(value, note), year=year) for year in spans[-1].years)
    if years and len(years.years) == 1:
        return (replace(value, year=years.years[0]),)
    if years:
        return _spread(sentence[years.start : years.end], value, years.years, unit)
    if within and context.end:
        note = f"原文写“{within['words']}”，按合计、到{context.end}年底理解。"
        return (replace(_noted(value, note), year=context.end),)
    if context.goal_year:
        note = f"本句没有年份，按段首“{context.goal_year}年”理解。"
        return (replace(_noted(value, note), year=context.goal_year),)
    return (replace(value, text=sentence[each : at + len(text)]),) if each >= 0 else (value,)


def _noted(value: ProposedValue, note: str) -> ProposedValue:
    return replace(value, notes=(*value.notes, note))


def _years(sentence: str, at: int, text: str) -> Years | None:
    """Return the years that rule a place: those of its part of the sentence, the nearest before or inside."""
    start, _ = segment_at(sentence, at)
    here = [y for y in years_in(sentence) if start <= y.start < at + len(text)]
    if here:
        return here[-1]
    ruling = governing_years(sentence, text)
    return ruling[0] if ruling and len(ruling[0].years) > 1 else None


def _spread(printed: str, value: ProposedValue, years: tuple[int, ...], unit: str) -> tuple[ProposedValue, ...]:
    if value.comparator == "exactly" and not is_state(unit):
        note = f"原文只写“{printed}”，按这几年合计、到{years[-1]}年理解。"
        return (replace(value, year=years[-1], notes=(*value.notes, note)),)
    note = f"原文只写“{printed}”，按每年都适用理解。"
    return tuple(replace(value, year=year, notes=(*value.notes, note)) for year in years)


def and_on(sentence: str, end: int, values: tuple[ProposedValue, ...]) -> tuple[ProposedValue, ...]:
    """Return what a figure goes on to do, in its own years: 不超过50个工作日并持续压减时间."""
    found = _ON.match(sentence, end)
    if not found:
        return ()
    comparator = "rise" if any(word in found["text"] for word in RISE) else "fall"
    return tuple(
        ProposedValue(text=found["text"], comparator=comparator, year=value.year, notes=value.notes[-1:])
        for value in values
    )
