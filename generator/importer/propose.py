"""A text made into the files of a plan: parts as they are printed, readings as proposals, and what is left."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from ..terms import GROUP_KIND, LISTED_TWICE
from ..text.citations import bracketed
from ..text.labels import labelled
from ..text.numbers import printed_number
from ..text.sentences import sentences
from .emit import yaml_text
from .front import lift_closing, tell_front, tell_general
from .names import Names, kind_of, level_of
from .notations import (
    closing_words,
    deadline_of,
    from_here_on,
    inner_words,
    is_deadline_line,
    is_label_line,
    readings,
    says_first_leads,
)
from .structure import structure

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from .emit import Record
    from .notations import Reading
    from .structure import Node

_LONGEST_TITLE: Final = 40
"""Characters of a first sentence that is taken for a title."""
_OURS: Final = 24
"""Characters of a title that is made where none is printed."""
_DROPPED: Final = "前面的单位印着级别，这里省去，按同级理解。"
_NO_LIST: Final = "原文没有列出名单，由导入程序列为统称，待核对。"
_DATE: Final = re.compile(r"(\d{4})年(?:(\d{1,2})月(?:(\d{1,2})日)?)?")


@dataclass(slots=True)
class Proposal:
    """The files of a plan, and what a person must look at."""

    files: dict[str, str]
    """By name; `source.txt` among them."""
    units: list[Record]
    """Units that the registry lacks."""
    leaders: list[str]
    """Leaders whom the text names."""
    open: list[tuple[int, str]] = field(default_factory=list)
    """(line, what was not understood there)."""


def propose(text: str, plan_id: str, known: Mapping[str, str]) -> Proposal:
    """Return what a text makes of itself; `known` are names and aliases of the registry → the registered name."""
    body = text.rstrip("\n")
    lines = body.split("\n")
    roots = lift_closing(structure(lines)) if any(lines) else []
    tell_front(roots)
    tell_general(roots)
    writer = _Writer(Names(known), first_leads=says_first_leads(text))
    parts = writer.parts(roots)
    title = next((p for p in parts if p["kind"] == "title"), None)
    name = "".join(s for paragraph in title["text"] for s in paragraph) if title else _title(lines)
    record: Record = {"id": plan_id}
    if not title:
        record["title"] = name
    record["short_title"] = name[:_LONGEST_TITLE]
    if years := re.search(r"(20\d\d)\s*[—－~～-]+\s*(20\d\d)", name):
        record["period"] = {"start": int(years[1]), "end": int(years[2])}
    if len(text) > len(body):
        record["trailing_line_breaks"] = len(text) - len(body)
    _identify(parts)
    if groups := [name for name in writer.names.met if kind_of(name) == GROUP_KIND]:
        record["groups"] = [{"group": name, "members": [], "reading": "printed", "note": _NO_LIST} for name in groups]
    record["parts"] = parts
    files = {"plan.yaml": yaml_text(record, "../schema/plan.schema.json"), "source.txt": text}
    if repeated := _repeated(lines):
        files["oddities.yaml"] = yaml_text({"oddities": repeated}, "../schema/oddities.schema.json")
    if documents := _documents(text):
        files["citations.yaml"] = yaml_text({"citations": documents}, "../schema/citations.schema.json")
    units = [_unit(name, at) for at, name in enumerate(writer.names.proposed, 1)]
    return Proposal(files=files, units=units, leaders=list(writer.leaders), open=writer.open)


def _title(lines: list[str]) -> str:
    """Return a title for a text that prints none: the start of its first words."""
    first = next((line.strip() for line in lines if line.strip()), "未命名方案")
    return re.split("[,，。;；:：]", first)[0][:_LONGEST_TITLE]


def _unit(name: str, at: int) -> Record:
    level = level_of(name)
    return {"id": f"unit-{at}", "name": name, "kind": kind_of(name), **({"level": level} if level else {})}


def _documents(text: str) -> list[Record]:
    found: dict[str, str | None] = {}
    for one in bracketed(text):
        found[one.title] = found.get(one.title) or one.document_number
    return [
        {"id": f"document-{at}", "title": title, **({"document_number": number} if number else {})}
        for at, (title, number) in enumerate(found.items(), 1)
    ]


def _repeated(lines: list[str]) -> list[Record]:
    """Return an oddity for each name that one line of responsibility prints twice."""
    found: list[Record] = []
    for number, line in enumerate(lines, 1):
        words = line if is_label_line(line) else closing_words(line)
        for one in labelled(words):
            names = Counter(name.text for name in one.names)
            found += (
                {
                    "id": f"repeated-{number}-{at}",
                    "line": number,
                    "printed": name,
                    "kind": LISTED_TWICE,
                    "reading": f"{name}只算一次",
                    "note": "同一行里列了两次，由导入程序指出，待核对。",
                }
                for at, (name, count) in enumerate(names.items(), 1)
                if count > 1
            )
    return found


def _identify(parts: list[Record]) -> None:
    """Give ids to what the loader could not tell apart by its numbers."""
    flat = [part for top in parts for part in _walk(top)]
    for kind in ("sector", "task", "safeguard"):
        own = [part for part in flat if part["kind"] == kind]
        numbers = [found.value if (found := printed_number(part["text"][0][0])) else None for part in own]
        if None in numbers or len(set(numbers)) < len(numbers):
            for at, part in enumerate(own, 1):
                _put(part, "id", f"{kind}-{at}")
    goals = [part for part in flat if part["kind"] == "goal"]
    for at, part in enumerate(goals, 1):
        _put(part, "id", f"goal-{at}")


def _put(part: Record, key: str, value: object) -> None:
    """Put a key behind the kind."""
    rest = {name: part.pop(name) for name in list(part) if name != "kind"}
    part[key] = value
    part.update(rest)


def _walk(part: Record) -> Iterator[Record]:
    yield part
    for below in part.get("parts", ()):
        yield from _walk(below)


class _Writer:
    """Writes parts, and notes names and what was not understood on the way."""

    def __init__(self, names: Names, *, first_leads: bool) -> None:
        self.names = names
        self.leaders: dict[str, None] = {}
        self.open: list[tuple[int, str]] = []
        self._first_leads = first_leads
        self._blank = 0
        """Lines without words since the last part; they stand before the next."""

    def parts(self, nodes: list[Node]) -> list[Record]:
        """Return the parts that lines make; lines of one kind that make one thing are one part."""
        made: list[Record] = []
        for node in nodes:
            if not node.text:
                self._blank += 1
            elif made and not self._blank and not node.nodes and self._is_continued(made[-1], node):
                made[-1]["text"].append(sentences(node.text))
                if node.kind == "responsibility":
                    self._label_line(node, made[-1])
            else:
                made.append(self._part(node))
        return made

    def _is_continued(self, last: Record, node: Node) -> bool:
        return (
            node.kind == last["kind"]
            and node.kind in {"notice_title", "title", "responsibility"}
            and "names" not in last
        )

    def _part(self, node: Node) -> Record:
        part: Record = {"kind": node.kind} | ({"blank_lines": self._blank} if self._blank else {})
        self._blank = 0
        words = sentences(node.text)
        if node.kind in {"task", "safeguard", "sector"}:
            words = self._titled(node, words, part)
        part["text"] = [words]
        if node.kind == "responsibility":
            self._label_line(node, part)
        else:
            closing = node.words if node.kind in {"task", "safeguard", "item", "sector"} else ""
            said = self._brackets(node.line, closing, closing) if closing else []
            for quote, brackets in inner_words(node.text, closing):
                said += self._brackets(node.line, quote, brackets, covers="quote")
            if said:
                part["responsibilities"] = said
        if node.kind == "task" and (deadline := _deadline(node)):
            part["deadline"] = deadline
        if node.nodes and (below := self.parts(node.nodes)):
            part["parts"] = below
        return part

    def _titled(self, node: Node, words: list[str], part: Record) -> list[str]:
        """Say what the title is: the first sentence, or where that is long one of our own."""
        number = node.number.printed if node.number else ""
        first = words[0][len(number) :].removesuffix("。")
        if node.words and first.endswith(node.words):
            first = first[: -len(node.words)].strip()
            if len(first) <= _LONGEST_TITLE and len(words) == 1:
                return [words[0][: len(number) + len(first)], words[0][len(number) + len(first) :]]
        if len(first) > _LONGEST_TITLE or not first:
            own = re.split("[,，。;；:：(（]", first)[0][:_OURS]
            part["title"] = own or node.kind
            self.open.append((node.line, f"没有标题，拟了“{part['title']}”"))
        return words

    def _label_line(self, node: Node, part: Record) -> None:
        found = labelled(node.text)
        names = [[name.text for name in one.names] for one in found if one.role != "supervise"]
        apart = [row for row in self._apart(names) if row not in part.get("names", ())]
        if apart:
            part["names"] = [*part.get("names", ()), *apart]
        for one in found:
            if one.role == "supervise":
                self.leaders.update(dict.fromkeys("".join(name.text.split()) for name in one.names))

    def _apart(self, lists: list[list[str]]) -> list[Record]:
        """Return how names are read whose prefix the name before them carries."""
        meant: dict[str, str] = {}
        for names in lists:
            meant |= self.names.read(names)
        return [
            {"printed": printed, "names": [whole], "reading": "inferred", "note": _DROPPED}
            for printed, whole in meant.items()
        ]

    def _brackets(self, line: int, quote: str, brackets: str, covers: str = "") -> list[Record]:
        """Return what brackets say; `quote` are the words that the data quotes for it, the brackets at their end."""
        where: Record = {"quote": quote, **({"covers": covers} if covers else {})}
        if ruled := from_here_on(brackets):
            return self._ruled(quote, *ruled)
        if found := labelled(brackets):
            apart = self._apart([[name.text for name in one.names] for one in found if one.role != "supervise"])
            return [where | ({"names": apart} if apart else {})]
        made: list[Record] = []
        for one in readings(brackets, first_leads=self._first_leads):
            meant = self.names.read(one.names)
            units: list[Any] = [
                {"printed": name, "names": [meant[name]], "reading": "inferred", "note": _DROPPED}
                if name in meant
                else name
                for name in one.names
            ]
            role = "owner" if covers and one.role == "responsible" else one.role
            row: Record = {"quote": quote, "role": role, "units": units} | ({"covers": covers} if covers else {})
            if one.note:
                row |= {"reading": "inferred", "note": one.note}
            made.append(row)
        if not made:
            self.open.append((line, f"“{brackets[:30]}”里的单位没有读懂"))
        return made

    def _ruled(self, quote: str, own: str, rule: Reading) -> list[Record]:
        """Return what brackets say for the item, and what they rule for all that follows."""
        self.names.read(rule.names)
        made: list[Record] = []
        for one in labelled(own):
            said = [name.text for name in one.names]
            self.names.read(said)
            made.append({"quote": quote, "role": one.role, "units": said, "note": "括注里另有管后面各项的话，分开列。"})
        everything = {"role": rule.role, "units": list(rule.names), "covers": "plan"}
        return [*made, {"quote": quote, **everything, "reading": "inferred", "note": rule.note}]


def _deadline(node: Node) -> Record | None:
    line = next((below.text for below in node.nodes if is_deadline_line(below.text)), "")
    words = deadline_of(line)
    if not words:
        return None
    made: Record = {"text": words, "quote": line.strip()}
    dates = list(_DATE.finditer(words))
    if len(dates) == 1:
        year, month, day = dates[0].groups()
        made["date"] = "-".join([year, *(f"{int(one):02}" for one in (month, day) if one)])
    return made
