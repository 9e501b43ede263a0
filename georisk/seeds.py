"""The ``seeds/`` folder read into sources and statements. Knows the layout, decides nothing.

::

    sites/<site-id>/site.toml       identity, sources cited, statements
    sites/<site-id>/shape.geojson   one feature a part: geometry and how it is known
    parties/<party-id>.toml         who owns, lends, buys; the stakes held in it
    places/<iso3>.toml              facts about a country
    programmes/<id>.toml            facts about a scheme
    unresolved.toml                 mentions that name no site

A source is defined once in any file and may be cited from all. Faults of all files are raised together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from georisk import records
from georisk.dates import When
from georisk.errors import Fault, FaultGroup
from georisk.files import read_json, read_toml
from georisk.statements import Closure, Source, Statement, best_grade, statement_id
from georisk.vocabulary import Vocabulary, read_vocabulary

F = TypeVar("F", bound=records.SeedFile)


@dataclass(frozen=True, slots=True)
class Part:
    """A mine of a complex or a leg of a corridor, with stage, owners and scores of its own."""

    id: str
    name: str
    kind: str
    title_holder: str | None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Site:
    """A located thing a project stands on. ``title_holder`` is ``None`` where the site itself is owned."""

    id: str
    name: str
    kind: str
    aliases: tuple[str, ...]
    title_holder: str | None
    parts: tuple[Part, ...]
    coverage: str | None

    def subjects(self) -> list[str]:
        """Return the ids scores are made for: the parts, or the site where it has none."""
        return [part.id for part in self.parts] or [self.id]

    def holder_of(self, subject: str) -> str:
        """Return the owned node of a part or of the site: its title holder, else itself."""
        for part in self.parts:
            if part.id == subject and part.title_holder is not None:
                return part.title_holder
        return self.title_holder or subject


@dataclass(frozen=True, slots=True)
class Party:
    """A company, state, agency, fund, person or group."""

    id: str
    name: str
    kind: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """A place or a programme."""

    id: str
    name: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """A passage that names no site, and why it could not be tied to one."""

    text: str
    source: str
    why: str
    candidates: tuple[str, ...]


@dataclass(frozen=True)
class Seeds:
    """Everything the folder says."""

    sites: Mapping[str, Site]
    parties: Mapping[str, Party]
    places: Mapping[str, Topic]
    programmes: Mapping[str, Topic]
    sources: Mapping[str, Source]
    statements: tuple[Statement, ...]
    closures: tuple[Closure, ...]
    mentions: tuple[Mention, ...]


@dataclass
class _Reading:
    """What has been read so far, faults included."""

    vocabulary: Path
    sources: dict[str, Source] = field(default_factory=dict)
    defined_in: dict[str, str] = field(default_factory=dict)
    files: list[tuple[str, str, records.SeedFile]] = field(default_factory=list)
    shapes: list[tuple[str, str, dict[str, Any], When]] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def terms(self, name: str) -> Vocabulary:
        return read_vocabulary(self.vocabulary, name)


def read_seeds(folder: Path, vocabulary: Path) -> Seeds:
    """Read a seeds folder.

    Parameters
    ----------
    folder
        The ``seeds/`` folder.
    vocabulary
        The ``data/vocabulary`` folder.

    Raises
    ------
    FaultGroup
        With every fault of every file: syntax, unknown keys and codes, bad dates, missing sources.
    """
    reading = _Reading(vocabulary)
    sites = _read_sites(reading, folder)
    parties = _read_parties(reading, folder)
    places = _read_topics(reading, folder, "places", records.PlaceFile)
    programmes = _read_topics(reading, folder, "programmes", records.ProgrammeFile)
    _read_unresolved(reading, folder / "unresolved.toml")
    statements = _statements(reading)
    closures = _closures(reading, statements)
    seeds = Seeds(
        sites, parties, places, programmes, reading.sources, tuple(statements), closures, tuple(reading.mentions)
    )
    if reading.faults:
        raise FaultGroup(f"{len(reading.faults)} faults in {folder.name}/", reading.faults)
    return seeds


def _read_file(reading: _Reading, path: Path, where: str, shape: type[F]) -> F | None:
    table: dict[str, Any] = {}
    try:
        table = read_toml(path, where)
        return shape.model_validate(table)
    except Fault as fault:
        reading.faults.append(fault)
    except ValidationError as error:
        reading.faults += records.faults_of(error, where, table)
    return None


def _keep(reading: _Reading, where: str, subject: str, name: str, file: records.SeedFile) -> None:
    if file.id != name:
        reading.faults.append(Fault(where, f"id is {file.id!r}", f"a file's id is its name: {name!r}"))
    _keep_sources(reading, where, file.sources)
    reading.files.append((where, subject, file))


def _keep_sources(reading: _Reading, where: str, found: Mapping[str, records.SourceRecord]) -> None:
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
        reading.sources[key] = Source(id=key, **values)


def _read_sites(reading: _Reading, folder: Path) -> dict[str, Site]:
    sites = {}
    for path in sorted((folder / "sites").glob("*/site.toml")):
        name = path.parent.name
        where = f"seeds/sites/{name}/site.toml"
        file = _read_file(reading, path, where, records.SiteFile)
        if file is None:
            continue
        _keep(reading, where, name, name, file)
        _check_code(reading, where, "kind", file.kind, "site-kinds")
        parts = tuple(
            Part(f"{name}/{one.id}", one.name, one.kind or file.kind, one.title_holder, tuple(one.aliases))
            for one in file.part
        )
        sites[name] = Site(name, file.name, file.kind, tuple(file.aliases), file.title_holder, parts, file.coverage)
        _read_shape(reading, path.parent / "shape.geojson", name, file.compiled)
    return sites


def _read_shape(reading: _Reading, path: Path, site: str, compiled: When) -> None:
    where = f"seeds/sites/{site}/shape.geojson"
    if not path.exists():
        return
    try:
        collection = read_json(path, where)
        features = collection["features"]
        reading.shapes += [(where, site, dict(feature), compiled) for feature in features]
    except Fault as fault:
        reading.faults.append(fault)
    except (KeyError, TypeError, ValueError):
        reading.faults.append(Fault(where, "is not a FeatureCollection", "write GeoJSON as in RFC 7946"))


def _read_parties(reading: _Reading, folder: Path) -> dict[str, Party]:
    parties = {}
    for path in sorted((folder / "parties").glob("*.toml")):
        where = f"seeds/parties/{path.name}"
        file = _read_file(reading, path, where, records.PartyFile)
        if file is not None:
            _keep(reading, where, path.stem, path.stem, file)
            _check_code(reading, where, "kind", file.kind, "party-kinds")
            parties[path.stem] = Party(path.stem, file.name, file.kind, tuple(file.aliases))
    return parties


def _read_topics(reading: _Reading, folder: Path, kind: str, shape: type[F]) -> dict[str, Topic]:
    topics = {}
    for path in sorted((folder / kind).glob("*.toml")):
        where = f"seeds/{kind}/{path.name}"
        file = _read_file(reading, path, where, shape)
        if file is not None:
            name = path.stem.upper() if kind == "places" else path.stem
            _keep(reading, where, name, name, file)
            topics[name] = Topic(name, file.name, tuple(file.aliases))
    return topics


def _read_unresolved(reading: _Reading, path: Path) -> None:
    if not path.exists():
        return
    where = "seeds/unresolved.toml"
    table: dict[str, Any] = {}
    try:
        table = read_toml(path, where)
        file = records.UnresolvedFile.model_validate(table)
    except Fault as fault:
        reading.faults.append(fault)
    except ValidationError as error:
        reading.faults += records.faults_of(error, where, table)
    else:
        _keep_sources(reading, where, file.sources)
        reading.mentions += [Mention(m.text, m.source, m.why, tuple(m.candidates)) for m in file.mention]


def _check_code(reading: _Reading, where: str, key: str, code: str | None, vocabulary: str) -> None:
    terms = reading.terms(vocabulary)
    if code is not None and code not in terms:
        reading.faults.append(Fault(where, f"{key} {code!r} is not known", terms.allowed()))


def _statements(reading: _Reading) -> list[Statement]:
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


def _add(reading: _Reading, found: dict[str, Statement], statement: Statement) -> None:
    twin = found.get(statement.id)
    if twin is not None:
        text = f"says the same as {twin.key} in {twin.file}"
        reading.faults.append(Fault(f"{statement.file} [{statement.key}]", text, "add its source there instead"))
    keys = {one.key for one in found.values()} if twin is None else set()
    if statement.key in keys:
        reading.faults.append(Fault(f"{statement.file} [{statement.key}]", "key stands twice", "keys are unique"))
    found[statement.id] = statement


def _statement(
    reading: _Reading, where: str, subject: str, record: records.StatementRecord, compiled: When
) -> Statement:
    spot = f"{where} [{record.key}]"
    _check_statement(reading, spot, record)
    sources = _cited(reading, spot, record.sources)
    _cited(reading, spot, record.see_also)
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
        valid_from=record.valid_from,
        valid_until=record.valid_until,
        status=record.status,
        force=record.force,
        sources=tuple(record.sources),
        see_also=tuple(record.see_also),
        contradicts=tuple(record.contradicts),
        grade=_grade(reading, spot, record.grade, record.grade_reason, sources),
        recorded=recorded,
        recorded_basis=basis,
        timeless=timeless,
        note=record.note,
        file=where,
    )


def _check_statement(reading: _Reading, spot: str, record: records.StatementRecord) -> None:
    _check_code(reading, spot, "property", record.property, "properties")
    _check_code(reading, spot, "status", record.status, "statuses")
    _check_code(reading, spot, "force", record.force, "forces")
    _check_code(reading, spot, "unknown", record.unknown, "unknown-reasons")
    _check_code(reading, spot, "absent", record.absent, "absences")
    for name in record.qualifiers:
        _check_code(reading, spot, "qualifier", name, "qualifiers")
    given = [record.value is not None, record.unknown is not None, record.absent is not None]
    if sum(given) != 1:
        reading.faults.append(Fault(spot, "has not exactly one of value, unknown and absent", "give one of them"))
    start, end = record.valid_from, record.valid_until
    if start is not None and end is not None and end.last <= start.first:
        reading.faults.append(Fault(spot, f"ends {end} before it begins {start}", "the end is the first day after"))


def _location(
    reading: _Reading, where: str, site: str, feature: dict[str, Any], compiled: When
) -> Statement | None:
    properties = dict(feature.get("properties") or {})
    table: dict[str, Any] = {"property": "location", "value": feature.get("geometry"), **properties}
    own = {name: table.pop(name) for name in list(table) if name not in records.StatementRecord.model_fields}
    table["qualifiers"] = own
    try:
        record = records.StatementRecord.model_validate(table)
    except ValidationError as error:
        reading.faults += records.faults_of(error, f"{where} [{properties.get('key', '?')}]", table)
        return None
    for name, vocabulary in (("geometry_basis", "geometry-bases"), ("country", "countries")):
        _check_code(reading, f"{where} [{record.key}]", name, own.get(name) or "nothing", vocabulary)
    if not isinstance(own.get("precision_km"), (int, float)):
        reading.faults.append(Fault(f"{where} [{record.key}]", "lacks precision_km", "the true place lies within it"))
    subject = f"{site}/{record.part}" if record.part else site
    return _statement(reading, where, subject, record, compiled)


def _cited(reading: _Reading, spot: str, keys: Iterable[str]) -> list[Source]:
    cited = []
    for key in keys:
        if key in reading.sources:
            cited.append(reading.sources[key])
        else:
            reading.faults.append(Fault(spot, f"cites the source {key!r}", "no file defines it under [sources]"))
    return cited


def _grade(
    reading: _Reading, spot: str, given: str | None, reason: str | None, sources: Iterable[Source]
) -> str:
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
    source itself mentions (``inferred``); else the day it was compiled.
    """
    dated = [source.published for source in sources if source.published is not None]
    if dated:
        return min(dated), "published"
    if reported is not None:
        return reported, "reported"
    if mentioned is not None:
        return mentioned, "inferred"
    return compiled, "compiled"


