"""What a corrected text changes, told in Chinese: by task, and what was set aside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from .. import addresses
from ..terms import ITEM_KINDS, PART_KINDS, ROLES
from .carry import ASIDE
from .held import Held

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ..model import Part, Plan
    from .carry import Carrier
    from .weave import Pair, Unit, Woven

_AROUND: Final = 8
"""Characters shown on both sides of what changed."""
_LONGEST: Final = 40
_PAGES: Final[dict[str, Callable[[str, str], str]]] = {
    "sector": addresses.sector,
    "task": addresses.task,
    "safeguard": addresses.safeguard,
}
ASIDE_HEAD: Final = """\
# 导入改过的原文时放下的内容：原文里的那几个字没有了，或者数字改了。网站不读这个文件。
# 还要用的，改好引文，放回 YAML 里原来的地方；不要的，从这里删去。
"""


@dataclass(frozen=True, slots=True)
class Result:
    """A plan before and after, and how it got there."""

    before: Plan
    after: Plan
    carrier: Carrier
    units: tuple[str, ...]
    """Names that come into the registry."""
    open: tuple[tuple[int, str], ...]
    """(line of the new text, what was not understood there and is new)."""

    def part(self, woven: Woven) -> Part:
        """Return a part as it is then."""
        return self.after.all_parts[self.carrier.weave.parts.index(woven)]

    def old_part(self, held: Held) -> Part:
        """Return a part as it was."""
        return self.before.all_parts[self.carrier.mine.parts.index(held)]


def listed(result: Result) -> list[str]:
    """Return what changes, by task; nothing where nothing does."""
    told: dict[str, list[str]] = {}
    for home, line in (*_lines(result), *_steps(result), *_units(result)):
        told.setdefault(home, []).append(line)
    found = [line for home in _in_order(told, result) for line in (home, *(f"　　{one}" for one in told[home]))]
    return [*found, *_numbers(result)]


def concluded(result: Result, files: int, *, is_written: bool, is_same: bool) -> str:
    """Return the last line: what was done, and what to do next."""
    if is_same:
        return "没有改动：原文和现在的一样。"
    aside = f"放下的 {len(result.carrier.asides)} 处留在 {ASIDE}。" if result.carrier.asides else ""
    units = f"名册里加了 {len(result.units)} 个单位。" if result.units else ""
    if is_written:
        return f"已写入：{files} 个文件。{units}{aside}有新提出的，请运行 plansite review 核对。"
    return f"共改 {files} 个文件，数据检查通过，还没有写入。{units}{aside}确认无误后加 --write。"


def asides_text(result: Result) -> str:
    """Return what is set aside, as it was written, each with its place and reason."""
    made = []
    for aside in result.carrier.asides:
        where = f"{_called(result.old_part(_item_of(aside.held)))}：" if aside.held else ""
        line = f"，原第 {aside.held.stretches[0].line + 1} 行" if aside.held and aside.held.stretches else ""
        made.append(f"\n# {where}{aside.what}（{aside.why}{line}）\n{aside.piece}")
    return "".join(made)


_PLAN: Final = "全文"


def _in_order(told: dict[str, list[str]], result: Result) -> list[str]:
    order = [_home(woven, result) for woven in result.carrier.weave.parts]
    return sorted(told, key=lambda home: order.index(home) if home in order else len(order))


def _lines(result: Result) -> Iterator[tuple[str, str]]:
    """Yield where and how the lines of the text change."""
    for pair in sorted(result.carrier.weave.pairs, key=lambda pair: (pair.new or pair.old)[0].line):
        if pair.new:
            woven = _at(pair.new[0], result)
            if pair.old and not pair.is_moved and _is_renumbered(pair, woven, result):
                continue
            home = _home(woven, result)
        else:
            held = pair.old[0].stretches[0].held
            home = _old_home(held, result)
        yield from ((home, line) for line in _told(pair))


def _is_renumbered(pair: Pair, woven: Woven, result: Result) -> bool:
    """Say whether nothing but the number of a part with a page of its own changed, which is said at the end."""
    if not woven.held or woven.held.kind not in _PAGES:
        return False
    old, new = result.old_part(woven.held), result.part(woven)
    before, after = pair.words
    is_same = before.removeprefix(old.number_printed) == after.removeprefix(new.number_printed)
    return is_same and before != after and old.id != new.id


def _told(pair: Pair) -> Iterator[str]:
    (before, after), old, new = pair.words, pair.old, pair.new
    number = new[0].line + 1 if new else 0
    if not old:
        yield f"第 {number} 行加：“{_short(after)}”"
    elif not new:
        yield f"原第 {old[0].line + 1} 行去掉：“{_short(before)}”"
    else:
        if pair.is_moved:
            yield f"第 {number} 行：从原第 {old[0].line + 1} 行移来"
        were, are = {unit.line for unit in old}, {unit.line for unit in new}
        if len(are) > len(were):
            yield f"第 {number} 行：原第 {old[0].line + 1} 行分成了 {len(are)} 行"
        elif len(were) > len(are):
            yield f"第 {number} 行：原第 {old[0].line + 1}—{old[-1].line + 1} 行并成了 {len(are)} 行"
        if before != after:
            yield f"第 {number} 行改：{_difference(before, after)}"


def _at(unit: Unit, result: Result) -> Woven:
    """Return the part that has the words of a line; of several on it the first that changed."""
    here = [woven for woven in result.carrier.weave.parts if unit.line in woven.lines]
    own = [woven for woven in here if "".join(woven.sentences) in unit.text or unit.text in "".join(woven.sentences)]
    found = own or here
    return next((woven for woven in found if woven.held and woven.sentences != woven.held.sentences), found[0])


def _steps(result: Result) -> Iterator[tuple[str, str]]:
    for step in result.carrier.steps:
        if isinstance(step.where, Held):
            yield _old_home(step.where, result), step.text
        else:
            yield _home(step.where, result) if step.where else _PLAN, step.text


def _units(result: Result) -> Iterator[tuple[str, str]]:
    """Yield which units are named now, and which no longer are."""
    for woven in result.carrier.weave.parts:
        if not woven.held or (woven.held.kind not in ITEM_KINDS and woven.held.kind != "sector"):
            continue
        before, after = _names(result.old_part(woven.held)), _names(result.part(woven))
        if more := [name for name in after if name not in before]:
            yield _home(woven, result), f"新点名的单位：{'、'.join(more)}"
        if less := [name for name in before if name not in after]:
            yield _home(woven, result), f"不再点名的单位：{'、'.join(less)}"


def _names(part: Part) -> list[str]:
    said = ((ROLES[one.role], name.name) for one in part.responsibilities for name in one.names)
    return list(dict.fromkeys(f"{name}（{role}）" for role, name in said))


def _numbers(result: Result) -> Iterator[str]:
    """Yield which parts have other addresses than they had."""
    moved = []
    for woven in result.carrier.weave.parts:
        page = _PAGES.get(woven.held.kind) if woven.held else None
        if not page or not woven.held:
            continue
        old, new = result.old_part(woven.held).id, result.part(woven).id
        if old != new:
            ways = [page(result.after.id, one) for one in (old, new)]
            moved.append(f"　　{_home(woven, result)}：{old} → {new}（/{ways[0]} → /{ways[1]}）")
    if moved:
        yield "编号变了，网页地址跟着变（别处链接到这些页面的要改；想保留原来的地址，在 YAML 里写 id）："
        yield from moved


def _home(woven: Woven, result: Result) -> str:
    """Return under what a change is listed: the task, goal or safeguard, else the part itself."""
    above: Woven | None = woven
    while above:
        part = result.part(above)
        if part.kind in (*ITEM_KINDS, "sector"):
            return _called(part)
        above = above.parent
    return _called(result.part(woven))


def _old_home(held: Held, result: Result) -> str:
    """Return under what a change is listed in a part that goes."""
    item = _item_of(held)
    woven = result.carrier.weave.by_held.get(item)
    return _home(woven, result) if woven else _called(result.old_part(item))


def _item_of(held: Held) -> Held:
    above: Held | None = held
    while above:
        if above.kind in (*ITEM_KINDS, "sector"):
            return above
        above = above.parent
    return held


def _called(part: Part) -> str:
    words = part.title or "".join(paragraph.text for paragraph in part.paragraphs)
    year = f"{part.year}年" if part.year else ""
    return f"{PART_KINDS[part.kind]}{part.number or year}　{_short(words, _LONGEST // 2)}"


def _short(words: str, most: int = _LONGEST) -> str:
    return words if len(words) <= most else f"{words[:most]}…"


def _difference(before: str, after: str) -> str:
    """Return the stretch in which two texts differ, with a few characters on both sides."""
    shorter = min(len(before), len(after))
    head = next((at for at in range(shorter) if before[at] != after[at]), shorter)
    tail = next((at for at in range(shorter - head) if before[-1 - at] != after[-1 - at]), shorter - head)
    start = max(head - _AROUND, 0)

    def part(words: str) -> str:
        end = min(len(words) - tail + _AROUND, len(words))
        return f"“{'…' if start else ''}{_short(words[start:end], 2 * _LONGEST)}{'…' if end < len(words) else ''}”"

    return f"{part(before)} → {part(after)}"
