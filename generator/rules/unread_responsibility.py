"""原文里写着“责任单位：”“（某局牵头）”一类的话，都要写进 responsibilities，或者写作 kind: responsibility 的责任行。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..problems import Problem
from ..text.labels import said_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model import Data, Part

ID = "unread-responsibility"


def check(data: Data) -> Iterator[Problem]:
    """Yield one problem for each place that says who answers for something and is not read."""
    for plan in data.plans:
        for part in plan.all_parts:
            if part.kind != "responsibility":
                yield from _left(part)


def _left(part: Part) -> Iterator[Problem]:
    quotes = [one.quote for one in part.responsibilities if one.part == part.id]
    quotes += [duty.phrase for duty in part.duties]
    for paragraph in part.paragraphs:
        for words in said_words(paragraph.text):
            if not any(words in quote or quote in words for quote in quotes):
                text = f"这里写着“{words[:24]}”，没有写进 responsibilities：请补上，或把这一行写作 kind: responsibility"
                yield Problem(paragraph.places[0], ID, text)
