"""The side-by-side table of searches: this project's, stock Material's Chinese one, and that with jieba.

All three answer the same queries (tests/search/*.json, and random pieces of the official text) in Chromium, entered
into the search box. Stock gets our pages as Markdown, as in tests/bench.py. A second table shows how our index grows
with the plans: copies of the seed, of which every query therefore concerns each.

    python tests/bench_search.py [--only TEXT] [--kinds] [--misses] [--plans 1,10,100]
"""

from __future__ import annotations

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bench_browser import JIEBA, OURS, PLAIN, Engine, Run, open_browser, run, scaled
from bench_queries import PIECES, SHOWN, Query, read_queries
from bench_sites import ROOT, SEED, write_project, write_stock

from generator.index.build import read_index
from generator.search.parts import HandWritten, search_files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from playwright.sync_api import Browser

ENGINES: Final = (OURS, PLAIN, JIEBA)
RANKS: Final = (1, 3, 5)
LIMIT: Final = 300
"""KB that a query may fetch."""
WITHOUT_JIEBA: Final = "import sys; sys.modules['jieba'] = None; from mkdocs.__main__ import cli; cli()"
"""Material takes jieba up by importing it, so it must not be there to be imported."""


def main() -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kinds", action="store_true", help="a line for each kind of query as well")
    parser.add_argument("--misses", action="store_true", help="what this project's search does not find")
    parser.add_argument("--plans", default="1,10,100", help="how many plans, several by comma; empty: none")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, open_browser() as browser:
        folder = Path(name)
        _build_sites(folder)
        queries = read_queries(read_index(ROOT / "plan_data"), folder / "stock" / "docs")
        runs = {engine: _measured(browser, engine, folder, queries) for engine in ENGINES}
        _print_rows(_recall_rows(queries, runs, by_kind=options.kinds))
        _print_rows(_cost_rows(runs), head=False)
        if options.misses:
            _print_misses(queries, runs[OURS])
        counts = [int(count) for count in options.plans.split(",") if count]
        if counts:
            _print_scaled(browser, folder, counts, [q for q in queries if q.group == "everyday"])
    return 0


def _folder(engine: Engine) -> str:
    return engine.name.replace(" ", "-")


