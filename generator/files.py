"""The files of plan_data/: which there are, and what each holds, checked for its shape."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from generator.bind import Binder, Bound
from generator.nodes import WRONG_ENCODING, parse_nodes, position, read_text
from generator.problems import UNREADABLE, Location, PlanError, Problem
from generator.shapes import FILES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_TEXTS: Final = {".md", ".html", ".css", ".js", ".svg"}
"""Files of the site's own that are read as text."""


@dataclass(slots=True)
class Reader:
    """Reads files below one folder and gathers what is wrong with them."""

    root: Path
    shown: str
    instead: Mapping[str, str]
    """Texts to take in place of what files hold, by name."""
    problems: list[Problem] = field(default_factory=list)

    def read(self, name: str, shape: str) -> Bound | None:
        """Return the checked content of one YAML file, or None with the reasons noted."""
        shown = f"{self.shown}/{name}"
        try:
            text = self.instead[name] if name in self.instead else read_text(self.root / name, shown)
            node = parse_nodes(text, shown)
        except PlanError as error:
            self.problems.extend(error.problems)
            return None
        binder = Binder()
        bound = binder.bind(node, FILES[shape])
        self.problems.extend(binder.problems)
        return bound

    def read_source(self, name: str) -> str | None:
        """Return an official text, or None with the reasons noted."""
        try:
            return read_text(self.root / name, f"{self.shown}/{name}")
        except PlanError as error:
            self.problems.extend(error.problems)
            return None

    def read_sector_names(self, plan: str) -> list[str]:
        """List a plan's files of sectors, in their order; none, with the reason noted, if they cannot be listed."""
        try:
            return read_sector_names(self.root / plan)
        except OSError as error:
            self.problems.append(_unlisted(f"{self.shown}/{plan}/sectors", error))
            return []


def read_plan_names(root: Path) -> list[str]:
    """List the folders that hold a plan."""
    return sorted(
        f.name for f in root.iterdir() if f.is_dir() and not f.suffix and f.name != "schema" and f.name[0] != "."
    )


def read_sector_names(folder: Path) -> list[str]:
    """List a plan's files of sectors, in their order; raises OSError where they cannot be listed."""
    try:
        names = os.listdir(folder / "sectors")  # noqa: PTH208 - a glob would pass over what it may not read
    except FileNotFoundError:
        return []
    return sorted((name for name in names if name.endswith(".yaml")), key=_file_order)


def read_texts(root: Path, shown: str) -> dict[str, tuple[str, str]]:
    """Read the files that name units, targets or duties: name → (text, shape); raises PlanError."""
    names = [("units.yaml", "units")]
    for folder in read_plan_names(root):
        names.append((f"{folder}/plan.yaml", "plan"))
        names += [(f"{folder}/sectors/{name}", "sector") for name in read_sector_names(root / folder)]
        names.append((f"{folder}/safeguards.yaml", "safeguards"))
    return {name: (read_text(root / name, f"{shown}/{name}"), shape) for name, shape in names}


def _file_order(name: str) -> tuple[int, str]:
    """Put 10.yaml after 9.yaml."""
    digits = name.partition(".")[0]
    return (int(digits) if digits.isascii() and digits.isdigit() else 10**6, name)


def read_faults(folder: Path, shown: str) -> Iterator[Problem]:
    """Yield what keeps the files of a folder of the site's own (documents, templates) from being read."""
    unlisted: list[OSError] = []
    for name, folders, files in os.walk(folder, followlinks=True, onerror=unlisted.append):
        folders[:] = [one for one in folders if not one.startswith(".")]
        here = Path(name)
        for file in files:
            if not file.startswith("."):
                yield from _faults(here / file, f"{shown}/{(here / file).relative_to(folder).as_posix()}")
    for error in unlisted:
        where = Path(str(error.filename)).relative_to(folder).as_posix()
        yield _unlisted(f"{shown}/{where}" if where != "." else shown, error)


def _faults(path: Path, shown: str) -> Iterator[Problem]:
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            yield Problem(Location(shown), "file-missing", "这里应是一个文件，现在是管道或设备：请换成文件")
        elif path.suffix in _TEXTS:
            data = path.read_bytes()
            data.decode("utf-8")
        elif not os.access(path, os.R_OK):
            yield Problem(Location(shown), UNREADABLE, "读不了这个文件：请检查权限和磁盘")
    except FileNotFoundError:
        yield Problem(Location(shown), "file-missing", "链接指向的文件不存在：请修好链接，或换成文件")
    except UnicodeDecodeError as error:
        line, column = position(error.object[: error.start].decode("utf-8"))
        yield Problem(Location(shown, line, column), "file-encoding", WRONG_ENCODING)
    except OSError:
        yield Problem(Location(shown), UNREADABLE, "读不了这个文件：请检查权限和磁盘")


def _unlisted(shown: str, error: OSError) -> Problem:
    """Say that a folder cannot be read."""
    if isinstance(error, NotADirectoryError):
        return Problem(Location(shown), "file-missing", "这里应是一个目录，现在是文件：请换成目录")
    return Problem(Location(shown), UNREADABLE, "读不了这个目录：请检查权限和磁盘")
