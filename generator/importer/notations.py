"""How texts say who answers for something: label lines, brackets with labels, brackets with verbs.

Each function takes words and gives values; what a notation is called stands beside its rule.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ..text.labels import LABEL_WORDS, labelled, role_of
from ..text.numbers import printed_number
from .deadlines import is_time
from .lists import CLOSING, OPENING, inside, names
from .names import is_unit
from .roles import running_words

if TYPE_CHECKING:
    from collections.abc import Iterator

_LINE: Final = re.compile(rf"\s*({LABEL_WORDS})\s*[:：]\s*\S")
_SURE: Final = re.compile("(?:单位|部门|领导|责任人|分工)(?:[(（].*)?$")
"""How labels end that stand before names and nothing else; 压实责任: may begin any sentence."""
_SAYS: Final = re.compile("负责|牵头|按照?(?:各自)?职[责能]|配合")

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
    if not found or not role_of(found[1]):
        return False
    said = labelled(text)
    return bool(said) and bool(
        _SURE.search("".join(found[1].split())) or all(is_unit(name.text) for one in said for name in one.names)
    )


_WITHOUT_NAMES: Final = re.compile(rf"\s*({LABEL_WORDS})\s*[:：]\s*$")


def is_label(text: str) -> bool:
    """Say whether a line is a label of responsibility, with names behind it or none yet."""
    return is_label_line(text) or is_label_without_names(text)


_OPEN: Final = re.compile(r"[、，,:：]\s*$")
_LONGEST_LIST: Final = 200


def goes_on(line: str, text: str) -> bool:
    """Say whether a line goes on with the names of the label line before it, at a new name or within one."""
    named = list(names(text.strip())) if len(text) <= _LONGEST_LIST else []
    if not named or printed_number(text) or ":" in text or "：" in text or "。" in text.strip(" 。"):
        return False
    first = broken_name(line, text) or (named[0] if _OPEN.search(line) else "")
    return all(is_unit(name) for name in (first, *named[1:]))


def broken_name(line: str, text: str) -> str:
    """Return the name that a label line ends in the midst of and the next goes on with; empty where none is broken."""
    if _OPEN.search(line):
        return ""
    last = ([""] + [name.text for one in labelled(line) for name in one.names])[-1]
    first = next(names(text.strip()), "")
    return last + first if last and first and not is_unit(last) and is_unit(last + first) else ""


def is_label_without_names(text: str) -> bool:
    """Say whether a line is a label of responsibility behind which nothing stands: the names are on the next."""
    found = _WITHOUT_NAMES.match(text)
    return bool(found and role_of(found[1]) and _SURE.search("".join(found[1].split())))


def closing_words(text: str, *, bare: bool = False) -> str:
    """Return the brackets that close a text and say who answers for it; empty where none do.

    Brackets that are never closed end with the text. `bare` is whether brackets with one name alone count.
    """
    end = len(text.rstrip("。.；; \u3000"))
    if not end:
        return ""
    if text[end - 1] not in CLOSING:
        opened = [text[at:end] for at in _unclosed(text, end)] if _OPENS.search(text) else []
        words = next(filter(labelled, opened), (opened or [""])[0])
        return words if words and _says_who(words, bare=bare) else running_words(text[:end])
    depth = 0
    for at in range(end - 1, -1, -1):
        depth += (text[at] in CLOSING) - (text[at] in OPENING)
        if not depth:
            return text[at:end] if _says_who(text[at:end], bare=bare) else ""
    return ""


_OPENS: Final = re.compile(f"[{re.escape(OPENING)}]")
_LONGEST_BRACKETS: Final = 300


def _unclosed(text: str, end: int) -> list[int]:
    """Return where brackets open that are never closed."""
    waiting: list[int] = []
    for at in range(max(0, end - _LONGEST_BRACKETS), end):
        if text[at] in OPENING:
            waiting.append(at)
        elif text[at] in CLOSING and waiting:
            waiting.pop()
    return waiting


def _says_who(words: str, *, bare: bool) -> bool:
    if labelled(words) or _SAYS.search(words):
        return True
    listed = list(names(inside(words))) if len(words) <= _LONGEST_BRACKETS else []
    named = [one for one in listed if not is_time(one)]
    # A time beside a name alone says that it is no remark in passing.
    return len(named) > (0 if bare or len(named) < len(listed) else 1) and all(is_unit(name) for name in named)


def has_bare_habit(lines: list[str]) -> bool:
    """Say whether it is a text's habit to close what is to be done with brackets that hold names alone."""
    closed = [words for line in lines if (words := closing_words(line, bare=True))]
    alone = [words for words in closed if all(is_unit(name) for name in names(inside(words)))]
    return len(alone) >= _HABIT and len(closed) * 2 >= len([line for line in lines if printed_number(line)])


_HABIT: Final = 3
