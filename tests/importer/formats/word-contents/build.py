import io

import docx
from docx.enum.style import WD_STYLE_TYPE


def build() -> bytes:
    """Return a document with a table of contents, by its style and by its dots."""
    document = docx.Document()
    style = document.styles.add_style("toc 1", WD_STYLE_TYPE.PARAGRAPH)
    document.add_paragraph("一、优化窗口\t1", style=style)
    document.add_paragraph("二、少跑一趟……………………3")
    document.add_paragraph("一、优化窗口")
    document.add_paragraph("二、少跑一趟")
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()
