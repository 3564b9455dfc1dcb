"""A plan with proposals of every kind, and the command driven through a pipe or a terminal."""

from __future__ import annotations

import os
import re
import select
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest

from tests.conftest import PATIENCE, ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Open = Callable[..., "Keyboard"]
    Texts = dict[str, str]

HERE = Path(__file__).resolve().parent
COMMAND = [sys.executable, "-m", "generator", "review"]
ENVIRONMENT = {name: value for name, value in os.environ.items() if name not in {"COLUMNS", "LINES", "NO_COLOR"}}
ENVIRONMENT |= {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "TERM": "xterm"}
_CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


class Review(Protocol):
    """Runs the command with lines as its input."""

    def __call__(self, *lines: str, arguments: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
        """Run it in the folder that holds the data."""


@pytest.fixture
def plan_data(tmp_path: Path) -> Path:
    """Return a fresh copy of the plan."""
    return Path(shutil.copytree(HERE / "plan_data", tmp_path / "plan_data"))


@pytest.fixture
def review(plan_data: Path) -> Review:
    """Return a function that runs the command in a pipe."""

    def _review(*lines: str, arguments: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*COMMAND, *arguments],
            cwd=plan_data.parent,
            env=ENVIRONMENT,
            input="".join(f"{line}\n" for line in lines),
            capture_output=True,
            encoding="utf-8",
            timeout=PATIENCE,
            check=False,
        )

    return _review


def texts(folder: Path) -> dict[str, str]:
    """Return the data files below a folder, each byte a character of its own."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes().decode("utf-8")
        for path in sorted(folder.rglob("*.yaml"))
    }


class Keyboard:
    """The command in a terminal of its own."""

    def __init__(self, folder: Path, columns: int, **environment: str) -> None:
        import pty  # noqa: PLC0415 - not every system has it
        import termios  # noqa: PLC0415

        ours, theirs = pty.openpty()
        termios.tcsetwinsize(theirs, (24, columns))
        self.process = subprocess.Popen(
            COMMAND,
            cwd=folder,
            env={**ENVIRONMENT, **environment},
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
            # So that Ctrl-C reaches it; no thread of the tests runs at the time.
            preexec_fn=_take_terminal,  # noqa: PLW1509
        )
        os.close(theirs)
        self._number = ours
        self._seen = b""

    def until(self, *words: str) -> str:
        """Wait until one of some words is shown; returns what was shown up to its end since the last call."""
        end = time.monotonic() + PATIENCE
        while not (found := re.search("|".join(map(re.escape, words)), self.shown)):
            assert time.monotonic() < end, self.shown
            assert self._read(), self.shown
        shown, self._seen = self.shown[: found.end()], self.shown[found.end() :].encode()
        return shown

    @property
    def shown(self) -> str:
        """What was shown since the last call of `until`."""
        return self._seen.decode("utf-8", "replace")

    def press(self, keys: str) -> None:
        """Press keys."""
        os.write(self._number, keys.encode())

    def close(self) -> str:
        """Wait until the command ends well; returns the rest of what it showed."""
        while self._read():
            pass
        assert self.process.wait(PATIENCE) == 0, self.shown
        return _CONTROL.sub("", self.shown)

    def end(self) -> None:
        """Let go of it."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self._number)

    def _read(self) -> bool:
        if not select.select([self._number], [], [], PATIENCE)[0]:
            return False
        try:
            more = os.read(self._number, 65536)
        except OSError:
            # So Linux says that nobody is at the other end any more.
            return False
        self._seen += more
        return bool(more)


def _take_terminal() -> None:
    import fcntl  # noqa: PLC0415
    import termios  # noqa: PLC0415

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def bare(shown: str) -> str:
    """Return what was shown without what moves the cursor or colours it."""
    return _CONTROL.sub("", shown)


@pytest.fixture
def terminal(plan_data: Path) -> Iterator[Open]:
    """Return a function that starts the command in a terminal."""
    if sys.platform == "win32":
        pytest.skip("has no pseudo-terminals")
    opened: list[Keyboard] = []

    def _terminal(columns: int = 80, **environment: str) -> Keyboard:
        opened.append(Keyboard(plan_data.parent, columns, **environment))
        return opened[-1]

    yield _terminal
    for keyboard in opened:
        keyboard.end()
