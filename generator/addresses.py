"""The addresses of the site, relative to its root; stable, as the contract lists them."""

from __future__ import annotations

from typing import Final

_DEVICES: Final = ("aux", "con", "nul", "prn", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10)))
RESERVED: Final = frozenset({"top", "metrics", "milestones", "dated", "undated", "index", "schema", *_DEVICES})
"""Anchors that pages had before, names of published files and of devices under Windows: no record is called so.

Any other anchor of a page's own, beside those that are made of ids, holds an underscore or two
hyphens, as no id does: `title_<id>`.
"""


START: Final = "./"
PLANS: Final = "plans/"
UNITS: Final = "units/"
LEADERS: Final = "leaders/"
GLOSSARY: Final = "glossary/"
SEARCH: Final = "search/"
DATA: Final = "data/"
READING: Final = "reading/"
INFERRED: Final = f"{READING}#inferred"
"""Where pages say what it means that something is inferred."""

_API: Final = "api/v1/"
INDEX_API: Final = f"{_API}index.json"
UNITS_API: Final = f"{_API}units.json"
TARGETS_API: Final = f"{_API}targets.json"
DUTIES_API: Final = f"{_API}duties.json"


def way_up(address: str) -> str:
    """Return what leads from a page to the root of the site."""
    return "../" * address.count("/") or "./"


def plan(plan_id: str, part: str = "") -> str:
    """Return a plan's page, or one below it: `plan("p", "targets")`."""
    return f"{PLANS}{plan_id}/{part}/" if part else f"{PLANS}{plan_id}/"


def sector(plan_id: str, sector_id: str) -> str:
    """Return a sector's page."""
    return plan(plan_id, f"sectors/{sector_id.removeprefix('sector-')}")


def task(plan_id: str, task_id: str) -> str:
    """Return a task's page: tasks/11/, or tasks/2-1/ where printed numbers repeat."""
    return plan(plan_id, f"tasks/{task_id.removeprefix('task-')}")


def safeguard(plan_id: str, safeguard_id: str) -> str:
    """Return a safeguard's page."""
    return plan(plan_id, f"safeguards/{safeguard_id.removeprefix('safeguard-')}")


def line(plan_id: str, number: int) -> str:
    """Return a line of the official text."""
    return f"{plan(plan_id, 'text')}#L{number}"


def unit(unit_id: str) -> str:
    """Return a unit's page."""
    return f"{UNITS}{unit_id}/"


def unit_plan(unit_id: str, plan_id: str) -> str:
    """Return a unit's page of one plan, where the site has several."""
    return f"{unit(unit_id)}{plan_id}/"


def sector_anchor(plan_id: str, sector_id: str) -> str:
    """Return the anchor of a sector on a page that may show several plans."""
    return f"{plan_id}-{sector_id}"


def sheets(page: str, name: str) -> str:
    """Return what the sheets beside a page have before their suffixes; `name` is the id of its unit or plan."""
    return f"{page}{name}"


def leader(leader_id: str) -> str:
    """Return a leader's page."""
    return f"{LEADERS}{leader_id}/"


def term(plan_id: str, term_id: str) -> str:
    """Return a term in the glossary."""
    return f"{GLOSSARY}#{term_anchor(plan_id, term_id)}"


def term_anchor(plan_id: str, term_id: str) -> str:
    """Return the anchor of a term in the glossary, which holds the terms of all plans."""
    return f"{plan_id}-{term_id}"


def oddity(plan_id: str, oddity_id: str) -> str:
    """Return an oddity on the page of all of them."""
    return f"{plan(plan_id, 'oddities')}#{oddity_id}"


def plan_api(plan_id: str) -> str:
    """Return the published data of a plan."""
    return f"{_API}plans/{plan_id}.json"


def unit_api(unit_id: str) -> str:
    """Return the published data of a unit."""
    return f"{_API}units/{unit_id}.json"


def schema_api(name: str) -> str:
    """Return the schema of a published file, by its own name."""
    return f"{_API}schema/{name}"
