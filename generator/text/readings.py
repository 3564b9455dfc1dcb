"""What a Chinese sentence of a plan prints: figures with their units and bounds, years, series.

Pure functions over text; the rules hold the data to what they find. What the words do not
settle is left out rather than guessed, so that a rule can be sure of its finding. How often
and by when something recurs is read in `cycles`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from ..terms import CHINESE_DIGITS
from .times import TO
from .wording import BEFORE, BEHIND

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model import Value

SEGMENT_ENDS: Final = ";；。"
_ARABIC: Final = r"(?<![0-9.])(?:[0-9]{1,3}(?:[,，][0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?"
"""Thousands may be set apart: 1,000."""
_CHINESE: Final = "[零〇一二两三四五六七八九十百千]+"
_NUMBER: Final = rf"(?:{_ARABIC}|{_CHINESE})"
_FIGURE: Final = re.compile(rf"({_NUMBER})(?:\s*[^\s0-9,，、;；。]{{0,4}}?\s*{TO}\s*({_NUMBER}))?")
_LONE_FIGURE: Final = re.compile(f"({_NUMBER})")
_LONGER: Final = "工作日|自然日|百分点|小时|月|季度|星期|学时|日"
"""What makes of the measure 个 another one."""
_MEASURES: Final = (
    "%|％|‰|万元|亿元|万人次|人次|万人|万户|公里|千米|平方公里|平方米|立方米|公顷|小时|分钟|兆瓦|千瓦|公斤|"
    "个|条|台|项|处|天|日|户|家|次|件|人|名|亿|万|元|亩|座|所|辆|年|月|吨|米|场|套|支|份|篇|架|艘|宗|幢|栋"
)
_SEPARATORS: Final = "[、和与及]"
_NAMED: Final = re.compile(r"《[^》]*》|〔[^〕]*〕|<[^>]*>|[(（][0-9—－～~年至-]*[)）]")
"""Where years belong to a name: in titles, and alone in brackets, 三年(2022—2024)攻坚行动."""
_YEAR: Final = "(?:19|20)[0-9]{2}"
_YEARS: Final = re.compile(rf"({_YEAR})年?{TO}({_YEAR})年?|(?:{_YEAR}年?[、和及])*{_YEAR}年")
"""A range of years, or one year, or several listed: 2022年、2023年和2024年."""
_LISTED: Final = re.compile(f"({_YEAR})年?")
_BASE_BEFORE: Final = re.compile("(?<![占之配生师医护患床容积])比$|较$|(?:[高低优好多少快]于|恢复到)$")
_BASE_BEHIND: Final = re.compile("[底末]?(?:的?基础上|水平|同期|基[数期]|为基[数期准点])|[^0-9,，;；。]{0,6}相比")
_AS_IN: Final = re.compile("[底末]?(?:水平)?(?:基本)?(?:持平|相当|一致)")
"""What makes of a year the one from which others are reckoned: 比2020年下降, 以2020年为基期, 与2020年持平."""
_SPAN_BEFORE: Final = re.compile("([0-9]{4}[—－-][0-9]{4}年)[,，]?[^,，;；。]{0,40}$")
UNDATED: Final = "未写年份"
_SMALL: Final = {"十": 10, "百": 100, "千": 1000}
_DIGITS: Final = re.compile("[一二三四五六七八九][零一二三四五六七八九]{3}|[一二三四五六七八九]零")
"""Digits one by one, as years are written: 二〇二五; but 三四家 is three or four."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A printed number, or a range of two, with its place in the text."""

    low: float
    high: float | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Years:
    """A printed year, a range of years, or several listed, with its place in the text."""

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
    """Read a printed number: 99.5, 1,000, 三, 两, 十二, 一百零五, 二〇二五."""
    if text[0].isascii():
        return float(re.sub("[,，]", "", text))
    text = text.replace("两", "二").replace("\u3007", "零")
    if _DIGITS.fullmatch(text):
        return float("".join(str(CHINESE_DIGITS.index(char)) for char in text))
    total = digit = 0
    for char in text:
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


def chain(sentence: str, figure: Figure, unit: str = "") -> tuple[Figure, ...]:
    """Return the figure and those that follow it in one series: 8个和8个、5个和6个; `unit` is known beside others."""
    numbers = [f for f in figures(sentence) if f.start >= figure.start]
    found = numbers[:1]
    for one, next_one in pairwise(numbers):
        between = sentence[one.end : next_one.start]
        if not re.fullmatch(rf"\s*(?:{_measures(unit)})?(?:以上|以内|左右)?{_SEPARATORS}\s*", between):
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


def _measures(unit: str) -> str:
    """Return what may stand between a figure and the word that bounds it: its own unit, or a known one."""
    known = f"个(?:{_LONGER})|{_MEASURES}"
    return f"{re.escape(unit)}|{known}" if unit else known


def own_bounds(sentence: str, figure: Figure, unit: str = "") -> dict[str, str]:
    """Return comparator → the word that bounds a figure, printed at it or before its series.

    `unit` is the figure's own, where it is known; others than the common ones are not.
    """
    head, tail = sentence[: figure.start].rstrip(), sentence[figure.end :]
    series = re.search(rf"(?:{_NUMBER}\s*(?:{_measures(unit)})?{_SEPARATORS}\s*)+$", head)
    if series:
        head = head[: series.start()].rstrip()
    found = _before(head, tail)
    behind = re.match(rf"\s*(?:{_measures(unit)})?(?:的)?({_BEHIND_WORDS})", tail)
    if behind:
        words = behind[1]
        found |= {name: words for name, known in BEHIND.items() if words in known}
    return found


