"""A text made into the files of a plan: parts as they are printed, readings as proposals, and what is left."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from ..terms import GROUP_KIND, LISTED_TWICE, MISNUMBERED, NUMBERED, PRINTED
from ..text.citations import bracketed
from ..text.counting import Counted, gaps
from ..text.labels import labelled
from ..text.numbers import printed_number
from .commitments.records import Context
from .emit import yaml_text
from .front import lift_closing, lift_notices, tell_front, tell_general
from .names import Names, kind_of, level_of
from .notations import closing_words, inner_words, is_label_line, label_words
from .roles import says_first_leads
from .structure import structure, suppose_task, unnamed_tasks
from .writer import LONGEST_TITLE, Writer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from .emit import Record
    from .structure import Node

_NO_LIST: Final = "原文没有列出名单，按统称理解。"
_PERIOD: Final = re.compile(r"(20\d\d)年?\s*(?:[—－~～-]+|至)\s*(20\d\d)")


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
    roots = lift_closing(lift_notices(structure(lines))) if any(lines) else []
    tell_front(roots)
    tell_general(roots)
    supposed = suppose_task(roots)
    titles = itertools.dropwhile(lambda node: node.kind != "title", roots)
    printed = "".join(node.text for node in itertools.takewhile(lambda node: node.kind == "title", titles))
    name = printed.strip() or _title(lines)
    years = _PERIOD.search(name)
    context = Context(start=int(years[1]), end=int(years[2])) if years else Context()
    writer = Writer(Names(known), context, first_leads=says_first_leads(text))
    parts = writer.parts(roots)
    if not printed.strip():
        writer.open.insert(0, (1, f"原文没有标题，方案暂叫“{name}”：请在 plan.yaml 里改正 title 和 short_title"))
    if supposed:
        writer.open.append((supposed.line, "没有找到任务，把这一行当作一项任务：请核对"))
    writer.open += _unnamed(roots)
    record: Record = {"id": plan_id}
    if not printed.strip():
        record["title"] = name
    record["short_title"] = name[:LONGEST_TITLE]
    record["reading"] = "proposed"
    if years:
        record["period"] = {"start": int(years[1]), "end": int(years[2])}
    if len(text) > len(body):
        record["trailing_line_breaks"] = len(text) - len(body)
    _identify(parts)
    if groups := [name for name in writer.names.met if kind_of(name) == GROUP_KIND]:
        record["groups"] = [{"group": name, "members": [], "reading": "proposed", "note": _NO_LIST} for name in groups]
    oddities = [*_repeated(lines), *_misnumbered(parts, lines)]
    sectors = list(_take_out(parts))
    record["parts"] = parts
    files = {"plan.yaml": yaml_text(record, "../schema/plan.schema.json"), "source.txt": text}
    files |= {name: yaml_text(sector, "../../schema/part.schema.json") for name, sector in sectors}
    if oddities:
        files["oddities.yaml"] = yaml_text({"oddities": oddities}, "../schema/oddities.schema.json")
    if documents := _documents(text):
        files["citations.yaml"] = yaml_text({"citations": documents}, "../schema/citations.schema.json")
    names = writer.names
    units = [_unit(name, at, names.alike) for at, name in enumerate(names.proposed, 1)]
    apart = [name for name, first in names.alike.items() if first not in names.proposed]
    units += [_unit(name, at, {}) for at, name in enumerate(apart, len(units) + 1)]
    writer.open += [
        (_line_of(name, lines), f"“{name}”像是“{names.alike[name]}”的另一种写法，名录里分开列：请核对")
        for name in apart
    ]
    return Proposal(files=files, units=units, leaders=list(writer.leaders), open=writer.open)


def _unnamed(roots: list[Node]) -> list[tuple[int, str]]:
    """Return what to say of tasks for which nobody is named: of a few each, of most of them once."""
    unnamed, count = unnamed_tasks(roots)
    if not unnamed or len(unnamed) * 2 < count:
        return [(node.line, f"“{node.text.strip()[:20]}”没有读到由谁负责") for node in unnamed]
    return [(unnamed[0].line, f"{count} 项任务中有 {len(unnamed)} 项没有读到由谁负责：写在别处的，请补上")]


def _take_out(parts: list[Record]) -> Iterator[tuple[str, Record]]:
    """Put each of several sectors into a file of its own, and yield (its name, the sector)."""
    whole = [part for top in parts for part in _walk(top) if part["kind"] == "sector"]
    for at, sector in enumerate(whole if len(whole) > 1 else (), 1):
        name = f"sectors/{at}.yaml"
        own = dict(sector)
        sector.clear()
        sector["file"] = name
        yield name, own


def _title(lines: list[str]) -> str:
    """Return a title for a text that prints none: the start of its first words."""
    first = next((line.strip() for line in lines if line.strip()), "")
    if first.endswith((":", "：")):
        # Whom it is sent to is no title.
        return "未命名方案"
    words = (piece.strip() for piece in re.split("[,，。;；:：]", first))
    return next((piece for piece in words if piece), "未命名方案")[:LONGEST_TITLE]


def _unit(name: str, at: int, alike: Mapping[str, str]) -> Record:
    """Return the record of a unit; names that seem to be its own are proposed as such, for a person to confirm."""
    level = level_of(name)
    unit: Record = {"id": f"unit-{at}", "name": name, "kind": kind_of(name)} | ({"level": level} if level else {})
    others = [
        {"name": other, "kind": PRINTED, "reading": "proposed"} for other, first in alike.items() if first == name
    ]
    return unit | ({"aliases": others} if others else {}) | {"reading": "proposed"}


def _line_of(name: str, lines: list[str]) -> int:
    return next((number for number, line in enumerate(lines, 1) if name in line), 1)


def _documents(text: str) -> list[Record]:
    found: dict[str, str | None] = {}
    for one in bracketed(text):
        found[one.title] = found.get(one.title) or one.document_number
    return [
        {"id": f"document-{at}", "title": title, **({"document_number": number} if number else {})}
        for at, (title, number) in enumerate(found.items(), 1)
    ]


_PARTS: Final = re.compile("[、，,；;]")


def _repeated(lines: list[str]) -> list[Record]:
    """Return an oddity for each name that one line of responsibility prints twice."""
    found: list[Record] = []
    for number, line in enumerate(lines, 1):
        if not _PARTS.search(line):
            continue
        said = [line] if is_label_line(line) else [closing_words(line), *label_words(line)]
        said += [brackets for _, brackets in inner_words(line)]
        for one in (one for words in dict.fromkeys(said) for one in labelled(words)):
            names = Counter(name.text for name in one.names)
            found += (
                {
                    "id": f"repeated-{number}-{at}",
                    "line": number,
                    "printed": name,
                    "kind": LISTED_TWICE,
                    "reading": f"{name}只算一次",
                    "note": "同一行里列了两次。",
                }
                for at, (name, count) in enumerate(names.items(), 1)
                if count > 1
            )
    return found


def _misnumbered(parts: list[Record], lines: list[str]) -> Iterator[Record]:
    """Yield an oddity for each number that does not count on."""
    counted = list(_counted(parts, 0))
    at = 0
    for gap in gaps(one for one, _ in counted):
        one, words = counted[gap.place]
        at = next((line for line in range(at, len(lines)) if words in lines[line]), 0)
        yield {
            "id": f"number-{gap.place + 1}",
            "line": at + 1,
            "printed": one.printed.strip(),
            "kind": MISNUMBERED,
            "reading": f"照印，前面是 {gap.before}",
            "note": "序号与前一项不连续。",
        }


def _counted(parts: list[Record], depth: int) -> Iterator[tuple[Counted, str]]:
    for part in parts:
        number = printed_number(part["text"][0][0]) if part["kind"] in NUMBERED else None
        if number and number.value is not None:
            yield Counted(number.printed, number.value, depth), "".join(part["text"][0])
        yield from _counted(part.get("parts", []), depth + 1)


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
    goal_years = Counter(part.get("year") for part in goals)
    for at, part in enumerate(goals, 1):
        if goal_years[part.get("year")] > 1 or "year" not in part:
            _put(part, "id", f"goal-{at}")
    for item in (part for part in flat if part["kind"] in ("goal", "task", "safeguard")):
        _identify_set(item)


def _identify_set(item: Record) -> None:
    """Give ids to what an item, and what stands below it, sets."""
    if not any(part.get(key) for part in _walk(item) for key in ("targets", "duties")):
        return
    number = printed_number(item["text"][0][0])
    known = item.get("year") or (number.value if number else None)
    whose = item.get("id") or f"{item['kind']}-{known}"
    sentences = [sentence for part in _walk(item) for paragraph in part["text"] for sentence in paragraph]
    met: set[str] = set()
    _tell_apart([row for part in _walk(item) for row in part.get("targets", ())])
    for part in _walk(item):
        for key in ("targets", "duties"):
            if key in part and not (kept := [row for row in part[key] if _is_sure(row, sentences, met)]):
                del part[key]
            elif key in part:
                part[key] = kept
    for key, called in (("targets", "target"), ("duties", "duty")):
        rows = [row for part in _walk(item) for row in part.get(key, ())]
        for at, row in enumerate(rows, 1):
            rest = dict(row)
            row.clear()
            row |= {"id": f"{whose}-{called}-{at}", **rest}


def _is_sure(row: Record, sentences: list[str], called: set[str]) -> bool:
    """Say whether the words of a row point at one sentence, and what it measures is not `called` so before."""
    name = str(row.get("indicator") or row["quote"])
    is_new = name not in called
    called.add(name)
    return is_new and sum(row["quote"] in sentence for sentence in sentences) == 1


def _tell_apart(rows: list[Record]) -> None:
    """Name targets by their printed words where what they measure is called alike."""
    alike = Counter(row["indicator"] for row in rows)
    for row in rows:
        if alike[row["indicator"]] > 1 and len(row["quote"]) <= LONGEST_TITLE:
            row["indicator"] = row["quote"]


def _put(part: Record, key: str, value: object) -> None:
    """Put a key behind the kind."""
    rest = {name: part.pop(name) for name in list(part) if name != "kind"}
    part[key] = value
    part.update(rest)


def _walk(part: Record) -> Iterator[Record]:
    yield part
    for below in part.get("parts", ()):
        yield from _walk(below)
