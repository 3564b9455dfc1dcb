"""How texts say who answers for something: label lines, brackets with labels, brackets with verbs.

Each function takes words and gives values; what a notation is called stands beside its rule.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ..text.labels import labelled, role_of
from ..text.numbers import printed_number
from .names import is_unit, together

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..terms import Role

OPENING: Final = "(（〔【[［"
CLOSING: Final = ")）〕】]］"
_LINE: Final = re.compile(r"\s*([^\s、，,；;。:：()（）〔〕【】]{2,10})[:：]\s*\S")
_TIME_LABEL: Final = r"(?:完成|办结|办理|推进|实施)?(?:时限|时间|期限|时间节点|进度安排|进度要求)(?:要求)?\s*[:：]"
_DEADLINE: Final = re.compile(rf"\s*{_TIME_LABEL}\s*(\S.*?)[。\s]*$")
_LABELLED_TIME: Final = re.compile(_TIME_LABEL)
_SAYS: Final = re.compile("负责|牵头|按照?(?:各自)?职[责能]|配合")
_SEPARATORS: Final = "、，,；;"
_VERB: Final = re.compile(
    r"(?:等(?:有关|相关|各)?(?:单位|部门)?)?(?P<verb>总?牵头(?:组织|负责|抓总|落实|实施|推进)?|为(?:总?牵头|主办)单位|主办"
    r"|(?:积极|协同|共同|分别|按职责)?(?:配合(?:落实|做好|实施)?|协助|参与|参加|协办)"
    r"|(?:按照?|依照?)?(?:各自)?(?:职责|职能)(?:分工)?(?:分别|共同)?(?:负责)?(?:落实|实施)?"
    r"|(?:分别|共同|具体|组织|抓好)?(?:负责(?:落实|实施)?|落实|实施|承办|承担))$"
)
"""What stands behind the last name of those who do it, and says in what role."""
_TOGETHER: Final = "会同"
_BY: Final = re.compile("^(?:[,，;；。\\s]*)(?:再|并|分别)?由")
_FIRST_LEADS: Final = re.compile("列第一位者?(?:为|的?是)?(?:牵头|主办)")


@dataclass(frozen=True, slots=True)
class Reading:
    """Names in one role, and why they are read so where the words alone do not say it."""

    role: Role
    names: tuple[str, ...]
    note: str = ""


_INNER: Final = re.compile(
    r"[(（〔【](?:[^()（）〔〕【】]{2,200}?(?:负责|牵头|配合|按职责分工)"
    r"|[^\s、，,；;。:：()（）〔〕【】]{0,8}(?:单位|部门|领导|责任人)\s*[:：][^()（）〔〕【】]{1,300})[)）〕】]"
)
_IN_TEXT: Final = re.compile(
    r"(?:^|[。；;,，])\s*([^\s、，,；;。:：()（）〔〕【】\[\]]{0,8}(?:单位|部门|领导|责任人))\s*[:：]"
)
_CLAUSE_ENDS: Final = re.compile("[,，、。;；:：)）〕】]")


def is_for_its_words(text: str, closing: str) -> bool:
    """Say whether brackets at the end of a text are for its last words alone, as others in it are for theirs.

    一是增设窗口(甲局负责)。二是延长时间(乙局负责)。 But brackets behind a full stop are for all of it.
    """
    before = text[: text.rfind(closing)].rstrip()
    return bool(before) and before[-1] not in "。；;!！" and bool(_INNER.search(before))


def inner_words(text: str, closing: str = "") -> Iterator[tuple[str, str]]:
    """Yield brackets inside a text that say who answers for the words before them: (those words with them, them).

    `closing` are the brackets at its end, which are for all of it.
    """
    end = len(text) - len(text[text.rfind(closing) :]) if closing else len(text)
    at = begin = 0
    for found in _INNER.finditer(text, 0, end):
        for mark in _CLAUSE_ENDS.finditer(text, at, found.start()):
            begin = mark.end()
        at = found.start()
        yield text[begin : found.end()], found[0]


def label_words(text: str, closing: str = "") -> Iterator[str]:
    """Yield words in a text that are a label with names behind it, with no brackets around them: 。责任单位:甲局。"""
    end = len(text) - len(text[text.rfind(closing) :]) if closing else len(text)
    at = 0
    while found := _IN_TEXT.search(text, at, end):
        at = _end_of_words(text, found.end(), end)
        if role_of(found[1]) and labelled(text[found.start(1) : at]):
            yield text[found.start(1) : at]


def rest_of(text: str, words: str) -> str:
    """Return some words of a text with what follows, to the end of their sentence or of their brackets."""
    begin = text.index(words)
    return text[begin : _end_of_words(text, begin, len(text))].rstrip()


def _end_of_words(text: str, at: int, end: int) -> int:
    """Return where the sentence ends, or the brackets do in which it stands."""
    depth = 0
    for place in range(at, end):
        depth += (text[place] in OPENING) - (text[place] in CLOSING)
        if depth < 0:
            return place
        if text[place] == "。":
            return place + 1
    return end


def is_label_line(text: str) -> bool:
    """Say whether a line is a label of responsibility with names behind it: 牵头单位:市商务局."""
    found = _LINE.match(text)
    return bool(found and role_of(found[1]) and labelled(text))


def is_deadline_line(text: str) -> bool:
    """Say whether a line says nothing but by when: 完成时限:2025年12月底前."""
    return bool(_DEADLINE.match(text))


def deadline_of(text: str) -> str:
    """Return the words behind the label of such a line."""
    found = _DEADLINE.match(text)
    return found[1] if found else ""


def time_in(brackets: str) -> str:
    """Return what brackets say of by when, with its label: 完成时限:2024年6月底前; empty where they say nothing."""
    return next((words for words, _ in listed(_inside(brackets)) if _LABELLED_TIME.match(words)), "")


def closing_words(text: str, *, bare: bool = False) -> str:
    """Return the brackets that close a text and say who answers for it; empty where none do.

    Brackets that are never closed end with the text. `bare` is whether brackets with one name alone count.
    """
    end = len(text.rstrip("。.；; \u3000"))
    if not end or not _OPENS.search(text):
        return ""
    if text[end - 1] not in CLOSING:
        begin = _unclosed(text, end)
        words = text[begin:end] if begin >= 0 else ""
        return words if len(words) <= _LONGEST_BRACKETS and _says_who(words, bare=bare) else ""
    depth = 0
    for at in range(end - 1, -1, -1):
        depth += (text[at] in CLOSING) - (text[at] in OPENING)
        if not depth:
            return text[at:end] if _says_who(text[at:end], bare=bare) else ""
    return ""


_OPENS: Final = re.compile(f"[{re.escape(OPENING)}]")
_LONGEST_BRACKETS: Final = 300


def _unclosed(text: str, end: int) -> int:
    """Return where the first of the brackets opens that are never closed; -1 where all are."""
    waiting: list[int] = []
    for at in range(max(0, end - _LONGEST_BRACKETS), end):
        if text[at] in OPENING:
            waiting.append(at)
        elif text[at] in CLOSING and waiting:
            waiting.pop()
    return waiting[0] if waiting else -1


def _says_who(words: str, *, bare: bool) -> bool:
    if labelled(words) or _SAYS.search(words):
        return True
    named = list(names(_inside(words))) if len(words) <= _LONGEST_BRACKETS else []
    return len(named) > (0 if bare else 1) and all(is_unit(name) for name in named)


def has_bare_habit(lines: list[str]) -> bool:
    """Say whether it is a text's habit to close what is to be done with brackets that hold one name alone."""
    closed = [line for line in lines if closing_words(line, bare=True)]
    alone = [line for line in closed if not closing_words(line)]
    return len(alone) >= _HABIT and len(closed) * 2 >= len([line for line in lines if printed_number(line)])


