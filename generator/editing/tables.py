"""The tables of the editing workbooks: which records of the data they show, with which columns.

A row is a record of the YAML and a cell is one of its keys, so that an edited cell leads
to exactly one place in one file. Which keys there are and what may stand in them comes
from `shapes`; here is only what they are called in a table and how wide they are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ..data.keys import Choice, Key
from ..data.shapes import (
    ALIAS,
    DEADLINE,
    DUTY,
    GROUP,
    NAMED,
    PART,
    PLAN_FILE,
    RESPONSIBILITY,
    SUCCESSOR,
    TARGET,
    UNIT,
    VALUE,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..data.keys import Shape
    from .cells import Value

Path = tuple[str | int, ...]
"""Keys and places in lists that lead from the root of a file to a record."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column that may be edited, and the key that it stands for."""

    heading: str
    key: Key
    width: int
    """In characters of the sheet's font."""

    @property
    def doc(self) -> str:
        """What to fill in, in the words that the cells use."""
        return _worded(self.key.doc, _LABELS).replace(" []", "")


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet of the editing workbook."""

    name: str
    shape: Shape
    list: str
    """The key of the list that holds its records."""
    context: tuple[str, ...]
    """Headings of what says where a record belongs; read only for a row that is new."""
    columns: tuple[Column, ...]

    @property
    def has_ids(self) -> bool:
        """Say whether its records have ids of their own; others are counted, so that an id may come to mean another."""
        return "id" in self.shape.key_names()

    @property
    def headings(self) -> tuple[str, ...]:
        """All headings, in the order in which they are written."""
        return (ID_HEADING, *self.context, *(column.heading for column in self.columns), REMOVE_HEADING)

    def worded(self, text: str) -> str:
        """Return a problem's text with the headings and choices of this table in place of the YAML's words."""
        return _worded(text, {**_LABELS, **{column.key.name: column.heading for column in self.columns}})


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A record of the data as a row."""

    id: str
    """Unique in its table. What has no id of its own is counted, from 1, in the list that holds it."""
    context: tuple[str, ...]
    cells: tuple[str, ...]
    """The text of each column's cell; empty where the key is absent."""
    explained: Mapping[str, Value]
    """Names in its cells that the data explains, by what is printed: the record that stands for each."""
    file: str
    """Relative to plan_data/."""
    path: Path
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """A part of a plan, which may hold targets and duties: a goal, a task, a safeguard or any other."""

    id: str
    """Of the part: task-11. The ids of what it holds are made from it."""
    title: str
    """Unique among all plans."""
    plan: str
    file: str
    path: Path
    line: int


@dataclass(frozen=True, slots=True)
class Sheets:
    """What the workbook is made of."""

    rows: Mapping[str, tuple[Entry, ...]]
    """By name of the table."""
    holders: tuple[Holder, ...]
    kinds: tuple[str, ...]
    """Those that units may have."""

    @property
    def cells(self) -> int:
        """How many cells the sheets have, the hidden one among them: the measure of a returned workbook."""
        return sum(2 * len(table.headings) * len(self.rows[table.name]) for table in TABLES)


ID_HEADING: Final = "编号"
REMOVE_HEADING: Final = "删去"
REMOVE: Final = "删去"
"""What stands under that heading for a record that shall go."""
_LABELS: Final = {
    option: label
    for shape in (TARGET, VALUE, DUTY)
    for key in shape.keys
    if isinstance(key.type, Choice)
    for option, label in zip(key.type.options, key.type.labels, strict=True)
}


def _worded(text: str, words: Mapping[str, str]) -> str:
    pattern = rf"[ “]?\b({'|'.join(words)})\b[ ”]?"
    return re.sub(pattern, lambda found: f"“{words[found[1]]}”", text, flags=re.ASCII)


def _columns(shape: Shape, *rows: tuple[str, str, int]) -> tuple[Column, ...]:
    keys = {key.name: key for key in shape.keys}
    return tuple(Column(heading, keys[name], width) for name, heading, width in rows)