def _build_sites(folder: Path) -> None:
    """Build the three sites; jieba's greetings are left out."""
    project, stock = folder / "project", folder / "stock"
    write_project(project, 1)
    write_stock(stock, project)
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    builds = {
        OURS: (project, ["-m", "mkdocs"]),
        PLAIN: (stock, ["-c", WITHOUT_JIEBA]),
        JIEBA: (stock, ["-c", f"import jieba; {WITHOUT_JIEBA.split('; ', 2)[2]}"]),
    }
    for engine, (source, start) in builds.items():
        command = [sys.executable, *start, "build", "--quiet", "--site-dir", str(folder / _folder(engine))]
        done = subprocess.run(command, cwd=source, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(f"{engine.name} could not be built:\n{done.stdout}{done.stderr}")


def _measured(browser: Browser, engine: Engine, folder: Path, queries: list[Query]) -> Run:
    print(f"{engine.name} …", file=sys.stderr, flush=True)
    return run(browser, engine, folder / _folder(engine), list(dict.fromkeys(query.text for query in queries)))


def _recall_rows(queries: list[Query], runs: dict[Engine, Run], *, by_kind: bool) -> Iterator[list[str]]:
    """Yield the table's head, and for each group how much is right among the first results."""
    yield ["right among the first 1 / 3 / 5", "queries", *(engine.name for engine in ENGINES), "held to the row"]
    asked = [query for query in queries if query.right]
    written = [query for query in asked if query.group in {"everyday", "own"}]
    groups = {"everyday and own": written}
    for name in ("everyday", "own", PIECES, SHOWN):
        groups[name] = [query for query in asked if query.group == name]
    if by_kind:
        for kind in dict.fromkeys(query.kind for query in written):
            groups[f"— {kind}"] = [query for query in written if query.kind == kind]
    for name, group in groups.items():
        cells = [_recall(group, runs[engine]) for engine in ENGINES]
        yield [name, str(len(group)), *cells, _recall(group, runs[OURS], to_the_row=True)]
    nothing = [query for query in queries if not query.right]
    empty = [str(sum(not runs[engine].found[query.text] for query in nothing)) for engine in ENGINES]
    yield ["nothing found where nothing is", str(len(nothing)), *empty, ""]


def _recall(queries: list[Query], done: Run, *, to_the_row: bool = False) -> str:
    ranks = [query.rank(done.found[query.text], to_the_row=to_the_row) for query in queries]
    return " / ".join(str(sum(rank is not None and rank <= limit for rank in ranks)) for limit in RANKS)


def _cost_rows(runs: dict[Engine, Run]) -> Iterator[list[str]]:
    """Yield what it costs: bytes and time."""
    rows: dict[str, Callable[[Run], str]] = {
        "KB by gzip, also without searching": lambda done: _kb(done.unasked),
        "KB by gzip to the first result": lambda done: _kb(done.to_first),
        "KB by gzip in all": lambda done: _kb(done.in_all),
        "ms from the page to the worker and back, median / p95": lambda done: _spread(done.first),
        "ms of it in the engine, median / p95": lambda done: _spread(done.engine) if done.engine else "—",
    }
    for name, cell in rows.items():
        yield [name, "", *(cell(runs[engine]) for engine in ENGINES), ""]


def _kb(size: float) -> str:
    return f"{size / 1000:.1f}"


def _spread(times: list[float]) -> str:
    return f"{statistics.median(times):.1f} / {statistics.quantiles(times, n=20)[-1]:.1f}"


def _print_rows(rows: Iterable[list[str]], *, head: bool = True) -> None:
    for at, row in enumerate(rows):
        print(f"| {' | '.join(row)} |")
        if head and not at:
            print("|" + " --- |" * len(row))
    sys.stdout.flush()


def _print_misses(queries: list[Query], done: Run) -> None:
    for query in queries:
        found = done.found[query.text]
        rank = query.rank(found[:3], to_the_row=True)
        if (rank is None) if query.right else found:
            print(f"- {query.group} {query.kind}: {query.text} → {'; '.join(found[:3]) or 'nothing'}")


def _print_scaled(browser: Browser, folder: Path, counts: list[int], queries: list[Query]) -> None:
    """Print how the index, and what a query fetches of it, grow with the plans."""
    written = (folder / _folder(OURS) / "assets" / "search" / "index" / "more.js").read_text("utf-8")
    docs = json.loads(re.sub(r"^[^(]*\(|\);\s*$", "", written))["docs"]
    pages = [HandWritten(title, url, text) for _, title, _, url, text in docs]
    head = ["plans", "s to build the index", "KB of it", "right", "KB a query, median / max", "to its first result"]
    print()
    _print_rows([[*head, f"over {LIMIT} KB", "ms at first, median / p95", "ms again, median / p95"]])
    for count in counts:
        place = folder / f"plans-{count}"
        took = _write_index(place, count, pages)
        scripts = ROOT / "overrides" / "assets" / "search"
        done = scaled(browser, place / "site", scripts, [query.text for query in queries])
        right = sum(_is_right(query, done.found[query.text]) for query in queries)
        cells = [f"{took:.2f}", _kb(done.in_all), f"{right} of {len(queries)}", _widest(done.sizes)]
        over = sum(size > LIMIT * 1000 for size in done.sizes)
        times = [_spread(done.cold), _spread(done.warm)]
        _print_rows([[str(count), *cells, _widest(done.to_first), str(over), *times]], head=False)


def _write_index(place: Path, plans: int, pages: list[HandWritten]) -> float:
    """Write the search index of several plans; returns the processor's seconds that it took to make."""
    write_project(place / "source", plans)
    index = read_index(place / "source" / "plan_data")
    start = time.process_time()
    files = list(search_files(index, pages))
    took = time.process_time() - start
    for name, content in files:
        path = place / "site" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return took


def _is_right(query: Query, found: list[str]) -> bool:
    """Say whether a query is answered; what is the same in several copies of the seed is one result."""
    once = list(dict.fromkeys(re.sub(r"copy-\d+", SEED, address) for address in found))
    return query.rank(once[:3], to_the_row=False) is not None if query.right else not found


def _widest(sizes: list[int]) -> str:
    return f"{_kb(statistics.median(sizes))} / {_kb(max(sizes))}"


if __name__ == "__main__":
    raise SystemExit(main())
