"""What the documents beside the pages say, opened with python-docx and held against the published data."""

from __future__ import annotations

import io
import itertools
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import docx
import pytest
from docx.oxml.ns import qn
from docx.table import Table

from generator.export.api import api_files
from generator.index.build import read_index

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Row

SEED = Path(__file__).resolve().parent.parent / "tests" / "seed" / "plan_data"
PLAN = "plans/xishan-2022-2024/xishan-2022-2024"
ROLES = {"lead": "牵头", "responsible": "责任", "owner": "括注负责"}
FREQUENCIES = {
    "weekly": "每周",
    "monthly": "每月",
    "quarterly": "每季度",
    "half_yearly": "每半年",
    "yearly": "每年",
    "each_time": "每次",
    "other": "未写周期",
}
YEARS = (2022, 2023, 2024)
SPANS = {
    "task-2-yearly-key-list": "每年",
    "task-15-entity-growth": "2022—2024年",
    "task-15-enterprise-growth": "2022—2024年",
    "safeguard-6-yearly-inspection": "每年",
    "safeguard-10-yearly-training": "每年",
}
"""Targets of no single year → the printed span or cycle that stands in its place."""
DIGITS = "零一二三四五六七八九"

Json = dict[str, Any]
Parts = dict[str, list[Any]]
"""Heading without its number → the paragraphs and tables below it."""


@pytest.fixture(scope="module")
def documents(sheets: dict[str, bytes]) -> dict[str, Document]:
    """Return every document of the real plan, opened, by address without suffix."""
    return {name[:-5]: docx.Document(io.BytesIO(sheets[name])) for name in sheets if name.endswith(".docx")}


@pytest.fixture(scope="module")
def api() -> dict[str, Any]:
    """Return the published data of the real plan by address."""
    index = read_index(SEED, "plan_data")
    return {name: json.loads(content) for name, content in api_files(index, "") if "schema" not in name}


@pytest.fixture(scope="module")
def plan(api: dict[str, Any]) -> Json:
    """Return the published plan."""
    return api["api/v1/plans/xishan-2022-2024.json"]  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def units(api: dict[str, Any]) -> list[Json]:
    """Return the published data of each unit."""
    return [content for name, content in api.items() if name.startswith("api/v1/units/")]


@pytest.fixture(scope="module")
def names(units: list[Json]) -> dict[str, str]:
    """Return the names of the units by id."""
    return {unit["id"]: unit["name"] for unit in units}


def _of(unit: Json) -> str:
    return f"units/{unit['id']}/{unit['id']}"


def _asked(unit: Json, plan: Json) -> list[str]:
    """Return the targets of a unit that can be checked: of its tasks, and of the safeguards that name it."""
    checkable = {target["id"] for target in plan["targets"] if target["strength"] == "checkable"}
    return [target for target in (*unit["targets"], *unit["safeguard_targets"]) if target in checkable]


def _chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else f"{DIGITS[tens]}十") + (DIGITS[ones] if ones else "")


def _parts(opened: Document) -> Parts:
    """Split a document at its annexes, which must be numbered from one on; what opens it stands under no name."""
    parts: Parts = {"": []}
    place = parts[""]
    for block in opened.iter_inner_content():
        style = "" if isinstance(block, Table) else block.style.name
        if style == "附件标题":
            number, title = block.text.split("　", 1)
            assert number == f"附件{len(parts)}"
            parts[title] = place = []
        elif style == "Heading 1":
            place = []
        else:
            place.append(block)
    return parts


def _paper(opened: Document) -> Parts:
    """Return the parts of the working paper, which must be numbered from one on."""
    parts: Parts = {}
    for block in opened.iter_inner_content():
        style = "" if isinstance(block, Table) else block.style.name
        if style == "附件标题":
            break
        if style == "Heading 1":
            number, title = block.text.split("、", 1)
            assert number == _chinese(len(parts) + 1)
            parts[title] = []
        elif parts:
            parts[list(parts)[-1]].append(block)
    return parts


def _lines(row: _Row) -> list[list[str]]:
    """Return the lines of each cell; a cell over several columns counts once."""
    cells = row._tr.iterchildren(qn("w:tc"))
    return [[_text(paragraph) for paragraph in cell.iterchildren(qn("w:p"))] for cell in cells]


