"""Parties, stakes, list entries and sites as FollowTheMoney entities, one JSON object a line, for screening tools.

Reference: FollowTheMoney 4 (followthemoney.tech); its library validates what this makes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from georisk.dates import When
from georisk.interchange.bods_sources import is_web_address
from georisk.interchange.tables import FtmTables
from georisk.ownership.stakes import in_effect, percents
from georisk.seeds import Party, Site
from georisk.snapshot import Snapshot
from georisk.statements import Source, Statement

Entity = dict[str, Any]
PROPERTIES = ("incorporation", "nationality", "identifier", "listing", "profile")


@dataclass
class Making:
    """An export in the making: the snapshot, the standard's words, alpha-2 codes, and the sources cited so far."""

    snapshot: Snapshot
    tables: FtmTables
    codes: Mapping[str, str]
    cited: dict[str, Source] = field(default_factory=dict)

    def entity(self, name: str, schema: str, properties: Mapping[str, Iterable[str | None]]) -> Entity:
        """Return an entity; what is not known is left out."""
        kept = {key: [one for one in dict.fromkeys(values) if one] for key, values in properties.items()}
        return {"id": name, "schema": schema, "properties": {key: values for key, values in kept.items() if values}}

    def proof(self, claims: Iterable[Statement]) -> dict[str, list[str | None]]:
        """Return where claims were read: documents, addresses, publishers, dates of retrieval."""
        keys = dict.fromkeys(key for one in claims for key in one.sources)
        found = [self.snapshot.seeds.sources[key] for key in keys]
        self.cited |= {one.id: one for one in found}
        return {
            "proof": [document_id(one.id) for one in found],
            "sourceUrl": [one.url for one in found if is_web_address(one.url)],
            "publisher": [one.publisher for one in found],
            "retrievedAt": [_date(one.retrieved) for one in found],
        }

    def country(self, code: Any) -> str | None:
        """Return a country's code as FollowTheMoney writes it: alpha-2, small letters."""
        short = self.codes.get(str(code))
        return short.lower() if short is not None else None


def ftm_entities(snapshot: Snapshot, tables: FtmTables, codes: Mapping[str, str]) -> list[Entity]:
    """Return the registry on the snapshot's day as entities: parties, stakes, list entries, sites, documents.

    Parameters
    ----------
    snapshot
        What held on the day, as known by a day.
    tables, codes
        Schemata by kind of party, and alpha-2 codes of countries by alpha-3.
    """
    making = Making(snapshot, tables, codes)
    stakes = sorted(in_effect(snapshot), key=lambda one: (one.subject, one.qualifiers["owner"], one.id))
    owned = {one.subject for one in stakes} | {one for site in snapshot.seeds.sites.values() for one in _holders(site)}
    made = [_party(making, party, owned) for _, party in sorted(snapshot.seeds.parties.items())]
    made += [_ownership(making, one) for one in stakes]
    made += [_sanction(making, one) for one in snapshot.every("list-entry") if _is_listed(one, snapshot)]
    for _, site in sorted(snapshot.seeds.sites.items()):
        made += _site(making, site)
    return made + [_document(making, one) for _, one in sorted(making.cited.items())]


def ftm_text(entities: Iterable[Entity]) -> str:
    """Return entities as JSON lines."""
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in entities)


def entity_id(node: str) -> str:
    """Return the id of a party's or a site's entity."""
    return f"georisk-{_plain(node)}"


def document_id(source: str) -> str:
    """Return the id of a source's entity."""
    return f"georisk-source-{_plain(source)}"


def _plain(name: str) -> str:
    """Return a name with the signs that ids may hold there: letters, digits, points and hyphens."""
    return name.replace("/", "--").replace("_", ".").strip(".-")


