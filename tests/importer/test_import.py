"""Texts made into proposed YAML: what comes out is valid, gives the text back, and says who answers for what."""

from __future__ import annotations

import random
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from generator.data.load import read_data
from generator.importer.place import read_proposal
from generator.index.build import build_index, read_index
from generator.problems import errors
from generator.rules import check
from generator.text.lines import official_text
from tests.conftest import SEED

if TYPE_CHECKING:
    from generator.index.records import SiteIndex
    from generator.model import Data
    from tests.conftest import Plansite

PLANS = Path(__file__).parents[1] / "plans" / "plan_data"
SOURCES = [*sorted(PLANS.glob("*/source.txt")), SEED / "xishan-2022-2024" / "source.txt"]
TINY = """试办措施
一、多开窗口。周末也开。
牵头单位：市便民局
配合单位：市财政局、人事局
二、少跑一趟。（市便民局牵头，市数据局配合）
"""


def _imported(text: str, folder: Path) -> Data:
    """Return the data that a text makes of itself, in an empty folder; it has no fault of shape."""
    proposal, registries = read_proposal(text, "plan", folder)
    (folder / "plan").mkdir()
    for name, content in (*((f"plan/{n}", c) for n, c in proposal.files.items()), *registries.items()):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content.encode())
    data, problems = read_data(folder, "x")
    assert [str(problem) for problem in problems] == []
    return data


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.parent.name)
def test_a_text_is_given_back(source: Path, tmp_path: Path) -> None:
    """Whatever is understood of a text, its words come out as they went in."""
    text = source.read_text("utf-8")
    (plan,) = _imported(text, tmp_path).plans
    assert official_text(plan) == text


@pytest.fixture(scope="module")
def seed(tmp_path_factory: pytest.TempPathFactory) -> SiteIndex:
    """Return what the text of the large plan makes of itself, which `check` accepts."""
    data = _imported((SEED / "xishan-2022-2024" / "source.txt").read_text("utf-8"), tmp_path_factory.mktemp("seed"))
    assert [str(problem) for problem in check(data)] == []
    return build_index(data)


def test_the_large_plan_gives_its_structure(seed: SiteIndex) -> None:
    """Sectors, tasks and safeguards come out with the ids and titles that were entered by hand."""
    (mine,), (plan,) = seed.plans, read_index(SEED).plans
    for kind in ("sector", "task", "safeguard"):
        entered = [(part.id, part.title, part.sector) for part in plan.plan.of_kind(kind)]
        assert [(part.id, part.title, part.sector) for part in mine.plan.of_kind(kind)] == entered
    entered_documents = {(one.citation.title, one.citation.document_number) for one in plan.citations}
    assert {(one.citation.title, one.citation.document_number) for one in mine.citations} == entered_documents


def _stated(index: SiteIndex) -> set[tuple[str, str, str]]:
    """Return (unit, item, role) of all that names a unit itself."""
    (plan,) = index.plans
    named = ((unit, one) for unit, obligations in plan.obligations.items() for one in obligations)
    return {(index.unit_names[unit], one.id, one.role) for unit, one in named if one.via is None}


def test_the_large_plan_says_who_answers(seed: SiteIndex) -> None:
    """All but what a reader must know is read: names run together, one body under two names, a group by function."""
    mine, entered = _stated(seed), _stated(read_index(SEED))
    known = ("区金融办", "区文化和旅游局", "区政务服务局", "总牵头单位")
    assert {one for one in entered - mine if not any(name in one[0] for name in known)} == set()
    assert {one for one in mine - entered if not any(name in one[0] for name in known)} == set()


def test_lines_and_brackets_are_read(tmp_path: Path) -> None:
    """Labels on lines, verbs in brackets, and a prefix that the name before carries."""
    index = build_index(_imported(TINY, tmp_path))
    (plan,) = index.plans
    assert {
        (index.unit_names[unit], one.id, one.role) for unit, found in plan.obligations.items() for one in found
    } == {
        ("市便民局", "task-1", "lead"),
        ("市财政局", "task-1", "cooperate"),
        ("市人事局", "task-1", "cooperate"),
        ("市便民局", "task-2", "lead"),
        ("市数据局", "task-2", "cooperate"),
    }
    dropped = [m for one in plan.plan.all_responsibilities for m in one.names if m.printed == "人事局"]
    assert [(m.name, m.reading, bool(m.note)) for m in dropped] == [("市人事局", "proposed", True)]


