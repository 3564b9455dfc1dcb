"""A folder's change of place: whole or not at all, whatever stands there, fails, or is killed."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from generator.publish import lock
from generator.publish.lock import BusyError, Lock
from generator.publish.swap import Swap
from tests.conftest import NO_OVERRIDE, PATIENCE
from tests.publish.conftest import FULL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.publish.conftest import Mounted

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="folders, links and signals as POSIX has them")

ROOT = Path(__file__).resolve().parents[2]
OLD = {"index.html": "old", "gone/index.html": "old", "becomes-folder": "old", "becomes-file/index.html": "old"}
NEW = {"index.html": "new", "units/a/index.html": "new", "becomes-folder/index.html": "new", "becomes-file": "new"}

STEPS = """
import os, pathlib, shutil, signal, sys
from generator.publish.swap import Swap
folder, kind, first, last, *names = sys.argv[1:]
def counted(function):
    def step(*arguments, **settings):
        global steps
        if not steps:
            os.kill(os.getpid(), getattr(signal, kind))
        steps -= 1
        return function(*arguments, **settings)
    return step
os.rename, shutil.rmtree = counted(os.rename), counted(shutil.rmtree)
def put_in(site):
    global steps
    steps, planned = -1, steps
    swap = Swap(site)
    swap.begin(lambda _: None)
    for name in names:
        file = swap.new / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("new")
    steps = planned
    swap.finish()
for steps in range(int(first), int(last)):
    process = os.fork()
    if not process:
        try:
            put_in(pathlib.Path(folder, str(steps), "site"))
        except KeyboardInterrupt:
            os._exit(130)
        os._exit(0)
    _, status = os.waitpid(process, 0)
    print(os.waitstatus_to_exitcode(status))
"""
"""Puts new files in, again and again, and sends itself a signal before the first step, before the second, and so on."""


def _fill(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


def _tree(folder: Path) -> dict[str, str]:
    """Return every file of a folder, with hidden ones."""
    return {
        path.relative_to(folder).as_posix(): path.read_text()
        for path in folder.rglob("*")
        if path.is_file() and not path.is_symlink()
    }


def _silent(_: str) -> None:
    """Say nothing."""


def _swap(folder: Path, files: dict[str, str] | None = None) -> list[Path]:
    """Put new files in."""
    swap = Swap(folder)
    try:
        swap.begin(_silent)
        _fill(swap.new, NEW if files is None else files)
        return swap.finish()
    finally:
        swap.abandon()


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Return an old site in a folder of its own."""
    _fill(tmp_path / "site", OLD)
    return tmp_path / "site"


def test_the_new_takes_the_place_of_the_old(site: Path) -> None:
    """The new files are there, the old are gone, and nothing lies beside them."""
    assert _swap(site) == []
    assert _tree(site) == NEW
    assert _names(site.parent) == ["site"]


def test_where_nothing_is_folders_are_made(tmp_path: Path) -> None:
    """A first build, also below folders that are not there, makes them."""
    _swap(tmp_path / "out" / "x" / "site")
    assert _tree(tmp_path) == {f"out/x/site/{name}": text for name, text in NEW.items()}


def test_what_is_abandoned_leaves_no_trace(site: Path) -> None:
    """A change that is given up leaves the old files, and nothing beside them."""
    swap = Swap(site)
    swap.begin(_silent)
    _fill(swap.new, NEW)
    assert _tree(site) == OLD
    swap.abandon()
    assert _tree(site) == OLD
    assert _names(site.parent) == ["site"]


def test_the_mode_of_the_folder_is_kept(site: Path) -> None:
    """A folder that is open to a group stays so."""
    site.chmod(0o2775)
    _swap(site)
    assert site.stat().st_mode & 0o7777 == 0o2775


def test_a_write_protected_part_is_replaced(site: Path) -> None:
    """A protected folder inside the old site neither keeps the new one out nor stays beside it."""
    (site / "gone").chmod(0o555)
    _without_rights(f"assert swapped('{site}') == []")
    assert _tree(site) == NEW
    assert _names(site.parent) == ["site"]


HIDDEN = {
    ".nojekyll": "theirs",
    ".git/config": "theirs",
    ".git/refs/heads/main": "theirs",
    "gone/.htaccess": "theirs",
}


