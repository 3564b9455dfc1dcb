"""各部分里写明的序号、年份、时限，方案的期限和施行、失效日期，都必须是原文印着的；标题太长的要另写一个短的。"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ..problems import Problem
from ..text.numbers import printed_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model import Data, Deadline, Part, Plan

ID = "part-not-printed"

_DATE: Final = re.compile(r"(\d{4})年(?:(\d{1,2})月(?:份?(\d{1,2})日)?)?", re.ASCII)
_LONGEST: Final = 60
"""Characters that a title has at most; a longer one is a sentence of the text."""


def check(data: Data) -> Iterator[Problem]:
    """Yield one problem for each reading of a part, or of the plan's dates, that is not printed."""
    for plan in data.plans:
        for part in plan.all_parts:
            yield from _part(part)
        yield from _dates(plan)


def _part(part: Part) -> Iterator[Problem]:
    text = "".join(paragraph.text for found in part.walk() for paragraph in found.paragraphs)
    printed = printed_number(part.paragraphs[0].text) if part.number_printed else None
    if printed and printed.value is not None and part.number != printed.value:
        advice = f"原文的序号是“{printed.printed.strip()}”，这里写的是 {part.number}：请删去 number"
        yield Problem(part.where, ID, advice)
    if part.year and str(part.year) not in text:
        yield Problem(part.where, ID, f"这一段原文没有 {part.year} 年：请改正 year，原文没写年份就删去")
    if part.kind in {"sector", "task", "safeguard"} and len(part.title) > _LONGEST:
        advice = f"标题有 {len(part.title)} 字，像是正文：请在 title 写一个简短的标题（会注明是本站拟的）"
        yield Problem(part.where, ID, advice)
    if part.deadline:
        yield from _deadline(part.deadline, text)


def _deadline(deadline: Deadline, text: str) -> Iterator[Problem]:
    if deadline.phrase not in text:
        yield Problem(deadline.where, ID, f"这一部分的原文里没有“{deadline.phrase}”：请照原文逐字改正")
    elif deadline.text not in deadline.phrase:
        yield Problem(deadline.where, ID, f"“{deadline.phrase}”里没有“{deadline.text}”：请照原文逐字改正")
    elif deadline.reading == "printed":
        printed = ["-".join(f"{int(n):02}" for n in found.groups() if n) for found in _DATE.finditer(deadline.text)]
        if deadline.date and deadline.date not in printed:
            advice = (
                f"“{deadline.text}”没有印全 {deadline.date}，或印得更细：请只写印着的年、月、日，"
                "或标 reading: inferred 并写明理由"
            )
            yield Problem(deadline.where, ID, advice)
        elif printed and not deadline.date:
            yield Problem(deadline.where, ID, f'“{deadline.text}”印着日期：请补上 date: "{printed[-1]}"')


def _dates(plan: Plan) -> Iterator[Problem]:
    for name, date in (("effective_on", plan.effective_on), ("valid_until", plan.valid_until)):
        if date and not _is_printed(date, plan.source):
            yield Problem(plan.where, ID, f"原文没有印着 {date}：请改正 {name}，原文没有写明就删去")
    if plan.period:
        for name, year in (("start", plan.period.start), ("end", plan.period.end)):
            if year and str(year) not in plan.source:
                yield Problem(plan.where, ID, f"原文没有印着 {year} 年：请改正 period 的 {name}，没有写明就删去")
        if plan.period.text and plan.period.text not in plan.source.replace("\n", ""):
            yield Problem(plan.where, ID, f"原文没有“{plan.period.text}”：请照原文改正 period 的 text")


def _is_printed(date: str, source: str) -> bool:
    year, month, day = (int(number) for number in date.split("-"))
    return re.search(rf"{year}年0?{month}月0?{day}日", source) is not None
