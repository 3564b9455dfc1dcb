"""The data while it is reviewed: decisions are checked and written behind the person's back.

Reading and checking everything takes longer than a person should wait after a key. So a
thread takes the decisions, in their order: all that wait at the time are made together,
checked as `plansite check` does, and written if they bring no new problem; else each is
tried by itself. One that is refused comes back with its reason.
"""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Final, Literal

from ..editing.decisions import DecisionError, accepted, applied, dropped, mended
from ..editing.layout import LayoutError
from ..editing.proposals import REGISTRY
from ..problems import PlanError
from ..rules import unnamed_unit
from .files import Files

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ..editing.decisions import Mends, Op
    from ..editing.proposals import Card
    from ..problems import Problem

_MOVED: Final = "这一处刚才在别处改过：请再看一遍"
_GONE: Final = "撤不回了：文件后来在别处改过"


@dataclass(frozen=True, kw_only=True, eq=False)
class Decision:
    """What a person decided on a card."""

    kind: Literal["accept", "drop", "keep"]
    """To keep is to leave it open, but with other values."""
    card: Card
    """As the person saw it."""
    rows: tuple[str, ...]
    """The keys of the rows that are decided on."""
    mends: Mends = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Done:
    """Decisions that were written together."""

    base: Mapping[str, str]
    """The files before."""
    ops: tuple[list[Op], ...]
    """What each of them did, all to the files as they were before."""

    def texts(self, count: int) -> dict[str, str]:
        """Return the files that any of them changed, as the first few leave them."""
        names = dict.fromkeys(file for ops in self.ops for file, _ in ops)
        return {name: self.base[name] for name in names} | applied(self.base, chain(*self.ops[:count]))[0]


@dataclass(frozen=True, slots=True)
class _Undo:
    decision: Decision


