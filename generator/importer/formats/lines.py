"""Blocks made into the lines of a text: what only the layout needs goes, and each decision gets its line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ...characters import code_point, is_unseen, shown, stands_for
from .blocks import Note, OfficialText, Paragraph, listed
from .tables import table_paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .blocks import Document

_CONTENTS: Final = re.compile(r"\S.*?(?:[.．·…]\s*){4,}\s*\d{1,4}\s*")
"""A line of a table of contents: dots lead to the number of a page."""
_BLANKS: Final = {"\t": "　", "\xa0": " ", "\u2002": " ", "\u2003": "　"}
_ALIKE: Final = re.compile("[\u2e80-\u2fdf\uf900-\ufaff]")
"""Radicals and compatibility ideographs, which fonts put in the place of characters."""


def composed(document: Document) -> OfficialText:
    """Return the text that the blocks of a document make; empty where they hold no words."""
    lines: list[str] = []
    notes: list[Note] = [Note(1, words) for words in document.notes]
    cleaner = _Cleaner()
    contents: list[str] = []
    for one in _paragraphs(document):
        place = len(lines) + 1
        if one.is_contents or _CONTENTS.fullmatch(one.text):
            contents.append(" ".join(one.text.split()))
            continue
        for printed in one.text.split("\n"):
            if line := cleaner.line(printed, len(lines) + 1):
                lines.append(line)
        notes += [Note(min(place, max(len(lines), 1)), words) for words in one.notes]
    if contents:
        notes.append(Note(1, f"目录 {len(contents)} 行没有收入：{listed(contents, most=100)}"))
    notes += cleaner.notes()
    text = "\n".join(lines) + "\n" if lines else ""
    told = dict.fromkeys(Note(note.line, shown(note.words)) for note in notes)
    return OfficialText(text, tuple(sorted(told, key=lambda note: note.line)))


def _paragraphs(document: Document) -> Iterator[Paragraph]:
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            yield from table_paragraphs(block)


class _Cleaner:
    """Takes out of lines what is no words, and counts it."""

    def __init__(self) -> None:
        self._indented: list[int] = []
        self._met: dict[str, list[int]] = {}

    def line(self, printed: str, place: int) -> str:
        line = printed.strip()
        if not line.isascii() or not line.isprintable():
            line = "".join(self._char(char, place) for char in line).strip()
        if line and printed[:1].isspace():
            self._indented.append(place)
        return line

    def _char(self, char: str, place: int) -> str:
        if "一" <= char <= "鿿" or " " <= char <= "~":
            return char
        if char in _BLANKS:
            meant = _BLANKS[char]
        elif char == "\ufffd":
            return char
        elif is_unseen(char) and not "\ue000" <= char <= "\uf8ff":
            meant = ""
        elif _ALIKE.match(char) and stands_for(char):
            meant = stands_for(char)
        else:
            if "\ue000" <= char <= "\uf8ff":
                self._met.setdefault(char, []).append(place)
            return char
        self._met.setdefault(char, []).append(place)
        return meant

    def notes(self) -> Iterator[Note]:
        if self._indented:
            yield Note(self._indented[0], f"有 {len(self._indented)} 行开头空格，是排版用的，没有收入")
        alike = {char: places for char, places in self._met.items() if _ALIKE.match(char)}
        if alike:
            told = "、".join(f"{char}（{code_point(char)}）写作{stands_for(char)}" for char in alike)
            yield Note(min(min(places) for places in alike.values()), f"形近的部首或兼容字换成了通用的字：{told}")
        for char, places in self._met.items():
            if char in alike:
                continue
            count = f"{code_point(char)} {len(places)} 处"
            if "\ue000" <= char <= "\uf8ff":
                yield Note(places[0], f"有符号读不出来（{count}，字体自造的字）：请对照原件改正")
            elif char in _BLANKS:
                if char != "\t":
                    yield Note(places[0], f"特殊的空格换成了普通空格：{count}")
            else:
                yield Note(places[0], f"看不见的字符没有收入：{count}")
