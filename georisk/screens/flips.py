"""The single stake whose smallest change would turn an answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from math import ceil, copysign, floor

from georisk.ownership.graph import METRICS, ROUNDING, Metric, OwnershipGraph, Share, Stake, stated_total
from georisk.screens.judgement import Answer, Judgement

_STEP = 1e-4
"""Points by which changes are told apart: what a case file compares to."""

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
    """Return the smallest change of one stake, up to a limit, after which the answer is another."""
    most = ceil(abs(limit) / _STEP)

    def points(steps: int) -> float:
        return copysign(min(steps * _STEP, abs(limit)), limit)

    def found(steps: int) -> Judgement:
        return judged(shifted(graph, stake, points(steps)))

    end = found(most)
    if end.answer(party) == answer:
        return None
    near, far = 0, most
    for guess in _guesses(judged(graph), end, party, most):
        if near < guess < far:
            turned = found(guess).answer(party) != answer
            near, far = (near, guess) if turned else (guess, far)
    while far - near > 1:
        middle = (near + far) // 2
        turned = found(middle).answer(party) != answer
        near, far = (near, middle) if turned else (middle, far)
    return round(points(far), 4) if far < most else points(far)


def _guesses(start: Judgement, end: Judgement, party: str, most: int) -> Iterator[int]:
    """Yield steps near which a figure that moves evenly meets its gate: where halving would have to look last."""
    after = {test.label: test for test in end.tests.get(party, ())}
    for before in start.tests.get(party, ()):
        moved = after.get(before.label)
        for one, other in ((before.low, moved.low), (before.high, moved.high)) if moved is not None else ():
            if (one - before.gate) * (other - before.gate) <= 0 and one != other:
                exact = most * (before.gate - one) / (other - one)
                yield from (floor(exact) - 1, floor(exact), floor(exact) + 1, floor(exact) + 2)
