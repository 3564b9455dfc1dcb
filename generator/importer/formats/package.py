"""The zip that a DOCX or XLSX is: whether it may be opened at all, and the XML of its parts."""

from __future__ import annotations

import io
import lzma
import posixpath
import re
import zipfile
import zlib
from typing import TYPE_CHECKING, Any, Final

from .blocks import MOST_PLACES, refused

if TYPE_CHECKING:
    from collections.abc import Iterator

Element = Any
"""Of lxml, which comes without types."""
_LARGEST: Final = 40 * 1024 * 1024
"""Bytes of XML of all parts together; a plan of 1,000 tasks has some 5 MB."""
_LARGEST_WORKBOOK: Final = 15 * 1024 * 1024
"""The same of a workbook, of which every cell is held."""
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_AREA: Final = re.compile(rb"<(?:\w+:)?mergeCell\b[^>]*?\bref\s*=\s*[\"']([A-Z]+)(\d+):([A-Z]+)(\d+)")
_DAMAGED: Final = "文件打不开，内容可能损坏或没有传完：请重新取得，或用 Word、WPS 打开后另存一份"
_TOO_LARGE: Final = "文件展开后太大，不像是方案：请检查是否选错了文件"
_LOCKED: Final = "文件设了打开密码：请在 Word、Excel 或 WPS 里取消密码后另存"
_OTHERS: Final = (
    ("OFD.xml", "这是 OFD 版式文件：请用阅读器导出为 .docx 或 .pdf 再导入"),
    ("ppt/presentation.xml", "这是演示文稿：请把方案另存为 .docx 或 .txt 再导入"),
    ("content.xml", "这是 OpenDocument 文件（.odt、.ods）：请另存为 .docx 或 .xlsx 再导入"),
    ("xl/workbook.bin", "这是 .xlsb 工作簿：请另存为 .xlsx 再导入"),
)


def ole_fault(content: bytes) -> str:
    """Say what a file in the container of old Office is and what to do; nothing if it is none."""
    if not content.startswith(_OLE):
        return ""
    names = content.replace(b"\0", b"")
    if b"EncryptedPackage" in names:
        return _LOCKED
    if b"Workbook" in names or b"Book" in names:
        return "这是旧格式的表格（.xls、.et）：请用 Excel 或 WPS 打开，另存为 .xlsx 再导入"
    return "这是旧格式的文档（.doc、.wps）：请用 Word 或 WPS 打开，另存为 .docx 再导入"


class Package:
    """A zip whose parts were found safe to read; raises PlanError where they are not."""

    def __init__(self, content: bytes, shown: str) -> None:
        self.shown = shown
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
            self.names = frozenset(self._zip.namelist())
            self.kind = self._kind()
            self._examine()
        except (
            zipfile.BadZipFile,
            EOFError,
            ValueError,
            NotImplementedError,
            zlib.error,
            lzma.LZMAError,
            OSError,
        ) as error:
            raise refused(shown, _DAMAGED) from error
        except RuntimeError as error:
            # So zipfile says that a part wants a password.
            raise refused(shown, _LOCKED) from error

    def _kind(self) -> str:
        for name, kind in (("word/", "docx"), ("xl/workbook.xml", "xlsx")):
            if any(one.startswith(name) and one.endswith(".xml") for one in self.names):
                return kind
        for name, reason in _OTHERS:
            if name in self.names:
                raise refused(self.shown, reason)
        raise refused(self.shown, "这是压缩包，不是文档：请先解压，再导入里面的文件")

    def _examine(self) -> None:
        """Read the XML of all parts once: what unpacks to too much, or defines entities, is not read again."""
        left = _LARGEST_WORKBOOK if self.kind == "xlsx" else _LARGEST
        joined = 0
        for part in self._zip.infolist():
            if not part.filename.lower().endswith((".xml", ".rels", ".vml")):
                continue
            with self._zip.open(part) as stream:
                content = stream.read(left + 1)
            left -= len(content)
            if left < 0:
                raise refused(self.shown, _TOO_LARGE)
            # Without what a wider encoding puts between.
            if b"<!DOCTYPE" in content.replace(b"\0", b""):
                raise refused(self.shown, _DAMAGED)
            joined += sum(_areas(content))
            if joined > MOST_PLACES:
                raise refused(self.shown, _TOO_LARGE)

    def xml(self, name: str) -> Element:
        """Return the root of a part; None where it is not there."""
        from lxml import etree

        if name not in self.names:
            return None
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
        )
        try:
            return etree.fromstring(self._zip.read(name), parser)
        except etree.XMLSyntaxError as error:
            raise refused(self.shown, _DAMAGED) from error

    def related(self, name: str) -> Iterator[tuple[str, str]]:
        """Yield (kind, name) of the parts to which a part is related; of the whole package for an empty name."""
        folder, own = posixpath.split(name)
        root = self.xml(posixpath.join(folder, "_rels", f"{own}.rels"))
        for one in () if root is None else root:
            target = one.get("Target", "")
            whole = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            if one.get("TargetMode") != "External" and whole in self.names:
                yield one.get("Type", "").rpartition("/")[2], whole


def _areas(content: bytes) -> Iterator[int]:
    """Yield how many cells each merged area has."""
    for left, top, right, bottom in _AREA.findall(content):
        yield (_column(right) - _column(left) + 1) * (int(bottom[:9]) - int(top[:9]) + 1)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters[:4]:
        number = number * 26 + letter - 64
    return number
