import io

import docx
from docx.oxml import parse_xml

SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
INNER = "<w:txbxContent><w:p><w:r><w:t>框里的话。</w:t></w:r></w:p></w:txbxContent>"
BOX = (
    f"<w:r {SPACES}><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{INNER}</wps:txbx></w:drawing>"
    f"</mc:Choice><mc:Fallback><w:pict><v:textbox>{INNER}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)
FIELD = (
    f"<w:r {SPACES}><w:fldChar w:fldCharType='begin'/></w:r>",
    f"<w:r {SPACES}><w:instrText>HYPERLINK x</w:instrText></w:r>",
    f"<w:r {SPACES}><w:fldChar w:fldCharType='separate'/></w:r>",
    f"<w:r {SPACES}><w:t>链接的字</w:t></w:r>",
    f"<w:r {SPACES}><w:fldChar w:fldCharType='end'/></w:r>",
)


def build() -> bytes:
    """Return a document with a box, a field, breaks, odd characters, a header, a footer and a comment."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "青山县人民政府公报"
    document.sections[0].footer.paragraphs[0].text = "第 1 页"
    document.add_paragraph("青山县人民政府\n关于便民的通知")
    paragraph = document.add_paragraph("　　一、多开窗\u200b口，⻓期坚持。")
    paragraph._p.append(parse_xml(BOX))
    linked = document.add_paragraph("二、看")
    for run in FIELD:
        linked._p.append(parse_xml(run))
    document.add_comment(linked.runs[0], text="这里要改", author="x", initials="x")
    document.add_paragraph("联系人：李敏\t王强")
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()
