"""Single files, whole or not at all: written beside their place first, then put there at once."""

from __future__ import annotations

import errno
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
    with _beside(path, content) as beside:
        with suppress(FileNotFoundError):
            beside.chmod(stat.S_IMODE(path.stat().st_mode))
        beside.replace(path)


def write_new(path: Path, content: bytes) -> None:
    """Write a file that is not there yet; raises FileExistsError, or OSError that names the file."""
    if os.path.lexists(path):
        raise FileExistsError(errno.EEXIST, "", str(path))
    with _beside(path, content) as beside:
        try:
            os.link(beside, path)
        except FileExistsError:
            raise
        except OSError:
            # Not every file system has links. A file that comes just now would be overwritten: hold its name.
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666))
            beside.replace(path)


@contextmanager
def _beside(path: Path, content: bytes) -> Iterator[Path]:
    """Write a file under another name in the same folder; what is left of it in the end goes away."""
    # A name of its own length: the file's own may be as long as names can be.
    beside = path.with_name(f".plansite-{os.getpid()}.new")
    try:
        # Left by a process of the same number, or a link that somebody put there.
        beside.unlink(missing_ok=True)
        with beside.open("xb") as file:
            file.write(content)
        yield beside
    except FileExistsError:
        raise
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error
    finally:
        with suppress(OSError):
            beside.unlink()
