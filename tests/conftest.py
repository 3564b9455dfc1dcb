"""What tests share: a sound little plan_data, files laid over it, the command run apart, the built site, a browser."""

from __future__ import annotations

import fcntl
import functools
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from datetime import datetime
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import sync_playwright

from generator.data.load import read_data
from generator.export.sheets import sheet_files
from generator.index.build import read_index
from generator.rules import check

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response

    Lay = Callable[[Path], Path]
    ProblemLines = Callable[[Path], list[str]]
    Plansite = Callable[..., subprocess.CompletedProcess[str]]
    MkDocs = Callable[..., subprocess.CompletedProcess[str]]
    BuildOnce = Callable[..., Path]
    Serve = Callable[..., str]
    OpenTab = Callable[..., "Tab"]

# A shell that starts the tests behind it (`make test &`) has them ignore Ctrl-C, and so would all that they start.
signal.signal(signal.SIGINT, signal.default_int_handler)

ROOT = Path(__file__).resolve().parents[1]
BASE = ROOT / "tests" / "rules" / "base"
SEED = ROOT / "tests" / "seed" / "plan_data"
"""The plan of Xishan as it was when the tests were written: a large plan that no edit of the data changes."""
PROJECT = {"mkdocs.yml": ROOT, "docs": ROOT, "overrides": ROOT, "plan_data": SEED.parent}
"""What a site is built from, and where it lies; the package is taken from this checkout."""

PATIENCE = 120
"""Seconds that a browser or a command may take: enough for a slow and busy machine; it only ends what hangs."""

_SET_CLOCK = """
(() => {
  const Real = Date;
  const ahead = %d - Real.now();
  globalThis.Date = class extends Real {
    constructor(...parts) { super(...(parts.length ? parts : [Real.now() + ahead])); }
    static now() { return Real.now() + ahead; }
  };
})();
"""
"""Sets the clock of a page and lets it go on. Playwright's own replaces timers as well, and stops the time by which
Material's script counts how long it has waited: that fails ("executing a cancelled action"), sooner the busier
the machine."""
NO_OVERRIDE = (
    ["setpriv", "--bounding-set", "-dac_override,-dac_read_search"]
    if sys.platform != "win32" and not os.getuid()
    else []
)
"""Before a command: protected files are protected from it even where the tests run as root."""


STARTED = {"browser", "mkdocs", "forked", "sheets"}
"""Fixtures that start something, or write all sheets of the large plan."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark as slow what needs such a fixture; a file of which all is slow says so itself (`pytestmark`)."""
    for item in items:
        if isinstance(item, pytest.Function) and STARTED.intersection(item.fixturenames):
            item.add_marker(pytest.mark.slow)


@pytest.fixture
def plan_data(tmp_path: Path) -> Path:
    """Return a fresh copy of the sound base, at tmp_path/plan_data."""
    return Path(shutil.copytree(BASE, tmp_path / "plan_data"))


@pytest.fixture
def lay(plan_data: Path) -> Lay:
    """Return a function that lays one folder's files over the base."""

    def _lay(overlay: Path) -> Path:
        for file in sorted(overlay.rglob("*")):
            if file.is_file() and file.name not in {"expected.txt", "DELETE"}:
                target = plan_data / file.relative_to(overlay)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, target)
        deleted = overlay / "DELETE"
        for name in deleted.read_text("utf-8").splitlines() if deleted.exists() else ():
            path = plan_data / name
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        return plan_data

    return _lay


@pytest.fixture(scope="session")
def sheets() -> dict[str, bytes]:
    """Return every sheet of the real plan by address."""
    return dict(sheet_files(read_index(SEED, "plan_data")))


@pytest.fixture
def problem_lines() -> ProblemLines:
    """Return a function that gives every problem of a folder, sorted, as it is printed."""

    def _problem_lines(root: Path) -> list[str]:
        data, problems = read_data(root, "plan_data")
        return [str(problem) for problem in sorted({*problems, *check(data)})]

    return _problem_lines


