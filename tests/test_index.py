"""Cross-references of the tests' little plan, and of that plan with a part or two changed.

Sector 1 (tasks 1 and 2): 区便民局 leads, and is listed with 区数据局 and 区民生局.
Sector 2 (task 3): 区数据局 leads, 区民生局 is listed. Safeguard 1: 区便民局 is listed and
named in brackets, and so is the group 各镇街便民点, read as 区民生局 and 区数据局.
Safeguard 2: 区民生局.
"""

from __future__ import annotations

from dataclasses import astuple, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from generator.data.load import read_data
from generator.index.build import build_index
from generator.model import Mention, Responsibility, mapped
from generator.problems import Location
from generator.text.lines import official_lines

if TYPE_CHECKING:
    from generator.index.records import PlanIndex, SiteIndex, UnitEntry
    from generator.model import Data, Part, Plan

    Seen = list[tuple[str, str, str | None, str, int]]

BASE = Path(__file__).parent / "rules" / "base"
HERE = Location("a.yaml")
PLAN = "tiny-2022-2024"


@pytest.fixture(scope="module")
def data() -> Data:
    """Return the data of the tests' base."""
    return read_data(BASE)[0]


@pytest.fixture(scope="module")
def plan(data: Data) -> Plan:
    """Return the plan of the tests' base."""
    return data.plans[0]


def _named(unit: str, printed: str, position: int = 0) -> Mention:
    return Mention(name=printed, printed=printed, unit=unit, position=position, where=HERE)


def _said(part: str, quote: str, *named: Mention, **changes: Any) -> Responsibility:
    """Return words of a part by which some are responsible for the whole of it, unless changes say otherwise."""
    one = Responsibility(
        role="responsible",
        label=None,
        names=named,
        covers="part",
        quote=quote,
        governs="",
        part=part,
        reading="printed",
        note=None,
        where=HERE,
        quote_where=HERE,
    )
    return replace(one, **changes)


def _quoted(part: str, quote: str, *named: Mention, **changes: Any) -> Responsibility:
    """Return words of a part by which some are in charge of these words alone."""
    return _said(part, quote, *named, **{"role": "owner", "covers": "quote", "governs": quote, **changes})


def _owner(part: str, named: Mention) -> Responsibility:
    return _quoted(part, f"({named.printed}负责)", named)


def _part(plan: Plan, part: str) -> Part:
    return next(found for found in plan.all_parts if found.id == part)


def _with_part(plan: Plan, part: str, **changes: Any) -> Plan:
    """Return the plan with one part changed."""

    def change(found: Part) -> Part:
        return replace(found, **changes) if found.id == part else found

    return replace(plan, parts=mapped(plan.parts, change))


def _with_words(plan: Plan, part: str, words: str) -> Plan:
    """Return the plan with a sentence more at the end of a part's own words, in the tree and in the source."""
    *before, last = _part(plan, part).paragraphs
    longer = replace(last, sentences=(*last.sentences, words), places=(*last.places, HERE))
    lines = plan.source.split("\n")
    lines[max(line.number for line in official_lines(plan) if line.part == part) - 1] += words
    return replace(_with_part(plan, part, paragraphs=(*before, longer)), source="\n".join(lines))


def _with_said(plan: Plan, *said: Responsibility) -> Plan:
    """Return the plan with more words of responsibility, each in the part that prints it."""

    def change(part: Part) -> Part:
        own = tuple(one for one in said if one.part == part.id)
        return replace(part, responsibilities=(*own, *part.responsibilities))

    whole = tuple(one for one in said if one.covers == "plan")
    return replace(plan, parts=mapped(plan.parts, change), responsibilities=(*plan.responsibilities, *whole))


def _with_list(plan: Plan, part: str, *named: Mention) -> Plan:
    """Return the plan with other units in the list of those responsible (责任单位) for a part."""
    (listed,) = (one for one in _part(plan, part).responsibilities if one.role == "responsible")

    def change(found: Part) -> Part:
        said = (replace(one, names=named) if one == listed else one for one in found.responsibilities)
        return replace(found, responsibilities=tuple(said))

    return replace(plan, parts=mapped(plan.parts, change))


