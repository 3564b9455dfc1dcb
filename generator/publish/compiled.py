"""Compiled templates, kept from one build to the next."""

from __future__ import annotations

from contextlib import suppress
from pickle import UnpicklingError
from typing import TYPE_CHECKING

from jinja2 import FileSystemBytecodeCache

if TYPE_CHECKING:
    from pathlib import Path

    from jinja2.bccache import Bucket, BytecodeCache


def bytecode_cache(folder: Path) -> BytecodeCache | None:
    """Return a cache of compiled templates, which Jinja checks against their text; none where none can be kept."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return _Cache(str(folder))


class _Cache(FileSystemBytecodeCache):
    """A cache that is no reason to stop: what it cannot keep or read is compiled again."""

    def load_bytecode(self, bucket: Bucket) -> None:
        """Read a compiled template; one that is damaged counts as none."""
        try:
            super().load_bytecode(bucket)
        except (OSError, EOFError, ValueError, TypeError, UnpicklingError):
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a compiled template, where there is room and leave."""
        with suppress(OSError):
            super().dump_bytecode(bucket)
