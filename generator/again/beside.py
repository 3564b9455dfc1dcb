"""What stands beside the parts: oddities, glossary and documents on their new lines, and the head of the plan."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Any, Final

from ..data.shapes import FILES, PLAN_FILE
from ..editing.layout import Change, LayoutError, edited
from ..editing.yaml_text import read_back
from .alignment import drift
from .carry import ASIDE, Aside, Step
from .pieces import Unable, item_piece, key_piece, with_items, with_key, with_value, without_item, without_key
from .records import told

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .carry import Carrier
    from .held import Tree

_CALLED: Final = {"oddities": "印刷疑误", "terms": "名词解释", "citations": "引用文件", "groups": "群体"}
_FILES: Final = {"oddities": "oddities", "terms": "glossary", "citations": "citations"}
"""Key → the file that holds it."""
_ALIKE: Final = 0.6
"""Share of characters from which on a title is the old one, corrected."""


class Beside:
    """Takes over the files beside the parts."""

    def __init__(self, carrier: Carrier, old: Sequence[str], new: Sequence[str]) -> None:
        self._carrier = carrier
        self._old, self._new = old, new
        self._lines: dict[int, list[int]] = {}
        """Old line → the lines that it has become."""
        for pair in carrier.weave.pairs:
            for unit in pair.old:
                self._lines.setdefault(unit.line, []).extend(one.line for one in pair.new)

    def carry(self, text: str) -> None:
        """Take over all of them; `text` is the new one, whole."""
        for key in _FILES:
            self._records(key)
        self._head(text)

    def _records(self, key: str) -> None:
        file = f"{_FILES[key]}.yaml"
        texts, was, now = self._carrier.texts, self._carrier.was.files, self._carrier.now.files
        rows = _rows(texts, file, key)
        old, new = _rows(was, file, key), _rows(now, file, key)
        kept: list[Tree] = []
        for at in reversed(range(len(rows))):
            values = self._values(key, rows[at], old, new)
            if values is None or told(key, rows[at]) in self._carrier.avoid:
                self._set_aside(file, key, at, rows[at], is_ours=_known(rows[at]) not in map(_known, old))
                continue
            for name, value in values.items():
                texts[file] = with_value(texts[file], (key, at, name), int(value) if name == "line" else value)
            kept.append(rows[at] | values)
        moved = [values and row | values for row in old if (values := self._values(key, row, old, new)) is not None]
        fresh = [
            at
            for at, row in enumerate(new)
            if key != "terms"
            and f"+{told(key, row)}" not in self._carrier.avoid
            and not any(_same(row, other) for other in (*kept, *old, *moved) if other)
        ]
        if fresh:
            self._add(file, key, fresh, new)

    def _add(self, file: str, key: str, fresh: list[int], new: list[Tree]) -> None:
        carrier = self._carrier
        pieces = [carrier.own(item_piece(carrier.now.files[file], (), key, at), key, new[at]) for at in fresh]
        if file not in carrier.texts:
            head = carrier.now.files[file].split("\n", 1)[0]
            carrier.texts[file] = f"{head}\n{key}: []\n"
        carrier.texts[file] = with_items(carrier.texts[file], (), key, pieces, FILES[_FILES[key]].key_names())
        for at in fresh:
            what = new[at].get("printed") or new[at]["title"]
            carrier.steps.append(Step(None, f"新增待核对的{_CALLED[key]}“{what}”"))

    def _set_aside(self, file: str, key: str, at: int, row: Tree, *, is_ours: bool) -> None:
        carrier = self._carrier
        carrier.texts[file], piece = without_item(carrier.texts[file], (), key, at, is_needed=key in _FILES)
        what = f"{_CALLED[key]}“{row.get('printed') or row.get('term') or row.get('title') or row['group']}”"
        if is_ours or "#" in piece:
            carrier.asides.append(Aside(None, what, "原文没有这几个字了", piece))
            carrier.steps.append(Step(None, f"原文没有这几个字了：{what}放下，留在 {ASIDE}"))
        else:
            carrier.steps.append(Step(None, f"原文改了，导入程序指出的{what}撤下"))

    def _values(self, key: str, row: Tree, old: list[Tree], new: list[Tree]) -> dict[str, str] | None:
        """Return what changes in a record; None where the text no longer has its words."""
        if key == "citations":
            words = [row["title"], row.get("document_number") or row["title"]]
            was, now = "\n".join(self._old), "\n".join(self._new)
            return None if any(word in was and word not in now for word in words) else {}
        is_proposed = any(_same(row, other) for other in old)
        if "line" not in row or int(row["line"]) > len(self._old):
            return {}
        values = self._at_line(row)
        if values is not None and is_proposed and not any(_same(row | values, other) for other in new):
            return None
        return values

    def _at_line(self, row: Tree) -> dict[str, str] | None:
        at = int(row["line"]) - 1
        words = row.get("printed") or row.get("quote") or row["term"]
        if words not in self._old[at]:
            return {}
        lines = self._lines.get(at, [])
        line = next((line for line in lines if words in self._new[line]), None)
        values: dict[str, str] = {}
        if line is None and "quote" in row and len(lines) == 1:
            start = self._old[at].index(words)
            found = drift(self._old[at], self._new[lines[0]]).words(start, start + len(words))
            if not found or row["term"] not in found:
                return None
            values, line = {"quote": found}, lines[0]
        if line is None:
            return None
        return values if line == at else values | {"line": str(line + 1)}

    def _head(self, text: str) -> None:
        """Change what plan.yaml says of the text as a whole."""
        carrier = self._carrier
        mine, was, now = carrier.mine.main, carrier.was.text.main, carrier.now.text.main
        breaks = len(text) - len(text.rstrip("\n"))
        wanted: dict[str, Any] = {}
        if "source_sha256" in mine:
            wanted["source_sha256"] = hashlib.sha256(text.encode()).hexdigest()
        if int(mine.get("trailing_line_breaks", 0)) != breaks:
            wanted["trailing_line_breaks"] = breaks or None
        for key in ("title", "short_title"):
            old, new = was.get(key), now.get(key)
            if (
                old
                and new
                and mine.get(key) == old != new
                and drift(old, new).kept() > _ALIKE * max(len(old), len(new))
            ):
                wanted[key] = new
        kinds = [woven.held.kind if woven.held else carrier.kind(woven) for woven in carrier.weave.parts]
        if "title" not in kinds and "title" not in mine:
            wanted["title"] = now.get("title") or mine["short_title"]
            carrier.steps.append(Step(None, f"原文没有印标题了，在 plan.yaml 里写上“{wanted['title']}”"))
        for key, value in wanted.items():
            if mine.get(key) != value:
                change = Change(path=(), key=key, value=value, order=PLAN_FILE.key_names())
                try:
                    carrier.texts["plan.yaml"] = edited(carrier.texts["plan.yaml"], [change])
                except LayoutError as error:
                    raise Unable(f"plan.yaml 的“{key}”连着注释，改不了：请先手工改") from error
        if mine.get("period") == was.get("period") != now.get("period") and "period" in now:
            self._period()
        self._printed(mine, text)
        self._groups(mine, was, now)

    def _period(self) -> None:
        """Take over the period that the importer reads now."""
        carrier, order = self._carrier, PLAN_FILE.key_names()
        text = carrier.texts["plan.yaml"]
        if read_back(text) and "period" in carrier.mine.main:
            text = without_key(text, (), "period")[0]
        piece = key_piece(carrier.now.files["plan.yaml"], (), "period")
        carrier.texts["plan.yaml"] = with_key(text, (), "period", piece, order)

    def _printed(self, mine: Tree, text: str) -> None:
        """Set aside what plan.yaml says of the text as a whole and is printed there no longer."""
        carrier, old = self._carrier, "\n".join(self._old)
        for key in ("period", "document_number", "issuers", "issued_on", "effective_on", "valid_until"):
            words = [word for word in _printed_words(mine.get(key)) if word in old]
            if not words or all(word in text for word in words):
                continue
            carrier.texts["plan.yaml"], piece = without_key(carrier.texts["plan.yaml"], (), key)
            what = f"plan.yaml 的 {key}“{'、'.join(words)}”"
            carrier.asides.append(Aside(None, what, "原文没有这几个字了", piece))
            carrier.steps.append(Step(None, f"原文没有这几个字了：{what}放下，留在 {ASIDE}"))

    def _groups(self, mine: Tree, was: Tree, now: Tree) -> None:
        for at in reversed(range(len(mine.get("groups", ())))):
            row = mine["groups"][at]
            if told("groups", row) in self._carrier.avoid:
                self._set_aside("plan.yaml", "groups", at, row, is_ours=row not in was.get("groups", ()))
        known = {row["group"] for tree in (mine, was) for row in tree.get("groups", ())}
        for at, row in enumerate(now.get("groups", ())):
            if row["group"] not in known:
                carrier = self._carrier
                piece = item_piece(carrier.now.files["plan.yaml"], (), "groups", at)
                order = PLAN_FILE.key_names()
                carrier.texts["plan.yaml"] = with_items(carrier.texts["plan.yaml"], (), "groups", [piece], order)
                carrier.steps.append(Step(None, f"新增待核对的群体“{row['group']}”"))


def _printed_words(value: Any) -> list[str]:  # noqa: ANN401 - what a key may hold
    """Return how the value of a key is printed: as it is, or as a date."""
    if isinstance(value, dict):
        return _printed_words(value.get("text"))
    if isinstance(value, list):
        return [str(item) for item in value]
    date = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", value or "")
    return [f"{date[1]}年{int(date[2])}月{int(date[3])}日"] if date else [value] if value else []


def _rows(files: Mapping[str, str], file: str, key: str) -> list[Tree]:
    tree = read_back(files[file]) if file in files else None
    found = tree.get(key, []) if isinstance(tree, dict) else []
    return found if isinstance(found, list) else []


def _known(row: Tree) -> Tree:
    return {key: value for key, value in row.items() if key != "id"}


def _same(row: Tree, other: Tree) -> bool:
    """Say whether two records speak of the same words."""
    return all(row.get(key) == other.get(key) for key in ("line", "printed", "kind", "title", "document_number"))
