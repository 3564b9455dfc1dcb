"""The proposal laid beside what a folder of data already holds; nothing is overwritten."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import yaml

from ..problems import Location, PlanError, Problem
from .emit import records_text, yaml_text
from .propose import propose

if TYPE_CHECKING:
    from pathlib import Path

    from .emit import Record
    from .propose import Proposal


_NO_UNITS: Final = yaml_text({"units": []}, "schema/units.schema.json")


def read_proposal(
    text: str, plan_id: str, root: Path, known: Proposal | None = None
) -> tuple[Proposal, dict[str, str]]:
    """Return a proposal for a plan in a folder of data, and the whole new texts of its registries, by name.

    Whom a proposal that is `known` names already, somebody has decided on: it is not registered again.
    """
    units, leaders = _records(root / "units.yaml", "units"), _records(root / "leaders.yaml", "leaders")
    registered = {name: unit["name"] for unit in units for name in (unit["name"], *_aliases(unit))}
    proposal = propose(text, plan_id, registered)
    named = {leader["name"] for leader in leaders}
    if known:
        told = {unit["name"] for unit in known.units}
        proposal.units = [unit for unit in proposal.units if unit["name"] not in told]
        named |= set(known.leaders)
    new_leaders = [{"name": name} for name in proposal.leaders if name not in named]
    texts = {
        "units.yaml": _NO_UNITS
        if not proposal.units and not (root / "units.yaml").exists()
        else _with(root / "units.yaml", "units", "unit", proposal.units, {unit["id"] for unit in units}),
        "leaders.yaml": _with(
            root / "leaders.yaml", "leaders", "leader", new_leaders, {leader["id"] for leader in leaders}
        ),
    }
    return proposal, {name: content for name, content in texts.items() if content}


def _aliases(unit: Record) -> list[str]:
    return [alias["name"] for alias in unit.get("aliases", ())]


def _records(path: Path, key: str) -> list[Record]:
    """Return the records of a registry; none where it is not there. Raises PlanError where it cannot be read."""
    if not path.exists():
        return []
    try:
        return [record for record in _held(path.read_text("utf-8"))[key] if record["name"] and record["id"]]
    except (yaml.YAMLError, UnicodeDecodeError, KeyError, TypeError) as error:
        text = f"{path.name} 读不出来：请先用 plansite check 查看并改正"
        raise PlanError([Problem(Location(path.as_posix()), "wrong-type", text)]) from error


def _held(text: str) -> Any:  # noqa: ANN401 - what a file holds is of any type
    return yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - it makes texts alone


def _with(path: Path, key: str, kind: str, records: list[Record], taken: set[str]) -> str:
    """Return a registry with records put at its end; empty where there are none."""
    if not records:
        return ""
    numbers = (number for number in range(1, len(taken) + len(records) + 1) if f"{kind}-{number}" not in taken)
    named = [{**record, "id": f"{kind}-{number}"} for record, number in zip(records, numbers, strict=False)]
    ordered = [{"id": record["id"], **{k: v for k, v in record.items() if k != "id"}} for record in named]
    if not path.exists():
        return yaml_text({key: ordered}, f"schema/{key}.schema.json")
    text = re.sub(rf"^{key}: *\[\] *$", f"{key}:", path.read_text("utf-8"), flags=re.MULTILINE).rstrip("\n")
    first = re.search(r"^( *)- ", text[text.index(f"{key}:") :], re.MULTILINE)
    grown = f"{text}\n{records_text(ordered, len(first[1]) if first else 0)}\n"
    held = _held(text)
    try:
        is_grown = _held(grown) == held | {key: [*held[key], *ordered]}
    except yaml.YAMLError:
        is_grown = False
    if not is_grown:
        # What stands behind the list would take the new records for its own.
        advice = (
            f"新的记录要接在 {path.name} 末尾，“{key}”却不是最后一项，或者写在方括号里："
            "请先把它移到文件最后，每条另起一行"
        )
        raise PlanError([Problem(Location(path.as_posix()), "wrong-type", advice)])
    return grown
