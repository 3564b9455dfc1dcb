"""How texts say who answers for something: label lines, brackets with labels, brackets with verbs.

Each function takes words and gives values; what a notation is called stands beside its rule.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ..text.labels import labelled, role_of
from .names import together

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..terms import Role

_OPENING: Final = "(（〔【"
_CLOSING: Final = ")）〕】"
_LINE: Final = re.compile(r"\s*([^\s、，,；;。:：()（）〔〕【】]{2,10})[:：]\s*\S")
_DEADLINE: Final = re.compile(r"\s*(?:完成)?(?:时限|时间|期限)(?:要求)?[:：]\s*(\S.*?)[。\s]*$")
_SAYS: Final = re.compile("负责|牵头|按照?(?:各自)?职[责能]|配合")
_SEPARATORS: Final = "、，,；;"
_LEADS: Final = re.compile(r"(.+?)(?:总?牵头(?:组织|负责|抓总)?|为牵头单位|主办)(?:[,，;；、。]|$)(.*)", re.DOTALL)
_WITH: Final = re.compile(r"(.+?)会同(.+)", re.DOTALL)
_TAIL: Final = re.compile(
    r"(?:等(?:有关|相关)?(?:单位|部门)?)?(?:按照?)?(?:各自)?(?:职责|职能)?(?:分工)?"
    r"(?:分别|共同|具体)?(?P<verb>负责落实|抓好落实|配合落实|负责|配合|协助|参与|落实|实施)?$"
)
_FIRST_LEADS: Final = re.compile("列第一位者?(?:为|的?是)?(?:牵头|主办)")
_VERBS: Final[dict[str, Role]] = {
    "配合": "cooperate",
    "协助": "cooperate",
    "参与": "cooperate",
    "配合落实": "cooperate",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """Names in one role, and why they are read so where the words alone do not say it."""

    role: Role
    names: tuple[str, ...]
    note: str = ""


_INNER: Final = re.compile(r"[(（〔【]([^()（）〔〕【】]{2,200}?(?:负责|牵头|配合|按职责分工))[)）〕】]")
_CLAUSE_ENDS: Final = re.compile("[,，、。;；:：)）〕】]")


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


def closing_words(text: str) -> str:
    """Return the brackets that close a text and say who answers for it; empty where none do."""
    end = len(text.rstrip("。.；; \u3000"))
    if not end or text[end - 1] not in _CLOSING:
        return ""
    depth = 0
    for at in range(end - 1, -1, -1):
        depth += (text[at] in _CLOSING) - (text[at] in _OPENING)
        if not depth:
            words = text[at:end]
            return words if labelled(words) or _SAYS.search(words) else ""
    return ""


def readings(words: str, *, first_leads: bool = False) -> tuple[Reading, ...]:
    """Read brackets with verbs: (甲牵头,乙、丙按职责分工负责), (甲会同乙负责), (甲、乙负责).

    `first_leads` is whether the text has said that the first place is that of the lead.
    """
    body = words.strip(f"{_OPENING}{_CLOSING}。 \u3000")
    body = re.split("[。]", body)[0]
    found = [*_read(body)]
    if (first_leads or _FIRST_LEADS.search(words)) and len(found) == 1 and found[0].role == "responsible":
        first, *rest = found[0].names
        note = "原文说明列第一位的是牵头单位。"
        found = [Reading("lead", (first,), note), *([Reading("responsible", tuple(rest), note)] if rest else [])]
    return tuple(reading for reading in found if reading.names)


_FROM_HERE: Final = re.compile(
    r"[,，;；。]?\s*以下(?:各项|各条|措施)?(?:均|都)[由需须]?(?P<names>.+?)(?P<verb>负责|落实|牵头|配合)(?:[,，；;。].*)?(?=[)）〕】]?$)"
)
_FROM_HERE_ROLES: Final[dict[str, Role]] = {"落实": "implement", "牵头": "lead", "配合": "cooperate"}


def from_here_on(brackets: str) -> tuple[str, Reading] | None:
    """Return brackets without the clause that rules for all that follows, and what it says: 以下均由各县政府负责."""
    found = _FROM_HERE.search(brackets)
    if not found:
        return None
    note = f"原文在这里写“{found[0].strip(',，;；。')}”，按管到后面各项理解，后面没有再列。"
    reading = Reading(_FROM_HERE_ROLES.get(found["verb"], "responsible"), tuple(names(found["names"])), note)
    return brackets[: found.start()] + brackets[found.end() :], reading


def says_first_leads(text: str) -> bool:
    """Say whether a text rules that the first place is that of the lead: 列第一位者为牵头单位,下同."""
    return bool(_FIRST_LEADS.search(text))


def _read(body: str) -> Iterator[Reading]:
    rest = body
    if leads := _LEADS.match(body):
        yield Reading("lead", tuple(names(leads[1])))
        rest = leads[2]
    elif together := _WITH.match(body):
        note = "原文写“会同”，没有写牵头，按写在前面的牵头、后面的配合理解。"
        yield Reading("lead", tuple(names(together[1])), note)
        tail = _TAIL.search(together[2])
        yield Reading("cooperate", tuple(names(together[2][: tail.start()] if tail else together[2])), note)
        return
    tail = _TAIL.search(rest)
    verb = tail["verb"] if tail else None
    yield Reading(_VERBS.get(verb or "", "responsible"), tuple(names(rest[: tail.start()] if tail else rest)))


_AND_OTHERS: Final = re.compile("等(?:(?:有关|相关|各|其他)?(?:部门|单位)(?:[和及、](?:部门|单位))?)?$")


def names(text: str) -> Iterator[str]:
    """Yield the names of a list, cut at separators that no brackets enclose; 等有关部门 is left out."""
    depth, name = 0, ""
    wholes, at = together(text), 0
    text = f"{text}、"
    while at < len(text):
        if whole := next((one for one in wholes if not name.strip() and text.startswith(one, at)), ""):
            name, at = whole, at + len(whole)
        char, at = text[at], at + 1
        depth += (char in _OPENING) - (char in _CLOSING)
        if char in _SEPARATORS and depth <= 0:
            if bare := _AND_OTHERS.sub("", name.strip(" \u3000。")):
                yield bare
            name = ""
        else:
            name += char
