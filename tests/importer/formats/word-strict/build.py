import io
import zipfile

WORDS = "http://purl.oclc.org/ooxml/wordprocessingml/main"
RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"


def _related(**targets: str) -> str:
    made = "".join(
        f'<Relationship Id="r{kind}" Type="{RELATIONS}/{kind}" Target="{name}"/>' for kind, name in targets.items()
    )
    return f'<Relationships xmlns="{RELATIONSHIPS}">{made}</Relationships>'


def _part(name: str, inner: str) -> str:
    return f'<w:{name} xmlns:w="{WORDS}">{inner}</w:{name}>'


def build() -> bytes:
    """Return a document in the strict form, under names of its own, with a note at the foot of a page and a picture."""
    text = "<w:r><w:t>一、多开窗口</w:t></w:r><w:r><w:footnoteReference w:id='1'/></w:r><w:r><w:t>。</w:t></w:r>"
    drawn = "<w:p><w:r><w:drawing><a:blip xmlns:a='x'/></w:drawing></w:r></w:p>"
    note = "<w:footnote w:id='1'><w:p><w:r><w:t>指综合窗口。</w:t></w:r></w:p></w:footnote>"
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as package:
        package.writestr("_rels/.rels", _related(officeDocument="word/main.xml"))
        package.writestr("word/main.xml", _part("document", f"<w:body><w:p>{text}</w:p>{drawn}</w:body>"))
        package.writestr("word/_rels/main.xml.rels", _related(footnotes="notes.xml", header="NULL"))
        package.writestr("word/notes.xml", _part("footnotes", note))
    return content.getvalue()
