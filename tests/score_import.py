"""How well texts are imported: `make score CORPUS=DIR`.

DIR holds texts and an INDEX.json: {"files": [{"file", "tasks", "tasks_with_responsibility", "samples": [{"line",
"task", "roles": [[label, role, [name]]]}]}]}, counted and read by people. Of each text it is said how many tasks
are found, in how many somebody is named, of how many sampled roles every name is right and none too many, and
whether the text comes back and `check` accepts it.

The large plan of the tests, which was entered by hand, shows how near its targets and duties are proposed: a value
counts where item, year, comparator, figure, bounds and unit are all the same, or for what has no figure, item,
year, comparator and the quoted words.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.data.load import read_data
from generator.importer.place import read_proposal
from generator.index.build import build_index
from generator.problems import errors
from generator.rules import check
from generator.text.lines import official_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from generator.index.records import PlanIndex, SiteIndex
    from generator.model import Plan, Target, Value

SEED = Path(__file__).parent / "seed" / "plan_data"
ROLES = {"territorial": "implement"}
"""Codes of an INDEX.json that the project calls otherwise."""


@dataclass(frozen=True)
class Imported:
    """What a text became."""

    index: SiteIndex
    faults: int
    is_whole: bool
    seconds: float

    @property
    def plan(self) -> PlanIndex:
        """The plan."""
        return self.index.plans[0]


def imported(text: str) -> Imported:
    """Import a text into an empty folder."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        start = time.process_time()
        proposal, registries = read_proposal(text, "plan", root)
        seconds = time.process_time() - start
        for file, content in (*((f"plan/{n}", c) for n, c in proposal.files.items()), *registries.items()):
            (root / file).parent.mkdir(parents=True, exist_ok=True)
            (root / file).write_bytes(content.encode())
        data, problems = read_data(root, "plan_data")
        faults = len(errors([*problems, *check(data)]))
    return Imported(build_index(data), faults, official_text(data.plans[0]) == text, seconds)


def main() -> int:
    """Print the tables."""
    if len(sys.argv) > 1:
        _score_corpus(Path(sys.argv[1]))
    _score_seed()
    _score_length()
    return 0


def _score_length() -> None:
    """Say how long a megabyte takes, in shapes that a text may come in, each in a process of its own."""
    print("\n| a megabyte of | seconds | peak MB |\n| --- | --- | --- |")
    for name in SHAPES:
        script = f"import score_import; score_import._take({name!r})"
        process = subprocess.Popen([sys.executable, "-c", script], env={**os.environ, "PYTHONPATH": PATHS})
        _, _, usage = os.wait4(process.pid, 0)
        print(f"| {name} | {usage.ru_utime + usage.ru_stime:.1f} | {usage.ru_maxrss / 1024:.0f} |")


def _take(name: str) -> None:
    text = SHAPES[name]()
    while len(text.encode()) < MEGABYTE:
        text += text
    text = text.encode()[:MEGABYTE].decode(errors="ignore")
    read_proposal(text, "plan", Path(tempfile.gettempdir()) / "nowhere")


def _large() -> str:
    return next(SEED.glob("*/source.txt")).read_text("utf-8")


SHAPES = {
    "the large plan, again and again": _large,
    "the same without line breaks": lambda: _large().replace("\n", ""),
    "lines of five characters": lambda: "1.做事。\n",
    "brackets that are never closed": lambda: "一、甲乙(牵头单位:甲局、",
    "figures in one sentence": lambda: "3条路、",
}
MEGABYTE = 10**6
PATHS = os.pathsep.join([str(Path(__file__).parent), str(Path(__file__).parents[1])])


