"""plansite check: every problem in the data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..console import DONE, say, write_problems
from ..problems import errors
from .places import folder

if TYPE_CHECKING:
    import argparse

HELP: Final = "检查数据，列出全部问题"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument(
        "plan_data", nargs="?", default="plan_data", metavar="数据目录", help="数据目录（默认 plan_data）"
    )
    parser.add_argument("--format", choices=("text", "github", "json"), default="text", help="输出格式（默认 text）")


def run(options: argparse.Namespace) -> int:
    """Print every problem and return the exit status."""
    from ..data.load import read_data
    from ..index.events import edition_warnings
    from ..index.plan import plan_index
    from ..rules import check

    root = folder(options.plan_data)
    data, problems = read_data(root, options.plan_data.rstrip("/") or "/")
    found = sorted({*problems, *check(data)})
    if not errors(found):
        found = sorted({*found, *edition_warnings(map(plan_index, data.plans))})
    status = write_problems(found, options.format) if found or options.format == "json" else DONE
    if not errors(found) and options.format == "text":
        characters = sum(len(plan.source.replace("\n", "")) for plan in data.plans)
        say(f"没有问题：{len(data.plans)} 个方案，原文 {characters:,} 字全部还原一致。")
    return status
