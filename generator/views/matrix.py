"""The matrix of a plan: its units and sectors, and who leads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .. import addresses
from .common import Head, Link, plan_head, unit_link

if TYPE_CHECKING:
    from ..entries import PlanIndex
    from ..model import Sector
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


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixRow:
    """A unit's row in the matrix."""

    unit: Link
    cells: tuple[MatrixCell, ...]
    """For each sector."""
    lead: int
    """In how many sectors it leads."""
    joined: int
    """In how many more it is listed."""
    total: int
    safeguards: Link
    """How many safeguards name it, leading to them; empty if none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixSector:
    """A column of the matrix."""

    number: int
    title: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixView:
    """Units × sectors."""

    head: Head
    title: str
    """The plan's."""
    sectors: tuple[MatrixSector, ...]
    has_safeguards: bool
    rows: tuple[MatrixRow, ...]


_NO_ROLE = MatrixCell(link=Link(""), label="", is_lead=False, rank="")


def matrix_view(rows: Rows, plan: PlanIndex) -> MatrixView:
    """Build the matrix: every unit that a sector or a safeguard names, in the registry's order."""
    own = plan.plan
    found = [_matrix_row(rows, plan, entry.unit.id) for entry in rows.index.units]
    found = [row for row in found if row.total or row.safeguards.text]
    return MatrixView(
        head=plan_head(
            plan,
            "分工矩阵",
            f"{len(found)} 个单位和统称在 {len(own.sectors)} 个板块里是牵头还是责任单位，列入几项制度保障，一表看全。",
            addresses.plan(own.id, "matrix"),
            shows=(*(s.where for s in own.sectors), *(s.where for s in own.safeguards)),
        ),
        title=own.title,
        sectors=tuple(
            MatrixSector(number=s.number, title=s.title, url=addresses.sector(own.id, s.number)) for s in own.sectors
        ),
        has_safeguards=any(row.safeguards.text for row in found),
        rows=tuple(found),
    )


def _matrix_row(rows: Rows, plan: PlanIndex, unit: str) -> MatrixRow:
    cells = tuple(_matrix_cell(plan, sector, unit) for sector in plan.plan.sectors)
    named = [o for o in plan.obligations.get(unit, ()) if o.kind == "safeguard" and o.via is None]
    lead = sum(cell.is_lead for cell in cells)
    total = sum(cell is not _NO_ROLE for cell in cells)
    return MatrixRow(
        unit=unit_link(rows, unit),
        cells=cells,
        lead=lead,
        joined=total - lead,
        total=total,
        safeguards=Link(str(len(named)), f"{addresses.unit(unit)}#safeguards") if named else Link(""),
    )


def _matrix_cell(plan: PlanIndex, sector: Sector, unit: str) -> MatrixCell:
    url = addresses.unit_sector(unit, plan.plan.id, sector.id)
    where = f"板块{sector.number}的任务"
    if sector.lead_unit.unit == unit:
        return MatrixCell(link=Link("牵头", url), label=f"牵头{where}", is_lead=True, rank="1")
    if any(mention.unit == unit for mention in sector.responsible_units):
        return MatrixCell(link=Link("责任", url), label=f"责任单位，{where}", is_lead=False, rank="2")
    return _NO_ROLE
