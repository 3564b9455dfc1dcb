"""View and template to text; owns the strict Jinja environment.

Templates get one view, `to`, which turns an address into a link that works wherever the
site is put, and `once`, which calls a macro once for each record. They escape
everything and stop at unknown names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import jinja2
from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jinja2.runtime import Macro

    from generator.pages import Row

TEMPLATES: Final = Path(__file__).resolve().parent.parent / "overrides"
_ROOT: Final = "\x02"
"""Stands for the way to the root of the site until a page's address is known; no plan can hold it."""
_HEADING: Final = re.compile(r'<h2 id="([^"]+)"[^>]*>(.*?)</h2>', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Page:
    """A generated page: a value that any site builder can take."""

    address: str
    """Relative to the root of the site; empty for the start page."""
    title: str
    description: str
    html: str
    """The content, without the frame of the site."""
    headings: tuple[tuple[str, str], ...]
    """(id, text) of the second-level headings."""
    official_text: str
    """The address of the official text that the page rests on; empty if there are several."""

    @property
    def source(self) -> str:
        """The file that would hold it in docs/."""
        return f"{self.address}index.md"


def environment(templates: Path = TEMPLATES) -> jinja2.Environment:
    """Return a strict environment over a folder of templates."""
    env = jinja2.Environment(
        loader=jinja2.FileSystemLoader(templates),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.globals["to"] = _to
    env.globals["once"] = _Once()
    return env


def render_pages(rows: Iterable[Row], templates: Path = TEMPLATES) -> Iterator[Page]:
    """Render each row of the site map; raises jinja2.TemplateError on a fault in a template."""
    env = environment(templates)
    for row in rows:
        html = env.get_template(f"pages/{row.template}.html").render(view=row.view)
        head = row.view.head
        yield Page(
            address=row.address,
            title=head.title,
            description=head.description,
            html=html.replace(_ROOT, "../" * row.address.count("/") or "./"),
            headings=tuple((m[1], Markup(m[2]).striptags()) for m in _HEADING.finditer(html)),
            official_text=head.official_text,
        )


def _to(address: str) -> str:
    """Return a link to an address relative to the root of the site, or within the page."""
    return address if address.startswith("#") else _ROOT + address.removeprefix("./")


class _Once:
    """Calls a macro once for each record and remembers the text, since many pages show the same rows."""

    def __init__(self) -> None:
        self._texts: dict[tuple[str, int, tuple[object, ...]], tuple[object, Markup]] = {}

    def __call__(self, macro: Macro, record: object, *rest: object) -> Markup:
        # The record is kept beside its text, so that its id stays its own.
        key = (macro.name, id(record), rest)
        if key not in self._texts:
            self._texts[key] = (record, macro(record, *rest))
        return self._texts[key][1]


def as_markdown(page: Page) -> str:
    """Return the page as a Markdown file for another site builder: front matter and HTML."""
    # Blank lines would end the HTML block.
    html = re.sub(r"\n\s*\n", "\n", page.html.strip())
    return f"---\ntitle: {_quoted(page.title)}\ndescription: {_quoted(page.description)}\n---\n\n<div>\n{html}\n</div>\n"


def _quoted(text: str) -> str:
    """Write a text as a double-quoted YAML scalar."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
