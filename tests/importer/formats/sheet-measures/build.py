import io

import xlsxwriter


def build() -> bytes:
    """Return a workbook of two sheets, in which several measures with units of their own stand under one number."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    sheet = book.add_worksheet("窗口")
    sheet.write_row("A1", ("序号", "重点任务", "工作措施", "责任单位"))
    sheet.merge_range("A2:A3", 1)
    sheet.merge_range("B2:B3", "优化窗口")
    sheet.write_row("C2", ("多开窗口。", "县便民局"))
    sheet.write_row("C3", ("延长时间。", "各镇"))
    sheet.write_row("A4", (2, "少跑一趟", "材料在网上交。", "县数据局"))
    other = book.add_worksheet("网站")
    other.write_row("A1", ("工作任务", "责任单位", "完成时限"))
    other.merge_range("A2:C2", "建好网站")
    other.write_row("A3", ("建网站。", "县数据局", "六月"))
    other.write_row("A4", ("管网站。", "县数据局", "七月"))
    hidden = book.add_worksheet("草稿")
    hidden.write("A1", "草稿里的话")
    hidden.hide()
    book.close()
    return content.getvalue()
