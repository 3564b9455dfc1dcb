"""Tables turned into lines: a table of tasks into lines as plans print them, any other into one line a row.

A table of tasks (任务分解表) has heads such as 序号, 重点任务, 牵头单位, 完成时限. A row becomes a line with
the number and the task, then a line for each further cell, with the head of its column as the
label. The words of the cells stay as they are; a number that none is printed for is added, and noted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from ...text.labels import role_of
from ...text.numbers import printed_number
from .blocks import Paragraph, listed
from .numerals import counted

if TYPE_CHECKING:
    from .blocks import Cell, Table

_BETWEEN: Final = " | "
"""What sets the cells of a row apart where they are no tasks."""
_LATEST_HEAD: Final = 12
_LONGEST_HEAD: Final = 15
_NUMBER: Final = re.compile("序号|编号|项次|序")
_TASK: Final = re.compile("任务|事项|措施|举措|内容|项目|工作|目标|要求|指标")
_DEADLINE: Final = re.compile("时限|时间|期限")
_NOTHING: Final = re.compile(r"[\s/／\-—－–]*|无")
_ENDS: Final = re.compile(r"[。，、；：！？,.;:!?）)”》]$")
_NEARLY: Final = 0.9
"""Of the rows, in which a column must have a cell of its own: some are left empty."""


def table_paragraphs(table: Table) -> list[Paragraph]:
    """Return the lines of a table, in order; what was decided is noted at the line that it is about."""
    rows = [row for row in table.rows if any(cell.text.strip() for cell in row)]
    if not rows:
        return []
    if all(len(_own(row)) <= 1 for row in rows):
        # A box around a text, or a column of its lines.
        each = dict.fromkeys(cell for row in rows for cell in _own(row))
        return _noted([Paragraph(cell.text) for cell in each], table.notes)
    at = next((at for at, row in enumerate(rows[:_LATEST_HEAD]) if _is_head(row)), None)
    made = _plain(rows) if at is None else _Tasks(rows, at).paragraphs()
    return _noted(made, table.notes)


def _noted(made: list[Paragraph], notes: tuple[str, ...]) -> list[Paragraph]:
    if made and notes:
        made[0] = Paragraph(made[0].text, (*notes, *made[0].notes))
    return made


def _own(row: tuple[Cell, ...]) -> list[Cell]:
    """Return the cells of a row that hold words, each once."""
    return [cell for cell in dict.fromkeys(row) if cell.text.strip()]


def _plain(rows: list[tuple[Cell, ...]]) -> list[Paragraph]:
    made = []
    before: set[Cell] = set()
    for row in rows:
        each = list(dict.fromkeys(row))
        words = ["" if cell in before else _joined(cell.text) for cell in each]
        line = _BETWEEN.join(words).strip() if any(words) else ""
        if line:
            made.append(line)
        before = set(row)
    note = f"这里是一张 {len(rows)} 行的表格，不是任务分解表：一行写成一行，各格之间用“{_BETWEEN.strip()}”隔开"
    return [Paragraph(line, (note,) if not at else ()) for at, line in enumerate(made)]


def _head(cell: Cell) -> str:
    return "".join(cell.text.split())


def _is_head(row: tuple[Cell, ...]) -> bool:
    heads = [_head(cell) for cell in _own(row)]
    if len(heads) < 2 or any(len(head) > _LONGEST_HEAD for head in heads):  # noqa: PLR2004 - one cell is no head
        return False
    named = sum(role_of(head) is not None for head in heads)
    tasks = sum(bool(_TASK.search(head)) and role_of(head) is None for head in heads)
    numbers = sum(bool(_NUMBER.fullmatch(head)) for head in heads)
    dated = sum(bool(_DEADLINE.search(head)) for head in heads)
    return bool(tasks) and bool(named or (numbers and dated))


def _joined(text: str, between: str = "") -> str:
    """Return the lines of a cell as one: names and sentences stay apart, words cut in two are whole again."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    made = lines[0] if lines else ""
    for line in lines[1:]:
        apart = between or ("；" if printed_number(line) else "")
        made += line if _ENDS.search(made) else apart + line
    return made


@dataclass(slots=True)
class _Numbers:
    """Numbers that were added where none is printed."""

    is_counted: bool = False
    """Whether they are written 一、二、 rather than in figures."""
    count: int = 0
    words: list[str] = field(default_factory=list)

    def next(self, form: str, text: str) -> str:
        self.count += 1
        number = form.format(counted(self.count) if self.is_counted else self.count)
        self.words.append(number + text[:12])
        return number


