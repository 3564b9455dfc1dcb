"""View and template to text; owns the strict Jinja environment.

Templates get one view, the `addresses` of the site, `to`, which turns an address into a link that works wherever the
site is put, and `once`, which calls a macro once for each record. They escape
everything and stop at unknown names.
"""

from __future__ import annotations

import re
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import jinja2
from markupsafe import Markup

from .. import addresses
from ..characters import is_sideways
from ..once import Once
from ..problems import Location, PlanError, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator

    from jinja2.bccache import BytecodeCache
    from jinja2.runtime import Macro

    from ..pages import PageRow
    from ..views.documents import SiteFacts
    from ..views.linked_data import LinkedData

_PACKAGE: Final = Path(__file__).resolve().parents[1]
TEMPLATES: Final = next(filter(Path.is_dir, (_PACKAGE / "theme", _PACKAGE.parent / "overrides")))
"""The templates: part of the package where that is installed, beside it in the repository."""
_ROOT: Final = "\x02"
"""Stands for the way to the root of the site until a page's address is known; no plan can hold it."""
_ANCHOR: Final = re.compile(r' id="([^"]+)"')


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
    anchors: frozenset[str]
    """Every id on the page."""
    plan: str
    """What the plan is called in short in which the page lies; empty outside any plan."""
    official_text: str
    """The address of the official text that the page rests on; empty if there are several."""
    sources: tuple[Location, ...]
    """The places in the data that the page shows."""
    linked_data: tuple[LinkedData, ...]
    """What the page tells machines."""

    @property
    def source(self) -> str:
        """The file that would hold it in docs/."""
        return f"{self.address}index.md"

    @property
    def root(self) -> str:
        """The way from the page to the root of the site."""
        return addresses.way_up(self.address)


def environment(templates: Path = TEMPLATES, cache: BytecodeCache | None = None) -> jinja2.Environment:
    """Return a strict environment; what a folder of templates lacks comes from the project's own.

    `cache` keeps compiled templates from one build to the next.
    """
    env = jinja2.Environment(
        bytecode_cache=cache,
        loader=jinja2.FileSystemLoader([templates, TEMPLATES]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.globals["to"] = _to
    env.globals["addresses"] = addresses
    env.globals["once"] = _once()
    env.filters["apart"] = _apart
    return env


def render_pages(
    rows: Iterable[PageRow], templates: Path = TEMPLATES, cache: BytecodeCache | None = None
) -> Iterator[Page]:
    """Render each row of the site map; raises PlanError on a fault in a template."""
    env = environment(templates, cache)
    for row in rows:
        try:
            html = env.get_template(f"pages/{row.template}.html").render(view=row.view)
        except OSError:
            raise
        except Exception as error:
            # Whatever else goes wrong inside a template is a fault of the template.
            raise PlanError([template_fault(error, templates)]) from error
        head = row.view.head
        yield Page(
            address=row.address,
            title=head.title,
            description=head.description,
            html=html.replace(_ROOT, addresses.way_up(row.address)),
            headings=tuple(row.view.headings.items()),
            anchors=frozenset(_ANCHOR.findall(html)),
            plan=head.plan,
            official_text=head.official_text,
            sources=head.sources,
            linked_data=head.linked_data,
        )


def render_document(text: str, facts: SiteFacts, where: Location) -> str:
    """Fill a page of docs/ in; raises PlanError where its braces are at fault. `where` its text begins."""
    # Markdown has {#anchors}, which would begin a comment.
    env = environment().overlay(comment_start_string="{##", comment_end_string="##}")
    try:
        return env.from_string(text).render(site=facts)
    except jinja2.TemplateError as error:
        line = error.lineno if isinstance(error, jinja2.TemplateSyntaxError) else _line_in_text(error)
        said = f"花括号里有错（{error.message}）：照 {{{{ site.plan.title }}}} 的样子写，或删去"
        raise PlanError([Problem(Location(where.path, where.line + line - 1), "document-braces", said)]) from error


def _line_in_text(error: jinja2.TemplateError) -> int:
    frames = traceback.extract_tb(error.__traceback__)
    return next((frame.lineno or 1 for frame in reversed(frames) if frame.filename == "<template>"), 1)


def template_fault(error: Exception, templates: Path) -> Problem:
    """Say in which line of which template a fault lies; Jinja shows it in the traceback as a frame."""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename.endswith(".html")]
    path, line = (frames[-1].filename, frames[-1].lineno) if frames else (templates.as_posix(), 1)
    if isinstance(error, jinja2.TemplateSyntaxError):
        path, line = error.filename or path, error.lineno
    shown = f"{templates.name}/{Path(path).relative_to(templates)}" if Path(path).is_relative_to(templates) else path
    return Problem(Location(shown, line or 1), "template", f"模板有错：{error}。请检查这一行的名称和标签是否成对")


def _apart(text: str) -> str:
    """Return a text so that it reorders nothing that stands beside it; most texts cannot."""
    return Markup("<bdi>{}</bdi>").format(text) if is_sideways(text) else text


def _to(address: str) -> str:
    """Return a link to an address relative to the root of the site, or within the page."""
    return address if address.startswith("#") else _ROOT + address.removeprefix("./")


def _once() -> Callable[..., str]:
    """Return what calls a macro once for each record and remembers the text, since many pages show the same rows."""
    texts = Once()

    def call(macro: Macro, record: Hashable, *rest: Hashable) -> str:
        return texts((macro.name, record, rest), lambda: macro(record, *rest))

    return call


def as_markdown(page: Page) -> str:
    """Return the page as a Markdown file for another site builder: front matter and HTML."""
    # Blank lines would end the HTML block.
    html = re.sub(r"\n\s*\n", "\n", page.html.strip())
    return (
        f"---\ntitle: {_quoted(page.title)}\ndescription: {_quoted(page.description)}\n---\n\n<div>\n{html}\n</div>\n"
    )


def _quoted(text: str) -> str:
    """Write a text as a double-quoted YAML scalar."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
