"""The live preview and the publication, as MkDocs' users know them: `mkdocs serve` and `mkdocs gh-deploy`."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from tests.conftest import PATIENCE, mkdocs_environment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.conftest import MkDocs

UNIT = "units/convenience/"
SECTOR = "plan_data/tiny-2022-2024/sectors/1.yaml"
LARGE_SECTOR = "plan_data/xishan-2022-2024/sectors/1.yaml"
PROBLEM = r"^plan_data/{}/sectors/1\.yaml:{}:\d+: error: .*甲乙丙局.* \(unknown-unit\)$"


@dataclass
class Preview:
    """A running `mkdocs serve`."""

    process: subprocess.Popen[bytes]
    address: str
    output: Path

    def said(self) -> str:
        """Return all that it has printed."""
        return self.output.read_text("utf-8")

    def page(self, path: str) -> str:
        """Return a page as it is served now; MkDocs holds the answer back while it builds."""
        with urllib.request.urlopen(self.address + path, timeout=PATIENCE) as response:  # noqa: S310 - our own server
            return str(response.read().decode("utf-8"))

    def wait_for(self, what: str, holds: Callable[[], bool]) -> None:
        """Wait until something holds; says what it waited for when it does not."""
        end = time.monotonic() + PATIENCE
        while not self._try(holds):
            assert self.process.poll() is None, f"the preview has ended:\n{self.said()}"
            assert time.monotonic() < end, f"no {what} within {PATIENCE:.0f} s:\n{self.said()}"
            time.sleep(0.1)

    @staticmethod
    def _try(holds: Callable[[], bool]) -> bool:
        try:
            return holds()
        except OSError:
            return False


@pytest.fixture
def preview(small_project: Path, tmp_path: Path) -> Iterator[Preview]:
    """Return a preview of a copy of the project, once it answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    output = tmp_path / "output.txt"
    with output.open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}"],
            cwd=small_project,
            env=mkdocs_environment(PYTHONUNBUFFERED="1"),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    running = Preview(process, f"http://127.0.0.1:{port}/", output)
    try:
        running.wait_for("first page", lambda: "</html>" in running.page(""))
        yield running
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)


def _edit(file: Path, old: str, new: str) -> None:
    """Replace the first occurrence of a text in a file, as an editor would."""
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def test_edits_show_without_a_restart(small_project: Path, preview: Preview) -> None:
    """A changed YAML file, template, style sheet and document each show on the page that they make."""
    _edit(small_project / "plan_data" / "units.yaml", "name: 便民局,", "name: 预览改名局,")
    preview.wait_for("changed alias", lambda: "预览改名局" in preview.page(UNIT))

    _edit(small_project / "overrides" / "pages" / "unit.html", "{{ view.headings.targets }}</h2>", "预览改题</h2>")
    preview.wait_for("changed template", lambda: "预览改题</h2>" in preview.page(UNIT))

    _edit(small_project / "overrides" / "main.html", "非官方", "预览非官方")
    preview.wait_for("changed frame", lambda: "预览非官方" in preview.page(UNIT))

    _edit(small_project / "overrides" / "assets" / "style" / "tokens.css", ":root", ":root { --ps-preview: 1; }\n:root")
    preview.wait_for("changed style", lambda: "--ps-preview" in preview.page("assets/site.css"))

    _edit(small_project / "docs" / "about.md", "# 关于", "# 预览改文")
    preview.wait_for("changed document", lambda: "预览改文" in preview.page("about/"))

    assert "Traceback" not in preview.said()


def test_a_mistake_shows_its_line_and_is_mended(small_project: Path, preview: Preview) -> None:
    """Broken data prints its problem line and leaves the old page served; mended, the preview goes on."""
    before = preview.page(UNIT)
    assert "预览恢复局" not in before

    _edit(small_project / SECTOR, "总牵头单位:区便民局", "总牵头单位:甲乙丙局")
    line = re.compile(PROBLEM.format("tiny-2022-2024", 29), re.MULTILINE)
    preview.wait_for("problem line", lambda: line.search(preview.said()) is not None)
    assert _page_alone(preview.page(UNIT)) == _page_alone(before)

    _edit(small_project / SECTOR, "总牵头单位:甲乙丙局", "总牵头单位:区便民局")
    _edit(small_project / "plan_data" / "units.yaml", "name: 便民局,", "name: 预览恢复局,")
    preview.wait_for("mended page", lambda: "预览恢复局" in preview.page(UNIT))
    assert "Traceback" not in preview.said()