@pytest.fixture(scope="session")
def forked() -> Iterator[subprocess.Popen[str]]:
    """Return the process whose children run the command."""
    command = [sys.executable, str(ROOT / "tests" / "forked.py")]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, env=environment, encoding="utf-8", **pipes) as process:  # type: ignore[call-overload]
        yield process


@pytest.fixture
def plansite(forked: subprocess.Popen[str], tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Plansite:
    """Return a function that runs the command in tmp_path, held to 1 GB and a time limit."""
    said = tmp_path_factory.mktemp("said")

    def _plansite(*arguments: str, timeout: int = PATIENCE) -> subprocess.CompletedProcess[str]:
        streams = {name: said / name for name in ("stdout", "stderr")}
        for file in streams.values():
            file.write_bytes(b"")
        order = {"folder": str(tmp_path), "arguments": arguments, "seconds": timeout}
        assert forked.stdin
        assert forked.stdout
        print(json.dumps(order | {name: str(file) for name, file in streams.items()}), file=forked.stdin, flush=True)
        status = int(forked.stdout.readline())
        assert status != -signal.SIGALRM, f"{arguments} took longer than {timeout} s"
        return subprocess.CompletedProcess(
            arguments, status, *(file.read_bytes().decode("utf-8") for file in streams.values())
        )

    return _plansite


def mkdocs_environment(**changes: str) -> dict[str, str]:
    """Return the environment for MkDocs: nothing of the machine's that changes what is built."""
    apart = {"SITE_URL", "REPO_URL", "EDIT_URI", "PYTHONPATH"}
    own = {name: value for name, value in os.environ.items() if name not in apart}
    return own | {"NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"} | changes


@pytest.fixture(scope="session")
def mkdocs() -> MkDocs:
    """Return a function that runs MkDocs in a folder, with additions to its environment."""

    def _mkdocs(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "mkdocs", *arguments],
            cwd=folder,
            env=mkdocs_environment(**environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=5 * PATIENCE,
            check=False,
        )

    return _mkdocs


def copy_project(folder: Path) -> Path:
    """Copy what a site is built from into a folder, and return it."""
    for name, place in PROJECT.items():
        source = place / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / name)
    use_own_templates(folder)
    return folder


def use_own_templates(folder: Path) -> None:
    """Let a copied project take its templates from its own overrides/, so that they can be broken in a test."""
    settings = (folder / "mkdocs.yml").read_text("utf-8")
    changed = settings.replace("  name: plansite\n", "  name: plansite\n  custom_dir: overrides\n", 1)
    assert changed != settings
    (folder / "mkdocs.yml").write_text(changed, "utf-8")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a copy of what the site is built from, to be edited and broken."""
    folder = tmp_path / "project"
    folder.mkdir()
    return copy_project(folder)


@pytest.fixture(scope="session")
def seed_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the project with the tests' large plan, which no test changes."""
    folder = tmp_path_factory.mktemp("seed") / "project"
    folder.mkdir()
    for name, place in PROJECT.items():
        (folder / name).symlink_to(place / name)
    return folder


@pytest.fixture(scope="session")
def build_once(mkdocs: MkDocs, seed_project: Path, tmp_path_factory: pytest.TempPathFactory) -> BuildOnce:
    """Return a function that builds the large plan's site in a folder that all workers share, by whoever is first."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent

    def _build_once(name: str, **environment: str) -> Path:
        site = folder / name / "site"
        site.parent.mkdir(exist_ok=True)
        with (site.parent / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not site.exists():
                built = mkdocs(seed_project, "build", "--strict", "--site-dir", str(site), **environment)
                assert built.returncode == 0, built.stdout
        return site

    return _build_once


@pytest.fixture(scope="session")
def site(build_once: BuildOnce) -> Path:
    """Return the site of the large plan, built as `make site` does."""
    return build_once("root")


@pytest.fixture(scope="session")
def subpath_site(build_once: BuildOnce) -> Path:
    """Return the site built for the address of a project's GitHub Pages: below /repo/."""
    return build_once("subpath", SITE_URL="http://127.0.0.1/repo/")


