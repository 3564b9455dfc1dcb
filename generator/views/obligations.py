"""What a unit is obliged to, by role and sector, as its page shows it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from .. import addresses
from ..model.units import read_as
from ..terms import MARKS, ROLE_TASKS, ROLES
from .common import listing
from .links import Link, item_link, line_link, unit_link
from .shape import is_by_sector

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..index.records import Charge, Obligation, PlanIndex, UnitEntry
    from ..model import Unit
    from ..model.units import Reading
    from ..terms import Role
    from .rows import ItemRow, Rows


@dataclass(frozen=True, slots=True, kw_only=True)
class NamingRow:
    """How the plan names the unit, and where."""

    roles: tuple[str, ...]
    """Empty where the part of the page says it; two where the unit is listed and named in brackets."""
    via: Link
    """The group through which it applies, if there is one."""
    printed: str
    """The name as the plan prints it here; empty where that is the unit's own, or the group's."""
    where: str
    """In what way the line names it: by its label, in the list of units, or in brackets."""
    line: Link
    mark: str
    """Whether the role, or who is meant, is the site's reading."""
    bracketed: Link
    """Where brackets name it as well, if it is listed; empty if nowhere."""
    also: tuple[tuple[str, Link], ...]
    """In what other roles it is named, and where: (列入“配合单位”, the line)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ObligationRow:
    """A task or safeguard in which the unit appears and that names its units itself."""

    item: ItemRow
    naming: NamingRow
    phrases: tuple[str, ...]
    """What brackets in the text put the unit in charge of: those words, not all targets beside them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ObligationGroup:
    """The obligations under one heading: the tasks of a sector, other tasks, or the safeguards."""

    id: str
    """Empty where the part of the page holds them together, or another part has the sector already."""
    title: Link
    """Empty where it would only repeat that of the part."""
    work: str
    """How the plan is cited, if there are several."""
    naming: NamingRow | None
    """Of all its tasks, where a sector names the units for them."""
    tasks: tuple[ItemRow, ...]
    named: tuple[ObligationRow, ...]
    """Those that name the unit each by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleSection:
    """The obligations in one role."""

    id: str
    title: str
    warning: str
    """What a reader must not miss; empty if there is nothing."""
    hint: str
    groups: tuple[ObligationGroup, ...]


_PER_SECTOR: Final = "只按板块列出单位，没有逐项任务分工。"
_TITLES: Final[dict[str, str]] = {**dict(ROLE_TASKS.items()), "safeguards": "制度保障", "via": "经统称适用的事项"}
"""Id of a part of the page → its title: tasks by the unit's role, and what is told apart from them."""
_TASKS: Final = frozenset(ROLES)
"""The parts that hold tasks."""


def parts(rows: Rows, entry: UnitEntry) -> tuple[RoleSection, ...]:
    """Return the parts of a unit's page that hold anything."""
    found = [_part(rows, entry, part, chosen) for part, chosen in by_part(entry).items()]
    return tuple(_with_anchors(found))


def by_part(entry: UnitEntry) -> dict[str, list[Obligation]]:
    """Sort a unit's obligations into the parts of its page."""
    found: dict[str, list[Obligation]] = {part: [] for part in _TITLES}
    for obligation in entry.obligations:
        found[part_of(obligation)].append(obligation)
    return {part: chosen for part, chosen in found.items() if chosen}


def role_counts(entry: UnitEntry) -> Counter[str]:
    """Count a unit's obligations by the part of its page in which they stand."""
    return Counter({part: len(chosen) for part, chosen in by_part(entry).items()})


def sector_counts(rows: Rows, entry: UnitEntry) -> Counter[str]:
    """Count the sectors that name a unit, each by the foremost of its roles."""
    found: Counter[str] = Counter()
    for plan in rows.index.plans:
        for sector in plan.sectors:
            roles = {r.role for r in sector.responsibilities if any(m.unit == entry.unit.id for m in r.names)}
            found.update([role for role in ROLES if role in roles][:1])
    return found


def subject(unit: Unit) -> str:
    """Return how a page speaks of its unit: a group (群体) is no unit but a name for several."""
    return "该统称" if unit.is_group else "该单位"


def part_of(obligation: Obligation) -> str:
    """Return the id of the part that an obligation stands in."""
    if obligation.via:
        return "via"
    return "safeguards" if obligation.kind == "safeguard" else obligation.role


