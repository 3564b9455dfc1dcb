"""Nodes held against shapes: what comes out, typed and placed, and that one pass finds every fault."""

from __future__ import annotations

from generator.data.bind import Binder, Bound, Located, nearest
from generator.data.keys import Choice, Integer, Key, ListOf, Name, Number, Record, Sentences, Shape, Text, TextOr
from generator.data.nodes import parse_nodes
from generator.data.shapes import PART
from generator.problems import Location, Problems

_INNER = Shape("内", (Key("printed", Text(), "印"), Key("names", ListOf(Name(), 1), "名")))
_SHAPE = Shape(
    "外",
    (
        Key("id", Text("[a-z]+", "只用字母"), "编号", required=False),
        Key("title", Text(), "标题", required=False),
        Key("text", Sentences(), "正文", required=False),
        Key("year", Integer(1, 10), "年", required=False),
        Key("value", Number(), "值", required=False),
        Key("kind", Choice(("甲类", "乙类")), "类", required=False),
        Key("names", ListOf(Name()), "名", required=False),
        Key("units", ListOf(TextOr(_INNER), 1), "单位", required=False),
        Key("inner", Record(_INNER), "内", required=False),
    ),
)
_NEEDY = Shape("需", (Key("a", Text(), "甲"), Key("b", Text(), "乙"), Key("rows", ListOf(Record(_INNER)), "行")))


def _bind(text: str, shape: Shape = _SHAPE) -> tuple[Bound | None, list[str]]:
    """Return the record and the problems, each as line:column rule."""
    found = Problems()
    bound = Binder(found).bind(parse_nodes(text, "a.yaml"), shape)
    return bound, [f"{p.where.line}:{p.where.column} {p.rule}" for p in found]


def _values(text: str) -> dict[str, object]:
    bound, problems = _bind(text)
    assert bound is not None
    assert problems == []
    return bound.values


def test_values_are_typed() -> None:
    """Each key's value comes out as its type says; numbers stay as written."""
    values = _values("id: ab\ntitle: 2022\nyear: 7\nvalue: 99.5\nkind: 乙类")
    assert values == {"id": "ab", "title": "2022", "year": 7, "value": 99.5, "kind": "乙类"}
    assert isinstance(_values("value: 95")["value"], int)
    assert _values("value: -3")["value"] == -3


def test_a_paragraph_is_its_lines() -> None:
    """A block text comes out as paragraphs of sentences, each with the place where its words begin."""
    bound, _ = _bind("title: x\ntext: |\n  甲。\n  乙。\n\n    丙。\n\n\n  丁。\n")
    assert bound is not None
    assert bound.paragraphs("text") == (
        (Located("甲。", Location("a.yaml", 3, 3)), Located("乙。", Location("a.yaml", 4, 3))),
        (Located("  丙。", Location("a.yaml", 6, 3)),),
        (),
        (Located("丁。", Location("a.yaml", 9, 3)),),
    )
    assert bound.paragraphs("title_of_nothing") == ()


def test_a_paragraph_on_one_line() -> None:
    """A paragraph that is written beside its key is found on that line."""
    bound, _ = _bind("id: a\ntext: 甲。")
    assert bound is not None
    assert bound.paragraphs("text") == ((Located("甲。", Location("a.yaml", 2, 7)),),)


def test_a_quoted_paragraph() -> None:
    """The words of a quoted paragraph begin behind its quotation mark."""
    bound, _ = _bind("text: '甲: 乙。'")
    assert bound is not None
    assert bound.paragraphs("text") == ((Located("甲: 乙。", Location("a.yaml", 1, 8)),),)


def test_a_record_within_its_own_kind() -> None:
    """A record of the shape of a file may hold itself, at any depth, and a fault is found at each."""
    bound, problems = _bind("kind: sector\ntext: 甲\nparts:\n  - kind: task\n    text: 乙\n    parts: []\n", PART)
    assert (problems, bound is not None) == ([], True)
    text = "kind: sector\nparts:\n  - kind: tusk\n    parts:\n      - knid: text\n"
    assert _bind(text, PART)[1] == ["3:11 unknown-choice", "5:9 unknown-key"]