def _text(paragraph: Any) -> str:  # noqa: ANN401 - lxml's elements have no types
    return "".join(text.text for text in paragraph.iter(qn("w:t")))


def _body(tables: list[Table]) -> list[list[list[str]]]:
    return [_lines(row) for table in tables for row in table.rows[1:]]


def _tables(blocks: list[Any]) -> list[Table]:
    return [block for block in blocks if isinstance(block, Table)]


def _part_of(obligation: Json) -> str:
    if obligation["via"]:
        return "经统称适用的事项"
    if obligation["kind"] == "safeguard":
        return "制度保障"
    return {"lead": "牵头任务", "responsible": "责任任务"}[obligation["role"]]


def _said(value: Json) -> str:
    """Write a value as a reader should find it."""
    return str(value["said"])


def _mark(record: Json) -> str:
    return "（推断）" if record["reading"] == "inferred" else ""


def _when(target: Json, value: Json) -> str:
    return f"{value['year']}年" if value["year"] else SPANS.get(target["id"], "")


def _brief(target: Json) -> str:
    values = [
        ("" if _when(target, value) in _said(value) else _when(target, value)) + _said(value) + _mark(value)
        for value in target["values"]
    ]
    scope = f"（范围：{target['scope']}）" if target["scope"] else ""
    return f"{target['indicator']}{scope}：{'；'.join(values)}"


def _why(target: Json) -> str:
    """Return the reasons of a direction, which no table holds."""
    notes = "".join(dict.fromkeys(value["note"] for value in target["values"] if value.get("note")))
    return f"。推断理由：{notes}" if notes else ""


def _check_asked(lines: list[str], item: Json, targets: dict[str, Json]) -> None:
    """Targets stand first, then directions; where nothing can be checked, the printed words, which may be cut."""
    mine = [targets[target] for target in item["targets"]]
    checkable = [_brief(target) for target in mine if target["strength"] == "checkable"]
    directions = [f"方向：{_brief(target)}{_why(target)}" for target in mine if target["strength"] == "direction"]
    if checkable:
        assert lines == [*checkable, *directions]
    else:
        (line,) = lines
        assert line
        assert line.removesuffix("……（全文见附件“原文”）") in item["text"]


def test_each_unit_and_plan_has_a_document(documents: dict[str, Document], units: list[Json]) -> None:
    """Beside each unit's page, a group's too, and beside the plan's page lies a document."""
    assert sorted(documents) == sorted([*map(_of, units), PLAN])


def test_a_document_says_what_it_rests_on(documents: dict[str, Document], units: list[Json], plan: Json) -> None:
    """Title, plan, issuers, date, counts and that it is unofficial stand before the first part."""
    for unit in units:
        opening = [block.text for block in _parts(documents[_of(unit)])[""]]
        assert opening[:2] == [f"{unit['name']}承担事项清单", plan["title"]]
        assert opening[-1] == "非官方整理，以印发的文件为准。"
        assert f"《{plan['title']}》（{'、'.join(plan['issuers'])}{plan['notice']['date']}印发）" in opening[2]
        counts = unit["counts"]
        through = sum(1 for obligation in unit["obligations"] if obligation["via"])
        listed = {
            f"牵头{counts['lead_sectors']}个板块的{counts['lead_tasks']}项任务": counts["lead_tasks"],
            f"列为{counts['responsible_sectors']}个板块{counts['responsible_tasks']}项任务的责任单位": counts[
                "responsible_tasks"
            ],
            f"制度保障{counts['safeguards']}项": counts["safeguards"],
            f"经统称适用的事项{through}项": through,
            f"有关目标{len(_asked(unit, plan))}项": len(_asked(unit, plan)),
            f"定期事项{len(unit['duties'])}项": len(unit["duties"]),
            f"经统称适用的定期事项{len(unit['group_duties'])}项": len(unit["group_duties"]),
        }
        assert opening[2].endswith(f"承担的全部事项：{'，'.join(text for text, count in listed.items() if count)}。")
        per_sector = any("按板块列责任单位，没有逐项分工" in text for text in opening)
        assert per_sector == bool(counts["lead_tasks"] + counts["responsible_tasks"])
        assert not unit["note"] or f"关于名称：{unit['note']}" in opening


