"""The checks over the data: one rule, one module, one `check`; the rule's id is its file name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from generator.problems import PlanError, Problem
from generator.rules import (
    alias_clash,
    citation_not_in_source,
    comparator_values,
    duplicate_id,
    empty_sector,
    group_meaning,
    impossible_date,
    inferred_without_note,
    numbering_gap,
    odd_character,
    plan_folder,
    printed_not_in_source,
    quote_not_in_source,
    repeated_scope,
    repeated_unit,
    source_changed,
    source_mismatch,
    term_clash,
    term_not_in_source,
    term_without_source,
    uncited_document,
    unknown_leader,
    unknown_unit,
    unnamed_leader,
    unnamed_unit,
    value_not_in_source,
    year_outside_period,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from generator.model import Data

ANYTHING: Final = 0
REGISTRY: Final = 1
EVERYTHING: Final = 2


@dataclass(frozen=True, slots=True)
class Rule:
    """A check and what must have been read without a fault for its findings to be true."""

    id: str
    check: Callable[[Data], Iterator[Problem]]
    doc: str
    """The rule's manual page, Chinese."""
    needs: int


def _rule(module: object, needs: int = ANYTHING) -> Rule:
    name = str(getattr(module, "__name__", ""))
    return Rule(
        id=name.rpartition(".")[2].replace("_", "-"),
        check=module.check,  # type: ignore[attr-defined]
        doc=str(module.__doc__),
        needs=needs,
    )


RULES: Final = (
    _rule(plan_folder),
    _rule(duplicate_id),
    _rule(odd_character),
    _rule(alias_clash),
    _rule(unknown_unit, REGISTRY),
    _rule(unknown_leader, REGISTRY),
    _rule(unnamed_unit, EVERYTHING),
    _rule(unnamed_leader, EVERYTHING),
    _rule(repeated_unit, REGISTRY),
    _rule(group_meaning, REGISTRY),
    _rule(numbering_gap),
    _rule(empty_sector),
    _rule(quote_not_in_source),
    _rule(printed_not_in_source),
    _rule(value_not_in_source),
    _rule(citation_not_in_source),
    _rule(uncited_document),
    _rule(year_outside_period),
    _rule(repeated_scope),
    _rule(comparator_values),
    _rule(impossible_date),
    _rule(inferred_without_note),
    _rule(term_without_source),
    _rule(term_not_in_source),
    _rule(term_clash),
    _rule(source_changed),
    _rule(source_mismatch),
)
"""All rules, in the order of the manual."""


def check(data: Data) -> Iterator[Problem]:
    """Yield every problem that the rules find.

    After a fault of shape, rules that would blame what was left out stay silent.
    """
    registry_is_broken = any(path.endswith(("/units.yaml", "/leaders.yaml")) for path in data.broken)
    sound = EVERYTHING if data.is_whole else ANYTHING if registry_is_broken else REGISTRY
    for rule in RULES:
        if rule.needs <= sound:
            yield from rule.check(data)


def require_sound(data: Data, problems: tuple[Problem, ...]) -> None:
    """Raise PlanError with every problem, of shape and of rules, if there is any."""
    found = (*problems, *check(data))
    if found:
        raise PlanError(found)
