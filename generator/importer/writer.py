"""Parts of a text written as records of YAML: their words, who answers for them, by when, what they set."""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING, Any, Final

from ..text.labels import labelled, role_of, said_words
from ..text.numbers import printed_number
from ..text.sentences import sentences
from .commitments.duties import duties
from .commitments.metrics import metrics
from .commitments.milestones import milestones
from .commitments.records import Context
from .commitments.rows import duty_row, target_row
from .deadlines import deadline_of, is_deadline_line, time_in, without_time
from .lists import CLOSING, OPENING, inside, names
from .names import is_unit, together
from .notations import broken_name, inner_words, is_for_its_words, label_words, rest_of
from .roles import behind_labels, from_here_on, readings

if TYPE_CHECKING:
    from ..text.labels import Labelled
    from .emit import Record
    from .names import Meant, Names
    from .roles import Reading
    from .structure import Node

LONGEST_TITLE: Final = 40
"""Characters of a first sentence that is taken for a title."""
_WHEN: Final = re.compile(
    r"^(?:(?:自|从|到|至|截至|在)?\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?[底末初]?(?:[(（][^()（）]*[)）])?(?:以?[前后]|起)?[,，、—至到-]*)+"
)
"""Years and days with which a task begins."""
_SHORTEST_SENTENCE: Final = 5
"""Characters with the full stop: 建立机制。"""
_LONGEST_SENTENCE: Final = 2000
"""Characters of a sentence in which targets are looked for; what is longer has lost its full stops."""
_SHORT: Final = 6
"""Characters of a title of ours that would be too short: 年底前."""
_OURS: Final = 24
"""Characters of a title that is made where none is printed."""
_DATE: Final = re.compile(r"(\d{4})年(?:(\d{1,2})月(?:(\d{1,2})日)?)?")
_TITLED: Final = frozenset({"sector", "task", "safeguard"})
_BROKEN: Final = "这个名称在原文里断成两行。"
_ITEMS: Final = ("goal", "task", "safeguard")
"""Kinds of parts that set something, they and what stands below them."""
_YEAR: Final = re.compile(r"[^。—－~～-]{0,12}?(?<![\d至])((?:19|20)\d\d)年")


