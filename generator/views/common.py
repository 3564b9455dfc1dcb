"""What pages of every kind share: links, heads, figures, short rows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from .. import addresses
from ..terms import PART_KINDS
from ..text.wording import date_text
from .linked_data import breadcrumbs
from .shape import has_page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from ..index.records import Owner, PlanIndex, SiteIndex
    from ..model import Mention, Part, Plan, Unit
    from ..problems import Location
    from .linked_data import LinkedData
    from .rows import Rows

_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True)
class Link:
    """A text and where it leads; an empty address means plain text."""

    text: str
    url: str = ""
    file: str = ""
    """The name under which a browser saves what is there; only of files to take away."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a data attribute and what a reader sees of it."""

    value: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """A part of the plan that a page belongs to."""

    link: Link
    is_current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What every page has."""

    title: str
    description: str
    crumbs: tuple[Link, ...]
    """From the start page down to the page above this one."""
    tabs: tuple[Tab, ...]
    """The parts of the plan that the page belongs to; empty outside a plan."""
    official_text: str
    """The address of the official text that the page rests on."""
    work: str
    """How the plan that the page rests on is cited; empty if there are several."""
    sources: tuple[Location, ...] = ()
    """The places in the data that the page shows, the first of each file."""
    linked_data: tuple[LinkedData, ...] = ()
    """What the page tells machines."""

    def describing(self, *things: LinkedData) -> Head:
        """Return this head with more to tell machines."""
        return replace(self, linked_data=(*things, *self.linked_data))


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """Where a plan was published, when it was read there, and which version of the data this is."""

    url: str
    """Empty where it is not known."""
    read_on: str
    """2026年11月28日; empty where it is not known."""
    edition: str
    """第1版（2026年11月28日）; empty where none is registered."""
    document_number: str

    @property
    def is_known(self) -> bool:
        """Whether any of it is known."""
        return any((self.url, self.edition, self.document_number))


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number at a glance."""

    label: str
    number: int
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """A name in a printed list, or several that are printed with nothing between them."""

    links: tuple[Link, ...]
    """Joined, they are what is shown of the printed words."""
    run_together: str
    """The printed words if they hold several names with nothing between, else empty."""
    printed: str = ""
    """The printed words if they hold blanks that the name has not, else empty."""
    meant: tuple[Link, ...] = ()
    """The units that the site reads the words as, where the words do not name them."""
    inferred: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbours:
    """The items before and after one; empty links at the ends."""

    previous: Link
    next: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskRow:
    """A task or safeguard in a list."""

    number: int | None
    title: str
    is_ours: bool
    """Whether the title is the site's."""
    url: str
    targets: int
    """How many."""


def mention_links(mentions: Iterable[Mention]) -> tuple[Link, ...]:
    """Return the printed names, each leading to its unit or leader where the registry knows it."""
    return tuple(Link(m.name, _address(m)) for m in mentions)


def _address(mention: Mention) -> str:
    if mention.unit:
        return addresses.unit(mention.unit)
    return addresses.leader(mention.leader) if mention.leader else ""


def printed_list(mentions: Iterable[Mention]) -> tuple[Names, ...]:
    """Return a printed list of names; what was run together, or read as other names, stays together."""
    places: dict[int, list[Mention]] = {}
    for mention in mentions:
        places.setdefault(mention.position, []).append(mention)
    return tuple(map(_names, places.values()))


def _names(found: list[Mention]) -> Names:
    printed, inferred = found[0].printed, found[0].reading == "inferred"
    if found[0].leader:
        apart = printed if printed != found[0].name else ""
        return Names(links=mention_links(found), run_together="", printed=apart, inferred=inferred)
    if not inferred:
        return Names(links=mention_links(found), run_together=printed if len(found) > 1 else "")
    if all(mention.name in printed for mention in found):
        return Names(links=tuple(_linked(printed, found)), run_together="", inferred=True)
    return Names(links=(Link(printed),), run_together="", meant=mention_links(found), inferred=True)


def _linked(printed: str, found: list[Mention]) -> Iterator[Link]:
    """Cut printed words into names, each leading to its unit, and what stands between them."""
    rest = printed
    for mention in sorted(found, key=lambda mention: printed.index(mention.name)):
        before, name, rest = rest.partition(mention.name)
        if before:
            yield Link(before)
        if name:
            yield mention_links([mention])[0]
    if rest:
        yield Link(rest)


