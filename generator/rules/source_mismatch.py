"""由 YAML 还原出的全文必须与 source.txt 逐字节相同；source.txt 照发布的样子保存，不得改动。"""

from __future__ import annotations

import difflib
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ..official import Line, official_lines
from ..problems import Location, Problem
from ..slips import conflict_line
from . import source_changed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model import Data, Plan

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
    return not is_vouched_for and len(official_lines(plan)) != plan.source.count("\n") + 1


def _settled(plan: Plan, data: Data) -> Plan:
    printed = set(plan.source.split("\n"))
    wrong = {line.of for line in official_lines(plan) if line.of and line.sentences and line.text not in printed}
    if not wrong or not data.is_whole:
        return plan

    def bare(item: Any) -> Any:  # noqa: ANN401 - a goal, task or safeguard
        none = {"owners": ()} if hasattr(item, "owners") else {}
        return replace(item, targets=(), duties=(), **none) if item.id in wrong else item

    return replace(
        plan,
        goals=tuple(map(bare, plan.goals)),
        sectors=tuple(replace(sector, tasks=tuple(map(bare, sector.tasks))) for sector in plan.sectors),
        safeguards=tuple(map(bare, plan.safeguards)),
    )


def _broken(plan: Plan) -> Problem | None:
    """Name the first line that no published text holds, unless the text is vouched for."""
    if plan.source_sha256 is not None:
        return None
    where = f"{plan.path}/source.txt"
    if line := conflict_line(plan.source):
        text = "版本合并的冲突没有解决：source.txt 不该改动，请从版本库恢复"
        return Problem(Location(where, line), ID, text)
    lines = plan.source.split("\n")
    blank = next((number for number, line in enumerate(lines, 1) if not line.strip()), 0)
    if blank and blank < len(lines):
        text = f"source.txt 第 {blank} 行是空行，其后的行号都错开了：请删去空行，或从版本库恢复"
        return Problem(Location(where, blank), ID, text)
    return None


def _differences(plan: Plan, data: Data) -> Iterator[Problem]:
    lines, printed = official_lines(plan), plan.source.split("\n")
    if data.is_whole and len(lines) == len(printed):
        yield from (_difference(line, text) for line, text in zip(lines, printed, strict=True) if line.text != text)
        return
    # The lines do not pair up: say which of them are printed nowhere, unless a fault in their file explains it.
    known = set(printed)
    strange = [line for line in lines if line.text not in known and line.where.path not in data.broken]
    for line in strange:
        near = difflib.get_close_matches(line.text, printed, n=1, cutoff=0.5)
        yield _difference(line, near[0]) if near else _surplus(line)
    if data.is_whole and not strange:
        yield _missing(plan, lines, printed)


def _surplus(line: Line) -> Problem:
    where = line.places[0] if line.places else line.where
    return Problem(where, ID, f"source.txt 里没有“{_head(line.text)}”这一行：多写了请删去，写错了请照原文改正")


def _missing(plan: Plan, lines: tuple[Line, ...], printed: list[str]) -> Problem:
    """Say from which line on the source and the data part."""
    at = next(
        (n for n, (a, b) in enumerate(zip(lines, printed, strict=False)) if a.text != b), min(len(lines), len(printed))
    )
    where = Location(f"{plan.path}/source.txt", at + 1)
    if at == len(printed):
        return Problem(
            lines[at].where, ID, f"source.txt 到第 {at} 行就完了，数据却还有“{_head(lines[at].text)}”：请检查哪边多了"
        )
    if at == len(lines) and not printed[at]:
        return Problem(where, ID, f"source.txt 末尾多了一个换行：请删去（原文到第 {at} 行为止，最后不换行）")
    return Problem(where, ID, f"source.txt 从第 {at + 1} 行起的“{_head(printed[at])}”在数据里没有：请补进 YAML")


def _head(text: str) -> str:
    return text[: _BEFORE + _BEHIND]


def _difference(line: Line, printed: str) -> Problem:
    pairs = enumerate(zip(line.text, printed, strict=False))
    at = next((place for place, (a, b) in pairs if a != b), min(len(line.text), len(printed)))
    spaces = "（多了或少了空格）" if " " in line.text[at : at + 1] + printed[at : at + 1] else ""
    text = (
        f"还原的原文第 {line.number} 行第 {at + 1} 字起与 source.txt 不同{spaces}：原文是“{_around(printed, at)}”，"
        f"数据里是“{_around(line.text, at)}”。请照原文改正 YAML"
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
