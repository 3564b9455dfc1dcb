"""What the rules notice when a reading of a plan is changed: a table by kind of change.

`python tests/mutation.py` changes every reading of the seed's data, one at a time, to a near
one (a year by one, a unit to a like one, a name to one that is printed nearby) and asks the
rules. A change that no rule notices would reach the pages. `--left` lists those.

Each change is made to the records, as an editor's slip in YAML or workbook would make it:
what is read from the words themselves changes together with these. What the shapes refuse
already is not tried.
"""

from __future__ import annotations

import argparse
import dataclasses
import re
import sys
from collections import Counter
from dataclasses import dataclass, replace
from itertools import chain, combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parents[1]
if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))

from generator.data.load import read_data
from generator.model import Period, mapped
from generator.rules import RULES, check
from generator.terms import COVERS, ROLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.model import Data, Deadline, Duty, Mention, Part, Plan, Responsibility, Target, Value

COMPARATORS = ("at_least", "at_most", "exactly", "about", "between", "rise", "fall", "state")
FREQUENCIES = ("weekly", "monthly", "quarterly", "half_yearly", "yearly", "each_time", "other")
UNITS = {
    "%": ("个百分点", "‰"),
    "个": ("项", "家", "个工作日"),
    "个工作日": ("天", "个", "小时"),
    "天": ("个工作日", "个月"),
    "台": ("项", "个"),
    "项": ("个", "台"),
    "条": ("个", "公里"),
    "处": ("个",),
    "次": ("个",),
}
LOCAL = frozenset(
    {
        "quote-not-in-source",
        "value-not-in-source",
        "value-outside-quote",
        "repeated-scope",
        "year-outside-period",
        "year-not-printed",
        "series-mismatch",
        "comparator-values",
        "comparator-not-printed",
        "qualifier-left-out",
        "repeated-indicator",
        "indicator-not-in-source",
        "target-type",
        "duty-not-printed",
        "impossible-date",
        "inferred-without-note",
    }
)
"""Rules that judge an item by itself: what they find in it alone they find in the whole plan."""


JUDGED = (
    "能否核对",
    "范围：删去",
    "统称的成员",
    "责任管到哪里",
    "责任的角色：推断的",
    "责任的角色：责任与括注负责",
)
"""Kinds that no printed word settles: what can be checked, what a scope adds, whom a group without a list means,
how far words of responsibility reach, and in which role, where none is printed or 负责 prints two alike."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """The data with one reading changed."""

    kind: str
    of: str
    what: str
    plan: Plan
    item: str = ""
    """The item that was changed; empty where it was something else."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A change and the rule that noticed it; None if none did."""

    mutant: Mutant
    rule: str | None


def mutants(plan: Plan) -> Iterator[Mutant]:
    """Yield the plan with each reading changed to each near one."""
    for item in plan.items:
        for target in item.targets:
            others = [other for other in item.targets if other is not target]
            for kind, what, changed in chain(_target(target, others, item, plan), _values(target, others, plan)):
                yield _in_item(plan, item, "targets", target, changed, kind, what)
        for duty in item.duties:
            for kind, what, changed_duty in _duty(duty, item, plan):
                yield _in_item(plan, item, "duties", duty, changed_duty, kind, what)
        for owner in item.owners:
            for mention in owner.names:
                for name in _near_names(plan, item, mention.printed):
                    names = tuple(_renamed(m, name, plan) if m is mention else m for m in owner.names)
                    yield _responsible(plan, owner, replace(owner, names=names), "括注单位", name)
            for quote in {other.quote for other in item.owners} - {owner.quote}:
                yield _responsible(plan, owner, replace(owner, quote=quote, governs=quote), "括注引文", quote)
    for one in plan.all_responsibilities:
        for kind, what, changed_one in _responsibility(one, plan):
            yield _responsible(plan, one, changed_one, kind, what)
    for part in plan.all_parts:
        for kind, what, deadline in _deadline(part.deadline) if part.deadline else ():
            yield Mutant(kind, part.id, what, _with_part(plan, part, replace(part, deadline=deadline)))
    yield from _elsewhere(plan)


