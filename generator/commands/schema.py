"""plansite schema: the JSON Schemas for editors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..console import DONE
from .places import out_for_schemas, write_files

if TYPE_CHECKING:
    import argparse

HELP: Final = "写出编辑器用的 JSON Schema（plan_data/schema/）"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("out", nargs="?", default="plan_data/schema", metavar="目录", help="写到哪个目录")


def run(options: argparse.Namespace) -> int:
    """Write the schemas."""
    from ..starter import schema_files

    write_files(out_for_schemas(options.out), schema_files())
    return DONE
