"""The official text given back from the records."""

from __future__ import annotations

import dataclasses
import datetime
from pathlib import Path

import pytest

from generator.load import read_data
from generator.model import Data, Mention, Plan
from generator.official import (
    item_sentences,
    numbered,
    official_lines,
    official_text,
    placed_lines,
    printed_date,
    printed_names,
    sentences_with,
)
from generator.problems import Location
from generator.shapes import Integer

ROOT = Path(__file__).resolve().parents[1]
HERE = Location("a.yaml")


@pytest.fixture(scope="module")
def base() -> Plan:
    """Return the plan of the tests' base."""
    data, problems = read_data(ROOT / "tests" / "rules" / "base", "plan_data")
    assert problems == ()
    return data.plans[0]


@pytest.fixture(scope="module")
def real() -> Data:
    """Return the data of this repository."""
    return read_data(ROOT / "plan_data", "plan_data")[0]


def test_the_round_trip(base: Plan, real: Data) -> None:
    """What is rebuilt of each plan equals its source.txt, byte for byte."""
    assert real.plans
    for plan, folder in [
        (base, ROOT / "tests" / "rules" / "base"),
        *((plan, ROOT / "plan_data") for plan in real.plans),
    ]:
        assert official_text(plan).encode() == (folder / plan.id / "source.txt").read_bytes()


def test_the_seed_is_whole(real: Data) -> None:
    """The seed's official text has its 16,272 characters."""
    (seed,) = [plan for plan in real.plans if plan.id == "xishan-2022-2024"]
    assert len(official_text(seed)) == 16_272


def test_lines_know_what_they_are(base: Plan) -> None:
    """Each line counts from 1 and says what kind it is and whose."""
    lines = official_lines(base)
    assert [line.number for line in lines] == list(range(1, 33))
    assert (lines[15].kind, lines[15].of, lines[15].lead) == ("task", "task-1", "1.压缩办理时限。")
    assert lines[15].text == lines[15].lead + "".join(lines[15].sentences)
    assert (lines[19].kind, lines[19].of) == ("responsible_units", "sector-1")
    assert (lines[27].kind, lines[27].of) == ("safeguard_text", "safeguard-1")


@pytest.mark.parametrize(
    ("style", "number", "printed"),
    [
        ("一、", 1, "一、"),
        ("一、", 4, "四、"),
        ("（一）", 3, "（三）"),
        ("(一)", 10, "(十)"),
        ("(一)", 12, "(十二)"),
        ("(一)", 20, "(二十)"),
        ("(一)", 35, "(三十五)"),
        ("(一)", 99, "(九十九)"),
        ("1.", 1, "1."),
        ("1.", 30, "30."),
        ("第1项 ", 101, "第101项 "),
        ("第一条（一）", 2, "第二条（一）"),
        ("(一)", 100, "(一百)"),
        ("(一)", 101, "(一百零一)"),
        ("(一)", 110, "(一百一十)"),
        ("(一)", 123, "(一百二十三)"),
    ],
)
def test_numbering_styles(style: str, number: int, printed: str) -> None:
    """A style that is shown by its first number writes any other."""
    assert numbered(style, number) == printed


@pytest.mark.parametrize("style", ["一、", "1."])
@pytest.mark.parametrize("number", [1, 99, 100, Integer().most])
def test_every_number_that_the_data_may_hold_can_be_written(style: str, number: int) -> None:
    """No number that a file may hold breaks the numbering."""
    assert numbered(style, number)


def _mention(name: str, printed: str, position: int) -> Mention:
    return Mention(name=name, printed=printed, unit=None, position=position, where=HERE)


def test_names_run_together_come_out_once() -> None:
    """Names that are printed as one are written once; a name that is printed twice, twice."""
    mentions = (
        _mention("甲局", "甲局乙局", 0),
        _mention("乙局", "甲局乙局", 0),
        _mention("丙局", "丙局", 1),
        _mention("丙局", "丙局", 2),
    )
    assert printed_names(mentions) == ["甲局乙局", "丙局", "丙局"]


def test_a_changed_record_changes_the_text(base: Plan) -> None:
    """Every text of the records shows in the rebuilt text."""
    sector = dataclasses.replace(base.sectors[0], title="办得更慢")
    changed = dataclasses.replace(base, sectors=(sector, *base.sectors[1:]))
    assert official_text(changed) == official_text(base).replace("办得更快", "办得更慢")


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
    partial = dataclasses.replace(base, sectors=base.sectors[1:])
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
