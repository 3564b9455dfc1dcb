"""Who answers for a plan, a sector, a task or a safeguard: as it is printed, where, and for what it holds."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..terms import MARKS, REASONS, ROLES
from .common import listing
from .links import Link, item_link, line_link, mention_links, unit_link
from .names import PrintedNames, printed_list
from .shape import is_by_sector

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..index.records import Charge, PlanIndex, SiteIndex
    from ..model import Group, Mention, Part, Responsibility
    from .rows import Rows


@dataclass(frozen=True, slots=True, kw_only=True)
class WhoRow:
    """Words that say who answers for something."""

    label: str
    """As printed: 总牵头单位; the role where brackets or running words say it."""
    names: tuple[PrintedNames, ...]
    is_lead: bool
    line: Link
    holds: str
    """For what it holds, where that is more than the item at hand and not said above: 本板块, 全文."""
    phrase: str
    """The printed words for which alone it holds; empty where it holds for the whole."""
    mark: str
    notes: tuple[str, ...]
    """Why something about it is read so, each with a word that says what the note is."""
    unit_count: int
    """How many are named, each counted once."""
    mention_count: int
    """How often one of them is printed."""
    repeated: tuple[Link, ...]
    """Those that are printed more than once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefRow:
    """The same in short: the names, or how many there are."""

    label: str
    names: tuple[PrintedNames, ...]
    """Empty where only their number is said."""
    is_lead: bool
    count: int
    mark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """Who answers for an item."""

    sector: Link
    """The sector to which it belongs; empty where it belongs to none."""
    hint: str
    """How the plan names units; empty where the rows say it."""
    brief: tuple[BriefRow, ...]
    rows: tuple[WhoRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupRow:
    """A group of units and what it stands for."""

    group: Link
    members: tuple[Link, ...]
    mark: str
    note: str


def who(rows: Rows, plan: PlanIndex, item: Part) -> Who:
    """Say who answers for a sector, task or safeguard."""
    is_said = item.kind == "task" and is_by_sector(plan)
    charges = in_order(plan, item)
    sector = plan.sector(item.sector) if item.kind == "task" and item.sector else None
    return Who(
        sector=item_link(plan, sector) if sector else Link(""),
        hint=_per_sector(plan) if is_said else "",
        brief=tuple(_brief(charge, item) for charge in charges if charge.responsibility.covers != "quote"),
        rows=tuple(_row(rows, plan, charge, "" if is_said else _holds(charge, item)) for charge in charges),
    )


def in_order(plan: PlanIndex, item: Part) -> list[Charge]:
    """Return all that applies to an item: what is printed with it first, for the whole of it before some words."""

    def distance(charge: Charge) -> int:
        if charge.part is None:
            return 3
        return 2 if charge.part.id != item.id else int(charge.responsibility.covers == "quote")

    return sorted(plan.applying[item.id], key=distance)


def whole_plan(rows: Rows, plan: PlanIndex) -> tuple[WhoRow, ...]:
    """Say who answers for the whole of a plan."""
    return tuple(_row(rows, plan, charge, "") for charge in plan.charges_of[""])


def lead_text(plan: PlanIndex, item: Part) -> str:
    """Say who leads an item, by the words that stand nearest to it: 总牵头单位区发展改革局."""
    leads = [
        charge.responsibility
        for charge in plan.applying[item.id]
        if charge.responsibility.role == "lead" and charge.responsibility.covers != "quote"
    ]
    names = "、".join(mention.name for mention in leads[-1].names) if leads else ""
    return f"{leads[-1].label or ROLES['lead']}{names}" if names else ""


def label_of(charge: Charge) -> str:
    """Return what stands in front of names: the printed label, or else the role."""
    return charge.responsibility.label or ROLES[charge.responsibility.role]


def leaders_label(index: SiteIndex, leader: str = "") -> str:
    """Return what the plans call those who supervise, or one of them: 督办领导; 领导 where they have several words."""
    labels = {
        one.label
        for plan in index.plans
        for part in plan.plan.all_parts
        for one in part.responsibilities
        if one.role == "supervise" and one.label and any(m.leader and leader in ("", m.leader) for m in one.names)
    }
    return labels.pop() if len(labels) == 1 else "领导" if labels else "督办领导"


def led_text(index: SiteIndex) -> str:
    """Say what leaders supervise: 板块和任务."""
    kinds = {part.kind for entry in index.leaders for _, part in entry.sectors}
    return listing([name for kind, name in (("sector", "板块"), ("task", "任务")) if kind in kinds]) or "任务"


def supervises(label: str | None) -> str:
    """Say what those do whom a printed label calls so: 督办, 分管."""
    called = label or ""
    return called.removesuffix("领导") if called.endswith("领导") and called != "领导" else "督办"


def _per_sector(plan: PlanIndex) -> str:
    found = [charge.responsibility for sector in plan.sectors for charge in plan.charges_of.get(sector.id, ())]
    leaders = [one.label or ROLES[one.role] for one in found if one.role == "supervise"]
    roles = {one.role for one in found if one.role != "supervise"}
    units = listing([word for role, word in ROLES.items() if role in roles])
    named = "、".join(filter(None, (*leaders[:1], f"{units}单位")))
    return f"方案按板块列出{named}，没有逐项任务分工。"


def _holds(charge: Charge, item: Part) -> str:
    if charge.part is None:
        return "全文"
    if charge.part.id == item.id:
        return ""
    return "本板块" if charge.part.kind == "sector" else f"“{charge.part.title}”这一部分"


def _brief(charge: Charge, item: Part) -> BriefRow:
    one = charge.responsibility
    is_short = one.role in {"supervise", "lead"} or (charge.part is not None and charge.part.id == item.id)
    return BriefRow(
        label=label_of(charge),
        names=tuple(replace(found, printed="") for found in printed_list(one.names)) if is_short else (),
        is_lead=one.role == "lead",
        count=len(_counted(one.names)),
        mark=MARKS[one.reading],
    )


def _row(rows: Rows, plan: PlanIndex, charge: Charge, holds: str) -> WhoRow:
    one = charge.responsibility
    printed = _counted(one.names)
    return WhoRow(
        label=label_of(charge),
        names=printed_list(one.names),
        is_lead=one.role == "lead",
        line=line_link(plan.id, charge.line),
        holds=holds,
        phrase=one.governs if one.covers == "quote" else "",
        mark=MARKS[one.reading],
        notes=tuple(dict.fromkeys(_notes(charge))),
        unit_count=len(printed),
        mention_count=printed.total(),
        repeated=tuple(_named(rows, one.names, key) for key, count in printed.items() if count > 1),
    )


def _notes(charge: Charge) -> Iterator[str]:
    found: tuple[Responsibility | Mention, ...] = (charge.responsibility, *charge.responsibility.names)
    for read in found:
        if read.note:
            yield f"{REASONS[read.reading]}：{read.note}"


def _counted(mentions: Iterable[Mention]) -> Counter[str]:
    return Counter(mention.unit or mention.leader or mention.name for mention in mentions)


def _named(rows: Rows, mentions: tuple[Mention, ...], key: str) -> Link:
    found = next(m for m in mentions if key in (m.unit, m.leader, m.name))
    return unit_link(rows.index, found.unit) if found.unit else mention_links([found])[0]


def group_mark(group: Group) -> str:
    """Return the mark of what a group stands for; without members there is nothing that could be inferred."""
    return MARKS[group.reading] if group.members or group.reading == "proposed" else ""


def group_rows(rows: Rows, plan: PlanIndex, units: tuple[str | None, ...]) -> tuple[GroupRow, ...]:
    """Say what groups of units stand for."""
    found = [(unit_link(rows.index, unit), plan.groups[unit]) for unit in units if unit]
    return tuple(
        GroupRow(
            group=link,
            members=mention_links(group.members),
            mark=group_mark(group),
            note=group.note,
        )
        for link, group in found
    )
