"""What `mkdocs build` does when something is wrong: it says where, and leaves the last good site as it was."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from tests.conftest import mkdocs_environment
from tests.site.conftest import parse, text_of

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import MkDocs

PLAN = "plan_data/xishan-2022-2024"
GOOD = {
    "index.html": b"<p>last good site</p>\n",
    "units/a/index.html": b"<p>of yesterday</p>\n",
    "odd name.txt": b"kept\n",
}


@dataclass(frozen=True)
class Fault:
    """A mistake in one file, and what must be said about it."""

    file: str
    old: str
    new: str
    said: str
    """A regular expression for one whole line."""


FAULTS = {
    "unknown unit": Fault(
        f"{PLAN}/sectors/1.yaml",
        "区委宣传部",
        "甲乙丙局",
        rf"{PLAN}/sectors/1\.yaml:128:\d+: error: .+ \(unknown-unit\)",
    ),
    "changed text": Fault(
        f"{PLAN}/sectors/1.yaml", "产业集群", "产业", rf"{PLAN}/sectors/1\.yaml:\d+:\d+: error: .+ \(source-mismatch\)"
    ),
    "broken YAML": Fault(
        "plan_data/units.yaml", "units:\n", "units: [\n", r"plan_data/units\.yaml:\d+:\d+: error: .+ \(yaml-syntax\)"
    ),
    "undefined name in a template": Fault(
        "overrides/pages/task.html",
        "{% block body %}",
        "{% block body %}\n{{ view.nonsense }}",
        r"overrides/pages/task\.html:9:\d+: error: .*nonsense.* \(template\)",
    ),
    "broken template": Fault(
        "overrides/pages/task.html",
        "{% block body %}",
        "{% blok body %}",
        r"overrides/pages/task\.html:\d+:\d+: error: .*blok.* \(template\)",
    ),
    "wrong type in a template": Fault(
        "overrides/pages/task.html",
        "{% block body %}",
        "{% block body %}{{ view.head.title + 1 }}",
        r"overrides/pages/task\.html:\d+:\d+: error: .+ \(template\)",
    ),
}


SMALL_FAULTS = {
    "broken frame": Fault(
        "overrides/main.html",
        "{% block announce %}",
        "{% blok announce %}",
        r"overrides/main\.html:\d+:\d+: error: .*blok.* \(template\)",
    ),
    "broken link in a document": Fault(
        "docs/about.md", "# 关于\n", "# 关于\n\n[去](nowhere.md)\n", r"WARNING .*nowhere\.md.*"
    ),
}
"""Found once all pages are made, of however little data."""


def _last_good(project: Path) -> Path:
    """Lay a site that an earlier build left, and return it."""
    folder = project / "site"
    for name, content in GOOD.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def _tree(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder by its name."""
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def _edit(file: Path, old: str, new: str) -> None:
    """Replace the first occurrence of a text in a file."""
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


@pytest.mark.parametrize("name", FAULTS)
def test_fault_says_where_and_keeps_the_last_good_site(project: Path, mkdocs: MkDocs, name: str) -> None:
    """A fault ends the build with its own line and no traceback, and no file of the last good site changes."""
    _assert_stops(project, FAULTS[name], mkdocs)


@pytest.mark.parametrize("name", SMALL_FAULTS)
def test_late_fault_says_where_and_keeps_the_last_good_site(small_project: Path, mkdocs: MkDocs, name: str) -> None:
    """A fault that shows when pages are put together does the same."""
    _assert_stops(small_project, SMALL_FAULTS[name], mkdocs)


def _assert_stops(project: Path, fault: Fault, mkdocs: MkDocs) -> None:
    last_good = _last_good(project)
    _edit(project / fault.file, fault.old, fault.new)
    built = mkdocs(project, "build", "--strict")
    assert built.returncode != 0
    assert re.search(rf"^{fault.said}$", built.stdout, re.MULTILINE), built.stdout
    assert "Traceback" not in built.stdout
    assert _tree(last_good) == GOOD
    assert sorted(path.name for path in project.iterdir() if "site" in path.name) == ["site"]


