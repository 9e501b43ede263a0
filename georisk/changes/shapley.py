"""Shares of a change that are fair and add up: Shapley values over what changed.

A coalition is a bit mask: bit ``i`` is set where mover ``i`` stands as it does afterwards. A mover's share is the
mean of what it adds over all orders in which the movers could have come, so that shares add up to the whole
change whatever the order.

References
----------
Shapley, A value for n-person games (1953). Sampling by orders and their reverses: Castro, Gomez, Tejada,
Polynomial calculation of the Shapley value based on sampling (2009); Mitchell, Cooper, Frank, Holmes, Sampling
permutations for Shapley value estimation (2022), section 3 (antithetic orders).
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import factorial

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]
Order = tuple[int, ...]

CONFIDENT = 1.96
"""Standard errors either side of a mean that hold it 95 times of 100."""


@dataclass(frozen=True)
class Shares:
    """Shares of the movers.

    Attributes
    ----------
    share
        One row a mover, one column a measured quantity; the columns add up to the change.
    error
        Half-width of the 95 % interval of each share; zero where all orders were counted.
    orders
        How many orders were sampled; ``None`` where all were counted.
    """

    share: Vector
    error: Vector
    orders: int | None


def subsets(members: Sequence[int]) -> Iterator[int]:
    """Yield the mask of every coalition of some movers.

    >>> sorted(subsets([0, 2]))
    [0, 1, 4, 5]
    """
    for number in range(1 << len(members)):
        yield sum(1 << member for place, member in enumerate(members) if number >> place & 1)


def exact_shares(members: Sequence[int], values: Mapping[int, Vector]) -> Shares:
    """Return the shares over all orders of some movers.

    Parameters
    ----------
    members
        The movers that count, by their bits.
    values
        The value of every coalition of :func:`subsets`.

    Examples
    --------
    Two movers that only count together share alike.

    >>> values = {0: np.array([0.0]), 1: np.array([0.0]), 2: np.array([0.0]), 3: np.array([6.0])}
    >>> exact_shares([0, 1], values).share.ravel().tolist()
    [3.0, 3.0]
    """
    count = len(members)
    share = np.zeros((count, len(values[0])))
    for mask in subsets(members):
        size = mask.bit_count()
        for place, member in enumerate(members):
            if not mask >> member & 1:
                weight = factorial(size) * factorial(count - size - 1) / factorial(count)
                share[place] += weight * (values[mask | 1 << member] - values[mask])
    return Shares(share, np.zeros_like(share), None)


def orders(members: Sequence[int], pairs: int, seed: str) -> list[Order]:
    """Return random orders, each followed by its reverse; the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311  a reproducible sample, no secret
    found: list[Order] = []
    for _ in range(pairs):
        order = tuple(chance.sample(list(members), len(members)))
        found += [order, order[::-1]]
    return found


def along(order: Iterable[int]) -> Iterator[int]:
    """Yield the coalitions that an order goes through, from none to all.

    >>> list(along((1, 0)))
    [0, 2, 3]
    """
    mask = 0
    yield mask
    for member in order:
        mask |= 1 << member
        yield mask


def marginals(members: Sequence[int], order: Order, values: Mapping[int, Vector]) -> Vector:
    """Return what each mover adds at its turn in one order: one row a mover, as in ``members``."""
    masks = list(along(order))
    added = {member: values[after] - values[before]
             for member, before, after in zip(order, masks, masks[1:], strict=False)}  # fmt: skip
    return np.array([added[member] for member in members])


def sampled_shares(members: Sequence[int], sample: Sequence[Order], values: Mapping[int, Vector]) -> Shares:
    """Return the shares over sampled orders that come in pairs of an order and its reverse.

    Every order's additions sum to the whole change, so the shares do too; the error says how far a share may lie
    from the one over all orders.
    """
    single = np.array([marginals(members, order, values) for order in sample])
    pairs = (single[0::2] + single[1::2]) / 2
    spread = pairs.std(axis=0, ddof=1) if len(pairs) > 1 else np.abs(pairs[0])
    return Shares(pairs.mean(axis=0), CONFIDENT * spread / np.sqrt(len(pairs)), len(sample))
