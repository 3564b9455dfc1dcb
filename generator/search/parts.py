"""The search index in parts that a reader's browser loads as it needs them.

`site` holds the units and leaders, `plans/<id>` the lines of one plan, and these two
suffice for the first results; `plans/<id>-more` holds its targets, directions, duties and documents,
`sounds` how characters are read, `more` what belongs to no plan and how traditional
characters read. Where there are many plans, `grams/<n>` say which plans hold two characters
side by side, so that a query loads only plans that can answer it. Nothing is segmented into
words: the engine compares characters. A part is a script, since a page that was opened from
a disk may load scripts but no data.
"""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from markupsafe import Markup

from .. import addresses
from ..characters import RADICALS, is_unseen
from ..terms import FREQUENCIES
from ..text.pinyin import sounds
from ..text.wording import due_text
from .variants import traditional_pairs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from ..index.records import Owner, PlanIndex, SiteIndex, TargetEntry
    from ..model import Part
    from ..text.lines import Line

FOLDER: Final = "assets/search/index/"
SPLIT_ABOVE: Final = 4
"""With more plans than these, a query asks first which of them to load."""
SHARDS: Final = 128
"""With a hundred plans of their own words, one is some 5 KB by gzip, and a query needs one for each character."""
_DROPPED: Final = re.compile(r"[\s“”‘’\"'「」『』《》〈〉]")
_SAME: Final = str.maketrans("×✕✖∗〔[【〕]】—\u2013\u2015\u2212~〜ü•・⋅∙", "xxx*((()))------v····")  # noqa: RUF001 - as typed
_RADICALS: Final = str.maketrans(RADICALS[::2], RADICALS[1::2])
_TIMES: Final = re.compile(r"(?<=\d)[*·](?=\d)")
"""What people type for ×."""
_PAGED: Final = ("goal", "sector", "task", "safeguard")
"""Kinds of parts that have a page, or a place on one, beside the official text."""


@dataclass(frozen=True, slots=True)
class HandWritten:
    """A section of a page in docs/."""

    title: str
    url: str
    text: str


def sections(title: str, url: str, html: str) -> list[HandWritten]:
    """Split a page at its second-level headings."""
    first, *rest = re.split(r'<h2 id="([^"]*)">(.*?)</h2>', html)
    found = [HandWritten(title, url, _text(first))]
    for anchor, heading, body in zip(rest[::3], rest[1::3], rest[2::3], strict=True):
        found.append(
            HandWritten(f"{title}：{_text(heading).removesuffix('#').strip()}", f"{url}#{anchor}", _text(body))
        )
    return found


def _text(html: str) -> str:
    return Markup(html).striptags()  # noqa: S704 - it came out of our own pages


def search_files(index: SiteIndex, pages: Iterable[HandWritten]) -> Iterator[tuple[str, bytes]]:
    """Yield every part of the search index as (address, bytes)."""
    plans = {plan.id: (_plan_part(index, plan), _held_part(plan)) for plan in index.plans}
    is_split = len(index.plans) > SPLIT_ABOVE
    texts = ["".join(line.text for line in plan.lines) for plan in index.plans]
    yield _file("site", _site_part(index, is_split=is_split))
    yield _file("sounds", {"syllables": _syllables(index, texts)})
    for plan_id, (lines, held) in plans.items():
        yield _file(f"plans/{plan_id}", lines)
        yield _file(f"plans/{plan_id}-more", held)
    yield _file("more", {"variants": traditional_pairs(set("".join(texts))), "docs": list(_docs(pages))})
    if is_split:
        for number, shard in enumerate(_shards(plans.values())):
            yield _file(f"grams/{number}", {"grams": shard})


def _file(name: str, part: dict[str, Any]) -> tuple[str, bytes]:
    text = json.dumps({"part": name, **part}, ensure_ascii=False, separators=(",", ":"))
    return f"{FOLDER}{name}.js", f"plansiteSearch.part({text});\n".encode()


