import io

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

PARAGRAPHS = (
    """<w:r><w:t>一、多开</w:t></w:r><w:ins w:id="1" w:author="x"><w:r><w:t>十个</w:t></w:r></w:ins>
    <w:del w:id="2" w:author="x"><w:r><w:delText>五个</w:delText></w:r></w:del><w:r><w:t>窗口。</w:t></w:r>""",
    '<w:pPr><w:rPr><w:del w:id="3" w:author="x"/></w:rPr></w:pPr><w:r><w:t>二、少跑</w:t></w:r>',
    "<w:r><w:t>一趟。</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>给排版看的话</w:t></w:r>",
    '<w:moveFrom w:id="4" w:author="x"><w:r><w:t>原来在这里的话。</w:t></w:r></w:moveFrom>',
    """<w:r><w:t>三、上网办事。</w:t></w:r>
    <w:moveTo w:id="5" w:author="x"><w:r><w:t>移到这里的话。</w:t></w:r></w:moveTo>""",
)


def build() -> bytes:
    """Return a document with changes that nobody accepted yet."""
    document = docx.Document()
    body = document.element.body
    for words in PARAGRAPHS:
        body.insert(len(body) - 1, parse_xml(f"<w:p {nsdecls('w')}>{words}</w:p>"))
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()
