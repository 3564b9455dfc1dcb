"""What the terminal shows of a card, as lines that fit its width; Chinese characters take two columns."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ..editing.tables import PARTS, PLANS, TARGETS
from ..terms import READINGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ..editing.proposals import Card, Row

_MARK, _STRONG, _FAINT, _END = "\x1b[1;7m", "\x1b[1m", "\x1b[2m", "\x1b[0m"
_NOT_FIRST: Final = frozenset("，。、；：？！）》”’】%,.;:?!)]")
"""Characters with which no line begins."""
KEYS: Final = (
    ("回车", "接受"),
    ("e", "修改"),
    ("d", "删去"),
    ("s", "跳过"),
    ("u", "撤销"),
    ("a", "这一任务其余全部接受"),
    ("q", "停"),
)


@dataclass(frozen=True, slots=True)
class Look:
    """How a terminal shows things."""

    width: int
    has_colour: bool

    def strong(self, text: str) -> str:
        """Return a text that stands out."""
        return f"{_STRONG}{text}{_END}" if self.has_colour else text

    def faint(self, text: str) -> str:
        """Return a text that stands back."""
        return f"{_FAINT}{text}{_END}" if self.has_colour else text


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a person has come."""

    at: int
    """Counts from 1."""
    of: int
    minutes: int
    """What is left, as far as the pace so far tells."""

    def __str__(self) -> str:
        left = f"还剩约 {self.minutes} 分钟" if self.minutes else "还剩不到 1 分钟"
        return f"第 {self.at}/{self.of} 屏，{left}"


def width_of(text: str) -> int:
    """Return how many columns a text takes."""
    return sum(_columns(char) for char in text)


def _columns(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in {"Cf", "Cc"}:
        return 0
    # Those of ambiguous width, such as the quotation marks “”, are wide where Chinese is set.
    return 2 if unicodedata.east_asian_width(char) in "WFA" else 1


def wrapped(text: str, look: Look, *, indent: str = "", marks: Sequence[str] = ()) -> list[str]:
    """Cut a text into lines that fit, those after the first indented; marked words stand out, or in 【】."""
    marked = _marked(text, marks)
    if not look.has_colour:
        text, marked = _bracketed(text, marked)
    lines: list[str] = []
    line, used, is_on = "", 0, False
    for char, is_marked in zip(text, marked, strict=True):
        wide = _columns(char)
        # The last two columns are left for what may not begin the next line.
        if used + wide > look.width - (0 if char in _NOT_FIRST else 2):
            lines.append(line + (_END if is_on else ""))
            line, used = indent + (_MARK if is_on else ""), width_of(indent)
        if is_marked != is_on and look.has_colour:
            line += _MARK if is_marked else _END
            is_on = is_marked
        line += char
        used += wide
    return [*lines, line + (_END if is_on else "")]


def _marked(text: str, marks: Sequence[str]) -> list[bool]:
    found = [False] * len(text)
    for mark in marks:
        at = text.find(mark)
        while mark and at >= 0:
            found[at : at + len(mark)] = [True] * len(mark)
            at = text.find(mark, at + len(mark))
    return found


def _bracketed(text: str, marked: list[bool]) -> tuple[str, list[bool]]:
    """Return a text with brackets around what is marked."""
    made = ""
    for at, char in enumerate(text):
        before, here = marked[at - 1] if at else False, marked[at]
        made += ("【" if here and not before else "】" if before and not here else "") + char
    made += "】" if marked and marked[-1] else ""
    return made, [False] * len(made)


def card_lines(card: Card, rows: Sequence[Row], look: Look, mends: Sequence[str], in_sight: range) -> Iterator[str]:
    """Yield what a card says: where, the sentence, how it is read, rows numbered from 1; `mends` wait to be made."""
    yield from wrapped(f"{card.title} · {_short(card)}", look)
    yield ""
    if card.sentence:
        yield from wrapped(card.sentence, look, marks=card.marks)
        yield ""
    for number, row in enumerate(rows, 1):
        if number - 1 in in_sight:
            yield from _row_lines(row, f"{number:>2} " if len(rows) > 1 else "", look)
    for mend in mends:
        yield from wrapped(f"改：{mend}", look, indent="　　")
    yield ""


def _short(card: Card) -> str:
    where = card.where
    return f"{where.path}:{where.line}"


def _row_lines(row: Row, number: str, look: Look) -> Iterator[str]:
    said = f"{row.words}{_said(row)}"
    is_calm = row.table in (PARTS, TARGETS) and not row.is_open
    sign = "" if is_calm or not row.is_open or row.table is PLANS else "？"
    lines = wrapped(f"{number}{sign}{said}", look, indent=" " * len(number))
    yield from (lines if row.is_open or row.table is PARTS else map(look.faint, lines))


def _said(row: Row) -> str:
    """Say how a reading came about, as it will be said once it is confirmed."""
    inferred = READINGS["inferred"].removeprefix("网站")
    if row.is_open or row.reading == "inferred":
        return f"（{inferred}：{row.note}）" if row.note else ""
    return ""


def keys_line(look: Look, *, is_list: bool) -> list[str]:
    """Return which keys there are."""
    found = []
    for key, what in KEYS:
        if key != "a" or not is_list:
            found.append(f"{look.strong(key)} {what if not is_list or key != '回车' else '这些全部接受'}")
    lines, line = [], ""
    for one in found:
        plain = f"{line}　{one}" if line else one
        if line and width_of(plain.replace(_STRONG, "").replace(_END, "").replace("\x1b", "")) > look.width:
            lines.append(line)
            plain = one
        line = plain
    return [*lines, line]


def listed(cards: Iterable[Card]) -> Iterator[str]:
    """Yield what is open, a line each: where it stands, what it says, and what is doubtful."""
    for card in cards:
        for row in card.open_rows:
            note = f"（{row.note}）" if row.note else ""
            yield f"{row.where}: {row.table.name}：{row.words.strip()}{note}"
