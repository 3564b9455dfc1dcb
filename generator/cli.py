"""The command `plansite`: the only module that prints or exits.

Exit status: 0 done; 1 the data has problems; 2 the command was used wrongly or a
file cannot be read or written.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from generator.problems import PlanError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

DONE, DATA_HAS_PROBLEMS, USED_WRONGLY = 0, 1, 2


class _Parser(argparse.ArgumentParser):
    """Says in Chinese what is wrong with a command line."""

    def error(self, message: str) -> None:  # type: ignore[override]
        self.print_usage(sys.stderr)
        self.exit(USED_WRONGLY, f"plansite: 命令用法不对：{message}。请用 plansite --help 查看用法。\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    for stream in (sys.stdout, sys.stderr):
        # A console in another encoding must not turn a problem line into a traceback.
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except PlanError as error:
        _write_problems(error.problems, getattr(options, "format", "text"))
        return DATA_HAS_PROBLEMS
    except BrokenPipeError:
        return DONE
    except OSError as error:
        print(f"plansite: 无法读写 {error.filename or ''}：{error.strerror}", file=sys.stderr)
        return USED_WRONGLY
    except KeyboardInterrupt:
        return USED_WRONGLY


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="plansite", description="检查方案数据，生成网站和数据文件")
    commands = parser.add_subparsers(title="命令", required=True, metavar="命令", parser_class=_Parser)

    check = commands.add_parser("check", help="检查数据，列出全部问题")
    check.add_argument(
        "plan_data", nargs="?", default="plan_data", metavar="PLAN_DATA", help="数据目录（默认 plan_data）"
    )
    check.add_argument("--format", choices=("text", "github", "json"), default="text", help="输出格式（默认 text）")
    check.set_defaults(run=_check)

    export = commands.add_parser("export", help="不建网站，只写出供下载的数据文件")
    export.add_argument("out", metavar="OUT", help="写到哪个目录")
    export.add_argument("--plan-data", default="plan_data", help="数据目录（默认 plan_data）")
    export.add_argument("--site-url", default="", help="网站地址，写进 index.json")
    export.set_defaults(run=_export)

    tree = commands.add_parser("tree", help="把生成的网页写成真实文件，供别的建站工具使用")
    tree.add_argument("out", metavar="OUT", help="写到哪个目录")
    tree.add_argument("--plan-data", default="plan_data", help="数据目录（默认 plan_data）")
    tree.set_defaults(run=_tree)

    schema = commands.add_parser("schema", help="写出编辑器用的 JSON Schema（plan_data/schema/）")
    schema.add_argument("out", nargs="?", default="plan_data/schema", metavar="OUT", help="写到哪个目录")
    schema.set_defaults(run=_schema)
    return parser


def _check(options: argparse.Namespace) -> int:
    from generator.load import read_data
    from generator.rules import check

    root = _folder(options.plan_data)
    data, problems = read_data(root, options.plan_data.rstrip("/") or "/")
    found = sorted({*problems, *check(data)})
    _write_problems(found, options.format)
    if found:
        return DATA_HAS_PROBLEMS
    if options.format == "text":
        characters = sum(len(plan.source) for plan in data.plans)
        print(f"没有问题：{len(data.plans)} 个方案，原文 {characters:,} 字全部还原一致。")
    return DONE


def _export(options: argparse.Namespace) -> int:
    from generator.export.api import api_files
    from generator.index import read_index

    index = read_index(_folder(options.plan_data), options.plan_data)
    count = _write_files(Path(options.out), api_files(index, options.site_url))
    print(f"已写出 {count} 个文件到 {options.out}")
    return DONE


def _tree(options: argparse.Namespace) -> int:
    from generator.index import read_index
    from generator.pages import site_map
    from generator.render import as_markdown, render_pages

    index = read_index(_folder(options.plan_data), options.plan_data)
    files = ((page.source, as_markdown(page).encode()) for page in render_pages(site_map(index)))
    count = _write_files(Path(options.out), files)
    print(f"已写出 {count} 个网页到 {options.out}")
    return DONE


def _schema(options: argparse.Namespace) -> int:
    from generator.shapes import FILES, json_schema

    files = (
        (f"{name}.schema.json", (json.dumps(json_schema(name), ensure_ascii=False, indent=2) + "\n").encode())
        for name in FILES
    )
    _write_files(Path(options.out), files)
    return DONE


def _folder(name: str) -> Path:
    folder = Path(name)
    if not folder.is_dir():
        raise NotADirectoryError(20, "没有这个目录，请检查路径", name)
    return folder


def _write_files(out: Path, files: Iterable[tuple[str, bytes]]) -> int:
    """Write files below a folder; returns how many."""
    count = 0
    for name, content in files:
        path = out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        count += 1
    return count


def _write_problems(problems: Iterable[Problem], style: str) -> None:
    """Print all problems: lines on standard error, or JSON on standard output."""
    if style == "json":
        rows = [
            {"path": p.where.path, "line": p.where.line, "column": p.where.column, "rule": p.rule, "text": p.text}
            for p in problems
        ]
        print(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for problem in problems:
        print(_as_github(problem) if style == "github" else problem, file=sys.stderr)


def _as_github(problem: Problem) -> str:
    """Return a workflow command that GitHub shows beside the changed line."""
    where = problem.where
    text = problem.text.replace("%", "%25").replace("\n", "%0A")
    return f"::error file={where.path},line={where.line},col={where.column},title={problem.rule}::{text}"
