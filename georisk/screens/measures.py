"""Measures that are no law: integrated shares, joint holdings, control, voting power, in the shapes of case files."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from georisk.errors import UsageError
from georisk.ownership.bounds import joint_bounds, most_integrated
from georisk.ownership.control import chain_strengths, marshalled, wedge
from georisk.ownership.graph import ROUNDING, OwnershipGraph, Share
from georisk.ownership.matrix import ClosedLoopError, closed_loops
from georisk.ownership.power import (
    EXACT_BLOCS,
    SampledPower,
    all_votes,
    banzhaf,
    network_shapley,
    sampled_banzhaf,
    sampled_shapley,
    shapley_shubik,
    voting_blocs,
)
from georisk.ownership.shares import integrated_ownership, lookthrough
from georisk.screens.tracing import doubtful

Answer = dict[str, Any]
"""An answer in the shape of the case format; it leaves the package as JSON."""

_SAME = 1e-7
"""Points by which two ways of solving one graph may differ."""


@dataclass(frozen=True)
class Asked:
    """What a measure may need besides the graph.

    Attributes
    ----------
    holders
        The group whose joint holding is asked for.
    thresholds
        Per cents.
    disclosed_from
        Per cent from which holders of a listed company must report.
    control_from
        Per cent of votes above which control begins.
    """

    holders: Sequence[str]
    thresholds: Sequence[float]
    disclosed_from: float
    control_from: float


def pair(owner: str, owned: str) -> str:
    """Return the name of a pair: what the first holds in the second."""
    return f"{owner}->{owned}"


def number(value: float) -> float | None:
    """Return a number as answers carry it, rounded below what matters; ``None`` where nothing bounds it."""
    return None if math.isinf(value) else round(value, 9)


def named_threshold(per_cent: float) -> str:
    """Return a threshold as a key.

    Examples
    --------
    >>> named_threshold(25.0), named_threshold(12.5)
    ('25', '12.5')
    """
    return str(int(per_cent)) if float(per_cent).is_integer() else repr(float(per_cent))


def three_valued(answer: bool | None) -> bool | str:
    """Return an answer as case files write it."""
    return "undetermined" if answer is None else answer


def integrated(graph: OwnershipGraph, asked: Asked) -> Answer:
    """Return what everyone holds in everyone through all chains and loops, with bounds where there is doubt."""
    low = integrated_ownership(graph, at="low").per_cent()
    answer: Answer = {
        "pct": {},
        "direct_pct": _direct(graph),
        "undisclosed_pct": _undisclosed(graph),
    }
    if not doubtful(graph):
        answer["pct"] = {pair(*key): number(held) for key, held in low.items()}
        return answer
    answer |= {"low": {}, "high": {}, "open": {}}
    for holder in graph.holders:
        most = most_integrated(graph, holder, asked.disclosed_from)
        for party, high in most.high.items():
            _enter(answer, pair(holder, party), low.get((holder, party), 0.0), high, party in most.open)
    return answer


def _enter(answer: Answer, key: str, low: float, high: float, opened: bool) -> None:
    if high - low <= _SAME:
        if low > ROUNDING:
            answer["pct"][key] = number(low)
        return
    answer["low"][key], answer["high"][key] = number(low), number(high)
    if opened:
        answer["open"][key] = True


def _direct(graph: OwnershipGraph) -> dict[str, float | list[float] | None]:
    """Return the stakes as stated: a number, or a band."""
    sums: dict[tuple[str, str], Share] = {}
    for stake in graph.stakes:
        if stake.equity is not None:
            so_far = sums.get((stake.owner, stake.owned), Share.exact(0.0))
            sums[stake.owner, stake.owned] = Share(so_far.low + stake.equity.low, None, so_far.high + stake.equity.high)
    return {
        pair(*key): number(share.low) if share.low == share.high else [share.low, share.high]
        for key, share in sums.items()
    }


def _undisclosed(graph: OwnershipGraph) -> dict[str, float | None]:
    found = lookthrough(graph, {}, remainder={"undisclosed": 100.0}, at="low").value
    return {party: number(held) for party, held in found.items() if held > ROUNDING}


def integrated_corrected(graph: OwnershipGraph, asked: Asked) -> Answer:
    """Return integrated shares with the cycle correction."""
    shares = integrated_ownership(graph, at="low").per_cent(corrected=True)
    return {"pct": {pair(*key): number(held) for key, held in shares.items()}}


def joint_thresholds(graph: OwnershipGraph, asked: Asked) -> Answer:
    """Return what a group holds jointly in every other party, and which thresholds that reaches."""
    if not asked.holders:
        raise UsageError("threshold needs holders: the parties whose joint holding is asked for")
    loops = [loop for loop in closed_loops(graph, at="low") if not set(loop) & set(asked.holders)]
    if loops:
        raise ClosedLoopError(loops)
    found = joint_bounds(graph, asked.holders, asked.disclosed_from)
    return {
        "at_least": {
            party: {named_threshold(t): three_valued(found.at_least(party, t)) for t in asked.thresholds}
            for party in graph.holders
        },
        "low_pct": {party: number(held) for party, held in found.low.items()},
        "high_pct": {party: number(held) for party, held in found.high.items()},
        "open": dict.fromkeys(sorted(found.open), True),
    }


def control_majority(graph: OwnershipGraph, asked: Asked) -> Answer:
    """Return what each party controls by a majority of votes, and the votes it marshals."""
    found = marshalled(graph, asked.control_from)
    return {
        "controlled": {holder: sorted(one.controlled) for holder, one in found.items() if one.controlled},
        "votes_pct": {
            pair(holder, party): number(votes) for holder, one in found.items() for party, votes in one.votes.items()
        },
    }


def weakest_link(graph: OwnershipGraph, asked: Asked) -> Answer:
    """Return chains of votes by their smallest link: the best, and the sum; and multiplied."""
    found = chain_strengths(graph)
    return {
        "best_pct": {pair(*key): number(one.best) for key, one in found.items()},
        "sum_pct": {pair(*key): number(one.total) for key, one in found.items()},
        "product_pct": {pair(*key): number(one.product) for key, one in found.items()},
    }


def control_over_cash(graph: OwnershipGraph, asked: Asked) -> Answer:
    """Return the wedge: best weakest link over integrated share."""
    ratios = wedge(graph, integrated_ownership(graph, at="low").per_cent())
    return {"ratio": {pair(*key): number(ratio) for key, ratio in ratios.items()}}


def shapley(graph: OwnershipGraph, asked: Asked) -> Answer:
    """Return the Shapley-Shubik index of the direct holders of every party, as fractions."""
    return _power(graph, shapley_shubik, sampled_shapley)


def swings(graph: OwnershipGraph, asked: Asked) -> Answer:
    """Return the Banzhaf index of the direct holders of every party, as fractions."""
    return _power(graph, banzhaf, sampled_banzhaf)


def _power(
    graph: OwnershipGraph,
    counted: Callable[[Mapping[str, Fraction], Fraction], Mapping[str, Fraction]],
    sampled: Callable[[Mapping[str, Fraction], Fraction], SampledPower],
) -> Answer:
    """Return power as fractions; as decimals with their error where there are too many blocs to count out."""
    votes = all_votes(graph)
    answer: Answer = {"power": {}, "error": {}}
    for party, blocs in voting_blocs(graph).items():
        if len(blocs) <= EXACT_BLOCS:
            answer["power"][party] = {holder: str(power) for holder, power in counted(blocs, votes[party]).items()}
        else:
            found = sampled(blocs, votes[party])
            answer["power"][party] = {holder: f"{power:.4f}" for holder, power in found.power.items()}
            answer["error"][party] = number(found.error)
    return answer


def shapley_in_network(graph: OwnershipGraph, asked: Asked) -> Answer:
    """Return the voting power of parties in each other through chains."""
    return {"power": {pair(*key): number(power) for key, power in network_shapley(graph).items()}}


MEASURES: Mapping[str, Callable[[OwnershipGraph, Asked], Answer]] = {
    "integrated_ownership": integrated,
    "integrated_ownership_corrected": integrated_corrected,
    "threshold": joint_thresholds,
    "control_majority": control_majority,
    "weakest_link": weakest_link,
    "wedge": control_over_cash,
    "shapley_shubik": shapley,
    "banzhaf": swings,
    "network_shapley": shapley_in_network,
}
"""The measures a case may ask for, by the key of the case format."""
