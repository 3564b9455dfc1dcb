"""The command `plansite`: the only module that exits, and prints, but for the plugin's problem lines.

Exit status: 0 done; 1 the data has problems; 2 the command was used wrongly or a
file cannot be read or written. An interrupt is left to `__main__`.
"""

from __future__ import annotations

import argparse
import errno
import json
import os
import re
import shutil
import stat
import sys
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn, TextIO

from .problems import UNREADABLE, PlanError, Problem, errors
from .publish.faults import fault_text
from .publish.writing import write_new, write_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

DONE, DATA_HAS_PROBLEMS, USED_WRONGLY = 0, 1, 2

EDITING_WORKBOOK: Final = "plan_data.xlsx"


class _Misuse(Exception):  # noqa: N818 - not an error of the program
    """An argument that cannot be used; says what to write instead."""


class _Parser(argparse.ArgumentParser):
    """Speaks Chinese."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(add_help=False, **settings)
        self.add_argument("-h", "--help", action="help", help="显示这份说明")

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the command line and exit."""
        for pattern, text in _MISUSE:
            if found := re.search(pattern, message):
                message = text.format(*found.groups())
                break
        self.exit(USED_WRONGLY, f"plansite: 命令用法不对：{message}。用 {self.prog} --help 看用法\n")


_MISUSE: Final = (
    (r"arguments are required: (.+)", "缺少 {0}"),
    (r"argument (\S+): invalid choice: (.+?) \(choose from (.+)\)", "{0} 不能是 {1}，可选 {2}"),
    (r"argument (\S+): expected one argument", "{0} 后面要写一个值"),
    (r"unrecognized arguments: (.+)", "不认识 {0}"),
    (r".*", "请检查参数"),
)
"""What argparse says → what we say."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    _open_closed()
    for stream in (sys.stdout, sys.stderr):
        # A console in another encoding must not turn a problem line into a traceback.
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    try:
        options = _parser().parse_args(arguments)
        return _run(options)
    finally:
        for stream in (sys.stdout, sys.stderr):
            _flush(stream)


def _run(options: argparse.Namespace) -> int:
    try:
        return int(options.run(options))
    except PlanError as error:
        return _write_problems(error.problems, getattr(options, "format", "text"))
    except _Misuse as misuse:
        _say(f"plansite: 命令用法不对：{misuse}", sys.stderr)
        return USED_WRONGLY
    except OSError as error:
        _say(f"plansite: {fault_text(error)}", sys.stderr)
        return USED_WRONGLY


def _open_closed() -> None:
    """Let what a shell has closed (>&-) lead nowhere: else the next file that is opened would be taken for it."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            # The system gives the lowest number that is free, which is this one.
            os.open(os.devnull, os.O_RDWR)
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="plansite", description="检查方案数据，生成网站和数据文件")
    parser._optionals.title = "选项"  # noqa: SLF001 - argparse has no public way
    commands = parser.add_subparsers(title="命令", required=True, metavar="命令", parser_class=_Parser)

    check = _command(commands, "check", _check, "检查数据，列出全部问题")
    check.add_argument(
        "plan_data", nargs="?", default="plan_data", metavar="PLAN_DATA", help="数据目录（默认 plan_data）"
    )
    check.add_argument("--format", choices=("text", "github", "json"), default="text", help="输出格式（默认 text）")

    export = _command(commands, "export", _export, "不建网站，只写出供下载的数据文件")
    export.add_argument("out", nargs="?", metavar="OUT", help="写到哪个目录")
    export.add_argument(
        "--xlsx",
        nargs="?",
        const=EDITING_WORKBOOK,
        metavar="FILE",
        help=f"写出供编辑的工作簿（默认 {EDITING_WORKBOOK}），改好后用 plansite merge 合并",
    )
    export.add_argument("--plan-data", default="plan_data", help="数据目录（默认 plan_data）")
    export.add_argument("--site-url", default="", help="网站地址，写进 index.json")

    merge = _command(commands, "merge", _merge, "把改好的工作簿合并进 YAML：先看会改什么，加 --write 才写入")
    merge.add_argument("workbook", metavar="FILE.xlsx", help="由 plansite export --xlsx 写出、改好的工作簿")
    merge.add_argument("--plan-data", default="plan_data", help="数据目录（默认 plan_data）")
    merge.add_argument("--write", action="store_true", help="写入 YAML 文件")
    merge.add_argument(
        "--skip-bad", action="store_true", help="有误的格、行先放着，只合并其余无误的（不加则一处有误就都不写入）"
    )

    tree = _command(commands, "tree", _tree, "把生成的网页写成真实文件，供别的建站工具使用")
    tree.add_argument("out", metavar="OUT", help="写到哪个目录")
    tree.add_argument("--plan-data", default="plan_data", help="数据目录（默认 plan_data）")

    new = _command(commands, "new", _new, "为另一个地方新建一个网站：设置、例子、名册、工作流，不覆盖已有文件")
    new.add_argument("dir", metavar="DIR", help="写到哪个目录，没有就新建")

    taken = _command(commands, "import", _import, "把方案原文整理成 YAML：各部分、责任单位、引用文件，留待核对")
    taken.add_argument("text", metavar="TEXT", help="方案原文，纯文本")
    taken.add_argument("--out", required=True, metavar="DIR", help="方案目录，如 plan_data/my-plan；目录名就是方案编号")

    schema = _command(commands, "schema", _schema, "写出编辑器用的 JSON Schema（plan_data/schema/）")
    schema.add_argument("out", nargs="?", default="plan_data/schema", metavar="OUT", help="写到哪个目录")
    return parser


