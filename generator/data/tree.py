"""The tree of parts of an official text, made from the bound files of one plan.

What the words say by themselves is read from them here: number, title, label and names.
What the data says in their place wins; whether it is right is left to the rules.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final, cast

from ..model import Deadline, Mention, Paragraph, Part, Responsibility
from ..problems import Location, Problem
from ..terms import ALL_TITLE, ITEM_KINDS, NUMBERED, PART_KINDS, TITLED
from ..text.labels import labelled
from ..text.numbers import PrintedNumber, printed_number
from .commitments import duties, targets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from ..terms import Role
    from .bind import Bound, Located
    from .registry import Registry

_YEAR: Final = re.compile(r"(?:到|至|截至)?(\d{4})年[底末]?[,，、]", re.ASCII)
"""How a goal begins that says its year."""
_DEEPEST: Final = 20
"""How deep parts and files of parts may lie in one another; a file alone cannot have more, many files could."""


@dataclass(slots=True, kw_only=True)
class _Branch:
    """A part before it has its id: what the file says, and what its words say by themselves."""

    row: Bound
    kind: str
    number: PrintedNumber | None
    sector: _Branch | None
    item: bool
    """Whether it lies in a goal, task or safeguard."""
    parts: list[_Branch] = field(default_factory=list)
    id: str = ""

    @property
    def value(self) -> int | None:
        """Its number."""
        return self.row.values.get("number") or (self.number.value if self.number else None)

    def walk(self) -> Iterator[_Branch]:
        """Yield it and all below it, in printed order."""
        yield self
        for part in self.parts:
            yield from part.walk()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Above:
    """In what a record of parts lies."""

    sector: _Branch | None = None
    is_item: bool = False
    """Whether it lies in a goal, task or safeguard."""
    depth: int = 0
    """In how many records, files counted as well."""


@dataclass(frozen=True, slots=True)
class Tree:
    """The parts of a plan, what holds for the whole of it, and what is wrong with either."""

    parts: tuple[Part, ...]
    responsibilities: tuple[Responsibility, ...]
    problems: tuple[Problem, ...]


def tree(rows: Iterable[Bound], registry: Registry, read: Callable[[str, Location], Bound | None]) -> Tree:
    """Make the tree of parts; `read` returns the file that stands for a part, or None with the reasons noted."""
    problems: list[Problem] = []
    branches = [branch for row in rows for branch in _branches(row, read, problems, _Above())]
    everything = [found for branch in branches for found in branch.walk()]
    problems += _name(everything)
    parts = tuple(_part(branch, registry, problems) for branch in branches)
    flat = [found for part in parts for found in part.walk()]
    whole = tuple(one for part in flat for one in part.responsibilities if one.covers == "plan" and one.part == part.id)
    return Tree(parts, whole, tuple(problems))


def _branches(
    row: Bound,
    read: Callable[[str, Location], Bound | None],
    problems: list[Problem],
    above: _Above,
) -> Iterator[_Branch]:
    """Yield the part that a record stands for; the parts of a file, or of a record without a kind, in its place."""
    if above.depth == _DEEPEST:
        text = f"部分嵌套超过 {_DEEPEST} 层：请把这一部分移到上面几层里，或少用几层文件"
        problems.append(Problem(row.where, "yaml-depth", text))
        return
    inside = replace(above, depth=above.depth + 1)
    if name := row.optional("file"):
        if more := next((key for key in row.values if key != "file"), None):
            text = f"写了 file 的部分不能再写“{more}”：内容都写到 {name} 里"
            problems.append(Problem(row.place(more), "unknown-key", text))
        if file := read(name, row.place("file")):
            yield from _branches(file, read, problems, inside)
        return
    kind = row.optional("kind")
    if kind is None:
        if extra := next((key for key in row.values if key != "parts"), None):
            kinds = "、".join(f"{kind} {label}" for kind, label in PART_KINDS.items())
            problems.append(Problem(row.place(extra), "missing-key", f"这一部分缺少 kind：请写明是什么（{kinds}）"))
            return
        for below in row.records("parts"):
            yield from _branches(below, read, problems, inside)
        return
    if "text" not in row.values:
        text = f"“{PART_KINDS[kind]}”缺少“text”：请照原文补上，序号、标题和正文都要写"
        problems.append(Problem(row.where, "missing-key", text))
        return
    first = _sentences(row)[0].text
    number = printed_number(first, row.values.get("number")) if kind in NUMBERED else None
    branch = _Branch(row=row, kind=kind, number=number, sector=above.sector, item=above.is_item)
    own = branch if kind == "sector" else above.sector
    inside = replace(inside, sector=own, is_item=above.is_item or kind in ITEM_KINDS)
    for below in row.records("parts"):
        branch.parts += _branches(below, read, problems, inside)
    yield branch


def _sentences(row: Bound) -> list[Located]:
    return [sentence for paragraph in row.paragraphs("text") for sentence in paragraph]


def _name(branches: list[_Branch]) -> Iterator[Problem]:
    """Give each part its id, as written or taken from what is printed."""
    numbers = Counter((branch.kind, branch.value) for branch in branches)
    repeated = {kind for (kind, value), count in numbers.items() if value is not None and count > 1}
    seen: Counter[str] = Counter()
    taken = {branch.row.optional("id") for branch in branches}
    for branch in branches:
        seen[branch.kind] += 1
        branch.id = branch.row.optional("id") or _own_id(branch, seen[branch.kind], is_repeated=branch.kind in repeated)
        if branch.row.optional("id"):
            continue
        if not branch.id or branch.id in taken:
            reason = f"的编号“{branch.id}”已经用了" if branch.id else "没有可以作编号的序号或年份"
            example = f"{branch.id}-2" if branch.id else f"{branch.kind}-{seen[branch.kind]}"
            text = f"这一部分{reason}：请写 id，如 {example}"
            yield Problem(branch.row.where, "missing-key", text)
            branch.id = f"{branch.kind}-at-{seen[branch.kind]}"
        taken.add(branch.id)


def _own_id(branch: _Branch, place: int, *, is_repeated: bool) -> str:
    if branch.kind == "goal":
        year = _year(branch)
        return f"goal-{year}" if year else ""
    if branch.kind in {"sector", "task", "safeguard"}:
        above = branch.sector.value if branch.sector and branch.kind == "task" else None
        if branch.value is None or (is_repeated and above is None):
            return ""
        return f"{branch.kind}-{above}-{branch.value}" if is_repeated else f"{branch.kind}-{branch.value}"
    return branch.kind if place == 1 else f"{branch.kind}-{place}"


def _year(branch: _Branch) -> int | None:
    if "year" in branch.row.values:
        return branch.row.integer("year")
    text = _sentences(branch.row)[0].text[len(branch.number.printed) if branch.number else 0 :]
    found = _YEAR.match(text)
    return int(found[1]) if found else None


def _part(branch: _Branch, registry: Registry, problems: list[Problem]) -> Part:
    row = branch.row
    paragraphs = tuple(
        Paragraph(
            sentences=tuple(sentence.text for sentence in paragraph),
            places=tuple(sentence.where for sentence in paragraph),
        )
        for paragraph in row.paragraphs("text")
    )
    printed = branch.number.printed if branch.number else ""
    title, reading, heading = _title(branch, paragraphs, printed)
    own = tuple(_responsibilities(branch, registry, problems))
    parts = tuple(_part(below, registry, problems) for below in branch.parts)
    lines = tuple(one for part in parts if part.kind == "responsibility" for one in part.responsibilities)
    part = Part(
        id=branch.id,
        kind=branch.kind,
        number=branch.value,
        number_printed=printed,
        title=title,
        title_reading=reading,
        year=_year(branch) if branch.kind == "goal" else None,
        paragraphs=paragraphs,
        heading=heading,
        is_joined=row.optional("begins") == "same_line",
        blank_lines=row.values.get("blank_lines", 0),
        sector=branch.sector.id if branch.sector else None,
        responsibilities=(*own, *(one for one in lines if one.covers != "plan")),
        deadline=_deadline(row),
        targets=targets(row),
        duties=duties(row, registry),
        parts=parts,
        where=row.place("text"),
    )
    return _with_what_is_below(part) if branch.kind in ITEM_KINDS and parts else part


def _with_what_is_below(item: Part) -> Part:
    """Give a goal, task or safeguard what its own parts hold; who answers for one of them answers for its words."""

    def governed(part: Part) -> Iterator[Responsibility]:
        for one in part.responsibilities:
            is_whole = one.covers == "part"
            yield replace(one, covers="quote", governs=one.governs or _text(part)) if is_whole else one

    inner = [part for part in item.parts if part.kind not in ITEM_KINDS]
    below = [part for part in inner if part.kind != "responsibility"]
    return replace(
        item,
        targets=(*item.targets, *(target for part in inner for target in part.targets)),
        duties=(*item.duties, *(duty for part in inner for duty in part.duties)),
        responsibilities=(*item.responsibilities, *(one for part in below for one in governed(part))),
        parts=tuple(
            replace(part, targets=(), duties=()) if part.kind not in ITEM_KINDS else part for part in item.parts
        ),
    )


def _text(part: Part) -> str:
    return "".join(paragraph.text for found in part.walk() for paragraph in found.paragraphs)


def _title(branch: _Branch, paragraphs: tuple[Paragraph, ...], number: str) -> tuple[str, Any, int]:
    """Return a part's title, whether it is printed, and how many sentences it takes."""
    if branch.kind in ALL_TITLE:
        return "".join(paragraph.text for paragraph in paragraphs), "printed", 0
    said = branch.row.optional("title")
    if branch.kind not in TITLED and not said:
        return "", "printed", 0
    sentences = [sentence for paragraph in paragraphs for sentence in paragraph.sentences]
    if not said:
        return _bare(sentences[0][len(number) :]), "printed", 1
    so_far = ""
    for place, sentence in enumerate(sentences, 1):
        so_far += sentence if place > 1 else sentence[len(number) :]
        if _bare(so_far) == _bare(said):
            return said, "printed", place
    return said, "printed" if said in "".join(sentences) else "inferred", 0


