import io

import xlsxwriter


def build() -> bytes:
    """Return a workbook with figures, which is no table of tasks."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row("A1", ("镇", "窗口", "人员"))
    sheet.merge_range("A2:A3", "东镇")
    sheet.write_row("B2", ("一号", 3))
    sheet.write_row("B3", ("二号", 4))
    book.close()
    return content.getvalue()
