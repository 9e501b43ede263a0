"""The most that counted holders can have through tiers, where links are bands or rests are hidden.

Every party chooses its owners' shares within their bands, at most 100 in each metric, and a hidden rest goes to the
counted holders. A link that may become large enough to make two parties one is tried both ways. In loops whose links
may or may not be that large the result errs upward.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import combinations

from georisk.ownership.graph import METRICS
from georisk.ownership.inflow import MOST_TRIED, Question, most_inflow
from georisk.ownership.links import Link, TierRule
from georisk.ownership.tiers import Tiers, joined, settle

COUNTED = -1
"""The first block of counted holders; hidden rests are theirs."""

_MOST_SWEEPS = 5_000
"""Rounds through a loop before its parties are given up to 100."""

_SETTLED = 1e-14

_BOARD = METRICS.index("board")


def with_hidden(tiers: Tiers, hidden: Mapping[str, float]) -> Tiers:
    """Add hidden rests to what the counted holders may have, and cut every share to what the others leave.

    Parameters
    ----------
    tiers
        The arranged graph.
    hidden
        By party: the most its unlisted rest can be the counted holders', per cent.

    Notes
    -----
    A hidden rest of a board counts only where some seat is stated: of a board nobody spoke of no rest is known.
    """
    found = []
    for party, links in zip(tiers.ids, tiers.links, strict=True):
        cap = hidden.get(party, 0.0)
        if cap:
            own = links.get(COUNTED, Link((0.0, 0.0, 0.0), (0.0, 0.0, 0.0)))
            seats = cap if any(link.high[_BOARD] > 0 for link in links.values()) else 0.0
            high = (own.high[0] + cap, own.high[1] + cap, own.high[2] + seats)
            links = {**links, COUNTED: Link(own.low, high)}
        found.append({owner: _cut(links, owner) for owner in links})
    return replace(tiers, links=found)


def _cut(links: Mapping[int, Link], owner: int) -> Link:
    mine = links[owner]
    free = [100.0 - sum(link.low[m] for other, link in links.items() if other != owner) for m in range(3)]
    high = [max(mine.low[m], min(mine.high[m], free[m])) for m in range(3)]
    return Link(mine.low, (high[0], high[1], high[2]))


def least_traced(tiers: Tiers, rule: TierRule, metric: int) -> list[float]:
    """Return the least the counted holders can have in every party, fractions of 0 to 1.

    Shares at their low ends are least everywhere but in a loop, where a link that may or may not be large changes
    which holdings are internal: there every way is tried.
    """
    through, held = [0.0] * len(tiers.ids), [0.0] * len(tiers.ids)
    for component in tiers.components:
        least: dict[int, tuple[float, float]] = dict.fromkeys(component, (1.0, 1.0))
        ways = list(_groupings(tiers, rule, component, metric))
        if not ways:
            least = dict.fromkeys(component, (0.0, 0.0))
        for clusters in ways:
            settle(tiers, rule, metric, clusters, through, held)
            for position, (onward, final) in least.items():
                least[position] = min(onward, through[position]), min(final, held[position])
        for position, (onward, final) in least.items():
            through[position], held[position] = onward, final
    return held


def most_traced(tiers: Tiers, rule: TierRule, metric: int) -> list[float]:
    """Return the most the counted holders can have in every party, fractions of 0 to 1.

    Parameters
    ----------
    tiers
        The arranged graph, hidden rests added.
    rule
        How links are traced.
    metric
        Position in :data:`~georisk.ownership.graph.METRICS`.
    """
    passing, asked = Question(rule, metric, final=False), Question(rule, metric, final=True)
    through, held = [0.0] * len(tiers.ids), [0.0] * len(tiers.ids)
    for component in tiers.components:
        best: dict[int, tuple[float, float]] = dict.fromkeys(component, (0.0, 0.0))
        ways = list(_groupings(tiers, rule, component, metric))
        if not ways:
            best = dict.fromkeys(component, (1.0, 1.0))
        for clusters in ways:
            _raise_loop(tiers, passing, clusters, through)
            for cluster in clusters:
                for position in cluster:
                    value = _held(tiers, asked, passing, cluster, position, through)
                    so_far = best[position]
                    best[position] = max(so_far[0], through[position]), max(so_far[1], value)
        for position, (onward, final) in best.items():
            through[position], held[position] = onward, final
    return held


def _groupings(tiers: Tiers, rule: TierRule, component: Sequence[int], metric: int) -> Iterator[list[list[int]]]:
    """Yield each way in which large links within a loop may make its parties one; none if too many may."""
    if len(component) == 1:
        yield [list(component)]
        return
    inside = set(component)
    unsure = [
        (owner, owned)
        for owned in component
        for owner, link in tiers.links[owned].items()
        if owner in inside
        and rule.merged(link.high, metric)
        and not _certain(tiers, rule, metric, (owner, owned), link)
    ]
    if len(unsure) > MOST_TRIED:
        return
    for size in range(len(unsure) + 1):
        for chosen in combinations(unsure, size):
            yield joined(tiers, component, partial(_large, tiers, rule, metric, frozenset(chosen)))


def _large(
    tiers: Tiers, rule: TierRule, metric: int, chosen: frozenset[tuple[int, int]], pair: tuple[int, int], link: Link
) -> bool:
    return pair in chosen or _certain(tiers, rule, metric, pair, link)


def _certain(tiers: Tiers, rule: TierRule, metric: int, pair: tuple[int, int], link: Link) -> bool:
    """Return whether a link surely makes two parties of a loop one: it is large, and the loop is there."""
    return rule.merged(link.low, metric) and tiers.loops[pair[0]] == tiers.loops[pair[1]]


def _raise_loop(tiers: Tiers, question: Question, clusters: Sequence[Sequence[int]], through: list[float]) -> None:
    """Raise what passes on in one loop from nothing until it no longer moves; a single cluster needs one round."""
    members = [position for cluster in clusters for position in cluster]
    for position in members:
        through[position] = 0.0
    for _ in range(_MOST_SWEEPS):
        moved = 0.0
        for cluster in clusters:
            value = _reach(tiers, question, cluster, through)
            moved = max(moved, value - through[cluster[0]])
            for position in cluster:
                through[position] = value
        if len(clusters) == 1 or moved <= _SETTLED:
            return
    for position in members:
        through[position] = 1.0


def _reach(tiers: Tiers, question: Question, cluster: Sequence[int], through: Sequence[float]) -> float:
    """Return the most that can reach a cluster from outside itself."""
    return min(1.0, sum(_reach_one(tiers, question, cluster, position, through) for position in cluster))


def _held(
    tiers: Tiers, asked: Question, passing: Question, cluster: Sequence[int], position: int, through: Sequence[float]
) -> float:
    """Return the most that one party of a cluster is held: its own links, and what the others pass on."""
    mates = sum(_reach_one(tiers, passing, cluster, mate, through) for mate in cluster if mate != position)
    return min(1.0, _reach_one(tiers, asked, cluster, position, through) + mates)


def _reach_one(
    tiers: Tiers, question: Question, cluster: Sequence[int], position: int, through: Sequence[float]
) -> float:
    """Return the most that can reach one party from outside its cluster."""
    links = tiers.links[position]
    if not links:
        return 0.0
    worth = {o: 1.0 if o < 0 else 0.0 if o in cluster else through[o] for o in links}
    return most_inflow(links, worth, question, votes_follow=tiers.votes_follow[position])
