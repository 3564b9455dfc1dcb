"""What Lighthouse gives the site on a phone, from 0 to 100: `make lighthouse`, after `make site`.

The site is served compressed, as GitHub Pages does. Lighthouse comes from npm into
.cache/lighthouse, at the version below; it needs Node.js and Chromium, and is no part of
`make test`. One run differs from the next by what else the machine does, so each score is
the median of several, as Lighthouse's own manual advises. Names of pages as arguments measure
these alone; every score below 100 is followed by the audits that cost it.
"""

from __future__ import annotations

import functools
import gzip
import json
import os
import shutil
import subprocess
import sys
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
CACHE = ROOT / ".cache" / "lighthouse"
PACKAGE = "lighthouse@13.5.0"
FLAGS = "--headless --no-sandbox --disable-gpu --disable-quic --disable-background-networking"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
PAGES = {
    "start": "",
    "task": "plans/xishan-2022-2024/tasks/11/",
    "unit": "units/development-reform/",
    "targets": "plans/xishan-2022-2024/targets/",
}
"""What it is called in the table → its address."""
RUNS = 5
COMPRESSED = (".html", ".css", ".js", ".json", ".svg", ".txt", ".xml")


class _Handler(SimpleHTTPRequestHandler):
    """Serves files compressed, and to be kept for ten minutes, as GitHub Pages does."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file() or path.suffix not in COMPRESSED:
            super().do_GET()
            return
        body = gzip.compress(path.read_bytes())
        self.send_response(200)
        kind = self.guess_type(path)
        is_text = kind.startswith("text/") or kind.endswith(("javascript", "json", "xml"))
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if is_text else kind)
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=600")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002
        """Say nothing beside the scores."""


def _install() -> Path:
    """Return Lighthouse's command, fetched if it is not there at this version."""
    command = CACHE / "node_modules" / "lighthouse" / "cli" / "index.js"
    stamp = CACHE / PACKAGE
    if not stamp.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        # Without a package.json of its own, npm would look for one further up.
        (CACHE / "package.json").write_text('{"private": true}\n', "utf-8")
        options = ["--no-package-lock", "--no-audit", "--no-fund", "--loglevel=error"]
        subprocess.run(["npm", "install", *options, PACKAGE], cwd=CACHE, check=True)
        stamp.touch()
    return command


def _measure(command: Path, chromium: str, address: str) -> dict[str, Any]:
    """Return Lighthouse's report of one page, measured as on a middling phone."""
    options = [f"--chrome-flags={FLAGS}", "--output=json", "--quiet", f"--only-categories={','.join(CATEGORIES)}"]
    done = subprocess.run(
        ["node", str(command), address, *options],
        env={**os.environ, "CHROME_PATH": chromium},
        capture_output=True,
        encoding="utf-8",
        timeout=180,
        check=False,
    )
    if done.returncode:
        sys.exit(done.stderr)
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def _costs(report: dict[str, Any]) -> list[str]:
    """Name what keeps a page from 100, with what Lighthouse shows as evidence."""
    found = []
    for category in CATEGORIES:
        for reference in report["categories"][category]["auditRefs"]:
            audit = report["audits"][reference["id"]]
            if reference["weight"] and audit["score"] is not None and audit["score"] < 1:
                nodes = [item.get("node", {}).get("selector", "") for item in audit.get("details", {}).get("items", [])]
                shown = "; ".join(filter(None, nodes[:3]))
                found.append(f"    {category}: {audit['id']} {audit['score']} {audit.get('displayValue', '')} {shown}")
    return found


def _speed(report: dict[str, Any]) -> float:
    score: float = report["categories"]["performance"]["score"]
    return score


def main(names: list[str]) -> int:
    """Print the scores of each page; return 1 if one is below 100."""
    site = ROOT / "site"
    chromium = next(filter(None, map(shutil.which, (os.environ.get("CHROMIUM", ""), "chromium", "google-chrome"))), "")
    if not (site / "index.html").exists() or not chromium or not shutil.which("npm"):
        sys.exit("make site first; Node.js with npm and Chromium are needed")
    command = _install()
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Handler, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    below = False
    for name in names or PAGES:
        address = f"http://127.0.0.1:{server.server_port}/{PAGES[name]}"
        reports = sorted((_measure(command, chromium, address) for _ in range(RUNS)), key=_speed)
        report = reports[RUNS // 2]
        scores = [round(report["categories"][category]["score"] * 100) for category in CATEGORIES]
        below |= min(scores) < 100
        speeds = ", ".join(f"{_speed(one) * 100:.0f}" for one in reports)
        sys.stdout.write(f"{name:10}{'/'.join(map(str, scores)):18}{', '.join(CATEGORIES)}; performance {speeds}\n")
        sys.stdout.write("".join(f"{line}\n" for line in _costs(report)))
        sys.stdout.flush()
    server.shutdown()
    return int(below)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
