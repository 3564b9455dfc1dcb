"""The files of plan_data/: which there are, and what each holds, checked for its shape."""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ..problems import UNREADABLE, Location, PlanError, Problem, Problems
from .bind import Binder, Bound
from .nodes import WRONG_ENCODING, Scalar, parse_nodes, position, read_text
from .nodes import Mapping as MappingNode
from .nodes import Sequence as SequenceNode
from .shapes import FILES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

_TEXTS: Final = {".md", ".html", ".css", ".js", ".svg"}
"""Files of the site's own that are read as text."""


_LONGEST_NAME: Final = 100
"""Of a file of parts, with its folders."""
_BELONGS: Final = {
    "units": "写单位的编号、名称、类别和别名",
    "leaders": "写督办领导的编号和姓名",
    "plan": "写方案的编号、期限，和原文的各部分",
    "part": "写原文的一部分，或几部分",
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
    problems: Problems = field(default_factory=Problems)
    parts: dict[str, Location] = field(default_factory=dict)
    """The files that hold parts of a plan, by name, and where they are named first."""
    unread: set[str] = field(default_factory=set)
    """The plans of which nobody knows what files they name."""

    def read(self, name: str, shape: str, *, is_needed: bool = True) -> Bound | None:
        """Return the checked content of one YAML file, or None with the reasons noted.

        A file that is not there is no fault where it `is_needed` not.
        """
        shown = f"{self.shown}/{name}"
        if not is_needed and name not in self.instead and not os.path.lexists(self.root / name):
            return None
        try:
            path = self.root / name
            text = self.instead[name] if name in self.instead else read_text(path, shown, belongs=_BELONGS[shape])
            node = parse_nodes(text, shown)
        except PlanError as error:
            self.problems.extend(error.problems)
            return None
        return Binder(self.problems).bind(node, FILES[shape])

    def read_source(self, name: str) -> str | None:
        """Return an official text, or None with the reasons noted."""
        try:
            return read_text(self.root / name, f"{self.shown}/{name}", is_exact=True, belongs=_BELONGS["source"])
        except PlanError as error:
            self.problems.extend(error.problems)
            return None

    def read_part(self, plan: str, file: str, where: Location) -> Bound | None:
        """Return a file that stands for parts of a plan, named at a place; None with the reasons noted."""
        name = f"{plan}/{file}"
        if {"", ".", ".."} & {*file.split("/")}:
            text = f"“{file[:_LONGEST_NAME]}”不是方案目录里的文件名：请从方案目录写起，如 sectors/1.yaml"
            self.problems.append(Problem(where, "bad-file-name", text))
            return None
        if len(file) > _LONGEST_NAME:
            text = f"文件名“{file[:30]}…”超过 {_LONGEST_NAME} 字：请改短"
            self.problems.append(Problem(where, "bad-file-name", text))
            return None
        if first := self.parts.get(name):
            text = f"{file} 已经写在 {first.path} 第 {first.line} 行：一个文件只能用一次，请删去一处"
            self.problems.append(Problem(where, "repeated-file", text))
            return None
        self.parts[name] = where
        return self.read(name, "part")

    def read_parts_named_in(self, plan: str) -> None:
        """Read the files that a broken plan.yaml names, so that one run tells what is wrong with them as well."""
        self.unread.add(plan)
        name = f"{plan}/plan.yaml"
        shown = f"{self.shown}/{name}"
        try:
            text = self.instead[name] if name in self.instead else read_text(self.root / name, shown)
        except PlanError:
            return
        for number, line in enumerate(text.split("\n"), 1):
            if found := _NAMES_FILE.match(line):
                self.read_part(plan, found[1], Location(shown, number, found.start(1) + 1))


_NAMES_FILE: Final = re.compile(r"\s*-\s+file:\s+([\w./-]+\.yaml)\s*$", re.ASCII)
"""A line by which a file stands for parts of a plan."""
_COPY: Final = re.compile(r"副本|复件|备份|拷贝|[ _-]copy|\(\d+\)|（\d+）|\.bak|~|^[._]|^\$| ", re.IGNORECASE)
"""What programs put into the names of copies, of files that they hide, and of those that they have open."""
_OWN: Final = frozenset({"units.yaml", "leaders.yaml"})
_PLAN: Final = frozenset({"plan.yaml", "citations.yaml", "oddities.yaml", "glossary.yaml"})
_DATA: Final = (".yaml", ".yml")


def read_plan_names(root: Path) -> list[str]:
    """List the folders that hold a plan; copies are passed over."""
    return sorted(
        f.name
        for f in root.iterdir()
        if f.is_dir() and not f.suffix and f.name != "schema" and not _COPY.search(f.name)
    )


def read_strays(root: Path, shown: str, used: Iterable[str], unread: Collection[str] = ()) -> Iterator[Problem]:
    """Warn of each file and folder that looks like data and is passed over.

    `used` are the files of parts; those that an `unread` plan might name are given the benefit of the doubt.
    """
    parts = frozenset(used)
    places = [(root, "", _OWN)]
    for plan in read_plan_names(root):
        places.append((root / plan, plan, frozenset(f"{plan}/{name}" for name in _PLAN) | parts))
        folders = {name.rpartition("/")[0] for name in parts if name.startswith(f"{plan}/")} | {f"{plan}/sectors"}
        # Not Path.is_dir: it raises where a folder may not be entered.
        inner = sorted(folder for folder in folders - {plan} if os.path.isdir(root / folder))  # noqa: PTH112
        places += [(root / folder, folder, parts) for folder in inner]
    for place, name, known in places:
        # What cannot be listed is said where it is read.
        listed = sorted(place.iterdir()) if os.access(place, os.R_OK | os.X_OK) else []
        for path in listed:
            own = f"{name}/{path.name}" if name else path.name
            is_doubtful = own.partition("/")[0] in unread and not _COPY.search(path.name)
            if advice := _stray(path, is_used=own in known or is_doubtful, is_in_plan=bool(name)):
                yield Problem(Location(f"{shown}/{own}"), "file-ignored", advice, "warning")


def _stray(path: Path, *, is_used: bool, is_in_plan: bool) -> str:
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
    if path.suffix.lower() not in _DATA or is_used:
        return ""
    if is_copy:
        return "像是副本，没有采用：不需要请移走；要用的内容请并进原来的文件"
    if path.suffix != ".yaml":
        return f"扩展名不是 .yaml，没有采用：请改名为 {path.stem}.yaml"
    if is_in_plan:
        return "方案的各部分里没有写这个文件，没有采用：要用就在 plan.yaml 的 parts 里写上 file，不需要请移走"
    return "不是数据目录里的文件名，没有采用：请检查文件名，或移走"


def read_texts(root: Path, shown: str) -> dict[str, tuple[str, str]]:
    """Read the files that name units, targets or duties: name → (text, shape); raises PlanError."""
    found = {"units.yaml": (read_text(root / "units.yaml", f"{shown}/units.yaml"), "units")}
    for folder in read_plan_names(root):
        waiting = [(f"{folder}/plan.yaml", "plan")]
        while waiting:
            name, shape = waiting.pop(0)
            if name not in found:
                found[name] = (read_text(root / name, f"{shown}/{name}"), shape)
                waiting[:0] = [(f"{folder}/{file}", "part") for file in _files_in(found[name][0], f"{shown}/{name}")]
    return found


def _files_in(text: str, shown: str) -> list[str]:
    """Return the files that a file of parts names, in their order."""
    try:
        waiting = [parse_nodes(text, shown)]
    except PlanError:
        return []
    names: list[str] = []
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, MappingNode):
            names += [v.text for k, v in node.entries if k.text == "file" and isinstance(v, Scalar)]
            waiting[:0] = [value for key, value in node.entries if key.text == "parts"]
        elif isinstance(node, SequenceNode):
            waiting[:0] = list(node.items)
    return names


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
