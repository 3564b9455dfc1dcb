"""The page of a safeguard."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from .. import addresses
from .common import (
    Head,
    Link,
    Names,
    Neighbours,
    item_link,
    line_link,
    mention_links,
    neighbours,
    plan_head,
    printed_list,
)
from .paragraphs import CitedDocument, OddityNote, Paragraph, documents, oddities, paragraph
from .responsibility import GroupRow, group_rows
from .tasks import target_table

if TYPE_CHECKING:
    from ..entries import PlanIndex
    from .kin import Kin, Kinship
    from .rows import DutyRow, Rows, TargetRow, TargetTable


@dataclass(frozen=True, slots=True, kw_only=True)
class SafeguardView:
    """A safeguard's page."""

    head: Head
    label: str
    units: tuple[Names, ...]
    units_line: Link
    owners: tuple[tuple[Link, str], ...]
    """(unit, printed words with the bracket)."""
    groups: tuple[GroupRow, ...]
    paragraph: Paragraph
    targets: TargetTable
    directions: tuple[TargetRow, ...]
    """What it says besides that nobody could check."""
    duties: tuple[DutyRow, ...]
    documents: tuple[CitedDocument, ...]
    oddities: tuple[OddityNote, ...]
    kin: Kin
    neighbours: Neighbours


def safeguard_view(rows: Rows, plan: PlanIndex, place: int, kinship: Kinship) -> SafeguardView:
    """Build a safeguard's page."""
    own = plan.plan
    item = own.safeguards[place]
    named = [m.unit for m in (*item.responsible_units, *(owner.mention for owner in item.owners))]
    return SafeguardView(
        head=plan_head(
            plan,
            item.title,
            f"制度保障{item.number}“{item.title}”：责任单位、目标和定期事项，附原文。",
            plan.owners[item.id].url,
            above=(Link("制度保障", addresses.plan(own.id, "safeguards")),),
            shows=(item.where,),
        ),
        label=f"制度保障 {item.number}",
        units=printed_list(item.responsible_units),
        units_line=line_link(own.id, plan.units_line_of[item.id]),
        owners=tuple((mention_links([owner.mention])[0], owner.phrase) for owner in item.owners),
        groups=group_rows(rows, plan, tuple(dict.fromkeys(u for u in named if u in plan.groups))),
        paragraph=paragraph(rows, plan, item),
        targets=target_table(rows, plan, item),
        directions=tuple(rows.target(entry) for entry in plan.directions_of(item.id)),
        duties=tuple(rows.duty(entry) for entry in plan.duties_of(item.id)),
        documents=documents(plan, item.id),
        oddities=oddities(plan, item.id),
        kin=kinship.of(item.id),
        neighbours=neighbours(own.safeguards, place, partial(item_link, plan)),
    )
