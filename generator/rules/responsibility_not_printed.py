"""责任的 quote 要逐字印在所在的部分里；名称都要印在 quote 里，其中不能有没读到的词，角色要与印着的标签相符。"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ..problems import Problem
from ..terms import ROLES
from ..text.labels import role_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model import Data, Mention, Plan, Responsibility

ID = "responsibility-not-printed"

_JOINING: Final = re.compile(
    "按照?各?自?职责(?:分工)?(?:分别)?|按职能(?:分工)?|分别|共同|具体|组织|主办|会同|商|协同|协助|参与|参加"
    "|实施|负责|承担|督导|抓落实|等(?:有关|相关)?(?:单位|部门)?|以上|以下|均|由|和|与|及|以及|同|各自"
    f"|下同|列第一位者为牵头单位|单位|部门|{'|'.join(ROLES.values())}|[^\\w]"
)
"""Words that join names and say roles, and punctuation: what may stand beside names without being read."""

_CLAUSE: Final = re.compile(r"[^\w\s]")
"""What ends the words in which a name has its role."""
_LONGEST: Final = 24
"""Characters of a quote that a problem line repeats."""


def check(data: Data) -> Iterator[Problem]:
    """Yield one problem for each responsibility that its words do not say, or say only in part."""
    for plan in data.plans:
        words = {part.id: [paragraph.text for paragraph in part.paragraphs] for part in plan.all_parts}
        for one in plan.all_responsibilities:
            if not _is_printed(one, words):
                text = f"“{_head(one.quote)}”不在这一部分的原文里：请照原文逐字改正（不要跨行）"
                yield Problem(one.quote_where, ID, text)
                continue
            for mention in _missing(one, one.quote):
                text = f"“{_head(one.quote)}”里没有“{mention.printed}”：请照原文改正"
                yield Problem(mention.where, ID, text)
            if advice := _role(one):
                yield Problem(one.where, ID, advice)
        yield from _unread(plan, words)


def _role(one: Responsibility) -> str:
    """Say what is wrong with a role, where a label or the word behind the last name prints one."""
    if one.reading != "printed" or not one.names:
        return ""
    at = one.quote.rfind(one.names[-1].printed) + len(one.names[-1].printed)
    word = one.label or _CLAUSE.split(one.quote[at:])[0]
    printed = role_of(word)
    if printed in {None, one.role} or (printed, one.role, one.label) == ("responsible", "owner", None):
        return ""
    told = f"“{word}”印的是{ROLES[printed]}，这里的角色是{ROLES[one.role]}"
    return f"{told}：请改正 role，或标 reading: inferred 并写明理由"


def _is_printed(one: Responsibility, words: dict[str, list[str]]) -> bool:
    return any(one.quote in text for text in words[one.part])


def _missing(one: Responsibility, words: str) -> Iterator[Mention]:
    """Yield the names that some words do not hold; most stand in order, so each is looked for behind the last."""
    at = 0
    for mention in one.names:
        found = words.find(mention.printed, at)
        if found >= 0:
            at = found
        elif mention.printed not in words:
            yield mention


def _unread(plan: Plan, words: dict[str, list[str]]) -> Iterator[Problem]:
    """Yield one problem for each stretch of words of responsibility that no reading takes up."""
    quotes: dict[tuple[str, str], list[Responsibility]] = {}
    for one in (one for one in plan.all_responsibilities if _is_printed(one, words)):
        quotes.setdefault((one.part, _bracket(one)), []).append(one)
    for (_, said), readings in quotes.items():
        if any(one.note or any(_missing(one, said)) for one in readings):
            continue  # a note explains what is left, or what is wrong with it is said already
        labels = {one.label for one in readings if one.label}
        left = _without({*labels, *(m.printed for one in readings for m in one.names)}, said)
        if rest := _JOINING.sub("", left):
            text = f"“{_head(said)}”里的“{rest}”没有读到：是单位就写进 units 或 names，不是就在 note 里说明"
            yield Problem(readings[0].quote_where, ID, text)


def _without(names: set[str], said: str) -> str:
    """Return words with a blank for each name, of several at one place for the longest; names may be very many."""
    lengths = sorted(set(map(len, names)), reverse=True)
    left, at = [], 0
    while at < len(said):
        length = next((length for length in lengths if said[at : at + length] in names), 0)
        left.append(" " if length else said[at])
        at += length or 1
    return "".join(left)


def _bracket(one: Responsibility) -> str:
    """Return the words that name: behind words that they govern the last brackets."""
    if one.covers != "quote":
        return one.quote
    start = max(one.quote.rfind(char) for char in "(（〔【[")
    return one.quote[start:] if start >= 0 else one.quote


def _head(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
