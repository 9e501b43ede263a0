"""A second, slow solver in exact fractions, sharing no code with the package but its records.

Everything is done from the definitions: Gaussian elimination, enumeration of subsets, orders and allocations.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations, permutations, product

Shares = dict[tuple[str, str], Fraction]
"""Direct shares by (owner, owned), 0 to 1."""


def solve(matrix: list[list[Fraction]], right: list[Fraction]) -> list[Fraction] | None:
    """Solve a linear system; None if it is singular."""
    size = len(right)
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    for column in range(size):
        pivot = next((r for r in range(column, size) if rows[r][column] != 0), None)
        if pivot is None:
            return None
        rows[column], rows[pivot] = rows[pivot], rows[column]
        rows[column] = [value / rows[column][column] for value in rows[column]]
        for r in range(size):
            if r != column and rows[r][column] != 0:
                factor = rows[r][column]
                rows[r] = [a - factor * b for a, b in zip(rows[r], rows[column], strict=True)]
    return [row[-1] for row in rows]


def inverse_column(parties: Sequence[str], shares: Shares, owner: str) -> dict[str, Fraction] | None:
    """Return row ``owner`` of (I - W)^-1, by owned party."""
    matrix = [
        [Fraction(int(i == j)) - shares.get((i, j), Fraction(0)) for i in parties] for j in parties
    ]  # transposed: v_j - sum_i W_ij v_i
    found = solve(matrix, [Fraction(int(j == owner)) for j in parties])
    return None if found is None else dict(zip(parties, found, strict=True))


def integrated(parties: Sequence[str], shares: Shares) -> dict[tuple[str, str], Fraction] | None:
    """Return V - I by (owner, owned), or None if a closed loop makes it singular."""
    pairs: dict[tuple[str, str], Fraction] = {}
    for owner in parties:
        row = inverse_column(parties, shares, owner)
        if row is None:
            return None
        pairs |= {(owner, owned): value - int(owner == owned) for owned, value in row.items()}
    return pairs


def joint(
    parties: Sequence[str], shares: Shares, group: set[str], given: Mapping[str, Fraction] | None = None
) -> dict[str, Fraction] | None:
    """Return the joint holding of a group, members at 1; ``given`` are stakes of the group beyond the listed ones."""
    others = [party for party in parties if party not in group]
    matrix = [[Fraction(int(i == j)) - shares.get((i, j), Fraction(0)) for i in others] for j in others]
    right = [
        sum((shares.get((i, j), Fraction(0)) for i in group), Fraction(0)) + (given or {}).get(j, Fraction(0))
        for j in others
    ]
    found = solve(matrix, right)
    return None if found is None else dict.fromkeys(group, Fraction(1)) | dict(zip(others, found, strict=True))


def fillings(
    low: Mapping[str, Fraction], high: Mapping[str, Fraction], capacity: Fraction
) -> Iterator[dict[str, Fraction]]:
    """Yield every corner of the allocations of one company: owners filled from their low ends in every order."""
    seen = set()
    for number in range(len(low) + 1):
        for chosen in permutations(low, number):
            left = capacity - sum(low.values(), Fraction(0))
            filled = dict(low)
            for owner in chosen:
                added = min(high[owner] - low[owner], left)
                filled[owner] += added
                left -= added
            key = tuple(sorted(filled.items()))
            if key not in seen:
                seen.add(key)
                yield filled


def least_closed(parties: Sequence[str], shares: Shares, start: set[str], gate: Fraction, *, strict: bool) -> set[str]:
    """Return the least fixed point of a cascade: the intersection of all sets that it does not grow."""
    others = [party for party in parties if party not in start]
    found: set[str] | None = None
    for number in range(len(others) + 1):
        for chosen in combinations(others, number):
            counted = start | set(chosen)
            if not any(_passes(counted, party, shares, gate, strict) for party in parties if party not in counted):
                found = counted if found is None else found & counted
    assert found is not None  # the set of all parties is closed
    return found - start


def _passes(counted: set[str], party: str, shares: Shares, gate: Fraction, strict: bool) -> bool:
    held = sum((shares.get((owner, party), Fraction(0)) for owner in counted if owner != party), Fraction(0))
    return held > gate if strict else held >= gate


def shapley(votes: Mapping[str, Fraction]) -> dict[str, Fraction]:
    """Return the share of orders in which each holder turns the vote."""
    total = sum(votes.values(), Fraction(0))
    turned = dict.fromkeys(votes, 0)
    orders = list(permutations(votes))
    for order in orders:
        gathered = Fraction(0)
        for holder in order:
            gathered += votes[holder]
            if 2 * gathered > total:
                turned[holder] += 1
                break
    return {holder: Fraction(count, len(orders)) for holder, count in turned.items()}


def banzhaf(votes: Mapping[str, Fraction]) -> dict[str, Fraction]:
    """Return each holder's part of all swings."""
    total = sum(votes.values(), Fraction(0))
    swings = dict.fromkeys(votes, 0)
    for holder in votes:
        others = [votes[one] for one in votes if one != holder]
        for side in product((0, 1), repeat=len(others)):
            held = sum((v for v, joined in zip(others, side, strict=True) if joined), Fraction(0))
            swings[holder] += 2 * held <= total < 2 * (held + votes[holder])
    return {holder: Fraction(count, sum(swings.values())) for holder, count in swings.items()}


def tier_sum(
    shares: Mapping[tuple[str, str], tuple[Fraction, ...]], sources: set[str], target: str, metric: int
) -> Fraction:
    """Return the DOE figure on a graph without loops: 50 in any metric passes all, less is multiplied, capped at 1."""

    def passed(party: str) -> Fraction:
        if party in sources:
            return Fraction(1)
        total = Fraction(0)
        for (owner, owned), held in shares.items():
            if owned == party and owner != party:
                total += passed(owner) * (1 if max(held) >= Fraction(1, 2) else held[metric])
        return min(Fraction(1), total)

    total = Fraction(0)
    for (owner, owned), held in shares.items():
        if owned == target and owner != target:
            merged = owner not in sources and max(held) >= Fraction(1, 2)
            total += passed(owner) * (1 if merged else held[metric])
    return min(Fraction(1), total)
