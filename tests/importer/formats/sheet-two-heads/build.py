import io

import xlsxwriter


def build() -> bytes:
    """Return a workbook whose head has two rows and comes again on the next printed page."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.merge_range("A1:A2", "序号")
    sheet.merge_range("B1:B2", "任务内容")
    sheet.merge_range("C1:D1", "责任分工")
    sheet.write_row("C2", ("牵头\n单位", "配合单位"))
    sheet.merge_range("A3:D3", "一、优化窗口")
    sheet.write_row("A4", ("（一）", "多开窗口。", "县便民局", "县财政局"))
    sheet.write_row("A5", ("序号", "任务内容", "牵头单位", "配合单位"))
    sheet.merge_range("A6:D6", "二、网上办事")
    sheet.write_row("A7", ("（一）", "材料在网上交。", "县数据局", "县便民局"))
    book.close()
    return content.getvalue()
