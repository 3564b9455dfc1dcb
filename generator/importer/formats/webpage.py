"""Web pages as browsers save them, alone or with all parts in one file (.mht): the text without the site around it."""

from __future__ import annotations

import email
import email.policy
import re
from typing import TYPE_CHECKING, Final

from .article import Element, article, is_hidden, is_skipped, title_of
from .blocks import MOST_PLACES, Cell, Document, Paragraph, Table, grid, listed, refused
from .numerals import numeral
from .plain import decoded

if TYPE_CHECKING:
    from .blocks import Block

_CHARSET: Final = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_BLOCKS: Final = frozenset({
    "address", "article", "blockquote", "body", "caption", "center", "dd", "details", "dir", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "legend", "li",
    "main", "menu", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
})  # fmt: skip
"""Elements that begin on a line of their own."""
_LISTS: Final = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_STYLES: Final = (
    ("cjk-ideographic", "chineseCounting"), ("simp-chinese-informal", "chineseCounting"),
    ("trad-chinese-informal", "chineseCounting"), ("upper-roman", "upperRoman"), ("lower-roman", "lowerRoman"),
    ("upper-alpha", "upperLetter"), ("lower-alpha", "lowerLetter"), ("decimal", "decimal"),
)  # fmt: skip
_FRAME: Final = re.compile(
    r"[【\[（(]?\s*(?:"
    r"(?:字体|字号)\s*[：:]?\s*[\[【]?\s*大.{0,12}小.{0,12}|打印(?:本页|此页|文章)?.{0,12}|关闭(?:窗口|本页)?|分享(?:到)?[：:]?.{0,20}|"
    r"扫一扫.{0,20}|收藏.{0,6}|(?:信息|文章|稿件)?来源\s*[：:].{0,80}|(?:发布|发文|更新)?(?:时间|日期)\s*[：:]\s*\d{4}.{0,60}|"
    r"(?:浏览|点击|阅读|访问)(?:次数|量|数)?\s*[：:].{0,20}|责任编辑\s*[：:].{0,20}|(?:上|下)一篇.{0,80}|"
    r"(?:您)?(?:现在|当前|所在)的?位置.{0,80}|首页\s*[>＞»].{0,80}"
    r")\s*[】\]）)]?",
)
"""Lines that a site puts right above or below a text."""
_CARD: Final = re.compile("索引号[:：]?")
_AT_ENDS: Final = 8
"""Lines at the beginning and at the end among which such are looked for."""
_LONGEST_SAMPLE: Final = 60
_SPACE: Final = re.compile(r"[ \t\r\n\f]+")
_HAN: Final = re.compile("[\u3000-\u303f\u3400-\u9fff\uff00-\uffef“”‘’—…]")
_MOST_SPAN: Final = 1000


def web_document(content: bytes, shown: str) -> Document:
    """Return the text of a page; raises PlanError."""
    from lxml import etree

    text, note = decoded(content)
    declared = _CHARSET.search(content[:4096])
    if declared and declared[1].lower() in {b"big5", b"big5-hkscs"}:
        text = content.decode("big5hkscs", errors="replace")
    document = Document(notes=[note] if note else [])
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    root = etree.fromstring(text.replace("\0", "").encode(errors="replace"), parser)
    if any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log):
        raise refused(shown, "网页的结构套得太深，读不完整：请在浏览器里复制正文，存成 .txt 再导入")
    body = root.find("body") if root is not None else None
    if body is None:
        return document
    found = article(body)
    reader = _Reader()
    reader.read(found)
    blocks, framed = _unframed(reader.blocks)
    title = title_of(root, found)
    start = "".join("".join(block.text.split()) for block in blocks[:6] if isinstance(block, Paragraph))
    if title and "".join(title.split()) not in start:
        blocks.insert(0, Paragraph(title, ("标题印在正文上方，接在最前面",)))
    document.blocks = blocks
    around = _around(body, found)
    if around:
        sample = "".join(around)[:_LONGEST_SAMPLE]
        document.notes.append(f"网页正文以外的导航、页脚等 {sum(map(len, around))} 字没有收入，开头是“{sample}…”")
        sentences = [one for one in around if "。" in one]
        if sentences:
            document.notes.append(f"正文以外还有成句的话，没有收入，请看是否正文：{listed(sentences, most=100)}")
    if framed:
        document.notes.append(f"网站加在正文前后的话没有收入：{listed(framed, most=20)}")
    document.notes += reader.notes()
    return document


