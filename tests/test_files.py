"""Problems of shape and reading, from tests/files: as the rules' folders, one for each id that reading can give.

Bytes that do not sit well in git (BOM, CRLF, GBK, large files) are made here.
"""

from __future__ import annotations

import ast
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from generator.data.nodes import LARGEST_FILE

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Lay, Plansite, ProblemLines

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = ROOT / "tests" / "files"
CASES = sorted(folder for folder in FOLDERS.glob("*/*") if folder.is_dir())


@dataclass(frozen=True)
class Made:
    """A file of the base whose bytes are changed, and the line that must come of it (empty: none)."""

    rule: str
    change: Callable[[bytes], bytes]
    expected: str
    file: str = "leaders.yaml"


def _pad(size: int) -> Callable[[bytes], bytes]:
    """Return a change that makes a YAML file so many bytes long by comments."""

    def change(data: bytes) -> bytes:
        return data + b"#" * (size - len(data))

    return change


_GBK = "文件不是 UTF-8 编码：请在编辑器里选“UTF-8”另存（常见原因是存成了 GBK）"
_BOM = "文件开头有 BOM：请用“UTF-8（无 BOM）”编码另存"
_CRLF = "换行是 Windows 的 CRLF：请在编辑器里改成 LF 后保存"
_LONE = "有单独的回车符（CR）：请删去，或在编辑器里把换行改成 LF 后保存"
_LARGE = f"文件超过 {LARGEST_FILE // 1024 // 1024} MB，不像是方案数据：请检查是否放错了文件"
_SOURCE = "tiny-2022-2024/source.txt"

MADE = {
    "file-bom/valid": Made("file-bom", lambda data: "# ï»¿\n".encode() + data, ""),
    "file-bom/valid-mark": Made("file-bom", lambda data: b"\xef\xbb\xbf" + data, ""),
    "file-bom/invalid": Made(
        "file-bom", lambda data: data.decode().encode("utf-16"), f"leaders.yaml:1:1: error: {_BOM}"
    ),
    "file-bom/invalid-source": Made(
        "file-bom", lambda data: b"\xef\xbb\xbf" + data, f"{_SOURCE}:1:1: error: {_BOM}", _SOURCE
    ),
    "file-encoding/valid": Made("file-encoding", lambda data: "# 𠮷𬊤😀\n".encode() + data, ""),
    "file-encoding/invalid": Made(
        "file-encoding", lambda data: data.decode().encode("gbk"), f"leaders.yaml:4:11: error: {_GBK}"
    ),
    "file-encoding/invalid-surrogate": Made(
        "file-encoding",
        lambda data: data.replace("明".encode(), b"\xed\xa0\x80"),
        f"leaders.yaml:4:12: error: {_GBK}",
    ),
    "file-encoding/invalid-cut": Made(
        "file-encoding", lambda data: data[:-1], f"{_SOURCE}:32:9: error: {_GBK}", _SOURCE
    ),
    "file-line-end/valid": Made("file-line-end", lambda data: data.replace(b"\n", b" \n\n").rstrip(), ""),
    "file-line-end/valid-windows": Made("file-line-end", lambda data: data.replace(b"\n", b"\r\n"), ""),
    "file-line-end/valid-paragraphs": Made(
        "file-line-end", lambda data: data.replace(b"\n", b"\r\n"), "", "tiny-2022-2024/sectors/1.yaml"
    ),
    "file-line-end/invalid": Made(
        "file-line-end", lambda data: data.replace(b"\n", b"\r"), f"leaders.yaml:1:78: error: {_LONE}"
    ),
    "file-line-end/invalid-lone": Made(
        "file-line-end",
        lambda data: data.replace("示例区政府办\n".encode(), "示例区\r政府办\r\n".encode()),
        f"{_SOURCE}:4:4: error: {_LONE}",
        _SOURCE,
    ),
    "file-line-end/invalid-source": Made(
        "file-line-end",
        lambda data: data.replace("示例区政府办\n".encode(), "示例区政府办\r\n".encode()),
        f"{_SOURCE}:4:7: error: {_CRLF}",
        _SOURCE,
    ),
    "file-size/valid": Made("file-size", _pad(LARGEST_FILE), ""),
    "file-size/invalid": Made("file-size", _pad(LARGEST_FILE + 1), f"leaders.yaml:1:1: error: {_LARGE}"),
}


def _ids_in_reading() -> set[str]:
    """Return every problem id that the modules that read can give: their texts like-this."""
    found: set[str] = set()
    for module in ("nodes", "bind", "files", "tree", "load"):
        tree = ast.parse((ROOT / "generator" / "data" / f"{module}.py").read_text("utf-8"))
        texts = {
            node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }
        found |= {text for text in texts if re.fullmatch(r"[a-z]+(-[a-z]+)+", text)}
    # Of what is passed over only warnings speak; they have tests of their own below.
    return found - {"file-ignored"}


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: f"{folder.parent.name}/{folder.name}")
def test_file(folder: Path, lay: Lay, problem_lines: ProblemLines) -> None:
    """A folder gives exactly its expected problem lines, and a `valid` one none."""
    expected = [] if folder.name == "valid" else (folder / "expected.txt").read_text("utf-8").splitlines()
    assert problem_lines(lay(folder)) == expected


