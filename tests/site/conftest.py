"""The built site as the tests look at it: every page parsed once."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import html5lib
import pytest

from tests.conftest import BASE, ROOT, use_own_templates

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from xml.etree.ElementTree import Element

    Pages = dict[str, "ParsedPage"]

LINKING = ("href", "src", "action", "formaction", "data", "poster", "cite", "manifest")
"""Attributes that hold one address."""


@dataclass(frozen=True)
class ParsedPage:
    """A page of the built site."""

    file: str
    """Relative to the root of the site, as units/index.html."""
    source: str
    tree: Element
    errors: tuple[tuple[int, str], ...]
    """(line, code) of what the HTML standard calls a parse error."""

    @property
    def address(self) -> str:
        """Return the address as the contract writes it: without index.html."""
        return self.file.removesuffix("index.html")

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """Return every id, in order, repeated where it is repeated."""
        return tuple(value for element in self.tree.iter() if (value := element.get("id")) is not None)

    @cached_property
    def links(self) -> tuple[tuple[str, str], ...]:
        """Return (tag, address) of everything that the page names."""
        return tuple(
            (str(element.tag), value)
            for element in self.tree.iter()
            for name in LINKING
            if (value := element.get(name)) is not None
        )

    def find(self, tag: str) -> Iterator[Element]:
        """Yield each element of a kind."""
        return self.tree.iter(tag)

    def target(self, link: str) -> tuple[str, str]:
        """Return (file, anchor) of what a relative link leads to; a folder is its index.html."""
        parts = urlsplit(link)
        path: list[str] = [] if parts.path.startswith("/") else self.file.split("/")[:-1]
        for part in unquote(parts.path).split("/"):
            if part == "..":
                assert path, f"{self.file}: {link} leads above the root of the site"
                path.pop()
            elif part not in {"", "."}:
                path.append(part)
        if not parts.path:
            return self.file, unquote(parts.fragment)
        is_folder = parts.path.rpartition("/")[2] in {"", ".", ".."}
        return "/".join([*path, "index.html"] if is_folder else path), unquote(parts.fragment)


def text_of(element: Element) -> str:
    """Return the text of an element and all that it holds."""
    return "".join(element.itertext())


def parse(file: str, source: str) -> ParsedPage:
    """Parse a page as browsers do."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(source)
    errors = tuple((position[0], code) for position, code, _ in parser.errors)
    return ParsedPage(file, source, tree, errors)


@pytest.fixture(scope="session")
def pages(site: Path) -> Pages:
    """Return every page of the site by its file, parsed."""
    found = sorted(site.rglob("*.html"))
    files = (file.relative_to(site).as_posix() for file in found)
    return {name: parse(name, file.read_text("utf-8")) for name, file in zip(files, found, strict=True)}


@pytest.fixture
def small_project(tmp_path: Path) -> Path:
    """Return a project with the sound base as its data and one document, which builds in a moment."""
    folder = tmp_path / "project"
    shutil.copytree(ROOT / "overrides", folder / "overrides", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(BASE, folder / "plan_data")
    shutil.copy(ROOT / "mkdocs.yml", folder)
    use_own_templates(folder)
    (folder / "docs").mkdir()
    (folder / "docs" / "about.md").write_text("# 关于\n\n这是一份文档。\n", "utf-8")
    return folder
