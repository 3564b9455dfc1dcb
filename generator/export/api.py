"""The published data `api/v1/`: the index as JSON, in the form that the contract fixes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from .. import addresses
from .api_plan import plan_json
from .api_records import duty_json, target_json
from .api_unit import unit_json, unit_whole_json
from .schemas import read_schemas

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..index.records import SiteIndex
    from .api_records import Json

VERSION: Final = "1"


def api_files(index: SiteIndex, site_url: str) -> Iterator[tuple[str, bytes]]:
    """Yield every file of `api/v1/` as (address, bytes)."""
    yield addresses.INDEX_API, _encode(_index(index, site_url))
    for plan in index.plans:
        yield addresses.plan_api(plan.id), _encode(plan_json(plan))
    yield addresses.UNITS_API, _encode([unit_json(entry) for entry in index.units])
    printed = {(plan.id, e.target.id): at for plan in index.plans for at, e in enumerate(plan.all_targets)}
    for entry in index.units:
        yield addresses.unit_api(entry.unit.id), _encode(unit_whole_json(entry, printed))
    targets = [{"plan": plan.id, **target_json(entry)} for plan in index.plans for entry in plan.all_targets]
    duties = [{"plan": plan.id, **duty_json(entry)} for plan in index.plans for entry in plan.duties]
    yield addresses.TARGETS_API, _encode(targets)
    yield addresses.DUTIES_API, _encode(duties)
    for name, content in read_schemas():
        yield addresses.schema_api(name), content


def _encode(content: Json | list[Json]) -> bytes:
    """Write JSON with each record of a list on a line of its own, so that changes can be read."""
    if isinstance(content, list):
        text = _rows(content)
    else:
        text = "{\n" + ",\n".join(f"{_compact(key)}: {_member(value)}" for key, value in content.items()) + "\n}"
    return f"{text}\n".encode()


def _member(value: object) -> str:
    return _rows(value) if isinstance(value, list) and value and isinstance(value[0], dict) else _compact(value)


def _rows(rows: list[Any]) -> str:
    return "[\n" + ",\n".join(_compact(row) for row in rows) + "\n]" if rows else "[]"


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _index(index: SiteIndex, site_url: str) -> Json:
    return {
        "version": VERSION,
        "site_url": site_url,
        "plans": [
            {
                "id": plan.id,
                "title": plan.plan.title,
                "url": addresses.plan(plan.id),
                "api": addresses.plan_api(plan.id),
            }
            for plan in index.plans
        ],
        "units": {"count": len(index.units), "api": addresses.UNITS_API},
    }
