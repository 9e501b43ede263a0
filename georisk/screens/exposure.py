"""Payments from or to a listed party, apart from ownership: royalties, streams and loans of a site.

A payee may be on a list itself, or a listed party may have a stake in it; a share nobody published says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from georisk.ownership.holders import Holders
from georisk.ownership.upstream import chains_down, upstream
from georisk.screens.lists.standing import Hit, Standings
from georisk.seeds import Site
from georisk.statements import Statement

PAYMENTS = {"royalty": "royalty", "stream": "stream", "finance": "loan or other finance"}
ROLES = {"payee": "to", "holder": "to", "lender": "from", "payer": "from", "recipient": "to"}
"""Whom a payment names, and which way the money goes as the site sees it."""


@dataclass(frozen=True, slots=True)
class Exposure:
    """One payment that leads to or from a listed party.

    Attributes
    ----------
    site, subject
        The site, and the site, part or title holder that the statement speaks of.
    statement
        The royalty, stream or loan.
    kind, direction
        What it is; ``to`` or ``from`` the party.
    party
        Whom the statement names.
    hit
        The list entry: of the party itself, or of somebody with a stake in it.
    through
        Parties from the listed one down to the one named, both included; only the party itself where it is listed.
    shares
        Stake by stake in words; ``not published`` where no figure is known.
    """

    site: str
    subject: str
    statement: Statement
    kind: str
    direction: str
    party: str
    hit: Hit
    through: tuple[str, ...]
    shares: tuple[str, ...]


def exposures(holders: Holders, standings: Standings, site: Site) -> list[Exposure]:
    """Return the payments of a site that lead to or from a listed party."""
    snapshot = holders.snapshot
    roots = [site.holder_of(subject) for subject in site.subjects()]
    scope = dict.fromkeys([site.id, *site.subjects(), *(one for one in (site.title_holder, *roots) if one)])
    found = [
        one
        for subject in scope
        for name in PAYMENTS
        for statement in snapshot.holding(subject, name)
        for one in _of(holders, standings, site, statement)
        if one.party not in roots
    ]
    sure_last = sorted(found, key=lambda one: one.hit.sure)
    once = {(one.statement.id, one.party, one.hit.party, one.hit.list): one for one in sure_last}
    return sorted(once.values(), key=lambda one: (one.subject, one.statement.key, len(one.through), one.hit.party))


def _of(holders: Holders, standings: Standings, site: Site, statement: Statement) -> Iterator[Exposure]:
    for role, direction in ROLES.items():
        party = statement.qualifiers.get(role)
        if not isinstance(party, str):
            continue
        base = (site.id, statement.subject, statement, PAYMENTS[statement.property], direction, party)
        for hit in standings.hits.get(party, ()):
            yield Exposure(*base, hit, (party,), ())
        if party in holders.graph.holders:
            above = upstream(holders.graph, party)
            listed = set(standings.hits) & set(above.holders) - {party}
            for chain in chains_down(above.stakes, listed, party):
                way = (chain[0].owner, *(stake.owned for stake in chain))
                shares = tuple(_share(stake.equity) for stake in chain)
                for hit in standings.hits[chain[0].owner]:
                    yield Exposure(*base, hit, way, shares)


def _share(share: object) -> str:
    point = getattr(share, "point", None)
    return "share not published" if point is None else f"{point:g} %"
