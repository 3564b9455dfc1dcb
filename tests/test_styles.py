"""The style sheets keep to their tokens: five sizes of type, five spaces, one radius, colours by name."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import pytest

from generator.publish.assets import STYLE_SOURCES

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
THEME = ROOT / "overrides"
TOKENS = "assets/style/tokens.css"
LONGEST = 400
SIZES = {"fine", "small", "text", "head", "title"}
SPACES = {"xs", "s", "m", "l", "xl"}

_FREE = r"0|auto|inherit|-?1px|\d+%"
"""What is no choice of size: nothing, what is left, the parent's, a hairline, a share."""
_SPACE = rf"var\(--ps-space-(?:{'|'.join(SPACES)})\)"
_SUM = rf"calc\((?:(?:{_SPACE}|var\(--ps-margin\)|-?\d|1px|\*|\+|-)\s*)+\)"
ALLOWED: Final = {
    "font-size": re.compile(rf"inherit|var\(--ps-size-(?:{'|'.join(SIZES)})\)"),
    "font": re.compile("inherit"),
    "line-height": re.compile(r"inherit|1\.[468]|2|var\(--ps-control\)|calc\(2 \* var\(--ps-size-text\)\)"),
    "border-radius": re.compile(r"(?:(?:0|var\(--ps-radius\))(?: |$))+"),
    "scroll-margin": re.compile(rf"(?:(?:var\(--ps-header\)|{_SPACE})(?: |$))+"),
}
"""Property, or its beginning → what it may be; margin, padding and gap may be spaces."""
SPACED: Final = re.compile(rf"(?:(?:{_FREE}|{_SPACE}|{_SUM})(?: |$))+")
COLOUR: Final = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl)a?\(|\b(?:black|white|red|gr[ae]y)\b", re.IGNORECASE)

EXCEPTIONS: Final = {
    ("html.ps-large", "font-size"): "the root, which carries every size: large type, as Material steps it",
    ("@page", "margin"): "the edge of the paper, in the paper's own measure",
    ("@page matrix", "margin"): "the edge of the paper, in the paper's own measure",
}
"""Where a rule stands outside of the tokens, and why."""


class Declaration(NamedTuple):
    """One line of a rule, and where it stands."""

    where: str
    selector: str
    name: str
    value: str


def _declarations(name: str) -> Iterator[Declaration]:
    """Yield all declarations of one of our style sheets, which have each on a line of its own."""
    text = re.sub(r"/\*.*?\*/", lambda comment: "\n" * comment[0].count("\n"), _text(name), flags=re.DOTALL)
    selector: list[str] = []
    nested: list[str] = []
    for number, line in enumerate(map(str.strip, text.splitlines()), start=1):
        if line.endswith("{"):
            nested.append(" ".join([*selector, line.removesuffix("{").strip()]))
            selector = []
        elif line == "}":
            nested.pop()
        elif found := re.fullmatch(r"([\w-]+): (.*);", line):
            yield Declaration(f"{name}:{number}", nested[-1], found[1], found[2].removesuffix(" !important"))
        elif line:
            selector.append(line)
    assert not nested


def _text(name: str) -> str:
    return (THEME / name).read_text("utf-8")


def _pattern(name: str) -> re.Pattern[str] | None:
    """Return what a property may be; nothing if it is free."""
    if name in ALLOWED:
        return ALLOWED[name]
    if name.startswith("scroll-margin"):
        return ALLOWED["scroll-margin"]
    return SPACED if re.fullmatch(r"(?:margin|padding)(?:-[\w-]+)?|(?:row-|column-)?gap", name) else None


def _problems(declarations: Iterator[Declaration]) -> Iterator[str]:
    for one in declarations:
        pattern = _pattern(one.name)
        if pattern and (one.selector, one.name) not in EXCEPTIONS and not pattern.fullmatch(one.value):
            yield f"{one.where}: {one.selector} {{ {one.name}: {one.value} }}"


def _sheets() -> list[str]:
    return [name for name in STYLE_SOURCES if name != TOKENS]


@pytest.mark.parametrize("name", _sheets())
def test_sizes_and_spaces_are_tokens(name: str) -> None:
    """No rule has a size of type, a space or a radius of its own."""
    assert not list(_problems(_declarations(name)))


@pytest.mark.parametrize("name", _sheets())
def test_colours_are_tokens(name: str) -> None:
    """No rule has a colour of its own; what has no name yet gets one among the tokens."""
    assert not [one for one in _declarations(name) if COLOUR.search(one.value)]


def test_exceptions_are_in_use() -> None:
    """No exception outlives its rule."""
    found = {(one.selector, one.name) for name in _sheets() for one in _declarations(name)}
    assert found >= EXCEPTIONS.keys()


def test_tokens_are_these_ten_and_each_is_used() -> None:
    """There are five sizes and five spaces, on screen and on paper; no token is idle, and none is missing."""
    declared = [one.name for one in _declarations(TOKENS) if one.name.startswith("--ps-")]
    wanted = {f"--ps-size-{size}" for size in SIZES} | {f"--ps-space-{space}" for space in SPACES}
    assert {name for name in declared if re.match("--ps-(?:size|space)-", name)} == wanted
    assert all(declared.count(name) == 2 for name in wanted)
    used = set(re.findall(r"var\((--ps-[\w-]+)", "".join(map(_text, STYLE_SOURCES))))
    assert used == set(declared)


def test_every_style_sheet_is_joined_and_short() -> None:
    """No style sheet is forgotten, and each can be read in one sitting."""
    lying = {file.relative_to(THEME).as_posix() for file in (THEME / "assets").rglob("*.css")}
    assert lying == set(STYLE_SOURCES)
    assert not [name for name in lying if _text(name).count("\n") > LONGEST]