def reasons(mentions: Iterable[Mention]) -> tuple[str, ...]:
    """Return why printed words are read as other names, each reason once."""
    return tuple(dict.fromkeys(mention.note for mention in mentions if mention.note))


def sheet_links(base: str, name: str, missing: Iterable[str] = ()) -> tuple[Link, ...]:
    """Return the files that lie beside a page; `base` is their address without suffix, `name` whose they are."""
    return tuple(
        Link(text, f"{base}{suffix}", f"{name}{kind}.{suffix.rpartition('.')[2]}")
        for suffix, text, kind in SHEETS
        if suffix not in missing
    )


def unit_link(rows: Rows, unit_id: str) -> Link:
    """Return a unit by its registered name."""
    return Link(rows.index.unit_names[unit_id], addresses.unit(unit_id))


def line_link(plan_id: str, number: int) -> Link:
    """Return a line of the official text."""
    return Link(f"原文第{number}行", addresses.line(plan_id, number))


def owner_link(owner: Owner) -> Link:
    """Return the part that something belongs to, by what it is called and its title."""
    ours = "（本站拟题）" if owner.title_reading == "inferred" else ""
    if owner.kind in _TEXTS:
        return Link(owner.title or PART_KINDS[owner.part_kind], owner.url)
    return Link("\u3000".join(filter(None, (owner.label, owner.title))) + ours, owner.url)


def page_label(owner: Owner) -> str:
    """Return what stands above the title of a page: 任务 11, 制度保障 3, or 任务 alone where no number is printed."""
    called = PART_KINDS[owner.part_kind]
    return f"{called} {owner.label.removeprefix(called)}".rstrip()


def work(plan: Plan) -> str:
    """Return how a plan is cited: 《title》（who issued it, when）."""
    facts = (
        "标题为本站所拟" if plan.title_reading == "inferred" else "",
        "、".join(plan.issuers),
        date_text(plan.issued_on or ""),
    )
    said = "，".join(filter(None, facts))
    title = plan.title if plan.title_reading == "inferred" else f"《{plan.title}》"
    return f"{title}（{said}）" if said else title


def cited_as(owner: Owner) -> str:
    """Return a part as a citation names it: 任务15“健全市场主体准入和退出机制”; a title of ours is no quotation."""
    if owner.kind == "goal" or owner.kind in _TEXTS:
        return owner_link(owner).text
    if owner.title_reading == "inferred":
        return f"{owner.label}（本站拟题：{owner.title}）"
    return f"{owner.label}{quoted(owner.title)}"


def quoted(text: str) -> str:
    """Put a text into quotation marks; those inside of it become single ones."""
    return f"“{text.translate(_INNER_MARKS)}”"


def publication(plan: PlanIndex) -> Publication:
    """Return where a plan was published."""
    own = plan.plan
    edition = f"第{own.edition.number}版（{date_text(own.edition.date)}）" if own.edition else ""
    return Publication(
        url=own.official_url or "",
        read_on=date_text(own.read_on or ""),
        edition=edition,
        document_number=own.document_number or "",
    )


def item_link(plan: PlanIndex, item: Part) -> Link:
    """Return a sector, task or safeguard by number and title."""
    return owner_link(plan.owners[item.id])


def neighbours(items: Sequence[_Item], place: int, link: Callable[[_Item], Link]) -> Neighbours:
    """Return what stands before and after the item at a place."""
    return Neighbours(
        previous=link(items[place - 1]) if place else Link(""),
        next=link(items[place + 1]) if place + 1 < len(items) else Link(""),
    )


def task_row(plan: PlanIndex, item: Part) -> TaskRow:
    """Return a task or safeguard for a list."""
    return TaskRow(
        number=item.number,
        title=item.title,
        is_ours=item.title_reading == "inferred",
        url=plan.owners[item.id].url,
        targets=len(plan.targets_of(item.id)),
    )


def year_columns(plan: PlanIndex) -> tuple[Choice, ...]:
    """Return the years of a plan as they head a table; one column for all where it speaks of none."""
    return tuple(Choice(str(year), f"{year}年") for year in plan.years) or (Choice("undated", "要求"),)


def period_text(plan: Plan) -> str:
    """Write from when to when a plan holds: 2022—2024年; empty where nobody says it."""
    period = plan.period
    if period is None:
        return ""
    if period.start and period.end:
        return f"{period.start}—{period.end}年"
    return period.text or (f"{period.start}年起" if period.start else f"到{period.end}年" if period.end else "")


