"""Letters that are rare, alike or read in their own way: the search of the little plan with such in it, run in Node."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest

from generator.characters import RADICALS
from generator.data.load import read_data
from generator.index.build import build_index
from generator.search import parts
from generator.search.parts import search_files
from tests.conftest import BASE, ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from tests.search.conftest import OpenSearch, Search

CHANGES = {
    "leaders.yaml": (("甲明", "单𬱖"), ("乙和平", "覃和平")),
    "tiny-2022-2024/sectors/1.yaml": (("督办领导:甲 明", "督办领导:单 𬱖"),),
    "tiny-2022-2024/sectors/2.yaml": (
        ("乙和平", "覃和平"),
        ("专窗有人引导。", "𬱖窗有⼈引导,每处2*3米。\n      长坡另设一处。"),
        ("id: windows\n        type: milestone", "id: windows\n        type: milestone\n        strength: direction"),
    ),
    "tiny-2022-2024/source.txt": (
        ("甲 明", "单 𬱖"),
        ("乙和平", "覃和平"),
        ("专窗有人引导。", "𬱖窗有⼈引导,每处2*3米。长坡另设一处。"),
    ),
}


def _site(root: Path, *names: str) -> Path:
    """Write the search of plans, under each of some names, and return the site's folder."""
    data = shutil.copytree(BASE, root / "plan_data")
    for file, changes in CHANGES.items():
        text = (data / file).read_bytes().decode()
        for old, new in changes:
            assert old in text, (file, old)
            text = text.replace(old, new)
        (data / file).write_bytes(text.encode())
    for name in names:
        plan = shutil.copytree(data / "tiny-2022-2024", data / name) / "plan.yaml"
        plan.write_text(plan.read_text("utf-8").replace("id: tiny-2022-2024", f"id: {name}"), "utf-8")
    read, problems = read_data(data, "plan_data")
    assert problems == ()
    shutil.copytree(ROOT / "overrides" / "assets" / "search", root / "site" / "assets" / "search")
    for address, content in search_files(build_index(read), []):
        file = root / "site" / address
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return root / "site"


@pytest.fixture(scope="module")
def odd(open_search: OpenSearch, tmp_path_factory: pytest.TempPathFactory) -> Search:
    """Return the search of one plan with rare letters."""
    return open_search(_site(tmp_path_factory.mktemp("odd")))


@pytest.fixture(scope="module")
def many_odd(open_search: OpenSearch, tmp_path_factory: pytest.TempPathFactory) -> Search:
    """Return the search of so many such plans that a query asks first which to load."""
    return open_search(_site(tmp_path_factory.mktemp("many"), *(f"p{n}" for n in range(parts.SPLIT_ABOVE + 1))))


def _titles(answer: Any) -> list[str]:  # noqa: ANN401 - what Node answers
    return [result["title"] for result in answer["results"]]


@pytest.mark.parametrize("query", ["单𬱖", "𬱖", "单頔", "shan", "dandi", "shandi", "sd"])
def test_a_letter_beyond_ffff(odd: Search, query: str) -> None:
    """A name with a rare letter is found by itself, by its traditional form and by its sound."""
    assert "单𬱖" in _titles(odd(query)), query


@pytest.mark.parametrize(
    ("query", "title"),
    [("qin", "覃和平"), ("tanheping", "覃和平"), ("qhp", "覃和平"), ("thp", "覃和平")],
)
def test_surnames(odd: Search, query: str, title: str) -> None:
    """A surname is found as it is read in names, in each usual way."""
    assert title in _titles(odd(query))


def test_a_rare_letter_shifts_nothing(odd: Search) -> None:
    """Behind a letter of two units, tables of characters and places of sentences still fit."""
    assert odd.simple("專窗") == "专窗"
    assert odd.simple("辦") == "办"
    (task,) = [result for result in odd("长坡")["results"] if result["kind"] == "task"]
    assert task["url"].endswith("#s3")
    (first,) = [result for result in odd("引导")["results"] if result["kind"] == "task"]
    assert first["url"].endswith("#s2")


def test_marks_never_halve_a_letter(odd: Search) -> None:
    """What is marked of a text with a rare letter is what was asked for."""
    for query in ("𬱖窗", "窗有人", "𬱖"):
        results = [result for result in odd(query)["results"] if result["kind"] == "task"]
        assert results, query
        for result in results:
            marked = ["".join(_units(result["snippet"])[a:b]) for a, b in result["snippetMarks"]]
            assert [
                text.encode("utf-16-le", "surrogatepass").decode("utf-16-le").replace("⼈", "人") for text in marked
            ] == [query]


def _units(text: str) -> list[str]:
    """Return a text as JavaScript counts it."""
    raw = text.encode("utf-16-le")
    return [raw[at : at + 2].decode("utf-16-le", "surrogatepass") for at in range(0, len(raw), 2)]


@pytest.mark.parametrize(
    "query", ["⻓坡", "长坡", "窗有人", "窗有⼈", "2×3", "2*3", "２＊３", "2·3", "2x3", "2X3", "2✕3"]
)
def test_look_alikes_are_one(odd: Search, many_odd: Search, query: str) -> None:
    """Radicals from a PDF and whatever one types for × find the same, and so they do where plans are chosen first."""
    assert "task" in {result["kind"] for result in odd(query)["results"]}
    assert any(result["plan"] for result in many_odd.ask(query, worker=query)[-1]["answer"]["results"])


@pytest.mark.parametrize("query", ["𬱖窗", "单𬱖", "𬱖"])
def test_rare_letters_choose_plans(many_odd: Search, query: str) -> None:
    """Where there are many plans, those that hold a rare letter are found by it."""
    last = many_odd.ask(query, worker=query)[-1]
    assert any(result["plan"] for result in last["answer"]["results"])


def test_both_sides_fold_alike(odd: Search) -> None:
    """Python, which says in which plan a pair of characters stands, and the engine fold every character alike."""
    texts = [
        *RADICALS[::2],
        "４＊３·2⋅1",
        "ＡＢＣü",
        "\uf97e\U0002f800㎡①",
        "——2022–2024",
        "𬱖\U000e0041\u2800\u200b\u3164\ufe0f\ue000窗",
        "a*b·c",
    ]
    for text in texts:
        assert odd.fold(text)[0] == parts._plain(text), text


def test_directions_are_called_so(odd: Search) -> None:
    """What nobody could check is found, and is no target."""
    kinds = {result["kind"] for result in odd("老年人专窗")["results"]}
    assert "direction" in kinds
    assert "target" not in kinds
