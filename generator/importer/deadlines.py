"""By when something is to be done, as lines and brackets with labels of time say it."""

from __future__ import annotations

import re
from typing import Final

from .lists import inside, listed

_TIME_LABEL: Final = r"(?:完成|办结|办理|推进|实施)?(?:时限|时间|期限|时间节点|进度安排|进度要求)(?:要求)?\s*[:：]"
_DEADLINE: Final = re.compile(rf"\s*{_TIME_LABEL}\s*(\S.*?)[。\s]*$")
LABELLED_TIME: Final = re.compile(_TIME_LABEL)


def is_deadline_line(text: str) -> bool:
    """Say whether a line says nothing but by when: 完成时限:2025年12月底前."""
    return bool(_DEADLINE.match(text))


def deadline_of(text: str) -> str:
    """Return the words behind the label of such a line."""
    found = _DEADLINE.match(text)
    return found[1] if found else ""


def time_in(brackets: str) -> str:
    """Return what brackets say of by when, with its label: 完成时限:2024年6月底前; empty where they say nothing."""
    return next((words for words, _ in listed(inside(brackets)) if LABELLED_TIME.match(words)), "")
