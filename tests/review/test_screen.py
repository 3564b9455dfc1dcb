"""Lines cut to a width in which Chinese characters take two columns."""

from __future__ import annotations

import pytest

from generator.review.screen import Look, width_of, wrapped

PLAIN, COLOURED = Look(14, has_colour=False), Look(14, has_colour=True)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", [""]),
        ("一二三四五六", ["一二三四五六"]),
        ("一二三四五六七", ["一二三四五六", "七"]),
        ("一二三四五六。七", ["一二三四五六。", "七"]),
        ("ab一二三四五六", ["ab一二三四五", "六"]),
    ],
)
def test_wrapped(text: str, lines: list[str]) -> None:
    """A line ends before it is too wide, but takes the mark that may not begin the next one."""
    assert wrapped(text, PLAIN) == lines


def test_marks() -> None:
    """Marked words stand out in colour, on each line anew; else in brackets that are counted."""
    assert wrapped("一二三四五六七八", COLOURED, marks=["五六七"]) == [
        "一二三四\x1b[1;7m五六\x1b[0m",
        "\x1b[1;7m七\x1b[0m八",
    ]
    assert wrapped("一二三四五", PLAIN, marks=["二三", "四五"]) == ["一【二三四五】"]


def test_width_of() -> None:
    """Wide characters count twice, marks that are set over others not at all."""
    assert [width_of(text) for text in ("ab", "一。", "“”", "e\u0301", "")] == [2, 4, 4, 1, 0]
