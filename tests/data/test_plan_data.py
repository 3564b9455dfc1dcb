"""The data of this site itself: sound, given back byte for byte, published in the form that is promised.

Tests of the tool run on plans of their own; these alone read plan_data/ as it is.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from generator.data.load import read_data
from generator.export.api import api_files
from generator.index.build import build_index
from generator.rules import check
from generator.text.lines import official_text
from tests.conftest import ROOT

if TYPE_CHECKING:
    from generator.index.records import SiteIndex

DATA = ROOT / "plan_data"


@pytest.fixture(scope="module")
def index() -> SiteIndex:
    """Return the index of the data, which has no problem."""
    data, problems = read_data(DATA, "plan_data")
    assert [str(problem) for problem in (*problems, *check(data))] == []
    return build_index(data)


def test_each_text_is_given_back(index: SiteIndex) -> None:
    """What the parts hold is what was published, byte for byte."""
    for plan in index.plans:
        assert official_text(plan.plan).encode() == (DATA / plan.plan.id / "source.txt").read_bytes()


def test_what_is_published_has_the_promised_form(index: SiteIndex) -> None:
    """Each file of the published data fits its schema."""
    files: dict[str, Any] = {name: json.loads(content) for name, content in api_files(index, "https://example.org/")}
    schemas = {name: content for name, content in files.items() if "/schema/" in name}
    registry = Registry().with_resources((s["$id"], Resource.from_contents(s)) for s in schemas.values())  # type: ignore[arg-type]
    kinds = {"index": "index", "units": "units", "targets": "targets", "duties": "duties"}
    for name, content in files.items():
        if name in schemas:
            continue
        *_, folder, file = name.removesuffix(".json").split("/")
        kind = {"plans": "plan", "units": "unit"}.get(folder) or kinds[file]
        schema = schemas[f"api/v1/schema/{kind}.schema.json"]
        assert [e.message for e in Draft202012Validator(schema, registry=registry).iter_errors(content)] == [], name


def test_every_quote_is_printed(index: SiteIndex) -> None:
    """Whatever stands under quote or printed is a piece of the official text."""
    for plan in index.plans:
        quoted = [entry.quote for entry in (*plan.all_targets, *plan.duties)]
        quoted += [one.quote for one in plan.plan.all_responsibilities]
        quoted += [mention.printed for one in plan.plan.all_responsibilities for mention in one.names]
        assert [quote for quote in quoted if quote not in plan.plan.source] == []