def _syllables(index: SiteIndex, texts: list[str]) -> str:
    """Return each syllable with the characters that sound so: an安按案 ban办板班."""
    names = [name for unit in index.data.units for name in (unit.name, *(alias.name for alias in unit.aliases))]
    readings = {reading.text: reading.pinyin for reading in index.data.readings}
    heard = sounds([*names, *texts], readings, people=(leader.name for leader in index.data.leaders))
    return " ".join(f"{sound}{''.join(chars)}" for sound, chars in heard.items())


def _site_part(index: SiteIndex, *, is_split: bool) -> dict[str, Any]:
    return {
        "split": SHARDS if is_split else 0,
        "plans": [[plan.id, plan.plan.short_title] for plan in index.plans],
        "units": [
            [unit.id, unit.name, unit.kind, *(alias.name for alias in unit.aliases)] for unit in index.data.units
        ],
        "leaders": [[leader.id, leader.name] for leader in index.data.leaders],
    }


def _plan_part(index: SiteIndex, plan: PlanIndex) -> dict[str, Any]:
    own = plan.plan
    items = [part for part in own.all_parts if part.kind in _PAGED]
    place = {part.id: at for at, part in enumerate(items)}
    return {
        "plan": own.id,
        "title": own.short_title,
        "items": [_item(plan, part, place, _whom(index, plan)) for part in items],
        "lines": [_line(line, place) for line in plan.lines],
    }


def _item(plan: PlanIndex, part: Part, place: dict[str, int], whom: Callable[[str], list[int]]) -> list[Any]:
    """Return [kind, key, title, sector, who, how it is called]; empty ends left out.

    The key ends the address of its page. The title is a text, or what precedes it in the lead of
    its first line, in characters; the sector a place in the list of items, or -1; who answers for it
    places of units, and of leaders below zero, or 0 where that is as in its sector; the last only
    where it is not called by its key.
    """
    owner = plan.owners[part.id]
    first = plan.lines_of[part.id][0]
    printed = first.lead.removeprefix(part.number_printed).removesuffix("。")
    is_printed = part.number_printed + part.title in first.lead and printed == part.title
    title: str | int = _units(part.number_printed) if is_printed and part.title else owner.title
    key = part.id.removeprefix(f"{part.kind}-")
    who = whom(part.id)
    is_sectors = part.sector is not None and who == whom(part.sector)
    row: list[Any] = [part.kind, key, title, place[part.sector] if part.sector else -1, 0 if is_sectors else who]
    return row if owner.counted == key or part.kind == "goal" else [*row, owner.counted]


def _whom(index: SiteIndex, plan: PlanIndex) -> Callable[[str], list[int]]:
    """Return what gives those who answer for an item: who leads first, then the rest, then who supervises."""
    units = {unit.id: at for at, unit in enumerate(index.data.units)}
    leaders = {leader.id: at for at, leader in enumerate(index.data.leaders)}

    def whom(item: str) -> list[int]:
        charges = [charge.responsibility for charge in plan.applying.get(item, ())]
        named = [(one.role != "lead", mention) for one in charges for mention in one.names]
        found = [units[m.unit] for _, m in sorted(named, key=lambda pair: pair[0]) if m.unit]
        found += [-1 - leaders[m.leader] for _, m in named if m.leader]
        return list(dict.fromkeys(found))

    return whom


