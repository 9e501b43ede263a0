"""A BODS 0.4 file read into parties and stakes; whatever is not understood is reported, never guessed.

The latest statement of a record counts. A share that is not stated is an unknown share; a range is a band. Where the
file was made by georisk, its annotations give back what the standard has no field for.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from georisk.dates import When
from georisk.errors import UsageError
from georisk.files import read_json
from georisk.interchange.arrivals import Arrived, ArrivingParty, ArrivingStake, Outcome, Trouble
from georisk.interchange.bods_sources import SOURCE_KEYS, is_web_address
from georisk.interchange.bods_statement import SCHEME_NAME
from georisk.interchange.tables import BodsTables

Table = Mapping[str, Any]
KINDS = ("entity", "person", "relationship")
OURS = ("unit", "valid_from", "valid_until", "status", "force", "note", "grade", "value", "unknown", "qualifiers",
        "key", "recorded")  # fmt: skip
LONGEST = 400  # characters of a name that are taken


def read_bods(path: Path, tables: BodsTables, alpha3: Mapping[str, str]) -> Arrived:
    """Read a file of BODS statements.

    Parameters
    ----------
    path
        A JSON array of statements.
    tables
        The words of the standard.
    alpha3
        ISO 3166-1 alpha-3 codes by alpha-2 code.

    Raises
    ------
    UsageError
        If it is no list of statements of version 0.4.
    Fault
        If it is no JSON, or larger than 64 MiB.
    """
    given = read_json(path, path.name)
    if not isinstance(given, list) or not all(isinstance(one, dict) for one in given):
        raise UsageError(f"{path.name}: is no JSON array of statements; BODS {tables.version} is read")
    if any("statementType" in one for one in given):
        raise UsageError(f"{path.name}: holds statements of an earlier version; BODS {tables.version} is read")
    reading = _Reading(tables, alpha3)
    latest = reading.latest(given)
    for row, one in latest:
        reading.take(row, one)
    return Arrived(reading.parties, tuple(reading.stakes), tuple(reading.troubles), tuple(reading.passed))


class _Reading:
    """One reading of one file."""

    def __init__(self, tables: BodsTables, alpha3: Mapping[str, str]) -> None:
        self.tables = tables
        self.alpha3 = alpha3
        self.parties: dict[str, ArrivingParty] = {}
        self.stakes: list[ArrivingStake] = []
        self.troubles: list[Trouble] = []
        self.passed: list[Outcome] = []

    def trouble(self, row: str, name: str, why: str) -> None:
        self.troubles.append(Trouble(row, name, why))

    def latest(self, given: list[Table]) -> list[tuple[str, Table]]:
        """Return the latest statement of each record, entities and persons first; broken ones are reported."""
        found: dict[str, tuple[str, str, Table]] = {}
        for number, one in enumerate(given, start=1):
            row = f"statement {number}"
            record, kind, day = one.get("recordId"), one.get("recordType"), one.get("statementDate")
            if not isinstance(record, str) or kind not in KINDS or not isinstance(one.get("recordDetails"), dict):
                self.trouble(row, "recordId, recordType, recordDetails", "one is missing or of another type")
                continue
            day = day if isinstance(day, str) else ""
            if record not in found or found[record][0] <= day:
                found[record] = (day, row, one)
        rows = [(row, one) for _, row, one in found.values()]
        return sorted(rows, key=lambda item: KINDS.index(item[1]["recordType"]) == 2)

    def take(self, row: str, one: Table) -> None:
        """Take one statement in."""
        if one.get("recordStatus") == "closed":
            self.trouble(row, "recordStatus", "the record is closed: nothing holds any more")
        elif one["recordType"] == "relationship":
            self._take_relationship(row, one)
        else:
            party = self._party(row, one)
            if party is not None:
                self.parties[party.record] = party

    # Parties

    def _party(self, row: str, one: Table) -> ArrivingParty | None:
        details, ours = one["recordDetails"], _ours(one)
        person = one["recordType"] == "person"
        names = _person_names(details) if person else [details.get("name"), *_list(details.get("alternateNames"))]
        texts = tuple(name.strip()[:LONGEST] for name in names if isinstance(name, str) and name.strip())
        if not texts:
            self.trouble(row, "names" if person else "name", "the party has no name")
            return None
        identifiers = dict(_identifiers(details))
        known_as = identifiers.pop(SCHEME_NAME, None) or (ours.get("id") if isinstance(ours.get("id"), str) else None)
        kind = "person" if person else self._kind(row, details)
        claims = tuple(self._claims(row, one, kind, details))
        site = ours.get("site") if kind == "site" and isinstance(ours.get("site"), str) else None
        return ArrivingParty(str(one["recordId"]), texts, kind, identifiers, claims, known_as, site)

    def _kind(self, row: str, details: Table) -> str:
        given = _table(details.get("entityType"))
        if given.get("details") in self.tables.entity_types:
            return str(given["details"])
        kind = self.tables.party_kinds.get(str(given.get("type")))
        if kind is None:
            self.trouble(row, "entityType", f"{given.get('type')!r} is not in the code list; taken as a company")
        return kind or "company"

    def _claims(self, row: str, one: Table, kind: str, details: Table) -> Iterator[Table]:
        """Yield what the statement says of the party beside its names: where it belongs."""
        given = _list(_ours(one).get("claims"))
        if given:
            yield from (_plain(claim) for claim in given if isinstance(claim, dict))
            return
        places = [details.get("jurisdiction"), *_list(details.get("nationalities"))]
        for place in (_table(place) for place in places if place is not None):
            code = self.alpha3.get(str(place.get("code", ""))[:2].upper())
            if code is None:
                self.trouble(row, "jurisdiction", f"{place.get('code')!r} is no ISO 3166-1 alpha-2 code; left out")
            else:
                name = "nationality" if kind in ("person", "state", "agency") else "incorporation"
                yield {"property": name, "value": code, "sources": self._sources(one)}

    # Stakes

    def _take_relationship(self, row: str, one: Table) -> None:
        details = one["recordDetails"]
        owner, owned = details.get("interestedParty"), details.get("subject")
        if not isinstance(owner, str):
            reason = _table(owner).get("reason", "no reason given")
            self.passed.append(Outcome(row, f"holder of {owned}", "left out", f"not named ({reason}): reckoned anew"))
            return
        for name, party in (("interestedParty", owner), ("subject", owned)):
            if party not in self.parties:
                self.trouble(row, name, f"{str(party)[:80]!r} is no entity or person of the file")
                return
        if details.get("isComponent") is True:
            self.trouble(row, "isComponent", "a component of another relationship; the primary one is taken")
            return
        interests = [_table(each) for each in _list(details.get("interests"))]
        if not interests:
            self.trouble(row, "interests", "none stated")
        for each in interests:
            record = self._record(row, each, _ours(one))
            if record is not None:
                self.stakes.append(ArrivingStake(row, owner, str(owned), record, self._sources(one)))

    def _record(self, row: str, interest: Table, ours: Table) -> dict[str, Any] | None:
        bases = {kind: basis for basis, kind in self.tables.interests.items()}
        basis = bases.get(str(interest.get("type")))
        if basis is None:
            self.trouble(row, "type", f"{str(interest.get('type'))[:60]!r} is an interest that is no stake; left out")
            return None
        if "qualifiers" in ours:
            return {key: _plain(ours[key]) for key in OURS if ours.get(key) is not None}
        record = self._share(row, _table(interest.get("share")))
        if record is None:
            return None
        record |= {"qualifiers": {} if basis == "equity" else {"basis": basis}}
        for key, name in (("valid_from", "startDate"), ("valid_until", "endDate")):
            if interest.get(name) is not None:
                day = _day(interest[name])
                record |= {key: day} if day is not None else {}
                if day is None:
                    self.trouble(row, name, f"{str(interest[name])[:40]!r} is no date; left open")
        return record | ({"note": str(interest["details"])[:1000]} if isinstance(interest.get("details"), str) else {})

    def _share(self, row: str, share: Table) -> dict[str, Any] | None:
        """Return value or reason of a share: exact, a band, or unknown; ``None`` if it is out of bounds."""
        known = {name: share[name] for name in share if name != "georisk" and share[name] is not None}
        wrong = [name for name, one in known.items() if isinstance(one, bool) or not isinstance(one, (int, float))
                 or not 0 <= one <= 100]  # fmt: skip
        if wrong:
            self.trouble(
                row, f"share.{wrong[0]}", f"{str(known[wrong[0]])[:40]!r} is no percentage; the stake is left out"
            )
            return None
        low = known.get("minimum", known.get("exclusiveMinimum"))
        high = known.get("maximum", known.get("exclusiveMaximum"))
        if "exact" in known:
            return {"value": known["exact"], "unit": "percent"}
        if low is None and high is None:
            return {"unknown": "not-found"}
        band = [0 if low is None else low, 100 if high is None else high]
        if band[0] > band[1]:
            self.trouble(row, "share", f"minimum {band[0]} is above maximum {band[1]}; the stake is left out")
            return None
        return {"value": band, "unit": "percent"}

    def _sources(self, one: Table) -> dict[str, Table]:
        """Return the sources a statement cites: our own where it carries them, else one made of its ``source``."""
        ours = _table(_ours(one).get("sources"))
        if ours:
            return {key: _table(record) for key, record in ours.items()}
        source, details = _table(one.get("source")), _table(one.get("publicationDetails"))
        publisher = str(_table(details.get("publisher")).get("name") or "publisher not named")[:200]
        asserted = [_table(each).get("name") for each in _list(source.get("assertedBy"))]
        names = [name for name in asserted if isinstance(name, str) and name]
        types = [str(each) for each in _list(source.get("type"))]
        grade = min((self.tables.grades.get(each, "C") for each in types), default=self.tables.grades["none"])
        record: dict[str, Any] = {"title": f"Ownership statements published by {publisher} (BODS)", "grade": grade,
                                  "publisher": (", ".join(names) or publisher)[:200]}  # fmt: skip
        record |= {"url": source["url"]} if is_web_address(source.get("url")) else {}
        day = _day(one.get("statementDate"))
        record |= {"published": day} if day is not None else {}
        mark = hashlib.sha256(repr(sorted(record.items())).encode()).hexdigest()[:10]
        return {f"bods_{mark}": {key: record[key] for key in SOURCE_KEYS if key in record}}


def _ours(one: Table) -> Table:
    """Return the record that georisk put into an annotation of a statement."""
    found = (_table(_table(each).get("georisk")) for each in _list(one.get("annotations")))
    return next((each for each in found if each), {})


def _plain(given: Any) -> Any:
    """Return a value without what a seeds file cannot hold (nulls and depths that only mischief makes)."""
    if isinstance(given, dict):
        return {str(key): _plain(one) for key, one in given.items() if one is not None}
    if isinstance(given, list):
        return [_plain(one) for one in given if one is not None]
    return given


def _identifiers(details: Table) -> Iterator[tuple[str, str]]:
    for one in (_table(each) for each in _list(details.get("identifiers"))):
        scheme = one.get("schemeName") if one.get("schemeName") == SCHEME_NAME else one.get("scheme")
        if isinstance(one.get("id"), str) and one["id"] and isinstance(scheme, str):
            yield scheme[:60], one["id"][:120]


def _person_names(details: Table) -> list[Any]:
    return [_table(one).get("fullName") for one in _list(details.get("names"))]


def _day(given: Any) -> str | None:
    try:
        return When.parse(str(given)[:10]).text
    except ValueError:
        return None


def _table(given: Any) -> Table:
    return given if isinstance(given, dict) else {}


def _list(given: Any) -> list[Any]:
    return given if isinstance(given, list) else []
