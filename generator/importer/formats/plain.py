"""Plain text: which encoding it is in."""

from __future__ import annotations

import codecs
from typing import Final

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ENCODINGS: Final = ("utf-8", "gb18030")
_SAMPLE: Final = 4096


def decoded(content: bytes) -> tuple[str, str]:
    """Return the text of some bytes, line ends as LF and without a mark at its start, and what had to be decided.

    The text is empty where the bytes are none.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _told(content[len(mark) :], encoding)
    if b"\0" in content:
        encoding = _wide(content)
        return _told(content, encoding) if encoding else ("", "")
    for encoding in _ENCODINGS:
        try:
            return _lines(content.decode(encoding)), ""
        except UnicodeDecodeError:
            continue
    # Most of it may still be one of them: a file cut off in the middle of a character, or joined from two.
    utf8, gb = (content.decode(one, errors="replace") for one in _ENCODINGS)
    best, encoding = min((utf8, "utf-8"), (gb, "gb18030"), key=lambda one: one[0].count("�"))
    return _told(content, encoding) if best.count("�") * 50 <= len(best) else ("", "")


def _wide(content: bytes) -> str:
    """Return which UTF-16 bytes without a mark are; empty where they are none."""
    if len(content) % 2:
        return ""
    sample = content[:_SAMPLE]
    counts = {}
    for encoding in ("utf-16-le", "utf-16-be"):
        text = sample.decode(encoding, errors="replace")
        counts[encoding] = sum(
            "一" <= char <= "鿿" or char in "，。、：；（）\r\n" or (char.isascii() and char.isprintable())
            for char in text
        )
        counts[encoding] -= text.count("\0") * 2
    best = max(counts, key=lambda one: counts[one])
    return best if counts[best] * 2 > len(sample) // 2 else ""


def _told(content: bytes, encoding: str) -> tuple[str, str]:
    text = _lines(content.decode(encoding, errors="replace"))
    broken = text.count("�")
    if not broken:
        return text, ""
    at = text.index("�")
    return (
        text,
        f"有 {broken} 处字节读不出来，以“�”代替，第一处在“{text[max(0, at - 8) : at + 8].strip()}”：请对照原件改正",
    )


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