def test_missing_data_says_so_and_keeps_the_last_good_site(project: Path, mkdocs: MkDocs) -> None:
    """Without the data folder the build names it, relative to the project, and changes nothing."""
    last_good = _last_good(project)
    (project / "plan_data").rename(project / "elsewhere")
    built = mkdocs(project, "build", "--strict")
    assert built.returncode != 0
    assert re.search(r"(?<![\w/])plan_data\b", built.stdout), built.stdout
    assert str(project) not in built.stdout
    assert "Traceback" not in built.stdout
    assert _tree(last_good) == GOOD


def test_every_problem_is_said_at_once(project: Path, mkdocs: MkDocs) -> None:
    """Two mistakes in two files are two lines of one build."""
    for fault in (FAULTS["unknown unit"], FAULTS["broken YAML"]):
        _edit(project / fault.file, fault.old, fault.new)
    _edit(project / PLAN / "citations.yaml", "citations:\n", "citations: [\n")
    built = mkdocs(project, "build")
    assert built.returncode == 1
    assert re.search(r"^plan_data/units\.yaml:\d+:\d+: error: ", built.stdout, re.MULTILINE), built.stdout
    assert re.search(rf"^{PLAN}/citations\.yaml:\d+:\d+: error: ", built.stdout, re.MULTILINE), built.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_a_problem_stays_one_line_in_a_terminal(project: Path) -> None:
    """A problem is not folded to the width of the terminal, so that an editor can follow it."""
    fault = FAULTS["unknown unit"]
    _edit(project / fault.file, fault.old, fault.new)
    outside, inside = os.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "mkdocs", "build"],
        cwd=project,
        env=mkdocs_environment(COLUMNS="60", LINES="20", TERM="xterm"),
        stdin=subprocess.DEVNULL,
        stdout=inside,
        stderr=inside,
    ) as process:
        os.close(inside)
        said = _read_all(outside).replace("\r\n", "\n")
    os.close(outside)
    assert process.returncode == 1
    assert re.search(rf"^{fault.said}$", said, re.MULTILINE), said


def _read_all(terminal: int) -> str:
    """Read a pseudo-terminal until nobody writes to it any more, which Linux reports as an error."""
    pieces = []
    try:
        while piece := os.read(terminal, 65536):
            pieces.append(piece)
    except OSError:
        pass
    return b"".join(pieces).decode("utf-8")


def test_a_good_build_replaces_the_last_one(small_project: Path, mkdocs: MkDocs) -> None:
    """A build without a fault leaves nothing of the site before it, and nothing beside it."""
    last_good = _last_good(small_project)
    before = {path.name for path in small_project.iterdir()}
    built = mkdocs(small_project, "build", "--strict")
    assert built.returncode == 0, built.stdout
    assert (last_good / "units" / "convenience" / "index.html").is_file()
    assert not (last_good / "odd name.txt").exists()
    # Beside it lies what Jinja keeps of the templates.
    assert {path.name for path in small_project.iterdir()} == before | {".cache"}


def test_text_with_markup_stays_text(project: Path, mkdocs: MkDocs) -> None:
    """Markup in the official text is shown, never obeyed: in the content, the heading, the contents, the head."""
    plain = "加快构建“4×3”现代产业体系"
    # No `>`: the rules would take what it closes for the title of a document.
    hostile = """加快<img src=x onerror="f(1)" title='&amp;{{ 7*7 }}*重*"构建"""
    source = project / PLAN / "source.txt"
    digest = hashlib.sha256(source.read_bytes()).hexdigest()
    _edit(source, plain, hostile)
    _edit(project / PLAN / "glossary.yaml", "    forms: [“4×3”现代产业体系]\n", "")
    _edit(project / PLAN / "sectors" / "1.yaml", plain, hostile)
    _edit(project / PLAN / "plan.yaml", digest, hashlib.sha256(source.read_bytes()).hexdigest())
    built = mkdocs(project, "build", "--strict")
    assert built.returncode == 0, built.stdout

    for file in sorted((project / "site").rglob("*.html")):
        page = parse(file.relative_to(project / "site").as_posix(), file.read_text("utf-8"))
        assert page.errors == (), page.file
        assert not any(element.get("onerror") for element in page.tree.iter()), page.file
    task = parse("t", (project / "site/plans/xishan-2022-2024/tasks/1/index.html").read_text("utf-8"))
    assert text_of(next(task.find("h1"))).strip() == hostile
    assert text_of(next(task.find("title"))).startswith(hostile)
    (description,) = (meta.get("content") or "" for meta in task.find("meta") if meta.get("name") == "description")
    assert hostile in description
