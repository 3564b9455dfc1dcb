"""The matrix of a plan: its units and sectors, and who leads."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .. import addresses
from ..terms import ROLES
from .heads import View, plan_head
from .links import Link, unit_link
from .shape import is_by_sector

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..index.records import Obligation, PlanIndex
    from ..model import Part
    from .rows import Rows


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixCell:
    """A unit's role in a sector; empty where it has none."""

    link: Link
    """To the tasks of the sector on the unit's page."""
    label: str
    """The same in full, for those who hear the page."""
    is_lead: bool
    rank: str
    """What the cell is sorted by: who leads comes first."""
    lead: int
    """How many sectors, or tasks, it leads here."""
    joined: int
    """In how many more it is named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixRow:
    """A unit's row in the matrix."""

    unit: Link
    cells: tuple[MatrixCell, ...]
    """For each sector."""
    lead: int
    """In how many sectors it leads; of how many tasks, where each names its units."""
    joined: int
    """In how many more it is listed."""
    total: int
    safeguards: Link
    """How many safeguards name it, leading to them; empty if none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixSector:
    """A column of the matrix."""

    key: str
    """What the table is sorted by."""
    number: int | None
    called: str
    """板块3; its title where no number is printed."""
    title: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixView(View):
    """Units × sectors."""

    title: str
    """The plan's."""
    lede: str
    """What the cells say."""
    totals: tuple[str, str, str]
    """What heads the three last columns."""
    sectors: tuple[MatrixSector, ...]
    has_safeguards: bool
    rows: tuple[MatrixRow, ...]


_NO_ROLE = MatrixCell(link=Link(""), label="", is_lead=False, rank="", lead=0, joined=0)
_TOTALS = {True: ("牵头板块", "责任板块", "板块合计"), False: ("牵头任务", "其他任务", "任务合计")}


def matrix_view(rows: Rows, plan: PlanIndex) -> MatrixView:
    """Build the matrix: every unit that a sector, its tasks or a safeguard names, in the registry's order."""
    own, by_sector = plan.plan, _is_plain(plan)
    found = [_matrix_row(rows, plan, entry.unit.id, by_sector=by_sector) for entry in rows.index.units]
    found = [row for row in found if row.total or row.safeguards.text]
    has_safeguards = any(row.safeguards.text for row in found)
    what = "是牵头还是责任单位" if by_sector else "任什么角色、有几项任务"
    safeguards = "，列入几项制度保障" if has_safeguards else ""
    return MatrixView(
        head=plan_head(
            plan,
            "分工矩阵",
            f"{len(found)} 个单位和统称在 {len(own.sectors)} 个板块里{what}{safeguards}，一表看全。",
            addresses.plan(own.id, "matrix"),
            shows=(*(s.opens_at for s in own.sectors), *(s.opens_at for s in own.safeguards)),
        ),
        title=own.title,
        lede=_lede(plan) if by_sector else "格里是它在这个板块各项任务里的角色和项数，空格表示没有列名",
        totals=_TOTALS[by_sector],
        sectors=tuple(_sector(plan, sector) for sector in own.sectors),
        has_safeguards=has_safeguards,
        rows=tuple(found),
    )


def _is_plain(plan: PlanIndex) -> bool:
    """Say whether sectors name their units in no other roles than lead and responsible, and tasks name none."""
    roles = {one.role for sector in plan.sectors for one in sector.responsibilities}
    return is_by_sector(plan) and roles <= {"supervise", "lead", "responsible"}


def _lede(plan: PlanIndex) -> str:
    """Say what the cells stand for, by the labels that are printed with the sectors."""
    found = [one for sector in plan.sectors for one in sector.responsibilities]
    labels = {one.role: one.label or ROLES[one.role] for one in reversed(found)}
    said = [f"“{ROLES[role]}”是{labels[role]}" for role in ("lead", "responsible") if role in labels]
    return "，".join((*said, "空格表示没有列名"))


def _sector(plan: PlanIndex, sector: Part) -> MatrixSector:
    owner = plan.owners[sector.id]
    called = owner.label if owner.number else owner.title
    return MatrixSector(
        key=str(owner.number or sector.id), number=owner.number, called=called, title=owner.title, url=owner.url
    )


def _matrix_row(rows: Rows, plan: PlanIndex, unit: str, *, by_sector: bool) -> MatrixRow:
    direct = [one for one in plan.obligations.get(unit, ()) if one.via is None]
    cells = tuple(_matrix_cell(rows, plan, sector, unit, direct, by_sector=by_sector) for sector in plan.sectors)
    named = [one for one in direct if one.kind == "safeguard"]
    lead, joined = sum(cell.lead for cell in cells), sum(cell.joined for cell in cells)
    return MatrixRow(
        unit=unit_link(rows.index, unit),
        cells=cells,
        lead=lead,
        joined=joined,
        total=lead + joined,
        safeguards=Link(str(len(named)), f"{rows.unit_page(unit, plan.id)}#safeguards") if named else Link(""),
    )


def _matrix_cell(
    rows: Rows, plan: PlanIndex, sector: Part, unit: str, direct: Iterable[Obligation], *, by_sector: bool
) -> MatrixCell:
    tasks = Counter(one.role for one in direct if one.sector == sector.id)
    if not tasks:
        return _NO_ROLE
    url = f"{rows.unit_page(unit, plan.id)}#{addresses.sector_anchor(plan.id, sector.id)}"
    owner = plan.owners[sector.id]
    where = f"{owner.label if owner.number else owner.title}的任务"
    if by_sector:
        if tasks["lead"]:
            return MatrixCell(link=Link("牵头", url), label=f"牵头{where}", is_lead=True, rank="1", lead=1, joined=0)
        return MatrixCell(link=Link("责任", url), label=f"责任单位，{where}", is_lead=False, rank="2", lead=0, joined=1)
    said = [f"{word} {tasks[role]}" for role, word in ROLES.items() if tasks[role]]
    rank = next(rank for rank, role in enumerate(ROLES, 1) if tasks[role])
    return MatrixCell(
        link=Link("、".join(said), url),
        label=f"{where}：{'，'.join(f'{words} 项' for words in said)}",
        is_lead=bool(tasks["lead"]),
        rank=str(rank),
        lead=tasks["lead"],
        joined=tasks.total() - tasks["lead"],
    )
