"""XLSX: the sheets as tables, with what their cells show."""

from __future__ import annotations

import datetime
import io
import re
import warnings
from typing import TYPE_CHECKING, Any, Final

from .blocks import MOST_PLACES, Cell, Document, Table, grid, listed, refused

if TYPE_CHECKING:
    from .package import Package

_DAMAGED: Final = "工作簿打不开，内容可能损坏：请用 Excel 或 WPS 打开后另存为 .xlsx"
_STRICT: Final = "存成了“Strict Open XML 电子表格”：请另存为普通的“Excel 工作簿（.xlsx）”再导入"
_TOO_LARGE: Final = "工作簿太大，不像是方案：请检查是否选错了文件"


def sheet_document(content: bytes, package: Package) -> Document:
    """Return the tables of all sheets of a workbook that are shown, in their order; raises PlanError."""
    from openpyxl import load_workbook

    if "purl.oclc.org" in str(package.xml("xl/workbook.xml").tag):
        raise refused(package.shown, _STRICT)
    try:
        with warnings.catch_warnings():
            # Of features that it leaves out, such as lists of allowed values.
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(content), data_only=True)
    except Exception as error:
        # What a damaged workbook makes it raise is of any kind.
        raise refused(package.shown, _DAMAGED) from error
    shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    if any((sheet.max_row or 0) * (sheet.max_column or 0) > MOST_PLACES for sheet in shown):
        raise refused(package.shown, _TOO_LARGE)
    document = Document()
    for sheet in shown:
        table = _Sheet(sheet).table((f"以下是工作表“{sheet.title}”",) if len(shown) > 1 else ())
        document.blocks += [table] if table else []
    hidden = [sheet.title for sheet in book.worksheets if sheet.sheet_state != "visible"]
    if hidden:
        document.notes.append(f"隐藏的工作表没有收入：{listed(hidden)}")
    return document


class _Sheet:
    """One sheet, of which the rows and columns that are shown make a table."""

    def __init__(self, sheet: Any) -> None:  # noqa: ANN401 - of openpyxl, whose types leave much open
        hidden_rows = {at for at, one in sheet.row_dimensions.items() if one.hidden}
        hidden_columns = {
            at
            for one in sheet.column_dimensions.values()
            if one.hidden
            for at in range(one.min or 1, (one.max or 1) + 1)
        }
        self._sheet = sheet
        self._rows = _places(range(1, sheet.max_row + 1), hidden_rows)
        self._columns = _places(range(1, sheet.max_column + 1), hidden_columns)
        self._areas = {(one.min_row, one.min_col): one for one in sheet.merged_cells.ranges}
        self._hidden: list[str] = []
        self._formed: list[str] = []
        self._comments: list[str] = []

    def table(self, notes: tuple[str, ...]) -> Table | None:
        """Return the table; None where nothing is shown."""
        made: list[list[Cell]] = [[] for _ in self._rows]
        for row in self._sheet.iter_rows():
            for cell in row:
                if found := self._cell(cell):
                    made[found.top].append(found)
        height = max((cell.top + 1 for row in made for cell in row if cell.text), default=0)
        if not height:
            return None
        width = max(cell.left + cell.across for row in made[:height] for cell in row)
        told = (
            ("隐藏的行、列没有收入", self._hidden),
            ("日期、百分数照表格里的样子写成文字", self._formed),
            ("批注没有收入", self._comments),
        )
        notes += tuple(f"{words}：{listed(found, most=100)}" for words, found in told if found)
        return Table(grid(made[:height], width), notes)

    def _cell(self, cell: Any) -> Cell | None:  # noqa: ANN401 - as above
        """Return a cell at its place among what is shown; None where it is empty, or not shown."""
        text = _text(cell, self._formed)
        area = self._areas.get((cell.row, cell.column))
        if comment := getattr(cell, "comment", None):
            self._comments.append(comment.text)
        if not text and not area:
            return None
        last_row, last_column = (area.max_row, area.max_col) if area else (cell.row, cell.column)
        down = [self._rows[at] for at in range(cell.row, last_row + 1) if at in self._rows]
        across = [self._columns[at] for at in range(cell.column, last_column + 1) if at in self._columns]
        if not down or not across:
            self._hidden.append(text)
            return None
        return Cell(text, down[0], across[0], len(down), len(across))


def _places(numbers: range, hidden: set[int]) -> dict[int, int]:
    """Return which place each row or column that is shown has."""
    return {at: place for place, at in enumerate(at for at in numbers if at not in hidden)}


def _text(cell: Any, formed: list[str]) -> str:  # noqa: ANN401 - as above
    """Return what a cell shows; notes what was written in another form."""
    value = getattr(cell, "value", None)
    if value is None:
        return ""
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_", "").strip()
    if isinstance(value, bool):
        return "是" if value else "否"
    form = re.sub(r"\[[^\]]*\]|\\|\"", "", str(cell.number_format or "General"))
    if isinstance(value, datetime.datetime | datetime.date):
        text = _date(value, form)
    elif isinstance(value, int | float) and "%" in form:
        digits = form.partition(".")[2].count("0")
        text = f"{value * 100:.{digits}f}%"
    elif isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() else f"{value:.10g}"
    else:
        return str(value)
    formed.append(text)
    return text


def _date(value: datetime.date, form: str) -> str:
    """Return a date as far as its cell shows it: 2025年6月, 2025年6月30日; with strokes where it has such."""
    shape = form.lower()
    parts = [value.year, *([value.month] if "m" in shape else []), *([value.day] if "d" in shape else [])]
    if "年" not in shape and "-" in shape:
        return "-".join(f"{part:02}" for part in parts)
    if "年" not in shape and "." in shape:
        return ".".join(map(str, parts))
    return "".join(f"{part}{unit}" for part, unit in zip(parts, "年月日", strict=False))
