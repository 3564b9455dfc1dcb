import datetime
import io

import xlsxwriter


def build() -> bytes:
    """Return a workbook whose cells hold numbers that they show in a form of their own."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    sheet = book.add_worksheet()
    month = book.add_format({"num_format": 'yyyy"年"m"月"'})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    share = book.add_format({"num_format": "0.0%"})
    sheet.write_row("A1", ("序号", "重点任务", "目标要求", "责任单位", "完成时限"))
    sheet.write_row("A2", (1, "多开窗口。"))
    sheet.write("C2", 0.955, share)
    sheet.write("D2", "县便民局")
    sheet.write_datetime("E2", datetime.date(2031, 6, 30), month)
    sheet.write_row("A3", (2, "少跑一趟。", 12.5, "县数据局"))
    sheet.write_datetime("E3", datetime.date(2031, 6, 30), day)
    sheet.write_comment("B3", "还没有定")
    book.close()
    return content.getvalue()
