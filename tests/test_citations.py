"""Titles in brackets and the document numbers behind them."""

from __future__ import annotations

import time

import pytest

from generator.text.citations import bracketed

_NUMBER = "示政发〔2021〕5号"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("按《办法》办", [("办法", None)]),
        ("按〈办法〉办", [("办法", None)]),
        ("小于<5>大于", []),
        (f"《办法》({_NUMBER})", [("办法", _NUMBER)]),
        (f"《办法》（{_NUMBER}）", [("办法", _NUMBER)]),
        (f"《办法》,({_NUMBER})", [("办法", None)]),
        ("《办法》(试行)", [("办法", None)]),
        ("《办法》(2021年5号)", [("办法", None)]),
        ("《甲》《乙》", [("甲", None), ("乙", None)]),
        (
            f"《关于印发〈办法〉的通知》({_NUMBER})",
            [("关于印发〈办法〉的通知", _NUMBER), ("办法", None)],
        ),
        ("《实施<办法>的通知》", [("实施<办法>的通知", None), ("办法", None)]),
        ("《外《内》外》", [("外《内》外", None), ("内", None)]),
        ("没有书名号", []),
        ("《没有收尾", []),
        ("没有开头》", []),
        ("《分在\n两行》", []),
        ("《没有收尾《办法》", [("办法", None)]),
    ],
)
def test_bracketed(text: str, found: list[tuple[str, str | None]]) -> None:
    """Each bracketed title comes out without its brackets, with the number printed right behind it."""
    assert [(b.title, b.document_number) for b in bracketed(text)] == found


def test_places() -> None:
    """A title knows the line and column of its opening bracket."""
    assert [(b.line, b.column) for b in bracketed("一\n按《甲〈乙〉》")] == [(2, 2), (2, 4)]


@pytest.mark.parametrize("text", ["《" * 20_000, "<" * 20_000 + ">" * 20_000, "《》" * 20_000, "《〈" * 10_000])
def test_brackets_without_end(text: str) -> None:
    """The time that a line of brackets takes grows with its length, not with its square."""
    begun = time.perf_counter()
    bracketed(text)
    assert time.perf_counter() - begun < 2
