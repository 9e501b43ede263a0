"""Records to claims: sources, statements and closures, every fault gathered with its file and record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from georisk import records
from georisk.dates import When
from georisk.errors import Fault
from georisk.statements import Closure, Source, Statement, best_grade, statement_id
from georisk.vocabulary import Vocabulary, read_vocabulary

AHEAD = frozenset({"planned", "speculative"})
"""Forces of what has not happened: its dates lie where the source puts them."""


@dataclass
class Reading:
    """What has been read so far, faults included.

    ``files`` holds where each file lies, its subject and its record; ``shapes`` the features of all sites;
    ``unread`` the names of sources and statements in files that could not be read, so that nobody else is blamed.
    """

    vocabulary: Path
    sources: dict[str, Source] = field(default_factory=dict)
    defined_in: dict[str, str] = field(default_factory=dict)
    files: list[tuple[str, str, records.SeedFile]] = field(default_factory=list)
    shapes: list[tuple[str, str, dict[str, Any], When]] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)
    unread: set[str] = field(default_factory=set)
    faults: list[Fault] = field(default_factory=list)

    def terms(self, name: str) -> Vocabulary:
        """Return a closed code list."""
        return read_vocabulary(self.vocabulary, name)


def keep_sources(reading: Reading, where: str, found: Mapping[str, records.SourceRecord], compiled: When) -> None:
    """Keep the sources a file defines; one defined twice in the workspace is a fault.

    What was read on a day had been published by then: a partial date of publication ends there at the latest.
    """
    grades = reading.terms("grades")
    for key, record in found.items():
        if key in reading.defined_in:
            known = f"is defined in {reading.defined_in[key]} too"
            reading.faults.append(Fault(f"{where} [sources.{key}]", known, "define a source once, cite it anywhere"))
        if record.grade not in grades:
            reading.faults.append(Fault(f"{where} [sources.{key}]", f"grade {record.grade!r}", grades.allowed()))
        reading.defined_in[key] = where
        values = {name: getattr(record, name) for name in type(record).model_fields}
        values["origin"] = record.origin or f"publisher: {record.publisher}"
        if record.published is not None:
            values["published"] = record.published.come_by((record.retrieved or compiled).last)
        reading.sources[key] = Source(id=key, **values)


def check_code(reading: Reading, where: str, key: str, code: str | None, vocabulary: str) -> None:
    """Note a fault if a code is not in its list; ``None`` is no code."""
    terms = reading.terms(vocabulary)
    if code is not None and code not in terms:
        reading.faults.append(Fault(where, f"{key} {code!r} is not known", terms.allowed()))


def statements_of(reading: Reading) -> list[Statement]:
    """Return the statements of all files read, locations included; a statement made twice is a fault."""
    found: dict[str, Statement] = {}
    for where, subject, file in reading.files:
        for record in file.statement:
            own = f"{subject}/{record.part}" if record.part else subject
            _add(reading, found, _statement(reading, where, own, record, file.compiled))
    for where, site, feature, compiled in reading.shapes:
        location = _location(reading, where, site, feature, compiled)
        if location is not None:
            _add(reading, found, location)
    _resolve_rivals(reading, found)
    return list(found.values())


def _add(reading: Reading, found: dict[str, Statement], statement: Statement) -> None:
    spot = f"{statement.file} [{statement.key.split(':', 1)[1]}]"
    twin = found.get(statement.id)
    if twin is not None:
        reading.faults.append(
            Fault(spot, f"says the same as {twin.key} in {twin.file}", "add its source there instead")
        )
    elif statement.key in reading.keys:
        reading.faults.append(Fault(spot, "key stands twice", "keys are unique in a file"))
    reading.keys.add(statement.key)
    found[statement.id] = statement


def _statement(
    reading: Reading, where: str, subject: str, record: records.StatementRecord, compiled: When
) -> Statement:
    spot = f"{where} [{record.key}]"
    _check_statement(reading, spot, record)
    sources = cited(reading, spot, record.sources)
    cited(reading, spot, record.see_also)
    recorded, basis = recorded_on(sources, record.reported, record.mentioned, compiled)
    properties = reading.terms("properties")
    timeless = record.property in properties and properties[record.property].more.get("timeless") == "yes"
    value = {"absent": record.absent} if record.absent else record.value
    return Statement(
        id=statement_id(subject, record.property, value, record.unit, record.qualifiers, record.valid_from),
        key=f"{subject.split('/')[0]}:{record.key}",
        subject=subject,
        property=record.property,
        value=record.value,
        unit=record.unit,
        qualifiers=record.qualifiers,
        unknown=record.unknown,
        absent=record.absent,
        valid_from=_begun(record, recorded),
        valid_until=record.valid_until,
        status=record.status,
        force=record.force,
        sources=tuple(source.id for source in sources),
        see_also=tuple(record.see_also),
        contradicts=tuple(record.contradicts),
        grade=_grade(reading, spot, record.grade, record.grade_reason, sources),
        recorded=recorded,
        recorded_basis=basis,
        timeless=timeless,
        note=record.note,
        file=where,
    )


def _begun(record: records.StatementRecord, recorded: When) -> When | None:
    """Return since when a claim holds: what was stated as done had begun by the day it was published."""
    if record.valid_from is None or record.force in AHEAD:
        return record.valid_from
    return record.valid_from.come_by(recorded.last)


def _check_statement(reading: Reading, spot: str, record: records.StatementRecord) -> None:
    check_code(reading, spot, "property", record.property, "properties")
    check_code(reading, spot, "status", record.status, "statuses")
    check_code(reading, spot, "force", record.force, "forces")
    check_code(reading, spot, "unknown", record.unknown, "unknown-reasons")
    check_code(reading, spot, "absent", record.absent, "absences")
    for name in record.qualifiers:
        check_code(reading, spot, "qualifier", name, "qualifiers")
    given = [record.value is not None, record.unknown is not None, record.absent is not None]
    if sum(given) != 1:
        reading.faults.append(Fault(spot, "has not exactly one of value, unknown and absent", "give one of them"))
    start, end = record.valid_from, record.valid_until
    if start is not None and end is not None and end.last <= start.first:
        reading.faults.append(Fault(spot, f"ends {end} before it begins {start}", "the end is the first day after"))


def _location(reading: Reading, where: str, site: str, feature: dict[str, Any], compiled: When) -> Statement | None:
    properties = feature.get("properties")
    if not isinstance(properties, dict):
        reading.faults.append(Fault(where, "holds a feature without properties", "write GeoJSON as in RFC 7946"))
        return None
    table: dict[str, Any] = {"property": "location", "value": feature.get("geometry"), **properties}
    own = {name: table.pop(name) for name in list(table) if name not in records.StatementRecord.model_fields}
    table["qualifiers"] = own
    try:
        record = records.StatementRecord.model_validate(table)
    except ValidationError as error:
        reading.faults += records.faults_of(error, f"{where} [{properties.get('key', '?')}]", table)
        return None
    for name, vocabulary in (("geometry_basis", "geometry-bases"), ("country", "countries")):
        check_code(reading, f"{where} [{record.key}]", name, own.get(name) or "nothing", vocabulary)
    precision = own.get("precision_km")
    if isinstance(precision, bool) or not isinstance(precision, (int, float)) or precision < 0:
        text = f"precision_km is {precision!r}"
        reading.faults.append(Fault(f"{where} [{record.key}]", text, "kilometres within which the true place lies"))
    subject = f"{site}/{record.part}" if record.part else site
    return _statement(reading, where, subject, record, compiled)


def cited(reading: Reading, spot: str, keys: Iterable[str]) -> list[Source]:
    """Return the sources of some keys; one that no file defines is a fault."""
    found = []
    for key in keys:
        if key in reading.sources:
            found.append(reading.sources[key])
        elif key not in reading.unread:
            reading.faults.append(Fault(spot, f"cites the source {key!r}", "no file defines it under [sources]"))
    return found


def _grade(reading: Reading, spot: str, given: str | None, reason: str | None, sources: Iterable[Source]) -> str:
    computed = best_grade(source.grade for source in sources)
    if given is None:
        return computed
    if given not in reading.terms("grades") or (given < computed and reason is None):
        text = f"grade {given!r} where its sources carry {computed}"
        reading.faults.append(Fault(spot, text, "a better grade than its sources' needs a grade_reason"))
    return given


def recorded_on(
    sources: Iterable[Source], reported: When | None, mentioned: When | None, compiled: When
) -> tuple[When, str]:
    """Return when a claim was published and how that is known.

    The earliest dated source that carries it; else the date it was reported; else the latest date the
    source itself mentions (``inferred``); else the day it was compiled. A partial date ends with the day the file
    was compiled at the latest: what was read then was known by then.
    """
    dated = [source.published for source in sources if source.published is not None]
    if dated:
        return min(dated).come_by(compiled.last), "published"
    if reported is not None:
        return reported.come_by(compiled.last), "reported"
    if mentioned is not None:
        return mentioned.come_by(compiled.last), "inferred"
    return compiled, "compiled"


def _references(statements: Iterable[Statement]) -> dict[str, str]:
    """Map every name a statement may be called by (key and id) to its id."""
    names: dict[str, str] = {}
    for statement in statements:
        names[statement.id] = statement.id
        names[statement.key] = statement.id
    return names


def _resolve(reading: Reading, spot: str, subject: str, names: Mapping[str, str], called: str) -> str | None:
    target = names.get(called) or names.get(f"{subject}:{called}")
    if target is None and not {called, f"{subject}:{called}"} & reading.unread:
        reading.faults.append(Fault(spot, f"names the statement {called!r}", "no file holds such a key or id"))
    return target


def _resolve_rivals(reading: Reading, found: dict[str, Statement]) -> None:
    names = _references(found.values())
    for statement in list(found.values()):
        subject, key = statement.key.split(":", 1)
        spot = f"{statement.file} [{key}]"
        rivals = [_resolve(reading, spot, subject, names, called) for called in statement.contradicts]
        found[statement.id] = replace(statement, contradicts=tuple(one for one in rivals if one))


def closures_of(reading: Reading, statements: list[Statement]) -> tuple[Closure, ...]:
    """Return the closures of all files read; each must name statements that exist."""
    names = _references(statements)
    closures = []
    for where, subject, file in reading.files:
        for record in file.closure:
            spot = f"{where} [{record.key}]"
            sources = cited(reading, spot, record.sources)
            closes = [_resolve(reading, spot, subject, names, called) for called in record.closes]
            ended = tuple(one for one in closes if one)
            recorded, basis = recorded_on(sources, record.reported, record.mentioned, file.compiled)
            content = statement_id(subject, "closure", sorted(ended), None, {}, record.valid_until)
            grade = _grade(reading, spot, record.grade, None, sources)
            closures.append(
                Closure(
                    "c" + content[1:], f"{subject}:{record.key}", ended, record.valid_until,
                    tuple(source.id for source in sources),
                    grade, recorded, basis, record.note, where, record.terminated,
                )
            )  # fmt: skip
    return tuple(closures)
