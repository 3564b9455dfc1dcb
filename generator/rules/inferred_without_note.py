"""凡标为推断（inferred）的都要在 note 里写明理由。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.model import Data, Duty, Value

ID = "inferred-without-note"


def check(data: Data) -> Iterator[Problem]:
    """Yield one problem for each inferred reading that gives no reason."""
    for plan in data.plans:
        for item in plan.items:
            values = (value for target in item.targets for value in target.values)
            records: tuple[Value | Duty, ...] = (*values, *item.duties)
            for record in records:
                if record.reading == "inferred" and not record.note:
                    yield Problem(record.where, ID, "标为 inferred 却没有 note：请用一两句话写明推断的理由")