def test_hidden_files_stay(site: Path) -> None:
    """What others keep in the folder under hidden names is still there afterwards; all else is new."""
    _fill(site, HIDDEN)
    git = (site / ".git").stat().st_ino
    assert _swap(site) == []
    assert _tree(site) == NEW | HIDDEN
    assert (site / ".git").stat().st_ino == git
    assert _names(site) == sorted({name.split("/")[0] for name in NEW | HIDDEN})
    assert _names(site.parent) == ["site"]


def test_hidden_files_where_a_file_shall_be_are_not_lost(site: Path) -> None:
    """A new file does not push out a folder that holds what is none of ours: all stays as it was."""
    _fill(site, {"becomes-file/.git/config": "theirs"})
    before = _tree(site)
    with pytest.raises(IsADirectoryError) as error:
        _swap(site)
    assert error.value.filename == str(site / "becomes-file")
    assert _tree(site) == before
    assert _names(site.parent) == ["site"]


def test_a_mount_stays(site: Path, mounted: Mounted) -> None:
    """Where another file system is mounted, its files are replaced and it stays mounted."""
    with mounted(site):
        _fill(site, OLD)
        assert _swap(site) == []
        assert site.is_mount()
        assert _tree(site) == NEW
        assert _names(site.parent) == ["site"]


def test_a_mount_that_does_not_show_stays(site: Path, mounted: Mounted) -> None:
    """A folder of the same file system that is mounted, which Python cannot tell, is replaced file by file."""
    elsewhere = site.parent / "elsewhere"
    _fill(elsewhere, OLD)
    with mounted(site, elsewhere):
        inode = site.stat().st_ino
        assert _swap(site) == []
        assert site.stat().st_ino == inode
        assert _tree(site) == NEW
    assert _names(site.parent) == ["elsewhere", "site"]


def test_a_mount_inside_stays(site: Path, mounted: Mounted) -> None:
    """What is mounted somewhere inside the folder keeps its files."""
    (site / "downloads").mkdir()
    with mounted(site / "downloads"):
        _fill(site / "downloads", {"large.zip": "theirs"})
        _swap(site)
        assert _tree(site) == NEW | {"downloads/large.zip": "theirs"}


@pytest.mark.parametrize("exists", [True, False])
def test_a_link_is_followed(tmp_path: Path, exists: bool) -> None:  # noqa: FBT001 - a case
    """A link to a folder, also to one that is not there yet, stays a link, and the folder is what changes."""
    real = tmp_path / "www" / "plan"
    if exists:
        _fill(real, OLD)
    link = tmp_path / "site"
    link.symlink_to(real)
    _swap(link)
    assert link.is_symlink()
    assert _tree(real) == NEW
    assert (_names(tmp_path), _names(real.parent)) == (["site", "www"], ["plan"])


def test_links_inside_are_not_followed(site: Path) -> None:
    """A link among the files goes or is replaced; what it leads to is not touched."""
    outside = site.parent / "outside"
    _fill(outside, {"a/index.html": "theirs"})
    _fill(site, {".nojekyll": ""})
    for name in ("units", "stray"):
        (site / name).symlink_to(outside)
    _swap(site)
    assert _tree(site) == NEW | {".nojekyll": ""}
    assert _tree(outside) == {"a/index.html": "theirs"}
    assert not (site / "stray").is_symlink()


def test_a_file_is_not_replaced(tmp_path: Path) -> None:
    """A file where the folder shall be is said to be none, and stays."""
    (tmp_path / "site").write_text("a file")
    with pytest.raises(NotADirectoryError) as error:
        _swap(tmp_path / "site")
    assert error.value.filename == str(tmp_path / "site")
    assert _tree(tmp_path) == {"site": "a file"}


def test_links_in_a_circle_are_said(tmp_path: Path) -> None:
    """A link to itself is an error of the system, and nothing else changes."""
    (tmp_path / "site").symlink_to("site")
    with pytest.raises(OSError, match="site"):
        _swap(tmp_path / "site")
    assert _names(tmp_path) == ["site"]


WITHOUT_RIGHTS = """
from generator.publish.swap import Swap
from pathlib import Path
def swapped(folder):
    swap = Swap(Path(folder))
    try:
        swap.begin(print)
        for name in %r:
            file = swap.new / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text("new")
        return swap.finish()
    finally:
        swap.abandon()
"""


def _without_rights(script: str) -> None:
    """Run a script as a user to whom write protection applies, as it does not to root."""
    command = [*NO_OVERRIDE, sys.executable, "-c", WITHOUT_RIGHTS % list(NEW) + script]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr


