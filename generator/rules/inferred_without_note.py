"""凡标为推断（inferred）的都要在 note 里写明理由。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.model import Data

ID = "inferred-without-note"

_ADVICE = "标为 inferred 却没有 note：请用一两句话写明推断的理由"


def check(data: Data) -> Iterator[Problem]:
    """Yield one problem for each inferred reading that gives no reason."""
    for plan in data.plans:
        for item in plan.items:
            for target in item.targets:
                bare = [value for value in target.values if value.reading == "inferred" and not value.note]
                if bare:
                    # What all of them lack is lacking once, at the target.
                    where = target.where if len(bare) == len(target.values) else bare[0].where
                    yield Problem(where, ID, _ADVICE)
            for duty in item.duties:
                if duty.reading == "inferred" and not duty.note:
                    yield Problem(duty.where, ID, _ADVICE)
                for mention in (*duty.who, *duty.to):
                    if mention.reading == "inferred" and not mention.note:
                        yield Problem(mention.where, ID, _ADVICE)
