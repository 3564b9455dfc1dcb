"""定期事项的周期、期限、由谁做、报给谁，必须照引文那一句：与印着的不合不行，没印的要标 inferred 并写明所据。"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ..problems import Problem
from ..terms import FREQUENCIES
from ..text.cycles import CYCLE_WORDS, REPORTS, frequencies, names_months, printed_dates
from ..text.lines import quoted
from ..text.readings import occurrences

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..model import Data, Due, Duty, Mention
    from ..text.cycles import PrintedDate

ID = "duty-not-printed"

_ELSEWHERE: Final = re.compile("[前后上下]一?[句文段]|标题|承前|句中")
"""By these words a note says that something is printed outside of the quoted sentence."""
_RECEIVES: Final = re.compile("(?:报送?|上报|报告|报备|送|交|抄送|邀请|召集)(?:至|给|到)?$")
"""What stands before the name of one who is reported to, or called."""
_TOWARDS: Final = re.compile("(?:报送?|上报|报告|报备|送|交|抄送|向|为|对|给|至|到)$")
_ACTS: Final = re.compile(
    "(?<![理事缘自案来因情根经])由(?!于)([^,，;；。]+?)"
    "(?=分别|牵头|定期|不定期|每|组织|负责|召集|加大|在|将|对|于|[,，;；。]|$)"
)
"""What Chinese prints without doubt as the one who acts: 由…, but not 理由, 自由, 由于."""
_OWNS: Final = re.compile("[(（]([^()（）]+)负责[)）]")
_VERB: Final = re.compile("于|每|将|要|应|须|需|负责|牵头|定期|不定期|适时|及时|向|加强|组织|开展|汇总")


def check(data: Data) -> Iterator[Problem]:
    """Yield one problem for each cycle, date and name of a duty that its sentence does not print."""
    names = sorted({n for unit in data.units for n in (unit.name, *(a.name for a in unit.aliases))}, key=len)
    for plan in data.plans:
        for item, duty, sentence in quoted(plan, lambda item: item.duties):
            roles = (_actor(duty, sentence, names), _receiver(duty, sentence, names))
            for advice in (_cycle(duty, sentence), _date(duty, sentence), *roles, *_twice(duty)):
                if advice:
                    yield Problem(duty.where, ID, advice)
            for mention, pattern in (*((m, None) for m in duty.who), *((m, _TOWARDS) for m in duty.to)):
                advice = _name(mention, duty, sentence, pattern)
                if advice and mention.printed in "".join(item.sentences):  # else printed-not-in-source says so
                    yield Problem(mention.where, ID, advice)


def _cycle(duty: Duty, sentence: str) -> str:
    """Say what is wrong with a duty's frequency."""
    at = next(occurrences(duty.phrase, sentence))
    start, end = _clause(sentence, at, at + len(duty.phrase))
    quoted_words = frequencies(duty.phrase) or frequencies(sentence[start:end])
    printed = quoted_words or frequencies(sentence)
    noted = duty.reading != "printed" and bool(re.search(CYCLE_WORDS[duty.frequency], duty.note or ""))
    if duty.frequency in printed and (quoted_words or noted):
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
        if duty.reading != "printed" and (f"{duty.due.day}日" if duty.due.day else "底") in (duty.note or ""):
            return ""
        return "原文这句话没有印着期限：请删去 due"
    if any(_is(duty.due, date) for date in dates):
        implied = next(date for date in dates if _is(duty.due, date))
        if duty.reading != "printed" or names_months(implied) or not implied.months:
            return ""
        return f"“{implied.words}”没有列出月份：照此推出月份的，请标 reading: inferred，在 note 里写明"
    date = dates[0]
    months = f"months: [{', '.join(map(str, date.months))}]，" if date.months else ""
    return f"原文印着“{date.words}”：请把 due 改成 {months}day: {date.day or '月底'}"


def _is(due: Due, date: PrintedDate) -> bool:
    return due.day == date.day and (not date.months or due.months == date.months)


def _actor(duty: Duty, sentence: str, names: Sequence[str]) -> str:
    """Say what is wrong with who acts, where the text tells without doubt: 由…, (…负责), or a unit as subject."""
    at = next(occurrences(duty.phrase, sentence))
    start, end = _clause(sentence, at, at + len(duty.phrase))
    named = _ACTS.search(sentence[start:end])
    owner = _OWNS.match(sentence, at + len(duty.phrase))
    subject = next((name for name in reversed(names) if _is_subject(name, sentence[start:end])), "")
    right = named[1] if named else owner[1] if owner else subject
    right = next((name for name in reversed(names) if right.startswith(name)), right)
    if right and not any(m.printed in right or right in m.printed or right == m.name for m in duty.who):
        return f"原文印着由“{right}”做：请把 who 改成 [{right}]"
    return ""


def _is_subject(name: str, clause: str) -> bool:
    """Tell whether a clause begins with a unit and goes on as a subject does."""
    return clause.startswith(name) and bool(_VERB.match(clause, len(name)))


def _receiver(duty: Duty, sentence: str, names: Sequence[str]) -> str:
    """Say what is wrong where a unit is printed behind 报 and nobody is reported to."""
    at = next(occurrences(duty.phrase, sentence))
    _, end = _clause(sentence, at, at + len(duty.phrase))
    for name in reversed(names) if not duty.to else ():
        for place in occurrences(name, sentence[:end]):
            before = sentence[at:place] if place >= at else ""
            if REPORTS.search(before) or before.endswith("向"):
                return f"原文印着报给“{name}”：请补上 to: [{name}]"
    return ""


def _clause(sentence: str, at: int, end: int) -> tuple[int, int]:
    ends = [place for mark in ",，;；。" if (place := sentence.find(mark, end)) >= 0]
    return max(sentence.rfind(mark, 0, at) for mark in ",，;；。") + 1, min(ends, default=len(sentence))


def _twice(duty: Duty) -> Iterator[str]:
    for mentions in (duty.who, duty.to):
        said = [(m.printed, m.name) for m in mentions]
        yield from (f"“{one[0]}”写了两遍：请核对是不是漏了另一个" for one in {s: 0 for s in said if said.count(s) > 1})


def _name(mention: Mention, duty: Duty, sentence: str, before: re.Pattern[str] | None) -> str:
    """Say what is wrong with a name: it stands elsewhere, or where another role is printed."""
    key = "who" if before is None else "to"
    if mention.printed not in sentence:
        if mention.reading != "printed" and mention.note:
            return ""
        note = duty.note or ""
        if duty.reading != "printed" and (mention.printed in note or _ELSEWHERE.search(note)):
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
