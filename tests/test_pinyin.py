"""Pinyin: how names are spelled, what is left out, and that checking the data does not pay for it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from generator.data.load import read_data
from generator.text.pinyin import all_spellings, sounds, spellings
from tests.conftest import ROOT, SEED


@pytest.mark.parametrize(
    ("name", "full", "initials"),
    [
        ("发改局", "fagaiju", "fgj"),
        ("区 税务局", "qushuiwuju", "qswj"),
        ("“八大板块”总牵头单位", "badabankuaizongqiantoudanwei", "bdbkzqtdw"),
        ("办(区政务服务局)", "banquzhengwufuwuju", "bqzwfwj"),
        ("办（〔5G〕A局）", "ban5gaju", "b5gaj"),
        ("旅游局", "lvyouju", "lyj"),
        ("", "", ""),
    ],
)
def test_spellings(name: str, full: str, initials: str) -> None:
    """Chinese becomes pinyin without tones, other characters stay in lower case, brackets and quotes go."""
    assert spellings(name, {}) == (full, initials)


def test_readings_correct_the_dictionary() -> None:
    """A word is read as the data say, the longest such word first, and only that word."""
    assert spellings("长坡园区", {})[0] == "zhangpoyuanqu"
    assert spellings("长坡园区", {"长坡": "chang po"}) == ("changpoyuanqu", "cpyq")
    assert spellings("长坡村", {"长坡": "chang po", "长坡村": "zhang po cun"})[0] == "zhangpocun"
    assert spellings("局长", {"长坡": "chang po"})[0] == "juzhang"


def test_spellings_of_a_unit_are_few() -> None:
    """The district before a name may be left out; what another spelling holds or begins with is not repeated."""
    full, initials = all_spellings(["区水务局", "水务局", "区委水务办"], {})
    assert full == ("qushuiwuju", "quweishuiwuban")
    assert initials == ("qswj", "swj", "qwswb", "swb")


def test_the_registry_is_read_aloud_rightly() -> None:
    """The corrections in units.yaml have one syllable for each character, and are those that are needed."""
    data, _ = read_data(SEED)
    readings = {reading.text: reading.pinyin for reading in data.readings}
    assert all(len(word) == len(pinyin.split()) for word, pinyin in readings.items())
    assert spellings("长坡物流园区管委会", readings)[0].startswith("changpo")
    assert spellings("工商行政管理局", readings)[0] == "gongshangxingzhengguanliju"


def test_checking_loads_no_pinyin() -> None:
    """`plansite check` does not pay for the dictionary."""
    script = (
        "import sys, generator.cli as cli\n"
        "try: code = cli.main(['check', 'plan_data'])\n"
        "except SystemExit as end: code = end.code\n"
        "assert not code, code\n"
        "assert 'pypinyin' not in sys.modules\n"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("name", "heard"),
    [
        ("曾一", {"zeng", "yi"}),
        ("单 一", {"shan", "yi"}),
        ("覃一", {"qin", "tan", "yi"}),
        ("区一", {"ou", "yi"}),
        ("万俟一", {"mo", "qi", "yi"}),
        ("尉迟一", {"yu", "chi", "yi"}),
        ("王一曾", {"wang", "yi", "ceng"}),
    ],
)
def test_surnames_are_read_in_their_own_way(name: str, heard: set[str]) -> None:
    """A person's surname has the readings that are usual for it; what follows is read as words."""
    assert set(sounds([], {}, [name])) == heard


def test_a_reading_mends_a_surname() -> None:
    """What units.yaml says of a name's beginning goes before the table of surnames, for persons as for units."""
    assert set(sounds([], {"单一": "dan yi"}, ["单一"])) == {"dan", "yi"}
    assert set(sounds([], {"盖": "gai"}, ["盖一"])) == {"gai", "yi"}


def test_characters_without_a_sound() -> None:
    """What the dictionary lacks has no syllable, and shifts none of its neighbours'."""
    lacking = "\U0003134a\U0003134a"
    assert sounds([f"水{lacking}务"], {}) == {"shui": "水", "wu": "务"}
