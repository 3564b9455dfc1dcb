"""PDF: opened, or refused with the reason; its pages read one by one."""

from __future__ import annotations

from collections import Counter
from typing import Any, Final

from .blocks import Block, Document, Table, listed, refused
from .page_lines import PageLine, joined_pages
from .pdf_glyphs import glyphs_of
from .pdf_tables import continued, with_tables

_MOST_PAGES: Final = 600
_DAMAGED: Final = "PDF 打不开，内容可能损坏或没有传完：请重新取得这个文件"
_LOCKED: Final = "PDF 设了打开密码：请用阅读器输入密码打开，再另存或打印成没有密码的 PDF"
_SCANNED: Final = "PDF 里没有文字，像是扫描件：请先用文字识别（OCR）软件识别，核对后存成 .docx 或 .txt 再导入"
_GARBLED: Final = "PDF 里的文字没有带编码，读出来是乱码：请换 Word 原件，或用文字识别（OCR）软件识别后再导入"
_PASSWORD: Final = 4
"""PDFium's number for a file that wants a password."""
_MOST_GARBLED: Final = 0.2
_UNCERTAIN: Final = frozenset("\ufffd\ufffe\uffff\0")


def pdf_document(content: bytes, shown: str) -> Document:
    """Return the paragraphs of a PDF that holds text; raises PlanError."""
    import pypdfium2

    try:
        opened = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        is_locked = getattr(error, "err_code", 0) == _PASSWORD or "assword" in str(error)
        raise refused(shown, _LOCKED if is_locked else _DAMAGED) from error
    try:
        count = len(opened)
        if count > _MOST_PAGES:
            raise refused(shown, f"PDF 有 {count} 页，不像是方案：请检查是否选错了文件，或只取方案的几页")
        pages, bare, turned = _pages(opened, shown)
    finally:
        opened.close()
    if not any(pages):
        return Document(fault=_SCANNED)
    document = joined_pages(pages)
    document.blocks = _whole(document.blocks)
    if bare and len(bare) < len(pages):
        document.notes.append(f"第 {'、'.join(map(str, bare))} 页没有文字，像是扫描的图片：里面的字没有读")
    if turned:
        document.notes.append(f"斜着印的字（水印一类）没有收入：{listed(turned)}")
    return document


def _whole(blocks: list[Block]) -> list[Block]:
    """Return blocks with the parts of each table put together, where nothing stands between them."""
    made: list[Block] = []
    for block in blocks:
        last = made[-1] if made else None
        whole = continued(last, block) if isinstance(last, Table) and isinstance(block, Table) else None
        if whole:
            made[-1] = whole
        else:
            made.append(block)
    return made


def _pages(opened: Any, shown: str) -> tuple[list[list[PageLine]], list[int], list[str]]:  # noqa: ANN401 - without types
    """Return the lines of each page, the numbers of pages without text, and words that are printed aslant."""
    pages: list[list[PageLine]] = []
    bare: list[int] = []
    turned: Counter[str] = Counter()
    uncertain = total = 0
    for number in range(len(opened)):
        try:
            page = opened[number]
            found = glyphs_of(page)
        except Exception as error:
            # A page that is broken is an error of the library's own kind, or of none that it names.
            raise refused(shown, _DAMAGED) from error
        total += len(found.glyphs)
        uncertain += sum(one.text in _UNCERTAIN or "\ue000" <= one.text <= "\uf8ff" for one in found.glyphs)
        lines = with_tables(found.glyphs, found.strokes, number + 1)
        if not lines:
            bare.append(number + 1)
        if found.aslant.strip():
            turned[found.aslant.strip()] += 1
        pages.append(lines)
        page.close()
    if total and uncertain > _MOST_GARBLED * total:
        raise refused(shown, _GARBLED)
    return pages, bare, list(turned)
