"""What things are called in sheets and documents: plans, sectors, tasks and what belongs to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..terms import PART_KINDS
from ..text.wording import date_text

if TYPE_CHECKING:
    from ..index.records import Owner, PlanIndex
    from ..model import Plan

OURS: Final = "（本站拟题）"
"""Stands behind a title that the text does not print."""
SAFEGUARD: Final = PART_KINDS["safeguard"]
_CALLED: Final = {"task": PART_KINDS["task"], "safeguard": SAFEGUARD}


def title_text(owner: Owner) -> str:
    """Return a title, and that it is ours where the text prints none; for text without a title, what it is."""
    if not owner.title:
        return PART_KINDS.get(owner.part_kind, "")
    return f"{owner.title}{OURS if owner.title_reading == 'inferred' else ''}"


def numbered(owner: Owner) -> str:
    """Write number and title: 11.建设一批书房, 二(一)建设一批书房."""
    number = owner.counted
    return f"{number}{'' if not number or number.endswith((')', '）')) else '.'}{title_text(owner)}"


def called(owner: Owner) -> str:
    """Write what something belongs to: 任务11　建设一批书房, 2022年总体目标, 引言."""
    kind = _CALLED.get(owner.kind)
    return f"{kind}{owner.counted}　{title_text(owner)}" if kind else title_text(owner)


def sector_text(plan: PlanIndex, sector: str | None) -> str:
    """Write number and title of a sector; nothing where something lies in none."""
    return numbered(plan.owners[sector]) if sector else ""


def plan_title(plan: Plan) -> str:
    """Return a plan's title in brackets as documents are cited, and that it is ours where none is printed."""
    return f"《{plan.title}》" if plan.title_reading == "printed" else f"“{plan.title}”{OURS}"


def issued_text(plan: Plan) -> str:
    """Say who issued a plan and when, as far as it is known: 甲县政府2022年12月12日印发."""
    who, when = "、".join(plan.issuers), date_text(plan.issued_on or "")
    return f"{who}{when}印发" if who or when else ""


def cited(plan: Plan) -> str:
    """Name a plan with who issued it and when."""
    issued = issued_text(plan)
    return f"{plan_title(plan)}{f'（{issued}）' if issued else ''}"