class Writer:
    """Writes parts, and notes names and what was not understood on the way."""

    def __init__(self, names: Names, years: Context, *, first_leads: bool) -> None:
        self.names = names
        self._years = years
        self.leaders: dict[str, None] = {}
        self.open: list[tuple[int, str]] = []
        self._first_leads = first_leads
        self._blank = 0
        """Lines without words since the last part; they stand before the next."""

    def parts(self, nodes: list[Node], inside: Context | None = None) -> list[Record]:
        """Return the parts that lines make; lines of one kind that make one thing are one part."""
        made: list[Record] = []
        for node in nodes:
            if not node.text:
                self._blank += 1
            elif made and node.goes_on and not self._blank and made[-1]["kind"] == "responsibility":
                self._go_on(node, made[-1])
            elif (
                made
                and not self._blank
                and not node.nodes
                and not node.is_joined
                and self._is_continued(made[-1], node)
            ):
                made[-1]["text"].append(sentences(node.text))
                if node.kind == "responsibility":
                    self._label_line(node, made[-1])
            else:
                made.append(self._part(node, inside))
        return made

    def _is_continued(self, last: Record, node: Node) -> bool:
        return bool(
            node.kind == last["kind"]
            and node.kind in {"notice_title", "title", "responsibility"}
            and "names" not in last
            and "responsibilities" not in last
            and (
                labelled(node.text) and not self._behind(node.text)
                if node.kind == "responsibility"
                else not any(said_words(node.text))
            )
        )

    def _part(self, node: Node, inside: Context | None) -> Record:
        part: Record = {"kind": node.kind} | ({"blank_lines": self._blank} if self._blank else {})
        if node.is_joined:
            part["begins"] = "same_line"
        self._blank = 0
        words = sentences(node.text)
        if node.kind in {"task", "safeguard", "sector"}:
            words = self._titled(node, words, part)
        part["text"] = [words]
        self._say_who(node, part)
        if node.kind == "task" and (deadline := _deadline(node)):
            part["deadline"] = deadline
        if node.kind in _ITEMS:
            inside = self._years
            body = "".join(words[1:]) if node.number and len(words) > 1 else node.text
            if node.kind == "goal" and (year := _YEAR.match(body)):
                inside = Context(goal_year=int(year[1]), start=inside.start, end=inside.end)
                part = {"kind": "goal", "year": int(year[1]), **part}
        if inside and node.kind in {*_ITEMS, "item", "text"}:
            self._set(node, part, words, inside)
        if node.nodes and (below := self.parts(node.nodes, inside)):
            part["parts"] = below
        return part

    def _say_who(self, node: Node, part: Record) -> None:
        """Add what a part's own words say of who answers for it, or for words of it."""
        number = printed_number(node.text) if node.kind == "responsibility" else None
        if node.kind == "responsibility" and labelled(node.text) and not self._behind(node.text):
            self._label_line(node, part)
            return
        closing = node.words if node.kind in {*_TITLED, "item"} else ""
        if node.kind == "responsibility":
            closing = node.text[len(number.printed) if number else 0 :].strip()
        elif closing and is_for_its_words(node.text, closing):
            closing = ""
        said = self._brackets(node.line, closing, closing) if closing else []
        inner = inner_words(node.text, closing) if node.kind != "responsibility" else ()
        for quote, brackets in inner:
            said += self._brackets(node.line, quote, brackets, covers="quote")
        for words in label_words(node.text, closing) if node.kind != "responsibility" else ():
            said += self._brackets(node.line, words, words)
        said = _once(said, node.text)
        if node.kind != "responsibility":
            self._leave(node, said)
        if said:
            part["responsibilities"] = said

    def _behind(self, words: str) -> tuple[Reading, ...]:
        return behind_labels(words, first_leads=self._first_leads)

    def _go_on(self, node: Node, part: Record) -> None:
        """Add a line that goes on with the names of the label line before it."""
        before = "".join(part["text"][-1])
        listed = list(names(node.text.strip()))[bool(broken_name(before, node.text)) :]
        own = list(dict.fromkeys(listed))
        apart = part.pop("names", [])
        rows = part.setdefault("responsibilities", [])
        for line in ["".join(one).strip() for one in part["text"]] if not rows else ():
            if any(one.names for one in labelled(line)):
                there = [
                    row
                    for row in apart
                    if row["printed"] in line and (row["note"] != _BROKEN or line == before.strip())
                ]
                rows.append({"quote": line} | ({"names": there} if there else {}))
        said = labelled(before)
        role = said[-1].role if said else rows[-1].get("role", "responsible")
        part["text"].append(sentences(node.text))
        if own:
            meant_by = self.names.read(own)
            units = [_named(name, meant_by[name]) if name in meant_by else name for name in own]
            note = "接着上一行列出。"
            rows.append({"quote": node.text.strip(), "role": role, "units": units, "reading": "proposed", "note": note})

    def _leave(self, node: Node, said: list[Record]) -> None:
        """Add what was not understood of the words that say who answers, with the names as they stand there."""
        for words in said_words(node.text):
            if any(words in row["quote"] or row["quote"] in words for row in said):
                continue
            quote = words if words[-1] in CLOSING else rest_of(node.text, words)
            listed = list(dict.fromkeys(names(re.sub(r"^.*?[:：]", "", quote).strip(f"{OPENING}{CLOSING}")))) or [quote]
            meant = self.names.read(listed)
            self.open.append((node.line, f"“{quote[:30]}”没有读全，照印列出了其中的名称"))
            said.append(
                {
                    "quote": quote,
                    "role": role_of(words) or "responsible",
                    "units": [_named(name, meant[name]) if name in meant else name for name in listed],
                    "reading": "proposed",
                    "note": "原文这里不是常见的写法，照印着的名称列出。",
                }
            )

    def _set(self, node: Node, part: Record, words: list[str], inside: Context) -> None:
        """Add what a part's own sentences set: targets and duties."""
        number = node.number.printed if node.number else ""
        own = [words[0].removeprefix(number), *words[1:]]
        is_more = len("".join(words[1:])) > len(node.words) + 1 or any(below.kind == "item" for below in node.nodes)
        if node.kind in _TITLED and "title" not in part and is_more:
            # A title that words follow says in short what they say.
            own = own[1:]
        if long := [sentence for sentence in own if len(sentence) > _LONGEST_SENTENCE]:
            self.open.append((node.line, f"有 {len(long)} 句话长过 {_LONGEST_SENTENCE} 字，没有从中读目标和定期事项"))
            own = [sentence for sentence in own if len(sentence) <= _LONGEST_SENTENCE]
        own = [sentence.removesuffix(node.words) if node.words else sentence for sentence in own]
        own = [sentence for sentence in own if len(sentence) >= _SHORTEST_SENTENCE]
        set_here = [
            row for s in own for found in (*metrics(s, inside), *milestones(s, inside)) if (row := target_row(found))
        ]
        recurring = own if node.kind != "goal" else ()
        due_here = [duty_row(found) for s in recurring for found in duties(s, self.names.met)]
        if set_here:
            part["targets"] = set_here
        if due_here:
            part["duties"] = due_here

    def _titled(self, node: Node, words: list[str], part: Record) -> list[str]:
        """Say what the title is: the first sentence, or where that is long one of our own."""
        number = node.number.printed if node.number else ""
        first = words[0][len(number) :].removesuffix("。")
        if node.words and first.endswith(node.words):
            first = first[: -len(node.words)].strip()
            if len(first) <= LONGEST_TITLE and len(words) == 1:
                return [words[0][: len(number) + len(first)], words[0][len(number) + len(first) :]]
        if len(first) > LONGEST_TITLE or not first:
            # Years and days say nothing of what is to be done; a quotation that is cut says half a name.
            words_of_it = _WHEN.sub("", first) or first
            stop = re.search("[,，。;；:：(（]", words_of_it[_SHORT:])
            own = words_of_it[: _SHORT + stop.start() if stop else None][:_OURS]
            own = re.sub("“[^”]*$", "", own) or own
            part["title"] = own or node.kind
            self.open.append((node.line, f"没有标题，拟了“{part['title']}”"))
        return words

    def _label_line(self, node: Node, part: Record) -> None:
        found = labelled(node.text, together(node.text))
        lists = [[name.text for name in one.names] for one in found if one.role != "supervise"]
        whole = broken_name(node.text, node.next_line) if lists and found[-1].role != "supervise" else ""
        half = lists[-1][-1] if whole else ""
        if whole:
            lists[-1][-1] = whole
        rows = self._apart(lists)
        if whole:
            meant = next((row["names"] for row in rows if row["printed"] == whole), [whole])
            rows = [row for row in rows if row["printed"] != whole]
            rows.append({"printed": half, "names": meant, "reading": "proposed", "note": _BROKEN})
        apart = [row for row in rows if row not in part.get("names", ())]
        if apart:
            part["names"] = [*part.get("names", ()), *apart]
        self._lead(found)

    def _lead(self, found: tuple[Labelled, ...]) -> None:
        """Note the leaders who supervise."""
        for one in found:
            if one.role == "supervise":
                listed = ["".join(name.text.split()) for name in one.names]
                self.names.read([name for name in listed if is_unit(name)])
                self.leaders.update(dict.fromkeys(name for name in listed if not is_unit(name)))

    def _apart(self, lists: list[list[str]]) -> list[Record]:
        """Return how names are read that are not printed whole."""
        meant: dict[str, Meant] = {}
        for listed in lists:
            meant |= self.names.read(listed)
        return [_named(printed, one) for printed, one in meant.items()]

    def _brackets(self, line: int, quote: str, brackets: str, covers: str = "") -> list[Record]:
        """Return what brackets say; `quote` are the words that the data quotes for it, the brackets at their end."""
        if quote == brackets and labelled(brackets):
            quote = brackets = without_time(brackets)
        where: Record = {"quote": quote, **({"covers": covers} if covers else {})}
        if ruled := from_here_on(brackets):
            return self._ruled(quote, *ruled)
        if said := self._behind(brackets):
            return self._rows(said, quote, covers, brackets)
        if found := labelled(brackets, together(brackets)):
            apart = self._apart([[name.text for name in one.names] for one in found if one.role != "supervise"])
            self._lead(found)
            return [where | ({"names": apart} if apart else {})]
        made = self._rows(readings(brackets, first_leads=self._first_leads), quote, covers, brackets)
        if not made:
            self.open.append((line, f"“{brackets[:30]}”里的单位没有读懂"))
        return made

    def _rows(self, said: tuple[Reading, ...], quote: str, covers: str, brackets: str) -> list[Record]:
        """Return the records of what words say in verbs."""
        made: list[Record] = []
        for one in said:
            meant = self.names.read(one.names)
            units: list[Any] = [_named(name, meant[name]) if name in meant else name for name in one.names]
            role = "owner" if covers and one.role == "responsible" else one.role
            row: Record = {"quote": quote, "role": role, "units": units} | ({"covers": covers} if covers else {})
            beside = f"括注里的“{time}”另记为完成时限。" if (time := time_in(brackets)) else ""
            row |= {"reading": "proposed"} | ({"note": f"{one.note}{beside}"} if one.note or beside else {})
            made.append(row)
        return made

    def _ruled(self, quote: str, own: str, rules: tuple[Reading, ...]) -> list[Record]:
        """Return what brackets say for the item, and what they rule for all others."""
        made: list[Record] = []
        for one in labelled(own):
            said = [name.text for name in one.names]
            self.names.read(said)
            made.append({"quote": quote, "role": one.role, "units": said, "note": "括注里另有管后面各项的话，分开列。"})
        if not made and inside(own):
            made += self._rows(readings(own, first_leads=self._first_leads), quote, "", own)
        for rule in rules:
            self.names.read(rule.names)
            row: Record = {"quote": quote, "role": rule.role, "units": list(rule.names), "covers": "plan"}
            made.append({**row, "reading": "proposed", "note": rule.note})
        return made