def _target(target: Target, others: list[Target], item: Any, plan: Plan) -> Iterator[tuple[str, str, Target]]:
    flipped = "milestone" if target.type == "metric" else "metric"
    yield "目标类型", flipped, replace(target, type=flipped)
    strength = "direction" if target.strength == "checkable" else "checkable"
    yield "能否核对", strength, replace(target, strength=strength)
    for other in others:
        if other.indicator != target.indicator:
            yield "指标：换成同项另一条的", other.indicator, replace(target, indicator=other.indicator)
        if other.phrase not in target.phrase and target.phrase not in other.phrase and not _same(item, target, other):
            yield "引文：挪到另一句", other.phrase, replace(target, phrase=other.phrase)
    if others:
        following = others[0]
        filled = replace(target, indicator=following.indicator, scope=following.scope)
        yield "指标和范围：向下填充", following.indicator, filled
    elsewhere = next((t for i in plan.items for t in i.targets if i is not item), None)
    if elsewhere:
        yield "指标：换成别项的", elsewhere.indicator, replace(target, indicator=elsewhere.indicator)
    if target.scope:
        yield "范围：删去", "", replace(target, scope=None)
    scopes = {t.scope for i in plan.items for t in i.targets if t.scope} - {target.scope}
    for scope in sorted(scopes)[:3] if target.scope else ():
        yield "范围：换成别的", scope, replace(target, scope=scope)
    if len(target.values) > 1:
        for value in target.values:
            left = tuple(v for v in target.values if v is not value)
            yield "取值：删去一年", str(value.year), replace(target, values=left)
    for one, two in combinations(target.values, 2):
        if one.year != two.year:
            swap = {one.where: two.year, two.where: one.year}
            values = tuple(replace(v, year=swap.get(v.where, v.year)) for v in target.values)
            if {_said(v) for v in values} != {_said(v) for v in target.values}:
                yield "年份：两年对调", f"{one.year}↔{two.year}", replace(target, values=values)


def _same(item: Part, one: Target | Duty, two: Target | Duty) -> bool:
    sentences = (sentence for part in item.walk() for sentence in part.sentences)
    return any(one.phrase in sentence and two.phrase in sentence for sentence in sentences)


def _said(value: Value) -> tuple[Any, ...]:
    return value.year, value.comparator, value.value, value.upper, value.unit, value.text, value.qualifier


def _values(target: Target, others: list[Target], plan: Plan) -> Iterator[tuple[str, str, Target]]:
    for value in target.values:
        for kind, changed in _value(value, plan):
            yield kind, _difference(value, changed), _with(target, value, changed)
        texts = {v.text for other in others for v in other.values} - {value.text}
        for text in sorted(texts)[:4]:
            yield "取值的文字：换成别的", text, _with(target, value, replace(value, text=text))


def _with(target: Target, value: Value, changed: Value) -> Target:
    return replace(target, values=tuple(changed if v is value else v for v in target.values))


def _value(value: Value, plan: Plan) -> Iterator[tuple[str, Value]]:
    for number in _near_numbers(value.value):
        yield "数值", replace(value, value=number)
    for number in _near_numbers(value.upper):
        yield "上限", replace(value, upper=number)
    if value.upper is not None:
        yield "上限", replace(value, upper=None)
    years = {value.year - 1, value.year + 1, None} if value.year else set(_years(plan))
    for year in sorted(years, key=str):
        yield "年份：加减一年" if year and value.year else "年份：删去或添上", replace(value, year=year)
    for unit in (*UNITS.get(value.unit or "", ()), None):
        if value.unit:
            yield "计量单位", replace(value, unit=unit)
    for comparator in COMPARATORS:
        if comparator != value.comparator:
            yield "比较方式", replace(value, comparator=comparator)  # type: ignore[arg-type]
    if value.reading == "inferred":
        yield "推断改成原文写明", replace(value, reading="printed", note=None)
        for note in ("无", "推断", "同上", value.text):
            yield "推断的理由落空", replace(value, note=note)
    if value.qualifier:
        yield "限定语：删去", replace(value, qualifier=None)
        yield "限定语：换成别的", replace(value, qualifier="努力" if value.qualifier != "努力" else "力争")
    elif "力争" not in value.text:
        yield "限定语：添上", replace(value, qualifier="力争")


