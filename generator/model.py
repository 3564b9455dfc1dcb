"""The plan as frozen records, as printed; what follows from it is the index's business.

Records refer to each other by id. `where` is the place in the YAML and takes no part
in equality. Texts are exact substrings of the official text unless a field says so.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from .problems import Location, Problem

Comparator = Literal["at_least", "at_most", "exactly", "about", "between", "rise", "fall", "state"]
Reading = Literal["printed", "inferred"]
Strength = Literal["checkable", "direction"]
Frequency = Literal["weekly", "monthly", "quarterly", "half_yearly", "yearly", "each_time", "other"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """Another name by which a unit is printed or looked for."""

    name: str
    kind: str
    """One of `terms.ALIAS_KINDS`."""
    source: str | None
    where: Location = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Successor:
    """What became of a unit after the plan was printed."""

    unit: Mention | None
    """The unit that took its place; None where it was abolished."""
    on: str
    """YYYY, YYYY-MM or YYYY-MM-DD."""
    how: str
    """One of `terms.CHANGES`."""
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A unit (单位) or a group of units (群体)."""

    id: str
    name: str
    kind: str
    """One of `terms.UNIT_KINDS`; the site's classification, not the plan's."""
    kind_doubt: str | None
    """Why the kind is doubtful."""
    level: str | None
    """One of `terms.LEVELS`."""
    is_group: bool
    aliases: tuple[Alias, ...]
    became: tuple[Successor, ...]
    note: str | None
    where: Location = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pronunciation:
    """How a word in the names of units is read aloud, where the dictionary errs."""

    text: str
    pinyin: str
    """A syllable for each character, with spaces between: chang po."""
    where: Location = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Leader:
    """A supervising leader (督办领导)."""

    id: str
    name: str
    """Without the spaces that print sets between the characters."""
    where: Location = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A unit named in a list."""

    name: str
    """The unit's name as it stands in `printed`; the same unless names were run together."""
    printed: str
    unit: str | None
    """The unit's id; None if the registry does not know the name."""
    position: int = 0
    """Place in the printed list, from 0; names run together share one."""
    reading: Reading = "printed"
    """"inferred" where the printed words do not name the unit itself."""
    note: str | None = None
    """Why they are read so; always there when inferred."""
    where: Location = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """What a group of units stands for in one plan."""

    group: Mention
    members: tuple[Mention, ...]
    reading: Reading
    note: str
    """Why it is read so."""
    where: Location = field(compare=False, repr=False)


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """A goal (总体目标) of one year."""

    id: str
    year: int
    sentences: tuple[str, ...]
    targets: tuple[Target, ...]
    duties: tuple[Duty, ...]
    where: Location = field(compare=False, repr=False)
    sentence_places: tuple[Location, ...] = field(compare=False, repr=False)

    @property
    def text(self) -> str:
        """The paragraph."""
        return "".join(self.sentences)


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A task (任务): one numbered commitment of the plan."""

    id: str
    number: int
    sector: str
    title: str
    sentences: tuple[str, ...]
    """What follows the title."""
    targets: tuple[Target, ...]
    duties: tuple[Duty, ...]
    where: Location = field(compare=False, repr=False)
    sentence_places: tuple[Location, ...] = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sector:
    """A sector (板块): the units in charge, and its tasks."""

    id: str
    number: int
    title: str
    leader: str | None
    """The leader's id; None if the registry does not know the name."""
    leader_printed: str
    lead_unit: Mention
    responsible_units: tuple[Mention, ...]
    tasks: tuple[Task, ...]
    where: Location = field(compare=False, repr=False)
    leader_where: Location = field(compare=False, repr=False)

    @property
    def leader_name(self) -> str:
        """The printed name without the spaces that print sets between the characters."""
        return "".join(self.leader_printed.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """A unit that brackets in the text put in charge of what stands before them."""

    mention: Mention
    phrase: str
    phrase_where: Location = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Safeguard:
    """An institutional safeguard (制度保障)."""

    id: str
    number: int
    title: str
    sentences: tuple[str, ...]
    responsible_units: tuple[Mention, ...]
    owners: tuple[Owner, ...]
    targets: tuple[Target, ...]
    duties: tuple[Duty, ...]
    where: Location = field(compare=False, repr=False)
    sentence_places: tuple[Location, ...] = field(compare=False, repr=False)

    @property
    def text(self) -> str:
        """The paragraph."""
        return "".join(self.sentences)


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
class Notice:
    """The notice (通知) by which the plan was issued."""

    title: str
    addressees: str
    sentences: tuple[str, ...]
    issuers: tuple[str, ...]
    date: str
    """As printed: 2022年12月12日."""
    publicity: str


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
class Layout:
    """Fixed wording and numbering, each number style shown by its first number."""

    section: str
    sector: str
    task: str
    safeguard: str
    supervising_leader: str
    lead_unit: str
    responsible_units: str
    separator: str
    title_end: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A plan (方案): one official text."""

    id: str
    path: str
    """The plan's folder, as problems show it."""
    title: str
    short_title: str
    start: int
    end: int
    layout: Layout
    notice: Notice
    preamble: tuple[str, ...]
    guiding_title: str
    guiding: tuple[str, ...]
    goals_title: str
    goals: tuple[Goal, ...]
    tasks_title: str
    sectors: tuple[Sector, ...]
    safeguards_title: str
    safeguards: tuple[Safeguard, ...]
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
    notice_places: tuple[Location, ...] = field(compare=False, repr=False)
    preamble_places: tuple[Location, ...] = field(compare=False, repr=False)
    guiding_places: tuple[Location, ...] = field(compare=False, repr=False)

    @property
    def tasks(self) -> tuple[Task, ...]:
        """All tasks in printed order."""
        return tuple(task for sector in self.sectors for task in sector.tasks)

    @property
    def leaders_name(self) -> str:
        """By what name the text speaks of the supervising leaders: 督办领导."""
        return self.layout.supervising_leader.rstrip(":： ")

    @property
    def items(self) -> tuple[Goal | Task | Safeguard, ...]:
        """Everything that may hold targets and duties, in printed order."""
        return (*self.goals, *self.tasks, *self.safeguards)


@dataclass(frozen=True, slots=True, kw_only=True)
class Data:
    """Everything in plan_data/: the registries and the plans, by id."""

    units: tuple[Unit, ...]
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
