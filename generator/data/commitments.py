"""Targets and duties, made from the bound records of a part."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from ..model import Due, Duty, Target, Value

if TYPE_CHECKING:
    from .bind import Bound
    from .registry import Registry


def targets(row: Bound) -> tuple[Target, ...]:
    """Return the targets of a part."""
    return tuple(
        Target(
            id=target.text("id"),
            type=cast("Any", target.text("type")),
            strength=cast("Any", target.optional("strength") or "checkable"),
            indicator=target.text("indicator"),
            scope=target.optional("scope"),
            phrase=target.text("quote"),
            values=tuple(_value(value, target) for value in target.records("values")),
            where=target.where,
            phrase_where=target.place("quote"),
        )
        for target in row.records("targets")
    )


def _value(row: Bound, target: Bound) -> Value:
    """Build a value; what it does not say itself, its target says for all of them."""

    def shared(key: str) -> str | None:
        return row.optional(key) or target.optional(key)

    reading = shared("reading") or "printed"
    return Value(
        year=row.values.get("year"),
        comparator=cast("Any", shared("comparator") or "state"),
        value=row.values.get("value"),
        upper=row.values.get("upper"),
        unit=shared("unit") if "value" in row.values else None,
        qualifier=shared("qualifier"),
        base=target.optional("base"),
        text=row.text("text"),
        reading=cast("Any", reading),
        note=shared("note") if reading != "printed" else None,
        where=row.where,
    )


def duties(row: Bound, registry: Registry) -> tuple[Duty, ...]:
    """Return the duties of a part."""
    return tuple(
        Duty(
            id=duty.text("id"),
            who=registry.mentions(duty.items("who")),
            to=registry.mentions(duty.items("to")),
            action=duty.text("action"),
            frequency=cast("Any", duty.text("frequency")),
            due=_due(duty),
            reading=cast("Any", duty.optional("reading") or "printed"),
            note=duty.optional("note"),
            phrase=duty.text("quote"),
            where=duty.where,
            phrase_where=duty.place("quote"),
        )
        for duty in row.records("duties")
    )


def _due(duty: Bound) -> Due | None:
    if "due" not in duty.values:
        return None
    due = duty.record("due")
    return Due(months=due.items("months"), day=due.values["day"])
