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

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from georisk import records
from georisk.claims import Reading, check_code, cited, closures_of, keep_sources, statements_of
from georisk.dates import When
from georisk.errors import Fault, FaultGroup
from georisk.files import read_json, read_toml
from georisk.statements import Closure, Source, Statement

F = TypeVar("F", bound=records.SeedFile)
_GLANCE = 1_000_000  # characters of an unreadable file that are looked at for the names it would define


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
    seeds, faults = gather_seeds(folder, vocabulary)
    if faults:
        raise FaultGroup(f"{len(faults)} faults in {folder.name}/", faults)
    return seeds


def gather_seeds(folder: Path, vocabulary: Path) -> tuple[Seeds, list[Fault]]:
    """Read what can be read of a seeds folder, and every fault of every file beside it."""
    reading = Reading(vocabulary)
    sites = _read_sites(reading, folder)
    parties = _read_parties(reading, folder)
    places = _read_topics(reading, folder, "places", records.PlaceFile)
    programmes = _read_topics(reading, folder, "programmes", records.ProgrammeFile)
    mentions = _read_unresolved(reading, folder / "unresolved.toml")
    statements = statements_of(reading)
    closures = closures_of(reading, statements)
    seeds = Seeds(sites, parties, places, programmes, reading.sources, tuple(statements), closures, mentions)
    return seeds, reading.faults


def _read_file(reading: Reading, path: Path, where: str, subject: str, shape: type[F]) -> F | None:
    table: dict[str, Any] = {}
    try:
        table = read_toml(path, where)
        return shape.model_validate(table)
    except Fault as fault:
        reading.faults.append(fault)
    except ValidationError as error:
        reading.faults += records.faults_of(error, where, table)
    reading.unread |= _names_in(path, subject)
    return None


def _names_in(path: Path, subject: str) -> set[str]:
    """Return the names of sources and statements that a file would define if it could be read."""
    try:
        with path.open(encoding="utf-8", errors="replace") as stream:
            text = stream.read(_GLANCE)
    except OSError:
        return set()
    keys = re.findall(r'^\s*key\s*=\s*"([^"]*)"', text, re.MULTILINE)
    return {*re.findall(r"^\s*\[sources\.([\w-]+)\]", text, re.MULTILINE), *(f"{subject}:{key}" for key in keys)}


def _keep(reading: Reading, where: str, subject: str, name: str, file: records.SeedFile) -> None:
    if file.id != name:
        reading.faults.append(Fault(where, f"id is {file.id!r}", f"a file's id is its name: {name!r}"))
    keep_sources(reading, where, file.sources, file.compiled)
    reading.files.append((where, subject, file))


def _read_sites(reading: Reading, folder: Path) -> dict[str, Site]:
    sites = {}
    for path in sorted((folder / "sites").glob("*/site.toml")):
        name = path.parent.name
        where = f"seeds/sites/{name}/site.toml"
        file = _read_file(reading, path, where, name, records.SiteFile)
        if file is None:
            continue
        _keep(reading, where, name, name, file)
        check_code(reading, where, "kind", file.kind, "site-kinds")
        parts = tuple(
            Part(f"{name}/{one.id}", one.name, one.kind or file.kind, one.title_holder, tuple(one.aliases))
            for one in file.part
        )
        sites[name] = Site(name, file.name, file.kind, tuple(file.aliases), file.title_holder, parts, file.coverage)
        _read_shape(reading, path.parent / "shape.geojson", name, file.compiled)
    return sites


def _read_shape(reading: Reading, path: Path, site: str, compiled: When) -> None:
    where = f"seeds/sites/{site}/shape.geojson"
    if not path.exists():
        return
    try:
        collection = read_json(path, where)
        features = collection["features"]
        if not isinstance(features, list):
            raise TypeError
        reading.shapes += [(where, site, dict(feature), compiled) for feature in features]
    except Fault as fault:
        reading.faults.append(fault)
    except (KeyError, TypeError, ValueError):
        reading.faults.append(Fault(where, "is not a FeatureCollection", "write GeoJSON as in RFC 7946"))


def _read_parties(reading: Reading, folder: Path) -> dict[str, Party]:
    parties = {}
    for path in sorted((folder / "parties").glob("*.toml")):
        where = f"seeds/parties/{path.name}"
        file = _read_file(reading, path, where, path.stem, records.PartyFile)
        if file is None:
            parties[path.stem] = Party(path.stem, path.stem, "company", ())  # so that nobody else is blamed
        else:
            _keep(reading, where, path.stem, path.stem, file)
            check_code(reading, where, "kind", file.kind, "party-kinds")
            parties[path.stem] = Party(path.stem, file.name, file.kind, tuple(file.aliases))
    return parties


def _read_topics(reading: Reading, folder: Path, kind: str, shape: type[F]) -> dict[str, Topic]:
    topics = {}
    for path in sorted((folder / kind).glob("*.toml")):
        where = f"seeds/{kind}/{path.name}"
        name = path.stem.upper() if kind == "places" else path.stem
        file = _read_file(reading, path, where, name, shape)
        if file is not None:
            _keep(reading, where, name, name, file)
            topics[name] = Topic(name, file.name, tuple(file.aliases))
    return topics


def _read_unresolved(reading: Reading, path: Path) -> tuple[Mention, ...]:
    if not path.exists():
        return ()
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
        keep_sources(reading, where, file.sources, file.compiled)
        for mention in file.mention:
            cited(reading, where, [mention.source])
        return tuple(Mention(m.text, m.source, m.why, tuple(m.candidates)) for m in file.mention)
    return ()
