"""A lock that one process holds at a time, and that the system frees however the process ends."""

from __future__ import annotations

import errno
import os
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_PAUSE: Final = 0.1
"""Seconds between two tries."""
_LONGEST: Final = 20 * 60
"""Seconds to wait: longer than any build takes, so that what hangs is said in the end."""
_WITHOUT_LOCKS: Final = {errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.EBADF, errno.EINVAL}
"""What a file system says that knows no locks."""


class BusyError(Exception):
    """Another process held the lock for too long."""


class Lock:
    """Holds a file's lock; the file lies there only as long as somebody holds or wants it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = -1

    def acquire(self, on_wait: Callable[[str], None]) -> None:
        """Wait for the lock; `on_wait` is told once who holds it. Raises BusyError, OSError."""
        end = time.monotonic() + _LONGEST
        is_told = False
        while not self._try():
            holder = self._holder()
            if time.monotonic() > end:
                raise BusyError(holder)
            if not is_told:
                on_wait(holder)
            is_told = True
            time.sleep(_PAUSE)

    def release(self) -> None:
        """Give the lock back, if it is held, and take its file away."""
        if self._file == -1:
            return
        # First the file: a process that waits for it sees that it is gone, and makes a new one.
        with suppress(OSError):
            self.path.unlink()
        file, self._file = self._file, -1
        os.close(file)

    def _try(self) -> bool:
        file = _open(self.path)
        try:
            if _locked(file) and _is_still(file, self.path):
                self._file, file = file, -1
        finally:
            if file != -1:
                os.close(file)
        if self._file == -1:
            return False
        # Only for the one who waits; what cannot be written stays unsaid.
        with suppress(OSError):
            os.ftruncate(self._file, 0)
            os.write(self._file, str(os.getpid()).encode())
        return True

    def _holder(self) -> str:
        """Return the number of the process that holds the lock; empty if it did not say."""
        try:
            number = self.path.read_bytes()[:20].decode("ascii")
        except (OSError, ValueError):
            return ""
        return number if number.isdigit() else ""


def _open(path: Path) -> int:
    # Not through a link: where everybody may write, somebody else could have put it there.
    flags = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT | flags, 0o666)
    except PermissionError:
        # Left by another user: it can be locked as well.
        return os.open(path, os.O_RDONLY | flags)


def _locked(file: int) -> bool:
    """Try to lock an open file; says whether it is ours."""
    try:
        if sys.platform == "win32":
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        # Better without a lock than without a site.
        return error.errno in _WITHOUT_LOCKS
    return True


def _is_still(file: int, path: Path) -> bool:
    """Say whether an open file is still the one at its path, and not one that its holder has just taken away."""
    try:
        return os.path.samestat(os.fstat(file), path.lstat())
    except OSError:
        return False
