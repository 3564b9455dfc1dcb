"""Cross-references of the tests' little plan, and of that plan with a part or two changed.

Sector 1 (tasks 1 and 2): 区便民局 leads, and is listed with 区数据局 and 区民生局.
Sector 2 (task 3): 区数据局 leads, 区民生局 is listed. Safeguard 1: 区便民局 is listed and
named in brackets, and so is the group 各镇街便民点, read as 区民生局 and 区数据局.
Safeguard 2: 区民生局.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from generator.data.load import read_data
from generator.index.build import build_index
from generator.model import Mention, Responsibility, mapped
from generator.problems import Location
from generator.text.lines import official_lines

if TYPE_CHECKING:
    from generator.index.records import SiteIndex, UnitEntry
    from generator.model import Data, Part, Plan

    Seen = list[tuple[str, str, str | None, str, int]]

BASE = Path(__file__).parents[1] / "rules" / "base"
HERE = Location("a.yaml")
PLAN = "tiny-2022-2024"


@pytest.fixture(scope="module")
def data() -> Data:
    """Return the data of the tests' base."""
    return read_data(BASE)[0]


@pytest.fixture(scope="module")
def plan(data: Data) -> Plan:
    """Return the plan of the tests' base."""
    return data.plans[0]


def mention(unit: str, printed: str, position: int = 0) -> Mention:
    """Return a name that is printed and registered."""
    return Mention(name=printed, printed=printed, unit=unit, position=position, where=HERE)


def saying(part: str, quote: str, *named: Mention, **changes: Any) -> Responsibility:
    """Return words of a part by which some are responsible for the whole of it, unless changes say otherwise."""
    one = Responsibility(
        role="responsible",
        label=None,
        names=named,
        covers="part",
        quote=quote,
        governs="",
        part=part,
        reading="printed",
        note=None,
        where=HERE,
        quote_where=HERE,
    )
    return replace(one, **changes)


def quoting(part: str, quote: str, *named: Mention, **changes: Any) -> Responsibility:
    """Return words of a part by which some are in charge of these words alone."""
    return saying(part, quote, *named, **{"role": "owner", "covers": "quote", "governs": quote, **changes})


def bracketing(part: str, named: Mention) -> Responsibility:
    """Return brackets that put somebody in charge of themselves."""
    return quoting(part, f"({named.printed}负责)", named)


def part_of(plan: Plan, part: str) -> Part:
    """Return a part by its id."""
    return next(found for found in plan.all_parts if found.id == part)


def with_part(plan: Plan, part: str, **changes: Any) -> Plan:
    """Return the plan with one part changed."""

    def change(found: Part) -> Part:
        return replace(found, **changes) if found.id == part else found

    return replace(plan, parts=mapped(plan.parts, change))


def with_words(plan: Plan, part: str, words: str) -> Plan:
    """Return the plan with a sentence more at the end of a part's own words, in the tree and in the source."""
    *before, last = part_of(plan, part).paragraphs
    longer = replace(last, sentences=(*last.sentences, words), places=(*last.places, HERE))
    lines = plan.source.split("\n")
    lines[max(line.number for line in official_lines(plan) if line.part == part) - 1] += words
    return replace(with_part(plan, part, paragraphs=(*before, longer)), source="\n".join(lines))


def with_said(plan: Plan, *said: Responsibility) -> Plan:
    """Return the plan with more words of responsibility, each in the part that prints it."""

    def change(part: Part) -> Part:
        own = tuple(one for one in said if one.part == part.id)
        return replace(part, responsibilities=(*own, *part.responsibilities))

    whole = tuple(one for one in said if one.covers == "plan")
    return replace(plan, parts=mapped(plan.parts, change), responsibilities=(*plan.responsibilities, *whole))


def with_list(plan: Plan, part: str, *named: Mention) -> Plan:
    """Return the plan with other units in the list of those responsible (责任单位) for a part."""
    (listed,) = (one for one in part_of(plan, part).responsibilities if one.role == "responsible")

    def change(found: Part) -> Part:
        said = (replace(one, names=named) if one == listed else one for one in found.responsibilities)
        return replace(found, responsibilities=tuple(said))

    return replace(plan, parts=mapped(plan.parts, change))


def with_owners(plan: Plan, part: str, *named: Mention) -> Plan:
    """Return the plan with brackets at the end of a part, each with a unit in charge, and no others in charge."""
    owners = tuple(bracketing(part, one) for one in named)
    others = tuple(one for one in part_of(plan, part).responsibilities if one.covers != "quote")
    printed = with_words(plan, part, "".join(one.quote for one in owners))
    return with_said(with_part(printed, part, responsibilities=others), *owners)


def index_of(data: Data, *plans: Plan) -> SiteIndex:
    """Build the index of some plans."""
    return build_index(replace(data, plans=plans))


def unit_of(index: SiteIndex, unit: str) -> UnitEntry:
    """Return the entry of a unit."""
    return next(entry for entry in index.units if entry.unit.id == unit)


def seen_by(index: SiteIndex, unit: str) -> Seen:
    """Return (item, role, via, printed, line) of each obligation of a unit."""
    return [(o.id, o.role, o.via, o.printed, o.line) for o in unit_of(index, unit).obligations]


def with_report(plan: Plan, **changes: Any) -> Plan:
    """Return the plan with its one duty changed."""
    (report,) = plan.safeguards[0].duties
    return with_part(plan, "safeguard-1", duties=(replace(report, **changes),))


def shared_by(entry: UnitEntry) -> list[tuple[str, list[str]]]:
    """Return (unit, shared tasks) of each unit that another works with."""
    return [(partner.unit, [task for _, task in partner.tasks]) for partner in entry.works_with]
