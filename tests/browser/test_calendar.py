"""The calendar in a real browser: what is due next, the choice of units, its file, no scripts, keyboard, paper."""

from __future__ import annotations

import io
import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest
import vobject
from pypdf import PdfReader

from tests.conftest import ROOT
from tests.seed.printed import PLAN, read_parts

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from tests.conftest import OpenTab, Serve, Tab

CALENDAR = f"plans/{PLAN}/calendar/"
WITHIN = "2023-03-08T12:00:00+08:00"
LEADS = "总牵头单位：报有关工作情况及问题清单 推断"
ALL = "各相关单位（按区级各相关单位理解） 推断：报“一把手”走流程工作开展情况 推断"
DATES = [f"{year}-{month:02}-{day}" for year in (2022, 2023, 2024) for month in (3, 6, 9, 12) for day in (19, 20)]
PRINTED = [date for date in DATES if date >= "2022-12-12" and not date.endswith("03-19")]
"""By the 20th of the last month of each quarter, and by the 19th of June, September and December."""


@pytest.fixture
def address(site: Path, serve: Serve) -> str:
    """Return where the site is served."""
    return serve(site)


def _at(open_tab: OpenTab, address: str, moment: str = WITHIN, query: str = "", **options: object) -> Tab:
    """Open the calendar at a moment."""
    return open_tab(address + CALENDAR + query, **{"moment": moment, "timezone_id": "Asia/Shanghai", **options})


def _duties() -> list[dict[str, Any]]:
    """Return the duties of the plan, read from the YAML without the generator."""
    return [duty for part, _ in read_parts() for duty in part.get("duties", ())]


def _next(page: Page) -> list[str]:
    """Return the lines of what is due next."""
    return [re.sub(r"\s+", " ", line).strip() for line in page.locator("[data-next]:visible li").all_inner_texts()]


def _said(page: Page) -> str:
    return page.locator("[data-said]").inner_text()


def _listed(page: Page) -> list[str]:
    """Return the dates that the list shows, from the top."""
    return page.locator(".ps-calendar tbody tr:visible time").evaluate_all("all => all.map((time) => time.dateTime)")


def _months(page: Page) -> list[str]:
    """Return the dates that the months show."""
    return page.locator(".ps-months time:visible").evaluate_all("all => all.map((time) => time.dateTime)")


def _cards(page: Page) -> int:
    return page.locator("[data-card]:visible").count()


def _units(page: Page) -> list[str]:
    """Return the units that the address names."""
    return parse_qs(urlsplit(page.url).query).get("unit", [])


def _status(page: Page) -> str:
    return page.locator(".ps-chooser [role=status]").inner_text()


def _box(page: Page, name: str) -> Locator:
    return page.get_by_role("checkbox", name=name, exact=True)


def _open(page: Page) -> None:
    page.locator(".ps-chooser summary").click()


def _download(page: Page) -> tuple[str, bytes]:
    """Take the file of the chosen units away."""
    with page.expect_download() as taken:
        page.get_by_role("button", name="下载所选单位的日历").click()
    return taken.value.suggested_filename, Path(taken.value.path()).read_bytes()


