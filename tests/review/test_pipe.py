"""The review driven line by line: each decision is one small edit of the YAML, and all else stays byte for byte."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from generator.data.load import read_data
from generator.rules import check
from tests.review.conftest import HERE, texts

if TYPE_CHECKING:
    from pathlib import Path

    from tests.review.conftest import Review

PLAN, TASKS, UNITS = "bianmin/plan.yaml", "bianmin/sectors/1.yaml", "units.yaml"
SCREENS = 11
ORIGINAL = texts(HERE / "plan_data")


def _at(screen: int, *lines: str) -> tuple[str, ...]:
    """Return lines that pass over the screens before one, and say something there."""
    return (*["s"] * (screen - 1), *lines)


def _problems(plan_data: Path) -> list[str]:
    data, problems = read_data(plan_data)
    return [str(problem) for problem in sorted({*problems, *check(data)})]


def test_all_is_accepted(review: Review, plan_data: Path) -> None:
    """With a note a reading becomes inferred, without one its key goes, or says printed where a comment stands."""
    done = review(*[""] * SCREENS)
    assert (done.returncode, done.stderr) == (0, "")
    assert texts(plan_data) == texts(HERE / "accepted")
    assert done.stdout.endswith("接受 16 项，删去 0 项，跳过 0 项，都已写入。全部核对完了。\n")
    assert _problems(plan_data) == []
    assert review().stdout == "没有待核对的：全部都已经核对过了。\n"


def test_what_is_open_needs_no_state(review: Review, plan_data: Path) -> None:
    """Stopped by q or by the end of its input, the review goes on where it was."""
    first = review("", "", "q")
    assert "还有 10 项待核对，再运行 plansite review bianmin 就接着来。" in first.stdout
    assert "第 1/9 屏" in review("").stdout
    review(*[""] * SCREENS)
    assert texts(plan_data) == texts(HERE / "accepted")


def test_skipping_changes_nothing(review: Review, plan_data: Path) -> None:
    """What is passed over stays as it is."""
    done = review(*["s"] * SCREENS)
    assert done.returncode == 0
    assert texts(plan_data) == ORIGINAL


def test_every_step_is_undone(review: Review, plan_data: Path) -> None:
    """Steps of all kinds are taken back, the last one first, and the files are what they were."""
    mended = ("e 2 7 原文没有写年份，按最后一年2024年理解。", "")
    done = review("", "", "", *mended, "s", "d 1", "d", *["u"] * 8, "q")
    assert done.returncode == 0
    assert "没有写入" not in done.stdout
    assert "没有可以撤销的" not in done.stdout
    assert texts(plan_data) == ORIGINAL


DROPS = {
    "the only value of a target": (
        4,
        "d 2",
        TASKS,
        ORIGINAL[TASKS].index("      - id: task-1-terminals"),
        ORIGINAL[TASKS].index("      - id: task-1-streets"),
    ),
    "a target": (
        5,
        "d 1",
        TASKS,
        ORIGINAL[TASKS].index("      - id: task-1-streets"),
        ORIGINAL[TASKS].index("    parts:\n      - kind: responsibility"),
    ),
    "a deadline": (8, "d", TASKS, ORIGINAL[TASKS].index("    deadline:"), ORIGINAL[TASKS].rindex("  - kind: task")),
    "a duty": (9, "d", TASKS, ORIGINAL[TASKS].index("    duties:"), len(ORIGINAL[TASKS])),
    "a duty with its comment": (10, "d", PLAN, ORIGINAL[PLAN].index("    duties:"), ORIGINAL[PLAN].index("groups:")),
}


@pytest.mark.parametrize("dropped", DROPS.values(), ids=DROPS)
def test_what_is_dropped_goes(review: Review, plan_data: Path, dropped: tuple[int, str, str, int, int]) -> None:
    """A record goes with the lines that it takes, and nothing else."""
    screen, line, name, start, end = dropped
    review(*_at(screen, line, "q"))
    expected = ORIGINAL | {name: ORIGINAL[name][:start] + ORIGINAL[name][end:]}
    assert texts(plan_data) == expected
    assert _problems(plan_data) == []


def test_a_unit_that_nobody_names_any_more_goes_as_well(review: Review, plan_data: Path) -> None:
    """It was registered for the sake of the words that a person dropped."""
    review(*_at(7, "d", "q"))
    start = ORIGINAL[TASKS].index("      - {quote: 本市商会代办")
    unit = "  - {id: unit-5, name: 本市商会, kind: 社会组织, reading: proposed}\n"
    expected = {
        TASKS: ORIGINAL[TASKS][:start] + ORIGINAL[TASKS][ORIGINAL[TASKS].index("    deadline:") :],
        UNITS: ORIGINAL[UNITS].replace(unit, ""),
    }
    assert texts(plan_data) == ORIGINAL | expected
    assert _problems(plan_data) == []


def test_an_alias_that_is_dropped_is_a_unit_of_its_own(review: Review, plan_data: Path) -> None:
    """It takes the kind and level of the unit whose name it was, and comes up by itself at the end."""
    done = review("s", "d 3", *["s"] * (SCREENS - 1), "")
    row = "  - {id: unit-3-2, name: 数据局, kind: 事业单位, level: 市级}\n"
    expected = (
        ORIGINAL[UNITS]
        .replace("    aliases:\n      - {name: 数据局, kind: 简称, reading: proposed}   # 正文里省了“市”\n", "")
        .replace("  - {id: unit-4", f"{row}  - {{id: unit-4")
    )
    assert texts(plan_data) == ORIGINAL | {UNITS: expected}, done.stdout
    assert _problems(plan_data) == []


def test_a_name_that_is_dropped_means_what_it_says(review: Review, plan_data: Path) -> None:
    """The printed name stays; only what it was taken for goes."""
    review(*_at(6, "d 2", "q"))
    row = "{printed: 数据局, names: [市数据局], reading: proposed, note: 前面没有印级别，按市级理解。}"
    assert texts(plan_data) == ORIGINAL | {TASKS: ORIGINAL[TASKS].replace(row, "数据局")}


def test_what_is_mended_is_accepted_with_it(review: Review, plan_data: Path) -> None:
    """Several values and the decision are one edit."""
    done = review(*_at(4, "e 2 1 2023", "e 2 7 原文没有写年份，按2023年理解。", "", "q"))
    old = "2024, value: 50, text: 新增自助终端50台, reading: proposed, note: 原文没有写年份，按方案最后一年2024年理解。"
    new = "2023, value: 50, text: 新增自助终端50台, reading: inferred, note: 原文没有写年份，按2023年理解。"
    assert old in ORIGINAL[TASKS]
    assert texts(plan_data) == ORIGINAL | {TASKS: ORIGINAL[TASKS].replace(old, new)}, done.stdout
    assert "改：年度 2024 → 2023" in done.stdout


def test_a_choice_is_named_by_its_number_or_its_word(review: Review, plan_data: Path) -> None:
    """A list row is mended by its number, and the others are accepted with it."""
    done = review("s", "e 1 2", "事业单位", "e 5 2 12", "s 2 3 4", "", "q")
    assert "类别：1 党委部门" in done.stdout
    expected = (
        ORIGINAL[UNITS]
        .replace("市财政局, kind: 政府部门, level: 市级, reading: proposed", "市财政局, kind: 事业单位, level: 市级")
        .replace("本市商会, kind: 社会组织, reading: proposed", "本市商会, kind: 议事协调机构")
    )
    assert texts(plan_data) == ORIGINAL | {UNITS: expected}, done.stdout


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (("e 2 1 2025", ""), "“推断理由”里写的是 2024 年，“年度”却是 2025"),
        (("e 2 3 60", ""), "60"),
        (("e 2 1 今年",), "“年度”不能是“今年”：应是 1900 到 2200 的整数"),
        (("e 9",), "没有“9”这个序号"),
        (("x",), "没有这个键"),
    ],
)
def test_what_cannot_be_is_refused_with_the_reason(
    review: Review, plan_data: Path, lines: tuple[str, ...], reason: str
) -> None:
    """The card is shown again, and nothing is written."""
    done = review(*_at(4, *lines), *["s"] * SCREENS)
    assert reason in done.stdout
    assert texts(plan_data) == ORIGINAL


def test_a_task_is_accepted_as_a_whole(review: Review, plan_data: Path) -> None:
    """The key a confirms what else is open of the same task, and one step takes it back."""
    review(*_at(3, "a", "q"))
    accepted = texts(HERE / "accepted")[TASKS]
    end = ORIGINAL[TASKS].index("    parts:\n      - kind: responsibility")
    expected = accepted[: accepted.index("    parts:\n      - kind: responsibility")] + ORIGINAL[TASKS][end:]
    assert texts(plan_data) == ORIGINAL | {TASKS: expected}
    done = review("s", "s", "a", "u", "q")
    assert texts(plan_data) == ORIGINAL | {TASKS: expected}, done.stdout


def test_line_ends_and_the_mark_of_the_encoding_stay(review: Review, plan_data: Path) -> None:
    """A file that another system wrote stays as that system wrote it."""
    for name, text in ORIGINAL.items():
        (plan_data / name).write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    review(*[""] * SCREENS)
    expected = {name: "\ufeff" + text.replace("\n", "\r\n") for name, text in texts(HERE / "accepted").items()}
    assert texts(plan_data) == expected


def test_what_is_open_is_listed(review: Review, plan_data: Path) -> None:
    """A line each, with its place."""
    done = review(arguments=("--list",))
    assert done.stdout == (HERE / "listed.txt").read_text("utf-8")
    assert texts(plan_data) == ORIGINAL


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("nowhere",), 2, "没有方案“nowhere”：现有 bianmin"),
        (("plan_data/bianmin", "--list"), 0, "plan_data/bianmin/plan.yaml:4:10"),
        (("--plan-data", "nowhere"), 2, "nowhere"),
        (("--xlsx", "list.txt"), 2, "--xlsx 后面要写以 .xlsx 结尾的文件名"),
    ],
)
def test_arguments(review: Review, arguments: tuple[str, ...], status: int, said: str) -> None:
    """A plan is named by its id or its folder."""
    done = review(arguments=arguments)
    assert done.returncode == status
    assert said in done.stdout + done.stderr


def test_broken_data_is_told(review: Review, plan_data: Path) -> None:
    """What cannot be read is a problem line, as plansite check tells it."""
    (plan_data / UNITS).write_text("units: [", "utf-8")
    done = review("")
    assert done.returncode == 1
    assert "plan_data/units.yaml" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_first_plan_that_is_unfinished(review: Review, plan_data: Path) -> None:
    """Without a name the plan is walked of which something is open, though what the registry holds is every plan's."""
    shutil.copytree(HERE / "accepted" / "bianmin", plan_data / "a-first")
    (plan_data / "a-first" / "source.txt").write_bytes((plan_data / "bianmin" / "source.txt").read_bytes())
    own = plan_data / "a-first" / "plan.yaml"
    own.write_text(own.read_text("utf-8").replace("id: bianmin", "id: a-first", 1), "utf-8")
    assert "bianmin/plan.yaml" in review("q").stdout
    shutil.copytree(HERE / "plan_data" / "bianmin", plan_data / "c-last")
    last = plan_data / "c-last" / "plan.yaml"
    last.write_text(last.read_text("utf-8").replace("id: bianmin", "id: c-last", 1), "utf-8")
    done = review(*[""] * SCREENS)
    assert done.stdout.endswith("bianmin 全部核对完了；还没有核对完的方案：c-last。\n")


def test_a_bracket_that_says_two_things_is_one_card(review: Review, plan_data: Path) -> None:
    """Who leads and who answers besides, read from one bracket, are confirmed with one key, and neither stays open."""
    file = plan_data / TASKS
    quote = "      - quote: 证照当场领取(市便民局、数据局)\n"
    one = f"{quote}        {{}}\n        covers: quote\n        reading: proposed\n"
    bracket = quote + ORIGINAL[TASKS].partition(quote)[2].partition("        reading: proposed\n")[0]
    bracket += "        reading: proposed\n"
    other = "units: [{printed: 数据局, names: [市数据局], reading: proposed, note: 前面没有印级别，按市级理解。}]"
    two = one.format("units: [市便民局]") + one.format(f"role: cooperate\n        {other}")
    file.write_bytes(ORIGINAL[TASKS].replace(bracket, two).encode())
    assert _problems(plan_data) == []
    done = review(*[""] * SCREENS)
    assert done.stdout.endswith("接受 17 项，删去 0 项，跳过 0 项，都已写入。全部核对完了。\n")
    assert "proposed" not in file.read_text("utf-8")
