"""How a plan and its parts are cited, and where the plan was published."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ..text.wording import date_text
from .links import TEXTS, owner_link

if TYPE_CHECKING:
    from ..index.records import Owner, PlanIndex
    from ..model import Plan

_INNER_MARKS: Final = str.maketrans("“”", "‘’")


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """Where a plan was published, when it was read there, and which version of the data this is."""

    url: str
    """Empty where it is not known."""
    read_on: str
    """2026年11月28日; empty where it is not known."""
    edition: str
    """第1版（2026年11月28日）; empty where none is registered."""
    document_number: str

    @property
    def is_known(self) -> bool:
        """Whether any of it is known."""
        return any((self.url, self.edition, self.document_number))


def publication(plan: PlanIndex) -> Publication:
    """Return where a plan was published."""
    own = plan.plan
    edition = f"第{own.edition.number}版（{date_text(own.edition.date)}）" if own.edition else ""
    return Publication(
        url=own.official_url or "",
        read_on=date_text(own.read_on or ""),
        edition=edition,
        document_number=own.document_number or "",
    )


def work(plan: Plan) -> str:
    """Return how a plan is cited: 《title》（who issued it, when）."""
    facts = (
        "标题为本站所拟" if plan.title_reading == "inferred" else "",
        "、".join(plan.issuers),
        date_text(plan.issued_on or ""),
    )
    said = "，".join(filter(None, facts))
    title = plan.title if plan.title_reading == "inferred" else f"《{plan.title}》"
    return f"{title}（{said}）" if said else title


def cited_as(owner: Owner) -> str:
    """Return a part as a citation names it: 任务15“健全市场主体准入和退出机制”; a title of ours is no quotation."""
    if owner.kind == "goal" or owner.kind in TEXTS:
        return owner_link(owner).text
    if owner.title_reading == "inferred":
        return f"{owner.label}（本站拟题：{owner.title}）"
    return f"{owner.label}{quoted(owner.title)}"


def quoted(text: str) -> str:
    """Put a text into quotation marks; those inside of it become single ones."""
    return f"“{text.translate(_INNER_MARKS)}”"
