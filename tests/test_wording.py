"""A value is worded with the word that the plan prints at it, not with one of a figure beside it."""

from __future__ import annotations

import pytest

from generator.model import Value
from generator.problems import Location
from generator.text.wording import value_text

TEXTS = [
    (("at_least", 95, "%", "满意率95%以上"), "培训不少于10次且满意率95%以上", "95%以上"),
    (("at_least", 10, "次", "培训不少于10次"), "培训不少于10次且满意率95%以上", "不少于10次"),
    (("at_least", 95, "%", "满意率超95%"), "培训不少于10次,满意率超95%", "不低于95%"),
    (("at_least", 8, "个", "8个"), "建成8个、9个和10个以上", "8个以上"),
    (("at_least", 9, "个", "9个"), "不少于8个、9个", "不少于9个"),
    (("at_least", 1000, "家", "1,000家以上"), "新增1,000家以上", "1000家以上"),
    (("at_most", 3, "年", "3年内"), "3年内办结,境内外5家", "3年内"),
]


@pytest.mark.parametrize(("value", "quote", "text"), TEXTS)
def test_a_value_is_worded_as_printed(value: tuple[str, float, str, str], quote: str, text: str) -> None:
    """The word of a series, printed once, is said of each; any other is said of its own figure alone."""
    comparator, number, unit, printed = value
    record = Value(
        year=None,
        comparator=comparator,  # type: ignore[arg-type]
        value=number,
        upper=None,
        unit=unit,
        qualifier=None,
        base=None,
        text=printed,
        reading="printed",
        note=None,
        where=Location("plan.yaml", 1),
    )
    assert value_text(record, quote) == text
