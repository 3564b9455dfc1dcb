"""由 YAML 还原出的全文必须与 source.txt 逐字节相同；source.txt 照发布的样子保存，不得改动。"""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from generator.official import Line, official_lines
from generator.problems import Location, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.model import Data, Plan

ID = "source-mismatch"

_BEFORE, _BEHIND = 8, 12
"""Characters shown around a difference."""


def check(data: Data) -> Iterator[Problem]:
    """Yield one problem, at the first difference, for each plan that is not given back."""
    for plan in data.plans:
        for line, printed in zip_longest(official_lines(plan), plan.source.split("\n")):
            if line is None or line.text != printed:
                yield _difference(plan, line, printed)
                break


def _difference(plan: Plan, line: Line | None, printed: str | None) -> Problem:
    if line is None:
        number = len(official_lines(plan)) + 1
        where = Location(f"{plan.path}/source.txt", number)
        if not plan.source.split("\n", number - 1)[-1]:
            text = f"source.txt 末尾多了一个换行：请删去（原文到第 {number - 1} 行为止，最后不换行）"
            return Problem(where, ID, text)
        return Problem(where, ID, f"source.txt 从第 {number} 行起的“{(printed or '')[:20]}”在数据里没有：请补进 YAML")
    if printed is None:
        return Problem(
            line.where, ID, f"source.txt 到第 {line.number - 1} 行就完了，数据却还有“{line.text[:20]}”：请检查哪边多了"
        )
    at = next(
        (i for i, (a, b) in enumerate(zip(line.text, printed, strict=False)) if a != b),
        min(len(line.text), len(printed)),
    )
    text = (
        f"还原的原文第 {line.number} 行第 {at + 1} 字起与 source.txt 不同：原文是“{_around(printed, at)}”，"
        f"数据里是“{_around(line.text, at)}”：请照原文改正 YAML"
    )
    return Problem(_place(line, at), ID, text)


def _around(text: str, at: int) -> str:
    """Return a few characters on both sides of a place."""
    start, end = max(at - _BEFORE, 0), at + _BEHIND
    return ("…" if start else "") + text[start:end] + ("…" if end < len(text) else "")


def _place(line: Line, at: int) -> Location:
    """Return the YAML line of the sentence that holds the character."""
    if not line.sentences or at < len(line.lead):
        return line.where
    end = len(line.lead)
    for sentence, place in zip(line.sentences, line.places, strict=True):
        end += len(sentence)
        if at < end:
            return place
    return line.places[-1]
