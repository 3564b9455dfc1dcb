"""PDF: which characters stand where, put together into the lines that are printed."""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from statistics import median
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from .blocks import Document, listed, refused
from .page_lines import PageLine, joined_pages

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST_PAGES: Final = 3000
_DAMAGED: Final = "PDF 打不开，内容可能损坏或没有传完：请重新取得这个文件"
_LOCKED: Final = "PDF 设了打开密码：请用阅读器输入密码打开，再另存或打印成没有密码的 PDF"
_SCANNED: Final = "PDF 里没有文字，像是扫描件：请先用文字识别（OCR）软件识别，核对后存成 .docx 或 .txt 再导入"
_GARBLED: Final = "PDF 里的文字没有带编码，读出来是乱码：请换 Word 原件，或用文字识别（OCR）软件识别后再导入"
_PASSWORD: Final = 4
"""PDFium's number for a file that wants a password."""
_SAME_LINE: Final = 0.35
"""Of a character's width: how far characters of one line may stand above one another."""
_WORD_GAP: Final = 0.13
"""The gap between Latin words, beyond what all characters of a line are set apart by to fill it."""
_BLANK_GAP: Final = 0.3
"""The same of a blank beside a Chinese character; programs set it apart from a figure by up to a quarter anyway."""
_NARROW_GAP: Final = 0.18
_WIDE_GAP: Final = 0.8
_COLUMN_GAP: Final = 1.6
_TWICE: Final = 0.7
_ENOUGH: Final = 8
"""Gaps that tell by how much a line is spread."""
_NOTHING: Final = 2
"""Bytes of a text without characters."""
_MOST_GARBLED: Final = 0.2
_UNCERTAIN: Final = frozenset("\ufffd\ufffe\uffff\0")
_HAN: Final = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")
_CLOSING: Final = "，。、；：！？）》”’〉】〕」』,.;:!?)]"
_LOOSE: Final = frozenset("“”‘’—…·")
"""Marks that fonts make as wide as a character or half of it, wherever in it they stand."""
_OPENING: Final = "（《“‘〈【〔「『(["
_LATIN: Final = re.compile(r"[A-Za-z0-9.%&/+-]")


class _Glyph(NamedTuple):
    text: str
    left: float
    right: float
    base: float
    height: float


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
    if bare and len(bare) < len(pages):
        document.notes.append(f"第 {'、'.join(map(str, bare))} 页没有文字，像是扫描的图片：里面的字没有读")
    if turned:
        document.notes.append(f"斜着印的字（水印一类）没有收入：{listed(turned)}")
    return document


def _pages(opened: Any, shown: str) -> tuple[list[list[PageLine]], list[int], list[str]]:  # noqa: ANN401 - without types
    """Return the lines of each page, the numbers of pages without text, and words that are printed aslant."""
    pages: list[list[PageLine]] = []
    bare: list[int] = []
    turned: Counter[str] = Counter()
    uncertain = total = 0
    for number in range(len(opened)):
        try:
            page = opened[number]
            text_page = page.get_textpage()
        except Exception as error:
            # A page that is broken is an error of the library's own kind, or of none that it names.
            raise refused(shown, _DAMAGED) from error
        glyphs, aslant = _glyphs(text_page)
        glyphs += _passed_over(page, text_page)
        total += len(glyphs)
        uncertain += sum(glyph.text in _UNCERTAIN or "\ue000" <= glyph.text <= "\uf8ff" for glyph in glyphs)
        lines = list(_lines(glyphs, number + 1))
        if not lines:
            bare.append(number + 1)
        if aslant.strip():
            turned[aslant.strip()] += 1
        pages.append(lines)
        text_page.close()
        page.close()
    if total and uncertain > _MOST_GARBLED * total:
        raise refused(shown, _GARBLED)
    return pages, bare, list(turned)


def _glyphs(text_page: Any) -> tuple[list[_Glyph], str]:  # noqa: ANN401 - as above
    """Return the characters of a page with their places, and those printed aslant."""
    from pypdfium2 import raw

    made: list[_Glyph] = []
    aslant: list[str] = []
    box = raw.FS_RECTF()
    across, base = ctypes.c_double(), ctypes.c_double()
    page = text_page.raw
    high = 0
    for at in range(raw.FPDFText_CountChars(page)):
        code = raw.FPDFText_GetUnicode(page, at)
        if code in {10, 13}:
            continue
        if 0xD800 <= code < 0xDC00:  # noqa: PLR2004 - the first half of a character
            high = code
            continue
        if 0xDC00 <= code < 0xE000 and high:  # noqa: PLR2004 - and the second
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
        high = 0
        char = chr(code)
        is_generated = raw.FPDFText_IsGenerated(page, at) == 1
        if is_generated:
            # A blank that is only a gap: the places of the characters tell as much.
            continue
        angle = raw.FPDFText_GetCharAngle(page, at)
        if 0.09 < angle < 6.19:  # noqa: PLR2004 - five degrees, in radians
            aslant.append(char)
            continue
        raw.FPDFText_GetLooseCharBox(page, at, box)
        raw.FPDFText_GetCharOrigin(page, at, across, base)
        # The box may be that of the strokes alone: where a character stands is told by its origin.
        made.append(_Glyph(char, across.value, box.right, base.value, box.top - box.bottom))
    return made, "".join(aslant)