def _years(plan: Plan) -> range:
    period = plan.period
    return range(period.start, period.end + 1) if period and period.start and period.end else range(0)


def _near_numbers(number: float | None) -> list[float]:
    if number is None:
        return []
    digits = f"{number:.12g}"
    near = {number + 1, number - 1, number * 10, number / 10}
    if len(digits) > 1 and digits[::-1] != digits and digits[0] not in "0." and digits[-1] not in ".0":
        near.add(float(digits[1] + digits[0] + digits[2:]) if digits[1] != "." else float(digits[::-1]))
    return sorted(n for n in near if n != number and n >= 0)


def _duty(duty: Duty, item: Any, plan: Plan) -> Iterator[tuple[str, str, Duty]]:
    for frequency in FREQUENCIES:
        if frequency != duty.frequency:
            yield "周期", frequency, replace(duty, frequency=frequency)  # type: ignore[arg-type]
    if duty.due:
        days = {None, 15, 25, (duty.due.day or 20) + 1, (duty.due.day or 20) - 1} - {duty.due.day}
        for day in sorted(days, key=str):
            yield "期限：日", str(day), replace(duty, due=replace(duty.due, day=day))
        months = duty.due.months
        for changed in (months[1:], months[:-1], tuple(m % 12 + 1 for m in months), tuple(range(1, 13)), (3, *months)):
            if set(changed) != set(months):
                kept = tuple(sorted(set(changed)))
                yield "期限：月", str(changed), replace(duty, due=replace(duty.due, months=kept))
        yield "期限：删去", "", replace(duty, due=None)
    for key in ("who", "to"):
        mentions: tuple[Mention, ...] = getattr(duty, key)
        for mention in mentions:
            for name in _near_names(plan, item, mention.printed):
                new = tuple(_renamed(m, name, plan) if m is mention else m for m in mentions)
                yield f"{'由谁做' if key == 'who' else '报给谁'}：换成别的", name, replace(duty, **{key: new})
        if mentions:
            yield f"{'由谁做' if key == 'who' else '报给谁'}：删去", "", replace(duty, **{key: ()})
    if duty.who and duty.to:
        yield "由谁做与报给谁对调", "", replace(duty, who=duty.to, to=duty.who)
    for other in item.duties:
        if other.phrase != duty.phrase and not _same(item, duty, other):  # pages show the sentence
            yield "事项引文：换成另一件的", other.phrase, replace(duty, phrase=other.phrase)
    if duty.reading == "inferred":
        yield "推断改成原文写明", "", replace(duty, reading="printed", note=None)
        for note in ("无", "推断", "同上", duty.phrase):
            yield "推断的理由落空", note, replace(duty, note=note)


