"""What a unit is obliged to, by role and sector, as its page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .. import addresses
from ..terms import ROLES
from .common import Link, line_link, sector_link, unit_link

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..entries import Obligation, PlanIndex, UnitEntry
    from ..model import Unit
    from .rows import ItemRow, Rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """How the plan names the unit, and where."""

    roles: tuple[str, ...]
    """Empty where the part of the page says it; two where the unit is listed and named in brackets."""
    via: Link
    """The group through which it applies, if there is one."""
    printed: str
    """The name as the plan prints it here; empty where that is the unit's own, or the group's."""
    where: str
    """In what way the line names it: in the list of units, or in brackets."""
    line: Link
    bracketed: Link
    """Where brackets name it as well, if it is listed; empty if nowhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ObligationRow:
    """A safeguard in which the unit appears; each names its units itself."""

    item: ItemRow
    naming: Naming
    phrases: tuple[str, ...]
    """What brackets in the text put the unit in charge of: those words, not all targets beside them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ObligationGroup:
    """The obligations under one heading: the tasks of a sector, or the safeguards."""

    id: str
    """Empty for safeguards, which the part of the page holds together."""
    title: Link
    """Empty where it would only repeat that of the part."""
    work: str
    """How the plan is cited, if there are several."""
    naming: Naming | None
    """A sector names the units for all its tasks."""
    tasks: tuple[ItemRow, ...]
    safeguards: tuple[ObligationRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The obligations in one role."""

    id: str
    title: str
    warning: str
    """What a reader must not miss; empty if there is nothing."""
    hint: str
    groups: tuple[ObligationGroup, ...]


_PER_SECTOR = "方案只按板块列出单位，没有逐项任务分工。"

_PARTS = (
    ("lead", "牵头的任务", _PER_SECTOR, "该单位是下列板块的总牵头单位，板块中的任务全部列出。"),
    (
        "responsible",
        "列为责任单位的任务",
        _PER_SECTOR,
        "该单位在下列板块的责任单位中列名，板块中的任务全部列出；具体承担哪几项，方案没有写明。",
    ),
    ("safeguards", "制度保障", "", "该单位在制度保障的责任单位中列名，或者由正文括注负责。"),
    ("via", "经统称适用的事项", "方案没有直接点名，只写了统称。", "是否适用由本站推断，依据见"),
)


def parts(rows: Rows, entry: UnitEntry) -> tuple[Part, ...]:
    """Return the parts of a unit's page that hold anything."""
    found = (_part(rows, entry, *row) for row in _PARTS)
    return tuple(part for part in found if part.groups)


def subject(unit: Unit) -> str:
    """Return how a page speaks of its unit: a group (群体) is no unit but a name for several."""
    return "该统称" if unit.is_group else "该单位"


def part_of(obligation: Obligation) -> str:
    """Return the id of the part that an obligation stands in."""
    if obligation.via:
        return "via"
    if obligation.kind == "safeguard":
        return "safeguards"
    return "lead" if obligation.role == "lead" else "responsible"


def _part(rows: Rows, entry: UnitEntry, *words: str) -> Part:
    part_id, title, warning, hint = words
    chosen = [obligation for obligation in entry.obligations if part_of(obligation) == part_id]
    return Part(
        id=part_id,
        title=f"{title}（{len(chosen)}）",
        warning=warning,
        hint=hint.replace("该单位", subject(entry.unit)),
        groups=tuple(_groups(rows, entry.unit.name, chosen)),
    )


def _groups(rows: Rows, name: str, obligations: Iterable[Obligation]) -> Iterator[ObligationGroup]:
    groups: dict[tuple[str, str | None], list[Obligation]] = {}
    for obligation in obligations:
        groups.setdefault((obligation.plan, obligation.sector), []).append(obligation)
    for (plan_id, sector_id), found in groups.items():
        if sector_id:
            yield _sector_group(rows, name, rows.index.plan(plan_id), sector_id, found)
        else:
            yield _safeguard_group(rows, name, plan_id, found)


def _sector_group(
    rows: Rows, name: str, plan: PlanIndex, sector_id: str, obligations: list[Obligation]
) -> ObligationGroup:
    plan_id = plan.plan.id
    link = sector_link(plan, plan.sector(sector_id))
    return ObligationGroup(
        id=addresses.sector_anchor(plan_id, sector_id),
        title=Link("：".join(filter(None, (rows.plan_name(plan_id), link.text))), link.url),
        work=rows.plan_work(plan_id),
        naming=_naming(rows, name, obligations[0]),
        tasks=tuple(rows.item(plan_id, obligation.id) for obligation in obligations),
        safeguards=(),
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
        safeguards=tuple(_safeguard_row(rows, name, obligation) for obligation in obligations),
    )


def _safeguard_row(rows: Rows, name: str, obligation: Obligation) -> ObligationRow:
    return ObligationRow(
        item=rows.item(obligation.plan, obligation.id),
        naming=_naming(rows, name, obligation),
        phrases=obligation.phrases,
    )


def _naming(rows: Rows, name: str, obligation: Obligation) -> Naming:
    via = unit_link(rows, obligation.via) if obligation.via else Link("")
    is_said = part_of(obligation) in {"lead", "responsible"}
    is_both = bool(obligation.owns) and obligation.role != "owner"
    roles = (obligation.role, "owner") if is_both else (obligation.role,)
    return Naming(
        roles=() if is_said else tuple(ROLES[role] for role in roles),
        via=via,
        printed=obligation.printed if obligation.printed not in (name, via.text) else "",
        where="括注" if obligation.role == "owner" else "列名",
        line=line_link(obligation.plan, obligation.line),
        bracketed=line_link(obligation.plan, obligation.owns[0][1]) if is_both else Link(""),
    )
