"""Control by votes: majority chains, the weakest link, the dominant holder.

Treasury stock does not vote. Shares are read at their low ends.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from georisk.errors import UsageError
from georisk.ownership.cascade import Links, arranged, cascade
from georisk.ownership.graph import ROUNDING, Metric, OwnershipGraph

MOST_CHAINS = 1_000_000
"""Chains followed before the sum over chains is given up; best chains need no such limit."""


@dataclass(frozen=True)
class Marshalled:
    """What one holder controls, and the votes it can cast.

    Attributes
    ----------
    controlled
        Parties in which it marshals more than the gate, tier by tier.
    votes
        Its own votes and those of the parties it controls, per cent by party.
    """

    controlled: frozenset[str]
    votes: Mapping[str, float]


def marshalled(graph: OwnershipGraph, gate: float, *, strict: bool = True) -> dict[str, Marshalled]:
    """Return for every party with holdings what it controls by a majority of votes.

    Parameters
    ----------
    graph
        Parties and stakes.
    gate
        Per cent of the votes that control begins at.
    strict
        Whether more than the gate is needed.
    """
    links = arranged(graph, ["voting"])
    return {holder: marshalled_by(links, holder, gate, strict=strict) for holder in graph.holders if holder in links.of}


def marshalled_by(links: Links, holder: str, gate: float, *, strict: bool = True) -> Marshalled:
    """Return what one holder controls; see :func:`marshalled`."""
    found = cascade(links, [holder], {"voting": gate}, strict=strict)
    votes = {party: held for party, held in found.counted("voting").items() if party != holder}
    return Marshalled(frozenset(found.caught), votes)


def links_down(graph: OwnershipGraph, metric: Metric) -> dict[str, dict[str, float]]:
    """Return direct holdings above zero by owner and owned party, per cent, treasury stock left out."""
    found: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for stake in graph.stakes:
        held = stake.per_cent(metric, "low")
        if not stake.treasury and held > 0:
            found[stake.owner][stake.owned] += held
    return found


@dataclass(frozen=True)
class ChainStrength:
    """What the chains from one holder to one party come to, per cent.

    Attributes
    ----------
    best
        The smallest link of the strongest chain.
    total
        The smallest links of all chains, added: no share, it may exceed 100.
    product
        The links of each chain multiplied, added over chains.
    """

    best: float
    total: float
    product: float


def chain_strengths(graph: OwnershipGraph, metric: Metric = "voting") -> dict[tuple[str, str], ChainStrength]:
    """Return the strength of the chains between all parties (holder, party) of a graph of moderate size.

    A chain passes no party twice.

    Raises
    ------
    UsageError
        If there are more chains than can be followed.
    """
    down = links_down(graph, metric)
    left = [MOST_CHAINS]
    found: dict[tuple[str, str], ChainStrength] = {}
    for holder in list(down):
        best: dict[str, float] = defaultdict(float)
        total: dict[str, float] = defaultdict(float)
        product: dict[str, float] = defaultdict(float)
        for party, smallest, multiplied in _chains(down, holder, left):
            best[party] = max(best[party], smallest)
            total[party] += smallest
            product[party] += multiplied
        found |= {(holder, party): ChainStrength(best[party], total[party], product[party]) for party in best}
    return found


def _chains(
    down: Mapping[str, Mapping[str, float]], holder: str, left: list[int]
) -> Iterator[tuple[str, float, float]]:
    """Yield the end of every simple chain from a holder, its smallest link and the product of its links."""
    walked = [holder]
    on_way = {holder}
    stack = [(iter(down.get(holder, {}).items()), 100.0, 100.0)]
    while stack:
        children, smallest, multiplied = stack[-1]
        step = next(((party, held) for party, held in children if party not in on_way), None)
        if step is None:
            stack.pop()
            on_way.discard(walked.pop())
            continue
        left[0] -= 1
        if left[0] < 0:
            raise UsageError(f"more than {MOST_CHAINS} chains of owners; ask for a smaller graph")
        party, held = step
        narrowest, through = min(smallest, held), multiplied * held / 100.0
        yield party, narrowest, through
        walked.append(party)
        on_way.add(party)
        stack.append((iter(down.get(party, {}).items()), narrowest, through))


@dataclass(frozen=True)
class DominantRule:
    """When a largest holder is called dominant: a heuristic of the method, not a law.

    Attributes
    ----------
    at_least
        Per cent of the votes it needs.
    times_next
        How many times the next holder's votes it needs.
    """

    at_least: float
    times_next: float


def dominant_holder(graph: OwnershipGraph, party: str, rule: DominantRule) -> str | None:
    """Return the direct holder that dominates a party; ``None`` where none does.

    Two holders of the same size never dominate.
    """
    votes: dict[str, float] = defaultdict(float)
    for stake in graph.stakes:
        if stake.owned == party and not stake.treasury:
            votes[stake.owner] += stake.per_cent("voting", "low")
    ranked = sorted(votes.items(), key=lambda holding: (-holding[1], holding[0]))
    if not ranked or ranked[0][1] < rule.at_least - ROUNDING:
        return None
    following = ranked[1][1] if len(ranked) > 1 else 0.0
    ahead = ranked[0][1] >= rule.times_next * following - ROUNDING and ranked[0][1] > following
    return ranked[0][0] if ahead else None


def wedge(graph: OwnershipGraph, cash: Mapping[tuple[str, str], float]) -> dict[tuple[str, str], float]:
    """Return control over cash: the best weakest link over the integrated share, for pairs that have both.

    Parameters
    ----------
    graph
        Parties and stakes.
    cash
        Integrated equity, per cent by (holder, party).
    """
    strengths = chain_strengths(graph)
    return {pair: strength.best / cash[pair] for pair, strength in strengths.items() if cash.get(pair, 0.0) > ROUNDING}