def _with_owners(plan: Plan, part: str, *named: Mention) -> Plan:
    """Return the plan with brackets at the end of a part, each with a unit in charge, and no others in charge."""
    owners = tuple(_owner(part, one) for one in named)
    others = tuple(one for one in _part(plan, part).responsibilities if one.covers != "quote")
    printed = _with_words(plan, part, "".join(one.quote for one in owners))
    return _with_said(_with_part(printed, part, responsibilities=others), *owners)


def _index(data: Data, *plans: Plan) -> SiteIndex:
    return build_index(replace(data, plans=plans))


def _unit(index: SiteIndex, unit: str) -> UnitEntry:
    return next(entry for entry in index.units if entry.unit.id == unit)


def _seen(index: SiteIndex, unit: str) -> Seen:
    """Return (item, role, via, printed, line) of each obligation of a unit."""
    return [(o.id, o.role, o.via, o.printed, o.line) for o in _unit(index, unit).obligations]


def test_obligations_of_the_base(data: Data) -> None:
    """Each unit has what it leads first, then tasks and safeguards in printed order, where it is named."""
    index = build_index(data)
    assert _seen(index, "convenience") == [
        ("task-1", "lead", None, "区便民局", 19),
        ("task-2", "lead", None, "区便民局", 19),
        ("safeguard-1", "responsible", None, "区便民局", 29),
    ]
    assert _seen(index, "data") == [
        ("task-3", "lead", None, "区数据局", 24),
        ("task-1", "responsible", None, "区便民局区数据局", 20),
        ("task-2", "responsible", None, "区便民局区数据局", 20),
        ("safeguard-1", "responsible", "towns", "各镇街便民点", 29),
    ]
    assert _seen(index, "livelihood") == [
        ("task-1", "responsible", None, "区民生局", 20),
        ("task-2", "responsible", None, "区民生局", 20),
        ("task-3", "responsible", None, "区民生局", 25),
        ("safeguard-1", "responsible", "towns", "各镇街便民点", 29),
        ("safeguard-2", "responsible", None, "区民生局", 32),
    ]
    assert _seen(index, "towns") == [("safeguard-1", "responsible", None, "各镇街便民点", 29)]


def test_a_plan_keeps_its_obligations_in_order(data: Data) -> None:
    """Within a plan too a unit has what it leads first."""
    (plan,) = build_index(data).plans
    assert [obligation.id for obligation in plan.obligations["data"]] == ["task-3", "task-1", "task-2", "safeguard-1"]


def test_an_obligation_leads_to_its_item(data: Data) -> None:
    """An obligation carries what a link to its task or safeguard needs."""
    first, *_, last = _unit(build_index(data), "convenience").obligations
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
    twice = (_named("livelihood", "民生局"), _named("livelihood", "区民生局", 1))
    index = _index(data, _with_list(plan, "sector-2", *twice))
    assert _seen(index, "livelihood")[2] == ("task-3", "responsible", None, "民生局", 25)
    assert _unit(index, "livelihood").counts == _unit(build_index(data), "livelihood").counts


def test_leading_comes_before_being_listed(data: Data, plan: Plan) -> None:
    """A unit that leads a sector and is listed in it leads it, and counts as leading it alone."""
    index = _index(data, _with_list(plan, "sector-2", _named("data", "区数据局")))
    assert _seen(index, "data")[0] == ("task-3", "lead", None, "区数据局", 24)
    assert astuple(_unit(index, "data").counts) == (1, 1, 1, 2, 0)


@pytest.mark.parametrize("turned", [False, True])
def test_a_members_own_name_comes_before_its_group(data: Data, plan: Plan, *, turned: bool) -> None:
    """A member that is named beside its group is obliged itself, whichever is printed first."""
    named = (_named("towns", "各镇街便民点"), _named("livelihood", "区民生局", 1))
    index = _index(data, _with_list(plan, "safeguard-1", *(named[::-1] if turned else named)))
    assert _seen(index, "livelihood")[3] == ("safeguard-1", "responsible", None, "区民生局", 29)
    assert _unit(index, "livelihood").counts.safeguards == 2


