"""What documents say of how a plan is made: each sentence only where it holds of the plan at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..terms import PART_KINDS, STATUSES
from ..text.wording import date_text
from .titles import issued_text, plan_title

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ..index.records import PlanIndex
    from ..model import Part, Plan
    from ..terms import Role

UNOFFICIAL: Final = "非官方整理，以印发的文件为准"
_BY_SECTOR: Final = "方案按板块列{units}，没有逐项分工；单位在板块列名的，板块中的每项任务都列入。"
_INHERITED: Final = {
    "plan": "方案对全文写明的单位，每项任务都列入",
    "above": "单位写在上级标题之下的，其下每项任务都列入",
    "sector": "单位在板块列名的，板块中的每项任务都列入",
}
"""Where units are named → what follows for the tasks."""
_OWN: Final = "任务自己写明单位的，再照任务所写列入"


def division_text(plan: PlanIndex) -> str:
    """Say how units come to their tasks where these do not name them all themselves; else nothing."""
    found = {
        (_origin(plan, task, charge.part), charge.responsibility.role)
        for task in plan.tasks
        for charge in plan.applying[task.id]
        if any(mention.unit for mention in charge.responsibility.names)
    }
    origins = {origin for origin, _ in found}
    if origins == {"sector"}:
        units = "责任单位" if ("sector", "responsible") in found else "单位"
        return _BY_SECTOR.format(units=units)
    said = [text for origin, text in _INHERITED.items() if origin in origins]
    if said and "own" in origins:
        said.append(_OWN)
    return f"{'；'.join(said)}。" if said else ""


def _origin(plan: PlanIndex, task: Part, part: Part | None) -> str:
    if part is None:
        return "plan"
    if part.id == task.id:
        return "own"
    return "sector" if plan.owners[part.id].kind == "sector" else "above"


def lines_sentence(plans: Sequence[PlanIndex]) -> str:
    """Explain what the numbers of lines count."""
    where = "网上公开文本" if all(plan.plan.official_url for plan in plans) else "方案文本"
    kinds = {plan.lines[0].kind for plan in plans}
    start = PART_KINDS[kinds.pop()] if len(kinds) == 1 and kinds <= {"notice_title", "title"} else "第一行"
    blank = any(not line for plan in plans for line in plan.plan.source.rstrip("\n").split("\n"))
    return f"“第几行”是在{where}中的位置，从{start}数起，每个自然段为一行{'，空行也数' if blank else ''}。"


def source_text(plans: Iterable[PlanIndex]) -> str:
    """Say what a file rests on: the plans, their dates and editions, and where they were published."""
    return "；".join([*(_plan_source(plan) for plan in plans), UNOFFICIAL])


def _plan_source(plan: PlanIndex) -> str:
    own = plan.plan
    printed = "，".join(filter(None, (own.document_number, issued_text(own))))
    said = [f"依据{plan_title(own)}{f'（{printed}）' if printed else ''}"]
    if own.official_url:
        said.append(f"网上公开文本 {own.official_url}{f'（{date_text(own.read_on)}读到）' if own.read_on else ''}")
    if held := validity_text(own):
        said.append(f"效力：{held}")
    if own.edition:
        said.append(f"数据第{own.edition.number}版（{date_text(own.edition.date)}）")
    return "；".join(said)


def validity_text(plan: Plan) -> str:
    """Say whether a plan still holds, and until when; nothing where nobody says it."""
    said = plan.validity
    status = STATUSES[said.status] if said else ""
    if said and said.replaced_by:
        status = f"已被《{said.replaced_by}》替代"
    source = f"（出处：{said.source}）" if said else ""
    until = f"有效期至{date_text(plan.valid_until)}" if plan.valid_until else ""
    return "，".join(filter(None, (f"{status}{source}", until)))


def counts_text(plan: PlanIndex) -> str:
    """Count what a plan holds, and what was made of it."""
    own = plan.plan
    printed = _counted((len(own.sectors), "个板块"), (len(own.tasks), "项任务"), (len(own.safeguards), "项制度保障"))
    made = _counted((len(plan.targets), "项目标"), (len(plan.duties), "项定期事项"))
    return "，".join(filter(None, (printed, f"以及从中整理的{made}" if made else "")))


def _counted(*counts: tuple[int, str]) -> str:
    return "、".join(f"{count}{what}" for count, what in counts if count)


def kinds_text(plans: Iterable[PlanIndex]) -> str:
    """Name what of tasks and safeguards some plans hold."""
    found = {part.kind for plan in plans for part in (*plan.tasks, *plan.safeguards)}
    return "和".join(PART_KINDS[kind] for kind in ("task", "safeguard") if kind in found)


def targets_sentence(plan: PlanIndex, name: str) -> str:
    """Say which targets a unit's table holds, and what the plan does not say of them; `name` tells plans apart."""
    obligations = [one for found in plan.obligations.values() for one in found]
    roles = {one.role for one in obligations if one.kind == "task"}
    said = [text for role, text in _ASKED_OF.items() if role in roles]
    if not roles <= set(_ASKED_OF):
        through = any(one.via for one in obligations if one.kind == "task")
        said = [f"点名本单位{'或所属统称' if through else ''}的任务"]
    if any(one.kind == "safeguard" for one in obligations):
        said.append("列名的制度保障")
    items = f"{'、'.join(said[:-1])}和{said[-1]}" if len(said) > 1 else "".join(said)
    own = any(_origin(plan, task, one.part) == "own" for task in plan.tasks for one in plan.applying[task.id])
    unsaid = "一项里点名几个单位的，除写明的以外，方案没有说明" if own else "方案没有说明"
    return f"以下是{f'{name}里' if name else ''}{items}所提的目标。{unsaid}每项目标由哪个单位承担。"


_ASKED_OF: Final[dict[Role, str]] = {"lead": "本单位牵头的任务", "responsible": "列为责任单位的任务"}


def heading_of(plan: PlanIndex) -> dict[str, Part]:
    """Return the id of each part → the nearest heading under which it stands."""
    found: dict[str, Part] = {}

    def below(part: Part, heading: Part | None) -> None:
        if heading:
            found[part.id] = heading
        for inner in part.parts:
            below(inner, part if part.kind == "heading" else heading)

    for part in plan.plan.parts:
        below(part, None)
    return found


def heading_title(plan: PlanIndex, parts: Iterable[Part], default: str) -> str:
    """Return the title of the heading under which some parts stand; the default unless it is one for all."""
    headings = heading_of(plan)
    found = {headings[part.id].title if part.id in headings else "" for part in parts}
    return (found.pop() if len(found) == 1 else "") or default
