"""What a task or safeguard asks for, and by when, in the words that the plan prints; sheets and documents alike."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ..once import Once
from ..terms import FREQUENCIES, ITEM_KINDS, REASONS, marked
from ..text.readings import governing_years, span_before
from ..text.times import printed_times
from ..text.wording import date_text, dated_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..index.records import DutyEntry, Obligation, PlanIndex, TargetEntry
    from ..model import Deadline, Value

UNDATED: Final = "原文未写明"
INFERRED: Final = "（推断）"
DIRECTION: Final = "方向："
_NO_YEAR: Final = "原文未写年份"
_DASHES: Final = "—－-至"
"""What may stand in a range of years."""
_SHORT: Final = 24
"""Characters of a duty's or indicator's name where it only tells lines apart."""
_NAMED: Final = 2
"""Indicators that are named one by one."""
_DATED_NAMES: Final = re.compile("《[^》]*》|〔[^〕]*〕|[(（][0-9]{4}[—－-][0-9]{4}年?[)）]")
"""Years in them date a document, or tell one plan from another, and are no promise."""
_YEARLY_MEAN: Final = "年均"
"""A measure, and no time by which anything is due."""
_MANNERS: Final = frozenset({"常态化", "动态", "经常性", "及时", "实时", "即时"})
"""How something is done, most often in a name (常态化机制, 动态名册): a duty's cycle at most, no date of a target."""


class Asked:
    """What is asked for and by when, worked out once for all sheets and documents."""

    def __init__(self) -> None:
        self._once = Once()

    def lines(self, plan: PlanIndex, item: str, obligation: Obligation | None = None) -> tuple[str, ...]:
        """Return `asked_lines`."""
        key = ("asked", plan.id, item, own_words(obligation))
        return self._once(key, lambda: asked_lines(plan, item, obligation))

    def due(self, plan: PlanIndex, item: str, obligation: Obligation | None = None) -> tuple[str, ...]:
        """Return `due_lines`."""
        key = ("due", plan.id, item, own_words(obligation))
        return self._once(key, lambda: due_lines(plan, item, obligation))


def own_words(obligation: Obligation | None) -> tuple[str, ...] | None:
    """Return the words that one answers for who does not answer for the whole."""
    return None if obligation is None or obligation.is_whole else obligation.phrases


def asked_lines(plan: PlanIndex, item: str, obligation: Obligation | None = None) -> tuple[str, ...]:
    """Return what is asked for, a line each; never nothing.

    Targets come first, then directions. Where nothing can be checked, the printed text
    speaks for itself. Brackets alone put a unit in charge of some words: then those.
    """
    targets = asked_of(plan, item, obligation)
    if obligation and not obligation.is_whole:
        return (*obligation.phrases, *map(target_line, targets))
    if not targets:
        return (item_text(plan, item),)
    directions = (direction_line(entry) for entry in plan.directions_of(item))
    return (*map(target_line, targets), *directions)


def asked_of(plan: PlanIndex, item: str, obligation: Obligation | None) -> tuple[TargetEntry, ...]:
    """Return the targets of an item that are asked of a unit: of one that brackets alone name, those in their words."""
    return tuple(entry for entry in plan.targets_of(item) if obligation is None or obligation.asks(entry))


def item_lines(plan: PlanIndex, item: str) -> tuple[tuple[int, str], ...]:
    """Return the printed paragraphs of a task or safeguard without its title, each with its line; never none.

    Where the title is all that is printed, it is given.
    """
    found: dict[int, str] = {}
    for line in plan.lines_of[item]:
        text = "".join(line.sentences) if line.part == item else line.text
        if text:
            found[line.number] = found.get(line.number, "") + text
    return tuple(found.items()) or tuple((line.number, line.text) for line in plan.lines_of[item])


def item_text(plan: PlanIndex, item: str) -> str:
    """Return the printed paragraphs of a task or safeguard without its title."""
    return joined(text for _, text in item_lines(plan, item))


