"""The page of a safeguard."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from .. import addresses
from .citing import cited_as
from .heads import View, plan_head, sections
from .links import Link, Neighbours, item_link, neighbours, page_label
from .paragraphs import CitedDocument, ItemText, OddityNote, documents, oddities, paragraph
from .responsibility import Who, label_of, who
from .rows import deadline_row
from .tasks import named_groups, target_table
from .terms import NOTES

if TYPE_CHECKING:
    from ..index.records import PlanIndex
    from ..model import Part
    from .kin import Kin, Kinship
    from .responsibility import GroupRow
    from .rows import DeadlineRow, DutyRow, Rows, TargetRow, TargetTable


@dataclass(frozen=True, slots=True, kw_only=True)
class SafeguardView(View):
    """A safeguard's page."""

    label: str
    is_ours: bool
    """Whether the title is the site's."""
    who: Who
    deadline: DeadlineRow | None
    groups: tuple[GroupRow, ...]
    paragraph: ItemText
    targets: TargetTable
    directions: tuple[TargetRow, ...]
    """What it says besides that nobody could check."""
    duties: tuple[DutyRow, ...]
    documents: tuple[CitedDocument, ...]
    oddities: tuple[OddityNote, ...]
    kin: Kin
    neighbours: Neighbours

    @property
    def headings(self) -> dict[str, str]:
        """The sections of the page."""
        return sections(
            (True, "text", "原文"),
            (self.targets.rows, "targets", "目标一览"),
            (self.directions, "directions", "方向性表述"),
            (self.duties, "duties", "定期事项"),
            (self.who.rows, "who", "谁负责"),
            (self.documents, "citations", "引用文件"),
            (self.oddities, "oddities", "印刷疑误"),
            (self.kin.by_terms or self.kin.by_units, "related", "相关"),
            (self.paragraph.terms, "terms", NOTES),
        )


def safeguard_view(rows: Rows, plan: PlanIndex, place: int, kinship: Kinship) -> SafeguardView:
    """Build a safeguard's page."""
    own = plan.plan
    item = own.safeguards[place]
    owner = plan.owners[item.id]
    return SafeguardView(
        head=plan_head(
            plan,
            item.title,
            f"{cited_as(owner)}：{_contents(plan, item)}，附原文。",
            owner.url,
            above=(Link("制度保障", addresses.plan(own.id, "safeguards")),),
            shows=(item.opens_at,),
        ),
        label=page_label(owner),
        is_ours=item.title_reading == "inferred",
        who=who(rows, plan, item),
        deadline=deadline_row(plan, item),
        groups=named_groups(rows, plan, item),
        paragraph=paragraph(rows, plan, item),
        targets=target_table(rows, plan, item),
        directions=tuple(rows.target(entry) for entry in plan.directions_of(item.id)),
        duties=tuple(rows.duty(entry) for entry in plan.duties_of(item.id)),
        documents=documents(plan, item.id),
        oddities=oddities(plan, item.id),
        kin=kinship.of(item.id),
        neighbours=neighbours(own.safeguards, place, partial(item_link, plan)),
    )


def _contents(plan: PlanIndex, item: Part) -> str:
    """Say what the page holds besides the text: 责任单位、目标和定期事项."""
    labels = [label_of(charge) for charge in plan.applying[item.id] if charge.responsibility.covers != "quote"]
    *most, last = (*dict.fromkeys(labels), "目标", "定期事项")
    return f"{'、'.join(most)}和{last}"
