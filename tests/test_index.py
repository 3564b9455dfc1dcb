"""Cross-references of the tests' little plan, and of that plan with a record or two changed.

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
from generator.model import Mention, Owner
from generator.problems import Location

if TYPE_CHECKING:
    from generator.index.records import SiteIndex, UnitEntry
    from generator.model import Data, Plan

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


def _owner(unit: str, printed: str) -> Owner:
    return Owner(mention=_named(unit, printed), phrase=f"({printed}负责)", phrase_where=HERE)


def _with_safeguard(plan: Plan, number: int, **changes: Any) -> Plan:
    """Return the plan with one safeguard changed."""
    return replace(plan, safeguards=tuple(replace(s, **changes) if s.number == number else s for s in plan.safeguards))


def _with_sector(plan: Plan, number: int, **changes: Any) -> Plan:
    """Return the plan with one sector changed."""
    return replace(plan, sectors=tuple(replace(s, **changes) if s.number == number else s for s in plan.sectors))


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
    index = _index(data, _with_sector(plan, 2, responsible_units=twice))
    assert _seen(index, "livelihood")[2] == ("task-3", "responsible", None, "民生局", 25)
    assert _unit(index, "livelihood").counts == _unit(build_index(data), "livelihood").counts


def test_leading_comes_before_being_listed(data: Data, plan: Plan) -> None:
    """A unit that leads a sector and is listed in it leads it, and counts as leading it alone."""
    index = _index(data, _with_sector(plan, 2, responsible_units=(_named("data", "区数据局"),)))
    assert _seen(index, "data")[0] == ("task-3", "lead", None, "区数据局", 24)
    assert astuple(_unit(index, "data").counts) == (1, 1, 1, 2, 0)


@pytest.mark.parametrize("turned", [False, True])
def test_a_members_own_name_comes_before_its_group(data: Data, plan: Plan, *, turned: bool) -> None:
    """A member that is named beside its group is obliged itself, whichever is printed first."""
    named = (_named("towns", "各镇街便民点"), _named("livelihood", "区民生局", 1))
    index = _index(data, _with_safeguard(plan, 1, responsible_units=named[::-1] if turned else named))
    assert _seen(index, "livelihood")[3] == ("safeguard-1", "responsible", None, "区民生局", 29)
    assert _unit(index, "livelihood").counts.safeguards == 2


def test_a_members_own_name_comes_before_its_groups_brackets(data: Data, plan: Plan) -> None:
    """Being listed itself outweighs being in charge through a group."""
    named = (_named("livelihood", "区民生局"), _named("towns", "各镇街便民点", 1))
    index = _index(data, _with_safeguard(plan, 1, responsible_units=named, owners=(_owner("towns", "各便民点"),)))
    assert _seen(index, "livelihood")[3] == ("safeguard-1", "responsible", None, "区民生局", 29)


def test_a_list_comes_before_brackets_through_a_group_too(data: Data, plan: Plan) -> None:
    """A group that is listed and named in brackets is responsible and owns its words, and so are its members."""
    index = _index(data, _with_safeguard(plan, 1, owners=(_owner("towns", "各便民点"),)))
    assert _seen(index, "towns") == [("safeguard-1", "responsible", None, "各镇街便民点", 29)]
    assert _seen(index, "data")[-1] == ("safeguard-1", "responsible", "towns", "各镇街便民点", 29)
    owned = [o.owns for o in _unit(index, "data").obligations if o.id == "safeguard-1"]
    assert owned == [(("(各便民点负责)", 28),)]


def test_brackets_alone_make_an_owner(data: Data, plan: Plan) -> None:
    """A unit that only brackets name is an owner, with the line of the brackets."""
    index = _index(data, _with_safeguard(plan, 2, owners=(_owner("convenience", "区便民局"),)))
    assert _seen(index, "convenience")[-1] == ("safeguard-2", "owner", None, "区便民局", 31)


def test_an_owner_knows_what_it_owns(data: Data, plan: Plan) -> None:
    """An obligation by brackets carries what they put it in charge of, its own alone; one by a list carries nothing."""
    owners = (_owner("convenience", "区便民局"), _owner("data", "区数据局"), _owner("convenience", "便民局"))
    index = _index(data, _with_safeguard(plan, 1, owners=owners))
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


def test_a_group_named_by_a_sector_obliges_its_members(data: Data, plan: Plan) -> None:
    """A sector that lists a group gives its tasks to the members, through the group."""
    index = _index(data, _with_sector(plan, 2, responsible_units=(_named("towns", "各镇街便民点"),)))
    assert ("task-3", "responsible", "towns", "各镇街便民点", 25) in _seen(index, "livelihood")
    assert astuple(_unit(index, "livelihood").counts) == (0, 1, 0, 2, 1)


def _with_report(plan: Plan, **changes: Any) -> Plan:
    """Return the plan with its one duty changed."""
    (report,) = plan.safeguards[0].duties
    return _with_safeguard(plan, 1, duties=(replace(report, **changes),))


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
    index = _index(data, _with_safeguard(plan, 1, duties=(of_group, own)))
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
    index = _index(data, _with_sector(plan, 2, responsible_units=(_named("towns", "各镇街便民点"),)))
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
    """Every item knows the lines that begin it, hold its paragraph and list its units."""
    (plan,) = build_index(data).plans
    assert plan.line_of == {
        "goal-2022": 12,
        "goal-2024": 13,
        "sector-1": 15,
        "task-1": 16,
        "task-2": 17,
        "sector-2": 21,
        "task-3": 22,
        "safeguard-1": 27,
        "safeguard-2": 30,
    }
    assert plan.text_line_of["safeguard-1"] == 28
    assert plan.text_line_of["task-3"] == 22
    assert plan.units_line_of == {"sector-1": 20, "sector-2": 25, "safeguard-1": 29, "safeguard-2": 32}
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
    first = plan.sectors[0].tasks[0]
    added = replace(first, sentences=(*first.sentences, words))
    source = plan.source.replace("便民大厅逐件记录时限。", f"便民大厅逐件记录时限。{words}")
    changed = replace(_with_sector(plan, 1, tasks=(added, *plan.sectors[0].tasks[1:])), source=source)
    (found,) = _index(data, changed).plans
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
    other = replace(_with_sector(plan, 1, responsible_units=(_named("data", "区数据局"),)), id="other")
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
