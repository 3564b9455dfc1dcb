"""What the importer proposed and nobody has confirmed yet: each reading with the sentence that it stands on.

What belongs together is one card: a target with all its values, a list of names with those
that are explained, all units of the registry, the outline of a plan.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

from ..data.bind import Bound
from ..data.commitments import targets
from ..data.keys import Record
from ..data.shapes import DUE
from ..terms import FREQUENCIES, ITEM_KINDS, NUMBERED, PART_KINDS, ROLES, STRENGTHS, TARGET_TYPES, TITLED
from ..text.labels import labelled
from ..text.numbers import printed_number
from ..text.wording import date_text, dated_text
from .cells import cell_text, name_text
from .entries import entry_of
from .tables import (
    ALIASES,
    DEADLINES,
    DUTIES,
    GROUPS,
    LINES,
    NAMES,
    PARTS,
    PLANS,
    RESPONSIBILITIES,
    TARGETS,
    UNITS,
    VALUES,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..model import Target
    from ..problems import Location
    from ..terms import Role
    from .tables import Entry, Path, Table

OPEN: Final = "proposed"
REGISTRY: Final = "units.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A record that may be mended or, where it is open, decided on."""

    key: str
    """Unique in its card and lasting: an id, a name, printed words."""
    table: Table
    entry: Entry
    reading: str
    """Its own: empty where it has none, or where another record's holds for it as well."""
    note: str
    """What is doubtful: its own, or that of the target that it belongs to."""
    words: str
    """What it says, as the site would say it."""
    where: Location

    @property
    def is_open(self) -> bool:
        """Whether nobody has confirmed it."""
        return self.reading == OPEN

    def text(self, key: str) -> str:
        """Return the text of a key's cell; empty where the table has no such column."""
        cells = zip(self.table.columns, self.entry.cells, strict=True)
        return next((cell for column, cell in cells if column.key.name == key), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What is looked at and decided on together."""

    key: tuple[str, ...]
    """Lasting: it names the same card when the files have changed."""
    group: tuple[str, ...]
    """The task that it belongs to, whose cards can be accepted together."""
    title: str
    """What it is: 任务3　少跑一趟."""
    sentence: str
    """The printed words that it stands on, whole."""
    marks: tuple[str, ...]
    """The words among them that are read."""
    rows: tuple[Row, ...]
    is_list: bool = False
    """Whether its rows have nothing to do with each other, so that a few may be shown at a time."""

    @property
    def open_rows(self) -> tuple[Row, ...]:
        """Those that nobody has confirmed."""
        return tuple(row for row in self.rows if row.is_open)

    @property
    def where(self) -> Location:
        """Where the first open record stands."""
        return (self.open_rows or self.rows)[0].where


def plans_in(files: Mapping[str, Bound]) -> tuple[str, ...]:
    """Return the ids of the plans, which are the names of their folders."""
    return tuple(name.partition("/")[0] for name in files if name.endswith("/plan.yaml") and name.count("/") == 1)


def cards(files: Mapping[str, Bound], plan: str) -> tuple[Card, ...]:
    """Return the cards of one plan and of the registry that hold something open; the outline first, then the names."""
    main = files[f"{plan}/plan.yaml"]
    walked = list(_parts(files, f"{plan}/plan.yaml", main, (), _Above((plan,), "")))
    found = [
        _outline(plan, main, [part for part in walked if "kind" in part.record.values]),
        registry(files[REGISTRY]),
        *_names(f"{plan}/plan.yaml", main, _Above((plan, "names"), "只在本方案里这样叫的名称")),
        *(card for part in walked for card in _cards(part)),
        *_groups(plan, main),
    ]
    return tuple(card for card in found if card.open_rows)


@dataclass(frozen=True, slots=True)
class _At:
    """A record, and where it stands."""

    file: str
    path: Path
    record: Bound


@dataclass(frozen=True, slots=True)
class _Above:
    """In what a part lies."""

    group: tuple[str, ...]
    title: str


@dataclass(frozen=True, slots=True)
class _Part:
    """A record of a part, and where it stands."""

    file: str
    path: Path
    record: Bound
    above: _Above
    depth: int

    @property
    def sentences(self) -> tuple[str, ...]:
        """Its own words."""
        return tuple(sentence.text for found in self.record.paragraphs("text") for sentence in found)

    def at(self, key: str = "", place: int = 0, record: Bound | None = None) -> _At:
        """Return itself, or a record of one of its lists, as what stands at a place."""
        return _At(self.file, (*self.path, key, place) if key else self.path, record or self.record)


def _parts(
    files: Mapping[str, Bound], file: str, record: Bound, path: Path, above: _Above, depth: int = 0
) -> Iterator[_Part]:
    """Yield each part below a record, in printed order, through all files."""
    if name := record.optional("file"):
        folder = file.partition("/")[0]
        if below := files.get(f"{folder}/{name}"):
            yield from _parts(files, f"{folder}/{name}", below, (), above, depth)
        return
    kind = record.optional("kind")
    if kind and "text" in record.values:
        called = _called(kind, record)
        inside = above
        if kind in {"sector", *ITEM_KINDS} or not above.title:
            inside = _Above((file.partition("/")[0], kind, called), called)
        yield _Part(file, path, record, inside, depth)
        above, depth = inside, depth + 1
    for place, below in enumerate(record.records("parts")):
        yield from _parts(files, file, below, (*path, "parts", place), above, depth)


_FIRST_WORDS: Final = 20


def _called(kind: str, record: Bound) -> str:
    first = next(sentence.text for found in record.paragraphs("text") for sentence in found)
    number = printed_number(first, record.values.get("number")) if kind in NUMBERED else None
    said = record.optional("title") or (first[len(number.printed) if number else 0 :].strip(" 　").removesuffix("。"))
    value = record.values.get("number") or (number.value if number else None)
    words = said if len(said) <= _FIRST_WORDS else f"{said[:_FIRST_WORDS]}…"
    return f"{PART_KINDS[kind]}{value or ''}　{words}"


def _outline(plan: str, main: Bound, parts: list[_Part]) -> Card:
    rows = [_row(PLANS, _At(f"{plan}/plan.yaml", (), main), "", main.text("short_title"))]
    for at, part in enumerate(parts):
        said = part.record.optional("title")
        is_ours = said is not None and said not in "".join(part.sentences)
        kind = part.record.text("kind")
        words = _called(kind, part.record)
        words = f"{'　' * part.depth}{words}{'（标题是拟的）' if is_ours and kind in TITLED else ''}"
        rows.append(_row(PARTS, part.at(), str(at), words))
    return Card(
        key=(plan, "outline"),
        group=(plan, "outline"),
        title="各部分是什么",
        sentence="",
        marks=(),
        rows=tuple(rows),
    )


def registry(file: Bound) -> Card:
    """Return the card of all units."""
    rows = []
    for at, unit in enumerate(file.records("units")):
        path: Path = ("units", at)
        name = unit.text("name")
        level = unit.optional("level")
        words = f"{name}　{unit.text('kind')}{f'、{level}' if level else ''}"
        rows.append(_row(UNITS, _At(REGISTRY, path, unit), unit.text("id"), words))
        for place, alias in enumerate(unit.records("aliases")):
            words = f"“{alias.text('name')}”就是{name}（{alias.text('kind')}）"
            key = f"{unit.text('id')}/{alias.text('name')}"
            rows.append(_row(ALIASES, _At(REGISTRY, (*path, "aliases", place), alias), key, words))
    return Card(
        key=("", "units"),
        group=("", "units"),
        title="名册里的单位：类别、层级和别名",
        sentence="",
        marks=(),
        rows=tuple(rows),
        is_list=True,
    )


_TOLD_AT: Final = {PLANS.name: "reading", UNITS.name: "name", ALIASES.name: "name"}
"""Table → the key whose value says where a record stands; else it is its beginning."""


def _row(table: Table, at: _At, key: str, words: str, note: str | None = None) -> Row:
    record = at.record
    is_read = "reading" in table.shape.key_names() and table is not PARTS
    said = record.optional("note") if table not in (UNITS, PARTS, PLANS) else None
    return Row(
        key=f"{table.name}/{key}",
        table=table,
        entry=entry_of(table, at.file, at.path, record, key),
        reading=(record.optional("reading") or "") if is_read else "",
        note=note or said or "",
        words=words,
        where=record.place(_TOLD_AT.get(table.name, "")),
    )


def _cards(part: _Part) -> Iterator[Card]:
    """Yield what is read in the words of one part."""
    record = part.record
    if record.optional("kind") == "responsibility":
        sentence = "".join(part.sentences)
        line = _row(LINES, part.at(), "", _labelled(sentence, record.optional("role")))
        yield from _card(part, "responsibility", (sentence,), [line, *_named(part.at())])
    # One bracket may say who leads and who answers besides: that is read, and decided on, together.
    said: dict[str, list[Row]] = {}
    for place, one in enumerate(record.records("responsibilities")):
        at, quote = part.at("responsibilities", place, one), one.text("quote")
        covers = one.optional("covers")
        words = f"{_responsible(one)}{_COVERS[covers] if covers else ''}"
        row = _row(RESPONSIBILITIES, at, f"{quote}/{one.optional('role') or ''}", words)
        said.setdefault(quote, []).extend((row, *_named(at)))
    for quote, rows in said.items():
        yield from _card(part, "responsibility", (quote,), rows)
    if "deadline" in record.values:
        one = record.record("deadline")
        date = date_text(one.optional("date") or "")
        words = f"完成时限：{one.text('text')}{f'（{date}）' if date else '（没有写明日期）'}"
        row = _row(DEADLINES, _At(part.file, (*part.path, "deadline"), one), "", words)
        yield from _card(part, "deadline", (one.optional("quote") or one.text("text"), one.text("text")), [row])
    for place, (target, model) in enumerate(zip(record.records("targets"), targets(record), strict=True)):
        yield from _target(part, part.at("targets", place, target), model)
    for place, duty in enumerate(record.records("duties")):
        at = part.at("duties", place, duty)
        row = _row(DUTIES, at, duty.text("id"), _duty(duty))
        yield from _card(part, f"duty/{duty.text('id')}", (duty.text("quote"),), [row, *_named(at)])


_COVERS: Final = {"plan": "（管全文）", "part": "", "quote": "（只管这几句话）"}


def _target(part: _Part, at: _At, model: Target) -> Iterator[Card]:
    sentence = _sentence(part, model.phrase)
    label = STRENGTHS["direction"] if model.strength == "direction" else TARGET_TYPES[model.type]
    rows = [_row(TARGETS, at, model.id, f"{label}　{model.indicator}")]
    for place, (record, value) in enumerate(zip(at.record.records("values"), model.values, strict=True)):
        note = record.optional("note") or at.record.optional("note")
        here = _At(at.file, (*at.path, "values", place), record)
        rows.append(_row(VALUES, here, f"{value.year} {value.text}", dated_text(value, sentence), note))
    marks = [value.text for value in model.values if value.text in sentence] or [model.phrase]
    yield from _card(part, f"target/{model.id}", (model.phrase, *marks), rows)


def _responsible(one: Bound) -> str:
    role, names = one.optional("role"), [name_text(name) for name in one.items("units")]
    if not names:
        return _labelled(one.text("quote"), role)
    said = labelled(one.text("quote"))
    label = ROLES[cast("Role", role)] if role else said[0].label if said else ROLES["owner"]
    return f"{label}：{'、'.join(names)}"


def _duty(duty: Bound) -> str:
    frequency = FREQUENCIES[duty.text("frequency")]
    who = "、".join(name_text(name) for name in duty.items("who")) or "（没有点名由谁做）"
    to = "、".join(name_text(name) for name in duty.items("to"))
    due = cell_text(Record(DUE), duty.values.get("due"))
    return f"{who}，{frequency}，{duty.text('action')}{f'，{due}' if due else ''}{f'，对象是{to}' if to else ''}"


def _labelled(words: str, role: str | None) -> str:
    """Say who is named behind which label."""
    found = [f"{one.label}：{'、'.join(name.text for name in one.names)}" for one in labelled(words)]
    said = f"（{ROLES[cast('Role', role)]}）" if role else ""
    return f"{'；'.join(found) or words}{said}"


def _named(holder: _At) -> Iterator[Row]:
    """Yield the names that a record explains."""
    for key in ("units", "names", "who", "to"):
        for place, name in enumerate(holder.record.items(key)):
            if isinstance(name, Bound):
                yield _name(_At(holder.file, (*holder.path, key, place), name), key)


def _name(at: _At, key: str) -> Row:
    printed = at.record.text("printed")
    meant = "、".join(one.text for one in at.record.items("names"))
    return _row(NAMES, at, f"{key}/{printed}", f"“{printed}”指的是{meant}")


def _names(file: str, main: Bound, above: _Above) -> Iterator[Card]:
    """Yield the names that only this plan uses."""
    part = _Part(file, (), main, above, 0)
    for at, name in enumerate(main.records("names")):
        row = _name(_At(file, ("names", at), name), "")
        yield from _card(part, "name", (name.text("printed"),), [row])


def _groups(plan: str, main: Bound) -> Iterator[Card]:
    part = _Part(f"{plan}/plan.yaml", (), main, _Above((plan, "groups"), "群体所指"), 0)
    for at, one in enumerate(main.records("groups")):
        members = "、".join(name.text for name in one.items("members"))
        words = f"“{one.text('group')}”指的是{members}" if members else f"“{one.text('group')}”没有列出是哪些单位"
        row = _row(GROUPS, part.at("groups", at, one), one.text("group"), words)
        yield from _card(part, f"group/{one.text('group')}", (one.text("group"),), [row])


def _card(part: _Part, kind: str, quotes: tuple[str, ...], rows: list[Row]) -> Iterator[Card]:
    """Yield the card of some rows; the first of `quotes` says which sentence it is, the others what is marked in it."""
    quote, *marks = quotes
    sentence = _sentence(part, quote)
    yield Card(
        key=(*part.above.group, "".join(part.sentences)[:60], kind, quote),
        group=part.above.group,
        title=part.above.title,
        sentence=sentence,
        marks=tuple(mark for mark in marks or (quote,) if mark in sentence and mark != sentence),
        rows=tuple(rows),
    )


def _sentence(part: _Part, quote: str) -> str:
    """Return the sentence that holds some words; the words where none does by itself."""
    return next((sentence for sentence in part.sentences if quote in sentence), quote)
