"""What sentences set, proposed: each case is a sentence and what it gives, in the text files beside this one."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from generator.importer.commitments.duties import duties
from generator.importer.commitments.metrics import metrics
from generator.importer.commitments.milestones import milestones
from generator.importer.commitments.records import Context
from generator.terms import number_text

if TYPE_CHECKING:
    from generator.importer.commitments.records import ProposedDuty, ProposedTarget, ProposedValue

HERE = Path(__file__).parent
NAMES = ("各镇政府", "县发展改革局", "县水务局", "县财政局")


def _cases(name: str) -> list[tuple[str, list[str]]]:
    blocks = (HERE / name).read_text("utf-8").split("\n\n")[1:]
    cases = [block.strip().split("\n") for block in blocks if block.strip()]
    return [(first, [line.removeprefix("=> ") for line in rest if line != "=> -"]) for first, *rest in cases]


def _shown(value: ProposedValue) -> str:
    upper = f"–{number_text(value.upper)}" if value.upper else ""
    said = value.text if value.value is None else f"{number_text(value.value)}{upper}{value.unit}"
    words = (str(value.year or ""), value.comparator, said, value.qualifier or "", "?" if value.notes else "")
    return " ".join(word for word in words if word)


def _target(found: ProposedTarget) -> str:
    values = " | ".join(map(_shown, found.values))
    scope = f"（{found.scope}）" if found.scope else ""
    base = f" 以{found.base}为基数" if found.base else ""
    return f"{found.indicator}{scope}: {values}{' 方向' if found.is_direction else ''}{base}"


def _duty(found: ProposedDuty) -> str:
    due = f" {','.join(map(str, found.months))}月{f'{found.day}日' if found.day else '月底'}" if found.months else ""
    who = f" {'、'.join(found.who)}" if found.who else ""
    to = f" → {'、'.join(found.to)}" if found.to else ""
    return f"{found.frequency}{due}{who}{to}: {found.action}{' ?' if found.notes else ''}"


@pytest.mark.parametrize(("sentence", "expected"), _cases("commitments.txt"), ids=lambda case: str(case)[:20])
def test_targets_are_proposed(sentence: str, expected: list[str]) -> None:
    """What a sentence sets is proposed with its year, bound and figure; false friends are not."""
    context = Context()
    if told := re.match(r"\{(?:目标(\d{4})|(\d{4})-(\d{4}))\} ", sentence):
        goal, start, end = (int(one) if one else None for one in told.groups())
        context, sentence = Context(goal_year=goal, start=start, end=end), sentence[told.end() :]
    found = [*metrics(sentence, context), *milestones(sentence, context)]
    assert [_target(one) for one in found] == expected
    for one in found:
        assert one.quote in sentence
        assert all(value.text in sentence for value in one.values)


@pytest.mark.parametrize(("sentence", "expected"), _cases("duties.txt"), ids=lambda case: str(case)[:20])
def test_duties_are_proposed(sentence: str, expected: list[str]) -> None:
    """What recurs is proposed with its cycle, its dates, who does it and to whom it is reported."""
    assert [_duty(one) for one in duties(sentence, NAMES)] == expected