def test_every_obligation_stands_once_in_its_part(
    documents: dict[str, Document], units: list[Json], plan: Json, names: dict[str, str]
) -> None:
    """Each obligation has one row, in the part of its role: number, title, targets, due, role, group, line, name."""
    items = {item["id"]: item for item in (*plan["tasks"], *plan["safeguards"])}
    targets = {target["id"]: target for target in plan["targets"]}
    for unit in units:
        parts = _parts(documents[_of(unit)])
        for part in ("牵头任务", "责任任务", "制度保障", "经统称适用的事项"):
            expected = [o for o in unit["obligations"] if _part_of(o) == part]
            rows = _body(_tables(parts.get(part, [])))
            assert len(rows) == len(expected)
            for row, obligation in zip(rows, expected, strict=True):
                item = items[obligation["id"]]
                *before, source = row
                assert before[:2] == [[str(obligation["number"])], [obligation["title"]]]
                if obligation["role"] == "owner":
                    assert before[2][: len(obligation["owns"])] == [own["quote"] for own in obligation["owns"]]
                else:
                    _check_asked(before[2], item, targets)
                assert all(before[-1])
                via = f"（经“{names[obligation['via']]}”）" if obligation["via"] else ""
                if part in ("制度保障", "经统称适用的事项"):
                    listed = obligation["owns"] and obligation["role"] != "owner" and not via
                    owned = f"（另有括注负责：{'、'.join('“' + own['quote'] + '”' for own in obligation['owns'])}）"
                    assert before[3] == [ROLES[obligation["role"]] + via + (owned if listed else "")]
                text_line = item["line"] + (obligation["kind"] == "safeguard")
                known = (unit["name"], names.get(obligation["via"], ""))
                printed = [] if obligation["printed"] in known else [f"印作“{obligation['printed']}”"]
                how = "括注" if obligation["role"] == "owner" else "列名"
                assert source == [f"{how}：第{obligation['line']}行", *printed, f"正文：第{text_line}行"]


def test_each_sector_stands_under_its_heading(
    documents: dict[str, Document], units: list[Json], plan: Json, names: dict[str, str]
) -> None:
    """Above its tasks a sector shows its title, leader, lead unit and responsible units, and where they stand."""
    sectors = {sector["id"]: sector for sector in plan["sectors"]}
    for unit in units:
        parts = _parts(documents[_of(unit)])
        for part in ("牵头任务", "责任任务"):
            mine = list(dict.fromkeys(o["sector"] for o in unit["obligations"] if _part_of(o) == part))
            blocks = parts.get(part, [])
            assert len(blocks) == 3 * len(mine)
            for number, sector_id in enumerate(mine, 1):
                heading, named, table = blocks[3 * number - 3 : 3 * number]
                _check_sector(heading, named, sectors[sector_id], names)
                assert heading.text.startswith(f"（{_chinese(number)}）板块{_chinese(sectors[sector_id]['number'])}　")
                tasks = [o["number"] for o in unit["obligations"] if o["sector"] == sector_id and _part_of(o) == part]
                assert [row[0] for row in _body([table])] == [[str(task)] for task in tasks]


def _check_sector(heading: Any, named: Any, sector: Json, names: dict[str, str]) -> None:  # noqa: ANN401
    last = sector["line"] + len(sector["tasks"]) + 3
    assert heading.style.name == "Heading 2"
    assert heading.text.endswith(sector["title"])
    assert named.text.startswith(f"督办领导：{sector['supervising_leader']['name']}（第{last - 2}行）。")
    assert f"总牵头单位：{sector['lead_unit']['printed']}（第{last - 1}行）。" in named.text
    listed = re.sub(r"（原文连排为“[^”]+”）", "", named.text.split("责任单位：")[-1])
    units = "、".join(
        names[mention["unit"]] if names[mention["unit"]] in mention["printed"] else mention["printed"]
        for mention in sector["responsible_units"]
    )
    assert listed.replace("区行政审批局(区政务服务局)", "区政务服务局") == f"{units}（第{last}行）。"