REFUSED = """
try:
    swapped({0!r})
except PermissionError as error:
    assert error.filename == {1!r}, error.filename
else:
    raise SystemExit("not refused")
"""


def test_a_closed_parent_is_no_hindrance(site: Path) -> None:
    """A folder whose parent one may not write to is replaced file by file."""
    site.parent.chmod(0o555)
    try:
        _without_rights(f"assert swapped({str(site)!r}) == []")
    finally:
        site.parent.chmod(0o755)
    assert _tree(site) == NEW
    assert _names(site.parent) == ["site"]
    assert _names(site) == sorted({name.split("/")[0] for name in NEW})


def test_a_closed_folder_is_named(tmp_path: Path) -> None:
    """Where neither the folder nor its parent can be written to, it is said of which, and nothing changes."""
    site = tmp_path / "closed" / "site"
    _fill(site, OLD)
    for folder in (site, site.parent):
        folder.chmod(0o555)
    try:
        _without_rights(REFUSED.format(str(site), str(site)))
        _without_rights(REFUSED.format(str(site.parent / "other"), str(site.parent)))
    finally:
        for folder in (site.parent, site):
            folder.chmod(0o755)
    assert _tree(site) == OLD
    assert _names(site.parent) == ["site"]


def test_a_closed_part_in_place_is_named(site: Path) -> None:
    """Where files must be replaced in place and one folder is closed, nothing at all is replaced."""
    _fill(site, {".nojekyll": ""})
    (site / "gone").chmod(0o555)
    try:
        _without_rights(REFUSED.format(str(site), str(site / "gone")))
    finally:
        (site / "gone").chmod(0o755)
    assert _tree(site) == OLD | {".nojekyll": ""}
    assert _names(site.parent) == ["site"]


def test_a_full_disk_changes_nothing(tmp_path: Path, mounted: Mounted) -> None:
    """Where the new files do not fit beside the old, the old stay and nothing else does."""
    disk = tmp_path / "disk"
    disk.mkdir()
    with mounted(disk):
        for site in (disk, disk / "site"):
            _fill(site, {"index.html": "old"})
            before = _tree(site)
            with pytest.raises(OSError) as error:  # noqa: PT011 - the number says which
                _swap(site, {"large": "x" * 2_000_000})
            assert error.value.errno in FULL
            assert _tree(site) == before
        assert _names(disk) == ["index.html", "site"]


def test_a_full_disk_elsewhere_changes_nothing(tmp_path: Path, mounted: Mounted) -> None:
    """Where the new files fit beside the folder but not into it, because it is mounted, the old stay."""
    site = tmp_path / "site"
    site.mkdir()
    with mounted(site):
        _fill(site, OLD)
        swap = Swap(site)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Path, "is_mount", lambda _: False)
            swap.begin(_silent)
            for number in range(4):
                _fill(swap.new, {f"large/{number}": "x" * 500_000})
            with pytest.MonkeyPatch.context() as full:
                if site.stat().st_dev == tmp_path.stat().st_dev:
                    full.setattr(shutil, "copyfile", _full)
                with pytest.raises(OSError) as error:  # noqa: PT011 - the number says which
                    swap.finish()
            swap.abandon()
        assert error.value.errno in FULL
        assert _tree(site) == OLD
    assert _names(tmp_path) == ["site"]