def test_a_members_own_name_comes_before_its_groups_brackets(data: Data, plan: Plan) -> None:
    """Being listed itself outweighs being in charge through a group."""
    named = (_named("livelihood", "区民生局"), _named("towns", "各镇街便民点", 1))
    listed = _with_list(plan, "safeguard-1", *named)
    index = _index(data, _with_owners(listed, "safeguard-1", _named("towns", "各便民点")))
    assert _seen(index, "livelihood")[3] == ("safeguard-1", "responsible", None, "区民生局", 29)


def test_a_list_comes_before_brackets_through_a_group_too(data: Data, plan: Plan) -> None:
    """A group that is listed and named in brackets is responsible and owns its words, and so are its members."""
    index = _index(data, _with_owners(plan, "safeguard-1", _named("towns", "各便民点")))
    assert _seen(index, "towns") == [("safeguard-1", "responsible", None, "各镇街便民点", 29)]
    assert _seen(index, "data")[-1] == ("safeguard-1", "responsible", "towns", "各镇街便民点", 29)
    owned = [o.owns for o in _unit(index, "data").obligations if o.id == "safeguard-1"]
    assert owned == [(("(各便民点负责)", 28),)]


def test_brackets_alone_make_an_owner(data: Data, plan: Plan) -> None:
    """A unit that only brackets name is an owner, with the line of the brackets."""
    index = _index(data, _with_owners(plan, "safeguard-2", _named("convenience", "区便民局")))
    assert _seen(index, "convenience")[-1] == ("safeguard-2", "owner", None, "区便民局", 31)


def test_an_owner_knows_what_it_owns(data: Data, plan: Plan) -> None:
    """An obligation by brackets carries what they put it in charge of, its own alone; one by a list carries nothing."""
    named = (_named("convenience", "区便民局"), _named("data", "区数据局"), _named("convenience", "便民局"))
    index = _index(data, _with_owners(plan, "safeguard-1", *named))
    found = {e.unit.id: [o.phrases for o in e.obligations if o.id == "safeguard-1"] for e in index.units}
    assert found == {
        "convenience": [("(区便民局负责)", "(便民局负责)")],
        "data": [("(区数据局负责)",)],
        "livelihood": [()],
        "towns": [()],
    }


def test_a_group_without_members_stands_for_itself(data: Data, plan: Plan) -> None:
    """A group whose members nobody lists obliges no one else."""
    index = _index(data, replace(plan, groups=(replace(plan.groups[0], members=()),)))
    assert [item for item, *_ in _seen(index, "data")] == ["task-3", "task-1", "task-2"]
    assert len(_seen(index, "towns")) == 1
    assert _unit(index, "data").member_of == ()


def test_members_know_their_groups(data: Data, plan: Plan) -> None:
    """A unit knows the groups that it belongs to, by plan."""
    index = build_index(data)
    assert _unit(index, "data").member_of == ((PLAN, plan.groups[0]),)
    assert _unit(index, "convenience").member_of == ()


def test_a_group_knows_whom_it_stands_for(data: Data, plan: Plan) -> None:
    """A group knows what it stands for, by plan; a unit stands for nobody else."""
    index = build_index(data)
    assert _unit(index, "towns").means == ((PLAN, plan.groups[0]),)
    assert _unit(index, "data").means == ()


def test_a_group_named_by_a_sector_obliges_its_members(data: Data, plan: Plan) -> None:
    """A sector that lists a group gives its tasks to the members, through the group."""
    index = _index(data, _with_list(plan, "sector-2", _named("towns", "各镇街便民点")))
    assert ("task-3", "responsible", "towns", "各镇街便民点", 25) in _seen(index, "livelihood")
    assert astuple(_unit(index, "livelihood").counts) == (0, 1, 0, 2, 1)


Placed = list[tuple[str | None, str, int]]


def _applying(plan: PlanIndex, part: str) -> Placed:
    """Return (part for which it holds, role, line) of all that applies to a part."""
    return [(c.part.id if c.part else None, c.responsibility.role, c.line) for c in plan.applying[part]]


