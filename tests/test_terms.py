from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from generator.index.build import read_index
from generator.model import Term
from generator.pages import site_map
from generator.problems import Location
from generator.publish.render import render_pages
from generator.views.glossary import glossary_view
from generator.views.rows import Rows
from generator.views.terms import Piece, Terms, notes_of, pieces

if TYPE_CHECKING:
    from generator.index.records import PlanIndex, SiteIndex

SEED = Path(__file__).resolve().parents[1] / "tests" / "seed" / "plan_data"


@pytest.fixture(scope="module")
def index() -> SiteIndex:
    """Return the real data, indexed."""
    return read_index(SEED)


@pytest.fixture(scope="module")
def plan(index: SiteIndex) -> PlanIndex:
    """Return the real plan."""
    return index.plans[0]


def _term(words: str, *forms: str) -> Term:
    return Term(
        id=f"t{len(words)}",
        term=words,
        forms=forms,
        by="site",
        line=None,
        phrase=None,
        source="通行说法",
        dated=None,
        check=None,
        explanation=f"{words}的解释。",
        where=Location("glossary.yaml"),
    )


def _terms(plan: PlanIndex, *terms: Term) -> Terms:
    return Terms(replace(plan.plan, terms=terms))


def _split(found: tuple[Piece, ...]) -> list[str]:
    """Return the pieces as texts, terms in square brackets."""
    return [f"[{piece.text}]" if piece.term else piece.text for piece in found]


def test_pieces_joined_are_the_text(plan: PlanIndex) -> None:
    """Each line and each sentence of the plan comes back byte for byte, marked for itself or for a page."""
    terms, seen = Terms(plan.plan), set[str]()
    texts = [text for line in plan.lines for text in (line.text, line.lead, *line.sentences)]
    for text in texts:
        for found in (pieces(text, terms), pieces(text, terms, seen)):
            assert "".join(piece.text for piece in found) == text
            assert all(piece.text for piece in found)


def test_every_term_is_marked_somewhere(plan: PlanIndex) -> None:
    """Over the whole plan, with one `seen`, each term is marked just once, and so can be explained where it stands."""
    terms, seen = Terms(plan.plan), set[str]()
    marked = [piece.term.id for line in plan.lines for piece in pieces(line.text, terms, seen) if piece.term]
    assert sorted(marked) == sorted(f"{plan.plan.id}-{term.id}" for term in plan.plan.terms)
    assert seen == set(marked)


def test_the_longer_term_wins(plan: PlanIndex) -> None:
    """Of two terms that begin together the longer one is marked, in whatever order they are written."""
    short, long = _term("负面清单"), _term("负面清单制度")
    for order in ((short, long), (long, short)):
        assert _split(pieces("实行负面清单制度。负面清单", _terms(plan, *order))) == [
            "实行",
            "[负面清单制度]",
            "。",
            "[负面清单]",
        ]


def test_terms_never_overlap(plan: PlanIndex) -> None:
    """What a term took no other takes, and what was marked before is not marked in part."""
    terms = _terms(plan, _term("甲乙"), _term("乙丙丁"), _term("甲乙丙丁戊"))
    assert _split(pieces("甲乙丙丁", terms)) == ["[甲乙]", "丙丁"]
    assert _split(pieces("甲乙丙丁戊，甲乙丙丁戊，甲乙", terms)) == ["[甲乙丙丁戊]", "，甲乙丙丁戊，", "[甲乙]"]


def test_a_term_is_marked_once(plan: PlanIndex) -> None:
    """A term is marked at its first place in a text, and with `seen` at its first place on a page."""
    terms, seen = _terms(plan, _term("好差评", "“差评”")), set[str]()
    text = "“好差评”系统，差评"
    assert _split(pieces(text, terms)) == _split(pieces(text, terms)) == ["“", "[好差评]", "”系统，差评"]
    assert [_split(pieces(text, terms, seen)) for _ in range(2)] == [["“", "[好差评]", "”系统，差评"], [text]]


def test_quotation_marks_make_no_difference(plan: PlanIndex) -> None:
    """A term with quotation marks inside stands with them and without; what surrounds it stays outside."""
    terms = _terms(plan, _term("综合监管“一件事”"))
    assert _split(pieces("开展综合监管“一件事”改革", terms)) == ["开展", "[综合监管“一件事”]", "改革"]
    assert _split(pieces("开展“综合监管一件事”改革", terms)) == ["开展“", "[综合监管一件事”]", "改革"]


def test_signs_are_taken_literally(plan: PlanIndex) -> None:
    """What means something in patterns stands for itself."""
    terms = _terms(plan, _term("互联网+监管"), _term("(试行)"))
    assert _split(pieces("“互联网+监管”(试行)", terms)) == ["“", "[互联网+监管]", "”", "[(试行)]"]
    assert _split(pieces("互联网网监管试行", terms)) == ["互联网网监管试行"]


def test_without_terms_a_text_stays_whole(plan: PlanIndex) -> None:
    """A plan without a glossary marks nothing."""
    assert pieces("一网通办", _terms(plan)) == (Piece("一网通办"),)
    assert pieces("", _terms(plan)) == ()


def test_notes_come_once_in_the_order_of_the_texts(plan: PlanIndex) -> None:
    """The list of a page names each marked term once."""
    terms = _terms(plan, _term("甲"), _term("乙乙"))
    texts = [pieces(text, terms) for text in ("乙乙丙", "甲乙乙", "丁")]
    assert [note.term for note in notes_of(texts)] == ["乙乙", "甲"]
    assert notes_of(texts)[0].by_label == "本站解释"


def test_the_glossary_names_both_kinds_and_all_places(index: SiteIndex) -> None:
    """Terms stand by who explains them, with source or line, and with the places that use them."""
    rows = Rows(index)
    part = glossary_view(rows).parts[0]
    by_plan, by_site = part.sections
    assert (by_plan.label, by_site.label) == ("方案自己的解释", "本站解释")
    assert all(row.line.url and row.quote and not row.source for row in by_plan.terms)
    assert all(row.source and not row.quote and not row.line.url for row in by_site.terms)
    assert all(row.places for row in (*by_plan.terms, *by_site.terms))
    row = next(row for row in by_site.terms if row.term == "一网通办")
    assert [place.text for place in row.places] == ["任务5", "任务11"]
    assert row.count == "，共 2 处"
    many = next(row for row in by_site.terms if row.term == "市场主体")
    assert many.count.startswith("等，共 ")


def test_several_plans_keep_their_anchors(index: SiteIndex) -> None:
    """With another plan, each plan's terms stand under its name, and no anchor changes or stands twice."""
    alone = next(page for page in render_pages(site_map(index)) if page.address == "glossary/")
    first = index.plans[0]
    second = replace(first, plan=replace(first.plan, id="another-2025-2027", short_title="另一个方案"))
    both = glossary_view(Rows(replace(index, plans=(first, second))))
    assert [part.title for part in both.parts] == [first.plan.short_title, "另一个方案"]
    anchors = [row.id for part in both.parts for section in part.sections for row in section.terms]
    assert len(set(anchors)) == len(anchors)
    assert {f"{first.plan.id}-{term.id}" for term in first.plan.terms} <= set(anchors) & alone.anchors
