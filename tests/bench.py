"""The side-by-side speed table: this project against stock MkDocs + Material + jieba.

Both build the same text, at 1 plan and at 10 (copies of the seed under other ids), in
turn, whole processes. Stock gets our pages as Markdown: the same headings, paragraphs,
lists and tables, with its automatic navigation and its Chinese search.

    python tests/bench.py [--runs N] [--plans 1,10]
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from bench_sites import ROOT, write_project, write_stock


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
    write_project(ours, plans)
    pages = write_stock(stock, ours)
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