def _bare(text: str) -> str:
    return text.strip(" \u3000").removesuffix("。").strip(" \u3000")


def _deadline(row: Bound) -> Deadline | None:
    if "deadline" not in row.values:
        return None
    said = row.record("deadline")
    return Deadline(
        text=said.text("text"),
        date=said.optional("date"),
        phrase=said.optional("quote") or said.text("text"),
        reading=cast("Any", said.optional("reading") or "printed"),
        note=said.optional("note"),
        where=said.place("text"),
    )


def _responsibilities(branch: _Branch, registry: Registry, problems: list[Problem]) -> Iterator[Responsibility]:
    """Yield what a part's own words say of who answers for it."""
    rows = branch.row.records("responsibilities")
    if branch.kind == "responsibility" and not rows:
        for paragraph in branch.row.paragraphs("text"):
            if paragraph:
                quote = Quote("".join(sentence.text for sentence in paragraph), paragraph[0].where)
                yield from _read(branch, branch.row, quote, registry, problems)
    for row in rows:
        quote = Quote(row.text("quote"), row.place("quote"))
        yield from _read(branch, row, quote, registry, problems)


@dataclass(frozen=True, slots=True)
class Quote:
    """Printed words, and where the data says them."""

    text: str
    where: Location

    def at(self, column: int) -> Location:
        """Return where a character of it stands."""
        return replace(self.where, column=self.where.column + column)


