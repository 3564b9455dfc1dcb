"""plansite export: the published data as files, or a workbook to edit the data in."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING, Final

from ..console import DONE, say
from .places import Misuse, folder, out_folder, write_files, write_workbook

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

HELP: Final = "不建网站，只写出供下载的数据文件"
EDITING_WORKBOOK: Final = "plan_data.xlsx"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("out", nargs="?", metavar="目录", help="写到哪个目录")
    parser.add_argument(
        "--xlsx",
        nargs="?",
        const=EDITING_WORKBOOK,
        metavar="工作簿.xlsx",
        help=f"写出供编辑的工作簿（默认 {EDITING_WORKBOOK}），改好后用 plansite merge 合并",
    )
    parser.add_argument("--plan-data", metavar="数据目录", default="plan_data", help="数据目录（默认 plan_data）")
    parser.add_argument("--site-url", metavar="网址", default="", help="网站地址，写进 index.json")


def run(options: argparse.Namespace) -> int:
    """Write what is asked for."""
    if options.xlsx is None and options.out is None:
        raise Misuse("缺少 OUT：写明输出目录，或用 --xlsx 写出供编辑的工作簿")
    root = folder(options.plan_data)
    out = None if options.out is None else out_folder(options.out, root)
    if options.xlsx is not None:
        _export_for_editing(options)
    if out:
        _export_published(options, out)
    return DONE


def _export_for_editing(options: argparse.Namespace) -> None:
    from ..editing.merge import read_rows
    from ..editing.workbook import editing_workbook

    sheets = read_rows(folder(options.plan_data), options.plan_data.rstrip("/"))
    write_workbook(options.xlsx, editing_workbook(sheets))
    counts = "、".join(f"{name} {len(found)} 行" for name, found in sheets.rows.items())
    say(f"已写出 {options.xlsx}：{counts}。改好后运行 plansite merge {options.xlsx}")


def _export_published(options: argparse.Namespace, out: Path) -> None:
    from ..export.api import api_files
    from ..export.sheets import sheet_files
    from ..index.build import read_index

    index = read_index(folder(options.plan_data), options.plan_data)
    site_url = _site_url(options.site_url)
    files = chain(api_files(index, site_url), sheet_files(index, site_url))
    count = write_files(out, files)
    say(f"已写出 {count} 个文件到 {options.out}")


def _site_url(address: str) -> str:
    """Return the site's address with the slash that ends it; nothing if none was given."""
    if address and not re.fullmatch(r"https?://\S+", address):
        raise Misuse(f"--site-url 要写完整地址，如 https://example.org/plan/，现为 {address}")
    return address and address.rstrip("/") + "/"
