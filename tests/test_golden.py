"""The tests' little plan, published: its data and pages as they were last reviewed, in tests/golden.

After a change that is meant to show, renew them and review the difference:

    python -m tests.test_golden --write && git diff tests/golden

api/ holds the published data, pages/ the content of each generated page, and
pages.jsonl what the frame of the site takes from each page. The schemas are left
out: they are files of the project themselves.
"""

from __future__ import annotations

import json
import shutil
import sys
from functools import cache
from pathlib import Path

import pytest

from generator.export.api import api_files
from generator.index.build import read_index
from generator.pages import site_map
from generator.publish.render import render_pages

TESTS = Path(__file__).resolve().parent
GOLDEN = TESTS / "golden"
SITE = "https://example.org/plan/"
_HEAD = ("address", "title", "description", "headings", "official_text")


@cache
def _made() -> dict[str, bytes]:
    """Return every file as it is made now, by its name in tests/golden."""
    index = read_index(TESTS / "rules" / "base")
    pages = list(render_pages(site_map(index)))
    heads = [{key: getattr(page, key) for key in _HEAD} for page in pages]
    return {
        **{name: content for name, content in api_files(index, SITE) if not name.startswith("api/v1/schema/")},
        **{f"pages/{page.address}index.html": page.html.encode() for page in pages},
        "pages.jsonl": "".join(json.dumps(head, ensure_ascii=False) + "\n" for head in heads).encode(),
    }


def _kept() -> list[str]:
    """Return the names of the files that are kept."""
    return sorted(path.relative_to(GOLDEN).as_posix() for path in GOLDEN.rglob("*") if path.is_file())


def test_no_file_is_missing_or_left_over() -> None:
    """Exactly the files that were last reviewed are made."""
    assert _kept() == sorted(_made())


@pytest.mark.parametrize("name", _kept())
def test_golden(name: str) -> None:
    """A file is made just as it was last reviewed, byte for byte."""
    made, kept = _made().get(name, b""), (GOLDEN / name).read_bytes()
    # As lines, pytest shows which one differs.
    assert made.decode().splitlines() == kept.decode().splitlines()
    assert made == kept


def write_golden() -> None:
    """Put what is made now in the place of what is kept."""
    made = _made()
    shutil.rmtree(GOLDEN, ignore_errors=True)
    for name, content in made.items():
        path = GOLDEN / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


if __name__ == "__main__":
    if sys.argv[1:] != ["--write"]:
        sys.exit("usage: python -m tests.test_golden --write")
    write_golden()
