"""The published data `api/v1/` against its schemas, the contract and the printed text.

What is expected of the real plan is read from source.txt here, or by eye, and never
from the index.
"""

from __future__ import annotations

import copy
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from generator import terms
from generator.data.load import read_data
from generator.export.api import api_files
from generator.export.schemas import read_schemas
from generator.index.build import build_index, read_index

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.slow

Json = Any
Step = str | int

ROOT = Path(__file__).resolve().parents[1]
SEED = ROOT / "tests" / "seed" / "plan_data"
DATA = SEED
PLAN = "xishan-2022-2024"
SOURCE = DATA / PLAN / "source.txt"
SITE = "https://example.org/plan/"
OPTIONAL = {"upper", "note", "month_end"}

_TARGET = "id of type strength indicator scope base values quote line url"
_DUTY = "id of who to action frequency due reading note quote line url"
_UNIT = "id name kind kind_doubt level is_group aliases url api counts"
ORDER = {
    "index": "version site_url plans units",
    "plan": "id title issuers issued_on period url document_number official_url read_on status"
    " replaced_by effective_on valid_until title_reading edition source"
    " goals sectors tasks safeguards targets duties citations oddities"
    " notice preamble guiding based_on groups responsibilities texts reading unconfirmed",
    "unit list": _UNIT,
    "unit": f"{_UNIT} obligations target_count direction_count targets safeguard_targets duties"
    " group_duties receives unnamed_duties"
    " works_with note names became was",
    "edition": "date number",
    "owns": "quote line",
    "also": "role role_printed line",
    "target list": f"plan {_TARGET}",
    "duty list": f"plan {_DUTY}",
    "plans": "id title url api",
    "units": "count api",
    "period": "start end text",
    "source": "url sha256 characters lines",
    "goals": "id year text line url",
    "sectors": "id number title url line supervising_leader lead_unit responsible_units tasks"
    " number_printed responsibilities",
    "supervising_leader": "id name printed",
    "lead_unit": "unit printed",
    "responsible_units": "unit printed",
    "tasks": "id number title text sector line url targets duties citations"
    " title_reading number_printed responsibilities deadline",
    "safeguards": "id number title text line url responsible_units owners targets duties citations"
    " number_printed responsibilities",
    "responsibilities": "role label units covers quote line reading note",
    "responsibilities/units": "unit leader name printed reading note",
    "deadline": "text date quote line reading note",
    "texts": "id kind title text line url responsibilities",
    "owners": "unit printed quote",
    "targets": _TARGET,
    "values": "year comparator value upper unit text qualifier said reading note",
    "of": "kind id",
    "duties": _DUTY,
    "who": "unit printed reading note",
    "to": "unit printed reading note",
    "due": "months day month_end",
    "citations": "id title document_number mentions url",
    "mentions": "of quote line",
    "oddities": "id line printed reading kind note url",
    "counts": "lead_sectors responsible_sectors lead_tasks responsible_tasks safeguards",
    "obligations": "plan kind id number title sector role role_printed via printed line owns also url",
    "group_duties": "plan id via",
    "works_with": "unit tasks",
    "notice": "title addressees text date publicity line",
    "preamble": "text line",
    "guiding": "title text line",
    "groups": "unit members reading note",
    "names": "name kind source",
}
"""The kind of a file, or the field that holds a record → its keys in the contract's order.

Added to the contract's keys: `note` beside `reading`, `quote` of an owner, `group_duties`, a unit's
`note` and `names`, and what stands before the goals: `notice`, `preamble`, `guiding`, `based_on`, `groups`;
a target's `base`, a value's `qualifier` and `said`, a unit's `kind_doubt`, `target_count` and
`direction_count`, `edition`, `effective_on`, `valid_until`, and the `kind` of a text.
"""

SCHEMAS = {
    "index": "index",
    "plan": "plan",
    "unit list": "units",
    "unit": "unit",
    "target list": "targets",
    "duty list": "duties",
}
"""The kind of a file → the name of its schema."""


def _kind(name: str) -> str:
    """Return the kind of a published file."""
    alone = {"index": "index", "units": "unit list", "targets": "target list", "duties": "duty list"}
    folder, _, stem = name.removeprefix("api/v1/").removesuffix(".json").rpartition("/")
    return {"plans": "plan", "units": "unit"}[folder] if folder else alone[stem]


def _parsed(files: dict[str, bytes]) -> dict[str, Json]:
    return {name: json.loads(content) for name, content in files.items() if not name.startswith("api/v1/schema/")}


@cache
def _files() -> dict[str, bytes]:
    return dict(api_files(read_index(DATA), SITE))


@pytest.fixture(scope="module")
def api() -> dict[str, Json]:
    """Return every published file of the real plan but the schemas, parsed."""
    return _parsed(_files())


@pytest.fixture(scope="module")
def plan(api: dict[str, Json]) -> Json:
    """Return the published file of the real plan."""
    return api[f"api/v1/plans/{PLAN}.json"]


@pytest.fixture(scope="module")
def units(api: dict[str, Json]) -> dict[str, Json]:
    """Return the file of each unit by its name."""
    return {content["name"]: content for name, content in api.items() if _kind(name) == "unit"}


@pytest.fixture(scope="module")
def lines() -> list[str]:
    """Return the lines of the official text; line 1 is at index 0."""
    return SOURCE.read_text("utf-8").split("\n")


@pytest.fixture
def tiny(plan_data: Path) -> dict[str, Json]:
    """Return the published files of the tests' little plan."""
    return _parsed(dict(api_files(build_index(read_data(plan_data)[0]), SITE)))


# The schemas


@cache
def _validator(ref: str) -> Draft202012Validator:
    """Return a validator for a schema, named as a reference to it."""
    schemas = {name: Resource.from_contents(json.loads(content)) for name, content in read_schemas()}
    return Draft202012Validator({"$ref": ref}, registry=Registry().with_resources(schemas.items()))


def _is_valid(kind: str, content: Json) -> bool:
    return _validator(f"{SCHEMAS[kind]}.schema.json").is_valid(content)


def _walk(node: Json, path: tuple[Step, ...] = ()) -> Iterator[tuple[tuple[Step, ...], Json]]:
    """Yield every value in a JSON document with its path."""
    yield path, node
    inner = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for step, value in inner:
        yield from _walk(value, (*path, step))


def _at(node: Json, path: tuple[Step, ...]) -> Json:
    for step in path:
        node = node[step]
    return node


def test_every_kind_of_file_has_a_schema() -> None:
    """There is one schema for each kind of file, and one that they share."""
    assert {name for name, _ in read_schemas()} == {f"{name}.schema.json" for name in (*SCHEMAS.values(), "common")}
    assert {_kind(name) for name in _parsed(_files())} == set(SCHEMAS)


def test_the_schemas_are_published() -> None:
    """Every schema lies in api/v1/schema/, byte for byte."""
    published = {name: content for name, content in _files().items() if name.startswith("api/v1/schema/")}
    assert published == {f"api/v1/schema/{name}": content for name, content in read_schemas()}


@pytest.mark.parametrize(("name", "content"), read_schemas(), ids=[name for name, _ in read_schemas()])
def test_a_schema_is_sound(name: str, content: bytes) -> None:
    """A schema obeys its dialect, is identified by its own name and refers to no host."""
    schema = json.loads(content)
    Draft202012Validator.check_schema(schema)
    assert (schema["$schema"], schema["$id"]) == ("https://json-schema.org/draft/2020-12/schema", name)
    for path, node in _walk(schema):
        if path[-1:] == ("$ref",):
            assert re.fullmatch(r"(common\.schema\.json)?#/\$defs/\w+", node), path


