"""The published data `api/v1/`: the index as JSON, in the form that the contract fixes."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from .. import addresses
from ..text.wording import value_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..index.records import (
        Charge,
        CitationEntry,
        DutyEntry,
        Obligation,
        Owner,
        PlanIndex,
        SiteIndex,
        TargetEntry,
        UnitEntry,
    )
    from ..model import Duty, Mention, Oddity, Part, Plan, Safeguard, Sector, Successor, Task, Value

Json = dict[str, Any]

VERSION: Final = "1"
SCHEMAS: Final = Path(__file__).parent / "schema"


def api_files(index: SiteIndex, site_url: str) -> Iterator[tuple[str, bytes]]:
    """Yield every file of `api/v1/` as (address, bytes)."""
    yield addresses.INDEX_API, _encode(_index(index, site_url))
    for plan in index.plans:
        yield addresses.plan_api(plan.id), _encode(_plan(plan))
    yield addresses.UNITS_API, _encode([_unit(entry) for entry in index.units])
    printed = {(plan.id, e.target.id): at for plan in index.plans for at, e in enumerate(plan.all_targets)}
    for entry in index.units:
        yield addresses.unit_api(entry.unit.id), _encode(_unit_whole(entry, printed))
    targets = [{"plan": plan.id, **_target(entry)} for plan in index.plans for entry in plan.all_targets]
    duties = [{"plan": plan.id, **_duty(entry)} for plan in index.plans for entry in plan.duties]
    yield addresses.TARGETS_API, _encode(targets)
    yield addresses.DUTIES_API, _encode(duties)
    for name, content in read_schemas():
        yield addresses.schema_api(name), content


def read_schemas() -> list[tuple[str, bytes]]:
    """Return the JSON Schemas of the published files as (file name, bytes)."""
    return [(path.name, path.read_bytes()) for path in sorted(SCHEMAS.glob("*.json"))]


@cache
def read_fields(record: str) -> tuple[str, ...]:
    """Return the fields of a published record in their order: those that its schema lists."""
    common = json.loads((SCHEMAS / "common.schema.json").read_bytes())
    return tuple(common["$defs"][record]["properties"])


def _encode(content: Json | list[Json]) -> bytes:
    """Write JSON with each record of a list on a line of its own, so that changes can be read."""
    if isinstance(content, list):
        text = _rows(content)
    else:
        text = "{\n" + ",\n".join(f"{_compact(key)}: {_member(value)}" for key, value in content.items()) + "\n}"
    return f"{text}\n".encode()


def _member(value: object) -> str:
    return _rows(value) if isinstance(value, list) and value and isinstance(value[0], dict) else _compact(value)


def _rows(rows: list[Any]) -> str:
    return "[\n" + ",\n".join(_compact(row) for row in rows) + "\n]" if rows else "[]"


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _index(index: SiteIndex, site_url: str) -> Json:
    return {
        "version": VERSION,
        "site_url": site_url,
        "plans": [
            {
                "id": plan.id,
                "title": plan.plan.title,
                "url": addresses.plan(plan.id),
                "api": addresses.plan_api(plan.id),
            }
            for plan in index.plans
        ],
        "units": {"count": len(index.units), "api": addresses.UNITS_API},
    }


def _plan(plan: PlanIndex) -> Json:
    own = plan.plan
    return {
        "id": own.id,
        "title": own.title,
        "issuers": list(own.issuers),
        "issued_on": own.issued_on,
        "period": _period(own),
        "url": addresses.plan(own.id),
        "document_number": own.document_number,
        "official_url": own.official_url,
        "read_on": own.read_on,
        "status": own.validity.status if own.validity else None,
        "replaced_by": own.validity.replaced_by if own.validity else None,
        "effective_on": own.effective_on,
        "valid_until": own.valid_until,
        "title_reading": own.title_reading,
        "edition": {"date": own.edition.date, "number": own.edition.number} if own.edition else None,
        "source": {
            "url": addresses.plan(own.id, "text"),
            "sha256": hashlib.sha256(own.source.encode()).hexdigest(),
            "characters": len(own.source),
            "lines": plan.line_count,
        },
        "goals": [
            {
                "id": goal.id,
                "year": goal.year,
                "text": plan.text_of(goal.id),
                "line": plan.line_of[goal.id],
                "url": plan.owners[goal.id].url,
            }
            for goal in own.goals
        ],
        "sectors": [_sector(plan, sector) for sector in own.sectors],
        "tasks": [_task(plan, task) for task in own.tasks],
        "safeguards": [_safeguard(plan, safeguard) for safeguard in own.safeguards],
        "targets": [_target(entry) for entry in plan.all_targets],
        "duties": [_duty(entry) for entry in plan.duties],
        "citations": [_citation(entry) for entry in plan.citations],
        "oddities": [_oddity(plan, oddity) for oddity in own.oddities],
        **_front(plan),
        "responsibilities": [_charge(one) for one in plan.charges_of[""]],
        "texts": [_text(plan, part) for part in own.texts],
    }


def _period(plan: Plan) -> Json | None:
    return {"start": plan.period.start, "end": plan.period.end, "text": plan.period.text} if plan.period else None


def _front(plan: PlanIndex) -> Json:
    """Return what stands before the goals, and what the plan's groups of units stand for; null where there is none."""
    own = plan.plan
    first = {part.kind: part for part in reversed(own.all_parts)}
    notice, preamble, guiding = (first.get(kind) for kind in ("notice_title", "preamble", "guiding"))
    above = next((part for part in own.all_parts if guiding in part.parts), None)
    return {
        "notice": {
            "title": notice.title,
            "addressees": own.words_of("addressees") or None,
            "text": own.words_of("notice_text") or None,
            "date": own.words_of("date") or None,
            "publicity": own.words_of("publicity") or None,
            "line": plan.line_of[notice.id],
        }
        if notice
        else None,
        "preamble": {"text": preamble.text, "line": plan.line_of[preamble.id]} if preamble else None,
        "guiding": {
            "title": above.title if above else None,
            "text": guiding.text,
            "line": plan.line_of[guiding.id],
        }
        if guiding
        else None,
        "based_on": [entry.citation.id for entry in plan.citations_of("guiding")],
        "groups": [
            {
                "unit": group.group.unit,
                "members": [member.unit for member in group.members],
                "reading": group.reading,
                "note": group.note,
            }
            for group in own.groups
        ],
    }