def test_an_open_choice() -> None:
    """Words that the file itself may add to a choice are taken as they are; other choices are closed."""
    shape = Shape("开", (Key("kind", Choice(("甲类",), is_open=True), "类"),))
    bound, problems = _bind("kind: 丙类", shape)
    assert (bound and bound.values, problems) == ({"kind": "丙类"}, [])


def test_names_know_their_places() -> None:
    """Names in lists keep their own place."""
    assert _values("names: [甲, 乙]")["names"] == (
        Located("甲", Location("a.yaml", 1, 9)),
        Located("乙", Location("a.yaml", 1, 12)),
    )


def test_a_text_or_a_record() -> None:
    """Where a short text does not say enough, a record may stand."""
    bound, problems = _bind("units:\n  - 甲\n  - {printed: 乙丙, names: [乙, 丙]}")
    assert bound is not None
    assert problems == []
    short, long = bound.items("units")
    assert isinstance(short, Located)
    assert isinstance(long, Bound)
    assert [name.text for name in long.items("names")] == ["乙", "丙"]


def test_an_optional_key_may_be_left_empty() -> None:
    """An optional key without a value counts as absent, yet its place is known."""
    for text in ("title:", "title: null", "title: ~", "names:"):
        assert _values(text) == {}
    bound, _ = _bind("year: 1\ntitle:\n")
    assert bound is not None
    assert bound.optional("title") is None
    assert bound.place("title").line == 2


def test_a_quoted_null_is_a_text() -> None:
    """What is quoted is meant as text."""
    assert _values("title: 'null'") == {"title": "null"}


def test_every_fault_is_found_in_one_pass() -> None:
    """Several faults in one record are all noted, each at its place."""
    bound, problems = _bind(
        "id: A\ntitle: [x]\ntext:\nyear: 11\nvalue: 5个\nkind: 丙类\n"
        "names: 甲\nunits: []\ninner: {printed: x}\nnone: 1\nid: b\n"
    )
    assert bound is None
    assert sorted(problems) == sorted(
        [
            *("1:5 bad-id", "2:8 wrong-type", "4:7 wrong-type", "5:8 wrong-type", "6:7 unknown-choice"),
            *("7:8 wrong-type", "8:8 wrong-type", "9:8 missing-key", "10:1 unknown-key", "11:1 repeated-key"),
        ]
    )


def test_an_unfit_optional_key_leaves_the_record_out() -> None:
    """A record with an unfit value is left out whole: a default in its place would mislead the rules."""
    assert _bind("title: x\nkind: 丙类") == (None, ["2:7 unknown-choice"])


def test_a_record_that_lacks_a_part_is_left_out() -> None:
    """A record without a required key is None, and in a list it is left out; the others stay."""
    bound, problems = _bind("a: x\nrows: []", _NEEDY)
    assert bound is None
    assert problems == ["1:1 missing-key"]
    bound, problems = _bind("a: x\nb: y\nrows:\n  - {printed: p}\n  - {printed: q, names: [n]}", _NEEDY)
    assert bound is not None
    assert [row.text("printed") for row in bound.records("rows")] == ["q"]
    assert problems == ["4:5 missing-key"]


def test_only_ascii_digits_are_numbers() -> None:
    """Full-width digits, exponents and signs are no whole numbers."""
    for text in ("７", "1e1", "+1", "1_0", "0x1", "1.0", " ", "9" * 10_000):
        assert _bind(f"year: '{text}'")[1] == ["1:7 wrong-type"], text
    for text in ("５", "1e5", ".5", "5.", ".inf", ".nan", "1,000", "9" * 13):
        assert _bind(f"value: '{text}'")[1] == ["1:8 wrong-type"], text


def test_nearest() -> None:
    """A near word is offered, a far one is not."""
    assert nearest("区便明局", ["区数据局", "区便民局"]) == "区便民局"
    assert nearest("消防", ["区数据局", "区便民局"]) is None
    assert nearest("", []) is None


def test_a_message_clips_what_it_shows() -> None:
    """A message shows the beginning of a long value, on one line."""
    for text in (f"year: {'长' * 1000}", f"{'长' * 1000}: 1", f"kind: {'长' * 1000}", f"id: {'长' * 1000}"):
        found = Problems()
        Binder(found).bind(parse_nodes(text, "a.yaml"), _SHAPE)
        (problem,) = found
        assert "长" * 29 + "…" in problem.text
        assert len(problem.text) < 200
