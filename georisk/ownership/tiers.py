"""Tracing through tiers: a large enough link makes two parties one, a smaller one is multiplied (or ends the chain).

What counted holders have in a party is worked down from them. ``through`` is the part of a party that counts when it
holds something itself; ``held`` is the figure a law tests. In a loop, parties joined by a large link are one party:
holdings within it drop out, what reaches one member reaches all, and the rest is solved as look-through shares are
(the texts say nothing of loops). Treasury stock counts nowhere here. Shares are read at their low ends;
:mod:`georisk.ownership.tier_bounds` has the greatest case.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from graphlib import TopologicalSorter

import numpy as np
from scipy import sparse

from georisk.ownership.capped import capped_least
from georisk.ownership.graph import METRICS, ROUNDING, OwnershipGraph
from georisk.ownership.links import Link, TierRule, Triple
from georisk.ownership.matrix import loops_of

_Weight = Callable[[int, Triple], float]


@dataclass(frozen=True)
class Tiers:
    """A graph arranged for tracing down from counted holders.

    Attributes
    ----------
    ids
        Party ids by position.
    links
        By party: links by owner, a position or, below zero, a block of counted holders.
    components
        Positions that may own each other, owners before what they own; counted holders left out.
    loops
        By party: a number that those share which own each other for certain, at the low ends.
    votes_follow
        By party: whether no stake in it states votes, so that they are its equity and no choice of their own.
    """

    ids: tuple[str, ...]
    links: Sequence[Mapping[int, Link]]
    components: Sequence[Sequence[int]]
    loops: Sequence[int]
    votes_follow: Sequence[bool]

    def named(self, values: Sequence[float]) -> dict[str, float]:
        """Return values above zero by party id, fractions turned into per cent."""
        return {party: value * 100.0 for party, value in zip(self.ids, values, strict=True) if value * 100.0 > ROUNDING}


def tiers(graph: OwnershipGraph, blocks: Sequence[frozenset[str]]) -> Tiers:
    """Arrange a graph below counted holders.

    Parameters
    ----------
    graph
        Parties and stakes.
    blocks
        Groups of counted holders; the members of one block are one holder, whose stakes in a party add.
    """
    index = {party: position for position, party in enumerate(graph.holders)}
    counted = {party: -1 - number for number, block in enumerate(blocks) for party in block}
    ends: list[dict[int, list[float]]] = [{} for _ in index]
    voting = {stake.owned for stake in graph.stakes if stake.voting is not None}
    for stake in graph.stakes:
        if stake.treasury or stake.owned in counted:
            continue
        owner = counted.get(stake.owner, index[stake.owner])
        link = ends[index[stake.owned]].setdefault(owner, [0.0] * 6)
        for number, metric in enumerate(METRICS):
            share = stake.share(metric)
            if share is not None:
                link[number] += share.low
                link[3 + number] += share.high
    links = [{owner: _link(six) for owner, six in found.items() if any(six)} for found in ends]
    return Tiers(
        tuple(index),
        links,
        _components(links, {index[party] for party in counted}),
        _labels(links, lambda link: any(link.low)),
        [party not in voting for party in index],
    )


def _link(six: Sequence[float]) -> Link:
    return Link((six[0], six[1], six[2]), (min(six[3], 100.0), min(six[4], 100.0), min(six[5], 100.0)))


def _labels(links: Sequence[Mapping[int, Link]], kept: Callable[[Link], bool]) -> list[int]:
    """Return by party a number that those share which own each other through the links that are kept."""
    pairs = [(i, j) for j, found in enumerate(links) for i, link in found.items() if i >= 0 and kept(link)]
    rows, columns = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    size = len(links)
    return [int(label) for label in loops_of(sparse.csc_array((np.ones(len(rows)), (rows, columns)), (size, size)))]


def _components(links: Sequence[Mapping[int, Link]], counted: set[int]) -> list[list[int]]:
    """Return the loops and single parties, owners first."""
    labels = _labels(links, lambda _: True)
    members: dict[int, list[int]] = defaultdict(list)
    above: dict[int, set[int]] = defaultdict(set)
    for position, label in enumerate(labels):
        members[label].append(position)
        above[label] |= {labels[owner] for owner in links[position] if owner >= 0} - {label}
    order = TopologicalSorter(above).static_order()
    return [found for label in order if (found := [p for p in members[label] if p not in counted])]


def traced(tiers: Tiers, rule: TierRule, metric: int) -> list[float]:
    """Return what the counted holders have in every party, fractions of 0 to 1, all shares at their low ends.

    Parameters
    ----------
    tiers
        The arranged graph.
    rule
        How links are traced.
    metric
        Position in :data:`~georisk.ownership.graph.METRICS`.
    """
    through, held = [0.0] * len(tiers.ids), [0.0] * len(tiers.ids)
    for component in tiers.components:
        clusters = joined(tiers, component, lambda _, link: rule.merged(link.low, metric))
        settle(tiers, rule, metric, clusters, through, held)
    return held


def settle(
    tiers: Tiers,
    rule: TierRule,
    metric: int,
    clusters: Sequence[Sequence[int]],
    through: list[float],
    held: list[float],
) -> None:
    """Enter what passes on and what is held in the clusters of one component, everything above them known."""
    if len(clusters) == 1 and len(clusters[0]) == 1:
        _settle_one(tiers.links[clusters[0][0]], rule, metric, clusters[0][0], through, held)
        return

    def on(owner: int, link: Triple) -> float:
        return rule.through(owner, link, metric)

    def at_end(owner: int, link: Triple) -> float:
        return rule.held(owner, link, metric)

    for cluster, value in zip(clusters, _solved(tiers, clusters, through, on), strict=True):
        for position in cluster:
            through[position] = value
    for cluster in clusters:
        passed = {position: _inflow(tiers, cluster, position, through, on) for position in cluster}
        for position in cluster:
            own = _inflow(tiers, cluster, position, through, at_end)
            held[position] = min(1.0, own + sum(passed.values()) - passed[position])


def _settle_one(
    links: Mapping[int, Link], rule: TierRule, metric: int, position: int, through: list[float], held: list[float]
) -> None:
    """Enter what passes on and what is held in a party outside any loop."""
    onward = final = 0.0
    for owner, link in links.items():
        part = 1.0 if owner < 0 else through[owner]
        if part > 0.0:
            onward += part * rule.through(owner, link.low, metric)
            final += part * rule.held(owner, link.low, metric)
    through[position], held[position] = min(1.0, onward), min(1.0, final)


def joined(tiers: Tiers, component: Sequence[int], large: Callable[[tuple[int, int], Link], bool]) -> list[list[int]]:
    """Return the parties of a loop grouped into those that large links within the loop make one.

    A party with two large owners in the loop, as a venture of two halves, joins neither: they are not one.

    Parameters
    ----------
    tiers
        The arranged graph.
    component
        Positions that own each other, or a single one.
    large
        Whether a link (owner and owned party, link) is large.
    """
    if len(component) == 1:
        return [list(component)]
    inside, parent = set(component), {}
    for owned in component:
        found = tiers.links[owned].items()
        owners = [owner for owner, link in found if owner in inside and large((owner, owned), link)]
        if len(owners) == 1:
            parent[owned] = owners[0]
    groups: dict[int, list[int]] = defaultdict(list)
    for position in component:
        groups[_top(parent, position)].append(position)
    return list(groups.values())


def _top(parent: Mapping[int, int], position: int) -> int:
    """Return the party at the top of a chain of large links, the smallest position where the chain closes."""
    seen = [position]
    while (above := parent.get(seen[-1])) is not None:
        if above in seen:
            return min(seen[seen.index(above) :])
        seen.append(above)
    return seen[-1]


def _inflow(tiers: Tiers, cluster: Sequence[int], position: int, through: Sequence[float], weight: _Weight) -> float:
    """Return what reaches one party of a cluster from outside the cluster."""
    return sum(
        weight(owner, link.low) * (1.0 if owner < 0 else through[owner])
        for owner, link in tiers.links[position].items()
        if owner not in cluster
    )


def _solved(tiers: Tiers, clusters: Sequence[Sequence[int]], through: Sequence[float], weight: _Weight) -> list[float]:
    """Return the part of each cluster of one component that counts, everything above it known."""
    if len(clusters) == 1:
        return [min(1.0, sum(_inflow(tiers, clusters[0], position, through, weight) for position in clusters[0]))]
    place = {position: number for number, cluster in enumerate(clusters) for position in cluster}
    base: list[float] = [0.0] * len(clusters)
    within: list[tuple[int, int, float]] = []
    for owned, cluster in place.items():
        for owner, link in tiers.links[owned].items():
            if owner not in place:
                base[cluster] += weight(owner, link.low) * (1.0 if owner < 0 else through[owner])
            elif place[owner] != cluster:
                within.append((cluster, place[owner], weight(owner, link.low)))
    return capped_least(base, within)