def _command(
    commands: argparse._SubParsersAction[_Parser], name: str, run: Callable[[argparse.Namespace], int], doc: str
) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=doc, description=doc)
    command._positionals.title, command._optionals.title = "参数", "选项"  # noqa: SLF001 - argparse has no public way
    command.set_defaults(run=run)
    return command


def _check(options: argparse.Namespace) -> int:
    from .data.load import read_data
    from .index.build import build_index
    from .index.events import edition_warnings
    from .rules import check

    root = _folder(options.plan_data)
    data, problems = read_data(root, options.plan_data.rstrip("/") or "/")
    found = sorted({*problems, *check(data)})
    if not errors(found):
        found = sorted({*found, *edition_warnings(build_index(data))})
    status = _write_problems(found, options.format) if found or options.format == "json" else DONE
    if not errors(found) and options.format == "text":
        characters = sum(len(plan.source.replace("\n", "")) for plan in data.plans)
        _say(f"没有问题：{len(data.plans)} 个方案，原文 {characters:,} 字全部还原一致。")
    return status


def _export(options: argparse.Namespace) -> int:
    if options.xlsx is None and options.out is None:
        raise _Misuse("缺少 OUT：写明输出目录，或用 --xlsx 写出供编辑的工作簿")
    root = _folder(options.plan_data)
    out = None if options.out is None else _out(options.out, root)
    if options.xlsx is not None:
        _export_for_editing(options)
    if out:
        _export_published(options, out)
    return DONE


def _export_for_editing(options: argparse.Namespace) -> None:
    from .editing.merge import read_rows
    from .editing.workbook import editing_workbook

    if Path(options.xlsx).suffix.lower() != ".xlsx":
        raise _Misuse(f"--xlsx 后面要写以 .xlsx 结尾的文件名，现为 {options.xlsx}")
    sheets = read_rows(_folder(options.plan_data), options.plan_data.rstrip("/"))
    content = editing_workbook(sheets)
    try:
        write_new(Path(options.xlsx), content)
    except FileExistsError:
        advice = f"已有 {options.xlsx}，里面可能有还没合并的改动：请先移走，或在 --xlsx 后写别的文件名"
        raise _Misuse(advice) from None
    counts = "、".join(f"{name} {len(found)} 行" for name, found in sheets.rows.items())
    _say(f"已写出 {options.xlsx}：{counts}。改好后运行 plansite merge {options.xlsx}")