def archived_document(content: bytes, shown: str) -> Document:
    """Return the text of a page that was saved with all its parts in one file; raises PlanError."""
    message = email.message_from_bytes(content, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            page = part.get_payload(decode=True)
            if isinstance(page, bytes) and page.strip():
                return web_document(page, shown)
    raise refused(shown, "网页存档（.mht）里没有网页：请在浏览器里重新保存，或复制正文存成 .txt")


def _unframed(blocks: list[Block]) -> tuple[list[Block], list[str]]:
    """Return blocks without what the site puts at both ends, and the words of that."""
    ends = {*range(min(_AT_ENDS, len(blocks))), *range(max(0, len(blocks) - _AT_ENDS), len(blocks))}
    kept: list[Block] = []
    framed: list[str] = []
    for at, block in enumerate(blocks):
        words = _framing(block) if at in ends else ""
        if words:
            framed.append(words)
        else:
            kept.append(block)
    return kept, framed


def _framing(block: Block) -> str:
    """Return the words of a block that belongs to the site; nothing for one of the text."""
    if isinstance(block, Paragraph):
        words = _plain(block.text)
        return words if _FRAME.fullmatch(words) else ""
    cells = [_plain(cell.text) for cell in dict.fromkeys(cell for row in block.rows for cell in row)]
    # The card with which sites of government file a document.
    return " ".join(cells) if any(_CARD.match("".join(cell.split())) for cell in cells) else ""


def _plain(text: str) -> str:
    return " ".join(text.split())


def _around(body: Element, text: Element) -> list[str]:
    """Return the words of a page outside its text that are shown, by piece."""
    made: list[str] = []

    def walk(element: Element) -> None:
        if element is text or not isinstance(element.tag, str) or is_hidden(element):
            return
        if element.tag not in {"script", "style", "noscript", "template", "svg"}:
            if words := _plain(element.text or ""):
                made.append(words)
            for one in element:
                walk(one)
                if words := _plain(one.tail or ""):
                    made.append(words)

    walk(body)
    return made


class _Reader:
    """Makes blocks of an element; counts what it leaves out."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._line: list[str] = []
        self._lists: list[tuple[str, int]] = []
        """Of each list that is open: how it counts, and how far it has come."""
        self._counted = 0
        self._pictures = 0
        self._hidden: list[str] = []
        self._skipped: list[str] = []
        self._struck: list[str] = []
        self._places = 0

    def read(self, element: Element) -> None:
        """Read what an element holds, itself apart."""
        self._words(element.text)
        for one in element:
            self._element(one)
            self._words(one.tail)
        if element.tag in _BLOCKS:
            self._flush()

    def _words(self, text: str | None) -> None:
        if text:
            self._line.append(text)

    def _flush(self) -> None:
        """End the line that is open."""
        made = "".join(self._line)
        self._line = []
        words = "\n".join(_collapsed(line) for line in made.split("\0"))
        if words.strip():
            self.blocks.append(Paragraph(words))

    def _element(self, one: Element) -> None:
        if not isinstance(one.tag, str):
            return
        if is_hidden(one) or is_skipped(one):
            words = _plain(" ".join(one.itertext())) if one.tag not in {"script", "style"} else ""
            (self._hidden if is_hidden(one) else self._skipped).extend([words] if words else [])
            return
        if one.tag == "br":
            self._line.append("\0")
            return
        if one.tag in _BLOCKS:
            self._flush()
        if one.tag == "table" and not _is_layout(one):
            self._table(one)
        elif one.tag in {"ol", "ul"}:
            self._listed(one)
        else:
            self._pictures += one.tag == "img"
            if one.tag in {"s", "strike", "del"}:
                self._struck.append(_plain("".join(one.itertext())))
            if one.tag == "li" and self._lists:
                self._number(one)
            self.read(one)

    def _listed(self, one: Element) -> None:
        form = ""
        if one.tag == "ol":
            style = one.get("style", "").lower()
            form = next((form for word, form in _STYLES if word in style), _LISTS.get(one.get("type", "1"), "decimal"))
            form = "" if re.search(r"list-style(?:-type)?\s*:\s*none", style) else form
        start = one.get("start", "1")
        self._lists.append((form, int(start) - 1 if re.fullmatch(r"\d{1,4}", start) else 0))
        self.read(one)
        self._lists.pop()

    def _number(self, one: Element) -> None:
        """Write the number that a browser prints before an item of a list."""
        form, count = self._lists[-1]
        value = one.get("value", "")
        count = int(value) if re.fullmatch(r"\d{1,4}", value) else count + 1
        self._lists[-1] = form, count
        if form:
            self._counted += 1
            self._line.append(numeral(count, form) + ("、" if form == "chineseCounting" else "."))

    def _table(self, table: Element) -> None:
        rows: list[list[Cell]] = []
        taken: set[tuple[int, int]] = set()
        elements = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
        for at, row in enumerate(elements):
            made: list[Cell] = []
            left = 0
            for cell in row:
                if cell.tag not in {"td", "th"} or is_hidden(cell):
                    continue
                while (at, left) in taken:
                    left += 1
                down = min(_span(cell, "rowspan") or len(elements), len(elements) - at)
                across = _span(cell, "colspan") or 1
                self._places += down * across
                if self._places > MOST_PLACES:
                    self.blocks.append(Paragraph("", ("表格太大，后面的没有收入",)))
                    return
                taken |= {(at + below, left + right) for below in range(down) for right in range(across)}
                made.append(Cell(self._cell(cell), at, left, down, across))
                left += across
            rows.append(made)
        caption = table.find("caption")
        if caption is not None:
            self.read(caption)
            self._flush()
        if width := max((left + 1 for _, left in taken), default=0):
            self.blocks.append(Table(grid(rows, width)))

    def _cell(self, cell: Element) -> str:
        """Return the lines of a cell."""
        outer, self.blocks = self.blocks, []
        self.read(cell)
        self._flush()
        inner, self.blocks = self.blocks, outer
        return "\n".join(block.text for block in inner if isinstance(block, Paragraph))

    def notes(self) -> list[str]:
        """Return what is to be said of the whole page."""
        made = []
        if self._counted:
            made.append(f"网页自动编的 {self._counted} 个序号写成了文字")
        if self._skipped:
            made.append(f"正文里的按钮、分享一类没有收入：{listed(self._skipped)}")
        if self._hidden:
            made.append(f"网页上不显示的字没有收入：{listed(self._hidden)}")
        if self._struck:
            made.append(f"画了删除线的字仍然收入，请核对：{listed(self._struck)}")
        if self._pictures:
            made.append(f"有 {self._pictures} 张图片，里面的字没有读")
        return made


def _collapsed(line: str) -> str:
    """Return a line as a browser shows it, but without a blank where only the page's own lines break inside Chinese."""

    def blank(match: re.Match[str]) -> str:
        before, behind = line[max(0, match.start() - 1) : match.start()], line[match.end() : match.end() + 1]
        is_broken = "\n" in match[0] and _HAN.match(before) and _HAN.match(behind)
        return "" if is_broken else " "

    return _SPACE.sub(blank, line)


def _is_layout(table: Element) -> bool:
    """Say whether a table only arranges the page: it holds other tables, or one column."""
    if table.get("role") == "presentation" or next(table.iterdescendants("table"), None) is not None:
        return True
    return all(sum(cell.tag in {"td", "th"} for cell in row) <= 1 for row in table.iter("tr"))


def _span(cell: Element, name: str) -> int:
    value = cell.get(name, "1").strip()
    return min(int(value), _MOST_SPAN) if re.fullmatch(r"\d{1,6}", value) else 1
