"""What the index holds, as records: each thing with where it is printed and where the site shows it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final, Literal

from ..terms import NOBODY, NOBODY_REGISTERED, PART_KINDS
from ..text.cycles import is_report
from ..text.readings import UNDATED, undated_span
from ..text.wording import clause_of

if TYPE_CHECKING:
    from ..model import (
        Citation,
        Data,
        Duty,
        Group,
        Leader,
        Part,
        Plan,
        Reading,
        Responsibility,
        Safeguard,
        Sector,
        Successor,
        Target,
        Task,
        Unit,
    )
    from ..terms import Role
    from ..text.lines import Line


CALLED: Final = frozenset({"sector", "task", "safeguard"})
"""Kinds of parts that are called by kind and number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """The part to which something belongs, with what a link to it needs."""

    kind: str
    """"goal", "sector", "task" or "safeguard"; "front" for what stands before them, "text" for the rest."""
    id: str
    number: int | None
    """The printed number; the year of a goal."""
    counted: str
    """How a sector, task or safeguard is counted: 11; by printed numbers where those repeat: 二(一); else empty."""
    title: str
    sector: str | None
    url: str
    part_kind: str
    """A key of `terms.PART_KINDS`."""
    title_reading: Reading
    """"inferred" where the title is ours."""

    @property
    def label(self) -> str:
        """By what it is called: 任务11, 板块3, 任务二(一); empty for what is called by its words."""
        return f"{PART_KINDS[self.kind]}{self.counted}" if self.kind in CALLED else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetEntry:
    """A target and where it is printed."""

    key: tuple[str, str]
    """(plan id, id), which tell it from all others of the site."""
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

    key: tuple[str, str]
    """(plan id, id), which tell it from all others of the site."""
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
class Charge:
    """Words of responsibility and where they are printed."""

    responsibility: Responsibility
    part: Part | None
    """The part for which they hold, or that holds the words for which they do; None for the whole plan."""
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligation:
    """What one unit is obliged to (承担事项): a task or a safeguard, and in what role."""

    plan: str
    kind: Literal["task", "safeguard"]
    id: str
    number: int | None
    label: str
    """任务11."""
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
    is_whole: bool
    """Whether it holds for the whole item, not for some of its words alone."""
    also: tuple[tuple[Role, str | None, int], ...]
    """In what other roles the unit is named for the whole item: (role, its label, the line); who leads is responsible
    anyway."""
    url: str

    @property
    def phrases(self) -> tuple[str, ...]:
        """What brackets put it in charge of, without the lines."""
        return tuple(phrase for phrase, _ in self.owns)

    def asks(self, entry: TargetEntry) -> bool:
        """Whether a target of its item is asked of the unit: brackets alone put it in charge of some words only."""
        said = entry.target.phrase
        return self.is_whole or any(said in phrase or phrase in said for phrase in self.phrases)


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
    """Id of a part → the line that begins it."""
    text_line_of: dict[str, int]
    """Id of an item → the line of its last paragraph."""
    lines_of: dict[str, tuple[Line, ...]]
    """Id of an item → its lines, without those of responsibility."""
    charges_of: dict[str, tuple[Charge, ...]]
    """Id of a part → what its own words, and lines right below it, say of who answers for it."""
    applying: dict[str, tuple[Charge, ...]]
    """Id of a sector, task or safeguard → all that applies to it: of the plan, of what it lies in, its own."""
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
    """By id of goal, sector, task, safeguard and other text."""
    groups: dict[str, Group]
    """By unit id of the group."""
    years: tuple[int, ...]
    """Those of the plan's period; without one those of which its goals and targets speak."""

    @property
    def id(self) -> str:
        """The plan's id."""
        return self.plan.id

    @property
    def sectors(self) -> tuple[Sector, ...]:
        """The plan's sectors (板块), in printed order."""
        return self.plan.sectors

    @property
    def tasks(self) -> tuple[Task, ...]:
        """Its tasks (任务)."""
        return self.plan.tasks

    @property
    def safeguards(self) -> tuple[Safeguard, ...]:
        """Its safeguards (制度保障)."""
        return self.plan.safeguards

    @property
    def issued_on(self) -> str:
        """The ISO date of the plan; empty where nobody says it."""
        return self.plan.issued_on or ""

    @property
    def dated(self) -> str:
        """An ISO date for files, which need one: when the plan was issued, else when its data was."""
        year = f"{self.years[0]}-01-01" if self.years else "2000-01-01"
        return self.plan.issued_on or (self.plan.edition.date if self.plan.edition else year)

    @property
    def dated_years(self) -> tuple[int, ...]:
        """The years in which what recurs has dates; none where no end of the plan is known."""
        period = self.plan.period
        start = period.start or int(self.issued_on[:4] or 0) if period else 0
        return tuple(range(start, period.end + 1)) if period and period.end and start else ()

    @property
    def characters(self) -> int:
        """How long the text is, without its line breaks."""
        return len(self.plan.source) - self.plan.source.count("\n")

    @property
    def line_count(self) -> int:
        """How many lines the text has."""
        return len(self.plan.source.removesuffix("\n").split("\n"))

    def printed_line(self, number: int) -> str:
        """Return a line of the official text, from 1."""
        return self.plan.source.split("\n")[number - 1]

    def text_of(self, item: str) -> str:
        """Return the words of an item whole, a line for each line."""
        lines: dict[int, str] = {}
        for line in self.lines_of[item]:
            lines[line.number] = lines.get(line.number, "") + line.text
        return "\n".join(lines.values())

    def charges(self, part: str, role: Role) -> tuple[Charge, ...]:
        """Return what is printed with a part of who answers for the whole of it in a role."""
        return tuple(
            one
            for one in self.charges_of.get(part, ())
            if one.responsibility.role == role and one.responsibility.covers == "part"
        )

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
    """One unit over all plans, or in one of them."""

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
    means: tuple[tuple[str, Group], ...]
    """(plan id, what it stands for), where it is a group."""
    was: tuple[tuple[str, Successor], ...]
    """(unit id, change) of the units whose place it took."""
    url: str
    plan: str | None
    """The only plan of which this is said; None for all of them."""
    parts: tuple[UnitEntry, ...]
    """The same for each plan that concerns the unit, where the site has several."""

    @property
    def is_concerned(self) -> bool:
        """Whether there is anything to say of the unit."""
        return bool(self.obligations or self.duties or self.receives or self.member_of or self.means)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaderEntry:
    """One supervising leader over all plans."""

    leader: Leader
    sectors: tuple[tuple[str, Sector], ...]
    """(plan id, sector or task) that names the leader."""
    duties: tuple[tuple[str, DutyEntry], ...]
    """(plan id, duty) that the text gives to the supervising leaders."""
    url: str


@dataclass(frozen=True, kw_only=True)
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
        return self._by_id[plan_id]

    @cached_property
    def _by_id(self) -> dict[str, PlanIndex]:
        return {plan.id: plan for plan in self.plans}
