"""What `mkdocs build` does with the folder of the site: two at once, killed, and wherever it may lie."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from tests.conftest import NO_OVERRIDE, PATIENCE, mkdocs_environment

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import MkDocs

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links, locks and signals as POSIX has them")


@pytest.fixture
def last_good(small_project: Path) -> Path:
    """Return a site that an earlier build left, with a file that no build makes."""
    folder = small_project / "site"
    folder.mkdir()
    (folder / "index.html").write_text("last good", "utf-8")
    (folder / "yesterday.html").write_text("last good", "utf-8")
    return folder


def _start(folder: Path, *arguments: str, before: tuple[str, ...] | list[str] = ()) -> subprocess.Popen[str]:
    """Start a build, with a command before it."""
    return subprocess.Popen(
        [*before, sys.executable, "-m", "mkdocs", "build", "--strict", *arguments],
        cwd=folder,
        env=mkdocs_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )


def _ended(build: subprocess.Popen[str]) -> tuple[int, str]:
    """Wait for a build, and return its exit status and what it said."""
    said, _ = build.communicate(timeout=PATIENCE)
    assert "Traceback" not in said, said
    return build.returncode, said


def _wait_until_it_builds(folder: Path) -> None:
    """Wait until a build makes its new site."""
    end = time.monotonic() + PATIENCE
    while not any(folder.glob(".site-new-*/404.html")):
        assert time.monotonic() < end
        time.sleep(0.01)


def _names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} - {".cache"}


def _assert_whole(site: Path) -> None:
    """Check that a site is a new one, and has what the first and the last step of a build write."""
    assert not (site / "yesterday.html").exists()
    for name in ("index.html", "404.html", "assets/site.css", "sitemap.xml"):
        assert (site / name).is_file(), name
    assert "last good" not in (site / "index.html").read_text("utf-8")


def test_two_builds_at_once(small_project: Path, last_good: Path) -> None:
    """A second build waits for the first and says so; both succeed, and the site is whole."""
    before = _names(small_project)
    first = _start(small_project)
    _wait_until_it_builds(small_project)
    first.send_signal(signal.SIGSTOP)
    second = _start(small_project)
    assert second.stdout
    told = f"另一个构建（进程 {first.pid}）正在写这个网站"
    assert any(told in line for line in iter(second.stdout.readline, ""))
    assert (last_good / "yesterday.html").is_file()
    first.send_signal(signal.SIGCONT)
    assert _ended(first)[0] == 0
    assert _ended(second)[0] == 0
    _assert_whole(last_good)
    assert _names(small_project) == before


@pytest.mark.parametrize("kind", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_build_that_is_stopped(small_project: Path, last_good: Path, kind: signal.Signals) -> None:
    """A build that is killed or interrupted leaves the last good site; the next one goes on and clears up."""
    before = _names(small_project)
    build = _start(small_project)
    _wait_until_it_builds(small_project)
    build.send_signal(kind)
    assert _ended(build)[0] != 0
    assert (last_good / "yesterday.html").is_file()
    if kind == signal.SIGINT:
        assert _names(small_project) == before
    assert _ended(_start(small_project))[0] == 0
    _assert_whole(last_good)
    assert _names(small_project) == before


def test_a_checkout_keeps_what_is_its_own(small_project: Path, tmp_path: Path) -> None:
    """A site that is built onto a git checkout leaves .git and .nojekyll alone."""
    checkout = tmp_path / "checkout"
    for command in (["init", "--quiet", str(checkout)], ["-C", str(checkout), "config", "user.name", "theirs"]):
        subprocess.run(["git", *command], check=True)
    (checkout / ".nojekyll").touch()
    (checkout / "yesterday.html").touch()
    status, said = _ended(_start(small_project, "--site-dir", str(checkout)))
    assert status == 0, said
    _assert_whole(checkout)
    assert (checkout / ".nojekyll").is_file()
    name = subprocess.run(["git", "-C", str(checkout), "config", "user.name"], capture_output=True, check=True).stdout
    assert name == b"theirs\n"
    assert _names(tmp_path) == {"project", "checkout"}


@pytest.mark.parametrize("place", ["out/x", "link"])
def test_other_places(small_project: Path, tmp_path: Path, place: str) -> None:
    """A nested folder that is not there yet is made; a link is followed and stays."""
    (tmp_path / "www").mkdir()
    (small_project / "link").symlink_to(tmp_path / "www")
    status, said = _ended(_start(small_project, "--site-dir", place))
    assert status == 0, said
    _assert_whole(small_project / place)
    assert (small_project / "link").is_symlink()
    assert _names(tmp_path) == {"project", "www"}
    assert _names(small_project / "out") == {"x"} if place == "out/x" else not (small_project / "out").exists()


def test_a_file_in_its_place(small_project: Path) -> None:
    """A file named site is not taken away: it is named, with what to do, and status 2."""
    (small_project / "site").write_text("a file", "utf-8")
    status, said = _ended(_start(small_project))
    assert (status, (small_project / "site").read_text("utf-8")) == (2, "a file")
    assert "无法读写 site：不是目录" in said


def test_a_full_disk(small_project: Path, last_good: Path) -> None:
    """Where a file cannot be written to its end, that is said, not blamed on a page, and the last good site stays."""
    before = _names(small_project)
    # In blocks of 512 bytes: room for every file but the largest.
    status, said = _ended(_start(small_project, before=["sh", "-c", 'ulimit -f 40; exec "$@"', "sh"]))
    assert status == 2
    assert "文件超过了系统允许的大小" in said
    assert "ERROR" not in said
    assert (last_good / "yesterday.html").is_file()
    assert _names(small_project) == before


def test_a_closed_checkout(small_project: Path, last_good: Path) -> None:
    """In a project that may not be written to, the build says so; a site elsewhere is built, without any cache."""
    for folder in (small_project, last_good):
        folder.chmod(0o555)
    try:
        status, said = _ended(_start(small_project, before=NO_OVERRIDE))
        assert status == 2
        assert "无法读写 site：没有权限" in said
        elsewhere = small_project.parent / "elsewhere"
        status, said = _ended(_start(small_project, "--site-dir", str(elsewhere), before=NO_OVERRIDE))
        assert status == 0, said
    finally:
        for folder in (small_project, last_good):
            folder.chmod(0o755)
    assert (last_good / "yesterday.html").is_file()
    _assert_whole(elsewhere)


def test_a_closed_cache(small_project: Path) -> None:
    """A cache that may not be written to, or that holds rubbish, is no hindrance."""
    status, _ = _ended(_start(small_project))
    assert status == 0
    cache = small_project / ".cache" / "plansite"
    files = sorted(cache.iterdir())
    assert files
    for file in files[::2]:
        file.write_bytes(file.read_bytes()[:-100])
    for file in files[1::2]:
        file.unlink()
    cache.chmod(0o555)
    try:
        status, said = _ended(_start(small_project, before=NO_OVERRIDE))
    finally:
        cache.chmod(0o755)
    assert status == 0, said


def test_nothing_is_said_where_nobody_listens(small_project: Path, mkdocs: MkDocs) -> None:
    """Without standard error a problem still ends the build with its status."""
    assert mkdocs(small_project, "build").returncode == 0
    (small_project / "plan_data" / "units.yaml").write_text("units: [\n", "utf-8")
    build = _start(small_project, before=["sh", "-c", 'exec "$@" 2>&-', "sh"])
    assert _ended(build)[0] == 1


GBK = "文件不是 UTF-8 编码：请在编辑器里选“UTF-8”另存（常见原因是存成了 GBK） (file-encoding)"
UNREADABLE_TEXT = "读不了这个文件：请检查权限和磁盘 (file-unreadable)"
FAULTS: dict[str, tuple[Callable[[Path], object], int, str]] = {
    "document in another encoding": (
        lambda root: (root / "docs" / "about.md").write_bytes("# 关于\n\n本站".encode("gbk")),
        1,
        f"docs/about.md:1:3: error: {GBK}",
    ),
    "closed document": (
        lambda root: (root / "docs" / "about.md").chmod(0o000),
        2,
        f"docs/about.md:1:1: error: {UNREADABLE_TEXT}",
    ),
    "closed folder of documents": (
        lambda root: (root / "docs" / "more").mkdir(0o000),
        2,
        "docs/more:1:1: error: 读不了这个目录：请检查权限和磁盘 (file-unreadable)",
    ),
    "link to nowhere": (
        lambda root: (root / "docs" / "picture.png").symlink_to("nowhere"),
        1,
        "docs/picture.png:1:1: error: 链接指向的文件不存在：请修好链接，或换成文件 (file-missing)",
    ),
    "pipe among the documents": (
        lambda root: os.mkfifo(root / "docs" / "picture.png"),
        1,
        "docs/picture.png:1:1: error: 这里应是一个文件，现在是管道或设备：请换成文件 (file-missing)",
    ),
    "closed template": (
        lambda root: (root / "overrides" / "pages" / "unit.html").chmod(0o000),
        2,
        f"overrides/pages/unit.html:1:1: error: {UNREADABLE_TEXT}",
    ),
    "template in another encoding": (
        lambda root: (root / "overrides" / "main.html").write_bytes("\n关".encode("gbk")),
        1,
        f"overrides/main.html:2:1: error: {GBK}",
    ),
    "closed style sheet": (
        lambda root: (root / "overrides" / "assets" / "style" / "type.css").chmod(0o000),
        2,
        f"overrides/assets/style/type.css:1:1: error: {UNREADABLE_TEXT}",
    ),
    "closed plan": (
        lambda root: (root / "plan_data" / "tiny-2022-2024").chmod(0o000),
        2,
        "plan_data/tiny-2022-2024:1:1: error: 读不了这个目录：请检查权限和磁盘 (file-unreadable)",
    ),
    "closed data": (
        lambda root: (root / "plan_data").chmod(0o000),
        2,
        "plansite: 无法读写 plan_data：没有权限，请检查这里和上级目录的权限，或换一个目录。网站没有更新",
    ),
    "pipe for data": (
        lambda root: (shutil.rmtree(root / "plan_data"), os.mkfifo(root / "plan_data")),
        1,
        "plansite: 没有数据目录 plan_data：请检查 mkdocs.yml 里 plansite 的 plan_data",
    ),
}
"""What is done to a project, the exit status, and the line that must be said."""


@pytest.mark.parametrize("name", FAULTS)
def test_what_cannot_be_read(small_project: Path, last_good: Path, name: str) -> None:
    """What cannot be read is named where it lies, with what to do, and nothing else is blamed for it."""
    change, status, line = FAULTS[name]
    change(small_project)
    try:
        ended, said = _ended(_start(small_project, before=NO_OVERRIDE))
    finally:
        for path in (small_project / "plan_data", small_project / "docs" / "more"):
            if path.exists():
                path.chmod(0o755)
    assert ended == status, said
    lines = [text for text in said.splitlines() if text.strip() and not text.startswith("INFO ")]
    assert lines[0] == line
    assert [text for text in lines if not text.startswith(("plansite: ", line.split(":")[0]))] == []
    assert (last_good / "yesterday.html").is_file()


def test_input_may_be_closed(small_project: Path) -> None:
    """A build needs no standard input."""
    build = _start(small_project, before=["sh", "-c", 'exec "$@" <&-', "sh"])
    assert _ended(build)[0] == 0
    _assert_whole(small_project / "site")
