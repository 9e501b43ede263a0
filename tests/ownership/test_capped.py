"""Least solutions below a cap."""

from __future__ import annotations

import pytest

from georisk.ownership.capped import capped_least


@pytest.mark.parametrize(
    ("base", "within", "expected"),
    [
        ([0.0, 0.0], [(0, 1, 1.0), (1, 0, 1.0)], [0, 0]),  # nothing starts: least is nothing
        ([0.1, 0.0], [(0, 1, 1.0), (1, 0, 1.0)], [1, 1]),  # grows round by round up to the cap
        ([0.5, 0.0], [(1, 0, 3.0)], [0.5, 1]),
        ([0.2, 0.2], [(0, 1, 0.5), (1, 0, 0.5)], [0.4, 0.4]),
    ],
)
def test_the_least_solution_below_a_cap(
    base: list[float], within: list[tuple[int, int, float]], expected: list[float]
) -> None:
    assert capped_least(base, within) == pytest.approx(expected)


def test_a_large_system_is_solved_sparsely() -> None:
    # a ring of 400, each with half of the one before, one with a base of a quarter: 0.25 / (1 - 0.5 ** 400) = 0.25
    size = 400
    found = capped_least([0.25] + [0.0] * (size - 1), [((i + 1) % size, i, 0.5) for i in range(size)])
    assert found[:3] == pytest.approx([0.25, 0.125, 0.0625])
