"""Arrived parties and stakes as seeds: parties matched or made, sources and statements added to their files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from georisk.gate.seedfile import SeedText
from georisk.interchange.arrivals import Arrived, ArrivingParty, ArrivingStake, Outcome, Trouble
from georisk.matching.book import Entry, PartyBook
from georisk.matching.deciding import SAME, UNSURE, Named
from georisk.matching.folding import fold
from georisk.records import SourceRecord, StatementRecord
from georisk.seeds import Seeds
from georisk.statements import statement_id
from georisk.vocabulary import read_vocabulary

CERTAIN = frozenset({"identifier", "alias", "letters"})
"""Rules by which an arriving party is taken for a known one; other likenesses are reported, for a person to look."""
DERIVED = frozenset({"key", "grade", "sources", "see_also", "contradicts", "part", "reported", "mentioned"})
_SLUG = re.compile(r"[^a-z0-9]+")


@dataclass
class Taking:
    """Seeds files as they would read, and what was done: nothing is written here."""

    root: Path
    data: Path
    seeds: Seeds
    book: PartyBook
    compiled: date
    texts: dict[str, SeedText] = field(default_factory=dict)
    outcomes: list[Outcome] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    nodes: dict[str, str] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    sources: set[str] = field(default_factory=set)
    said: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Note which ids, sources and statements there are."""
        self.taken |= {*self.seeds.parties, *self.seeds.sites}
        self.sources |= set(self.seeds.sources)
        self.said |= {one.id for one in self.seeds.statements}

    def file(self, path: str) -> SeedText:
        """Return a file as it would read."""
        if path not in self.texts:
            self.texts[path] = SeedText.parse((self.root / path).read_bytes().decode("utf-8"))
        return self.texts[path]

    def add_sources(self, path: str, row: str, sources: Mapping[str, Mapping[str, Any]]) -> list[str]:
        """Define the sources that are not defined yet in a file; return the keys of those that could be read."""
        keys = []
        for key, record in sources.items():
            name = _slug(key, "_") or "source"
            if name not in self.sources:
                given = dict(record)
                try:
                    checked = SourceRecord.model_validate(given)
                except ValidationError as error:
                    self.troubles.append(Trouble(row, "source", _first(error)))
                    continue
                known = {one: getattr(checked, one) for one in SourceRecord.model_fields if one in given}
                self.texts[path] = self.file(path).with_source(name, known)
                self.sources.add(name)
            keys.append(name)
        return keys

    def add_statement(self, path: str, row: str, subject: str, record: Mapping[str, Any]) -> str:
        """Add a statement to a file; return ``written``, ``known`` or why it was left out."""
        try:
            checked = StatementRecord.model_validate(dict(record))
        except ValidationError as error:
            return _first(error)
        value = {"absent": checked.absent} if checked.absent else checked.value
        name = statement_id(subject, checked.property, value, checked.unit, checked.qualifiers, checked.valid_from)
        if name in self.said:
            return "known"
        self.said.add(name)
        text = self.file(path)
        given = {one: getattr(checked, one) for one in StatementRecord.model_fields if one in record}
        given["key"] = _free_key(text, checked.key)
        self.texts[path] = text.with_record("statement", given, text.last_like(checked.property))
        return "written"


def book_of(seeds: Seeds, words: Any) -> PartyBook:
    """Return the parties of the seeds under all their names and identifiers."""
    numbers: dict[str, dict[str, str]] = {}
    for one in seeds.statements:
        if one.property == "identifier" and isinstance(one.value, str):
            numbers.setdefault(one.subject, {})[str(one.qualifiers.get("scheme", ""))] = one.value
    parties = seeds.parties.values()
    return PartyBook.of([Entry(one.id, (one.name, *one.aliases), numbers.get(one.id, {})) for one in parties], words)


