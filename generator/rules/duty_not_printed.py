"""定期事项的周期、期限和由谁做、报给谁，必须印在引文那一句里；与印着的不合不行，没印的要标 inferred 并在 note 里写出所据的词。"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from generator.official import quoted
from generator.problems import Problem
from generator.readings import CYCLE_WORDS, frequencies, names_months, occurrences, printed_dates
from generator.terms import FREQUENCIES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.model import Data, Due, Duty, Mention
    from generator.readings import PrintedDate

ID = "duty-not-printed"

_ELSEWHERE: Final = re.compile("[前后上下]一?[句文段]|标题|承前|句中")
"""By these words a note says that something is printed outside of the quoted sentence."""
_RECEIVES: Final = re.compile("(?:报送?|上报|报告|报备|送|交|抄送|邀请|召集)(?:至|给|到)?$")
"""What stands before the name of one who is reported to, or called."""
_TOWARDS: Final = re.compile("(?:报送?|上报|报告|报备|送|交|抄送|向|为|对|给|至|到)$")
_ACTS: Final = re.compile("由([^,，;；。]+?)(?=分别|牵头|定期|不定期|每|组织|负责|召集|加大|在|将|对|于|[,，;；。]|$)")
"""The one thing that Chinese prints without doubt as the one who acts: 由…."""


def check(data: Data) -> Iterator[Problem]:
    """Yield one problem for each cycle, date and name of a duty that its sentence does not print."""
    for plan in data.plans:
        for _item, duty, sentence in quoted(plan, lambda item: item.duties):
            for advice in (_cycle(duty, sentence), _date(duty, sentence), _actor(duty, sentence)):
                if advice:
                    yield Problem(duty.where, ID, advice)
            for mention, pattern in (*((m, None) for m in duty.who), *((m, _TOWARDS) for m in duty.to)):
                advice = _name(mention, duty, sentence, pattern)
                if advice:
                    yield Problem(mention.where, ID, advice)


def _cycle(duty: Duty, sentence: str) -> str:
    """Say what is wrong with a duty's frequency."""
    quoted_words = frequencies(duty.phrase)
    printed = quoted_words or frequencies(sentence)
    noted = duty.reading == "inferred" and bool(re.search(CYCLE_WORDS[duty.frequency], duty.note or ""))
    if duty.frequency in printed and (quoted_words or noted or duty.reading == "printed"):
        return ""
    regular = [name for name in printed if name != "other"]
    if printed and duty.frequency not in printed and (regular or not noted):
        name, words = next(((n, printed[n]) for n in regular), next(iter(printed.items())))
        return f"原文印着“{words}”，与周期“{FREQUENCIES[duty.frequency]}”不合：请改成 frequency: {name}"
    if noted:
        return ""
    return (
        f"原文这句话没有印着“{FREQUENCIES[duty.frequency]}”一类的周期：请改正 frequency；"
        "是推断的请标 reading: inferred，在 note 里写明按什么周期理解和理由"
    )


def _date(duty: Duty, sentence: str) -> str:
    """Say what is wrong with a duty's date."""
    dates = printed_dates(duty.phrase) or printed_dates(sentence)
    if duty.due is None:
        here = printed_dates(duty.phrase)
        return f"原文印着“{here[0].words}”，却没有写期限：请补上 due" if here else ""
    if not dates:
        if duty.reading == "inferred" and duty.due.day and f"{duty.due.day}日" in (duty.note or ""):
            return ""
        return "原文这句话没有印着期限：请删去 due"
    if any(_is(duty.due, date) for date in dates):
        implied = next(date for date in dates if _is(duty.due, date))
        if duty.reading == "inferred" or names_months(implied) or not implied.months:
            return ""
        return f"“{implied.words}”没有列出月份：照此推出月份的，请标 reading: inferred，在 note 里写明"
    date = dates[0]
    months = f"months: [{', '.join(map(str, date.months))}]，" if date.months else ""
    return f"原文印着“{date.words}”：请把 due 改成 {months}day: {date.day or '月底'}"


def _is(due: Due, date: PrintedDate) -> bool:
    return due.day == date.day and (not date.months or due.months == date.months)


def _actor(duty: Duty, sentence: str) -> str:
    """Say what is wrong with who acts, where the text prints 由 before the one who does."""
    for at in occurrences(duty.phrase, sentence):
        ends = [end for mark in ",，;；。" if (end := sentence.find(mark, at + len(duty.phrase))) >= 0]
        starts = max(sentence.rfind(mark, 0, at) for mark in ",，;；。") + 1
        named = _ACTS.search(sentence[starts : min(ends, default=len(sentence))])
        if named and not any(m.printed in named[1] or named[1] in m.printed for m in duty.who):
            return f"原文印着“由{named[1]}”：请把 who 改成 [{named[1]}]"
    return ""


def _name(mention: Mention, duty: Duty, sentence: str, before: re.Pattern[str] | None) -> str:
    """Say what is wrong with a name: it stands elsewhere, or where another role is printed."""
    key = "who" if before is None else "to"
    if mention.printed not in sentence:
        if mention.reading == "inferred" and mention.note:
            return ""
        note = duty.note or ""
        if duty.reading == "inferred" and (mention.printed in note or _ELSEWHERE.search(note)):
            return ""
        return (
            f"引文所在的这句话没有印着“{mention.printed}”：请照这句话改正 {key}；"
            "印在别处、由推断得来的，请标 reading: inferred，在 note 里写明印在哪里"
        )
    heads = [sentence[:at] for at in occurrences(mention.printed, sentence)]
    if before is None and all(_RECEIVES.search(head) for head in heads):
        return f"原文“{mention.printed}”前面印着“{heads[0][-2:]}”，是报给谁，不是由谁做：请改正 who"
    if before is not None and not any(before.search(head) for head in heads):
        return f"原文“{mention.printed}”前面没有印着“报”“向”一类的词，不是报给它：请改正 to"
    return ""