def test_a_rule_for_all_that_follows_holds_for_the_whole_plan(tmp_path: Path) -> None:
    """以下均由… is read once, for every task, with its reason; the units before it are the item's own."""
    text = "试办措施\n一、多开窗口。(责任单位:市便民局,以下均需各镇落实,不再列出)\n二、少跑一趟。(责任单位:市数据局)\n"
    index = build_index(_imported(text, tmp_path))
    (plan,) = index.plans
    stated = {(index.unit_names[unit], one.id, one.role) for unit, found in plan.obligations.items() for one in found}
    assert stated == {
        ("市便民局", "task-1", "responsible"),
        ("市数据局", "task-2", "responsible"),
        ("各镇", "task-1", "implement"),
        ("各镇", "task-2", "implement"),
    }
    (rule,) = plan.plan.responsibilities
    assert (rule.reading, bool(rule.note)) == ("proposed", True)


@pytest.mark.slow
@pytest.mark.parametrize("turn", range(30))
def test_no_text_is_refused(turn: int, tmp_path: Path) -> None:
    """A text with lines dropped, doubled, cut, joined or left open still makes valid YAML that gives it back."""
    chance = random.Random(turn)
    lines = chance.choice(SOURCES).read_text("utf-8").split("\n")
    for _ in range(min(12, len(lines) - 1)):
        at = chance.randrange(len(lines))
        line = lines[at]
        changed = (
            [],
            [line, line],
            [line[: chance.randrange(len(line) + 1)]],
            [line + lines[at - 1]],
            [line.replace(")", "").replace("）", "")],
            ["", line],
            [f" {line} "],
        )
        lines[at : at + 1] = chance.choice(changed)
    text = "\n".join(lines)
    if not text.strip():
        return
    data = _imported(text, tmp_path)
    assert official_text(data.plans[0]) == text
    assert [str(problem) for problem in errors(check(data))] == []


HUGE = {
    "one line": lambda: SOURCES[-1].read_text("utf-8").replace("\n", "") * 8,
    "never closed": lambda: "一、甲乙(牵头单位:甲局、" * 3000,
    "very short lines": lambda: "1.做事。\n" * 3000,
    "one list of figures": lambda: "1.做事。新建" + "3条路、" * 8000,
    "years without end": lambda: "1.做事。到2025年," * 3000,
    "many labels": lambda: "牵头单位:甲局\n" * 3000,
}


@pytest.mark.slow
@pytest.mark.parametrize("shape", HUGE)
def test_no_length_is_refused(shape: str, tmp_path: Path) -> None:
    """Long texts of odd shapes come back too; the command's time and memory are measured by `make score`."""
    text = HUGE[shape]()
    proposal, _ = read_proposal(text, "plan", tmp_path)
    assert proposal.files["source.txt"] == text
    assert yaml.safe_load(proposal.files["plan.yaml"])["parts"]


def test_the_command(plansite: Plansite, tmp_path: Path) -> None:
    """A text becomes a folder that `check` accepts; registries that were there keep what they hold."""
    (tmp_path / "data").mkdir()
    registry = "units:\n  # 手写的说明\n  - id: convenience\n    name: 市便民局\n    kind: 政府部门\n"
    (tmp_path / "data" / "units.yaml").write_text(registry, "utf-8")
    (tmp_path / "plan.txt").write_bytes(TINY.encode("gb18030"))
    done = plansite("import", "plan.txt", "--out", "data/tiny")
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "data" / "tiny" / "source.txt").read_text("utf-8") == TINY
    grown = (tmp_path / "data" / "units.yaml").read_text("utf-8")
    assert grown.startswith(registry.rstrip("\n"))
    assert "市人事局" in grown
    checked = plansite("check", "data")
    assert checked.returncode == 0, checked.stderr


