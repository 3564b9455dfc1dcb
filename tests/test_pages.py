"""The pages of plans, sectors, tasks and safeguards: sentences with what they set, relations, years."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

import pytest

from generator.index.build import read_index
from generator.pages import site_map
from generator.publish.render import render_pages
from generator.terms import WITHOUT_MARKS
from generator.views.cover import cover
from generator.views.kin import MOST, Kinship
from generator.views.paragraphs import paragraph
from generator.views.rows import Rows
from generator.views.sectors import sector_view
from generator.views.years import moving
from tests.conftest import BASE, ROOT, SEED

if TYPE_CHECKING:
    from pathlib import Path

    from generator.index.records import PlanIndex
    from generator.views.kin import Kin
    from generator.views.paragraphs import ItemText, MarkedSentence

ROOTS = {"base": BASE, "plan": SEED, "rooms": ROOT / "tests" / "plans" / "reading-rooms"}
WHOLE_LINES = ("base", "plan")
"""The plans whose items take whole lines, of one part each."""
_WORDS = re.compile(r"<[^>]*>")


@cache
def _site(name: str) -> tuple[Rows, PlanIndex]:
    """Return the rows and the plan of a data folder."""
    index = read_index(ROOTS[name])
    return Rows(index), index.plans[0]


def _said(sentence: MarkedSentence) -> str:
    return sentence.lead + "".join(piece.text for piece in sentence.pieces)


def _paragraphs(name: str) -> dict[str, ItemText]:
    rows, plan = _site(name)
    return {item.id: paragraph(rows, plan, item) for item in plan.plan.items}


@pytest.mark.parametrize("name", ROOTS)
def test_sentences_joined_are_the_printed_line(name: str) -> None:
    """Every sentence stands once and in order: together they are the lines of the official text, title first."""
    _, plan = _site(name)
    printed = plan.plan.source.split("\n")
    for id_, found in _paragraphs(name).items():
        text = "".join(_said(sentence) for sentence in found.sentences)
        lines = plan.lines_of[id_]
        if name in WHOLE_LINES:
            numbers = dict.fromkeys(line.number for line in lines)
            assert text == "".join(printed[number - 1] for number in numbers)
            assert found.texts == (printed[plan.text_line_of[id_] - 1],)
        assert text == "".join(line.text for line in lines)
        assert all(line.text in printed[line.number - 1] for line in lines)
        assert "".join(found.texts) in text
        assert len(lines) > 1 or found.texts == (lines[0].text,)
        numbered = [sentence for sentence in found.sentences if sentence.number]
        assert [sentence.anchor for sentence in numbered] == [f"s{n}" for n in range(1, len(numbered) + 1)]


@pytest.mark.parametrize("name", ROOTS)
def test_what_a_sentence_sets_stands_with_it_alone(name: str) -> None:
    """Each target, duty and bracket of an item stands with exactly the sentence that holds its words."""
    _, plan = _site(name)
    paragraphs = _paragraphs(name)
    for item in plan.plan.items:
        placed: Counter[str] = Counter()
        phrases = {target.id: target.phrase for target in item.targets}
        phrases |= {duty.id: duty.phrase for duty in item.duties}
        for sentence in paragraphs[item.id].sentences:
            text = "".join(piece.text for piece in sentence.pieces)
            rows = (*(target.row for target in sentence.targets), *sentence.directions)
            for id_ in (*(row.target.id for row in rows), *(row.id for row in sentence.duties)):
                placed[id_] += 1
                assert phrases[id_] in text
            assert all(owner.phrase in text for owner in sentence.charged)
            assert [owner.label for owner in sentence.charged][:1] != [""]
        assert placed == dict.fromkeys(phrases, 1)
        charged = [owner.phrase for sentence in paragraphs[item.id].sentences for owner in sentence.charged]
        governed = [owner.governs for owner in item.owners]
        if name in WHOLE_LINES:
            assert sorted(charged) == sorted(governed)
        assert all(words in governed for words in charged if words)


@pytest.mark.parametrize("name", ROOTS)
def test_documents_and_oddities_find_their_sentence(name: str) -> None:
    """What an item cites, and what is odd in its line, stands with a sentence that prints it."""
    _, plan = _site(name)
    for id_, found in _paragraphs(name).items():
        cited = {document.link.text for sentence in found.sentences for document in sentence.documents}
        assert cited == {entry.citation.title for entry in plan.citations_of(id_)}
        odd = {note.printed for sentence in found.sentences for note in sentence.oddities}
        lines = {line.number for line in plan.lines_of[id_]}
        inside = [oddity.printed for oddity in plan.plan.oddities if oddity.line in lines]
        sentences = ["".join(piece.text for piece in sentence.pieces) for sentence in found.sentences]
        assert odd == {printed for printed in inside if any(printed in text for text in sentences)}


def test_words_that_a_sentence_says_are_not_said_again() -> None:
    """Beside its sentence a target gives figures and years; words stand in the sentence already."""
    for found in _paragraphs("plan").values():
        for sentence in found.sentences:
            for target in sentence.targets:
                assert bool(target.asked) == (target.row.figure is None)
                assert all(re.search(r"\d", asked.what) for asked in target.asked if asked.what)


def _kin(name: str) -> dict[str, Kin]:
    index = read_index(ROOTS[name])
    plan = index.plans[0]
    kinship = Kinship(Rows(index), plan)
    return {item.id: kinship.of(item.id) for item in (*plan.plan.tasks, *plan.plan.safeguards)}


@pytest.mark.parametrize("name", ROOTS)
def test_related_items(name: str) -> None:
    """Nothing is related to itself; at most six of each sort, each with its reason, the same each time."""
    found = _kin(name)
    assert found == _kin(name)
    _, plan = _site(name)
    for id_, kin in found.items():
        links = [item for group in kin.by_units for item in group.items]
        assert plan.owners[id_].url not in {link.url for link in (*links, *(row.link for row in kin.by_terms))}
        assert len(links) == len(set(links)) <= MOST
        assert len(kin.by_terms) <= MOST
        assert all(row.why.startswith("都提到") for row in kin.by_terms)
        assert all(group.why.startswith("都列名") and group.items for group in kin.by_units)


@pytest.mark.parametrize("name", ROOTS)
def test_related_by_words_that_both_print(name: str) -> None:
    """What two items are said to mention stands in both, not just another form of it."""
    _, plan = _site(name)
    items = {plan.owners[item.id].url: item for item in (*plan.plan.tasks, *plan.plan.safeguards)}
    texts = {url: "".join((item.title, *item.sentences)).translate(WITHOUT_MARKS) for url, item in items.items()}
    related = [(plan.owners[id_].url, row) for id_, kin in _kin(name).items() for row in kin.by_terms]
    assert name != "plan" or len(related) > 10
    for url, row in related:
        shared = re.findall("“([^”]+)”", row.why)
        assert shared
        assert [words for words in shared if words not in texts[url] or words not in texts[row.link.url]] == []


def test_related_by_units_lies_outside_the_sector() -> None:
    """A task's own sector, whose units are the same, is not offered once more."""
    _, plan = _site("plan")
    found = _kin("plan")
    for sector in plan.plan.sectors:
        own = {plan.owners[task.id].url for task in sector.tasks}
        for task in sector.tasks:
            assert not own & {item.url for group in found[task.id].by_units for item in group.items}


