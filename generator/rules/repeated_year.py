"""有年份的取值不再把年份写进 text：2022年、2022年度、每年、各年、逐年由 year 说，几年共用的话也不留“分别”。"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..problems import Problem
from ..text.times import printed_times

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model import Data, Target, Value

ID = "repeated-year"

_EACH: Final = frozenset({"每年", "每年度", "各年", "各年度", "逐年"})
_IN_TURN: Final = "分别"


def check(data: Data) -> Iterator[Problem]:
    """Yield one problem for each dated value that would be read as “2022年力争2022年…” or “2022年每年…”."""
    for plan in data.plans:
        for target in (target for item in plan.items for target in item.targets):
            for value in target.values:
                said = _said_twice(target, value)
                if said:
                    text = f"year 已写明 {value.year} 年，text 里又写着“{said}”：请只留其余的话，限定语写进 qualifier"
                    yield Problem(value.where, ID, text)


def _said_twice(target: Target, value: Value) -> str:
    """Return the words of a dated value that only say to which year it belongs, or nothing.

    2023年底前 stays, for it says more than the year does.
    """
    if value.year is None:
        return ""
    own = {f"{value.year}年", f"{value.year}年度"}
    found = [words for words in printed_times(value.text) if words in own]
    found += [words for words in _EACH if words in value.text]
    shared = sum(other.text == value.text and other.year is not None for other in target.values)
    if _IN_TURN in value.text and shared > 1:
        found.append(_IN_TURN)
    return found[0] if found else ""
