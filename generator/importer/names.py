"""Names of units found in a text: those that the registry knows, and what is proposed for the rest."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from ..characters import unlike, unseen

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_PREFIX: Final = re.compile(r"(示范区|高新区|地区|地委|新区|开发区|[省市区县州旗盟])(?=[^级直属内各域]\S)")
_HEAD: Final = re.compile("(?:局|厅|委|委员会|办|办公室|院|部|中心|会|队|处|所|司|署|行)$")
_OWN: Final = re.compile(
    "各|有关|相关|其他|属地|人行|人民银行|国家|中国|国网|国税|省|市|区|县|州|地区|示范区|团|总工会"
    "|.*(?:银保监|证监|海关|公司$|银行$|支行$|监管办|供电局$|电网|园区|开发区|管委会$)"
)
"""How a name begins that has no dropped prefix."""
_GROUP: Final = re.compile(
    "^等|^(?:各|有关|相关|其他|其它|所有|属地)|(?:各|有关|相关)(?:单位|部门|成员单位|县|市|区|镇|街道|乡)|等(?:单位|部门)$"
)
_KINDS: Final = (
    ("群体", _GROUP),
    ("法院检察院", re.compile("法院$|检察院$")),
    ("纪检监察机关", re.compile("纪委|监委")),
    ("党委部门", re.compile("(?:党委|[省市区县州]委)(?!员)|党工委|地委|组织部|宣传部|统战部|政法委|编办|网信办")),
    ("人大政协", re.compile("人大|政协")),
    ("群团组织", re.compile("^团|共青团|妇联|总工会|残联|科协|工商联|文联")),
    ("议事协调机构", re.compile("领导小组|指挥部|专班|委员会办公室|工作组")),
    ("垂直管理", re.compile("税务局|海关|人行|人民银行|银保监|金融监管|气象局|邮政管理|烟草|消防救援|统计调查队")),
    ("企业", re.compile("公司$|集团$|银行$|电网|供电局|厂$")),
    ("派出机构", re.compile("街道|分局$|派出所|乡$|镇$|镇人民政府|乡人民政府")),
    ("园区", re.compile("管委会|园区|开发区|示范区$|管理委员会")),
    ("事业单位", re.compile("中心$|学校$|学院$|大学$|医院$|图书馆|研究院|协会秘书处")),
)
_LEVELS: Final = (
    ("省级", re.compile("^(?:省|自治区)|厅$")),
    ("市级", re.compile("^(?:市|州|地区)")),
    ("县级", re.compile("^(?:区|县|旗|示范区)")),
    ("乡级", re.compile("街道|镇|乡")),
)


_DROPPED: Final = "前面的单位印着级别，这里省去，按同级理解。"
_SHARED: Final = "后面的单位印着“{}”，这里省去，按共用理解。"
_WIDTHS: Final = "原文印着全角或形近的字符，名录里照常写。"
_RUN_TOGETHER: Final = "原文用空格隔开，没有顿号，按几个单位理解。"
_TOGETHER: Final = "几级地方并列，共用后面的名称，合作一个统称。"
_PLACE: Final = re.compile(r"[^各、]{2,7}(?:市|州|县|区|旗|示范区|新区)$")
_SEAT: Final = re.compile(r"[^各、]{2,7}?[市州县区旗](?P<suffix>人民政府|政府|管委会|管理委员会)$")
"""A place whose authority is named, or is not, for the next one's name serves both: 贵阳市、黔南州人民政府."""
_AREA: Final = r"(?:设区)?(?:市|县|区|州|旗|镇|乡|街道|办事处|园区|开发区)(?:[〔(（][^()（）〔〕]*[)）〕])?"
_AREAS: Final = re.compile(
    rf"各{_AREA}(?:[、,，]各?{_AREA})+(?:人民政府|政府|管委会|办事处|党工委)?(?=[、,，;；。)）〕】\s按负落配]|$)"
)


def together(words: str) -> list[str]:
    """Return the names in some words that hold a separator and yet are one: 各市、县、区政府."""
    return [found[0] for found in _AREAS.finditer(words)]


@dataclass(frozen=True, slots=True)
class Meant:
    """What a printed name is read as, and why; names that no mark parts are several."""

    names: tuple[str, ...]
    note: str


