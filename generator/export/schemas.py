"""The JSON Schemas of the published data, which lie in schema/ and are published with it."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Final

SCHEMAS: Final = Path(__file__).parent / "schema"


def read_schemas() -> list[tuple[str, bytes]]:
    """Return the JSON Schemas of the published files as (file name, bytes)."""
    return [(path.name, path.read_bytes()) for path in sorted(SCHEMAS.glob("*.json"))]


@cache
def read_fields(record: str) -> tuple[str, ...]:
    """Return the fields of a published record in their order: those that its schema lists."""
    common = json.loads((SCHEMAS / "common.schema.json").read_bytes())
    return tuple(common["$defs"][record]["properties"])
