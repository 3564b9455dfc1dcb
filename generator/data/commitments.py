"""Targets and duties, made from the bound records of a part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..model import Due, Duty, Target, Value

if TYPE_CHECKING:
    from .bind import Bound
    from .registry import Registry


def targets(row: Bound) -> tuple[Target, ...]:
    """Return the targets of a part."""
    return tuple(
        target.made(
            Target,
            strength=target.optional("strength") or "checkable",
            phrase=target.text("quote"),
            values=tuple(_value(value, target) for value in target.records("values")),
            phrase_where=target.place("quote"),
        )
        for target in row.records("targets")
    )


def _value(row: Bound, target: Bound) -> Value:
    """Build a value; what it does not say itself, its target says for all of them."""

    def shared(key: str) -> str | None:
        return row.optional(key) or target.optional(key)

    reading = shared("reading") or "printed"
    return row.made(
        Value,
        comparator=shared("comparator") or "state",
        unit=shared("unit") if "value" in row.values else None,
        qualifier=shared("qualifier"),
        base=target.optional("base"),
        reading=reading,
        note=shared("note") if reading != "printed" else None,
    )


def duties(row: Bound, registry: Registry) -> tuple[Duty, ...]:
    """Return the duties of a part."""
    return tuple(
        duty.made(
            Duty,
            who=registry.mentions(duty.items("who")),
            to=registry.mentions(duty.items("to")),
            due=_due(duty),
            reading=duty.optional("reading") or "printed",
            phrase=duty.text("quote"),
            phrase_where=duty.place("quote"),
        )
        for duty in row.records("duties")
    )


def _due(duty: Bound) -> Due | None:
    if "due" not in duty.values:
        return None
    due = duty.record("due")
    return Due(months=due.items("months"), day=due.values["day"])
