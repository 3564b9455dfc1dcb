"""A plan as a whole, what stands beside its text, and everything in plan_data/."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from ..terms import ITEM_KINDS
from .units import read_as

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..problems import Location, Problem
    from .parts import Goal, Part, Responsibility, Safeguard, Sector, Task
    from .units import Group, Leader, Pronunciation, Reading, Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A document that the plan names."""

    id: str
    title: str
    document_number: str | None
    note: str | None
    where: Location = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Oddity:
    """Something in the printed text that a proof-reader would query."""

    id: str
    line: int
    printed: str
    kind: str
    """One of `terms.ODDITY_KINDS`."""
    reading: str
    note: str
    where: Location = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A term of the plan that the plan itself explains, or the site by a named source."""

    id: str
    term: str
    forms: tuple[str, ...]
    """Other wordings of the same term in the plan."""
    by: Literal["plan", "site"]
    line: int | None
    """Of the explaining words; only by "plan"."""
    phrase: str | None
    """The explaining words, as printed; only by "plan"."""
    source: str | None
    """What the explanation rests on; only by "site"."""
    dated: str | None
    """When the source was issued: YYYY, YYYY-MM or YYYY-MM-DD."""
    check: str | None
    """One of `terms.SOURCE_CHECKS`: whether the source's title and number were seen in a second place."""
    explanation: str
    where: Location = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """The version of a plan's data."""

    date: str
    """YYYY-MM-DD."""
    number: int
    """Counts up; calendar programs take the higher one."""
    calendar: str | None
    """Checksum of what calendars are told, as of this edition."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """From when to when a plan holds."""

    start: int | None
    """A year."""
    end: int | None
    text: str | None
    """As printed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Validity:
    """Whether a plan is in force, as far as a named source says so."""

    status: Literal["in_force", "expired", "replaced"]
    replaced_by: str | None
    """The title of what took its place."""
    source: str
    """What says so."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A plan (方案): one official text, as a tree of parts."""

    id: str
    path: str
    """The plan's folder, as problems show it."""
    title: str
    title_reading: Reading
    """"inferred" where the text prints none and it is ours."""
    is_proposed: bool
    """Whether the importer made its structure (which part is what), and nobody confirmed it yet."""
    short_title: str
    period: Period | None
    parts: tuple[Part, ...]
    responsibilities: tuple[Responsibility, ...]
    """What holds for the whole of it."""
    issuers: tuple[str, ...]
    """As printed, or as a named source says."""
    issued_on: str | None
    """YYYY-MM-DD."""
    effective_on: str | None
    """From when it holds (施行日期): YYYY-MM-DD."""
    valid_until: str | None
    """Until when it holds (有效期): YYYY-MM-DD."""
    validity: Validity | None
    ends_with: str
    """The line breaks after the last word."""
    groups: tuple[Group, ...]
    citations: tuple[Citation, ...]
    oddities: tuple[Oddity, ...]
    terms: tuple[Term, ...]
    source: str
    """The official text as published."""
    source_sha256: str | None
    """What the text's checksum must be."""
    official_url: str | None
    """Where the text was published."""
    read_on: str | None
    """The day on which it was read there: YYYY-MM-DD."""
    document_number: str | None
    """As printed (发文字号)."""
    edition: Edition | None
    where: Location = field(compare=False, repr=False)
    date_where: Location = field(compare=False, repr=False)
    edition_where: Location = field(compare=False, repr=False)
    memo: dict[str, Any] = field(init=False, default_factory=dict, compare=False, repr=False)
    """What was worked out from it once, by who did; a changed copy begins anew."""

    @cached_property
    def all_parts(self) -> tuple[Part, ...]:
        """All parts in printed order."""
        return tuple(found for part in self.parts for found in part.walk())

    @cached_property
    def unconfirmed(self) -> int:
        """How many readings the importer proposed and nobody confirmed yet; its structure counts as one."""
        targets = {target.id: target for part in self.all_parts for target in part.targets}
        duties = {duty.id: duty for part in self.all_parts for duty in part.duties}
        readings = [
            *(read_as((one.reading, *(name.reading for name in one.names))) for one in self.all_responsibilities),
            *(part.deadline.reading for part in self.all_parts if part.deadline),
            *(read_as(value.reading for value in target.values) for target in targets.values()),
            *(duty.reading for duty in duties.values()),
            *(group.reading for group in self.groups),
        ]
        return readings.count("proposed") + self.is_proposed

    def of_kind(self, kind: str) -> tuple[Part, ...]:
        """Return the parts of one kind, in printed order."""
        return tuple(part for part in self.all_parts if part.kind == kind)

    @cached_property
    def goals(self) -> tuple[Goal, ...]:
        """All goals in printed order."""
        return self.of_kind("goal")

    @cached_property
    def sectors(self) -> tuple[Sector, ...]:
        """All sectors in printed order."""
        return self.of_kind("sector")

    @cached_property
    def tasks(self) -> tuple[Task, ...]:
        """All tasks in printed order."""
        return self.of_kind("task")

    @cached_property
    def safeguards(self) -> tuple[Safeguard, ...]:
        """All safeguards in printed order."""
        return self.of_kind("safeguard")

    @cached_property
    def items(self) -> tuple[Part, ...]:
        """What may hold targets and duties, in printed order; goals, tasks and safeguards with what they hold."""
        return tuple(found for part in self.parts for found in _items(part))

    @cached_property
    def texts(self) -> tuple[Part, ...]:
        """All parts that are no sector, goal, task or safeguard and belong to no goal, task or safeguard."""
        return tuple(part for part in self.items if part.kind not in {"sector", *ITEM_KINDS})

    @cached_property
    def all_responsibilities(self) -> tuple[Responsibility, ...]:
        """All words that say who answers for something, in printed order, each once."""
        return tuple(one for part in self.all_parts for one in part.responsibilities if one.part == part.id)

    @cached_property
    def leaders_names(self) -> frozenset[str]:
        """By what names the text speaks of those who supervise: 督办领导."""
        found = [one for part in self.all_parts for one in part.responsibilities if one.role == "supervise"]
        return frozenset(one.label for one in found if one.label)

    def words_of(self, kind: str) -> str:
        """Return the words of the first part of a kind; empty where there is none."""
        return next(("\n".join(found.text for found in part.paragraphs) for part in self.of_kind(kind)), "")


def _items(part: Part) -> Iterator[Part]:
    if part.kind != "responsibility":
        yield part
    if part.kind not in ITEM_KINDS:
        for below in part.parts:
            yield from _items(below)
    else:
        yield from (found for found in part.walk() if found.kind in ITEM_KINDS and found is not part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Data:
    """Everything in plan_data/: the registries and the plans, by id."""

    units: tuple[Unit, ...]
    kinds: tuple[str, ...]
    """The kinds that units may have, in the order in which they are listed."""
    readings: tuple[Pronunciation, ...]
    leaders: tuple[Leader, ...]
    plans: tuple[Plan, ...]
    broken: frozenset[str] = field(compare=False, default=frozenset())
    """The files, as problems show them, of which something had to be left out."""
    warnings: tuple[Problem, ...] = field(compare=False, default=())
    """What was passed over."""

    @property
    def is_whole(self) -> bool:
        """Whether everything could be read."""
        return not self.broken
