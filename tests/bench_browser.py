"""Chromium, and what the search benchmark sees in it: what is fetched, what is found, how long it takes."""

from __future__ import annotations

import functools
import gzip
import os
import shutil
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urlsplit, urlunsplit

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page, Worker

SPY = """
(() => {
  // Each question to a worker, and when its answers came: both searches' messages, in one form.
  const asked = globalThis.benchAsked = [];
  const Plain = globalThis.Worker;
  globalThis.Worker = class extends Plain {
    constructor(...options) {
      super(...options);
      this.addEventListener("message", ({ data }) => {
        const now = performance.now();
        if (data.type === 1) globalThis.benchReady = true;
        if (data.type !== 3 && data.isWhole === undefined && !data.failed) return;
        const one = asked.find(({ id, whole }) => id === data.id && !whole);
        if (!one) return;
        one.first ??= now - one.at;
        if (data.isWhole !== false) one.whole = now - one.at;
      });
    }
    postMessage(data, ...rest) {
      if (data.type === 2 || data.query !== undefined) asked.push({ id: data.id, at: performance.now() });
      super.postMessage(data, ...rest);
    }
  };
})();
"""
SPY_IN_WORKER = """
async () => {
  // How long the engine itself takes, and which parts are fetched after the first answer.
  globalThis.benchEngine = [];
  globalThis.benchLate = [];
  while (!globalThis.plansiteSearch?.Engine) await new Promise((done) => setTimeout(done, 10));
  const { prototype } = globalThis.plansiteSearch.Engine;
  const { search } = prototype;
  prototype.search = function (...rest) {
    const start = performance.now();
    const answer = search.apply(this, rest);
    benchEngine.push(performance.now() - start);
    return answer;
  };
  const send = globalThis.postMessage.bind(globalThis);
  const fetchScripts = globalThis.importScripts.bind(globalThis);
  let answered = false;
  globalThis.postMessage = (reply) => { answered = true; send(reply); };
  globalThis.importScripts = (address) => { if (answered) benchLate.push(address); fetchScripts(address); };
}
"""
WAIT_FOR_ANSWER = "count => benchAsked.length > count && benchAsked.at(-1).whole !== undefined"
SHOWN = """
selector => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => {
  done(Array.from(document.querySelectorAll(selector), (link) => link.href));
})))
"""


@dataclass(frozen=True)
class Engine:
    """One of the searches that are compared."""

    name: str
    input: str
    """The selector of the search box."""
    links: str
    """The selector of one link for each result, in the order of the page."""
    fetched: tuple[str, ...]
    """What stands in the address of everything that is fetched for searching alone."""


MATERIAL_BOX = ".md-search__input"
MATERIAL_LINKS = ".md-search-result__item > .md-search-result__link:first-child"
"""A result is a page; the sections of it that are listed under it take no place."""
MATERIAL_FILES = ("/workers/search", "/javascripts/lunr/", "/search/search_index")
OURS = Engine("this project", "[data-search-box] input", "[data-search-box] a.ps-hit", ("/assets/search/",))
PLAIN = Engine("Material", MATERIAL_BOX, MATERIAL_LINKS, MATERIAL_FILES)
JIEBA = Engine("Material + jieba", MATERIAL_BOX, MATERIAL_LINKS, MATERIAL_FILES)


@dataclass
class Run:
    """What was measured of one search; times in milliseconds, sizes in bytes after gzip."""

    found: dict[str, list[str]] = field(default_factory=dict)
    """By query, the addresses of the results, relative to the root, as they stand on the page."""
    first: list[float] = field(default_factory=list)
    """From the question to the worker to its first answer, each query."""
    whole: list[float] = field(default_factory=list)
    """The same to its last answer."""
    engine: list[float] = field(default_factory=list)
    """The part of it that the engine computes; only where the worker is ours."""
    unasked: int = 0
    """Fetched by a reader who does not search."""
    to_first: int = 0
    """Fetched to the first result."""
    in_all: int = 0


class Site:
    """A folder on this machine's network, which notes what is asked of it."""

    def __init__(self, folder: Path) -> None:
        self.asked: list[str] = []
        self._folder = folder
        site = self

        class Handler(SimpleHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append(urlsplit(self.path).path)
                super().do_GET()

            def end_headers(self) -> None:
                self.send_header("Cache-Control", "no-store")
                super().end_headers()

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(folder)))
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        self.address = f"http://127.0.0.1:{self._server.server_port}/"

    def size(self, paths: Iterable[str]) -> int:
        """Return what these files weigh, each once, after gzip."""
        return sum(_gzipped(self._folder / path.strip("/")) for path in set(paths))

    def close(self) -> None:
        """Stop serving."""
        self._server.shutdown()
        self._server.server_close()


@functools.cache
def _gzipped(file: Path) -> int:
    return len(gzip.compress(file.read_bytes(), 6)) if file.is_file() else 0


@contextmanager
def open_browser() -> Iterator[Browser]:
    """Start Chromium: the one that tests/setup_tools.sh finds, or Playwright's own."""
    names = (os.environ.get("CHROMIUM"), "chromium", "chromium-browser", "google-chrome")
    path = next((path for name in names if name and (path := shutil.which(name))), None)
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=flags)
        yield browser
        browser.close()


@contextmanager
def serve(folder: Path) -> Iterator[Site]:
    """Serve a folder while it is needed."""
    site = Site(folder)
    yield site
    site.close()


