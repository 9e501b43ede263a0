"""News items: ``seeds/news/<date>-<slug>.toml``, what a piece of news would add to the registry, for a person to judge.

Nothing in that folder is evidence until it is accepted; the reader of seeds does not look there. An item is checked
by the same strict records as the files it wants to change. Its format is told in ``seeds/news/README.md``.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from georisk.claims import Reading, closures_of, keep_sources, statements_of
from georisk.errors import Fault, FaultGroup, UsageError
from georisk.files import read_toml
from georisk.gate.newsfile import NewsFile, Proposal, ProposalKeys, ReadAs
from georisk.journal import STATE, commit, finish_locked
from georisk.locking import workspace_lock
from georisk.records import ClosureRecord, SeedFile, StatementRecord, faults_of
from georisk.seeds import Party, Seeds
from georisk.statements import Closure, Statement
from georisk.values import statement_faults

FOLDER = "seeds/news"
OWN_KEYS = tuple(ProposalKeys.model_fields)
_ITEM = re.compile(r"\d{4}-\d{2}-\d{2}-[a-z0-9][a-z0-9-]*")
_FILE = re.compile(r"(sites|parties|places|programmes)/([a-z0-9][a-z0-9_-]*)")


def read_news(root: Path, seeds: Seeds, vocabulary: Path) -> tuple[list[Proposal], list[Fault]]:
    """Read all items of a workspace, in order of their names: what they propose, and every fault of every item.

    An item with a fault proposes nothing; the others are read all the same.
    """
    found: list[Proposal] = []
    faults: list[Fault] = []
    for path in sorted((root / FOLDER).glob("*.toml")):
        try:
            found += read_item(path, seeds, vocabulary)
        except FaultGroup as group:
            faults += [one for one in group.exceptions if isinstance(one, Fault)]
    return found, faults


def read_item(path: Path, seeds: Seeds, vocabulary: Path) -> list[Proposal]:
    """Read one item.

    Parameters
    ----------
    path
        The file; it may still lie outside the workspace.
    seeds
        The registry it speaks to.
    vocabulary
        The ``data/vocabulary`` folder.

    Raises
    ------
    FaultGroup
        With everything wrong in it.
    """
    try:
        table = read_toml(path, f"{FOLDER}/{path.name}")
    except Fault as fault:
        raise FaultGroup(f"1 fault in {FOLDER}/{path.name}", [fault]) from None
    return checked_item(path.stem, table, seeds, vocabulary)


def checked_item(stem: str, table: dict[str, Any], seeds: Seeds, vocabulary: Path) -> list[Proposal]:
    """Return what an item proposes that was read already, or is not written yet.

    Raises
    ------
    FaultGroup
        With everything wrong in it.
    """
    where = f"{FOLDER}/{stem}.toml"
    try:
        item = NewsFile.model_validate(table)
    except ValidationError as error:
        faults = faults_of(error, where, table)
        raise FaultGroup(f"{len(faults)} faults in {where}", faults) from None
    reading = Reading(vocabulary)
    proposals = _proposals(reading, where, stem, item, seeds)
    if reading.faults:
        raise FaultGroup(f"{len(reading.faults)} faults in {where}", reading.faults)
    return proposals


def standing_items(root: Path) -> dict[str, tuple[str, ...]]:
    """Return the items that lie in a workspace by name, each with the items it corrects; one with faults with none."""
    found: dict[str, tuple[str, ...]] = {}
    for path in sorted((root / FOLDER).glob("*.toml")):
        try:
            named = read_toml(path, path.name).get("corrects", [])
        except Fault:
            named = []
        found[path.stem] = tuple(map(str, named)) if isinstance(named, list) else ()
    return found


def place_items(root: Path, files: Iterable[Path]) -> list[str]:
    """Put items that were checked into ``seeds/news``; those that lie there already are left as they are.

    Returns
    -------
    list
        Names of the files that are new.

    Raises
    ------
    UsageError
        If another item of the same name lies there.
    """
    given = {file.name: file.read_bytes() for file in files}
    for name, content in given.items():
        target = root / FOLDER / name
        if target.exists() and target.read_bytes() != content:
            raise UsageError(f"{FOLDER}/{name} lies there already and says something else; edit that one instead")
    return place_texts(root, given)


def place_texts(root: Path, texts: Mapping[str, bytes]) -> list[str]:
    """Put checked items into ``seeds/news`` by file name, all or none; one that lies there already stays as it is.

    Returns
    -------
    list
        Names of the files that are new.
    """
    if not texts:
        return []
    with workspace_lock(root / STATE):
        finish_locked(root)
        new = {f"{FOLDER}/{name}": text for name, text in texts.items() if not (root / FOLDER / name).exists()}
        commit(root, new)
    return [name.removeprefix(f"{FOLDER}/") for name in new]


def _proposals(reading: Reading, where: str, stem: str, item: NewsFile, seeds: Seeds) -> list[Proposal]:
    if item.id != stem or not _ITEM.fullmatch(stem):
        text = f"id is {item.id!r}, the file {stem!r}"
        reading.faults.append(Fault(where, text, "both are <date>-<slug>, as in 2026-02-05-loan-signed"))
    _take_sources(reading, where, item, seeds)
    found: dict[str, Proposal] = {}
    for number, raw in enumerate(item.propose, 1):
        spot = f"{where} [propose {number}]"
        one = _proposal(reading, spot, item, raw, seeds)
        if one is not None and one.id in found:
            reading.faults.append(Fault(spot, "is proposed twice", "propose it once, with all its sources"))
        elif one is not None:
            found[one.id] = one
    return list(found.values())


def _take_sources(reading: Reading, where: str, item: NewsFile, seeds: Seeds) -> None:
    """Keep the item's sources beside those of the registry; one that is known there must be the same here."""
    keep_sources(reading, where, item.sources, item.compiled)
    for key in item.sources:
        if key in seeds.sources and seeds.sources[key] != reading.sources[key]:
            text = "is another source in the registry"
            reading.faults.append(Fault(f"{where} [sources.{key}]", text, "choose another key, or say it the same"))
    reading.sources = {**seeds.sources, **reading.sources}