def _brackets_at(text: str) -> int:
    """Return where the brackets open with which a text ends, be they closed or not; 0 where it ends with none."""
    depth = 0
    for at in range(len(text) - 1, -1, -1):
        depth += (text[at] in ")）〕】") - (text[at] in "(（〔【")
        if text[at] in "(（〔【" and depth <= 0:
            return at
    return 0


def _read(
    branch: _Branch, row: Bound, quote: Quote, registry: Registry, problems: list[Problem]
) -> Iterator[Responsibility]:
    covers: Any = row.optional("covers") or "part"
    is_bracket = covers == "quote"
    apart = {name.text("printed"): name for name in row.records("names")}
    wholes = [printed for printed in (*apart, *registry.own) if printed]
    start = _brackets_at(quote.text) if is_bracket else 0
    words = quote.text[start:]
    lists = labelled(words, wholes)
    said: Any = row.optional("role")
    base = Responsibility(
        role="responsible",
        label=None,
        names=(),
        covers=covers,
        quote=quote.text,
        governs=quote.text if is_bracket else "",
        part=branch.id,
        reading=cast("Any", row.optional("reading") or "printed"),
        note=row.optional("note"),
        where=row.where if row is not branch.row else quote.where,
        quote_where=quote.where,
    )
    if "units" in row.values:
        role: Role | None = said or (lists[0].role if lists else "owner" if is_bracket else None)
        if role is None:
            text = f"“{quote.text[:20]}”没有写明角色的标签：请写 role"
            problems.append(Problem(quote.where, "missing-key", text))
        label = lists[0].label if lists else None
        yield replace(base, role=role or "responsible", label=label, names=registry.mentions(row.items("units")))
    elif not lists:
        text = f"“{quote.text[:20]}”不是“标签：名称、名称”的样子：请用 units 写出其中的单位"
        problems.append(Problem(quote.where, "missing-key", text))
    for found in lists if "units" not in row.values else ():
        names: list[Mention] = []
        for position, name in enumerate(found.names):
            where = quote.at(start + name.at)
            if (said or found.role) == "supervise" and name.text not in apart:
                names.append(registry.leader(name.text, where, position))
            else:
                names += registry.read(name.text, where, position, apart)
        yield replace(base, role=said or found.role, label=found.label, names=tuple(names))
