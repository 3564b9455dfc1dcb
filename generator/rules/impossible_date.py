"""日期必须是真有的日子：成文日期、定期事项的期限；月份按先后写，不重复。"""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from ..problems import Problem
from ..text.lines import printed_date

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model import Data

ID = "impossible-date"


def check(data: Data) -> Iterator[Problem]:
    """Yield one problem for each date that no calendar has in every year."""
    for plan in data.plans:
        for part in plan.of_kind("date"):
            if printed_date(part.title) is None:
                yield Problem(part.where, ID, f"成文日期“{part.title}”不是真有的日子：请照原文改正")
        for duty in (duty for item in plan.items for duty in item.duties):
            if duty.due is None:
                continue
            wrong = [f"{month}月" for month in duty.due.months if not _exists(month, duty.due.day)]
            if wrong:
                yield Problem(duty.where, ID, f"{'、'.join(wrong)}没有 {duty.due.day} 日：请改正 due")
            if list(duty.due.months) != sorted(set(duty.due.months)):
                yield Problem(duty.where, ID, "due 的月份有重复或没有按先后写：请改成如 [3, 6, 9, 12]")


def _exists(month: int, day: int | None) -> bool:
    if day is None:
        return True  # every month has a last day
    try:
        datetime.date(2023, month, day)
    except ValueError:
        return False
    return True
