"""A folder's change of place: the new one is made beside the old and takes its place whole, or not at all.

One process at a time: a lock beside the folder. The new folder has a name of its
own, and so has the old one on its way out, so that whatever is killed in between leaves
names that say what they are; the next process puts them right.

    .site.lock          held while a new folder is made and put in
    .site-new-1234      not in yet, or on its way out: can go
    .site-old-1234      the last good one: goes back if its place is empty

A mount cannot be renamed, and what others keep in a folder (.git, .nojekyll, a mount
within) must stay where it is. There the new folder is made inside and changes places
with the old one file by file; `.site-old-…`, inside as well, keeps what was replaced until
all is in.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import stat
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from .lock import Lock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_ENTER: Final = os.W_OK | os.X_OK


class Swap:
    """One change of a folder's content: `begin`, fill `new`, then `finish` or `abandon`."""

    def __init__(self, folder: Path) -> None:
        # A link to a folder stays; what it leads to is changed.
        self.target = Path(os.path.realpath(folder))
        self._within = False
        self._lock: Lock | None = None

    @property
    def new(self) -> Path:
        """The folder to fill."""
        return self._named("new", self._within)

    def begin(self, on_wait: Callable[[str], None]) -> None:
        """Take the lock, put right what a killed process left, and decide how to go about it.

        `on_wait` is told once which process holds the lock. Raises OSError, BusyError.
        """
        parent = self.target.parent
        parent.mkdir(parents=True, exist_ok=True)
        is_open = os.access(parent, _ENTER)
        if os.path.lexists(self.target) and not self.target.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, "", str(self.target))
        if not is_open and not (self.target.is_dir() and os.access(self.target, _ENTER)):
            raise PermissionError(errno.EACCES, "", str(self.target if self.target.is_dir() else parent))
        lock = Lock((parent if is_open else self.target) / f".{self.target.name}.lock")
        lock.acquire(on_wait)
        self._lock = lock
        self._heal()
        self._within = self.target.is_dir() and (not is_open or _must_stay(self.target))
        if self._within:
            _require_access(self.target)
        self.new.mkdir(0o777)

    def finish(self) -> list[Path]:
        """Put the new folder in and give the lock back; returns old folders that could not be taken away.

        If that fails the old one is as it was. Raises OSError.
        """
        if self._within or not self._exchange():
            self._exchange_files()
        left = [path for path in self._strays() if not _removed(path)]
        self._release()
        return left

    def abandon(self) -> None:
        """Leave everything as it was; does nothing where nothing was begun or all is done."""
        if self._lock is not None:
            self._heal()
            self._release()

    def _release(self) -> None:
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def _named(self, kind: str, is_within: bool) -> Path:  # noqa: FBT001 - two places, one name
        folder = self.target if is_within else self.target.parent
        return folder / f".{self.target.name}-{kind}-{os.getpid()}"

    def _strays(self) -> list[Path]:
        """Return what this process or one before it has left, beside the target and inside; .site-new is of old."""
        name = re.compile(rf"\.{re.escape(self.target.name)}-(?:new(?:-\d+)?|old-\d+)")
        return [
            path
            for folder in (self.target.parent, self.target)
            for path in _entries(folder)
            if name.fullmatch(path.name)
        ]

    def _heal(self) -> None:
        """Put back what was on its way out; take away what had not come in."""
        for path in self._strays():
            if f".{self.target.name}-old-" in path.name:
                if path.parent == self.target:
                    _put_back(path, self.target)
                elif not os.path.lexists(self.target):
                    path.rename(self.target)
        for path in self._strays():
            _removed(path)

    def _exchange(self) -> bool:
        """Let two folders change places; says whether they could."""
        old, new = self._named("old", is_within=False), self.new
        had = self.target.is_dir()
        if had:
            shutil.copymode(self.target, new)
        try:
            try:
                if had:
                    self.target.rename(old)
            except OSError:
                # A mount that nothing tells, a layer of a container, a folder that a program is in.
                return False
            new.rename(self.target)
        except BaseException:
            if os.path.lexists(old) and not os.path.lexists(self.target):
                old.rename(self.target)
            raise
        return True

    def _exchange_files(self) -> None:
        """Let the files of two folders change places, one by one."""
        new, old = self.new, self._named("old", is_within=True)
        if not self._within:
            _require_access(self.target)
            new = _copied(new, self._named("new", is_within=True))
        added: list[Path] = []
        try:
            old.mkdir(exist_ok=True)
            _move_in(new, self.target, old, added)
        except BaseException:
            _put_back(old, self.target)
            for path in added:
                path.unlink(missing_ok=True)
            raise
        # From here on it is nothing that goes back.
        _removed(new)
        old.rename(new)