UNITS: Final = Table(
    "单位",
    UNIT,
    "units",
    (),
    _columns(
        UNIT,
        ("name", "名称", 24),
        ("kind", "类别", 14),
        ("note", "说明", 50),
        ("level", "层级", 10),
        ("kind_doubt", "类别存疑", 30),
    ),
)
ALIASES: Final = Table(
    "别名",
    ALIAS,
    "aliases",
    ("单位",),
    _columns(ALIAS, ("name", "别名", 26), ("kind", "种类", 10), ("source", "出处", 70)),
)
SUCCESSORS: Final = Table(
    "单位变更",
    SUCCESSOR,
    "became",
    ("单位",),
    _columns(
        SUCCESSOR, ("how", "怎样变更", 12), ("on", "何时", 14), ("unit", "变更后的单位", 24), ("source", "出处", 70)
    ),
)
TARGETS: Final = Table(
    "目标",
    TARGET,
    "targets",
    ("所属",),
    _columns(
        TARGET,
        ("type", "类型", 12),
        ("indicator", "指标", 28),
        ("scope", "范围", 18),
        ("quote", "原文词句", 44),
        ("comparator", "比较", 14),
        ("unit", "计量单位", 11),
        ("reading", "依据", 12),
        ("note", "推断理由", 36),
        ("strength", "能否核对", 14),
        ("qualifier", "限定语", 12),
        ("base", "基数", 18),
    ),
)
VALUES: Final = Table(
    "目标值",
    VALUE,
    "values",
    ("目标编号", "所属", "指标"),
    _columns(
        VALUE,
        ("year", "年度", 8),
        ("comparator", "比较", 14),
        ("value", "数值", 10),
        ("upper", "上限", 10),
        ("unit", "计量单位", 11),
        ("text", "原文词句", 44),
        ("reading", "依据", 12),
        ("note", "推断理由", 36),
        ("qualifier", "限定语", 12),
    ),
)
DUTIES: Final = Table(
    "定期事项",
    DUTY,
    "duties",
    ("所属",),
    _columns(
        DUTY,
        ("who", "谁做", 26),
        ("to", "对象", 26),
        ("action", "事项", 34),
        ("frequency", "频次", 11),
        ("due", "期限", 26),
        ("reading", "依据", 12),
        ("note", "说明", 36),
        ("quote", "原文词句", 44),
    ),
)
TABLES: Final = (UNITS, ALIASES, SUCCESSORS, TARGETS, VALUES, DUTIES)

PLANS: Final = Table(
    "方案", PLAN_FILE, "", (), _columns(PLAN_FILE, ("short_title", "简短标题", 30), ("reading", "依据", 12))
)
PARTS: Final = Table(
    "部分",
    PART,
    "parts",
    (),
    _columns(PART, ("kind", "部分", 14), ("title", "标题", 30), ("number", "序号", 8), ("year", "年度", 8)),
)
_RESPONSIBLE: Final = (
    ("role", "角色", 12),
    ("covers", "管到哪里", 16),
    ("reading", "依据", 12),
    ("note", "推断理由", 36),
)
LINES: Final = Table("责任行", PART, "parts", (), _columns(PART, *_RESPONSIBLE))
RESPONSIBILITIES: Final = Table(
    "责任",
    RESPONSIBILITY,
    "responsibilities",
    (),
    _columns(RESPONSIBILITY, ("quote", "原文词句", 44), ("units", "单位", 26), *_RESPONSIBLE),
)
NAMES: Final = Table(
    "名称",
    NAMED,
    "names",
    (),
    _columns(NAMED, ("names", "所指单位", 26), ("reading", "依据", 12), ("note", "推断理由", 36)),
)
DEADLINES: Final = Table(
    "完成时限",
    DEADLINE,
    "",
    (),
    _columns(
        DEADLINE,
        ("text", "时限", 20),
        ("date", "日期", 12),
        ("quote", "原文词句", 44),
        ("reading", "依据", 12),
        ("note", "推断理由", 36),
    ),
)
GROUPS: Final = Table(
    "群体所指",
    GROUP,
    "groups",
    (),
    _columns(GROUP, ("members", "所指单位", 26), ("reading", "依据", 12), ("note", "推断理由", 36)),
)

ACCEPT, LEAVE = "接受", "留待"
"""What may be decided on a proposal, besides `REMOVE`."""
DECISION: Final = Column(
    "决定",
    Key("decision", Choice((ACCEPT, REMOVE, LEAVE)), f"{ACCEPT}、{REMOVE}，或者{LEAVE}以后再定", required=False),
    10,
)
_PROPOSED: Final = (
    PLANS,
    PARTS,
    UNITS,
    ALIASES,
    TARGETS,
    VALUES,
    DUTIES,
    LINES,
    RESPONSIBILITIES,
    NAMES,
    DEADLINES,
    GROUPS,
)
_MENDED: Final = {
    column.heading: column for table in _PROPOSED for column in table.columns if column.key.name != "reading"
}
PROPOSALS: Final = Table(
    "待核对", PART, "", ("位置", "是什么", "原句", "读法", "存疑之处"), (DECISION, *_MENDED.values())
)
"""The sheet of what nobody has confirmed yet: records of every kind, each with those of its own columns filled."""
TABLE: Final = {table.name: table for table in (*TABLES, PROPOSALS)}
