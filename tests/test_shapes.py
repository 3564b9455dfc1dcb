"""The JSON Schemas beside the data: that they are the shapes, and that the data keeps to them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from generator.data.dictionary import dictionary
from generator.data.schemas import described, json_schema
from generator.data.shapes import FILES, PART

ROOT = Path(__file__).resolve().parents[1]
SCHEMAS = ROOT / "plan_data" / "schema"
BASE = ROOT / "tests" / "rules" / "base"
DATA_FILES = sorted([*(ROOT / "plan_data").rglob("*.yaml"), *BASE.rglob("*.yaml")])
UNFIT_IDS = ("unknown-key", "missing-key", "wrong-type", "unknown-choice", "bad-id")
UNFIT = sorted(file for name in UNFIT_IDS for file in (ROOT / "tests" / "files" / name / "invalid").rglob("*.yaml"))


def _kind(file: Path) -> str:
    """Return the name of the schema for a data file; one of no other name holds parts of a plan."""
    return file.stem if file.stem in FILES else "part"


def _faults(file: Path) -> list[str]:
    """Return what the schema finds in a file."""
    try:
        content = yaml.safe_load(file.read_text("utf-8"))
    except yaml.YAMLError as error:
        return [str(error)]
    return [error.message for error in jsonschema.Draft202012Validator(json_schema(_kind(file))).iter_errors(content)]


@pytest.mark.parametrize("name", FILES)
def test_the_committed_schema_is_the_shape(name: str) -> None:
    """Each schema in plan_data/schema is what `plansite schema` would write now."""
    text = (SCHEMAS / f"{name}.schema.json").read_text("utf-8")
    assert text == json.dumps(json_schema(name), ensure_ascii=False, indent=2) + "\n"


def test_no_schema_is_left_over() -> None:
    """The schema folder holds the schemas of the shapes, the dictionary and nothing else."""
    assert {file.name for file in SCHEMAS.iterdir()} == {"README.md", *(f"{name}.schema.json" for name in FILES)}


def test_the_dictionary_is_the_shapes() -> None:
    """The committed data dictionary is what `plansite schema` would write now, and has a row for each key."""
    text = (SCHEMAS / "README.md").read_text("utf-8")
    assert text == dictionary()
    rows = re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)
    keys = [name for file in FILES for schema in _objects(json_schema(file)) for name in schema["properties"]]
    assert set(rows) == set(keys)
    for key in PART.keys:
        assert f"| {described(key)} |" in text
    assert all(line.count("|") - line.count("\\|") == 5 for line in text.splitlines() if line.startswith("|"))


def _objects(schema: object) -> list[dict[str, Any]]:
    """Return every schema of a record, at any depth."""
    if isinstance(schema, list):
        return [found for part in schema for found in _objects(part)]
    if not isinstance(schema, dict):
        return []
    own = [schema] if schema.get("type") == "object" else []
    return own + [found for part in schema.values() for found in _objects(part)]


@pytest.mark.parametrize("name", FILES)
def test_the_schema_is_sound(name: str) -> None:
    """Each schema is a valid JSON Schema, and describes every key in Chinese."""
    schema = json_schema(name)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert re.search("[一-鿿]", schema["title"])
    described = [json.dumps(key, ensure_ascii=False) for key in _properties(schema)]
    assert described
    assert all(re.search('"description": "[^"]*[一-鿿]', key) for key in described)


def _properties(schema: object) -> list[object]:
    """Return every property's schema, at any depth."""
    if isinstance(schema, list):
        return [found for part in schema for found in _properties(part)]
    if not isinstance(schema, dict):
        return []
    own = list(schema.get("properties", {}).values())
    return own + [found for part in schema.values() for found in _properties(part)]


@pytest.mark.parametrize("file", DATA_FILES, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_a_data_file_names_its_schema(file: Path) -> None:
    """The first line of each data file leads an editor to the schema for it."""
    first = file.read_text("utf-8").splitlines()[0]
    found = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
    assert found, first
    assert (file.parent / found[1]).resolve() == SCHEMAS / f"{_kind(file)}.schema.json"


@pytest.mark.parametrize("file", DATA_FILES, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_a_data_file_keeps_to_its_schema(file: Path) -> None:
    """What `check` lets pass, the editor marks nowhere either."""
    assert _faults(file) == []


@pytest.mark.parametrize("file", UNFIT, ids=lambda file: file.relative_to(ROOT / "tests" / "files").as_posix())
def test_the_schema_marks_what_check_refuses(file: Path) -> None:
    """A file that `check` finds unfit in shape, the editor marks too."""
    assert _faults(file)
