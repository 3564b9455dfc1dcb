"""The walk: card after card is shown and decided on, until nothing is open or the person stops."""

from __future__ import annotations

import re
import statistics
import time
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from ..data.keys import Choice, ListOf, Text
from ..data.shapes import ROUGH_DATE
from ..editing.cells import CellError
from ..editing.returned import ReadCell
from ..editing.steps import NOTHING, read_value
from ..editing.tables import PARTS
from ..problems import Location
from .screen import Progress, card_lines, keys_line
from .session import Decision
from .terminal import Stopped

if TYPE_CHECKING:
    from ..editing.cells import Value
    from ..editing.decisions import Mends
    from ..editing.proposals import Card, Row
    from ..editing.tables import Column
    from .session import Session
    from .terminal import Terminal

_LEAST_ROWS, _MOST_ROWS = 5, 20
"""Of a list on one screen."""
_AROUND: Final = 8
"""Lines that a screen has besides the rows of a list."""
_FIRST_PACE: Final = 6.0
"""Seconds for a card, before anything is known of the person."""
_CLEAR: Final = "-"
"""What is typed to empty a value."""


@dataclass(eq=False)
class _Screen:
    """A card, or a few rows of one that is a list, and what was made of it."""

    key: tuple[str, ...]
    rows: tuple[str, ...]
    """The rows that it shows, of a list; all of the card where empty."""
    is_done: bool = False
    """Decided or passed over."""
    mends: Mends = field(default_factory=dict)
    told: dict[tuple[str, str], str] = field(default_factory=dict)
    """The mends in words."""
    top: int = 0
    """The first of its rows that is in sight."""
    step: int = 0
    """How many are, where they are not all."""
    fault: str = ""
    """Why what was decided could not be done."""