@pytest.mark.parametrize(
    ("moment", "said", "lines"),
    [
        (
            "2021-01-01T12:00:00+08:00",
            "今天是2021年1月1日。今后 30 天没有事项到期，下一个日期是：",
            [f"2022年12月19日前（还有 717 天） {ALL}"],
        ),
        (
            "2022-12-12T00:00:01+08:00",
            "今天是2022年12月12日。今后 30 天有 2 个日期：",
            [f"2022年12月19日前（还有 7 天） {ALL}", f"2022年12月20日前（还有 8 天） {LEADS}"],
        ),
        (
            "2023-02-18T12:00:00+08:00",
            "今天是2023年2月18日。今后 30 天有 1 个日期：",
            [f"2023年3月20日前（还有 30 天） {LEADS}"],
        ),
        (
            "2023-02-17T12:00:00+08:00",
            "今天是2023年2月17日。今后 30 天没有事项到期，下一个日期是：",
            [f"2023年3月20日前（还有 31 天） {LEADS}"],
        ),
        (
            "2024-12-20T23:59:00+08:00",
            "今天是2024年12月20日。今后 30 天有 1 个日期：",
            [f"2024年12月20日前（就是今天） {LEADS}"],
        ),
        (
            "2024-12-21T00:01:00+08:00",
            "今天是2024年12月21日。方案期限内不再有日期，最后一个日期是2024年12月20日。",
            [],
        ),
        (
            "2026-11-22T12:00:00+08:00",
            "今天是2026年11月22日。方案期限是 2022—2024年，不再有事项到期，最后一个日期是2024年12月20日。",
            [],
        ),
    ],
)
def test_the_next_thirty_days(open_tab: OpenTab, address: str, moment: str, said: str, lines: list[str]) -> None:
    """Before, within and after the plan's period the page says what falls due, by the reader's clock."""
    tab = _at(open_tab, address, moment)
    assert _said(tab.page) == said
    title = tab.page.locator("[data-upcoming] h2")
    assert title.get_attribute("id") == "next_days"
    assert (title.inner_text().startswith("方案期限已满")) == (moment > "2025")
    assert _next(tab.page) == lines
    assert _listed(tab.page) == _months(tab.page) == PRINTED
    assert tab.faults == []


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Pacific/Auckland"])
def test_the_day_is_that_of_beijing(open_tab: OpenTab, address: str, zone: str) -> None:
    """Wherever the reader is, today is Beijing's."""
    page = _at(open_tab, address, "2023-03-20T23:30:00+08:00", timezone_id=zone).page
    assert _next(page) == [f"2023年3月20日前（就是今天） {LEADS}"]


def test_a_choice_narrows_everything(open_tab: OpenTab, address: str) -> None:
    """Chosen units leave their own dates in every part, say through which group, and stand in the address."""
    tab = _at(open_tab, address, "2023-06-10T12:00:00+08:00")
    page = tab.page
    assert _cards(page) == len(_duties())
    _open(page)
    _box(page, "区税务局").check()
    nineteenth = [date for date in PRINTED if date.endswith("19")]
    assert _listed(page) == _months(page) == nineteenth
    assert _units(page) == ["tax"]
    assert _cards(page) == 2
    assert _next(page) == [f"2023年6月19日前（还有 9 天） {ALL} 经统称适用"]
    assert _status(page).startswith("区税务局：有 2 件事项，其中 1 件有日期，共 7 个日期。")
    _box(page, "区委组织部").check()
    _box(page, "区发展改革局").check()
    assert _units(page) == ["organization", "development-reform", "tax"]
    assert _listed(page) == PRINTED
    assert page.locator("[data-card]:visible").evaluate_all("all => all.map((card) => card.id)") == [
        "safeguard-1-report",
        "safeguard-5-report",
        "safeguard-5-walkthrough",
        "safeguard-2-yearly-subplans-duty",
        "safeguard-10-yearly-training-duty",
        "safeguard-12-promotion-priority",
    ]
    page.get_by_role("button", name="全部显示").click()
    assert _units(page) == []
    assert _listed(page) == PRINTED
    assert _cards(page) == len(_duties())
    assert tab.faults == []


def test_those_who_receive_see_what_is_due(open_tab: OpenTab, address: str) -> None:
    """The unit to which all report sees the reports, marked as such, and a file of them."""
    page = _at(open_tab, address, query="?unit=business-environment").page
    assert _listed(page) == PRINTED
    assert page.locator(".ps-calendar [data-mark]:visible").all_text_contents() == ["对象是所选单位"] * len(PRINTED)
    assert "报给所选单位的 2 件，在日历文件里写“收：”" in _status(page)
    name, content = _download(page)
    assert name == "business-environment.ics"
    assert content.count(b"SUMMARY:\xe6\x94\xb6") == len(PRINTED)


def test_a_unit_without_duties_is_told_so(open_tab: OpenTab, address: str) -> None:
    """Where nothing is left each part says so, and no empty month, table or group stands."""
    tab = _at(open_tab, address, query="?unit=haikou-park")
    page = tab.page
    assert _status(page).startswith("海口工业园区管委会：没有定期事项。")
    assert _said(page) == "所选单位没有写明日期的事项。"
    assert (_listed(page), _months(page), _cards(page)) == ([], [], 0)
    assert page.locator("[data-none]:visible").count() == page.locator("article h2:visible").count() - 1
    assert page.locator("article h3:visible, .ps-calendar:visible, .ps-months li:visible").count() == 0
    page.goto(f"{address}{CALENDAR}?unit=tax")
    heard = page.locator(".ps-months > li:not([aria-hidden=true]) > b").all_inner_texts()
    assert heard == [f"{int(date[5:7])}月" for date in PRINTED if date.endswith("19")]
    assert tab.faults == []


