"""引用文件的标题必须逐字见于原文的书名号内，文号必须紧跟在书名号之后；一个文件只登记一条。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..problems import Problem
from ..text.citations import bracketed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model import Data

ID = "citation-not-in-source"


def check(data: Data) -> Iterator[Problem]:
    """Yield one problem for each citation that the source does not print so."""
    for plan in data.plans:
        numbers = {(found.title, found.document_number) for found in bracketed(plan.source)}
        printed = {title for title, _ in numbers}
        seen: set[str] = set()
        for citation in plan.citations:
            if citation.title in seen:
                yield Problem(citation.where, ID, f"文件“{citation.title}”登记了两次：请删去一条")
            seen.add(citation.title)
            if citation.title not in printed:
                text = f"原文的书名号里没有“{citation.title}”：请逐字复制书名号内的文字，不含书名号"
                yield Problem(citation.where, ID, text)
            elif citation.document_number and (citation.title, citation.document_number) not in numbers:
                text = (
                    f"原文里这个文件后面没有印“{citation.document_number}”：请照原文改正，没有印就删去 document_number"
                )
                yield Problem(citation.where, ID, text)