def _entries(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return []


def _is_foreign(path: Path) -> bool:
    """Say whether something in the folder is none of ours: a hidden name, or a mount."""
    return path.name.startswith(".") or path.is_mount()


def _walk(folder: Path) -> Iterator[tuple[Path, list[Path], list[Path]]]:
    """Yield (folder, files and links in it, foreign things in it), from the top, and never into what is foreign."""
    for name, folders, files in os.walk(folder, onerror=_raise):
        here = Path(name)
        links = [one for one in folders if (here / one).is_symlink()]
        foreign = [one for one in folders + files if one not in links and _is_foreign(here / one)]
        folders[:] = sorted(one for one in folders if one not in links and one not in foreign)
        yield here, [here / one for one in sorted(files + links) if one not in foreign], [here / one for one in foreign]


def _raise(error: OSError) -> None:
    """Let no folder pass that cannot be looked into."""
    raise error


def _must_stay(folder: Path) -> bool:
    """Say whether a folder cannot be put aside: it is a mount, or holds what is none of ours."""
    try:
        return folder.is_mount() or any(foreign for _, _, foreign in _walk(folder))
    except PermissionError:
        return False


def _require_access(folder: Path) -> None:
    """Raise PermissionError where files of a folder could not be replaced."""
    for here, _, _ in _walk(folder):
        if not os.access(here, _ENTER):
            raise PermissionError(errno.EACCES, "", str(here))


def _copied(source: Path, target: Path) -> Path:
    """Copy a folder of plain files, and return where to."""
    for here, _, files in os.walk(source):
        into = target / Path(here).relative_to(source)
        into.mkdir(parents=True, exist_ok=True)
        for name in files:
            shutil.copyfile(Path(here, name), into / name)
    return target


def _move_in(new: Path, target: Path, old: Path, added: list[Path]) -> None:
    """Move the files of a new folder in, what they replace and what they leave out to another; notes what is added."""
    kept = {target}
    for name, folders, files in os.walk(new):
        into = target / Path(name).relative_to(new)
        if into.is_symlink() or (os.path.lexists(into) and not into.is_dir()):
            _move_out(into, target, old)
        into.mkdir(exist_ok=True)
        kept.add(into)
        folders.sort()
        for file in sorted(files):
            place = into / file
            if os.path.lexists(place):
                _move_out(place, target, old)
            else:
                added.append(place)
            Path(name, file).rename(place)
            kept.add(place)
    emptied = []
    for here, files_here, _ in _walk(target):
        for path in files_here:
            if path not in kept:
                _move_out(path, target, old)
        emptied.append(here)
    for here in reversed(emptied):
        if here not in kept:
            # One that holds something foreign stays.
            with suppress(OSError):
                here.rmdir()


def _move_out(path: Path, target: Path, old: Path) -> None:
    """Move what stands in the way to the old things."""
    if path.is_dir() and not path.is_symlink() and _must_stay(path):
        raise IsADirectoryError(errno.EISDIR, "", str(path))
    place = old / path.relative_to(target)
    place.parent.mkdir(parents=True, exist_ok=True)
    path.rename(place)


def _put_back(old: Path, target: Path) -> None:
    """Move what was moved out back to where it was."""
    for name, folders, files in os.walk(old):
        here = Path(name)
        into = target / here.relative_to(old)
        if into.is_symlink() or (os.path.lexists(into) and not into.is_dir()):
            into.unlink()
        into.mkdir(exist_ok=True)
        for file in (*files, *(one for one in folders if (here / one).is_symlink())):
            place = into / file
            if place.is_dir() and not place.is_symlink():
                _removed(place)
            (here / file).replace(place)


def _removed(path: Path) -> bool:
    """Take a folder away, also one that was write-protected; says whether nothing is left."""
    if path.is_symlink() or path.is_file():
        path.unlink()
        return True
    shutil.rmtree(path, ignore_errors=True)
    if path.is_dir():
        _unlock(path)
        for name, folders, _ in os.walk(path):
            for folder in folders:
                _unlock(Path(name, folder))
        shutil.rmtree(path, ignore_errors=True)
    return not os.path.lexists(path)


def _unlock(folder: Path) -> None:
    """Let us take things out of a folder, if it is ours."""
    if not folder.is_symlink():
        with suppress(OSError):
            folder.chmod(stat.S_IMODE(folder.stat().st_mode) | stat.S_IRWXU)
