"""The review in a terminal: single keys, screens that fit, and nothing lost however it ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from generator.review.screen import width_of
from tests.review.conftest import HERE, bare, texts

if TYPE_CHECKING:
    from pathlib import Path

    from tests.review.conftest import Keyboard, Open

TASKS = "bianmin/sectors/1.yaml"
ORIGINAL = texts(HERE / "plan_data")
KEYS, ALL = "q 停", "回车就是全部"
COLOURED_KEYS = "\x1b[1mq\x1b[0m 停"


def test_keys_alone_confirm_everything(terminal: Open, plan_data: Path) -> None:
    """One key a screen, typed faster than they are shown."""
    keyboard = terminal()
    shown = keyboard.until(COLOURED_KEYS)
    assert "第 1/11 屏，还剩约 1 分钟" in bare(shown)
    keyboard.press("\ry\r" + "y" * 8)
    assert "接受 16 项，删去 0 项，跳过 0 项，都已写入。全部核对完了。" in keyboard.close()
    assert texts(plan_data) == texts(HERE / "accepted")


def test_a_value_is_mended_by_keys(terminal: Open, plan_data: Path) -> None:
    """Row, column and value as lines; a text is there already to be edited."""
    keyboard = terminal()
    keyboard.until(COLOURED_KEYS)
    keyboard.press("s")
    keyboard.until(COLOURED_KEYS)
    keyboard.press("s")
    keyboard.until(ALL)
    keyboard.press("\r")
    keyboard.until(COLOURED_KEYS)
    keyboard.press("s")
    keyboard.until("2024年50台")
    keyboard.until(COLOURED_KEYS)
    keyboard.press("e")
    assert "2 2024年50台" in keyboard.until("序号：")
    keyboard.press("2\r")
    assert "年度（2024）" in keyboard.until("序号：")
    keyboard.press("1\r")
    keyboard.until("清空）：")
    keyboard.press("2023\r")
    keyboard.until("改：年度 2024 → 2023")
    keyboard.press("e")
    keyboard.until("序号：")
    keyboard.press("2\r")
    assert "按方案最后一年2024年理解。" in keyboard.until("序号：")
    keyboard.press("7\r")
    keyboard.until("清空）：")
    keyboard.press("\x15原文没有写年份，按2023年理解。\r")
    keyboard.until("改：推断理由")
    keyboard.until(COLOURED_KEYS)
    keyboard.press("y")
    keyboard.until(COLOURED_KEYS)
    keyboard.press("q")
    assert "接受 1 项" in keyboard.close()
    old = "2024, value: 50, text: 新增自助终端50台, reading: proposed, note: 原文没有写年份，按方案最后一年2024年理解。"
    new = "2023, value: 50, text: 新增自助终端50台, reading: inferred, note: 原文没有写年份，按2023年理解。"
    assert texts(plan_data) == ORIGINAL | {TASKS: ORIGINAL[TASKS].replace(old, new)}


def _skip_until(words: str, keyboard: Keyboard) -> str:
    """Pass over screens until one holds some words; returns that one."""
    keyboard.until(COLOURED_KEYS)
    while True:
        keyboard.press("s")
        shown = keyboard.until(COLOURED_KEYS, ALL)
        if ALL in shown:
            keyboard.press("\r")
            shown = keyboard.until(COLOURED_KEYS)
        if words in shown:
            return bare(shown)


@pytest.mark.parametrize("key", ["\x03", "\x04", "q"], ids=["Ctrl-C", "Ctrl-D", "q"])
def test_stopping_loses_nothing(terminal: Open, plan_data: Path, key: str) -> None:
    """What was decided before is written, and what was mended and not confirmed stays open with its new value."""
    keyboard = terminal()
    keyboard.until(COLOURED_KEYS)
    keyboard.press("\r")
    keyboard.until(COLOURED_KEYS)
    keyboard.press("e")
    keyboard.until("序号：")
    keyboard.press("1\r")
    assert "改哪一栏" in keyboard.until("序号：")
    keyboard.press("4\r")
    keyboard.until("清空）：")
    keyboard.press("2\r")
    keyboard.until("改：层级 市级 → 省级")
    keyboard.until(COLOURED_KEYS)
    keyboard.press(key)
    keyboard.close()
    found = texts(plan_data)
    assert found["bianmin/plan.yaml"] == ORIGINAL["bianmin/plan.yaml"].replace("reading: proposed\n", "", 1)
    assert "name: 市财政局, kind: 政府部门, level: 省级, reading: proposed" in found["units.yaml"]


def test_a_mend_that_is_refused_comes_back(terminal: Open, plan_data: Path) -> None:
    """The walk goes on meanwhile; the card is shown again with the reason, and what was typed."""
    keyboard = terminal()
    keyboard.until(COLOURED_KEYS)
    keyboard.press("ss\rs")
    keyboard.until("2024年50台")
    keyboard.press("e")
    keyboard.until("序号：")
    keyboard.press("2\r")
    keyboard.until("序号：")
    keyboard.press("1\r")
    keyboard.until("清空）：")
    keyboard.press("2025\r")
    keyboard.until("改：年度")
    keyboard.until(COLOURED_KEYS)
    keyboard.press("y")
    shown = _skip_until("没有写入", keyboard)
    assert "没有写入：“推断理由”里写的是 2024 年" in shown
    assert "改：年度 2024 → 2025" in shown
    keyboard.press("u")
    keyboard.until(COLOURED_KEYS)
    keyboard.press("q")
    keyboard.close()
    assert texts(plan_data) == ORIGINAL


def test_an_edit_meanwhile_is_kept(terminal: Open, plan_data: Path) -> None:
    """A file that somebody changes during the review is read anew, and both changes are in it."""
    keyboard = terminal()
    keyboard.until(COLOURED_KEYS)
    path = plan_data / "bianmin" / "plan.yaml"
    path.write_text(f"# 改过\n{path.read_text('utf-8')}", "utf-8")
    keyboard.press("yq")
    keyboard.close()
    assert path.read_text("utf-8") == "# 改过\n" + ORIGINAL["bianmin/plan.yaml"].replace("reading: proposed\n", "", 1)


def test_a_record_that_changed_meanwhile_is_shown_again(terminal: Open, plan_data: Path) -> None:
    """Nobody confirms what they have not seen."""
    keyboard = terminal()
    keyboard.until(COLOURED_KEYS)
    path = plan_data / "bianmin" / "plan.yaml"
    path.write_text(path.read_text("utf-8").replace("便民三年方案", "便民方案"), "utf-8")
    keyboard.press("y")
    shown = _skip_until("没有写入", keyboard)
    assert "没有写入：这一处刚才在别处改过：请再看一遍" in shown
    assert "便民方案" in shown
    keyboard.press("yq")
    keyboard.close()
    assert "reading: proposed\nperiod" not in path.read_text("utf-8")


@pytest.mark.parametrize(("columns", "environment"), [(60, {}), (60, {"NO_COLOR": "1"}), (100, {"NO_COLOR": "1"})])
def test_lines_fit(terminal: Open, columns: int, environment: dict[str, str]) -> None:
    """No line is wider than the terminal, and without colours marked words stand in brackets."""
    keyboard = terminal(columns, **environment)
    mark = KEYS if environment else COLOURED_KEYS
    shown = keyboard.until(mark)
    for _ in range(10):
        keyboard.press("y")
        shown += keyboard.until(mark)
    keyboard.press("q")
    keyboard.close()
    lines = bare(shown).splitlines()
    assert [line for line in lines if width_of(line) > columns] == []
    assert ("【不低于98%】" in bare(shown)) == bool(environment)
    assert ("\x1b[1m" in shown) != bool(environment)