class _Handler(SimpleHTTPRequestHandler):
    """Serves a folder below a prefix as GitHub Pages does: what is missing is answered by 404.html."""

    def __init__(self, *arguments: object, prefix: str, directory: str) -> None:
        self._prefix = prefix
        super().__init__(*arguments, directory=directory)  # type: ignore[arg-type]

    def translate_path(self, path: str) -> str:
        inside = path.removeprefix(self._prefix) if path.startswith(self._prefix) else "outside of the prefix"
        return super().translate_path(f"/{inside}")

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory) / "404.html"
        if code != 404 or not page.exists():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002
        """Say nothing: pytest shows what went wrong."""


class _Server(ThreadingHTTPServer):
    """Does not mind a browser that leaves before the answer is whole."""

    def handle_error(self, request: object, client_address: object) -> None:
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def serve() -> Iterator[Serve]:
    """Return a function that serves a folder below a prefix and gives its address."""
    servers: list[_Server] = []

    @functools.cache
    def _serve(folder: Path, prefix: str = "/") -> str:
        handler = functools.partial(_Handler, prefix=prefix, directory=str(folder))
        server = _Server(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}{prefix}"

    yield _serve
    for server in servers:
        server.shutdown()
        server.server_close()


def _browser_path() -> str | None:
    """Return the installed browser, found as tests/setup_tools.sh does; None means Playwright's own."""
    # Without windows a new tab takes a fifth of the time.
    names = (os.environ.get("CHROMIUM"), "chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    return next((path for name in names if name and (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return Chromium, which may reach nothing but this machine."""
    flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
    # Not by routes: each request would wait for Python, and nothing be cached.
    flags += ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_browser_path(), args=flags)
        yield browser
        browser.close()


@dataclass
class Tab:
    """A page in a browser, and what went wrong in it."""

    page: Page
    host: str
    """The only host, with its port, that it may ask."""
    faults: list[str] = field(default_factory=list)
    """Failed requests, requests to other hosts, errors of scripts and of the console."""

    def watch(self) -> None:
        """Note everything that goes wrong from now on."""
        self.page.on("request", self._on_request)
        self.page.on("console", self._on_console)
        self.page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        self.page.on("requestfailed", self._on_failure)
        self.page.on("response", self._on_response)

    def _on_request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.netloc != self.host and address.scheme not in {"data", "blob"}:
            self.faults.append(f"another host: {request.url}")

    def _on_console(self, message: ConsoleMessage) -> None:
        # A browser reports a missing address by itself, also where it is the page that was asked for.
        missing = message.text.startswith("Failed to load resource") and message.location["url"] == self.page.url
        if message.type in {"error", "warning"} and not missing:
            self.faults.append(f"console: {message.text}")

    def _on_failure(self, request: Request) -> None:
        # What is still loading when one leaves a page is no fault of the page.
        if request.failure != "net::ERR_ABORTED":
            self.faults.append(f"failed: {request.url}: {request.failure}")

    def _on_response(self, response: Response) -> None:
        if response.status >= 400 and not response.request.is_navigation_request():
            self.faults.append(f"{response.status}: {response.url}")


@pytest.fixture
def open_tab(browser: Browser) -> Iterator[OpenTab]:
    """Return a function that opens an address in a new window; options are those of a browser context.

    `moment`, a time by ISO 8601 with its zone, is what the clock of each page says when it begins.
    """
    yield from opened_tabs(browser)


def opened_tabs(browser: Browser) -> Iterator[OpenTab]:
    """Yield that function, for a fixture of any scope, and close in the end what it opened."""
    contexts = []

    def _open_tab(address: str, moment: str | None = None, **options: object) -> Tab:
        context = browser.new_context(locale="zh-CN", **options)  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE * 1000)
        if moment:
            context.add_init_script(_SET_CLOCK % (datetime.fromisoformat(moment).timestamp() * 1000))
        contexts.append(context)
        tab = Tab(context.new_page(), urlsplit(address).netloc)
        tab.watch()
        tab.page.goto(address, wait_until="load")
        return tab

    yield _open_tab
    for context in contexts:
        context.close()
