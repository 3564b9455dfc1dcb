"""The large plan as its YAML prints it, read without the generator: what tests hold the built pages against."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from tests.conftest import SEED

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    Part = dict[str, Any]

PLAN = "xishan-2022-2024"
FOLDER = SEED / PLAN


def _read(file: Path) -> Part:
    read: Part = yaml.safe_load(file.read_text("utf-8"))
    return read


def read_parts() -> Iterator[tuple[Part, tuple[Part, ...]]]:
    """Yield each part of the plan in printed order, with the parts that it lies in, the outermost first."""
    yield from _below(_read(FOLDER / "plan.yaml"), ())


def _below(part: Part, inside: tuple[Part, ...]) -> Iterator[tuple[Part, tuple[Part, ...]]]:
    for listed in part.get("parts", ()):
        one = _read(FOLDER / listed["file"]) if "file" in listed else listed
        yield one, inside
        yield from _below(one, (*inside, one))


def first_line(part: Part) -> str:
    """Return the line that opens a part, with its printed number."""
    return str(part["text"]).split("\n", 1)[0]


def task_number(part: Part) -> int:
    """Return the number printed before the title of a task."""
    return int(first_line(part).partition(".")[0])


def printed_units(part: Part) -> dict[str, list[str]]:
    """Return who answers for a part by the label of the line at its end; names run together are taken apart."""
    found: dict[str, list[str]] = {}
    for line in part.get("parts", ()):
        if line.get("kind") != "responsibility":
            continue
        apart = {one["printed"]: one["names"] for one in line.get("names", ())}
        for text in filter(None, line["text"].split("\n")):
            label, _, names = text.partition(":")
            found[label] = [name for printed in names.split("、") for name in apart.get(printed, [printed])]
    return found
