"""Terms where they stand: a text split into pieces, some of which the glossary explains.

A page's view splits its texts with one `seen` set, so that each term is marked at its
first place on the page, and lists the notes on all of them once at the end:

    terms, seen = rows.terms(plan.id), set[str]()
    sentences = tuple(pieces(sentence, terms, seen) for sentence in item.sentences)
    notes = notes_of(sentences)

In `fragments/terms.html`, the macro `text` arranges one text and `notes` that list.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from .. import addresses
from ..terms import EXPLAINED_BY, WITHOUT_MARKS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..model import Plan


NOTES: Final = "本页名词"
"""What stands over the notes on a page."""


@dataclass(frozen=True, slots=True)
class TermNote:
    """A term and how it is explained."""

    id: str
    """Its anchor in the glossary, which holds for all plans: plan-id-term-id."""
    term: str
    url: str
    explanation: str
    by_label: str
    """方案自己的解释 or 本站解释."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text; all of them joined are the text, to the byte."""

    text: str
    term: TermNote | None = None
    """What explains these words."""


class Terms:
    """The terms of one plan, ready to be found in its texts."""

    def __init__(self, plan: Plan) -> None:
        self._notes: dict[str, TermNote] = {}
        patterns: dict[str, str] = {}
        for term in plan.terms:
            note = TermNote(
                id=addresses.term_anchor(plan.id, term.id),
                term=term.term,
                url=addresses.term(plan.id, term.id),
                explanation=term.explanation,
                by_label=EXPLAINED_BY[term.by],
            )
            for words in (term.term, *term.forms):
                bare = words.translate(WITHOUT_MARKS)
                self._notes.setdefault(bare, note)
                patterns.setdefault(bare, _pattern(words))
        longest_first = sorted(patterns, key=len, reverse=True)
        # Without terms, a pattern that nothing matches.
        self._pattern = re.compile("|".join(patterns[bare] for bare in longest_first) or "(?!)")

    def found(self, text: str) -> Iterator[tuple[int, int, TermNote]]:
        """Yield (start, end, note) of each term, left to right; of two that begin together the longer one."""
        for match in self._pattern.finditer(text):
            yield match.start(), match.end(), self._notes[match[0].translate(WITHOUT_MARKS)]


def _pattern(words: str) -> str:
    """Return a pattern for a term, with or without the quotation marks inside it."""
    return "".join(re.escape(char) if char.translate(WITHOUT_MARKS) else f"{char}?" for char in words)


def pieces(text: str, terms: Terms, seen: set[str] | None = None) -> tuple[Piece, ...]:
    """Split a text at the terms that stand in it.

    A term is marked at its first place only; `seen` holds the ids of those that were
    marked before and takes up the new ones. Without it each text stands for itself.
    """
    marked = set() if seen is None else seen
    split: list[Piece] = []
    end_before = 0
    for start, end, note in terms.found(text):
        if note.id in marked:
            continue
        marked.add(note.id)
        if start > end_before:
            split.append(Piece(text[end_before:start]))
        split.append(Piece(text[start:end], note))
        end_before = end
    if end_before < len(text):
        split.append(Piece(text[end_before:]))
    return tuple(split)


def notes_of(texts: Iterable[Iterable[Piece]]) -> tuple[TermNote, ...]:
    """Return the notes on the terms that are marked in some texts, each once, in the order of the texts."""
    return tuple(dict.fromkeys(piece.term for text in texts for piece in text if piece.term))
