import io

import docx

HEADS = "序号", "重点任务", "工作措施", "牵头单位", "责任单位", "完成时限"
ROWS = (
    ("1", "优化窗口", "1.多开窗口\n2.周末也开", "县便民局", "县财政局\n县人事局", "六月底前"),
    ("", "", "延长服务时间。", "", "各镇", ""),
    ("2", "少跑一趟。", "材料在网上交。", "县数据局", "/", "持续推进"),
)


def build() -> bytes:
    """Return a document with a table of tasks, of which some cells are merged, and a table of figures."""
    document = docx.Document()
    document.add_paragraph("青山县便民任务分解表")
    table = document.add_table(rows=1, cols=len(HEADS))
    for cell, head in zip(table.rows[0].cells, HEADS, strict=True):
        cell.text = head
    for row in ROWS:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    for column in (0, 1, 3, 5):
        merged = table.cell(1, column).merge(table.cell(2, column))
        merged.text = ROWS[0][column]
    document.add_paragraph("附：各镇窗口数")
    figures = document.add_table(rows=2, cols=3)
    for at, words in enumerate(("镇", "现有（个）", "新增（个）", "东镇", "3", "2")):
        figures.cell(at // 3, at % 3).text = words
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()
