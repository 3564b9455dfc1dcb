"""The plan as frozen records, as printed; what follows from it is the index's business.

Records refer to each other by id. `where` is the place in the YAML and takes no part
in equality. Texts are exact substrings of the official text unless a field says so.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Literal, TypeAlias

from .terms import ITEM_KINDS, Role

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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
    leader: str | None = None
    """The leader's id, where a leader is named and the registry knows the name."""
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
class Responsibility:
    """Words that say who answers for something, and in what role."""

    role: Role
    label: str | None
    """As printed, without its colon; None where running words or brackets say it."""
    names: tuple[Mention, ...]
    """In printed order; a name printed twice stands twice."""
    covers: Literal["plan", "part", "quote"]
    """"part" is the part that holds the words and what stands below it; "quote" the words before the brackets."""
    quote: str
    """The line or the brackets, as printed; with "quote" the words before the brackets among them."""
    governs: str
    """Only with "quote": the words for which it holds."""
    part: str
    """The id of the part whose words say it."""
    reading: Reading
    note: str | None
    """Why it is read so; always there when inferred."""
    where: Location = field(compare=False, repr=False)
    quote_where: Location = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """By when a task is to be done, as printed."""

    text: str
    date: str | None
    """YYYY, YYYY-MM or YYYY-MM-DD; None where no date is printed."""
    phrase: str
    reading: Reading
    note: str | None
    where: Location = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A line of the official text, or as much of it as belongs to one part."""

    sentences: tuple[str, ...]
    """None where the line is blank."""
    places: tuple[Location, ...] = field(compare=False, repr=False)

    @property
    def text(self) -> str:
        """The words."""
        return "".join(self.sentences)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part (部分) of the official text: its own words whole, what is read in them, and the parts below it."""

    id: str
    kind: str
    """A key of `terms.PART_KINDS`."""
    number: int | None
    number_printed: str
    """With what encloses and ends it: 1., (一); empty where no number is printed."""
    title: str
    """Without its number and the full stop that ends it; empty where the kind has none."""
    title_reading: Reading
    """"inferred" where the title is ours."""
    year: int | None
    """Only of a goal."""
    paragraphs: tuple[Paragraph, ...]
    heading: int
    """How many sentences, from the first, are the title; 0 where the number alone is printed before the text."""
    is_joined: bool
    """Whether it begins on the line on which the part before it ends."""
    blank_lines: int
    """Before it."""
    sector: str | None
    """The id of the sector to which it belongs."""
    responsibilities: tuple[Responsibility, ...]
    """Printed in it or, on lines of their own, right below it."""
    deadline: Deadline | None
    targets: tuple[Target, ...]
    duties: tuple[Duty, ...]
    parts: tuple[Part, ...]
    where: Location = field(compare=False, repr=False)

    @property
    def sentences(self) -> tuple[str, ...]:
        """All sentences of its own, without its title and its number."""
        own = [sentence for paragraph in self.paragraphs for sentence in paragraph.sentences][self.heading :]
        if own and not self.heading:
            own[0] = own[0].removeprefix(self.number_printed)
        return tuple(own)

    @property
    def text(self) -> str:
        """All words of its own, without its title where that stands on lines of its own."""
        rest = [paragraph for place, paragraph in enumerate(self.paragraphs) if not self.is_heading(place)]
        return "\n".join(paragraph.text for paragraph in rest)

    def is_heading(self, paragraph: int) -> bool:
        """Say whether a paragraph holds the title and nothing else."""
        before = sum(len(found.sentences) for found in self.paragraphs[:paragraph])
        return before + len(self.paragraphs[paragraph].sentences) <= self.heading

    def named(self, *roles: Role) -> tuple[Mention, ...]:
        """Return who is named for the whole of the part, in some roles."""
        return tuple(
            mention
            for one in self.responsibilities
            if one.role in roles and one.covers == "part"
            for mention in one.names
        )

    @property
    def supervising_leader(self) -> Mention | None:
        """The first who supervises (督办领导)."""
        return next(iter(self.named("supervise")), None)

    @property
    def lead_unit(self) -> Mention | None:
        """The first unit that leads (总牵头单位)."""
        return next(iter(self.named("lead")), None)

    @property
    def responsible_units(self) -> tuple[Mention, ...]:
        """The responsible units (责任单位)."""
        return self.named("responsible")

    @property
    def owners(self) -> tuple[Responsibility, ...]:
        """What brackets put units in charge of (正文括注的负责单位)."""
        return tuple(one for one in self.responsibilities if one.covers == "quote")

    @property
    def tasks(self) -> tuple[Part, ...]:
        """All tasks below it, in printed order."""
        return tuple(part for part in self.walk() if part.kind == "task" and part is not self)

    def walk(self) -> Iterator[Part]:
        """Yield it and all parts below it, in printed order."""
        yield self
        for part in self.parts:
            yield from part.walk()


Goal: TypeAlias = Part
"""A goal (总体目标)."""
Sector: TypeAlias = Part
"""A sector (板块)."""
Task: TypeAlias = Part
"""A task (任务)."""
Safeguard: TypeAlias = Part
"""A safeguard (制度保障)."""


def mapped(parts: tuple[Part, ...], change: Callable[[Part], Part]) -> tuple[Part, ...]:
    """Return a tree of parts with a change made to each, from the leaves up."""
    return tuple(change(replace(part, parts=mapped(part.parts, change))) for part in parts)


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

    @cached_property
    def all_parts(self) -> tuple[Part, ...]:
        """All parts in printed order."""
        return tuple(found for part in self.parts for found in part.walk())

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