def _text(plan: PlanIndex, part: Part) -> Json:
    """Return a part that is no goal, sector, task or safeguard."""
    return {
        "id": part.id,
        "kind": part.kind,
        "title": part.title or None,
        "text": "\n".join(paragraph.text for paragraph in part.paragraphs),
        "line": plan.line_of[part.id],
        "url": addresses.line(plan.id, plan.line_of[part.id]),
        "responsibilities": [_charge(one) for one in plan.charges_of.get(part.id, ())],
    }


def _charge(charge: Charge) -> Json:
    """Return who answers for a part, where it is printed."""
    one = charge.responsibility
    whole = (charge.part.kind if charge.part.kind in _COVERED else "part") if charge.part else "plan"
    return {
        "role": one.role,
        "label": one.label,
        "units": [
            {
                "unit": mention.unit,
                "leader": mention.leader,
                "name": mention.name,
                "printed": mention.printed,
                "reading": mention.reading,
                "note": mention.note,
            }
            for mention in one.names
        ],
        "covers": "quote" if one.covers == "quote" else whole,
        "quote": one.quote,
        "line": charge.line,
        "reading": one.reading,
        "note": one.note,
    }


_COVERED: Final = ("sector", "task", "safeguard")


def _named(mentions: Iterable[Mention]) -> list[Json]:
    return [
        {"unit": mention.unit, "printed": mention.printed}
        | ({"reading": mention.reading, "note": mention.note} if mention.reading == "inferred" else {})
        for mention in mentions
    ]


def _sector(plan: PlanIndex, sector: Sector) -> Json:
    leader, lead = sector.supervising_leader, sector.lead_unit
    return {
        "id": sector.id,
        "number": sector.number,
        "title": sector.title,
        "url": plan.owners[sector.id].url,
        "line": plan.line_of[sector.id],
        "supervising_leader": {"id": leader.leader, "name": leader.name, "printed": leader.printed} if leader else None,
        "lead_unit": {"unit": lead.unit, "printed": lead.printed} if lead else None,
        "responsible_units": _named(sector.responsible_units),
        "tasks": [task.id for task in sector.tasks],
        **_printed(plan, sector),
    }


def _printed(plan: PlanIndex, part: Part) -> Json:
    return {
        "number_printed": part.number_printed.strip() or None,
        "responsibilities": [_charge(one) for one in plan.charges_of.get(part.id, ())],
    }


