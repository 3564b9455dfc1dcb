"""View and template to text; owns the strict Jinja environment.

Templates get one view and the function `to`, which turns an address into a link that
works wherever the site is put. They escape everything and stop at unknown names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import jinja2
from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from generator.pages import Row

TEMPLATES: Final = Path(__file__).resolve().parent.parent / "overrides"
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


@cache
def environment(templates: Path = TEMPLATES) -> jinja2.Environment:
    """Return the environment; templates are read again when they change."""
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(templates),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def render_pages(rows: Iterator[Row], templates: Path = TEMPLATES) -> Iterator[Page]:
    """Render each row of the site map; raises jinja2.TemplateError on a fault in a template."""
    env = environment(templates)
    for row in rows:
        html = env.get_template(f"pages/{row.template}.html").render(view=row.view, to=_linker(row.address))
        head = row.view.head
        yield Page(
            address=row.address,
            title=head.title,
            description=head.description,
            html=html,
            headings=tuple((m[1], Markup(m[2]).striptags()) for m in _HEADING.finditer(html)),
            official_text=head.official_text,
        )


def _linker(page: str) -> Callable[[str], str]:
    """Return a function from addresses relative to the root of the site to links from one page."""
    root = "../" * page.count("/") or "./"

    def to(address: str) -> str:
        if address.startswith("#"):
            return address
        return root if address == "./" else root + address

    return to


def as_markdown(page: Page) -> str:
    """Return the page as a Markdown file for another site builder: front matter and HTML."""
    # Blank lines would end the HTML block.
    html = re.sub(r"\n\s*\n", "\n", page.html.strip())
    return f"---\ntitle: {_quoted(page.title)}\ndescription: {_quoted(page.description)}\n---\n\n<div>\n{html}\n</div>\n"


def _quoted(text: str) -> str:
    """Write a text as a double-quoted YAML scalar."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
