"""What the published data says of a unit: in the list of all, and whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import addresses

if TYPE_CHECKING:
    from ..index.records import Obligation, UnitEntry
    from ..model import Successor
    from .api_records import Json


def unit_json(entry: UnitEntry) -> Json:
    """Return what a list of units says of one."""
    unit, counts = entry.unit, entry.counts
    return {
        "id": unit.id,
        "name": unit.name,
        "kind": unit.kind,
        "kind_doubt": unit.kind_doubt,
        "level": unit.level,
        "is_group": unit.is_group,
        "aliases": [alias.name for alias in unit.aliases],
        "url": entry.url,
        "api": addresses.unit_api(unit.id),
        "counts": {
            "lead_sectors": counts.lead_sectors,
            "responsible_sectors": counts.responsible_sectors,
            "lead_tasks": counts.lead_tasks,
            "responsible_tasks": counts.responsible_tasks,
            "safeguards": counts.safeguards,
        },
    }


def unit_whole_json(entry: UnitEntry, printed: dict[tuple[str, str], int]) -> Json:
    """Return a unit whole; `printed` says in which place of its plan a target is printed."""
    return {
        **unit_json(entry),
        "obligations": [_obligation(obligation) for obligation in entry.obligations],
        "target_count": len(entry.targets),
        "direction_count": len(entry.directions),
        "targets": _asked(entry, "task", printed),
        "safeguard_targets": _asked(entry, "safeguard", printed),
        "duties": [duty.entry.duty.id for duty in entry.duties if duty.via is None],
        "group_duties": [
            {"plan": duty.plan, "id": duty.entry.duty.id, "via": duty.via} for duty in entry.duties if duty.via
        ],
        "receives": list(dict.fromkeys(duty.entry.duty.id for duty in entry.receives)),
        "unnamed_duties": list(dict.fromkeys(duty.entry.duty.id for duty in entry.unnamed)),
        "works_with": [{"unit": partner.unit, "tasks": len(partner.tasks)} for partner in entry.works_with],
        "note": entry.unit.note,
        "names": [{"name": alias.name, "kind": alias.kind, "source": alias.source} for alias in entry.unit.aliases],
        "became": [_change(change.unit.unit if change.unit else None, change) for change in entry.unit.became],
        "was": [_change(unit, change) for unit, change in entry.was],
    }


def _asked(entry: UnitEntry, kind: str, printed: dict[tuple[str, str], int]) -> list[str]:
    """Return the ids of what is asked of a unit by its tasks or its safeguards, directions among them.

    `printed` says in which place of its plan a target is printed.
    """
    found = [*entry.targets, *entry.directions]
    keys = [(plan, target.target.id) for plan, target in found if target.of.kind == kind]
    plans = list(dict.fromkeys(plan for plan, _ in printed))
    return [own for _, own in sorted(keys, key=lambda key: (plans.index(key[0]), printed[key]))]


def _change(unit: str | None, change: Successor) -> Json:
    return {"unit": unit, "on": change.on, "how": change.how, "source": change.source}


def _obligation(obligation: Obligation) -> Json:
    return {
        "plan": obligation.plan,
        "kind": obligation.kind,
        "id": obligation.id,
        "number": obligation.number,
        "title": obligation.title,
        "sector": obligation.sector,
        "role": obligation.role,
        "role_printed": obligation.role_printed,
        "via": obligation.via,
        "printed": obligation.printed,
        "line": obligation.line,
        "owns": [{"quote": phrase, "line": line} for phrase, line in obligation.owns],
        "also": [{"role": role, "role_printed": label, "line": line} for role, label, line in obligation.also],
        "url": obligation.url,
    }
