"""由 YAML 还原出的全文必须与 source.txt 逐字节相同；source.txt 照发布的样子保存，不得改动。"""

from __future__ import annotations

import difflib
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from ..data.slips import conflict_line
from ..model import mapped
from ..problems import Location, Problem
from ..text.lines import Line, official_lines
from . import source_changed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model import Data, Part, Plan

ID = "source-mismatch"

_BEFORE, _BEHIND = 8, 12
"""Characters shown around a difference."""


def check(data: Data) -> Iterator[Problem]:
    """Yield one problem for each line that is not as printed, at its first difference."""
    for plan in data.plans:
        if not source_changed.is_changed(plan):
            broken = _broken(plan)
            yield from [broken] if broken else _differences(plan, data)


def settled(data: Data) -> Data:
    """Return the data without what can't be held against its official text before that is right.

    A plan whose source.txt is not the right one is left out: each number of a line and each
    quote would be blamed for it. Where the text of an item is not as printed, its targets and
    duties are left out, since they quote what ought to stand there.
    """
    return replace(data, plans=tuple(_settled(plan, data) for plan in data.plans if not _is_unsettled(plan, data)))


def _is_unsettled(plan: Plan, data: Data) -> bool:
    if source_changed.is_changed(plan) or _broken(plan):
        return True
    # Nothing vouches for the text: where lines are too many or too few, either side may be wrong.
    is_vouched_for = plan.source_sha256 is not None or not data.is_whole
    return not is_vouched_for and len(_made(plan)) != plan.source.count("\n") + 1


def _settled(plan: Plan, data: Data) -> Plan:
    printed = plan.source.split("\n")
    known = set(printed)
    wrong = {
        line.part
        for made in _made(plan)
        if made.text not in known
        for line in made.stretches
        if not any(line.text in text for text in printed)
    }
    if not wrong or not data.is_whole:
        return plan

    def bare(part: Part) -> Part:
        if not any(found.id in wrong for found in part.walk()):
            return part
        own = tuple(one for one in part.responsibilities if one.covers != "quote")
        return replace(part, targets=(), duties=(), responsibilities=own)

    return replace(plan, parts=mapped(plan.parts, bare))


@dataclass(frozen=True, slots=True)
class _Made:
    """A line of the text as the parts give it."""

    number: int
    text: str
    stretches: tuple[Line, ...]
    """The parts of which it is made, in order; none where it is blank."""


def _made(plan: Plan) -> list[_Made]:
    by_number: dict[int, list[Line]] = {}
    for line in official_lines(plan):
        by_number.setdefault(line.number, []).append(line)
    last = max(by_number, default=0) + len(plan.ends_with)
    return [
        _Made(number, "".join(line.text for line in by_number.get(number, ())), tuple(by_number.get(number, ())))
        for number in range(1, last + 1)
    ]


def _broken(plan: Plan) -> Problem | None:
    """Name the first line that no published text holds, unless the text is vouched for."""
    if plan.source_sha256 is not None:
        return None
    where = f"{plan.path}/source.txt"
    if line := conflict_line(plan.source):
        text = "版本合并的冲突没有解决：source.txt 不该改动，请从版本库恢复"
        return Problem(Location(where, line), ID, text)
    return None


def _differences(plan: Plan, data: Data) -> Iterator[Problem]:
    made, printed = _made(plan), plan.source.split("\n")
    if data.is_whole and len(made) == len(printed):
        yield from (
            _difference(line, text, plan) for line, text in zip(made, printed, strict=True) if line.text != text
        )
        return
    # The lines do not pair up: say which of them are printed nowhere, unless a fault in their file explains it.
    known = set(printed)
    strange = [
        line
        for line in made
        if line.text and line.text not in known and not any(x.where.path in data.broken for x in line.stretches)
    ]
    broken = dict(_broken_otherwise(made, printed))
    nearest: dict[str, list[str]] = {}
    for line in strange:
        if line.number in broken:
            yield from broken[line.number]
            continue
        if line.text not in nearest:
            nearest[line.text] = difflib.get_close_matches(line.text, printed, n=1, cutoff=0.5)
        near = nearest[line.text]
        yield _difference(line, near[0], plan) if near else _surplus(line)
    if data.is_whole and not strange:
        yield _missing(plan, made, printed)


