"""plansite merge: an edited workbook back into the YAML."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from ..console import DATA_HAS_PROBLEMS, DONE, say, write_problems
from .places import folder

if TYPE_CHECKING:
    import argparse

HELP: Final = "把改好的工作簿合并进 YAML：先看会改什么，加 --write 才写入"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument(
        "workbook", metavar="工作簿.xlsx", help="由 plansite export --xlsx 或 plansite review --xlsx 写出、改好的工作簿"
    )
    parser.add_argument("--plan-data", metavar="数据目录", default="plan_data", help="数据目录（默认 plan_data）")
    parser.add_argument("--write", action="store_true", help="写入 YAML 文件")
    parser.add_argument(
        "--skip-bad", action="store_true", help="有误的格、行先放着，只合并其余无误的（不加则一处有误就都不写入）"
    )


def run(options: argparse.Namespace) -> int:
    """Show what would change, and write it where that is asked for."""
    from ..editing.merge import read_merge, write_merge
    from ..editing.package import read_package
    from ..editing.report import concluded, listed

    root = folder(options.plan_data)
    content = read_package(Path(options.workbook), options.workbook)
    merge = read_merge(root, options.plan_data.rstrip("/"), content, options.workbook)
    is_stopped = bool(merge.problems) and not (options.skip_bad and merge.edits)
    is_written = options.write and bool(merge.edits) and not is_stopped
    if shown := listed(merge):
        say(shown)
    write_problems(merge.problems, "text")
    if is_written:
        write_merge(root, merge)
    say(concluded(merge, is_written=is_written, skips=options.skip_bad))
    return DATA_HAS_PROBLEMS if is_stopped else DONE
