"""Characters that nobody sees or that look like others: one definition, and what pages do with it."""

from __future__ import annotations

import re
import sys
import unicodedata

import pytest

from generator.characters import folded, is_sideways, is_unseen, look_alikes, shown, stands_for, unlike, unseen
from generator.publish.render import environment
from generator.views.links import Link


@pytest.mark.parametrize(
    "char",
    ["\u200b", "\u2800", "\u202e", "\U000e0041", "\ue000", "\u0378", "\u3164", "\ufe0f", "\xad", "\x07", "\u2028"],
)
def test_unseen(char: str) -> None:
    """What shows nothing is named, boxed and left out of comparisons."""
    assert unseen(f"区{char}局{char}") == char
    assert shown(f"区{char}局") == "区□局"
    assert folded(f"区{char}局") == "区局"


@pytest.mark.parametrize("char", "区A1é，（…①²𠮷𬱖\U00032000👍€א")
def test_seen(char: str) -> None:
    """Written characters are let be, also Chinese ones that this Python does not know yet."""
    assert not is_unseen(char)
    assert look_alikes(char) == unseen(char) == ""


@pytest.mark.parametrize(
    ("alike", "plain"),
    [
        ("⻓坡", "长坡"),
        ("⼈⺠", "人民"),
        ("\uf97e", "量"),
        ("ＢＭ１", "BM1"),
        ("10㎡", "10m²"),
        ("\u3000", " "),
        ("\U0002f800", "丽"),
    ],
)
def test_look_alikes(alike: str, plain: str) -> None:
    """A look-alike is told with what it stands for."""
    assert look_alikes(alike)
    assert unlike(alike) == plain


def test_every_radical_is_a_look_alike() -> None:
    """Each radical of both blocks is found, and those with an ideograph lead to one that is none itself."""
    radicals = [chr(n) for n in (*range(0x2E80, 0x2FD6),) if unicodedata.category(chr(n)) == "So"]
    assert len(radicals) == 329
    for radical in radicals:
        assert stands_for(radical)
        if radical != "⺀":
            assert re.fullmatch("[㐀-鿿\U00020000-\U0003fffd]", stands_for(radical)), radical


def test_folding_agrees_with_what_characters_stand_for() -> None:
    """Whatever is refused as a look-alike of something folds to the same."""
    for n in range(sys.maxunicode + 1):
        if 0xD800 <= n < 0xE000:
            continue
        char = chr(n)
        if stands_for(char):
            assert folded(char) == folded(unlike(char)), char


@pytest.mark.parametrize(
    ("text", "expected"), [("区水务局", False), ("abc", False), ("\u202e局", True), ("שלום", True), ("\u200f", True)]
)
def test_sideways(text: str, expected: object) -> None:
    """Only texts with letters or signs of right-to-left writing may reorder their neighbours."""
    assert is_sideways(text) is expected


def test_names_that_run_backwards_stand_apart() -> None:
    """A name that could reorder the sentence around it is isolated, and escaped; any other is put down as it is."""
    rows = environment().get_template("fragments/rows.html").module
    assert str(rows.link(Link("שלום<", "units/x/"))).endswith("><bdi>שלום&lt;</bdi></a>")  # type: ignore[attr-defined]
    assert str(rows.link(Link("区水务局", ""))) == "区水务局"  # type: ignore[attr-defined]
