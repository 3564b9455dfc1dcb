"""Printed numbers and words of responsibility, each notation a case in a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.terms import chinese_number
from generator.text.labels import labelled
from generator.text.numbers import printed_number, read_chinese

CASES = Path(__file__).parent / "text"


def _rows(name: str) -> list[str]:
    lines = (CASES / name).read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize("row", _rows("numbers.txt"))
def test_a_number_is_read_in_whatever_style_it_is_printed(row: str) -> None:
    """A number comes with what encloses and ends it; words that only look like one are none."""
    text, value, printed = row.split(" | ")
    found = printed_number(text)
    if value == "-":
        assert found is None
    else:
        assert found is not None
        assert (found.value, found.printed) == (None if value == "?" else int(value), printed)
        assert text.startswith(found.printed)


def _blocks() -> list[tuple[str, tuple[str, ...]]]:
    found: list[tuple[str, tuple[str, ...]]] = []
    for row in _rows("labels.txt"):
        if row.startswith("=> "):
            words, expected = found[-1]
            found[-1] = (words, (*expected, row[3:]))
        else:
            found.append((row, ()))
    return found


@pytest.mark.parametrize(("words", "expected"), _blocks())
def test_labels_and_names_are_told_apart(words: str, expected: tuple[str, ...]) -> None:
    """Each label comes with its role and its names, cut where no brackets enclose the separator."""
    found = labelled(words)
    shown = tuple(f"{one.label}({one.role}): {' | '.join(name.text for name in one.names)}" for one in found)
    assert (shown or ("-",)) == expected
    for name in (name for one in found for name in one.names):
        assert words.startswith(name.text, name.at)


def test_names_that_hold_a_separator_stay_whole_where_the_data_says_so() -> None:
    """A suffix that several names share keeps them together."""
    (found,) = labelled("责任单位:青岚、芦溪市政府、市商务局", ["青岚、芦溪市政府"])
    assert [name.text for name in found.names] == ["青岚、芦溪市政府", "市商务局"]


def test_the_time_to_cut_names_grows_with_their_length_alone() -> None:
    """A line of a hundred thousand labels and names is cut within seconds."""
    words = "责任单位:甲局、乙局," * 100_000
    assert len(labelled(words)) == 100_000


@pytest.mark.parametrize("number", [1, 9, 10, 11, 19, 20, 21, 99, 100, 105, 110, 111, 120, 199])
def test_chinese_numbers_are_read_as_they_are_written(number: int) -> None:
    """Reading undoes writing."""
    assert read_chinese(chinese_number(number)) == number