_HABIT: Final = 3


def readings(words: str, *, first_leads: bool = False) -> tuple[Reading, ...]:
    """Read brackets with verbs: (甲牵头,乙、丙按职责分工负责), (甲会同乙负责), (甲、乙负责).

    `first_leads` is whether the text has said that the first place is that of the lead.
    """
    body = _inside(words)
    body = re.split("[。]", body)[0]
    found = [*_read(body)]
    if (first_leads or _FIRST_LEADS.search(words)) and len(found) == 1 and found[0].role == "responsible":
        first, *rest = found[0].names
        note = "原文说明列第一位的是牵头单位。"
        found = [Reading("lead", (first,), note), *([Reading("responsible", tuple(rest), note)] if rest else [])]
    return tuple(reading for reading in found if reading.names)


def _inside(words: str) -> str:
    """Return words without the brackets that enclose all of them."""
    bare = words.strip("。 \u3000")
    if bare[:1] in OPENING and bare[:1]:
        bare = bare[1:-1] if bare[-1] in CLOSING else bare[1:]
    return bare.strip("。 \u3000")


_FROM_HERE: Final = re.compile(
    r"[,，;；。]?\s*以(?P<where>[上下])(?:各项|各条|措施|任务|工作|事项)*(?:均|都)?[由需须](?P<names>[^。]+?)"
    r"(?P<verb>负责|落实|牵头|配合)(?P<more>[,，][^,，;；。]+?配合)?(?:[,，；;][^。]*)?(?=[)）〕】\]。]?$)"
)
_FROM_HERE_ROLES: Final[dict[str, Role]] = {"落实": "implement", "牵头": "lead", "配合": "cooperate"}


