"""The numbers that Word prints before paragraphs of lists, which are nowhere in the text: 一、 （二） 3. 第四条."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from .numerals import numeral

if TYPE_CHECKING:
    from .package import Element

_PLACE: Final = re.compile(r"%(\d)")
_ENDS: Final = re.compile(r"[\w条章节项款]$")
Place = tuple[str, int]
"""(numId, level) of a paragraph."""


def name_of(element: Element) -> str:
    """Return the name of an element without its namespace, of which DOCX has two."""
    return str(element.tag).rpartition("}")[2]


def value_of(element: Element, name: str = "val") -> str | None:
    """Return an attribute by its name without namespace; None where it is not there."""
    return next((str(value) for key, value in element.attrib.items() if key.rpartition("}")[2] == name), None)


def child(element: Element, *names: str) -> Element:
    """Return the first child of a name, of that the next, and so on; None where one is missing."""
    for name in names:
        if element is None:
            return None
        element = next((one for one in element if name_of(one) == name), None)
    return element


def number_in(element: Element, *names: str) -> int | None:
    """Return the number that a descendant holds as its value; None where there is none."""
    found = child(element, *names)
    return None if found is None else whole_of(found)


def whole_of(element: Element, name: str = "val") -> int | None:
    """Return an attribute as a whole number; None where it is none."""
    value = value_of(element, name)
    return int(value) if value and re.fullmatch(r"-?\d{1,9}", value, re.ASCII) else None


@dataclass(frozen=True, slots=True)
class _Level:
    start: int = 1
    form: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    restart: int | None = None
    is_legal: bool = False
    style: str = ""


@dataclass(slots=True)
class _List:
    """A numbering that paragraphs name: the levels of the abstract one with its own changes."""

    abstract: str
    levels: dict[int, _Level]
    starts: dict[int, int]


@dataclass(slots=True)
class Numbering:
    """Counts the paragraphs of all lists of a document, in printed order."""

    lists: dict[str, _List] = field(default_factory=dict)
    styles: dict[str, tuple[Place | None, str]] = field(default_factory=dict)
    """By style: its own place in a list, and the style that it is based on."""
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _started: set[Place] = field(default_factory=set)
    bullets: list[str] = field(default_factory=list)
    """Signs of lists without numbers, as they were met."""
    count: int = 0
    """How many numbers were written out."""

    def place(self, properties: Element) -> Place | None:
        """Return the place in a list that a paragraph's properties give it, themselves or by their style."""
        own = child(properties, "numPr")
        style = child(properties, "pStyle")
        styled = self._styled(value_of(style) or "") if style is not None else None
        if own is None:
            return styled
        number, level = child(own, "numId"), number_in(own, "ilvl")
        if number is None:
            return (styled[0], level or 0) if styled else None
        numbered = value_of(number) or ""
        return None if numbered in {"", "0"} else (numbered, level if level is not None else 0)

    def _styled(self, style: str) -> Place | None:
        for _ in range(20):
            own, based = self.styles.get(style, (None, ""))
            if own is not None:
                return own if own[0] != "0" else None
            style = based
        return None

    def printed(self, place: Place) -> str:
        """Return what is printed before the next paragraph at a place."""
        numbered, depth = place
        found = self.lists.get(numbered)
        level = found.levels.get(depth) if found else None
        if found is None or level is None:
            return ""
        counts = self._counts.setdefault(found.abstract, {})
        if depth in found.starts and place not in self._started:
            self._started.add(place)
            counts[depth] = found.starts[depth]
        else:
            counts[depth] = counts[depth] + 1 if depth in counts else level.start
        for deeper in [one for one in counts if one > depth]:
            restart = found.levels.get(deeper, _Level()).restart
            if restart is None or (restart and depth < restart):
                del counts[deeper]
        if level.form == "bullet":
            self.bullets.append(level.text)
            return ""
        if level.form == "none" and not _PLACE.search(level.text):
            return level.text
        self.count += bool(level.text)
        return self._text(found, level, counts)

    def _text(self, found: _List, level: _Level, counts: dict[int, int]) -> str:
        def figure(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            own = found.levels.get(at, _Level())
            if own.form == "none":
                return ""
            return numeral(counts.get(at, own.start), "decimal" if level.is_legal else own.form)

        text = _PLACE.sub(figure, level.text)
        # A gap is printed behind the number, which 一、 and 1. need no more than the same words typed by hand.
        return text + "　" if level.suffix != "nothing" and _ENDS.search(text) else text


def numbering_of(numbering: Element, styles: Element) -> Numbering:
    """Return the lists that the parts `numbering` and `styles` of a document define; either may be None."""
    made = Numbering()
    abstract: dict[str, Element] = {}
    linked: dict[str, str] = {}
    for one in () if numbering is None else numbering:
        if name_of(one) == "abstractNum":
            abstract[value_of(one, "abstractNumId") or ""] = one
            if (link := child(one, "styleLink")) is not None:
                linked[value_of(link) or ""] = value_of(one, "abstractNumId") or ""
    for one in () if numbering is None else numbering:
        if name_of(one) == "num":
            made.lists[value_of(one, "numId") or ""] = _list(one, abstract, linked)
    for one in () if styles is None else styles:
        if name_of(one) == "style":
            based = child(one, "basedOn")
            identity = value_of(one, "styleId") or ""
            place = _style_place(child(one, "pPr", "numPr"), identity, made.lists)
            made.styles[identity] = (place, "" if based is None else value_of(based) or "")
    return made


def _style_place(own: Element, style: str, lists: dict[str, _List]) -> Place | None:
    if own is None or (number := child(own, "numId")) is None:
        return None
    numbered = value_of(number) or "0"
    levels = lists[numbered].levels if numbered in lists else {}
    named = next((depth for depth, level in levels.items() if level.style == style), None)
    return numbered, named if named is not None else number_in(own, "ilvl") or 0


def _list(one: Element, abstract: dict[str, Element], linked: dict[str, str]) -> _List:
    base = child(one, "abstractNumId")
    identity = "" if base is None else value_of(base) or ""
    link = child(abstract.get(identity), "numStyleLink") if identity in abstract else None
    if link is not None:
        identity = linked.get(value_of(link) or "", identity)
    levels = {}
    for each in abstract.get(identity, ()):
        if name_of(each) == "lvl":
            levels[whole_of(each, "ilvl") or 0] = _level(each)
    starts = {}
    for each in one:
        if name_of(each) != "lvlOverride":
            continue
        depth = whole_of(each, "ilvl") or 0
        if (own := child(each, "lvl")) is not None:
            levels[depth] = _level(own)
        start = number_in(each, "startOverride")
        if start is not None:
            starts[depth] = start
            levels[depth] = replace(levels.get(depth, _Level()), start=start)
    return _List(identity, levels, starts)


def _level(one: Element) -> _Level:
    def said(*names: str) -> str:
        found = child(one, *names)
        return "" if found is None else value_of(found) or ""

    start = number_in(one, "start")
    return _Level(
        start=1 if start is None else start,
        form=said("numFmt") or "decimal",
        text=said("lvlText"),
        suffix=said("suff") or "tab",
        restart=number_in(one, "lvlRestart"),
        is_legal=child(one, "isLgl") is not None,
        style=said("pStyle"),
    )
