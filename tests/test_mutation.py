"""The bench of changed readings, on the little plan: what must be noticed is, and the table counts it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from generator.data.load import read_data
from tests.conftest import BASE, ROOT
from tests.mutation import JUDGED, Verdict, judge, table

if TYPE_CHECKING:
    from collections.abc import Sequence

pytestmark = pytest.mark.slow

ALWAYS = (
    "数值",
    "年份：加减一年",
    "年份：删去或添上",
    "年份：两年对调",
    "计量单位",
    "比较方式",
    "周期",
    "期限：日",
    "期限：月",
    "期限：删去",
    "推断的理由落空",
    "目标类型",
    "由谁做：换成别的",
    "报给谁：换成别的",
    "文号",
    "督办领导",
    "总牵头单位",
    "责任单位",
    "括注单位",
    "责任的角色",
    "名称另作的理解",
    "总体目标的年份",
    "方案期限",
)
"""Kinds of change of which none may pass."""
ALWAYS_ELSEWHERE = ("责任的角色", "时限的日期", "括注引文", "括注单位", "督办领导", "总牵头单位", "责任单位")
"""Kinds of which none may pass in plans of other shapes either, where deadlines and roles in running words are."""


@pytest.fixture(scope="module")
def verdicts() -> Sequence[Verdict]:
    """Return what the rules say of every change of the little plan."""
    data, problems = read_data(BASE, "plan_data")
    assert not problems
    return list(judge(data))


@pytest.fixture(scope="module")
def elsewhere() -> Sequence[Verdict]:
    """Return what the rules say of every change of the plans of other shapes."""
    data, problems = read_data(ROOT / "tests" / "plans" / "plan_data", "plan_data")
    assert not problems
    return list(judge(data))


@pytest.mark.parametrize("kind", ALWAYS)
def test_no_change_of_this_kind_passes(verdicts: Sequence[Verdict], kind: str) -> None:
    """Each change of a figure, year, unit, comparator, cycle, date or name is noticed."""
    of_kind = [verdict for verdict in verdicts if verdict.mutant.kind == kind]
    assert of_kind
    assert [f"{v.mutant.of} {v.mutant.what}" for v in of_kind if v.rule is None] == []


@pytest.mark.parametrize("kind", ALWAYS_ELSEWHERE)
def test_no_change_of_this_kind_passes_elsewhere(elsewhere: Sequence[Verdict], kind: str) -> None:
    """Each change of a name, a role or a date is noticed in whatever form the plan prints it."""
    of_kind = [verdict for verdict in elsewhere if verdict.mutant.kind == kind]
    assert of_kind
    assert [f"{v.mutant.of} {v.mutant.what}" for v in of_kind if v.rule is None] == []


def test_every_change_changes_the_data(verdicts: Sequence[Verdict]) -> None:
    """A change that leaves the plan as it was would count as one that passed."""
    data, _ = read_data(BASE, "plan_data")
    same = [v.mutant for v in verdicts if v.mutant.plan == data.plans[0]]
    assert [f"{mutant.kind} {mutant.of}" for mutant in same] == []


def test_the_table_counts_what_passed(verdicts: Sequence[Verdict]) -> None:
    """The last lines add up all kinds, then those that printed words settle: tried, noticed, not noticed."""
    settled = [verdict for verdict in verdicts if verdict.mutant.kind not in JUDGED]
    assert len(settled) < len(verdicts)
    rows = [row.split() for row in table(list(verdicts)).splitlines()[-2:]]
    for row, name, counted in zip(rows, ("合计", "不计要人判断的"), (verdicts, settled), strict=True):
        missed = sum(verdict.rule is None for verdict in counted)
        assert row[:4] == [name, str(len(counted)), str(len(counted) - missed), str(missed)]
