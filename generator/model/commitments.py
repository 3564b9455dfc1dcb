"""What is set: targets with their values, and duties that recur."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from ..problems import Location
    from .units import Mention, Reading

Comparator = Literal["at_least", "at_most", "exactly", "about", "between", "rise", "fall", "state"]
Strength = Literal["checkable", "direction"]
Frequency = Literal["weekly", "monthly", "quarterly", "half_yearly", "yearly", "each_time", "other"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One value of a target."""

    year: int | None
    comparator: Comparator
    value: float | None
    upper: float | None
    """Only with "between"."""
    unit: str | None
    """Of measure: %, 个工作日."""
    qualifier: str | None
    """Printed words that limit what is promised and stand outside of `text`: 力争, 争取."""
    base: str | None
    """Printed words for what the figure is reckoned from, where it is no figure by itself: 全省总体目标."""
    text: str
    reading: Reading
    note: str | None
    """Why it is read so; always there when inferred."""
    where: Location = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A target (目标值 or 阶段性目标): something that can be checked; or a direction, which cannot."""

    id: str
    type: Literal["metric", "milestone"]
    strength: Strength
    """"checkable": a third person could say met or not, by a figure, a date, an output or a named thing."""
    indicator: str
    scope: str | None
    phrase: str
    """Words that lie in exactly one sentence of the text; the index widens them to that sentence."""
    values: tuple[Value, ...]
    where: Location = field(compare=False, repr=False)
    phrase_where: Location = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A date that recurs: by the end of that day in each of the months."""

    months: tuple[int, ...]
    day: int | None
    """None is the last day of the month."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """A duty (定期报送、例行事项): something that recurs."""

    id: str
    who: tuple[Mention, ...]
    to: tuple[Mention, ...]
    action: str
    """The site's short wording."""
    frequency: Frequency
    due: Due | None
    reading: Reading
    note: str | None
    phrase: str
    where: Location = field(compare=False, repr=False)
    phrase_where: Location = field(compare=False, repr=False)