def test_the_choice_survives_reload_and_the_way_back(open_tab: OpenTab, address: str) -> None:
    """A reload, another page and back, and the address given to another show the same choice."""
    page = _at(open_tab, address).page
    _open(page)
    _box(page, "区财政局").check()
    _box(page, "区发展改革局").check()
    chosen, status = page.url, _status(page)
    assert _units(page) == ["development-reform", "finance"]
    page.reload()
    assert (_status(page), _listed(page)) == (status, PRINTED)
    page.locator(".ps-calendar a.ps-source:visible").first.click()
    page.wait_for_url(re.compile("/text/#L"))
    page.go_back()
    page.wait_for_url(chosen)
    assert _status(page) == status
    assert page.locator(".ps-chooser input:checked").count() == 2
    page.locator(".ps-calendar td a[href*='#safeguard']:visible").first.click()
    page.wait_for_url(re.compile(r"unit=finance#safeguard|#safeguard"))
    other = _at(open_tab, address, query=f"?{urlsplit(chosen).query}&h=x").page
    assert _status(other) == status
    other.get_by_role("button", name="不选区财政局").click()
    assert parse_qs(urlsplit(other.url).query) == {"unit": ["development-reform"], "h": ["x"]}


@pytest.mark.parametrize("query", ["?unit=nobody", "?unit=", "?unit=<b>&unit=tax%00"])
def test_unknown_units_are_ignored(open_tab: OpenTab, address: str, query: str) -> None:
    """What the page does not know in an address changes nothing."""
    tab = _at(open_tab, address, query=query)
    assert _listed(tab.page) == PRINTED
    assert _status(tab.page) == ""
    assert tab.faults == []


TAKE_EACH = """async () => {
    const files = {};
    let taken;
    URL.createObjectURL = (blob) => {
        taken = blob;
        return "#";
    };
    HTMLAnchorElement.prototype.click = () => {};
    for (const box of document.querySelectorAll(".ps-chooser li:has(a) input")) {
        box.click();
        document.querySelector("[data-download]").click();
        files[box.value] = await taken.text();
        box.click();
    }
    return files;
}"""


def test_the_file_of_one_unit_is_its_own(open_tab: OpenTab, address: str, site: Path) -> None:
    """For every unit with a date the browser writes the very bytes that lie beside the unit's page."""
    tab = _at(open_tab, address)
    files = tab.page.evaluate(TAKE_EACH)
    own = {unit: (site / f"units/{unit}/{unit}.ics").read_bytes() for unit in files}
    assert {unit: text.encode() for unit, text in files.items()} == own
    assert {file.stem for file in site.glob("units/*/*.ics") if b"VEVENT" in file.read_bytes()} == own.keys()
    assert len(own) == 37
    assert tab.faults == []


def test_the_file_of_a_choice_holds_each_event_once(open_tab: OpenTab, address: str, site: Path) -> None:
    """Several units make one calendar: every event of theirs once, under the UID that it has everywhere."""
    chosen = ("tax", "development-reform", "district-units", "haikou-park")
    page = _at(open_tab, address, query="?" + "&".join(f"unit={unit}" for unit in chosen)).page
    name, content = _download(page)
    assert name == f"{PLAN}-selection.ics"
    assert content.replace(b"\r\n", b"").count(b"\n") == 0
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    calendar = vobject.readOne(content.decode("utf-8"))
    assert calendar.contents["x-wr-calname"][0].value == "区发展改革局等 4 个单位承担事项"
    own = {
        event.uid.value: event
        for unit in chosen[:3]
        for event in getattr(vobject.readOne((site / f"units/{unit}/{unit}.ics").read_text("utf-8")), "vevent_list", ())
    }
    events = {event.uid.value: event for event in calendar.vevent_list}
    assert len(calendar.vevent_list) == len(events)
    assert events.keys() == own.keys()
    assert [event.dtstart.value for event in events.values()] == [event.dtstart.value for event in own.values()]
    # What names one of them outright is through no group; what the park receives nobody, as it receives nothing.
    texts = {event.uid.value.split(".")[1]: event.description.value for event in calendar.vevent_list}
    through = {duty: "（经统称适用" in text for duty, text in texts.items()}
    assert through == {"safeguard-1-report": True, "safeguard-5-report": False}
    assert sorted(event.dtstart.value.isoformat() for event in events.values()) == PRINTED