def take(taking: Taking, arrived: Arrived) -> None:
    """Bring everything that arrived into the texts of seeds files."""
    needed = {name for one in arrived.stakes for name in (one.owner, one.owned)}
    inner = {str(name) for one in arrived.stakes for key in ("via", "includes")
             for name in _names(one.record.get("qualifiers"), key)}  # fmt: skip
    by_own = {party.known_as: party.record for party in arrived.parties.values() if party.known_as is not None}
    needed |= {by_own[name] for name in inner if name in by_own}
    for record, party in arrived.parties.items():
        if record in needed or not arrived.stakes:
            _take_party(taking, party)
        else:
            taking.outcomes.append(Outcome(record, party.names[0], "left out", "no stake of the file names it"))
    own = {name: taking.nodes[record] for name, record in by_own.items() if record in taking.nodes}
    for stake in arrived.stakes:
        _take_stake(taking, stake, own)
    taking.troubles += arrived.troubles
    taking.outcomes += arrived.passed


def _names(qualifiers: Any, key: str) -> list[Any]:
    found = qualifiers.get(key) if isinstance(qualifiers, dict) else None
    return found if isinstance(found, list) else []


def _take_party(taking: Taking, party: ArrivingParty) -> None:
    """Find the party an arriving one is, or make it; note which id stands for its record."""
    if party.kind == "site":
        _take_site(taking, party)
        return
    known, why = _known(taking, party)
    if known is not None:
        taking.nodes[party.record] = known
        taking.outcomes.append(Outcome(party.record, party.names[0], "known", f"{known}: {why}"))
        return
    name = _free_id(taking, party.known_as or party.names[0])
    taking.nodes[party.record] = name
    kinds = read_vocabulary(taking.data / "vocabulary", "party-kinds")
    kind = party.kind if party.kind in kinds else "company"
    head: dict[str, Any] = {"id": name, "name": _clean(party.names[0]), "kind": kind, "compiled": taking.compiled}
    aliases = [_clean(one) for one in party.names[1:]]
    head |= {"aliases": aliases} if aliases else {}
    path = f"seeds/parties/{name}.toml"
    taking.texts[path] = SeedText.of_head(head)
    for number, claim in enumerate(party.claims, start=1):
        _take_claim(taking, party, path, name, number, claim)
    taking.outcomes.append(Outcome(party.record, head["name"], "written", why or f"new party {name}"))


def _known(taking: Taking, party: ArrivingParty) -> tuple[str | None, str]:
    """Return the party of the workspace that an arriving one is, and why; else ``None`` and what it is like."""
    if party.known_as is not None and party.known_as in taking.seeds.parties:
        return party.known_as, "the registry's own id"
    like = ""
    for name in party.names:
        for match in taking.book.match(Named(name, party.identifiers)):
            decision = match.decision
            if decision.verdict == SAME and decision.rule in CERTAIN:
                return match.party, decision.because
            if decision.verdict in (SAME, UNSURE) and not like:
                like = f"made anew, though like {match.party} ({decision.rule}: {decision.because})"
    return None, like


def _take_claim(
    taking: Taking, party: ArrivingParty, path: str, name: str, number: int, claim: Mapping[str, Any]
) -> None:
    sources = claim.get("sources")
    sources = sources if isinstance(sources, dict) else {}
    keys = taking.add_sources(path, party.record, sources)
    if not keys:
        taking.troubles.append(Trouble(party.record, str(claim.get("property")), "no source to cite; left out"))
        return
    record = {**_carried(claim, sources), "key": f"{_slug(str(claim.get('property')))}-{number}", "sources": keys}
    answer = taking.add_statement(path, party.record, name, record)
    if answer not in ("written", "known"):
        taking.troubles.append(Trouble(party.record, str(claim.get("property")), answer))


