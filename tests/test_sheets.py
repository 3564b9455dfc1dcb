"""The sheets beside the pages, each opened with another library and held against the published data."""

from __future__ import annotations

import csv
import datetime
import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest
import vobject

from generator.export.api import api_files
from generator.export.rows import DUTIES, TARGETS, TASKS, Column, Sheet
from generator.export.sheets import sheet_files
from generator.export.spreadsheet import workbook
from generator.export.table import table
from generator.index import read_index

ROOT = Path(__file__).resolve().parent.parent
ROLES = {"lead": "牵头", "responsible": "责任", "owner": "括注负责"}

Files = dict[str, bytes]


@pytest.fixture(scope="module")
def files() -> Files:
    """Return every sheet of the real plan by address."""
    return dict(sheet_files(read_index(ROOT / "plan_data", "plan_data")))


@pytest.fixture(scope="module")
def api() -> dict[str, object]:
    """Return the published data of the real plan by address."""
    index = read_index(ROOT / "plan_data", "plan_data")
    return {name: json.loads(content) for name, content in api_files(index, "") if "schema" not in name}


@pytest.fixture(scope="module")
def units(api: dict[str, object]) -> list[dict[str, object]]:
    """Return the published data of each unit."""
    return [content for name, content in api.items() if name.startswith("api/v1/units/")]  # type: ignore[misc]


