"""The files of plan_data/: which there are, and what each holds, checked for its shape."""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from .bind import Binder, Bound
from .nodes import WRONG_ENCODING, parse_nodes, position, read_text
from .problems import UNREADABLE, Location, PlanError, Problem
from .shapes import FILES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_TEXTS: Final = {".md", ".html", ".css", ".js", ".svg"}
"""Files of the site's own that are read as text."""


_BELONGS: Final = {
    "units": "写单位的编号、名称、类别和别名",
    "leaders": "写督办领导的编号和姓名",
    "plan": "写方案的标题、期限、印发通知、引言和总体目标",
    "sector": "写一个板块的领导、单位和任务",
    "safeguards": "写制度保障各项",
    "citations": "写正文引用的文件和文号，没有就写 citations: []",
    "oddities": "写印刷疑误，没有就写 oddities: []",
    "glossary": "写名词解释，没有就写 terms: []",
    "source": "放公布的原文，一段一行，一字不改",
}
"""Kind of file → what belongs into it."""


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
            path = self.root / name
            text = self.instead[name] if name in self.instead else read_text(path, shown, belongs=_BELONGS[shape])
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
            return read_text(self.root / name, f"{self.shown}/{name}", is_exact=True, belongs=_BELONGS["source"])
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


_COPY: Final = re.compile(r"副本|复件|备份|拷贝|[ _-]copy|\(\d+\)|（\d+）|\.bak|~|^[._]|^\$| ", re.IGNORECASE)
"""What programs put into the names of copies, of files that they hide, and of those that they have open."""
_OWN: Final = frozenset({"units.yaml", "leaders.yaml"})
_PARTS: Final = frozenset({"plan.yaml", "safeguards.yaml", "citations.yaml", "oddities.yaml", "glossary.yaml"})
_DATA: Final = (".yaml", ".yml")


def read_plan_names(root: Path) -> list[str]:
    """List the folders that hold a plan; copies are passed over."""
    return sorted(
        f.name
        for f in root.iterdir()
        if f.is_dir() and not f.suffix and f.name != "schema" and not _COPY.search(f.name)
    )


def read_sector_names(folder: Path) -> list[str]:
    """List a plan's files of sectors, in their order, copies left out; raises OSError where they cannot be listed."""
    try:
        names = os.listdir(folder / "sectors")  # noqa: PTH208 - a glob would pass over what it may not read
    except FileNotFoundError:
        return []
    return sorted((name for name in names if name.endswith(".yaml") and not _COPY.search(name)), key=_file_order)


def read_strays(root: Path, shown: str) -> Iterator[Problem]:
    """Warn of each file and folder that looks like data and is passed over."""
    places = [(root, shown, _OWN)]
    for folder in read_plan_names(root):
        places.append((root / folder, f"{shown}/{folder}", _PARTS))
        if os.path.isdir(root / folder / "sectors"):  # noqa: PTH112 - what may not be looked into is no error here
            places.append((root / folder / "sectors", f"{shown}/{folder}/sectors", frozenset()))
    for place, name, known in places:
        # What cannot be listed is said where it is read.
        listed = sorted(place.iterdir()) if os.access(place, os.R_OK | os.X_OK) else []
        for path in listed:
            if advice := _stray(path, known, is_sectors=place.name == "sectors"):
                yield Problem(Location(f"{name}/{path.name}"), "file-ignored", advice, "warning")


def _stray(path: Path, known: frozenset[str], *, is_sectors: bool) -> str:
    """Say why a file or folder is passed over; nothing where it is used, or is nobody's data."""
    name, is_copy = path.name, bool(_COPY.search(path.name))
    if path.is_dir():
        has_plan = is_copy and not name.startswith(".") and (path / "plan.yaml").exists()
        return (
            "像是方案目录的副本，没有采用：不需要请移走；是另一个方案请改目录名，只用小写英文、数字和短横线"
            if has_plan
            else ""
        )
    if name.startswith(("~$", "._")):
        return "是程序留下的临时文件，没有采用：可以删去"
    if path.suffix.lower() not in _DATA or name in known or (is_sectors and not is_copy and path.suffix == ".yaml"):
        return ""
    if is_copy:
        return "像是副本，没有采用：不需要请移走；要用的内容请并进原来的文件"
    if path.suffix != ".yaml":
        return f"扩展名不是 .yaml，没有采用：请改名为 {path.stem}.yaml"
    return "不是数据目录里的文件名，没有采用：请检查文件名，或移走"


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
