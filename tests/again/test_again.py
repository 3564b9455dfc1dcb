"""Corrected texts put into plans that people have worked on: the words follow, what was decided stays."""

from __future__ import annotations

import random
import re
import shutil
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from generator.again.again import read_again, write_again
from generator.again.report import listed
from generator.data.load import read_data
from generator.problems import PlanError, errors
from generator.rules import check
from generator.text.lines import official_text
from tests.conftest import SEED

if TYPE_CHECKING:
    from collections.abc import Callable

    from generator.model import Plan
    from tests.conftest import Plansite

PLANS = Path(__file__).parents[1] / "plans" / "plan_data"
LARGE = "xishan-2022-2024"
ASIDE = "set-aside.txt"


class Taken(NamedTuple):
    """What came of a corrected text."""

    folder: Path
    told: str
    plan: Plan

    def file(self, name: str) -> str:
        """Return a file of the plan."""
        return (self.folder / name).read_text("utf-8")


@pytest.fixture
def root(tmp_path: Path) -> Callable[[str], Path]:
    """Return a function that copies the data of a plan."""

    def _root(plan: str) -> Path:
        return Path(shutil.copytree(SEED if plan == LARGE else PLANS, tmp_path / "plan_data"))

    return _root


@pytest.fixture
def take(root: Callable[[str], Path]) -> Callable[[str, Callable[[str], str]], Taken]:
    """Return a function that takes over an edit of a plan's text; what comes out passes every check, word for word."""

    def _take(plan: str, edit: Callable[[str], str]) -> Taken:
        data = root(plan)
        text = edit((data / plan / "source.txt").read_text("utf-8"))
        again = read_again(data, "plan_data", plan, text)
        write_again(data, again)
        after, problems = read_data(data, "plan_data")
        assert errors([*problems, *check(after)]) == []
        (found,) = (one for one in after.plans if one.id == plan)
        assert official_text(found) == found.source == text
        assert _is_settled(data, plan, text)
        return Taken(data / plan, "\n".join(listed(again.result)), found)

    return _take


def _is_settled(data: Path, plan: str, text: str) -> bool:
    """Say whether the same text again changes nothing."""
    again = read_again(data, "plan_data", plan, text)
    return not (again.texts or again.new or again.gone)


def _swapped(old: str, new: str) -> Callable[[str], str]:
    def edit(text: str) -> str:
        assert old in text
        return text.replace(old, new, 1)

    return edit


def _added(before: str, after: str) -> set[str]:
    """Return the lines that one text has and the other had not."""
    return set(after.split("\n")) - set(before.split("\n"))


@pytest.mark.parametrize("plan", ["shiqiao-care", "luxi-night", "qinglan-trade", LARGE])
def test_the_same_text_changes_nothing(plan: str, root: Callable[[str], Path]) -> None:
    """A text that is there already leaves every byte as it is."""
    data = root(plan)
    assert _is_settled(data, plan, (data / plan / "source.txt").read_text("utf-8"))


def test_a_mended_typo_changes_one_line(take: Callable[[str, Callable[[str], str]], Taken]) -> None:
    """The sentence changes where it stands, and nothing else."""
    taken = take("qinglan-trade", _swapped("给予展位费补助", "发放展位费补助"))
    before = (PLANS / "qinglan-trade" / "plan.yaml").read_text("utf-8")
    assert _added(before, taken.file("plan.yaml")) == {"      对参展企业发放展位费补助,最高5万元。"}
    assert not (taken.folder / ASIDE).exists()


def test_a_quote_goes_along_with_its_words(take: Callable[[str, Callable[[str], str]], Taken]) -> None:
    """A reading of a person whose words changed a little quotes the new ones, and no proposal stands beside it."""
    taken = take(LARGE, _swapped("建立龙头企业和重大项目培育库,", "建立龙头企业与重大项目培育库,"))
    (target,) = (t for part in taken.plan.items for t in part.targets if t.id == "task-2-cultivation-library")
    assert (target.phrase, target.indicator) == ("建立龙头企业与重大项目培育库", "龙头企业与重大项目培育库")
    assert "proposed" not in taken.file("sectors/1.yaml")
    assert "# 有具体名称，但没有年份和建成标准" in taken.file("sectors/1.yaml")


