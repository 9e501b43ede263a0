"""Voting power: how often a holder's votes turn a losing side into a winning one.

The quota is more than half of the votes of the listed direct holders; treasury stock does not vote. Votes are read at
their low ends and treated as exact decimal numbers, so indices are exact fractions up to :data:`EXACT_BLOCS` blocs.

References
----------
Shapley and Shubik 1954; Banzhaf 1965; Mizuno, Doi, Kurizaki 2020 for power in networks (the closed form here is an
analogue of theirs, not their algorithm).
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import factorial, sqrt

import numpy as np
from scipy import sparse

from georisk.errors import UsageError
from georisk.ownership.graph import OwnershipGraph
from georisk.ownership.matrix import ClosedLoopError, closed_positions

EXACT_BLOCS = 20
"""Most blocs whose sides are all counted out (two to the 20th); beyond, orders are sampled."""

_DECIMALS = 9


def voting_blocs(graph: OwnershipGraph) -> dict[str, dict[str, Fraction]]:
    """Return the votes of the direct holders of every party, per cent as exact fractions, zeros left out."""
    found: dict[str, dict[str, Fraction]] = defaultdict(lambda: defaultdict(Fraction))
    for stake in graph.stakes:
        votes = Fraction(f"{stake.per_cent('voting', 'low'):.{_DECIMALS}f}")
        if not stake.treasury and votes > 0:
            found[stake.owned][stake.owner] += votes
    return {party: dict(blocs) for party, blocs in found.items()}


def _swings(blocs: Mapping[str, Fraction]) -> dict[str, list[int]]:
    """Return per holder, by size of side: how many sides of the others it turns into winners."""
    if len(blocs) > EXACT_BLOCS:
        raise UsageError(f"{len(blocs)} blocs are too many to count out; sample beyond {EXACT_BLOCS}")
    scale = 10**_DECIMALS
    sums, sizes = np.zeros(1, dtype=np.int64), np.zeros(1, dtype=np.int64)
    for votes in blocs.values():
        sums, sizes = np.append(sums, sums + int(votes * scale)), np.append(sizes, sizes + 1)
    wins = 2 * sums > sums[-1]
    sides = np.arange(len(sums))
    found = {}
    for number, holder in enumerate(blocs):
        without = sides[(sides >> number) & 1 == 0]
        turned = without[wins[without | (1 << number)] & ~wins[without]]
        found[holder] = np.bincount(sizes[turned], minlength=len(blocs)).tolist()
    return found


def shapley_shubik(blocs: Mapping[str, Fraction]) -> dict[str, Fraction]:
    """Return the share of orders in which each bloc is the one that wins the vote.

    Examples
    --------
    >>> blocs = {"P": Fraction(50), "Q": Fraction(30), "R": Fraction(20)}
    >>> [str(power) for power in shapley_shubik(blocs).values()]
    ['2/3', '1/6', '1/6']
    """
    number = len(blocs)
    orders = [factorial(size) * factorial(number - size - 1) for size in range(number)]
    return {
        holder: Fraction(sum(s * w for s, w in zip(swings, orders, strict=True)), factorial(number))
        for holder, swings in _swings(blocs).items()
    }


def banzhaf(blocs: Mapping[str, Fraction]) -> dict[str, Fraction]:
    """Return each bloc's part of all swings, over all sides.

    Examples
    --------
    >>> blocs = {"P": Fraction(50), "Q": Fraction(30), "R": Fraction(20)}
    >>> [str(power) for power in banzhaf(blocs).values()]
    ['3/5', '1/5', '1/5']
    """
    swings = {holder: sum(counts) for holder, counts in _swings(blocs).items()}
    total = sum(swings.values())
    return {holder: Fraction(count, total) for holder, count in swings.items()} if total else {}


@dataclass(frozen=True)
class SampledPower:
    """An index from random orders.

    Attributes
    ----------
    power
        Share of orders each bloc turned.
    error
        Half-width of the 95 per cent interval of the widest figure.
    """

    power: Mapping[str, float]
    error: float


def sampled_shapley(blocs: Mapping[str, Fraction], *, orders: int = 20_000, seed: int = 0) -> SampledPower:
    """Return the Shapley-Shubik index from random orders, for more blocs than can be counted out.

    Parameters
    ----------
    blocs
        Votes by holder.
    orders
        Random orders drawn.
    seed
        Of the generator; the same seed gives the same answer.
    """
    draw = random.Random(seed)  # noqa: S311  # sampling, no secret depends on it
    votes = {holder: float(held) for holder, held in blocs.items()}
    total, names = sum(votes.values()), list(votes)
    turned: dict[str, int] = dict.fromkeys(names, 0)
    for _ in range(orders):
        draw.shuffle(names)
        gathered = 0.0
        for holder in names:
            gathered += votes[holder]
            if 2 * gathered > total * (1 + 1e-12):
                turned[holder] += 1
                break
    power = {holder: count / orders for holder, count in turned.items()}
    widest = max((p * (1 - p) for p in power.values()), default=0.0)
    return SampledPower(power, 1.96 * sqrt(widest / orders))


def network_shapley(graph: OwnershipGraph) -> dict[tuple[str, str], float]:
    """Return the voting power of every party in every other through chains of direct Shapley-Shubik shares.

    With S the direct shares, ``S (I - S)^-1``; for owners that nobody owns this is ``S_root (I - S_firm)^-1``.
    Companies with more than :data:`EXACT_BLOCS` blocs use the sampled index.

    Raises
    ------
    ClosedLoopError
        If power runs in a loop that no outside holder has a part in.
    """
    names = list(graph.holders)
    index = {party: number for number, party in enumerate(names)}
    direct = np.zeros((len(names), len(names)))
    for party, blocs in voting_blocs(graph).items():
        shares = shapley_shubik(blocs) if len(blocs) <= EXACT_BLOCS else sampled_shapley(blocs).power
        for holder, power in shares.items():
            direct[index[holder], index[party]] = float(power)
    _refuse_closed(direct, names)
    through = direct @ np.linalg.inv(np.eye(len(names)) - direct)
    rows, columns = np.nonzero(through > 1e-12)
    return {(names[i], names[j]): float(through[i, j]) for i, j in zip(rows.tolist(), columns.tolist(), strict=True)}


def _refuse_closed(direct: np.ndarray[tuple[int, int], np.dtype[np.float64]], names: Sequence[str]) -> None:
    loops = closed_positions(sparse.csc_array(direct))
    if loops:
        raise ClosedLoopError(sorted(tuple(sorted(names[i] for i in loop)) for loop in loops))
