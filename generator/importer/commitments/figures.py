"""Which figures of a sentence set a target, and in what unit of measure.

Figures of money that is given, of conditions, ages, telephone numbers, names and dates set none: the false
friends. Each is a row of words below.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ...text.readings import figures, own_bounds, printed_unit, segment_at
from .phrases import Clause, clause_at, trimmed

if TYPE_CHECKING:
    from ...text.readings import Figure

_UNIT: Final = re.compile(
    r"\s*((?:万亿|千亿|百亿|亿|千万|百万|万|千|百)?(?:美元|元|千瓦时|千瓦|公斤|吨|家次|家|户次|户|个|人次|人|台|套|张床位|张|亩|辆|名|件|场次|场"
    r"|次|立方米|平方米|平方公里|公里|公顷|头|只|羽|条|项|处|所|座|标准箱|标箱|班|单|笔|课时|吨标准煤)"
    r"|[百千万亿]?(?:趟|种|门|期|册|株|对|枚|支|类|批|片|孔|栋|间|床|级|倍|成|分|位)|万亿|亿|万|个?百分点)"
)
"""Units of measure beside those that `text.readings` knows."""
TIME: Final = re.compile("(?:个)?(?:工作日|自然日|小时|分钟|天|日|秒)$")
_OFTEN: Final = frozenset("次场期个轮")
_DATE: Final = re.compile(r"\s*(?:年(?!均)|月(?!度)|日(?!内|以内|之内)|号|届|岁|周岁|时(?!内)|点(?!位)|世纪|[A-Za-z])")
"""What stands behind a figure that is a date, an age, a number in a name."""
_NO_TARGET: Final = re.compile(
    "补贴|补助|奖励|奖补|资助|贴息|给予|奖金|注册资本|授信|罚款|罚金|贷款|最高不|最高[可达]|一次性|代偿|信贷|保费|租金|定额|减按|税率"
    "|电话|热线|邮编|有效期|施行|满分|评分|扣分|加分|面积在|年营业|年销售|营业收入达|额度|财政承担|按照?.{0,8}比例"
    "|适用|预征|加计|首付|毛利率|缴纳|缴费|上缴|停留|游览|建筑面积|宗地面积|最长|起征|减征|征收|消费券|红包|裁员|返还|出让金|下浮|通行费|单笔|单户|手续费"
)
"""Words in a clause whose figures are money that is given, conditions or particulars."""
_CONDITION: Final = re.compile(
    r"^(?:及?以[上下内])?[^,，;；。]{0,12}的[^,，;；。、]{0,10}?(?:企业|单位|项目|个人|人员|学生|家庭|机构|商户|车辆|,|，|$)"
)
_SUCH: Final = re.compile("对[^,，;；。]*$|凡[^,，;；。]*$|符合[^,，;；。]*$|年龄|年满")
_FROM: Final = re.compile("(?:从|由|自)[^,，;；。0-9]{0,20}$")
VERBS: Final = (
    "分别达到|分别达|分别为|分别|达到|达|实现|保持在|稳定在|控制在|维持在|提高到|提升到|提高至|提升至|增加到|增加至|增至|上升到|升至|扩大到"
    "|压缩至|压缩到|压减至|压减到|缩短至|缩短到|降低到|降低至|降至|下降到|减少到|减至|精简至|精简到|压缩|压减|缩短|减少|降低|下降"
    "|增长|增加|提高|提升|新增|突破|超过|超|不低于|不少于|不超过|不高于|大于|小于|为|占|在|至|到|力争|累计|总量|总数|平均|年均|再|各|约|近|每年"
)
"""Words between what is measured and its figure."""
_ACT: Final = (
    "(?:改建|组建|申建|核准|申报|评选|建立|引育|招募|新建|续建|建设|建成|改造|新增|引进|培育|打造|完成|举办|开展|组织|推出|实施|发展|认定"
    "|培训|招引|创建|布局|部署|上线|增加|扩建|修建|开通|发放|落地|签约|入库|设立|储备|改扩建|出台|新改扩建|盘活|供应|筹集|开工|竣工|投产"
    "|支持|遴选|选派|制定|形成)"
)
"""Verbs whose object stands behind the figure: 新建63条道路."""
ACTS: Final = re.compile(f"{_ACT}$")
_ACTS_IN: Final = re.compile(_ACT)


def unit_of(sentence: str, figure: Figure) -> str:
    """Return the unit of measure behind a figure; empty where there is none."""
    own = printed_unit(sentence, figure)
    other = _UNIT.match(sentence, figure.end)
    return max(own, other[1] if other else "", key=len)


def sets_target(sentence: str, masked: str, figure: Figure) -> bool:
    """Say whether a figure is one of a target, and not one of the false friends."""
    unit = unit_of(sentence, figure)
    clause = clause_at(sentence, figure.start)
    if not sentence[figure.start].isdigit():
        # Spelt out, a figure sets a target where it says how often: 每年出台一个, 每季度两次.
        return unit in _OFTEN and bool(
            re.search("每(?:半年|[年月周]|季度)[^,，;；。、]{0,8}$", sentence[clause.start : figure.start])
        )
    if figure.start and re.match("[A-Za-z×*.第前“+-]", sentence[figure.start - 1]):
        return False
    if not unit or (_DATE.match(sentence, figure.end) and not TIME.search(unit)) or _is_day(sentence, figure, unit):
        return False
    words = clause.words(sentence)
    around = sentence[slice(*segment_at(sentence, figure.start))]
    if _NO_TARGET.search(words) or (
        re.search("元|[%％]", unit) and re.search("给予|奖励|补助|补贴|奖补|资助|贴息", around)
    ):
        return False
    behind = sentence[figure.end :].lstrip()[len(unit) :]
    before = sentence[clause.start : figure.start]
    if _is_attribute(sentence, masked, figure, unit, clause):
        return False
    if _FROM.search(before) and re.match(f"[^,，;；。]{{0,10}}(?:{VERBS})", behind):
        return False
    is_bounded = bool(re.match("及?以[上下]", behind) or re.search("[高低]于$", before))
    if (_CONDITION.match(behind) or is_bounded) and _SUCH.search(before):
        return False
    if TIME.search(unit) and not (_DONE_IN.match(behind) or re.search(TIMED, before)):
        return False
    if unit in {"级", "分", "位", "成", "类", "个月"} and not own_bounds(sentence, figure, unit):
        return False
    return not (unit in {"人", "名", "元", "万元"} and _CONDITION.match(behind)) and not before.endswith(
        ("的", "在", "从", "等", "聚焦", "围绕", "面向", "针对", "依托", "涵盖", "涉及")
    )


def _is_day(sentence: str, figure: Figure, unit: str) -> bool:
    return unit in {"年", "月", "号"} or (unit == "日" and sentence[: figure.start].rstrip().endswith("月"))


_ATTRIBUTE: Final = re.compile("(?:及?以[上下内]|左右)?的")
_DONE_IN: Final = re.compile(
    "(?:之?内|以内|左右|以上)?(?:办结|审结|完成|办理|办妥|审核|审批|出具|受理|答复|反馈|送达|到账|兑付|兑现|取得|拿证|[,，;；。]|$)"
)
TIMED: Final = "压缩|压减|缩短|不超过|不多于|控制|平均|减少|减至|降至|达到?|提前|时[间限长]|周期"


def _is_attribute(sentence: str, masked: str, figure: Figure, unit: str, clause: Clause) -> bool:
    """Say whether a figure only tells which things are meant: 年产值10亿元以上的企业, 洛阳、开封2个城市."""
    end = sentence.index(unit, figure.end) + len(unit)
    if unit not in {"%", "％"} and _ATTRIBUTE.match(sentence, end):
        return True
    start = after_list(sentence, masked, clause.start, figure.start)
    before = [one for one in figures(masked) if start <= one.start < figure.start and unit_of(sentence, one)]
    if _LOWERED.search(sentence, start, figure.start):
        return False
    if before and sentence[before[-1].start].isdigit() and unit_of(sentence, before[-1]) not in {"年", "月", "日"}:
        return True
    words = trimmed(sentence, start, figure.start)[1]
    return unit not in {"%", "％"} and bool(_LIST.search(words)) and not _ACTS_IN.search(words)


_LOWERED: Final = re.compile(f"(?:从|由|自)[^,，;；。0-9]*[0-9][^,，;；。]*(?:{VERBS})$")
"""Before the second of two figures: 由20个工作日压缩至5个工作日."""
_LIST: Final = re.compile("[、和与][^、]{2,}$|等$")


def after_list(sentence: str, masked: str, start: int, at: int) -> int:
    """Return where the words of a figure begin that stands behind others in a list: 新建3条道路、2座桥和1个车场."""
    if _JOINED.search(masked[start:at]):
        return at
    before = [figure for figure in figures(masked) if start <= figure.start < at]
    if not before:
        return start
    end = before[-1].end + len(unit_of(sentence, before[-1]))
    cut = re.search("[、和与]|及(?!以[上下内])", masked[end:at])
    return end + cut.end() if cut else start


_JOINED: Final = re.compile("[、和与及]$")


def is_state(unit: str) -> bool:
    """Say whether a figure is of a state that lasts, and not of a number of things that add up."""
    return unit in {"%", "％", "‰"} or bool(TIME.search(unit))
