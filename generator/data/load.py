"""plan_data/ to Data: reads the files, binds them to their shapes, looks names up.

Everything that can be read is read, so that one run reports every problem; what
cannot is left out and `Data.is_whole` says so.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from ..model import (
    Alias,
    Citation,
    Data,
    Edition,
    Group,
    Leader,
    Mention,
    Oddity,
    Period,
    Plan,
    Pronunciation,
    Successor,
    Term,
    Unit,
    Validity,
)
from ..problems import Location, Problem, errors
from ..terms import GROUP_KIND, UNIT_KINDS
from ..text.lines import printed_date
from .bind import not_among
from .files import Reader, read_plan_names, read_strays
from .registry import Registry
from .tree import tree

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from ..model import Part
    from .bind import Bound


def read_data(
    root: Path, shown: str = "", instead: Mapping[str, str] | None = None
) -> tuple[Data, tuple[Problem, ...]]:
    """Read the registries and all plans below a folder.

    `shown` is how problems name the folder; `instead` holds texts to take in place of
    what files hold, by name. Problems of shape are returned, not raised.
    """
    reader = Reader(root, shown or root.as_posix(), instead or {})
    unit_file = reader.read("units.yaml", "units")
    units = _units(unit_file)
    kinds = _kinds(unit_file)
    reader.problems.extend(_unknown_kinds(unit_file, kinds))
    leaders = _leaders(reader.read("leaders.yaml", "leaders", is_needed=False))
    registry = Registry(_unit_names(units), {leader.name: leader.id for leader in leaders})
    folders = read_plan_names(root)
    if not folders:
        advice = "这里没有方案：请为方案建一个目录，放入 plan.yaml 和 source.txt"
        reader.problems.append(Problem(Location(reader.shown), "no-plan", advice))
    plans = [_read_plan(reader, folder, registry) for folder in folders]
    reader.problems.extend(read_strays(root, reader.shown, reader.parts, reader.unread))
    data = Data(
        units=units,
        kinds=kinds,
        readings=_readings(unit_file),
        leaders=leaders,
        plans=tuple(plan for plan in plans if plan),
        broken=frozenset(problem.where.path for problem in errors(reader.problems)),
        warnings=tuple(problem for problem in reader.problems if problem.level == "warning"),
    )
    return data, tuple(reader.problems)


def _unit_names(units: Iterable[Unit]) -> dict[str, str]:
    names: dict[str, str] = {}
    for unit in units:
        names.setdefault(unit.name, unit.id)
    for unit in units:
        for alias in unit.aliases:
            names.setdefault(alias.name, unit.id)
    return names


def _units(file: Bound | None) -> tuple[Unit, ...]:
    rows = file.records("units") if file else ()
    ids = {row.text("name"): row.text("id") for row in rows}
    return tuple(
        Unit(
            id=row.text("id"),
            name=row.text("name"),
            kind=row.text("kind"),
            kind_doubt=row.optional("kind_doubt"),
            level=row.optional("level"),
            is_group=row.text("kind") == GROUP_KIND,
            aliases=tuple(
                Alias(
                    name=a.text("name"),
                    kind=a.text("kind"),
                    source=a.optional("source"),
                    is_proposed="reading" in a.values,
                    where=a.place("name"),
                )
                for a in row.records("aliases")
            ),
            became=tuple(_successor(change, ids) for change in row.records("became")),
            note=row.optional("note"),
            is_proposed="reading" in row.values,
            where=row.place("name"),
        )
        for row in rows
    )


def _kinds(file: Bound | None) -> tuple[str, ...]:
    """Return the kinds of units: those of every site, the file's own before the groups."""
    own = [kind for kind in (file.items("kinds") if file else ()) if kind not in UNIT_KINDS]
    return (*UNIT_KINDS[:-1], *own, UNIT_KINDS[-1])


def _unknown_kinds(file: Bound | None, kinds: tuple[str, ...]) -> Iterator[Problem]:
    for row in file.records("units") if file else ():
        if row.text("kind") not in kinds:
            text = f"{not_among(row.text('kind'), 'kind', kinds)}；要另加类别，写在 units.yaml 的 kinds 里"
            yield Problem(row.place("kind"), "unknown-choice", text)


def _successor(row: Bound, ids: Mapping[str, str]) -> Successor:
    name = row.optional("unit")
    unit = Mention(name=name, printed=name, unit=ids.get(name), where=row.place("unit")) if name else None
    return Successor(unit=unit, on=row.text("on"), how=row.text("how"), source=row.text("source"))


def _readings(file: Bound | None) -> tuple[Pronunciation, ...]:
    rows = file.records("readings") if file else ()
    return tuple(
        Pronunciation(text=row.text("text"), pinyin=row.text("pinyin"), where=row.place("text")) for row in rows
    )


def _leaders(file: Bound | None) -> tuple[Leader, ...]:
    rows = file.records("leaders") if file else ()
    return tuple(Leader(id=row.text("id"), name=row.text("name"), where=row.place("name")) for row in rows)


