"""The files that a review changes: what they hold, which cards that makes, and whether a change may be written."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from ..data.files import read_texts
from ..data.load import read_data
from ..editing.merge import bound_files, write_texts
from ..editing.proposals import REGISTRY, cards, registry
from ..problems import Location, PlanError, Problem, errors
from ..rules import check

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ..data.bind import Bound
    from ..editing.proposals import Card, Row

_Fault = tuple[str, str, str]
"""Path, rule and text of a problem: without its line, which moves."""


class Files:
    """The registry and the files of the plans, as they are on the disk or shall be."""

    def __init__(self, root: Path, shown: str, plan: str) -> None:
        self._root, self._shown, self._plan = root, shown, plan
        self._on_disk: dict[str, str] = {}
        self._stamps: dict[str, tuple[int, int]] = {}
        self._shapes: dict[str, str] = {}
        self._bound: dict[str, Bound] = {}
        self._faults: Counter[_Fault] | None = None
        self.texts: dict[str, str] = {}
        """By name, with what is not written yet."""
        self.cards: Mapping[tuple[str, ...], Card] = {}
        """By key, those with something open in their order; replaced as a whole."""

    def read(self) -> None:
        """Read all files anew; raises PlanError."""
        files = read_texts(self._root, self._shown)
        bound = bound_files(files, self._shown)
        if left := sorted(files.keys() - bound.keys()):
            text = "文件不合格式：请先运行 plansite check，改好再核对"
            raise PlanError(Problem(Location(f"{self._shown}/{name}"), "wrong-type", text) for name in left)
        self._on_disk = {name: text for name, (text, _) in files.items()}
        self._shapes = {name: shape for name, (_, shape) in files.items()}
        self._stamps = {name: self._read_stamp(name) for name in files}
        self._bound, self._faults = bound, None
        self.texts = dict(self._on_disk)
        self._list_cards()

    def read_again(self) -> None:
        """Read what somebody else has changed meanwhile; raises PlanError."""
        if any(self._read_stamp(name) != stamp for name, stamp in self._stamps.items()):
            self.read()

    def _read_stamp(self, name: str) -> tuple[int, int]:
        status = (self._root / name).stat()
        return status.st_mtime_ns, status.st_size

    def _list_cards(self) -> None:
        self.cards = {card.key: card for card in cards(self._bound, self._plan)}

    def take_over(self, texts: Mapping[str, str]) -> None:
        """Go on from other texts."""
        self.texts |= texts
        shapes = {name: (text, self._shapes[name]) for name, text in texts.items()}
        self._bound |= bound_files(shapes, self._shown)
        self._list_cards()

    def give_up(self) -> None:
        """Go back to what is on the disk."""
        self.take_over({name: self._on_disk[name] for name in self._changed()})

    def is_changed(self, name: str) -> bool:
        """Say whether a file has something that is not written yet."""
        return name in self._changed()

    def bare_units(self) -> tuple[Card, dict[Location, Row]]:
        """Return all units, and those by place of which no more is said than what they are."""
        file = self._bound[REGISTRY]
        card = registry(file)
        rows = {row.entry.path: row for row in card.rows}
        bare = [
            rows["units", at]
            for at, unit in enumerate(file.records("units"))
            if unit.values.keys() <= {"id", "name", "kind", "level", "reading"}
        ]
        return card, {row.where: row for row in bare}

    def _changed(self) -> dict[str, str]:
        return {name: text for name, text in self.texts.items() if text != self._on_disk[name]}

    def read_new_problems(self) -> list[Problem]:
        """Return the problems that the data has with what is not written yet, and had not before."""
        if self._faults is None:
            self._faults = Counter(map(_fault, self._read_problems({})))
        left = Counter(self._faults)
        new = []
        for problem in self._read_problems(self._changed()):
            left[_fault(problem)] -= 1
            if left[_fault(problem)] < 0:
                new.append(problem)
        return new

    def _read_problems(self, instead: Mapping[str, str]) -> list[Problem]:
        data, problems = read_data(self._root, self._shown, instead)
        return sorted(errors({*problems, *check(data)}))

    def write(self) -> bool:
        """Write what is not written yet; says whether it could be, or somebody else was faster."""
        changed = self._changed()
        if write_texts(self._root, self._on_disk, changed):
            return False
        self._on_disk |= changed
        self._stamps |= {name: self._read_stamp(name) for name in changed}
        return True


def _fault(problem: Problem) -> _Fault:
    return problem.where.path, problem.rule, problem.text