def lines_text(plan: PlanIndex, item: str) -> str:
    """Say on which lines the paragraphs of a task or safeguard stand: 第5行, 第5—7、9行."""
    runs: list[list[int]] = []
    for number, _ in item_lines(plan, item):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    said = (f"{run[0]}—{run[-1]}" if len(run) > 1 else f"{run[0]}" for run in runs)
    return f"第{'、'.join(said)}行"


def target_line(entry: TargetEntry) -> str:
    """Write a target on one line: its name and what is asked in each year."""
    parts = [f"{_spanned(entry, value)}{marked(value.reading)}" for value in entry.target.values]
    # Without its scope a figure of the whole city would read as the district's.
    scope = f"（范围：{entry.target.scope}）" if entry.target.scope else ""
    return f"{entry.target.indicator}{scope}：{'；'.join(parts)}"


def _spanned(entry: TargetEntry, value: Value) -> str:
    text = dated_text(value, entry.clause)
    return text if value.year or entry.span in text else f"{entry.span}{text}"


def direction_line(entry: TargetEntry) -> str:
    """Write a direction on one line; its reasons stand with it, for no table of targets has them."""
    notes = "".join(dict.fromkeys(value.note for value in entry.target.values if value.note))
    return f"{DIRECTION}{target_line(entry)}{f'。推断理由：{notes}' if notes else ''}"


def due_lines(plan: PlanIndex, item: str, obligation: Obligation | None = None) -> tuple[str, ...]:
    """Return by when what is asked for is due, as printed, a line for each time; `UNDATED` where no time is printed.

    What is printed as the deadline of the whole comes first. A year that is printed for
    one target says nothing of those beside it, so that each time stands with what it holds for.
    """
    alone = obligation is not None and not obligation.is_whole
    text = "".join(obligation.phrases) if obligation and alone else item_text(plan, item)
    targets = asked_of(plan, item, obligation)
    directions = () if alone else plan.directions_of(item)
    duties = [entry for entry in plan.duties_of(item) if not alone or entry.duty.phrase in text]
    dated = [(entry, times) for entry in duties if (times := duty_times(entry) or _cycle(entry))]
    towards = [(entry, time) for entry in directions if (time := _target_time(entry))]
    deadline = _deadline(plan, item, is_alone=alone)
    said = {word for entry, times in dated for word in times} | {word for _, words in deadline for word in words}
    said |= {word for entry in (*targets, *directions) for word in _target_time(entry).split("、")}
    years = {value.year for entry in (*targets, *directions) for value in entry.target.values if value.year}
    rest = [
        word for word in _times(text) if word not in {*said, *_MANNERS, _YEARLY_MEAN} and not _years_in(word) <= years
    ]
    lines = [
        *(line for line, _ in deadline),
        *_target_times(targets, is_only=not (deadline or dated or rest or towards)),
        *(f"{_short(entry.target.indicator)}（方向）：{time}" for entry, time in towards),
        *(f"{_duty_name(entry)}：{'、'.join(times)}" for entry, times in dated),
        *([f"原文另写：{'、'.join(f'“{word}”' for word in dict.fromkeys(rest))}"] if rest else []),
    ]
    return tuple(lines) or (UNDATED,)


def _deadline(plan: PlanIndex, item: str, *, is_alone: bool) -> list[tuple[str, tuple[str, ...]]]:
    """Return by when an item and parts of it are to be done, and the words of time in which it is printed.

    `is_alone` tells one who answers for some words of the item that it holds for all of it.
    """
    own = next(part for part in plan.plan.items if part.id == item)
    found = []
    for part in own.walk():
        said = part.deadline
        if said and (part is own or part.kind not in ITEM_KINDS):
            whole = "整项：" if is_alone else ""
            before = whole if part is own else f"“{_short(part.paragraphs[0].text)}”："
            found.append((f"{before}{_deadline_text(said)}", printed_times(said.phrase)))
    return found


def _deadline_text(said: Deadline) -> str:
    date = date_text(said.date or "")
    read = f"（{date}）" if date and date not in said.text else ""
    if said.reading == "printed":
        return f"{said.text}{read}"
    return f"{said.text}{read}{marked(said.reading)}{f'。{REASONS[said.reading]}：{said.note}' if said.note else ''}"


