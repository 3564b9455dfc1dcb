"""What the frame of the site says around a page: its data for machines, where it comes from, how to correct it.

Links to the repository are those of a service that works as GitHub does.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol
from urllib.parse import quote, urlencode

from ..addresses import way_up
from ..views.linked_data import Address

if TYPE_CHECKING:
    from ..problems import Location
    from ..views.linked_data import LinkedData

FORM: Final = "correction.yml"
"""The issue form in .github/ISSUE_TEMPLATE; its fields have the ids that are filled in here."""
_UNSAFE: Final = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})
"""What could end a script, in an escape that JSON knows."""


class Subject(Protocol):
    """A page as its frame sees it."""

    @property
    def address(self) -> str:
        """Relative to the root of the site."""

    @property
    def title(self) -> str:
        """What the page is called."""

    @property
    def root(self) -> str:
        """The way from the page to the root of the site."""

    @property
    def sources(self) -> tuple[Location, ...]:
        """The places in the project's files that the page shows."""

    @property
    def linked_data(self) -> tuple[LinkedData, ...]:
        """What the page tells machines."""


@dataclass(frozen=True, slots=True)
class Document:
    """A page that was written by hand."""

    address: str
    title: str
    sources: tuple[Location, ...] = ()
    linked_data: tuple[LinkedData, ...] = ()

    @property
    def root(self) -> str:
        """The way from the page to the root of the site."""
        return way_up(self.address)


@dataclass(frozen=True, slots=True)
class Origin:
    """A place in the project's files that a page shows."""

    text: str
    view: str
    """The address of its line."""
    edit: str


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around one page."""

    linked_data: str
    """JSON that is safe inside a script element; empty if there is none."""
    origins: tuple[Origin, ...]
    correction: str
    """The address of a form to propose a correction; empty without a repository."""
    folders: tuple[str, ...] = ()
    """For a page that must find the root of the site by itself: the folders in it."""
    styles: str = ""
    """For the same page: the style sheet in it."""


@dataclass(frozen=True, slots=True)
class Repository:
    """Where the project's files are kept."""

    url: str
    """Ends in a slash."""
    edit: str
    """What leads from there to the editing of a file, as edit/main/; empty if unknown."""

    @classmethod
    def of(cls, repo_url: str | None, edit_uri: str | None, docs: str) -> Repository | None:
        """Read the settings of mkdocs.yml; `docs` is the name of its folder. None without an address."""
        if not repo_url:
            return None
        before, found, after = (edit_uri or "").rstrip("/").rpartition(docs)
        return cls(f"{repo_url.rstrip('/')}/", before if found and not after else "")

    def origin(self, where: Location) -> Origin:
        """Link a place in a file."""
        path = quote(where.path)
        short = "/".join(where.path.split("/")[-2:])
        return Origin(
            text=f"{short} 第{where.line}行",
            view=f"{self.url}{self.edit.replace('edit/', 'blob/', 1)}{path}#L{where.line}",
            edit=f"{self.url}{self.edit}{path}",
        )

    def correction(self, page: str, item: str) -> str:
        """Return the address of the form, filled in with the page and the item; a script adds the quote."""
        return f"{self.url}issues/new?{urlencode({'template': FORM, 'page': page, 'item': item})}"


def frame(page: Subject, site_url: str, repository: Repository | None) -> Frame:
    """Return what stands around a page; an unknown site_url is empty and leaves addresses relative."""
    if repository is None:
        return Frame(_json(page, site_url), (), "")
    origins = tuple(map(repository.origin, page.sources)) if repository.edit else ()
    item = "，".join(filter(None, (page.title, origins[0].text if len(origins) == 1 else "")))
    return Frame(_json(page, site_url), origins, repository.correction(site_url + page.address or "首页", item))


def _json(page: Subject, site_url: str) -> str:
    def address(place: object) -> str:
        if not isinstance(place, Address):
            raise TypeError(f"{type(place).__name__} has no form in JSON")
        return (site_url or page.root) + place.address

    if not page.linked_data:
        return ""
    one = page.linked_data[0] if len(page.linked_data) == 1 else page.linked_data
    return json.dumps(one, ensure_ascii=False, default=address).translate(_UNSAFE)
