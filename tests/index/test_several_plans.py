"""A site of several plans."""

from __future__ import annotations

from dataclasses import astuple, replace
from typing import TYPE_CHECKING

from generator.index.build import build_index
from tests.index.conftest import PLAN, index_of, mention, shared_by, unit_of, with_list, with_report

if TYPE_CHECKING:
    from generator.model import Data, Plan


def test_one_plan_gives_a_unit_no_parts(data: Data) -> None:
    """Where the site has one plan, all that is said of a unit is said once."""
    assert {(e.unit.id, e.plan, e.parts, e.url) for e in build_index(data).units} == {
        (unit, None, (), f"units/{unit}/") for unit in ("convenience", "data", "livelihood", "towns")
    }


def test_a_unit_over_several_plans_has_a_part_for_each(data: Data, plan: Plan) -> None:
    """Each part says what an index of that plan alone says, with an address of its own; the whole says both."""
    other = replace(with_list(plan, "sector-1", mention("data", "区数据局")), id="other")
    index = index_of(data, plan, other)
    for unit in ("convenience", "data", "livelihood", "towns"):
        whole = unit_of(index, unit)
        assert (whole.plan, whole.url) == (None, f"units/{unit}/")
        assert whole.parts == tuple(
            replace(unit_of(index_of(data, one), unit), plan=one.id, url=f"units/{unit}/{one.id}/")
            for one in (plan, other)
        )
    unit = unit_of(index, "livelihood")
    assert [shared_by(part) for part in unit.parts] == [
        [("data", ["task-1", "task-2", "task-3"]), ("convenience", ["task-1", "task-2"])],
        [("data", ["task-3"])],
    ]
    assert [[o.id for o in part.obligations] for part in unit.parts] == [
        ["task-1", "task-2", "task-3", "safeguard-1", "safeguard-2"],
        ["task-3", "safeguard-1", "safeguard-2"],
    ]


def test_a_plan_that_does_not_concern_a_unit_gives_it_no_part(data: Data, plan: Plan) -> None:
    """A unit has parts for the plans that say something of it, in the order of the plans, even if there is just one."""
    other = replace(with_list(plan, "safeguard-1", mention("convenience", "区便民局")), id="other", groups=())
    index = index_of(data, other, plan)
    assert {entry.unit.id: [part.plan for part in entry.parts] for entry in index.units} == {
        "convenience": ["other", PLAN],
        "data": ["other", PLAN],
        "livelihood": ["other", PLAN],
        "towns": [PLAN],
    }


def test_being_addressed_or_standing_for_others_concerns_a_unit(data: Data, plan: Plan) -> None:
    """A plan that obliges a unit to nothing has a part of it for what it is sent, and for whom it stands."""
    empty = with_list(plan, "safeguard-1", mention("convenience", "区便民局"))
    index = index_of(data, replace(plan, id="other"), empty, replace(with_report(empty, to=()), groups=(), id="bare"))
    assert [(part.plan, len(part.obligations), len(part.means)) for part in unit_of(index, "towns").parts] == [
        ("other", 1, 1),
        (PLAN, 0, 1),
    ]
    told = replace(with_report(empty, to=(mention("towns", "各镇街便民点"),)), groups=(), id="told")
    index = index_of(data, plan, told)
    assert [(part.plan, len(part.receives)) for part in unit_of(index, "towns").parts] == [(PLAN, 0), ("told", 1)]


def test_two_plans_add_up(data: Data, plan: Plan) -> None:
    """A unit has the obligations of both plans, led first; same ids in two plans stay two items."""
    index = index_of(data, plan, replace(plan, id="other"))
    unit, alone = unit_of(index, "data"), unit_of(build_index(data), "data")
    assert [(o.plan, o.id) for o in unit.obligations][:3] == [(PLAN, "task-3"), ("other", "task-3"), (PLAN, "task-1")]
    assert astuple(unit.counts) == tuple(2 * count for count in astuple(alone.counts))
    first, second = unit.works_with
    assert (first.unit, second.unit, len(second.tasks)) == ("livelihood", "convenience", 4)
    assert first.tasks == tuple((p, f"task-{number}") for p in (PLAN, "other") for number in (1, 2, 3))
    assert [p for p, _ in unit.targets] == [PLAN, PLAN, "other", "other"]
    assert [p for p, _ in unit.member_of] == [PLAN, "other"]


def test_a_group_speaks_for_its_own_plan_alone(data: Data, plan: Plan) -> None:
    """Who belongs to a group in one plan has no duty of that group in another."""
    acting = with_report(plan, who=(mention("towns", "各镇街便民点"),))
    other = replace(acting, id="other", groups=(replace(plan.groups[0], members=()),))
    index = index_of(data, acting, other)
    assert [duty.plan for duty in unit_of(index, "data").duties] == [PLAN]
    assert [duty.plan for duty in unit_of(index, "towns").duties] == [PLAN, "other"]
    assert [o.plan for o in unit_of(index, "data").obligations if o.via] == [PLAN]


def test_targets_are_those_of_the_right_plan(data: Data, plan: Plan) -> None:
    """A unit that a task obliges in one plan does not get the targets of the like task in another."""
    other = replace(with_list(plan, "sector-1", mention("data", "区数据局")), id="other")
    unit = unit_of(index_of(data, plan, other), "livelihood")
    assert [(p, target.target.id) for p, target in unit.targets] == [
        (PLAN, "days"),
        (PLAN, "windows"),
        ("other", "windows"),
    ]


def test_plans_sectors_and_names_are_found(data: Data, plan: Plan) -> None:
    """A plan and a sector are found by id, and a unit's name by its id."""
    index = build_index(data)
    assert index.plan(PLAN).plan == plan
    assert index.plan(PLAN).sector("sector-2").title == "办得更好"
    assert index.unit_names["livelihood"] == "区民生局"
