"""The style sheet and the script that every page loads: each of many files, joined.

A page is not drawn before its style sheets have come, and each file that it asks for costs a
phone far from the server a journey there and back.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import rjsmin

if TYPE_CHECKING:
    from collections.abc import Iterable

STYLES: Final = "assets/site.css"
SCRIPT: Final = "assets/site.js"
STYLE_SOURCES: Final = (
    "assets/style/tokens.css",
    "assets/style/type.css",
    "assets/style/frame.css",
    "assets/style/marks.css",
    "assets/style/items.css",
    "assets/style/tables.css",
    "assets/style/search.css",
    "assets/style/targets.css",
    "assets/style/calendar.css",
    "assets/style/pages.css",
    "assets/style/start.css",
    "assets/style/sentences.css",
    "assets/style/text.css",
    "assets/style/terms.css",
    "assets/style/paper.css",
)
"""Our style sheets in their order; those that a site names in `extra_css` come after them."""
SCRIPT_SOURCES: Final = (
    "assets/frame.js",
    "assets/finder.js",
    "assets/search/mark.js",
    "assets/search/box.js",
    "assets/needed.js",
    "assets/dates.js",
    "assets/cite.js",
    "assets/terms.js",
)
"""Our scripts in their order; those that a site names in `extra_javascript` come after them."""
THEME_STYLES: Final = ("assets/stylesheets/main.*.min.css", "assets/stylesheets/palette.*.min.css")
"""Patterns of the theme's own style sheets, which come before ours; a release has its mark in their names."""
_CSS_COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)


def joined_styles(styles: Iterable[str]) -> str:
    """Join style sheets in their order, without what is only for their writers."""
    lines = (line.strip() for style in styles for line in _CSS_COMMENT.sub("", style).splitlines())
    return "\n".join(filter(None, lines)) + "\n"


def joined_scripts(scripts: Iterable[str]) -> str:
    """Join scripts in their order; each keeps its names to itself and ends in a semicolon."""
    return "\n".join(map(small_script, scripts)) + "\n"


def small_script(script: str) -> str:
    """Take out comments and idle space, which are for who reads the source, not for who waits for the page."""
    small: str = rjsmin.jsmin(script)
    return small