def test_what_applies_comes_from_the_widest_to_the_part_itself(data: Data, plan: Plan) -> None:
    """To a task applies what is said for the plan, its heading, its sector and itself, each with its line."""
    changed = _with_said(
        plan,
        _said("task-1", "便民大厅逐件记录时限", _named("towns", "各镇街便民点")),
        _said("heading-3", "重点任务", _named("data", "区数据局"), role="cooperate"),
        _said("preamble", "制定本方案", _named("convenience", "区便民局"), role="implement", covers="plan"),
    )
    (found,) = _index(data, changed).plans
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
    changed = _with_said(
        plan,
        _said("task-1", "便民大厅逐件记录时限", _named("towns", "各镇街便民点")),
        _said("preamble", "制定本方案", _named("convenience", "区便民局"), covers="plan"),
    )
    (found,) = _index(data, changed).plans
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
    said = _said("preamble", "制定本方案", _named("convenience", "区便民局"), role="implement", covers="plan")
    index = _index(data, _with_said(plan, said))
    assert _seen(index, "convenience") == [
        ("task-1", "lead", None, "区便民局", 19),
        ("task-2", "lead", None, "区便民局", 19),
        ("task-3", "implement", None, "区便民局", 8),
        ("safeguard-1", "responsible", None, "区便民局", 29),
        ("safeguard-2", "implement", None, "区便民局", 8),
    ]
    assert astuple(_unit(index, "convenience").counts) == (1, 0, 2, 1, 2)


def test_what_a_heading_says_obliges_to_what_stands_below_it(data: Data, plan: Plan) -> None:
    """A unit named by a heading has its tasks, and nothing of another heading."""
    said = _said("heading-3", "重点任务", _named("convenience", "区便民局"), role="cooperate")
    index = _index(data, _with_said(plan, said))
    assert _seen(index, "convenience") == [
        ("task-1", "lead", None, "区便民局", 19),
        ("task-2", "lead", None, "区便民局", 19),
        ("task-3", "cooperate", None, "区便民局", 14),
        ("safeguard-1", "responsible", None, "区便民局", 29),
    ]


def test_a_task_may_name_units_of_its_own(data: Data, plan: Plan) -> None:
    """A unit that a task itself names has that task, and none of its neighbours."""
    index = _index(data, _with_said(plan, _said("task-1", "逐件记录时限", _named("towns", "各镇街便民点"))))
    assert _seen(index, "towns") == [
        ("task-1", "responsible", None, "各镇街便民点", 16),
        ("safeguard-1", "responsible", None, "各镇街便民点", 29),
    ]


def test_brackets_are_not_handed_down(data: Data, plan: Plan) -> None:
    """Who is in charge of some words of a heading is in charge of nothing below it."""
    changed = _with_said(plan, _quoted("heading-3", "重点任务", _named("towns", "各镇街便民点")))
    (found,), (before,) = _index(data, changed).plans, build_index(data).plans
    assert _applying(found, "heading-3") == [("heading-3", "owner", 14)]
    assert found.applying["task-1"] == before.applying["task-1"]
    assert found.obligations == before.obligations


@pytest.mark.parametrize(
    ("words", "asked"), [("开办企业2022年不超过5个工作日", ["days"]), ("便民大厅逐件记录时限", [])]
)
def test_brackets_put_in_charge_of_their_words_alone(data: Data, plan: Plan, words: str, asked: list[str]) -> None:
    """Whoever brackets name has the task for these words, in the role that they say, with the targets in them alone."""
    changed = _with_said(plan, _quoted("task-1", words, _named("towns", "各镇街便民点"), role="lead"))
    unit = _unit(_index(data, changed), "towns")
    first = unit.obligations[0]
    assert (first.id, first.role, first.is_whole, first.owns) == ("task-1", "lead", False, ((words, 16),))
    assert [target.target.id for _, target in unit.targets] == asked


def test_what_is_owned_may_be_more_than_the_words_that_say_so(data: Data, plan: Plan) -> None:
    """A unit owns the words for which brackets hold, on the line of the brackets."""
    governed = "区民生局每年检查一次。"
    said = _quoted("safeguard-2", "每年检查一次", _named("data", "区数据局"), governs=governed)
    last = _unit(_index(data, _with_said(plan, said)), "data").obligations[-1]
    assert (last.id, last.role, last.line, last.owns) == ("safeguard-2", "owner", 31, ((governed, 31),))