def test_a_figure_never_changes_in_a_reading(take: Callable[[str, Callable[[str], str]], Taken]) -> None:
    """A target whose figure changed is set aside, comment and all, and proposed anew."""
    taken = take(LARGE, _swapped("等重点3条产业链", "等重点4条产业链"))
    assert "id: task-2-key-chains" not in taken.file("sectors/1.yaml")
    aside = taken.file(ASIDE)
    assert "# 原文列出三条链名，与“3条”相合。\n- id: task-2-key-chains" in aside
    assert "- id: line-19-doubled-key" in aside
    assert "- id: three-key-chains" in aside
    assert "reading: proposed\n        values:\n          - {value: 4, text: 4条}" in taken.file("sectors/1.yaml")
    assert "原文的数字改了：目标“重点打造的产业链条数”放下" in taken.told


def test_a_dropped_proposal_stays_dropped(root: Callable[[str], Path]) -> None:
    """What a person deleted does not come back while its sentence stays, nor when it changed by a typo."""
    data = root("qinglan-trade")
    path = data / "qinglan-trade" / "plan.yaml"
    text = path.read_text("utf-8")
    fairs = text[text.index("    targets:\n      - id: fairs") : text.index("    parts:\n      - kind: responsibility")]
    path.write_text(text.replace(fairs, ""), "utf-8")
    source = (data / "qinglan-trade" / "source.txt").read_text("utf-8")
    for old, new in (("对参展企业", "对参加展会的企业"), ("组织企业参加境外展会", "组织企业赴境外展会")):
        again = read_again(data, "plan_data", "qinglan-trade", source.replace(old, new))
        assert "场" not in "".join(re.findall("新提出.*", "\n".join(listed(again.result))))


def test_a_new_sentence_is_proposed(take: Callable[[str, Callable[[str], str]], Taken]) -> None:
    """What a new sentence sets comes in as proposed, beside what was there."""
    taken = take("qinglan-trade", _swapped("12场。", "12场。组团赴境外洽谈不少于3次。"))
    assert "- id: fairs" in taken.file("plan.yaml")
    assert "      组团赴境外洽谈不少于3次。" in taken.file("plan.yaml")
    (task, *_) = taken.plan.of_kind("task")
    assert [(target.phrase, target.values[0].reading) for target in task.targets][1] == (
        "组团赴境外洽谈不少于3次",
        "proposed",
    )


def test_units_that_are_named_anew_are_told(take: Callable[[str, Callable[[str], str]], Taken]) -> None:
    """The list says who is named now, and who no longer is."""
    taken = take("qinglan-trade", _swapped("(责任单位:市交通局、市商务局)", "(责任单位:市交通局、市财政局)"))
    assert "新点名的单位：市财政局" in taken.told
    assert "不再点名的单位：市商务局" in taken.told


def test_whom_no_plan_names_leaves_the_registry(take: Callable[[str, Callable[[str], str]], Taken]) -> None:
    """A task that went takes along a unit that only it named; both are kept beside the plan."""
    taken = take(
        "shiqiao-care",
        _swapped("2.开设老年食堂。首先选好点,其次定好价,最后管好账。(民政局,商务局)\n分管领导:何 田\n", ""),
    )
    aside = taken.file(ASIDE)
    assert "note: 括号里没有写角色，按写在逗号前面的牵头理解；逗号后面的商务局另列。" in aside
    assert "name: 石桥区商务局" in aside
    assert "石桥区商务局" not in (taken.folder.parent / "units.yaml").read_text("utf-8")


def _renumbered(text: str, first: int, by: int) -> str:
    def moved(found: re.Match[str]) -> str:
        return f"{int(found[1]) + by}." if int(found[1]) >= first else found[0]

    return re.sub(r"^(\d{1,2})\.(?=\D)", moved, text, flags=re.MULTILINE)


def _with_a_task(text: str) -> str:
    text = _renumbered(text, 5, 1)
    return _swapped("\n6.优化项目建设", "\n5.建好审批专员队伍。到2024年底,培训审批专员30人。\n6.优化项目建设")(text)


