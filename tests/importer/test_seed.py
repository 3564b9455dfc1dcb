"""The large plan, imported from its text, beside what people entered: the differences are listed, each with its reason.

The list in seed_differences.txt may only shrink. A line is what differs, a tab, and why.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from generator.data.load import read_data
from generator.importer.place import read_proposal
from generator.index.build import build_index, read_index
from generator.rules import check
from generator.terms import number_text
from tests.conftest import SEED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.index.records import SiteIndex
    from generator.model import Plan, Target, Value

LISTED = Path(__file__).parent / "seed_differences.txt"


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[SiteIndex, SiteIndex]:
    """Return the index of what was entered, and that of what the text makes of itself."""
    root = tmp_path_factory.mktemp("seed")
    proposal, registries = read_proposal((SEED / "xishan-2022-2024" / "source.txt").read_text("utf-8"), "plan", root)
    for name, content in (*((f"plan/{n}", c) for n, c in proposal.files.items()), *registries.items()):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(content, "utf-8")
    data, problems = read_data(root, "plan_data")
    assert [str(problem) for problem in (*problems, *check(data))] == []
    return read_index(SEED), build_index(data)


def _structure(index: SiteIndex) -> Iterator[str]:
    (plan,) = index.plans
    for kind in ("goal", "sector", "task", "safeguard"):
        yield from (f"{part.id} {part.title} {part.year or ''} {part.sector or ''}" for part in plan.plan.of_kind(kind))
    yield from (f"《{one.citation.title}》 {one.citation.document_number or ''}" for one in plan.citations)


def _roles(index: SiteIndex) -> Iterator[str]:
    (plan,) = index.plans
    for unit, found in plan.obligations.items():
        yield from (f"{one.id} {one.role} {index.unit_names[unit]}" for one in found if one.via is None)


def _targets(index: SiteIndex) -> Iterator[str]:
    for of, target, value in _values(index.plans[0].plan):
        figure = number_text(value.value) if value.value is not None else ""
        upper = f"至{number_text(value.upper)}" if value.upper else ""
        words = f"“{value.text}”" if value.comparator == "state" else target.indicator if value.value is None else ""
        yield " ".join(
            filter(None, (of, str(value.year or ""), value.comparator, f"{figure}{upper}{value.unit or ''}", words))
        )


def _values(plan: Plan) -> Iterator[tuple[str, Target, Value]]:
    items = [item for item in plan.items if item.kind in {"goal", "task", "safeguard"}]
    return ((item.id, target, value) for item in items for target in item.targets for value in target.values)


def _duties(index: SiteIndex) -> Iterator[str]:
    for item in (item for item in index.plans[0].plan.items if item.kind in {"task", "safeguard"}):
        for duty in item.duties:
            due = f" {duty.due.months} {duty.due.day}" if duty.due else ""
            yield f"{item.id} {duty.frequency}{due} “{duty.phrase}”"


KINDS = {"结构和引用文件": _structure, "责任": _roles, "目标": _targets, "定期事项": _duties}


def differences(entered: SiteIndex, proposed: SiteIndex) -> list[str]:
    """Return what only people entered (少了) and what only the importer proposes (多了), by kind."""
    found: list[str] = []
    for kind, told in KINDS.items():
        mine, theirs = set(told(entered)), set(told(proposed))
        mine, theirs = _unlike(mine, theirs), _unlike(theirs, mine)
        found += [f"{kind} 少了 {line}" for line in sorted(mine)] + [f"{kind} 多了 {line}" for line in sorted(theirs)]
    return found


def _unlike(ones: set[str], others: set[str]) -> set[str]:
    """Return the lines that have no like among others; quoted words may be longer on one side."""
    return {one for one in ones if not any(_is_like(one, other) for other in others)}


def _is_like(one: str, other: str) -> bool:
    (head, _, words), (other_head, _, other_words) = one.partition("“"), other.partition("“")
    return head == other_head and (words.rstrip("”") in other_words or other_words.rstrip("”") in words)


def test_the_differences_are_those_that_are_listed(both: tuple[SiteIndex, SiteIndex]) -> None:
    """What a change of the importer reads otherwise is seen; what it reads now as people do leaves the list."""
    rows = [line.split("\t") for line in LISTED.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    assert all(len(row) == 2 and row[1].strip() for row in rows), "each difference has its reason"
    found = differences(*both)
    assert sorted(set(found) - {row[0] for row in rows}) == []
    assert sorted({row[0] for row in rows} - set(found)) == []


def test_the_structure_is_whole(both: tuple[SiteIndex, SiteIndex]) -> None:
    """Of structure and documents nothing differs."""
    entered, proposed = both
    assert sorted(_structure(proposed)) == sorted(_structure(entered))
