"""What is counted up for a unit or a leader: shared tasks, targets, sectors."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from generator.index.build import build_index
from generator.model import Mention
from tests.index.conftest import HERE, PLAN, index_of, mention, saying, shared_by, unit_of, with_list, with_said

if TYPE_CHECKING:
    from generator.model import Data, Plan


def test_units_share_tasks(data: Data) -> None:
    """Units work together on the tasks that name both, most first, and on the same ones the other way round."""
    index = build_index(data)
    assert {entry.unit.id: shared_by(entry) for entry in index.units} == {
        "convenience": [("data", ["task-1", "task-2"]), ("livelihood", ["task-1", "task-2"])],
        "data": [("livelihood", ["task-1", "task-2", "task-3"]), ("convenience", ["task-1", "task-2"])],
        "livelihood": [("data", ["task-1", "task-2", "task-3"]), ("convenience", ["task-1", "task-2"])],
        "towns": [],
    }


def test_equal_shares_stand_in_the_registrys_order(data: Data) -> None:
    """Units with which one shares as many tasks stand as units.yaml lists them."""
    turned = build_index(replace(data, units=data.units[::-1]))
    assert [unit for unit, _ in shared_by(unit_of(turned, "convenience"))] == ["livelihood", "data"]


def test_tasks_through_a_group_are_not_shared(data: Data, plan: Plan) -> None:
    """Units that a sector names only through their group share none of its tasks."""
    index = index_of(data, with_list(plan, "sector-2", mention("towns", "各镇街便民点")))
    assert shared_by(unit_of(index, "data")) == [
        ("convenience", ["task-1", "task-2"]),
        ("livelihood", ["task-1", "task-2"]),
        ("towns", ["task-3"]),
    ]


def test_a_unit_has_the_targets_of_its_tasks(data: Data) -> None:
    """Targets come from the tasks, led or not, in printed order; not from goals."""
    index = build_index(data)
    found = {entry.unit.id: [target.target.id for _, target in entry.targets] for entry in index.units}
    assert found == {
        "convenience": ["days"],
        "data": ["days", "windows"],
        "livelihood": ["days", "windows"],
        "towns": [],
    }


def test_leaders_have_their_sectors(data: Data) -> None:
    """A leader has the sectors that it supervises, by plan."""
    found = [(e.leader.id, [(p, s.id) for p, s in e.sectors], e.url) for e in build_index(data).leaders]
    assert found == [
        ("jia-ming", [(PLAN, "sector-1")], "leaders/jia-ming/"),
        ("yi-heping", [(PLAN, "sector-2")], "leaders/yi-heping/"),
    ]


def test_leaders_have_the_tasks_that_name_them(data: Data, plan: Plan) -> None:
    """A leader has the sectors and tasks that name it, in printed order; a sector's tasks are not listed again."""
    leader = Mention(name="乙和平", printed="乙和平", unit=None, leader="yi-heping", where=HERE)
    index = index_of(data, with_said(plan, saying("task-2", "一窗通办", leader, role="supervise")))
    found = {entry.leader.id: entry.sectors for entry in index.leaders}
    assert [(p, part.id) for p, part in found["yi-heping"]] == [(PLAN, "task-2"), (PLAN, "sector-2")]
    assert [(p, part.id) for p, part in found["jia-ming"]] == [(PLAN, "sector-1")]