def _broken_otherwise(made: list[_Made], printed: list[str]) -> Iterator[tuple[int, tuple[Problem, ...]]]:
    """Yield the number of each line that is right but for where it is broken, and what to say of it."""
    known = set(printed)
    joined = {a + b: b for a, b in pairwise(printed) if a and b}
    for line, after in pairwise((*made, _Made(0, "", ()))):
        if line.text in known or not line.text:
            continue
        if after.text and line.text + after.text in known:
            text = f"原文在“{_head(after.text)}”前面没有换行：请删去空行；是另一个部分就写 begins: same_line"
            yield line.number, (Problem(after.stretches[0].where, ID, text),)
            yield after.number, ()
        elif behind := joined.get(line.text):
            where = _place(line, len(line.text) - len(behind)) or line.stretches[0].where
            yield line.number, (Problem(where, ID, f"原文在“{_head(behind)}”前面换行：请在它前面空一行"),)


def _surplus(line: _Made) -> Problem:
    text = f"source.txt 里没有“{_head(line.text)}”这一行：多写了请删去，写错了请照原文改正"
    return Problem(line.stretches[0].where, ID, text)


def _missing(plan: Plan, lines: list[_Made], printed: list[str]) -> Problem:
    """Say from which line on the source and the data part."""
    at = next(
        (n for n, (a, b) in enumerate(zip(lines, printed, strict=False)) if a.text != b), min(len(lines), len(printed))
    )
    where = Location(f"{plan.path}/source.txt", at + 1)
    if at < len(printed) and at < len(lines) and not printed[at]:
        text = f"source.txt 第 {at + 1} 行是空行，数据里没有：原文如此就在后面的部分写 blank_lines，误加的请删去"
        return Problem(where, ID, text)
    if at < len(printed) and at < len(lines) and not lines[at].text:
        here = next((line.stretches[0].where for line in lines[at:] if line.stretches), plan.where)
        text = f"原文第 {at + 1} 行“{_head(printed[at])}”前面没有空行：请删去 blank_lines 或多空的一行"
        return Problem(here, ID, text)
    if at == len(printed):
        here = lines[at].stretches[0].where if lines[at].stretches else plan.where
        text = f"source.txt 到第 {at} 行就完了，数据却还有“{_head(lines[at].text)}”：请检查哪边多了"
        return Problem(here, ID, text)
    if at == len(lines) and not "".join(printed[at:]):
        count = len(printed) - at
        text = f"source.txt 末尾有换行，数据里没有：请在 plan.yaml 写 trailing_line_breaks: {count}"
        return Problem(where, ID, text)
    return Problem(where, ID, f"source.txt 从第 {at + 1} 行起的“{_head(printed[at])}”在数据里没有：请补进 YAML")


def _head(text: str) -> str:
    return text[: _BEFORE + _BEHIND]


def _difference(line: _Made, printed: str, plan: Plan) -> Problem:
    pairs = enumerate(zip(line.text, printed, strict=False))
    at = next((place for place, (a, b) in pairs if a != b), min(len(line.text), len(printed)))
    spaces = "（多了或少了空格）" if " " in line.text[at : at + 1] + printed[at : at + 1] else ""
    text = (
        f"还原的原文第 {line.number} 行第 {at + 1} 字起与 source.txt 不同{spaces}：原文是“{_around(printed, at)}”，"
        f"数据里是“{_around(line.text, at)}”。请照原文改正 YAML"
    )
    return Problem(_place(line, at) or plan.where, ID, text)


def _around(text: str, at: int) -> str:
    """Return a few characters on both sides of a place."""
    start, end = max(at - _BEFORE, 0), at + _BEHIND
    return ("…" if start else "") + text[start:end] + ("…" if end < len(text) else "")


def _place(line: _Made, at: int) -> Location | None:
    """Return where the YAML says a character; behind the last one, where it says that."""
    place = None
    for stretch in line.stretches:
        end = stretch.column
        for sentence, where in zip(stretch.printed, stretch.places, strict=True):
            if at >= end:
                place = replace(where, column=where.column + min(at - end, len(sentence)))
            end += len(sentence)
    return place
