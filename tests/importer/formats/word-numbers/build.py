import io

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

LEVELS = (
    ("chineseCounting", "%1、", "nothing", ""),
    ("chineseCounting", "（%2）", "nothing", ""),
    ("decimal", "%3.", "tab", ""),
    ("decimal", "%1.%2.%4", "tab", "<w:isLgl/>"),
)
ARTICLES = (("chineseCountingThousand", "第%1条", "space", ""), ("bullet", "●", "tab", ""))


def _define(document: Document, number: int, levels: tuple[tuple[str, str, str, str], ...], start: int = 1) -> None:
    made = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start if not at else 1}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:suff w:val="{suffix}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for at, (form, text, suffix, more) in enumerate(levels)
    )
    root = document.part.numbering_part.element
    abstract = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">{made}</w:abstractNum>'
    root.insert(0, parse_xml(abstract))
    root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'))


def _restarted(document: Document, number: int, of: int, start: int) -> None:
    override = f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{start}"/></w:lvlOverride>'
    document.part.numbering_part.element.append(
        parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{of}"/>{override}</w:num>')
    )


def _add(document: Document, text: str, number: int, level: int = 0) -> None:
    properties = document.add_paragraph(text)._p.get_or_add_pPr()
    properties.append(
        parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')
    )


def build() -> bytes:
    """Return a document whose numbers are nowhere in its text."""
    document = docx.Document()
    _define(document, 90, LEVELS)
    _define(document, 91, ARTICLES)
    _restarted(document, 92, of=91, start=11)
    document.add_paragraph("试办措施")
    for text, number, level in (
        ("优化窗口", 90, 0),
        ("多开窗口。", 90, 1),
        ("周末也开。", 90, 2),
        ("晚上也开。", 90, 2),
        ("少跑一趟。", 90, 1),
        ("网上交材料。", 90, 2),
        ("办好网站", 90, 0),
        ("建网站。", 90, 1),
        ("编了三级的话。", 90, 3),
        ("本措施自印发之日起施行。", 91, 0),
        ("圆点后面的话。", 91, 1),
        ("本措施由市便民局解释。", 91, 0),
        ("从十一条接着编。", 92, 0),
        ("不编号的话。", 0, 0),
    ):
        _add(document, text, number, level)
    document.add_paragraph("按样式编号的话。", style="List Number")
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()
