"""The command: exit statuses, formats, and that one run says everything."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Plansite

from tests.conftest import NO_OVERRIDE

ROOT = Path(__file__).resolve().parents[1]
CHINESE = re.compile("[一-鿿]")
ENGLISH_SENTENCE = re.compile(r"[a-z]+ [a-z]+ [a-z]+")
ARGPARSE = re.compile(r"\b(arguments?|invalid|choose|expected|required|unrecognized)\b")


@pytest.fixture
def faulty(plan_data: Path) -> Path:
    """Return a folder with faults of several kinds in several files."""
    plan = plan_data / "tiny-2022-2024"
    _edit(plan_data / "leaders.yaml", "id: yi-heping", "id: jia-ming")
    _edit(plan / "plan.yaml", "end: 2024", "end: 2023")
    _edit(plan / "sectors" / "1.yaml", "总牵头单位:区便民局", "总牵头单位:区便明局")
    _edit(plan / "sectors" / "2.yaml", "text: 2023年底前", "text: 2023年前")
    _edit(plan / "citations.yaml", "id: measures", "id: measures: 1")
    _edit(plan / "safeguards.yaml", "frequency: quarterly", "frequency: seldom")
    _edit(plan / "plan.yaml", "  - file: safeguards.yaml", "  - file: safeguards.yaml\n  - file: annex.yaml")
    return plan_data


def _edit(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def test_sound_data_is_status_0(plan_data: Path, plansite: Plansite) -> None:
    """Sound data is said to be so on standard output, and nothing on standard error."""
    done = plansite("check", plan_data.name)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "没有问题：1 个方案，原文 509 字全部还原一致。\n"


def test_plan_data_is_the_default(plan_data: Path, plansite: Plansite) -> None:
    """Without an argument the folder plan_data is checked."""
    assert plan_data.name == "plan_data"
    assert plansite("check").returncode == 0


def test_all_problems_at_once(faulty: Path, plansite: Plansite) -> None:
    """One run reports the faults of every file, sorted by place, and ends with status 1."""
    done = plansite("check", faulty.name)
    assert done.returncode == 1
    assert done.stdout == ""
    lines = done.stderr.splitlines()
    assert all(re.fullmatch(r"plan_data/[^:]+:\d+:\d+: error: .+ \([a-z-]+\)", line) for line in lines)
    places = [(path, int(line), int(column)) for path, line, column in (text.split(":")[:3] for text in lines)]
    assert places == sorted(places)
    assert len(lines) == len(set(lines))
    assert {re.findall(r"\(([a-z-]+)\)$", line)[0] for line in lines} >= {
        *("duplicate-id", "plan-folder", "unknown-unit", "printed-not-in-source"),
        *("yaml-syntax", "unknown-choice", "file-missing"),
    }
    assert len({path for path, *_ in places}) == 7


def test_github_format(faulty: Path, plansite: Plansite) -> None:
    """`--format github` writes the same problems as workflow commands."""
    plain = plansite("check", faulty.name).stderr.splitlines()
    done = plansite("check", faulty.name, "--format", "github")
    assert done.returncode == 1
    found = [
        re.fullmatch(r"::error file=([^,]+),line=(\d+),col=(\d+),title=([a-z-]+)::(.+)", line)
        for line in done.stderr.splitlines()
    ]
    again = [f"{m[1]}:{m[2]}:{m[3]}: error: {m[5].replace('%25', '%')} ({m[4]})" for m in found if m]
    assert again == plain


def test_github_format_escapes_paths(plan_data: Path, plansite: Plansite) -> None:
    """A path with signs that mean something to GitHub is escaped as it asks for."""
    (plan_data / "units.yaml").unlink()
    plan_data.rename(plan_data.parent / "a,b%c")
    done = plansite("check", "a,b%c", "--format", "github")
    assert done.stderr.startswith("::error file=a%2Cb%25c/units.yaml,line=1,col=1,title=file-missing::")


def test_json_format(faulty: Path, plansite: Plansite) -> None:
    """`--format json` writes the same problems as one JSON list on standard output."""
    plain = plansite("check", faulty.name).stderr.splitlines()
    done = plansite("check", faulty.name, "--format", "json")
    assert (done.returncode, done.stderr) == (1, "")
    rows = json.loads(done.stdout)
    assert [f"{r['path']}:{r['line']}:{r['column']}: error: {r['text']} ({r['rule']})" for r in rows] == plain
    assert [list(row) for row in rows] == [["path", "line", "column", "rule", "text"]] * len(rows)


def test_json_format_of_sound_data(plan_data: Path, plansite: Plansite) -> None:
    """`--format json` writes an empty list where there is nothing to report."""
    done = plansite("check", plan_data.name, "--format", "json")
    assert (done.returncode, done.stdout, done.stderr) == (0, "[]\n", "")


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("chekc",),
        ("check", "a", "b"),
        ("check", "--format", "xml"),
        ("check", "--format"),
        ("check", "--formt", "json"),
        ("export",),
        ("tree",),
        ("--plan-data", "x"),
    ],
    ids=" ".join,
)
def test_wrong_usage(arguments: tuple[str, ...], plansite: Plansite) -> None:
    """A command that is used wrongly is told so in Chinese, with status 2."""
    done = plansite(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr
    message = done.stderr.splitlines()[-1]
    assert CHINESE.search(message)
    assert not ARGPARSE.search(message), message


def test_help_is_chinese(plansite: Plansite) -> None:
    """The help texts are Chinese throughout, headings too."""
    for arguments in (("--help",), ("check", "--help")):
        done = plansite(*arguments)
        assert done.returncode == 0
        assert not ENGLISH_SENTENCE.search(done.stdout), done.stdout


@pytest.mark.parametrize("name", ["nowhere", "plan_data/leaders.yaml", "a" * 5000, "\udcff"])
def test_no_such_folder(name: str, plan_data: Path, plansite: Plansite) -> None:
    """A folder that is not there is named in one Chinese line, with status 2."""
    assert plan_data.is_dir()
    done = plansite("check", name)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert CHINESE.search(done.stderr)
    assert not ENGLISH_SENTENCE.search(done.stderr.replace(name, "")), done.stderr[-200:]


@pytest.mark.parametrize(
    ("argument", "shown"),
    [
        ("plan_data", "plan_data/units.yaml"),
        ("plan_data/", "plan_data/units.yaml"),
        ("plan_data//", "plan_data/units.yaml"),
    ],
)
def test_how_problems_name_files(argument: str, shown: str, plan_data: Path, plansite: Plansite) -> None:
    """Problems name a file by the path that was typed."""
    (plan_data / "units.yaml").unlink()
    assert plansite("check", argument).stderr.startswith(f"{shown}:1:1: ")


def test_an_absolute_path_is_shown_whole(plan_data: Path, plansite: Plansite) -> None:
    """A folder that is given by its absolute path is shown so."""
    (plan_data / "units.yaml").unlink()
    assert plansite("check", str(plan_data)).stderr.startswith(f"{plan_data}/units.yaml:1:1: ")


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", ""),
        ("export", ""),
        ("export", "", "--xlsx"),
        ("export", "out", "--plan-data", ""),
        ("export", "--xlsx", "--plan-data="),
        ("merge", "a.xlsx", "--plan-data", ""),
        ("tree", ""),
        ("tree", "out", "--plan-data", ""),
        ("schema", ""),
    ],
    ids=" ".join,
)
def test_an_empty_argument_is_no_folder(
    arguments: tuple[str, ...], plan_data: Path, plansite: Plansite, tmp_path: Path
) -> None:
    """An empty folder name, as an unset shell variable gives it, is wrong usage, and neither the root nor here."""
    done = plansite(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "plansite: 命令用法不对：目录名是空的\n"
    assert list(tmp_path.iterdir()) == [plan_data]


@pytest.mark.parametrize(
    ("arguments", "shown"),
    [
        (("export", "plan_data"), "plan_data"),
        (("export", "plan_data/out", "--xlsx"), "plan_data/out"),
        (("export", "elsewhere/../link/out", "--plan-data", "./plan_data/"), "elsewhere/../link/out"),
        (("tree", "plan_data/out"), "plan_data/out"),
        (("tree", "link/schema"), "link/schema"),
        (("schema", "plan_data"), "plan_data"),
        (("schema", "plan_data/out"), "plan_data/out"),
        (("schema", "plan_data/tiny-2022-2024/schema"), "plan_data/tiny-2022-2024/schema"),
        (("schema", "link/schema/more"), "link/schema/more"),
    ],
    ids=str,
)
def test_nothing_is_written_among_the_data(
    arguments: tuple[str, ...], shown: str, plan_data: Path, plansite: Plansite, tmp_path: Path
) -> None:
    """A folder in that of the data, by whatever way, is refused: what is written there would be taken for a plan."""
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "link").symlink_to(plan_data)
    before = sorted(tmp_path.rglob("*"))
    done = plansite(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"plansite: 命令用法不对：{shown} 在数据目录里：请换一个目录\n"
    assert sorted(tmp_path.rglob("*")) == before


def test_schemas_have_their_place_among_the_data(plan_data: Path, plansite: Plansite) -> None:
    """The schemas are kept in the data's folder, which is sound with them, and other data may lie beside what comes."""
    assert plansite("schema").returncode == 0
    assert (plan_data / "schema" / "units.schema.json").is_file()
    assert plansite("export", "plan_data-published").returncode == 0
    assert plansite("check").stdout.startswith("没有问题")