def _read_targets(table: Table) -> list[tuple[str, list[list[str]], list[str]]]:
    """Return (owner, cells, reasons below) of each target; reasons hold for all rows above that have none yet."""
    found: list[tuple[str, list[list[str]], list[str]]] = []
    waiting: list[list[str]] = []
    owner = ""
    for row in table.rows[1:]:
        cells = _lines(row)
        style = row.cells[0].paragraphs[0].style.name
        if style == "表内分组":
            owner, waiting = cells[0][0], []
        elif style == "表注":
            alike = re.search(r"以上(\d+)项", cells[0][0])
            for reasons in waiting[-int(alike[1] if alike else 1) :]:
                reasons += [line.split("：", 1)[1] for line in cells[0]]
        else:
            waiting.append([])
            found.append((owner, cells, waiting[-1]))
    return found


def _check_targets(table: Table, expected: list[Json], plan: Json) -> None:
    owners = {item["id"]: item for item in (*plan["tasks"], *plan["safeguards"])}
    rows = _read_targets(table)
    assert _lines(table.rows[0]) == [["指标"], *([f"{year}年"] for year in YEARS), ["原文出处"]]
    assert len(rows) == len(expected)
    for (owner, cells, reasons), target in zip(rows, expected, strict=True):
        kind = {"task": "任务", "safeguard": "制度保障", "goal": ""}[target["of"]["kind"]]
        of = owners.get(target["of"]["id"])
        assert owner == (f"{kind}{of['number']}　{of['title']}" if of else f"{target['of']['id'][-4:]}年总体目标")
        indicator, *dated, source = cells
        assert indicator == [target["indicator"], *([f"范围：{target['scope']}"] if target["scope"] else [])]
        assert source == [f"第{target['line']}行"]
        assert reasons == list(dict.fromkeys(value["note"] for value in target["values"] if value.get("note")))
        label = SPANS.get(target["id"], "未写年份")
        undated = [line for value in target["values"] if not value["year"] for line in _value(value, f"{label}：")]
        by_year = [[line for v in target["values"] if v["year"] == year for line in _value(v, "")] for year in YEARS]
        if not any(by_year):
            assert dated == [undated]
        else:
            assert dated == [*(lines or ["—"] for lines in by_year[:-1]), (by_year[-1] or ["—"]) + undated]


def _value(value: Json, before: str) -> list[str]:
    printed = [] if value["text"] in _said(value) else [f"原文：{value['text']}"]
    return [f"{before}{_said(value)}{_mark(value)}", *printed]


def test_every_value_of_every_target_stands_in_its_year(
    documents: dict[str, Document], units: list[Json], plan: Json
) -> None:
    """The table of targets holds each with scope, values by year, printed words, marks, reasons and line."""
    targets = {target["id"]: target for target in plan["targets"]}
    for unit in units:
        tables = _tables(_parts(documents[_of(unit)]).get("目标", []))
        assert len(tables) == bool(_asked(unit, plan))
        for table in tables:
            _check_targets(table, [targets[target] for target in _asked(unit, plan)], plan)
    (table,) = _tables(_parts(documents[PLAN])["目标"])
    _check_targets(table, [target for target in plan["targets"] if target["strength"] == "checkable"], plan)


def _check_duties(blocks: list[Any], expected: list[tuple[Json, str]], plan: Json) -> None:
    rows = [row for table in _tables(blocks) for row in table.rows[1:]]
    owners = {item["id"]: item for item in (*plan["tasks"], *plan["safeguards"])}
    assert len(rows) == 2 * len(expected)
    for number, (duty, via) in enumerate(expected, 1):
        cells, (below,) = _lines(rows[2 * number - 2]), _lines(rows[2 * number - 1])
        due = duty["due"]
        until = f"{'、'.join(f'{month}月' for month in due['months'])}{due['day']}日前" if due else ""
        assert cells[0] == [str(number)]
        assert cells[1] == [f"{duty['action']}{_mark(duty)}{via}"]
        assert cells[2][0] == FREQUENCIES[duty["frequency"]]
        assert until in cells[2][-1]
        for (said,), mentions, none in ((cells[3], duty["who"], "原文没有点名由谁做"), (cells[4], duty["to"], "—")):
            assert all(mention["printed"] in said for mention in mentions)
            assert mentions or said == none
        of = owners[duty["of"]["id"]]
        kind = {"task": "任务", "safeguard": "制度保障"}[duty["of"]["kind"]]
        word = "推断理由" if duty["reading"] == "inferred" else "说明"
        assert below == [
            f"原文（{kind}{of['number']}　{of['title']}，第{duty['line']}行）：{duty['quote']}",
            *([f"{word}：{duty['note']}"] if "note" in duty else []),
            *dict.fromkeys(
                f"{word}：“{mention['printed']}”指谁：{mention['note']}"
                for mention in (*duty["who"], *duty["to"])
                if "note" in mention
            ),
        ]


