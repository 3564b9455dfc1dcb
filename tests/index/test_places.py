"""Where things stand in the official text, and what its parts are called."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from generator.index.build import build_index
from generator.index.numbering import counted
from tests.index.conftest import PLAN, index_of, part_of, unit_of, with_part, with_words

if TYPE_CHECKING:
    from generator.index.records import PlanIndex
    from generator.model import Data, Plan


def test_places_in_the_text(data: Data) -> None:
    """Every part knows the line that begins it; every item those that hold its paragraph and list its units."""
    (plan,) = build_index(data).plans
    assert plan.line_of == {
        "notice_title": 1,
        "addressees": 2,
        "notice_text": 3,
        "issuer": 4,
        "date": 5,
        "publicity": 6,
        "title": 7,
        "preamble": 8,
        "heading": 9,
        "guiding": 10,
        "heading-2": 11,
        "goal-2022": 12,
        "goal-2024": 13,
        "heading-3": 14,
        "sector-1": 15,
        "task-1": 16,
        "task-2": 17,
        "responsibility": 18,
        "sector-2": 21,
        "task-3": 22,
        "responsibility-2": 23,
        "heading-4": 26,
        "safeguard-1": 27,
        "responsibility-3": 29,
        "safeguard-2": 30,
        "responsibility-4": 32,
    }
    assert plan.text_line_of["safeguard-1"] == 28
    assert plan.text_line_of["task-3"] == 22
    listed = [(part, charge.line) for part in plan.charges_of for charge in plan.charges(part, "responsible")]
    assert listed == [("sector-1", 20), ("sector-2", 25), ("safeguard-1", 29), ("safeguard-2", 32)]
    assert plan.issued_on == "2022-03-01"


def test_a_target_is_quoted_with_its_whole_sentence(data: Data) -> None:
    """The words that mark a target widen to their sentence, with its line and address."""
    (plan,) = build_index(data).plans
    days = next(entry for entry in plan.targets if entry.target.id == "days")
    assert days.quote == "开办企业2022年不超过5个工作日,2024年不超过3个工作日。"
    assert (days.line, days.url) == (16, f"plans/{PLAN}/targets/#days")
    assert (days.of.kind, days.of.id, days.of.number) == ("task", "task-1", 1)
    assert plan.targets_of("task-1") == (days,)
    assert [entry.duty.id for entry in plan.duties_of("safeguard-1")] == ["report"]


def test_a_citation_knows_each_mention(data: Data) -> None:
    """A document is mentioned where its title stands in brackets: in the front matter with its line."""
    (plan,) = build_index(data).plans
    seen = {
        entry.citation.id: [(m.of.kind, m.of.id, m.line, m.quote) for m in entry.mentions] for entry in plan.citations
    }
    title = "示例区政府办关于印发《示例区办事便利三年(2022—2024)行动方案》的通知"
    words = "为落实《示例市便民服务办法》(示政发〔2021〕5号),制定本方案。"
    assert seen == {
        "this-plan": [("front", "notice_title", 1, title)],
        "measures": [("front", "preamble", 8, words)],
    }


def test_a_citation_in_an_item_belongs_to_it(data: Data, plan: Plan) -> None:
    """A document named in a task is mentioned by that task, in that sentence."""
    words = "依照《示例市便民服务办法》办理。"
    (found,) = index_of(data, with_words(plan, "task-1", words)).plans
    mention = found.citations[1].mentions[1]
    assert (mention.of.kind, mention.of.id, mention.line, mention.quote) == ("task", "task-1", 16, words)
    assert found.citations_of("task-1") == (found.citations[1],)
    assert found.citations_of("notice_title") == (found.citations[0],)
    assert found.citations_of("task-2") == ()


def _labels(plan: PlanIndex, kind: str) -> list[str]:
    return [owner.label for owner in plan.owners.values() if owner.kind == kind]


def test_parts_are_called_by_their_numbers(data: Data) -> None:
    """Sectors, tasks and safeguards are called by kind and number; goals and other text have no such name."""
    (plan,) = build_index(data).plans
    assert _labels(plan, "sector") == ["板块1", "板块2"]
    assert _labels(plan, "task") == ["任务1", "任务2", "任务3"]
    assert _labels(plan, "safeguard") == ["制度保障1", "制度保障2"]
    assert {*_labels(plan, "goal"), *_labels(plan, "front"), *_labels(plan, "text")} == {""}


@pytest.mark.parametrize(
    ("printed", "labels"),
    [
        (("(一)", "(二)"), ["任务(一)1", "任务(一)2", "任务(二)1"]),
        (("一、", "二、"), ["任务一·1", "任务一·2", "任务二·1"]),
    ],
)
def test_tasks_whose_numbers_repeat_are_called_as_printed(
    data: Data, plan: Plan, printed: tuple[str, str], labels: list[str]
) -> None:
    """All tasks are called by their sector's printed number and their own, without what ends it; the rest as ever."""
    changed = with_part(plan, "task-3", number=1, number_printed="1.")
    for sector, number in zip(("sector-1", "sector-2"), printed, strict=True):
        changed = with_part(changed, sector, number_printed=number)
    index = index_of(data, changed)
    (found,) = index.plans
    assert _labels(found, "task") == labels
    assert _labels(found, "sector") == ["板块1", "板块2"]
    assert _labels(found, "safeguard") == ["制度保障1", "制度保障2"]
    assert [(o.id, o.number, o.label) for o in unit_of(index, "data").obligations] == [
        ("task-3", 1, labels[2]),
        ("task-1", 1, labels[0]),
        ("task-2", 2, labels[1]),
        ("safeguard-1", 1, "制度保障1"),
    ]


def test_numbers_that_repeat_under_one_number_have_two_before_them(plan: Plan) -> None:
    """As many numbers stand before a task's own as tell all tasks apart; who has none above it stands alone."""
    again = with_part(plan, "task-3", number=1, number_printed="1.")
    again = with_part(again, "sector-2", number_printed="(一)")
    first, last = part_of(again, "sector-1"), part_of(again, "sector-2")
    above = replace(part_of(again, "heading-3"), number_printed="五、", parts=(last,), id="heading-5")
    kept = replace(part_of(again, "heading-3"), parts=(first,))
    alone = replace(part_of(again, "task-1"), id="task-9", number=9, number_printed="九、", sector=None)
    found = counted(replace(again, parts=(kept, above, alone)))
    assert [found[task] for task in ("task-1", "task-2", "task-3", "task-9")] == ["三(一)1", "三(一)2", "五(一)1", "九"]


def test_a_number_that_is_not_printed_counts(plan: Plan) -> None:
    """A number that the data alone gives stands for a printed one."""
    changed = with_part(with_part(plan, "task-3", number=1, number_printed=""), "sector-2", number=2, number_printed="")
    found = counted(changed)
    assert [found[task] for task in ("task-1", "task-2", "task-3")] == ["(一)1", "(一)2", "2·1"]
    alone = replace(part_of(changed, "task-3"), parts=())
    assert counted(replace(changed, parts=(alone, replace(alone, id="task-4")))) == {"task-3": "1", "task-4": "1"}


def test_no_number_does_not_repeat(data: Data, plan: Plan) -> None:
    """Tasks without a number have none in their name, and leave the others theirs."""
    changed = with_part(plan, "task-1", number=None, number_printed="")
    (found,) = index_of(data, with_part(changed, "task-2", number=None, number_printed="")).plans
    assert _labels(found, "task") == ["任务", "任务", "任务3"]
