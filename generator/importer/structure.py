"""Lines of a text put into a tree by their printed numbers: what stands below what, and what is a task.

A style of numbers that has not been met yet goes one level deeper; one that has been met returns
to its level. Which of the levels holds the tasks is told by where units are named.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from ..text.numbers import printed_number
from .deadlines import is_deadline_line
from .notations import closing_words, goes_on, has_bare_habit, inner_words, is_label, label_words
from .roles import rules_for_all
from .segment import segments
from .styles import style_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..text.numbers import PrintedNumber
    from .segment import Segment

_NO_TASKS: Final = re.compile(
    r"总体要求|指导思想|基本原则|总体目标|主要目标|工作目标|总体思路|工作要求|明确范围|附则|^\s*[【\[]?专栏"
)
_SAFEGUARDS: Final = re.compile("制度保障")
_BOX: Final = "专栏"
_BOX_LINE: Final = re.compile(r"\s*[【\[]?专栏\s*[\d一二三四五六七八九十]{0,3}(?:[】\]\s:：]|$)")
"""How a box begins that says more of what stands around it, with numbers of its own."""
_PARAGRAPH: Final = "¶"
_MEASURES: Final = re.compile(r"\s*\S{0,4}(?:措施|举措|内容|做法|安排|步骤)\s*[:：]\s*$")
"""A line behind which the measures of one task follow, numbered."""
_SUPPOSED: Final = frozenset({"text", "heading", "preamble", "notice_text", "guiding", "title", "notice_title"})
_ABOUT_ITSELF: Final = re.compile(
    r"\s*第[^条]{1,5}条\s*(?:为了?[^。]{0,80}制定本|本[^。]{0,12}(?:自|由|有效期|适用|所称)|[^。]{0,20}(?:负责解释|施行|有效期))"
)
"""Articles of a measure about the measure: why it is made, from when it holds, who explains it."""


@dataclass(slots=True)
class Node:
    """A line, with the lines that stand below it."""

    line: int
    """Counts from 1."""
    text: str
    number: PrintedNumber | None = None
    style: str = ""
    """How it is numbered; empty where it is not."""
    kind: str = "text"
    """A key of `terms.PART_KINDS`."""
    is_joined: bool = False
    """Whether it begins on the line on which what stands before it ends."""
    words: str = ""
    """The brackets, or the running words, that close it and say who answers for it."""
    goes_on: bool = False
    """Whether it goes on with the names of the label line before it."""
    is_whole: bool = False
    """Whether lines behind what it holds are for itself: what it holds are its measures."""
    next_line: str = ""
    """The line that goes on with its names."""
    nodes: list[Node] = field(default_factory=list)

    @property
    def is_named(self) -> bool:
        """Whether it says itself, or on lines right below it, who answers for it."""
        return bool(self.words) or any(node.says_for_it for node in self.nodes)

    @property
    def is_own(self) -> bool:
        """Whether what names who answers for it does not stand behind what it holds, and so is for itself."""
        own = next((at for at, node in enumerate(self.nodes) if node.style), len(self.nodes))
        said = [(at, node) for at, node in enumerate(self.nodes) if node.says_for_it]
        # A label that is counted with what a task holds is one of the task's own lines.
        return bool(self.words) or any(at < own or self.is_whole or printed_number(node.text) for at, node in said)

    @property
    def says_for_it(self) -> bool:
        """Whether it says of what it stands below who answers: a label line, a paragraph that ends in brackets."""
        return self.kind == "responsibility" or bool(self.words and not self.style)

    def walk(self) -> Iterator[Node]:
        """Yield it and all below it, in printed order."""
        yield self
        for node in self.nodes:
            yield from node.walk()


def structure(lines: list[str]) -> list[Node]:
    """Return the tree of a text's lines; every line is in it once, in printed order."""
    roots: list[Node] = []
    open_nodes: list[Node] = []
    bare = has_bare_habit(lines)
    last = None
    for segment in segments(lines):
        node = _node(segment, last, bare=bare)
        style = node.style or _style(printed_number(node.text))
        if node.number and _is_boxed(node, open_nodes):
            node.style = style = f"{_BOX}{style}"
        if style:
            level = next((at for at, other in enumerate(open_nodes) if other.style == style), len(open_nodes))
            del open_nodes[level:]
        (open_nodes[-1].nodes if open_nodes else roots).append(node)
        if node.style:
            open_nodes.append(node)
        last = node
    _take_paragraphs(roots)
    _tell(roots, _lift(roots))
    for node in [node for root in roots for node in root.walk() if node.kind == "sector"]:
        if not any(below.kind == "task" for below in node.walk()):
            node.kind = "heading"
    return roots