def _responsibility(one: Responsibility, plan: Plan) -> Iterator[tuple[str, str, Responsibility]]:
    """Yield what the data may say wrongly beside the words: a role, how far it reaches, what a name stands for."""
    for role in ROLES:
        if role != one.role:
            is_like = {role, one.role} == {"owner", "responsible"}
            kind = "：推断的" if one.reading == "inferred" else "：责任与括注负责" if is_like else ""
            yield f"责任的角色{kind}", role, replace(one, role=role)
    for covers in COVERS:
        if covers != one.covers:
            governs = one.quote if covers == "quote" else ""
            yield "责任管到哪里", covers, replace(one, covers=covers, governs=governs)  # type: ignore[arg-type]
    for mention in one.names:
        if mention.name == mention.printed or mention.leader:
            continue
        for other in _mentions(plan)[:3]:
            if other.unit != mention.unit:
                changed = replace(mention, name=other.name, unit=other.unit)
                names = tuple(changed if m is mention else m for m in one.names)
                yield "名称另作的理解", other.name, replace(one, names=names)
    if one.reading == "inferred":
        yield "推断改成原文写明", "", replace(one, reading="printed", note=None)
        for note in ("无", "推断", "同上", one.quote):
            yield "推断的理由落空", note, replace(one, note=note)


def _deadline(deadline: Deadline) -> Iterator[tuple[str, str, Deadline]]:
    for text in (deadline.text[1:], deadline.text[:-1], f"力争{deadline.text}"):
        yield "时限的文字", text, replace(deadline, text=text, phrase=deadline.phrase.replace(deadline.text, text))
    if deadline.date:
        year, *rest = deadline.date.split("-")
        near = ["-".join((str(int(year) + by), *rest)) for by in (-1, 1)]
        near += [f"{deadline.date}-01"] if len(rest) < 2 else []
        near += [f"{year}-{int(rest[0]) % 12 + 1:02}", year] if rest else []
        for date in (*near, None):
            yield "时限的日期", str(date), replace(deadline, date=date)


def _mentions(plan: Plan) -> list[Mention]:
    """Return what the plan names as itself, by what is printed, in printed order."""
    found = (m for one in plan.all_responsibilities for m in one.names if m.unit and m.name == m.printed)
    return list({m.printed: m for m in found}.values())


def _near_names(plan: Plan, item: Part, printed: str) -> list[str]:
    """Return names to take for another: printed in the item, in its list, and first in the plan."""
    names = dict.fromkeys(m.printed for m in item.responsible_units)
    names |= dict.fromkeys(m.printed for duty in item.duties for m in (*duty.who, *duty.to))
    names |= dict.fromkeys((*(m.printed for m in _mentions(plan)[:3]), "督办领导"))
    return [name for name in names if name != printed and name not in printed and printed not in name]


def _renamed(mention: Mention, name: str, plan: Plan) -> Mention:
    known = {m.printed: m.unit for m in _mentions(plan)}
    return replace(mention, name=name, printed=name, unit=known.get(name), reading="printed", note=None)


def _elsewhere(plan: Plan) -> Iterator[Mutant]:
    for part in plan.of_kind("responsibility"):
        for one in part.responsibilities:
            kind = {"supervise": "督办领导", "lead": "总牵头单位"}.get(one.role, "责任单位")
            for text in _lists(one, plan):
                yield Mutant(kind, part.id, text, _reworded(plan, part, one, text))
    for goal in plan.goals:
        for year in (goal.year - 1, goal.year + 1) if goal.year else ():
            yield Mutant("总体目标的年份", goal.id, str(year), _with_part(plan, goal, replace(goal, year=year)))
    for citation in plan.citations:
        for number in _digits(citation.document_number):
            changed_citation = replace(citation, document_number=number)
            yield _at(plan, "citations", citation, changed_citation, "文号", f"{citation.id} {number}")
        yield _at(plan, "citations", citation, replace(citation, title=citation.title[:-1]), "文件名称", citation.id)
        if citation.document_number:
            yield _at(plan, "citations", citation, replace(citation, document_number=None), "文号", citation.id)
    for oddity in plan.oddities:
        for line in (oddity.line - 1, oddity.line + 1):
            yield _at(plan, "oddities", oddity, replace(oddity, line=line), "疑误的行号", f"{oddity.id} {line}")
    for term in plan.terms:
        for line in (term.line - 1, term.line + 1) if term.line else ():
            yield _at(plan, "terms", term, replace(term, line=line), "名词的行号", f"{term.id} {line}")
    for group in plan.groups:
        others = [m for m in _mentions(plan) if m.name not in {member.name for member in group.members}]
        for new in _members(group.members, *others[:1]):
            yield _at(plan, "groups", group, replace(group, members=new), "统称的成员", group.group.name)
    if plan.period and plan.period.start and plan.period.end:
        start, end = plan.period.start, plan.period.end
        for begun, ended in ((start - 1, end), (start + 1, end), (start, end - 1), (start, end + 1)):
            period = Period(start=begun, end=ended, text=plan.period.text)
            yield Mutant("方案期限", plan.id, f"{begun}—{ended}", replace(plan, period=period))
        yield Mutant("方案期限", plan.id, "", replace(plan, period=None))
    for part in (*plan.of_kind("date"), *plan.of_kind("preamble")):
        kind = "成文日期" if part.kind == "date" else "引言、指导思想"
        words = part.paragraphs[-1]
        last = "2022年12月21日" if part.kind == "date" else words.sentences[-1][:-1]
        shorter = replace(words, sentences=(*words.sentences[:-1], last))
        yield Mutant(
            kind, part.id, last, _with_part(plan, part, replace(part, paragraphs=(*part.paragraphs[:-1], shorter)))
        )


