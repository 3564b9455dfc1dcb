"""The one table of words: English terms of the contract, and what a Chinese reader sees."""

from __future__ import annotations

from typing import Final, Literal

Role = Literal["supervise", "lead", "responsible", "cooperate", "implement", "owner"]

TARGET_TYPES: Final = {"metric": "目标值", "milestone": "阶段性目标"}

COMPARATORS: Final = {
    "at_least": "不低于",
    "at_most": "不超过",
    "exactly": "达到",
    "about": "左右",
    "between": "介于",
    "rise": "逐步提高",
    "fall": "逐步降低",
    "state": "达到所述状态",
}

READINGS: Final = {"printed": "原文写明", "inferred": "网站推断", "proposed": "导入程序提出，待核对"}

MARKS: Final = {"printed": "", "inferred": "推断", "proposed": "待核对"}
"""What stands behind a reading on pages and in sheets."""
REASONS: Final = {"printed": "说明", "inferred": "推断理由", "proposed": "待核对"}
"""What stands before the note of a reading."""


def marked(reading: str) -> str:
    """Return the mark of a reading as it stands in running text: （推断）; nothing where the words say it."""
    return f"（{MARKS[reading]}）" if MARKS[reading] else ""


EXPLAINED_BY: Final = {"plan": "方案自己的解释", "site": "本站解释"}
"""Who explains a term of the glossary."""
WITHOUT_MARKS: Final = str.maketrans("", "", "“”‘’")
"""For `str.translate`: a term is the same with quotation marks and without."""

FREQUENCIES: Final = {
    "weekly": "每周",
    "monthly": "每月",
    "quarterly": "每季度",
    "half_yearly": "每半年",
    "yearly": "每年",
    "each_time": "每次",
    "other": "未写周期",
}

REGULAR: Final = ("weekly", "monthly", "quarterly", "half_yearly", "yearly")
"""Those that say how often."""

ROLES: Final[dict[Role, str]] = {
    "lead": "牵头",
    "responsible": "责任",
    "cooperate": "配合",
    "implement": "落实",
    "owner": "括注负责",
    "supervise": "督办",
}
"""In order of precedence: a unit named twice for one item has one obligation, the first of these."""
ROLE_TASKS: Final[dict[Role, str]] = {
    **{role: f"{word}的任务" for role, word in ROLES.items()},
    "responsible": "列为责任单位的任务",
}
"""Role → what tasks are called in which a unit has it."""

LABEL_ROLES: Final[dict[str, Role]] = {
    "督办": "supervise",
    "督导": "supervise",
    "领导": "supervise",
    "牵头": "lead",
    "主办": "lead",
    "配合": "cooperate",
    "协办": "cooperate",
    "协同": "cooperate",
    "协助": "cooperate",
    "参与": "cooperate",
    "参加": "cooperate",
    "支持单位": "cooperate",
    "落实": "implement",
    "实施": "implement",
    "执行": "implement",
    "属地": "implement",
    "责任": "responsible",
    "承办": "responsible",
    "负责": "responsible",
    "主体单位": "responsible",
}
"""A word in a printed label → the role that it speaks of; the first that a label holds counts: 牵头责任单位 leads."""

STRENGTHS: Final = {"checkable": "可核对的目标", "direction": "方向性表述"}
"""A third person could say of a target whether it was met; not of a direction."""

UNIT_KINDS: Final = (
    "党委部门",
    "纪检监察机关",
    "政府部门",
    "法院检察院",
    "派出机构",
    "垂直管理",
    "园区",
    "企业",
    "事业单位",
    "群团组织",
    "人大政协",
    "议事协调机构",
    "社会组织",
    "上级单位",
    "群体",
)
"""Those of every site; units.yaml may add to them."""
GROUP_KIND: Final = "群体"

PRINTED: Final = "印刷"
ALIAS_KINDS: Final = (PRINTED, "简称", "旧称", "现称", "全称")
"""Printed in a plan; in everyday use; before a reorganisation; after one; in full."""
NOBODY: Final = "原文没有点名由谁做"
NOBODY_REGISTERED: Final = "原文没有点名到名录里的单位"
ALIAS_LABELS: Final = {"印刷": "原文写法", "简称": "简称", "旧称": "旧称", "现称": "现称", "全称": "全称"}
"""What a reader sees of each kind of alias."""

