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
from ..pinyin import sounds
from ..terms import FREQUENCIES
from ..wording import due_text
from .variants import traditional_pairs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..entries import PlanIndex, SiteIndex, TargetEntry
    from ..official import Line

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
_PAGED: Final = frozenset({"task", "sector", "safeguard", "safeguard_text", "goal"})
"""Kinds of lines that have a page, or a place on one, beside the official text."""


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
    plans = {plan.plan.id: (_plan_part(index, plan), _held_part(plan)) for plan in index.plans}
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
        "plans": [[plan.plan.id, plan.plan.short_title] for plan in index.plans],
        "units": [
            [unit.id, unit.name, unit.kind, *(alias.name for alias in unit.aliases)] for unit in index.data.units
        ],
        "leaders": [[leader.id, leader.name] for leader in index.data.leaders],
    }


def _plan_part(index: SiteIndex, plan: PlanIndex) -> dict[str, Any]:
    own = plan.plan
    place = {unit.id: at for at, unit in enumerate(index.data.units)}
    leaders = {leader.id: at for at, leader in enumerate(index.data.leaders)}

    def units(mentions: Iterable[Any]) -> list[int]:
        return list(dict.fromkeys(place[mention.unit] for mention in mentions if mention.unit))

    named = {s.id: units([*s.responsible_units, *(o.mention for o in s.owners)]) for s in own.safeguards}
    return {
        "plan": own.id,
        "title": own.short_title,
        "sectors": [
            [s.number, *units([s.lead_unit]), leaders[s.leader or ""], units(s.responsible_units)] for s in own.sectors
        ],
        "lines": [_line(plan, line, named) for line in plan.lines],
    }


def _held_part(plan: PlanIndex) -> dict[str, Any]:
    return {
        "of": plan.plan.id,
        "targets": [_target(entry) for entry in plan.targets],
        "directions": [_target(entry) for entry in plan.all_targets if entry.target.strength == "direction"],
        "duties": [
            [
                [entry.of.kind, entry.of.number],
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
                ["term", term.term, "名词", addresses.term(plan.plan.id, term.id), term.explanation]
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
                    f"plans/{plan.plan.id}/oddities/#{oddity.id}",
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
        [entry.of.kind, entry.of.number],
        entry.target.id,
        entry.target.indicator,
        entry.target.scope or "",
        sorted({value.year for value in values if value.year}),
        "；".join(f"{f'{v.year}年：' if v.year else ''}{v.text}" for v in values),
    ]


def _line(plan: PlanIndex, line: Line, named: dict[str, list[int]]) -> list[Any]:
    """Return [kind, number, sector, text, length of the lead, lengths of the sentences, units]; empty ends left out."""
    owner = plan.owners.get(line.of)
    of_sector = owner.sector if owner else line.of
    sector = next((s.number for s in plan.plan.sectors if s.id == of_sector), 0)
    if line.kind in _PAGED:
        kind, number = line.kind, owner.number if owner else sector
    else:
        kind, number = "sector_units" if sector else "text", sector
    # The browser counts UTF-16 units.
    row: list[Any] = [kind, number, sector, line.text, _units(line.lead), [_units(s) for s in line.sentences]]
    if kind.startswith("safeguard"):
        return [*row, named[line.of]]
    return row if line.sentences else row[:4]


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
    texts = [row[3] for row in lines["lines"]]
    texts += [text for row in (*held["targets"], *held["directions"]) for text in row[2:] if isinstance(text, str)]
    texts += [text for row in held["duties"] for text in row[2:]]
    texts += [text for row in held["docs"] for text in (row[1], row[4])]
    return {one + other for text in texts for one, other in pairwise(_plain(text))}


def _plain(text: str) -> str:
    """Fold a text as the engine does, or a query would pass by a plan that holds it."""
    folded = unicodedata.normalize("NFKC", text.translate(_RADICALS)).lower().translate(_SAME)
    seen = "".join(char for char in folded if not is_unseen(char))
    return _TIMES.sub("x", re.sub("-+", "-", _DROPPED.sub("", seen)))
