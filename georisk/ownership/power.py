"""Voting power: how often a holder's votes turn a losing side into a winning one.

The quota is more than half of all votes; treasury stock does not vote, and holders nobody lists have votes but take no
side. Votes are read at their low ends and treated as exact decimal numbers, so indices are exact fractions up to
:data:`EXACT_BLOCS` blocs.

References
----------
Shapley and Shubik 1954; Banzhaf 1965; Mizuno, Doi, Kurizaki 2020 for power in networks (the closed form here is an
analogue of theirs, not their algorithm).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import factorial, sqrt

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from georisk.errors import UsageError
from georisk.ownership.graph import OwnershipGraph
from georisk.ownership.matrix import ClosedLoopError, closed_positions
from georisk.ownership.shares import MOST_PAIRED

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


def all_votes(graph: OwnershipGraph) -> dict[str, Fraction]:
    """Return the votes there are in every party, per cent: all but those of its own treasury stock."""
    found = dict.fromkeys(graph.holders, Fraction(100))
    for stake in graph.stakes:
        if stake.treasury:
            found[stake.owned] -= Fraction(f"{stake.per_cent('voting', 'low'):.{_DECIMALS}f}")
    return found


def _swings(blocs: Mapping[str, Fraction], votes: Fraction | None) -> dict[str, list[int]]:
    """Return per holder, by size of side: how many sides of the others it turns into winners."""
    if len(blocs) > EXACT_BLOCS:
        raise UsageError(f"{len(blocs)} blocs are too many to count out; sample beyond {EXACT_BLOCS}")
    scale = 10**_DECIMALS
    sums, sizes = np.zeros(1, dtype=np.int64), np.zeros(1, dtype=np.int64)
    for held in blocs.values():
        sums, sizes = np.append(sums, sums + int(held * scale)), np.append(sizes, sizes + 1)
    wins = 2 * sums > (sums[-1] if votes is None else int(votes * scale))
    sides = np.arange(len(sums))
    found = {}
    for number, holder in enumerate(blocs):
        without = sides[(sides >> number) & 1 == 0]
        turned = without[wins[without | (1 << number)] & ~wins[without]]
        found[holder] = np.bincount(sizes[turned], minlength=len(blocs)).tolist()
    return found


def shapley_shubik(blocs: Mapping[str, Fraction], votes: Fraction | None = None) -> dict[str, Fraction]:
    """Return the share of orders in which each bloc is the one that wins the vote.

    Parameters
    ----------
    blocs
        Votes by holder.
    votes
        All votes there are; by default those of the blocs. Blocs that cannot win together have no power.

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
        for holder, swings in _swings(blocs, votes).items()
    }


def banzhaf(blocs: Mapping[str, Fraction], votes: Fraction | None = None) -> dict[str, Fraction]:
    """Return each bloc's part of all swings, over all sides; see :func:`shapley_shubik`.

    Examples
    --------
    >>> blocs = {"P": Fraction(50), "Q": Fraction(30), "R": Fraction(20)}
    >>> [str(power) for power in banzhaf(blocs).values()]
    ['3/5', '1/5', '1/5']
    """
    swings = {holder: sum(counts) for holder, counts in _swings(blocs, votes).items()}
    total = max(1, sum(swings.values()))
    return {holder: Fraction(count, total) for holder, count in swings.items()}


@dataclass(frozen=True)
class SampledPower:
    """An index from random orders or sides.

    Attributes
    ----------
    power
        By holder, 0 to 1.
    error
        Half-width of the 95 per cent interval of the widest figure.
    """

    power: Mapping[str, float]
    error: float


def sampled_shapley(
    blocs: Mapping[str, Fraction], votes: Fraction | None = None, *, draws: int = 20_000, seed: int = 0
) -> SampledPower:
    """Return the Shapley-Shubik index from random orders, for more blocs than can be counted out.

    Parameters
    ----------
    blocs, votes
        As for :func:`shapley_shubik`.
    draws
        Random orders drawn.
    seed
        Of the generator; the same seed gives the same answer.
    """
    held, quota = _weights(blocs, votes)
    orders = np.random.default_rng(seed).permuted(np.tile(np.arange(len(held)), (draws, 1)), axis=1)
    turning = (2 * np.cumsum(held[orders], axis=1) > quota).argmax(axis=1)
    won = 2 * held.sum() > quota
    turned = np.bincount(orders[np.arange(draws), turning], minlength=len(held)) * won
    return _sampled(blocs, turned, draws)


def sampled_banzhaf(
    blocs: Mapping[str, Fraction], votes: Fraction | None = None, *, draws: int = 20_000, seed: int = 0
) -> SampledPower:
    """Return the Banzhaf index from random sides; see :func:`sampled_shapley`."""
    held, quota = _weights(blocs, votes)
    sides = np.random.default_rng(seed).integers(0, 2, (draws, len(held)))
    others = (sides @ held)[:, None] - sides * held
    turned = ((2 * others <= quota) & (2 * (others + held) > quota)).sum(axis=0)
    return _sampled(blocs, turned, max(1, int(turned.sum())))


def _weights(blocs: Mapping[str, Fraction], votes: Fraction | None) -> tuple[NDArray[np.int64], int]:
    held = np.array([int(bloc * 10**_DECIMALS) for bloc in blocs.values()], dtype=np.int64)
    return held, int(held.sum()) if votes is None else int(votes * 10**_DECIMALS)


def _sampled(blocs: Mapping[str, Fraction], turned: NDArray[np.int64], number: int) -> SampledPower:
    power = {holder: count / number for holder, count in zip(blocs, turned.tolist(), strict=True)}
    widest = max((p * (1 - p) for p in power.values()), default=0.0)
    return SampledPower(power, 1.96 * sqrt(widest / number))


def network_shapley(graph: OwnershipGraph) -> dict[tuple[str, str], float]:
    """Return the voting power of every party in every other through chains of direct Shapley-Shubik shares.

    With S the direct shares, ``S (I - S)^-1``; for owners that nobody owns this is ``S_root (I - S_firm)^-1``.
    Companies with more than :data:`EXACT_BLOCS` blocs use the sampled index.

    Raises
    ------
    ClosedLoopError
        If power runs in a loop that no outside holder has a part in.
    UsageError
        If there are more parties than all pairs of which can be held.
    """
    if len(graph.holders) > MOST_PAIRED:
        raise UsageError(f"all pairs of {len(graph.holders)} parties are too many (at most {MOST_PAIRED})")
    names = list(graph.holders)
    index = {party: number for number, party in enumerate(names)}
    direct = np.zeros((len(names), len(names)))
    votes = all_votes(graph)
    for party, blocs in voting_blocs(graph).items():
        exact = len(blocs) <= EXACT_BLOCS
        shares = shapley_shubik(blocs, votes[party]) if exact else sampled_shapley(blocs, votes[party]).power
        for holder, power in shares.items():
            direct[index[holder], index[party]] = float(power)
    _refuse_closed(direct, names)
    through = direct @ np.linalg.inv(np.eye(len(names)) - direct)
    rows, columns = np.nonzero(through > 1e-12)
    return {(names[i], names[j]): float(through[i, j]) for i, j in zip(rows.tolist(), columns.tolist(), strict=True)}


def _refuse_closed(direct: NDArray[np.float64], names: Sequence[str]) -> None:
    loops = closed_positions(sparse.csc_array(direct))
    if loops:
        raise ClosedLoopError(sorted(tuple(sorted(names[i] for i in loop)) for loop in loops))
