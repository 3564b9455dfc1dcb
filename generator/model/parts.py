"""The official text as a tree of parts, and the words in it that say who answers for what."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ..problems import Location
    from ..terms import Role
    from .commitments import Duty, Target
    from .units import Mention, Reading


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
    def opens_at(self) -> Location:
        """Where the data holds its first printed words: its number and title."""
        return self.paragraphs[0].places[0]

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