def test_every_duty_stands_with_its_sentence(
    documents: dict[str, Document], units: list[Json], plan: Json, names: dict[str, str]
) -> None:
    """Duties of a unit, those through a group and those addressed to it are whole, each in a part of its own."""
    duties = {duty["id"]: duty for duty in plan["duties"]}
    for unit in units:
        parts = _parts(documents[_of(unit)])
        own = [(duties[duty], "") for duty in unit["duties"]]
        through = [(duties[d["id"]], f"（经“{names[d['via']]}”适用）") for d in unit["group_duties"]]
        received = [(duty, "") for duty in plan["duties"] if unit["id"] in [to["unit"] for to in duty["to"]]]
        _check_duties(parts.get("定期事项", []), own, plan)
        _check_duties(parts.get("经统称适用的定期事项", []), through, plan)
        _check_duties(parts.get("报给本单位或以本单位为对象的事项", []), received, plan)
    _check_duties(_parts(documents[PLAN])["定期事项"], [(duty, "") for duty in plan["duties"]], plan)


def test_the_printed_words_of_every_item_are_given_whole(
    documents: dict[str, Document], units: list[Json], plan: Json
) -> None:
    """The last part holds the paragraph of each task and safeguard in printed order, with its line."""
    items = {item["id"]: item for item in (*plan["tasks"], *plan["safeguards"])}
    order = list(items)
    for unit in units:
        title, blocks = list(_parts(documents[_of(unit)]).items())[-1]
        assert title == "原文"
        paragraphs = [block.text for block in blocks if block.style.name == "原文照录"]
        mine = sorted((o["id"] for o in unit["obligations"]), key=order.index)
        assert len(paragraphs) == len(mine)
        for text, item_id in zip(paragraphs, mine, strict=True):
            item = items[item_id]
            line = item["line"] + ("sector" not in item)
            assert item["title"] in text
            assert text.endswith(f"{item['text']}（原文第{line}行）")


def test_groups_and_their_members_are_explained(
    documents: dict[str, Document], units: list[Json], plan: Json, names: dict[str, str]
) -> None:
    """A group says whom it stands for, a member why it belongs to it, and the plan lists all groups."""
    groups = {group["unit"]: group for group in plan["groups"]}
    for unit in units:
        parts = _parts(documents[_of(unit)])
        assert ("所指单位" in parts) == unit["is_group"]
        mine = [group for group in groups.values() if unit["id"] in group["members"]]
        texts = [block.text for block in parts.get("所属统称", [])]
        assert texts == [f"{names[group['unit']]}{_mark(group)}：{group['note']}" for group in mine]
        if unit["is_group"]:
            (text,) = (block.text for block in parts["所指单位"])
            members = "、".join(names[member] for member in groups[unit["id"]]["members"])
            assert text.startswith(members or "没有列出名单")
            assert text.endswith(groups[unit["id"]]["note"])
    assert len(_parts(documents[PLAN])["统称所指"]) == len(groups)