@pytest.mark.slow
def test_a_task_between_others(take: Callable[[str, Callable[[str], str]], Taken]) -> None:
    """A new task stands in its sector, the others keep all and have new numbers, which is said; lines are followed."""
    taken = take(LARGE, _with_a_task)
    assert "    text: |\n      5.建好审批专员队伍。\n      到2024年底,培训审批专员30人。" in taken.file(
        "sectors/2.yaml"
    )
    assert "task-5 → task-6（/plans/xishan-2022-2024/tasks/5/ → /plans/xishan-2022-2024/tasks/6/）" in taken.told
    assert not (taken.folder / ASIDE).exists()
    before = re.findall(r"line: (\d+)", (SEED / LARGE / "glossary.yaml").read_text("utf-8"))
    assert [int(at) + (int(at) > 25) for at in before] == [
        int(a) for a in re.findall(r"line: (\d+)", taken.file("glossary.yaml"))
    ]


@pytest.mark.slow
def test_a_task_that_went(take: Callable[[str, Callable[[str], str]], Taken]) -> None:
    """Everything that was decided on a task that is no longer there is kept beside the plan."""

    def edit(text: str) -> str:
        lines = [line for line in text.split("\n") if not line.startswith("5.优化项目建设")]
        return _renumbered("\n".join(lines), 6, -1)

    taken = take(LARGE, edit)
    sector = (SEED / LARGE / "sectors" / "2.yaml").read_text("utf-8")
    task = sector[sector.index("      5.优化项目建设") : sector.index("      6.提升建设项目")]
    aside = taken.file(ASIDE)
    assert re.findall(r"id: \S+", task) == [one for one in re.findall(r"id: \S+", aside) if one in task]
    assert re.findall(r"# .+", task) == [one for one in re.findall(r"# .+", aside) if one in task]


@pytest.mark.slow
def test_a_task_that_moved(take: Callable[[str, Callable[[str], str]], Taken]) -> None:
    """A task that is printed elsewhere takes along its readings."""

    def edit(text: str) -> str:
        lines = text.split("\n")
        moved = next(line for line in lines if line.startswith("5.优化项目建设"))
        lines.remove(moved)
        lines.insert(next(at for at, line in enumerate(lines) if line.startswith("13.推行水电气")), moved)
        text = "\n".join(lines)
        for number in range(6, 13):
            text = text.replace(f"\n{number}.", f"\n{number - 1}.")
        return text.replace("\n5.优化项目建设", "\n12.优化项目建设", 1)

    taken = take(LARGE, edit)
    before = (SEED / LARGE / "sectors" / "2.yaml").read_text("utf-8")
    targets = re.findall(r"id: task-5-\S+", before)
    assert targets
    assert [one for one in targets if f"      - {one}" in taken.file("sectors/3.yaml")] == targets
    assert "从原第 26 行移来" in taken.told


def test_a_line_cut_in_two(take: Callable[[str, Callable[[str], str]], Taken]) -> None:
    """A line that became two stays one part with two paragraphs, and keeps its readings."""
    taken = take(LARGE, _swapped("提升线上线下服务能级。", "提升线上线下服务能级。\n"))
    assert "      11.提升线上线下服务能级。\n\n      持续提升" in taken.file("sectors/3.yaml")
    assert not (taken.folder / ASIDE).exists()
    assert "proposed" not in taken.file("sectors/3.yaml")


def test_lines_that_became_one(take: Callable[[str, Callable[[str], str]], Taken]) -> None:
    """Parts whose lines were joined stay parts."""
    taken = take("qinglan-trade", _swapped("\n组织企业参加境外展会", "组织企业参加境外展会"))
    assert "一、帮企业拿订单\n      组织企业参加境外展会" in taken.file("plan.yaml")


def test_several_parts_on_one_line(take: Callable[[str, Callable[[str], str]], Taken]) -> None:
    """Where one line holds all, what stands between its numbers is found again."""

    def edit(text: str) -> str:
        text = _swapped("第三条本", "第四条本")(text)
        return _swapped("第二条", "第二条评选夜市。评出10家。(市交通局牵头)第三条")(text)

    taken = take("luxi-night", edit)
    assert [task.title for task in taken.plan.of_kind("task")] == ["延长公交", "评选夜市", "点亮街区"]
    assert "task-2 → task-3" in taken.told


def test_a_mended_misprint_leaves_the_oddities(take: Callable[[str, Callable[[str], str]], Taken]) -> None:
    """An oddity that is no longer printed is set aside."""
    taken = take(LARGE, _swapped("全力构建亲清政商关系、营造", "全力构建亲清政商关系，营造"))
    assert "line-11-list-comma" in taken.file(ASIDE)
    assert "line-11-list-comma" not in taken.file("oddities.yaml")