def test_output_is_utf_8_everywhere(faulty: Path) -> None:
    """A console in another encoding gets the same lines, and no traceback."""
    command = [sys.executable, "-m", "generator", "check", str(faulty)]
    outputs = {
        subprocess.run(
            command, cwd=ROOT, env={"PYTHONIOENCODING": encoding}, capture_output=True, check=False
        ).stderr.decode("utf-8")
        for encoding in ("ascii", "gbk", "utf-8")
    }
    assert len(outputs) == 1
    assert "Traceback" not in outputs.pop()


@pytest.mark.skipif(sys.platform == "win32", reason="pipes as POSIX has them")
@pytest.mark.parametrize("style", ["text", "github", "json"])
def test_a_reader_that_leaves_early(style: str, faulty: Path) -> None:
    """If the reader of the output goes away the status still says that there are problems, and no traceback comes."""
    with subprocess.Popen(
        [sys.executable, "-m", "generator", "check", str(faulty), "--format", style],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout
        assert process.stderr
        gone, kept = (process.stdout, process.stderr) if style == "json" else (process.stderr, process.stdout)
        gone.close()
        rest = kept.read().decode("utf-8")
        status = process.wait(20)
    assert status == 1
    assert rest == ""


def test_schema_writes_what_is_committed(tmp_path: Path, plansite: Plansite) -> None:
    """`plansite schema` writes the files of plan_data/schema, byte for byte."""
    assert plansite("schema", "out").returncode == 0
    committed = ROOT / "plan_data" / "schema"
    written = {file.name: file.read_bytes() for file in (tmp_path / "out").iterdir()}
    assert written == {file.name: file.read_bytes() for file in committed.iterdir()}


def test_what_cannot_be_written_is_status_2(tmp_path: Path, plansite: Plansite) -> None:
    """A place that cannot be written to is named in Chinese, with status 2."""
    (tmp_path / "taken").write_text("a file\n")
    done = plansite("schema", "taken")
    assert done.returncode == 2
    assert "taken" in done.stderr
    assert not re.search(r"File exists|Not a directory", done.stderr), done.stderr


def test_broken_data_is_not_exported(faulty: Path, plansite: Plansite) -> None:
    """`export` of data with problems prints them, ends with status 1 and writes nothing."""
    done = plansite("export", "out", "--plan-data", faulty.name)
    assert done.returncode == 1
    assert done.stderr.splitlines() == plansite("check", faulty.name).stderr.splitlines()
    assert not (faulty.parent / "out").exists()


COMMANDS = {
    "check plan_data": 0,
    "check plan_data --format json": 0,
    "check faulty": 1,
    "check faulty --format json": 1,
    "check nowhere": 2,
    "export out": 0,
    "export --xlsx out.xlsx": 0,
    "merge plan_data.xlsx": 0,
    "tree out": 0,
    "schema out": 0,
    "--help": 0,
    "chekc": 2,
}
"""Commands, and their exit status."""


@pytest.mark.skipif(sys.platform == "win32", reason="a POSIX shell")
@pytest.mark.parametrize("command", COMMANDS)
def test_closed_streams_change_no_status(command: str, plan_data: Path, plansite: Plansite, tmp_path: Path) -> None:
    """Without standard output, error or input, or with a reader that leaves, the status is the same, without noise."""
    shutil.copytree(plan_data, tmp_path / "faulty")
    (tmp_path / "faulty" / "leaders.yaml").unlink()
    if command.startswith("merge plan"):
        assert plansite("export", "--xlsx", "plan_data.xlsx").returncode == 0
    run = f"rm -rf out out.xlsx; {sys.executable} -m generator {command}"
    script = "; ".join(f"{run} {closed}; echo $? >> statuses" for closed in (">&-", "2>&-", "<&- >&- 2>&-", "2>&1 | :"))
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {script}"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (tmp_path / "statuses").read_text().split() == [str(COMMANDS[command])] * 4, done.stderr
    assert "Traceback" not in done.stderr + done.stdout
    assert "Exception ignored" not in done.stderr
    assert not ENGLISH_SENTENCE.search(done.stderr), done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_output_that_is_lost_is_said(plan_data: Path) -> None:
    """Where the output does not fit on the disk, that is said, with the status of a file that cannot be written."""
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "generator", "check", str(plan_data), "--format", "json"],
            cwd=ROOT,
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr == "plansite: 无法读写 标准输出：磁盘满了，请腾出空间，再运行一次\n"