@pytest.mark.parametrize(("name", "content"), read_schemas(), ids=[name for name, _ in read_schemas()])
def test_a_schema_documents_every_field(name: str, content: bytes) -> None:
    """Every field, and every schema as a whole, is described in Chinese with full-width punctuation."""
    schema = json.loads(content)
    # A field that a condition narrows is described where it is defined.
    fields = [
        (path, node)
        for path, node in _walk(schema)
        if path[-2:-1] in {("properties",), ("$defs",)} and not {"if", "then", "else"} & set(path)
    ]
    for path, node in [((name,), schema), *fields]:
        assert re.search("[一-鿿].*。$", node["description"]), path
        assert not re.search(r"[一-鿿)\]][,;:!?(]|[,;:!?)][一-鿿]", node["description"]), path


@pytest.mark.parametrize("kind", SCHEMAS)
def test_a_file_fits_its_schema(kind: str, api: dict[str, Json]) -> None:
    """Every file of a kind fits the schema of that kind."""
    for name, content in api.items():
        if _kind(name) == kind:
            assert [error.message for error in _validator(f"{SCHEMAS[kind]}.schema.json").iter_errors(content)] == []


def _spoilt(content: Json) -> Iterator[tuple[str, Json]]:
    """Yield copies of a document, each with one fault, and the fault; like records are spoilt once."""
    seen: set[tuple[Step, ...]] = set()
    for path, record in _walk(content):
        shape = tuple("" if isinstance(step, int) else step for step in path)
        if not isinstance(record, dict) or shape in seen:
            continue
        seen.add(shape)
        where = "/".join(map(str, path))
        for key, other in product(record, ({"extra": 0}, [0])):
            changed = copy.deepcopy(content)
            _at(changed, path)[key] = other
            yield f"{where}: {key} is {other}", changed
        for key in record:
            if key not in OPTIONAL or record.get("reading") == "inferred":
                changed = copy.deepcopy(content)
                del _at(changed, path)[key]
                yield f"{where}: no {key}", changed


@pytest.mark.parametrize("kind", SCHEMAS)
def test_a_schema_is_strict(kind: str, tiny: dict[str, Json]) -> None:
    """A schema refuses every missing key and value of another type."""
    files = [content for name, content in tiny.items() if _kind(name) == kind]
    faults = {fault: changed for content in files for fault, changed in _spoilt(content)}
    assert all(_is_valid(kind, content) for content in files)
    assert len(faults) > 5
    assert [fault for fault, changed in faults.items() if _is_valid(kind, changed)] == []


@pytest.mark.parametrize("kind", SCHEMAS)
def test_a_schema_passes_over_further_fields(kind: str, tiny: dict[str, Json]) -> None:
    """Fields may be added to the published data: a record with one more is valid in every place."""
    for content in (content for name, content in tiny.items() if _kind(name) == kind):
        grown = copy.deepcopy(content)
        for _, record in list(_walk(grown)):
            if isinstance(record, dict):
                record["added-later"] = {"anything": [1]}
        assert _is_valid(kind, grown)


_VALUE = {
    "year": 2022,
    "comparator": "at_least",
    "value": 5,
    "unit": "%",
    "text": "5%以上",
    "qualifier": None,
    "said": "5%以上",
    "reading": "printed",
}
_DUE = {"months": [6, 12], "day": 19}
REFUSED = [
    ("value", _VALUE, {"value": None}),
    ("value", _VALUE, {"value": "5"}),
    ("value", _VALUE, {"comparator": "state"}),
    ("value", _VALUE, {"comparator": "rise"}),
    ("value", _VALUE, {"comparator": "fall"}),
    ("value", _VALUE, {"comparator": "at-least"}),
    ("value", _VALUE, {"upper": 6}),
    ("value", _VALUE, {"comparator": "between"}),
    ("value", _VALUE, {"reading": "inferred"}),
    ("value", _VALUE, {"reading": "guessed"}),
    ("value", _VALUE, {"note": ""}),
    ("value", _VALUE, {"year": "2022"}),
    ("value", _VALUE, {"unit": ""}),
    ("value", _VALUE, {"text": ""}),
    ("value", _VALUE | {"comparator": "between", "upper": 6}, {"upper": "6"}),
    ("value", _VALUE | {"comparator": "state", "value": None}, {"value": 5}),
    ("due", _DUE, {"months": []}),
    ("due", _DUE, {"months": [0]}),
    ("due", _DUE, {"months": [13]}),
    ("due", _DUE, {"months": [1.5]}),
    ("due", _DUE, {"day": 0}),
    ("due", _DUE, {"months": [6, 6]}),
    ("due", _DUE, {"day": 32}),
    ("of", {"kind": "task", "id": "task-1"}, {"kind": "leader"}),
    ("of", {"kind": "front", "id": "notice_title"}, {"kind": "task"}),
]


@pytest.mark.parametrize(("name", "good", "change"), REFUSED)
def test_a_schema_refuses(name: str, good: Json, change: Json) -> None:
    """What the contract rules out in a value, a due date or an owner is refused, and nothing else is."""
    validator = _validator(f"common.schema.json#/$defs/{name}")
    assert validator.is_valid(good)
    assert not validator.is_valid(good | change)


FAULTS: list[tuple[str, tuple[Step, ...], list[Json]]] = [
    ("index", (), [[]]),
    ("index", ("site_url",), ["example.org", "ftp://example.org/"]),
    ("index", ("plans",), [[]]),
    ("plan", (), [[]]),
    ("plan", ("issuers",), [[""]]),
    ("plan", ("issued_on",), ["2022-13-01", "2022-03-32", "2022年3月1日"]),
    ("plan", ("source", "sha256"), ["0" * 63, "G" * 64]),
    ("plan", ("source", "characters"), [0]),
    ("plan", ("effective_on",), ["2022-13-01", "2022"]),
    ("plan", ("period", "text"), [""]),
    ("plan", ("goals", 0, "year"), ["2022", 22]),
    ("plan", ("sectors", 0, "supervising_leader", "name"), ["甲 明"]),
    ("plan", ("sectors", 0, "number_printed"), ["", 1]),
    ("plan", ("sectors", 0, "responsibilities", 0, "role"), ["follow", None]),
    ("plan", ("sectors", 0, "responsibilities", 0, "covers"), ["item", None]),
    ("plan", ("sectors", 0, "responsibilities", 0, "reading"), ["inferred"]),
    ("plan", ("sectors", 0, "responsibilities", 0, "units", 0, "reading"), ["inferred"]),
    ("plan", ("tasks", 0, "title_reading"), ["guessed", None]),
    ("plan", ("tasks", 0, "deadline"), [{}, {"text": "年底前"}, "年底前"]),
    ("plan", ("texts", 0, "kind"), ["task", "responsibility"]),
    ("plan", ("texts", 0, "text"), ["", None]),
    ("plan", ("citations", 0, "mentions"), [[]]),
    ("plan", ("citations", 1, "document_number"), ["", "5号", "示政发[2021]5号"]),
    ("plan", ("targets", 0, "values"), [[]]),
    ("plan", ("duties", 0, "reading"), ["guessed"]),
    ("plan", ("duties", 0, "note"), [""]),
    ("target list", (), [{}]),
    ("duty list", (), [{}]),
    ("unit list", (), [{}, []]),
    ("unit list", (0,), [1]),
    ("unit list", (0, "is_group"), [True]),
    ("unit list", (-1, "is_group"), [False]),
    ("unit list", (0, "aliases"), [["便民局", "便民局"]]),
    ("unit", ("obligations", 0, "sector"), ["A"]),
    ("unit", ("obligations", 0, "number"), [0, "一"]),
    ("unit", ("obligations", 0, "role"), ["boss", None]),
    ("unit", ("obligations", -1, "sector"), ["sector-1"]),
    ("unit", ("obligations", -1, "role"), ["boss"]),
    ("unit", ("works_with", 0, "tasks"), [0]),
    (
        "unit",
        ("group_duties",),
        [
            [{"plan": "p", "id": "a"}],
            [{"plan": "p", "id": "A", "via": "b"}],
            [{"plan": "p", "id": "a", "via": "B"}],
            [{"id": "a", "via": "b"}],
        ],
    ),
]
"""(kind of file, path of a value, what it must not be). The little plan's first unit leads, its last is a group."""


