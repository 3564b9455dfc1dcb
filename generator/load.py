"""plan_data/ to Data: reads the files, binds them to their shapes, looks names up.

Everything that can be read is read, so that one run reports every problem; what
cannot is left out and `Data.is_whole` says so.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, cast

from .bind import Located
from .files import Reader, read_plan_names, read_strays
from .model import (
    Alias,
    Citation,
    Data,
    Due,
    Duty,
    Edition,
    Goal,
    Group,
    Layout,
    Leader,
    Mention,
    Notice,
    Oddity,
    Owner,
    Plan,
    Pronunciation,
    Safeguard,
    Sector,
    Successor,
    Target,
    Task,
    Term,
    Unit,
    Value,
)
from .problems import Location, Problem, errors
from .terms import GROUP_KIND

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from .bind import Bound


@dataclass(frozen=True, slots=True)
class _Registry:
    """Looks up names of units and leaders."""

    units: dict[str, str]
    """Name or alias → unit id; of two claims to an alias the first holds."""
    leaders: dict[str, str]
    """Name without spaces → leader id."""

    def mention(self, name: str, where: Location, position: int = 0) -> Mention:
        """Return a mention of the unit with this name."""
        return Mention(name=name, printed=name, unit=self.units.get(name), position=position, where=where)


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
    leaders = _leaders(reader.read("leaders.yaml", "leaders"))
    registry = _Registry(_unit_names(units), {leader.name: leader.id for leader in leaders})
    reader.problems += read_strays(root, reader.shown)
    folders = read_plan_names(root)
    if not folders:
        advice = "这里没有方案：请为方案建一个目录，放入 plan.yaml 和 source.txt 等文件"
        reader.problems.append(Problem(Location(reader.shown), "no-plan", advice))
    plans = [_read_plan(reader, folder, registry) for folder in folders]
    data = Data(
        units=units,
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
                Alias(name=a.text("name"), kind=a.text("kind"), source=a.optional("source"), where=a.place("name"))
                for a in row.records("aliases")
            ),
            became=tuple(_successor(change, ids) for change in row.records("became")),
            note=row.optional("note"),
            where=row.place("name"),
        )
        for row in rows
    )


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


def _read_plan(reader: Reader, folder: str, registry: _Registry) -> Plan | None:
    main = reader.read(f"{folder}/plan.yaml", "plan")
    names = reader.read_sector_names(folder)
    sectors = [reader.read(f"{folder}/sectors/{name}", "sector") for name in names]
    safeguards = reader.read(f"{folder}/safeguards.yaml", "safeguards")
    citations = reader.read(f"{folder}/citations.yaml", "citations")
    oddities = reader.read(f"{folder}/oddities.yaml", "oddities")
    glossary = reader.read(f"{folder}/glossary.yaml", "glossary")
    source = reader.read_source(f"{folder}/source.txt")
    if main is None or source is None:
        return None
    layout, notice = {**main.record("numbering").values, **main.record("labels").values}, main.record("notice")
    guiding, goals, period = main.record("guiding"), main.record("goals"), main.record("period")
    return Plan(
        id=main.text("id"),
        path=f"{reader.shown}/{folder}",
        title=main.text("title"),
        short_title=main.text("short_title"),
        start=period.integer("start"),
        end=period.integer("end"),
        layout=Layout(**layout),
        notice=_notice(notice),
        preamble=main.sentences("preamble"),
        guiding_title=guiding.text("title"),
        guiding=guiding.sentences("text"),
        goals_title=goals.text("title"),
        goals=tuple(_goal(row, registry) for row in goals.records("years")),
        tasks_title=main.text("tasks_title"),
        sectors=tuple(_sector(row, registry) for row in sectors if row),
        safeguards_title=main.text("safeguards_title"),
        safeguards=tuple(_safeguard(row, registry) for row in (safeguards.records("safeguards") if safeguards else ())),
        groups=tuple(_group(row, registry) for row in main.records("groups")),
        citations=tuple(_citation(row) for row in (citations.records("citations") if citations else ())),
        oddities=tuple(_oddity(row) for row in (oddities.records("oddities") if oddities else ())),
        terms=tuple(_term(row) for row in (glossary.records("terms") if glossary else ())),
        source=source,
        source_sha256=main.optional("source_sha256"),
        official_url=main.optional("official_url"),
        read_on=main.optional("read_on"),
        document_number=main.optional("document_number"),
        edition=_edition(main),
        where=main.place("id"),
        date_where=notice.place("date"),
        edition_where=main.place("edition"),
        notice_places=notice.sentence_places("text"),
        preamble_places=main.sentence_places("preamble"),
        guiding_places=guiding.sentence_places("text"),
    )


def _edition(main: Bound) -> Edition | None:
    if "edition" not in main.values:
        return None
    row = main.record("edition")
    return Edition(date=row.text("date"), number=row.integer("number"), calendar=row.optional("calendar"))


def _notice(row: Bound) -> Notice:
    return Notice(
        title=row.text("title"),
        addressees=row.text("addressees"),
        sentences=row.sentences("text"),
        issuers=row.items("issuers"),
        date=row.text("date"),
        publicity=row.text("publicity"),
    )


def _goal(row: Bound, registry: _Registry) -> Goal:
    return Goal(
        id=f"goal-{row.integer('year')}",
        year=row.integer("year"),
        sentences=row.sentences("text"),
        targets=_targets(row),
        duties=_duties(row, registry),
        where=row.place("text"),
        sentence_places=row.sentence_places("text"),
    )


def _sector(row: Bound, registry: _Registry) -> Sector:
    number = row.integer("number")
    leader = row.text("supervising_leader")
    return Sector(
        id=f"sector-{number}",
        number=number,
        title=row.text("title"),
        leader=registry.leaders.get("".join(leader.split())),
        leader_printed=leader,
        lead_unit=registry.mention(row.text("lead_unit"), row.place("lead_unit")),
        responsible_units=_mentions(row.items("responsible_units"), registry),
        tasks=tuple(_task(task, f"sector-{number}", registry) for task in row.records("tasks")),
        where=row.place("title"),
        leader_where=row.place("supervising_leader"),
    )


def _task(row: Bound, sector: str, registry: _Registry) -> Task:
    return Task(
        id=f"task-{row.integer('number')}",
        number=row.integer("number"),
        sector=sector,
        title=row.text("title"),
        sentences=row.sentences("text"),
        targets=_targets(row),
        duties=_duties(row, registry),
        where=row.place("title"),
        sentence_places=row.sentence_places("text"),
    )


def _safeguard(row: Bound, registry: _Registry) -> Safeguard:
    return Safeguard(
        id=f"safeguard-{row.integer('number')}",
        number=row.integer("number"),
        title=row.text("title"),
        sentences=row.sentences("text"),
        responsible_units=_mentions(row.items("responsible_units"), registry),
        owners=tuple(
            Owner(
                mention=registry.mention(owner.text("name"), owner.place("name")),
                phrase=owner.text("quote"),
                phrase_where=owner.place("quote"),
            )
            for owner in row.records("owners")
        ),
        targets=_targets(row),
        duties=_duties(row, registry),
        where=row.place("title"),
        sentence_places=row.sentence_places("text"),
    )


def _mentions(items: Iterable[Located | Bound], registry: _Registry) -> tuple[Mention, ...]:
    mentions: list[Mention] = []
    for position, item in enumerate(items):
        if isinstance(item, Located):
            mentions.append(registry.mention(item.text, item.where, position=position))
        else:
            printed = item.text("printed")
            mentions += [
                replace(
                    registry.mention(name.text, name.where, position),
                    printed=printed,
                    reading=cast("Any", item.optional("reading") or "printed"),
                    note=item.optional("note"),
                )
                for name in item.items("names")
            ]
    return tuple(mentions)


def _targets(row: Bound) -> tuple[Target, ...]:
    return tuple(
        Target(
            id=target.text("id"),
            type=cast("Any", target.text("type")),
            strength=cast("Any", target.optional("strength") or "checkable"),
            indicator=target.text("indicator"),
            scope=target.optional("scope"),
            phrase=target.text("quote"),
            values=tuple(_value(value, target) for value in target.records("values")),
            where=target.where,
            phrase_where=target.place("quote"),
        )
        for target in row.records("targets")
    )


def _value(row: Bound, target: Bound) -> Value:
    """Build a value; what it does not say itself, its target says for all of them."""

    def shared(key: str) -> str | None:
        return row.optional(key) or target.optional(key)

    reading = shared("reading") or "printed"
    return Value(
        year=row.values.get("year"),
        comparator=cast("Any", shared("comparator") or "state"),
        value=row.values.get("value"),
        upper=row.values.get("upper"),
        unit=shared("unit") if "value" in row.values else None,
        qualifier=shared("qualifier"),
        base=target.optional("base"),
        text=row.text("text"),
        reading=cast("Any", reading),
        note=shared("note") if reading == "inferred" else None,
        where=row.where,
    )


def _duties(row: Bound, registry: _Registry) -> tuple[Duty, ...]:
    return tuple(
        Duty(
            id=duty.text("id"),
            who=_mentions(duty.items("who"), registry),
            to=_mentions(duty.items("to"), registry),
            action=duty.text("action"),
            frequency=cast("Any", duty.text("frequency")),
            due=_due(duty),
            reading=cast("Any", duty.optional("reading") or "printed"),
            note=duty.optional("note"),
            phrase=duty.text("quote"),
            where=duty.where,
            phrase_where=duty.place("quote"),
        )
        for duty in row.records("duties")
    )


def _due(duty: Bound) -> Due | None:
    if "due" not in duty.values:
        return None
    due = duty.record("due")
    return Due(months=due.items("months"), day=due.values["day"])


def _group(row: Bound, registry: _Registry) -> Group:
    return Group(
        group=registry.mention(row.text("group"), row.place("group")),
        members=_mentions(row.items("members"), registry),
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
