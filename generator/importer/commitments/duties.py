"""Duties proposed from the sentences of an item: what recurs, how often, by when, from whom and to whom.

Only sentences that print a cycle (每季度, 每月20日前, 每年, 定期) give one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ...text.cycles import frequencies, names_months, printed_dates
from ...text.readings import years_in
from ...text.times import printed_times
from .phrases import clauses, hidden, trimmed
from .records import ProposedDuty

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_REGULAR: Final = ("weekly", "monthly", "quarterly", "half_yearly", "yearly")
_SAYS_ONCE_MORE: Final = frozenset({"定期", "不定期", "经常性", "适时"})
"""Words that say by themselves that something is done again and again."""
_NAME_BEHIND: Final = re.compile("(?:动态|常态化|定期|适时)(?:、|机制|的|管理模式|化)")
"""Where such a word is part of a name."""
_NAMED_BY_YEAR: Final = frozenset({"年度", "年"})
"""Words that make a name and no cycle: 年度报告."""
_SENT: Final = re.compile(
    "(?:报送?|上报|报告|汇报|呈报|报备|抄送)(?:至|给|到)?(?P<to>[^,，;；。]{2,30})$|向(?P<towards>[^,，;；。]{2,20}?)(?:报送?|上报|报告|汇报|通报|反馈)"
)
_VERB: Final = re.compile(
    "报|召开|组织|开展|举办|调整|监督|巡查|维护|跟踪|发布|通报|出台|制定|修订|评估|考核|检查|督查|督导|调度|研究|梳理|汇总|公布|更新|排查|听取|召集|走访|培训|安排|提供|统筹|确定|推出|遴选|纳入|将|举行|实施|选派|上报|总结|会商|分析|清理|完善|推送"
)
_UNIT: Final = re.compile(
    "(?:[局委办厅院会部处署司行团队组]|中心|单位|部门|政府|街道|办事处|公司|领导|专班|督查室|办公室|[科股站所]|指挥部|园区)$"
)
_LEADING_OFF: Final = re.compile("(?:[要应须需]|于|将|原则上)+$")
"""Words between who does something and when."""
_LEADING_ON: Final = re.compile("^(?:[要应须需]|于|将)+")
_LONGEST_NAME: Final = 16
"""Characters of a name that no line of responsibility prints."""
_MOST_RECEIVERS: Final = 3
_TOTAL: Final = re.compile(
    "年度(?:计划|任务|目标|投资|考核|预算|产量)|每年(?:新增|增长|增加|培育|建成|补助|补贴|给予|[0-9]+(?![0-9]*月))"
)
"""Where a year is no cycle, but what a figure or a name is of."""


def duties(sentence: str, known: Iterable[str]) -> Iterator[ProposedDuty]:
    """Yield the duties of a sentence; `known` are names by which units are met in the text."""
    names = sorted(known, key=len, reverse=True)
    for clause in clauses(sentence):
        words = clause.words(sentence)
        said = frequencies(hidden(words))
        frequency: str | None = next((name for name in _REGULAR if name in said), None)
        if not frequency and said.get("other"):
            frequency = "other"
        if frequency == "yearly" and said["yearly"] in _NAMED_BY_YEAR:
            continue
        if frequency == "other" and (_NAME_BEHIND.search(words) or years_in(words)):
            continue
        if not frequency or _TOTAL.search(words) or not _VERB.search(words):
            continue
        yield _duty(words.strip(), frequency, names)


def _duty(words: str, frequency: str, names: list[str]) -> ProposedDuty:
    time = next(found for found in printed_times(words) if frequencies(found).get(frequency) or frequency == "other")
    at = words.find(time)
    who = _named(_LEADING_OFF.sub("", words[:at]), names) or _by(words[at + len(time) :], names)
    sent = _SENT.search(words)
    to = _named((sent["to"] or sent["towards"]), names, is_whole=True) if sent else ()
    action = re.sub(f"^{re.escape(who[0])}", "", words) if who else words
    action = action.replace(time, "", 1)
    for word in (*who, *to):
        action = action.replace(f"由{word}", "").replace(f"向{word}", "")
    action = _LEADING_ON.sub("", action)
    action = trimmed(action, 0, len(action))[1].strip(" ,，") or words
    dates = printed_dates(words)
    notes: list[str] = []
    if frequency == "other" and time not in _SAYS_ONCE_MORE:
        notes.append(f"“{time}”没有写周期，按反复进行理解。")
    months: tuple[int, ...] = ()
    day: int | None = None
    if len(dates) == 1 and dates[0].months:
        months, day = dates[0].months, dates[0].day
        if not names_months(dates[0]):
            notes.append(f"“{dates[0].words}”没有列出月份，按{'、'.join(map(str, months))}月理解。")
    return ProposedDuty(
        action=action, quote=words, frequency=frequency, who=who, to=to, months=months, day=day, notes=tuple(notes)
    )


def _named(words: str, names: list[str], *, is_whole: bool = False) -> tuple[str, ...]:
    """Return the units at the beginning of some words, as printed; none where it is no list of units."""
    listed = [part.strip(" ,，") for part in re.split("[、和]", re.sub("[(（].*?[)）]", "", words.removeprefix("由")))]
    listed = [re.sub("^(?:并|要|应|同时)", "", part) for part in listed if part]
    is_units = listed and all(part in names or (len(part) <= _LONGEST_NAME and _UNIT.search(part)) for part in listed)
    return tuple(listed) if is_units and (not is_whole or len(listed) <= _MOST_RECEIVERS) else ()


def _by(words: str, names: list[str]) -> tuple[str, ...]:
    """Return who is named behind a cycle: 每季度由督办领导召集."""
    found = re.match(r"由(?P<who>[^,，;；。]{2,24}?)(?:分别|对|将|于|牵头|负责|组织|召集|会同|定期|统一|向|对)", words)
    return _named(found["who"], names) if found else ()