def _proposal(reading: Reading, spot: str, item: NewsFile, raw: Mapping[str, Any], seeds: Seeds) -> Proposal | None:
    own = {key: raw[key] for key in OWN_KEYS if key in raw}
    rest = {key: value for key, value in raw.items() if key not in OWN_KEYS}
    shape = ClosureRecord if "closes" in rest else StatementRecord
    keys, record = _validated(reading, spot, ProposalKeys, own), _validated(reading, spot, shape, rest)
    if not isinstance(keys, ProposalKeys) or record is None:
        return None
    subject = _subject(reading, spot, keys.file, item, seeds)
    if subject is None or not _may_be_written(reading, spot, keys, record):
        return None
    before = len(reading.faults)
    claims = _claims(reading, spot, subject, item, record, seeds)
    if len(reading.faults) > before or claims == (None, None):
        return None
    statement, closure = claims
    superseded = _resolved(reading, spot, subject, keys.supersedes, seeds)
    content = (statement or closure).id  # type: ignore[union-attr]  # one of the two is there
    cited = {*rest.get("sources", ()), *rest.get("see_also", ())}
    return Proposal(
        id="p-" + hashlib.sha256(f"{item.id}\0{subject}\0{content}".encode()).hexdigest()[:10],
        item=item.id,
        title=item.title,
        compiled=item.compiled,
        file=_path(keys.file),
        subject=subject,
        statement=statement,
        closure=closure,
        record=rest,
        sources={key: one for key, one in item.sources.items() if key in cited},
        parties=item.parties,
        supersedes=superseded,
        passage=keys.passage,
        locator=keys.locator or item.locator,
        known_sources=reading.sources,
        context=keys.context,
        reading=_read_as(keys, item),
    )


def _read_as(keys: ProposalKeys, item: NewsFile) -> ReadAs | None:
    if keys.modality is None or keys.event is None:
        return None
    return ReadAs(keys.event, keys.modality, keys.confidence, keys.inferred, item.source_kind)


