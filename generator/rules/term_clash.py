"""同一方案内，名词和它的其他写法不得重复，否则不知该用哪个解释；引号不论。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..problems import Problem
from ..terms import WITHOUT_MARKS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model import Data, Plan

ID = "term-clash"


def check(data: Data) -> Iterator[Problem]:
    """Yield a problem for each term or other form that was given before."""
    for plan in data.plans:
        yield from _repeated(plan)


def _repeated(plan: Plan) -> Iterator[Problem]:
    taken: dict[str, str] = {}
    for term in plan.terms:
        for words in (term.term, *term.forms):
            bare = words.translate(WITHOUT_MARKS)
            if bare in taken:
                yield Problem(term.where, ID, f"“{words}”已列在名词“{taken[bare]}”：请删去一处，或写得分得清")
            taken.setdefault(bare, term.term)
