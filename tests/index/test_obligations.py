"""Who answers for what: what is printed with a part, a sector, a heading or the whole plan, named or in a group."""

from __future__ import annotations

from dataclasses import astuple, replace
from typing import TYPE_CHECKING

import pytest

from generator.index.build import build_index
from tests.index.conftest import (
    PLAN,
    index_of,
    mention,
    quoting,
    saying,
    seen_by,
    unit_of,
    with_list,
    with_owners,
    with_said,
)

if TYPE_CHECKING:
    from generator.index.records import PlanIndex
    from generator.model import Data, Plan

    Placed = list[tuple[str | None, str, int]]


def test_obligations_of_the_base(data: Data) -> None:
    """Each unit has what it leads first, then tasks and safeguards in printed order, where it is named."""
    index = build_index(data)
    assert seen_by(index, "convenience") == [
        ("task-1", "lead", None, "区便民局", 19),
        ("task-2", "lead", None, "区便民局", 19),
        ("safeguard-1", "responsible", None, "区便民局", 29),
    ]
    assert seen_by(index, "data") == [
        ("task-3", "lead", None, "区数据局", 24),
        ("task-1", "responsible", None, "区便民局区数据局", 20),
        ("task-2", "responsible", None, "区便民局区数据局", 20),
        ("safeguard-1", "responsible", "towns", "各镇街便民点", 29),
    ]
    assert seen_by(index, "livelihood") == [
        ("task-1", "responsible", None, "区民生局", 20),
        ("task-2", "responsible", None, "区民生局", 20),
        ("task-3", "responsible", None, "区民生局", 25),
        ("safeguard-1", "responsible", "towns", "各镇街便民点", 29),
        ("safeguard-2", "responsible", None, "区民生局", 32),
    ]
    assert seen_by(index, "towns") == [("safeguard-1", "responsible", None, "各镇街便民点", 29)]


def test_a_plan_keeps_its_obligations_in_order(data: Data) -> None:
    """Within a plan too a unit has what it leads first."""
    (plan,) = build_index(data).plans
    assert [obligation.id for obligation in plan.obligations["data"]] == ["task-3", "task-1", "task-2", "safeguard-1"]


def test_an_obligation_leads_to_its_item(data: Data) -> None:
    """An obligation carries what a link to its task or safeguard needs."""
    first, *_, last = unit_of(build_index(data), "convenience").obligations
    assert (first.plan, first.kind, first.number, first.title, first.sector, first.url) == (
        PLAN,
        "task",
        1,
        "压缩办理时限",
        "sector-1",
        f"plans/{PLAN}/tasks/1/",
    )
    assert (last.kind, last.number, last.title, last.sector, last.url) == (
        "safeguard",
        1,
        "按季报送",
        None,
        f"plans/{PLAN}/safeguards/1/",
    )


def test_counts_leave_out_what_comes_through_a_group(data: Data) -> None:
    """Counts hold lead and responsible sectors, lead and responsible tasks, and safeguards, each once."""
    index = build_index(data)
    assert {entry.unit.id: astuple(entry.counts) for entry in index.units} == {
        "convenience": (1, 0, 2, 0, 1),
        "data": (1, 1, 1, 2, 0),
        "livelihood": (0, 2, 0, 3, 1),
        "towns": (0, 0, 0, 0, 1),
    }


def test_a_unit_named_twice_has_one_obligation(data: Data, plan: Plan) -> None:
    """Of two places in a list the first counts; the sector counts once."""
    twice = (mention("livelihood", "民生局"), mention("livelihood", "区民生局", 1))
    index = index_of(data, with_list(plan, "sector-2", *twice))
    assert seen_by(index, "livelihood")[2] == ("task-3", "responsible", None, "民生局", 25)
    assert unit_of(index, "livelihood").counts == unit_of(build_index(data), "livelihood").counts


def test_leading_comes_before_being_listed(data: Data, plan: Plan) -> None:
    """A unit that leads a sector and is listed in it leads it, and counts as leading it alone."""
    index = index_of(data, with_list(plan, "sector-2", mention("data", "区数据局")))
    assert seen_by(index, "data")[0] == ("task-3", "lead", None, "区数据局", 24)
    assert astuple(unit_of(index, "data").counts) == (1, 1, 1, 2, 0)