@dataclass
class Walk:
    """One walk through what is open; counts what was done."""

    session: Session
    terminal: Terminal
    counts: dict[str, int] = field(default_factory=lambda: {"accept": 0, "drop": 0, "keep": 0, "skip": 0})
    _screens: list[_Screen] = field(default_factory=list)
    _next: list[_Screen] = field(default_factory=list)
    """What comes before anything else: what was refused or undone."""
    _done: list[list[tuple[_Screen, Decision | None]]] = field(default_factory=list)
    _paces: list[float] = field(default_factory=list)
    _hint: str = ""

    def run(self) -> None:
        """Walk until the end, or until the person stops; all that was decided is written then."""
        try:
            with self.terminal:
                while screen := self._following():
                    self._ask(screen)
        except (Stopped, KeyboardInterrupt):
            for screen in self._screens:
                self._keep(screen)
        finally:
            self._close()

    def _close(self) -> None:
        while True:
            try:
                self.session.close()
            except KeyboardInterrupt:
                # What was decided is written all the same; it is a moment.
                continue
            break
        self._take_refused()

    @property
    def refused(self) -> list[str]:
        """Why what was decided last could not be done, where nobody was left to be asked."""
        return [f"{screen.key[-1]}：{screen.fault}" for screen in self._screens if screen.fault and not screen.is_done]

    @property
    def left(self) -> int:
        """How many readings nobody has confirmed."""
        return sum(len(card.open_rows) for card in self.session.cards.values())

    def _following(self) -> _Screen | None:
        """Return what to show next; None where nothing is left."""
        if not self.terminal.is_live:
            # A pipe cannot see what comes back later.
            self.session.wait()
        self._take_refused()
        self._list()
        while self._next:
            again = self._next.pop()
            if not again.is_done and self._rows(again):
                return again
        for screen in self._screens:
            if not screen.is_done and self._rows(screen):
                return screen
        self.session.wait()
        return self._following() if self._take_refused() or self._list() else None

    def _take_refused(self) -> bool:
        found = self.session.take_refused()
        for decision, reason in found:
            for step in self._done:
                for screen, made in step:
                    if made is decision:
                        screen.is_done, screen.fault = False, reason
                        self.counts[decision.kind] -= len(decision.rows) or 1
                        self._next.append(screen)
            self._done = [step for step in self._done if all(made is not decision for _, made in step)]
        return bool(found)

    def _list(self) -> bool:
        """Add screens for what is open and has none yet; says whether there is any."""
        known = {(screen.key, row) for screen in self._screens for row in screen.rows or ("",)}
        size = min(max(self.terminal.height - _AROUND, _LEAST_ROWS), _MOST_ROWS)
        added = []
        for card in self.session.cards.values():
            if not card.is_list:
                added += [] if (card.key, "") in known else [_Screen(card.key, ())]
                continue
            rows = [row.key for row in card.open_rows if (card.key, row.key) not in known]
            added += [_Screen(card.key, tuple(rows[at : at + size])) for at in range(0, len(rows), size)]
        self._screens += added
        return bool(added)

    def _card(self, screen: _Screen) -> Card | None:
        return self.session.cards.get(screen.key)

    def _rows(self, screen: _Screen) -> list[Row]:
        """Return the rows that a screen shows; none where nothing of it is open any more."""
        card = self._card(screen)
        rows = [row for row in card.rows if row.is_open and row.key in screen.rows] if card and screen.rows else []
        return rows or (list(card.rows) if card and not screen.rows else [])

    def _ask(self, screen: _Screen) -> None:
        """Show a screen and do what is said, until it is another's turn."""
        start = time.monotonic()
        while not screen.is_done and (rows := self._rows(screen)):
            self._show(screen, rows)
            typed = self.terminal.key()
            word, _, more = typed.partition(" ") if typed.strip() else (typed, "", "")
            key = word and (unicodedata.normalize("NFKC", word).strip().lower() or " ")
            self._hint = ""
            if key == "q":
                raise Stopped
            if key == "u" and screen.mends:
                screen.mends, screen.told, screen.fault = {}, {}, ""
            elif key == "u":
                if self._undo():
                    return
            elif key == " ":
                screen.top = screen.top + screen.step if screen.top + screen.step < len(rows) else 0
            elif act := _ACTS.get(key):
                act(self, screen, rows, more.split())
            else:
                self._hint = "没有这个键"
        self._paces.append(time.monotonic() - start)

    def _show(self, screen: _Screen, rows: list[Row]) -> None:
        card = self._card(screen)
        if card is None:
            return
        look = self.terminal.look
        done = sum(one.is_done for one in self._screens)
        left = len(self._screens) - done
        pace = statistics.median(self._paces) if len(self._paces) > 2 else _FIRST_PACE  # noqa: PLR2004
        progress = Progress(
            at=min(done + 1, len(self._screens)), of=len(self._screens), minutes=round(left * pace / 60)
        )
        lines = [look.faint(str(progress))]
        if screen.fault:
            lines += [f"没有写入：{screen.fault}"]
        size = max(self.terminal.height - _AROUND, _LEAST_ROWS) if self.terminal.is_live else len(rows)
        lines += card_lines(card, rows, look, list(screen.told.values()), range(screen.top, screen.top + size))
        lines += keys_line(look, is_list=card.is_list)
        if len(rows) > size:
            lines.append(
                f"空格 下一页（第 {screen.top + 1}—{min(screen.top + size, len(rows))} 行，共 {len(rows)} 行）"
            )
            screen.step = size
        if hint := self._hint or self.session.take_said():
            lines.append(hint)
        self.terminal.show(lines)

    def _decide(self, screen: _Screen, decision: Decision) -> None:
        self.session.submit(decision)
        self._done.append([(screen, decision)])
        self.counts[decision.kind] += len(decision.rows) or 1
        screen.fault = ""

    def _accepted(self, screen: _Screen, rows: list[Row]) -> Decision | None:
        card = self._card(screen)
        return (
            Decision(
                kind="accept",
                card=card,
                rows=tuple(row.key for row in rows if row.is_open),
                mends=dict(screen.mends),
            )
            if card
            else None
        )

    def accept(self, screen: _Screen, rows: list[Row], _: list[str]) -> None:
        """Confirm what is shown."""
        if decision := self._accepted(screen, rows):
            self._decide(screen, decision)
            screen.is_done = True

    def accept_all(self, screen: _Screen, rows: list[Row], more: list[str]) -> None:
        """Confirm what is shown and what else is open of the same task."""
        card = self._card(screen)
        if card is None or card.is_list:
            self.accept(screen, rows, more)
            return
        step: list[tuple[_Screen, Decision | None]] = []
        for one in self._screens:
            other = self._card(one)
            if one.is_done or not other or other.group != card.group:
                continue
            if made := self._accepted(one, list(other.rows)):
                self.session.submit(made)
                self.counts["accept"] += len(made.rows)
                one.is_done = True
                step.append((one, made))
        self._done.append(step)

    def skip(self, screen: _Screen, rows: list[Row], more: list[str]) -> None:
        """Pass over what is shown, or over some rows of a list; what was mended is kept."""
        card = self._card(screen)
        if card and card.is_list and len(rows) > 1:
            if not more and self.terminal.is_live:
                more = self.terminal.line("跳过哪几行（写序号，回车就是全部）：").split()
            kept = [row.key for row in self._picked(rows, more)]
            if more and not kept:
                return
            if more and len(kept) < len(rows):
                self._screens.append(_Screen(screen.key, tuple(kept), is_done=True))
                screen.rows = tuple(row.key for row in rows if row.key not in kept)
                self.counts["skip"] += len(kept)
                return
        self._keep(screen)
        self._done.append([(screen, None)])
        self.counts["skip"] += 1
        screen.is_done = True

    def _keep(self, screen: _Screen) -> None:
        """Write what was mended and not confirmed."""
        card = self._card(screen)
        # What was refused once would be again.
        if card and screen.mends and not screen.is_done and not screen.fault:
            self._decide(screen, Decision(kind="keep", card=card, rows=(), mends=dict(screen.mends)))
            screen.mends, screen.told = {}, {}

    def drop(self, screen: _Screen, rows: list[Row], more: list[str]) -> None:
        """Take a record away: the first that is open, or one of several by its number."""
        card = self._card(screen)
        if card is None:
            return
        able = [row for row in rows if row.table is not PARTS]
        row = able[0]
        if len(able) > 1:
            row_or_none = self._one("删去哪一条？", rows, more)
            if row_or_none is None:
                return
            row = row_or_none
        self._decide(screen, Decision(kind="drop", card=card, rows=(row.key,)))
        self.session.wait()
        screen.is_done = not any(row.is_open for row in self._rows(screen))
        self._take_refused()

    def mend(self, screen: _Screen, rows: list[Row], more: list[str]) -> None:
        """Give a value of a row another text; it is written once the card is decided on."""
        row = rows[0] if len(rows) == 1 else self._one("改哪一条？", rows, more)
        if row is None:
            return
        columns = [column for column in row.table.columns if column.key.name != "reading"]
        now = [row.text(column.key.name) for column in columns]
        shown = [f"{column.heading}（{text or NOTHING}）" for column, text in zip(columns, now, strict=True)]
        at = self._number("改哪一栏？", shown, more)
        if at is None:
            return
        column, text = columns[at], now[at]
        typed = self._typed(column, text, more)
        if typed == text or (not typed and not text):
            return
        try:
            value = _value(row, column, typed)
        except CellError as error:
            self._hint = str(error)
            return
        screen.mends[row.key, column.key.name] = value
        screen.told[row.key, column.key.name] = f"{column.heading} {text or NOTHING} → {typed or NOTHING}"

    def _typed(self, column: Column, text: str, more: list[str]) -> str:
        """Ask for a value; returns the old one where nothing is typed, nothing where it shall go."""
        kind = column.key.type
        options = (kind.labels or kind.options) if isinstance(kind, Choice) else ()
        if options:
            listed = "　".join(f"{number} {option}" for number, option in enumerate(options, 1))
            self.terminal.tell([f"{column.heading}：{listed}"])
        already = text if isinstance(kind, Text | ListOf) and not options and kind is not ROUGH_DATE else ""
        typed = more.pop(0) if more else self.terminal.line(f"{column.heading}改成（{_CLEAR} 清空）：", already)
        if re.fullmatch(r"\d{1,2}", typed) and options and 1 <= int(typed) <= len(options):
            return options[int(typed) - 1]
        if already and self.terminal.is_live and not typed:
            return ""
        return "" if typed == _CLEAR else typed or text

    def _one(self, question: str, rows: list[Row], more: list[str]) -> Row | None:
        at = self._number(question, [row.words.strip() for row in rows], more)
        return None if at is None else rows[at]

    def _number(self, question: str, choices: list[str], more: list[str]) -> int | None:
        """Ask for one of several; None where none is meant."""
        if not more:
            self.terminal.tell([question, *(f"{number:>2} {text}" for number, text in enumerate(choices, 1))])
            # A line, however few there are: an Enter typed behind a single key would accept the card.
            more = [self.terminal.line("序号：")]
        typed = more.pop(0)
        if re.fullmatch(r"\d{1,4}", typed) and 1 <= int(typed) <= len(choices):
            return int(typed) - 1
        self._hint = f"没有“{typed}”这个序号" if typed else ""
        return None

    def _picked(self, rows: list[Row], more: list[str]) -> list[Row]:
        numbers = {int(word) for text in more for word in re.findall(r"\d{1,4}", text)}
        found = [row for number, row in enumerate(rows, 1) if number in numbers]
        self._hint = "" if found or not more else "没有这样的序号"
        return found

    def _undo(self) -> bool:
        """Take the last step back; says whether there was one."""
        if not self._done:
            self._hint = "没有可以撤销的"
            return False
        step = self._done.pop()
        for screen, decision in reversed(step):
            if decision:
                self.session.undo(decision)
                self.counts[decision.kind] -= len(decision.rows) or 1
            else:
                self.counts["skip"] -= 1
            screen.is_done = False
            self._next.append(screen)
        self.session.wait()
        return True


_ACTS: Final = {
    "": Walk.accept,
    "y": Walk.accept,
    "a": Walk.accept_all,
    "s": Walk.skip,
    "d": Walk.drop,
    "e": Walk.mend,
}
"""Key → what it does."""


def _value(row: Row, column: Column, text: str) -> Value | None:
    """Return what a typed text means; raises CellError."""
    known = row.text(column.key.name)
    # A kind that only this site has is known to the check.
    value = read_value(column, ReadCell(Location(""), "", text), known, (text,))
    if isinstance(value, list):
        return [row.entry.explained.get(name, name) for name in value]
    return value
