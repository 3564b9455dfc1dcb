"""The returned file before it is opened: whether it is a workbook at all, and one that is safe to open.

What opens workbooks trusts them; so that no file, however made or damaged, costs more
than it should, its parts are looked through here first.
"""

from __future__ import annotations

import io
import lzma
import re
import stat
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ..problems import UNREADABLE, Location, PlanError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_LARGEST: Final = 20 * 1024 * 1024
"""Bytes of a workbook of little data; one of a plan is about 100 KB."""
_LARGEST_UNPACKED: Final = 50 * 1024 * 1024
_MOST_TAGS: Final = 500_000
"""Of all parts together, for little data; a workbook of one plan has some 60,000."""
_A_CELL: Final = 300, 1_500, 60
"""What a cell of the data that is there may add to each of these: some ten times what one takes when it is exported."""
_LARGEST_READ: Final = 200 * 1024 * 1024
"""Bytes that are read at all, before anything is known of the data."""
_MOST_JOINED: Final = 100_000
"""Cells of all merged or linked areas together: each of them is made when the workbook is opened."""
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_AREA: Final = re.compile(rb"<(?:\w+:)?(?:mergeCell|hyperlink)\b[^>]*?\bref\s*=\s*[\"']([A-Z]+)(\d+):([A-Z]+)(\d+)")
_STRICT: Final = b"http://purl.oclc.org/ooxml/spreadsheetml/main"

DAMAGED: Final = "工作簿打不开，内容可能损坏：请用 Excel 或 WPS 打开后另存为 .xlsx，还不行就重新导出，把改动抄过去"
_CUT_OFF: Final = "文件不完整，可能没有传完或没有存完：请重新取得这个文件"
_TOO_LARGE: Final = "工作簿展开后太大，不像是编辑表：请检查是否选错了文件，或重新导出，把改动抄过去"
_LOCKED: Final = "工作簿设了打开密码：请在 Excel 或 WPS 里取消密码后另存"


@dataclass(frozen=True, slots=True)
class Bounds:
    """How large a workbook may be."""

    packed: int
    unpacked: int
    tags: int


def bounds(cells: int) -> Bounds:
    """Return how large the workbook of some data may have become, by how many cells it would be exported with."""
    packed, unpacked, tags = _A_CELL
    return Bounds(_LARGEST + packed * cells, _LARGEST_UNPACKED + unpacked * cells, _MOST_TAGS + tags * cells)


def read_package(path: Path, shown: str) -> bytes:
    """Read a file that may be a workbook; raises PlanError where it cannot be one, OSError where it cannot be read.

    `shown` is how problems name the file.
    """
    status = path.stat()
    if stat.S_ISDIR(status.st_mode):
        reason = "是目录，不是文件：请写出改好的 .xlsx 文件的路径"
    elif not stat.S_ISREG(status.st_mode):
        reason = "不是普通文件：请写出改好的 .xlsx 文件的路径"
    elif status.st_size > _LARGEST_READ:
        reason = f"文件超过 {_LARGEST_READ // 1024 // 1024} MB，不像是编辑表：请检查是否选错了文件"
    else:
        return path.read_bytes()
    raise PlanError([Problem(Location(shown), UNREADABLE, reason)])


def fault(content: bytes, most: Bounds) -> str:
    """Say why bytes are not a workbook that may be opened; nothing if they are."""
    if not content:
        return "文件是空的：请重新取得这个文件，或重新导出"
    if content.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            return _LOCKED
        return "这是旧格式（.xls、.et）：请在 Excel 或 WPS 里另存为 .xlsx"
    if len(content) > most.packed:
        return _TOO_LARGE
    if not content.startswith(b"PK"):
        return "不是 Excel 工作簿：请选由 plansite export --xlsx 写出、改好的 .xlsx 文件"
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return _fault_of_parts(package, most)
    except (zipfile.BadZipFile, EOFError, ValueError):
        return _CUT_OFF
    except (NotImplementedError, zlib.error, lzma.LZMAError, OSError):
        return DAMAGED
    except RuntimeError:
        # So zipfile says that a part wants a password.
        return _LOCKED


def _fault_of_parts(package: zipfile.ZipFile, most: Bounds) -> str:
    parts = package.infolist()
    if "xl/workbook.xml" not in {part.filename for part in parts}:
        return "不是 .xlsx 工作簿（可能是 Word 文档、.ods、.xlsb 或压缩包）：请另存为 .xlsx，或检查是否选错了文件"
    if sum(part.file_size for part in parts) > most.unpacked:
        return _TOO_LARGE
    if _STRICT in package.read("xl/workbook.xml"):
        return "存成了“Strict Open XML 电子表格”：请另存为普通的“Excel 工作簿（.xlsx）”"
    tags = joined = 0
    for part in parts:
        # Without what a wider encoding puts between.
        content = package.read(part).replace(b"\0", b"")
        if not part.filename.lower().endswith((".xml", ".rels", ".vml")):
            continue
        tags += content.count(b"<")
        joined += sum(_areas(content))
        if tags > most.tags or joined > _MOST_JOINED:
            return _TOO_LARGE
        if b"<!DOCTYPE" in content:
            return DAMAGED
    return ""


def _areas(content: bytes) -> Iterator[int]:
    """Yield how many cells each merged or linked area has."""
    for left, top, right, bottom in _AREA.findall(content):
        width = _column(right) - _column(left) + 1
        yield width * (int(bottom[:9]) - int(top[:9]) + 1)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters[:4]:
        number = number * 26 + letter - 64
    return number
