"""What is proposed, before it is written as YAML: values, targets, duties, and what is known beside a sentence."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedValue:
    """A value as it would stand in YAML."""

    text: str
    comparator: str
    value: float | None = None
    upper: float | None = None
    unit: str | None = None
    year: int | None = None
    qualifier: str | None = None
    notes: tuple[str, ...] = ()
    """What the words do not say by themselves; empty where they do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedTarget:
    """A target as it would stand in YAML."""

    indicator: str
    quote: str
    scope: str | None = None
    base: str | None = None
    is_direction: bool = False
    values: tuple[ProposedValue, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What an item and its plan say beside the sentence."""

    goal_year: int | None = None
    """The year of the goal to which the sentence belongs."""
    start: int | None = None
    """First year of the plan."""
    end: int | None = None
    """Its last year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedDuty:
    """A duty as it would stand in YAML."""

    action: str
    quote: str
    frequency: str
    who: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    months: tuple[int, ...] = ()
    day: int | None = None
    """With months: None is the month's end."""
    notes: tuple[str, ...] = ()
