"""The MkDocs plugin `plansite`: wiring only, and the only module that imports mkdocs."""

from __future__ import annotations

import logging
import sys
from contextlib import suppress
from dataclasses import replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

from jinja2 import TemplateError
from markupsafe import escape
from mkdocs.config import base
from mkdocs.config import config_options as c
from mkdocs.exceptions import Abort, ConfigurationError, PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import get_toc
from mkdocs.utils import CountHandler, is_error_template, write_file

from .data.files import read_faults
from .export.api import api_files
from .export.sheets import sheet_files
from .index.build import read_index
from .index.events import edition_warnings
from .pages import navigation, site_map
from .problems import UNREADABLE, Location, PlanError
from .publish.assets import (
    SCRIPT,
    SCRIPT_SOURCES,
    STYLE_SOURCES,
    STYLES,
    THEME_STYLES,
    joined_scripts,
    joined_styles,
    small_script,
)
from .publish.beside import Beside
from .publish.compiled import bytecode_cache
from .publish.faults import fault_text
from .publish.frame import Document, Repository, frame
from .publish.lock import BusyError
from .publish.render import TEMPLATES, Page, render_document, render_pages, template_fault
from .publish.swap import Swap
from .search.parts import HandWritten, search_files, sections
from .views.documents import document_data, site_facts, ways_back

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from jinja2 import BytecodeCache, Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.utils.templates import TemplateContext


_LOG: Final = logging.getLogger("mkdocs.plugins.plansite")
_BUSY: Final = "另一个构建{}一直没有结束，网站没有更新：请先结束它，再运行一次"
_HEADING_LINKS: Final = {"permalink": "#", "permalink_title": "本节链接"}
_FEWEST_CONTENTS: Final = 3
"""A table of contents with fewer entries would only take room from the page."""


class _Stopped(PluginError):  # noqa: N818 - what is wrong has been said
    """The build has ended, and says so in its own words."""

    def show(self, file: IO[Any] | None = None) -> None:
        """Write what MkDocs would begin in English."""
        _say(f"plansite: {self.format_message()}", file)


class _Refused(_Stopped):
    """The system refused something: no fault of the data."""

    exit_code = 2


class PlansiteConfig(base.Config):
    """Settings of the plugin in mkdocs.yml."""

    plan_data = c.Type(str, default="plan_data")
    """The data folder, relative to mkdocs.yml."""


