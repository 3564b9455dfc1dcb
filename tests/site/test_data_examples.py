"""The examples of the data page, run as they stand against the built site."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from generator.index.build import read_index
from generator.problems import Location
from generator.publish.render import render_document
from generator.views.documents import site_facts
from tests.conftest import PATIENCE, SEED

if TYPE_CHECKING:
    from tests.conftest import OpenTab, Serve

ROOT = Path(__file__).resolve().parents[2]
ADDRESS = "https://example.org/plan/"


def _examples(language: str) -> list[str]:
    written = (ROOT / "docs" / "data.md").read_text("utf-8")
    text = render_document(written, site_facts(read_index(SEED)), Location("docs/data.md"))
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)


def test_the_python_examples_run(site: Path, serve: Serve) -> None:
    """Each prints lines, with the site's own address put in as the page says."""
    examples = _examples("python")
    assert len(examples) == 2
    first, second = (
        subprocess.run(
            [sys.executable, "-X", "utf8", "-c", example.replace(ADDRESS, serve(site))],
            capture_output=True,
            encoding="utf-8",
            timeout=PATIENCE,
            check=True,
        ).stdout.splitlines()
        for example in examples
    )
    assert len(first) == 20
    assert any("99.9%" in line and "/targets/#task-11-" in line for line in first)
    assert second[0] == "任务1 加快构建“4×3”现代产业体系（原文第22行）"
    assert len(second) == 10


def test_the_browser_example_runs(site: Path, serve: Serve, open_tab: OpenTab) -> None:
    """It prints each dated duty to the console."""
    (example,) = _examples("js")
    address = serve(site)
    tab = open_tab(f"{address}data/")
    printed: list[str] = []
    tab.page.on("console", lambda message: printed.append(message.text))
    tab.page.evaluate(f"async () => {{ {example.replace(ADDRESS, address)} }}")
    assert printed == [
        "报有关工作情况及问题清单 3、6、9、12月 20日前",
        "报“一把手”走流程工作开展情况 6、9、12月 19日前",
    ]
