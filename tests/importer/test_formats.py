"""Files of all formats read as text: each folder in formats/ holds a file, or what builds it, and what is read from it.

After a change that is meant to show, renew what is read and review the difference:

    python -m tests.importer.test_formats --write && git diff tests/importer/formats
"""

from __future__ import annotations

import contextlib
import io
import random
import re
import runpy
import sys
import time
import zipfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pypdf
import pytest
from playwright.sync_api import sync_playwright

from generator.importer.formats.read import official_text, read_official_text
from generator.problems import PlanError
from tests.conftest import _browser_path

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from generator.importer.formats.blocks import OfficialText

CASES = Path(__file__).parent / "formats"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
HEAD = "<div style='font-size:9pt;width:100%;text-align:center'>青山县人民政府公报</div>"
FOOT = "<div style='font-size:9pt;width:100%;text-align:center'>— <span class='pageNumber'></span> —</div>"


def printed(browser: Browser, page: str, head: str = HEAD, foot: str = FOOT) -> bytes:
    """Return a page as a browser prints it, with a running head and numbers of pages."""
    tab = browser.new_page()
    tab.set_content(page)
    margin = {"top": "30mm", "bottom": "30mm", "left": "28mm", "right": "26mm"}
    content = tab.pdf(
        format="A4", margin=margin, display_header_footer=True, header_template=head, footer_template=foot
    )
    tab.close()
    return content


def _content(case: Path, browser: Browser) -> bytes:
    if (case / "build.py").exists():
        made = runpy.run_path(str(case / "build.py"))["build"]()
        assert isinstance(made, bytes)
        return made
    if (case / "print.html").exists():
        return printed(browser, (case / "print.html").read_text("utf-8"))
    return next(case.glob("source.*")).read_bytes()


def _told(read: OfficialText) -> str:
    told = "".join(f"{note.line}: {note.words}\n" for note in read.notes)
    # How many lines a browser prints depends on its fonts.
    return re.sub(r"(共接|表格里有|重复了) \d+ ", r"\1…", told)


@pytest.mark.parametrize("case", sorted(path for path in CASES.iterdir() if path.is_dir()), ids=lambda path: path.name)
def test_a_file_is_read(case: Path, browser: Browser) -> None:
    """A file gives the text that a reader sees, and a note for each decision."""
    read = official_text(_content(case, browser), "plan")
    assert read.text.split("\n") == (case / "expected.txt").read_text("utf-8").split("\n")
    assert _told(read).split("\n") == (case / "notes.txt").read_text("utf-8").split("\n")


def _zip(**parts: bytes | str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name.replace("__", "/").replace("_xml", ".xml"), part)
    return content.getvalue()


@cache
def _word() -> bytes:
    made = runpy.run_path(str(CASES / "word-numbers" / "build.py"))["build"]()
    assert isinstance(made, bytes)
    return made


def _pdf(password: str = "") -> bytes:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(595, 842)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    content = io.BytesIO()
    writer.write(content)
    return content.getvalue()


