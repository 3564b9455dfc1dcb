"""What a key of a data file may hold: the types, and the records that are made of keys."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """A non-empty text on one line."""

    pattern: str = ""
    """A regular expression that the whole text must match."""
    hint: str = ""
    """How to write it, for the problem line."""


@dataclass(frozen=True, slots=True)
class Sentences:
    """Words of the official text, written after `|` with one sentence on each line.

    Sentences are joined without line breaks; an empty line is where the text breaks its line.
    """


@dataclass(frozen=True, slots=True)
class Integer:
    """A whole number."""

    least: int = 0
    most: int = 999


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the month, or the word for its last one."""


@dataclass(frozen=True, slots=True)
class Number:
    """A decimal number, kept as written: 99.5."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a list of names; it keeps its own place, since rules look it up."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few words."""

    options: tuple[str, ...]
    labels: tuple[str, ...] = ()
    """What each option means, where the word itself does not say so."""
    is_open: bool = False
    """Whether the file itself may name others; then the loader says which there are."""


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list of one type."""

    item: Type
    least: int = 0


@dataclass(frozen=True, slots=True)
class Record:
    """A mapping with known keys."""

    shape: Shape


@dataclass(frozen=True, slots=True)
class TextOr:
    """Either a short text or, where that does not say enough, a record."""

    shape: Shape


@dataclass(frozen=True, slots=True)
class Nested:
    """A record whose shape is that of a file, and so may hold itself."""

    file: str
    """The shape's name in `FILES`."""


Type = Text | Sentences | Integer | Day | Number | Name | Choice | ListOf | Record | TextOr | Nested


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a record."""

    name: str
    type: Type
    doc: str
    """Chinese, for editors and the data dictionary."""
    required: bool = True


@dataclass(frozen=True, slots=True)
class Shape:
    """A record: its Chinese name and its keys in the order in which they are written."""

    name: str
    keys: tuple[Key, ...]

    def key_names(self) -> tuple[str, ...]:
        """Return the names in written order."""
        return tuple(key.name for key in self.keys)
