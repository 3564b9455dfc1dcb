"""The side-by-side speed table: this project against stock MkDocs + Material + jieba.

Both build the same text, at 1 plan and at 10 (copies of the seed under other ids), in
turn, whole processes. Stock gets our pages as Markdown: the same headings, paragraphs,
lists and tables, with its automatic navigation and its Chinese search.

    python tests/bench.py [--runs N] [--plans 1,10]
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

from generator.index import read_index
from generator.pages import site_map
from generator.render import render_pages

ROOT = Path(__file__).resolve().parent.parent
SEED = "xishan-2022-2024"
STOCK = """\
site_name: 行动方案
theme: {name: material, language: zh, font: false}
plugins:
  - search: {lang: zh}
markdown_extensions: [tables, attr_list, toc]
"""


@dataclass(frozen=True)
class Run:
    """One finished process."""

    wall: float
    """Seconds."""
    peak: float
    """Megabytes of resident memory."""


def main() -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="counted runs of each, after one that is not counted")
    parser.add_argument("--plans", default="1,10", help="how many plans, several by comma")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _bench_check(options.runs)
        print("\n| plans | pages | this project | stock | ratio | per page | peak | stock's peak | stock, no search |")
        print("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
        for plans in map(int, options.plans.split(",")):
            _bench_build(folder / str(plans), plans, options.runs)
    return 0


def _bench_check(runs: int) -> None:
    check = [_run([sys.executable, "-m", "generator", "check"], ROOT) for _ in range(runs + 1)][1:]
    start = [_run([sys.executable, "-c", "pass"], ROOT) for _ in range(runs + 1)][1:]
    whole, bare = (statistics.median(run.wall for run in runs_) for runs_ in (check, start))
    print(f"plansite check: {whole:.3f} s, of which Python's start-up {bare:.3f} s ({bare / whole:.0%})")


def _bench_build(folder: Path, plans: int, runs: int) -> None:
    ours, stock = folder / "ours", folder / "stock"
    _write_project(ours, plans)
    pages = _write_stock(stock, ours)
    build = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    bare = [*build, "--config-file", "bare.yml"]
    pairs = [(_run(build, ours), _run(build, stock), _run(bare, stock)) for _ in range(runs + 1)][1:]
    mine, theirs, searchless = (statistics.median(pair[side].wall for pair in pairs) for side in (0, 1, 2))
    ratio = statistics.median(a.wall / b.wall for a, b, _ in pairs)
    peaks = [max(pair[side].peak for pair in pairs) for side in (0, 1)]
    print(
        f"| {plans} | {pages} | {mine:.2f} s | {theirs:.2f} s | {ratio:.2f} | {mine / pages * 1000:.1f} ms "
        f"| {peaks[0]:.0f} MB | {peaks[1]:.0f} MB | {searchless:.2f} s |",
        flush=True,
    )


def _write_project(folder: Path, plans: int) -> None:
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


def _write_stock(folder: Path, ours: Path) -> int:
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

    _BLOCKS = frozenset({"p", "li", "h1", "h2", "h3", "dt", "dd", "caption", "summary", "blockquote", "tr", "section"})

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self._text = ""
        self._cells: list[str] | None = None
        self._is_head = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self._flush("")
            self._cells, self._is_head = [], False
        elif self._cells is None and tag in self._BLOCKS:
            self._flush("")
        elif tag == "th" and ("scope", "col") in attrs:
            self._is_head = True

    def handle_endtag(self, tag: str) -> None:
        if self._cells is not None:
            self._end_in_row(tag)
        elif tag in self._BLOCKS:
            self._flush({"h1": "# ", "h2": "## ", "h3": "### ", "li": "- "}.get(tag, ""))

    def _end_in_row(self, tag: str) -> None:
        cells = self._cells or []
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
        self._text += data

    def _flush(self, mark: str) -> None:
        text = " ".join(self._text.split())
        self._text = ""
        if text:
            self.lines += [f"{mark}{text}"] if mark == "- " else ["", f"{mark}{text}", ""]


def as_plain_markdown(html: str) -> str:
    """Return the visible text of a page as Markdown."""
    parser = _Plain()
    parser.feed(html)
    parser.close()
    return "\n".join(parser.lines) + "\n"


def _run(command: list[str], folder: Path) -> Run:
    """Run a command to its end; its own time and memory as the system counts them."""
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} failed in {folder}")
    return Run(wall=wall, peak=usage.ru_maxrss / 1024)


if __name__ == "__main__":
    raise SystemExit(main())
