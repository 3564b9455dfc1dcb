"""What the published data says of a plan: its head, its parts and what was made of them."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from .. import addresses
from .api_records import charge_json, citation_json, duty_json, named_json, oddity_json, target_json

if TYPE_CHECKING:
    from ..index.records import PlanIndex
    from ..model import Goal, Part, Plan, Safeguard, Sector, Task
    from .api_records import Json


def plan_json(plan: PlanIndex) -> Json:
    """Return a plan whole."""
    own = plan.plan
    return {
        **_head(plan),
        "goals": [_goal(plan, goal) for goal in own.goals],
        "sectors": [_sector(plan, sector) for sector in own.sectors],
        "tasks": [_task(plan, task) for task in own.tasks],
        "safeguards": [_safeguard(plan, safeguard) for safeguard in own.safeguards],
        "targets": [target_json(entry) for entry in plan.all_targets],
        "duties": [duty_json(entry) for entry in plan.duties],
        "citations": [citation_json(entry) for entry in plan.citations],
        "oddities": [oddity_json(plan, oddity) for oddity in own.oddities],
        **_front(plan),
        "responsibilities": [charge_json(one) for one in plan.charges_of[""]],
        "texts": [_text(plan, part) for part in own.texts],
        "reading": "proposed" if own.is_proposed else "printed",
        "unconfirmed": own.unconfirmed,
    }


def _head(plan: PlanIndex) -> Json:
    """Return what says which plan it is, and on what it rests."""
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
    }


def _goal(plan: PlanIndex, goal: Goal) -> Json:
    return {
        "id": goal.id,
        "year": goal.year,
        "text": plan.text_of(goal.id),
        "line": plan.line_of[goal.id],
        "url": plan.owners[goal.id].url,
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
        "responsibilities": [charge_json(one) for one in plan.charges_of.get(part.id, ())],
    }


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
        "responsible_units": named_json(sector.responsible_units),
        "tasks": [task.id for task in sector.tasks],
        **_printed(plan, sector),
    }


def _printed(plan: PlanIndex, part: Part) -> Json:
    return {
        "number_printed": part.number_printed.strip() or None,
        "responsibilities": [charge_json(one) for one in plan.charges_of.get(part.id, ())],
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
        "responsible_units": named_json(safeguard.responsible_units),
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
