"""The sheets beside the pages, each opened with another library and held against the published data."""

from __future__ import annotations

import csv
import datetime
import hashlib
import io
import json
import os
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import vobject

from generator.export.api import api_files
from generator.export.calendar import Calendars
from generator.export.rows import DIVISION, DUTIES, TARGETS, TASKS, Column, Sheet
from generator.export.spreadsheet import workbook
from generator.export.table import table
from generator.index.build import read_index
from generator.index.records import UnitDuty

ROOT = Path(__file__).resolve().parent.parent
SEED = ROOT / "tests" / "seed" / "plan_data"
FREQUENCIES = {
    "weekly": "每周",
    "monthly": "每月",
    "quarterly": "每季度",
    "half_yearly": "每半年",
    "yearly": "每年",
    "each_time": "每次",
    "other": "未写周期",
}
REPORTS = {"safeguard-1-report", "safeguard-5-report"}
"""What is printed with 报; the rest is done to or for those whom it names."""
SPANS = {
    "task-2-yearly-key-list": "每年",
    "task-15-entity-growth": "2022—2024年",
    "task-15-enterprise-growth": "2022—2024年",
    "safeguard-6-yearly-inspection": "每年",
    "safeguard-10-yearly-training": "每年",
}
"""Targets of no single year → the printed span or cycle that stands in its place."""
READINGS = {"printed": "原文写明", "inferred": "网站推断"}
TYPES = {"metric": "目标值", "milestone": "阶段性目标"}
COMPARATORS = {
    "at_least": "不低于",
    "at_most": "不超过",
    "exactly": "达到",
    "about": "左右",
    "between": "介于",
    "rise": "逐步提高",
    "fall": "逐步降低",
    "state": "达到所述状态",
}
ROLES = {"lead": "牵头", "responsible": "责任", "owner": "括注负责"}

Files = dict[str, bytes]
Json = dict[str, Any]
Row = tuple[object, ...]


@pytest.fixture(scope="module")
def api() -> dict[str, Any]:
    """Return the published data of the real plan by address."""
    index = read_index(SEED, "plan_data")
    return {name: json.loads(content) for name, content in api_files(index, "") if "schema" not in name}


@pytest.fixture(scope="module")
def units(api: dict[str, Any]) -> list[Json]:
    """Return the published data of each unit."""
    return [content for name, content in api.items() if name.startswith("api/v1/units/")]


def _pages(content: bytes) -> dict[str, list[Row]]:
    """Return the rows of each sheet, from the headings on."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {page.title: [tuple(cell.value for cell in row) for row in page.iter_rows(min_row=3)] for page in book}


def test_each_unit_and_plan_has_its_sheets(sheets: Files, units: list[Json], plan: Json) -> None:
    """Beside each page lie a workbook, a document, a calendar, and a CSV for tasks, and for what else there is."""
    expected = []
    for unit in units:
        base = f"units/{unit['id']}/{unit['id']}"
        expected += [f"{base}.{suffix}" for suffix in ("xlsx", "docx", "csv", "ics")]
        expected += [f"{base}-targets.csv"] if _asked(unit, plan) else []
        expected += [f"{base}-duties.csv"] if _concerning(unit) else []
    base = "plans/xishan-2022-2024/xishan-2022-2024"
    expected += [f"{base}{suffix}" for suffix in (".xlsx", ".docx", ".csv", "-targets.csv", "-duties.csv", ".ics")]
    assert sorted(sheets) == sorted(expected)


def _concerning(unit: Json) -> list[str]:
    """Return the duties that a unit's sheet holds, in its order."""
    through = [duty["id"] for duty in unit["group_duties"]]
    return [*unit["duties"], *through, *unit["receives"], *unit["unnamed_duties"]]


@pytest.fixture(scope="module")
def plan(api: dict[str, Any]) -> Json:
    """Return the published plan."""
    return api["api/v1/plans/xishan-2022-2024.json"]  # type: ignore[no-any-return]


