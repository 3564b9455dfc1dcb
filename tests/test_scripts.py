"""The browser's scripts keep to what makes their type check worth having; `make lint` does the check itself."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
TYPES = ROOT / "tests" / "types"
SCRIPTS = sorted((ROOT / "overrides" / "assets").rglob("*.js"))
LONGEST = 400


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_types_are_real_and_scripts_short(script: Path) -> None:
    """No script turns the check off or calls a thing `any`, and each can be read in one sitting."""
    text = script.read_text("utf-8")
    assert not re.search(r"@ts-|\bany\b(?=[\[\]|&>}),]|\s*=>)|[{|<:]\s*any\b", text)
    assert text.count("\n") <= LONGEST


def test_the_lock_names_a_checksum_and_no_registry() -> None:
    """TypeScript is fetched from the registry that a machine is set to, and must be what the lock says."""
    wanted = json.loads((TYPES / "package.json").read_text("utf-8"))["devDependencies"]["typescript"]
    lock = json.loads((TYPES / "package-lock.json").read_text("utf-8"))
    locked = lock["packages"]["node_modules/typescript"]
    assert locked["version"] == wanted
    assert locked["integrity"].startswith("sha512-")
    assert set(lock["packages"]) == {"", "node_modules/typescript"}
    assert "resolved" not in locked