def parts_text(plan: PlanIndex) -> str:
    """Name what a plan has: 板块、任务、制度保障和总体目标."""
    own = plan.plan
    counts = (("板块", own.sectors), ("任务", own.tasks), ("制度保障", own.safeguards), ("总体目标", own.goals))
    return listing([name for name, found in counts if found])


def listing(words: Sequence[str]) -> str:
    """Join words: 甲、乙和丙."""
    *most, last = words or ("",)
    return f"{'、'.join(most)}和{last}" if most else last


def plan_head(
    plan: PlanIndex,
    title: str,
    description: str,
    current: str,
    above: tuple[Link, ...] = (),
    shows: Iterable[Location] = (),
) -> Head:
    """Return the head of a page inside a plan; `current` is the page's address, `shows` what it shows of the data."""
    own = plan.plan
    base = addresses.plan(own.id)
    crumbs = (START, ALL_PLANS) if current == base else (START, Link(own.short_title, base), *above)
    tabs = [Link(text, addresses.plan(own.id, name)) for name, text in PLAN_PARTS if has_page(plan, name)]
    return Head(
        title=title,
        description=description,
        crumbs=crumbs,
        tabs=tuple(Tab(link=link, is_current=link.url == current) for link in tabs),
        official_text=addresses.plan(own.id, "text"),
        work=work(own),
        sources=_first_of_each_file(shows),
        linked_data=breadcrumbs(crumbs, title),
    )


def site_head(
    rows: Rows, title: str, description: str, above: tuple[Link, ...] = (), shows: Iterable[Location] = ()
) -> Head:
    """Return the head of a page outside any plan."""
    one = rows.index.plans[0].plan if len(rows.index.plans) == 1 else None
    crumbs = (START, *above)
    return Head(
        title=title,
        description=description,
        crumbs=crumbs,
        tabs=(),
        official_text=addresses.plan(one.id, "text") if one else "",
        work=work(one) if one else "",
        sources=_first_of_each_file(shows),
        linked_data=breadcrumbs(crumbs, title),
    )


def _first_of_each_file(places: Iterable[Location]) -> tuple[Location, ...]:
    first: dict[str, Location] = {}
    for place in places:
        first.setdefault(place.path, place)
    return tuple(first.values())


START = Link("首页", "./")
ALL_PLANS = Link("全部方案", "plans/")

_TEXTS = frozenset({"front", "text"})
"""Kinds of owners that are called by what part of the text they are."""
_INNER_MARKS = str.maketrans("“”", "‘’")

PLAN_PARTS = (
    ("", "概览"),
    ("tasks", "任务"),
    ("safeguards", "制度保障"),
    ("targets", "目标"),
    ("calendar", "日历"),
    ("matrix", "分工矩阵"),
    ("text", "原文"),
    ("citations", "引用文件"),
    ("oddities", "印刷疑误"),
    ("coverage", "逐行核对"),
)
"""Part of the address below the plan → its tab."""

SHEETS = (
    (".xlsx", "表格（XLSX）", "任务清单"),
    (".docx", "公文格式（DOCX）", "任务清单"),
    (".csv", "纯文本表格（CSV）", "任务清单"),
    ("-targets.csv", "目标（CSV）", "目标清单"),
    ("-duties.csv", "定期事项（CSV）", "定期事项清单"),
    (".ics", "日历（ICS）", "日历"),
)
"""Suffix of a sheet, what its link says, and by what name it is saved, behind that of the unit or plan."""


def leading_unit(index: SiteIndex) -> Unit | None:
    """Return the unit that leads most, which serves as an example; None where there are no units."""
    entry = max(index.units, key=lambda entry: entry.counts.lead_tasks, default=None)
    return entry.unit if entry else None


def has_glossary(index: SiteIndex) -> bool:
    """Say whether any plan has terms that are explained."""
    return any(plan.plan.terms for plan in index.plans)


def search_example(index: SiteIndex) -> str:
    """Say what can be typed into a search, by a unit that is there: 如 区发展改革局、发改局; empty without units."""
    unit = leading_unit(index)
    if not unit:
        return ""
    short = [alias.name for alias in unit.aliases if alias.kind == "简称"]
    return f"如 {'、'.join([unit.name, *short[:1]])}"