class PlanPage(MkDocsPage):
    """A page whose content is HTML already, so that Markdown never touches official text."""

    def __init__(self, page: Page, file: File, config: MkDocsConfig, nav_title: str | None) -> None:
        # The theme prints these without escaping them.
        super().__init__(escape(nav_title or page.title), file, config)
        self.made = page

    def read_source(self, config: MkDocsConfig) -> None:
        """Take the page's properties in place of front matter."""
        self.markdown = ""
        self.meta = {
            "title": escape(self.made.title),
            "description": escape(self.made.description),
            "official_text": self.made.official_text,
            "plan": escape(self.made.plan),
            # What stands on the start page is its table of contents.
            "hide": ("toc",) if not self.made.address or len(self.made.headings) < _FEWEST_CONTENTS else (),
        }

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Take the content as it is."""
        self.content = self.made.html
        self.toc = get_toc(
            [{"level": 2, "id": anchor, "name": escape(text), "children": []} for anchor, text in self.made.headings]
        )
        self.present_anchor_ids = set(self.made.anchors)


class PlansitePlugin(BasePlugin[PlansiteConfig]):
    """Adds the generated pages and the published data to the site."""

    def __init__(self) -> None:
        self._pages: list[Page] = []
        self._data: list[tuple[str, bytes]] = []
        self._issued_on = ""
        self._templates = TEMPLATES
        self._cache: BytecodeCache | None = None
        self._site = ""
        self._swap: Swap | None = None
        self._sheets: Beside[list[tuple[str, bytes]]] | None = None
        self._dirty = False
        self._repository: Repository | None = None
        self._styles: list[str] = []
        self._scripts: list[str] = []
        self._folders: tuple[str, ...] = ()

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Keep one instance over all rebuilds of a live preview."""
        self._dirty = dirty
        logging.getLogger("mkdocs.commands.build").addFilter(_is_news)

    def on_config(self, config: MkDocsConfig) -> None:
        """Build beside the site, so that a failed build leaves the last good one as it was."""
        if config.theme.custom_dir:
            self._templates = Path(config.theme.custom_dir)
        if not config.repo_url:
            # MkDocs would make an address of this alone, and warn of it.
            config.edit_uri = ""
        self._repository = Repository.of(config.repo_url, config.edit_uri, Path(config.docs_dir).name)
        self._styles = [*STYLE_SOURCES, *(str(name) for name in config.extra_css)]
        config.extra_css = [STYLES]
        self._scripts = [*SCRIPT_SOURCES, *(str(name) for name in config.extra_javascript)]
        config.extra_javascript = [SCRIPT]
        if "attr_list" not in config.markdown_extensions:
            config.markdown_extensions.append("attr_list")
        config.mdx_configs["toc"] = {**_HEADING_LINKS, **config.mdx_configs.get("toc", {})}
        self._cache = bytecode_cache(_root(config) / ".cache" / "plansite")
        self._site = config.site_dir
        # A dirty build is asked to write into what is there.
        if not self._dirty:
            self._swap = Swap(Path(config.site_dir))
            self._swap.begin(_say_who_builds)
            config.site_dir = str(self._swap.new)

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Add the search index; put the new site in the old one's place, unless warnings are about to end the build."""
        for name, content in search_files(self._index, self._written):
            write_file(content, str(Path(config.site_dir, name)))
        config.site_dir = self._site
        if self._swap is None or any(
            isinstance(h, CountHandler) and h.get_counts() for h in logging.getLogger("mkdocs").handlers
        ):
            self._abandon()
            return
        for left in self._swap.finish():
            # No warning, which would end a strict build: the new site is in.
            _LOG.info("新网站已就位，旧网站有文件删不掉：请手动删除 %s", left)

    def on_build_error(self, *, error: Exception) -> None:
        """Leave nothing half-built; say where a fault lies in the templates of the frame."""
        self._abandon()
        if isinstance(error, TemplateError):
            raise _stopped(PlanError([template_fault(error, self._templates)])) from None
        if isinstance(error, BusyError):
            raise _Refused(_BUSY.format(f"（进程 {error}）" if str(error) else "")) from None
        if isinstance(error, OSError):
            raise _Refused(f"{fault_text(error)}。网站没有更新") from None
        if isinstance(error, _Stopped):
            # MkDocs would end all with status 1.
            raise error

    def on_shutdown(self) -> None:
        """Leave nothing half-built where a build was interrupted."""
        self._abandon()

    def _abandon(self) -> None:
        if self._sheets is not None:
            self._sheets.end()
        if self._swap is not None:
            self._swap.abandon()

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Read, check and render everything before MkDocs cleans the last good site."""
        root = _root(config) / self.config.plan_data
        if not root.is_dir():
            raise _Stopped(f"没有数据目录 {self.config.plan_data}：请检查 mkdocs.yml 里 plansite 的 plan_data")
        own = {Path(config.docs_dir), self._templates}
        if faults := [fault for folder in own for fault in read_faults(folder, folder.name)]:
            raise _stopped(PlanError(faults))
        try:
            self._index = index = read_index(root, self.config.plan_data)
            for warning in (*index.data.warnings, *edition_warnings(index.plans)):
                sys.stderr.write(f"{warning}\n")
            self._written: list[HandWritten] = []
            site_url = config.site_url or ""
            self._sheets = Beside(lambda: list(sheet_files(index, site_url)))
            self._pages = list(render_pages(site_map(index), self._templates, self._cache))
            self._data = [*api_files(index, site_url), *self._sheets.result()]
        except PlanError as error:
            raise _stopped(error) from None
        self._issued_on = index.plans[0].dated
        # For pages that no plan made: those in docs/ and the one for missing addresses.
        config.extra["official_text"] = self._pages[0].official_text
        config.extra["has_several_plans"] = len(index.plans) > 1
        config.extra["ways_back"] = ways_back(index)

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the pages and the data; without a `nav` of its own, the site gets the usual one."""
        if config.nav is None:
            config.nav = navigation(self._index, [file.src_uri for file in files.documentation_pages()])
        nav_titles = dict(_nav_titles(config.nav or []))
        for page in self._pages:
            file = File.generated(config, page.source, content=page.html)
            file.page = PlanPage(page, file, config, nav_titles.get(page.source))
            files.append(file)
        for name, content in self._data:
            files.append(File.generated(config, name, content=content))
        styles = [*_theme_styles(files), *self._styles]
        files.append(File.generated(config, STYLES, content=joined_styles(_taken(files, styles, "extra_css"))))
        scripts = _taken(files, self._scripts, "extra_javascript")
        files.append(File.generated(config, SCRIPT, content=joined_scripts(scripts)))
        self._folders = tuple(sorted({file.url.partition("/")[0] for file in files if "/" in file.url.strip("./")}))
        for file in [file for file in files if _is_script(file, self._templates)]:
            files.remove(file)
            files.append(File.generated(config, file.src_uri, content=small_script(file.content_string)))
        return files

    def on_page_markdown(self, markdown: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        """Fill in what a hand-written page says of the plans."""
        if isinstance(page, PlanPage):
            return markdown
        above = page.file.content_string.count("\n") - markdown.count("\n")
        where = Location(f"{Path(config.docs_dir).name}/{page.file.src_uri}", above + 1)
        try:
            return render_document(markdown, site_facts(self._index), where)
        except PlanError as error:
            raise _stopped(error) from None

    def on_page_content(self, html: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> None:
        """Note what the hand-written pages say, for the search."""
        if not isinstance(page, PlanPage):
            self._written += sections(str(page.title), page.url, html)

    def on_page_context(
        self, context: TemplateContext, *, page: MkDocsPage, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Give the frame what it says around a page."""
        made = page.made if isinstance(page, PlanPage) else self._document(page, config)
        return {**context, "frame": frame(made, config.site_url or "", self._repository)}  # type: ignore[typeddict-unknown-key]

    def _document(self, page: MkDocsPage, config: MkDocsConfig) -> Document:
        source, title = page.file.src_uri, str(page.title)
        where = Location(f"{Path(config.docs_dir).name}/{source}")
        return Document(page.url, title, (where,), document_data(self._index, source, title))

    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """Give the page for missing addresses its frame, which is the same for all of them."""
        missing = Document("", "没有这一页")
        made = frame(missing, config.site_url or "", self._repository)
        if not config.site_url and is_error_template(template_name):
            # MkDocs takes it for the root of a server; the page itself finds out where it is.
            made = replace(made, folders=self._folders, styles=STYLES)
            context = {**context, "base_url": ".", "extra_css": [STYLES]}
        return {**context, "frame": made}  # type: ignore[typeddict-unknown-key]

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> None:
        """Date every page by the plan, not by the clock, so that the same data gives the same bytes."""
        env.bytecode_cache = self._cache
        for file in files.documentation_pages():
            if file.page:
                file.page.update_date = self._issued_on

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[[], None]
    ) -> LiveReloadServer:
        """Rebuild when data or templates change; a mistake leaves the pages as they were."""

        def rebuild() -> None:
            # Left to MkDocs, a failed build holds every page back until it is mended.
            try:
                builder()
            except Exception as error:  # noqa: BLE001 - whatever is wrong with the project, the preview goes on
                _LOG.warning("网页还是上一次的样子：%s。改好存盘后会自动更新", _reason(error))

        server.builder = rebuild
        for folder in (_root(config) / self.config.plan_data, self._templates):
            server.watch(str(folder))
        return server


def _root(config: MkDocsConfig) -> Path:
    """Return the project's folder; MkDocs forgets the path of its file where standard input is closed."""
    return Path(config.config_file_path or "").parent


def _theme_styles(files: Files) -> Iterator[str]:
    """Yield the paths of the theme's own style sheets."""
    for pattern in THEME_STYLES:
        found = [path for path in files.src_uris if fnmatchcase(path, pattern)]
        if len(found) != 1:
            raise PluginError(f"主题里应有一个 {pattern}，实有 {len(found)} 个：请核对 mkdocs-material 的版本")
        yield found[0]


def _taken(files: Files, names: list[str], setting: str) -> Iterator[str]:
    """Take the files that a setting names out of the site and yield their texts."""
    for name in names:
        file = files.get_file_from_path(name)
        if file is None:
            raise PluginError(f"没有文件 {name}：请检查 mkdocs.yml 里的 {setting}")
        files.remove(file)
        yield file.content_string


def _is_script(file: File, templates: Path) -> bool:
    """Say whether a file is a script of ours, not of the theme's."""
    path = file.abs_src_path
    return file.src_uri.endswith(".js") and path is not None and Path(path).is_relative_to(templates.resolve())


def _stopped(error: PlanError) -> PluginError:
    """Print the problems, since MkDocs would fold them to the width of the terminal, and return what to raise."""
    _say(str(error))
    kind = _Refused if any(problem.rule == UNREADABLE for problem in error.problems) else _Stopped
    return kind(f"有 {len(error.problems)} 个问题，网站没有更新")


def _say(text: str, stream: IO[Any] | None = None) -> None:
    """Write a line to standard error, if anybody listens."""
    stream = stream or sys.stderr
    if stream is not None:
        with suppress(OSError):
            stream.write(f"{text}\n")
            stream.flush()


def _is_news(_: logging.LogRecord) -> bool:
    """Say whether MkDocs reports what we don't: not where it blames a page for what is said more exactly."""
    return not isinstance(sys.exception(), OSError | UnicodeDecodeError | TemplateError)


def _reason(error: Exception) -> str:
    """Say why a preview could not be made anew."""
    if isinstance(error, OSError):
        return fault_text(error)
    if isinstance(error, ConfigurationError | Abort | UnicodeDecodeError):
        # MkDocs says in English what it is.
        return f"mkdocs.yml 或文档有错（{error}）"
    return str(error) if isinstance(error, PluginError) else f"{type(error).__name__}：{error}"


def _say_who_builds(process: str) -> None:
    """Say why nothing happens."""
    _LOG.info("另一个构建%s正在写这个网站，等它结束；不想等请按 Ctrl-C", f"（进程 {process}）" if process else "")


def _nav_titles(nav: list[Any]) -> Iterator[tuple[str, str]]:
    """Yield (file, title) of each entry that mkdocs.yml puts into the navigation."""
    for entry in nav:
        for title, target in entry.items() if isinstance(entry, dict) else ():
            if isinstance(target, str):
                yield target, title
            else:
                yield from _nav_titles(target)
