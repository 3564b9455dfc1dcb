"""What a Chinese sentence of a plan prints: figures with their units and bounds, years, series, cycles, dates.

Pure functions over text; the rules hold the data to what they find. What the words do not
settle is left out rather than guessed, so that a rule can be sure of its finding.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from generator.terms import CHINESE_DIGITS
from generator.times import printed_times
from generator.wording import BEFORE, BEHIND

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.model import Value

SEGMENT_ENDS: Final = ";；。"
_ARABIC: Final = r"(?<![0-9.])[0-9]+(?:\.[0-9]+)?"
_CHINESE: Final = "[零〇一二两三四五六七八九十百千]+"
_NUMBER: Final = rf"(?:{_ARABIC}|{_CHINESE})"
_TO: Final = "(?:[—–－~～-]{1,2}|至|到)"  # noqa: RUF001 - dashes as they are printed
_FIGURE: Final = re.compile(rf"({_NUMBER})(?:\s*[^\s0-9,，、;；。]{{0,4}}?\s*{_TO}\s*({_NUMBER}))?")
_LONE_FIGURE: Final = re.compile(f"({_NUMBER})")
_PERCENT: Final = re.compile(rf"百分之({_NUMBER})")
_LONGER: Final = "工作日|自然日|百分点|小时|月|季度|星期|学时|日"
"""What makes of the measure 个 another one."""
_MEASURES: Final = "%|％|‰|个|条|台|项|处|天|日|户|家|次|件|人|名|亿|万|元|公里|平方米|亩|座|所|辆|小时|分钟|年|月"
_SEPARATORS: Final = "[、和与及]"
_TITLES: Final = re.compile("《[^》]*》|〔[^〕]*〕|<[^>]*>")
_NAMED: Final = re.compile(r"《[^》]*》|〔[^〕]*〕|<[^>]*>|[(（][0-9—－～~年至-]*[)）]")
"""Where years belong to a name: in titles, and alone in brackets, 三年(2022—2024)攻坚行动."""
_YEARS: Final = re.compile(rf"((?:19|20)[0-9]{{2}})年?{_TO}((?:19|20)[0-9]{{2}})年?|((?:19|20)[0-9]{{2}})年")
_SPAN_BEFORE: Final = re.compile("([0-9]{4}[—－-][0-9]{4}年)[,，]?[^,，;；。]{0,40}$")
UNDATED: Final = "未写年份"
_SMALL: Final = {"十": 10, "百": 100, "千": 1000}


@dataclass(frozen=True, slots=True)
class Figure:
    """A printed number, or a range of two, with its place in the text."""

    low: float
    high: float | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Years:
    """A printed year, or a range of years, with its place in the text."""

    years: tuple[int, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Series:
    """Figures printed one after another for the years of a range (分别达…): a row for each year."""

    years: tuple[int, ...]
    rows: tuple[tuple[Figure, ...], ...]
    names: tuple[str, ...]
    """What is printed before 分别, a part for each column; empty where they cannot be told apart."""


def parsed_number(text: str) -> float:
    """Read a printed number: 99.5, 三, 两, 十二, 一百零五."""
    if text[0].isascii():
        return float(text)
    total = digit = 0
    for char in text.replace("两", "二").replace("\u3007", "零"):
        if char in _SMALL:
            total += (digit or 1) * _SMALL[char]
            digit = 0
        else:
            digit = CHINESE_DIGITS.index(char)
    return float(total + digit)


def figures(text: str) -> tuple[Figure, ...]:
    """Return every number of a text in its order."""
    found: list[Figure] = []
    at = 0
    while match := _FIGURE.search(text, at):
        low, high = parsed_number(match[1]), parsed_number(match[2]) if match[2] else None
        if high is not None and high <= low:
            # 2022—2024 is a range, 1至3 too; 三至一 is none.
            match = _LONE_FIGURE.match(text, match.start()) or match
            high = None
        found.append(Figure(low, high, match.start(1), match.end()))
        at = match.end()
    return tuple(found)


def occurrences(words: str, text: str) -> Iterator[int]:
    """Yield where some words stand in a text."""
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def segment_at(text: str, at: int) -> tuple[int, int]:
    """Return where the part of a sentence, between semicolons, begins and ends that holds a place."""
    start = max(text.rfind(mark, 0, at) for mark in SEGMENT_ENDS) + 1
    ends = [end for mark in SEGMENT_ENDS if (end := text.find(mark, at)) >= 0]
    return start, min(ends, default=len(text))


def value_figures(value: Value, sentence: str) -> tuple[Figure, ...]:
    """Return the figures that a value can stand for: in its words, equal, in its own unit."""
    found: list[Figure] = []
    numbers = figures(sentence)
    upper = value.upper if value.comparator == "between" and value.upper != value.value else None
    for at in occurrences(value.text, sentence):
        inside = [f for f in numbers if at <= f.start and f.end <= at + len(value.text)]
        found += [f for f in inside if f.low == value.value and f.high == upper]
    return tuple(found)


def chain(sentence: str, figure: Figure) -> tuple[Figure, ...]:
    """Return the figure and those that follow it in one series: 8个和8个、5个和6个."""
    numbers = [f for f in figures(sentence) if f.start >= figure.start]
    found = numbers[:1]
    for one, next_one in pairwise(numbers):
        between = sentence[one.end : next_one.start]
        if not re.fullmatch(rf"\s*(?:{_MEASURES}|个工作日|个百分点)?(?:以上|以内|左右)?{_SEPARATORS}\s*", between):
            break
        found.append(next_one)
    return tuple(found)


def has_unit(sentence: str, figure: Figure, unit: str) -> bool:
    """Tell whether a unit of measure is printed behind a figure, or once behind its series."""
    if unit in {"%", "％"} and sentence[: figure.start].endswith("百分之"):
        return True
    for one in chain(sentence, figure):
        tail = sentence[one.end :].lstrip()
        if tail.startswith(unit) and not (unit == "个" and re.match(f"个(?:{_LONGER})", tail)):
            return unit != "个" or not _is_short(sentence, one)
        printed = re.match(f"(?:{_MEASURES})?(?={_SEPARATORS})", tail)
        if not printed or not unit.startswith(printed[0]):
            return False
    return False


def _is_short(sentence: str, figure: Figure) -> bool:
    """Tell whether the 个 behind a figure is short for what the end of its series prints: 3个和4个工作日."""
    last = chain(sentence, figure)[-1]
    own = sentence[figure.end :].lstrip()
    return bool(re.match(f"个{_SEPARATORS}", own) and re.match(f"个(?:{_LONGER})", sentence[last.end :].lstrip()))


def printed_unit(sentence: str, figure: Figure) -> str:
    """Return the unit of measure that stands behind a figure; empty where there is none that is known."""
    found = re.match(rf"\s*((?:个(?:{_LONGER}))|{_MEASURES})", sentence[figure.end :])
    return found[1] if found else ""


def own_bounds(sentence: str, figure: Figure) -> dict[str, str]:
    """Return comparator → the word that bounds a figure, printed at it or before its series."""
    head, tail = sentence[: figure.start].rstrip(), sentence[figure.end :]
    series = re.search(rf"(?:{_NUMBER}\s*(?:{_MEASURES}|个工作日)?{_SEPARATORS}\s*)+$", head)
    if series:
        head = head[: series.start()].rstrip()
    found = _before(head)
    behind = re.match(
        rf"\s*(?:个(?:{_LONGER})|{_MEASURES})?(?:的)?(及?以上|以内|之内|以下|内|左右|上下)(?![部地涵容外])", tail
    )
    if behind:
        words = behind[1]
        found |= {name: words for name, known in BEHIND.items() if words in known}
    return found


def _before(head: str) -> dict[str, str]:
    every = sorted(((word, name) for name, words in _BEFORE.items() for word in words), key=lambda w: -len(w[0]))
    return next(({name: word} for word, name in every if head.endswith(word)), {})


_BEFORE: Final = {
    "at_least": (*BEFORE["at_least"], "大于", "多于", "不下于"),
    "at_most": (*BEFORE["at_most"], "小于", "短于"),
    "about": (*BEFORE["about"], "近"),
}


def series_bounds(sentence: str, figure: Figure) -> dict[str, str]:
    """Return comparator → the word that is printed once, at the end of the series of a figure."""
    last = chain(sentence, figure)[-1:]
    return own_bounds(sentence, last[0]) if last and last[0] != figure else {}


RISE: Final = ("提高", "提升", "增长", "扩大", "增加", "上升", "增强", "加大", "改善", "递增", "升至", "增至")
FALL: Final = ("降低", "下降", "压减", "压缩", "减少", "缩短", "缩减", "降至", "精简", "递减", "减至", "压降")


def directions(text: str) -> dict[str, str]:
    """Return rise or fall → the word of a text that says so."""
    found = {"rise": next((w for w in RISE if w in text), ""), "fall": next((w for w in FALL if w in text), "")}
    return {name: word for name, word in found.items() if word}


def bound_words(comparator: str) -> tuple[str, ...]:
    """Return the words that may say a comparator."""
    words = (*BEFORE.get(comparator, ()), *BEHIND.get(comparator, ()))
    return words or {"rise": RISE, "fall": FALL}.get(comparator, ())


def years_in(text: str) -> tuple[Years, ...]:
    """Return the years that a text prints, in order; those in names of documents and actions are none."""
    return years_anywhere(_NAMED.sub(lambda m: "□" * len(m[0]), text))


def years_anywhere(text: str) -> tuple[Years, ...]:
    """Return the years that a text prints, in order, be it in names."""
    found: list[Years] = []
    for match in _YEARS.finditer(text):
        first = int(match[1] or match[3])
        last = int(match[2] or match[3])
        found.append(Years(tuple(range(first, min(last, first + 50) + 1)), match.start(), match.end()))
    return tuple(found)


def governing_years(sentence: str, words: str) -> tuple[Years, ...]:
    """Return, for each place of some words in a sentence, the years that rule there: inside, or last before."""
    found: list[Years] = []
    printed = years_in(sentence)
    for at in occurrences(words, sentence):
        inside = [y for y in printed if at <= y.start < at + len(words)]
        before = [y for y in printed if y.start < at]
        found += inside or before[-1:]
    return tuple(found)


def span_before(words: str, sentence: str) -> str:
    """Return the range of years right in front of some words, as printed: 2022—2024年,全区…; empty where none is.

    It holds for them though they name no year of their own.
    """
    found = _SPAN_BEFORE.search(sentence.partition(words)[0])
    return found[1] if found else ""


def undated_label(words: str, sentence: str) -> str:
    """Return what stands in place of a year where a target is given to none: the printed cycle or span, if any."""
    return span_before(words, sentence) or ("每年" if "每年" in words else UNDATED)


def series_in(sentence: str) -> tuple[Series, ...]:
    """Return every series of figures that the sentence spreads over the years of a range."""
    found: list[Series] = []
    for match in re.finditer("分别", sentence):
        ranges = [y for y in years_in(sentence) if len(y.years) > 1 and y.end <= match.start()]
        start, end = segment_at(sentence, match.start())
        numbers = [f for f in figures(sentence) if match.end() <= f.start < end]
        if not ranges or not numbers:
            continue
        years, row = ranges[-1].years, chain(sentence, numbers[0])
        rows = _rows(sentence, row, len(years))
        if rows:
            names = _names(sentence[max(start, ranges[-1].end) : match.start()], len(rows[0]))
            found.append(Series(years, rows, names))
    return tuple(found)


def _rows(sentence: str, row: tuple[Figure, ...], count: int) -> tuple[tuple[Figure, ...], ...]:
    """Return the figures of a series by year; empty where their number does not fit the years."""
    groups: list[list[Figure]] = [[row[0]]]
    for one, next_one in pairwise(row):
        if "、" in sentence[one.end : next_one.start]:
            groups.append([])
        groups[-1].append(next_one)
    if len(groups) == count and len({len(group) for group in groups}) == 1:
        return tuple(tuple(group) for group in groups)
    return tuple((figure,) for figure in row) if len(row) == count else ()


def _names(text: str, columns: int) -> tuple[str, ...]:
    parts = tuple(part for part in re.split("[、和与及]", text.strip(",， ")) if part)
    return parts if len(parts) == columns else ()


@dataclass(frozen=True, slots=True)
class Step:
    """A part of a sentence that is given to one year: 2022年…;2023年…."""

    year: int
    start: int
    end: int


def steps_in(sentence: str) -> tuple[Step, ...]:
    """Return the parts of a sentence that are each given to a year of its own; at least two, else none."""
    found: list[Step] = []
    for years in years_in(sentence):
        if len(years.years) == 1:
            start, end = segment_at(sentence, years.start)
            found.append(Step(years.years[0], start, end))
    distinct = {step.start for step in found}
    return tuple(found) if len(found) > 1 and len(distinct) == len(found) else ()


_CYCLES: Final = (
    ("monthly", "每个?月|按月|逐月|月度|月底|月末"),
    ("quarterly", "每个?季|按季|逐季|季度"),
    ("yearly", "每年|年度|一年一次|逐年|每个年度|按年"),
    ("each_time", "每次|每批|每届"),
    ("other", "定期|不定期|适时|经常性|动态|常态化|随时"),
)
_EACH_TIME: Final = "每次|每一次|凡|对收到的|[^0-9小即同及实适定限按准随临暂]时(?=[,，给由要应]|$)"
CYCLE_WORDS: Final = {
    "monthly": "每月|月度|按月",
    "quarterly": "每季|季度|按季",
    "yearly": "每年|年度|按年|一年一次",
    "each_time": "每次|每收到|每件|每一件|每批|逐件|每个项目",
    "other": "反复|周期|多久|按?有.{0,12}就|经常|定期|不明",
}
"""Frequency → words by which a note may give the reason for reading it."""


def frequencies(text: str) -> dict[str, str]:
    """Return frequency → the printed words that say it."""
    bare = _TITLES.sub("", text)
    found: dict[str, str] = {}
    for words in printed_times(bare):
        for name, pattern in _CYCLES:
            if re.search(pattern, words) and not years_in(words):
                found.setdefault(name, words)
                break
    each = re.search(_EACH_TIME, bare)
    if each:
        found.setdefault("each_time", each[0])
    return found


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A date that recurs, as far as it is printed."""

    words: str
    months: tuple[int, ...]
    day: int | None
    """None where the month's end is printed."""


def printed_dates(text: str) -> tuple[PrintedDate, ...]:
    """Return the recurring dates of a text: 每季度末月20日前, 每季度末月(6月、9月、12月)19日前, 月底前."""
    found: list[PrintedDate] = []
    for words in printed_times(_TITLES.sub("", text)):
        day = re.search("([0-9]{1,2})日", words)
        at_end = re.search("季度?末(?!月)|[年月]?[底末](?!月)", words)
        if (day or at_end) and not years_in(words):
            months = tuple(int(month) for month in re.findall("([0-9]{1,2})月", words))
            found.append(PrintedDate(words, months or _implied(words), int(day[1]) if day else None))
    return tuple(found)


def _implied(words: str) -> tuple[int, ...]:
    """Return the months that words mean without naming them; empty where they name none."""
    if "季" in words:
        return (1, 4, 7, 10) if "首月" in words or "季度初" in words else (3, 6, 9, 12)
    if "月" in words:
        return tuple(range(1, 13))
    return (12,) if "年" in words else ()


def names_months(date: PrintedDate) -> bool:
    """Tell whether a date's months are printed, not implied."""
    return bool(re.search("[0-9]月|每个?月", date.words))
