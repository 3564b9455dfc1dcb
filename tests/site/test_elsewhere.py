"""The package as another place gets it: a wheel, in an environment and a folder that know nothing of this checkout."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from generator.index.build import read_index
from tests.conftest import PATIENCE, ROOT, SEED, mkdocs_environment

OURS = re.compile("西山|昆明|xishan")
WHOLE = 4
"""Characters from which on a unit's name is no common word."""


@dataclass(frozen=True)
class Elsewhere:
    """An environment with nothing of the project but its wheel, and an empty folder."""

    python: Path
    folder: Path

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run Python in the folder."""
        return subprocess.run(
            [str(self.python), *arguments],
            cwd=self.folder,
            env=mkdocs_environment(),
            capture_output=True,
            encoding="utf-8",
            timeout=5 * PATIENCE,
            check=False,
        )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the wheel, built from a copy, since setuptools leaves its work behind."""
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    for name in ("generator", "overrides", "docs"):
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    command = ["wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder), str(source)]
    subprocess.run([sys.executable, "-m", "pip", *command], check=True, timeout=5 * PATIENCE)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def elsewhere(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Elsewhere:
    """Install the wheel where only its dependencies are at hand."""
    root = tmp_path_factory.mktemp("elsewhere")
    venv.create(root / "venv", with_pip=False)
    python = root / "venv" / ("Scripts" if os.name == "nt" else "bin") / "python"
    command = ["install", "--quiet", "--no-deps", "--no-index", str(wheel)]
    subprocess.run([sys.executable, "-m", "pip", "--python", str(python), *command], check=True, timeout=5 * PATIENCE)
    # A folder that a .pth file names is searched, but its own .pth files, which lead to this checkout, are not read.
    (packages,) = (root / "venv").rglob("site-packages")
    (packages / "dependencies.pth").write_text(sysconfig.get_paths()["purelib"], "utf-8")
    (root / "empty").mkdir()
    return Elsewhere(python, root / "empty")


def test_the_wheel_holds_the_package_alone(wheel: Path) -> None:
    """Nothing lands in site-packages but the package under the project's name, with all that a site needs."""
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    assert {name.partition("/")[0] for name in names if ".dist-info/" not in name} == {"plansite"}
    for folder, inside in (("generator", ""), ("overrides", "theme/"), ("docs", "docs/")):
        files = (path for path in (ROOT / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts)
        expected = {f"plansite/{inside}{path.relative_to(ROOT / folder).as_posix()}" for path in files}
        assert expected - names == set()


def test_a_new_site_is_checked_and_built(elsewhere: Elsewhere) -> None:
    """`plansite new` writes a site that is sound and builds strictly, and says nothing of the seed's plan."""
    found = elsewhere.run("-c", "import plansite; print(plansite.__file__)")
    assert Path(found.stdout.strip()).is_relative_to(elsewhere.python.parent.parent)
    assert "No module named 'generator'" in elsewhere.run("-c", "import generator").stderr
    made = elsewhere.run("-m", "plansite", "new", ".")
    assert (made.returncode, made.stderr) == (0, "")
    again = elsewhere.run("-m", "plansite", "new", ".")
    assert again.returncode == 2
    assert "不覆盖" in again.stderr
    checked = elsewhere.run("-m", "plansite", "check")
    assert (checked.returncode, checked.stderr) == (0, "")
    built = elsewhere.run("-m", "mkdocs", "build", "--strict")
    assert built.returncode == 0, built.stderr
    site = elsewhere.folder / "site"
    assert (site / "plans" / "example-2025-2027" / "tasks" / "1" / "index.html").is_file()
    assert (site / "assets" / "site.css").stat().st_size > 10_000
    text = {path: path.read_text("utf-8") for path in site.rglob("*") if path.suffix in {".html", ".json", ".js"}}
    assert [path.name for path, content in text.items() if OURS.search(content)] == []
    seed = [entry.unit.name for entry in read_index(SEED).units if len(entry.unit.name) >= WHOLE]
    assert len(seed) > 20
    assert [(path.name, name) for path, content in text.items() for name in seed if name in content] == []


def test_a_template_of_ones_own(elsewhere: Elsewhere, tmp_path: Path) -> None:
    """A `custom_dir` puts one template in place of the package's, and leaves the rest."""
    place = Elsewhere(elsewhere.python, tmp_path)
    assert place.run("-m", "plansite", "new", ".").returncode == 0
    settings = tmp_path / "mkdocs.yml"
    own = settings.read_text("utf-8").replace("  name: plansite\n", "  name: plansite\n  custom_dir: own\n")
    settings.write_text(own, "utf-8")
    (tmp_path / "own" / "pages").mkdir(parents=True)
    (tmp_path / "own" / "pages" / "glossary.html").write_text("<h1>自己的名词页</h1>\n", "utf-8")
    built = place.run("-m", "mkdocs", "build", "--strict")
    assert built.returncode == 0, built.stderr
    assert "自己的名词页" in (tmp_path / "site" / "glossary" / "index.html").read_text("utf-8")
    assert "一摊一码" in (tmp_path / "site" / "plans" / "example-2025-2027" / "tasks" / "2" / "index.html").read_text(
        "utf-8"
    )
