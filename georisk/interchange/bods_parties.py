"""Parties as the details of BODS entity and person records."""

from __future__ import annotations

from typing import Any

from georisk.interchange.bods_statement import SCHEME_NAME, Publishing


def person_details(publishing: Publishing, node: str) -> dict[str, Any]:
    """Return the details of a person's record."""
    party = publishing.snapshot.seeds.parties[node]
    names = [{"type": "legal", "fullName": party.name}]
    names += [{"type": "alternative", "fullName": alias} for alias in party.aliases]
    details: dict[str, Any] = {"isComponent": False, "personType": "knownPerson", "names": names}
    country = _country(publishing, node)
    return details | ({"nationalities": [country]} if country else {})


def entity_details(publishing: Publishing, node: str) -> dict[str, Any]:
    """Return the details of an entity's record; a site that is the owned node itself is an unknown entity."""
    snapshot, tables = publishing.snapshot, publishing.tables
    party = snapshot.seeds.parties.get(node)
    kind = party.kind if party is not None else "site"
    types = tables.entity_types[kind]
    entity_type = {"type": types[0], "details": kind} | ({"subtype": types[1]} if len(types) > 1 else {})
    details: dict[str, Any] = {"isComponent": False, "entityType": entity_type, "name": snapshot.name(node)}
    if types[0] == "unknownEntity":
        details["unspecifiedEntityDetails"] = {"reason": "informationUnknownToPublisher", "description": _why(kind)}
    aliases = list(party.aliases) if party is not None else []
    details |= {"alternateNames": aliases} if aliases else {}
    country = _country(publishing, node)
    details |= {"jurisdiction": country} if country else {}
    if snapshot.listed(node):
        details["publicListing"] = {"hasPublicListing": True}
    return details | {"identifiers": _identifiers(publishing, node)}


def _why(kind: str) -> str:
    if kind == "site":
        return "The holder of the title is not known: stakes are reported in the project itself."
    return "Several parties that sources report together."


def _country(publishing: Publishing, node: str) -> dict[str, str]:
    code = publishing.snapshot.country_of(node)
    if code is None:
        return {}
    short = publishing.codes.get(code)
    name = publishing.snapshot.name(code) if code in publishing.snapshot.seeds.places else code
    return {"name": name} | ({"code": short} if short is not None else {})


def _identifiers(publishing: Publishing, node: str) -> list[dict[str, str]]:
    found = [{"id": node, "schemeName": SCHEME_NAME}]
    for one in publishing.snapshot.holding(node, "identifier"):
        if one.value is not None:
            found.append({"id": str(one.value), "scheme": str(one.qualifiers.get("scheme", "MISC"))})
    for one in publishing.snapshot.holding(node, "listing"):
        exchange, _, ticker = str(one.value or "").partition(":")
        if ticker.strip():
            found.append({"id": ticker.strip(), "schemeName": exchange.strip()})
    return found