WRITING = {
    "export --xlsx out.xlsx": "out.xlsx",
    "export out": "out/",
    "tree out": "out/",
    "schema out": "out/",
}


@pytest.mark.skipif(sys.platform == "win32", reason="a POSIX shell")
@pytest.mark.parametrize("command", WRITING)
def test_what_does_not_fit_leaves_no_half_file(
    command: str, plan_data: Path, plansite: Plansite, tmp_path: Path
) -> None:
    """A file that cannot be written to its end is named, with status 2; none is left half, and a next try succeeds."""
    assert plan_data.is_dir()
    done = subprocess.run(
        # Blocks of 512 bytes: less than a workbook, a page or a schema has.
        ["sh", "-c", f"ulimit -f 4; exec {sys.executable} -m generator {command}"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 2
    assert re.fullmatch(
        rf"plansite: 无法读写 {WRITING[command]}\S*：文件超过了系统允许的大小，请检查磁盘和限额\n", done.stderr
    ), done.stderr
    left = [path for path in tmp_path.rglob("*") if path.is_file() and not path.is_relative_to(plan_data)]
    if command.startswith(("export --xlsx", "tree")):
        assert left == []
    again = plansite(*command.split())
    assert again.returncode == 0, again.stderr
    for path in left:
        assert path.stat().st_size <= 2048
    assert not [path for path in tmp_path.rglob("*") if path.name.endswith(".new")]


def test_files_are_written_as_they_lie(tmp_path: Path, plansite: Plansite) -> None:
    """A file that is written again keeps its mode, and a link to it stays one."""
    assert plansite("schema", "out").returncode == 0
    file, link = sorted((tmp_path / "out").iterdir())[:2]
    file.chmod(0o664)
    link.rename(tmp_path / "real.json")
    link.symlink_to(tmp_path / "real.json")
    (tmp_path / "real.json").write_text("old", "utf-8")
    assert plansite("schema", "out").returncode == 0
    assert file.stat().st_mode & 0o777 == 0o664
    assert link.is_symlink()
    assert (tmp_path / "real.json").read_text("utf-8") != "old"


def test_a_workbook_is_never_written_over(plan_data: Path, plansite: Plansite, tmp_path: Path) -> None:
    """A workbook that is there already, also behind a link to nowhere, stays as it is."""
    assert plan_data.is_dir()
    (tmp_path / "a.xlsx").write_text("mine", "utf-8")
    (tmp_path / "b.xlsx").symlink_to("nowhere")
    for name in ("a.xlsx", "b.xlsx"):
        done = plansite("export", "--xlsx", name)
        assert done.returncode == 2
        assert f"已有 {name}" in done.stderr
    assert (tmp_path / "a.xlsx").read_text("utf-8") == "mine"
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="rights as POSIX has them")
def test_what_may_not_be_read_is_the_cause(plan_data: Path, tmp_path: Path) -> None:
    """Folders that may not be read are named, each once, with status 2; nothing is said to be missing in them."""
    plan = plan_data / "tiny-2022-2024"
    for folder, said in (
        (plan_data, "plansite: 无法读写 plan_data"),
        (plan, "plan_data/tiny-2022-2024:1:1: error: 读不了这个目录"),
        (plan / "sectors", "plan_data/tiny-2022-2024/sectors:1:1: error: 读不了这个目录"),
    ):
        folder.chmod(0o000)
        try:
            done = subprocess.run(
                [*NO_OVERRIDE, sys.executable, "-m", "generator", "check", "plan_data"],
                cwd=tmp_path,
                env={**os.environ, "PYTHONPATH": str(ROOT)},
                capture_output=True,
                encoding="utf-8",
                check=False,
            )
        finally:
            folder.chmod(0o755)
        assert done.returncode == 2, done.stderr
        first, *rest = done.stderr.splitlines()
        assert first.startswith(said)
        assert not [line for line in rest if "读不了这个目录" not in line], done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="pipes and links as POSIX has them")
