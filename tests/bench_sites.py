"""The sites that the benchmarks compare: copies of this project, and stock MkDocs with the same text."""

from __future__ import annotations

import shutil
from html.parser import HTMLParser
from pathlib import Path

from generator.index.build import read_index
from generator.pages import site_map
from generator.publish.render import render_pages

ROOT = Path(__file__).resolve().parent.parent
SEED = "xishan-2022-2024"
STOCK = """\
site_name: 行动方案
theme: {name: material, language: zh, font: false}
plugins:
  - search: {lang: zh}
markdown_extensions: [tables, attr_list, toc]
"""


def write_project(folder: Path, plans: int) -> None:
    """Copy the project with the seed's plan under several ids."""
    for name in ("docs", "overrides", "plan_data"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    seed = folder / "plan_data" / SEED
    for number in range(1, plans):
        copy = folder / "plan_data" / f"copy-{number}"
        shutil.copytree(seed, copy)
        main_file = copy / "plan.yaml"
        main_file.write_text(main_file.read_text("utf-8").replace(f"id: {SEED}", f"id: copy-{number}"), "utf-8")


def write_stock(folder: Path, ours: Path) -> int:
    """Write every page of the project as Markdown; returns how many."""
    (folder / "docs").mkdir(parents=True)
    (folder / "mkdocs.yml").write_text(STOCK, "utf-8")
    (folder / "bare.yml").write_text(STOCK.replace("\n  - search: {lang: zh}", " []"), "utf-8")
    count = 0
    for page in render_pages(site_map(read_index(ours / "plan_data"))):
        path = folder / "docs" / page.source
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(as_plain_markdown(page.html), "utf-8")
        count += 1
    for source in (ours / "docs").glob("*.md"):
        text = source.read_text("utf-8").replace(f"(plans/{SEED}/", f"(./plans/{SEED}/")
        (folder / "docs" / source.name).write_text(text, "utf-8")
        count += 1
    return count


class _Plain(HTMLParser):
    """Turns our pages into the Markdown that a person would have written for them."""

    _LEFT_OUT = frozenset({"nav", "form", "select", "button", "script", "template"})
    """What leads about the site, or works it, is no text of the page."""
    _BLOCKS = frozenset({"p", "li", "h1", "h2", "h3", "dt", "dd", "caption", "summary", "blockquote", "tr", "section"})

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self._text = ""
        self._cells: list[str] | None = None
        self._is_head = False
        self._inside = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self._LEFT_OUT:
            self._inside += 1
        elif self._inside:
            return
        elif tag == "tr":
            self._flush("")
            self._cells, self._is_head = [], False
        elif self._cells is None and tag in self._BLOCKS:
            self._flush("")
        elif tag == "th" and ("scope", "col") in attrs:
            self._is_head = True

    def handle_endtag(self, tag: str) -> None:
        if tag in self._LEFT_OUT:
            self._inside -= 1
        elif self._inside:
            return
        elif self._cells is not None:
            self._end_in_row(tag, self._cells)
        elif tag in self._BLOCKS:
            self._flush({"h1": "# ", "h2": "## ", "h3": "### ", "li": "- "}.get(tag, ""))

    def _end_in_row(self, tag: str, cells: list[str]) -> None:
        if tag in {"td", "th"}:
            cells.append(" ".join(self._text.split()).replace("|", "\\|"))
            self._text = ""
        elif tag == "tr":
            if self._is_head:
                self.lines.append("")
            self.lines.append(f"| {' | '.join(cells)} |")
            if self._is_head:
                self.lines.append("|" + " --- |" * len(cells))
            self._cells = None

    def handle_data(self, data: str) -> None:
        if not self._inside:
            self._text += data

    def _flush(self, mark: str) -> None:
        text = " ".join(self._text.split())
        self._text = ""
        if text:
            self.lines += [f"{mark}{text}"] if mark == "- " else ["", f"{mark}{text}", ""]


def as_plain_markdown(html: str) -> str:
    """Return the visible text of a page as Markdown, its heading first, from which MkDocs takes the title."""
    parser = _Plain()
    parser.feed(html)
    parser.close()
    at = next(at for at, line in enumerate(parser.lines) if line.startswith("# "))
    return "\n".join([parser.lines[at], *parser.lines[:at], *parser.lines[at + 1 :]]) + "\n"
