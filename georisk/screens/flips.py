"""The single stake whose smallest change would turn an answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import copysign

from georisk.ownership.graph import METRICS, ROUNDING, Metric, OwnershipGraph, Share, Stake, stated_total
from georisk.screens.judgement import Answer, Judgement

_ROUNDS = 24
"""Halvings of a change: 100 points down to less than a hundred-thousandth."""

Judge = Callable[[OwnershipGraph], Judgement]


@dataclass(frozen=True)
class Flip:
    """A change of one stake that turns the answer.

    Attributes
    ----------
    stake
        The stake as it is.
    points
        Points by which it would have to grow, or shrink if negative, in every metric stated.
    answer
        The answer after it.
    """

    stake: Stake
    points: float
    answer: Answer


def without(graph: OwnershipGraph, stake: Stake) -> OwnershipGraph:
    """Return a graph in which one stake is of nothing; its owner stays a listed owner."""
    return shifted(graph, stake, -100.0)


def shifted(graph: OwnershipGraph, stake: Stake, points: float) -> OwnershipGraph:
    """Return a graph in which one stake is so many points larger in every metric stated."""
    moved = replace(
        stake,
        equity=_moved(stake.equity, points),
        voting=_moved(stake.voting, points),
        board=_moved(stake.board, points),
    )
    return replace(graph, stakes=tuple(moved if one is stake else one for one in graph.stakes))


def _moved(share: Share | None, points: float) -> Share | None:
    if share is None:
        return None
    low, high = (min(100.0, max(0.0, end + points)) for end in (share.low, share.high))
    return Share(low, None if share.point is None else min(100.0, max(0.0, share.point + points)), high)


def smallest_flip(graph: OwnershipGraph, party: str, judged: Judge) -> Flip | None:
    """Return the change of one stake, the smallest there is, that turns the answer on a party.

    Parameters
    ----------
    graph
        What stands above the party.
    party
        Id of the party asked about; its answer is a yes or a no.
    judged
        The rule at work.

    Notes
    -----
    A yes is turned by shrinking a stake, a no by letting it grow into what nobody else is stated to hold. Other
    stakes stay as they are.
    """
    answer = judged(graph).answer(party)
    room = {metric: stated_total(graph, metric) for metric in METRICS}
    found: Flip | None = None
    for stake in graph.stakes:
        limit = -stake.per_cent("equity", "high") if answer else _room(stake, room)
        if found is not None:
            limit = copysign(min(abs(limit), abs(found.points)), limit)  # no use for a larger change
        if stake.treasury or abs(limit) <= ROUNDING:
            continue
        points = _least_change(graph, stake, limit, party, judged, answer)
        if points is not None and (found is None or abs(points) < abs(found.points)):
            found = Flip(stake, points, judged(shifted(graph, stake, points)).answer(party))
    return found


def _room(stake: Stake, totals: dict[Metric, dict[str, float]]) -> float:
    """Return by how much a stake can grow in every metric it states."""
    stated: list[Metric] = [metric for metric in METRICS if stake.share(metric) is not None]
    return min((100.0 - totals[metric].get(stake.owned, 0.0) for metric in stated), default=0.0)


def _least_change(
    graph: OwnershipGraph, stake: Stake, limit: float, party: str, judged: Judge, answer: Answer
) -> float | None:
    """Return the smallest change of one stake, up to a limit, after which the answer is another; by halving."""
    if judged(shifted(graph, stake, limit)).answer(party) == answer:
        return None
    near, far = 0.0, limit
    for _ in range(_ROUNDS):
        middle = (near + far) / 2
        if judged(shifted(graph, stake, middle)).answer(party) == answer:
            near = middle
        else:
            far = middle
    return round(far, 4) if judged(shifted(graph, stake, round(far, 4))).answer(party) != answer else far
