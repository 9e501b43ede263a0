"""The stakes of the registry as statements of the Beneficial Ownership Data Standard, version 0.4.

Entities and persons first, then one relationship a stake, then one to an unspecified holder for each rest that
nobody named. What the standard has no field for travels in an annotation under the key ``georisk``.

Reference: Open Ownership, Beneficial Ownership Data Standard 0.4.
"""

from __future__ import annotations

from typing import Any

from georisk.interchange.bods_parties import entity_details, person_details
from georisk.interchange.bods_sources import statement_record
from georisk.interchange.bods_statement import Publishing
from georisk.interchange.tables import BodsTables
from georisk.ownership.graph import OwnershipGraph
from georisk.ownership.stakes import in_effect, percents
from georisk.snapshot import Snapshot
from georisk.statements import Statement


def bods_statements(
    snapshot: Snapshot, graph: OwnershipGraph, tables: BodsTables, codes: dict[str, str]
) -> list[dict[str, Any]]:
    """Return the stakes in effect on the snapshot's day as BODS statements.

    Parameters
    ----------
    snapshot
        What held on the day, as known by a day.
    graph
        Its stakes, for the rests that nobody named.
    tables, codes
        The words of the standard, and alpha-2 codes of countries by alpha-3.
    """
    publishing = Publishing(snapshot, tables, codes)
    stakes = sorted(in_effect(snapshot), key=lambda one: (one.subject, one.qualifiers["owner"], one.id))
    rests = [(node, rest) for node, rest in sorted(graph.remainder.items()) if _left(graph, node)[1] > 0]
    nodes = {name for one in stakes for name in _named(one)} | {node for node, _ in rests}
    entities = [entity_statement(publishing, node) for node in sorted(nodes)]
    return [
        *entities,
        *(_relationship(publishing, one) for one in stakes),
        *(_unnamed(publishing, graph, node, rest) for node, rest in rests),
    ]


def _named(stake: Statement) -> list[str]:
    given = stake.qualifiers
    return [stake.subject, str(given["owner"]), *given.get("via", ()), *given.get("includes", ())]


def record_id(node: str) -> str:
    """Return the id of a party's or site's record."""
    return f"georisk-party-{node.replace('/', '--')}"


def entity_statement(publishing: Publishing, node: str) -> dict[str, Any]:
    """Return the statement of one party, or of a site that is the owned node itself."""
    snapshot = publishing.snapshot
    party = snapshot.seeds.parties.get(node)
    claims = [one for one in snapshot.holding(node, "incorporation", "nationality", "listing") if one.value is not None]
    person = party is not None and party.kind == "person"
    details = person_details(publishing, node) if person else entity_details(publishing, node)
    day = max((one.recorded.last for one in claims), default=snapshot.as_of)
    made = publishing.statement(
        record_id(node), "person" if person else "entity", record_id(node), details,
        min(day, snapshot.known_by).isoformat(),
    )  # fmt: skip
    record: dict[str, Any] = {
        "id": node,
        "kind": party.kind if party is not None else "site",
        "name": snapshot.name(node),
    }
    record["claims"] = [{"property": one.property} | statement_record(one, snapshot.seeds.sources) for one in claims]
    if party is None:
        record["site"] = snapshot.seeds.sites[node.split("/")[0]].kind
    return publishing.annotated(publishing.sourced(made, claims), "", "The registry's own id and kind.", record)


def _relationship(publishing: Publishing, stake: Statement) -> dict[str, Any]:
    owner, owned = str(stake.qualifiers["owner"]), stake.subject
    details = {"isComponent": False, "subject": record_id(owned), "interestedParty": record_id(owner),
               "interests": [_interest(publishing, stake)]}  # fmt: skip
    made = publishing.statement(
        f"georisk-stake-{stake.id}", "relationship", record_id(owned), details, stake.recorded.last.isoformat()
    )
    record = statement_record(stake, publishing.snapshot.seeds.sources)
    text = f"The registry's statement {stake.id}: {stake.status}, {stake.force}, grade {stake.grade}."
    return publishing.annotated(publishing.sourced(made, [stake]), "/recordDetails/interests/0", text, record)


def _interest(publishing: Publishing, stake: Statement) -> dict[str, Any]:
    basis = str(stake.qualifiers.get("basis", "equity"))
    kind = publishing.tables.interests.get(basis, publishing.tables.interests["equity"])
    found: dict[str, Any] = {"type": kind, "directOrIndirect": "indirect" if stake.qualifiers.get("via") else "direct"}
    low, point, high = percents(stake.value)
    if isinstance(stake.value, list):
        found["share"] = {"minimum": low, "maximum": high}
    elif point is not None:
        found["share"] = {"exact": point}
    found["details"] = _details(publishing.snapshot, stake)
    if stake.valid_from is not None:
        found["startDate"] = stake.valid_from.first.isoformat()
    if stake.valid_until is not None:
        found["endDate"] = stake.valid_until.first.isoformat()
    return found


def _details(snapshot: Snapshot, stake: Statement) -> str:
    given = stake.qualifiers
    texts = [] if stake.value is not None else [f"Share {str(stake.unknown).replace('-', ' ')}"]
    texts += [f"Through {', '.join(snapshot.name(one) for one in given['via'])}"] if given.get("via") else []
    texts += ["Free-carried interest"] if given.get("carried") else []
    texts += ["Fixed by law"] if given.get("statutory") else []
    return "; ".join(texts) or "Stake as its source states it"


def _unnamed(publishing: Publishing, graph: OwnershipGraph, node: str, rest: str) -> dict[str, Any]:
    low, high = _left(graph, node)
    words = publishing.tables.unspecified[rest]
    share = {"exact": high} if low == high else {"minimum": low, "maximum": high}
    interest = {
        "type": "unknownInterest",
        "directOrIndirect": "unknown",
        "share": share,
        "details": words["description"],
    }
    details = {
        "isComponent": False,
        "subject": record_id(node),
        "interestedParty": dict(words),
        "interests": [interest],
    }
    day = publishing.snapshot.known_by.isoformat()
    made = publishing.statement(
        f"georisk-rest-{node.replace('/', '--')}", "relationship", record_id(node), details, day
    )
    return publishing.annotated(made, "", "What the named stakes leave over.", {"rest": rest})


def _left(graph: OwnershipGraph, node: str) -> tuple[float, float]:
    """Return the least and the most that the named stakes leave of a node, per cent."""
    shares = [one.equity for one in graph.stakes if one.owned == node and one.equity is not None]
    low = max(0.0, 100 - sum(one.high for one in shares))
    high = max(0.0, 100 - sum(one.low for one in shares))
    return round(low, 6), round(high, 6)
