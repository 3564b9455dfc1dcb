"""plansite new: an empty site for another place."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from ..console import DONE, say
from ..publish.writing import write_new
from .places import Misuse, named

if TYPE_CHECKING:
    import argparse

HELP: Final = "为另一个地方新建一个网站：设置、例子、名册、工作流，不覆盖已有文件"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("dir", metavar="目录", help="写到哪个目录，没有就新建")


def run(options: argparse.Namespace) -> int:
    """Write the files of a new site, over none that is there."""
    from ..starter import starter_files

    out = named(options.dir)
    files = dict(starter_files())
    there = [name for name in files if os.path.lexists(out / name)]
    if there:
        more = f"等 {len(there)} 个文件" if len(there) > 1 else ""
        raise Misuse(f"{options.dir} 里已有 {there[0]}{more}，不覆盖：请换一个目录")
    for name, content in files.items():
        path = out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write_new(path, content)
    say(f"已写出 {len(files)} 个文件到 {options.dir}。接下来照 {out / 'README.md'} 做")
    return DONE
