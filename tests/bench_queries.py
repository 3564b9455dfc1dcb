"""What the search benchmark asks, and which addresses answer it.

An expected item is an address, as the browser shows it when a result has been followed: `task/12` is
`plans/…/tasks/12/`, `unit/NAME` the unit's page, `leader/NAME`, `sector/N` and `safeguard/N` theirs. What has no page
of its own is a row of one: `target/ID` of `plans/…/targets/`, `duty/ID` of `calendar/`, `citation/TITLE` of
`citations/`, `oddity/ID` of `oddities/`, `term/TERM` of `glossary/`, `goal/YEAR` of the plan's page. A piece of the
official text is answered by the page of the task, safeguard, goal or sector whose printed line holds it; only where no
such line holds it, by its line in `text/`, since that page holds every line and so says nothing.

Held to the page, any result that leads to the page is right, whatever its row: so all three searches are compared,
because stock Material has no addresses of rows. Held to the row, a result must lead to the row itself. The kindest
judgement of the pieces takes any page that shows the piece, a unit's or a table.
"""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench_sites import ROOT

from generator import addresses

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from generator.index.records import PlanIndex, SiteIndex
    from generator.text.lines import Line

COUNT = 200
PIECES = "random pieces of the text"
SHOWN = "the same, any page that shows them"


@dataclass(frozen=True)
class Query:
    """What a reader enters, and the addresses that are right."""

    text: str
    group: str
    """"everyday", "own", PIECES or SHOWN."""
    kind: str
    right: frozenset[str]
    """Empty where nothing should be found."""

    def rank(self, found: list[str], *, to_the_row: bool) -> int | None:
        """Return the place, from 1, of the first result that is right."""
        right = self.right if to_the_row else {_page(address) for address in self.right}
        for place, address in enumerate(found, 1):
            # A page that is expected whole is reached by any place on it.
            if _page(address) in right or (to_the_row and address in right):
                return place
        return None


def read_queries(index: SiteIndex, docs: Path) -> list[Query]:
    """Return the written queries and the random pieces of the seed's text; docs are all pages as Markdown."""
    places = dict(_places(index))
    written = [
        Query(row["q"], group, row["kind"], frozenset(places[item] for item in row["expect"]))
        for group in ("everyday", "own")
        for row in json.loads((ROOT / "tests" / "search" / f"{group}.json").read_text("utf-8"))["queries"]
    ]
    pieces = list(_pieces(index.plans[0]))
    pages = {
        path.relative_to(docs).as_posix().removesuffix("index.md").removesuffix(".md"): path.read_text("utf-8")
        for path in docs.rglob("*.md")
    }
    shown = [
        Query(piece.text, SHOWN, piece.kind, frozenset(page for page, text in pages.items() if piece.text in text))
        for piece in pieces
    ]
    return [*written, *pieces, *shown]


def _page(address: str) -> str:
    return address.partition("#")[0]


def _places(index: SiteIndex) -> Iterator[tuple[str, str]]:
    """Yield (item, address) of everything that the written queries may expect."""
    yield from ((f"unit/{index.unit_names[unit.unit.id]}", unit.url) for unit in index.units)
    yield from ((f"leader/{leader.leader.name}", leader.url) for leader in index.leaders)
    yield from ((f"page/{path.stem}", f"{path.stem}/") for path in (ROOT / "docs").glob("*.md"))
    plan = index.plans[0]
    own = plan.plan
    yield "targets", addresses.plan(own.id, "targets")
    yield from ((f"sector/{number}", addresses.sector(own.id, number)) for number in (s.number for s in own.sectors))
    yield from ((f"{owner.kind}/{owner.number}", owner.url) for owner in plan.owners.values())
    yield from ((f"target/{target.target.id}", target.url) for target in plan.targets)
    yield from ((f"duty/{duty.duty.id}", duty.url) for duty in plan.duties)
    yield from ((f"citation/{citation.citation.title}", citation.url) for citation in plan.citations)
    yield from ((f"term/{term.term}", addresses.term(own.id, term.id)) for term in own.terms)
    oddities = addresses.plan(own.id, "oddities")
    yield from ((f"oddity/{oddity.id}", f"{oddities}#{oddity.id}") for oddity in own.oddities)


def _pieces(plan: PlanIndex) -> Iterator[Query]:
    """Yield pieces of 2 to 10 characters from anywhere in the official text, the same ones each time."""
    chance = random.Random(2022)
    lengths = [len(line.text) for line in plan.lines]
    count = 0
    while count < COUNT:
        (line,) = chance.choices(plan.lines, lengths)
        size = chance.randint(2, 10)
        start = chance.randrange(len(line.text))
        piece = line.text[start : start + size]
        # Punctuation alone, and a piece that the input would trim, is nothing that anybody enters.
        if len(piece) == size and piece == piece.strip() and sum(map(str.isalnum, piece)) > 1:
            yield Query(piece, PIECES, f"{size} characters", _holders(plan, piece))
            count += 1


def _holders(plan: PlanIndex, piece: str) -> frozenset[str]:
    lines = [line for line in plan.lines if piece in line.text]
    paged = frozenset(filter(None, (_page_of(plan, line) for line in lines)))
    return paged or frozenset(addresses.line(plan.plan.id, line.number) for line in lines)


def _page_of(plan: PlanIndex, line: Line) -> str:
    if owner := plan.owners.get(line.of):
        return owner.url
    sector = next((sector for sector in plan.plan.sectors if sector.id == line.of), None)
    return addresses.sector(plan.plan.id, sector.number) if sector else ""
