"""名词必须见于方案原文：名称或其他写法至少有一个，列出的其他写法每个都要有；引号不论。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..problems import Problem
from ..terms import WITHOUT_MARKS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model import Data

ID = "term-not-in-source"


def check(data: Data) -> Iterator[Problem]:
    """Yield one problem for each term that stands nowhere in its plan, and for each other form that does not."""
    for plan in data.plans:
        source = plan.source.translate(WITHOUT_MARKS)
        for term in plan.terms:
            lacking = [words for words in (term.term, *term.forms) if not _stands(words, source)]
            if len(lacking) == 1 + len(term.forms):
                yield Problem(term.where, ID, f"原文里没有“{term.term}”：请照原文改正，方案没有用到的名词请删去")
                continue
            for words in lacking:
                if words != term.term:
                    advice = f"原文里没有“{term.term}”的写法“{words}”：请照原文改正，或从 forms 删去"
                    yield Problem(term.where, ID, advice)


def _stands(words: str, source: str) -> bool:
    bare = words.translate(WITHOUT_MARKS)
    return bool(bare) and bare in source
