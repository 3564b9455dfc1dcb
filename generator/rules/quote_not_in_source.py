"""目标、定期事项和括注的 quote 必须逐字落在本段的一句话里，而且只落在一句里。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..problems import Problem
from ..text.lines import item_sentences, placed_lines, sentences_with

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model import Data, Part
    from ..problems import Location

ID = "quote-not-in-source"


def check(data: Data) -> Iterator[Problem]:
    """Yield one problem for each quote that marks no sentence, or several."""
    for plan in data.plans:
        sentences = item_sentences(placed_lines(plan))
        for item in plan.items:
            mine = sentences[item.id]
            for phrase, where in _phrases(item):
                found = sentences_with(mine, phrase)
                if len(found) != 1:
                    yield Problem(where, ID, _advice(phrase, len(found), mine[-1].line))


def _phrases(item: Part) -> Iterator[tuple[str, Location]]:
    yield from ((target.phrase, target.phrase_where) for target in item.targets)
    yield from ((duty.phrase, duty.phrase_where) for duty in item.duties)
    yield from ((owner.quote, owner.quote_where) for owner in item.owners if owner.part == item.id)


def _advice(phrase: str, found: int, line: int) -> str:
    if found:
        return f"“{phrase}”在原文第 {line} 行的 {found} 句话里都有：请多引几个字，让它只对应一句"
    return f"原文第 {line} 行没有“{phrase}”：请从正文逐字复制一句话里的词句（标点也要一样，不要跨句）"
