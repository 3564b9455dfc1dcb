"""Who acts and who is reported to."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from generator.index.build import build_index
from tests.index.conftest import PLAN, index_of, mention, unit_of, with_part, with_report

if TYPE_CHECKING:
    from generator.index.records import SiteIndex
    from generator.model import Data, Plan


def _acting(index: SiteIndex) -> dict[str, tuple[str, str | None]]:
    """Return the one duty, and the group through which it applies, of each unit that has it."""
    return {e.unit.id: (duty.entry.duty.id, duty.via) for e in index.units for duty in e.duties}


def _receiving(index: SiteIndex) -> set[str]:
    return {entry.unit.id for entry in index.units if entry.receives}


def test_who_acts_and_who_is_reported_to(data: Data, plan: Plan) -> None:
    """A duty is its actor's, and is received by the unit that it is reported to."""
    index = build_index(data)
    assert (_acting(index), _receiving(index)) == ({}, {"convenience"})
    (received,) = unit_of(index, "convenience").receives
    assert (received.plan, received.entry.duty.id, received.entry.line, received.via) == (PLAN, "report", 28, None)
    changed = index_of(
        data, with_report(plan, who=(mention("data", "区数据局"),), to=(mention("livelihood", "区民生局"),))
    )
    assert _acting(changed) == {"data": ("report", None)}
    assert _receiving(changed) == {"livelihood"}


def test_a_groups_duty_is_its_members(data: Data, plan: Plan) -> None:
    """What a group does, each member does through it; what a group is told, no member is told itself."""
    towns = (mention("towns", "各镇街便民点"),)
    assert _acting(index_of(data, with_report(plan, who=towns))) == {
        "towns": ("report", None),
        "data": ("report", "towns"),
        "livelihood": ("report", "towns"),
    }
    assert _receiving(index_of(data, with_report(plan, to=towns))) == {"towns"}


def test_a_member_named_beside_its_group_acts_itself(data: Data, plan: Plan) -> None:
    """Its own name comes before its group's, and the duty is listed once."""
    both = (mention("towns", "各镇街便民点"), mention("data", "区数据局"))
    index = index_of(data, with_report(plan, who=both))
    assert [(duty.entry.duty.id, duty.via) for duty in unit_of(index, "data").duties] == [("report", None)]


def test_no_member_reports_to_itself(data: Data, plan: Plan) -> None:
    """What a group reports to one of its members is that member's to receive alone."""
    changed = with_report(plan, who=(mention("towns", "各镇街便民点"),), to=(mention("data", "区数据局"),))
    index = index_of(data, changed)
    assert set(_acting(index)) == {"towns", "livelihood"}
    assert _receiving(index) == {"data"}


def test_own_duties_come_before_those_of_a_group(data: Data, plan: Plan) -> None:
    """A unit's duties begin with those that name it."""
    (report,) = plan.safeguards[0].duties
    of_group = replace(report, who=(mention("towns", "各镇街便民点"),))
    own = replace(report, id="own", who=(mention("livelihood", "区民生局"),))
    index = index_of(data, with_part(plan, "safeguard-1", duties=(of_group, own)))
    assert [duty.entry.duty.id for duty in unit_of(index, "livelihood").duties] == ["own", "report"]


def test_a_name_that_is_not_registered_acts_for_no_unit(data: Data, plan: Plan) -> None:
    """Several names without a unit are not taken for one another."""
    assert plan.safeguards[0].duties[0].who[0].unit is None
    assert [entry.unit.id for entry in build_index(data).units if entry.duties] == []
