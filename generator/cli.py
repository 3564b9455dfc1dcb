"""The command `plansite`: which command is meant, and how it ends.

Exit status: 0 done; 1 the data has problems; 2 the command was used wrongly or a
file cannot be read or written. An interrupt is left to `__main__`.
"""

from __future__ import annotations

import argparse
import re
import sys
from typing import TYPE_CHECKING, Any, Final, NoReturn

from .commands import COMMANDS
from .commands.places import Misuse
from .console import USED_WRONGLY, flush, open_closed, say, write_problems
from .problems import PlanError
from .publish.faults import fault_text

if TYPE_CHECKING:
    from collections.abc import Sequence


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
    open_closed()
    for stream in (sys.stdout, sys.stderr):
        # A console in another encoding must not turn a problem line into a traceback.
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    try:
        options = _parser().parse_args(arguments)
        return _run(options)
    finally:
        for stream in (sys.stdout, sys.stderr):
            flush(stream)


def _run(options: argparse.Namespace) -> int:
    try:
        return int(options.run(options))
    except PlanError as error:
        return write_problems(error.problems, getattr(options, "format", "text"))
    except Misuse as misuse:
        say(f"plansite: 命令用法不对：{misuse}", sys.stderr)
        return USED_WRONGLY
    except OSError as error:
        say(f"plansite: {fault_text(error)}", sys.stderr)
        return USED_WRONGLY


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="plansite", description="检查方案数据，生成网站和数据文件")
    parser._optionals.title = "选项"  # noqa: SLF001 - argparse has no public way
    commands = parser.add_subparsers(title="命令", required=True, metavar="命令", parser_class=_Parser)
    for name, module in COMMANDS.items():
        command = commands.add_parser(name, help=module.HELP, description=module.HELP)
        command._positionals.title, command._optionals.title = "参数", "选项"  # noqa: SLF001
        module.add_arguments(command)
        command.set_defaults(run=module.run)
    return parser