@pytest.mark.parametrize(("kind", "path", "bad"), FAULTS)
def test_a_schema_refuses_in_a_file(kind: str, path: tuple[Step, ...], bad: list[Json], tiny: dict[str, Json]) -> None:
    """A value that is of the right type and yet impossible is refused where it stands."""
    whole = {"file": next(content for name, content in tiny.items() if _kind(name) == kind)}
    for value in bad:
        changed = copy.deepcopy(whole)
        *above, last = ("file", *path)
        _at(changed, tuple(above))[last] = value
        assert _is_valid(kind, whole["file"])
        assert not _is_valid(kind, changed["file"]), value


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("id", ["a", "task-11", "2022"], ["", "A", "a_b", "-a", "a-", "a--b", "任务", "a b"]),
        (
            "url",
            ["units/", "plans/p/text/#L33", "plans/p-1/targets/#task-1-x"],
            ["", "/units/", "units", "units/#", "https://example.org/", "//a/", "../units/", "units/a.html", "单位/"],
        ),
        ("part", ["task-1", "notice_title", "heading-2"], ["", "_a", "a_", "A", "标题"]),
        ("api", ["api/v1/units.json", "api/v1/units/a-b.json"], ["units.json", "/api/v1/units.json", "api/v1/.json"]),
        ("ids", [[], ["a", "b"]], [["a", "a"]]),
        ("line", [1], [0, -1, 1.5, "1"]),
        ("number", [1], [0]),
        ("count", [0], [-1]),
        ("year", [1900, 2200], [1899, 2201]),
        (
            "title",
            ["建立机制", "15分钟服务圈", "一窗通办"],
            ["", "1.建立机制", "(一)建立机制", "一、机制", "建立机制。"],
        ),
    ],
)
def test_a_form_is_held(name: str, good: list[Json], bad: list[Json]) -> None:
    """Ids, addresses, line numbers and titles have the form that the contract gives them."""
    validator = _validator(f"common.schema.json#/$defs/{name}")
    assert [content for content in good if not validator.is_valid(content)] == []
    assert [content for content in bad if validator.is_valid(content)] == []


def test_what_the_schemas_list_is_what_the_terms_list() -> None:
    """The words that a schema allows are those of the table of terms, in its order."""
    schemas = {name: json.loads(content) for name, content in read_schemas()}
    common, own = schemas["common.schema.json"]["$defs"], schemas["plan.schema.json"]["$defs"]
    assert common["value"]["properties"]["comparator"]["enum"] == list(terms.COMPARATORS)
    assert common["target"]["properties"]["type"]["enum"] == list(terms.TARGET_TYPES)
    assert common["duty"]["properties"]["frequency"]["enum"] == list(terms.FREQUENCIES)
    assert common["reading"]["enum"] == list(terms.READINGS)
    assert all(kind in common["unit"]["properties"]["kind"]["description"] for kind in terms.UNIT_KINDS)
    assert common["unit"]["properties"]["level"]["enum"] == [*terms.LEVELS, None]
    assert own["oddity"]["properties"]["kind"]["enum"] == list(terms.ODDITY_KINDS)
    assert common["role"]["enum"] == list(terms.ROLES)
    assert set(terms.PART_KINDS) - set(own["textPart"]["properties"]["kind"]["enum"]) == {
        *(*terms.ITEM_KINDS, "sector", "responsibility")
    }


# The form of the files


def test_the_files_are_utf8_with_chinese_as_it_is() -> None:
    """A file is UTF-8 without a mark, ends its last line, and writes Chinese as Chinese."""
    for content in _files().values():
        text = content.decode("utf-8")
        assert text[0] in "[{"
        assert text.endswith("\n")
        assert "\\u" not in text
    assert "区发展改革局" in _files()["api/v1/units.json"].decode()


def test_keys_stand_in_the_contracts_order(api: dict[str, Json]) -> None:
    """The keys of every record in every file are those of the contract, in its order."""
    for name, content in api.items():
        for path, record in _walk(content):
            if isinstance(record, dict):
                fields = [step for step in path if isinstance(step, str)]
                apart = "/".join(fields[-2:])
                keys = ORDER[apart if apart in ORDER else fields[-1] if fields else _kind(name)].split()
                optional = OPTIONAL | ({"reading"} if fields and fields[-1] in {"who", "to"} else set())
                assert list(record) == [key for key in keys if key not in optional or key in record], (name, path)


_STOPPED = """
import datetime, hashlib, logging, sys, time
from pathlib import Path

def refuse(*_):
    raise AssertionError("the clock was read")

class Date(datetime.date):
    today = refuse

class DateTime(datetime.datetime):
    now = utcnow = today = refuse

datetime.date, datetime.datetime = Date, DateTime
time.time = time.time_ns = time.localtime = time.gmtime = time.strftime = refuse

from generator.export.api import api_files
from generator.index.build import read_index

for name, content in api_files(read_index(Path(sys.argv[1])), sys.argv[2]):
    print(name, hashlib.sha256(content).hexdigest())
"""