def targets_note(rows: Rows, entry: UnitEntry) -> tuple[str, str]:
    """Return what a reader of a unit's targets must not miss, and of what items they are."""
    plans = [rows.index.plan(plan_id) for plan_id in dict.fromkeys(plan_id for plan_id, _ in entry.targets)]
    found = [one for plan in plans for every in plan.obligations.values() for one in every if one.via is None]
    present = {part_of(one) for one in found}
    has_safeguards = "safeguards" in present
    if plans and all(map(is_by_sector, plans)):
        rest = "；制度保障里写明单位的，以该处原文为准。" if has_safeguards else "。"
        warning = f"任务的目标，方案没有写明由哪个单位承担{rest}"
    else:
        warning = "一处列出几个单位的，其中的目标由谁承担，以该处原文为准。"
    if not (plans and all(map(is_by_sector, plans))):
        # Where tasks name their units, the roles of others would only be in the way.
        found = list(entry.obligations)
        present = {part_of(one) for one in found}
        has_safeguards = "safeguards" in present
    words = [title for part, title in _TITLES.items() if part in present and part != "safeguards"]
    kinds = listing([*words, *(["列名的制度保障"] if has_safeguards else [])])
    some = any(one.kind == "task" and not one.is_whole for one in found)
    extent = "所提的目标；只对几句话列名的，只列那几句话里的。" if some else "所提的全部目标。"
    return warning, f"以下是{subject(entry.unit)}{kinds}{extent}"


def _with_anchors(found: list[RoleSection]) -> Iterator[RoleSection]:
    """Let each anchor stand but once on the page."""
    seen: set[str] = set()
    for part in found:
        groups = tuple(replace(group, id="") if group.id in seen else group for group in part.groups)
        seen |= {group.id for group in groups}
        yield replace(part, groups=groups)


def _part(rows: Rows, entry: UnitEntry, part: str, chosen: list[Obligation]) -> RoleSection:
    warning, hint = _words(rows, part, chosen)
    return RoleSection(
        id=part,
        title=f"{_TITLES[part]}（{len(chosen)}）",
        warning=warning,
        hint=hint.replace("该单位", subject(entry.unit)),
        groups=tuple(_groups(rows, entry.unit.name, chosen)),
    )


def _words(rows: Rows, part: str, chosen: list[Obligation]) -> tuple[str, str]:
    """Return what a reader must not miss of a part of the page, and how the unit is named in it."""
    plans = [rows.index.plan(plan_id) for plan_id in dict.fromkeys(one.plan for one in chosen)]
    if part == "via":
        return "方案没有直接点名，只写了统称。", _via(plans, chosen)
    if part == "safeguards":
        return "", _safeguards(plans)
    origins = {_origin(rows.index.plan(one.plan), one) for one in chosen}
    hint = _named(part, chosen, origins)
    if not all(one.is_whole for one in chosen):
        hint += "只对其中几句话列名的，写明是哪几句。"
    said = [plan.plan.short_title for plan in plans if is_by_sector(plan)]
    who = "方案" if len(said) == len(rows.index.plans) else "".join(f"《{title}》" for title in said)
    return f"{who}{_PER_SECTOR}" if said else "", hint


def _named(role: str, chosen: list[Obligation], origins: set[str]) -> str:
    label = _label(chosen)
    if role == "owner":
        return "正文在括注里写明由该单位负责。"
    if not all(one.role_printed for one in chosen):
        return f"下列任务由该单位{_DOES[chosen[0].role]}。"
    if origins == {"sector"}:
        if role == "lead":
            return f"该单位是下列板块的{label}，板块中的任务全部列出。"
        return f"该单位在下列板块的{label}中列名，板块中的任务全部列出；具体承担哪几项，方案没有写明。"
    if origins == {"plan"}:
        return f"方案对全文写明该单位是{label}，任务全部列出；具体承担哪几项，方案没有写明。"
    if origins == {"task"}:
        return f"该单位在下列任务的{label}中列名。"
    return f"该单位在下列任务、或者它们所属板块或全文的{label}中列名。"


_DOES: Final[dict[Role, str]] = {**ROLES, "responsible": "负责", "owner": "负责"}
"""Role → what a unit does in it."""


def _label(chosen: list[Obligation]) -> str:
    """Return the printed label where all have the same, else the role."""
    labels = {one.role_printed for one in chosen}
    return (labels.pop() if len(labels) == 1 else None) or f"{ROLES[chosen[0].role]}单位"


def _origin(plan: PlanIndex, obligation: Obligation) -> str:
    """Say with what the unit is printed: the "task" itself, its "sector", or the whole "plan"."""
    if any(charge.line == obligation.line for charge in plan.charges_of.get(obligation.id, ())):
        return "task"
    is_plan = any(charge.line == obligation.line for charge in plan.charges_of[""])
    return "plan" if is_plan else "sector"


def _safeguards(plans: list[PlanIndex]) -> str:
    found = [r for plan in plans for item in plan.safeguards for r in item.responsibilities]
    labels = list(dict.fromkeys(one.label or f"{ROLES[one.role]}单位" for one in found if one.role != "owner"))
    listed = f"在制度保障的{listing(labels)}中列名" if labels else ""
    bracketed = "由正文括注负责" if any(one.role == "owner" for one in found) else ""
    return f"该单位{'，或者'.join(filter(None, (listed, bracketed)))}。"


