"""What is proposed as targets and duties, written as records of YAML: what all values share stands once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ...terms import MONTH_END

if TYPE_CHECKING:
    from ..emit import Record
    from .records import ProposedDuty, ProposedTarget, ProposedValue

_SHARED: Final = ("comparator", "unit", "qualifier", "note")
"""Keys that a target says for all of its values where they are alike."""


_OF_VALUE: Final = ("year", "comparator", "value", "upper", "unit", "qualifier", "text", "reading", "note")


_BY: Final = re.compile("年?[底末初]|[0-9]{1,2}月|上半年|下半年|前")
"""What makes of a year a date, which stays with the words."""


def target_row(found: ProposedTarget) -> Record | None:
    """Return the record of a target; None where it is too vague to be one."""
    if not found.values or not found.indicator or found.quote.strip() != found.quote:
        return None
    values = [_value(value) for value in found.values]
    alike = {key: values[0].get(key) for key in _SHARED if len({value.get(key) for value in values}) == 1}
    measured = any(value["comparator"] != "state" for value in values)
    row: Record = {"type": "metric" if measured else "milestone"}
    if found.is_direction:
        row["strength"] = "direction"
    row |= {"indicator": found.indicator}
    row |= {"scope": found.scope} if found.scope else {}
    row["quote"] = found.quote
    row |= {key: alike[key] for key in ("comparator", "unit", "qualifier") if alike.get(key)}
    row |= {"base": found.base} if found.base else {}
    if "note" in alike:
        row["reading"] = "proposed"
        row |= {"note": alike["note"]} if alike["note"] else {}
    else:
        # Each value is confirmed by itself: with a note as a reading of ours, without one as printed.
        values = [{**value, "reading": "proposed"} for value in values]
    row["values"] = [
        {key: value[key] for key in _OF_VALUE if value.get(key) is not None and key not in alike} for value in values
    ]
    return row


def _value(value: ProposedValue) -> Record:
    # The year says itself which one it is.
    before, found, behind = value.text.partition(f"{value.year}年") if value.year else (value.text, "", "")
    text = (
        max(before, behind.removeprefix("度"), key=len).strip(" ,，") if found and not _BY.match(behind) else value.text
    )
    return {
        "year": value.year,
        "comparator": value.comparator,
        "value": _number(value.value),
        "upper": _number(value.upper),
        "unit": value.unit,
        "qualifier": value.qualifier,
        "text": text,
        "note": "".join(value.notes) or None,
    }


def _number(value: float | None) -> int | float | None:
    return int(value) if value is not None and value.is_integer() else value


def duty_row(found: ProposedDuty) -> Record:
    """Return the record of a duty."""
    row: Record = {"who": list(found.who)}
    row |= {"to": list(found.to)} if found.to else {}
    row |= {"action": found.action, "frequency": found.frequency}
    if found.months:
        row["due"] = {"months": list(found.months), "day": found.day or MONTH_END}
    row["reading"] = "proposed"
    row |= {"note": "".join(found.notes)} if found.notes else {}
    row["quote"] = found.quote
    return row
