"""DOCX: paragraphs with the numbers that Word prints before them, tables, boxes; what is left out is listed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from .blocks import MOST_PLACES, Cell, Document, Paragraph, Table, grid, listed, refused
from .word_numbers import Numbering, child, name_of, number_in, numbering_of, value_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .blocks import Block
    from .package import Element, Package

_INSIDE: Final = frozenset({
    "hyperlink", "smartTag", "sdt", "sdtContent", "ins", "moveTo", "fldSimple", "customXml", "dir", "bdo",
})  # fmt: skip
"""Elements whose runs belong to the paragraph."""
_AS: Final = {"tab": "\t", "ptab": "\t", "noBreakHyphen": "-"}
_DRAWN: Final = frozenset({"drawing", "pict", "object", "AlternateContent"})
_NOTED: Final = frozenset({"footnoteReference", "endnoteReference"})
_OFF: Final = frozenset({"0", "false", "off"})
_CONTENTS: Final = re.compile(r"(?:toc|目录)\s*\d", re.IGNORECASE)
_MATHEMATICS: Final = frozenset({"oMath", "oMathPara"})
_PICTURES: Final = "文档里没有文字，只有图片，像是扫描件：请先用文字识别（OCR）软件识别，核对后存成 .docx 再导入"
_ELSEWHERE: Final = (
    ("header", "页眉没有收入"),
    ("footer", "页脚没有收入"),
    ("footnotes", "脚注没有收入正文"),
    ("endnotes", "尾注没有收入正文"),
    ("comments", "批注没有收入"),
)
"""Parts beside the body: kind, what is said of them."""


def word_document(package: Package) -> Document:
    """Return what a DOCX holds; raises PlanError."""
    main = next((name for kind, name in package.related("") if kind == "officeDocument"), "word/document.xml")
    root = package.xml(main)
    body = child(root, "body") if root is not None else None
    if body is None:
        raise refused(package.shown, "不是 Word 文档，或内容已损坏：请用 Word 或 WPS 打开，另存为 .docx 再导入")
    parts = list(package.related(main))
    named = {kind: package.xml(name) for kind, name in parts if kind in {"numbering", "styles"}}
    reader = _Reader(numbering_of(named.get("numbering"), named.get("styles")), _contents_styles(named.get("styles")))
    document = Document()
    reader.read(body, document.blocks)
    document.notes += reader.notes()
    for kind, said in _ELSEWHERE:
        words = [text for of, name in parts if of == kind for text in _paragraph_texts(package.xml(name))]
        if words:
            document.notes.append(f"{said}：{listed(words, most=100)}")
    if reader.pictures:
        document.fault = _PICTURES
        document.notes.append(f"有 {reader.pictures} 张图片，里面的字没有读")
    return document


def _contents_styles(styles: Element) -> frozenset[str]:
    """Return the ids of styles for lines of a table of contents."""
    found = set()
    for one in () if styles is None else styles:
        name = child(one, "name")
        if name is not None and _CONTENTS.match(value_of(name) or ""):
            found.add(value_of(one, "styleId") or "")
    return frozenset(found)


def _paragraph_texts(root: Element) -> Iterator[str]:
    for one in () if root is None else root.iter():
        if name_of(one) == "p":
            yield "".join(text.text or "" for text in one.iter() if name_of(text) == "t")


class _Reader:
    """Reads a body; counts what it leaves out."""

    def __init__(self, numbering: Numbering, contents: frozenset[str]) -> None:
        self._numbering = numbering
        self._contents = contents
        self._fields: list[str] = []
        """What the fields that are open say, the innermost last."""
        self._open = ""
        """Words of a paragraph whose end was deleted: they go on in the next."""
        self._boxes: list[Element] = []
        self._places = 0
        self.pictures = 0
        self._breaks = 0
        self._tracked: list[str] = []
        self._deleted: list[str] = []
        self._hidden: list[str] = []
        self._depth = 0
        """In how many tables what is read stands."""
        self._own: list[str] = []
        """What is to be noted of the paragraph that is read."""

    def read(self, parent: Element, blocks: list[Block]) -> None:
        """Read paragraphs and tables, and what holds such."""
        for one in parent:
            name = name_of(one)
            if name == "p":
                self._paragraph(one, blocks)
            elif name == "tbl":
                self._table(one, blocks)
            elif name == "sdt":
                gallery = child(one, "sdtPr", "docPartObj", "docPartGallery")
                is_contents = gallery is not None and value_of(gallery) == "Table of Contents"
                inner: list[Block] = []
                if (content := child(one, "sdtContent")) is not None:
                    self.read(content, inner)
                blocks += [
                    Paragraph(block.text, block.notes, is_contents=True)
                    if is_contents and isinstance(block, Paragraph)
                    else block
                    for block in inner
                ]
            elif name in {"ins", "moveTo", "customXml", "smartTag"}:
                self.read(one, blocks)
            elif name in {"del", "moveFrom"}:
                self._deleted += _paragraph_texts(one)

    def _paragraph(self, paragraph: Element, blocks: list[Block]) -> None:
        properties = child(paragraph, "pPr")
        is_contents = any(one.lstrip().upper().startswith("TOC") for one in self._fields)
        words: list[str] = []
        self._own, boxes = [], len(self._boxes)
        for one in paragraph:
            self._inline(one, words)
        text = "".join(words)
        style = child(properties, "pStyle")
        is_contents = (
            is_contents
            or any(one.lstrip().upper().startswith("TOC") for one in self._fields)
            or (style is not None and value_of(style) in self._contents)
        )
        mark = child(properties, "rPr")
        is_joined = child(mark, "del") is not None or child(mark, "moveFrom") is not None
        if self._is_hidden(mark) and not text:
            is_joined = True
        place = self._numbering.place(properties) if properties is not None else None
        if place and (text.strip() or not is_joined) and not self._open:
            number = self._numbering.printed(place)
            text = number + text if text.strip() else text
        text, self._open = self._open + text, ""
        if is_joined:
            self._open = text
        elif text.strip():
            blocks.append(Paragraph(text, tuple(self._own), is_contents=is_contents))
        for box in self._boxes[boxes:]:
            inner: list[Block] = []
            self.read(box, inner)
            blocks += [_noted(block, "这是文本框里的字，放在它所在的段落后面") for block in inner[:1]] + inner[1:]
        del self._boxes[boxes:]

    def _inline(self, one: Element, words: list[str]) -> None:
        name = name_of(one)
        if name == "r":
            self._run(one, words)
        elif name in _INSIDE:
            before = len(words)
            for inner in one:
                self._inline(inner, words)
            if name in {"ins", "moveTo"} and (added := "".join(words[before:])).strip():
                self._tracked.append(added)
        elif name in {"del", "moveFrom"}:
            gone = "".join(t.text or "" for t in one.iter() if name_of(t) in {"delText", "t"})
            if gone.strip():
                self._deleted.append(gone)
        elif name in _MATHEMATICS:
            formula = "".join(t.text or "" for t in one.iter() if name_of(t) == "t")
            words.append(formula)
            self._own.append(f"公式“{formula}”只收入了其中的字符")

    def _run(self, run: Element, words: list[str]) -> None:
        made: list[str] = []
        for one in run:
            self._piece(one, made)
        text = "".join(made)
        if self._is_hidden(child(run, "rPr")):
            if text.strip():
                self._hidden.append(text)
        else:
            words.append(text)

    def _piece(self, one: Element, made: list[str]) -> None:
        name = name_of(one)
        if name in _AS:
            made.append(_AS[name])
        elif name == "t":
            made.append(one.text or "")
        elif name in {"br", "cr"} and value_of(one, "type") not in {"page", "column"}:
            made.append("\n")
            self._breaks += not self._depth
        elif name == "sym":
            code = value_of(one, "char") or ""
            made.append(chr(int(code, 16)) if re.fullmatch("[0-9A-Fa-f]{4}", code) else "")
        elif name in {"fldChar", "instrText"}:
            self._field(value_of(one, "fldCharType") or "", one.text or "")
        elif name in _DRAWN:
            self._drawn(one)
        elif name in _NOTED:
            self._own.append("这里有脚注或尾注，注文没有收入正文")
        elif name == "ruby":
            base = child(one, "rubyBase")
            for inner in () if base is None else base:
                self._inline(inner, made)

    def _field(self, kind: str, words: str) -> None:
        if kind == "begin":
            self._fields.append("")
        elif kind == "end" and self._fields:
            self._fields.pop()
        elif self._fields:
            self._fields[-1] += words

    def _drawn(self, one: Element) -> None:
        """Note the boxes and pictures of a drawing; what is there only for older programs is the same again."""
        name = name_of(one)
        if name == "Fallback":
            return
        if name == "txbxContent":
            self._boxes.append(one)
            return
        self.pictures += name in {"blip", "imagedata"}
        for inner in one:
            self._drawn(inner)

    @staticmethod
    def _is_hidden(properties: Element) -> bool:
        vanish = child(properties, "vanish") if properties is not None else None
        return vanish is not None and (value_of(vanish) or "1") not in _OFF

    def _table(self, table: Element, blocks: list[Block]) -> None:
        rows: list[list[Cell]] = []
        above: dict[int, tuple[int, int]] = {}
        """By column: where in `rows` the cell stands that may reach down into it."""
        nested: list[Block] = []
        for row in _below(table, "tr"):
            properties = child(row, "trPr")
            if properties is not None and child(properties, "del") is not None:
                self._deleted += _paragraph_texts(row)
                continue
            made: list[Cell] = []
            left = (number_in(properties, "gridBefore") if properties is not None else None) or 0
            for cell in _below(row, "tc"):
                own = child(cell, "tcPr")
                across = min(max((number_in(own, "gridSpan") if own is not None else None) or 1, 1), 200)
                merge = child(own, "vMerge") if own is not None else None
                if merge is not None and value_of(merge) in {None, "continue"} and left in above:
                    at, which = above[left]
                    upper = rows[at][which]
                    rows[at][which] = Cell(upper.text, upper.top, upper.left, len(rows) - at + 1, upper.across)
                else:
                    made.append(Cell(self._cell(cell, nested), len(rows), left, 1, across))
                    above[left] = (len(rows), len(made) - 1)
                left += across
                self._places += across
            rows.append(made)
        if self._places > MOST_PLACES:
            rows = []
            nested.append(Paragraph("", ("表格太大，没有收入",)))
        width = max((cell.left + cell.across for row in rows for cell in row), default=0)
        if width:
            blocks.append(Table(grid(rows, width)))
        blocks += nested

    def _cell(self, cell: Element, nested: list[Block]) -> str:
        """Return the lines of a cell; a table inside it stands behind the one that it is in."""
        inner: list[Block] = []
        self._depth += 1
        self.read(cell, inner)
        self._depth -= 1
        nested += [_noted(block, "这张表格原来套在前面表格的格里") for block in inner if isinstance(block, Table)]
        return "\n".join(block.text for block in inner if isinstance(block, Paragraph))

    def notes(self) -> Iterator[str]:
        """Yield what is to be said of the whole document."""
        if self._numbering.count:
            yield f"Word 自动编的 {self._numbering.count} 个序号写成了文字"
        if self._numbering.bullets:
            yield f"项目符号没有收入：{len(self._numbering.bullets)} 处"
        if self._breaks:
            yield f"段内换行 {self._breaks} 处，照样换行"
        if self._tracked:
            yield f"修订里插入的字已收入：{listed(self._tracked, most=100)}"
        if self._deleted:
            yield f"修订里删去的字没有收入：{listed(self._deleted, most=100)}"
        if self._hidden:
            yield f"隐藏的字没有收入：{listed(self._hidden, most=100)}"


def _below(parent: Element, name: str) -> Iterator[Element]:
    """Yield the rows of a table, or the cells of a row, also those inside content controls or marks of revision."""
    for one in parent:
        if name_of(one) == name:
            yield one
        elif name_of(one) in {"sdt", "sdtContent", "ins", "customXml"}:
            yield from _below(one, name)


def _noted(block: Block, words: str) -> Block:
    if isinstance(block, Paragraph):
        return Paragraph(block.text, (words, *block.notes), is_contents=block.is_contents)
    return Table(block.rows, (words, *block.notes))
