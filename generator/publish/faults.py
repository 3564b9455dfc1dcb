"""What the operating system refused, in words that say what to do."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Final

_REASONS: Final = {
    errno.ENOENT: "不存在，请检查路径",
    errno.ENOTDIR: "不是目录，请检查路径",
    errno.EISDIR: "是目录，不是文件，请移走，或换一个名称",
    errno.EEXIST: "已有同名的文件，请移走，或换一个名称",
    errno.ENOTEMPTY: "目录里还有别的文件，请移走，或换一个目录",
    errno.EACCES: "没有权限，请检查这里和上级目录的权限，或换一个目录",
    errno.EPERM: "系统不许这样做，请检查这里和上级目录的权限，或换一个目录",
    errno.EROFS: "这里只能读，不能写，请换一个目录",
    errno.ENOSPC: "磁盘满了，请腾出空间，再运行一次",
    errno.EDQUOT: "磁盘配额用完了，请腾出空间，再运行一次",
    errno.EFBIG: "文件超过了系统允许的大小，请检查磁盘和限额",
    errno.EIO: "磁盘读写出错，请检查磁盘，再运行一次",
    errno.EBUSY: "正被别的程序使用，请先关闭那个程序",
    errno.ELOOP: "链接绕成了圈，请检查链接",
    errno.ENAMETOOLONG: "名称太长，请换短一些的名称",
    errno.EMFILE: "打开的文件太多，请关掉一些程序，再运行一次",
    errno.ENFILE: "打开的文件太多，请关掉一些程序，再运行一次",
    errno.ENOMEM: "内存不够，请关掉一些程序，再运行一次",
    errno.EBADF: "输出已被关闭，请检查命令里的 > 和 |",
    errno.EPIPE: "读取输出的程序先结束了",
}


def fault_text(error: OSError) -> str:
    """Say what could not be read or written, why, and what to do."""
    # Of two names the second is where something was to go.
    name = error.filename2 or error.filename
    place = f" {_shown(os.fsdecode(name))}" if isinstance(name, str | bytes | os.PathLike) else ""
    reason = _REASONS.get(error.errno or 0, f"系统错误 {error.errno}，请检查磁盘和权限")
    return f"无法读写{place}：{reason}"


def _shown(name: str) -> str:
    """Return a path as short as it can be typed here."""
    path = Path(name)
    try:
        return path.relative_to(Path.cwd()).as_posix() if path.is_absolute() else name
    except (OSError, ValueError):
        return name