def _owner(plan: Json, of: Json) -> str:
    """Write what something belongs to as a sheet should."""
    if of["kind"] == "goal":
        return f"{of['id'].removeprefix('goal-')}年总体目标"
    item = next(item for item in (*plan["tasks"], *plan["safeguards"]) if item["id"] == of["id"])
    return f"{item['number']}.{item['title']}"


def _check_responsibility(row: Row, plan: Json, names: dict[str, str], item_id: str) -> None:
    """Hold sector, lead unit, responsible units and leader of a row against the published plan."""
    sectors = {task: sector for sector in plan["sectors"] for task in sector["tasks"]}
    sector = sectors.get(item_id)
    item = sector or next(item for item in plan["safeguards"] if item["id"] == item_id)
    listed = item["responsible_units"]
    alone = [sum(mention["printed"] == other["printed"] for other in listed) == 1 for mention in listed]
    # Names that are printed run together are told apart; one that is printed twice is not.
    units = "、".join(
        names[m["unit"]] if not single and m["printed"] != names[m["unit"]] else m["printed"]
        for m, single in zip(listed, alone, strict=True)
    )
    assert row[1] == (f"{sector['number']}.{sector['title']}" if sector else "制度保障")
    assert row[5] == (sector["lead_unit"]["printed"] if sector else None)
    assert row[6] == units
    assert row[7] == (sector["supervising_leader"]["name"] if sector else None)


def _text_lines(plan: Json) -> dict[str, int]:
    """Return the line of each item's paragraph: a safeguard's stands below its title."""
    return {item["id"]: item["line"] for item in plan["tasks"]} | {
        item["id"]: item["line"] + 1 for item in plan["safeguards"]
    }


def test_the_workbook_lists_every_obligation(sheets: Files, units: list[Json], plan: Json) -> None:
    """The sheet of tasks holds a unit's obligations in the published order, with every field of each."""
    names = {unit["id"]: unit["name"] for unit in units}
    lines = _text_lines(plan)
    for unit in units:
        rows = _pages(sheets[f"units/{unit['id']}/{unit['id']}.xlsx"])["任务"]
        assert rows[0] == tuple(column.heading for column in TASKS)
        obligations = unit["obligations"]
        assert len(rows) == len(obligations) + 1
        for number, (row, obligation) in enumerate(zip(rows[1:], obligations, strict=True), 1):
            via = f"（经“{names[obligation['via']]}”）" if obligation["via"] else ""
            if obligation["owns"] and obligation["role"] == "responsible" and not via:
                via = f"（另有括注负责：{'、'.join('“' + own['quote'] + '”' for own in obligation['owns'])}）"
            assert row[0] == number
            assert row[2] == f"{obligation['number']}.{obligation['title']}"
            assert row[4] == ROLES[obligation["role"]] + via
            how = "括注" if obligation["role"] == "owner" else "列名"
            line = lines[obligation["id"]]
            assert row[9] == f"第{line}行（{how}第{obligation['line']}行）"
            assert row[3]
            assert row[8]
            assert row[10:13] == (None, None, None)
            assert row[13:] == (plan["id"], obligation["id"])
            _check_responsibility(row, plan, names, obligation["id"])


def test_the_workbook_of_a_plan_lists_every_task(sheets: Files, units: list[Json], plan: Json) -> None:
    """The plan's sheet of tasks holds each task and safeguard with its targets, their years, and who is named."""
    names = {unit["id"]: unit["name"] for unit in units}
    targets = {target["id"]: target for target in plan["targets"]}
    rows = _pages(sheets["plans/xishan-2022-2024/xishan-2022-2024.xlsx"])["任务"][1:]
    for row, item in zip(rows, (*plan["tasks"], *plan["safeguards"]), strict=True):
        mine = [targets[target] for target in item["targets"]]
        asked = str(row[3]).splitlines()
        checkable = [target for target in mine if target["strength"] == "checkable"]
        assert row[2] == f"{item['number']}.{item['title']}"
        if checkable:
            shown = sorted(mine, key=lambda target: target["strength"])
            starts = [
                ("方向：" if target["strength"] == "direction" else "")
                + target["indicator"]
                + (f"（范围：{target['scope']}）：" if target["scope"] else "：")
                for target in shown
            ]
            assert all(line.startswith(start) for line, start in zip(asked, starts, strict=True))
            assert all(v["said"] in str(row[3]) for target in mine for v in target["values"])
            assert str(row[3]).count("（推断）") == sum(v["reading"] == "inferred" for t in mine for v in t["values"])
        else:
            assert item["text"].endswith(str(row[3]))
        assert row[4] is None
        assert row[9] == f"第{_text_lines(plan)[item['id']]}行"
        _check_responsibility(row, plan, names, item["id"])


