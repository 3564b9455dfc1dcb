"""plansite tree: the pages as files, for another site builder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..console import DONE, say
from .places import Misuse, folder, out_folder, write_tree

if TYPE_CHECKING:
    import argparse

HELP: Final = "把生成的网页写成真实文件，供别的建站工具使用"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("out", metavar="目录", help="写到哪个目录")
    parser.add_argument("--plan-data", metavar="数据目录", default="plan_data", help="数据目录（默认 plan_data）")


def run(options: argparse.Namespace) -> int:
    """Write the pages into an empty folder."""
    from ..index.build import read_index
    from ..pages import site_map
    from ..publish.render import as_markdown, render_pages

    root = folder(options.plan_data)
    out = out_folder(options.out, root)
    if out.is_dir() and any(out.iterdir()):
        raise Misuse(f"{options.out} 里已有文件：请换一个空目录，免得网页与别的文件混在一起")
    index = read_index(root, options.plan_data)
    files = ((page.source, as_markdown(page).encode()) for page in render_pages(site_map(index)))
    count = write_tree(out, files)
    say(f"已写出 {count} 个网页到 {options.out}")
    return DONE
