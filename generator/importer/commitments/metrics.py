"""Targets by figures: what is measured, where, how far, by when, and what of it the words do not say themselves.

The words are read by `text.readings`, as the rules read them.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ...text.readings import figures, own_bounds, series_bounds, series_in
from ...text.wording import BEFORE, BEHIND
from .figures import ACTS, TIME, VERBS, after_list, sets_target, unit_of
from .phrases import AREA, Clause, area_of, clause_at, hidden, qualifier_of, trimmed
from .records import Context, ProposedTarget, ProposedValue
from .series import of_series
from .values import and_on, dated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...text.readings import Figure

_BASE: Final = re.compile(
    r"在(?P<on>[^,，;；。]{2,20}?)的?基础上再?"
    r"|(?<![占之配生师医护患床容积])(?:比|较)(?P<than>[^,，;；。、]{2,12}?)(?=再?(?:增长|提高|提升|下降|降低|压缩|压减|减少|增加|翻))"
)
"""What a figure is reckoned from: 在全省总体目标的基础上再压缩5%, 比上年增长5%."""
_TAIL: Final = re.compile(f"(?:{VERBS})+$")
_FROM_BEFORE: Final = re.compile("(?:从|由|自)[^,，;；。0-9]*[0-9][^,，;；。]*$")
"""办理时间由20个工作日: what it was, behind what is measured."""
_GROWS: Final = re.compile("(?:年均|平均每年)(?:增长|提高|下降|增加)$")
_BY: Final = re.compile("(?:增长|增加|下降|降低|减少|压减|压缩)$")
_NOUN: Final = re.compile(r"(?:的)?(?:[^,，;；。、和与及0-9(（\s]|[(（][^()（）]*[)）]){2,24}")
_SHORT: Final = 2
"""Characters of a word that names nothing measured by itself: 新建."""


def metrics(sentence: str, context: Context) -> Iterator[ProposedTarget]:
    """Yield the targets that a sentence sets by figures, in printed order."""
    masked = hidden(sentence)
    in_series: set[Figure] = set()
    for series in series_in(sentence):
        used = {figure for row in series.rows for figure in row}
        if not used & in_series and all(masked[f.start] != "□" for f in used):
            in_series |= used
            yield from of_series(sentence, series)
    for figure in figures(masked):
        if figure not in in_series and sets_target(sentence, masked, figure):
            in_series.add(figure)
            if found := _single(sentence, masked, figure, context):
                yield found


def _single(sentence: str, masked: str, figure: Figure, context: Context) -> ProposedTarget | None:
    """Return the target of one figure; None where nothing measured stands at it."""
    clause = clause_at(sentence, figure.start)
    begin, end, value = _bounded(sentence, clause, figure)
    if not _FROM_BEFORE.search(sentence[clause.start : begin]):
        clause = Clause(after_list(sentence, masked, clause.start, begin), clause.end)
    indicator, scope, start = _indicator(sentence, clause, begin, end)
    if not indicator or _is_mere_span(sentence[clause.start : begin], value):
        return None
    at = begin
    while sentence.count(sentence[at:end]) > 1 and at > clause.start:
        # The words of another figure hold these: 100% and 100%以上.
        at -= 1
    noun = sentence[end : _noun_end(sentence, end)]
    quote = sentence[min(start, begin) : end + (len(noun) if indicator.endswith(noun.removeprefix("的")) else 0)]
    base = _BASE.search(sentence, clause.start, begin)
    values = dated(sentence, at, replace(value, text=sentence[at:end]), context)
    if qualifier := qualifier_of(sentence, begin):
        values = tuple(replace(one, qualifier=qualifier[0], notes=(*one.notes, *qualifier[1:])) for one in values)
    if base:
        values = tuple(replace(one, text=sentence[base.start() : end]) for one in values)
    return ProposedTarget(
        indicator=indicator,
        quote=quote.strip(),
        scope=scope or area_of(sentence),
        base=(base["on"] or base["than"]) if base else None,
        values=values + and_on(sentence, end, values),
    )


def _bounded(sentence: str, clause: Clause, figure: Figure) -> tuple[int, int, ProposedValue]:
    """Return a figure with the word that bounds it, and where both begin and end."""
    unit = unit_of(sentence, figure)
    begin, end = figure.start, sentence.index(unit, figure.end) + len(unit)
    bounds, notes = own_bounds(sentence, figure, unit), list[str]()
    if not bounds and (shared := series_bounds(sentence, figure, unit)) and set(shared) <= set(BEHIND):
        bounds = shared
        notes.append(f"“{next(iter(shared.values()))}”印在后面的数上，按也管这个数理解。")
    comparator, word = next(iter(bounds.items()), ("exactly", ""))
    if figure.high is not None:
        comparator = "between"
    if word in BEFORE.get(comparator, ()) and (at := sentence.rfind(word, clause.start, figure.start)) >= 0:
        begin = at
    for tail in sorted(BEHIND.get(comparator, ()), key=len, reverse=True):
        if sentence.startswith((tail, f"的{tail}"), end):
            end = sentence.index(tail, end) + len(tail)
            break
    if comparator == "exactly" and TIME.search(unit) and re.match("内|办结|审结|完成", sentence[end:]):
        comparator = "at_most"
        notes.append("原文没有“以内”，办理时限按不超过理解。")
    if comparator == "exactly" and sentence[:begin].endswith("超"):
        comparator, begin = "at_least", begin - 1
        notes.append("原文写“超”，按不低于理解。")
    upper = figure.high if comparator == "between" else None
    return (
        begin,
        end,
        ProposedValue(text="", comparator=comparator, value=figure.low, upper=upper, unit=unit, notes=tuple(notes)),
    )


def _is_mere_span(before: str, value: ProposedValue) -> bool:
    """Say whether a figure of time is no more than a length, for no word says that it is to be kept."""
    is_bare = value.comparator == "exactly" and not value.notes and bool(TIME.search(value.unit or ""))
    return is_bare and not re.search(VERBS, before)


def _indicator(sentence: str, clause: Clause, begin: int, end: int) -> tuple[str, str | None, int]:
    """Return what is measured, its area, and where the words of both begin; the noun may stand behind the figure."""
    start, words = trimmed(sentence, clause.start, begin)
    if found := AREA.match(words):
        scope, words, first = found[1], words[found.end() :], start + found.end()
    else:
        scope, first = None, start
    words = _FROM_BEFORE.sub("", words)
    words = words[: base.start()] if (base := _BASE.search(words)) else words
    bare = _TAIL.sub("", words.strip(" ,，")).strip(" ,，").removeprefix("对").removeprefix("将")
    if re.search("[%％]|百分点", sentence[begin:end]) and (by := _BY.search(words)):
        # 地区生产总值增长6%: what is measured is the growth.
        bare += by[0]
    if _GROWS.search(words):
        bare = words.strip(" ,，")
    if _GROWS.fullmatch(bare):
        # 社会消费品零售总额突破3万亿元、年均增长9%以上
        whole = trimmed(sentence, clause_at(sentence, begin).start, begin)[1]
        bare = f"{_TAIL.sub('', re.split('[0-9]', whole)[0])}{bare}"
    noun = sentence[end : _noun_end(sentence, end)]
    if len(bare) >= _SHORT or (bare and noun):
        return (f"{bare}{noun}" if _is_verb(bare) and noun else bare), scope, start
    if noun:
        return noun.removeprefix("的"), scope, min(start, begin) if words else begin
    return _named_before(sentence, clause) if not bare or bare == "全年" else ("", None, first)


def _named_before(sentence: str, clause: Clause) -> tuple[str, str | None, int]:
    """Return what the clause before names, where its own prints a figure alone: 组织企业参展,全年不少于15场."""
    if clause.start < _SHORT or sentence[clause.start - 1] not in ",，":
        return "", None, clause.start
    before = clause_at(sentence, clause.start - 2)
    start, words = trimmed(sentence, before.start, before.end)
    is_sound = len(words) > _SHORT and not re.search(r"\d", words)
    return (words, None, start) if is_sound else ("", None, clause.start)


def _is_verb(words: str) -> bool:
    return bool(ACTS.search(words)) or len(words) <= _SHORT


def _noun_end(sentence: str, end: int) -> int:
    """Return where the noun behind a figure ends; where none stands there, where the figure ends."""
    found = _NOUN.match(sentence, end)
    return found.end() - bool(re.search("[以等]$", found[0])) if found else end