def test_the_workbook_lists_every_value_of_every_target(sheets: Files, plan: Json) -> None:
    """The plan's sheet of targets holds each value with all its fields, its owner, sentence and line."""
    rows = _pages(sheets["plans/xishan-2022-2024/xishan-2022-2024.xlsx"])["目标"]
    assert rows[0] == tuple(column.heading for column in TARGETS)
    checkable = [target for target in plan["targets"] if target["strength"] == "checkable"]
    values = [(target, value) for target in checkable for value in target["values"]]
    assert len(rows) == len(values) + 1
    for number, (row, (target, value)) in enumerate(zip(rows[1:], values, strict=True), 1):
        assert row == (
            number,
            _owner(plan, target["of"]),
            target["indicator"],
            target["scope"],
            TYPES[target["type"]],
            value["year"] or SPANS.get(target["id"]),
            value["said"],
            COMPARATORS[value["comparator"]],
            value["value"],
            value.get("upper"),
            value["unit"],
            value["text"],
            READINGS[value["reading"]],
            value.get("note"),
            target["quote"],
            f"第{target['line']}行",
            None,
            target["base"],
            plan["id"],
            target["id"],
        )


def test_the_workbook_gives_a_unit_no_more_targets_than_its_page(
    sheets: Files, api: dict[str, Any], units: list[Json], plan: Json
) -> None:
    """Its sheet holds the targets of its tasks and safeguards; where brackets name it, their words alone."""
    targets = api["api/v1/targets.json"]
    values = {target["id"]: [value["text"] for value in target["values"]] for target in targets}
    for unit in units:
        rows = _pages(sheets[f"units/{unit['id']}/{unit['id']}.xlsx"]).get("目标", [()])[1:]
        own = _asked(unit, plan)
        assert [row[11] for row in rows] == [text for target in own for text in values[target]]


def _asked(unit: Json, plan: Json) -> list[str]:
    """Return the targets of a unit that can be checked: of its tasks, and of the safeguards that name it."""
    checkable = {target["id"] for target in plan["targets"] if target["strength"] == "checkable"}
    return [target for target in (*unit["targets"], *unit["safeguard_targets"]) if target in checkable]


def _check_duty(row: Row, plan: Json, duty: Json, relation: str) -> None:
    """Hold a row against a published duty; when it is due stands in printed words, with the dates behind them."""
    due = duty["due"]
    until = f"{'、'.join(f'{month}月' for month in due['months'])}{due['day']}日前" if due else ""
    names = ["、".join(dict.fromkeys(one["printed"] for one in duty[key])) or None for key in ("who", "to")]
    assert row[1:7] == (_owner(plan, duty["of"]), duty["action"], relation, *names, FREQUENCIES[duty["frequency"]])
    assert until in str(row[7])
    assert row[8] == READINGS[duty["reading"]]
    assert (duty.get("note") or "") in str(row[9] or "")
    assert row[10:12] == (duty["quote"], f"第{duty['line']}行")
    assert row[12:] == (None, None, plan["id"], duty["id"])


def _nobody(duty: Json) -> str:
    """Return what is said of a duty without a unit: whether the text names somebody else."""
    return "原文没有点名到名录里的单位" if duty["who"] else "原文没有点名由谁做"


