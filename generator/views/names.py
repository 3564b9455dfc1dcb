"""Printed lists of names: what is shown of them and where each leads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..terms import MARKS
from .links import Link, mention_links

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..model import Mention


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedNames:
    """A name in a printed list, or several that are printed with nothing between them."""

    links: tuple[Link, ...]
    """Joined, they are what is shown of the printed words."""
    run_together: str
    """The printed words if they hold several names with nothing between, else empty."""
    printed: str = ""
    """The printed words if they hold blanks that the name has not, else empty."""
    meant: tuple[Link, ...] = ()
    """The units that the site reads the words as, where the words do not name them."""
    mark: str = ""


def printed_list(mentions: Iterable[Mention]) -> tuple[PrintedNames, ...]:
    """Return a printed list of names; what was run together, or read as other names, stays together."""
    places: dict[int, list[Mention]] = {}
    for mention in mentions:
        places.setdefault(mention.position, []).append(mention)
    return tuple(map(_names, places.values()))


def _names(found: list[Mention]) -> PrintedNames:
    printed, mark = found[0].printed, MARKS[found[0].reading]
    if found[0].leader:
        apart = printed if printed != found[0].name else ""
        return PrintedNames(links=mention_links(found), run_together="", printed=apart, mark=mark)
    if not mark:
        return PrintedNames(links=mention_links(found), run_together=printed if len(found) > 1 else "")
    if all(mention.name in printed for mention in found):
        return PrintedNames(links=tuple(_linked(printed, found)), run_together="", mark=mark)
    return PrintedNames(links=(Link(printed),), run_together="", meant=mention_links(found), mark=mark)


def _linked(printed: str, found: list[Mention]) -> Iterator[Link]:
    """Cut printed words into names, each leading to its unit, and what stands between them."""
    rest = printed
    for mention in sorted(found, key=lambda mention: printed.index(mention.name)):
        before, name, rest = rest.partition(mention.name)
        if before:
            yield Link(before)
        if name:
            yield mention_links([mention])[0]
    if rest:
        yield Link(rest)


def reasons(mentions: Iterable[Mention]) -> tuple[str, ...]:
    """Return why printed words are read as other names, each reason once."""
    return tuple(dict.fromkeys(mention.note for mention in mentions if mention.note))
