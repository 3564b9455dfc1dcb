"""When a recurring duty falls due within the period of its plan, and what a calendar program is told of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.wording import due_text

if TYPE_CHECKING:
    from generator.entries import DutyEntry, PlanIndex


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A dated duty as RFC 5545 puts it, before escaping and folding; sheets and the calendar page write the same."""

    uid: str
    stamp: str
    start: str
    """The first date that is not before the plan was issued: 20221220."""
    rule: str
    summary: str
    description: str
    through: str
    """The description for a unit to which the duty applies through a group."""
    alarm: str


def due_dates(plan: PlanIndex, entry: DutyEntry) -> tuple[str, ...]:
    """List the ISO dates by which a duty is due, none before the plan was issued."""
    due = entry.duty.due
    if not due:
        return ()
    days = (
        f"{year}-{month:02}-{due.day:02}" for year in range(plan.plan.start, plan.plan.end + 1) for month in due.months
    )
    return tuple(day for day in days if day >= plan.issued_on)


def event_of(plan: PlanIndex, entry: DutyEntry) -> Event | None:
    """Return what a calendar program is told of a duty; nothing if it has no date left in the plan's period."""
    duty, dates = entry.duty, due_dates(plan, entry)
    if not duty.due or not dates:
        return None
    note = f"\n说明：{duty.note}" if duty.note else ""
    said = f"：{entry.quote}{note}\n非官方整理，以印发的文件为准。"
    months = ",".join(map(str, duty.due.months))
    return Event(
        uid=f"{plan.plan.id}.{duty.id}@plansite",
        stamp=f"{plan.issued_on.replace('-', '')}T000000Z",
        start=dates[0].replace("-", ""),
        rule=f"FREQ=YEARLY;UNTIL={plan.plan.end}1231;BYMONTHDAY={duty.due.day};BYMONTH={months}",
        summary=f"{duty.action}（{due_text(duty.due)}）",
        description=f"原文第{entry.line}行{said}",
        through=f"原文第{entry.line}行（经统称适用，由本站推断）{said}",
        alarm=duty.action,
    )
