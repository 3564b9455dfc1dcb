"""How figures and dates are worded in Chinese, on pages and in sheets alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.terms import COMPARATORS, number_text

if TYPE_CHECKING:
    from generator.model import Due, Value


def value_text(value: Value) -> str:
    """Write a value with its comparator; a state in the printed words."""
    if value.value is None:
        return value.text
    unit = value.unit or ""
    number = f"{number_text(value.value)}{unit}"
    match value.comparator:
        case "exactly":
            return number
        case "about":
            return f"{number}左右"
        case "between":
            return f"{number_text(value.value)}至{number_text(value.upper or 0)}{unit}"
        case _:
            return f"{COMPARATORS[value.comparator]}{number}"


def due_text(due: Due | None) -> str:
    """Write a recurring date: 3月、6月20日前; empty where there is none."""
    return f"{'、'.join(f'{month}月' for month in due.months)}{due.day}日前" if due else ""
