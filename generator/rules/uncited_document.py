"""原文书名号里的每个文件都要登记在 citations.yaml，印了文号的要写上文号。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..problems import Location, Problem
from ..text.citations import bracketed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model import Data

ID = "uncited-document"


def check(data: Data) -> Iterator[Problem]:
    """Yield one problem for each bracketed title that is not registered as printed."""
    for plan in data.plans:
        if f"{plan.path}/citations.yaml" in data.broken:
            continue
        known = {citation.title: citation for citation in plan.citations}
        for found in bracketed(plan.source):
            where = Location(f"{plan.path}/source.txt", found.line, found.column)
            citation = known.get(found.title)
            if citation is None:
                yield Problem(where, ID, f"文件“{found.title}”没有登记：请在 citations.yaml 加一条")
            elif found.document_number and citation.document_number != found.document_number:
                text = f"原文给“{found.title}”印了文号“{found.document_number}”：请写进 document_number"
                yield Problem(citation.where, ID, text)