def run(browser: Browser, engine: Engine, folder: Path, queries: list[str]) -> Run:
    """Enter each query into the search box of a built site."""
    done = Run()
    with serve(folder) as site:
        context = browser.new_context(locale="zh-CN", viewport={"width": 1280, "height": 900})
        page = context.new_page()
        page.add_init_script(SPY)
        page.goto(site.address, wait_until="load")
        page.wait_for_timeout(1000)
        done.unasked = site.size(_of(engine, site))
        worker = _turn_to_search(page, engine)
        for query in queries:
            shown = _enter(page, engine, query)
            done.found[query] = [_relative(address, site) for address in shown]
            if len(done.found) == 1:
                late = worker.evaluate("benchLate") if worker else []
                done.to_first = site.size(path for path in _of(engine, site) if not path.endswith(tuple(late)))
        done.in_all = site.size(_of(engine, site))
        answers = page.evaluate("benchAsked")[-len(queries) :]
        done.first = [answer["first"] for answer in answers]
        done.whole = [answer["whole"] for answer in answers]
        done.engine = worker.evaluate("benchEngine") if worker else []
        context.close()
    return done


def _turn_to_search(page: Page, engine: Engine) -> Worker | None:
    """Focus the box as a click does; returns our worker, once it can be spied on."""
    if engine is OURS:
        with page.expect_worker() as started:
            page.locator(engine.input).click()
        worker = started.value
        worker.evaluate(SPY_IN_WORKER)
        return worker
    page.locator(engine.input).click()
    page.wait_for_function("globalThis.benchReady")
    page.wait_for_timeout(500)
    return None


def _enter(page: Page, engine: Engine, query: str) -> list[str]:
    """Enter a query as an input method does: the whole text, and a key let go after it, for which Material waits."""
    count = page.evaluate("benchAsked.length")
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(query)
    page.keyboard.press("Shift")
    page.wait_for_function(WAIT_FOR_ANSWER, arg=count)
    return page.evaluate(SHOWN, engine.links)


def _of(engine: Engine, site: Site) -> list[str]:
    return [path for path in site.asked if any(part in path for part in engine.fetched)]


def _relative(address: str, site: Site) -> str:
    """Return a result's address without the words to mark."""
    bare, anchor = urldefrag(address)
    plain = urlunsplit(urlsplit(bare)._replace(query="")).removeprefix(site.address)
    return f"{plain}#{anchor}" if anchor else plain


@dataclass
class Scaled:
    """What was measured of an index of several plans, each query by a worker of its own, that knows nothing yet."""

    found: dict[str, list[str]] = field(default_factory=dict)
    """By query, the addresses of the results."""
    sizes: list[int] = field(default_factory=list)
    """What a query fetches, the engine with it."""
    to_first: list[int] = field(default_factory=list)
    """What it fetches to its first answer."""
    cold: list[float] = field(default_factory=list)
    """Milliseconds from the start of the worker to the last answer."""
    warm: list[float] = field(default_factory=list)
    """Milliseconds when the same worker is asked again."""
    in_all: int = 0
    """The whole index, however little of it is fetched."""


TELLING_WORKER = """
// The worker, with the scripts that it has fetched so far told in each answer.
const fetched = [];
const fetchScripts = globalThis.importScripts.bind(globalThis);
const send = globalThis.postMessage.bind(globalThis);
globalThis.importScripts = (...names) => { fetched.push(...names); fetchScripts(...names); };
globalThis.postMessage = (reply) => send({ ...reply, fetched: [...fetched] });
globalThis.importScripts("worker.js");
"""
ASK_TWICE = """
async (query) => {
  let first = null;
  let all = [];
  const ask = (worker, id) => new Promise((done, fail) => {
    const start = performance.now();
    worker.onerror = fail;
    worker.onmessage = ({ data }) => {
      if (data.failed) fail(new Error(query));
      first ??= data.fetched;
      all = data.fetched;
      if (data.isWhole) done([performance.now() - start, data.answer.results.map(({ url }) => url)]);
    };
    worker.postMessage({ id, query, limit: 60, further: 0 });
  });
  const start = performance.now();
  const worker = new Worker("assets/search/telling.js");
  await ask(worker, 1);
  const cold = performance.now() - start;
  const [warm, found] = await ask(worker, 2);
  worker.terminate();
  return { cold, warm, found, first, all };
}
"""


def scaled(browser: Browser, folder: Path, scripts: Path, queries: list[str]) -> Scaled:
    """Ask the workers of an index, which lies in a folder without its site."""
    done = Scaled()
    own = folder / "assets" / "search"
    for script in scripts.glob("*.js"):
        shutil.copy(script, own)
    (own / "telling.js").write_text(TELLING_WORKER, "utf-8")
    (folder / "index.html").write_text("<!doctype html>", "utf-8")
    done.in_all = sum(_gzipped(path) for path in (own / "index").rglob("*.js"))
    with serve(folder) as site:
        page = browser.new_page()
        page.goto(site.address, wait_until="load")
        for query in queries:
            answer = page.evaluate(ASK_TWICE, query)
            done.found[query] = answer["found"]
            done.cold.append(answer["cold"])
            done.warm.append(answer["warm"])
            done.sizes.append(sum(_gzipped(own / name) for name in answer["all"]))
            done.to_first.append(sum(_gzipped(own / name) for name in answer["first"]))
        page.close()
    return done