def _once(said: list[Record], text: str) -> list[Record]:
    """Return what brackets say for words, where these point at one place; else for the part, and once."""
    kept: list[Record] = []
    for row in said:
        if row.get("covers") == "quote" and text.count(row["quote"]) > 1:
            note = f"{row.get('note', '')}同样的括注在这一段里出现几次，按管这一段理解。"
            whole = {key: value for key, value in row.items() if key != "covers"}
            if "units" not in row:
                # A label is read from its beginning.
                whole["quote"] = row["quote"][max(map(row["quote"].rfind, OPENING)) :]
            row = whole | {"reading": "proposed", "note": note}  # noqa: PLW2901
        if row not in kept:
            kept.append(row)
    return kept


def _named(printed: str, meant: Meant) -> Record:
    return {"printed": printed, "names": list(meant.names), "reading": "proposed", "note": meant.note}


def _deadline(node: Node) -> Record | None:
    """Return by when a task is to be done: as a line below it says, or its closing brackets do."""
    lines = (below.text[len(n.printed) if (n := printed_number(below.text)) else 0 :] for below in node.nodes)
    line = next((text for text in lines if is_deadline_line(text)), "")
    inside = time_in(node.words) if node.words and not line else ""
    words = deadline_of(line or inside) or inside
    if not words:
        return None
    made: Record = {"text": words, "quote": line.strip() or inside, "reading": "proposed"}
    dates = list(_DATE.finditer(words))
    if len(dates) == 1 and _is_date(*dates[0].groups()):
        year, month, day = dates[0].groups()
        made["date"] = "-".join([year, *(f"{int(one):02}" for one in (month, day) if one)])
    return made


def _is_date(year: str, month: str | None, day: str | None) -> bool:
    try:
        datetime.date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return False
    return True
