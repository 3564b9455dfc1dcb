"""What stands before and behind the numbered text: notice, issuer, date, title, closing lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from .deadlines import is_deadline_line

if TYPE_CHECKING:
    from .structure import Node

_DATE: Final = re.compile(r"\s*\d{4}年\d{1,2}月\d{1,2}日\s*$")
_PUBLICITY: Final = re.compile(r"\s*[(（]此件.*[)）]\s*$")
_DOCUMENT_NUMBER: Final = re.compile(r"\s*\S{1,12}[〔\[【(（]\d{4}[〕\]】)）]第?\d+号\s*$")
_ADDRESSEES: Final = re.compile(r"[^。]{2,300}[:：]\s*$")
_TITLED: Final = re.compile("方案|计划|措施|意见|办法|规划|规定|要点|清单|政策|条例|细则|纲要|通知")
_ENDS: Final = re.compile(r"[。；;:：!！?？]\s*$")
_CLOSING: Final = re.compile(
    r"\s*(?:附件|附[:：]|抄送|本(?:措施|方案|办法|意见|计划|通知|政策|规定)[^。]{0,12}(?:自|由)|各(?:地区?|部门|单位|级)|PDF|政策解读)"
)
_SETS: Final = re.compile(r"[。:：,，—-].*(?<!\d)20\d\d年|20\d\d年?[底末]?[,，、].*[。；;]|\d(?:\.\d+)?\s*[%％]")
"""What is said of a year, or measured, behind a heading or in a paragraph below it."""
_GOALS: Final = re.compile("目标")
_GUIDING: Final = re.compile("指导思想|总体要求|总体思路")
_LONGEST_TITLE: Final = 60
_LONGEST_ISSUER: Final = 40


def lift_notices(roots: list[Node]) -> list[Node]:
    """Take out of the last numbered thing the lines before a numbering that starts anew; returns the new roots.

    So does a text begin that holds several notices: 关于印发…的通知, a date, a title, and again 一、.
    """
    made: list[Node] = []
    for node in roots:
        if node.number and node.number.value == 1 and made and made[-1].style == node.style:
            made += _cut_notice(made[-1])
        made.append(node)
    return made


def _cut_notice(holder: Node) -> list[Node]:
    """Take the unnumbered lines at the end of what stands in a node, from the first that begins a notice."""
    while holder.nodes and holder.nodes[-1].style:
        holder = holder.nodes[-1]
    begin = next((at for at, node in enumerate(holder.nodes) if not node.style and _begins_notice(node)), None)
    if begin is None or any(node.style for node in holder.nodes[begin:]):
        return []
    cut = holder.nodes[begin:]
    del holder.nodes[begin:]
    return cut


def _begins_notice(node: Node) -> bool:
    is_title = bool(_TITLED.search(node.text)) and _is_title(node.text) and node.kind == "text" and not node.words
    return is_title or _told(node.text) in {"document_number", "date"}


def tell_front(roots: list[Node]) -> None:
    """Say of the unnumbered lines before each numbering what they are; joins nothing, drops nothing."""
    run: list[Node] = []
    for node in roots:
        if node.style:
            _tell_run(run)
            run = []
        elif node.kind != "responsibility":
            run.append(node)
    if not any(node.style for node in roots):
        _tell_run(run)


def _tell_run(front: list[Node]) -> None:
    for at, node in enumerate(front):
        node.kind = _told(node.text) or node.kind
        if node.kind == "date":
            _issuers(front[:at])
    date = next((at for at, node in enumerate(front) if node.kind == "date"), -1)
    titles = [node for node in front if node.kind == "text" and _is_title(node.text)]
    before = [node for node in titles if front.index(node) < date]
    behind = [node for node in titles if front.index(node) > date]
    for node in before:
        node.kind = "notice_title"
    for node in behind:
        node.kind = "title"
    for at, node in enumerate(front):
        if node.kind == "text":
            node.kind = "notice_text" if at < date else "preamble" if node is front[-1] else "text"


def _told(text: str) -> str:
    for kind, pattern in (
        ("date", _DATE),
        ("publicity", _PUBLICITY),
        ("document_number", _DOCUMENT_NUMBER),
        ("addressees", _ADDRESSEES),
    ):
        if pattern.match(text):
            return kind
    return ""


def _issuers(before: list[Node]) -> None:
    for node in reversed(before):
        if node.kind != "text" or _ENDS.search(node.text) or len(node.text) > _LONGEST_ISSUER or "关于" in node.text:
            return
        node.kind = "issuer"


def _is_title(text: str) -> bool:
    return bool(text.strip()) and not _ENDS.search(text) and len(text) <= _LONGEST_TITLE


def lift_closing(roots: list[Node]) -> list[Node]:
    """Take lines that close the text out of the last thing that has a number; returns the new roots."""
    closing: list[Node] = []
    holder = roots[-1] if roots else None
    while holder and holder.nodes:
        while holder.nodes and not holder.nodes[-1].style and _closes(holder.nodes[-1]):
            closing.insert(0, holder.nodes.pop())
        if not holder.nodes or not holder.nodes[-1].style or closing:
            break
        holder = holder.nodes[-1]
    for at, node in enumerate(closing):
        node.kind = _told(node.text) or ("attachment" if node.text.lstrip().startswith("附") else "text")
        if node.kind == "addressees":
            node.kind = "text"
        if node.kind == "date":
            _issuers(closing[:at])
    return [*roots, *closing]


def _closes(node: Node) -> bool:
    text = node.text
    if node.kind == "responsibility" or is_deadline_line(text) or not text.strip():
        return False
    is_short = not _ENDS.search(text) and len(text) <= _LONGEST_ISSUER and not node.words
    return bool(_told(text) in {"date", "publicity"} or _CLOSING.match(text) or is_short)


def tell_general(roots: list[Node]) -> None:
    """Say of the paragraphs of 指导思想 and 目标 what they are."""
    for node in (one for root in roots for one in root.walk()):
        if node.kind != "heading":
            continue
        if _GOALS.search(node.text[:30]):
            if _SETS.search(node.text) and not node.nodes:
                node.kind = "goal"
            for below in node.nodes:
                if below.kind in {"text", "heading"} and not below.nodes and _SETS.search(below.text):
                    below.kind = "goal"
        elif _GUIDING.search(node.text[:30]) and not any(n.style for n in node.nodes):
            for below in node.nodes[:1]:
                if below.kind == "text":
                    below.kind = "guiding"
