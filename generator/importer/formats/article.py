"""Where in a web page the text is: the smallest element that holds nearly all of its sentences."""

from __future__ import annotations

import re
from typing import Any, Final

_SKIPPED: Final = frozenset({
    "script", "style", "noscript", "template", "head", "iframe", "object", "svg", "canvas", "button", "select",
    "input", "textarea", "nav", "footer", "aside", "audio", "video", "map",
})  # fmt: skip
"""Elements that hold no words of a text."""
_AROUND: Final = re.compile(
    r"(?:^|[\s_-])(?:foot|footer|bottom|nav|navbar|menu|share|bdsharebuttonbox|crumbs?|breadcrumb|copyright|sidebar|"
    r"toolbar|tools?|qrcode|ewm|print|related|recommend|pager|search|login)(?:$|[\s_\d-])",
    re.IGNORECASE,
)
"""Classes and ids of what stands around a text."""
_HIDDEN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SENTENCE: Final = re.compile("[，。；、：,;:]")
_NEARLY_ALL: Final = 0.85
_INNER: Final = frozenset({"p", "span", "b", "strong", "font", "li", "h1", "h2", "h3", "a", "em", "i", "u", "section"})
"""Elements that are a part of a text rather than all of it, but for sections."""
_OF_TABLE: Final = frozenset({"table", "thead", "tbody", "tfoot", "tr"})
_SHORTEST_TITLE: Final = 6
_LONGEST_TITLE: Final = 120
Element = Any
"""Of lxml, which comes without types."""


def is_skipped(element: Element) -> bool:
    """Say whether an element holds no words of a text: scripts, buttons, the frame of a site."""
    names = f"{element.get('class', '')} {element.get('id', '')}"
    is_around = element.tag not in {"body", "html"} and bool(_AROUND.search(names))
    # So LibreOffice names what runs over the pages of a document.
    return element.tag in _SKIPPED or is_around or element.get("title") in {"header", "footer"}


def is_hidden(element: Element) -> bool:
    """Say whether a browser does not show an element, as far as it says so itself."""
    return element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style", "")))


def article(body: Element) -> Element:
    """Return the smallest element that holds nearly all sentences outside links."""
    weights: dict[Element, int] = {}
    _weigh(body, weights, is_link=False)
    whole = weights.get(body, 0)
    found = body
    while (inner := next((one for one in found if weights.get(one, 0) >= _NEARLY_ALL * whole > 0), None)) is not None:
        found = inner
    while found is not body and (found.tag in _OF_TABLE or (found.tag in _INNER and found.tag != "section")):
        found = found.getparent()
    return found


def _weigh(element: Element, weights: dict[Element, int], *, is_link: bool) -> int:
    """Count the characters of an element's sentences, and of each element in it."""
    if not isinstance(element.tag, str) or is_skipped(element) or is_hidden(element):
        return 0
    is_link = is_link or element.tag == "a"
    weight = _sentence(element.text) if not is_link else 0
    for one in element:
        weight += _weigh(one, weights, is_link=is_link) + (0 if is_link else _sentence(one.tail))
    weights[element] = weight
    return weight


def _sentence(text: str | None) -> int:
    words = "".join((text or "").split())
    return len(words) if _SENTENCE.search(words) else 0


def title_of(root: Element, text: Element) -> str:
    """Return the title that a page prints above its text, or names in its head; empty where there is none."""
    for one in root.iter("meta"):
        if (one.get("name") or "").lower() == "articletitle":
            return " ".join((one.get("content") or "").split())
    found = ""
    for one in root.iter():
        if one is text:
            break
        if not isinstance(one.tag, str) or any(holder is one for holder in text.iterancestors()):
            continue
        is_title = one.tag in {"h1", "h2"} or "title" in f"{one.get('class', '')} {one.get('id', '')}".lower()
        if is_title and one.tag not in {"title", "meta"} and not one.findall(".//a"):
            words = " ".join("".join(one.itertext()).split())
            if _SHORTEST_TITLE <= len(words) <= _LONGEST_TITLE and not is_hidden(one):
                found = words
    return found