@pytest.mark.parametrize("turned", [False, True])
def test_a_members_own_name_comes_before_its_group(data: Data, plan: Plan, *, turned: bool) -> None:
    """A member that is named beside its group is obliged itself, whichever is printed first."""
    named = (mention("towns", "各镇街便民点"), mention("livelihood", "区民生局", 1))
    index = index_of(data, with_list(plan, "safeguard-1", *(named[::-1] if turned else named)))
    assert seen_by(index, "livelihood")[3] == ("safeguard-1", "responsible", None, "区民生局", 29)
    assert unit_of(index, "livelihood").counts.safeguards == 2


def test_a_members_own_name_comes_before_its_groups_brackets(data: Data, plan: Plan) -> None:
    """Being listed itself outweighs being in charge through a group."""
    named = (mention("livelihood", "区民生局"), mention("towns", "各镇街便民点", 1))
    listed = with_list(plan, "safeguard-1", *named)
    index = index_of(data, with_owners(listed, "safeguard-1", mention("towns", "各便民点")))
    assert seen_by(index, "livelihood")[3] == ("safeguard-1", "responsible", None, "区民生局", 29)


def test_a_list_comes_before_brackets_through_a_group_too(data: Data, plan: Plan) -> None:
    """A group that is listed and named in brackets is responsible and owns its words, and so are its members."""
    index = index_of(data, with_owners(plan, "safeguard-1", mention("towns", "各便民点")))
    assert seen_by(index, "towns") == [("safeguard-1", "responsible", None, "各镇街便民点", 29)]
    assert seen_by(index, "data")[-1] == ("safeguard-1", "responsible", "towns", "各镇街便民点", 29)
    owned = [o.owns for o in unit_of(index, "data").obligations if o.id == "safeguard-1"]
    assert owned == [(("(各便民点负责)", 28),)]


def test_brackets_alone_make_an_owner(data: Data, plan: Plan) -> None:
    """A unit that only brackets name is an owner, with the line of the brackets."""
    index = index_of(data, with_owners(plan, "safeguard-2", mention("convenience", "区便民局")))
    assert seen_by(index, "convenience")[-1] == ("safeguard-2", "owner", None, "区便民局", 31)


def test_an_owner_knows_what_it_owns(data: Data, plan: Plan) -> None:
    """An obligation by brackets carries what they put it in charge of, its own alone; one by a list carries nothing."""
    named = (mention("convenience", "区便民局"), mention("data", "区数据局"), mention("convenience", "便民局"))
    index = index_of(data, with_owners(plan, "safeguard-1", *named))
    found = {e.unit.id: [o.phrases for o in e.obligations if o.id == "safeguard-1"] for e in index.units}
    assert found == {
        "convenience": [("(区便民局负责)", "(便民局负责)")],
        "data": [("(区数据局负责)",)],
        "livelihood": [()],
        "towns": [()],
    }


def test_a_group_without_members_stands_for_itself(data: Data, plan: Plan) -> None:
    """A group whose members nobody lists obliges no one else."""
    index = index_of(data, replace(plan, groups=(replace(plan.groups[0], members=()),)))
    assert [item for item, *_ in seen_by(index, "data")] == ["task-3", "task-1", "task-2"]
    assert len(seen_by(index, "towns")) == 1
    assert unit_of(index, "data").member_of == ()


def test_members_know_their_groups(data: Data, plan: Plan) -> None:
    """A unit knows the groups that it belongs to, by plan."""
    index = build_index(data)
    assert unit_of(index, "data").member_of == ((PLAN, plan.groups[0]),)
    assert unit_of(index, "convenience").member_of == ()


def test_a_group_knows_whom_it_stands_for(data: Data, plan: Plan) -> None:
    """A group knows what it stands for, by plan; a unit stands for nobody else."""
    index = build_index(data)
    assert unit_of(index, "towns").means == ((PLAN, plan.groups[0]),)
    assert unit_of(index, "data").means == ()


