"""The whole of it: a corrected text held against a plan, what would change, checked first, written last."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, cast

from yaml.nodes import MappingNode, SequenceNode

from ..data.files import read_texts
from ..data.load import read_data
from ..data.nodes import read_text
from ..editing.merge import write_texts
from ..editing.yaml_text import comments_of, node_at, value_of
from ..importer.place import read_proposal
from ..problems import Location, PlanError, Problem, errors
from ..publish.writing import write_new
from ..rules import check, empty_sector, unnamed_leader, unnamed_unit
from ..text.lines import official_text
from .alignment import drift
from .beside import Beside
from .carry import ASIDE, Aside, Carrier, Proposals, Step
from .held import text_of
from .layout import laid_out
from .pieces import Unable, root_of, without_item
from .records import LISTS, told
from .report import ASIDE_HEAD, Result, asides_text
from .weave import weave

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from pathlib import Path

    from yaml.nodes import Node

    from ..importer.propose import Proposal
    from ..model import Data, Plan
    from .held import Tree

ID: Final = "import"
_READINGS: Final = (*LISTS, "deadline", "oddities", "terms", "citations", "groups")
_UNNAMED: Final = frozenset({unnamed_unit.ID, unnamed_leader.ID})
_OF_PARTS: Final = frozenset({"missing-key", empty_sector.ID})
_BESIDE: Final = ("citations.yaml", "oddities.yaml", "glossary.yaml")
_SAME: Final = 0.4
"""Share of the shorter text's characters that must be in both, or it is another text."""


@dataclass(frozen=True, slots=True)
class Again:
    """What a corrected text changes, checked and not yet written."""

    result: Result
    before: Mapping[str, str]
    """The files that change, as they were read, by name below the folder of data."""
    texts: Mapping[str, str]
    """The same files as they shall be."""
    new: Mapping[str, str]
    """Files that are not there yet."""
    gone: tuple[str, ...]
    """Files that no part of the plan is left of."""


def read_again(root: Path, shown: str, plan_id: str, text: str) -> Again:
    """Work out what a corrected text changes in a plan; raises PlanError where it cannot be taken over."""
    data, problems = read_data(root, shown)
    here = f"{shown}/{plan_id}"
    plan = next((plan for plan in data.plans if plan.id == plan_id), None)
    if errors(problems) or plan is None:
        raise PlanError(errors(problems) or [Problem(Location(here), ID, f"{here} 里没有方案：请换一个目录名")])
    try:
        return _Task(root, shown, data, plan, text).read()
    except Unable as unable:
        raise PlanError([Problem(Location(f"{here}/source.txt"), ID, f"没有导入：{unable}")]) from unable


