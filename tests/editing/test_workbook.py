"""The editing workbook: how it is written, and what is said of files that are none or came back damaged."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest

from generator.editing import package
from generator.editing.merge import read_rows
from generator.editing.tables import TABLES
from generator.editing.workbook import BASE, GUIDE, OFFERS

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.editing.conftest import Edited, Exported, Merged, Refused

ROOT = Path(__file__).resolve().parents[2]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def test_every_record_is_a_row(exported: Exported, plan_data: Path) -> None:
    """Each table shows each record of the data once, with its id, in the order of the data."""
    book = openpyxl.load_workbook(io.BytesIO(exported(plan_data)))
    assert book.sheetnames == [GUIDE, *(table.name for table in TABLES), BASE, OFFERS]
    ids = {
        page.title: [cell.value for cell in page["A"][1:]] for page in book if page.title not in {GUIDE, BASE, OFFERS}
    }
    assert ids == {
        "单位": ["convenience", "data", "livelihood", "towns"],
        "别名": ["convenience/1"],
        "单位变更": [],
        "目标": ["tiny-2022-2024/satisfied", "tiny-2022-2024/days", "tiny-2022-2024/windows"],
        "目标值": [
            *("tiny-2022-2024/satisfied/1", "tiny-2022-2024/days/1", "tiny-2022-2024/days/2"),
            "tiny-2022-2024/windows/1",
        ],
        "定期事项": ["tiny-2022-2024/report"],
    }
    assert [cell.value for cell in book["定期事项"][2]] == [
        *("tiny-2022-2024/report", "制度保障1　按季报送", "各便民点", "区便民局", "报送进展", "每季度"),
        *("3月、6月、9月、12月20日前", "网站推断", "原文没有列月份，“季度末月”按3、6、9、12月理解。"),
        *("每季度末月20日前", None),
    ]
    assert [cell.value for cell in book["目标值"][3]][:2] == ["tiny-2022-2024/days/1", "tiny-2022-2024/days"]
    assert [cell.value for cell in book["目标值"][3]][4:9] == [2022, None, 5, None, None]


def test_a_clerk_can_work_with_it(exported: Exported, plan_data: Path) -> None:
    """Headings are frozen, choices are offered in Chinese, texts stay texts, and the base is out of sight."""
    book = openpyxl.load_workbook(io.BytesIO(exported(plan_data)))
    assert book[BASE].sheet_state == "veryHidden"
    for table in TABLES:
        page = book[table.name]
        assert page.freeze_panes
        assert page.auto_filter.ref
        assert page["C1"].alignment.vertical == "center"
        assert page.max_row == 1 or page["C2"].alignment.wrap_text
    offers = {str(rule.sqref): rule.formula1 for rule in book["目标值"].data_validations.dataValidation}
    assert offers["F2:F205"] == '"不低于,不超过,达到,左右,介于,逐步提高,逐步降低,达到所述状态"'
    assert offers["B6:B205"] == "'目标'!$A$2:$A$204"
    assert offers["C6:C205"] == f"'{OFFERS}'!$A$1:$A$16"
    assert [cell.value for cell in book[OFFERS]["A"]] == [
        *("2022年总体目标", "2024年总体目标"),
        *("任务1　压缩办理时限", "任务2　推行一窗通办", "任务3　设立老年人专窗"),
        *("制度保障1　按季报送", "制度保障2　按年检查"),
        *("现将行动方案印发给你们,请认真执行。", "为落实《示例市便民服务办法》(示政发〔2…", "一、指导思想"),
        *(
            "群众盼什么,就先办什么。少跑路,快办结。",
            "二、总体目标",
            "三、重点任务",
            "板块1　办得更快",
            "板块2　办得更好",
        ),
        "四、制度保障",
    ]
    assert book["目标值"]["J2"].number_format == "@"
    assert book["目标值"]["G2"].number_format == "General"


def test_the_guide_speaks_of_what_the_cells_show(exported: Exported, plan_data: Path) -> None:
    """The guide names every column, and no word that only the YAML has."""
    page = openpyxl.load_workbook(io.BytesIO(exported(plan_data)))[GUIDE]
    texts = [str(cell.value) for row in page.iter_rows() for cell in row if cell.value]
    assert {column.heading for table in TABLES for column in table.columns} <= set(texts)
    assert not re.search(r"\[\]|\b(state|between|inferred|rise|fall)\b", "".join(texts), re.ASCII)
    assert any("plansite merge" in text for text in texts)


def test_the_same_data_gives_the_same_bytes() -> None:
    """Another process with another hash seed writes the same workbook, and nothing in it comes from the clock."""
    script = (
        "import hashlib; from pathlib import Path\n"
        "from generator.editing.merge import read_rows; from generator.editing.workbook import editing_workbook\n"
        "print(hashlib.sha256(editing_workbook(read_rows(Path('tests/rules/base'), 'x'))).hexdigest())"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", script], cwd=ROOT, env={"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(runs) == 1
    assert len(runs.pop()) == 65


def test_ids_of_two_plans_are_told_apart(exported: Exported, merged: Merged, plan_data: Path) -> None:
    """Two plans may have the same ids; an edit lands in its own plan."""
    second = plan_data / "tiny-2025-2027"
    (plan_data / "tiny-2022-2024").rename(plan_data / "kept")
    for name in ("tiny-2022-2024", second.name):
        for file in (plan_data / "kept").rglob("*"):
            if file.is_file():
                copy = plan_data / name / file.relative_to(plan_data / "kept")
                copy.parent.mkdir(parents=True, exist_ok=True)
                text = file.read_text("utf-8")
                copy.write_text(text.replace("id: tiny-2022-2024", f"id: {name}"), "utf-8")
    for file in sorted((plan_data / "kept").rglob("*"), reverse=True):
        file.rmdir() if file.is_dir() else file.unlink()
    (plan_data / "kept").rmdir()
    rows = read_rows(plan_data, "plan_data").rows["定期事项"]
    assert [row.id for row in rows] == ["tiny-2022-2024/report", "tiny-2025-2027/report"]
    book = openpyxl.load_workbook(io.BytesIO(exported(plan_data)))
    book["定期事项"]["E3"] = "报送全部进展"
    stream = io.BytesIO()
    book.save(stream)
    assert list(merged(plan_data, stream.getvalue()).texts) == ["tiny-2025-2027/safeguards.yaml"]


def _zip(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in parts.items():
            book.writestr(name, content)
    return stream.getvalue()


def _parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return {name: book.read(name) for name in book.namelist()}


def _patched(content: bytes, name: str, old: bytes, new: bytes) -> bytes:
    parts = _parts(content)
    assert old in parts[name]
    return _zip(parts | {name: parts[name].replace(old, new)})


def _claiming(content: bytes) -> bytes:
    """Return a workbook whose directory claims that a part is huge when unpacked."""
    at = content.index(b"PK\x01\x02")
    return content[: at + 24] + (2**31).to_bytes(4, "little") + content[at + 28 :]


def _flipped(content: bytes) -> bytes:
    """Return a workbook with one wrong byte inside a packed part."""
    at = content.index(b"xl/worksheets/sheet4.xml") + 200
    return content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :]


LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
CELLS = b"<row>" + b"<c/>" * 600_000 + b"</row>"
BROKEN = {
    "empty": (lambda _: b"", "文件是空的"),
    "csv": (lambda _: "编号,名称\r\n".encode(), "不是 Excel 工作簿"),
    "html-as-xls": (lambda _: b"<html><table></table></html>", "不是 Excel 工作簿"),
    "xls": (lambda _: OLE + b"\0" * 5000 + "Workbook".encode("utf-16-le"), "这是旧格式"),
    "password": (lambda _: OLE + b"\0" * 900 + "EncryptedPackage".encode("utf-16-le"), "取消密码"),
    "cut in half": (lambda book: book[: len(book) // 2], "文件不完整"),
    "last byte lost": (lambda book: book[:-1], "文件不完整"),
    "first bytes only": (lambda book: book[:4], "文件不完整"),
    "one wrong byte": (_flipped, "内容可能损坏|文件不完整"),
    "word": (lambda _: _zip({"word/document.xml": b"<w/>", "[Content_Types].xml": b"<Types/>"}), "可能是 Word 文档"),
    "no workbook part": (
        lambda book: _zip({k: v for k, v in _parts(book).items() if k != "xl/workbook.xml"}),
        "不是 .xlsx 工作簿",
    ),
    "no content types": (
        lambda book: _zip({k: v for k, v in _parts(book).items() if k != "[Content_Types].xml"}),
        "内容可能损坏",
    ),
    "no xml": (lambda book: _zip(_parts(book) | {"xl/worksheets/sheet2.xml": b"<worksheet><a>"}), "内容可能损坏"),
    "strings cut": (lambda book: _zip(_parts(book) | {"xl/sharedStrings.xml": b"<sst/>"}), "内容可能损坏"),
    "laughs": (lambda book: _patched(book, "xl/workbook.xml", b"<workbook", LAUGHS + b"<workbook"), "内容可能损坏"),
    "laughs in utf-16": (
        lambda book: _zip(_parts(book) | {"xl/styles.xml": (LAUGHS + b"<x>&b;</x>").decode().encode("utf-16")}),
        "内容可能损坏",
    ),
    "strict": (
        lambda book: _patched(
            book,
            "xl/workbook.xml",
            b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        ),
        "另存为普通的",
    ),
    "claims to be huge": (_claiming, "展开后太大"),
    "is huge": (lambda book: _zip(_parts(book) | {"xl/a.xml": b" " * 60_000_000}), "展开后太大"),
    "half a million cells": (
        lambda book: _patched(book, "xl/worksheets/sheet2.xml", b"</sheetData>", CELLS + b"</sheetData>"),
        "展开后太大",
    ),
    "merged areas one over the other": (
        lambda book: _patched(
            book,
            "xl/worksheets/sheet2.xml",
            b"</sheetData>",
            b"</sheetData><mergeCells>" + b'<mergeCell ref="A1:Z3000"/>' * 2000 + b"</mergeCells>",
        ),
        "展开后太大",
    ),
    "a merged area without end": (
        lambda book: _patched(
            book,
            "xl/worksheets/sheet2.xml",
            b"</sheetData>",
            b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
        ),
        "展开后太大",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_file_that_is_no_workbook(name: str, exported: Exported, refused: Refused, plan_data: Path) -> None:
    """A file that is none, is locked, damaged, or made to hurt gets one line that says what to do."""
    make, expected = BROKEN[name]
    content: bytes = make(exported(plan_data))  # type: ignore[no-untyped-call]
    (line,) = refused(plan_data, content)
    assert line.startswith("改.xlsx:1:1: error: ")
    assert line.endswith(" (file-unreadable)")
    assert re.search(expected, line), line


@pytest.mark.parametrize("name", ["laughs", "laughs in utf-16"])
def test_entities_are_refused_unopened(name: str, exported: Exported, plan_data: Path) -> None:
    """Definitions that could unfold without end are found before anything reads the part as XML."""
    make, _ = BROKEN[name]
    assert package.fault(make(exported(plan_data)), package.bounds(0))  # type: ignore[no-untyped-call]


def test_a_package_that_lost_a_sheet(exported: Exported, refused: Refused, plan_data: Path) -> None:
    """A package without the part of a sheet is told which one is missing."""
    parts = _parts(exported(plan_data))
    del parts["xl/worksheets/sheet2.xml"]
    (line,) = refused(plan_data, _zip(parts))
    assert "缺少工作表“单位”" in line


@pytest.mark.parametrize("size", range(1, 60))
def test_every_truncation_is_a_line(size: int, exported: Exported, plan_data: Path) -> None:
    """Wherever a workbook is cut off, it is told so."""
    content = exported(plan_data)
    assert package.fault(content[: len(content) * size // 60], package.bounds(0))


def _cut_zip_flag(content: bytes) -> bytes:
    """Return a workbook whose parts are marked as locked by a password."""
    content = content.replace(b"PK\x03\x04\x14\x00\x00", b"PK\x03\x04\x14\x00\x01")
    return content.replace(b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01")


def test_a_zip_with_a_password(exported: Exported, plan_data: Path) -> None:
    """A package whose parts are locked is called locked, not damaged."""
    content = _cut_zip_flag(exported(plan_data))
    assert content != exported(plan_data)
    assert "取消密码" in package.fault(content, package.bounds(0))


def test_a_cell_at_the_far_end_costs_nothing(exported: Exported, merged: Merged, plan_data: Path) -> None:
    """A note that strayed to the last row and column is passed over, with all that lies between."""
    book = openpyxl.load_workbook(io.BytesIO(exported(plan_data)))
    for page in book.worksheets:
        page["XFD1048576"] = "跑到天边的备注"
    stream = io.BytesIO()
    book.save(stream)
    assert merged(plan_data, stream.getvalue()).edits == ()


def _inline(content: bytes) -> bytes:
    """Return a workbook with its texts in the cells, in several runs with their own looks."""
    parts = _parts(content)
    texts = re.findall(rb"<si><t[^>]*>(.*?)</t></si>", parts["xl/sharedStrings.xml"])
    for name in [name for name in parts if name.startswith("xl/worksheets/sheet")]:

        def _runs(found: re.Match[bytes]) -> bytes:
            text = texts[int(found[2])].decode()
            runs = "".join(f'<r><rPr><b/></rPr><t xml:space="preserve">{char}</t></r>' for char in (text[:1], text[1:]))
            return b"<c" + found[1] + b' t="inlineStr"><is>' + runs.encode() + b"</is></c>"

        parts[name] = re.sub(rb'<c([^>]*?) t="s"><v>(\d+)</v></c>', _runs, parts[name])
        assert b"inlineStr" in parts[name]
    return _zip(parts)


def _everywhere(old: bytes, new: bytes, only: str) -> Callable[[bytes], bytes]:
    def _replaced(content: bytes) -> bytes:
        parts = _parts(content)
        assert any(re.search(old, text) for name, text in parts.items() if only in name)
        return _zip({name: re.sub(old, new, text) if only in name else text for name, text in parts.items()})

    return _replaced


KSO = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Properties '
    b'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
    b'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
    b'<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="KSOProductBuildVer">'
    b"<vt:lpwstr>2052-12.1.0.17827</vt:lpwstr></property></Properties>"
)
OTHER_PROGRAMS: dict[str, Callable[[bytes], bytes]] = {
    "absolute part names": _everywhere(rb'Target="worksheets/', rb'Target="/xl/worksheets/', "workbook.xml.rels"),
    "no dimension": _everywhere(rb"<dimension[^>]*/>", b"", "worksheets/"),
    "texts in the cells, in runs": _inline,
    "spaces behind": _everywhere(rb"</t></si>", b"  \xe3\x80\x80</t></si>", "sharedStrings"),
    "returns behind": _everywhere(rb"</t></si>", b"_x000D_\n</t></si>", "sharedStrings"),
    "numbers as texts": _everywhere(rb"<c([^>t]*)><v>(\d+)</v></c>", rb'<c\1 t="str"><v>\2</v></c>', "worksheets/"),
    "numbers as texts with zeros": _everywhere(
        rb"(<c[^>t]*)><v>(5|3|95)</v></c>", rb'\1 t="str"><v>\2.0</v></c>', "worksheets/sheet6"
    ),
    "wide digits": _everywhere(rb"<c([^>t]*)><v>5</v></c>", rb'<c\1 t="str"><v>&#xFF15;</v></c>', "worksheets/"),
    "own properties": lambda content: _zip(
        _parts(_everywhere(rb"</Relationships>", _CUSTOM, "_rels/.rels")(content)) | {"docProps/custom.xml": KSO}
    ),
    "prefixed elements": _everywhere(rb"<(/?)(sst|si|t)\b", rb"<\1x:\2", "sharedStrings"),
}
_CUSTOM = (
    b'<Relationship Id="rId9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    b'custom-properties" Target="docProps/custom.xml"/></Relationships>'
)


@pytest.mark.parametrize("name", OTHER_PROGRAMS)
def test_a_workbook_saved_by_another_program(
    name: str, exported: Exported, merged: Merged, with_cells: Edited, plan_data: Path
) -> None:
    """What WPS and others make of the package changes nothing, and an edit beside it is still one edit."""
    made = OTHER_PROGRAMS[name](exported(plan_data))
    if name == "prefixed elements":
        made = _everywhere(rb"<x:sst xmlns=", rb"<x:sst xmlns:x=", "sharedStrings")(made)
    assert merged(plan_data, made).edits == ()
    edit = (
        with_cells(made, {("单位", "data", "说明"): "新说明"})
        if "spaces" not in name and "returns" not in name
        else b""
    )
    if edit:
        assert [(e.table, e.heading, e.new) for e in merged(plan_data, edit).edits] == [("单位", "说明", "新说明")]
