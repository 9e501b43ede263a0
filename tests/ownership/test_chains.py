from __future__ import annotations

from pytest import approx

from georisk.ownership.chains import Link, links_above
from georisk.ownership.graph import UNKNOWN, Holder, OwnershipGraph, Share, Stake


def graph(*stakes: tuple[str, str, Share | float | None]) -> OwnershipGraph:
    made = tuple(
        Stake(owner, owned, UNKNOWN if share is None else share if isinstance(share, Share) else Share.exact(share))
        for owner, owned, share in stakes
    )
    names = dict.fromkeys(name for stake in made for name in (stake.owner, stake.owned))
    return OwnershipGraph({name: Holder(name, None, "company") for name in names}, made, {})


def links(found: OwnershipGraph, root: str = "mine", material: float = 0.0) -> dict[tuple[str, str], Link]:
    return {(link.stake.owner, link.stake.owned): link for link in links_above(found, [root], material)[root]}


def run(link: Link) -> tuple[float, float | None, float]:
    return link.least, link.share, link.reach


def test_shares_multiply_upward_and_levels_count() -> None:
    found = links(graph(("a", "mine", 80), ("b", "a", 50), ("c", "b", 50)))
    assert {pair: link.level for pair, link in found.items()} == {("a", "mine"): 1, ("b", "a"): 2, ("c", "b"): 3}
    assert run(found["c", "b"]) == approx((20, 20, 20))  # 0.8 x 0.5 x 50


def test_bands_carry_least_and_most() -> None:
    # a holds 40 to 60 of the mine, b 50 to 100 of a: least 20, at the middle figures 37.5, most 60.
    found = links(graph(("a", "mine", Share(40, 50, 60)), ("b", "a", Share(50, 75, 100))))
    assert run(found["b", "a"]) == approx((20, 37.5, 60))


def test_a_missing_figure_is_missing_all_the_way_up() -> None:
    found = links(graph(("a", "mine", None), ("b", "a", 50)))
    assert found["b", "a"].share is None
    assert (found["b", "a"].least, found["b", "a"].reach) == (0, 50)


def test_an_unknown_share_reaches_no_further_than_what_the_others_leave() -> None:
    found = links(graph(("a", "mine", 70), ("b", "mine", None)))
    assert (found["b", "mine"].least, found["b", "mine"].reach) == approx((0, 30))


def test_ways_to_one_owner_add() -> None:
    # 50 x 40 + 50 x 60 = 50 at x, and y holds half of x: 25.
    found = links(graph(("a", "mine", 50), ("b", "mine", 50), ("x", "a", 40), ("x", "b", 60), ("y", "x", 50)))
    assert found["y", "x"].share == approx(25)


def test_what_is_too_small_is_left_out_with_everything_above() -> None:
    found = graph(("a", "mine", 95), ("b", "mine", 4), ("c", "b", 100))
    assert set(links(found, material=5)) == {("a", "mine")}
    assert set(links(found)) == {("a", "mine"), ("b", "mine"), ("c", "b")}


def test_a_loop_is_walked_once_and_treasury_stock_is_no_link() -> None:
    found = links(graph(("a", "mine", 90), ("b", "a", 60), ("a", "b", 50), ("mine", "mine", 5)))
    assert set(found) == {("a", "mine"), ("b", "a"), ("a", "b")}


def test_votes_alone_are_no_link() -> None:
    stake = Stake("a", "mine", None, Share.exact(60))
    found = OwnershipGraph({name: Holder(name, None, "company") for name in ("a", "mine")}, (stake,), {})
    assert links(found) == {}


def test_roots_are_answered_one_by_one() -> None:
    found = links_above(graph(("a", "mine", 60), ("b", "mill", 70)), ["mine", "mill", "mast"], 0.0)
    assert {root: [link.stake.owner for link in above] for root, above in found.items()} == {
        "mine": ["a"], "mill": ["b"], "mast": [],
    }  # fmt: skip