ENTITIES = "<!DOCTYPE a [<!ENTITY b 'bbbb'><!ENTITY c '&b;&b;'>]><a>&c;</a>"
REFUSED = {
    "no words": (b" \n\t\n", "是空的"),
    "noise": (bytes(range(256)) * 8, "读不出文字"),
    "old Word": (OLE + "WordDocument".encode("utf-16-le"), "另存为 .docx"),
    "old Excel": (OLE + "Workbook".encode("utf-16-le"), "另存为 .xlsx"),
    "locked Word": (OLE + "EncryptedPackage".encode("utf-16-le"), "取消密码"),
    "rich text": (b"{\\rtf1 x}", "另存为 .docx"),
    "a picture": (b"\x89PNG\r\n\x1a\n", "OCR"),
    "an archive": (_zip(a_txt="x"), "先解压"),
    "OFD": (_zip(OFD_xml="<a/>"), "OFD"),
    "slides": (_zip(ppt__presentation_xml="<a/>"), "演示文稿"),
    "no document": (_zip(word__document_xml="<a/>"), "不是 Word 文档"),
    "broken XML": (_zip(word__document_xml="<a"), "损坏"),
    "entities": (_zip(word__document_xml=ENTITIES), "损坏"),
    "wide entities": (_zip(word__document_xml=ENTITIES.encode("utf-16")), "损坏"),
    "a bomb": (_zip(word__document_xml=b"<a>" + b" " * 50_000_000 + b"</a>"), "太大"),
    "a wide merge": (_zip(xl__workbook_xml="<a/>", xl__s_xml="<mergeCell ref='A1:XFD1048576'/>"), "太大"),
    "a broken workbook": (_zip(xl__workbook_xml="<a/>"), "损坏"),
    "a strict workbook": (_zip(xl__workbook_xml="<a xmlns='http://purl.oclc.org/ooxml/x'/>"), "Strict"),
    "a cut zip": (_word()[:5000], "损坏"),
    "a broken PDF": (b"%PDF-1.7\nx", "损坏"),
    "a locked PDF": (_pdf("secret"), "密码"),
    "a scanned PDF": (_pdf(), "OCR"),
    "a page too deep": (b"<html><body>" + b"<div>" * 5000 + "一、".encode(), "套得太深"),
    "an archive without a page": (
        b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x--\n",
        "没有网页",
    ),
}
"""What a file is → its bytes, and words of the advice."""


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_no_text_is_refused_with_advice(what: str) -> None:
    """A file that holds no text is refused in one line of Chinese that says what to do."""
    content, advice = REFUSED[what]
    with pytest.raises(PlanError, match=advice) as caught:
        official_text(content, "plan.docx")
    (problem,) = caught.value.problems
    assert (problem.where.path, problem.rule) == ("plan.docx", "file-unreadable")


def test_a_folder_and_a_huge_file_are_refused(tmp_path: Path) -> None:
    """What is no file, is empty, or is too large for a plan, is refused before it is read."""
    (tmp_path / "empty").touch()
    with (tmp_path / "huge").open("wb") as huge:
        huge.truncate(200 * 1024 * 1024)
    for name, advice in ((".", "是目录"), ("empty", "是空的"), ("huge", "超过")):
        with pytest.raises(PlanError, match=advice):
            read_official_text(tmp_path / name, "plan")


@pytest.mark.parametrize("case", ["word-table", "word-beside", "sheet-merged", "web-page", "web-archive", "pdf-table"])
def test_damaged_files_are_read_or_refused(case: str, browser: Browser) -> None:
    """Whatever a file has suffered, what cannot be read of it is refused in words."""
    whole = _content(CASES / case, browser)
    for turn in range(20):
        chance = random.Random(f"{case} {turn}")
        content = bytearray(whole)
        for _ in range(chance.choice((1, 5, 40))):
            at = chance.randrange(len(content) + 1)
            cut = chance.choice((0, 1, 100))
            content[at : at + cut] = chance.randbytes(chance.randrange(3))
        with contextlib.suppress(PlanError):
            assert official_text(bytes(content), "plan").text


def test_large_files_are_read_in_time() -> None:
    """A web page and a document of a megabyte take seconds, not minutes."""
    line = "办好一件事，让办事的人少跑一趟。（责任单位：市便民局、市数据局）"
    page = "<meta charset='utf-8'>" + "".join(f"<p>{n}.{line}</p>" for n in range(1, 9000))
    body = "".join(f"<w:p><w:r><w:t>{n}.{line}</w:t></w:r></w:p>" for n in range(1, 9000))
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    document = f"<w:document xmlns:w='{space}'><w:body>{body}</w:body></w:document>"
    for content in (page.encode(), _zip(word__document_xml=document)):
        begun = time.process_time()
        assert official_text(content, "plan").text.count("\n") == 8999
        assert time.process_time() - begun < 20


if __name__ == "__main__" and "--write" in sys.argv:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=_browser_path(), args=["--no-sandbox"])
        for folder in sorted(path for path in CASES.iterdir() if path.is_dir()):
            made = official_text(_content(folder, chromium), "plan")
            (folder / "expected.txt").write_text(made.text, "utf-8")
            (folder / "notes.txt").write_text(_told(made), "utf-8")
        chromium.close()
