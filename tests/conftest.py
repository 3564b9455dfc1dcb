"""What tests share: a sound little plan_data, files laid over it, and the command run apart."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from generator.load import read_data
from generator.rules import check

if TYPE_CHECKING:
    from collections.abc import Callable

    Lay = Callable[[Path], Path]
    ProblemLines = Callable[[Path], list[str]]
    Plansite = Callable[..., subprocess.CompletedProcess[str]]

ROOT = Path(__file__).resolve().parents[1]
BASE = ROOT / "tests" / "rules" / "base"

_LIMITED = """
import runpy
try:
    import resource
    resource.setrlimit(resource.RLIMIT_AS, (2**30, 2**30))
except (ImportError, ValueError):
    pass
runpy.run_module("generator", run_name="__main__", alter_sys=True)
"""


@pytest.fixture
def plan_data(tmp_path: Path) -> Path:
    """Return a fresh copy of the sound base, at tmp_path/plan_data."""
    return Path(shutil.copytree(BASE, tmp_path / "plan_data"))


@pytest.fixture
def lay(plan_data: Path) -> Lay:
    """Return a function that lays one folder's files over the base."""

    def _lay(overlay: Path) -> Path:
        for file in sorted(overlay.rglob("*")):
            if file.is_file() and file.name not in {"expected.txt", "DELETE"}:
                target = plan_data / file.relative_to(overlay)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, target)
        deleted = overlay / "DELETE"
        for name in deleted.read_text("utf-8").splitlines() if deleted.exists() else ():
            path = plan_data / name
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        return plan_data

    return _lay


@pytest.fixture
def problem_lines() -> ProblemLines:
    """Return a function that gives every problem of a folder, sorted, as it is printed."""

    def _problem_lines(root: Path) -> list[str]:
        data, problems = read_data(root, "plan_data")
        return [str(problem) for problem in sorted({*problems, *check(data)})]

    return _problem_lines


@pytest.fixture
def plansite(tmp_path: Path) -> Plansite:
    """Return a function that runs the command in tmp_path, held to 1 GB and a time limit."""

    def _plansite(*arguments: str, timeout: float = 20) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", _LIMITED, *arguments],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=timeout,
            check=False,
        )

    return _plansite
