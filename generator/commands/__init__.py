"""The commands: one module each, with `HELP`, `add_arguments` and `run`; a command loads what it needs when it runs."""

from __future__ import annotations

from typing import Final

from . import check, export, intake, merge, new, review, schema, tree

COMMANDS: Final = {
    "check": check,
    "export": export,
    "merge": merge,
    "tree": tree,
    "new": new,
    "import": intake,
    "review": review,
    "schema": schema,
}
"""Name → module, in the order of the help."""
