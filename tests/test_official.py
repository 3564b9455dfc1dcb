"""The official text given back from the records."""

from __future__ import annotations

import dataclasses
import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from generator.data.load import read_data
from generator.model import Data, Part, Plan, mapped
from generator.problems import Location
from generator.text.lines import (
    item_sentences,
    official_lines,
    official_text,
    placed_lines,
    printed_date,
    sentences_with,
)

if TYPE_CHECKING:
    from tests.conftest import Lay

ROOT = Path(__file__).resolve().parents[1]
SEED = ROOT / "tests" / "seed" / "plan_data"
HERE = Location("a.yaml")


@pytest.fixture(scope="module")
def base() -> Plan:
    """Return the plan of the tests' base."""
    data, problems = read_data(ROOT / "tests" / "rules" / "base", "plan_data")
    assert problems == ()
    return data.plans[0]


@pytest.fixture
def laid_out(lay: Lay) -> Plan:
    """Return the plan of the base with blank lines, and a heading on the line of what it heads."""
    data, problems = read_data(lay(ROOT / "tests" / "rules" / "source-mismatch" / "valid-blank-lines"), "plan_data")
    assert problems == ()
    return data.plans[0]


@pytest.fixture(scope="module")
def real() -> Data:
    """Return the data of this repository."""
    return read_data(SEED, "plan_data")[0]


def test_the_round_trip(base: Plan, real: Data) -> None:
    """What is rebuilt of each plan equals its source.txt, byte for byte."""
    assert real.plans
    for plan, folder in [
        (base, ROOT / "tests" / "rules" / "base"),
        *((plan, SEED) for plan in real.plans),
    ]:
        assert official_text(plan).encode() == (folder / plan.id / "source.txt").read_bytes()


def test_the_seed_is_whole(real: Data) -> None:
    """The seed's official text has its 16,272 characters."""
    (seed,) = [plan for plan in real.plans if plan.id == "xishan-2022-2024"]
    assert len(official_text(seed)) == 16_272


def test_stretches_of_a_line_follow_on_each_other(laid_out: Plan) -> None:
    """Lines go up; on one line each stretch begins where the one before it ends."""
    number, column = 0, 0
    for line in official_lines(laid_out):
        assert line.number >= number
        assert line.column == (column if line.number == number else 0)
        assert laid_out.source.split("\n")[line.number - 1].startswith(line.text, line.column)
        number, column = line.number, line.column + len(line.text)


def test_blank_lines_and_joined_parts_come_out_as_printed(laid_out: Plan) -> None:
    """Blank lines before a part, between its paragraphs and at the end are kept, and so are parts on one line."""
    assert official_text(laid_out) == laid_out.source
    assert laid_out.source.startswith("\n")
    assert laid_out.source.endswith("\n\n")
    assert "\n\n\n(二)办得更好" in laid_out.source
    assert "督办领导:甲 明\n\n总牵头单位" in laid_out.source
    joined = [line for line in official_lines(laid_out) if line.column]
    assert [(line.kind, line.column) for line in joined] == [("guiding", len("一、指导思想 "))]


def test_lines_know_what_they_are(base: Plan) -> None:
    """Each line counts from 1 and says what kind it is and whose."""
    lines = official_lines(base)
    assert [line.number for line in lines] == list(range(1, 33))
    assert (lines[15].kind, lines[15].of, lines[15].lead) == ("task", "task-1", "1.压缩办理时限。")
    assert lines[15].text == lines[15].lead + "".join(lines[15].sentences)
    assert (lines[19].kind, lines[19].label, lines[19].of) == ("responsibility", "责任单位", "sector-1")
    assert (lines[27].kind, lines[27].of, lines[27].lead) == ("safeguard", "safeguard-1", "")


def test_a_changed_record_changes_the_text(base: Plan) -> None:
    """Every text of the records shows in the rebuilt text."""
    text = official_text(base).split("\n")
    for part in base.all_parts:
        numbers = [line.number for line in official_lines(base) if line.part == part.id]
        for at, number in enumerate(numbers):
            changed = _with_words(base, part, at, "换了的话")
            assert official_text(changed).split("\n") == [*text[: number - 1], "换了的话", *text[number:]], part.id


def _with_words(plan: Plan, part: Part, at: int, words: str) -> Plan:
    """Return the plan with other words for a paragraph of a part."""

    def change(found: Part) -> Part:
        if found.id != part.id:
            return found
        changed = dataclasses.replace(found.paragraphs[at], sentences=(words,))
        return dataclasses.replace(found, paragraphs=(*found.paragraphs[:at], changed, *found.paragraphs[at + 1 :]))

    return dataclasses.replace(plan, parts=mapped(plan.parts, change))


def test_headings_can_be_quoted(base: Plan) -> None:
    """The sentences of an item include its heading, each with its line."""
    sentences = item_sentences(placed_lines(base))
    assert [(s.text, s.line) for s in sentences["task-2"]] == [
        ("2.推行一窗通办。", 17),
        ("一窗通办是指一个窗口受理全部事项。", 17),
    ]
    assert [(s.text, s.line) for s in sentences["safeguard-2"]] == [
        ("(二)按年检查", 30),
        ("区民生局每年检查一次。", 31),
    ]
    assert len(sentences_with(sentences["task-2"], "一窗通办")) == 2


def test_sentences_keep_their_lines_without_what_stands_before(base: Plan) -> None:
    """Where a sector could not be read, what follows it is still found on its own line."""

    def without(part: Part) -> Part:
        return dataclasses.replace(part, parts=tuple(below for below in part.parts if below.id != "sector-1"))

    partial = dataclasses.replace(base, parts=mapped(base.parts, without))
    sentences = item_sentences(placed_lines(partial))
    assert {sentence.line for sentence in sentences["task-3"]} == {22}
    assert {sentence.line for sentence in sentences["safeguard-1"]} == {27, 28}


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2022年12月12日", datetime.date(2022, 12, 12)),
        ("2024年2月29日", datetime.date(2024, 2, 29)),
        ("2022年2月29日", None),
        ("2022年13月1日", None),
        ("0000年1月1日", None),
        ("２０２２年1月1日", None),
        ("2022-12-12", None),
        ("2022年12月12日起", None),
    ],
)
def test_printed_date(text: str, date: datetime.date | None) -> None:
    """A printed date is read if there is such a day."""
    assert printed_date(text) == date