def _score_corpus(folder: Path) -> None:
    print("| text | tasks (read) | named (read) | roles right | back | faults | seconds |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    total: Counter[str] = Counter()
    for entry in json.loads((folder / "INDEX.json").read_text("utf-8"))["files"]:
        done = imported((folder / entry["file"]).read_text("utf-8"))
        tasks = done.plan.plan.tasks
        named = sum(bool(done.plan.applying[task.id]) for task in tasks)
        verdicts = [right for sample in entry["samples"] for right in _roles(done.plan, sample)]
        total.update(
            found=min(len(tasks), entry["tasks"]),
            tasks=entry["tasks"],
            false=max(0, len(tasks) - entry["tasks"]),
            named=min(named, entry["tasks_with_responsibility"]),
            with_responsibility=entry["tasks_with_responsibility"],
            right=sum(verdicts),
            roles=len(verdicts),
            whole=done.is_whole,
        )
        print(
            f"| {entry['file'][:2]} | {len(tasks)} ({entry['tasks']}) | {named} ({entry['tasks_with_responsibility']}) "
            f"| {sum(verdicts)} of {len(verdicts)} | {'all' if done.is_whole else 'NO'} | {done.faults} "
            f"| {done.seconds:.2f} |"
        )
    print(
        f"tasks found {total['found']} of {total['tasks']} ({total['found'] / total['tasks']:.1%}), "
        f"false {total['false']} ({total['false'] / total['tasks']:.1%}); "
        f"with responsibility {total['named']} of {total['with_responsibility']}; "
        f"roles right {total['right']} of {total['roles']} ({total['right'] / total['roles']:.1%})\n"
    )


def _roles(plan: PlanIndex, sample: dict[str, Any]) -> Iterator[bool]:
    """Yield for each role of a sample whether it is read as a person read it, with all names and no more."""
    numbers = {item: {line.number for line in lines} for item, lines in plan.lines_of.items()}
    here = [task for task in plan.plan.tasks if sample["line"] in numbers.get(task.id, ())]
    here += [task for task in plan.plan.tasks if task.title.startswith(sample["task"][:8])]
    printed_there = plan.plan.source.split("\n")[sample["line"] - 1]
    for _label, role, names in sample["roles"]:
        if role == "deadline":
            yield bool(here and here[0].deadline)
            continue
        told = [charge.responsibility for charge in plan.applying[here[0].id]] if here else []
        told = told or [one for one in plan.plan.all_responsibilities if one.quote.strip() in printed_there]
        wanted = ROLES.get(role, role)
        said = [
            m for one in told if one.role == wanted or (wanted, one.role) == ("responsible", "owner") for m in one.names
        ]
        # 等有关部门 names nobody.
        printed = {name for name in names if not name.startswith("等")}
        yield printed in ({m.printed for m in said}, {m.name for m in said}) or bool(
            printed and {*_cut(printed)} == {*_cut({m.printed for m in said})}
        )


def _cut(names: set[str]) -> Iterator[str]:
    """Yield names without what lists of places share: a reader writes them as one, or each by itself."""
    for name in names:
        yield from (part for part in name.split("、") if part)


def _score_seed() -> None:
    (folder,) = (path.parent for path in SEED.glob("*/plan.yaml"))
    data, _ = read_data(SEED, "plan_data")
    done = imported((folder / "source.txt").read_text("utf-8"))
    print(f"the large plan: {done.faults} faults, {done.seconds:.2f} s")
    print("| of the large plan | entered | proposed | right | precision | recall |")
    print("| --- | --- | --- | --- | --- | --- |")
    for name, keys in (("figures", _figures), ("words", _words), ("duties", _duties)):
        entered, proposed, right = compared(data.plans[0], done.plan.plan, keys)
        precision, recall = right / max(proposed, 1), right / max(entered, 1)
        print(f"| {name} | {entered} | {proposed} | {right} | {precision:.1%} | {recall:.1%} |")


def compared(
    entered: Plan, proposed: Plan, keys: Callable[[Plan], Counter[tuple[object, ...]]]
) -> tuple[int, int, int]:
    """Return how many are entered, how many proposed, and how many of them are the same."""
    mine, theirs = keys(entered), keys(proposed)
    return sum(mine.values()), sum(theirs.values()), sum(_same(mine, theirs))


def _same(mine: Counter[tuple[object, ...]], theirs: Counter[tuple[object, ...]]) -> Iterator[int]:
    left = Counter(theirs)
    for key, count in mine.items():
        for _ in range(count):
            found = next((other for other in left if left[other] and _fits(key, other)), None)
            if found:
                left[found] -= 1
                yield 1


def _fits(key: tuple[object, ...], other: tuple[object, ...]) -> bool:
    """Say whether two keys are the same; quoted words, at the end, may be longer on one side."""
    if key[:-1] != other[:-1]:
        return False
    one, two = str(key[-1]), str(other[-1])
    return one in two or two in one


def _values(plan: Plan) -> Iterator[tuple[str, Target, Value]]:
    for item in plan.items:
        if item.kind in {"goal", "task", "safeguard"}:
            yield from ((item.id, target, value) for target in item.targets for value in target.values)


def _figures(plan: Plan) -> Counter[tuple[object, ...]]:
    return Counter(
        (of, v.year, v.comparator, v.value, v.upper, v.unit, "") for of, _, v in _values(plan) if v.value is not None
    )


def _words(plan: Plan) -> Counter[tuple[object, ...]]:
    found = ((of, target, v) for of, target, v in _values(plan) if v.value is None)
    return Counter((of, v.year, v.comparator, v.text if v.comparator == "state" else "") for of, target, v in found)


def _duties(plan: Plan) -> Counter[tuple[object, ...]]:
    return Counter(
        (item.id, duty.frequency, str(duty.due and (duty.due.months, duty.due.day)), duty.phrase)
        for item in plan.items
        if item.kind in {"goal", "task", "safeguard"}
        for duty in item.duties
    )


if __name__ == "__main__":
    sys.exit(main())
