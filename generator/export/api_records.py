"""What the published data says of single records: who answers, targets, duties, documents, oddities."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from .. import addresses
from ..text.wording import value_text
from .schemas import read_fields

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..index.records import Charge, CitationEntry, DutyEntry, Owner, PlanIndex, TargetEntry
    from ..model import Duty, Mention, Oddity, Value

Json = dict[str, Any]
_COVERED: Final = ("sector", "task", "safeguard")
"""Kinds of parts that a responsibility says it covers."""


def charge_json(charge: Charge) -> Json:
    """Return who answers for a part, where it is printed."""
    one = charge.responsibility
    whole = (charge.part.kind if charge.part.kind in _COVERED else "part") if charge.part else "plan"
    return {
        "role": one.role,
        "label": one.label,
        "units": [
            {
                "unit": mention.unit,
                "leader": mention.leader,
                "name": mention.name,
                "printed": mention.printed,
                "reading": mention.reading,
                "note": mention.note,
            }
            for mention in one.names
        ],
        "covers": "quote" if one.covers == "quote" else whole,
        "quote": one.quote,
        "line": charge.line,
        "reading": one.reading,
        "note": one.note,
    }


def named_json(mentions: Iterable[Mention]) -> list[Json]:
    """Return units as they are printed, with the reason where a name is read."""
    return [
        {"unit": mention.unit, "printed": mention.printed}
        | ({"reading": mention.reading, "note": mention.note} if mention.reading != "printed" else {})
        for mention in mentions
    ]


def _of(owner: Owner) -> Json:
    return {"kind": owner.kind, "id": owner.id}


def target_json(entry: TargetEntry) -> Json:
    """Return a target with where it is printed."""
    target = entry.target
    made: Json = {
        "of": _of(entry.of),
        "base": target.values[0].base,
        "values": [_value(value, entry.clause) for value in target.values],
        "quote": entry.quote,
        "line": entry.line,
        "url": entry.url,
    }
    return {name: made[name] if name in made else getattr(target, name) for name in read_fields("target")}


def _value(value: Value, clause: str) -> Json:
    row: Json = {"year": value.year, "comparator": value.comparator, "value": value.value}
    if value.comparator == "between":
        row["upper"] = value.upper
    row |= {"unit": value.unit, "text": value.text, "qualifier": value.qualifier}
    row |= {"said": value_text(value, clause), "reading": value.reading}
    return row | ({"note": value.note} if value.note else {})


def duty_json(entry: DutyEntry) -> Json:
    """Return a duty with where it is printed."""
    duty = entry.duty
    return {
        "id": duty.id,
        "of": _of(entry.of),
        "who": named_json(duty.who),
        "to": named_json(duty.to),
        "action": duty.action,
        "frequency": duty.frequency,
        "due": _due(duty),
        "reading": duty.reading,
        **({"note": duty.note} if duty.note else {}),
        "quote": entry.quote,
        "line": entry.line,
        "url": entry.url,
    }


def _due(duty: Duty) -> Json | None:
    if duty.due is None:
        return None
    months = list(duty.due.months)
    if duty.due.day is None:
        # The last day of a month is the 31st, or what the month has instead.
        return {"months": months, "day": 31, "month_end": True}
    return {"months": months, "day": duty.due.day}


def citation_json(entry: CitationEntry) -> Json:
    """Return a document with all places that name it."""
    return {
        "id": entry.citation.id,
        "title": entry.citation.title,
        "document_number": entry.citation.document_number,
        "mentions": [
            {"of": _of(mention.of), "quote": mention.quote, "line": mention.line} for mention in entry.mentions
        ],
        "url": entry.url,
    }


def oddity_json(plan: PlanIndex, oddity: Oddity) -> Json:
    """Return an oddity of the print."""
    return {
        "id": oddity.id,
        "line": oddity.line,
        "printed": oddity.printed,
        "reading": oddity.reading,
        "kind": oddity.kind,
        "note": oddity.note,
        "url": f"{addresses.plan(plan.id, 'oddities')}#{oddity.id}",
    }