def _merge(options: argparse.Namespace) -> int:
    from .editing.merge import read_merge, write_merge
    from .editing.package import read_package
    from .editing.report import concluded, listed

    root = _folder(options.plan_data)
    content = read_package(Path(options.workbook), options.workbook)
    merge = read_merge(root, options.plan_data.rstrip("/"), content, options.workbook)
    is_stopped = bool(merge.problems) and not (options.skip_bad and merge.edits)
    is_written = options.write and bool(merge.edits) and not is_stopped
    if shown := listed(merge):
        _say(shown)
    _write_problems(merge.problems, "text")
    if is_written:
        write_merge(root, merge)
    _say(concluded(merge, is_written=is_written, skips=options.skip_bad))
    return DATA_HAS_PROBLEMS if is_stopped else DONE


def _export_published(options: argparse.Namespace, out: Path) -> None:
    from .export.api import api_files
    from .export.sheets import sheet_files
    from .index.build import read_index

    index = read_index(_folder(options.plan_data), options.plan_data)
    site_url = _site_url(options.site_url)
    files = chain(api_files(index, site_url), sheet_files(index, site_url))
    count = _write_files(out, files)
    _say(f"已写出 {count} 个文件到 {options.out}")


def _site_url(address: str) -> str:
    """Return the site's address with the slash that ends it; nothing if none was given."""
    if address and not re.fullmatch(r"https?://\S+", address):
        raise _Misuse(f"--site-url 要写完整地址，如 https://example.org/plan/，现为 {address}")
    return address and address.rstrip("/") + "/"


def _tree(options: argparse.Namespace) -> int:
    from .index.build import read_index
    from .pages import site_map
    from .publish.render import as_markdown, render_pages

    root = _folder(options.plan_data)
    out = _out(options.out, root)
    if out.is_dir() and any(out.iterdir()):
        raise _Misuse(f"{options.out} 里已有文件：请换一个空目录，免得网页与别的文件混在一起")
    index = read_index(root, options.plan_data)
    files = ((page.source, as_markdown(page).encode()) for page in render_pages(site_map(index)))
    count = _write_tree(out, files)
    _say(f"已写出 {count} 个网页到 {options.out}")
    return DONE


def _schema(options: argparse.Namespace) -> int:
    from .starter import schema_files

    _write_files(_out_for_schemas(options.out), schema_files())
    return DONE


def _new(options: argparse.Namespace) -> int:
    from .starter import starter_files

    out = _named(options.dir)
    files = dict(starter_files())
    there = [name for name in files if os.path.lexists(out / name)]
    if there:
        more = f"等 {len(there)} 个文件" if len(there) > 1 else ""
        raise _Misuse(f"{options.dir} 里已有 {there[0]}{more}，不覆盖：请换一个目录")
    for name, content in files.items():
        path = out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write_new(path, content)
    _say(f"已写出 {len(files)} 个文件到 {options.dir}。接下来看 {options.dir}/README.md", sys.stdout)
    return DONE


def _import(options: argparse.Namespace) -> int:
    from .importer.place import read_official_text, read_proposal

    source, out = _named(options.text), _named(options.out)
    if os.path.lexists(out):
        raise _Misuse(f"{options.out} 已经有了，不覆盖：请换一个目录名")
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", out.name):
        raise _Misuse(f"目录名“{out.name}”要作方案编号：只用小写英文字母、数字和短横线")
    text = read_official_text(source, options.text)
    proposal, registries = read_proposal(text, out.name, out.parent)
    out.mkdir(parents=True)
    for name, content in proposal.files.items():
        write_new(out / name, content.encode())
    for name, content in registries.items():
        write_whole(out.parent / name, content.encode())
    for line, what in proposal.open:
        _say(f"{options.out}/source.txt:{line}:1: warning: {what} (import)", sys.stderr)
    added = f"，名册里加了 {len(proposal.units)} 个单位" if proposal.units else ""
    _say(
        f"已写出 {len(proposal.files)} 个文件到 {options.out}{added}。请逐项核对，再运行 plansite check",
        sys.stdout,
    )
    return DONE