def test_the_workbook_lists_every_duty(sheets: Files, units: list[Json], plan: Json) -> None:
    """A unit's sheet holds what it does, what applies through a group, what it receives, and what names nobody."""
    names = {unit["id"]: unit["name"] for unit in units}
    duties = {duty["id"]: duty for duty in plan["duties"]}
    for unit in units:
        rows = _pages(sheets[f"units/{unit['id']}/{unit['id']}.xlsx"]).get("定期事项", [()])[1:]
        relations = [
            *("由本单位做" for _ in unit["duties"]),
            *(f"经“{names[duty['via']]}”适用" for duty in unit["group_duties"]),
            *("报给本单位" if duty in REPORTS else "以本单位为对象" for duty in unit["receives"]),
            *(_nobody(duties[duty]) for duty in unit["unnamed_duties"]),
        ]
        assert [row[0] for row in rows] == list(range(1, len(relations) + 1))
        for row, duty, relation in zip(rows, _concerning(unit), relations, strict=True):
            _check_duty(row, plan, duties[duty], relation)
    rows = _pages(sheets["plans/xishan-2022-2024/xishan-2022-2024.xlsx"])["定期事项"]
    assert [row[-1] for row in rows[1:]] == list(duties)


def test_the_division_of_work_has_a_row_for_each_unit_and_task(sheets: Files, units: list[Json], plan: Json) -> None:
    """The plan's workbook lists every unit's part in every task and safeguard, and says what came through a group."""
    items = {item["id"]: item for item in (*plan["tasks"], *plan["safeguards"])}
    rows = _pages(sheets["plans/xishan-2022-2024/xishan-2022-2024.xlsx"])["任务分解表"]
    assert rows[0] == tuple(column.heading for column in DIVISION)
    expected = [(unit, obligation) for unit in units for obligation in unit["obligations"]]
    by_part = {(row[1], row[-1]): row for row in rows[1:]}
    assert len(by_part) == len(rows) - 1 == len(expected)
    for unit, obligation in expected:
        row = by_part[unit["name"], obligation["id"]]
        assert row[2] == ROLES[obligation["role"]]
        assert ("经统称" in str(row[3])) == bool(obligation["via"])
        assert items[obligation["id"]]["text"].endswith(str(row[12]))
        assert row[6]
        assert row[7]


def test_the_workbook_is_set_up_to_read_and_print(sheets: Files) -> None:
    """The head is frozen and repeats, rows can be filtered, and what A3 across shows is nine points or more."""
    book = openpyxl.load_workbook(io.BytesIO(sheets["units/development-reform/development-reform.xlsx"]))
    for page in book:
        assert page.freeze_panes == "A4"
        assert page.auto_filter.ref.startswith("A3:")
        assert page.print_title_rows == "$1:$3"
        assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 8)
        assert page["A4"].alignment.wrap_text
        assert str(page["A1"].value).startswith("区发展改革局承担事项")
        source = str(page["A2"].value)
        assert all(words in source for words in ("2022年12月12日印发", "数据第", "http", "非官方整理"))


def test_paper_shows_nine_points_or_more() -> None:
    """The printed columns, which come first, are no wider than what LibreOffice was seen to print at nine points."""
    for columns in (TASKS, DIVISION, TARGETS, DUTIES):
        printed = [column.width for column in columns if column.is_printed]
        assert sum(7 * width + 5 for width in printed) <= 1370
        assert all(column.is_printed for column in columns[: len(printed)])


def test_text_never_becomes_a_formula() -> None:
    """A text that begins with = + - or @ stays a text in both kinds of table."""
    texts = ("=1+1", "+86", "-3", "@cmd", "普通")
    columns = tuple(Column(str(place), 9) for place in range(len(texts)))
    sheet = Sheet(name="表", title="题", source="源", columns=columns, rows=(texts,))
    issued = datetime.date(2022, 12, 12)
    page = openpyxl.load_workbook(io.BytesIO(workbook("题", (sheet,), issued)))["表"]
    assert [(cell.value, cell.data_type) for cell in page[4]] == [(text, "s") for text in texts]
    row = list(csv.reader(io.StringIO(table(sheet).decode("utf-8-sig"))))[3]
    assert row == ["'=1+1", "'+86", "'-3", "'@cmd", "普通"]


