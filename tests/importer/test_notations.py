"""Notations of responsibility: each case is a file with a text and, behind a line of dashes, who is named for what."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from generator.data.load import read_data
from generator.importer.place import read_proposal
from generator.index.build import build_index
from generator.rules import check
from generator.text.lines import official_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.model import Data

CASES = sorted((Path(__file__).parent / "notations").glob("*.txt"))
SEPARATOR = "-----\n"


def _written(text: str, root: Path, *, is_accepted: bool = False) -> Data:
    """Return what a text makes of itself; `is_accepted` as if a person had confirmed all of it."""
    proposal, registries = read_proposal(text, "plan", root)
    (root / "plan").mkdir()
    for name, content in (*((f"plan/{n}", c) for n, c in proposal.files.items()), *registries.items()):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes((_accepted(content) if is_accepted else content).encode())
    data, problems = read_data(root, "plan_data")
    assert [str(problem) for problem in (*problems, *check(data))] == []
    return data


def _accepted(content: str) -> str:
    """Return a file in which all is confirmed: with a note it is a reading of ours, without one it is printed."""
    content = re.sub(r"reading: proposed(, note:|\n +note:)", r"reading: inferred\1", content)
    return re.sub(r", reading: proposed|^ *reading: proposed\n", "", content, flags=re.MULTILINE)


def _stated(data: Data) -> Iterator[str]:
    """Yield the parts with their kinds, then who is named for what, as the site would say it."""
    index = build_index(data)
    (plan,) = index.plans
    yield from (f"{part.kind} {''.join(part.paragraphs[0].text[:12].splitlines())}" for part in plan.plan.all_parts)
    for item in plan.plan.items:
        for charge in plan.applying.get(item.id, ()):
            one = charge.responsibility
            names = "、".join(dict.fromkeys(m.name for m in one.names))
            of = f" 管“{one.governs}”" if one.covers == "quote" else ""
            yield f"{item.id} {one.role} {names}{of}{' ?' if one.reading == 'proposed' and one.note else ''}"


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_a_notation_is_read(case: Path, tmp_path: Path) -> None:
    """Its text comes back, `check` accepts it, and each unit is named for what it is printed for."""
    text, _, expected = case.read_text("utf-8").partition(SEPARATOR)
    data = _written(text, tmp_path)
    assert official_text(data.plans[0]) == text
    assert list(_stated(data)) == expected.splitlines()


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_what_is_proposed_can_be_accepted(case: Path, tmp_path: Path) -> None:
    """A person who confirms all of it breaks no rule."""
    _written(case.read_text("utf-8").partition(SEPARATOR)[0], tmp_path, is_accepted=True)