CHOICE_WORDS: Final = {
    "at_least": ("不少于", "不低于", "不小于", "以上", "至少", "超过", "大于", ">=", "≥"),
    "at_most": ("不超过", "不高于", "不多于", "以内", "以下", "至多", "小于", "<=", "≤"),
    "exactly": ("达到", "等于", "为", "达", "="),
    "about": ("左右", "约", "大约"),
    "between": ("介于", "之间", "至"),
    "rise": ("逐步提高", "提高", "提升", "增长", "上升"),
    "fall": ("逐步降低", "降低", "下降", "压减", "减少"),
    "state": ("达到所述状态", "状态", "完成"),
    "metric": ("目标值", "指标", "数值"),
    "milestone": ("阶段性目标", "节点"),
    "printed": ("原文写明", "原文", "写明"),
    "inferred": ("网站推断", "推断", "推定"),
    "proposed": ("导入程序提出", "待核对", "待人核对", "未核对"),
    "checkable": ("可核对的目标", "可核对", "可检查"),
    "direction": ("方向性表述", "方向", "方向性"),
    "weekly": ("每周", "每星期", "按周", "周"),
    "monthly": ("每月", "按月", "月度", "月"),
    "quarterly": ("每季度", "每季", "按季", "季度"),
    "half_yearly": ("每半年", "半年度", "半年一次", "半年"),
    "yearly": ("每年", "按年", "年度", "年"),
    "each_time": ("每次", "逐次"),
    "other": ("未写周期", "定期", "不定期", "适时", "其他"),
}
"""Choice → printed words and labels by which a clerk may call it."""

LEVELS: Final = ("国家级", "省级", "市级", "县级", "乡级", "村级")
CHANGES: Final = ("更名", "合并", "划转", "撤销")
"""What may have become of a unit since."""
SOURCE_CHECKS: Final = ("已核", "待核")
"""Title and number of a source were confirmed in a second place, or not yet."""
MONTH_END: Final = "月底"
"""How the data writes the last day of a month."""

ODDITY_KINDS: Final = (
    "名称连排",
    "重复列名",
    "名称内空格",
    "多余空格",
    "层级不符",
    "疑有缺字",
    "疑有误字",
    "疑有衍字",
    "名称不一",
    "标点不一",
    "标号疑误",
    "前后不一",
    "语句不通",
    "时间存疑",
    "数目存疑",
)
LISTED_TWICE: Final = "重复列名"
MISNUMBERED: Final = "标号疑误"

SEARCH_KINDS: Final = {
    "unit": "单位",
    "leader": "领导",
    "sector": "板块",
    "task": "任务",
    "safeguard": "制度保障",
    "goal": "总体目标",
    "target": "目标",
    "direction": "方向性表述",
    "duty": "定期事项",
    "term": "名词",
    "citation": "引用文件",
    "text": "原文",
    "oddity": "印刷疑误",
    "page": "本站说明",
}
"""What a search result can be; overrides/assets/search/box.js names them the same."""

PART_KINDS: Final = {
    "notice_title": "通知标题",
    "document_number": "发文字号",
    "addressees": "主送单位",
    "notice_text": "印发说明",
    "issuer": "发文机关",
    "date": "成文日期",
    "publicity": "公开属性",
    "title": "方案标题",
    "preamble": "引言",
    "heading": "部分标题",
    "guiding": "指导思想",
    "goal": "总体目标",
    "sector": "板块",
    "task": "任务",
    "item": "任务下的小项",
    "safeguard": "制度保障",
    "responsibility": "责任行",
    "attachment": "附件",
    "text": "其他正文",
}
"""What a part of the official text can be."""

TITLED: Final = frozenset({"heading", "sector", "task", "safeguard", "attachment"})
"""Kinds of parts that have a title."""
NUMBERED: Final = TITLED | {"goal", "item"}
"""Kinds of parts that may begin with a number."""
ALL_TITLE: Final = frozenset(
    {"notice_title", "document_number", "addressees", "issuer", "date", "publicity", "title", "responsibility"}
)
"""Kinds of parts whose words are no sentences."""
ITEM_KINDS: Final = ("goal", "task", "safeguard")
"""Kinds of parts that are published by themselves and hold what belongs to the parts below them."""

COVERS: Final = {"plan": "全文", "part": "所在的部分", "quote": "括注所在的词句"}
"""For what words of responsibility hold."""

BEGINS: Final = {"new_line": "另起一行", "same_line": "接在上一部分的同一行"}
"""Where a part begins."""

STATUSES: Final = {"in_force": "现行有效", "expired": "已失效", "replaced": "已被替代"}
"""Whether a plan is in force."""

CHINESE_DIGITS: Final = "零一二三四五六七八九"


def number_text(value: float) -> str:
    """Write a number as printed: 8, 99.5."""
    return f"{value:.12g}"


def chinese_number(number: int) -> str:
    """Write 0 to 999 as printed in Chinese numbering: 一, 十, 十二, 二十三, 一百零五."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{CHINESE_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += "十" if tens == 1 and not hundreds else f"{CHINESE_DIGITS[tens]}十"
    elif hundreds and ones:
        text += "零"
    return text + (CHINESE_DIGITS[ones] if ones or not number else "")