class _Task:
    """One corrected text and one plan."""

    def __init__(self, root: Path, shown: str, data: Data, plan: Plan, text: str) -> None:
        self._root, self._shown, self._data, self._plan, self._text = root, shown, data, plan, text
        self._texts = self._read_files()
        self._lines = plan.source.rstrip("\n").split("\n"), text.rstrip("\n").split("\n")
        self._avoid: set[str] = set()
        """Readings that the checks refuse."""
        self._named: dict[int, str] = {}
        """Ids that parts must be given, by their place."""
        self._renamed: set[int] = set()
        """Parts that can only be what the importer takes them for, by their place."""
        self._unnamed: set[tuple[str, str]] = set()
        """Registries, and the ids there of those whom no plan names any more."""

    def _read_files(self) -> dict[str, str]:
        """Return the YAML files of the plan, by name below its folder."""
        folder = f"{self._plan.id}/"
        files = {name: text for name, (text, _) in read_texts(self._root, self._shown).items()}
        for name in _BESIDE:
            if (self._root / folder / name).exists():
                files[folder + name] = read_text(self._root / folder / name, f"{self._shown}/{folder}{name}")
        return {name.removeprefix(folder): text for name, text in files.items() if name.startswith(folder)}

    def read(self) -> Again:
        """Work out what changes."""
        plan, where = self._plan, Location(f"{self._shown}/{self._plan.id}/source.txt")
        if official_text(plan) != plan.source:
            raise Unable("现在的数据和 source.txt 对不上：请先运行 plansite check，改好再导入")
        known, _ = read_proposal(plan.source, plan.id, self._root)
        fresh, registries = read_proposal(self._text, plan.id, self._root, known)
        was, now = _proposals(known), _proposals(fresh)
        before = _count(errors(check(self._data)))
        while True:
            carrier, files = self._carried(was, now)
            books = self._read_books(registries, carrier)
            after, problems = self._read_result(files, books)
            faults = [one for one in problems if _count(problems)[_fault(one)] > before[_fault(one)]]
            if not faults and official_text(after) == self._text:
                left = [told for _, told in known.open]
                fresh.open = [(line, told) for line, told in fresh.open if told not in left]
                return self._concluded(carrier, files, after, books, fresh)
            if not self._learns(faults, files, books, carrier):
                raise PlanError([Problem(where, ID, _UNSOUND), *faults])

    def _carried(self, was: Proposals, now: Proposals) -> tuple[Carrier, dict[str, str]]:
        """Return the files as they shall be."""
        mine = text_of(self._texts)
        woven = weave(mine, was.text, now.text)
        kept = sum(drift(*pair.words).kept() for pair in woven.pairs)
        if kept < _SAME * min(len(self._plan.source), len(self._text)):
            raise Unable("这像是另一份文件，和原来的原文对不上：是新方案就换一个目录名")
        decided = self._avoid, self._named, self._renamed
        carrier = Carrier(dict(self._texts), mine, woven, was, now, *decided, _ids(self._plan))
        carrier.carry()
        Beside(carrier, *self._lines).carry(self._text)
        inside = {name: text for name, text in carrier.texts.items() if name not in _BESIDE}
        files = laid_out(inside, mine, woven, carrier.fresh)
        return carrier, files | {name: carrier.texts[name] for name in _BESIDE if name in carrier.texts}

    def _read_books(self, registries: Mapping[str, str], carrier: Carrier) -> dict[str, str]:
        """Return the registries that change: with those who are new, without those whom no plan names any more."""
        books = dict(registries)
        for name, own in sorted(self._unnamed):
            key = name.removesuffix(".yaml")
            text = books.get(name) or self._read_book(name)
            rows = root_of(text)
            ids = [str(row["id"]) for row in cast("list[Tree]", value_of(node_at(rows, (key,))))]
            if own not in ids:
                continue
            at = ids.index(own)
            row = cast("Tree", value_of(node_at(rows, (key, at))))
            books[name], piece = without_item(text, (), key, at, is_needed=True)
            carrier.asides.append(Aside(None, f"{name} 里的“{row['name']}”", "没有方案再点名", piece))
            carrier.steps.append(Step(None, f"没有方案再点名“{row['name']}”：从 {name} 放下，留在 {ASIDE}"))
        return books

    def _read_result(self, files: Mapping[str, str], registries: dict[str, str]) -> tuple[Plan, list[Problem]]:
        """Return the plan that comes out, and what is wrong with the data then."""
        folder = self._plan.id
        instead = {f"{folder}/{name}": text for name, text in files.items()} | registries
        data, problems = read_data(self._root, self._shown, instead)
        plans = tuple(replace(plan, source=self._text) if plan.id == folder else plan for plan in data.plans)
        data = replace(data, plans=plans)
        after = next((plan for plan in plans if plan.id == folder), self._plan)
        return after, sorted(errors({*problems, *check(data)}))

    def _learns(
        self, faults: list[Problem], files: Mapping[str, str], books: Mapping[str, str], carrier: Carrier
    ) -> bool:
        """Note what the checks refuse: readings, kinds and parts without an id; says whether anything is new."""
        known = self._known()
        # What a fault of shape leaves out is blamed for things that are not wrong, so it is learnt first.
        shape = [fault for fault in faults if fault.rule in _OF_PARTS]
        self._learn_parts(shape, files, carrier)
        others = [fault for fault in faults if fault not in shape and fault.rule not in _UNNAMED]
        for fault in others if known == self._known() else ():
            file = fault.where.path.removeprefix(f"{self._shown}/{self._plan.id}/")
            found = _record_at(root_of(files[file]), fault.where.line - 1, _READINGS) if file in files else None
            if found:
                name = told(*found)
                self._avoid.add(carrier.proposed.get(name, name))
        unnamed = [fault for fault in faults if fault.rule in _UNNAMED]
        for fault in unnamed if known == self._known() else ():
            name = fault.where.path.rpartition("/")[2]
            text = books.get(name) or self._read_book(name)
            found = _record_at(root_of(text), fault.where.line - 1, ("units", "leaders"))
            if found:
                self._unnamed.add((name, str(found[1]["id"])))
        return known != self._known()

    def _learn_parts(self, faults: list[Problem], files: Mapping[str, str], carrier: Carrier) -> None:
        """Note which parts need an id, or to be something else."""
        parts = text_of(files).parts if faults else []
        ids = {held: part.id for held, part in zip(carrier.mine.parts, self._plan.all_parts, strict=True)}
        for fault in faults:
            file = fault.where.path.removeprefix(f"{self._shown}/{self._plan.id}/")
            root = root_of(files[file])
            lines = {at: node_at(root, part.path).start_mark.line for at, part in enumerate(parts) if part.file == file}
            at = max((at for at, line in lines.items() if line < fault.where.line), default=None)
            if at is not None and "请写 id" not in fault.text:
                self._renamed.add(at)
            elif at is not None and at not in self._named:
                woven = carrier.weave.parts[at]
                own = str(woven.fresh.record.get("id", "")) if woven.fresh else ""
                new = own or f"{parts[at].kind}-new"
                self._named[at] = ids[woven.held] if woven.held else carrier.free(new)

    def _known(self) -> tuple[int, ...]:
        return len(self._avoid), len(self._named), len(self._renamed), len(self._unnamed)

    def _read_book(self, name: str) -> str:
        return read_text(self._root / name, f"{self._shown}/{name}")

    def _concluded(
        self,
        carrier: Carrier,
        files: Mapping[str, str],
        after: Plan,
        registries: dict[str, str],
        fresh: Proposal,
    ) -> Again:
        folder = f"{self._plan.id}/"
        carrier.asides += list(_left(self._texts, files, carrier.asides))
        before = {folder + name: text for name, text in self._texts.items()}
        before[f"{folder}source.txt"] = self._plan.source
        for name in registries:
            if (self._root / name).exists():
                before[name] = self._read_book(name)
        texts = {folder + name: text for name, text in files.items()} | registries
        texts[f"{folder}source.txt"] = self._text
        result = Result(self._plan, after, carrier, tuple(unit["name"] for unit in fresh.units), tuple(fresh.open))
        if asides := asides_text(result):
            name = folder + ASIDE
            if (self._root / name).exists():
                before[name] = self._read_book(name)
            texts[name] = before.get(name, ASIDE_HEAD) + asides
        gone = tuple(name for name in self._texts if name not in files)
        return Again(
            result,
            before,
            {name: text for name, text in texts.items() if name in before and text != before[name]},
            {name: text for name, text in texts.items() if name not in before},
            tuple(folder + name for name in gone),
        )


