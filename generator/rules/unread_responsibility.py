"""原文里写着“责任单位：”“（某局牵头）”一类的话，都要写进 responsibilities，或者写作 kind: responsibility 的责任行。"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ..problems import Problem
from ..text.labels import role_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model import Data, Part

ID = "unread-responsibility"

_LABEL: Final = re.compile(
    r"(?:^|[(（〔【\[。,，;；])\s*([^\s、，,；;。:：()（）〔〕【】\[\]]{0,8}(?:单位|部门|领导|责任人))\s*[:：]"
)
_BRACKET: Final = re.compile(r"[(（〔【]([^()（）〔〕【】]{2,200}?(?:负责|牵头|配合|按职责分工|参与))[)）〕】]")


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
        for words in _said(paragraph.text):
            if not any(words in quote or quote in words for quote in quotes):
                text = f"这里写着“{words[:24]}”，没有写进 responsibilities：请补上，或把这一行写作 kind: responsibility"
                yield Problem(paragraph.places[0], ID, text)


def _said(text: str) -> Iterator[str]:
    for found in _LABEL.finditer(text):
        if role_of(found[1]):
            yield text[found.start(1) : found.end()]
    for found in _BRACKET.finditer(text):
        yield found[0]
