"""What the index holds, as records: each thing with where it is printed and where the site shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from .cycles import is_report
from .readings import UNDATED, undated_span
from .terms import NOBODY, NOBODY_REGISTERED
from .wording import clause_of

if TYPE_CHECKING:
    from .model import (
        Citation,
        Data,
        Duty,
        Group,
        Leader,
        Plan,
        Sector,
        Successor,
        Target,
        Unit,
    )
    from .official import Line

Role = Literal["lead", "responsible", "owner"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """The goal, task or safeguard to which something belongs, with what a link to it needs."""

    kind: str
    """"goal", "task" or "safeguard"; "front" for what stands before the goals."""
    id: str
    number: int
    """The printed number; the year of a goal; 0 for front matter."""
    title: str
    sector: str | None
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetEntry:
    """A target and where it is printed."""

    target: Target
    of: Owner
    quote: str
    """The whole sentence."""
    line: int
    url: str

    @property
    def clause(self) -> str:
        """The part of the sentence, between semicolons, that sets the target."""
        return clause_of(self.quote, self.target.phrase)

    @property
    def undated_label(self) -> str:
        """What stands in place of a year before values that have none: 未写年份, 每年, 2022—2024年."""
        return self.span or UNDATED

    @property
    def span(self) -> str:
        """The printed span or cycle of values that have no year: 每年, 2022—2024年; empty where none is printed."""
        return undated_span(self.target.phrase, self.quote)


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyEntry:
    """A duty and where it is printed."""

    duty: Duty
    of: Owner
    quote: str
    line: int
    url: str
    is_leaders: bool
    """Whether the text gives it to the supervising leaders."""

    @property
    def nobody(self) -> str:
        """What is to be said where the text names nobody who is to do it, or nobody in the registry; else nothing."""
        return (NOBODY_REGISTERED if self.duty.who else NOBODY) if self.is_unnamed else ""

    @property
    def is_unnamed(self) -> bool:
        """Whether the text names nobody who is to do it: no unit, no group, no leader."""
        return not self.is_leaders and all(mention.unit is None for mention in self.duty.who)

    @property
    def is_report(self) -> bool:
        """Whether something is reported to those whom it names; else they are whom it is done to or for."""
        return is_report(self.quote, [mention.printed for mention in self.duty.to])


@dataclass(frozen=True, slots=True, kw_only=True)
class CitationMention:
    """One place where a document is named."""

    of: Owner
    quote: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CitationEntry:
    """A document and all places that name it."""

    citation: Citation
    mentions: tuple[CitationMention, ...]
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligation:
    """What one unit is obliged to (承担事项): a task or a safeguard, and in what role."""

    plan: str
    kind: Literal["task", "safeguard"]
    id: str
    number: int
    title: str
    sector: str | None
    role: Role
    role_printed: str | None
    """The label in front of the list: 责任单位; None where brackets name it."""
    via: str | None
    """The group through which it applies; None if the unit is named itself."""
    printed: str
    owns: tuple[tuple[str, int], ...]
    """What brackets in the text put it in charge of, with the brackets, and on which line."""
    line: int
    """The line that names the unit: that of the list where it is listed."""
    url: str

    @property
    def phrases(self) -> tuple[str, ...]:
        """What brackets put it in charge of, without the lines."""
        return tuple(phrase for phrase, _ in self.owns)

    def asks(self, entry: TargetEntry) -> bool:
        """Whether a target of its item is asked of the unit: brackets alone put it in charge of some words only."""
        said = entry.target.phrase
        return self.role != "owner" or any(said in phrase or phrase in said for phrase in self.phrases)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitDuty:
    """A duty as one unit has it."""

    plan: str
    entry: DutyEntry
    via: str | None
    """The group through which it applies; None if the unit is named itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanIndex:
    """One plan with its lines and everything placed in them."""

    plan: Plan
    lines: tuple[Line, ...]
    line_of: dict[str, int]
    """Id of a goal, sector, task or safeguard → the line that begins it."""
    text_line_of: dict[str, int]
    """Id of a goal, task or safeguard → the line of its paragraph."""
    units_line_of: dict[str, int]
    """Id of a sector or safeguard → the line of its responsible units."""
    all_targets: tuple[TargetEntry, ...]
    """Directions among them."""
    targets: tuple[TargetEntry, ...]
    """Those that can be checked; only they are counted."""
    targets_by_item: dict[str, tuple[TargetEntry, ...]]
    directions_by_item: dict[str, tuple[TargetEntry, ...]]
    duties: tuple[DutyEntry, ...]
    duties_by_item: dict[str, tuple[DutyEntry, ...]]
    citations: tuple[CitationEntry, ...]
    citations_by_item: dict[str, tuple[CitationEntry, ...]]
    """By id of the item that names them; by kind of line for what stands before the goals."""
    obligations: dict[str, tuple[Obligation, ...]]
    """By unit id; lead first, then in printed order."""
    owners: dict[str, Owner]
    """By id of goal, task or safeguard."""
    groups: dict[str, Group]
    """By unit id of the group."""
    issued_on: str
    """ISO date."""

    @property
    def characters(self) -> int:
        """How long the text is, without its line breaks."""
        return sum(len(line.text) for line in self.lines)

    @property
    def years(self) -> tuple[int, ...]:
        """The years of the plan's period."""
        return tuple(range(self.plan.start, self.plan.end + 1))

    def sector(self, sector_id: str) -> Sector:
        """Return a sector by id."""
        return next(sector for sector in self.plan.sectors if sector.id == sector_id)

    def targets_of(self, item: str) -> tuple[TargetEntry, ...]:
        """Return the targets of a goal, task or safeguard that can be checked."""
        return self.targets_by_item.get(item, ())

    def directions_of(self, item: str) -> tuple[TargetEntry, ...]:
        """Return the directions that a goal, task or safeguard gives."""
        return self.directions_by_item.get(item, ())

    def unnamed_of(self, item: str) -> tuple[DutyEntry, ...]:
        """Return the duties of a goal, task or safeguard whose text names nobody."""
        return tuple(entry for entry in self.duties_of(item) if entry.is_unnamed)

    def duties_of(self, item: str) -> tuple[DutyEntry, ...]:
        """Return the duties of a goal, task or safeguard."""
        return self.duties_by_item.get(item, ())

    def citations_of(self, item: str) -> tuple[CitationEntry, ...]:
        """Return the documents that a goal, task or safeguard names, or a line before the goals."""
        return self.citations_by_item.get(item, ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How much a unit is obliged to, without what applies only through a group."""

    lead_sectors: int
    responsible_sectors: int
    lead_tasks: int
    responsible_tasks: int
    safeguards: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """A unit that is named for the same tasks as another."""

    unit: str
    tasks: tuple[tuple[str, str], ...]
    """(plan id, task id) of each shared task, in printed order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitEntry:
    """One unit over all plans."""

    unit: Unit
    counts: Counts
    obligations: tuple[Obligation, ...]
    targets: tuple[tuple[str, TargetEntry], ...]
    """(plan id, target) of its tasks, of safeguards that list it, of what brackets give it; in printed order."""
    directions: tuple[tuple[str, TargetEntry], ...]
    """What of the same items cannot be checked."""
    duties: tuple[UnitDuty, ...]
    """In which it acts; named itself first, then through a group."""
    receives: tuple[UnitDuty, ...]
    """In which it is addressed by others."""
    unnamed: tuple[UnitDuty, ...]
    """Of the items that name it: those whose text does not name who is to do them."""
    works_with: tuple[Partner, ...]
    """Those with which it shares most tasks first."""
    member_of: tuple[tuple[str, Group], ...]
    """(plan id, group) to which it belongs."""
    was: tuple[tuple[str, Successor], ...]
    """(unit id, change) of the units whose place it took."""
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaderEntry:
    """One supervising leader over all plans."""

    leader: Leader
    sectors: tuple[tuple[str, Sector], ...]
    """(plan id, sector)."""
    duties: tuple[tuple[str, DutyEntry], ...]
    """(plan id, duty) that the text gives to the supervising leaders."""
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteIndex:
    """Everything that pages and exports need."""

    data: Data
    plans: tuple[PlanIndex, ...]
    units: tuple[UnitEntry, ...]
    leaders: tuple[LeaderEntry, ...]
    unit_names: dict[str, str]
    """Unit id → name."""

    def plan(self, plan_id: str) -> PlanIndex:
        """Return a plan by id."""
        return next(plan for plan in self.plans if plan.plan.id == plan_id)