@pytest.mark.parametrize(
    ("make", "said"),
    [
        (Path.mkdir, "这里应是一个文件，现在是目录或设备：请换成文件 (file-missing)"),
        (os.mkfifo, "这里应是一个文件，现在是目录或设备：请换成文件 (file-missing)"),
        (lambda path: path.symlink_to("nowhere"), "链接指向的文件不存在：请修好链接，或换成文件 (file-missing)"),
        (lambda path: path.symlink_to(path), "读不了这个文件：请检查权限和磁盘 (file-unreadable)"),
    ],
    ids=["folder", "pipe", "link to nowhere", "link to itself"],
)
def test_what_is_no_file(make: Callable[[Path], object], said: str, plan_data: Path, plansite: Plansite) -> None:
    """A folder, a pipe or a broken link in a file's place is said to be that."""
    path = plan_data / "leaders.yaml"
    path.unlink()
    make(path)
    done = plansite("check")
    assert done.returncode == (2 if "unreadable" in said else 1)
    assert done.stderr.splitlines()[0] == f"plan_data/leaders.yaml:1:1: error: {said}"


INTERRUPTED = """
import builtins, os, signal, sys
real, during = builtins.__import__, sys.argv[1]
def interrupted(name, *rest, **named):
    if name == during:
        signal.raise_signal(signal.SIGINT)
    return real(name, *rest, **named)
builtins.__import__ = interrupted
module, _, function = sys.argv[2].partition(":")
sys.argv = ["plansite", "check", sys.argv[3]]
if not function:
    import runpy
    runpy.run_module(module, run_name="__main__")
sys.exit(getattr(__import__(module, fromlist=["x"]), function)())
"""


@pytest.mark.parametrize("during", ["argparse", "yaml", "rules"])
@pytest.mark.parametrize("door", ["module", "script"])
def test_an_interrupt_while_loading(during: str, door: str, plan_data: Path) -> None:
    """Ctrl-C while modules are loaded ends the command silently, by either door."""
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["scripts"]
    entry = "generator" if door == "module" else scripts["plansite"]
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTED, during, entry, str(plan_data)],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (128 + signal.SIGINT, "", "")
