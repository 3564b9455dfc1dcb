"""The words of time that a text prints: years, dates that recur, cycles, deadlines in words.

Figures of duration (15分钟, 24小时, 180天内, 10个工作日) are measures, not times, and are
left out. The words are found, not understood: what they mean is said by `readings`.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

TO: Final = "(?:[—–－~～-]{1,2}|至|到)"  # noqa: RUF001 - dashes as they are printed
_COUNT: Final = "(?:[0-9]+|[一二三四五六七八九十两]+)"
_YEAR: Final = "(?<![0-9])(?:19|20)[0-9]{2}"
_MONTH: Final = "(?<![0-9])(?:1[0-2]|0?[1-9])月"
_MONTHS: Final = f"{_MONTH}(?:[、,，和及]{_MONTH})*"
_DAY: Final = "(?:(?:3[01]|[12][0-9]|0?[1-9])日|[底初末]|上旬|中旬|下旬)"
_QUARTER: Final = "(?:[一二三四1-4]季度|第[一二三四1-4]季度)"
_BY: Final = "(?:以前|之前|前|以后|之后|后|起)?"

_FORMS: Final = (
    # 2022—2024年, 2022年至2024年
    f"{_YEAR}年?{TO}{_YEAR}(?:年{_BY})?",
    # 2022年, 2022年12月31日前, 2023年底前, 2024年第一季度
    f"{_YEAR}年(?:度?(?:{_MONTHS}{_DAY}?|{_QUARTER}末?|上半年|下半年|年?[底末初]|内))?度?{_BY}",
    # 每季度末月(6月、9月、12月)19日前, 季度末, 按季
    f"(?:[每各本]个?季度?|[按逐]季度?|季度)(?:末月?|首月|次月|第[一二三]个?月|最后一个月)?(?:[(（]{_MONTHS}[)）])?{_DAY}?{_BY}",
    f"{_QUARTER}末?{_BY}",
    # 每月20日前, 月底前, 每年6月、12月底前, 每周, 每两年一次
    f"(?:[每各本]个?|[按逐])月度?{_DAY}?{_BY}",
    f"(?:每个?|[按逐])(?:年度?|半年度?|周(?![期年边])|星期|日|天|旬)(?:{_MONTHS}{_DAY}?{_BY})?(?:一次)?",
    f"[每隔]{_COUNT}(?:个季度|个月|年|周|天|日)(?:一次)?",
    "(?:一年|半年|一季度|一月|一周)[一二两三四]次|半年度",
    f"{_MONTHS}{_DAY}?{_BY}",
    # 次月5日前; but 验收的次月5日 is of one event, and 一次月底会 another word
    f"(?<![的一二两三四五六七八九十几多上下首每0-9])[次翌]月{_DAY}{_BY}",
    # 未来三年, 3年内, 三年内
    f"(?:未来|今后|近|此后){_COUNT}年(?:内|间)?",
    f"{_COUNT}年(?:之?内|以内)",
    f"[当本次同全](?:年度?|月)[底末内]?{_BY}",
    f"年(?:度|内|均|[底末](?:{_BY}))",
    f"月(?:度|[底末](?:{_BY}))",
    "上半年|下半年|半年",
    "每次|不定期|定期|适时|及时|即时|实时|随时|经常性|常态化|动态|限期|按期|按时|如期|分年度|分阶段",
)
_PATTERNS: Final = tuple(re.compile(form) for form in _FORMS)
_ANY: Final = re.compile("|".join(_FORMS))


@cache
def printed_times(text: str) -> tuple[str, ...]:
    """Return the printed words of time in their order, each as long as it is printed."""
    found: list[str] = []
    at = 0
    while first := _ANY.search(text, at):
        longest = max((match[0] for form in _PATTERNS if (match := form.match(text, first.start()))), key=len)
        found.append(longest)
        at = first.start() + len(longest)
    return tuple(found)