def _party(making: Making, party: Party, owned: set[str]) -> Entity:
    snapshot = making.snapshot
    schema = making.tables.schemata[party.kind]
    if party.id in owned and schema != "Person":
        schema = "Company"  # only a company can be owned there
    claims = [one for one in snapshot.holding(party.id, *PROPERTIES) if one.value is not None]
    known = {name: [str(one.value) for one in claims if one.property == name] for name in ("listing", "profile")}
    country = making.country(snapshot.country_of(party.id))
    place = "nationality" if schema == "Person" else "jurisdiction" if schema == "Company" else "country"
    properties: dict[str, Iterable[str | None]] = {
        "name": [party.name], "alias": party.aliases, place: [country], "notes": known["profile"],
        "topics": [making.tables.topics.get(party.kind)], **making.proof(claims),
    }  # fmt: skip
    if schema == "Company":
        properties["ticker"] = [one.partition(":")[2].strip() or one for one in known["listing"]]
    for one in claims:
        if one.property == "identifier":
            lei = str(one.qualifiers.get("scheme", "")).upper() == "XI-LEI"
            properties["leiCode" if lei else "registrationNumber"] = [str(one.value)]
    return making.entity(entity_id(party.id), schema, properties)


def _ownership(making: Making, stake: Statement) -> Entity:
    low, point, high = percents(stake.value)
    band = f"{low:g} - {high:g}" if isinstance(stake.value, list) else None
    given = stake.qualifiers
    through = ", ".join(making.snapshot.name(one) for one in given.get("via", ()))
    return making.entity(f"georisk-{stake.id}", "Ownership", {
        "owner": [entity_id(str(given["owner"]))],
        "asset": [entity_id(stake.subject)],
        "percentage": [band if band is not None else None if point is None else f"{point:g}"],
        "ownershipType": [str(given.get("basis", "equity"))],
        "startDate": [_date(stake.valid_from)],
        "endDate": [_date(stake.valid_until)],
        "date": [_date(stake.recorded)],
        "status": [f"{stake.status}, {stake.force}, grade {stake.grade}"],
        "recordId": [stake.id],
        "summary": [f"through {through}" if through else None, stake.note,
                    None if stake.value is not None else f"share not known: {stake.unknown}"],
        **making.proof([stake]),
    })  # fmt: skip


def _is_listed(one: Statement, snapshot: Snapshot) -> bool:
    return one.value is not None and one.counts() and one.holds(snapshot.as_of)


def _sanction(making: Making, entry: Statement) -> Entity:
    given = entry.qualifiers
    return making.entity(f"georisk-{entry.id}", "Sanction", {
        "entity": [entity_id(entry.subject)],
        "program": [str(given[name]) for name in ("list", "program") if name in given],
        "listingDate": [_date(entry.valid_from)],
        "startDate": [_date(entry.valid_from)],
        "endDate": [_date(entry.valid_until)],
        "status": [entry.status],
        "reason": [str(given["covers"]) if "covers" in given else None],
        "namesMentioned": [str(entry.value)],
        "recordId": [entry.id],
        "summary": [entry.note],
        **making.proof([entry]),
    })  # fmt: skip


def _holders(site: Site) -> Iterator[str]:
    yield from (holder for holder in (site.title_holder, *(part.title_holder for part in site.parts)) if holder)


def _site(making: Making, site: Site) -> Iterator[Entity]:
    """Yield the site and its parts as assets, and who holds their titles."""
    nodes = [
        (site.id, site.name, site.aliases, site.kind),
        *((one.id, one.name, one.aliases, one.kind) for one in site.parts),
    ]
    for node, name, aliases, kind in nodes:
        places = [one for one in making.snapshot.holding(node, "location", "admin-unit") if "country" in one.qualifiers]
        yield making.entity(entity_id(node), "Asset", {
            "name": [name], "alias": aliases, "summary": [kind],
            "country": [making.country(one.qualifiers["country"]) for one in places],
            **making.proof(places),
        })  # fmt: skip
        holder = site.holder_of(node)
        if holder != node:
            yield making.entity(f"georisk-title-{_plain(node)}", "Ownership", {
                "owner": [entity_id(holder)], "asset": [entity_id(node)], "role": ["title holder"],
            })  # fmt: skip


def _document(making: Making, source: Source) -> Entity:
    return making.entity(document_id(source.id), "Document", {
        "title": [source.title], "fileName": [source.title], "publisher": [source.publisher],
        "date": [_date(source.published)], "retrievedAt": [_date(source.retrieved)],
        "sourceUrl": [source.url if is_web_address(source.url) else None],
        "notes": [f"grade {source.grade}", source.locator, source.note],
    })  # fmt: skip


def _date(when: When | None) -> str | None:
    """Return a date as FollowTheMoney writes it; a quarter becomes its year."""
    return None if when is None else when.text.partition("-Q")[0]
