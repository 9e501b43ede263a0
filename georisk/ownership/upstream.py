"""Everything above or below parties, and the chains that lead down."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from georisk.ownership.graph import OwnershipGraph, Stake

Chain = tuple[Stake, ...]
"""Stakes from a holder down to a party, the topmost first; no party stands in it twice."""


def upstream(graph: OwnershipGraph, party: str) -> OwnershipGraph:
    """Return the part of a graph from which a party can be reached by owning, the party included."""
    stakes_in = graph.stakes_in()
    reached, waiting = {party}, [party]
    while waiting:
        for stake in stakes_in.get(waiting.pop(), []):
            if stake.owner not in reached:
                reached.add(stake.owner)
                waiting.append(stake.owner)
    return OwnershipGraph(
        {one: holder for one, holder in graph.holders.items() if one in reached},
        tuple(stake for stake in graph.stakes if stake.owned in reached),
        {one: kind for one, kind in graph.remainder.items() if one in reached},
    )


def downstream(graph: OwnershipGraph, start: Collection[str]) -> OwnershipGraph:
    """Return the part of a graph that given parties reach by owning, with all stakes in it.

    Owners from outside it stay as holders, so that what they hold still takes its room; what is above them is gone.
    """
    stakes_of = graph.stakes_of()
    reached, waiting = set(start), list(start)
    while waiting:
        for stake in stakes_of.get(waiting.pop(), []):
            if stake.owned not in reached:
                reached.add(stake.owned)
                waiting.append(stake.owned)
    stakes = tuple(stake for stake in graph.stakes if stake.owned in reached)
    kept = reached | {stake.owner for stake in stakes}
    return OwnershipGraph(
        {one: holder for one, holder in graph.holders.items() if one in kept},
        stakes,
        {one: kind for one, kind in graph.remainder.items() if one in reached},
    )


def chains_down(stakes: Collection[Stake], start: Collection[str], party: str) -> Iterator[Chain]:
    """Yield every chain from one of the given holders to a party, shortest first.

    A chain stops at the first of the holders it meets on the way up.
    """
    stakes_in: dict[str, list[Stake]] = {}
    for stake in stakes:
        if not stake.treasury:
            stakes_in.setdefault(stake.owned, []).append(stake)
    level: list[Chain] = [(stake,) for stake in stakes_in.get(party, [])]
    while level:
        longer: list[Chain] = []
        for chain in level:
            owner = chain[0].owner
            if owner in start:
                yield chain
            elif owner != party and all(stake.owned != owner for stake in chain):
                longer += [(stake, *chain) for stake in stakes_in.get(owner, [])]
        level = longer


def cash_per_cent(chain: Chain) -> float:
    """Return the equity of a chain multiplied, per cent, shares at their stated figures.

    Examples
    --------
    >>> from georisk.ownership.graph import Share
    >>> cash_per_cent((Stake("X", "A", Share.exact(50)), Stake("A", "T", Share.exact(30))))
    15.0
    """
    product = 100.0
    for stake in chain:
        product *= stake.per_cent("equity") / 100.0
    return product
