"""Clauses of a sentence, and the words at their beginning that say neither what is done nor what is measured."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from ...text.readings import years_in

AREA: Final = re.compile("(全[国省市州县区旗镇乡村盟])(?!场|域|性|有|程|面)")
"""全市, 全区 before what is measured there."""
WITHIN: Final = re.compile("(?P<words>(?:未来|今后)?(?P<count>[0-9一二两三四五]+)年(?:之?内|时间))")
"""3年内, 未来三年内: a span that only the plan's own years tell."""
_ENDS: Final = ",，;；。:："
_CLOSED: Final = re.compile(r"“[^”]*”|‘[^’]*’|《[^》]*》|〔[^〕]*〕|<[^>]*>|〈[^〉]*〉|「[^」]*」|[(（][^()（）]*[)）]")
_QUALIFIERS: Final = re.compile("力争|力求|原则上|争取|努力")
_YEAR: Final = "(?:19|20)[0-9]{2}"
_OPENERS: Final = re.compile(
    rf"(?:(?:到|至|截至|从|自)?{_YEAR}年?(?:[—–－~～-]|至|到){_YEAR}年(?:期间|内|间)?"  # noqa: RUF001 - as printed
    rf"|(?:到|至|截至|在)?{_YEAR}年(?:年?[底末初]|上半年|下半年|[0-9]{{1,2}}月(?:底|末|[0-9]{{1,2}}日)?)?(?:以?前|之前|起)?"
    r"|(?<!年)[0-9]{1,2}月(?:底|末|[0-9]{1,2}日)?(?:以?前|之前)|年内|全年|[一二三四五]年(?=累计)|[●■◆▲★□○]"
    r"|(?:未来|今后)?[0-9一二两三四五]+年(?:之?内|时间)|年[底末](?:以?前)?|每年(?:度)?|逐年|力争|力求|争取|努力|确保|保证|原则上|实现|推动|推进|促进|持续|不断"
    r"|进一步|深入|分类|配合|全力|扎实|有序|全面|加快|着力|积极|大力|继续|逐步|稳步|基本|其中|使|让|将|把|并|且|及|和|与|以|至少|累计|同时|一是|二是|三是|四是|五是|[,，、\s])"
)


def area_of(sentence: str) -> str | None:
    """Return the area that is printed right behind the one expression of years of a sentence: 到2025年,全市….

    It is that of all figures of the sentence.
    """
    printed = years_in(sentence)
    found = (
        AREA.match(sentence, printed[0].end + sentence.startswith((",", "，"), printed[0].end))
        if len(printed) == 1
        else None
    )
    return found[1] if found and not re.search("[;；]", sentence) else None


@dataclass(frozen=True, slots=True)
class Clause:
    """The words between two marks of a sentence."""

    start: int
    end: int

    def words(self, sentence: str) -> str:
        """Return them."""
        return sentence[self.start : self.end]


def hidden(sentence: str) -> str:
    """Return a sentence with quoted words, names of documents and brackets blanked, character by character."""
    return _CLOSED.sub(lambda found: "□" * len(found[0]), sentence)


def clause_at(sentence: str, at: int) -> Clause:
    """Return the clause that holds a place; marks in quotation marks and brackets part nothing."""
    masked = hidden(sentence)
    start = max(masked.rfind(mark, 0, at) for mark in _ENDS) + 1
    ends = [end for mark in _ENDS if (end := masked.find(mark, at)) >= 0]
    return Clause(start, min(ends, default=len(sentence)))


def clauses(sentence: str) -> list[Clause]:
    """Return all clauses of a sentence."""
    masked, found, start = hidden(sentence), list[Clause](), 0
    for at, char in enumerate(f"{masked}。"):
        if char in _ENDS:
            if at > start:
                found.append(Clause(start, at))
            start = at + 1
    return found


def trimmed(sentence: str, start: int, end: int) -> tuple[int, str]:
    """Return words without what opens them (years, 力争, 推动), and where they then begin."""
    while found := _OPENERS.match(sentence, start, end):
        start = found.end()
    return start, sentence[start:end]


def qualifier_of(sentence: str, at: int) -> tuple[str, ...]:
    """Return the word that limits what is promised at a place, and why it is taken to; empty where none does."""
    masked = hidden(sentence)
    start = max(masked.rfind(mark, 0, at) for mark in ";；。") + 1
    found = list(_QUALIFIERS.finditer(masked, start, at))
    if not found:
        return ()
    last = found[-1]
    is_apart = bool(re.search("[,，]", masked[last.end() : at]))
    if last[0] == "努力" and is_apart:
        return ()
    return (last[0], f"“{last[0]}”印在前面的分句，按也管这一项理解。") if is_apart else (last[0],)