def test_a_broken_template_shows_its_line_and_is_mended(small_project: Path, preview: Preview) -> None:
    """A template that names something unknown prints where, leaves the old page served, and recovers."""
    before = preview.page(UNIT)
    template = small_project / "overrides" / "pages" / "unit.html"
    _edit(template, "view.name }}</h1>", "view.nonsense }}</h1>")
    place = re.compile(r"^\S*overrides/pages/unit\.html:\d+:\d+: error: .*nonsense.*$", re.MULTILINE)
    preview.wait_for("problem line", lambda: place.search(preview.said()) is not None)
    assert _page_alone(preview.page(UNIT)) == _page_alone(before)

    _edit(template, "view.nonsense }}</h1>", "view.name }}（预览）</h1>")
    preview.wait_for("mended page", lambda: "（预览）</h1>" in preview.page(UNIT))
    assert "Traceback" not in preview.said()


BREAKAGES = {
    "mkdocs.yml": (b"plugins: [\n", "网页还是上一次的样子：mkdocs.yml 或文档有错"),
    "docs/about.md": ("# 关于".encode("gbk"), ": error: 文件不是 UTF-8 编码"),
}


def test_a_broken_file_of_the_project_holds_nothing_back(small_project: Path, preview: Preview) -> None:
    """Broken settings or an unreadable document leave the old pages served and are said; mended, it goes on."""
    before = preview.page(UNIT)
    for number, (name, (broken, said)) in enumerate(BREAKAGES.items()):
        file = small_project / name
        good = file.read_bytes()
        file.write_bytes(good + broken)
        preview.wait_for("reason", lambda said=said: said in preview.said())  # type: ignore[misc]
        assert _page_alone(preview.page(UNIT)) == _page_alone(before)

        file.write_bytes(good)
        _edit(small_project / "docs" / "about.md", "# ", f"# 预览恢复{number}")
        preview.wait_for("mended page", lambda n=number: f"预览恢复{n}" in preview.page("about/"))  # type: ignore[misc]
    assert "Traceback" not in preview.said()


def _page_alone(html: str) -> str:
    """Return a served page without the script for reloading that MkDocs puts into it."""
    return re.sub(r"<script>\s*var livereload.*?</script>", "", html, flags=re.DOTALL)


def _git(folder: Path, *arguments: str) -> str:
    """Run git away from the settings of the machine."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | {
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
    }
    done = subprocess.run(
        ["git", *arguments], cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def remote(project: Path, tmp_path: Path) -> Path:
    """Return an empty repository that the project's own pushes to."""
    bare = tmp_path / "remote.git"
    bare.mkdir()
    _git(bare, "init", "--quiet", "--bare")
    _git(project, "init", "--quiet")
    _git(project, "remote", "add", "origin", str(bare))
    for name, value in (("user.name", "test"), ("user.email", "test@example.org")):
        _git(project, "config", name, value)
    (project / ".gitignore").write_text("site/\n", "utf-8")
    _git(project, "add", ".")
    _git(project, "commit", "--quiet", "--message", "project")
    return bare


def test_gh_deploy_publishes_the_site(project: Path, remote: Path, mkdocs: MkDocs, site: Path) -> None:
    """`mkdocs gh-deploy` puts the whole site on the branch that GitHub Pages serves."""
    done = mkdocs(project, "gh-deploy", "--strict", "--no-history", GIT_CONFIG_GLOBAL=os.devnull)
    assert done.returncode == 0, done.stdout
    published = set(_git(remote, "-c", "core.quotePath=false", "ls-tree", "-r", "--name-only", "gh-pages").splitlines())
    built = {file.relative_to(site).as_posix() for file in site.rglob("*") if file.is_file()}
    assert published == built | {".nojekyll"}
    assert _git(remote, "show", "gh-pages:index.html") == (site / "index.html").read_text("utf-8")


def test_gh_deploy_publishes_nothing_broken(project: Path, remote: Path, mkdocs: MkDocs) -> None:
    """Broken data publishes nothing and says where it is broken."""
    _edit(project / LARGE_SECTOR, "区委宣传部", "甲乙丙局")
    done = mkdocs(project, "gh-deploy", "--no-history", GIT_CONFIG_GLOBAL=os.devnull)
    assert done.returncode != 0
    assert re.search(PROBLEM.format("xishan-2022-2024", 128), done.stdout, re.MULTILINE)
    assert "Traceback" not in done.stdout
    assert _git(remote, "branch", "--list", "--all") == ""
