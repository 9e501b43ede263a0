"""The most that counted holders can have through tiers, where links are bands or rests are hidden.

Every party chooses its owners' shares within their bands, at most 100 in each metric, and a hidden rest goes to the
counted holders. A link that may become large enough to make two parties one is tried both ways. In loops whose links
may or may not be that large the result errs upward.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, combinations, product

from georisk.ownership.cascade import reaches
from georisk.ownership.graph import METRICS, ROUNDING
from georisk.ownership.tiers import Link, TierRule, Tiers, joined, settle

COUNTED = -1
"""The first block of counted holders; hidden rests are theirs."""

_MOST_TRIED = 8
"""Links tried both ways at one party or loop; with more, the answer errs upward."""

_MOST_SWEEPS = 5_000
"""Rounds through a loop before its parties are given up to 100."""

_SETTLED = 1e-14

_EQUITY, _VOTING, _BOARD = (METRICS.index(metric) for metric in ("equity", "voting", "board"))


@dataclass(frozen=True)
class Question:
    """One use of the links: how they are traced, in which metric, towards which figure.

    Attributes
    ----------
    rule
        How links are traced.
    metric
        Position in :data:`~georisk.ownership.graph.METRICS`.
    final
        Whether the figure a law tests is asked for, not what passes on.
    """

    rule: TierRule
    metric: int
    final: bool

    def keeps(self, owner: int) -> bool:
        """Return whether a link of this owner counts at its number, however large."""
        if owner < 0:
            return self.final or self.rule.first_keeps
        return self.final and self.rule.last_keeps

    def merges(self, owner: int) -> bool:
        """Return whether a large link of this owner counts as more than its number."""
        return self.rule.merges_at is not None and not self.keeps(owner)

    def slope(self, owner: int) -> float:
        """Return what each point of a link that is not large counts."""
        return 1.0 if self.rule.multiplies or self.keeps(owner) else 0.0


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
    if len(unsure) > _MOST_TRIED:
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


def most_inflow(
    links: Mapping[int, Link], worth: Mapping[int, float], question: Question, *, votes_follow: bool = False
) -> float:
    """Return the most one party can receive from its owners.

    Parameters
    ----------
    links
        Bands by owner, each cut to what the others' low ends leave.
    worth
        By owner, the part of it that counts, 0 to 1.
    question
        How links are traced.
    votes_follow
        Whether votes are the equity and no choice of their own.
    """
    large = frozenset(
        o for o, link in links.items() if question.merges(o) and question.rule.merged(link.low, question.metric)
    )
    if all(link.low == link.high for link in links.values()):
        return _filled(links, worth, question, large, {})
    unsure = [
        owner
        for owner, link in links.items()
        if owner not in large and question.merges(owner) and question.rule.merged(link.high, question.metric)
    ]
    if not unsure:
        return _filled(links, worth, question, large, {})
    if len(unsure) > _MOST_TRIED:
        return _filled(links, worth, question, large | frozenset(unsure), {})
    return max(
        _filled(links, worth, question, large | made, raised)
        for made, raised in _ways(links, unsure, question, votes_follow)
    )


def _ways(
    links: Mapping[int, Link], unsure: Sequence[int], question: Question, votes_follow: bool
) -> Iterator[tuple[frozenset[int], dict[int, float]]]:
    """Yield each set of links that can be large at once, and what that costs in the metric asked about."""
    metrics = [question.metric]
    if question.rule.any_metric:
        metrics += [metric for metric in range(len(METRICS)) if metric != question.metric]
    if votes_follow and question.rule.any_metric:
        metrics.remove(_EQUITY if question.metric == _VOTING else _VOTING)
    costs, *others = (list(_raises(links, unsure, metric, question.rule)) for metric in metrics)
    for raised, *elsewhere in product(costs, *others):
        yield frozenset(chain(raised, *elsewhere)), raised


def _raises(
    links: Mapping[int, Link], unsure: Collection[int], metric: int, rule: TierRule
) -> Iterator[dict[int, float]]:
    """Yield each set of links that can be made large in one metric, with the points that takes."""
    gate = rule.merges_at or 0.0  # only rules with a gate have unsure links
    free = 100.0 - sum(link.low[metric] for link in links.values())
    able = [o for o in unsure if reaches(links[o].high[metric], gate, strict=rule.strict)]
    for size in range(len(able) + 1):
        for chosen in combinations(able, size):
            costs = {owner: max(0.0, gate - links[owner].low[metric]) for owner in chosen}
            spent = sum(costs.values())
            if spent < free - ROUNDING or (spent <= free + ROUNDING and not (rule.strict and chosen)):
                yield costs


def _filled(
    links: Mapping[int, Link],
    worth: Mapping[int, float],
    question: Question,
    large: frozenset[int],
    raised: Mapping[int, float],
) -> float:
    """Return what a party receives when given links are large and the rest is filled with the worthiest owners."""
    metric = question.metric
    value = {owner: worth[owner] * question.slope(owner) for owner in links if owner not in large}
    total = sum(worth[owner] for owner in large)
    total += sum(links[owner].low[metric] / 100.0 * each for owner, each in value.items())
    free = 100.0 - sum(link.low[metric] for link in links.values()) - sum(raised.values())
    for owner in sorted(value, key=lambda one: -value[one]):
        taken = min(max(free, 0.0), links[owner].high[metric] - links[owner].low[metric])
        total += taken / 100.0 * value[owner]
        free -= taken
    return total