def _via(plans: list[PlanIndex], chosen: list[Obligation]) -> str:
    readings = {plan.groups[one.via].reading for plan in plans for one in chosen if one.via in plan.groups}
    if "proposed" in readings:
        return "是否适用还没有核对，依据见"
    if readings == {"inferred"}:
        return "是否适用由本站推断，依据见"
    return "统称指哪些单位，原文写明，见" if readings == {"printed"} else "有的是否适用由本站推断，依据见"


def _groups(rows: Rows, name: str, obligations: Iterable[Obligation]) -> Iterator[ObligationGroup]:
    groups: dict[tuple[str, str | None, str], list[Obligation]] = {}
    for obligation in obligations:
        groups.setdefault((obligation.plan, obligation.sector, obligation.kind), []).append(obligation)
    for (plan_id, sector_id, kind), found in groups.items():
        if kind == "safeguard":
            yield _safeguard_group(rows, name, plan_id, found)
        else:
            yield _task_group(rows, name, rows.index.plan(plan_id), sector_id, found)


def _task_group(
    rows: Rows, name: str, plan: PlanIndex, sector_id: str | None, obligations: list[Obligation]
) -> ObligationGroup:
    plan_id = plan.id
    link = item_link(plan, plan.sector(sector_id)) if sector_id else Link("", addresses.plan(plan_id, "tasks"))
    title = "：".join(filter(None, (rows.plan_name(plan_id), link.text)))
    # What one line says of all of them is said once.
    is_shared = (
        all(_origin(plan, one) != "task" for one in obligations) and len({(o.line, o.also) for o in obligations}) == 1
    )
    return ObligationGroup(
        id=addresses.sector_anchor(plan_id, sector_id) if sector_id else "",
        title=Link(title, link.url) if title else Link(""),
        work=rows.plan_work(plan_id),
        naming=_naming(rows, name, obligations[0]) if is_shared else None,
        tasks=tuple(rows.item(plan_id, obligation.id) for obligation in obligations) if is_shared else (),
        named=() if is_shared else tuple(_row(rows, name, obligation) for obligation in obligations),
    )


def _safeguard_group(rows: Rows, name: str, plan_id: str, obligations: list[Obligation]) -> ObligationGroup:
    # The part is called 制度保障 already, unless it holds what applies through groups.
    words = "制度保障" if part_of(obligations[0]) == "via" else ""
    title = "：".join(filter(None, (rows.plan_name(plan_id), words)))
    return ObligationGroup(
        id="",
        title=Link(title, addresses.plan(plan_id, "safeguards")),
        work=rows.plan_work(plan_id),
        naming=None,
        tasks=(),
        named=tuple(_row(rows, name, obligation) for obligation in obligations),
    )


def _row(rows: Rows, name: str, obligation: Obligation) -> ObligationRow:
    return ObligationRow(
        item=rows.item(obligation.plan, obligation.id),
        naming=_naming(rows, name, obligation),
        phrases=obligation.phrases,
    )


_PLAIN: Final = {None, "总牵头单位", *(f"{word}单位" for word in ROLES.values())}
"""Labels that say no more than the role of those whom they name."""


def _reading(charge: Charge, obligation: Obligation) -> Reading:
    """Return how words that name a unit are read."""
    one = charge.responsibility
    if charge.line != obligation.line or one.role != obligation.role:
        return "printed"
    found = [mention for mention in one.names if mention.printed == obligation.printed]
    return read_as((one.reading, *(m.reading for m in found))) if found else "printed"


def _naming(rows: Rows, name: str, obligation: Obligation) -> NamingRow:
    via = unit_link(rows.index, obligation.via) if obligation.via else Link("")
    is_both = bool(obligation.owns) and obligation.is_whole and obligation.role != "owner"
    roles: tuple[Role, ...] = (obligation.role, "owner") if is_both else (obligation.role,)
    plan = rows.index.plan(obligation.plan)
    where = "列名" if obligation.role_printed in _PLAIN else f"列入“{obligation.role_printed}”"
    return NamingRow(
        roles=() if part_of(obligation) in _TASKS else tuple(ROLES[role] for role in roles),
        via=via,
        printed=obligation.printed if obligation.printed not in (name, via.text) else "",
        where="括注" if obligation.role == "owner" else where,
        line=line_link(obligation.plan, obligation.line),
        mark=MARKS[read_as(_reading(charge, obligation) for charge in plan.applying[obligation.id])],
        bracketed=line_link(obligation.plan, obligation.owns[0][1]) if is_both else Link(""),
        also=tuple(
            (f"列入“{label}”" if label else f"写明{ROLES[role]}", line_link(obligation.plan, line))
            for role, label, line in obligation.also
        ),
    )
