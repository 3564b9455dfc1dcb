"""凡标为推断（inferred）的都要在 note 里写明理由：空话（无、同上、推断）和照抄原文都不算。"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ..problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..model import Data, Mention, Part, Target
    from ..problems import Location

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
        for part in plan.all_parts:
            yield from _responsibilities(part)
            if part.deadline:
                yield from _reason(part.deadline.reading, part.deadline.where, part.deadline.note, part.deadline.phrase)
        for item in plan.items:
            for target in item.targets:
                yield from _values(target)
            for duty in item.duties:
                yield from _reason(duty.reading, duty.where, duty.note, duty.phrase, duty.action)
                yield from _names((*duty.who, *duty.to))


def _values(target: Target) -> Iterator[Problem]:
    faults = [(value, _fault(value.note, value.text, target.phrase)) for value in target.values]
    bare = [(value, text) for value, text in faults if value.reading == "inferred" and text]
    if bare:
        # What all of them lack is lacking once, at the target.
        yield Problem(target.where if len(bare) == len(target.values) else bare[0][0].where, ID, bare[0][1])


def _responsibilities(part: Part) -> Iterator[Problem]:
    own = [one for one in part.responsibilities if one.part == part.id]
    # The lines of one part have one note.
    for one in own[:1] if part.kind == "responsibility" else own:
        yield from _reason(one.reading, one.where, one.note, one.quote)
    for one in own:
        # So have the names that are printed as one.
        yield from _names({mention.position: mention for mention in reversed(one.names)}.values())


def _names(mentions: Iterable[Mention]) -> Iterator[Problem]:
    for mention in mentions:
        yield from _reason(mention.reading, mention.where, mention.note, mention.printed, mention.name)


def _reason(reading: str, where: Location, note: str | None, *printed: str) -> Iterator[Problem]:
    text = _fault(note, *printed)
    if reading == "inferred" and text:
        yield Problem(where, ID, text)


def _fault(note: str | None, *printed: str) -> str:
    """Say what is wrong with a reason; empty where it says something."""
    if not note:
        return _ADVICE
    if len(_EMPTY.sub("", note)) < _SHORTEST or note.strip('“”"。 ') in printed:
        return f"note 写的“{note}”没有说出理由：请用一两句话写明原文怎样写、为什么这样理解"
    return ""