def _members(mentions: tuple[Mention, ...], *others: Mention) -> Iterator[tuple[Mention, ...]]:
    for at, mention in enumerate(mentions):
        yield mentions[:at] + mentions[at + 1 :]
        for other in others:
            swapped = replace(other, position=mention.position)
            yield (*mentions[:at], swapped, *mentions[at + 1 :])


def _lists(one: Responsibility, plan: Plan) -> Iterator[str]:
    """Yield a line of responsibility with a name left out, and with another in its place."""
    others = [found.names[0] for found in plan.all_responsibilities if found.names and found.role == one.role]
    for mention in {m.position: m for m in one.names}.values():
        other = next((m.printed for m in others if m.printed not in one.quote), "")
        for name in (other, ""):
            before, found, behind = one.quote.rpartition(mention.printed)
            if found and (name or len({m.position for m in one.names}) > 1):
                yield before + name + (behind if name else behind.removeprefix("、"))


def _reworded(plan: Plan, part: Part, one: Responsibility, text: str) -> Plan:
    """Return the plan with other words for a line of responsibility, and the names that they print."""
    paragraphs = tuple(
        replace(words, sentences=(text,), places=words.places[:1]) if words.text == one.quote else words
        for words in part.paragraphs
    )
    known = {m.printed: m for found in plan.all_responsibilities for m in found.names}
    names = tuple(m for m in known.values() if m.printed in text)
    plan = _responsible(plan, one, replace(one, quote=text, names=names), "", "").plan
    changed = next(found for found in plan.all_parts if found.id == part.id)
    return _with_part(plan, changed, replace(changed, paragraphs=paragraphs))


def _digits(number: str | None) -> Iterator[str]:
    for match in re.finditer(r"\d", number or ""):
        text = number or ""
        yield text[: match.start()] + str((int(match[0]) + 1) % 10) + text[match.end() :]


def _in_item(plan: Plan, item: Part, key: str, old: Any, new: Any, kind: str, what: str) -> Mutant:
    records = tuple(new if record is old else record for record in getattr(item, key))
    changed = replace(item, **{key: records})  # type: ignore[arg-type]
    return Mutant(kind, old.id, what, _with_part(plan, item, changed), item.id)


def _with_part(plan: Plan, old: Part, new: Part) -> Plan:
    """Return the plan with a part in place of another."""

    def put(parts: tuple[Part, ...]) -> tuple[Part, ...]:
        return tuple(new if part is old else replace(part, parts=put(part.parts)) for part in parts)

    return replace(plan, parts=put(plan.parts))


