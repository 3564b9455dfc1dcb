"""One official text read from a file, whatever its format."""

from __future__ import annotations

import re
import stat
from typing import TYPE_CHECKING, Final

from .blocks import Note, OfficialText, refused
from .lines import composed
from .package import Package, ole_fault
from .plain import decoded

if TYPE_CHECKING:
    from pathlib import Path

    from .blocks import Document

_LARGEST: Final = 100 * 1024 * 1024
"""Bytes; a long plan with pictures has some 20 MB."""
_NO_TEXT: Final = "读不出文字：请在编辑器里另存为 UTF-8 纯文本"
_EMPTY: Final = "文件里没有文字：请检查是否选错了文件"
_PICTURE: Final = "这是图片，没有文字：请先用文字识别（OCR）软件识别，核对后存成 .docx 或 .txt 再导入"
_PICTURES: Final = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"II*\0", b"MM\0*", b"BM")
_WEB: Final = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|div|p|table)\b", re.IGNORECASE)
_ARCHIVED: Final = re.compile(
    rb"^(?:from|mime-version|content-type|subject|date|snapshot-content-location):", re.IGNORECASE
)
_START: Final = 2048


def read_official_text(path: Path, shown: str) -> OfficialText:
    """Return the text of a file and what had to be decided; what the file is, is told by its content.

    `shown` is how problems name the file. Raises PlanError where it cannot be read as a text,
    OSError where it cannot be read at all.
    """
    status = path.stat()
    if stat.S_ISDIR(status.st_mode):
        raise refused(shown, "是目录，不是文件：请写出方案文件的路径")
    if not stat.S_ISREG(status.st_mode):
        raise refused(shown, "不是普通文件：请写出方案文件的路径")
    if status.st_size > _LARGEST:
        raise refused(shown, f"文件超过 {_LARGEST // 1024 // 1024} MB，不像是方案：请检查是否选错了文件")
    return official_text(path.read_bytes(), shown)


def official_text(content: bytes, shown: str) -> OfficialText:
    """Return the text that the bytes of a file hold; raises PlanError."""
    if fault := _fault(content):
        raise refused(shown, fault)
    if content.startswith(b"PK\x03\x04"):
        return _told(_office(content, shown), shown)
    if b"%PDF-" in content[:1024]:
        from .pdf import pdf_document

        return _told(pdf_document(content, shown), shown)
    text, note = decoded(content)
    start = content[:_START].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t")
    if _ARCHIVED.match(start) and b"multipart/" in content[: _START * 8].lower():
        from .webpage import archived_document

        return _told(archived_document(content, shown), shown)
    if start.startswith(b"<") and _WEB.search(start):
        from .webpage import web_document

        return _told(web_document(content, shown), shown)
    if not text.strip():
        raise refused(shown, _NO_TEXT)
    return OfficialText(text, (Note(1, note),) if note else ())


def _fault(content: bytes) -> str:
    """Say what a file is that holds no text that can be read here; nothing if it may."""
    if not content.strip():
        return "文件是空的：请检查是否选错了文件，或重新取得"
    if fault := ole_fault(content):
        return fault
    if content.startswith(_PICTURES):
        return _PICTURE
    if content.startswith(b"{\\rtf"):
        return "这是 RTF 文档：请用 Word 或 WPS 打开，另存为 .docx 再导入"
    if content.startswith((b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"PK\x05\x06")):
        return "这是压缩包，不是文档：请先解压，再导入里面的文件"
    return ""


def _office(content: bytes, shown: str) -> Document:
    package = Package(content, shown)
    if package.kind == "xlsx":
        from .sheet import sheet_document

        return sheet_document(content, package)
    from .word import word_document

    return word_document(package)


def _told(document: Document, shown: str) -> OfficialText:
    made = composed(document)
    if not made.text:
        raise refused(shown, document.fault or _EMPTY)
    return made