def test_the_file_of_sender_and_receiver_holds_both(open_tab: OpenTab, address: str, site: Path) -> None:
    """Who sends and who receives a report have it twice in one calendar: once to do, once to get."""
    page = _at(open_tab, address, query="?unit=tax&unit=business-environment").page
    _, content = _download(page)
    files = [(site / f"units/{unit}/{unit}.ics").read_text("utf-8") for unit in ("tax", "business-environment")]
    own = [event for file in files for event in vobject.readOne(file).vevent_list]
    events = vobject.readOne(content.decode("utf-8")).vevent_list
    assert {event.uid.value for event in events} == {event.uid.value for event in own}
    assert len({event.uid.value for event in events}) == len(events)
    assert sum(event.summary.value.startswith("收：") for event in events) == len(PRINTED)


def test_an_event_leads_to_the_published_page(open_tab: OpenTab, subpath_site: Path, serve: Serve) -> None:
    """Where the site's address is known, also below a path, file and browser write the same address into each event."""
    tab = _at(open_tab, serve(subpath_site, "/repo/"), query="?unit=tax")
    _, content = _download(tab.page)
    assert content == (subpath_site / "units/tax/tax.ics").read_bytes()
    (first, *_) = vobject.readOne(content.decode("utf-8")).vevent_list
    assert first.url.value == f"http://127.0.0.1/repo/{CALENDAR}#safeguard-5-report"


def test_hostile_words_stay_words(open_tab: OpenTab, address: str) -> None:
    """Commas, semicolons, backslashes, breaks and long characters come back out of the file as they went in."""
    page = _at(open_tab, address, query="?unit=district-units").page
    text = "a,b;c\\d\\n" + "😀é，" * 40 + "\nEND:VEVENT\r\n" + "\\" * 90
    page.evaluate(
        """text => {
            const card = document.querySelector("[data-event][data-units~='district-units']");
            const event = JSON.parse(card.dataset.event);
            const acting = { part: "", description: text, summary: "x".repeat(300) };
            card.dataset.event = JSON.stringify({ ...event, acting, days: event.days.slice(0, 1) });
            const root = document.querySelector("[data-calendar]");
            const copy = root.cloneNode(true);
            copy.removeAttribute("data-ready");
            root.replaceWith(copy);
        }""",
        text,
    )
    script = (ROOT / "overrides" / "assets" / "calendar.js").read_text("utf-8")
    page.evaluate(script)
    _, content = _download(page)
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    (event,) = vobject.readOne(content.decode("utf-8")).vevent_list
    assert event.description.value == text.replace("\r\n", "\n")
    assert event.summary.value == "x" * 300


def test_addresses_to_subscribe_to(open_tab: OpenTab, address: str, site: Path) -> None:
    """Each chosen unit's own calendar stands with its full address, to copy or to hand to a program."""
    page = _at(open_tab, address).page
    host = urlsplit(address).netloc
    whole = page.locator("[data-feeds] li")
    assert whole.count() == 1
    assert f"{address}plans/{PLAN}/{PLAN}.ics" in whole.inner_text()
    page.goto(f"{address}{CALENDAR}?unit=tax&unit=haikou-park&unit=finance")
    feeds = page.locator("[data-feeds] li")
    assert feeds.count() == 2
    for line, unit, name in zip(feeds.all(), ("finance", "tax"), ("区财政局", "区税务局"), strict=True):
        assert line.inner_text().endswith(f"{address}units/{unit}/{unit}.ics")
        link = line.get_by_role("link", name=f"订阅{name}的日历")
        assert link.get_attribute("href") == f"webcal://{host}/units/{unit}/{unit}.ics"
        assert (site / f"units/{unit}/{unit}.ics").is_file()


