"""The door for programs: `import plansite`."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import plansite
import pytest

BASE = Path(__file__).parent / "rules" / "base"


def test_from_data_to_files() -> None:
    """What stands at the door suffices to read, check, index and export a folder of data."""
    data, problems = plansite.read_data(BASE, "plan_data")
    assert [*problems, *plansite.check(data)] == []
    files = dict(plansite.api_files(plansite.build_index(data), ""))
    assert json.loads(files["api/v1/index.json"])["plans"][0]["id"] == "tiny-2022-2024"
    assert any(name.endswith(".xlsx") for name, _ in plansite.sheet_files(plansite.read_index(BASE), ""))


def test_problems_are_raised_as_data(tmp_path: Path) -> None:
    """Data that is not sound raises the error of the door, which holds problems with their places."""
    with pytest.raises(plansite.PlanError) as caught:
        plansite.read_index(tmp_path)
    assert all(isinstance(problem, plansite.Problem) for problem in caught.value.problems)
    assert all(isinstance(problem.where, plansite.Location) for problem in caught.value.problems)


def test_all_that_is_promised_is_there() -> None:
    """Each public name can be had, and no other."""
    assert [name for name in plansite.__all__ if not hasattr(plansite, name)] == []
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        _ = plansite.nothing  # type: ignore[attr-defined]


def test_nothing_is_loaded_before_it_is_asked_for() -> None:
    """`import plansite` loads none of its modules."""
    said = "import sys, plansite; print([name for name in sys.modules if name.startswith('plansite.')])"
    assert subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_its_types_are_published() -> None:
    """Type checkers are told that the package is typed."""
    assert (Path(str(plansite.__file__)).parent / "py.typed").is_file()
