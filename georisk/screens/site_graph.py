"""The graph a site is screened on: its owners with their places, what the lists mark them with, and its host State."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from georisk.ownership.graph import Holder, OwnershipGraph
from georisk.ownership.upstream import upstream
from georisk.screens.classes import GOVERNMENT_KINDS
from georisk.screens.lists.standing import Standings
from georisk.screens.rules import Rule
from georisk.snapshot import Snapshot

OF_A_STATE = (*GOVERNMENT_KINDS, "state_company")
HOST, US_PERSON, US_BUSINESS = "host_state", "us_person", "tid"
UNITED_STATES = "USA"


def host_countries(snapshot: Snapshot, subject: str) -> tuple[str, ...]:
    """Return the countries a site or part lies in, ISO 3166-1 alpha-3, as its places and districts say."""
    places = snapshot.holding(subject, "location", "admin-unit")
    return tuple(dict.fromkeys(str(one.qualifiers["country"]) for one in places if "country" in one.qualifiers))


def site_graph(
    snapshot: Snapshot, owners: OwnershipGraph, subject: str, root: str, standings: Standings, *, sure: bool = True
) -> OwnershipGraph:
    """Return what stands above the owned node of a site, marked for the legal screens.

    Parameters
    ----------
    snapshot, owners
        The day, and who owns whom on it.
    subject, root
        The site or part, and its owned node: the title holder, or the site itself.
    standings
        Who is on which list.
    sure
        Whether only list entries count that somebody stands for; else names that nobody confirmed count too.

    Notes
    -----
    Governments, organs and state companies of a country the site lies in are its host State, never a foreign one. A
    party organised in the United States is a US person, governments aside. A party whose head office lies in a nation
    that some rule covers counts as of that nation. The owned node, if of the United States, is taken for a business
    with sensitive technology: whether it is one is not in the registry.
    """
    above = upstream(owners, root)
    hosts = host_countries(snapshot, subject)
    holders = {
        party: _marked(snapshot, holder, hosts, standings.flags(party, sure=sure), owned=party == root)
        for party, holder in above.holders.items()
    }
    return replace(above, holders=holders)


def _marked(
    snapshot: Snapshot, holder: Holder, hosts: tuple[str, ...], listed: frozenset[str], *, owned: bool
) -> Holder:
    country = holder.country
    if country is None and holder.kind == "asset" and len(hosts) == 1:
        country = hosts[0]
    flags = set(holder.flags) | listed
    if country == UNITED_STATES and holder.kind not in GOVERNMENT_KINDS:
        flags.add(US_BUSINESS if owned else US_PERSON)
    if country in hosts and holder.kind in OF_A_STATE:
        flags.add(HOST)
    return Holder(holder.id, _seat(snapshot, holder.id, country), holder.kind, frozenset(flags))


def _seat(snapshot: Snapshot, party: str, country: str | None) -> str | None:
    """Return where a party counts as being: where it is organised, else where its head office is."""
    seats = [str(one.value) for one in snapshot.holding(party, "domicile") if one.value is not None]
    return country if country is not None or not seats else seats[0]


def covered_seats(snapshot: Snapshot, graph: OwnershipGraph, rules: Iterable[Rule]) -> OwnershipGraph:
    """Return a graph in which a party with its head office in a covered nation counts as of that nation."""
    covered = {nation for rule in rules for nation in rule.holders.nations or ()}
    holders = {}
    for party, holder in graph.holders.items():
        seats = [str(one.value) for one in snapshot.holding(party, "domicile") if str(one.value) in covered]
        holders[party] = replace(holder, country=seats[0]) if seats else holder
    return replace(graph, holders=holders)
