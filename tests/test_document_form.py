"""How the documents beside the pages are set, opened with python-docx and held against GB/T 9704-2012."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

import docx
import pytest
from docx.oxml.ns import qn
from lxml import etree

from generator.export import document

if TYPE_CHECKING:
    from docx.document import Document

PLAN = "plans/xishan-2022-2024/xishan-2022-2024"


@pytest.fixture(scope="module")
def packages(sheets: dict[str, bytes]) -> dict[str, bytes]:
    """Return every document of the real plan by address without suffix."""
    return {name.removesuffix(".docx"): content for name, content in sheets.items() if name.endswith(".docx")}


@pytest.fixture(scope="module")
def documents(packages: dict[str, bytes]) -> dict[str, Document]:
    """Return every document, opened."""
    return {name: docx.Document(io.BytesIO(content)) for name, content in packages.items()}


def test_the_page_is_that_of_the_standard(documents: dict[str, Document]) -> None:
    """A4 with a text block of 156 by 225 mm, 37 mm below the top and 28 mm from the left, 22 lines of 28 characters."""
    for opened in documents.values():
        (section,) = opened.sections
        assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
        assert (round(section.top_margin.mm), round(section.left_margin.mm)) == (37, 28)
        width = section.page_width.mm - section.left_margin.mm - section.right_margin.mm
        height = section.page_height.mm - section.top_margin.mm - section.bottom_margin.mm
        assert (round(width), round(height)) == (156, 225)
        normal = opened.styles["Normal"]
        assert normal.font.size.pt == 16
        assert 22 <= height / 25.4 * 72 / normal.paragraph_format.line_spacing.pt < 22.1
        closer = int(normal.element.rPr.find(qn("w:spacing")).get(qn("w:val"))) / 20
        assert 28 <= width / 25.4 * 72 / (16 + closer) < 28.2
        grid = section._sectPr.find(qn("w:docGrid"))
        assert grid.get(qn("w:type")) == "linesAndChars"
        pitch = 16 + int(grid.get(qn("w:charSpace"))) / 4096
        assert int(width / 25.4 * 72 / pitch) == 28


def test_styles_are_those_of_the_standard(documents: dict[str, Document]) -> None:
    """Title, headings and text have the fonts and sizes of the standard, outline levels and indents."""
    styles = documents[PLAN].styles
    wanted = {
        "Title": ("方正小标宋简体", 22, None),
        "Heading 1": ("黑体", None, "0"),
        "Heading 2": ("楷体_GB2312", None, "1"),
        "Heading 3": (None, None, "2"),
    }
    for name, (font, size, level) in wanted.items():
        style = styles[name]
        found = style.element.rPr.find(qn("w:rFonts"))
        assert (None if found is None else found.get(qn("w:eastAsia"))) == font
        assert (style.font.size and style.font.size.pt) == size
        outline = style.element.pPr.find(qn("w:outlineLvl"))
        assert (None if outline is None else outline.get(qn("w:val"))) == level
        assert style.paragraph_format.keep_with_next
    assert styles["Body Text"].element.pPr.find(qn("w:ind")).get(qn("w:firstLineChars")) == "200"
    fonts = styles.element.find(".//" + qn("w:rPrDefault")).find(".//" + qn("w:rFonts"))
    assert (fonts.get(qn("w:eastAsia")), fonts.get(qn("w:ascii"))) == ("仿宋_GB2312", "Times New Roman")
    assert styles.element.find(".//" + qn("w:lang")).get(qn("w:eastAsia")) == "zh-CN"


def test_fonts_are_named_with_fallbacks_and_not_embedded(packages: dict[str, bytes]) -> None:
    """Every font that a style names is in the table of fonts with another name that Word can take."""
    with zipfile.ZipFile(io.BytesIO(packages[PLAN])) as package:
        table = etree.fromstring(package.read("word/fontTable.xml"))
        used = set(re.findall(r'w:(?:eastAsia|ascii|hAnsi)="([^"]+)"', package.read("word/styles.xml").decode()))
        assert not any("embed" in name or name.endswith((".odttf", ".ttf")) for name in package.namelist())
    named = {font.get(qn("w:name")): font.find(qn("w:altName")).get(qn("w:val")) for font in table}
    assert used - {"zh-CN"} <= set(named)
    assert all(name and "," not in name and len(name) <= 31 for name in named.values())


def test_page_numbers_stand_on_the_outer_side(documents: dict[str, Document]) -> None:
    """Odd pages are numbered at the right, even ones at the left, a character in, between dashes."""
    for opened in documents.values():
        assert opened.settings.odd_and_even_pages_header_footer
        (section,) = opened.sections
        for footer, side, other in ((section.footer, "right", "left"), (section.even_page_footer, "left", "right")):
            paragraph, below = footer.paragraphs
            assert below.text == "非官方整理，以印发的文件为准"
            assert below._p.pPr.jc.get(qn("w:val")) == side
            field = paragraph._p.find(qn("w:fldSimple"))
            assert field.get(qn("w:instr")).strip() == "PAGE"
            assert "".join(text.text for text in paragraph._p.iter(qn("w:t"))).split() == ["—", "1", "—"]
            assert paragraph._p.pPr.jc.get(qn("w:val")) == side
            assert paragraph._p.pPr.ind.get(qn(f"w:{side}")) == "280"
            assert paragraph._p.pPr.ind.get(qn(f"w:{other}")) is None
            assert paragraph.style.font.size.pt == 14


def test_tables_fit_the_page_and_repeat_their_heads(documents: dict[str, Document]) -> None:
    """Each table is as wide as the text, its columns add up in every row, and just its first row is a head."""
    for opened in documents.values():
        for table in opened.tables:
            widths = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid]
            assert abs(sum(widths) - 8844) <= len(widths)
            for place, row in enumerate(table.rows):
                heads = row._tr.findall(f"{qn('w:trPr')}/{qn('w:tblHeader')}")
                assert bool(heads) == (place == 0)
                assert sum(int(cell.width.twips) for cell in dict.fromkeys(row.cells)) == sum(widths)
                assert len(row.cells) == len(widths)
            assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))


def test_nothing_but_the_plan_dates_a_document(packages: dict[str, bytes], documents: dict[str, Document]) -> None:
    """Properties bear the day of issue, and the package neither the clock nor the system that made it."""
    for name, content in packages.items():
        properties = documents[name].core_properties
        assert properties.created.isoformat()[:10] == properties.modified.isoformat()[:10] == "2022-12-12"
        assert properties.language == "zh-CN"
        assert properties.title == next(p.text for p in documents[name].paragraphs if p.style.name == "Title")
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            assert package.namelist() == [
                *(part for part, _ in document.read_parts()),
                "docProps/core.xml",
                "word/document.xml",
            ]
            assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
            assert {entry.create_system for entry in package.infolist()} == {0}


def test_text_never_becomes_markup() -> None:
    """What looks like XML in a plan stays text, in paragraphs, cells and properties."""
    hostile = "<w:p>&amp; \"]]> '{{ 1 }}"
    columns = (document.Column("甲", 78), document.Column("<乙>", 78))
    blocks = (
        document.Paragraph("BodyText", hostile, hostile),
        document.Table(hostile, columns, (document.row(columns, (hostile, hostile), ()),)),
        document.Paragraph("BodyText", "完"),
    )
    opened = docx.Document(io.BytesIO(document.Press().document(hostile, blocks, "2022-12-12")))
    assert opened.core_properties.title == hostile
    assert opened.paragraphs[0].text == hostile * 2
    (table,) = opened.tables
    assert [cell.text for cell in table.rows[0].cells] == ["甲", "<乙>"]
    assert [cell.text for cell in table.rows[1].cells] == [f"{hostile}\n{hostile}", ""]
    assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == hostile


def test_properties_stand_in_the_order_that_word_demands(packages: dict[str, bytes]) -> None:
    """In every part, the properties of paragraphs, runs, rows and cells follow the sequence of the schema."""
    orders = {
        "pPr": (
            "pStyle keepNext keepLines pageBreakBefore widowControl "
            "snapToGrid spacing ind contextualSpacing jc outlineLvl"
        ),
        "rPr": "rStyle rFonts b bCs spacing kern sz szCs lang",
        "tcPr": "tcW gridSpan vAlign",
        "tblPr": "tblStyle tblW tblInd tblBorders tblLayout tblCellMar tblLook tblCaption",
        "sectPr": "footerReference pgSz pgMar pgNumType cols docGrid",
        "style": "name basedOn next uiPriority semiHidden unhideWhenUsed qFormat pPr rPr tblPr",
    }
    with zipfile.ZipFile(io.BytesIO(packages[PLAN])) as package:
        parts = [etree.fromstring(package.read(name)) for name in package.namelist() if name.startswith("word/")]
    for part in parts:
        for name, order in orders.items():
            for element in part.iter(qn(f"w:{name}")):
                places = [order.split().index(etree.QName(child).localname) for child in element]
                assert places == sorted(places)