def _before(head: str, tail: str) -> dict[str, str]:
    every = sorted(((word, name) for name, words in _BEFORE.items() for word in words), key=lambda w: -len(w[0]))
    head = _AT_LEAST.sub(r"\1", _NOT_MAY.sub("不", head))
    found = next(((word, name) for word, name in every if head.endswith(word)), None)
    if not found or _IN_WORDS.search(head) or (found[0] == "近" and re.match("\\s*年", tail)):
        return {}
    return {found[1]: found[0]}


def is_sure(word: str, sentence: str, figure: Figure) -> bool:
    """Tell whether a word at a figure bounds it for sure: 突破100亿元 does, 突破10项关键技术 may not."""
    return word != "突破" or bool(re.match(r"\s*(?:[百千]?[万亿]|元|%|％)", sentence[figure.end :]))


_BEFORE: Final = {
    "at_least": (*BEFORE["at_least"], "大于", "多于", "不下于"),
    "at_most": (*BEFORE["at_most"], "小于", "短于"),
    "about": (*BEFORE["about"], "近"),
}
_BEHIND_WORDS: Final = (
    "及?以上|以内|之内|以下|左右(?![两岸])|上下(?![游级联班])"
    "|内(?!部(?!署)|容(?!缺)|设(?![立置定])|需(?!要|完|提|办)|[地涵外陆港资销蒙河环贸])"
)
"""Words that bound the figure before them, but for those that begin another word: 5个内设机构."""
_IN_WORDS: Final = re.compile("[签节预履邀制条合集特失违公租规]约$|[最附临靠亲邻]近$")
"""Words that end as one that bounds a figure does: 签约10个, 最近3年."""
_AT_LEAST: Final = re.compile("(至少)(?:[\u4e00-\u9fff]{1,4})$")
"""至少有1处, 至少举办12场: the verb stands between."""
_NOT_MAY: Final = re.compile("不[得能应可会要](?=(?:[少多低高小大短长下]于|超过)$)")
"""不得少于 is 不少于."""


def series_bounds(sentence: str, figure: Figure, unit: str = "") -> dict[str, str]:
    """Return comparator → the word that is printed once, at the end of the series of a figure."""
    last = chain(sentence, figure, unit)[-1:]
    return own_bounds(sentence, last[0], unit) if last and last[0] != figure else {}


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
    """Return the years that a text prints for what it says, in order.

    Those in names of documents and actions are none, nor those from which something is reckoned.
    """
    bare = _NAMED.sub(lambda m: "□" * len(m[0]), text)
    return tuple(found for found in years_anywhere(bare) if not _is_base(bare[: found.start], bare[found.end :]))


def _is_base(head: str, tail: str) -> bool:
    """Tell whether the year between two texts is one from which others are reckoned."""
    if head.endswith(("与", "同", "和")) and _AS_IN.match(tail):
        return True
    return bool(_BASE_BEFORE.search(head) or _BASE_BEHIND.match(tail))


def years_anywhere(text: str) -> tuple[Years, ...]:
    """Return the years that a text prints, in order, be it in names; those of one rising list together."""
    found: list[Years] = []
    for match in _YEARS.finditer(text):
        if match[1]:
            first, last = int(match[1]), int(match[2])
            found.append(Years(tuple(range(first, min(last, first + 50) + 1)), *match.span()))
            continue
        listed = [Years((int(one[1]),), *one.span()) for one in _LISTED.finditer(text, *match.span())]
        years = tuple(year for one in listed for year in one.years)
        is_list = all(one < other for one, other in pairwise(years))
        found += [Years(years, *match.span())] if is_list else listed
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


def undated_span(words: str, sentence: str) -> str:
    """Return the printed span or cycle of a target that is given to no single year; empty where none is printed."""
    return span_before(words, sentence) or ("每年" if "每年" in words else "")


def series_in(sentence: str) -> tuple[Series, ...]:
    """Return every series of figures that the sentence spreads over the years of a range.

    Where as many things as years are named, the figures may be theirs: 2022—2024年,一、二、三产业占比分别达到….
    They are taken for those of the years only beside a series that can be nothing else.
    """
    found: list[Series] = []
    sure: set[tuple[int, ...]] = set()
    for match in re.finditer("分别", sentence):
        ranges = [y for y in years_in(sentence) if len(y.years) > 1 and y.end <= match.start()]
        start, end = segment_at(sentence, match.start())
        numbers = [f for f in figures(sentence) if match.end() <= f.start < end]
        if not ranges or not numbers:
            continue
        years, row = ranges[-1].years, chain(sentence, numbers[0])
        rows = _rows(sentence, row, len(years))
        before = sentence[max(start, ranges[-1].end) : match.start()]
        if rows:
            found.append(Series(years, rows, _names(before, len(rows[0]))))
            if len(rows[0]) > 1 or len(_parts(before)) != len(rows):
                sure.add(years)
    return tuple(series for series in found if series.years in sure)


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
    parts = _parts(text)
    return parts if len(parts) == columns else ()


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part for part in re.split("[、和与及]", text.strip(",， ")) if part)


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
