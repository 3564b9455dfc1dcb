"""凡标为推断（inferred）的都要在 note 里写明理由：空话（无、同上、推断）和照抄原文都不算。"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ..problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model import Data

ID = "inferred-without-note"

_ADVICE: Final = "标为 inferred 却没有 note：请用一两句话写明推断的理由"
_EMPTY: Final = re.compile(
    "无|没有|推断|推测|推定|理解|同上|见上|如上|略|待定|待补|不详|说明|理由|原文|本站|[^\u4e00-\u9fff0-9A-Za-z]"
)
"""Words that give no reason by themselves, and marks."""
_SHORTEST: Final = 4
"""Characters that a reason has besides those words."""


def check(data: Data) -> Iterator[Problem]:
    """Yield one problem for each inferred reading that gives no reason."""
    for plan in data.plans:
        for item in plan.items:
            for target in item.targets:
                faults = [(value, _fault(value.note, value.text, target.phrase)) for value in target.values]
                bare = [(value, text) for value, text in faults if value.reading == "inferred" and text]
                if bare:
                    # What all of them lack is lacking once, at the target.
                    where = target.where if len(bare) == len(target.values) else bare[0][0].where
                    yield Problem(where, ID, bare[0][1])
            for duty in item.duties:
                text = _fault(duty.note, duty.phrase, duty.action)
                if duty.reading == "inferred" and text:
                    yield Problem(duty.where, ID, text)
                for mention in (*duty.who, *duty.to):
                    text = _fault(mention.note, mention.printed, mention.name)
                    if mention.reading == "inferred" and text:
                        yield Problem(mention.where, ID, text)


def _fault(note: str | None, *printed: str) -> str:
    """Say what is wrong with a reason; empty where it says something."""
    if not note:
        return _ADVICE
    if len(_EMPTY.sub("", note)) < _SHORTEST or note.strip('“”"。 ') in printed:
        return f"note 写的“{note}”没有说出理由：请用一两句话写明原文怎样写、为什么这样理解"
    return ""
