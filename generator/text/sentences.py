"""A paragraph cut into sentences, as the YAML writes them: one on a line."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

_END: Final = re.compile(r"[。！？]+[”’」』）)]*")
_OPENING: Final = "(（〔【“《〈"
_CLOSING: Final = ")）〕】”》〉"


def sentences(paragraph: str) -> list[str]:
    """Cut behind each full stop that no brackets or quotation marks enclose; joined, they are the paragraph."""
    if not any(char in paragraph for char in _OPENING):
        ends = [end.end() for end in _END.finditer(paragraph)]
        return [paragraph[a:b] for a, b in pairwise([0, *ends, len(paragraph)]) if a < b]
    found, begin, depth, at = list[str](), 0, 0, 0
    while at < len(paragraph):
        char = paragraph[at]
        depth = max(0, depth + (char in _OPENING) - (char in _CLOSING))
        if not depth and (end := _END.match(paragraph, at)):
            # A mark that closes behind the full stop belongs to the sentence; brackets that open behind it do not.
            found.append(paragraph[begin : end.end()])
            at = begin = end.end()
            continue
        at += 1
    if begin < len(paragraph):
        found.append(paragraph[begin:])
    return found
