"""Runs the command over and over, each time in a child of its own that finds everything loaded.

A process that starts anew spends most of its time on loading. Orders come as JSON, one a line, on
standard input; each is answered by the status of the child, one a line, on standard output.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import pkgutil
import resource
import runpy
import signal
import sys
import traceback
from typing import Any, NoReturn

import generator

MEMORY = 2**30
"""Bytes that a child may ask for."""
APART = {"__main__", "plugin"}
"""Modules that no command loads."""


def main() -> None:
    """Fork for each order, until there are no more."""
    for module in pkgutil.walk_packages(generator.__path__, "generator."):
        if module.name.removeprefix("generator.") not in APART:
            importlib.import_module(module.name)
    # What a child may not collect it shares with all others.
    gc.freeze()
    orders, answers = os.fdopen(os.dup(0)), os.fdopen(os.dup(1), "w")
    for line in orders:
        child = os.fork()
        if not child:
            orders.close()
            answers.close()
            _run(json.loads(line))
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), file=answers, flush=True)


def _run(order: dict[str, Any]) -> NoReturn:
    for stream, (name, flags) in enumerate(
        ((os.devnull, os.O_RDONLY), (order["stdout"], os.O_WRONLY), (order["stderr"], os.O_WRONLY))
    ):
        opened = os.open(name, flags)
        os.dup2(opened, stream)
        os.close(opened)
    os.chdir(order["folder"])
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    signal.alarm(order["seconds"])
    sys.argv = ["plansite", *order["arguments"]]
    status = 1
    try:
        runpy.run_module("generator", run_name="__main__", alter_sys=True)
    except SystemExit as end:
        status = int(end.code or 0)
    except BaseException:  # noqa: BLE001 - a test says that there is none
        traceback.print_exc()
    finally:
        # Taking apart what was loaded would take longer than most commands.
        os._exit(status)


if __name__ == "__main__":
    main()
