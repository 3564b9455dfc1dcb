"""The MkDocs plugin `plansite`: wiring only, and the only module that imports mkdocs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import escape
from mkdocs.config import base
from mkdocs.config import config_options as c
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import get_toc

from generator.export.api import api_files
from generator.index import read_index
from generator.pages import site_map
from generator.problems import PlanError
from generator.render import TEMPLATES, Page, render_pages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.files import Files


class PlansiteConfig(base.Config):
    """Settings of the plugin in mkdocs.yml."""

    plan_data = c.Type(str, default="plan_data")
    """The data folder, relative to mkdocs.yml."""


class PlanPage(MkDocsPage):
    """A page whose content is HTML already, so that Markdown never touches official text."""

    def __init__(self, page: Page, file: File, config: MkDocsConfig, nav_title: str | None) -> None:
        # The theme prints these without escaping them.
        super().__init__(escape(nav_title or page.title), file, config)
        self._page = page

    def read_source(self, config: MkDocsConfig) -> None:
        """Take the page's properties in place of front matter."""
        self.markdown = ""
        self.meta = {
            "title": escape(self._page.title),
            "description": escape(self._page.description),
            "official_text": self._page.official_text,
        }

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Take the content as it is."""
        self.content = self._page.html
        self.toc = get_toc(
            [{"level": 2, "id": anchor, "name": escape(text), "children": []} for anchor, text in self._page.headings]
        )
        self.present_anchor_ids = set(self._page.anchors)


class PlansitePlugin(BasePlugin[PlansiteConfig]):
    """Adds the generated pages and the published data to the site."""

    def __init__(self) -> None:
        self._pages: list[Page] = []
        self._data: list[tuple[str, bytes]] = []
        self._issued_on = ""

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Keep one instance over all rebuilds of a live preview."""

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Read, check and render everything before MkDocs cleans the last good site."""
        root = Path(config.config_file_path).parent
        try:
            index = read_index(root / self.config.plan_data, self.config.plan_data)
            self._pages = list(render_pages(site_map(index), _templates(config)))
        except PlanError as error:
            raise PluginError(f"有 {len(error.problems)} 个问题，网站没有更新：\n{error}") from None
        except OSError as error:
            raise PluginError(f"读不到方案数据 {error.filename}：{error.strerror}") from None
        self._data = list(api_files(index, config.site_url or ""))
        self._issued_on = index.plans[0].issued_on
        # For pages that no plan made: those in docs/ and the one for missing addresses.
        config.extra["official_text"] = self._pages[0].official_text

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the pages and the data."""
        nav_titles = dict(_nav_titles(config.nav or []))
        for page in self._pages:
            file = File.generated(config, page.source, content=page.html)
            file.page = PlanPage(page, file, config, nav_titles.get(page.source))
            files.append(file)
        for name, content in self._data:
            files.append(File.generated(config, name, content=content))
        return files

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> None:
        """Date every page by the plan, not by the clock, so that the same data gives the same bytes."""
        for file in files.documentation_pages():
            if file.page:
                file.page.update_date = self._issued_on

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, **_: Any) -> LiveReloadServer:
        """Rebuild when data or templates change."""
        for folder in (Path(config.config_file_path).parent / self.config.plan_data, _templates(config)):
            server.watch(str(folder))
        return server


def _templates(config: MkDocsConfig) -> Path:
    """Return the folder that mkdocs.yml gives for templates, or the project's own."""
    return Path(config.theme.custom_dir) if config.theme.custom_dir else TEMPLATES


def _nav_titles(nav: list[Any]) -> Iterator[tuple[str, str]]:
    """Yield (file, title) of each entry that mkdocs.yml puts into the navigation."""
    for entry in nav:
        for title, target in entry.items() if isinstance(entry, dict) else ():
            if isinstance(target, str):
                yield target, title
            else:
                yield from _nav_titles(target)
