"""Disks as they are found: small ones, mounted ones; and a user without rights."""

from __future__ import annotations

import errno
import os
import resource
import subprocess
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    Mounted = Callable[..., AbstractContextManager[None]]

FULL = {errno.ENOSPC, errno.EFBIG}
"""What is said of a disk that is full, and of a file that may grow no further."""


@pytest.fixture
def mounted(monkeypatch: pytest.MonkeyPatch) -> Mounted:
    """Return a context in which a folder of 1 MB, or another folder, is mounted at a folder.

    Where this user may mount nothing, the folder refuses to be renamed as a mount does, and files end at 1 MB.
    """

    @contextmanager
    def _mounted(folder: Path, source: Path | None = None) -> Iterator[None]:
        options = ["--bind", str(source)] if source else ["-t", "tmpfs", "-o", "size=1m", "tmpfs"]
        sudo = [] if os.getuid() == 0 else ["sudo", "-n"]
        with monkeypatch.context() as patch:
            try:
                subprocess.run([*sudo, "mount", *options, str(folder)], check=True, capture_output=True)
            except (OSError, subprocess.CalledProcessError):
                with _as_mounted(patch, folder, shows=source is None):
                    yield
                return
            if sudo and not source:
                subprocess.run([*sudo, "chown", str(os.getuid()), str(folder)], check=True)
            try:
                yield
            finally:
                subprocess.run([*sudo, "umount", str(folder)], check=True)

    return _mounted


@contextmanager
def _as_mounted(patch: pytest.MonkeyPatch, folder: Path, *, shows: bool) -> Iterator[None]:
    is_mount, rename = Path.is_mount, os.rename

    def _rename(source: Path, target: Path) -> None:
        if Path(source) == folder:
            raise OSError(errno.EBUSY, os.strerror(errno.EBUSY), str(source), None, str(target))
        rename(source, target)

    patch.setattr(Path, "is_mount", lambda path: (shows and path == folder) or is_mount(path))
    patch.setattr(os, "rename", _rename)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2**20, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
