"""What a page tells machines about itself: schema.org in JSON-LD, as plain dicts.

Addresses stand in them as `Address`, because only the frame knows where the site is put.
Nothing is said that the plan, the registry or the site itself does not say.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from .. import addresses
from .shape import basis

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ..index.records import CitationEntry, PlanIndex, SiteIndex
    from ..model import Unit
    from .links import Link

    LinkedData = Mapping[str, object]

_CONTEXT: Final = "https://schema.org"
_GOVERNMENT: Final = "人民政府"
_ORGANIZATIONS: Final = {
    "党委部门": "Organization",  # organs of the Party, not of the government
    "纪检监察机关": "Organization",
    "政府部门": "GovernmentOrganization",
    "法院检察院": "GovernmentOrganization",
    "派出机构": "GovernmentOrganization",
    "垂直管理": "GovernmentOrganization",
    "园区": "GovernmentOrganization",
    "企业": "Organization",
    "上级单位": "GovernmentOrganization",
}
"""Kind of unit → type, where it is known to be of the government or not; a group (群体) is no organization."""
_OLD_NAME: Final = "旧称"
_DATA: Final = (
    (addresses.INDEX_API, "有哪些方案和单位"),
    (addresses.UNITS_API, "全部单位、别名和事项数"),
    (addresses.TARGETS_API, "所有方案的目标"),
    (addresses.DUTIES_API, "所有方案的定期事项"),
)
"""Published file → what it holds."""


@dataclass(frozen=True, slots=True)
class Address:
    """An address relative to the root of the site."""

    address: str


def breadcrumbs(crumbs: tuple[Link, ...], title: str) -> tuple[LinkedData, ...]:
    """Say how one gets to a page; nothing for a page without crumbs."""
    if not crumbs:
        return ()
    items = [
        {"@type": "ListItem", "position": at, "name": crumb.text, "item": Address(crumb.url.removeprefix("./"))}
        for at, crumb in enumerate(crumbs, 1)
    ]
    # The page itself comes last, and needs no address.
    items.append({"@type": "ListItem", "position": len(items) + 1, "name": title})
    return ({"@context": _CONTEXT, "@type": "BreadcrumbList", "itemListElement": items},)


def legislation(plan: PlanIndex) -> LinkedData:
    """Describe a plan (方案) as its notice does."""
    own = plan.plan
    issuers = [
        {"@type": "GovernmentOrganization" if _GOVERNMENT in name else "Organization", "name": name}
        for name in own.issuers
    ]
    found: dict[str, object] = {
        "@context": _CONTEXT,
        "@type": "Legislation",
        "@id": Address(addresses.plan(own.id)),
        "name": own.title,
        "alternateName": own.short_title,
        "url": Address(addresses.plan(own.id)),
        "inLanguage": "zh-CN",
        **({"legislationDate": plan.issued_on} if plan.issued_on else {}),
        **({"temporalCoverage": covered} if (covered := _coverage([plan])) else {}),
        **({"legislationPassedBy": issuers, "publisher": issuers} if issuers else {}),
    }
    if own.official_url:
        found["sameAs"] = own.official_url
    if own.document_number:
        found["legislationIdentifier"] = own.document_number
    named = [_cited(entry) for entry in basis(plan)]
    return {**found, "isBasedOn": named} if named else found


def _coverage(plans: Iterable[PlanIndex]) -> str:
    """Write from when to when plans hold, as ISO 8601 does: 2022/2024, 2022/..; empty where one does not say it."""
    periods = [plan.plan.period for plan in plans]
    starts = [period.start for period in periods if period and period.start]
    ends = [period.end for period in periods if period and period.end]
    if not periods or None in periods or not (starts or ends):
        return ""
    is_open = len(starts) < len(periods), len(ends) < len(periods)
    return f"{'..' if is_open[0] else min(starts)}/{'..' if is_open[1] else max(ends)}"


def _cited(entry: CitationEntry) -> LinkedData:
    number = entry.citation.document_number
    return {
        "@type": "Legislation",
        "name": entry.citation.title,
        "url": Address(entry.url),
        **({"legislationIdentifier": number} if number else {}),
    }


def organization(unit: Unit, address: str) -> tuple[LinkedData, ...]:
    """Describe a unit (单位) by the names in use; nothing for a group."""
    if unit.is_group:
        return ()
    kind = _ORGANIZATIONS.get(unit.kind, "Organization")
    names = [alias.name for alias in unit.aliases if alias.kind != _OLD_NAME]
    found = {"@context": _CONTEXT, "@type": kind, "@id": Address(address), "name": unit.name, "url": Address(address)}
    return ({**found, "alternateName": names} if names else found,)


def dataset(index: SiteIndex) -> LinkedData:
    """Describe the published data; its makers are no government."""
    plans = [(addresses.plan_api(plan.id), plan.plan.title) for plan in index.plans]
    covered = _coverage(index.plans)
    return {
        "@context": _CONTEXT,
        "@type": "Dataset",
        "@id": Address(addresses.DATA),
        "name": "、".join(f"{plan.plan.short_title}数据" for plan in index.plans),
        "description": "由第三方整理的非官方数据：方案的板块、任务、制度保障、单位、目标、定期事项和引用文件，"
        "逐条注明原文行号。内容以印发的文件为准。",
        "url": Address(addresses.DATA),
        "inLanguage": "zh-CN",
        "isAccessibleForFree": True,
        **({"temporalCoverage": covered} if covered else {}),
        "creator": {"@type": "Organization", "name": "the plansite authors"},
        "isBasedOn": [Address(addresses.plan(plan.id)) for plan in index.plans],
        "distribution": [
            {
                "@type": "DataDownload",
                "name": name,
                "encodingFormat": "application/json",
                "contentUrl": Address(address),
            }
            for address, name in (*plans, *_DATA)
        ],
    }
