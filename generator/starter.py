"""The files of a new site for another place: settings, an example plan, registries, schemas, pages, workflow."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Final

from . import __version__
from .data.dictionary import dictionary
from .data.schemas import json_schema
from .data.shapes import FILES

if TYPE_CHECKING:
    from collections.abc import Iterator

_PACKAGE: Final = Path(__file__).resolve().parent
_START: Final = _PACKAGE / "start"
_DOCS: Final = next(filter(Path.is_dir, (_PACKAGE / "docs", _PACKAGE.parent / "docs")))
"""The pages written by hand, which hold for any site: part of the package where that is installed."""
_NAMES: Final = {"gitignore": ".gitignore", "workflow.yml": ".github/workflows/site.yml"}
"""Files that would mean something where they are kept → their names in the site."""


def starter_files() -> Iterator[tuple[str, bytes]]:
    """Yield every file of a new site as (path, bytes), in a fixed order."""
    for path in sorted(path for path in _START.rglob("*") if path.is_file()):
        name = path.relative_to(_START).as_posix()
        yield _NAMES.get(name, name), path.read_bytes()
    for path in sorted(_DOCS.glob("*.md")):
        yield f"docs/{path.name}", path.read_bytes()
    yield from ((f"plan_data/schema/{name}", content) for name, content in schema_files())
    yield "requirements.txt", f"plansite=={__version__}\n".encode()


def schema_files() -> Iterator[tuple[str, bytes]]:
    """Yield the JSON Schemas by which editors check the YAML, and the data dictionary, as (file name, bytes)."""
    for name in FILES:
        text = json.dumps(json_schema(name), ensure_ascii=False, indent=2)
        yield f"{name}.schema.json", f"{text}\n".encode()
    yield "README.md", dictionary().encode()
