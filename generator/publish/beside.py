"""Work done in a process of its own while this one goes on, where the system can copy a process cheaply.

Elsewhere, and where there is one processor alone, it is done when its result is asked for. What is wrong
in it is raised there, as if it had been done here.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import sys
import threading
from typing import TYPE_CHECKING, Final, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

_Result = TypeVar("_Result")

_CAN_COPY: Final = sys.platform == "linux"
"""Elsewhere a copied process may not use the system's libraries, or there is no copying."""


class Beside(Generic[_Result]):
    """The result of some work, begun at once and waited for where it is asked for."""

    def __init__(self, work: Callable[[], _Result]) -> None:
        self._work = work
        self._end: Connection | None = None
        # A copy of one thread among several may wait for ever on what another holds.
        if _CAN_COPY and (os.cpu_count() or 1) > 1 and threading.active_count() == 1:
            context = multiprocessing.get_context("fork")
            self._end, other = context.Pipe(duplex=False)
            self._process = context.Process(target=_send, args=(work, other), daemon=True)
            self._process.start()
            other.close()

    def result(self) -> _Result:
        """Return the result; raises what the work raised."""
        if self._end is None:
            return self._work()
        try:
            is_done, told = pickle.loads(self._end.recv_bytes())  # noqa: S301 - our own process sent it
        except EOFError:
            # The process was ended from outside, for want of memory perhaps: done here it may still succeed.
            return self._work()
        finally:
            self.end()
        if not is_done:
            raise told
        result: _Result = told
        return result

    def end(self) -> None:
        """End the process, whatever it does."""
        if self._end is not None:
            self._end.close()
            self._process.kill()
            self._process.join()


def _send(work: Callable[[], object], end: Connection) -> None:
    # Ctrl-C reaches all processes of a terminal; the one that waits says so, once.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        told = pickle.dumps((True, work()))
    except Exception as error:  # noqa: BLE001 - it is raised where the result is asked for
        told = pickle.dumps((False, error))
    end.send_bytes(told)
