"""方案自己解释的名词必须写 line 和 quote；本站解释的必须写 source，不写 line 和 quote。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model import Data, Term

ID = "term-without-source"


def check(data: Data) -> Iterator[Problem]:
    """Yield one problem for each term that does not say what its explanation rests on."""
    for plan in data.plans:
        for term in plan.terms:
            advice = _by_site(term) if term.by == "site" else _by_plan(term)
            if advice:
                yield Problem(term.where, ID, f"“{term.term}”{advice}")


def _by_plan(term: Term) -> str:
    given = {"line": term.line, "quote": term.phrase}
    lacking = "和 ".join(f"{key} " for key, value in given.items() if not value).rstrip()
    if lacking:
        return f"是方案自己的解释，却没有 {lacking}：请照原文补上；若由本站解释，请写 by: site 和 source"
    return "是方案自己的解释，不用写 source：请删去；若由本站解释，请写 by: site" if term.source else ""


def _by_site(term: Term) -> str:
    if not term.source:
        return "由本站解释，却没有 source：请写明依据的公开文件和文号，确实没有就写“通行说法”"
    extra = "和 ".join(f"{key} " for key, value in {"line": term.line, "quote": term.phrase}.items() if value).rstrip()
    return f"由本站解释，不用写 {extra}：请删去；若是方案自己的解释，请去掉 by" if extra else ""