@pytest.mark.parametrize("made", MADE.values(), ids=MADE)
def test_made_file(made: Made, plan_data: Path, problem_lines: ProblemLines) -> None:
    """A file with changed bytes gives exactly its expected problem line."""
    path = plan_data / made.file
    path.write_bytes(made.change(path.read_bytes()))
    assert problem_lines(plan_data) == ([f"plan_data/{made.expected} ({made.rule})"] if made.expected else [])


def test_every_id_has_its_cases() -> None:
    """Every id that reading can give has a valid and an invalid case, and every case such an id."""
    cases = {f"{folder.parent.name}/{folder.name}" for folder in CASES} | set(MADE)
    ids = _ids_in_reading()
    assert {case.partition("/")[0] for case in cases} == ids
    assert {f"{name}/{kind}" for name in ids for kind in ("valid", "invalid")} <= cases


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: f"{folder.parent.name}/{folder.name}")
def test_an_invalid_folder_shows_its_own_id(folder: Path) -> None:
    """What an `invalid` folder expects includes the id that it is named for."""
    if folder.name != "valid":
        assert f" ({folder.parent.name})\n" in (folder / "expected.txt").read_text("utf-8")


COPIES = {
    "._units.yaml": "临时文件",
    "~$plan_data.xlsx": "临时文件",
    "units (2).yaml": "副本",
    "units.yml": "units.yaml",
    "unit.yaml": "不是数据目录里的文件名",
    "tiny-2022-2024/plan - 副本.yaml": "副本",
    "tiny-2022-2024/sectors/3.yaml": "方案的各部分里没有写这个文件",
    "tiny-2022-2024/more.yaml": "方案的各部分里没有写这个文件",
    "tiny-2022-2024/sectors/1 - 副本.yaml": "副本",
    "tiny-2022-2024/sectors/1 (2).yaml": "副本",
    "tiny-2022-2024/sectors/._1.yaml": "临时文件",
    "tiny-2022-2024/sectors/3.yml": "3.yaml",
}
"""Names that programs and people leave behind → what the warning says."""


@pytest.mark.parametrize("name", COPIES)
def test_a_copy_is_passed_over_with_a_warning(name: str, plan_data: Path, plansite: Plansite) -> None:
    """What is no part of the data stops nothing; one line says that it was passed over, and why."""
    (plan_data / name).write_bytes(b"whatever: [\n")
    done = plansite("check", str(plan_data))
    assert done.returncode == 0, done.stderr
    (line,) = done.stderr.splitlines()
    assert f"{name}:1:1: warning: " in line
    assert COPIES[name] in line


def test_a_copied_plan_is_passed_over(plan_data: Path, plansite: Plansite) -> None:
    """A folder that a file manager has copied is no second plan."""
    shutil.copytree(plan_data / "tiny-2022-2024", plan_data / "tiny-2022-2024 - 副本")
    done = plansite("check", str(plan_data))
    assert (done.returncode, done.stderr.count("warning: "), "1 个方案" in done.stdout) == (0, 1, True)
    assert "::warning file=" in plansite("check", str(plan_data), "--format", "github").stderr


def test_files_that_a_plan_may_do_without(plan_data: Path, problem_lines: ProblemLines) -> None:
    """There need be no files for leaders, citations, oddities and terms; what they would register is missed."""
    for name in ("oddities", "glossary", "citations"):
        (plan_data / "tiny-2022-2024" / f"{name}.yaml").unlink()
    (plan_data / "leaders.yaml").unlink()
    assert {line.rpartition(" (")[2] for line in problem_lines(plan_data)} == {"unknown-leader)", "uncited-document)"}


def test_files_that_are_no_data_are_nobodys_business(plan_data: Path, plansite: Plansite) -> None:
    """Notes, thumbnails and hidden folders beside the data are not spoken of."""
    for name in ("README.md", "Thumbs.db", ".DS_Store", "desktop.ini", "tiny-2022-2024/.1.yaml.swp"):
        (plan_data / name).write_bytes(b"x")
    (plan_data / ".git").mkdir()
    done = plansite("check", str(plan_data))
    assert (done.returncode, done.stderr) == (0, "")


def test_a_broken_source_is_the_one_problem(plan_data: Path, problem_lines: ProblemLines) -> None:
    """A line too many at the top of the official text is one problem, not one for every line below it."""
    source = plan_data / "tiny-2022-2024" / "source.txt"
    source.write_text("\n" + source.read_text("utf-8"), "utf-8")
    (line,) = problem_lines(plan_data)
    assert "source.txt:1:1: error: " in line