def _read_plan(reader: Reader, folder: str, registry: Registry) -> Plan | None:
    main = reader.read(f"{folder}/plan.yaml", "plan")
    citations = reader.read(f"{folder}/citations.yaml", "citations", is_needed=False)
    oddities = reader.read(f"{folder}/oddities.yaml", "oddities", is_needed=False)
    glossary = reader.read(f"{folder}/glossary.yaml", "glossary", is_needed=False)
    source = reader.read_source(f"{folder}/source.txt")
    if main is None:
        reader.read_parts_named_in(folder)
        return None
    own = replace(registry, own={row.text("printed"): row for row in main.records("names")})
    grown = tree(main.records("parts"), own, partial(reader.read_part, folder))
    reader.problems.extend(grown.problems)
    if source is None:
        return None
    parts = [found for part in grown.parts for found in part.walk()]
    title, title_reading = _title(main, parts)
    if not title:
        text = "方案没有标题：请把印着标题的部分写作 kind: title；原文没有标题就在这里写 title"
        reader.problems.append(Problem(main.place("id"), "missing-key", text))
        return None
    return main.made(
        Plan,
        path=f"{reader.shown}/{folder}",
        title=title,
        title_reading=title_reading,
        is_proposed="reading" in main.values,
        period=_period(main),
        parts=grown.parts,
        responsibilities=grown.responsibilities,
        validity=_validity(main),
        ends_with="\n" * main.values.get("trailing_line_breaks", 0),
        groups=tuple(_group(row, own) for row in main.records("groups")),
        citations=tuple(_citation(row) for row in (citations.records("citations") if citations else ())),
        oddities=tuple(_oddity(row) for row in (oddities.records("oddities") if oddities else ())),
        terms=tuple(_term(row) for row in (glossary.records("terms") if glossary else ())),
        source=source,
        edition=_edition(main),
        where=main.place("id"),
        edition_where=main.place("edition"),
        **_printed(main, parts),
    )


def _printed(main: Bound, parts: list[Part]) -> dict[str, Any]:
    """Return of a plan what parts of its text may print: issuers, number and date; what the file says comes first."""
    words: dict[str, tuple[str, ...]] = {}
    for part in parts:
        words[part.kind] = (*words.get(part.kind, ()), part.title)
    date = next((part for part in parts if part.kind == "date"), None)
    printed_on = printed_date(date.title) if date else None
    return {
        "issuers": main.items("issuers") or words.get("issuer", ()),
        "issued_on": main.optional("issued_on") or (printed_on.isoformat() if printed_on else None),
        "date_where": date.where if date else main.place("id"),
        "document_number": main.optional("document_number") or next(iter(words.get("document_number", ())), None),
    }


def _title(main: Bound, parts: list[Part]) -> tuple[str, Any]:
    """Return a plan's title, and whether it is printed."""
    printed = next((part.title for part in parts if part.kind == "title"), "")
    said = main.optional("title")
    words = "".join(paragraph.text for part in parts for paragraph in part.paragraphs)
    return said or printed, "inferred" if said and said not in words else "printed"


def _period(main: Bound) -> Period | None:
    if "period" not in main.values:
        return None
    row = main.record("period")
    return Period(start=row.values.get("start"), end=row.values.get("end"), text=row.optional("text"))


def _validity(main: Bound) -> Validity | None:
    if "validity" not in main.values:
        return None
    row = main.record("validity")
    return Validity(
        status=cast("Any", row.text("status")), replaced_by=row.optional("replaced_by"), source=row.text("source")
    )


def _edition(main: Bound) -> Edition | None:
    if "edition" not in main.values:
        return None
    row = main.record("edition")
    return Edition(date=row.text("date"), number=row.integer("number"), calendar=row.optional("calendar"))


def _group(row: Bound, registry: Registry) -> Group:
    return Group(
        group=registry.mention(row.text("group"), row.place("group")),
        members=registry.mentions(row.items("members")),
        reading=cast("Any", row.text("reading")),
        note=row.text("note"),
        where=row.place("group"),
    )


def _citation(row: Bound) -> Citation:
    return Citation(
        id=row.text("id"),
        title=row.text("title"),
        document_number=row.optional("document_number"),
        note=row.optional("note"),
        where=row.place("title"),
    )


def _oddity(row: Bound) -> Oddity:
    return Oddity(
        id=row.text("id"),
        line=row.integer("line"),
        printed=row.text("printed"),
        kind=row.text("kind"),
        reading=row.text("reading"),
        note=row.text("note"),
        where=row.place("printed"),
    )


def _term(row: Bound) -> Term:
    return Term(
        id=row.text("id"),
        term=row.text("term"),
        forms=row.items("forms"),
        by=cast("Any", row.optional("by") or "plan"),
        line=row.values.get("line"),
        phrase=row.optional("quote"),
        source=row.optional("source"),
        dated=row.optional("dated"),
        check=row.optional("check"),
        explanation=row.text("explanation"),
        where=row.place("term"),
    )
