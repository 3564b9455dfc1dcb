"""What a merge says on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .steps import NOTHING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .merge import Merge
    from .steps import Edit

_MOST_NOTICES: Final = 30
SKIP: Final = "--skip-bad"


def listed(merge: Merge) -> str:
    """Return every step that can be taken, the lines that change, and what is not taken at all."""
    lines = [*map(_step, merge.edits), *(("", merge.diff) if merge.edits else ()), *_notices(merge)]
    return "\n".join(lines)


def _step(edit: Edit) -> str:
    place = f"{edit.table}!{edit.cell.name}“{edit.heading}”"
    home = f"　（{edit.file} 第 {edit.line} 行起）"
    if edit.kind == "added":
        return f"新增 {edit.table}!第 {edit.cell.where.line} 行：{edit.new}。{edit.note}{home}"
    if edit.kind == "removed":
        return f"删去 {place}：{edit.old}（{edit.note}）{home}"
    note = f"\n　　{edit.note}" if edit.note else ""
    return f"{place}：{edit.old or NOTHING} → {edit.new or NOTHING}{home}{note}"


def _notices(merge: Merge) -> Iterator[str]:
    yield from (f"提示：{notice}" for notice in merge.notices[:_MOST_NOTICES])
    if len(merge.notices) > _MOST_NOTICES:
        yield f"提示：另有 {len(merge.notices) - _MOST_NOTICES} 条从略。"


def concluded(merge: Merge, *, is_written: bool, skips: bool) -> str:
    """Return the last line: what was done, and what to do next."""
    counts = f"{len(merge.edits)} 处改动、{len(merge.texts)} 个文件"
    bad = len(merge.problems)
    if not merge.edits:
        return f"没有可以合并的改动：有 {bad} 处有误，请照上面改正。" if bad else _NOTHING_TO_DO
    if is_written:
        left = f"另有 {bad} 处有误，没有写入：请在工作簿里改正后再合并一次。" if bad else "继续编辑请重新导出。"
        return f"已写入：{len(merge.edits)} 处改动，{len(merge.texts)} 个文件。{left}"
    if bad and not skips:
        return (
            f"没有写入：{bad} 处有误（已逐个列出），另外 {counts}无误。"
            f"请改正后再运行；想先只写入无误的，加 {SKIP} --write。"
        )
    left = f"有误的 {bad} 处不写。" if bad else ""
    return f"共 {counts}，数据检查通过，还没有写入。{left}确认无误后加 --write。"


_NOTHING_TO_DO: Final = "没有改动：工作簿里没有需要合并的改动。"
