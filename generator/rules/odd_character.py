"""数据里不得有看不见的字符，也不得用形近的部首和兼容字符（全角字母数字、㎡、⻓ 等）；原文印有的除外。"""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from functools import cache, partial
from typing import TYPE_CHECKING, cast

from ..characters import code_point, look_alikes, shown, stands_for, unlike, unseen
from ..problems import Location, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator

    from ..model import Data, Leader, Pronunciation, Unit

ID = "odd-character"
_LONGEST = 20
"""Characters of a text that a problem line repeats."""


def check(data: Data) -> Iterator[Problem]:
    """Yield a problem for each text that holds a character which a reader cannot see or takes for another."""
    registered: tuple[Unit | Pronunciation | Leader, ...] = (*data.units, *data.readings, *data.leaders)
    for record in registered:
        yield from _odd(record, record.where, cache(partial(_said, printed="")))
    for plan in data.plans:
        # A line may be quoted for each of its many labels: every text is looked through once.
        yield from _odd(plan, plan.where, cache(partial(_said, printed=plan.source)))


def _odd(value: object, where: Location, said: Callable[[str], str]) -> Iterator[Problem]:
    """Yield the problems of a record and of all that it holds, as they are `said` of each text."""
    if isinstance(value, str):
        if text := said(value):
            yield Problem(where, ID, text)
    elif isinstance(value, tuple):
        for part in value:
            yield from _odd(part, where, said)
    elif names := _fields(cast("Hashable", type(value))):
        own = getattr(value, "where", where)
        for name in names:
            yield from _odd(getattr(value, name), own, said)


@cache
def _fields(kind: Hashable) -> tuple[str, ...]:
    """Return the names of what a record holds; none if it is no record, or only a place."""
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) and kind is not Location else ()


def _said(text: str, printed: str) -> str:
    """Say what is odd about a text and what to write; nothing if all is well, or as the official text has it."""
    if text is printed:
        return ""
    hidden = [char for char in unseen(text) if char not in printed]
    if hidden:
        return f"“{_short(text)}”里有看不见的字符 {_listed(hidden)}：请删去，或把这几个字重新打一遍"
    alike = [char for char in look_alikes(text) if char not in printed]
    if not alike:
        return ""
    told = "、".join(_told(char) for char in alike[:3])
    if all(stands_for(char) == char for char in alike):
        return f"“{_short(text)}”里有形近的字符，{told}：请改写成汉字"
    return f"“{_short(text)}”里有形近的字符，{told}：请改写成“{_short(unlike(text))}”"


def _told(char: str) -> str:
    plain = stands_for(char)
    if plain == char:
        return f"{char}（{code_point(char)}）是部首，不是字"
    return f"{char}（{code_point(char)}）应写作 {'空格' if plain == ' ' else plain}"


def _listed(chars: list[str]) -> str:
    return "、".join(code_point(char) for char in chars[:3])


def _short(text: str) -> str:
    return shown(text[:_LONGEST]) + ("…" if len(text) > _LONGEST else "")