def _take_paragraphs(roots: list[Node]) -> None:
    """Count paragraphs without numbers among what is numbered, where each of several in a section names who answers.

    A single one belongs to the heading right above it.
    """
    sections = [node for root in roots for node in root.walk() if node.style and not node.words]
    loose = [[one for one in node.nodes if one.words and one.says_for_it and one.kind == "text"] for node in sections]
    loose = [below for below in loose if below]
    if sum(len(below) > 1 for below in loose) * 2 >= max(len(loose), 1):
        for paragraph in (one for below in loose for one in below):
            paragraph.style = _PARAGRAPH


def suppose_task(roots: list[Node]) -> Node | None:
    """Take the longest part of a text in which no task was found for one, and return it; None where one was found.

    A plan has a task: a person says which.
    """
    nodes = [node for root in roots for node in root.walk()]
    if any(node.kind == "task" for node in nodes):
        return None
    worded = [node for node in nodes if node.text.strip()]
    longest = max(worded, key=lambda node: (node.kind in _SUPPOSED, len(node.text)), default=None)
    if longest:
        longest.kind = "task"
    return longest


def _is_boxed(node: Node, open_nodes: list[Node]) -> bool:
    """Say whether a numbered line counts within a box (专栏), and not on from what stands before the box."""
    box = next((at for at, one in enumerate(open_nodes) if one.style == _BOX), None)
    if box is None:
        return False
    outside = next((one for one in open_nodes[:box] if one.style == node.style), None)
    within = next((one for one in open_nodes[box:] if one.style == f"{_BOX}{node.style}"), None)
    if outside and _counts_on(outside, node):
        # Both count on to it: it is of those that name who answers as it does.
        return bool(within and _counts_on(within, node) and bool(outside.words) != bool(node.words))
    return _counts_on(within, node)


def _counts_on(last: Node | None, node: Node) -> bool:
    before = last.number.value if last and last.number else 0
    return bool(node.number and node.number.value == (before or 0) + 1)


def unnamed_tasks(roots: list[Node]) -> tuple[list[Node], int]:
    """Return the tasks for which a text names nobody, and how many tasks there are."""
    tasks = [found for root in roots for found in _tasks(root, said=False)]
    return [node for node, said in tasks if not said], len(tasks)


def _tasks(node: Node, *, said: bool) -> Iterator[tuple[Node, bool]]:
    """Yield the tasks that stand in a node with whether somebody is named for them, there, above or below."""
    said = said or any(one.says_for_it for one in node.nodes)
    if node.kind == "task":
        yield node, said or any(one.words or one.says_for_it or _names_inside(one.text) for one in node.walk())
    for below in node.nodes:
        yield from _tasks(below, said=said)


def _names_inside(text: str) -> bool:
    return any(mark in text for mark in "(（〔【:：") and any((*inner_words(text), *label_words(text)))


def _node(segment: Segment, last: Node | None, *, bare: bool) -> Node:
    """Return what a piece of a text is by itself; `last` is the one before it."""
    place, text = segment.line, segment.text
    number = printed_number(text)
    own = text[len(number.printed) :] if number else text
    made = Node(place, text, is_joined=segment.is_joined)
    if last and (last.goes_on or is_label(last.text)) and goes_on(last.text, text):
        made.kind, made.goes_on, last.next_line = "responsibility", True, text
    elif is_label(own):
        made.kind = "responsibility"
    elif _BOX_LINE.match(text):
        made.style = _BOX
    elif is_deadline_line(own):
        return made
    else:
        made.words = closing_words(text, bare=bare)
        if (made.words and made.words == text.strip(" \u3000。")) or rules_for_all(text):
            made.kind = "responsibility"
        elif style := _style(number):
            made.number, made.style = number, style
    return made


def _style(number: PrintedNumber | None) -> str:
    return style_of(number) if number and number.value is not None else ""


def _lift(roots: list[Node]) -> Counter[str]:
    """Give lines that name who answers for a whole section to that section, and count the styles of its tasks.

    They follow the last of its tasks, and the others have none of their own.
    """
    styles: Counter[str] = Counter()
    _lift_beside_brackets(roots)
    for section in [node for root in roots for node in root.walk() if node.nodes] if _is_habit(roots) else ():
        below = [node for node in section.nodes if node.style]
        if not below or section.nodes[-1] is not below[-1]:
            continue
        last = below[-1]
        if not last.words and [node for node in below if node.is_named] == [last]:
            moved = [node for node in last.nodes if node.kind == "responsibility" or is_deadline_line(node.text)]
            if last.nodes[-len(moved) :] == moved:
                del last.nodes[-len(moved) :]
                section.nodes += moved
                section.is_whole = any(_MEASURES.match(node.text) for node in section.nodes)
                styles.update(node.style for node in below if not section.is_whole)
    return styles


