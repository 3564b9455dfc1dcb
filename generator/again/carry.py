"""The words and readings of each part taken over: what follows its words, what is set aside, what is proposed anew."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, cast

from ..data.shapes import PART
from ..editing.layout import Change, LayoutError, edited
from ..editing.yaml_text import read_back
from ..importer.emit import records_text
from ..importer.styles import style_of
from ..terms import ITEM_KINDS, PART_KINDS
from ..text.numbers import printed_number
from .follow import Turn, followed
from .held import paragraphs
from .pieces import (
    Unable,
    head_piece,
    indented,
    item_piece,
    key_piece,
    outdented,
    with_items,
    with_key,
    with_value,
    with_words,
    without_item,
    without_key,
)
from .records import LISTS, bare, called, says_same, shown, told, with_values

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from ..editing.tables import Path
    from .held import Held, Text, Tree
    from .weave import Weave, Woven

ASIDE: Final = "set-aside.txt"
"""The file beside a plan that holds what no longer has its words."""
_FIGURED: Final = frozenset({"targets", "duties", "deadline"})
_ID: Final = re.compile(r"^(\s*(?:- )?\{?id: )([a-z0-9-]+)", re.MULTILINE)
_UNNAMED: Final = re.compile(r"^  id: .*\n", re.MULTILINE)
"""The id of a part, which the loader says if it is needed."""


@dataclass(frozen=True, slots=True)
class Step:
    """Something that changes."""

    where: Woven | Held | None
    """In which part, as it is or, if it goes, as it was; in none where it is the plan's."""
    text: str


@dataclass(frozen=True, slots=True)
class Aside:
    """YAML that no longer has its words."""

    held: Held | None
    what: str
    why: str
    piece: str


@dataclass(slots=True)
class Proposals:
    """What the importer makes of a text."""

    files: Mapping[str, str]
    text: Text


