"""The checks over the data: one rule, one module, one `check`; the rule's id is its file name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ..problems import PlanError, Problem, Problems, errors
from . import (
    alias_clash,
    citation_not_in_source,
    comparator_not_printed,
    comparator_values,
    duplicate_id,
    duty_not_printed,
    empty_sector,
    group_meaning,
    impossible_date,
    indicator_not_in_source,
    inferred_without_note,
    numbering_gap,
    odd_character,
    part_not_printed,
    plan_folder,
    printed_not_in_source,
    qualifier_left_out,
    quote_not_in_source,
    reading_length,
    repeated_indicator,
    repeated_scope,
    repeated_unit,
    repeated_year,
    responsibility_not_printed,
    scope_left_out,
    series_mismatch,
    source_changed,
    source_mismatch,
    target_type,
    term_clash,
    term_not_in_source,
    term_without_source,
    uncited_document,
    unknown_leader,
    unknown_unit,
    unnamed_leader,
    unnamed_unit,
    unread_responsibility,
    value_not_in_source,
    value_outside_quote,
    year_not_printed,
    year_outside_period,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ..model import Data

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
    reads_text: bool
    """Whether it holds the data against the official text, and so waits where that itself is broken."""


def _rule(module: object, needs: int = ANYTHING, *, reads_text: bool = False) -> Rule:
    name = str(getattr(module, "__name__", ""))
    return Rule(
        id=name.rpartition(".")[2].replace("_", "-"),
        check=module.check,  # type: ignore[attr-defined]
        doc=str(module.__doc__),
        needs=needs,
        reads_text=reads_text,
    )


RULES: Final = (
    _rule(plan_folder),
    _rule(duplicate_id),
    _rule(odd_character),
    _rule(alias_clash),
    _rule(reading_length),
    _rule(unknown_unit, REGISTRY),
    _rule(unknown_leader, REGISTRY),
    _rule(unnamed_unit, EVERYTHING),
    _rule(unnamed_leader, EVERYTHING),
    _rule(repeated_unit, REGISTRY, reads_text=True),
    _rule(group_meaning, REGISTRY),
    _rule(responsibility_not_printed, reads_text=True),
    _rule(unread_responsibility),
    _rule(part_not_printed, reads_text=True),
    _rule(numbering_gap),
    _rule(empty_sector),
    _rule(quote_not_in_source, reads_text=True),
    _rule(printed_not_in_source, reads_text=True),
    _rule(value_not_in_source, reads_text=True),
    _rule(value_outside_quote, reads_text=True),
    _rule(citation_not_in_source, reads_text=True),
    _rule(uncited_document, reads_text=True),
    _rule(year_outside_period),
    _rule(year_not_printed, reads_text=True),
    _rule(repeated_year),
    _rule(series_mismatch, reads_text=True),
    _rule(repeated_scope),
    _rule(scope_left_out, reads_text=True),
    _rule(comparator_values),
    _rule(target_type),
    _rule(repeated_indicator),
    _rule(indicator_not_in_source, reads_text=True),
    _rule(comparator_not_printed, reads_text=True),
    _rule(qualifier_left_out, reads_text=True),
    _rule(impossible_date),
    _rule(duty_not_printed, reads_text=True),
    _rule(inferred_without_note),
    _rule(term_without_source),
    _rule(term_not_in_source, reads_text=True),
    _rule(term_clash),
    _rule(source_changed),
    _rule(source_mismatch),
)
"""All rules, in the order of the manual."""


def check(data: Data) -> Iterator[Problem]:
    """Yield every problem that the rules find, causes without what only follows from them.

    After a fault of shape, rules that would blame what was left out stay silent; where the
    official text itself is broken, so do those that hold a plan's data against it.
    """
    registry_is_broken = any(path.endswith(("/units.yaml", "/leaders.yaml")) for path in data.broken)
    sound = EVERYTHING if data.is_whole else ANYTHING if registry_is_broken else REGISTRY
    settled = source_mismatch.settled(data)
    for rule in RULES:
        if rule.needs <= sound:
            found = Problems()
            found.extend(rule.check(settled if rule.reads_text else data))
            yield from found


def require_sound(data: Data, problems: tuple[Problem, ...]) -> None:
    """Raise PlanError with every problem, of shape and of rules, if there is any."""
    found = (*problems, *check(data))
    if errors(found):
        raise PlanError(found)
