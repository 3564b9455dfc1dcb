"""Each rule against its folders in tests/rules: `valid` near misses pass, `invalid` ones give the expected lines.

A folder's files are laid over tests/rules/base; names in `DELETE` are removed. Further
folders, `invalid-…`, each hold one bug that was found.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from generator.rules import RULES, Rule

if TYPE_CHECKING:
    from tests.conftest import Lay, ProblemLines

FOLDERS = Path(__file__).parent / "rules"
CASES = sorted(f for f in FOLDERS.glob("*/*") if f.is_dir() and f.parent.name != "base")


def _expected(folder: Path) -> list[str]:
    """Return the lines that an `invalid` folder must give; a `valid` one gives none."""
    return [] if folder.name.startswith("valid") else (folder / "expected.txt").read_text("utf-8").splitlines()


def test_the_base_is_sound(plan_data: Path, problem_lines: ProblemLines) -> None:
    """The base that every folder is laid over has no problems of its own."""
    assert problem_lines(plan_data) == []


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: f"{folder.parent.name}/{folder.name}")
def test_rule(folder: Path, lay: Lay, problem_lines: ProblemLines) -> None:
    """A folder gives exactly its expected problem lines."""
    assert problem_lines(lay(folder)) == _expected(folder)


def test_every_rule_has_its_folders() -> None:
    """Every rule has a `valid` and an `invalid` folder, and every folder a rule."""
    have = {folder.parent.name for folder in CASES}
    assert have == {rule.id for rule in RULES}
    for rule in RULES:
        assert any((FOLDERS / rule.id / "valid").iterdir()), rule.id
        assert any((FOLDERS / rule.id / "invalid").iterdir()), rule.id


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_the_invalid_folder_shows_its_own_rule(rule: Rule) -> None:
    """What is wrong in a rule's `invalid` folder is said by that rule, so that emptying it fails a test."""
    rule_id = rule.id
    assert any(line.endswith(f" ({rule_id})") for line in _expected(FOLDERS / rule_id / "invalid"))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_has_a_manual(rule: Rule) -> None:
    """A rule's docstring, its manual page, is one Chinese line that ends in a full stop."""
    doc = rule.doc
    assert doc.endswith("。")
    assert "\n" not in doc


def test_the_manual_names_every_rule() -> None:
    """README.zh.md has a row with the manual of each rule."""
    manual = (Path(__file__).resolve().parent.parent / "README.zh.md").read_text("utf-8")
    assert [rule.id for rule in RULES if f"| `{rule.id}` | {rule.doc.strip()} |" not in manual] == []
