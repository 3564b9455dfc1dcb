PAGE = """<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"></head><body>
<p>青山县便民任务分解表</p>
<table>
<tr><td>领域</td><td>序号</td><td>工作任务</td><td colspan="2">责任分工</td><td>完成时限</td></tr>
<tr><td></td><td></td><td></td><td>牵头单位</td><td>配合单位</td><td></td></tr>
<tr><td rowspan="2">优化窗口</td><td>1</td><td><p>多开窗口，</p><p>周末也开。</p></td><td rowspan="2">县便民局</td>
<td><p>县财政局</p><p>县人事局</p></td><td>六月底前</td></tr>
<tr><td>2</td><td>少跑一趟。</td><td>—</td><td>七月底前</td></tr>
<tr><td>网上办事</td><td>3</td><td>材料在网上交。</td><td>县数据局</td><td>县便民局</td><td>持续推进</td></tr>
<tr><td colspan="6">注：本表由县便民局解释。</td></tr>
</table></body></html>"""


def build() -> bytes:
    """Return a page in an encoding that it names by an older name."""
    return PAGE.encode("gb18030")
