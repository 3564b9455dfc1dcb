"""Who answers for something in what role, as verbs and rules in running words say it: (甲牵头,乙、丙配合).

What labels say is read by `text.labels`; here is what labels leave to verbs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ..text.labels import labelled, role_of
from .deadlines import is_time
from .lists import AND_OTHERS, inside, listed, names
from .names import is_places, is_unit, together

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..terms import Role

_VERB: Final = re.compile(
    r"(?:等(?:有关|相关|各)?(?:单位|部门)?)?(?P<verb>(?:分别|共同|联合)?总?牵头(?:组织|负责|抓总|落实|实施|推进)?|为(?:总?牵头|主办)单位|主办"
    r"|(?:积极|协同|共同|分别|按职责)?(?:配合(?:落实|做好|实施)?|协助|参与|参加|协办)"
    r"|(?:按照?|依照?)?(?:各自)?(?:职责|职能)(?:分工)?(?:分别|共同)?(?:负责)?(?:落实|实施)?"
    r"|(?:分别|共同|具体|组织|抓好)?(?:负责(?:落实|实施)?|落实|实施|承办|承担))$"
)
"""What stands behind the last name of those who do it, and says in what role."""
_TOGETHER: Final = "会同"
_BY: Final = re.compile("^(?:[,，;；。\\s]*)(?:再|并|分别)?由")
_FIRST_LEADS: Final = re.compile(
    "(?:[列排](?:名|在)?)?(?:第一|首)(?:位|个|名)?[的者]?(?:责任)?(?:单位|部门)?(?:均|都)?(?:[为是])?(?:总?牵头|主办)"
)
"""列第一位者为牵头单位, 排首位的是牵头单位."""
_SAME_BELOW: Final = re.compile("(?:以)?下(?:均|皆)?同$")


@dataclass(frozen=True, slots=True)
class Reading:
    """Names in one role, and why they are read so where the words alone do not say it."""

    role: Role
    names: tuple[str, ...]
    note: str = ""


def readings(words: str, *, first_leads: bool = False) -> tuple[Reading, ...]:
    """Read brackets with verbs: (甲牵头,乙、丙按职责分工负责), (甲会同乙负责), (甲、乙负责).

    `first_leads` is whether the text has said that the first place is that of the lead.
    """
    body = inside(words)
    body = re.split("[。]", body)[0]
    found = [*_read(body)]
    if first_leads or says_first_leads(words):
        found = _first_leading(found)
    return tuple(reading for reading in found if reading.names)


def _first_leading(found: list[Reading]) -> list[Reading]:
    """Return one list of those who answer as the first, who leads, and the rest."""
    if [one.role for one in found] != ["responsible"]:
        return found
    first, *rest = found[0].names
    note = "原文说明列第一位的是牵头单位。"
    return [Reading("lead", (first,), note), *([Reading("responsible", tuple(rest), note)] if rest else [])]


def behind_labels(words: str, *, first_leads: bool = False) -> tuple[Reading, ...]:
    """Read labels whose names have verbs or a rule behind them; none where the labels say it all by themselves.

    责任单位:甲局牵头,乙局配合; 责任单位:甲局、乙局,列第一位者为牵头单位.
    """
    said = labelled(words, together(words))
    first_leads = (first_leads and [one.role for one in said] == ["responsible"]) or says_first_leads(words)
    listed_names = [name.text for one in said for name in one.names]
    if any(one.role == "supervise" for one in said) or max(map(len, listed_names), default=0) > _LONGEST_NAME:
        return ()
    if not (first_leads or any(map(_says_more, listed_names))):
        return ()
    found: list[Reading] = []
    for one in said:
        if one.names:
            last = one.names[-1]
            for read in _read(words[one.names[0].at : last.at + len(last.text)]):
                is_bare = read.note in {_NO_ROLE, _COMMA_LEADS}
                found.append(Reading(one.role if is_bare else read.role, read.names, _BEHIND_LABEL))
    return tuple(one for one in (_first_leading(found) if first_leads else found) if one.names)


_LONGEST_NAME: Final = 60
"""Characters of a name with verbs behind it; what is longer is no name but running words."""
_BEHIND_LABEL: Final = "标签后面不只是名称，角色和名称按写着的理解。"


def _says_more(name: str) -> bool:
    """Say whether words that stand for a name behind a label are more: 甲局牵头, 甲局会同乙局, 完成时限:5月."""
    verb = _VERB.search(name)
    return bool(verb and verb.start()) or is_time(name) or _TOGETHER in name


_STOPS: Final = re.compile("[。；;!！]")
_BY_WHOM: Final = re.compile("(?:^|(?<=[,，]))(?:具体)?由")
_NO_NAME: Final = re.compile(
    "^[要应须可并]|加强|强化|建立|健全|做好|推动|推进|开展|完善|坚持|压实|形成|加大|明确|积极|主动|及时|统筹"
)
_LONGEST_RUN: Final = 150


def running_words(text: str) -> str:
    """Return words without brackets that close a text and say who does it; empty where none do.

    ,由甲局会同乙局组织实施 and 。甲局牵头,乙局、丙局配合. All in them are names and verbs.
    """
    if not _VERB.search(text, max(0, len(text) - _LONGEST_RUN)):
        return ""
    begin = max((found.end() for found in _STOPS.finditer(text)), default=0)
    for at in [begin, *(found.start() for found in _BY_WHOM.finditer(text, begin))]:
        words = text[at:]
        if at and len(words) <= _LONGEST_RUN and _is_run(words):
            return words
    return ""


def _is_run(words: str) -> bool:
    found = list(_read(re.sub("^具体由", "由", words)))
    named = [name for one in found for name in one.names]
    return (
        bool(named)
        and all(one.note not in {_NO_ROLE, _COMMA_LEADS} for one in found)
        and all(is_unit(name) and not _NO_NAME.search(name) for name in named)
    )


_FROM_HERE: Final = re.compile(
    r"[,，;；。]?\s*以(?P<where>[上下])(?:各项|各条|措施|任务|工作|事项)*(?:均|都)?[由需须](?P<names>[^。]+?)"
    r"(?P<verb>负责|落实|牵头|配合)(?P<more>[,，][^,，;；。]+?配合)?(?:[,，；;][^。]*)?(?=[)）〕】\]。]?$)"
)
_FROM_HERE_ROLES: Final[dict[str, Role]] = {"落实": "implement", "牵头": "lead", "配合": "cooperate"}


def from_here_on(brackets: str) -> tuple[str, tuple[Reading, ...]] | None:
    """Return words without the clause that rules for all that follows or stood before, and what it says.

    以下均由各县政府负责, 以上任务均由市便民局负责,各镇配合.
    """
    found = _FROM_HERE.search(brackets)
    if not found:
        return None
    where = "后面各项" if found["where"] == "下" else "前面各项"
    note = f"原文在这里写“{found[0].strip(',，;；。')}”，按管到{where}理解，{where[:2]}没有再列。"
    ruled = [Reading(_FROM_HERE_ROLES.get(found["verb"], "responsible"), tuple(names(found["names"])), note)]
    if found["more"]:
        ruled.append(Reading("cooperate", tuple(names(found["more"].removesuffix("配合"))), note))
    ruled = [one for one in ruled if one.names]
    return (brackets[: found.start()] + brackets[found.end() :], tuple(ruled)) if ruled else None


def rules_for_all(text: str) -> bool:
    """Say whether a line says nothing but who answers for all that stood before or follows."""
    ruled = from_here_on(text) if text.lstrip().startswith("以") else None
    return bool(ruled and not ruled[0].strip("。 \u3000"))


def says_first_leads(text: str) -> bool:
    """Say whether a text rules that the first place is that of the lead: 列第一位者为牵头单位,下同."""
    return bool(_FIRST_LEADS.search(text))


_WITH: Final = "原文写“会同”，没有写牵头，按写在前面的牵头、后面的配合理解。"
_NO_ROLE: Final = "原文没有写角色，按责任单位理解。"
_COMMA_LEADS: Final = "原文没有写角色，按逗号前面的牵头、后面的责任单位理解。"


def _read(body: str) -> Iterator[Reading]:
    """Yield who is named with which verb: names are gathered until a verb stands behind one of them."""
    waiting: list[str] = []
    marks: list[str] = []
    is_with = has_said = False
    for name, mark in listed(body):
        words = _BY.sub("", name)
        if is_time(words) or _FIRST_LEADS.search(words) or _SAME_BELOW.match(words):
            continue
        first, with_whom, second = words.partition(_TOGETHER)
        if with_whom:
            if first or waiting:
                yield Reading("lead", (*waiting, *([first] if first else ())), _WITH)
                waiting, has_said = [], True
            words, is_with = second, True
        verb = _VERB.search(words)
        bare = AND_OTHERS.sub("", words[: verb.start()] if verb else words)
        if bare:
            waiting.append(bare)
            marks.append(mark)
        if verb and waiting:
            role: Role = "cooperate" if is_with else role_of(verb["verb"]) or "responsible"
            yield Reading(role, tuple(waiting), _WITH if is_with else "")
            waiting, marks, is_with, has_said = [], [], False, True
    if waiting and not has_said and "、" in marks[1:] and marks[0] in ",，" and not all(map(is_places, waiting[1:])):
        yield Reading("lead", (waiting[0],), _COMMA_LEADS)
        yield Reading("responsible", tuple(waiting[1:]), _COMMA_LEADS)
    elif waiting:
        yield Reading("responsible", tuple(waiting), _NO_ROLE)
