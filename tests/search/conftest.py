"""The search of a built site, run in Node; what a result is called in the lists of queries."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.site.conftest import pages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    OpenSearch = Callable[[Path], "Search"]

__all__ = ["pages"]  # a fixture that is shared

HERE = Path(__file__).parent
PLACES = {
    "task": r"/tasks/(\d+)/",
    "sector": r"/sectors/(\d+)/",
    "safeguard": r"/safeguards/(\d+)/",
    "target": r"/targets/#(.+)",
    "duty": r"/calendar/#(.+)",
    "goal": r"/#goal-(\d+)",
    "oddity": r"/oddities/#(.+)",
    "text": r"/text/#L(\d+)",
}
"""Item in a list of queries → where its address has its name."""
CALLED = ("unit", "leader", "citation", "term")
"""Items that go by what they are called."""


class Search:
    """The search of one site, in a process of Node."""

    def __init__(self, site: Path) -> None:
        node = os.environ.get("NODE") or shutil.which("node") or shutil.which("nodejs")
        assert node, "the tests of the search need Node: sh tests/setup_tools.sh"
        self._process = subprocess.Popen(
            [node, str(HERE / "harness.js"), str(site)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )

    def _call(self, action: str, **request: object) -> Any:  # noqa: ANN401 - what Node answers
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"action": action, **request}) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def __call__(self, query: str, limit: int = 1000) -> Any:  # noqa: ANN401
        """Return the engine's answer."""
        return self._call("search", query=query, limit=limit)

    def fold(self, text: str) -> tuple[str, list[int]]:
        """Return what is compared of a text, and where each character of that stands."""
        folded = self._call("fold", text=text)
        return folded["chars"], folded["at"]

    def simple(self, text: str) -> str:
        """Return a folded text, with simplified characters."""
        return str(self._call("simple", text=text))

    def docs(self) -> list[Any]:
        """Return every record."""
        return list(self._call("docs"))

    def ask(self, query: str, **question: object) -> list[Any]:
        """Return the replies of a worker, each with what was fetched for it."""
        return list(self._call("ask", query=query, **question))

    def close(self) -> None:
        """End the process."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait()


def item(result: dict[str, Any]) -> set[str]:
    """Return the names by which lists of queries call a result."""
    if result["kind"] in CALLED:
        return {f"{result['kind']}/{result['title']}"}
    if result["kind"] == "page":
        return {f"page/{result['url'].split('/')[0]}"}
    for kind, pattern in PLACES.items():
        if found := re.search(pattern, result["url"]):
            return {f"{kind}/{found[1]}"} | ({"targets"} if kind == "target" else set())
    return set()


@pytest.fixture(scope="session")
def open_search() -> Iterator[OpenSearch]:
    """Return a function that runs the search of a site."""
    opened: list[Search] = []

    def _open_search(site: Path) -> Search:
        opened.append(Search(site))
        return opened[-1]

    yield _open_search
    for search in opened:
        search.close()


@pytest.fixture(scope="session")
def search(open_search: OpenSearch, site: Path) -> Search:
    """Return the search of the site."""
    return open_search(site)