def test_another_text_is_refused(root: Callable[[str], Path]) -> None:
    """A text that has nothing in common is no correction."""
    data = root("luxi-night")
    with pytest.raises(PlanError, match="像是另一份文件"):
        read_again(data, "plan_data", "luxi-night", "修路办法\n一、修路。修好三条路。\n")


def test_the_command_shows_first_and_writes_when_told(root: Callable[[str], Path], plansite: Plansite) -> None:
    """Without --write nothing changes; with it the plan does, and a second time there is nothing to do."""
    data = root("qinglan-trade")
    plan = data / "qinglan-trade"
    text = (plan / "source.txt").read_text("utf-8").replace("不少于12场", "不少于15场")
    (data.parent / "new.txt").write_text(text, "utf-8")
    before = {path: path.read_bytes() for path in sorted(data.rglob("*")) if path.is_file()}
    ask = ("import", "new.txt", "--out", "plan_data/qinglan-trade")
    shown = plansite(*ask)
    assert shown.returncode == 0
    assert "原文的数字改了：目标“组织企业参加境外展会”放下，留在 set-aside.txt" in shown.stdout
    assert "还没有写入" in shown.stdout
    assert before == {path: path.read_bytes() for path in sorted(data.rglob("*")) if path.is_file()}
    assert "已写入" in plansite(*ask, "--write").stdout
    assert (plan / "source.txt").read_text("utf-8") == text
    assert plansite(*ask).stdout == "没有改动：原文和现在的一样。\n"


_WRITTEN = re.compile(r"#[^\n]*[\u4e00-\u9fff][^\n]*|note: [^\n]*|(?<![\w-])id: [\w-]+")
"""What people wrote: comments, reasons, ids."""


def _at_random(text: str, chance: random.Random) -> str:
    """Return a text with a few lines changed, put in, taken out, moved, cut and joined."""
    lines = text.split("\n")
    for _ in range(chance.randint(1, 3)):
        at = chance.choice([at for at, line in enumerate(lines) if line.strip()])
        line, stop = lines[at], lines[at].find("。") + 1
        place = chance.randrange(len(line))
        become = chance.choice(
            (
                [line[:place] + chance.choice("的和与及各") + line[place + 1 :]],
                [re.sub(r"\d+", lambda found: str(int(found[0]) + 1), line, count=1)],
                [f"{line[:stop]}新建服务站不少于{chance.randint(2, 90)}家。{line[stop:]}"],
                [],
                ["这一段是新加的，说明怎样落实。", line],
                [line, line],
                [one for one in (line[:stop], line[stop:]) if one],
                ["", line],
            )
        )
        lines[at : at + 1] = become
        if chance.random() < 0.2:
            moved = lines.pop(chance.randrange(len(lines)))
            lines.insert(chance.randrange(len(lines) + 1), moved)
        if chance.random() < 0.2:
            lines[at : at + 2] = ["".join(lines[at : at + 2])]
    return "\n".join(lines)


@pytest.mark.slow
@pytest.mark.parametrize("plan", ["shiqiao-care", "qinglan-trade"])
def test_nothing_that_people_wrote_is_lost(plan: str, tmp_path: Path) -> None:
    """Whatever became of a text: it is taken over whole and sound, or refused; what people wrote is still there."""
    text, refused = (PLANS / plan / "source.txt").read_text("utf-8"), 0
    for number in range(25):
        data = Path(shutil.copytree(PLANS, tmp_path / str(number)))
        before = Counter(_WRITTEN.findall(_all_texts(data)))
        new = _at_random(text, random.Random(number))
        try:
            again = read_again(data, "plan_data", plan, new)
        except PlanError:
            refused += 1
            continue
        write_again(data, again)
        after, problems = read_data(data, "plan_data")
        assert errors([*problems, *check(after)]) == []
        assert (data / plan / "source.txt").read_text("utf-8") == new
        assert before - Counter(_WRITTEN.findall(_all_texts(data))) == Counter()
    assert refused <= 5


def _all_texts(data: Path) -> str:
    found = (path for path in sorted(data.rglob("*")) if path.suffix == ".yaml" or path.name == ASIDE)
    return "\n".join(path.read_text("utf-8") for path in found)