def _full(*_: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _failing(step: int) -> Callable[..., None]:
    """Return a rename that fails once, at the given step."""
    real, count = os.rename, 0

    def rename(*arguments: object) -> None:
        nonlocal count
        count += 1
        if count == step:
            raise OSError(5, "Input/output error", arguments[0])
        real(*arguments)  # type: ignore[arg-type]

    return rename


@pytest.mark.parametrize("step", range(1, 8))
@pytest.mark.parametrize("hidden", [{}, {".nojekyll": ""}], ids=["beside", "in place"])
def test_a_failure_at_any_step(site: Path, monkeypatch: pytest.MonkeyPatch, hidden: dict[str, str], step: int) -> None:
    """If the disk fails at any step, the old files are there or the new ones, never some of both."""
    _fill(site, hidden)
    monkeypatch.setattr(os, "rename", _failing(step))
    try:
        _swap(site)
    except OSError:
        assert _tree(site) == OLD | hidden
    else:
        assert _tree(site) == NEW | hidden
    assert _names(site.parent) == ["site"]


@pytest.mark.parametrize("kind", ["SIGKILL", "SIGINT"])
@pytest.mark.parametrize("hidden", [{}, {".nojekyll": ""}], ids=["beside", "in place"])
def test_killed_at_every_step(tmp_path: Path, hidden: dict[str, str], kind: str) -> None:
    """Whenever it is killed or interrupted, the next begin finds the old files or the new ones whole, and clears up."""
    last = 25
    for step in range(last):
        _fill(tmp_path / str(step) / "site", OLD | hidden)
    command = [sys.executable, "-c", STEPS, str(tmp_path), kind, "0", str(last), *NEW]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, encoding="utf-8")
    statuses = [int(line) for line in done.stdout.split()]
    stopped = {-9} if kind == "SIGKILL" else {130}
    assert set(statuses) == {0} | stopped
    assert statuses == sorted(statuses, key=lambda status: status == 0)
    assert statuses.index(0) > 2
    for step, status in enumerate(statuses):
        site = tmp_path / str(step) / "site"
        swap = Swap(site)
        swap.begin(_silent)
        found = {name: text for name, text in _tree(site).items() if not name.startswith(".site-")}
        swap.abandon()
        # What came in before the kill may stay beside the old files, but takes none away.
        assert found == NEW | hidden or (OLD | hidden).items() <= found.items(), (step, found)
        assert _names(site.parent) == ["site"]
        assert not [name for name in _names(site) if name.startswith(".site")]
        assert status != 0 or found == NEW | hidden


def test_what_older_builds_left_is_cleared(site: Path) -> None:
    """Folders of killed builds go; those that only have a like name stay."""
    others = (".site-new-x", ".site-old", ".site-older-1", ".website-new-1")
    for name in (".site-new", ".site-new-1", ".site-old-22", *others):
        _fill(site.parent / name, {"index.html": "?"})
    _swap(site)
    assert _names(site.parent) == sorted(["site", *others])


HOLD = """
import pathlib, sys
from generator.publish.lock import Lock
Lock(pathlib.Path(sys.argv[1])).acquire(print)
print("held", flush=True)
sys.stdin.read()
"""


@contextmanager
def _held(path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Have another process hold a lock."""
    command = [sys.executable, "-c", HOLD, str(path)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stdout.readline() == b"held\n"
        try:
            yield process
        finally:
            process.kill()


def test_a_second_waits_for_the_first(tmp_path: Path) -> None:
    """Who comes second is told once which process is at work, and goes on when that one ends, however it ends."""
    path = tmp_path / "lock"
    told: list[str] = []
    with _held(path) as first:

        def on_wait(process: str) -> None:
            told.append(process)
            os.kill(first.pid, signal.SIGKILL)

        second = Lock(path)
        second.acquire(on_wait)
    assert told == [str(first.pid)]
    second.release()
    assert not path.exists()


def test_a_change_waits_for_the_one_before(site: Path) -> None:
    """Nobody begins while another is at work on the same folder, also where it is reached by a link."""
    link = site.parent / "link"
    link.symlink_to(site)
    told: list[str] = []
    with _held(site.parent / ".site.lock") as first:

        def on_wait(process: str) -> None:
            assert not list(site.parent.glob(".site-*"))
            told.append(process)
            first.kill()

        swap = Swap(link)
        swap.begin(on_wait)
        swap.abandon()
    assert told == [str(first.pid)]


def test_waiting_has_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What holds the lock for too long is named in the end."""
    monkeypatch.setattr(lock, "_LONGEST", 0)
    path = tmp_path / "lock"
    with _held(path) as first, pytest.raises(BusyError, match=f"^{first.pid}$"):
        Lock(path).acquire(_silent)
    assert path.exists()


def test_a_left_lock_is_no_hindrance(tmp_path: Path) -> None:
    """A lock file without a holder is taken over, also where it is another user's."""
    path = tmp_path / "lock"
    path.write_text("1")
    path.chmod(0o444)
    mine = Lock(path)
    mine.acquire(lambda process: pytest.fail(f"waits for {process}"))
    mine.release()
    assert not path.exists()


def test_many_at_once_take_turns(site: Path) -> None:
    """Six that start together each finish, and the files are those of one of them."""
    turn = site.parent / "1000"
    turn.mkdir()
    site = site.rename(turn / "site")
    command = [sys.executable, "-c", STEPS, str(turn.parent), "SIGKILL", "1000", "1001", *NEW]
    running = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) for _ in range(6)]
    assert [process.communicate(timeout=PATIENCE)[0] for process in running] == [b"0\n"] * 6
    assert _tree(site) == NEW
    assert _names(site.parent) == ["site"]
