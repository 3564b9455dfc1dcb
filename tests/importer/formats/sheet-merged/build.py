import io

import xlsxwriter

HEADS = "重点领域", "序号", "重点任务", "目标要求", "牵头单位", "责任单位", "完成时限"


def build() -> bytes:
    """Return a workbook whose sectors reach over several rows, with its title in a merged cell and a hidden column."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    sheet = book.add_worksheet("任务分解表")
    sheet.merge_range("A1:G1", "青山县便民任务分解表")
    sheet.write("A2", "填报单位：县便民局")
    sheet.write_row("A3", HEADS)
    sheet.merge_range("A4:A5", "优化窗口")
    sheet.write_row("B4", (1, "多开窗口。", "新增10个窗口", "县便民局", "县财政局\n县人事局", "六月底前"))
    sheet.write_row("B5", (2, "延长时间。", "", "县便民局", "各镇", "持续推进"))
    sheet.write_row("A6", ("网上办事", 3, "材料在网上交。", "", "县数据局", "", "十月"))
    sheet.write("H3", "内部说明")
    sheet.write("H4", "不给人看的话")
    sheet.set_column("H:H", None, None, {"hidden": True})
    book.close()
    return content.getvalue()
