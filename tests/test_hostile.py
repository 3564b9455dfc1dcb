"""Files made to hurt: each ends in problem lines, within time and memory, never in a traceback."""

from __future__ import annotations

import os
import random
import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from generator.data.load import read_data
from generator.data.nodes import LARGEST_FILE
from generator.rules import check
from tests.conftest import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Plansite

BASE = Path(__file__).parent / "rules" / "base"
LEADERS = "leaders.yaml"
PLAN = "tiny-2022-2024/plan.yaml"
SECTOR = "tiny-2022-2024/sectors/1.yaml"
LAST_SECTOR = "tiny-2022-2024/sectors/2.yaml"
SAFEGUARDS = "tiny-2022-2024/safeguards.yaml"
ODDITIES = "tiny-2022-2024/oddities.yaml"
SOURCE = "tiny-2022-2024/source.txt"
LINE = re.compile(r"plan_data(/[^:]+)?:\d+:\d+: error: .+ \([a-z-]+\)")
LONGEST_LINE = 2000


def _base(name: str) -> str:
    return (BASE / name).read_text("utf-8")


def _leaders(old: str, new: str) -> bytes:
    return _base(LEADERS).replace(old, new, 1).encode()


def _swap(name: str, old: str, new: str) -> bytes:
    text = _base(name)
    assert old in text
    return text.replace(old, new, 1).encode()


def _laughs() -> bytes:
    """Return a list of lists of lists of aliases: a few hundred bytes that stand for billions."""
    rows = ["a0: &a0 [哈, 哈, 哈, 哈, 哈, 哈, 哈, 哈, 哈, 哈]"]
    rows += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    return "\n".join(rows).encode()