def test_figures_that_move() -> None:
    """At most four figures, one of a task, with a number for each year, the last unlike the first, in printed order."""
    for name in ROOTS:
        _, plan = _site(name)
        chosen = moving(plan)
        assert len(chosen) <= 4
        assert len({entry.of.id for entry in chosen}) == len(chosen)
        assert [entry for entry in plan.targets if entry in chosen] == chosen
        for entry in chosen:
            numbers = {value.year: value.value for value in entry.target.values if value.value is not None}
            assert set(plan.years) <= set(numbers)
            assert numbers[plan.years[0]] != numbers[plan.years[-1]]
    assert len(moving(_site("plan")[1])) == 4


def test_goals_in_short_are_printed() -> None:
    """Each year of the period has its place; what stands there is the first printed sentence of its goal."""
    rows, plan = _site("plan")
    goals = cover(rows, plan).years.goals
    assert [goal.year for goal in goals] == ["2022年", "2023年", "2024年"]
    for goal in goals:
        line = int(goal.line.url.rpartition("#L")[2])
        assert plan.plan.source.split("\n")[line - 1].startswith(goal.text)


def test_a_sectors_sums() -> None:
    """A sector's figures add up to what its tasks set."""
    rows, plan = _site("plan")
    for place, sector in enumerate(plan.plan.sectors):
        view = sector_view(rows, plan, place)
        numbers = {figure.label: figure.number for figure in view.figures}
        assert numbers["任务"] == len(sector.tasks) == len(view.tasks)
        targets = sum(len(plan.targets_of(task.id)) for task in sector.tasks)
        assert numbers.get("目标值", 0) + numbers.get("阶段性目标", 0) == targets == len(view.targets.rows)
        for task, brief in zip(sector.tasks, view.tasks, strict=True):
            assert bool(brief.idea) == bool(plan.targets_of(task.id))
        found = [row.target.id for row in view.directions]
        assert found == [e.target.id for task in sector.tasks for e in plan.directions_of(task.id)]