def duty_times(entry: DutyEntry) -> tuple[str, ...]:
    """Return the words of time that are printed for a duty."""
    return tuple(dict.fromkeys(_times(entry.duty.phrase)))


def cycle_text(entry: DutyEntry) -> str:
    """Return how often a duty is to be done where its own words do not say it; nothing where nobody knows."""
    duty = entry.duty
    if duty.frequency == "other":
        return ""
    return f"{FREQUENCIES[duty.frequency]}{marked(duty.reading)}"


def _cycle(entry: DutyEntry) -> tuple[str, ...]:
    text = cycle_text(entry)
    return (text,) if text else ()


def _target_times(targets: tuple[TargetEntry, ...], *, is_only: bool) -> Iterator[str]:
    """Yield a line for each time that is printed for some of the targets, then how many have none."""
    groups: dict[str, list[TargetEntry]] = {}
    for entry in targets:
        groups.setdefault(_target_time(entry), []).append(entry)
    undated = groups.pop("", [])
    if len(groups) == 1 and not undated and is_only:
        yield from groups
        return
    for time, entries in groups.items():
        name = f"{len(entries)}项目标" if len(groups) == 1 and not undated else _names(entries)
        yield f"{name}：{time}"
    if undated and groups:
        yield f"其余{len(undated)}项：{_NO_YEAR}"
    elif undated and not is_only:
        yield f"{len(undated)}项目标：{_NO_YEAR}"


def _names(entries: list[TargetEntry]) -> str:
    names = [_short(entry.target.indicator) for entry in entries]
    return "、".join(names) if len(names) <= _NAMED else f"{names[0]}等{len(names)}项"


def _target_time(entry: TargetEntry) -> str:
    """Return the years of a target, as a range where they are printed so; else the words of time in its own words."""
    dated = [value for value in entry.target.values if value.year]
    years = sorted({value.year for value in dated if value.year})
    if not years:
        words = [word for word in _times(entry.target.phrase) if word not in _MANNERS and word != _YEARLY_MEAN]
        return "、".join(dict.fromkeys(filter(None, (span_before(entry.target.phrase, entry.quote), *words))))
    if any(f"{years[0]}{dash}{years[-1]}年" in _DATED_NAMES.sub("", entry.quote) for dash in _DASHES):
        return f"{years[0]}—{years[-1]}年"
    printed = _times(entry.clause)
    # A range says nothing of one year in it alone.
    ruling = [found.years for value in dated for found in governing_years(entry.quote, value.text)]
    said = {year for found in ruling if set(found) <= set(years) for year in found}
    if not said & set(years):
        return f"{'、'.join(f'{year}年' for year in years)}{INFERRED}"
    return "、".join(f"{_year_text(year, printed)}{'' if year in said else INFERRED}" for year in years)


def _times(text: str) -> tuple[str, ...]:
    """Return the printed words of time that are not part of a document's title."""
    return printed_times(_DATED_NAMES.sub("", text))


def _year_text(year: int, words: tuple[str, ...]) -> str:
    """Return the printed words that name a year alone: 2023年底前."""
    return next((word for word in words if re.findall("(?:19|20)[0-9]{2}", word) == [str(year)]), f"{year}年")


def _years_in(word: str) -> set[int | None]:
    """Return the years that a word of time names; a word that names none is never among others' years."""
    named = [int(year) for year in re.findall("(?:19|20)[0-9]{2}", word)]
    is_year = re.fullmatch("[0-9—－～~至年-]*", word)
    return set(range(named[0], named[-1] + 1)) if named and is_year else {None}


def _duty_name(entry: DutyEntry) -> str:
    # One who is read into the sentence from elsewhere would stand here as if printed.
    who = "、".join(mention.printed for mention in entry.duty.who if mention.printed in entry.quote)
    return f"{who}{_short(entry.duty.action)}" if len(who) <= _SHORT else _short(entry.duty.action)


def _short(text: str) -> str:
    return text if len(text) <= _SHORT else f"{text[: _SHORT - 1]}…"


def joined(lines: Iterable[str]) -> str:
    """Put lines into one cell."""
    return "\n".join(lines)