def _passed_over(page: Any, text_page: Any) -> list[_Glyph]:  # noqa: ANN401 - as above
    """Return the characters that PDFium takes for others printed twice, since their codes and places are alike.

    It tells fonts not apart there. Without what it has read already, it reads them; the page is not used again.
    """
    from pypdfium2 import raw

    objects = [raw.FPDFPage_GetObject(page.raw, at) for at in range(raw.FPDFPage_CountObjects(page.raw))]
    texts = [one for one in objects if raw.FPDFPageObj_GetType(one) == raw.FPDF_PAGEOBJ_TEXT]
    read = [one for one in texts if raw.FPDFTextObj_GetText(one, text_page.raw, None, 0) > _NOTHING]
    if len(read) == len(texts):
        return []
    for one in read:
        raw.FPDFPage_RemoveObject(page.raw, one)
        raw.FPDFPageObj_Destroy(one)
    second = page.get_textpage()
    glyphs, _ = _glyphs(second)
    second.close()
    return glyphs


def _lines(glyphs: list[_Glyph], page: int) -> Iterator[PageLine]:
    """Yield the lines of a page from top to bottom."""
    seen = [glyph for glyph in glyphs if not glyph.text.isspace()]
    if not seen:
        return
    em = _width(seen)
    rows: list[list[_Glyph]] = []
    for glyph in glyphs:
        if rows and abs(rows[-1][-1].base - glyph.base) <= _SAME_LINE * em:
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    rows.sort(key=lambda row: -_base(row))
    merged: list[list[_Glyph]] = []
    for row in rows:
        if merged and abs(_base(merged[-1]) - _base(row)) <= _SAME_LINE * em:
            merged[-1] += row
        else:
            merged.append(row)
    for row in merged:
        row.sort(key=lambda glyph: glyph.left)
        if line := _line(row, page, em):
            yield line


def _base(row: list[_Glyph]) -> float:
    return median(glyph.base for glyph in row)


def _width(glyphs: list[_Glyph]) -> float:
    """Return how wide a Chinese character is, in points."""
    widths = [glyph.right - glyph.left for glyph in glyphs if _HAN.match(glyph.text)]
    return median(widths) if widths else median(glyph.height for glyph in glyphs) * 0.8 or 10.0


def _line(row: list[_Glyph], page: int, em: float) -> PageLine | None:
    """Return the line that characters make, with a blank where a gap between them shows one."""
    seen = [at for at, glyph in enumerate(row) if not glyph.text.isspace()]
    if not seen:
        return None
    row = row[seen[0] : seen[-1] + 1]
    size = _width(row) if any(_HAN.match(glyph.text) for glyph in row) else em
    ends = [max(glyph.right, glyph.left + size) if _HAN.match(glyph.text) else glyph.right for glyph in row]
    gaps = [(glyph.left - end) / size for end, glyph in zip(ends, row[1:], strict=False)]
    usual = max(0.0, sorted(gaps)[len(gaps) // 4]) if len(gaps) >= _ENOUGH else 0.0
    text = row[0].text
    columns = narrow = 0
    for before, glyph, found in zip(row, row[1:], gaps, strict=False):
        if found < -_TWICE and glyph.text == before.text:
            # Printed twice, to look bold.
            continue
        gap = found - usual
        columns += gap > _COLUMN_GAP
        text += _blank(before.text, glyph.text, gap)
        narrow += _NARROW_GAP < gap <= _BLANK_GAP and _are_mixed(before.text, glyph.text)
        text += glyph.text
    return PageLine(
        text=text,
        page=page,
        left=row[0].left,
        right=row[-1].right,
        base=_base(row),
        size=size,
        first=_first_width(row),
        columns=columns,
        narrow=narrow,
    )


def _blank(before: str, char: str, gap: float) -> str:
    """Return the blank that a gap between two characters shows, where none is written."""
    if before.isspace() or char.isspace():
        return ""
    if gap > _WIDE_GAP:
        return "　"
    if {before, char} & _LOOSE:
        return ""
    is_latin = before.isascii() and char.isascii()
    return " " if gap > (_WORD_GAP if is_latin else _BLANK_GAP) else ""


def _are_mixed(before: str, char: str) -> bool:
    """Say whether one of two characters is Chinese, the other a Latin letter or a figure."""
    return bool((_HAN.match(before) and _LATIN.match(char)) or (_LATIN.match(before) and _HAN.match(char)))


def _first_width(row: list[_Glyph]) -> float:
    """Return how wide that is at a line's start which may not be cut: a Latin word, a character with what closes it."""
    at = 1
    while at < len(row) and _is_whole(row[at - 1].text, row[at].text):
        at += 1
    return row[at - 1].right - row[0].left


def _is_whole(before: str, char: str) -> bool:
    """Say whether no line ends between two characters; some programs take quotation marks for Latin ones."""
    return bool(before in _OPENING or char in _CLOSING or char in "“‘" or (_LATIN.match(before) and _LATIN.match(char)))
