"""The files of plan_data/: which there are, and what each holds, checked for its shape."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from generator.bind import Binder, Bound
from generator.nodes import parse_nodes, read_text
from generator.problems import PlanError, Problem
from generator.shapes import FILES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@dataclass(slots=True)
class Reader:
    """Reads files below one folder and gathers what is wrong with them."""

    root: Path
    shown: str
    instead: Mapping[str, str]
    """Texts to take in place of what files hold, by name."""
    problems: list[Problem] = field(default_factory=list)

    def read(self, name: str, shape: str) -> Bound | None:
        """Return the checked content of one YAML file, or None with the reasons noted."""
        shown = f"{self.shown}/{name}"
        try:
            text = self.instead[name] if name in self.instead else read_text(self.root / name, shown)
            node = parse_nodes(text, shown)
        except PlanError as error:
            self.problems.extend(error.problems)
            return None
        binder = Binder()
        bound = binder.bind(node, FILES[shape])
        self.problems.extend(binder.problems)
        return bound

    def read_source(self, name: str) -> str | None:
        """Return an official text, or None with the reasons noted."""
        try:
            return read_text(self.root / name, f"{self.shown}/{name}")
        except PlanError as error:
            self.problems.extend(error.problems)
            return None


def read_plan_names(root: Path) -> list[str]:
    """List the folders that hold a plan."""
    return sorted(
        f.name for f in root.iterdir() if f.is_dir() and not f.suffix and f.name != "schema" and f.name[0] != "."
    )


def read_sector_names(folder: Path) -> list[str]:
    """List a plan's files of sectors, in their order."""
    return sorted((f.name for f in (folder / "sectors").glob("*.yaml")), key=_file_order)


def read_texts(root: Path, shown: str) -> dict[str, tuple[str, str]]:
    """Read the files that name units, targets or duties: name → (text, shape); raises PlanError."""
    names = [("units.yaml", "units")]
    for folder in read_plan_names(root):
        names.append((f"{folder}/plan.yaml", "plan"))
        names += [(f"{folder}/sectors/{name}", "sector") for name in read_sector_names(root / folder)]
        names.append((f"{folder}/safeguards.yaml", "safeguards"))
    return {name: (read_text(root / name, f"{shown}/{name}"), shape) for name, shape in names}


def _file_order(name: str) -> tuple[int, str]:
    """Put 10.yaml after 9.yaml."""
    digits = name.partition(".")[0]
    return (int(digits) if digits.isascii() and digits.isdigit() else 10**6, name)