def _take_site(taking: Taking, party: ArrivingParty) -> None:
    """Make the site that is the owned node itself, or its part."""
    given, _, inner = (party.known_as or party.names[0]).partition("/")  # a part is written site/part
    site, part = _slug(given) or "site", _slug(inner)
    taking.nodes[party.record] = f"{site}/{part}" if part else site
    path = f"seeds/sites/{site}/site.toml"
    if site in taking.seeds.sites or path in taking.texts:
        taking.outcomes.append(Outcome(party.record, party.names[0], "known", f"the site {site}"))
    else:
        kinds = read_vocabulary(taking.data / "vocabulary", "site-kinds")
        kind = party.site if party.site in kinds else "mine"
        head = {"id": site, "name": _clean(party.names[0]), "kind": kind, "compiled": taking.compiled}
        taking.texts[path] = SeedText.of_head(head)
        taking.taken.add(site)
        taking.outcomes.append(Outcome(party.record, party.names[0], "written", f"new site {site}, not located"))
    if part and part not in {one.id.split("/")[1] for one in _parts(taking, site)}:
        taking.texts[path] = taking.file(path).with_record("part", {"id": part, "name": _clean(party.names[0])})


def _parts(taking: Taking, site: str) -> Iterator[Any]:
    if site in taking.seeds.sites:
        yield from taking.seeds.sites[site].parts


def _take_stake(taking: Taking, stake: ArrivingStake, own: Mapping[str, str]) -> None:
    owner, owned = taking.nodes[stake.owner], taking.nodes[stake.owned]
    head, _, part = owned.partition("/")
    site = head in taking.seeds.sites or f"seeds/sites/{head}/site.toml" in taking.texts
    path = f"seeds/sites/{head}/site.toml" if site else f"seeds/parties/{owned}.toml"
    what = f"{owner} in {owned}"
    keys = taking.add_sources(path, stake.row, stake.sources)
    qualifiers = dict(stake.record.get("qualifiers") or {})
    for key in ("via", "includes"):
        if key in qualifiers:
            qualifiers[key] = [own.get(str(one), str(one)) for one in _names(qualifiers, key)]
    record = {"key": _slug(str(stake.record.get("key") or f"stake-{owner}")) or "stake", "property": "stake",
              **_carried(stake.record, stake.sources),
              "qualifiers": {"owner": owner, **{key: value for key, value in qualifiers.items() if key != "owner"}},
              "sources": keys}  # fmt: skip
    record |= {"part": part} if part else {}
    answer = taking.add_statement(path, stake.row, owned, record) if keys else "no source to cite"
    if answer in ("written", "known"):
        taking.outcomes.append(Outcome(stake.row, what, answer, ""))
    else:
        taking.outcomes.append(Outcome(stake.row, what, "left out", answer))
        taking.troubles.append(Trouble(stake.row, "stake", answer))


def _carried(record: Mapping[str, Any], sources: Mapping[str, Any]) -> dict[str, Any]:
    """Return a record's own keys: a grade where it is worse than its sources', a date where no source has one."""
    kept = {key: value for key, value in record.items() if key in StatementRecord.model_fields and key not in DERIVED}
    given = [one for one in sources.values() if isinstance(one, Mapping)]
    grade = record.get("grade")
    if isinstance(grade, str) and grade > min((str(one.get("grade")) for one in given), default="D"):
        kept["grade"] = grade
    if "recorded" in record and not any(one.get("published") for one in given):
        kept["reported"] = record["recorded"]
    return kept


def _free_id(taking: Taking, name: str) -> str:
    """Return an id for a new party: its name folded, with a number where another bears it already."""
    slug = _slug(name) or "party"
    found, number = slug, 1
    while found in taking.taken:
        number += 1
        found = f"{slug}-{number}"
    taking.taken.add(found)
    return found


def _free_key(text: SeedText, key: str) -> str:
    found, number = key, 1
    while text.place("statement", found) is not None:
        number += 1
        found = f"{key}-{number}"
    return found


def _slug(text: str, joint: str = "-") -> str:
    if joint == "_" and re.fullmatch(r"[a-z0-9][a-z0-9_-]*", text):
        return text
    return _SLUG.sub("-", fold(text)).strip("-")[:60].strip("-")


def _clean(text: str) -> str:
    return "".join(sign for sign in text if ord(sign) >= 32).strip() or "not named"


def _first(error: ValidationError) -> str:
    one = error.errors()[0]
    return f"{'.'.join(map(str, one['loc']))}: {one['msg'].removeprefix('Value error, ')}"
