"""What a terminal shows: the only module that prints, but for the plugin's problem lines."""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING, TextIO

from .problems import UNREADABLE, Problem, errors

if TYPE_CHECKING:
    from collections.abc import Sequence

DONE, DATA_HAS_PROBLEMS, USED_WRONGLY = 0, 1, 2
"""The exit statuses of a command."""


def write_problems(problems: Sequence[Problem], style: str) -> int:
    """Print all problems, lines on standard error or JSON on standard output; returns the exit status."""
    unreadable = any(problem.rule == UNREADABLE for problem in problems)
    status = USED_WRONGLY if unreadable else DATA_HAS_PROBLEMS if errors(problems) else DONE
    if style == "json":
        rows = [
            {"path": p.where.path, "line": p.where.line, "column": p.where.column, "rule": p.rule, "text": p.message}
            | ({"level": p.level} if p.level != "error" else {})
            for p in problems
        ]
        say(json.dumps(rows, ensure_ascii=False, indent=2), sys.stdout)
        return status
    lines = [_as_github(problem) if style == "github" else str(problem) for problem in problems]
    if lines:
        say("\n".join(lines), sys.stderr)
    return status


def _as_github(problem: Problem) -> str:
    """Return a workflow command that GitHub shows beside the changed line."""
    where = problem.where
    path = where.path.replace("%", "%25").replace(",", "%2C").replace(":", "%3A")
    text = problem.message.replace("%", "%25")
    return f"::{problem.level} file={path},line={where.line},col={where.column},title={problem.rule}::{text}"


def say(text: str, stream: TextIO | None = None) -> None:
    """Print; raises OSError where a result is lost, but not where its reader has gone away or was never there."""
    stream = stream or sys.stdout
    try:
        print(text, file=stream, flush=True)
    except OSError as error:
        _give_up(stream)
        # Where problems cannot be told, the exit status still tells that there are some.
        if stream is sys.stdout and not isinstance(error, BrokenPipeError):
            raise OSError(error.errno, error.strerror, "标准输出") from error


def open_closed() -> None:
    """Let what a shell has closed (>&-) lead nowhere: else the next file that is opened would be taken for it."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            # The system gives the lowest number that is free, which is this one.
            os.open(os.devnull, os.O_RDWR)
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115


def flush(stream: TextIO) -> None:
    """Write what argparse has printed."""
    try:
        stream.flush()
    except OSError:
        _give_up(stream)


def _give_up(stream: TextIO) -> None:
    """Let the rest lead nowhere: Python would complain once more when it closes the stream."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