def _pages(content: bytes) -> dict[str, list[tuple[object, ...]]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {page.title: [tuple(cell.value for cell in row) for row in page.iter_rows()] for page in book}


def test_each_unit_and_plan_has_its_sheets(files: Files, units: list[dict[str, object]]) -> None:
    """Beside each unit's page and the plan's page lie a workbook, a CSV and a calendar."""
    bases = [f"units/{unit['id']}/{unit['id']}" for unit in units]
    bases.append("plans/xishan-2022-2024/xishan-2022-2024")
    assert sorted(files) == sorted(f"{base}.{suffix}" for base in bases for suffix in ("xlsx", "csv", "ics"))


def test_the_workbook_lists_every_obligation(files: Files, units: list[dict[str, object]]) -> None:
    """The sheet of tasks holds a unit's obligations in the published order, with role and line."""
    for unit in units:
        rows = _pages(files[f"units/{unit['id']}/{unit['id']}.xlsx"])["任务"]
        assert rows[0] == tuple(column.heading for column in TASKS)
        obligations = unit["obligations"]
        assert isinstance(obligations, list)
        assert len(rows) == len(obligations) + 1
        for number, (row, obligation) in enumerate(zip(rows[1:], obligations, strict=True), 1):
            assert row[0] == number
            assert row[2] == f"{obligation['number']}.{obligation['title']}"
            assert str(row[4]).startswith(ROLES[obligation["role"]])
            assert ("（经“" in str(row[4])) == (obligation["via"] is not None)
            assert str(row[9]).endswith(f"》第{obligation['line']}行")


def test_the_workbook_lists_every_value_of_every_target(files: Files, api: dict[str, object]) -> None:
    """The plan's sheet of targets holds each value with year, number, unit, words, reading and sentence."""
    rows = _pages(files["plans/xishan-2022-2024/xishan-2022-2024.xlsx"])["目标"]
    assert rows[0] == tuple(column.heading for column in TARGETS)
    targets = api["api/v1/targets.json"]
    assert isinstance(targets, list)
    values = [(target, value) for target in targets for value in target["values"]]
    assert len(rows) == len(values) + 1
    for row, (target, value) in zip(rows[1:], values, strict=True):
        assert row[2] == target["indicator"]
        assert row[3] == target["scope"]
        assert (row[5], row[7], row[8], row[9]) == (
            value["year"],
            value["value"],
            value.get("upper"),
            value["unit"],
        )
        assert row[10] == value["text"]
        assert row[11] == {"printed": "原文写明", "inferred": "网站推断"}[value["reading"]]
        assert row[12] == value.get("note")
        assert row[13] == target["quote"]


def test_the_workbook_gives_a_unit_no_more_targets_than_its_page(
    files: Files, api: dict[str, object], units: list[dict[str, object]]
) -> None:
    """A unit's sheet of targets holds those of its tasks; brackets give it their words, not the safeguard's targets."""
    targets = api["api/v1/targets.json"]
    assert isinstance(targets, list)
    values = {target["id"]: [value["text"] for value in target["values"]] for target in targets}
    for unit in units:
        rows = _pages(files[f"units/{unit['id']}/{unit['id']}.xlsx"])["目标"][1:]
        own = unit["targets"]
        assert isinstance(own, list)
        assert [row[10] for row in rows] == [text for target in own for text in values[target]]
    rows = _pages(files["units/business-environment/business-environment.xlsx"])["任务"]
    owned = [str(row[3]) for row in rows if row[4] == "括注负责"]
    assert len(owned) == 2
    assert all("(区营商环境办负责)" in text and "：" not in text for text in owned)


def test_the_workbook_lists_every_duty(files: Files, units: list[dict[str, object]]) -> None:
    """The sheet of duties holds those in which a unit is named, then those through a group."""
    for unit in units:
        rows = _pages(files[f"units/{unit['id']}/{unit['id']}.xlsx"])["定期事项"]
        assert rows[0] == tuple(column.heading for column in DUTIES)
        own, through = unit["duties"], unit["group_duties"]
        assert isinstance(own, list)
        assert isinstance(through, list)
        assert [row[7] is not None for row in rows[1:]] == [False] * len(own) + [True] * len(through)


def test_the_workbook_is_set_up_to_read_and_print(files: Files) -> None:
    """Headings are frozen and repeat, rows can be filtered, text wraps, and the page is A4 across."""
    book = openpyxl.load_workbook(io.BytesIO(files["units/development-reform/development-reform.xlsx"]))
    for page in book:
        assert page.freeze_panes == "A2"
        assert page.auto_filter.ref
        assert page.print_title_rows == "$1:$1"
        assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
        assert page["A2"].alignment.wrap_text


def test_text_never_becomes_a_formula() -> None:
    """A text that begins with = + - or @ stays a text in both kinds of table."""
    texts = ("=1+1", "+86", "-3", "@cmd", "普通")
    sheet = Sheet("表", tuple(Column(str(place), 9) for place in range(len(texts))), (texts,))
    issued = datetime.date(2022, 12, 12)
    page = openpyxl.load_workbook(io.BytesIO(workbook("题", (sheet,), issued)))["表"]
    assert [(cell.value, cell.data_type) for cell in page[2]] == [(text, "s") for text in texts]
    row = list(csv.reader(io.StringIO(table(sheet).decode("utf-8-sig"))))[1]
    assert row == ["'=1+1", "'+86", "'-3", "'@cmd", "普通"]


def test_the_csv_holds_the_sheet_of_tasks(files: Files, units: list[dict[str, object]]) -> None:
    """The CSV has the byte order mark that Excel needs, CRLF, one heading, and the rows of the workbook."""
    for unit in units:
        base = f"units/{unit['id']}/{unit['id']}"
        content = files[f"{base}.csv"]
        assert content.startswith(b"\xef\xbb\xbf")
        assert content.endswith(b"\r\n")
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
        expected = _pages(files[f"{base}.xlsx"])["任务"]
        assert rows == [["" if cell is None else str(cell) for cell in row] for row in expected]


def test_the_calendar_holds_the_dated_duties(files: Files, api: dict[str, object]) -> None:
    """Each dated duty recurs on its printed dates, from the day of issue to the end of the plan, with an alarm."""
    duties = api["api/v1/duties.json"]
    assert isinstance(duties, list)
    dated = {duty["id"]: duty["due"] for duty in duties if duty["due"]}
    calendar = vobject.readOne(files["plans/xishan-2022-2024/xishan-2022-2024.ics"].decode("utf-8"))
    events = {event.uid.value: event for event in calendar.vevent_list}
    assert sorted(events) == sorted(f"xishan-2022-2024.{duty}@plansite" for duty in dated)
    for duty, due in dated.items():
        event = events[f"xishan-2022-2024.{duty}@plansite"]
        days = [day.date().isoformat() for day in event.getrruleset(addRDate=True)]
        expected = [f"{year}-{month:02}-{due['day']:02}" for year in (2022, 2023, 2024) for month in due["months"]]
        assert days == [day for day in expected if day >= "2022-12-12"]
        assert event.valarm.trigger.value.days == -3


def test_every_calendar_can_be_read(files: Files) -> None:
    """Also the calendar of a unit without dated duties is one that a parser takes."""
    for name, content in files.items():
        if name.endswith(".ics"):
            assert vobject.readOne(content.decode("utf-8")).name == "VCALENDAR"
            assert all(len(line) <= 75 for line in content.split(b"\r\n"))


def test_the_same_data_gives_the_same_bytes(files: Files) -> None:
    """Another process with another hash seed writes the same files, and nothing in them comes from the clock."""
    script = (
        "import hashlib, sys; from pathlib import Path; from generator.export.sheets import sheet_files\n"
        "from generator.index import read_index\n"
        "for name, content in sheet_files(read_index(Path('plan_data'), 'plan_data')):\n"
        "    print(name, hashlib.sha256(content).hexdigest())"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", script], cwd=ROOT, env={"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(runs) == 1
    with zipfile.ZipFile(io.BytesIO(files["units/tax/tax.xlsx"])) as book:
        assert {entry.date_time for entry in book.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2022-12-12T00:00:00Z" in book.read("docProps/core.xml")
