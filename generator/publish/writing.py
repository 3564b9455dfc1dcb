"""Single files, whole or not at all: written beside their place first, then put there at once."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


def write_whole(path: Path, content: bytes) -> None:
    """Write a file in place of what is there; a link is followed. Raises OSError that names the file."""
    path = Path(os.path.realpath(path))
    with beside(path, content) as new:
        with suppress(FileNotFoundError):
            new.chmod(stat.S_IMODE(path.stat().st_mode))
        new.replace(path)


def write_new(path: Path, content: bytes) -> None:
    """Write a file that is not there yet; raises FileExistsError, or OSError that names the file."""
    if os.path.lexists(path):
        raise FileExistsError(errno.EEXIST, "", str(path))
    with beside(path, content) as new:
        try:
            os.link(new, path)
        except FileExistsError:
            raise
        except OSError:
            # Not every file system has links. A file that comes just now would be overwritten: hold its name.
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666))
            new.replace(path)


@contextmanager
def beside(path: Path, content: bytes, *, is_synced: bool = False) -> Iterator[Path]:
    """Write a file under a name of its own in the same folder; what is left of it in the end goes away.

    `is_synced` waits until the disk has it. What the system refuses is told of the file itself, not of that name.
    """
    new = path.with_name(f"{_begin(path)}{os.urandom(4).hex()}.new")
    try:
        with new.open("xb") as file:
            file.write(content)
            if is_synced:
                file.flush()
                os.fsync(file.fileno())
        yield new
    except FileExistsError:
        raise
    except OSError as error:
        # Several may be open at once: each answers for its own.
        if error.filename is not None and str(error.filename) != str(new):
            raise
        raise OSError(error.errno, error.strerror, str(path)) from error
    finally:
        with suppress(OSError):
            new.unlink()


def clear_beside(path: Path) -> None:
    """Take away what processes that were killed have left beside a file."""
    for left in path.parent.glob(f"{_begin(path)}*.new"):
        with suppress(OSError):
            left.unlink()


def _begin(path: Path) -> str:
    # Not the file's name itself, which may be as long as names can be.
    return f".plansite-{hashlib.sha256(os.fsencode(path.name)).hexdigest()[:8]}-"
