"""What documents and workbooks have in common: a package (ZIP) of XML parts, the same bytes for the same content."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import jinja2

if TYPE_CHECKING:
    from pathlib import Path


def read_forms(folder: Path) -> dict[str, jinja2.Template]:
    """Read and compile a folder's templates, by name; they escape everything and stop at unknown names."""
    env = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return {name.removesuffix(".xml.jinja"): env.get_template(name) for name in env.list_templates(extensions="jinja")}


def read_part(folder: Path, name: str) -> bytes:
    """Read a part that needs no filling in."""
    return (folder / name).read_text("utf-8").encode()


def add(package: zipfile.ZipFile, name: str, content: bytes) -> None:
    """Add a part to a package."""
    entry = zipfile.ZipInfo(name)  # dated 1980, the first day that a package can name
    entry.create_system = 0  # else it would tell on what system it was made
    entry.compress_type = zipfile.ZIP_DEFLATED
    package.writestr(entry, content, compresslevel=4)