@dataclass(slots=True)
class Names:
    """The names of one text, each with what it is read as."""

    known: Mapping[str, str]
    """Name or alias → registered name."""
    met: dict[str, None] = field(default_factory=dict)
    """All names, as they are read, in the order in which they come first."""
    proposed: dict[str, None] = field(default_factory=dict)
    """Names that the registry lacks, in the order in which they come."""
    alike: dict[str, str] = field(default_factory=dict)
    """Names that seem to be other writings of one that came before → that one."""
    _bodies: dict[str, str] = field(default_factory=dict)
    """Short form → the name by which a body came first."""

    def read(self, names: Iterable[str]) -> dict[str, Meant]:
        """Return printed → meant for names of one list that are not printed whole.

        省商务厅、财政厅 carry a prefix on, 贵阳市、黔南州人民政府 share the end, 各市、县、区政府 are one.
        """
        meant: dict[str, Meant] = {}
        prefix = ""
        listed = list(names)
        for name, shared in zip(listed, _shared_ends(listed), strict=True):
            found = _PREFIX.match(name)
            several = tuple(name.split())
            plain = unlike("".join(char for char in name if char not in unseen(name)))
            if len(several) > 1 and all(is_unit(one) for one in several):
                meant[name] = Meant(several, _RUN_TOGETHER)
            elif plain != name and plain:
                meant[name] = Meant((plain,), _WIDTHS)
            elif any(mark in name for mark in "、,，") and _AREAS.fullmatch(name):
                meant[name] = Meant((name,), _TOGETHER)
            elif shared and name not in self.known:
                meant[name] = Meant((f"{name}{shared}",), _SHARED.format(shared))
            elif found:
                prefix = found[1]
            elif prefix and not _OWN.match(name) and _HEAD.search(name) and name not in self.known:
                meant[name] = Meant((f"{prefix}{name}",), _DROPPED)
            for one in meant[name].names if name in meant else (name,):
                self._note(one)
        return meant

    def _note(self, name: str) -> None:
        if name in self.met:
            return
        self.met.setdefault(name)
        first = self._bodies.setdefault(short_form(name), name)
        if name not in self.known and first != name:
            self.alike.setdefault(name, first)
        elif name not in self.known:
            self.proposed.setdefault(name)


_UNIT_HEAD: Final = re.compile(
    "(?:局|厅|委|委员会|办|办公室|院|部|中心|会|队|处|司|署|行|政府|公司|集团|街道|镇|乡|团|联|海关|园区|专班|单位|部门|指挥部|领导小组|厂|站|所)"
    "(?:[(（〔〈][^()（）〔〕〈〉]*[)）〕〉])?$"
)
_ALL_PLACES: Final = re.compile("各[^、]{0,4}(?:县|市|区|州|旗|村|社区|地)(?:[(（〔][^()（）〔〕]*[)）〕])?$")
_SEATS: Final = re.compile(
    "(?:各|有关|相关)[^、]*(?:政府|管委会|街道|办事处|[市县区州旗镇乡])(?:[(（〔][^()（）〔〕]*[)）〕])?$"
)
_LENGTHS: Final = range(3, 25)


def is_unit(name: str) -> bool:
    """Say whether words look like the name of a unit."""
    return (
        len(name) in _LENGTHS
        and bool(_UNIT_HEAD.search(name) or _ALL_PLACES.match(name))
        and not re.search("[“”《》\\d,，。:：]", name)
    )


def is_places(name: str) -> bool:
    """Say whether a name is that of all places of a level: 各区县政府, 各镇（街道）."""
    return bool(_SEATS.match(name))


def _shared_ends(names: list[str]) -> list[str]:
    """Return for each name of a list the end that it shares with a later one; empty where it has its own."""
    ends: list[str] = []
    shared = ""
    for name in reversed(names):
        seat = _SEAT.fullmatch(name)
        shared = seat["suffix"] if seat else shared if _PLACE.fullmatch(name) else ""
        ends.append("" if seat else shared)
    return ends[::-1]


_SHORTER: Final = (
    ("人民政府", "政府"),
    ("管理委员会", "管委会"),
    ("发展和改革|发展改革", "发改"),
    ("人力资源和社会保障|人力资源社会保障", "人社"),
    ("住房和城乡建设|住房城乡建设", "住建"),
    ("市场监督管理", "市场监管"),
    ("工业和信息化|工业信息化", "工信"),
    ("文化和旅游", "文旅"),
    ("卫生健康", "卫健"),
    ("自然资源和规划|自然资源规划", "自规"),
    ("教育和体育|教育体育", "教体"),
    ("应急管理", "应急"),
    ("医疗保障", "医保"),
    ("城市管理", "城管"),
    ("地方金融监督管理|地方金融监管", "金融监管"),
    ("退役军人事务", "退役军人"),
    ("科学技术", "科技"),
    ("中国人民银行|人民银行", "人行"),
    ("委员会办公室", "委办"),
    ("领导小组办公室", "领导小组办"),
    ("办公室$", "办"),
    ("委员会$", "委"),
    ("和|与", ""),
)
"""Full forms and the short ones that texts use beside them; the order counts."""


def short_form(name: str) -> str:
    """Return a name as the shortest of its usual writings: 市发展和改革委员会 and 市发改委 have one."""
    for full, short in _SHORTER:
        name = re.sub(full, short, name)
    return name


def kind_of(name: str) -> str:
    """Return the kind that a name seems to be of."""
    return next((kind for kind, pattern in _KINDS if pattern.search(name)), "政府部门")


def level_of(name: str) -> str | None:
    """Return the level that a name seems to be of; None where it does not say."""
    return next((level for level, pattern in _LEVELS if pattern.search(name)), None)
