"""How often and by when a duty recurs, as a Chinese sentence prints it: cycles, recurring dates, what reports.

Pure functions over text, as in `readings`: what the words do not settle is left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from .readings import occurrences, years_in
from .times import printed_times

if TYPE_CHECKING:
    from collections.abc import Iterable

_NAMES: Final = re.compile("《[^》]*》|〔[^〕]*〕|<[^>]*>")
"""Cycles in names of documents are none."""
_CYCLES: Final = (
    ("weekly", "每个?周|按周|逐周|一周一次|每星期"),
    ("monthly", "每个?月|按月|逐月|月度|(?<![0-9末首次])月[底末]|^[次翌]月.*[日旬底末初]"),
    ("quarterly", "每个?季|按季|逐季|季度"),
    ("half_yearly", "[每按逐]个?半年|半年一次|半年度|一年[两二]次"),
    ("yearly", "每年|年度|一年一次|逐年|每个年度|按年"),
    ("each_time", "每次|每批|每届"),
    ("other", "定期|不定期|适时|经常性|动态|常态化|随时"),
)
_EACH_TIME: Final = "每次|每一次|凡|对收到的|[^0-9小即同及实适定限按准随临暂]时(?=[,，给由要应]|$)"
CYCLE_WORDS: Final = {
    "weekly": "每周|每星期|按周",
    "monthly": "每月|月度|按月",
    "quarterly": "每季|季度|按季",
    "half_yearly": "每半年|半年度|半年一次|一年[两二]次",
    "yearly": "每年|年度|按年|一年一次",
    "each_time": "每次|每收到|每件|每一件|每批|逐件|每个项目",
    "other": "反复|周期|多久|按?有.{0,12}就|经常|定期|不明",
}
"""Frequency → words by which a note may give the reason for reading it."""


def frequencies(text: str) -> dict[str, str]:
    """Return frequency → the printed words that say it."""
    bare = _NAMES.sub("", text)
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
    """Return the recurring dates of a text: 每季度末月20日前, 每季度末月(6月、9月、12月)19日前, 月底前, 次月5日前."""
    found: list[PrintedDate] = []
    for words in printed_times(_NAMES.sub("", text)):
        day = re.search("([0-9]{1,2})日", words)
        at_end = re.search("季度?末(?!月)|[年月]?[底末](?!月)", words)
        if (day or at_end) and not years_in(words):
            months = tuple(int(month) for month in re.findall("([0-9]{1,2})月", words))
            found.append(PrintedDate(words, months or _implied(words), int(day[1]) if day else None))
    return tuple(found)


def _implied(words: str) -> tuple[int, ...]:
    """Return the months that words mean without naming them; empty where they name none."""
    if "季" in words:
        return next((months for pattern, months in _OF_QUARTER if re.search(pattern, words)), (3, 6, 9, 12))
    if "月" in words:
        return tuple(range(1, 13))
    return (12,) if "年" in words else ()


_OF_QUARTER: Final[tuple[tuple[str, tuple[int, ...]], ...]] = (
    ("首月|第一个?月|季度?初", (1, 4, 7, 10)),
    ("第二个?月", (2, 5, 8, 11)),
    # The second month of a quarter or the one behind it.
    ("次月|季度?后", ()),
)
"""Words → the months of the year that they mean; any other words mean the last of each quarter."""


def names_months(date: PrintedDate) -> bool:
    """Tell whether a date's months are printed, not implied."""
    return bool(re.search("[0-9]月|每个?月|^[次翌]月", date.words))


REPORTS: Final = re.compile("(?:报送?|上报|报告|汇报|呈报|报备|提交|抄送|抄报)(?:至|给|到)?$")
"""What stands before the name of one who is reported to."""
_REPORTED: Final = re.compile("[^,，;；。]*?(?:报送|上报|报告|汇报|呈报|报备|备案|提交|反馈)")
"""What stands behind it where 向 stands before: 向区政府上报."""


def is_report(sentence: str, names: Iterable[str]) -> bool:
    """Tell whether a sentence has something reported to one of some names, not merely done to or for it."""
    return any(
        bool(REPORTS.search(sentence, 0, at))
        or (sentence[:at].endswith("向") and bool(_REPORTED.match(sentence, at + len(name))))
        for name in names
        for at in occurrences(name, sentence)
    )
