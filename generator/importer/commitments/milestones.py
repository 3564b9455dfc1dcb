"""Milestones and directions proposed from the sentences of an item: what is to be set up, what is to rise or fall.

Whether words without a figure set something that can be checked is a reader's judgement. So only a few forms
are proposed: a verb of setting up with a thing that is there or is not (建立…机制, 制定…清单), what stands in
quotation marks and is to be reached (实现“一次一评”), what a year of its own is given to, and what is
measured with a word that says whither (审批时间逐步压缩).
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ...text.readings import FALL, RISE, figures, segment_at, steps_in, years_in
from .phrases import AREA, WITHIN, area_of, clauses, hidden, qualifier_of, trimmed
from .records import Context, ProposedTarget, ProposedValue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...text.readings import Step
    from .phrases import Clause

_SETS_UP: Final = (
    "建立健全|建立完善|建立|制定完善|制定出台|制定|出台|编制|推行|实行|实施|搭建|建成|建设|组建|创建|争创|新建|布局|设立|整合形成"
    "|打造|构建|补齐|普及"
)
_THING: Final = (
    "机制|制度|承诺制|平台|清单|名册|名录|台账|工程|行动|计划|办法|方案|细则|指引|指南|目录|政策|措施|系统|数据库|库|共同体|联盟|团|站|专窗|专区|窗口"
    "|圈|地图|孵化器|空间|基地|网络|中心|码头|航道|标准|规范|体系|格局|链|园区|园|新城|示范区|品牌|基金|服务|改革|应用|供应|验收|评标|模式|工作|改造|产业"
)
_NO_PROMISE: Final = re.compile("探索|鼓励|支持|引导|按照|围绕|根据|依托|研究|争取上级")
"""How clauses begin that promise nothing by themselves."""
_BEFORE: Final = r"(?:(?:以|依托|结合|在|按照|围绕|对|于|为|利用)[^,，]*?)?(?:各?[^,，]{0,3}?)"
_MILESTONE: Final = re.compile(
    rf"(?:{_BEFORE})(?P<verb>{_SETS_UP})(?!的|[和及、]|(?<=建设)(?:用地|工程规划|项目|单位|资金|标准(?!化)|方案|规模))(?P<thing>.*(?:{_THING}|□))(?:$|建设$)"
)
_HELD: Final = re.compile(r"(?!每|.*[一二两三]次)(?:.{0,30})开展(?!的)(?P<thing>.*(?:行动|活动|检查|□|供应|培训))$")
_REACHED: Final = re.compile(
    r"(?:实现|落实|健全)(?:[^,，□]{0,12})□+(?:[^,，]{0,6})$|.*全覆盖$|.*(?:取得|进入|达到|跻身|迈入)[^,，]*(?:成效|行列|水平)$"
)
_TO_BE_BUILT: Final = re.compile(
    "(?:推进|推动)(?P<thing>[^,，]{4,40}(?:平台|工程|项目|中心|基地|系统|机制))(?:建设|搭建)$"
)
_VAGUE: Final = re.compile("体系$|格局$|环境$|氛围$|新城$|链$|水平$|行列$|成效$|改造$|产业$")
_MEASURED: Final = "率|时间|时限|成本|费用|规模|水平|占比|比重|比例|总量|数量|满意度|知晓度|效率|创造量|质量"
_MOVES: Final = "|".join((*RISE, *FALL, "压缩"))
_HOW: Final = "逐步|逐年|持续|稳步|不断|明显|大幅|显著|进一步|有效|稳定|大力|切实|全面|稳中"
_MOVED: Final = re.compile(
    rf"(?P<what>[^,，;；。]{{2,40}}?(?:{_MEASURED}|应用))(?P<how>(?:{_HOW}){{0,2}}(?:{_MOVES}))$"
)
_MOVING: Final = re.compile(rf"(?P<how>(?:{_HOW})*(?:{_MOVES}))(?P<what>[^,，;；。]{{2,24}}(?:{_MEASURED}))$")
_SHORTEST: Final = 4
"""Characters that say what is to be done in a year."""
_AT_LAST: Final = re.compile("大幅|明显|显著")
"""Words by which something is reached at the end of a span, and not in each of its years."""
_HOW_BEFORE: Final = re.compile(f"(?:{_HOW})+$")


def milestones(sentence: str, context: Context) -> Iterator[ProposedTarget]:
    """Yield what a sentence sets without figures, in printed order."""
    steps = steps_in(sentence)
    by_year: list[ProposedTarget] = []
    for clause in clauses(sentence):
        words = hidden(clause.words(sentence))
        if any(words[figure.start].isdigit() for figure in figures(words)) and not years_in(words):
            continue
        for found in _of_clause(sentence, clause, steps):
            for target in _placed(sentence, clause, found, steps, context):
                is_step = len(target.values) == 1 and target.values[0].year in {step.year for step in steps}
                if is_step and target.values[0].comparator == "state":
                    by_year.append(target)
                else:
                    yield target
    yield from _together(by_year)


def _together(by_year: list[ProposedTarget]) -> Iterator[ProposedTarget]:
    """Yield what a sentence gives to single years as one target, where each year has one thing."""
    years = [target.values[0].year for target in by_year]
    if len(set(years)) < max(len(years), 2):
        yield from by_year
        return
    first = by_year[0]
    values = tuple(value for target in by_year for value in target.values)
    is_vague = all(target.is_direction for target in by_year)
    yield replace(first, indicator=f"{first.indicator}等分年安排", is_direction=is_vague, values=values)


def _of_clause(sentence: str, clause: Clause, steps: tuple[Step, ...]) -> Iterator[ProposedTarget]:
    start, words = trimmed(sentence, clause.start, clause.end)
    masked = hidden(words)
    if _NO_PROMISE.match(masked):
        return
    before = _HOW_BEFORE.search(sentence, clause.start, start)
    how = before[0] if before else ""
    if moved := _MOVED.fullmatch(masked) or _MOVING.fullmatch(masked):
        yield from _directions(words, moved, how, area_of(sentence))
    elif found := _MILESTONE.fullmatch(masked) or _HELD.fullmatch(masked) or _TO_BE_BUILT.fullmatch(how + masked):
        at = found.start("thing") - (len(how) if found.re is _TO_BE_BUILT else 0)
        yield _state(words[at:].removesuffix("建设").removesuffix("搭建"), words, is_vague=found.re is _TO_BE_BUILT)
    elif _REACHED.fullmatch(masked) or (sentence[clause.start : start].endswith("实现") and masked.startswith("□")):
        yield _state(words, sentence[start - 2 : clause.end] if masked.startswith("□") else words)
    elif (
        any(step.start <= clause.start < step.end and _year_at(sentence, step) < clause.end for step in steps)
        and len(words) >= _SHORTEST
    ):
        yield _state(words, words)


def _year_at(sentence: str, step: Step) -> int:
    """Return where the year of a step is printed."""
    return sentence.index(str(step.year), step.start)


def _state(indicator: str, words: str, *, is_vague: bool = False) -> ProposedTarget:
    value = ProposedValue(text=words, comparator="state")
    return ProposedTarget(
        indicator=indicator, quote=words, is_direction=is_vague or bool(_VAGUE.search(words)), values=(value,)
    )


def _directions(words: str, moved: re.Match[str], how: str, area: str | None) -> Iterator[ProposedTarget]:
    """Yield a direction for each thing that moves: 合同履约率、项目开工率逐年提高."""
    what = words[slice(*moved.span("what"))]
    scope = found[1] if (found := AREA.match(what)) else area
    parts = re.split("[、和]", what.removeprefix(scope or ""))
    listed = parts if all(re.search(f"(?:{_MEASURED}|应用)$", part) for part in parts) else ["、".join(parts)]
    text = f"{how}{moved['how']}" if moved.re is _MOVING else moved["how"]
    comparator = "rise" if any(word in moved["how"] for word in RISE) else "fall"
    for part in listed:
        value = ProposedValue(text=text, comparator=comparator)
        yield ProposedTarget(
            indicator=part if part in what else what.removeprefix(scope or ""),
            scope=scope,
            quote=f"{how}{words}" if moved.re is _MOVING else words,
            is_direction=True,
            values=(value,),
        )


def _placed(
    sentence: str, clause: Clause, found: ProposedTarget, steps: tuple[Step, ...], context: Context
) -> Iterator[ProposedTarget]:
    """Yield a target with what its sentence says of years and of how far it is promised."""
    (value,) = found.values
    at = sentence.index(value.text, clause.start)
    qualifier = qualifier_of(sentence, at)
    value = replace(value, qualifier=qualifier[0] if qualifier else None, notes=qualifier[1:])
    begin, _ = segment_at(sentence, clause.start)
    ranges = [y for y in years_in(sentence) if begin <= y.start < clause.end]
    within = WITHIN.search(sentence, begin, at)
    if step := next((s for s in steps if s.start <= clause.start < s.end and _year_at(sentence, s) < clause.end), None):
        yield replace(found, values=(replace(value, year=step.year),))
    elif ranges and len(ranges[-1].years) > 1:
        printed, years = sentence[ranges[-1].start : ranges[-1].end], ranges[-1].years
        last = _AT_LAST.search(value.text) or value.comparator == "state"
        note = f"原文只写“{printed}”，" + (f"按总的结果理解，记在{years[-1]}年。" if last else "按每年都适用理解。")
        notes = (*value.notes, note)
        yield replace(found, values=tuple(replace(value, year=y, notes=notes) for y in (years[-1:] if last else years)))
    elif ranges:
        yield replace(found, values=(replace(value, year=ranges[-1].years[0]),))
    elif within and context.end:
        note = f"“{within['words']}”印在前面的分句，按也管这一项、到{context.end}年底理解。"
        yield replace(found, values=(replace(value, year=context.end, notes=(*value.notes, note)),))
    elif context.goal_year:
        note = f"本句没有年份，按段首“{context.goal_year}年”理解。"
        yield replace(found, values=(replace(value, year=context.goal_year, notes=(*value.notes, note)),))
    else:
        yield replace(found, values=(value,))
