"""The way of a new user: an empty site, an official text, what the importer read of it confirmed, the site built."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conftest import PATIENCE, ROOT, mkdocs_environment

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).resolve().parent
TASKS = 40
ID = "linxi-2025-2027"


class Newcomer:
    """Somebody in the folder of a new site; keeps how long each step took."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.seconds: list[tuple[str, float]] = []

    def run(self, *command: str, keys: str = "") -> str:
        """Run one of our commands, or MkDocs; returns what it says."""
        start = time.perf_counter()
        module = "mkdocs" if command[0] == "mkdocs" else "generator"
        done = subprocess.run(
            [sys.executable, "-m", module, *command[module == "mkdocs" :]],
            cwd=self.folder,
            env=mkdocs_environment(PYTHONPATH=str(ROOT)),
            input=keys,
            capture_output=True,
            encoding="utf-8",
            timeout=5 * PATIENCE,
            check=False,
        )
        self.seconds.append((" ".join(command[:2]), time.perf_counter() - start))
        assert done.returncode == 0, done.stderr
        return done.stdout + done.stderr

    def marked(self) -> set[str]:
        """Return the pages that say that something of theirs is not confirmed."""
        pages = (self.folder / "site").rglob("*.html")
        return {
            page.relative_to(self.folder / "site").parent.as_posix()
            for page in pages
            if re.search(r"处没有人核对过|>待核对</a>", page.read_text("utf-8"))
        }


@pytest.fixture
def newcomer(tmp_path: Path) -> Iterator[Newcomer]:
    """Return somebody with a plan and no site, and print at last how long each step took."""
    made = Newcomer(tmp_path)
    shutil.copy(HERE / "new_users_plan.txt", tmp_path / "方案.txt")
    yield made
    print("\n".join(f"{seconds:6.1f} s  {step}" for step, seconds in made.seconds))  # noqa: T201


@pytest.mark.slow
def test_from_a_text_to_a_site(newcomer: Newcomer) -> None:
    """Each step leads to the next; what nobody has confirmed is marked, and once all is accepted no mark is left."""
    assert "README.md" in newcomer.run("new", ".")
    shutil.rmtree(newcomer.folder / "plan_data" / "example-2025-2027")
    (newcomer.folder / "plan_data" / "units.yaml").unlink()

    assert f"接下来运行 plansite review {ID} 逐项核对" in newcomer.run("import", "方案.txt", "--out", f"plan_data/{ID}")
    assert "没有问题：1 个方案" in newcomer.run("check")
    newcomer.run("mkdocs", "build", "--strict")
    tasks = [f"plans/{ID}/tasks/{number}" for number in range(1, TASKS + 1)]
    assert {".", f"plans/{ID}", f"plans/{ID}/text", "units", *tasks} <= newcomer.marked()

    assert newcomer.run("review", keys="a\n" * 4 * TASKS).endswith("全部核对完了。\n")
    assert newcomer.run("review") == "没有待核对的：全部都已经核对过了。\n"
    assert "没有问题：1 个方案" in newcomer.run("check")
    newcomer.run("mkdocs", "build", "--strict")
    assert newcomer.marked() == set()
    published = json.loads((newcomer.folder / "site" / "api" / "v1" / "plans" / f"{ID}.json").read_text("utf-8"))
    assert len(published["tasks"]) == TASKS
    assert '"proposed"' not in json.dumps(published)