def _lift_beside_brackets(roots: list[Node]) -> None:
    """Give lines behind the last task of each section to the section, where each task has brackets of its own."""
    sections = [[one for one in node.nodes if one.style] for root in roots for node in root.walk()]
    sections = [below for below in sections if below and all(one.words for one in below)]
    lined = [[one for one in below if _lines(one)] for below in sections]
    if any(len(below) > 1 for below in sections) and all(
        with_lines == below[-1:] for below, with_lines in zip(sections, lined, strict=True)
    ):
        for section in [node for root in roots for node in root.walk()]:
            last = next((one for one in reversed(section.nodes) if one.style), None)
            if last and section.nodes[-1] is last and any(last is below[-1] for below in sections):
                moved = _lines(last)
                del last.nodes[len(last.nodes) - len(moved) :]
                section.nodes += moved


def _lines(node: Node) -> list[Node]:
    """Return the lines at the end of what stands below a node that say who answers, and by when."""
    found: list[Node] = []
    for one in reversed(node.nodes):
        if one.kind != "responsibility" and not is_deadline_line(one.text):
            break
        found.insert(0, one)
    return found if any(one.kind == "responsibility" for one in found) else []


def _is_habit(roots: list[Node]) -> bool:
    """Say whether it is usual in a text that only the last one of several tasks is followed by such lines."""
    sections = [node for root in roots for node in root.walk() if sum(bool(one.style) for one in node.nodes) > 1]
    below = [[node for node in section.nodes if node.style] for section in sections]
    last = sum(nodes[-1].is_named and not any(node.is_named for node in nodes[:-1]) for nodes in below)
    others = sum(any(node.is_named for node in nodes[:-1]) for nodes in below)
    return last > others


def _tell(roots: list[Node], lifted: Counter[str]) -> None:
    """Say of each numbered line what it is; `lifted` counts the styles of tasks whose sections are named."""
    apart = {id(one) for root in roots if _SAFEGUARDS.search(root.text[:30]) for one in _below(root)}
    numbered = [node for root in roots for node in root.walk() if node.style and id(node) not in apart]
    named = [node for node in numbered if node.is_own and not any(one.is_named for one in _below(node))]
    styles = lifted + Counter(node.style for node in named)
    usual = styles.most_common(1)[0][0] if styles else _deepest(roots)
    holding = [root for root in roots if root.style and any(one.style == usual for one in _below(root))]
    # Under a single heading of all tasks, such as 重点任务, the sections are what lies below it.
    whole = holding[0] if len(holding) == 1 and any(_below(one) for one in holding[0].nodes) else None
    for root in roots:
        if root is whole:
            root.kind = "heading"
            for node in root.nodes:
                _mark(node, usual, above="")
        else:
            _mark(root, usual, above="")


def _below(node: Node) -> list[Node]:
    return [one for one in node.walk() if one is not node and one.style]


def _deepest(roots: list[Node]) -> str:
    """Return the style of what stands right below the sections; of the sections where nothing does."""
    below = Counter(one.style for root in roots if root.style for one in root.nodes if one.style)
    own = Counter(root.style for root in roots if root.style)
    return next((style for style, _ in (*below.most_common(1), *own.most_common(1))), "")


def _mark(node: Node, usual: str, *, above: str) -> None:
    """Say what a line and those below it are; `above` is what they lie in."""
    inside = above
    if node.style and not node.is_named and _ABOUT_ITSELF.match(node.text):
        node.kind, inside = "text", "plain"
    elif node.style:
        is_plain = bool(_NO_TASKS.search(node.text[:30])) and not node.is_named
        if above in {"task", "item", "safeguard"}:
            node.kind = inside = "item"
        elif above != "plain" and not is_plain and _is_task(node, usual):
            node.kind = inside = "safeguard" if above == "safeguards" else "task"
        else:
            node.kind, inside = _heading(node, usual, above, is_plain=is_plain)
    elif node.kind == "text" and above in {"task", "item"} and node.words:
        node.kind = "item"
    for below in node.nodes:
        _mark(below, usual, above=inside)


def _is_task(node: Node, usual: str) -> bool:
    below = _below(node)
    return node.style == usual or (node.is_own and not any(one.style == usual or one.is_named for one in below))


def _heading(node: Node, usual: str, above: str, *, is_plain: bool) -> tuple[str, str]:
    if is_plain or above == "plain":
        return "heading", "plain"
    if _SAFEGUARDS.search(node.text[:30]):
        return "heading", "safeguards"
    if above == "" and any(one.style == usual or one.is_own for one in _below(node)):
        return "sector", "sector"
    return "heading", above