def _task(plan: PlanIndex, task: Task) -> Json:
    return {
        "id": task.id,
        "number": task.number,
        "title": task.title,
        "text": plan.text_of(task.id),
        "sector": task.sector,
        "line": plan.line_of[task.id],
        "url": plan.owners[task.id].url,
        **_contents(plan, task),
        "title_reading": task.title_reading,
        **_printed(plan, task),
        "deadline": _deadline(plan, task),
    }


def _deadline(plan: PlanIndex, part: Part) -> Json | None:
    said = part.deadline
    if said is None:
        return None
    lines = (line.number for line in plan.lines_of[part.id] if said.phrase in line.text)
    return {
        "text": said.text,
        "date": said.date,
        "quote": said.phrase,
        "line": next(lines, plan.line_of[part.id]),
        "reading": said.reading,
        "note": said.note,
    }


def _safeguard(plan: PlanIndex, safeguard: Safeguard) -> Json:
    return {
        "id": safeguard.id,
        "number": safeguard.number,
        "title": safeguard.title,
        "text": safeguard.text,
        "line": plan.line_of[safeguard.id],
        "url": plan.owners[safeguard.id].url,
        "responsible_units": _named(safeguard.responsible_units),
        "owners": [
            {"unit": mention.unit, "printed": mention.printed, "quote": owner.governs}
            for owner in safeguard.owners
            for mention in owner.names
        ],
        **_contents(plan, safeguard),
        **_printed(plan, safeguard),
    }


def _contents(plan: PlanIndex, item: Task | Safeguard) -> Json:
    return {
        "targets": [target.id for target in item.targets],
        "duties": [duty.id for duty in item.duties],
        "citations": [entry.citation.id for entry in plan.citations_of(item.id)],
    }


def _of(owner: Owner) -> Json:
    return {"kind": owner.kind, "id": owner.id}


def _target(entry: TargetEntry) -> Json:
    target = entry.target
    made: Json = {
        "of": _of(entry.of),
        "base": target.values[0].base,
        "values": [_value(value, entry.clause) for value in target.values],
        "quote": entry.quote,
        "line": entry.line,
        "url": entry.url,
    }
    return {name: made[name] if name in made else getattr(target, name) for name in read_fields("target")}


def _value(value: Value, clause: str) -> Json:
    row: Json = {"year": value.year, "comparator": value.comparator, "value": value.value}
    if value.comparator == "between":
        row["upper"] = value.upper
    row |= {"unit": value.unit, "text": value.text, "qualifier": value.qualifier}
    row |= {"said": value_text(value, clause), "reading": value.reading}
    return row | ({"note": value.note} if value.note else {})


def _duty(entry: DutyEntry) -> Json:
    duty = entry.duty
    return {
        "id": duty.id,
        "of": _of(entry.of),
        "who": _named(duty.who),
        "to": _named(duty.to),
        "action": duty.action,
        "frequency": duty.frequency,
        "due": _due(duty),
        "reading": duty.reading,
        **({"note": duty.note} if duty.note else {}),
        "quote": entry.quote,
        "line": entry.line,
        "url": entry.url,
    }


def _due(duty: Duty) -> Json | None:
    if duty.due is None:
        return None
    months = list(duty.due.months)
    if duty.due.day is None:
        # The last day of a month is the 31st, or what the month has instead.
        return {"months": months, "day": 31, "month_end": True}
    return {"months": months, "day": duty.due.day}


def _citation(entry: CitationEntry) -> Json:
    return {
        "id": entry.citation.id,
        "title": entry.citation.title,
        "document_number": entry.citation.document_number,
        "mentions": [
            {"of": _of(mention.of), "quote": mention.quote, "line": mention.line} for mention in entry.mentions
        ],
        "url": entry.url,
    }


def _oddity(plan: PlanIndex, oddity: Oddity) -> Json:
    return {
        "id": oddity.id,
        "line": oddity.line,
        "printed": oddity.printed,
        "reading": oddity.reading,
        "kind": oddity.kind,
        "note": oddity.note,
        "url": f"{addresses.plan(plan.id, 'oddities')}#{oddity.id}",
    }


def _unit(entry: UnitEntry) -> Json:
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


def _unit_whole(entry: UnitEntry, printed: dict[tuple[str, str], int]) -> Json:
    return {
        **_unit(entry),
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
        "url": obligation.url,
    }
