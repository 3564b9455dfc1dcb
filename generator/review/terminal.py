"""The terminal: single keys where there is a keyboard, lines where there is a pipe."""

from __future__ import annotations

import os
import select
import shutil
import sys
from typing import Final, Self

from ..console import say
from .screen import Look

_NARROWEST: Final = 20
_ENTER: Final = "\r\n"


class Stopped(Exception):  # noqa: N818 - a person's wish is no error
    """No more is said: Ctrl-D, or the end of the pipe."""


class Terminal:
    """Where a person is asked; entered, each key counts at once where there is a keyboard."""

    def __init__(self) -> None:
        is_plain = os.environ.get("TERM") == "dumb"
        self.is_live = sys.stdin.isatty() and sys.stdout.isatty() and not is_plain
        self._has_colour = self.is_live and not os.environ.get("NO_COLOR")
        self._keys = Keys() if self.is_live else None

    def __enter__(self) -> Self:
        if self._keys:
            self._keys.begin()
        return self

    def __exit__(self, *_: object) -> None:
        if self._keys:
            self._keys.end()

    @property
    def look(self) -> Look:
        """How things are shown: asked anew for each screen, since windows change."""
        columns = shutil.get_terminal_size().columns
        return Look(max(columns, _NARROWEST), self._has_colour)

    @property
    def height(self) -> int:
        """How many lines there are."""
        return shutil.get_terminal_size().lines

    def show(self, lines: list[str]) -> None:
        """Show a screen: in place of the last one, or below it."""
        self.tell(["\x1b[H\x1b[2J" if self.is_live else "─" * _NARROWEST, *lines])

    def tell(self, lines: list[str]) -> None:
        """Show something below what there is."""
        say("\n".join(lines))

    def key(self) -> str:
        """Return the next key, "" for Enter; in a pipe the next line. Raises Stopped."""
        return self._keys.read() if self._keys else self.line("")

    def line(self, prompt: str, already: str = "") -> str:
        """Return a line that is typed, with something there already where it can be edited; raises Stopped."""
        if not self._keys:
            return _line(prompt)
        self._keys.end()
        try:
            return _edited(prompt, already) if already else _line(prompt)
        finally:
            self._keys.begin()


def _line(prompt: str) -> str:
    try:
        return input(prompt).strip()
    except EOFError as error:
        raise Stopped from error


def _edited(prompt: str, already: str) -> str:
    try:
        import readline  # noqa: PLC0415 - not every system has it
    except ImportError:
        return _line(f"{prompt}（现为 {already}）") or already
    readline.set_startup_hook(lambda: readline.insert_text(already))
    try:
        return _line(prompt)
    finally:
        readline.set_startup_hook()


if sys.platform == "win32":
    import msvcrt

    class Keys:
        """Single keys of a console."""

        def begin(self) -> None:
            """Have each key count at once: here they always do."""

        def end(self) -> None:
            """Have lines typed again."""

        def read(self) -> str:
            """Return the next key; raises Stopped."""
            typed = msvcrt.getwch()
            if typed in "\0\xe0":
                # A key without a character, such as an arrow, comes as two.
                msvcrt.getwch()
                return "?"
            if typed in "\x03\x04\x1a":
                raise Stopped
            return "" if typed in _ENTER else typed
else:
    import termios
    import tty

    class Keys:
        """Single keys of a terminal."""

        def __init__(self) -> None:
            self._number = sys.stdin.fileno()
            self._before = termios.tcgetattr(self._number)

        def begin(self) -> None:
            """Have each key count at once, those that were typed ahead as well."""
            tty.setcbreak(self._number, termios.TCSADRAIN)

        def end(self) -> None:
            """Have lines typed again."""
            termios.tcsetattr(self._number, termios.TCSADRAIN, self._before)

        def read(self) -> str:
            """Return the next key; raises Stopped."""
            typed = os.read(self._number, 1)
            if typed == b"\x1b":
                # The rest of an arrow key or the like has come with it.
                if select.select([self._number], [], [], 0)[0]:
                    os.read(self._number, 16)
                return "?"
            length = next((n for n, least in ((4, 0xF0), (3, 0xE0), (2, 0xC0)) if typed[:1] >= bytes([least])), 1)
            while 0 < len(typed) < length:
                typed += os.read(self._number, length - len(typed))
            if typed in {b"", b"\x04"}:
                raise Stopped
            text = typed.decode("utf-8", "replace")
            return "" if text in _ENTER else text
