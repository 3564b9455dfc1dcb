"""The data while it is reviewed: decisions are checked and written behind the person's back.

Reading and checking everything takes longer than a person should wait after a key. So a
thread takes the decisions, in their order: all that wait at the time are made together,
checked as `plansite check` does, and written if they bring no new problem; else each is
tried by itself. One that is refused comes back with its reason.
"""

from __future__ import annotations

import threading
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from ..editing.decisions import DecisionError, accepted, applied, dropped, mended
from ..editing.layout import LayoutError
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
class _Step:
    """What a decision did to a file: the text at a place, before and after."""

    name: str
    start: int
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class _Undo:
    decision: Decision


class Session:
    """The data of one plan while it is reviewed."""

    def __init__(self, root: Path, shown: str, plan: str) -> None:
        self._files = Files(root, shown, plan)
        self._files.read()
        self._waiting: deque[Decision | _Undo] = deque()
        self._steps: dict[Decision, list[_Step]] = {}
        self._refused: list[tuple[Decision, str]] = []
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
        made = {decision: steps for decision in batch if (steps := self._steps_of(decision)) is not None}
        if len(made) > 1 and self._files.read_new_problems():
            self._files.give_up()
            for decision in made:
                self._make([decision])
        elif made:
            self._settle(made)

    def _steps_of(self, decision: Decision) -> list[_Step] | None:
        """Make a decision in the texts; None where it is refused."""
        for says_printed in (False, True):
            try:
                return self._changed(self._ops(decision, says_printed=says_printed))
            except DecisionError as error:
                self._refuse(decision, str(error))
                return None
            except LayoutError:
                # A comment stands beside the key that would go.
                continue
        where = decision.card.where
        self._refuse(decision, f"这里连着注释或写法特殊，自动改会弄丢：请直接改 {where.path} 第 {where.line} 行")
        return None

    def _settle(self, made: dict[Decision, list[_Step]]) -> None:
        """Write what was made, or refuse it: one decision, or several that are known to be sound."""
        first = next(iter(made))
        new = self._files.read_new_problems() if len(made) == 1 else []
        if new:
            # Units that only the dropped words named were registered for their sake.
            with suppress(LayoutError):
                if more := self._without_orphans(new):
                    made[first] += self._changed(more)
                    new = self._files.read_new_problems()
        if new:
            self._files.give_up()
            self._refuse(first, new[0].message)
        elif self._files.write():
            self._steps |= made
        else:
            self._files.read()
            for decision in made:
                self._refuse(decision, _MOVED)

    def _changed(self, ops: list[Op]) -> list[_Step]:
        """Do something to the texts and return what that was; raises LayoutError."""
        texts = applied(self._files.texts, ops)
        steps = [_step(name, self._files.texts[name], text) for name, text in texts.items()]
        self._files.take_over(texts)
        return steps

    def _refuse(self, decision: Decision, reason: str) -> None:
        with self._turn:
            self._refused.append((decision, reason))

    def _ops(self, decision: Decision, *, says_printed: bool) -> list[Op]:
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
            ops += accepted(card, rows, decision.mends, says_printed=says_printed)
        return ops

    def _without_orphans(self, new: list[Problem]) -> list[Op]:
        """Return what takes units away that nobody confirmed and now nobody names; nothing if more is wrong."""
        registry = self.cards.get(("", "units"))
        rows = {row.where: row for row in registry.open_rows} if registry else {}
        gone = [rows.get(problem.where) for problem in new if problem.rule == unnamed_unit.ID]
        if registry is None or len(gone) < len(new):
            return []
        return [op for row in gone if row for op in dropped(registry, row)]

    def _take_back(self, decision: Decision) -> None:
        steps = self._steps.pop(decision, [])
        texts = dict(self._files.texts)
        for step in reversed(steps):
            text = texts[step.name]
            if not text.startswith(step.new, step.start):
                self._refuse(decision, _GONE)
                return
            texts[step.name] = text[: step.start] + step.old + text[step.start + len(step.new) :]
        self._files.take_over({step.name: texts[step.name] for step in steps})
        if not self._files.write():
            self._files.read()
            self._refuse(decision, _GONE)


def _step(name: str, old: str, new: str) -> _Step:
    """Return the one stretch in which two texts differ."""
    start = _shared(old, new)
    end = _shared(old[start:][::-1], new[start:][::-1])
    return _Step(name, start, old[start : len(old) - end], new[start : len(new) - end])


def _shared(one: str, other: str) -> int:
    """Return how many characters two texts have in common at their beginning."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (left, right) in pairs if left != right), min(len(one), len(other)))