@pytest.mark.parametrize(
    "registry",
    [
        "units:\n  - {id: a, name: 甲局, kind: 政府部门}\nreadings:\n  - {text: 长坡, pinyin: chang po}\n",
        "units: [{id: a, name: 甲局, kind: 政府部门}]\n",
    ],
)
def test_a_registry_that_cannot_grow_at_its_end_stays_as_it_is(
    registry: str, plansite: Plansite, tmp_path: Path
) -> None:
    """New units never land in another list: it is said what to move, and nothing is written."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "units.yaml").write_text(registry, "utf-8")
    (tmp_path / "plan.txt").write_text(TINY, "utf-8")
    done = plansite("import", "plan.txt", "--out", "data/tiny")
    assert (done.returncode, done.stdout) == (1, "")
    assert "请先把它移到文件最后" in done.stderr
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["units.yaml"]
    assert (tmp_path / "data" / "units.yaml").read_text("utf-8") == registry


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("plan.txt", "--out", "data/there"), "不覆盖"),
        (("plan.txt", "--out", "data/方案"), "只用小写英文字母"),
        (("nowhere.txt", "--out", "data/new"), "nowhere.txt"),
        (("noise.bin", "--out", "data/new"), "读不出文字"),
        (("plan.txt",), "缺少"),
    ],
)
def test_wrong_use_is_explained(arguments: tuple[str, ...], said: str, plansite: Plansite, tmp_path: Path) -> None:
    """What cannot be done is said in a line, and nothing is written."""
    (tmp_path / "data" / "there").mkdir(parents=True)
    (tmp_path / "plan.txt").write_text(TINY, "utf-8")
    (tmp_path / "noise.bin").write_bytes(bytes(range(256)) * 8)
    done = plansite("import", *arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert sorted(path.name for path in (tmp_path / "data").iterdir()) == ["there"]
    shutil.rmtree(tmp_path / "data")


def test_one_body_under_two_names_is_proposed_as_one(tmp_path: Path) -> None:
    """Names that differ as usual writings do come as a name and an alias that waits for a person; others stay apart."""
    text = "试办方案\n一、多开窗口。(责任单位:市发展和改革委员会、市数据局)\n二、少跑。(责任单位:市发改委、数据中心)\n"
    units = _imported(text, tmp_path).units
    assert [(unit.name, unit.is_proposed, [(a.name, a.is_proposed) for a in unit.aliases]) for unit in units] == [
        ("市发展和改革委员会", True, [("市发改委", True)]),
        ("市数据局", True, []),
        ("市数据中心", True, []),
    ]


def test_a_body_that_the_registry_knows_is_never_merged_silently(tmp_path: Path) -> None:
    """A name that looks like that of a registered unit becomes a unit of its own, and is listed."""
    registry = "units:\n  - {id: reform, name: 市发展和改革委员会, kind: 政府部门}\n"
    (tmp_path / "units.yaml").write_text(registry, "utf-8")
    text = "试办方案\n一、多开窗口。(责任单位:市发展和改革委员会、市数据局)\n二、少跑一趟。(责任单位:市发改委)\n"
    proposal, registries = read_proposal(text, "plan", tmp_path)
    assert "name: 市发改委" in registries["units.yaml"]
    assert any("市发改委" in said and line == 3 for line, said in proposal.open)


def test_a_text_that_names_nobody_makes_a_registry_without_units(tmp_path: Path) -> None:
    """A later plan adds its units to it."""
    _imported("一封信\n今年多开窗口。\n", tmp_path)
    assert "units: []" in (tmp_path / "units.yaml").read_text("utf-8")
    _, registries = read_proposal("一、多开窗口。(责任单位:市数据局)\n", "second", tmp_path)
    assert "name: 市数据局" in registries["units.yaml"]


def test_titles_of_ours_name_a_thing(tmp_path: Path) -> None:
    """A plan without a title is not called by whom it is sent to, nor a task by a day or half a quotation."""
    long = "起新办的商户在政务大厅“一站式全流程服务综合办理专区”一次办齐全部手续并领取证照不再往返各个窗口排队等候"
    text = f"各镇,市直各单位:\n一、2023年4月1日{long}。(责任单位:市便民局)\n二、少跑一趟。(责任单位:市数据局)\n"
    proposal, _ = read_proposal(text, "plan", tmp_path)
    assert "title: 未命名方案" in proposal.files["plan.yaml"]
    assert "title: 新办的商户在政务大厅\n" in proposal.files["plan.yaml"]
    assert [line for line, said in proposal.open if "原文没有标题" in said] == [1]
