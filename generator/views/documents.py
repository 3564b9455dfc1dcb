"""What is known of the pages that were written by hand, in docs/."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.views.common import START
from generator.views.linked_data import breadcrumbs, dataset

if TYPE_CHECKING:
    from generator.entries import SiteIndex
    from generator.views.linked_data import LinkedData


def document_data(index: SiteIndex, source: str, title: str) -> tuple[LinkedData, ...]:
    """Return what a page tells machines, by its file in docs/."""
    about = _ABOUT.get(source)
    return (*((about(index),) if about else ()), *breadcrumbs((START,), title))


_ABOUT = {"data.md": dataset}
"""File in docs/ → what it is about."""