class Session:
    """The data of one plan while it is reviewed."""

    def __init__(self, root: Path, shown: str, plan: str) -> None:
        self._files = Files(root, shown, plan)
        self._files.read()
        self._waiting: deque[Decision | _Undo] = deque()
        self._done: dict[Decision, tuple[_Done, int]] = {}
        self._refused: list[tuple[Decision, str]] = []
        self._said: deque[str] = deque()
        self._failure: BaseException | None = None
        self._is_busy = self._is_closed = False
        self._turn = threading.Condition()
        self._thread = threading.Thread(target=self._work, name="review")
        self._thread.start()

    @property
    def cards(self) -> Mapping[tuple[str, ...], Card]:
        """The cards with something open by key, in their order."""
        return self._files.cards

    def submit(self, decision: Decision) -> None:
        """Have a decision made; raises what went wrong with an earlier one that no decision is to blame for."""
        self._put(decision)

    def undo(self, decision: Decision) -> None:
        """Have the last decision that was not undone taken back; it is nothing where it was refused."""
        self._put(_Undo(decision))

    def wait(self) -> None:
        """Return when all that was submitted is written or refused; raises as `submit` does."""
        with self._turn:
            while (self._waiting or self._is_busy) and not self._failure:
                self._turn.wait(0.1)
        self._raise()

    def take_refused(self) -> list[tuple[Decision, str]]:
        """Return each decision that was refused since, with the reason."""
        self._raise()
        with self._turn:
            found, self._refused = self._refused, []
        return found

    def take_said(self) -> str:
        """Return what came along with a decision, if the person has not been told yet."""
        return self._said.popleft() if self._said else ""

    def close(self) -> None:
        """End the thread when it has done what was submitted; raises as `submit` does."""
        with self._turn:
            self._is_closed = True
            self._turn.notify_all()
        while self._thread.is_alive():
            self._thread.join(0.1)
        self._raise()

    def _put(self, job: Decision | _Undo) -> None:
        self._raise()
        with self._turn:
            self._waiting.append(job)
            self._turn.notify_all()

    def _raise(self) -> None:
        if failure := self._failure:
            self._failure = None
            raise failure

    def _work(self) -> None:
        try:
            while self._work_once():
                pass
        except BaseException as error:  # noqa: BLE001 - the other thread tells of it
            with self._turn:
                self._failure, self._is_busy = error, False
                self._turn.notify_all()

    def _work_once(self) -> bool:
        """Do what waits, up to the next that is taken back; says whether there may be more."""
        with self._turn:
            self._is_busy = False
            self._turn.notify_all()
            while not self._waiting:
                if self._is_closed:
                    return False
                self._turn.wait()
            self._is_busy = True
            batch: list[Decision] = []
            while self._waiting and isinstance(one := self._waiting[0], Decision):
                batch.append(one)
                self._waiting.popleft()
            taken = None if batch else self._waiting.popleft()
        if isinstance(taken, _Undo):
            self._take_back(taken.decision)
        elif batch:
            self._make(batch)
        return True

    def _make(self, batch: list[Decision]) -> None:
        """Make decisions that were taken one after the other, all of them where they bring no problem."""
        try:
            self._files.read_again()
        except PlanError as error:
            for decision in batch:
                self._refuse(decision, f"文件刚才在别处改过，现在读不通：{error.problems[0]}")
            return
        while batch:
            # What takes records away moves those behind it, so it is made by itself.
            count = next((at for at, one in enumerate(batch) if one.kind == "drop"), len(batch)) or 1
            self._settle(batch[:count])
            batch = batch[count:]

    def _settle(self, decisions: list[Decision]) -> None:
        """Write what was decided, all of it together; if that cannot be, each by itself, or refuse it."""
        made: dict[Decision, list[Op]] = {}
        for decision in decisions:
            try:
                made[decision] = self._ops(decision)
            except DecisionError as error:
                self._refuse(decision, str(error))
        if not made:
            return
        base, first = dict(self._files.texts), next(iter(made))
        if reason := self._read_reason(made):
            self._files.give_up()
            if len(made) == 1:
                self._refuse(first, reason)
            for decision in made if len(made) > 1 else ():
                self._settle([decision])
        elif self._files.write():
            done = _Done(base, tuple(made.values()))
            self._done |= {decision: (done, at) for at, decision in enumerate(made)}
        else:
            self._files.read()
            for decision in made:
                self._refuse(decision, _MOVED)

    def _read_reason(self, made: dict[Decision, list[Op]]) -> str:
        """Do in the texts what was decided; says why it must not be written, nothing if it may."""
        first = next(iter(made))
        try:
            self._files.take_over(applied(self._files.texts, chain(*made.values()))[0])
            new = self._files.read_new_problems()
            if new and len(made) == 1 and (more := self._without_orphans(new)):
                made[first] += more
                names = "”“".join(problem.text.partition("“")[2].partition("”")[0] for problem in new)
                self._said.append(f"再没有别处点名“{names}”，名册里也一并删去了")
                self._files.take_over(applied(self._files.texts, more)[0])
                new = self._files.read_new_problems()
        except LayoutError:
            where = first.card.where
            return f"这里连着注释或写法特殊，自动改会弄丢：请直接改 {where.path} 第 {where.line} 行"
        return _worded(new[0], first) if new else ""

    def _refuse(self, decision: Decision, reason: str) -> None:
        with self._turn:
            self._refused.append((decision, reason))

    def _ops(self, decision: Decision) -> list[Op]:
        """Return what a decision does to the files as they are; raises DecisionError."""
        card = self.cards.get(decision.card.key)
        seen = {row.key: row.entry.cells for row in decision.card.rows}
        if card is None or any(row.entry.cells != seen.get(row.key) for row in card.rows if row.key in decision.rows):
            raise DecisionError(_MOVED)
        rows = [row for row in card.rows if row.key in decision.rows]
        if len(rows) < len(decision.rows):
            raise DecisionError(_MOVED)
        if decision.kind == "drop":
            return [op for row in rows for op in dropped(card, row)]
        ops = list(mended(card, decision.mends))
        if decision.kind == "accept":
            ops += accepted(card, rows, decision.mends)
        return ops

    def _without_orphans(self, new: list[Problem]) -> list[Op]:
        """Return what takes units away that nobody names any more; nothing if more is wrong, or more is said of them.

        They were registered for the sake of the words that were dropped.
        """
        if self._files.is_changed(REGISTRY):
            # Its records may stand elsewhere than they did.
            return []
        units, bare = self._files.bare_units()
        gone = [bare.get(problem.where) for problem in new if problem.rule == unnamed_unit.ID]
        if len(gone) < len(new) or None in gone:
            return []
        return [op for row in gone if row for op in dropped(units, row)]

    def _take_back(self, decision: Decision) -> None:
        if decision not in self._done:
            return
        done, at = self._done.pop(decision)
        texts, before = done.texts(at + 1), done.texts(at)
        if any(self._files.texts.get(name) != text for name, text in texts.items()):
            self._refuse(decision, _GONE)
            return
        self._files.take_over(before)
        if not self._files.write():
            self._files.read()
            self._refuse(decision, _GONE)


def _worded(problem: Problem, decision: Decision) -> str:
    """Say what is wrong in the words by which the person was asked."""
    keys = {*decision.rows, *(own for own, _ in decision.mends)}
    row = next((row for row in decision.card.rows if row.key in keys), None)
    return row.table.worded(problem.message) if row else problem.message
