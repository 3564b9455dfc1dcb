"""plansite import: the official text of a plan becomes YAML."""

from __future__ import annotations

import os
import re
import sys
from typing import TYPE_CHECKING, Final

from ..console import DONE, say
from ..publish.writing import write_new, write_whole
from .places import DATA, Misuse, named

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

HELP: Final = "把方案原文整理成 YAML，留待核对；目录已经有了，就把改过的原文并进去：先看会改什么，加 --write 才写入"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument(
        "text", metavar="原文", help="方案原文：纯文本、网页（.html、.mht）、Word（.docx）、Excel（.xlsx）或 PDF"
    )
    parser.add_argument(
        "--out", required=True, metavar="目录", help="方案目录，如 plan_data/my-plan；目录名就是方案编号"
    )
    parser.add_argument("--write", action="store_true", help="方案目录已经有了，看过会改什么以后，写入")


def run(options: argparse.Namespace) -> int:
    """Write a plan's folder, and say what is left for a person."""
    from ..importer.formats.read import read_official_text
    from ..importer.place import read_proposal

    source, out = named(options.text), named(options.out)
    if (out / "plan.yaml").exists():
        return _again(options, source, out)
    if os.path.lexists(out):
        raise Misuse(f"{options.out} 已经有了，又不是方案目录，不覆盖：请换一个目录名")
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", out.name):
        raise Misuse(f"目录名“{out.name}”要作方案编号：只用小写英文字母、数字和短横线")
    if (out.parent / DATA).is_dir():
        raise Misuse(f"方案要放在数据目录里：请写 --out {out.parent / DATA / out.name}")
    official = read_official_text(source, options.text)
    proposal, registries = read_proposal(official.text, out.name, out.parent)
    out.mkdir(parents=True)
    for name, content in proposal.files.items():
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        write_new(out / name, content.encode())
    for name, content in registries.items():
        write_whole(out.parent / name, content.encode())
    for line, what in [*((note.line, note.words) for note in official.notes), *proposal.open]:
        say(f"{options.out}/source.txt:{line}:1: warning: {what} (import)", sys.stderr)
    added = f"，名册里加了 {len(proposal.units)} 个单位" if proposal.units else ""
    say(f"已写出 {len(proposal.files)} 个文件到 {options.out}{added}。接下来运行 plansite review {out.name} 逐项核对")
    return DONE


def _again(options: argparse.Namespace, source: Path, out: Path) -> int:
    """Show what a corrected text changes in a plan that is there, and write it where that is asked for."""
    from ..again.again import read_again, write_again
    from ..again.report import concluded, listed
    from ..importer.formats.read import read_official_text

    official = read_official_text(source, options.text)
    again = read_again(out.parent, out.parent.as_posix(), out.name, official.text)
    files = len(again.texts) + len(again.new) + len(again.gone)
    is_written = options.write and bool(files)
    if files and (shown := listed(again.result)):
        say("\n".join(shown))
    for line, what in [*((note.line, note.words) for note in official.notes), *again.result.open] if files else ():
        say(f"{options.text}:{line}:1: warning: {what} (import)", sys.stderr)
    if is_written:
        write_again(out.parent, again)
    say(concluded(again.result, files, is_written=is_written, is_same=not files))
    return DONE
