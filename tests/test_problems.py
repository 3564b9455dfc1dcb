"""Problems as values: of many of one kind in one file the first are told, and how many more there are."""

from __future__ import annotations

from generator.problems import MOST, Location, Problem, Problems


def _many(path: str, rule: str, count: int) -> list[Problem]:
    return [Problem(Location(path, line), rule, "错") for line in range(1, count + 1)]


def test_the_first_of_many_are_told_and_the_rest_counted() -> None:
    """One line stands for all that are left out, at the place of the first of them."""
    found = Problems()
    found.extend(_many("a.yaml", "unknown-unit", MOST + 1234))
    *told, rest = found
    assert told == _many("a.yaml", "unknown-unit", MOST)
    assert rest.where == Location("a.yaml", MOST + 1)
    assert rest.rule == "unknown-unit"
    assert "还有 1,234 处" in rest.text


def test_each_rule_and_file_has_its_own_number() -> None:
    """Many problems of one kind hide none of another, nor of another file; a full number is told whole."""
    several = [*_many("a.yaml", "unknown-unit", MOST), *_many("a.yaml", "bad-id", MOST), *_many("b.yaml", "bad-id", 2)]
    found = Problems()
    found.extend(several)
    assert list(found) == several