def test_the_plan_is_listed_whole(documents: dict[str, Document], plan: Json, names: dict[str, str]) -> None:
    """The plan's document holds goals, sectors with all tasks, safeguards with their units, and what stands before."""
    parts = _parts(documents[PLAN])
    assert [block.text for block in parts["总体目标"]] == [f"{g['text']}（第{g['line']}行）" for g in plan["goals"]]
    targets = {target["id"]: target for target in plan["targets"]}
    tasks = {task["id"]: task for task in plan["tasks"]}
    blocks = parts["重点任务"]
    assert len(blocks) == 3 * len(plan["sectors"])
    for place, sector in enumerate(plan["sectors"]):
        heading, named, table = blocks[3 * place : 3 * place + 3]
        _check_sector(heading, named, sector, names)
        for row, task in zip(_body([table]), (tasks[task] for task in sector["tasks"]), strict=True):
            assert row[:2] == [[str(task["number"])], [task["title"]]]
            _check_asked(row[2], task, targets)
            assert all(row[3])
            assert row[4] == [f"第{task['line']}行"]
    rows = _body(_tables(parts["制度保障"]))
    for place, item in enumerate(plan["safeguards"]):
        row, (below,) = rows[2 * place : 2 * place + 2]
        assert row[:2] == [[str(item["number"])], [item["title"]]]
        _check_asked(row[2], item, targets)
        assert all(row[3])
        assert row[4] == [f"标题：第{item['line']}行", f"正文：第{item['line'] + 1}行"]
        assert below[0].endswith("：" + "、".join(unit["printed"] for unit in item["responsible_units"]))
        assert [line.split("“", 1)[1][:-1] for line in below[1:]] == [owner["quote"] for owner in item["owners"]]
    front = [block.text for block in parts["引言和指导思想"]]
    assert [text.rsplit("（", 1)[0] for text in front] == [plan["preamble"]["text"], plan["guiding"]["text"]]


def test_small_documents_have_no_empty_parts(documents: dict[str, Document]) -> None:
    """A unit with one safeguard and a group without members hold just what there is, numbered on."""
    one = _parts(documents["units/city-business-environment/city-business-environment"])
    assert list(one) == ["", "制度保障", "目标", "原文没有点名到单位的事项", "原文"]
    group = _parts(documents["units/subdistricts/subdistricts"])
    assert list(group) == ["", "所指单位", "制度保障", "目标", "原文没有点名到单位的事项", "原文"]
    for opened in documents.values():
        assert all(blocks for blocks in (*_parts(opened).values(), *_paper(opened).values()))
        assert all(len(table.rows) > 1 for table in opened.tables)
        blocks = list(opened.iter_inner_content())
        assert not isinstance(blocks[-1], Table)
        assert all(isinstance(block, Table) or block.text for block in blocks)
        assert not any(isinstance(a, Table) and isinstance(b, Table) for a, b in itertools.pairwise(blocks))


def test_the_paper_is_short_and_names_what_is_led(
    documents: dict[str, Document], units: list[Json], plan: Json
) -> None:
    """Before the annexes stand each task that the unit leads, its listed sectors, and what falls due at a time."""
    duties = {duty["id"]: duty for duty in plan["duties"]}
    for unit in units:
        paper = _paper(documents[_of(unit)])
        led = [o for o in unit["obligations"] if o["role"] == "lead"]
        rows = _body(_tables(paper.get("牵头任务", [])))
        assert [row[0] for row in rows] == [[str(o["number"])] for o in led]
        assert all(line for row in rows for line in (*row[2], *row[3]))
        timed = [
            duty
            for found in (unit["duties"], [duty["id"] for duty in unit["group_duties"]], unit["receives"])
            for duty in found
            if duties[duty]["due"] or duties[duty]["frequency"] in ("monthly", "quarterly", "yearly")
        ]
        shown = _body(_tables(paper.get("有时间的定期事项", [])))
        assert [row[0][0].removesuffix("（推断）") for row in shown] == [duties[duty]["action"] for duty in timed]
        # A row of a table takes two lines on paper at least; eight pages hold about three hundred.
        assert sum(len(row[2]) + 2 for row in rows) + 3 * len(shown) < 200


def test_the_mark_of_an_inference_is_explained_where_it_stands(documents: dict[str, Document]) -> None:
    """A document that holds the mark says what it means, be it on a target, a duty or a name; no other does."""
    for name, opened in documents.items():
        lines = [_text(paragraph) for paragraph in opened.element.body.iter(qn("w:p"))]
        is_marked = any("推断）" in line for line in lines)
        assert any("标有“推断”的" in line for line in lines) == is_marked, name