def test_the_whole_comes_before_a_higher_role_for_some_words(data: Data, plan: Plan) -> None:
    """A unit that is listed for a task and leads some words of it is listed, and owns these words."""
    led = _quoted("task-3", "专窗有人引导", _named("livelihood", "区民生局"), role="lead")
    index = _index(data, _with_said(plan, led))
    assert _seen(index, "livelihood")[2] == ("task-3", "responsible", None, "区民生局", 25)
    found = _unit(index, "livelihood").obligations[2]
    assert (found.is_whole, found.owns) == (True, (("专窗有人引导", 22),))
    assert _unit(index, "livelihood").counts == _unit(build_index(data), "livelihood").counts


def _with_report(plan: Plan, **changes: Any) -> Plan:
    """Return the plan with its one duty changed."""
    (report,) = plan.safeguards[0].duties
    return _with_part(plan, "safeguard-1", duties=(replace(report, **changes),))


def _acting(index: SiteIndex) -> dict[str, tuple[str, str | None]]:
    """Return the one duty, and the group through which it applies, of each unit that has it."""
    return {e.unit.id: (duty.entry.duty.id, duty.via) for e in index.units for duty in e.duties}


def _receiving(index: SiteIndex) -> set[str]:
    return {entry.unit.id for entry in index.units if entry.receives}


def test_who_acts_and_who_is_reported_to(data: Data, plan: Plan) -> None:
    """A duty is its actor's, and is received by the unit that it is reported to."""
    index = build_index(data)
    assert (_acting(index), _receiving(index)) == ({}, {"convenience"})
    (received,) = _unit(index, "convenience").receives
    assert (received.plan, received.entry.duty.id, received.entry.line, received.via) == (PLAN, "report", 28, None)
    changed = _index(
        data, _with_report(plan, who=(_named("data", "区数据局"),), to=(_named("livelihood", "区民生局"),))
    )
    assert _acting(changed) == {"data": ("report", None)}
    assert _receiving(changed) == {"livelihood"}


def test_a_groups_duty_is_its_members(data: Data, plan: Plan) -> None:
    """What a group does, each member does through it; what a group is told, no member is told itself."""
    towns = (_named("towns", "各镇街便民点"),)
    assert _acting(_index(data, _with_report(plan, who=towns))) == {
        "towns": ("report", None),
        "data": ("report", "towns"),
        "livelihood": ("report", "towns"),
    }
    assert _receiving(_index(data, _with_report(plan, to=towns))) == {"towns"}


def test_a_member_named_beside_its_group_acts_itself(data: Data, plan: Plan) -> None:
    """Its own name comes before its group's, and the duty is listed once."""
    both = (_named("towns", "各镇街便民点"), _named("data", "区数据局"))
    index = _index(data, _with_report(plan, who=both))
    assert [(duty.entry.duty.id, duty.via) for duty in _unit(index, "data").duties] == [("report", None)]


def test_no_member_reports_to_itself(data: Data, plan: Plan) -> None:
    """What a group reports to one of its members is that member's to receive alone."""
    changed = _with_report(plan, who=(_named("towns", "各镇街便民点"),), to=(_named("data", "区数据局"),))
    index = _index(data, changed)
    assert set(_acting(index)) == {"towns", "livelihood"}
    assert _receiving(index) == {"data"}


def test_own_duties_come_before_those_of_a_group(data: Data, plan: Plan) -> None:
    """A unit's duties begin with those that name it."""
    (report,) = plan.safeguards[0].duties
    of_group = replace(report, who=(_named("towns", "各镇街便民点"),))
    own = replace(report, id="own", who=(_named("livelihood", "区民生局"),))
    index = _index(data, _with_part(plan, "safeguard-1", duties=(of_group, own)))
    assert [duty.entry.duty.id for duty in _unit(index, "livelihood").duties] == ["own", "report"]


def test_a_name_that_is_not_registered_acts_for_no_unit(data: Data, plan: Plan) -> None:
    """Several names without a unit are not taken for one another."""
    assert plan.safeguards[0].duties[0].who[0].unit is None
    assert [entry.unit.id for entry in build_index(data).units if entry.duties] == []


def _shared(entry: UnitEntry) -> list[tuple[str, list[str]]]:
    """Return (unit, shared tasks) of each unit that another works with."""
    return [(partner.unit, [task for _, task in partner.tasks]) for partner in entry.works_with]