@dataclass(slots=True)
class Carrier:
    """Carries the words and readings over into the files."""

    texts: dict[str, str]
    mine: Text
    weave: Weave
    was: Proposals
    now: Proposals
    avoid: Collection[str]
    """Readings that cannot stay, or be proposed: `told` says how they are named."""
    named: Mapping[int, str]
    """Ids that parts must be given, by their place."""
    renamed: Collection[int]
    """Parts that can only be what the importer takes them for, by their place."""
    ids: set[str]
    """All ids that are taken."""
    steps: list[Step] = field(default_factory=list)
    asides: list[Aside] = field(default_factory=list)
    proposed: dict[str, str] = field(default_factory=dict)
    """How what is proposed anew is named here → how to avoid it."""
    _items: dict[Held, list[Held]] = field(default_factory=dict)

    def carry(self) -> None:
        """Take over words and readings of all parts that stay; note those of parts that go."""
        for held in self.mine.parts:
            self._items.setdefault(_item(held), []).append(held)
        self._reword()
        for held in self.mine.parts:
            woven = self.weave.by_held.get(held)
            if woven:
                self._carry(held, woven)
            else:
                self._leave(held)

    def _reword(self) -> None:
        """Give the parts that stay their new words."""
        words: dict[str, list[tuple[Path, list[list[str]]]]] = {}
        for held, woven in self.weave.by_held.items():
            if woven.paragraphs != paragraphs(held.record["text"]):
                words.setdefault(held.file, []).append((held.path, woven.paragraphs))
        for file, changed in words.items():
            self.texts[file] = with_words(self.texts[file], changed)

    def fresh(self, woven: Woven) -> str:
        """Write a new part as an item of a list, without the parts below it."""
        held, said = woven.fresh, [paragraph for paragraph in woven.paragraphs if paragraph]
        named = self.named.get(self.weave.parts.index(woven))
        kind = self.kind(woven)
        if held and [list(s.sentences) for s in held.stretches] == said and held.stretches[0].line == woven.line:
            piece = self.own(_UNNAMED.sub("", head_piece(self.now.files[held.file], held.path), count=1))
            begins = f"- kind: {kind}\n" + (f"  id: {named}\n" if named else "")
            return self._allowed(re.sub(r"^- kind: .*\n", begins, piece, count=1, flags=re.MULTILINE))
        record: Tree = {"kind": kind}
        record |= {"id": named} if named else {}
        record |= {"begins": "same_line"} if woven.is_joined else {}
        record |= {"blank_lines": woven.blank} if woven.blank else {}
        return records_text([record | {"text": woven.paragraphs}], 0) + "\n"

    def _allowed(self, piece: str) -> str:
        """Return a new part without the readings that the checks refuse."""
        head, path = "parts:\n", ("parts", 0)
        text = head + indented(piece, 2)
        (record,) = cast("Tree", read_back(text))["parts"]
        for key in LISTS:
            for at in reversed(range(len(record.get(key, ())))):
                if told(key, record[key][at]) in self.avoid:
                    text, _ = without_item(text, path, key, at)
        return outdented(text.removeprefix(head), 2)

    def kind(self, woven: Woven) -> str:
        """Return what a new part is: as somebody decided on its neighbours, else as the importer takes it."""
        if woven.fresh is None or (woven.held is None and woven.fresh.stretches[0].line != woven.line):
            # A line out of the middle of a part: a label says by itself what it is.
            return "responsibility" if woven.fresh and woven.fresh.kind == "responsibility" else "text"
        if self.weave.parts.index(woven) in self.renamed:
            return _plainer(woven.fresh.kind)
        for other in self.weave.parts:
            is_beside = (
                other.held and other.fresh and other.parent is woven.parent and other.fresh.kind == woven.fresh.kind
            )
            if is_beside and other.held and _style(other.sentences) == _style(woven.sentences):
                return other.held.kind
        return woven.fresh.kind

    def own(self, piece: str, key: str = "", row: Tree | None = None) -> str:
        """Return a piece whose ids nobody has yet; of a record of a list it is noted how to avoid it."""
        piece = _ID.sub(lambda found: found[1] + self.free(found[2]), piece)
        if row:
            found = _ID.search(piece)
            self.proposed[told(key, row | ({"id": found[2]} if found else {}))] = f"+{told(key, row)}"
        return piece

    def free(self, name: str) -> str:
        """Return an id that nobody has yet, and take it."""
        number, found = 2, name
        while found in self.ids:
            found, number = f"{name}-{number}", number + 1
        self.ids.add(found)
        return found

    def _carry(self, held: Held, woven: Woven) -> None:
        is_changed = [list(s.sentences) for s in held.stretches] != [one for one in woven.paragraphs if one]
        self._say_what_it_is(held, woven, is_changed=is_changed)
        kept = [record for key in LISTS for record in self._kept(key, held)]
        if "deadline" in held.record:
            self._deadline(held, woven)
        if is_changed:
            self._propose(held, woven, kept)

    def _edit(self, held: Held, text: str) -> None:
        self.texts[held.file] = text

    def _change(self, held: Held, key: str, value: Any) -> None:  # noqa: ANN401 - what a key may hold
        change = Change(path=held.path, key=key, value=value, order=PART.key_names())
        try:
            self._edit(held, edited(self.texts[held.file], [change]))
        except LayoutError as error:
            raise Unable(f"{held.file} 里有一处连着注释，改不了“{key}”：请先手工改") from error

    def _say_what_it_is(self, held: Held, woven: Woven, *, is_changed: bool) -> None:
        """Change kind, title, year and place where the text did and nobody had said otherwise."""
        record, was = held.record, self.weave.before[held]
        if named := self.named.get(self.weave.parts.index(woven)):
            self._change(held, "id", named)
        blank = int(record.get("blank_lines", 0))
        if woven.blank != blank:
            self._change(held, "blank_lines", woven.blank or None)
        if woven.is_joined != (record.get("begins") == "same_line"):
            self._change(held, "begins", "same_line" if woven.is_joined else None)
            self.steps.append(Step(woven, "接到了前一行后面" if woven.is_joined else "另起了一行"))
        now = woven.fresh
        if not is_changed or now is None or now.stretches[0].line != woven.line:
            return
        kind = held.kind
        is_refused = self.weave.parts.index(woven) in self.renamed
        # Only another number makes a line something else; what the importer thinks of others may have changed.
        if is_refused or (kind == was.kind != now.kind and _style(held.sentences) != _style(woven.sentences)):
            kind = now.kind if kind != now.kind else _plainer(kind)
            self._change(held, "kind", kind)
            self.steps.append(Step(woven, f"这一行改了写法，“{PART_KINDS[held.kind]}”改作“{PART_KINDS[kind]}”"))
        for key in ("year", "title"):
            mine, old, new = record.get(key), was.record.get(key), now.record.get(key)
            if mine == old != new and kind == now.kind:
                self._change(held, key, int(new) if key == "year" and new else new)
        title = record.get("title")
        if title and title != was.record.get("title") and title in "".join(held.sentences):
            fate = self._fate(held, title, anywhere=True)
            at = fate.old.index(title) if isinstance(fate, Turn) else 0
            if isinstance(fate, Turn) and (words := fate.words(at, at + len(title))):
                self._change(held, "title", words)

    def _fate(self, held: Held, words: str, *, anywhere: bool = False) -> Turn | str | None:
        """Return what became of the sentence that holds some words: itself, if it stayed; a turn; None if it went."""
        parts = [held, *(one for one in self._items[_item(held)] if one is not held)]
        for part in parts:
            for stretch in part.stretches:
                sentences = [stretch.text] if anywhere else list(stretch.sentences)
                at = 0
                for sentence in sentences:
                    if words in sentence:
                        return self._turned(part, stretch, sentence, at)
                    at += len(sentence)
        return None

    def _turned(self, part: Held, stretch: Any, sentence: str, at: int) -> Turn | str | None:  # noqa: ANN401
        woven, fate = self.weave.by_held.get(part), self.weave.fates.get(stretch)
        if woven is None or fate is None:
            return None
        start = fate.start + at
        new = fate.drift.new[fate.drift.cut(start) : fate.drift.cut(start + len(sentence))]
        if not new or new not in "".join(woven.sentences):
            return None
        return sentence if new == sentence else Turn(sentence, new, start, fate.drift)

    def _kept(self, key: str, held: Held) -> Iterator[Tree]:
        """Take over the records of a list, and yield those that stay, as they are now."""
        rows = held.record.get(key, [])
        kept = []
        for at in reversed(range(len(rows))):
            row = rows[at]
            quote = row.get("quote") or row.get("printed", "")
            fate = self._fate(held, quote)
            values = self._values(key, held, row, fate)
            if values is None or {told(key, row), told(key, with_values(row, values))} & {*self.avoid}:
                self._set_aside(key, held, at, self._why(key, row, fate))
                continue
            for path, value in values.items():
                self._edit(held, with_value(self.texts[held.file], (*held.path, key, at, *path), value))
            kept.append(with_values(row, values))
            if values:
                what = f"{LISTS[key]}“{called(row)}”"
                self.steps.append(Step(self.weave.by_held[held], f"{what}的引文跟着改了：{shown(values)}"))
        yield from kept

    def _values(self, key: str, held: Held, row: Tree, fate: Turn | str | None) -> dict[Any, str] | None:
        if isinstance(fate, str):
            return {}
        if fate is None:
            # What was wrong before stays as it was.
            return None if self._was_there(held, row.get("quote") or row.get("printed", "")) else {}
        if key == "names" and row["printed"] in fate.new:
            return {}
        values = followed(row, fate, has_figures=key in _FIGURED)
        if values is not None and key == "responsibilities" and "units" in row:
            quote = values.get(("quote",), row["quote"])
            if self._names(self.weave.before[held], row["quote"]) != self._names(self._now(held), str(quote)):
                return None
        return values

    def _now(self, held: Held) -> Held | None:
        return self.weave.by_held[held].fresh

    @staticmethod
    def _names(held: Held | None, quote: str) -> list[str]:
        """Return the printed names that the importer reads in some words."""
        rows = [row for row in held.record.get("responsibilities", []) if row["quote"] == quote] if held else []
        names = [name for row in rows for name in row.get("units", [])]
        return sorted(name if isinstance(name, str) else name["printed"] for name in names)

    def _was_there(self, held: Held, words: str) -> bool:
        return any(words in sentence for part in self._items[_item(held)] for sentence in part.sentences)

    def _why(self, key: str, row: Tree, fate: Turn | str | None) -> str:
        if isinstance(fate, Turn):
            if key in _FIGURED and followed(row, fate, has_figures=False) is not None:
                return "原文的数字改了"
            return "原文的这句话改了，对不上了"
        return "原文没有这句话了" if fate is None else "照新的原文通不过检查"

    def _set_aside(self, key: str, held: Held, at: int, why: str) -> None:
        text, piece = without_item(self.texts[held.file], held.path, key, at)
        self._edit(held, text)
        row = held.record[key][at]
        what = f"{LISTS[key]}“{called(row)}”"
        was = self.weave.before[held].record.get(key, [])
        if "#" in piece or not any(bare(row) == bare(other) for other in was):
            self.asides.append(Aside(held, what, why, piece))
            self.steps.append(Step(self.weave.by_held[held], f"{why}：{what}放下，留在 {ASIDE}"))
        else:
            self.steps.append(Step(self.weave.by_held[held], f"{why}：待核对的{what}撤下"))

    def _deadline(self, held: Held, woven: Woven) -> None:
        row = held.record["deadline"]
        fate = self._fate(held, row.get("quote") or row["text"])
        values = self._values("deadline", held, row, fate)
        if values is not None and told("deadline", row) not in self.avoid:
            for path, value in values.items():
                self._edit(held, with_value(self.texts[held.file], (*held.path, "deadline", *path), value))
            return
        text, piece = without_key(self.texts[held.file], held.path, "deadline")
        self._edit(held, text)
        why = self._why("deadline", row, fate)
        what = f"完成时限“{row['text']}”"
        if bare(row) != bare(self.weave.before[held].record.get("deadline", {})):
            self.asides.append(Aside(held, what, why, piece))
        self.steps.append(Step(woven, f"{why}：{what}放下，留在 {ASIDE}"))
        now = woven.fresh
        if now and "deadline" in now.record and now.stretches[0].line == woven.line:
            piece = key_piece(self.now.files[now.file], now.path, "deadline")
            self._edit(held, with_key(self.texts[held.file], held.path, "deadline", piece))
            self.steps.append(Step(woven, f"新提出待核对的完成时限“{now.record['deadline']['text']}”"))

    def _propose(self, held: Held, woven: Woven, kept: list[Tree]) -> None:
        """Put in what the importer reads in sentences that are new or have changed, and nobody has decided on."""
        same = {words for sentence in held.sentences if isinstance(words := self._fate(held, sentence), str)}
        known = [self._moved(key, held, row) for key in LISTS for row in self.weave.before[held].record.get(key, [])]
        parts = dict.fromkeys(s.held for line in woven.lines for s in self.now.text.on_line(line))
        new: dict[str, list[str]] = {}
        for part in parts:
            for key in LISTS:
                for at, row in enumerate(part.record.get(key, [])):
                    quote = row.get("quote") or row["printed"]
                    is_here = any(quote in sentence for sentence in woven.sentences)
                    if not is_here or any(quote in words for words in same) or f"+{told(key, row)}" in self.avoid:
                        continue
                    if any(says_same(row, other) for other in (*kept, *known)):
                        continue
                    piece = item_piece(self.now.files[part.file], part.path, key, at)
                    new.setdefault(key, []).append(self.own(piece, key, row))
                    self.steps.append(Step(woven, f"新提出待核对的{LISTS[key]}“{called(row)}”"))
        for key, pieces in new.items():
            self._edit(held, with_items(self.texts[held.file], held.path, key, pieces))

    def _moved(self, key: str, held: Held, row: Tree) -> Tree:
        """Return what a proposal for the old text would be for the new one; nothing where that is uncertain."""
        fate = self._fate(held, row.get("quote") or row["printed"])
        values = self._values(key, held, row, fate) if isinstance(fate, Turn) else {}
        return with_values(row, values) if values is not None else {}

    def _leave(self, held: Held) -> None:
        """Note what was decided in a part that goes."""
        was = self.weave.before[held]
        piece = head_piece(self.texts[held.file], held.path)
        is_ours = bare(held.own(), "text") != bare(was.own(), "text") or "#" in piece
        if is_ours and set(held.own()) & {*LISTS, "deadline", "title", "id", "note"}:
            self.asides.append(Aside(held, "这一部分", "原文没有这一部分了", piece))
            self.steps.append(Step(held, f"原第 {held.stretches[0].line + 1} 行的读法放下，留在 {ASIDE}"))


def _plainer(kind: str) -> str:
    """Return what a part is that cannot be what its number or label says."""
    return "heading" if kind == "sector" else "text"


def _style(sentences: list[str]) -> str:
    number = printed_number(sentences[0]) if sentences else None
    return style_of(number) if number else ""


def _item(held: Held) -> Held:
    above: Held | None = held
    while above:
        if above.kind in ITEM_KINDS:
            return above
        above = above.parent
    return held