_CHINESE: Final = "{}、"
_FIGURES: Final = "{}."
_BRACKETED: Final = "（{}）"


class _Tasks:
    """A table of tasks, read row by row."""

    def __init__(self, rows: list[tuple[Cell, ...]], head: int) -> None:
        self._before = rows[:head]
        below = rows[head + 1] if head + 1 < len(rows) else ()
        self._depth = 2 if below and _is_second_head(rows[head], below) else 1
        lower = below if self._depth > 1 else rows[head]
        self._heads = [_head(one) or _head(upper) for upper, one in zip(rows[head], lower, strict=True)]
        self._upper = [_head(cell) for cell in _own(rows[head]) if cell not in lower and _head(cell) not in self._heads]
        self._rows = rows[head + self._depth :]
        self._body = [row for row in self._rows if len(_own(row)) > 1 and not self._is_repeated(row)]
        columns = range(len(self._heads))
        self._numbers = [at for at in columns if _NUMBER.fullmatch(self._heads[at])][:1]
        self._units = [at for at in columns if role_of(self._heads[at]) is not None]
        labels = {*self._numbers, *self._units, *(at for at in columns if _DEADLINE.search(self._heads[at]))}
        self._texts = [at for at in columns if at not in labels and (at == 0 or self._heads[at] != self._heads[at - 1])]
        self._task = self._task_column()
        self._outer = [at for at in self._texts if at < self._task]
        """Columns of what several tasks stand under."""
        self._is_outer_numbered = (
            bool(self._numbers and self._outer)
            and self._filled(self._numbers[0]) < _NEARLY * len(self._body)
            and self._filled(self._numbers[0]) <= self._filled(self._outer[-1])
        )
        self._made: list[Paragraph] = []
        self._added = _Numbers()
        self._added_outer = [_Numbers(is_counted=True) for _ in self._outer or [0]]
        self._outer_style = ""
        """How what the tasks stand under is numbered."""
        self._repeated: list[str] = []
        self._empty: list[str] = []
        self._folded = 0

    def _filled(self, column: int) -> int:
        """Return how many cells with words a column has; one that reaches over several rows counts once."""
        return len({row[column] for row in self._body if row[column].text.strip()})

    def _task_column(self) -> int:
        """Return the column that has a cell for each number, or each list of units: what stands left of it is wider."""
        most = max([self._filled(at) for at in (*self._numbers, *self._units)], default=0) or len(self._body)
        fitting = [at for at in self._texts if self._filled(at) >= _NEARLY * most]
        return fitting[0] if fitting else max(self._texts, key=self._filled, default=0)

    def _is_repeated(self, row: tuple[Cell, ...]) -> bool:
        return [_head(cell) for cell in row] == self._heads

    def paragraphs(self) -> list[Paragraph]:
        for row in self._before:
            self._made += [Paragraph(_joined(cell.text)) for cell in _own(row)]
        first = len(self._made)
        repeated = 0
        before: tuple[Cell, ...] = ()
        for row in self._rows:
            own = _own(row)
            if self._is_repeated(row):
                repeated += 1
            elif len(own) == 1 and own[0].across == 1 and own[0].left in self._numbers:
                self._empty.append(own[0].text)
            elif len(own) == 1 and (own[0].across > 1 or own[0].left == 0):
                if own[0] not in before:
                    self._group(own[0].text)
            else:
                self._row(row, before)
            before = row
        if len(self._made) > first:
            told = self._made[first]
            self._made[first] = Paragraph(told.text, (*self._notes(repeated), *told.notes))
        return self._made

    def _notes(self, repeated: int) -> list[str]:
        heads = "、".join(dict.fromkeys(self._heads[at] for at in range(len(self._heads)) if self._heads[at]))
        notes = [f"这里是任务分解表（{heads}）：一项任务写成几行，列名作各行的标签，各格的字照原样"]
        if self._upper:
            notes.append(f"表头分两行，上一行的没有写出：{listed(self._upper)}")
        if self._folded:
            notes.append(f"表格里有 {self._folded} 格分几行写，接成了一行")
        if repeated:
            notes.append(f"表头重复了 {repeated} 次，没有再写")
        added = [word for one in (*self._added_outer, self._added) for word in one.words]
        if added:
            notes.append(f"开头的序号是加上去的，表格里没有：{listed(added)}")
        if self._repeated:
            notes.append(f"合并的格管着几项，每项都写了一遍：{listed(self._repeated)}")
        if self._empty:
            notes.append(f"空行和表示“没有”的格没有写出：{listed(self._empty)}")
        return notes

    def _text(self, cell: Cell, between: str = "") -> str:
        self._folded += len([line for line in cell.text.split("\n") if line.strip()]) > 1
        return _joined(cell.text, between)

    def _group(self, text: str) -> None:
        """Write a row that is one cell: what the rows below it stand under, or a remark."""
        words = _joined(text)
        if re.match("备?注|说明|填表|附", words) or words.endswith("。") or printed_number(words):
            self._made.append(Paragraph(words))
        else:
            self._made.append(Paragraph(self._added_outer[0].next(_CHINESE, words) + words))

    def _row(self, row: tuple[Cell, ...], before: tuple[Cell, ...]) -> None:
        fresh = [bool(cell.text.strip()) and (not before or cell != before[at]) for at, cell in enumerate(row)]
        for depth, at in enumerate(self._outer):
            if fresh[at]:
                self._outer_line(row, depth, at)
        task = self._task_in(fresh)
        if task is not None:
            self._made.append(Paragraph(self._task_line(row, self._text(row[task]))))
        done = {*self._numbers, *self._outer, task}
        for at, cell in enumerate(row):
            is_for_all = task is not None and at not in self._texts and bool(cell.text.strip())
            if at not in done and cell not in row[:at] and (fresh[at] or is_for_all):
                self._further(at, cell, is_first=fresh[at])

    def _task_in(self, fresh: list[bool]) -> int | None:
        """Return the column of the task that begins in a row; None where it goes on with the one before."""
        if fresh[self._task]:
            return self._task
        if self._numbers and fresh[self._numbers[0]] and not self._is_outer_numbered:
            return next((at for at in self._texts if fresh[at]), None)
        return None

    def _further(self, at: int, cell: Cell, *, is_first: bool) -> None:
        """Write a cell that belongs to the task above, behind the head of its column."""
        words = cell.text.strip()
        if _NOTHING.fullmatch(words):
            self._empty.append(f"{self._heads[at]}：{words}")
            return
        label = f"{self._heads[at]}：" if self._heads[at] else ""
        line = label + self._text(cell, "、" if at in self._units else "")
        if not is_first:
            self._repeated.append(line)
        self._made.append(Paragraph(line))

    def _outer_line(self, row: tuple[Cell, ...], depth: int, at: int) -> None:
        words = self._text(row[at])
        if printed_number(words):
            number = ""
        elif self._is_outer_numbered and at == self._outer[-1]:
            number = _printed(row[self._numbers[0]].text, words)
        else:
            number = self._added_outer[depth].next(_CHINESE if depth == 0 else _BRACKETED, words)
        if at == self._outer[-1] and (self._is_outer_numbered or not self._numbers):
            self._added.count = 0
        for deeper in self._added_outer[depth + 1 :]:
            deeper.count = 0
        own = printed_number(number + words)
        self._outer_style = _style(own.printed) if own else ""
        self._made.append(Paragraph(number + words))

    def _task_line(self, row: tuple[Cell, ...], words: str) -> str:
        printed = row[self._numbers[0]].text.strip() if self._numbers and not self._is_outer_numbered else ""
        if printed:
            return _printed(printed, words) + words
        own = printed_number(words)
        if own and not (self._is_outer_numbered and _style(own.printed) == self._outer_style):
            return words
        return self._added.next(_BRACKETED if self._is_outer_numbered else _FIGURES, words) + words


def _style(number: str) -> str:
    return re.sub(r"\w+", "1", number.strip())


def _is_second_head(row: tuple[Cell, ...], below: tuple[Cell, ...]) -> bool:
    """Say whether a head has two rows: what one of its cells reaches over is split in the second, the rest is not."""
    split = [
        cell
        for cell in dict.fromkeys(row)
        if cell.across > 1 and len({*below[cell.left : cell.left + cell.across]}) > 1
    ]
    rest = [one for upper, one in zip(row, below, strict=True) if upper not in split]
    return bool(split) and all(one in row or not one.text.strip() for one in rest)


def _printed(number: str, words: str) -> str:
    """Return a cell's number as it heads a line: 1. for 1, 一、 for 一; empty where the words begin with it."""
    number = "".join(number.split())
    own = printed_number(words)
    if not number or (own and own.printed.strip(" 、.．\u3000") == number.strip("、.．")):
        return ""
    if printed_number(number):
        return number
    if re.fullmatch(r"\d{1,3}", number):
        return number + "."
    return number + "、" if re.fullmatch("[一二三四五六七八九十百]+", number) else number + "　"
