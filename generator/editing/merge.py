"""The merge: a returned workbook, the data, and the YAML that follows; checked first, written last."""

from __future__ import annotations

import codecs
import difflib
import shutil
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..data.bind import Binder, Bound
from ..data.files import read_texts
from ..data.load import read_data
from ..data.nodes import parse_nodes, parse_text
from ..data.shapes import FILES
from ..problems import Location, PlanError, Problem, Problems, errors
from ..publish.writing import beside, clear_beside
from ..rules import check, duplicate_id, require_sound
from .edits import edits
from .entries import sheets
from .package import bounds
from .proposals import cards, plans_in
from .returned import parse_workbook
from .tables import PROPOSALS
from .trial import Trial
from .verdicts import said, verdicts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from .proposals import Card
    from .steps import Edit
    from .tables import Sheets


@dataclass(frozen=True, slots=True)
class Merge:
    """What a workbook changes, checked and not yet written."""

    edits: tuple[Edit, ...]
    problems: tuple[Problem, ...]
    """What cannot be taken, by cell; the edits are sound without it."""
    notices: tuple[str, ...]
    """What is never taken, such as an edit of a cell that is only there to be read."""
    before: Mapping[str, str]
    """The files that change, as they were read, by name."""
    texts: Mapping[str, str]
    """The same files as they shall be."""
    diff: str
    """What changes in them, as a unified diff."""


@dataclass(frozen=True, slots=True)
class Open:
    """What nobody has confirmed yet."""

    plans: Mapping[str, tuple[Card, ...]]
    """By plan; what is open in the registry stands with each."""
    kinds: tuple[str, ...]
    """Those that units may have."""


def read_rows(root: Path, shown: str) -> Sheets:
    """Read sound data as what the editing workbook is made of; raises PlanError."""
    data, problems = read_data(root, shown)
    require_sound(data, problems)
    return sheets(bound_files(read_texts(root, shown), shown), data)


def read_open(root: Path, shown: str) -> Open:
    """Read what nobody has confirmed yet; raises PlanError."""
    data, problems = read_data(root, shown)
    if faults := errors(problems):
        raise PlanError(faults)
    files = bound_files(read_texts(root, shown), shown)
    return Open({plan: cards(files, plan) for plan in plans_in(files)}, data.kinds)


def read_merge(root: Path, shown: str, content: bytes, book: str) -> Merge:
    """Read the data and work out what a returned workbook changes.

    `shown` and `book` are how problems name the data and the workbook. Raises PlanError
    where the file is no workbook of ours or the data itself cannot be merged into.
    """
    data, problems = read_data(root, shown)
    faults = errors((*problems, *check(data)))
    if errors(problems) or any(fault.rule == duplicate_id.ID for fault in faults):
        raise PlanError(faults)
    files = read_texts(root, shown)
    bound = bound_files(files, shown)
    now = sheets(bound, data)
    returned = parse_workbook(content, book, bounds(now.cells))
    if PROPOSALS.name in returned.rows:
        work = verdicts(returned, now, data.plans, (card for plan in plans_in(bound) for card in cards(bound, plan)))
    else:
        work = edits(returned, now, data.plans)
    texts = {name: text for name, (text, _) in files.items()}
    if PROPOSALS.name in returned.rows:
        work.edits = said(work.edits, texts)
    taken = Trial(root, shown, book, texts).read_taken(work.edits, is_sound=not faults)
    if faults and (work.problems or taken.problems or _read_faults(root, shown, taken.texts)):
        # Data that was merged by half may break a rule, which the rest of the same workbook mends; other faults stay.
        raise PlanError(faults)
    return Merge(
        edits=taken.edits,
        problems=tuple(sorted({*work.problems, *taken.problems})),
        notices=tuple(work.notices),
        before={name: texts[name] for name in taken.texts},
        texts=taken.texts,
        diff="".join(_diff(texts, taken.texts, shown)),
    )


def _read_faults(root: Path, shown: str, texts: Mapping[str, str]) -> bool:
    data, problems = read_data(root, shown, texts)
    return bool(errors((*problems, *check(data))))


def write_merge(root: Path, merge: Merge) -> None:
    """Write the changed files; raises PlanError, with nothing written, if one has changed since it was read."""
    if moved := write_texts(root, merge.before, merge.texts):
        text = "文件刚才被改过：请再运行一次 plansite merge"
        raise PlanError(Problem(Location(str(root / name)), "workbook-conflict", text) for name in moved)


def write_texts(root: Path, before: Mapping[str, str], texts: Mapping[str, str]) -> list[str]:
    """Write files in place of others, and return the names of those that have changed since: then none is written.

    All are put beside the old ones first, then each takes the old one's place at once. Stopped
    half-way, every file is whole, old or new, and it can be tried again. Raises OSError that names the file.
    """
    paths = {name: (root / name).resolve() for name in texts}
    held = {name: path.read_bytes() for name, path in paths.items()}
    if moved := [name for name, content in held.items() if parse_text(content, name) != before[name]]:
        return moved
    with ExitStack() as stack:
        waiting = []
        for name, path in paths.items():
            clear_beside(path)
            new = stack.enter_context(beside(path, _encoded(texts[name], held[name]), is_synced=True))
            shutil.copymode(path, new)
            waiting.append((new, path))
        for new, path in waiting:
            new.replace(path)
    return []


def _encoded(text: str, old: bytes) -> bytes:
    """Return a file's new content with the mark at its start that it had, and each line with the end that it had."""
    mark = codecs.BOM_UTF8 if old.startswith(codecs.BOM_UTF8) else b""
    if b"\r\n" not in old:
        return mark + text.encode()
    if old.count(b"\r\n") == old.count(b"\n"):
        return mark + text.replace("\n", "\r\n").encode()
    before, after = old.removeprefix(mark).decode().split("\n"), text.split("\n")
    ends = [line[-1:] == "\r" for line in before]
    # What stands on the last line has no end; were something put behind it, it would get that of the line above.
    ends[-1] = ends[-2]
    is_crlf: list[bool] = []
    same = difflib.SequenceMatcher(None, [line.removesuffix("\r") for line in before], after)
    for _, begin, end, start, stop in same.get_opcodes():
        # A new line ends as the one above it, or whose place it takes.
        is_crlf += [ends[max(min(begin + at, end - 1), 0)] for at in range(stop - start)]
    lines = [f"{line}\r" if crlf else line for line, crlf in zip(after[:-1], is_crlf, strict=False)]
    return mark + "\n".join([*lines, after[-1]]).encode()


def bound_files(files: Mapping[str, tuple[str, str]], shown: str) -> dict[str, Bound]:
    """Bind the files that fit their shape."""
    found = {}
    for name, (text, shape) in files.items():
        bound = Binder(Problems()).bind(parse_nodes(text, f"{shown}/{name}"), FILES[shape])
        if bound:
            found[name] = bound
    return found


def _diff(before: Mapping[str, str], after: Mapping[str, str], shown: str) -> Iterator[str]:
    for name, text in after.items():
        old, new = before[name].splitlines(keepends=True), text.splitlines(keepends=True)
        for line in difflib.unified_diff(old, new, f"{shown}/{name}", f"{shown}/{name}", n=1):
            yield line if line.endswith("\n") else f"{line}\n\\ 文件末尾没有换行\n"