def _references(statements: Iterable[Statement]) -> dict[str, str]:
    """Map every name a statement may be called by (key and id) to its id."""
    names: dict[str, str] = {}
    for statement in statements:
        names[statement.id] = statement.id
        names[statement.key] = statement.id
    return names


def _resolve(reading: _Reading, spot: str, subject: str, names: Mapping[str, str], called: str) -> str | None:
    target = names.get(called) or names.get(f"{subject}:{called}")
    if target is None:
        reading.faults.append(Fault(spot, f"names the statement {called!r}", "no file holds such a key or id"))
    return target


def _resolve_rivals(reading: _Reading, found: dict[str, Statement]) -> None:
    names = _references(found.values())
    for statement in list(found.values()):
        spot, subject = f"{statement.file} [{statement.key}]", statement.key.split(":")[0]
        rivals = [_resolve(reading, spot, subject, names, called) for called in statement.contradicts]
        found[statement.id] = replace(statement, contradicts=tuple(one for one in rivals if one))


def _closures(reading: _Reading, statements: list[Statement]) -> tuple[Closure, ...]:
    names = _references(statements)
    closures = []
    for where, subject, file in reading.files:
        for record in file.closure:
            spot = f"{where} [{record.key}]"
            sources = _cited(reading, spot, record.sources)
            closes = [_resolve(reading, spot, subject, names, called) for called in record.closes]
            ended = tuple(one for one in closes if one)
            recorded, basis = recorded_on(sources, record.reported, record.mentioned, file.compiled)
            content = statement_id(subject, "closure", sorted(ended), None, {}, record.valid_until)
            grade = _grade(reading, spot, record.grade, None, sources)
            closures.append(
                Closure(
                    "c" + content[1:], f"{subject}:{record.key}", ended, record.valid_until, tuple(record.sources),
                    grade, recorded, basis, record.note, where,
                )
            )  # fmt: skip
    return tuple(closures)