@pytest.mark.parametrize("seed", ["0", "1", "2"])
def test_the_same_data_gives_the_same_bytes(seed: str, tmp_path: Path) -> None:
    """Neither the order of hashes, nor where the data lies, nor the clock shows in any file."""
    moved = shutil.copytree(DATA, tmp_path / "elsewhere", copy_function=shutil.copyfile)
    done = subprocess.run(
        [sys.executable, "-c", _STOPPED, str(moved), SITE],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.stderr == ""
    assert done.stdout.splitlines() == [
        f"{name} {hashlib.sha256(content).hexdigest()}" for name, content in _files().items()
    ]


def test_two_runs_give_the_same_bytes() -> None:
    """Building twice in one process gives the same files in the same order."""
    assert list(api_files(read_index(DATA), SITE)) == list(_files().items())


# Index, addresses and references


def test_the_index_names_every_file(api: dict[str, Json]) -> None:
    """index.json leads to every plan and to the units, units.json to each unit."""
    index, listed = api["api/v1/index.json"], api["api/v1/units.json"]
    assert (index["version"], index["site_url"]) == ("1", SITE)
    assert index["units"] == {"count": len(listed), "api": "api/v1/units.json"}
    assert [(entry["id"], entry["url"]) for entry in index["plans"]] == [(PLAN, f"plans/{PLAN}/")]
    assert [row["api"] for row in listed] == [name for name in api if _kind(name) == "unit"]
    assert [row["url"] for row in listed] == [f"units/{row['id']}/" for row in listed]
    for entry in (*index["plans"], *listed):
        assert api[entry["api"]]["id"] == entry["id"]
    for row in listed:
        assert {key: api[row["api"]][key] for key in row} == row
    named = {"api/v1/index.json", "api/v1/units.json", "api/v1/targets.json", "api/v1/duties.json"}
    assert set(api) == named | {entry["api"] for entry in (*index["plans"], *listed)}


def test_how_many_there_are(plan: Json, units: dict[str, Json]) -> None:
    """The plan has 3 goals, 8 sectors, 38 tasks and 12 safeguards; 39 units and 3 groups are named."""
    assert [len(plan[key]) for key in ("goals", "sectors", "tasks", "safeguards")] == [3, 8, 38, 12]
    assert Counter(unit["is_group"] for unit in units.values()) == {False: 39, True: 3}


RECORDS = ("goals", "sectors", "tasks", "safeguards", "targets", "duties", "citations", "oddities")


def test_ids_are_unique(api: dict[str, Json], plan: Json) -> None:
    """No two records of a kind share an id, and no two things of a plan share an address."""
    for rows in (*(plan[key] for key in RECORDS), api["api/v1/units.json"]):
        assert [i for i, count in Counter(row["id"] for row in rows).items() if count > 1] == []
    urls = Counter(row["url"] for rows in plan.values() if isinstance(rows, list) for row in rows if "url" in row)
    assert [url for url, count in urls.items() if count > 1] == []


def test_references_resolve_both_ways(plan: Json) -> None:
    """A sector lists its tasks and an item its targets, duties and citations; each of them names it in return."""
    listed = [(sector["id"], task) for sector in plan["sectors"] for task in sector["tasks"]]
    assert listed == [(task["sector"], task["id"]) for task in plan["tasks"]]
    items = (*plan["tasks"], *plan["safeguards"])
    kinds = {row["id"]: key for key in ("goal", "task", "safeguard") for row in plan[f"{key}s"]}
    for key in ("targets", "duties"):
        assert all(kinds[row["of"]["id"]] == row["of"]["kind"] for row in plan[key])
        rows = [(row["of"]["id"], row["id"]) for row in plan[key] if row["of"]["kind"] != "goal"]
        assert rows == [(item["id"], i) for item in items for i in item[key]]
    mentions = {
        (mention["of"]["id"], row["id"])
        for row in plan["citations"]
        for mention in row["mentions"]
        if mention["of"]["kind"] not in {"goal", "front"}
    }
    assert mentions == {(item["id"], i) for item in items for i in item["citations"]}


def test_named_units_are_registered(api: dict[str, Json], plan: Json) -> None:
    """Every unit id in the plan and in the files of units is that of a registered unit."""
    known = {row["id"] for row in api["api/v1/units.json"]}
    found = {
        node
        for content in (plan, *(c for name, c in api.items() if _kind(name) == "unit"))
        for path, node in _walk(content)
        if path and path[-1] in {"unit", "via"} and "values" not in path and node is not None
    }
    assert found <= known
    assert len(found) == 42


def test_all_targets_and_duties_are_the_plans_own(api: dict[str, Json], plan: Json) -> None:
    """targets.json and duties.json hold what the plans' files hold, each with its plan."""
    for key in ("targets", "duties"):
        assert api[f"api/v1/{key}.json"] == [{"plan": PLAN, **row} for row in plan[key]]


# The printed text


def test_the_source_is_described(plan: Json, lines: list[str]) -> None:
    """The head of the plan's file says what the official text is."""
    source = SOURCE.read_bytes()
    assert plan["source"] == {
        "url": f"plans/{PLAN}/text/",
        "sha256": hashlib.sha256(source).hexdigest(),
        "characters": 16272,
        "lines": 123,
    }
    assert (len(source.decode()), len(lines)) == (16272, 123)
    assert plan["title"] == lines[7]
    assert plan["issuers"] == lines[3:5]
    assert (plan["issued_on"], plan["period"]) == ("2022-12-12", {"start": 2022, "end": 2024, "text": None})


def test_quotes_are_whole_sentences_of_their_lines(plan: Json, lines: list[str]) -> None:
    """A quote is one whole sentence of its line, and what is printed of it stands in it."""
    for row in (*plan["targets"], *plan["duties"]):
        assert row["quote"] in re.split("(?<=。)", lines[row["line"] - 1]), row["id"]
        for value in row.get("values", ()):
            assert value["text"] in row["quote"], row["id"]
    for citation in plan["citations"]:
        for mention in citation["mentions"]:
            assert mention["quote"] in re.split("(?<=。)", lines[mention["line"] - 1]), citation["id"]
            assert citation["title"] in mention["quote"]


def test_quotes_stand_in_their_item(plan: Json) -> None:
    """A quote stands on the line, or for a safeguard one of the two lines, of the item that it belongs to."""
    own = {row["id"]: {row["line"]} for key in ("goals", "tasks") for row in plan[key]}
    own |= {row["id"]: {row["line"], row["line"] + 1} for row in plan["safeguards"]}
    for row in (*plan["targets"], *plan["duties"]):
        assert row["line"] in own[row["of"]["id"]], row["id"]
    for citation in plan["citations"]:
        for mention in citation["mentions"]:
            assert mention["line"] in own.get(mention["of"]["id"], {mention["line"]} if mention["line"] < 12 else ())


def test_what_is_printed_is_printed(api: dict[str, Json], lines: list[str]) -> None:
    """Every `printed`, `scope` and `quote` is an exact piece of the text; an oddity's or obligation's, of its line."""
    source = "\n".join(lines)
    for content in api.values():
        for path, node in _walk(content):
            if path and path[-1] in {"printed", "quote", "scope"} and node is not None and node != "printed":
                assert node in source, path
            if isinstance(node, dict) and {"printed", "line"} <= set(node):
                assert node["printed"] in lines[node["line"] - 1], path


def test_paragraphs_are_whole(plan: Json, lines: list[str]) -> None:
    """The text of a goal or task is its whole line, that of a safeguard the whole line below its heading."""
    for row in (*plan["goals"], *plan["tasks"]):
        assert row["text"] == lines[row["line"] - 1]
    for row in plan["safeguards"]:
        assert row["text"] == lines[row["line"]]


def test_titles_are_without_number_and_full_stop(plan: Json, lines: list[str]) -> None:
    """A title is what stands between the printed number and, in a task, the first full stop."""
    for row in plan["tasks"]:
        assert lines[row["line"] - 1].startswith(f"{row['number']}.{row['title']}。")
    for key in ("sectors", "safeguards"):
        for number, row in enumerate(plan[key], 1):
            assert row["number"] == number
            assert lines[row["line"] - 1] == f"({terms.chinese_number(number)}){row['title']}"
    assert [row["year"] for row in plan["goals"]] == [2022, 2023, 2024]
    assert all(row["text"].startswith(f"{row['year']}年,") for row in plan["goals"])


def test_every_cited_title_is_found_wherever_it_is_printed(plan: Json, lines: list[str]) -> None:
    """The mentions of a document are all the lines that have its title in brackets, once for each time."""
    printed = [
        (number, inner)
        for number, line in enumerate(lines, 1)
        for opening, closing in ("《》", "〈〉", "<>")
        for inner in re.findall(f"{opening}([^{opening}{closing}]*){closing}", line)
    ]
    assert len(printed) == 19
    listed = [(m["line"], row["title"]) for row in plan["citations"] for m in row["mentions"]]
    assert sorted(listed) == sorted(printed)


DOCUMENT_NUMBERS = {
    "云办发〔2022〕32号": "中共云南省委办公厅 云南省人民政府办公厅关于印发",
    "昆办发〔2022〕27号": "中共昆明市委办公室 昆明市人民政府办公室关于印发",
    "国发〔2021〕26号": "国务院关于进一步贯彻实施",
    "西发〔2022〕6号": "中共昆明市西山区委办公室 昆明市西山区人民政府办公室关于印发",
    "昆营商办发〔2022〕1号": "昆明市优化提升营商环境工作领导小组办公室关于",
}


def test_document_numbers(plan: Json, lines: list[str]) -> None:
    """The five printed document numbers are given verbatim, each with its title."""
    found = {row["document_number"]: row["title"] for row in plan["citations"] if row["document_number"]}
    assert set(found) == set(DOCUMENT_NUMBERS) == set(re.findall(r"\((\w+〔\d+〕\d+号)\)", "\n".join(lines)))
    assert all(found[number].startswith(title) for number, title in DOCUMENT_NUMBERS.items())


# Who is responsible, as source.txt prints it


@dataclass(frozen=True)
class Block:
    """A sector or safeguard as printed."""

    number: int
    tasks: tuple[int, ...]
    """Empty for a safeguard."""
    lead: str
    """Empty for a safeguard."""
    named: tuple[str, ...]
    """As printed."""
    owners: tuple[str, ...]
    """In brackets in a safeguard's paragraph: (A负责)."""
    line: int
    """Of the responsible units; the lead unit stands on the line above, so does a safeguard's paragraph."""

    def mentions(self) -> list[tuple[str, str, str, int]]:
        """Return (unit, role, printed, line) in order of precedence; the first of a unit counts."""
        rows = [(self.lead, "lead", self.line - 1)] if self.lead else []
        rows += [(name, "responsible", self.line) for name in self.named]
        rows += [(name, "owner", self.line - 1) for name in self.owners if not self.lead]
        return [(unit, role, name, line) for name, role, line in rows for unit in READ_AS.get(name, (name,))]


READ_AS = {
    "区文化和旅游局区金融办": ("区文化和旅游局", "区金融办"),
    "区行政审批局(区政务服务局)": ("区政务服务局",),
    "“八大板块”总牵头单位": ("八大板块总牵头单位",),
    "总牵头单位": ("八大板块总牵头单位",),
}
"""Printed names that are not the name of one unit → the units."""


@cache
def _blocks() -> tuple[Block, ...]:
    """Read the sectors and safeguards off the official text."""
    blocks: list[Block] = []
    tasks: list[int] = []
    lead, above, place = "", "", 0
    for number, line in enumerate(SOURCE.read_text("utf-8").split("\n"), 1):
        if re.match(r"\([一二三四五六七八九十]+\)", line):
            tasks, lead, place = [], "", 1 if line.startswith("(一)") else place + 1
        elif task := re.match(r"(\d+)\.", line):
            tasks.append(int(task[1]))
        elif line.startswith("总牵头单位:"):
            lead = line.removeprefix("总牵头单位:")
        elif line.startswith("责任单位:"):
            owners = () if lead else tuple(re.findall(r"\((\w+)负责\)", above))
            named = tuple(line.removeprefix("责任单位:").split("、"))
            blocks.append(Block(place, tuple(tasks), lead, named, owners, number))
        above = line
    return tuple(blocks)


SECTORS, SAFEGUARDS = _blocks()[:8], _blocks()[8:]


def _own(unit: str) -> list[tuple[str, int, str, str, int]]:
    """Return (kind, number, role, printed, line) of what the text obliges a unit to by its own name."""
    rows = []
    for blocks in (SECTORS, SAFEGUARDS):
        for block in blocks:
            mine = next((mention for mention in block.mentions() if mention[0] == unit), None)
            if mine:
                kind, numbers = ("task", block.tasks) if block.lead else ("safeguard", (block.number,))
                rows += [(kind, number, *mine[1:]) for number in numbers]
    return sorted(rows, key=lambda row: row[2] != "lead")


def _row(obligation: Json) -> tuple[str, int, str, str, int]:
    """Return a published obligation in the form of those read off the text."""
    return tuple(obligation[key] for key in ("kind", "number", "role", "printed", "line"))


def test_the_blocks_are_read_right() -> None:
    """What this test reads off the text is what the eye sees: 8 sectors of 38 tasks, 12 safeguards."""
    assert [len(block.tasks) for block in SECTORS] == [3, 4, 6, 6, 4, 5, 7, 3]
    assert [block.number for block in SAFEGUARDS] == list(range(1, 13))
    assert [block.owners for block in SAFEGUARDS if block.owners] == [
        ("区营商环境办", "区营商环境办", "总牵头单位"),
        ("区营商环境办",),
    ]
    assert [block.line for block in SECTORS] == [23, 31, 41, 51, 59, 68, 79, 86]


def test_sectors_list_their_units_as_printed(plan: Json, units: dict[str, Json]) -> None:
    """Lead and responsible units stand in printed order, names printed twice twice, run together twice."""
    for block, row in zip((*SECTORS, *SAFEGUARDS), (*plan["sectors"], *plan["safeguards"]), strict=True):
        expected = [
            {"unit": units[unit]["id"], "printed": name} for name in block.named for unit in READ_AS.get(name, (name,))
        ]
        assert row["responsible_units"] == expected
        if block.lead:
            assert row["lead_unit"] == {"unit": units[block.lead]["id"], "printed": block.lead}
            assert row["tasks"] == [f"task-{number}" for number in block.tasks]
        else:
            assert [owner["printed"] for owner in row["owners"]] == list(block.owners)
    fourth, fifth = plan["sectors"][3]["responsible_units"], plan["sectors"][4]["responsible_units"]
    together = [row["unit"] for row in fourth if row["printed"] == "区文化和旅游局区金融办"]
    assert together == ["culture-tourism", "finance-office"]
    assert [row["printed"] for row in fifth].count("区财政局") == 2


def test_supervising_leaders(plan: Json) -> None:
    """A leader is named without the space that print sets into the name, and quoted with it."""
    leaders = [sector["supervising_leader"] for sector in plan["sectors"]]
    printed = ["杨 凯", "猫良华", "李 敏", "李 敏", "李 敏", "古 鹏", "杨凯", "李 敏"]
    assert [leader["printed"] for leader in leaders] == printed
    assert [leader["name"] for leader in leaders] == [name.replace(" ", "") for name in printed]
    ids = [leader["id"] for leader in leaders]
    assert [ids.index(i) for i in ids] == [0, 1, 2, 2, 2, 5, 0, 2]


def test_units_count_what_names_them(units: dict[str, Json]) -> None:
    """A unit's counts are those that the lines of the text give, without what applies only through a group."""
    for name, unit in units.items():
        own = Counter((kind, role == "lead") for kind, _, role, _, _ in _own(name))
        leads = [block for block in SECTORS if block.lead == name]
        named = [block for block in SECTORS if name in [mention[0] for mention in block.mentions()]]
        assert unit["counts"] == {
            "lead_sectors": len(leads),
            "responsible_sectors": len(named) - len(leads),
            "lead_tasks": own["task", True],
            "responsible_tasks": own["task", False],
            "safeguards": own["safeguard", False],
        }, name


def test_counts_read_by_eye(units: dict[str, Json]) -> None:
    """区发展改革局 leads sectors 1 and 7 (3 + 7 tasks) and stands in 2, 3, 4, 6 and 8 (4 + 6 + 6 + 5 + 3)."""
    assert list(units["区发展改革局"]["counts"].values()) == [2, 5, 10, 24, 0]
    assert list(units["区财政局"]["counts"].values()) == [0, 2, 0, 10, 0]
    assert list(units["区金融办"]["counts"].values()) == [0, 3, 0, 13, 0]
    assert list(units["区营商环境办"]["counts"].values()) == [0, 0, 0, 0, 8]
    assert list(units["区委组织部"]["counts"].values()) == [0, 1, 0, 4, 2]


def test_obligations_of_the_units_named(units: dict[str, Json]) -> None:
    """A unit has one obligation for each item that names it: lead first, then in printed order."""
    for name, unit in units.items():
        assert [_row(o) for o in unit["obligations"] if o["via"] is None] == _own(name), name


def test_obligations_say_what_the_items_say(plan: Json, units: dict[str, Json]) -> None:
    """An obligation repeats the number, title, sector and address of its item; there is one for each item."""
    items = {row["id"]: row for row in (*plan["tasks"], *plan["safeguards"])}
    for unit in units.values():
        assert len({o["id"] for o in unit["obligations"]}) == len(unit["obligations"])
        order = [(o["role"] != "lead", o["kind"] != "task", o["number"]) for o in unit["obligations"]]
        assert order == sorted(order)
        for row in unit["obligations"]:
            item = items[row["id"]]
            assert row["plan"] == PLAN
            assert row["kind"] == row["id"].partition("-")[0]
            assert [row[key] for key in ("number", "title", "url")] == [item[key] for key in ("number", "title", "url")]
            assert row["sector"] == item.get("sector")


def test_obligations_through_a_group(units: dict[str, Json]) -> None:
    """A member has its group's obligation, as the group is printed, unless the item names the member itself."""
    groups = {unit["id"]: name for name, unit in units.items() if unit["is_group"]}
    for name, unit in units.items():
        own = {row[:2] for row in _own(name)}
        for obligation in unit["obligations"]:
            if obligation["via"]:
                assert _row(obligation)[:2] not in own, name
                assert _row(obligation) in _own(groups[obligation["via"]]), name


def test_who_belongs_to_the_groups(units: dict[str, Json]) -> None:
    """总牵头单位 are all that lead a sector, 区级各相关单位 the district's own units, 各街道办事处 none."""
    through: dict[str, set[str]] = {}
    reached: dict[int, set[str]] = {}
    for name, unit in units.items():
        for row in unit["obligations"]:
            through.setdefault(row["via"], set()).add(name)
            if row["kind"] == "safeguard":
                reached.setdefault(row["number"], set()).add(name)
    assert through["sector-leads"] == {block.lead for block in SECTORS}
    assert "subdistricts" not in through
    outside = {"海口工业园区管委会", "长坡物流园区管委会", "昆明西山供电局", "市营商环境办"}
    district = {name for name, unit in units.items() if not unit["is_group"]} - outside
    for block in SAFEGUARDS:
        if "区级各相关单位" in block.named:
            assert district <= reached[block.number]
            assert not outside & reached[block.number]


def test_works_with(units: dict[str, Json]) -> None:
    """A unit works with those that the same sectors name, counted in tasks, most first; so do they with it."""
    sharing = {name: Counter[str]() for name in units}
    for block in SECTORS:
        named = {mention[0] for mention in block.mentions()}
        for name in named:
            sharing[name].update({units[other]["id"]: len(block.tasks) for other in named - {name}})
    for name, unit in units.items():
        found = [(row["unit"], row["tasks"]) for row in unit["works_with"]]
        assert dict(found) == sharing[name], name
        assert [tasks for _, tasks in found] == sorted((tasks for _, tasks in found), reverse=True)
    by_id = {unit["id"]: {row["unit"]: row["tasks"] for row in unit["works_with"]} for unit in units.values()}
    assert all(by_id[other][i] == tasks for i, rows in by_id.items() for other, tasks in rows.items())
    assert by_id["court"]["justice"] == 5


def test_units_have_the_targets_of_their_tasks(plan: Json, units: dict[str, Json]) -> None:
    """A unit's targets are those of the tasks that it leads or takes part in, in printed order."""
    for name, unit in units.items():
        tasks = {f"task-{number}" for kind, number, *_ in _own(name) if kind == "task"}
        assert unit["targets"] == [row["id"] for row in plan["targets"] if row["of"]["id"] in tasks], name


def test_units_have_the_duties_in_which_they_act(units: dict[str, Json]) -> None:
    """A unit's duties are those that name it as the one who acts; those that name its group stand apart."""
    found = {
        name: (unit["duties"], [(row["id"], row["via"]) for row in unit["group_duties"]])
        for name, unit in units.items()
    }
    five = [(f"safeguard-5-{what}", "district-units") for what in ("walkthrough", "report")]
    assert found["区委组织部"] == (["safeguard-10-yearly-training-duty", "safeguard-12-promotion-priority"], five)
    led = ["safeguard-1-report", "safeguard-2-yearly-subplans-duty"]
    assert found["区发展改革局"] == ([], [*((i, "sector-leads") for i in led), *five])
    assert found["八大板块总牵头单位"] == (led, [])
    assert found["海口工业园区管委会"] == ([], [])
    assert "safeguard-3-report-results" in found["区营商环境办"][0]


def test_no_unit_reports_to_itself(plan: Json, units: dict[str, Json]) -> None:
    """What a group reports to one of its own members is not that member's duty."""
    receivers = {row["id"]: [to["unit"] for to in row["to"]] for row in plan["duties"]}
    assert receivers["safeguard-5-report"] == ["business-environment"]
    for unit in units.values():
        for row in unit["group_duties"]:
            assert unit["id"] not in receivers[row["id"]]


# Figures, read off the text by eye

_YEARS = (2022, 2023, 2024)
FIGURES: list[tuple[str, str, str, str, dict[int | None, float | tuple[float, float]]]] = [
    ("goal-2024", "重点企业户数", "between", "个", {2024: (3, 5)}),
    ("goal-2024", "重大项目", "between", "个", {2024: (100, 200)}),
    ("task-2", "产业链条数", "exactly", "条", {None: 3}),
    ("task-5", "审批时间", "at_most", "个工作日", dict.fromkeys(_YEARS, 50)),
    ("task-11", "网上可办率", "at_least", "%", {2022: 99.5, 2023: 99.8, 2024: 99.9}),
    ("task-11", "全程网办率", "at_least", "%", {2022: 91.5, 2023: 93, 2024: 96}),
    ("task-11", "高频政务服务事项", "at_least", "项", {2024: 180}),
    ("task-11", "e办通", "at_least", "台", {2024: 20}),
    ("task-12", "好评率", "exactly", "%", {2022: 97, 2023: 98, 2024: 99}),
    ("task-12", "回访整改率", "exactly", "%", dict.fromkeys(_YEARS, 100)),
    ("task-13", "过户时间", "at_most", "个工作日", {2022: 0.5}),
    ("task-13", "用水报装", "at_most", "个工作日", {2022: 8, 2023: 5, 2024: 3}),
    ("task-13", "用气报装", "at_most", "个工作日", {2022: 8, 2023: 6, 2024: 4}),
    ("task-13", "报装时间（电）", "at_most", "个工作日", {2022: 2, 2023: 1.5, 2024: 1}),
    ("task-13", "报装时间（水）", "at_most", "个工作日", {2022: 2, 2023: 1.5, 2024: 1}),
    ("task-13", "报装时间（气）", "at_most", "个工作日", {2022: 2, 2023: 1.5, 2024: 1}),
    ("task-13", "办电时间", "at_most", "个工作日", {None: 15}),
    ("task-15", "市场主体年均增长", "about", "%", {None: 15}),
    ("task-15", "企业数量年均增长", "about", "%", {None: 18}),
    ("task-15", "个体工商户简易注销", "at_most", "个工作日", {None: 10}),
    ("task-15", "企业开办", "at_most", "个工作日", {2022: 0.5}),
    ("task-17", "最多跑一次", "exactly", "%", {None: 100}),
    ("task-17", "网上办", "exactly", "%", {None: 100}),
    ("task-17", "掌上办", "exactly", "%", {None: 100}),
    ("task-17", "纳税时间", "exactly", "%", dict.fromkeys(_YEARS, 5)),
    ("task-18", "意向公开率", "at_least", "%", {2022: 75, 2023: 85, 2024: 95}),
    ("task-26", "破产案件", "at_most", "天", dict.fromkeys(_YEARS, 180)),
    ("task-31", "随迁子女", "at_least", "%", dict.fromkeys(_YEARS, 85)),
    ("task-32", "直接结算率", "at_least", "%", {2022: 62, 2023: 65, 2024: 68}),
    ("task-35", "续建", "exactly", "条", {None: 27}),
    ("task-35", "新建道路", "exactly", "条", {None: 63}),
    ("task-35", "公交首末站", "exactly", "个", {None: 7}),
    ("task-35", "公交车场", "exactly", "个", {None: 7}),
    ("task-35", "公交枢纽站", "exactly", "个", {None: 1}),
    ("task-35", "专建停车场", "exactly", "个", {None: 16}),
    ("task-35", "配建停车场", "exactly", "处", {None: 9}),
    ("safeguard-2", "全区性行动方案", "exactly", "个", dict.fromkeys(_YEARS, 1)),
    ("safeguard-6", "政治巡察次数", "exactly", "次", {None: 1}),
]
"""(item, word in the indicator, comparator, unit, year → value): every number that the plan sets itself."""


def _figures(target: Json) -> list[tuple[str, str, int | None, float | tuple[float, float]]]:
    """Return (comparator, unit, year, value) of each value that is a number."""
    return [
        (v["comparator"], v["unit"], v["year"], (v["value"], v["upper"]) if "upper" in v else v["value"])
        for v in target["values"]
        if v["value"] is not None
    ]


@pytest.mark.parametrize(("item", "word", "comparator", "unit", "values"), FIGURES)
def test_a_figure(plan: Json, item: str, word: str, comparator: str, unit: str, values: Json) -> None:
    """A figure of the text is published with its year, unit and sense."""
    found = [_figures(row) for row in plan["targets"] if row["of"]["id"] == item and word in row["indicator"]]
    assert [figures for figures in found if figures] == [
        [(comparator, unit, year, value) for year, value in values.items()]
    ]


def test_no_other_figures(plan: Json) -> None:
    """There is no number among the targets that was not read off the text here."""
    assert sum(len(_figures(row)) for row in plan["targets"]) == sum(len(values) for *_, values in FIGURES)
    for row in plan["targets"]:
        assert all(value["upper"] > value["value"] for value in row["values"] if "upper" in value)


def test_what_goes_on_without_a_number(plan: Json) -> None:
    """并持续压减时间 and 并持续提升 are values of their own, after the number."""
    last = {row["id"]: row["values"][-1] for row in plan["targets"]}
    shown = {i: (value["comparator"], value["text"]) for i, value in last.items() if value["text"].startswith("持续")}
    assert ("fall", "持续压减时间") == shown["task-5-approval-time"] == shown["task-26-bankruptcy-time"]
    assert shown["task-31-migrant-children"] == ("rise", "持续提升")
    assert shown["task-13-low-voltage-power"] == ("fall", "持续压减时")


def test_what_is_read_into_the_text_is_said(plan: Json) -> None:
    """以上 stands behind the last of three figures alone, so that the others are inferred; so is who walks through."""
    readings = {row["id"]: [value["reading"] for value in row["values"]] for row in plan["targets"]}
    assert readings["task-18-intention-disclosure"] == ["inferred", "inferred", "printed"]
    assert readings["task-12-praise-rate"] == ["printed"] * 3
    duties = {row["id"]: (row["reading"], "note" in row) for row in plan["duties"]}
    assert duties["safeguard-5-walkthrough"] == ("inferred", True)
    assert duties["safeguard-5-supervision"] == ("printed", False)


def test_due_dates(plan: Json) -> None:
    """Two duties have a date: the 20th of each quarter's last month, and the 19th of June, September and December."""
    due = [
        (row["of"]["id"], row["frequency"], *row["due"].values(), row["who"][0]["printed"], row["to"][0]["printed"])
        for row in plan["duties"]
        if row["due"]
    ]
    assert due == [
        ("safeguard-1", "quarterly", [3, 6, 9, 12], 20, "总牵头单位", "区营商环境办(区政务服务局)"),
        ("safeguard-5", "quarterly", [6, 9, 12], 19, "各相关单位", "区营商环境办"),
    ]
    assert [row["of"]["id"] for row in plan["duties"] if row["frequency"] == "monthly"] == ["safeguard-5"]


# Two plans side by side


@pytest.fixture
def both(tmp_path: Path) -> dict[str, Json]:
    """Return the published files of the real plan and a copy of it, `copy`."""
    shutil.copytree(DATA, tmp_path / "data")
    shutil.copytree(DATA / PLAN, tmp_path / "data" / "copy")
    path = tmp_path / "data" / "copy" / "plan.yaml"
    path.write_text(path.read_text("utf-8").replace(f"\nid: {PLAN}\n", "\nid: copy\n"), "utf-8")
    return _parsed(dict(api_files(read_index(tmp_path / "data"), SITE)))


def test_two_plans_are_both_published(both: dict[str, Json], plan: Json) -> None:
    """Both plans stand in the index, each with its own file and addresses."""
    assert [row["id"] for row in both["api/v1/index.json"]["plans"]] == ["copy", PLAN]
    assert both[f"api/v1/plans/{PLAN}.json"] == plan
    ours, theirs = json.dumps(plan), json.dumps(both["api/v1/plans/copy.json"])
    assert theirs == ours.replace(f"plans/{PLAN}/", "plans/copy/").replace(f'"id": "{PLAN}"', '"id": "copy"')
    for key in ("targets", "duties"):
        rows = both[f"api/v1/{key}.json"]
        assert [row["plan"] for row in rows] == ["copy"] * len(plan[key]) + [PLAN] * len(plan[key])


def test_units_gather_both_plans(both: dict[str, Json], api: dict[str, Json]) -> None:
    """A unit has the obligations of both plans, those that it leads first, and counts and shares over both."""
    assert [row["id"] for row in both["api/v1/units.json"]] == [row["id"] for row in api["api/v1/units.json"]]
    for row in api["api/v1/units.json"]:
        one, two = api[row["api"]], both[row["api"]]
        assert two["counts"] == {key: 2 * count for key, count in one["counts"].items()}
        assert [o for o in two["obligations"] if o["plan"] == PLAN] == one["obligations"]
        assert len(two["obligations"]) == 2 * len(one["obligations"])
        leads = [o["role"] == "lead" for o in two["obligations"]]
        assert leads == sorted(leads, reverse=True)
        assert two["works_with"] == [{**other, "tasks": 2 * other["tasks"]} for other in one["works_with"]]
        for key in ("targets", "duties"):
            assert two[key] == one[key] * 2
        again = [{**duty, "plan": "copy"} for duty in one["group_duties"]]
        assert Counter(map(str, two["group_duties"])) == Counter(map(str, one["group_duties"] + again))


def test_what_stands_before_the_goals_is_published(plan: Json, lines: list[str]) -> None:
    """Notice, preamble and guiding paragraph are published as printed, with the documents that the plan builds on."""
    notice = plan["notice"]
    assert lines[notice["line"] - 1] == notice["title"]
    printed = (notice["addressees"], notice["text"], notice["date"], notice["publicity"])
    assert [lines.index(text) + 1 for text in printed] == [2, 3, 6, 7]
    assert lines[plan["preamble"]["line"] - 1] == plan["preamble"]["text"]
    assert lines[plan["guiding"]["line"] - 1] == plan["guiding"]["text"]
    named = {citation["id"] for citation in plan["citations"] for m in citation["mentions"] if m["line"] == 11}
    assert set(plan["based_on"]) == named
    assert len(named) == 4


def test_groups_say_whom_they_stand_for(plan: Json) -> None:
    """The leads of the eight sectors are published as what 八大板块总牵头单位 stands for, as inferred."""
    groups = {group["unit"]: group for group in plan["groups"]}
    leads = {sector["lead_unit"]["unit"] for sector in plan["sectors"]}
    assert set(groups["sector-leads"]["members"]) == leads
    assert {group["reading"] for group in groups.values()} == {"inferred"}


# A plan of another shape: no sectors, safeguards, leaders, notice or period; each task names its own units

OTHER = ROOT / "tests" / "plans" / "reading-rooms"


@pytest.fixture(scope="module")
def other() -> dict[str, Json]:
    """Return the published files of the little plan of another shape."""
    return _parsed(dict(api_files(read_index(OTHER), SITE)))


@pytest.fixture(scope="module")
def other_plan(other: dict[str, Json]) -> Json:
    """Return the published file of that plan."""
    return other["api/v1/plans/qingshi-reading.json"]


def test_a_plan_of_another_shape_fits_the_schemas(other: dict[str, Json]) -> None:
    """Its files fit the same schemas, which stay strict: no key may be missing and no value of another type."""
    for kind in SCHEMAS:
        files = [content for name, content in other.items() if _kind(name) == kind]
        assert [content for content in files if not _is_valid(kind, content)] == []
        faults = {fault: changed for content in files for fault, changed in _spoilt(content)}
        assert [fault for fault, changed in faults.items() if _is_valid(kind, changed)] == []


def test_what_a_plan_does_not_print_is_null_or_empty(other_plan: Json) -> None:
    """Without notice, goals, sectors, safeguards and period nothing is made up in their place."""
    assert {key: other_plan[key] for key in ("issued_on", "period", "notice", "preamble", "guiding", "edition")} == {
        "issued_on": None,
        "period": None,
        "notice": None,
        "preamble": None,
        "guiding": None,
        "edition": None,
    }
    assert [other_plan[key] for key in ("issuers", "goals", "sectors", "safeguards", "responsibilities")] == [[]] * 5
    assert [text["kind"] for text in other_plan["texts"]] == ["title", "heading", "heading", "text"]


def test_tasks_say_who_answers_for_them(other_plan: Json) -> None:
    """Each label and bracket stands with its task: role, printed label, units, what it covers, and where it is."""
    lines = (OTHER / "qingshi-reading" / "source.txt").read_text("utf-8").split("\n")
    found = {
        task["id"]: [
            (one["role"], one["label"], [unit["printed"] for unit in one["units"]], one["covers"], one["line"])
            for one in task["responsibilities"]
        ]
        for task in other_plan["tasks"]
    }
    assert found == {
        "task-rooms": [
            ("lead", "牵头单位", ["县文旅局"], "task", 5),
            ("cooperate", "配合单位", ["县自然资源局", "县财政局"], "task", 6),
        ],
        "task-towns": [
            ("responsible", "责任单位", ["县文旅局", "各乡镇"], "quote", 7),
            ("responsible", "责任单位", ["县图书馆"], "quote", 7),
        ],
        "task-hours": [
            ("lead", "主办单位", ["县文旅局"], "task", 14),
            ("implement", "落实单位", ["各乡镇"], "task", 15),
            ("responsible", "责任单位", ["县图书馆"], "quote", 11),
        ],
        "task-promotion": [("owner", None, ["团县委"], "task", 16)],
    }
    for task in other_plan["tasks"]:
        assert all(one["quote"] in lines[one["line"] - 1] for one in task["responsibilities"])


def test_tasks_of_several_lines_titles_and_deadlines(other_plan: Json) -> None:
    """A task's text holds its lines but those of responsibility; numbers may repeat or be missing, titles be ours."""
    rooms, _, hours, promotion = other_plan["tasks"]
    assert rooms["text"] == "1.新建城区书房。\n2025年底前新建城区书房2处,每处藏书不少于3000册。"
    assert [(task["number"], task["number_printed"], task["sector"]) for task in other_plan["tasks"]] == [
        (1, "1.", None),
        (2, "2.", None),
        (1, "1.", None),
        (None, None, None),
    ]
    assert (promotion["title"], promotion["title_reading"]) == ("开展阅读推广", "inferred")
    assert [task["title_reading"] for task in (rooms, hours)] == ["printed"] * 2
    assert (hours["deadline"]["text"], hours["deadline"]["date"], hours["deadline"]["line"]) == (
        "2026年6月底前",
        "2026-06",
        13,
    )
    assert rooms["deadline"] is None


def test_obligations_take_their_role_from_the_label(other: dict[str, Json]) -> None:
    """Who cooperates or implements has that role and label, also through a group."""
    roles = {
        content["name"]: [(o["id"], o["role"], o["role_printed"], o["via"]) for o in content["obligations"]]
        for name, content in other.items()
        if _kind(name) == "unit"
    }
    assert roles["县财政局"] == [("task-rooms", "cooperate", "配合单位", None)]
    assert roles["河东镇"] == [
        ("task-towns", "responsible", "责任单位", "qs-towns"),
        ("task-hours", "implement", "落实单位", "qs-towns"),
    ]
    assert roles["团县委"] == [("task-promotion", "owner", None, None)]