def _repeat(piece: str, head: str = "", tail: str = "", size: int = LARGEST_FILE) -> bytes:
    """Return a file of one piece again and again, as large as is let in unless a size is given."""
    room = size - len(head.encode()) - len(tail.encode())
    return (head + piece * (room // len(piece.encode())) + tail).encode()


def _goals() -> bytes:
    """Return a plan with as many goals as fit, all of one year."""
    head, rest = _base(PLAN).split("      - kind: goal", 1)
    return _repeat(
        "      - {kind: goal, text: '2022年,a'}\n", head, rest[rest.index("\n  - kind: heading\n    text: 三") :]
    )


def _numbered(number: str) -> bytes:
    """Return a sector whose task says its number."""
    return _swap(LAST_SECTOR, "  - kind: task\n", f"  - kind: task\n    number: {number}\n")


FILES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "100 MB": (LEADERS, lambda: b"leaders: 1\n" + b"#" * 100_000_000),
    "100 MB source": (SOURCE, lambda: b"a" * 100_000_000),
    "billion laughs": (LEADERS, _laughs),
    "python object": (LEADERS, lambda: b"!!python/object/apply:os.system ['touch hacked']"),
    "python object in a value": (LEADERS, lambda: _leaders("甲明", "!!python/object/new:os.system [touch hacked]")),
    "deep flow": (LEADERS, lambda: b"[" * 10_000),
    "deep flow, closed": (LEADERS, lambda: b"leaders: " + b"[" * 10_000 + b"]" * 10_000),
    "deep flow mappings": (LEADERS, lambda: b"{a: " * 10_000 + b"1" + b"}" * 10_000),
    "deep block": (LEADERS, lambda: b"".join(b" " * n + b"a:\n" for n in range(2_000))),
    "deep block on one line": (LEADERS, lambda: b"- " * 10_000 + b"a"),
    "deep keys": (LEADERS, lambda: b"? " * 10_000 + b"a"),
    "1 MB line": (LEADERS, lambda: _leaders("甲明", "甲" * 350_000)),
    "1 MB line in quotes": (LEADERS, lambda: _leaders("甲明", f'"{"甲" * 350_000}"')),
    "1 MB key": (LEADERS, lambda: b"a" * 1_000_000 + b": 1"),
    "1 MB complex key": (LEADERS, lambda: b"? " + b"a" * 1_000_000 + b"\n: 1\n? " + b"a" * 1_000_000 + b"\n: 1"),
    "1 MB id": (LEADERS, lambda: _leaders("jia-ming", "a" * 1_000_000)),
    "1 MB unit": (SAFEGUARDS, lambda: _swap(SAFEGUARDS, "units: [区便民局]", f"units: [{'区' * 340_000}]")),
    "1 MB quote": (SECTOR, lambda: _swap(SECTOR, "quote: 2022年", "quote: " + "年" * 350_000)),
    "1 MB alias": ("units.yaml", lambda: _swap("units.yaml", "name: 区数据局", "name: " + "数" * 350_000)),
    "NUL": (LEADERS, lambda: _leaders("甲明", "甲\0明")),
    "NUL bytes alone": (LEADERS, lambda: bytes(10_000)),
    "control character": (LEADERS, lambda: _leaders("甲明", "甲\x1b[31m明")),
    "C1 control character": (LEADERS, lambda: _leaders("甲明", "甲\x9b31m明")),
    "control characters in the source": (SOURCE, lambda: _swap(SOURCE, "甲 明", "\x1b[2J\x0b\0甲 明")),
    "escaped control characters": (LEADERS, lambda: _leaders("甲明", '"甲\\r明\\e[31m\\0"')),
    "escaped line ends in a unit": (
        SAFEGUARDS,
        lambda: _swap(SAFEGUARDS, "units: [区便民局]", 'units: ["区\\r便\\L民\\N局"]'),
    ),
    "escaped line ends in a key": (LEADERS, lambda: _base(LEADERS).encode() + b'"a\\nb": 1\n"a\\nb": 2\n'),
    "line separator": (LEADERS, lambda: _leaders("甲明", "甲\u2028明")),
    "lone surrogate": (LEADERS, lambda: _base(LEADERS).encode().replace("明".encode(), b"\xed\xa0\x80")),
    "escaped lone surrogate": (LEADERS, lambda: _leaders("甲明", '"\\ud800"')),
    "invalid UTF-8": (SOURCE, lambda: b"\xff\xfe\xfd" * 1000),
    "only comments": (LEADERS, lambda: b"# a\n# b\n"),
    "only a document mark": (LEADERS, lambda: b"---\n"),
    "empty": (LEADERS, lambda: b""),
    "empty mapping": (LEADERS, lambda: b"{}"),
    "empty list": (PLAN, lambda: b"[]"),
    "null": (PLAN, lambda: b"null"),
    "list as key": (LEADERS, lambda: b"? [a, b]\n: 1\n"),
    "list as key in flow": (LEADERS, lambda: b"{[a, b]: 1}"),
    "several documents": (LEADERS, lambda: _base(LEADERS).encode() + b"---\n" + _base(LEADERS).encode()),
    "directive": (LEADERS, lambda: b"%YAML 9.9\n---\na: 1\n"),
    "tabs": (LEADERS, lambda: _base(LEADERS).replace("  ", "\t").encode()),
    "unclosed double quote": (LEADERS, lambda: _leaders("甲明", '"甲明')),
    "unclosed single quote": (LEADERS, lambda: _leaders("甲明", "'甲明")),
    "unclosed bracket": (LEADERS, lambda: _leaders("甲明", "[甲明")),
    "10,000 digits": (LAST_SECTOR, lambda: _numbered("9" * 10_000)),
    "10,000 digits of value": (SECTOR, lambda: _swap(SECTOR, "value: 5", "value: " + "9" * 10_000)),
    "exponent": (SECTOR, lambda: _swap(SECTOR, "value: 5", "value: 1e999999999")),
    "not a number": (SECTOR, lambda: _swap(SECTOR, "value: 5", "value: .nan")),
    "other digits": (LAST_SECTOR, lambda: _numbered("３")),
    "half a year": (PLAN, lambda: _swap(PLAN, "start: 2022", "start: 2022.5")),
    "merge key": (LEADERS, lambda: _base(LEADERS).encode() + b"<<: {a: 1}\n"),
    "way out of the folder": (PLAN, lambda: _swap(PLAN, "id: tiny-2022-2024", "id: ../../etc")),
}


def _assert_problem_lines(stderr: str) -> None:
    """Every line is a problem line of sane length that a terminal shows as it is."""
    assert "Traceback" not in stderr
    lines = stderr.removesuffix("\n").split("\n")
    for line in lines:
        assert LINE.fullmatch(line), line[:LONGEST_LINE]
        assert len(line) <= LONGEST_LINE, f"{len(line)}: {line[:200]}"
        assert not re.search(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", line), repr(line)


@pytest.mark.parametrize(("file", "content"), FILES.values(), ids=FILES)
def test_hostile_file(file: str, content: Callable[[], bytes], plan_data: Path, plansite: Plansite) -> None:
    """A hostile file gives problem lines and status 1, and nothing in it is run."""
    (plan_data / file).write_bytes(content())
    done = plansite("check", "plan_data")
    assert done.returncode == 1
    assert f"plan_data/{file}:" in done.stderr or "plan_data/tiny-2022-2024" in done.stderr
    _assert_problem_lines(done.stderr)
    assert not list(plan_data.parent.rglob("hacked"))


LARGE: dict[str, tuple[str, Callable[[], bytes]]] = {
    "comments": (LEADERS, lambda: _repeat("#\n")),
    "list of texts": (LEADERS, lambda: _repeat("- a\n", "leaders:\n")),
    "flow list": (LEADERS, lambda: _repeat("a,", "leaders: [", "]")),
    "unknown keys": (LEADERS, lambda: _repeat("  - {idd: 1, nmae: 2}\n", "leaders:\n")),
    "repeated keys": (LEADERS, lambda: _repeat("a: 1\n")),
    "unknown units": (LAST_SECTOR, lambda: _swap(LAST_SECTOR, "区民生局", "、区甲局" * (LARGEST_FILE // 13))),
    "goals of one year": (PLAN, _goals),
    "oddities elsewhere": (
        ODDITIES,
        lambda: _repeat("  - {id: a, line: 1, printed: x, kind: 名称连排, reading: a, note: b}\n", "oddities:\n"),
    ),
    "opening brackets": (SOURCE, lambda: _repeat("<")),
    "opening book brackets": (SOURCE, lambda: _repeat("《")),
    "brackets in brackets": (SOURCE, lambda: b"<" * (LARGEST_FILE // 2) + b">" * (LARGEST_FILE // 2)),
    "short lines": (SOURCE, lambda: _repeat("a\n")),
    "empty titles": (SOURCE, lambda: _repeat("《》")),
}


@pytest.mark.parametrize(("file", "content"), LARGE.values(), ids=LARGE)
def test_large_file(file: str, content: Callable[[], bytes], plan_data: Path, plansite: Plansite) -> None:
    """A file as large as is let in, whatever it repeats, is done with in bounded time and memory."""
    (plan_data / file).write_bytes(content())
    done = plansite("check", "plan_data", timeout=5 * PATIENCE)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert done.stderr.startswith("plan_data/")


HEAD = "id: tiny-2022-2024\nshort_title: 示例\ntitle: 示例\nparts:\n"
CALLED = "- kind: responsibility\n  text: 责任单位:"


def _nested(levels: int) -> bytes:
    """Return a plan of headings, each in the one before."""
    steps = (f"{'    ' * n}- kind: heading\n{'    ' * n}  text: {n}\n" for n in range(levels))
    return (HEAD + "".join(f"{step}{'    ' * n}  parts:\n" for n, step in enumerate(steps))).encode()


def _named(count: int, apart: int) -> bytes:
    """Return a plan with a line of many names, some of them declared to hold a separator."""
    declared = "".join(f"  - {{printed: '局、{n}', names: [区民生局]}}\n" for n in range(apart))
    line = HEAD + CALLED + "、".join(f"局{n}" for n in range(count)) + "\n"
    return (line + (f"  names:\n{declared}" if apart else "")).encode()


def _links(count: int) -> dict[str, bytes]:
    """Return a plan of part files each of which names the next."""
    return {"plan.yaml": f"{HEAD}- file: 0.yaml\n".encode()} | {
        f"{n}.yaml": f"kind: heading\ntext: a\nparts:\n- file: {n + 1}.yaml\n".encode() for n in range(count)
    }


def _filled(piece: str, size: int = LARGEST_FILE // 4) -> dict[str, bytes]:
    """Return a plan that repeats a piece until its file has a size: enough to show time out of proportion."""
    return {"plan.yaml": _repeat(piece, HEAD, size=size)}


_REPEATED = {
    "headings": "- {kind: heading, text: 一、a}\n",
    "tasks of one number": "- {kind: task, text: 1.a}\n",
    "safeguards of one id": "- {kind: safeguard, id: a, text: a}\n",
    "titles": "- {kind: title, text: a}\n",
    "deadlines": "- {kind: task, text: 1.a, deadline: {text: 长期}}\n",
    "parts of no kind": "- {text: a}\n",
    "parts of no text": "- {kind: task}\n",
    "parts of nothing": "- {}\n",
    "one file": "- file: a.yaml\n",
}
"""What a plan repeats."""

PARTS: dict[str, Callable[[], dict[str, bytes]]] = {
    **{name: partial(_filled, piece) for name, piece in _REPEATED.items()},
    "as many texts as a file holds": partial(_filled, "- {kind: text, text: a}\n", LARGEST_FILE),
    "texts in three files": lambda: {
        "plan.yaml": (HEAD + "".join(f"- file: {n}.yaml\n" for n in range(3))).encode(),
        **{f"{n}.yaml": b"parts:\n" + b"- {kind: text, text: a}\n" * 3000 for n in range(3)},
    },
    "as deep as is let in": lambda: {"plan.yaml": _nested(9)},
    "deeper": lambda: {"plan.yaml": _nested(12)},
    "1 MB text on one line": lambda: {"plan.yaml": _repeat("甲", f"{HEAD}- kind: task\n  text: 1.")},
    "1 MB of sentences": lambda: {"plan.yaml": _repeat("    甲\n", f"{HEAD}- kind: task\n  text: |\n")},
    "1 MB of paragraphs": lambda: {"plan.yaml": _repeat("    甲\n\n", f"{HEAD}- kind: task\n  text: |\n")},
    "1 MB of blank lines": lambda: {"plan.yaml": _repeat("\n", f"{HEAD}- kind: task\n  text: |\n    甲\n", "    乙\n")},
    "100,000 names": lambda: {"plan.yaml": _repeat("甲局、", HEAD + CALLED)},
    "100,000 names that are registered": lambda: {"plan.yaml": _repeat("区民生局、", HEAD + CALLED)},
    "70,000 names that differ": lambda: {"plan.yaml": _named(70_000, 0)},
    "names that hold a separator": lambda: {"plan.yaml": _named(40_000, 8_000)},
    "1 MB of labels": lambda: {"plan.yaml": _repeat("责任单位:甲局", HEAD + CALLED)},
    "1 MB of words that are no label": lambda: {
        "plan.yaml": _repeat("责任单位", f"{HEAD}- kind: responsibility\n  text: ")
    },
    "1 MB of brackets": lambda: {"plan.yaml": _repeat("(", HEAD + CALLED)},
    "plan.yaml in itself": lambda: {"plan.yaml": f"{HEAD}- file: plan.yaml\n".encode()},
    "a file in itself": lambda: {"plan.yaml": f"{HEAD}- file: a.yaml\n".encode(), "a.yaml": b"file: a.yaml\n"},
    "a circle of files": lambda: {
        "plan.yaml": f"{HEAD}- file: a.yaml\n".encode(),
        "a.yaml": b"parts:\n- file: b.yaml\n",
        "b.yaml": b"parts:\n- file: a.yaml\n",
    },
    "19 files in one another": lambda: _links(19),
    "3,000 files in one another": lambda: _links(3000),
    "a file below a file": lambda: {
        "plan.yaml": f"{HEAD}- file: a.yaml/b.yaml\n- file: a.yaml\n".encode(),
        "a.yaml": b"kind: text\ntext: a\n",
    },
    "a name of 100,000 letters": lambda: {"plan.yaml": f"{HEAD}- file: {'a' * 100_000}.yaml\n".encode()},
    "a path of 100,000 folders": lambda: {"plan.yaml": f"{HEAD}- file: {'a/' * 100_000}a.yaml\n".encode()},
    "a way out by dots": lambda: {"plan.yaml": f"{HEAD}- file: a/../../units.yaml\n".encode()},
    "a way out from the root": lambda: {"plan.yaml": f"{HEAD}- file: /etc/a.yaml\n".encode()},
}


@pytest.mark.parametrize("files", PARTS.values(), ids=PARTS)
def test_hostile_parts(files: Callable[[], dict[str, bytes]], plan_data: Path, plansite: Plansite) -> None:
    """A plan whose parts are made to hurt ends in problem lines of sane length, in bounded time and memory."""
    folder = (plan_data / PLAN).parent
    for file in (*folder.glob("*.yaml"), *folder.glob("sectors/*.yaml")):
        file.unlink()
    for name, content in files().items():
        (folder / name).write_bytes(content)
    done = plansite("check", "plan_data")
    assert done.returncode in {1, 2}
    assert ": error: " in done.stderr
    _assert_problem_lines(done.stderr.replace(": warning: ", ": error: "))


@pytest.mark.skipif(os.name != "posix", reason="links as POSIX has them")
@pytest.mark.parametrize("target", [".", "..", "sectors", "nowhere", "/", "/dev"])
def test_folders_of_parts_that_are_links(target: str, plan_data: Path, plansite: Plansite) -> None:
    """A link in place of a folder of parts, if to itself or round in a circle, ends in problem lines."""
    folder = (plan_data / PLAN).parent
    (folder / "sectors").rename(folder / "kept")
    (folder / "sectors").symlink_to(target)
    again = "".join(f"- file: {'sectors/' * n}safeguards.yaml\n" for n in range(8))
    (folder / "safeguards.yaml").write_text(f"parts:\n{again}", "utf-8")
    done = plansite("check", "plan_data")
    assert done.returncode in {1, 2}
    assert ": error: " in done.stderr
    _assert_problem_lines(done.stderr.replace(": warning: ", ": error: "))


@pytest.mark.parametrize(
    "printed", ["一百、", "一百零一、", "百百百百百百、", "零零零、", "100.", "999.", "第一百条", "附件99:"]
)
def test_numbers_past_99(printed: str, plan_data: Path, plansite: Plansite) -> None:
    """A task number past 99, in Chinese numbering too, is a problem, not a crash."""
    (plan_data / LAST_SECTOR).write_bytes(_swap(LAST_SECTOR, "3.设立", f"{printed}设立"))
    done = plansite("check", "plan_data")
    assert done.returncode == 1
    _assert_problem_lines(done.stderr)


def _directory(path: Path) -> None:
    path.mkdir()


def _dangling(path: Path) -> None:
    path.symlink_to("nowhere")


def _loop(path: Path) -> None:
    path.symlink_to(path.name)


def _endless(path: Path) -> None:
    path.symlink_to("/dev/zero")


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _unreadable(path: Path) -> None:
    if os.geteuid() == 0:
        _dangling(path)  # root reads everything
    else:
        path.write_bytes((BASE / LEADERS).read_bytes())
        path.chmod(0)


@pytest.mark.skipif(os.name != "posix", reason="links, pipes and permissions as POSIX has them")
@pytest.mark.parametrize("name", [LEADERS, PLAN, SECTOR, SOURCE])
@pytest.mark.parametrize("make", [_directory, _dangling, _loop, _endless, _pipe, _unreadable])
def test_not_a_file(make: Callable[[Path], None], name: str, plan_data: Path, plansite: Plansite) -> None:
    """What stands in a file's place but is no readable file is named in one problem line."""
    (plan_data / name).unlink()
    make(plan_data / name)
    done = plansite("check", "plan_data")
    assert done.returncode in {1, 2}
    _assert_problem_lines(done.stderr)
    assert re.fullmatch(rf"plan_data/{name}:1:1: error: .*\((file-missing|file-unreadable|file-size)\)\n", done.stderr)


def test_no_registry_at_all(tmp_path: Path, plansite: Plansite) -> None:
    """An empty folder is told what it lacks."""
    (tmp_path / "plan_data").mkdir()
    done = plansite("check", "plan_data")
    assert done.returncode == 1
    _assert_problem_lines(done.stderr)
    assert [line.rpartition(" ")[2] for line in done.stderr.splitlines()] == ["(no-plan)", "(file-missing)"]


NAMES = sorted(file.relative_to(BASE).as_posix() for file in BASE.rglob("*.*"))
SNIPPETS: list[bytes] = [
    *(b"[]", b"{}", b"null", b"~", b"''", b'"', b"'", b"- ", b"? ", b": ", b"&a ", b"*a", b"!x ", b"| ", b"> ", b"#"),
    *(b"\t", b"\0", b"\r", b"\xff", b"\xe4", b"[", b"]", b"{", b"}", b",", b"---\n", b"...\n", b"\n", b"  ", b"<<: "),
    *(text.encode() for text in ("《", "〉", "（", "一", "\u2028", "\x85", "\ufeff", "９", "👍")),
    *(b"0", b"-1", b"100", b"9999", b"99999999999", b"1.5", b"1e9", b"%", b"@", b"`", b"\\", b'"\\r\\0\\e"'),
]


def _mutate(data: bytes, chance: random.Random) -> bytes:
    """Return the bytes with one to three things deleted, doubled, flipped, inserted or swapped."""
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(data) + 1)
        lines = data.split(b"\n")
        row = chance.randrange(len(lines))
        match chance.randrange(8):
            case 0:
                data = data[:at] + data[at + chance.randint(1, 12) :]
            case 1:
                data = data[:at] + data[at : at + 40] + data[at:]
            case 2:
                data = data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]
            case 3:
                data = data[:at] + chance.choice(SNIPPETS) + data[at:]
            case 4:
                data = b"\n".join(lines[:row] + lines[row + 1 :])
            case 5:
                data = b"\n".join(lines[: row + 1] + lines[row:])
            case 6:
                other = chance.randrange(len(lines))
                lines[row], lines[other] = lines[other], lines[row]
                data = b"\n".join(lines)
            case _:
                key, colon, _ = lines[row].partition(b": ")
                lines[row] = key + colon + chance.choice(SNIPPETS)
                data = b"\n".join(lines)
    return data


@pytest.mark.parametrize("seed", range(20))
def test_mutations(seed: int, plan_data: Path) -> None:
    """However the bytes of a file are changed, reading and checking return problems at places, one line each."""
    chance = random.Random(seed)
    for _ in range(30):
        name = chance.choice(NAMES)
        whole = (plan_data / name).read_bytes()
        changed = _mutate(whole, chance)
        (plan_data / name).write_bytes(changed)
        data, problems = read_data(plan_data, "plan_data")
        for problem in {*problems, *check(data)}:
            where = problem.where
            assert where.line >= 1, changed
            assert where.column >= 1, changed
            if where.path == f"plan_data/{name}":
                assert where.line <= changed.count(b"\n") + 1, (str(problem), changed)
            assert len(str(problem).splitlines()) == 1, (str(problem), changed)
        (plan_data / name).write_bytes(whole)