def test_a_group_named_by_a_sector_obliges_its_members(data: Data, plan: Plan) -> None:
    """A sector that lists a group gives its tasks to the members, through the group."""
    index = index_of(data, with_list(plan, "sector-2", mention("towns", "各镇街便民点")))
    assert ("task-3", "responsible", "towns", "各镇街便民点", 25) in seen_by(index, "livelihood")
    assert astuple(unit_of(index, "livelihood").counts) == (0, 1, 0, 2, 1)


def _applying(plan: PlanIndex, part: str) -> Placed:
    """Return (part for which it holds, role, line) of all that applies to a part."""
    return [(c.part.id if c.part else None, c.responsibility.role, c.line) for c in plan.applying[part]]


def test_what_applies_comes_from_the_widest_to_the_part_itself(data: Data, plan: Plan) -> None:
    """To a task applies what is said for the plan, its heading, its sector and itself, each with its line."""
    changed = with_said(
        plan,
        saying("task-1", "便民大厅逐件记录时限", mention("towns", "各镇街便民点")),
        saying("heading-3", "重点任务", mention("data", "区数据局"), role="cooperate"),
        saying("preamble", "制定本方案", mention("convenience", "区便民局"), role="implement", covers="plan"),
    )
    (found,) = index_of(data, changed).plans
    whole: Placed = [(None, "implement", 8)]
    heading: Placed = [("heading-3", "cooperate", 14)]
    first: Placed = [("sector-1", "supervise", 18), ("sector-1", "lead", 19), ("sector-1", "responsible", 20)]
    second: Placed = [("sector-2", "supervise", 23), ("sector-2", "lead", 24), ("sector-2", "responsible", 25)]
    assert _applying(found, "task-1") == [*whole, *heading, *first, ("task-1", "responsible", 16)]
    assert _applying(found, "task-2") == [*whole, *heading, *first]
    assert _applying(found, "task-3") == [*whole, *heading, *second]
    assert _applying(found, "sector-1") == [*whole, *heading, *first]
    assert _applying(found, "heading-3") == [*whole, *heading]
    assert _applying(found, "safeguard-2") == [*whole, ("safeguard-2", "responsible", 32)]
    assert _applying(found, "preamble") == _applying(found, "goal-2024") == whole


def test_a_part_keeps_its_own_words_apart_from_those_above_it(data: Data, plan: Plan) -> None:
    """What a part itself says is listed by part, and what holds for the whole plan under no part."""
    changed = with_said(
        plan,
        saying("task-1", "便民大厅逐件记录时限", mention("towns", "各镇街便民点")),
        saying("preamble", "制定本方案", mention("convenience", "区便民局"), covers="plan"),
    )
    (found,) = index_of(data, changed).plans
    assert {part: [charge.line for charge in charges] for part, charges in found.charges_of.items() if charges} == {
        "": [8],
        "sector-1": [18, 19, 20],
        "task-1": [16],
        "sector-2": [23, 24, 25],
        "safeguard-1": [28, 29],
        "safeguard-2": [32],
    }
    assert [charge.line for charge in found.charges("task-1", "responsible")] == [16]
    assert found.charges("task-2", "responsible") == found.charges("safeguard-1", "owner") == ()


def test_what_is_said_for_the_whole_plan_obliges_to_each_item(data: Data, plan: Plan) -> None:
    """A unit named for the whole plan has every task and safeguard, with a higher role where it has one."""
    said = saying("preamble", "制定本方案", mention("convenience", "区便民局"), role="implement", covers="plan")
    index = index_of(data, with_said(plan, said))
    assert seen_by(index, "convenience") == [
        ("task-1", "lead", None, "区便民局", 19),
        ("task-2", "lead", None, "区便民局", 19),
        ("task-3", "implement", None, "区便民局", 8),
        ("safeguard-1", "responsible", None, "区便民局", 29),
        ("safeguard-2", "implement", None, "区便民局", 8),
    ]
    assert astuple(unit_of(index, "convenience").counts) == (1, 0, 2, 1, 2)