def _left(old: Mapping[str, str], new: Mapping[str, str], asides: Iterable[Aside]) -> Iterator[Aside]:
    """Yield the comments that no file has any more: they stood above what went."""
    kept = Counter(comment for text in new.values() for comment in comments_of(text) or ())
    kept += Counter(line.partition("#")[2].strip() for aside in asides for line in aside.piece.split("\n"))
    for file, text in old.items():
        for comment, count in (Counter(comments_of(text) or ()) - kept).items():
            if "$schema" not in comment:
                yield Aside(None, f"{file} 里的注释", "它上面、下面的内容不在了", f"# {comment}\n" * count)


def _ids(plan: Plan) -> set[str]:
    targets = {target.id for part in plan.all_parts for target in part.targets}
    duties = {duty.id for part in plan.all_parts for duty in part.duties}
    parts = {part.id for part in plan.all_parts}
    beside = {one.id for one in plan.citations} | {one.id for one in plan.oddities} | {one.id for one in plan.terms}
    return parts | targets | duties | beside


def _proposals(proposal: Proposal) -> Proposals:
    return Proposals(proposal.files, text_of(proposal.files))


def _fault(problem: Problem) -> tuple[str, str]:
    return problem.where.path, problem.rule


def _count(problems: list[Problem]) -> Counter[tuple[str, str]]:
    return Counter(map(_fault, problems))


def _record_at(node: Node, line: int, keys: Collection[str], key: str = "") -> tuple[str, Tree] | None:
    """Return the record below one of some keys that a line belongs to, and the key."""
    if isinstance(node, MappingNode) and key in keys:
        return key, cast("Tree", value_of(node))
    if isinstance(node, MappingNode):
        # A block ends where the next begins: of those that begin before, the line is the last one's.
        before = [pair for pair in node.value if pair[0].start_mark.line <= line]
        return _record_at(before[-1][1], line, keys, before[-1][0].value) if before else None
    if isinstance(node, SequenceNode):
        items = [item for item in node.value if item.start_mark.line <= line]
        return _record_at(items[-1], line, keys, key) if items else None
    return None


def write_again(root: Path, again: Again) -> None:
    """Write what changes; raises PlanError, with nothing written, if a file has changed since it was read."""
    # What is set aside comes first, so that nothing is lost where the rest cannot be written.
    for name, text in again.new.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        write_new(root / name, text.encode())
    if moved := write_texts(root, again.before, again.texts):
        for name in again.new:
            (root / name).unlink()
        text = "文件刚才被改过：请再运行一次 plansite import"
        raise PlanError(Problem(Location(str(root / name)), ID, text) for name in moved)
    for name in again.gone:
        (root / name).unlink()


_UNSOUND: Final = "没有导入：换上新的原文以后通不过检查，下面逐条列出。请先手工改 YAML，或改好原文再导入"