def _held_part(plan: PlanIndex) -> dict[str, Any]:
    return {
        "of": plan.id,
        "targets": [_target(entry) for entry in plan.targets],
        "directions": [_target(entry) for entry in plan.all_targets if entry.target.strength == "direction"],
        "duties": [
            [
                _of(entry.of),
                entry.duty.id,
                entry.duty.action,
                "，".join(
                    filter(
                        None,
                        (
                            "、".join(mention.printed for mention in entry.duty.who),
                            FREQUENCIES[entry.duty.frequency],
                            due_text(entry.duty.due),
                            "、".join(mention.printed for mention in entry.duty.to),
                            # What everybody calls it, though the plan does not.
                            "定期报送" if entry.duty.action.startswith("报") else "",
                        ),
                    )
                ),
            ]
            for entry in plan.duties
        ],
        "docs": [
            *(
                ["term", term.term, "名词", addresses.term(plan.id, term.id), term.explanation]
                for term in plan.plan.terms
            ),
            *(
                ["citation", entry.citation.title, "引用文件", entry.url, entry.citation.document_number or ""]
                for entry in plan.citations
            ),
            *(
                [
                    "oddity",
                    f"疑误：{oddity.printed}",
                    f"印刷疑误，原文第{oddity.line}行",
                    addresses.oddity(plan.id, oddity.id),
                    f"{oddity.kind}：{oddity.reading}",
                ]
                for oddity in plan.plan.oddities
            ),
        ],
    }


def _target(entry: TargetEntry) -> list[Any]:
    """Return [of, id, indicator, scope, years, words]."""
    values = entry.target.values
    return [
        _of(entry.of),
        entry.target.id,
        entry.target.indicator,
        entry.target.scope or "",
        sorted({value.year for value in values if value.year}),
        "；".join(f"{f'{v.year}年：' if v.year else ''}{v.text}" for v in values),
    ]


def _of(owner: Owner) -> list[Any]:
    """Return [kind, key], or [] for what has no page of its own."""
    return [owner.kind, owner.id.removeprefix(f"{owner.kind}-")] if owner.kind in _PAGED else []


def _line(line: Line, place: dict[str, int]) -> list[Any]:
    """Return [number, item, text, length of the lead, lengths of the sentences]; empty ends left out."""
    row: list[Any] = [line.number, place.get(line.of, -1), line.text]
    if line.sentences or (line.lead and line.of == line.part):
        # The browser counts UTF-16 units.
        return [*row, _units(line.lead), [_units(sentence) for sentence in line.sentences]]
    return row


def _units(text: str) -> int:
    """Return the length of a text as JavaScript counts it: 𬱖 is 2."""
    return len(text.encode("utf-16-le")) // 2


def _docs(pages: Iterable[HandWritten]) -> Iterator[list[str]]:
    for page in pages:
        yield ["page", page.title, "本站说明", page.url, page.text]


def _shards(plans: Iterable[tuple[dict[str, Any], dict[str, Any]]]) -> list[dict[str, list[int]]]:
    """Return each pair of characters with the plans that hold it, in shards by the first one's code.

    Letters and digits share a shard: a query in pinyin would else need one for each letter.
    """
    shards: list[dict[str, list[int]]] = [{} for _ in range(SHARDS)]
    for number, (lines, held) in enumerate(plans):
        for pair in sorted(_pairs(lines, held)):
            shard = 0 if pair[0].isascii() else ord(pair[0]) % SHARDS
            shards[shard].setdefault(pair, []).append(number)
    return shards


def _pairs(lines: dict[str, Any], held: dict[str, Any]) -> set[str]:
    texts = [row[2] for row in lines["lines"]]
    texts += [row[2] for row in lines["items"] if isinstance(row[2], str)]
    texts += [text for row in (*held["targets"], *held["directions"]) for text in row[2:] if isinstance(text, str)]
    texts += [text for row in held["duties"] for text in row[2:]]
    texts += [text for row in held["docs"] for text in (row[1], row[4])]
    return {one + other for text in texts for one, other in pairwise(_plain(text))}


def _plain(text: str) -> str:
    """Fold a text as the engine does, or a query would pass by a plan that holds it."""
    folded = unicodedata.normalize("NFKC", text.translate(_RADICALS)).lower().translate(_SAME)
    seen = "".join(char for char in folded if not is_unseen(char))
    return _TIMES.sub("x", re.sub("-+", "-", _DROPPED.sub("", seen)))