def test_several_plans_on_the_start_page(tmp_path: Path) -> None:
    """With several plans the start page only lists them, the newest first, each with its figures, no anchor twice."""
    years = {"one-2022-2024": "2021", "three-2022-2024": "2022", "two-2022-2024": "2023"}
    for name, year in years.items():
        folder = shutil.copytree(BASE / "tiny-2022-2024", tmp_path / "plan_data" / name)
        for file in (folder / "plan.yaml", folder / "source.txt"):
            text = file.read_text("utf-8").replace("tiny-2022-2024", name).replace("2022年3月1日", f"{year}年3月1日")
            text = re.sub("source_sha256: .*\n", "", text)
            file.write_text(text, "utf-8")
    for name in ("units.yaml", "leaders.yaml"):
        shutil.copy(BASE / name, tmp_path / "plan_data" / name)
    start = next(render_pages(site_map(read_index(tmp_path / "plan_data"))))
    anchors = re.findall(r' id="([^"]+)"', start.html)
    assert len(anchors) == len(set(anchors))
    listed = re.findall(r'<h2 id="plan_([^"]+)"><a href="([^"]+)">', start.html)
    newest = ("two-2022-2024", "three-2022-2024", "one-2022-2024")
    assert listed == [(name, f"./plans/{name}/") for name in newest]
    assert re.findall(r"(\d{4})年3月1日", start.html) == [years[name] for name in newest]
    figures = re.findall(r'<a href="\./plans/([^/]+)/targets/"><b>(\d+)</b>', start.html)
    assert figures == [(name, "3") for name in newest]
    assert not {"sectors", "tasks", "years", "next_days", "ways"} & set(anchors)
    assert not re.search("ps-ledger|<svg", start.html)


def test_the_html_holds_the_printed_text() -> None:
    """On the page of a task or safeguard the marked sentences are the printed ones, without a space between pieces."""
    index = read_index(ROOTS["plan"])
    plan = index.plans[0]
    pages = {page.address: page.html for page in render_pages(site_map(index))}
    for item in (*plan.plan.tasks, *plan.plan.safeguards):
        html = pages[plan.owners[item.id].url]
        shown = re.findall(r'<span id="s\d+">(.*?)</span>', html)
        assert [_unescaped(text) for text in shown] == list(item.sentences)


@pytest.mark.parametrize("folder", [*ROOTS.values(), ROOT / "tests" / "plans" / "plan_data"])
def test_a_view_knows_the_headings_of_its_page(folder: Path) -> None:
    """The headings that a view names are those that its page has, in their order."""
    for page in render_pages(site_map(read_index(folder))):
        found = re.findall(r'<h2 id="([^"]+)"[^>]*>(.*?)</h2>', page.html, re.DOTALL)
        shown = [(anchor, _unescaped(_WORDS.sub("", text))) for anchor, text in found]
        assert shown == list(page.headings), page.address


def _unescaped(html: str) -> str:
    return _WORDS.sub("", html).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
