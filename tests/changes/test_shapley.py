from __future__ import annotations

import numpy as np
import pytest

from georisk.changes.shapley import along, exact_shares, marginals, orders, sampled_shares, subsets


def glove(mask: int) -> float:
    """A pair of gloves is worth 6: player 0 has the left one, players 1 and 2 a right one each."""
    return 6.0 if mask & 1 and mask & 0b110 else 0.0


def table(worth: object, count: int) -> dict[int, np.ndarray]:
    return {mask: np.array([worth(mask)]) for mask in range(1 << count)}  # type: ignore[operator]


def test_the_glove_game_as_worked_out_on_paper() -> None:
    # The left glove completes a pair in 4 of 6 orders, each right one in 1 of 6: 4, 1 and 1 of 6.
    shares = exact_shares([0, 1, 2], table(glove, 3))
    assert shares.share.ravel().tolist() == pytest.approx([4.0, 1.0, 1.0])
    assert not shares.error.any()
    assert shares.orders is None


def test_who_adds_nothing_gets_nothing_and_the_rest_do_not_mind() -> None:
    without = exact_shares([0, 1, 2], table(glove, 3)).share.ravel()
    with_idler = exact_shares([0, 1, 2, 3], table(lambda mask: glove(mask & 0b111), 4)).share.ravel()
    assert with_idler.tolist() == pytest.approx([*without, 0.0])


def test_an_additive_game_gives_each_its_own() -> None:
    own = [5.0, -2.0, 0.5]
    worth = table(lambda mask: sum(value for place, value in enumerate(own) if mask >> place & 1), 3)
    assert exact_shares([0, 1, 2], worth).share.ravel().tolist() == pytest.approx(own)


def test_members_may_be_any_bits() -> None:
    # The same game with player 1 taken out: both are needed, so each gets half of 6.
    assert exact_shares([0, 2], table(glove, 3)).share.ravel().tolist() == pytest.approx([3.0, 3.0])


def test_orders_come_with_their_reverse_and_repeat_for_the_same_seed() -> None:
    found = orders([1, 4, 6], 3, "hill")
    assert len(found) == 6
    assert all(first == second[::-1] for first, second in zip(found[0::2], found[1::2], strict=True))
    assert found == orders([1, 4, 6], 3, "hill")
    assert found != orders([1, 4, 6], 3, "another hill")


def test_an_order_goes_from_none_to_all() -> None:
    assert list(along((2, 0, 1))) == [0, 4, 5, 7]
    assert set(subsets([0, 1, 2])) == set(range(8))


def test_what_each_adds_in_one_order() -> None:
    # Right glove first (nothing), the other right one (nothing), then the left one makes the pair.
    assert marginals([0, 1, 2], (1, 2, 0), table(glove, 3)).ravel().tolist() == [6.0, 0.0, 0.0]


def test_sampled_shares_add_up_and_lie_within_their_error_of_the_exact_ones() -> None:
    def worth(mask: int) -> float:
        return float(bin(mask & 0b111111).count("1") ** 2 + 3 * (mask & 1) * (mask >> 5 & 1))

    values = table(worth, 7)
    members = list(range(7))
    found = sampled_shares(members, orders(members, 40, "sample"), values)
    exact = exact_shares(members, values)
    assert found.orders == 80
    assert found.share.sum() == pytest.approx(worth(0b1111111) - worth(0))
    assert exact.share.sum() == pytest.approx(worth(0b1111111) - worth(0))
    # A pair of an order and its reverse is exact for the square and for a product of two: no error is left.
    assert found.share.ravel().tolist() == pytest.approx(exact.share.ravel().tolist())
    assert found.error.max() < 1e-9


def test_the_error_says_how_far_a_sample_may_lie() -> None:
    members = list(range(5))
    values = table(lambda mask: 10.0 * (mask == 0b11111) + 4.0 * ((mask & 0b111) == 0b111), 5)
    exact = exact_shares(members, values).share.ravel()
    found = sampled_shares(members, orders(members, 60, "error"), values)
    assert found.error.max() > 0
    assert (np.abs(found.share.ravel() - exact) <= 2 * found.error.ravel()).all()
