"""Turn a government action plan, kept as YAML, into a site and published data.

This is the door for programs: `read_data` and `check` for the data and what is wrong with
it, `read_index` for all that follows from sound data, `api_files` and `sheet_files` for
what is published of it. Everything else may change without notice.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from .data.load import read_data
    from .export.api import api_files
    from .export.sheets import sheet_files
    from .index.build import build_index, read_index
    from .problems import Location, PlanError, Problem
    from .rules import check

__version__ = "0.1.0"
__all__ = [
    "Location",
    "PlanError",
    "Problem",
    "api_files",
    "build_index",
    "check",
    "read_data",
    "read_index",
    "sheet_files",
]

_HOMES: Final = {
    "Location": "problems",
    "PlanError": "problems",
    "Problem": "problems",
    "api_files": "export.api",
    "build_index": "index.build",
    "check": "rules",
    "read_data": "data.load",
    "read_index": "index.build",
    "sheet_files": "export.sheets",
}
"""Public name → the module that it lives in."""


def __getattr__(name: str) -> object:
    """Load what is asked for when it is asked for: a command begins without what it does not need."""
    if name not in _HOMES:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(f".{_HOMES[name]}", __name__), name)
