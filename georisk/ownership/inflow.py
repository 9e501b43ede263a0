"""The most one party can receive from its owners: which links to make large, and how to fill the rest."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, combinations, product

from georisk.ownership.cascade import reaches
from georisk.ownership.graph import METRICS, ROUNDING
from georisk.ownership.links import Link, TierRule

MOST_TRIED = 8
"""Links tried both ways at one party or loop; with more, the answer errs upward."""

_EQUITY, _VOTING = (METRICS.index(metric) for metric in ("equity", "voting"))


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
    if len(unsure) > MOST_TRIED:
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
