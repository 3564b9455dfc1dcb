"""Who answers for a task or safeguard, as its own words and those above it print it.

Roles are called as they are printed: who cooperates is never called responsible.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..terms import ROLES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..index.records import Charge, Obligation, PlanIndex
    from ..model import Mention
    from ..terms import Role

_SHORT: Final = 24
"""Characters of printed words where they only tell what brackets hold for."""
_PART_ALONE: Final = "（限所列词句）"


def names_of(mentions: Iterable[Mention]) -> str:
    """Write a list of units; names that are printed run together are told apart."""
    return "、".join(mention.name for mention in mentions)


def charges_in(plan: PlanIndex, item: str, *roles: Role) -> tuple[Charge, ...]:
    """Return what applies to an item of who answers for it in some roles, from the whole plan down to its own words."""
    return tuple(charge for charge in plan.applying.get(item, ()) if charge.responsibility.role in roles)


def named_cell(plan: PlanIndex, item: str, role: Role) -> str:
    """Write who answers for an item in a role, for a column that the role is the heading of.

    A label that does not hold the heading's word is told, as is what brackets hold for, and
    where words stand if several places name somebody.
    """
    found = charges_in(plan, item, role)
    several = len({charge.part.id if charge.part else "" for charge in found}) > 1
    lines = (f"{_place(charge, item) if several else ''}{_label(charge)}{_names(charge)}" for charge in found)
    return "\n".join(dict.fromkeys(lines))


def _place(charge: Charge, item: str) -> str:
    if charge.part is None:
        return "全文："
    if charge.part.id == item:
        return "本项："
    return "所在板块：" if charge.part.kind == "sector" else "所在部分："


def _label(charge: Charge) -> str:
    one = charge.responsibility
    if one.role == "supervise" and not one.label and any(mention.unit for mention in one.names):
        # The column is of leaders.
        return "督办单位："
    return f"{one.label}：" if one.label and ROLES[one.role] not in one.label else ""


def _names(charge: Charge) -> str:
    return f"{names_of(charge.responsibility.names)}{scope_text(charge)}"


def scope_text(charge: Charge) -> str:
    """Say for which printed words brackets hold: （“新建书房2处”）; nothing where they hold for the whole."""
    one = charge.responsibility
    if one.covers != "quote":
        return ""
    brackets = one.quote[one.quote.rfind("(") :] if "(" in one.quote else ""
    words = one.governs.removesuffix(brackets) or one.governs
    return f"（“{words if len(words) <= _SHORT else f'{words[: _SHORT - 1]}…'}”）"


def label_text(charge: Charge) -> str:
    """Return as what somebody is named: the printed label, else the role."""
    return charge.responsibility.label or ROLES[charge.responsibility.role]


def role_word(obligation: Obligation) -> str:
    """Return a unit's role in the site's word, or in the printed one where that does not hold it."""
    word, printed = ROLES[obligation.role], obligation.role_printed
    return printed if printed and word not in printed else word


def obligation_role(plan: PlanIndex, obligation: Obligation) -> str:
    """Say in what role a unit is named, and that it is for some words alone where it is."""
    if obligation.is_whole or obligation.role == "owner":
        return role_word(obligation)
    roles = _bracket_roles(plan, obligation)
    if len(roles) > 1:
        return f"{'、'.join(ROLES[role] for role in roles)}{_PART_ALONE}"
    return f"{role_word(obligation)}{_PART_ALONE}"


def owns_text(plan: PlanIndex, obligation: Obligation) -> str:
    """Say for what words brackets name a unit that answers for the whole as well; nothing for others."""
    if not obligation.is_whole or obligation.role == "owner" or not obligation.owns:
        return ""
    words = "、".join(f"“{phrase}”" for phrase in obligation.phrases)
    roles = _bracket_roles(plan, obligation)
    return f"（另有括注负责：{words}）" if set(roles) <= {"owner"} else f"（另在这些词句里列名：{words}）"


def _bracket_roles(plan: PlanIndex, obligation: Obligation) -> list[Role]:
    """Return the roles in which words within an item name a unit, each once."""
    found = [
        charge.responsibility
        for charge in plan.applying.get(obligation.id, ())
        if charge.responsibility.covers == "quote" and charge.responsibility.governs in obligation.phrases
    ]
    own = [one for one in found if any(mention.printed == obligation.printed for mention in one.names)]
    return list(dict.fromkeys(one.role for one in own or found))


def how_named(obligation: Obligation) -> str:
    """Say how the line names a unit: in brackets, in a list, or in running words."""
    if obligation.role == "owner":
        return "括注"
    return "列名" if obligation.role_printed else "点名"