def _responsible(plan: Plan, old: Responsibility, new: Responsibility, kind: str, what: str) -> Mutant:
    """Return the plan with a responsibility in place of another, wherever it is held."""

    def put(held: tuple[Responsibility, ...]) -> tuple[Responsibility, ...]:
        return tuple(new if (one.where, one.label) == (old.where, old.label) else one for one in held)

    parts = mapped(plan.parts, lambda part: replace(part, responsibilities=put(part.responsibilities)))
    return Mutant(kind, old.part, what, replace(plan, parts=parts, responsibilities=put(plan.responsibilities)))


def _at(plan: Plan, key: str, old: Any, new: Any, kind: str, of: str) -> Mutant:
    return Mutant(kind, of, "", replace(plan, **{key: tuple(new if r is old else r for r in getattr(plan, key))}))


def _difference(old: Value, new: Value) -> str:
    keys = [f.name for f in dataclasses.fields(old) if f.name not in {"where", "note"}]
    return "，".join(f"{k}: {getattr(new, k)}" for k in keys if getattr(old, k) != getattr(new, k)) or (new.note or "")


def judge(data: Data) -> Iterator[Verdict]:
    """Yield each change of each plan with the rule that notices it, if any does."""
    before = set(check(data))
    for at, plan in enumerate(data.plans):
        for mutant in (mutant for mutant in mutants(plan) if mutant.plan != plan):
            yield Verdict(mutant, _noticed(data, at, mutant, before))


def _noticed(data: Data, at: int, mutant: Mutant, before: set[Any]) -> str | None:
    """Return the rule that notices a change: first asked of the item alone, which is fast, then of everything."""
    if mutant.item:
        alone = _alone(mutant.plan, mutant.item)
        small = replace(data, plans=(alone,))
        for rule in RULES:
            if rule.id in LOCAL and any(problem not in before for problem in rule.check(small)):
                return rule.id
    plans = tuple(mutant.plan if n == at else plan for n, plan in enumerate(data.plans))
    for problem in check(replace(data, plans=plans)):
        if problem not in before:
            return problem.rule
    return None


def _alone(plan: Plan, item_id: str) -> Plan:
    """Return the plan with one item and nothing else that can hold targets."""

    def kept(parts: tuple[Part, ...]) -> tuple[Part, ...]:
        return tuple(
            part if part.id == item_id else replace(part, targets=(), duties=(), parts=kept(part.parts))
            for part in parts
            if any(found.id == item_id for found in part.walk())
        )

    return replace(plan, parts=kept(plan.parts))


def table(verdicts: list[Verdict]) -> str:
    """Return the counts by kind of change: tried, noticed, not noticed."""
    tried = Counter(v.mutant.kind for v in verdicts)
    left = Counter(v.mutant.kind for v in verdicts if v.rule is None)
    rows = [f"{'改了什么':<16}  试  发现  没发现"]
    rows += [f"{kind}  {n}  {n - left[kind]}  {left[kind]}" for kind, n in tried.items()]
    total, missed = sum(tried.values()), sum(left.values())
    rows.append(f"合计  {total}  {total - missed}  {missed}  ({(total - missed) / max(total, 1):.1%})")
    total -= sum(tried[kind] for kind in JUDGED)
    missed -= sum(left[kind] for kind in JUDGED)
    rows.append(f"不计要人判断的  {total}  {total - missed}  {missed}  ({(total - missed) / max(total, 1):.1%})")
    return "\n".join(rows)


def main() -> None:
    """Print the table for a folder of data, the seed's by default."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "plan_data")
    parser.add_argument("--left", action="store_true", help="list every change that no rule noticed")
    arguments = parser.parse_args()
    data, _ = read_data(arguments.folder, arguments.folder.name)
    verdicts = list(judge(data))
    print(table(verdicts))
    for verdict in verdicts if arguments.left else ():
        if verdict.rule is None:
            print(f"没发现  {verdict.mutant.kind}  {verdict.mutant.of}  {verdict.mutant.what}")


if __name__ == "__main__":
    main()