def test_units_share_tasks(data: Data) -> None:
    """Units work together on the tasks that name both, most first, and on the same ones the other way round."""
    index = build_index(data)
    assert {entry.unit.id: _shared(entry) for entry in index.units} == {
        "convenience": [("data", ["task-1", "task-2"]), ("livelihood", ["task-1", "task-2"])],
        "data": [("livelihood", ["task-1", "task-2", "task-3"]), ("convenience", ["task-1", "task-2"])],
        "livelihood": [("data", ["task-1", "task-2", "task-3"]), ("convenience", ["task-1", "task-2"])],
        "towns": [],
    }


def test_equal_shares_stand_in_the_registrys_order(data: Data) -> None:
    """Units with which one shares as many tasks stand as units.yaml lists them."""
    turned = build_index(replace(data, units=data.units[::-1]))
    assert [unit for unit, _ in _shared(_unit(turned, "convenience"))] == ["livelihood", "data"]


def test_tasks_through_a_group_are_not_shared(data: Data, plan: Plan) -> None:
    """Units that a sector names only through their group share none of its tasks."""
    index = _index(data, _with_list(plan, "sector-2", _named("towns", "各镇街便民点")))
    assert _shared(_unit(index, "data")) == [
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


def test_places_in_the_text(data: Data) -> None:
    """Every part knows the line that begins it; every item those that hold its paragraph and list its units."""
    (plan,) = build_index(data).plans
    assert plan.line_of == {
        "notice_title": 1,
        "addressees": 2,
        "notice_text": 3,
        "issuer": 4,
        "date": 5,
        "publicity": 6,
        "title": 7,
        "preamble": 8,
        "heading": 9,
        "guiding": 10,
        "heading-2": 11,
        "goal-2022": 12,
        "goal-2024": 13,
        "heading-3": 14,
        "sector-1": 15,
        "task-1": 16,
        "task-2": 17,
        "responsibility": 18,
        "sector-2": 21,
        "task-3": 22,
        "responsibility-2": 23,
        "heading-4": 26,
        "safeguard-1": 27,
        "responsibility-3": 29,
        "safeguard-2": 30,
        "responsibility-4": 32,
    }
    assert plan.text_line_of["safeguard-1"] == 28
    assert plan.text_line_of["task-3"] == 22
    listed = [(part, charge.line) for part in plan.charges_of for charge in plan.charges(part, "responsible")]
    assert listed == [("sector-1", 20), ("sector-2", 25), ("safeguard-1", 29), ("safeguard-2", 32)]
    assert plan.issued_on == "2022-03-01"


def test_a_target_is_quoted_with_its_whole_sentence(data: Data) -> None:
    """The words that mark a target widen to their sentence, with its line and address."""
    (plan,) = build_index(data).plans
    days = next(entry for entry in plan.targets if entry.target.id == "days")
    assert days.quote == "开办企业2022年不超过5个工作日,2024年不超过3个工作日。"
    assert (days.line, days.url) == (16, f"plans/{PLAN}/targets/#days")
    assert (days.of.kind, days.of.id, days.of.number) == ("task", "task-1", 1)
    assert plan.targets_of("task-1") == (days,)
    assert [entry.duty.id for entry in plan.duties_of("safeguard-1")] == ["report"]


def test_a_citation_knows_each_mention(data: Data) -> None:
    """A document is mentioned where its title stands in brackets: in the front matter with its line."""
    (plan,) = build_index(data).plans
    seen = {
        entry.citation.id: [(m.of.kind, m.of.id, m.line, m.quote) for m in entry.mentions] for entry in plan.citations
    }
    title = "示例区政府办关于印发《示例区办事便利三年(2022—2024)行动方案》的通知"
    words = "为落实《示例市便民服务办法》(示政发〔2021〕5号),制定本方案。"
    assert seen == {
        "this-plan": [("front", "notice_title", 1, title)],
        "measures": [("front", "preamble", 8, words)],
    }


def test_a_citation_in_an_item_belongs_to_it(data: Data, plan: Plan) -> None:
    """A document named in a task is mentioned by that task, in that sentence."""
    words = "依照《示例市便民服务办法》办理。"
    (found,) = _index(data, _with_words(plan, "task-1", words)).plans
    mention = found.citations[1].mentions[1]
    assert (mention.of.kind, mention.of.id, mention.line, mention.quote) == ("task", "task-1", 16, words)
    assert found.citations_of("task-1") == (found.citations[1],)
    assert found.citations_of("notice_title") == (found.citations[0],)
    assert found.citations_of("task-2") == ()


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
    index = _index(data, _with_said(plan, _said("task-2", "一窗通办", leader, role="supervise")))
    found = {entry.leader.id: entry.sectors for entry in index.leaders}
    assert [(p, part.id) for p, part in found["yi-heping"]] == [(PLAN, "task-2"), (PLAN, "sector-2")]
    assert [(p, part.id) for p, part in found["jia-ming"]] == [(PLAN, "sector-1")]


def _labels(plan: PlanIndex, kind: str) -> list[str]:
    return [owner.label for owner in plan.owners.values() if owner.kind == kind]


def test_parts_are_called_by_their_numbers(data: Data) -> None:
    """Sectors, tasks and safeguards are called by kind and number; goals and other text have no such name."""
    (plan,) = build_index(data).plans
    assert _labels(plan, "sector") == ["板块1", "板块2"]
    assert _labels(plan, "task") == ["任务1", "任务2", "任务3"]
    assert _labels(plan, "safeguard") == ["制度保障1", "制度保障2"]
    assert {*_labels(plan, "goal"), *_labels(plan, "front"), *_labels(plan, "text")} == {""}


@pytest.mark.parametrize(
    ("printed", "labels"),
    [
        (("(一)", "(二)"), ["任务(一)1", "任务(一)2", "任务(二)1"]),
        (("一、", "二、"), ["任务一1", "任务一2", "任务二1"]),
    ],
)
def test_tasks_whose_numbers_repeat_are_called_as_printed(
    data: Data, plan: Plan, printed: tuple[str, str], labels: list[str]
) -> None:
    """All tasks are called by their sector's printed number and their own, without what ends it; the rest as ever."""
    changed = _with_part(plan, "task-3", number=1, number_printed="1.")
    for sector, number in zip(("sector-1", "sector-2"), printed, strict=True):
        changed = _with_part(changed, sector, number_printed=number)
    index = _index(data, changed)
    (found,) = index.plans
    assert _labels(found, "task") == labels
    assert _labels(found, "sector") == ["板块1", "板块2"]
    assert _labels(found, "safeguard") == ["制度保障1", "制度保障2"]
    assert [(o.id, o.number, o.label) for o in _unit(index, "data").obligations] == [
        ("task-3", 1, labels[2]),
        ("task-1", 1, labels[0]),
        ("task-2", 2, labels[1]),
        ("safeguard-1", 1, "制度保障1"),
    ]


def test_a_repeated_number_outside_of_sectors_stands_alone(data: Data, plan: Plan) -> None:
    """A task that lies in no sector has no number before its own."""
    changed = _with_part(plan, "task-3", number=1, number_printed="一、", sector=None)
    (found,) = _index(data, changed).plans
    assert _labels(found, "task") == ["任务(一)1", "任务(一)2", "任务一"]


def test_no_number_does_not_repeat(data: Data, plan: Plan) -> None:
    """Tasks without a number have none in their name, and leave the others theirs."""
    changed = _with_part(plan, "task-1", number=None, number_printed="")
    (found,) = _index(data, _with_part(changed, "task-2", number=None, number_printed="")).plans
    assert _labels(found, "task") == ["任务", "任务", "任务3"]


def test_one_plan_gives_a_unit_no_parts(data: Data) -> None:
    """Where the site has one plan, all that is said of a unit is said once."""
    assert {(e.unit.id, e.plan, e.parts, e.url) for e in build_index(data).units} == {
        (unit, None, (), f"units/{unit}/") for unit in ("convenience", "data", "livelihood", "towns")
    }


def test_a_unit_over_several_plans_has_a_part_for_each(data: Data, plan: Plan) -> None:
    """Each part says what an index of that plan alone says, with an address of its own; the whole says both."""
    other = replace(_with_list(plan, "sector-1", _named("data", "区数据局")), id="other")
    index = _index(data, plan, other)
    for unit in ("convenience", "data", "livelihood", "towns"):
        whole = _unit(index, unit)
        assert (whole.plan, whole.url) == (None, f"units/{unit}/")
        assert whole.parts == tuple(
            replace(_unit(_index(data, one), unit), plan=one.id, url=f"units/{unit}/{one.id}/") for one in (plan, other)
        )
    unit = _unit(index, "livelihood")
    assert [_shared(part) for part in unit.parts] == [
        [("data", ["task-1", "task-2", "task-3"]), ("convenience", ["task-1", "task-2"])],
        [("data", ["task-3"])],
    ]
    assert [[o.id for o in part.obligations] for part in unit.parts] == [
        ["task-1", "task-2", "task-3", "safeguard-1", "safeguard-2"],
        ["task-3", "safeguard-1", "safeguard-2"],
    ]


def test_a_plan_that_does_not_concern_a_unit_gives_it_no_part(data: Data, plan: Plan) -> None:
    """A unit has parts for the plans that say something of it, in the order of the plans, even if there is just one."""
    other = replace(_with_list(plan, "safeguard-1", _named("convenience", "区便民局")), id="other", groups=())
    index = _index(data, other, plan)
    assert {entry.unit.id: [part.plan for part in entry.parts] for entry in index.units} == {
        "convenience": ["other", PLAN],
        "data": ["other", PLAN],
        "livelihood": ["other", PLAN],
        "towns": [PLAN],
    }


def test_being_addressed_or_standing_for_others_concerns_a_unit(data: Data, plan: Plan) -> None:
    """A plan that obliges a unit to nothing has a part of it for what it is sent, and for whom it stands."""
    empty = _with_list(plan, "safeguard-1", _named("convenience", "区便民局"))
    index = _index(data, replace(plan, id="other"), empty, replace(_with_report(empty, to=()), groups=(), id="bare"))
    assert [(part.plan, len(part.obligations), len(part.means)) for part in _unit(index, "towns").parts] == [
        ("other", 1, 1),
        (PLAN, 0, 1),
    ]
    told = replace(_with_report(empty, to=(_named("towns", "各镇街便民点"),)), groups=(), id="told")
    index = _index(data, plan, told)
    assert [(part.plan, len(part.receives)) for part in _unit(index, "towns").parts] == [(PLAN, 0), ("told", 1)]


def test_two_plans_add_up(data: Data, plan: Plan) -> None:
    """A unit has the obligations of both plans, led first; same ids in two plans stay two items."""
    index = _index(data, plan, replace(plan, id="other"))
    unit, alone = _unit(index, "data"), _unit(build_index(data), "data")
    assert [(o.plan, o.id) for o in unit.obligations][:3] == [(PLAN, "task-3"), ("other", "task-3"), (PLAN, "task-1")]
    assert astuple(unit.counts) == tuple(2 * count for count in astuple(alone.counts))
    first, second = unit.works_with
    assert (first.unit, second.unit, len(second.tasks)) == ("livelihood", "convenience", 4)
    assert first.tasks == tuple((p, f"task-{number}") for p in (PLAN, "other") for number in (1, 2, 3))
    assert [p for p, _ in unit.targets] == [PLAN, PLAN, "other", "other"]
    assert [p for p, _ in unit.member_of] == [PLAN, "other"]


def test_a_group_speaks_for_its_own_plan_alone(data: Data, plan: Plan) -> None:
    """Who belongs to a group in one plan has no duty of that group in another."""
    acting = _with_report(plan, who=(_named("towns", "各镇街便民点"),))
    other = replace(acting, id="other", groups=(replace(plan.groups[0], members=()),))
    index = _index(data, acting, other)
    assert [duty.plan for duty in _unit(index, "data").duties] == [PLAN]
    assert [duty.plan for duty in _unit(index, "towns").duties] == [PLAN, "other"]
    assert [o.plan for o in _unit(index, "data").obligations if o.via] == [PLAN]


def test_targets_are_those_of_the_right_plan(data: Data, plan: Plan) -> None:
    """A unit that a task obliges in one plan does not get the targets of the like task in another."""
    other = replace(_with_list(plan, "sector-1", _named("data", "区数据局")), id="other")
    unit = _unit(_index(data, plan, other), "livelihood")
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
