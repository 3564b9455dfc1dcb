"""source.txt 是照发布的样子保存的原文，登记了校验值（source_sha256）的，内容必须与校验值相符。"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from ..data.slips import conflict_line
from ..problems import Location, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model import Data, Plan

ID = "source-changed"


def check(data: Data) -> Iterator[Problem]:
    """Yield one problem for each official text that is not the one registered."""
    for plan in data.plans:
        if is_changed(plan):
            text = (
                "source.txt 被改动过：请从版本库恢复，不要照它改 YAML；"
                f"确实换了新发布的原文，才把 plan.yaml 的 source_sha256 改成 {_sha256(plan)}"
            )
            line = conflict_line(plan.source)
            if line:
                text = f"版本合并的冲突没有解决；{text}"
            yield Problem(Location(f"{plan.path}/source.txt", line or 1), ID, text)


def is_changed(plan: Plan) -> bool:
    """Tell whether the official text is not the one registered."""
    return plan.source_sha256 not in {None, _sha256(plan)}


def _sha256(plan: Plan) -> str:
    return hashlib.sha256(plan.source.encode()).hexdigest()
