"""By when something is to be done, as lines and brackets with labels of time say it."""

from __future__ import annotations

import re
from typing import Final

from .lists import inside, listed

_TIME_LABEL: Final = (
    r"(?:完成|办结|办理|推进|实施|整改|落实|建成|工作|任务|进度)?"
    r"(?:时限|时间|期限|时间节点|进度安排|进度要求)(?:要求)?\s*[:：]"
)
_DEADLINE: Final = re.compile(rf"\s*{_TIME_LABEL}\s*(\S.*?)[。\s]*$")
_LABELLED: Final = re.compile(_TIME_LABEL)
_TIME: Final = re.compile(
    r"(?:20\d\d年|\d{1,2}月|[本今当每]年|全年|年[内底]|持续|长期|常态|立行立改|即知即改)[^、，,；;:：]{0,16}$"
)
"""Times without a label, beside the names in brackets: 2024年6月底前完成, 持续推进."""
_LAST_TIME: Final = re.compile(rf"[、，,；;]\s*{_TIME_LABEL}[^()（）〔〕【】]*[)）〕】\]]?$")


def is_deadline_line(text: str) -> bool:
    """Say whether a line says nothing but by when: 完成时限:2025年12月底前."""
    return bool(_DEADLINE.match(text))


def deadline_of(text: str) -> str:
    """Return the words behind the label of such a line."""
    found = _DEADLINE.match(text)
    return found[1] if found else ""


def time_in(brackets: str) -> str:
    """Return what brackets say of by when, with its label: 完成时限:2024年6月底前; empty where they say nothing."""
    return next((words for words, _ in listed(inside(brackets)) if is_time(words)), "")


def is_time(words: str) -> bool:
    """Say whether words in a list are no name but say by when."""
    return bool(_LABELLED.match(words) or _TIME.match(words))


def without_time(brackets: str) -> str:
    """Return brackets up to a label of time behind all names."""
    found = _LAST_TIME.search(brackets)
    return brackets[: found.start()] if found else brackets
