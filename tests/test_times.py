"""The words of time are found as they are printed, and measures are not taken for them."""

from __future__ import annotations

import pytest

from generator.text.times import printed_times

FOUND = [
    ("2022年,便民大厅建成开放", ("2022年",)),
    ("2022—2024年,全区各项指标", ("2022—2024年",)),
    ("2022至2024年达标", ("2022至2024年",)),
    ("2022年至2024年达标", ("2022年至2024年",)),
    ("2023年底前建成", ("2023年底前",)),
    ("2024年12月31日前完成", ("2024年12月31日前",)),
    ("2022年度考核", ("2022年度",)),
    ("2023年第一季度启动", ("2023年第一季度",)),
    ("于每季度末月20日前报送", ("每季度末月20日前",)),
    ("于每季度末月(6月、9月、12月)19日前报送", ("每季度末月(6月、9月、12月)19日前",)),
    ("每季度由领导召集,定期研究", ("每季度", "定期")),
    ("按季调度,逐年提高", ("按季", "逐年")),
    ("季度末报送", ("季度末",)),
    ("每年出台一个方案", ("每年",)),
    ("每年6月、12月底前报送", ("每年6月、12月底前",)),
    ("贯彻每月走流程机制", ("每月",)),
    ("每月5日前", ("每月5日前",)),
    ("月底前办结,年底前清零", ("月底前", "年底前")),
    ("3年内上线,未来三年推进", ("3年内", "未来三年")),
    ("不定期督导、适时通报、及时核实", ("不定期", "适时", "及时")),
    ("每两年一次评估", ("每两年一次",)),
    ("一年一次检查", ("一年一次",)),
    ("年度专题会", ("年度",)),
    ("市场主体年均增长15%", ("年均",)),
    ("10月底前", ("10月底前",)),
    ("6月15日前报送", ("6月15日前",)),
    ("每季度首月10日前报送", ("每季度首月10日前",)),
    ("于次月5日前报送", ("次月5日前",)),
    ("每半年度评估,每周调度", ("每半年度", "每周")),
]

NOT_TIMES = [
    "15分钟办事圈",
    "24小时服务",
    "180天内审结",
    "10个工作日以内",
    "三年攻坚行动",
    "云办发〔2022〕32号",
    "5日办结",
    "12345热线",
    "每周年纪念",
]


@pytest.mark.parametrize(("text", "times"), FOUND)
def test_words_of_time_are_found_whole(text: str, times: tuple[str, ...]) -> None:
    """The words come out in printed order, each as long as it is printed."""
    assert printed_times(text) == times


@pytest.mark.parametrize("text", NOT_TIMES)
def test_measures_are_no_times(text: str) -> None:
    """Figures of duration, names with a figure and document numbers say no time."""
    assert printed_times(text) == ()