def from_here_on(brackets: str) -> tuple[str, tuple[Reading, ...]] | None:
    """Return words without the clause that rules for all that follows or stood before, and what it says.

    以下均由各县政府负责, 以上任务均由市便民局负责,各镇配合.
    """
    found = _FROM_HERE.search(brackets)
    if not found:
        return None
    where = "后面各项" if found["where"] == "下" else "前面各项"
    note = f"原文在这里写“{found[0].strip(',，;；。')}”，按管到{where}理解，{where[:2]}没有再列。"
    ruled = [Reading(_FROM_HERE_ROLES.get(found["verb"], "responsible"), tuple(names(found["names"])), note)]
    if found["more"]:
        ruled.append(Reading("cooperate", tuple(names(found["more"].removesuffix("配合"))), note))
    ruled = [one for one in ruled if one.names]
    return (brackets[: found.start()] + brackets[found.end() :], tuple(ruled)) if ruled else None


def rules_for_all(text: str) -> bool:
    """Say whether a line says nothing but who answers for all that stood before or follows."""
    ruled = from_here_on(text) if text.lstrip().startswith("以") else None
    return bool(ruled and not ruled[0].strip("。 \u3000"))


def says_first_leads(text: str) -> bool:
    """Say whether a text rules that the first place is that of the lead: 列第一位者为牵头单位,下同."""
    return bool(_FIRST_LEADS.search(text))


_WITH: Final = "原文写“会同”，没有写牵头，按写在前面的牵头、后面的配合理解。"
_NO_ROLE: Final = "原文没有写角色，按责任单位理解。"
_COMMA_LEADS: Final = "原文没有写角色，按逗号前面的牵头、后面的责任单位理解。"


def _read(body: str) -> Iterator[Reading]:
    """Yield who is named with which verb: names are gathered until a verb stands behind one of them."""
    waiting: list[str] = []
    marks: list[str] = []
    is_with = has_said = False
    for name, mark in listed(body):
        words = _BY.sub("", name)
        if _LABELLED_TIME.match(words):
            continue
        first, with_whom, second = words.partition(_TOGETHER)
        if with_whom:
            if first or waiting:
                yield Reading("lead", (*waiting, *([first] if first else ())), _WITH)
                waiting, has_said = [], True
            words, is_with = second, True
        verb = _VERB.search(words)
        bare = _AND_OTHERS.sub("", words[: verb.start()] if verb else words)
        if bare:
            waiting.append(bare)
            marks.append(mark)
        if verb and waiting:
            role: Role = "cooperate" if is_with else role_of(verb["verb"]) or "responsible"
            yield Reading(role, tuple(waiting), _WITH if is_with else "")
            waiting, marks, is_with, has_said = [], [], False, True
    if waiting and not has_said and "、" in marks[1:] and marks[0] in ",，":
        yield Reading("lead", (waiting[0],), _COMMA_LEADS)
        yield Reading("responsible", tuple(waiting[1:]), _COMMA_LEADS)
    elif waiting:
        yield Reading("responsible", tuple(waiting), _NO_ROLE)


_AND_OTHERS: Final = re.compile("等(?:(?:有关|相关|各|其他)?(?:部门|单位)(?:[和及、](?:部门|单位))?)?$")


def names(text: str) -> Iterator[str]:
    """Yield the names of a list, cut at separators that no brackets enclose; 等有关部门 is left out."""
    for name, _ in listed(text):
        if bare := _AND_OTHERS.sub("", name):
            yield bare


def listed(text: str) -> Iterator[tuple[str, str]]:
    """Yield what stands between the separators of a list, with the separator behind it."""
    depth, name = 0, ""
    wholes, at = together(text), 0
    text = f"{text}、"
    while at < len(text):
        if whole := next((one for one in wholes if not name.strip() and text.startswith(one, at)), ""):
            name, at = whole, at + len(whole)
        char, at = text[at], at + 1
        depth += (char in OPENING) - (char in CLOSING)
        if char in _SEPARATORS and depth <= 0:
            if bare := name.strip(" \u3000。"):
                yield bare, char
            name = ""
        else:
            name += char