def test_what_a_heading_says_obliges_to_what_stands_below_it(data: Data, plan: Plan) -> None:
    """A unit named by a heading has its tasks, and nothing of another heading."""
    said = saying("heading-3", "重点任务", mention("convenience", "区便民局"), role="cooperate")
    index = index_of(data, with_said(plan, said))
    assert seen_by(index, "convenience") == [
        ("task-1", "lead", None, "区便民局", 19),
        ("task-2", "lead", None, "区便民局", 19),
        ("task-3", "cooperate", None, "区便民局", 14),
        ("safeguard-1", "responsible", None, "区便民局", 29),
    ]


def test_a_task_may_name_units_of_its_own(data: Data, plan: Plan) -> None:
    """A unit that a task itself names has that task, and none of its neighbours."""
    index = index_of(data, with_said(plan, saying("task-1", "逐件记录时限", mention("towns", "各镇街便民点"))))
    assert seen_by(index, "towns") == [
        ("task-1", "responsible", None, "各镇街便民点", 16),
        ("safeguard-1", "responsible", None, "各镇街便民点", 29),
    ]


def test_brackets_are_not_handed_down(data: Data, plan: Plan) -> None:
    """Who is in charge of some words of a heading is in charge of nothing below it."""
    changed = with_said(plan, quoting("heading-3", "重点任务", mention("towns", "各镇街便民点")))
    (found,), (before,) = index_of(data, changed).plans, build_index(data).plans
    assert _applying(found, "heading-3") == [("heading-3", "owner", 14)]
    assert found.applying["task-1"] == before.applying["task-1"]
    assert found.obligations == before.obligations


@pytest.mark.parametrize(
    ("words", "asked"), [("开办企业2022年不超过5个工作日", ["days"]), ("便民大厅逐件记录时限", [])]
)
def test_brackets_put_in_charge_of_their_words_alone(data: Data, plan: Plan, words: str, asked: list[str]) -> None:
    """Whoever brackets name has the task for these words, in the role that they say, with the targets in them alone."""
    changed = with_said(plan, quoting("task-1", words, mention("towns", "各镇街便民点"), role="lead"))
    unit = unit_of(index_of(data, changed), "towns")
    first = unit.obligations[0]
    assert (first.id, first.role, first.is_whole, first.owns) == ("task-1", "lead", False, ((words, 16),))
    assert [target.target.id for _, target in unit.targets] == asked


def test_what_is_owned_may_be_more_than_the_words_that_say_so(data: Data, plan: Plan) -> None:
    """A unit owns the words for which brackets hold, on the line of the brackets."""
    governed = "区民生局每年检查一次。"
    said = quoting("safeguard-2", "每年检查一次", mention("data", "区数据局"), governs=governed)
    last = unit_of(index_of(data, with_said(plan, said)), "data").obligations[-1]
    assert (last.id, last.role, last.line, last.owns) == ("safeguard-2", "owner", 31, ((governed, 31),))


def test_the_whole_comes_before_a_higher_role_for_some_words(data: Data, plan: Plan) -> None:
    """A unit that is listed for a task and leads some words of it is listed, and owns these words."""
    led = quoting("task-3", "专窗有人引导", mention("livelihood", "区民生局"), role="lead")
    index = index_of(data, with_said(plan, led))
    assert seen_by(index, "livelihood")[2] == ("task-3", "responsible", None, "区民生局", 25)
    found = unit_of(index, "livelihood").obligations[2]
    assert (found.is_whole, found.owns) == (True, (("专窗有人引导", 22),))
    assert unit_of(index, "livelihood").counts == unit_of(build_index(data), "livelihood").counts


def test_what_else_a_unit_is_for_the_whole_is_kept(data: Data, plan: Plan) -> None:
    """A unit has one obligation for a task and keeps its other roles; who leads is responsible anyway."""
    convenience = mention("convenience", "区便民局")
    changed = with_said(
        plan,
        saying("task-1", "由区便民局配合", convenience, role="cooperate", label="配合单位"),
        saying("task-1", "由区便民局责任", convenience),
    )
    (first, *_) = unit_of(index_of(data, changed), "convenience").obligations
    assert (first.id, first.role, [(role, label) for role, label, _ in first.also]) == (
        "task-1",
        "lead",
        [("cooperate", "配合单位")],
    )