def test_from_a_disk(open_tab: OpenTab, site: Path) -> None:
    """Opened as a file the calendar filters and gives its file, and offers no subscription, which can't work there."""
    tab = open_tab(f"{(site / CALENDAR / 'index.html').as_uri()}?unit=tax")
    page = tab.page
    assert [date for date in PRINTED if date.endswith("19")] == _listed(page)
    assert page.locator("a[href^='webcal']").count() == 0
    assert page.locator("[data-feeds] li").all_inner_texts() == ["区税务局的日历：tax.ics"]
    assert _download(page) == ("tax.ics", (site / "units/tax/tax.ics").read_bytes())


def test_without_scripts_everything_stands(open_tab: OpenTab, address: str) -> None:
    """Without JavaScript there are all dates and duties, the files of all units, and no control that does nothing."""
    page = open_tab(f"{address}{CALENDAR}?unit=tax", java_script_enabled=False).page
    assert _listed(page) == _months(page) == PRINTED
    assert _cards(page) == len(_duties())
    assert _said(page) == "方案给 2 件事项写明了日期，最后一个日期是2024年12月20日。"
    assert "每季度，3月、6月、9月、12月20日前" in page.locator("[data-all]").inner_text()
    _open(page)
    assert page.locator(".ps-chooser :is(input, button, select):visible").count() == 0
    assert page.locator(".ps-chooser a[href$='/tax.ics']").is_visible()
    assert page.locator(f"[data-feeds] a[href$='/{PLAN}.ics']").is_visible()
    assert page.locator("[data-none]:visible, [data-mark]:visible").count() == 0


def test_by_keyboard(open_tab: OpenTab, address: str) -> None:
    """The list of units opens, is ticked, and taken back without a mouse; the focus is never lost."""
    page = _at(open_tab, address).page
    page.locator(".ps-chooser summary").focus()
    page.keyboard.press("Enter")
    _box(page, "区委宣传部").wait_for()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.wait_for_url(re.compile(r"\?unit=publicity$"))
    assert page.evaluate("document.activeElement.value") == "publicity"
    _box(page, "区税务局").focus()
    page.keyboard.press("Space")
    chip = page.get_by_role("button", name="不选区委宣传部")
    chip.focus()
    page.keyboard.press("Enter")
    assert _units(page) == ["tax"]
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "不选区税务局"
    page.keyboard.press("Enter")
    assert _units(page) == []
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


@pytest.mark.parametrize("width", [320, 390, 820, 1440])
def test_nothing_is_cut_off(open_tab: OpenTab, address: str, width: int) -> None:
    """At every width the page does not scroll sideways, also with units chosen and the list of them open."""
    tab = _at(open_tab, address, query="?unit=tax&unit=human-resources", viewport={"width": width, "height": 844})
    _open(tab.page)
    assert not tab.page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert tab.faults == []


def test_the_unit_page_leads_here(open_tab: OpenTab, address: str) -> None:
    """A unit's page leads to the calendar with the unit chosen."""
    page = open_tab(address + "units/tax/").page
    page.get_by_role("link", name="在日历里看").click()
    page.wait_for_url(f"{address}{CALENDAR}?unit=tax")
    assert _status(page).startswith("区税务局：")


def test_it_prints_whole_and_without_controls(open_tab: OpenTab, address: str) -> None:
    """On paper stand all dates and duties and no control; what was chosen is printed with its name."""
    page = _at(open_tab, address).page

    def printed() -> str:
        pdf = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True, format="A4")))
        text = "".join(sheet.extract_text() for sheet in pdf.pages)
        return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))

    whole = printed()
    for date in PRINTED:
        year, month, day = map(int, date.split("-"))
        assert f"{year}年{month}月{day}日前" in whole
    for words in ("按单位选", "接下来到期", "还有12天", "订阅", ".ics", "复制引文"):
        assert words not in whole
    assert whole.count("出自") == len(_duties())
    page.goto(f"{address}{CALENDAR}?unit=tax")
    chosen = printed()
    assert "区税务局:有2件事项" in chosen
    assert "2023年3月20日前" not in chosen
    assert "全部显示" not in chosen