def _resolved(reading: Reading, spot: str, subject: str, names: list[str], seeds: Seeds) -> tuple[str, ...]:
    """Return the ids of statements called by key or id."""
    ids = {name: one.id for one in seeds.statements for name in (one.id, one.key)}
    found = [ids.get(name) or ids.get(f"{subject}:{name}") for name in names]
    for name in (name for name, one in zip(names, found, strict=True) if one is None):
        reading.faults.append(Fault(spot, f"supersedes {name!r}", "no file holds a statement of such a key or id"))
    return tuple(one for one in found if one is not None)


def _validated(reading: Reading, spot: str, shape: type[BaseModel], table: dict[str, Any]) -> BaseModel | None:
    try:
        return shape.model_validate(table)
    except ValidationError as error:
        reading.faults += faults_of(error, spot, table)
        return None


def _subject(reading: Reading, spot: str, file: str, item: NewsFile, seeds: Seeds) -> str | None:
    match = _FILE.fullmatch(file)
    if match is None:
        reading.faults.append(
            Fault(spot, f"file is {file!r}", "sites/<id>, parties/<id>, places/<iso3>, programmes/<id>")
        )
        return None
    kind, name = match.groups()
    subject = name.upper() if kind == "places" else name
    known: Mapping[str, Any] = getattr(seeds, kind)
    if subject in known or (kind == "parties" and subject in item.parties):
        return subject
    more = ", or introduce it under [parties]" if kind == "parties" else ""
    reading.faults.append(Fault(spot, f"{file} is not in the registry", f"add its file by hand first{more}"))
    return None


def _may_be_written(reading: Reading, spot: str, keys: ProposalKeys, record: BaseModel) -> bool:
    if isinstance(record, ClosureRecord):
        if keys.supersedes:
            reading.faults.append(Fault(spot, "a closure supersedes nothing", "name what ends under closes"))
        return not keys.supersedes
    assert isinstance(record, StatementRecord)  # noqa: S101  the caller has two shapes
    if record.property == "location":
        reading.faults.append(Fault(spot, "proposes a place", "places are drawn by hand, in shape.geojson"))
        return False
    if keys.supersedes and record.valid_from is None:
        reading.faults.append(Fault(spot, "supersedes others and does not say from when", "add valid_from"))
        return False
    return True


def _claims(
    reading: Reading, spot: str, subject: str, item: NewsFile, record: BaseModel, seeds: Seeds
) -> tuple[Statement | None, Closure | None]:
    """Return what is proposed as the registry would read it; what it contradicts is looked up later."""
    statement = isinstance(record, StatementRecord)
    given = [record.model_copy(update={"contradicts": []}) if statement else record]
    said, ended = (given, []) if statement else ([], given)
    file = SeedFile.model_construct(id=subject, name=subject, compiled=item.compiled, statement=said, closure=ended)
    asked = Reading(reading.vocabulary, sources=reading.sources, files=[(spot, subject, file)])
    if statement:
        found = statements_of(asked)
        _dated(asked, spot, found[0] if found else None)
        parties = {name: Party(name, one.name, one.kind, tuple(one.aliases)) for name, one in item.parties.items()}
        joined = replace(seeds, parties={**parties, **seeds.parties})
        asked.faults += [fault for one in found for fault in statement_faults(one, joined, reading.vocabulary.parent)]
    else:
        closures = closures_of(asked, list(seeds.statements))
        _dated(asked, spot, closures[0] if closures else None)
    reading.faults += asked.faults
    if asked.faults:
        return None, None
    return (found[0], None) if statement else (None, closures[0])


def _dated(reading: Reading, spot: str, claim: Statement | Closure | None) -> None:
    if claim is not None and claim.recorded_basis == "compiled":
        reading.faults.append(Fault(spot, "no source says when it was published", "add published, or reported"))


def _path(file: str) -> str:
    return f"seeds/{file}/site.toml" if file.startswith("sites/") else f"seeds/{file}.toml"
