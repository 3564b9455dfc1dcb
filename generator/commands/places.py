"""The folders and files that arguments name, and what is written below them."""

from __future__ import annotations

import errno
import os
import shutil
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ..publish.writing import write_new, write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable

DATA: Final = "plan_data"
"""The folder of data in a site, which commands take where none is named."""
_WITHIN_DATA: Final = "{} 在数据目录里：请换一个目录"


class Misuse(Exception):  # noqa: N818 - not an error of the program
    """An argument that cannot be used; says what to write instead."""


def folder(name: str) -> Path:
    """Return a folder that is there; raises OSError."""
    found = named(name)
    if name == DATA and not os.path.lexists(found):
        raise Misuse("这里没有 plan_data 目录：请先用 cd 进到网站的目录里，或者写出数据目录在哪里")
    if not stat.S_ISDIR(found.stat().st_mode):
        raise NotADirectoryError(errno.ENOTDIR, "", name)
    return found


def named(name: str) -> Path:
    """Return the folder of a name, which a shell variable that is not set leaves empty."""
    if not name:
        raise Misuse("目录名是空的")
    return Path(name)


def out_folder(name: str, root: Path) -> Path:
    """Return a folder to write to, which must not lie in that of the data: there it would be taken for a plan."""
    out = named(name)
    if Path(os.path.realpath(out)).is_relative_to(os.path.realpath(root)):
        raise Misuse(_WITHIN_DATA.format(name))
    return out


def out_for_schemas(name: str) -> Path:
    """Return a folder to write schemas to: of a folder with data only the one that is kept for them."""
    out = named(name)
    real = Path(os.path.realpath(out))
    for above in (real, *real.parents):
        has_data = os.path.isfile(above / "units.yaml")  # noqa: PTH113 - one that may not be looked into has none
        if has_data and real != above / "schema":
            raise Misuse(_WITHIN_DATA.format(name))
    return out


def write_workbook(name: str, content: bytes) -> None:
    """Write a workbook that is to be filled in, which must not take the place of one that may be."""
    if Path(name).suffix.lower() != ".xlsx":
        raise Misuse(f"--xlsx 后面要写以 .xlsx 结尾的文件名，现为 {name}")
    try:
        write_new(Path(name), content)
    except FileExistsError:
        advice = f"已有 {name}，里面可能有还没合并的改动：请先移走，或在 --xlsx 后写别的文件名"
        raise Misuse(advice) from None


def write_files(out: Path, files: Iterable[tuple[str, bytes]]) -> int:
    """Write files below a folder; returns how many."""
    count = 0
    for name, content in files:
        path = out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, content)
        count += 1
    return count


def write_tree(out: Path, files: Iterable[tuple[str, bytes]]) -> int:
    """Write files below an empty folder, all or none, so that it can be tried again; returns how many."""
    had = out.is_dir()
    try:
        return write_files(out, files)
    except BaseException:
        for path in out.iterdir() if out.is_dir() else ():
            shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
        if not had and out.is_dir():
            out.rmdir()
        raise