def test_the_csv_files_hold_the_sheets(sheets: Files, units: list[Json]) -> None:
    """Each has the byte order mark that Excel needs, CRLF, title and source, and the rows of the workbook."""
    for unit in units:
        base = f"units/{unit['id']}/{unit['id']}"
        pages = _pages(sheets[f"{base}.xlsx"])
        for name, suffix in (("任务", ""), ("目标", "-targets"), ("定期事项", "-duties")):
            assert (name in pages) == (f"{base}{suffix}.csv" in sheets)
            if name not in pages:
                continue
            content = sheets[f"{base}{suffix}.csv"]
            assert content.startswith(b"\xef\xbb\xbf")
            assert content.endswith(b"\r\n")
            rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
            assert [len(row) for row in rows[:2]] == [1, 1]
            assert rows[0][0].startswith(unit["name"])
            assert "非官方整理" in rows[1][0]
            assert rows[2:] == [["" if cell is None else str(cell) for cell in row] for row in pages[name]]


def test_the_calendar_holds_the_dated_duties(sheets: Files, api: dict[str, Any]) -> None:
    """Each dated duty has an event on each of its printed dates, from the day of issue to the end of the plan."""
    duties = api["api/v1/duties.json"]
    opened = vobject.readOne(sheets["plans/xishan-2022-2024/xishan-2022-2024.ics"].decode("utf-8"))
    expected = [
        (f"xishan-2022-2024.{duty['id']}.{date.replace('-', '')}@plansite", date)
        for duty in duties
        if (due := duty["due"])
        for year in (2022, 2023, 2024)
        for month in due["months"]
        if (date := f"{year}-{month:02}-{due['day']:02}") >= "2022-12-12"
    ]
    assert [(event.uid.value, event.dtstart.value.isoformat()) for event in opened.vevent_list] == expected


def test_a_duty_whose_dates_are_all_past_is_in_no_calendar() -> None:
    """A plan issued after the last date of a duty gives no event that would begin behind its own end."""
    index = read_index(SEED, "plan_data")
    plan = index.plans[0]
    dated = [UnitDuty(plan=plan.plan.id, entry=entry, via=None) for entry in plan.duties if entry.duty.due]
    late = replace(index, plans=(replace(plan, plan=replace(plan.plan, issued_on="2024-12-21")),))
    assert len(dated) == 2
    assert b"BEGIN:VEVENT" in Calendars(index).calendar("x", dated)
    assert b"BEGIN:VEVENT" not in Calendars(late).calendar("x", dated)


def test_every_calendar_can_be_read(sheets: Files) -> None:
    """Also the calendar of a unit without dated duties is one that a parser takes."""
    for name, content in sheets.items():
        if name.endswith(".ics"):
            assert vobject.readOne(content.decode("utf-8")).name == "VCALENDAR"
            assert all(len(line) <= 75 for line in content.split(b"\r\n"))


def test_the_same_data_gives_the_same_bytes(sheets: Files) -> None:
    """Another process with another hash seed writes the same files, and nothing in them comes from the clock."""
    script = (
        "import hashlib, sys; from pathlib import Path; from generator.export.sheets import sheet_files\n"
        "from generator.index.build import read_index\n"
        "for name, content in sheet_files(read_index(Path('plan_data'), 'plan_data')):\n"
        "    print(name, hashlib.sha256(content).hexdigest())"
    )
    other = {"PYTHONHASHSEED": "2" if os.environ.get("PYTHONHASHSEED") == "1" else "1"}
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, env=other, capture_output=True, check=True)
    here = [f"{name} {hashlib.sha256(content).hexdigest()}" for name, content in sheets.items()]
    assert done.stdout.decode().splitlines() == here
    with zipfile.ZipFile(io.BytesIO(sheets["units/tax/tax.xlsx"])) as book:
        assert {entry.date_time for entry in book.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2022-12-12T00:00:00Z" in book.read("docProps/core.xml")