def _folder(name: str) -> Path:
    """Return a folder that is there; raises OSError."""
    folder = _named(name)
    if not stat.S_ISDIR(folder.stat().st_mode):
        raise NotADirectoryError(errno.ENOTDIR, "", name)
    return folder


def _named(name: str) -> Path:
    """Return the folder of a name, which a shell variable that is not set leaves empty."""
    if not name:
        raise _Misuse("目录名是空的")
    return Path(name)


def _out(name: str, root: Path) -> Path:
    """Return a folder to write to, which must not lie in that of the data: there it would be taken for a plan."""
    out = _named(name)
    if Path(os.path.realpath(out)).is_relative_to(os.path.realpath(root)):
        raise _Misuse(_WITHIN_DATA.format(name))
    return out


def _out_for_schemas(name: str) -> Path:
    """Return a folder to write schemas to: of a folder with data only the one that is kept for them."""
    out = _named(name)
    real = Path(os.path.realpath(out))
    for folder in (real, *real.parents):
        has_data = os.path.isfile(folder / "units.yaml")  # noqa: PTH113 - one that may not be looked into has none
        if has_data and real != folder / "schema":
            raise _Misuse(_WITHIN_DATA.format(name))
    return out


_WITHIN_DATA: Final = "{} 在数据目录里：请换一个目录"


def _write_files(out: Path, files: Iterable[tuple[str, bytes]]) -> int:
    """Write files below a folder; returns how many."""
    count = 0
    for name, content in files:
        path = out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, content)
        count += 1
    return count


def _write_tree(out: Path, files: Iterable[tuple[str, bytes]]) -> int:
    """Write files below an empty folder, all or none, so that it can be tried again; returns how many."""
    had = out.is_dir()
    try:
        return _write_files(out, files)
    except BaseException:
        for path in out.iterdir() if out.is_dir() else ():
            shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
        if not had and out.is_dir():
            out.rmdir()
        raise


def _write_problems(problems: Sequence[Problem], style: str) -> int:
    """Print all problems, lines on standard error or JSON on standard output; returns the exit status."""
    unreadable = any(problem.rule == UNREADABLE for problem in problems)
    status = USED_WRONGLY if unreadable else DATA_HAS_PROBLEMS if errors(problems) else DONE
    if style == "json":
        rows = [
            {"path": p.where.path, "line": p.where.line, "column": p.where.column, "rule": p.rule, "text": p.message}
            | ({"level": p.level} if p.level != "error" else {})
            for p in problems
        ]
        _say(json.dumps(rows, ensure_ascii=False, indent=2), sys.stdout)
        return status
    lines = [_as_github(problem) if style == "github" else str(problem) for problem in problems]
    if lines:
        _say("\n".join(lines), sys.stderr)
    return status


def _say(text: str, stream: TextIO | None = None) -> None:
    """Print; raises OSError where a result is lost, but not where its reader has gone away or was never there."""
    stream = stream or sys.stdout
    try:
        print(text, file=stream, flush=True)
    except OSError as error:
        _give_up(stream)
        # Where problems cannot be told, the exit status still tells that there are some.
        if stream is sys.stdout and not isinstance(error, BrokenPipeError):
            raise OSError(error.errno, error.strerror, "标准输出") from error


def _flush(stream: TextIO) -> None:
    """Write what argparse has printed."""
    try:
        stream.flush()
    except OSError:
        _give_up(stream)


def _give_up(stream: TextIO) -> None:
    """Let the rest lead nowhere: Python would complain once more when it closes the stream."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def _as_github(problem: Problem) -> str:
    """Return a workflow command that GitHub shows beside the changed line."""
    where = problem.where
    path = where.path.replace("%", "%25").replace(",", "%2C").replace(":", "%3A")
    text = problem.message.replace("%", "%25")
    return f"::{problem.level} file={path},line={where.line},col={where.column},title={problem.rule}::{text}"
