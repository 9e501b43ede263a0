from __future__ import annotations

from pytest import approx

from georisk.ownership.chains import links_above
from georisk.ownership.graph import UNKNOWN, Holder, OwnershipGraph, Share, Stake
from georisk.ownership.terminals import FLOAT, UNDISCLOSED, Terminal, terminals


def graph(remainder: dict[str, str], *stakes: tuple[str, str, Share | float | None]) -> OwnershipGraph:
    made = tuple(
        Stake(
            owner,
            owned,
            UNKNOWN if share is None else share if isinstance(share, Share) else Share.exact(share),
            statements=(f"s-{owner}",),
        )
        for owner, owned, share in stakes
    )
    names = dict.fromkeys(["mine", *(name for stake in made for name in (stake.owner, stake.owned))])
    return OwnershipGraph({name: Holder(name, None, "company") for name in names}, made, remainder)


def ends(found: OwnershipGraph) -> list[Terminal]:
    return terminals(found, "mine", links_above(found, ["mine"], 0.0)["mine"])


def brief(found: list[Terminal]) -> dict[tuple[str, str], float | None]:
    return {(one.party, one.kind): None if one.share is None else round(one.share, 6) for one in found}


def test_owners_free_floats_and_undisclosed_rests_make_up_the_whole() -> None:
    # listed holds 70: ada 30 of it = 21, its float 70 x 0.7 = 49; the other 30 nobody names.
    found = ends(graph({"mine": "undisclosed", "quarry": "listed"}, ("quarry", "mine", 70), ("ada", "quarry", 30)))
    assert brief(found) == {("quarry", FLOAT): 49, ("mine", UNDISCLOSED): 30, ("ada", "owner"): 21}
    assert [one.share for one in found] == sorted((one.share or 0.0 for one in found), reverse=True)
    assert found[2].statements == ("s-ada",)
    assert sum(one.share or 0.0 for one in found) == approx(100)


def test_an_asset_without_owners_is_all_undisclosed() -> None:
    [end] = ends(graph({"mine": "undisclosed"}))
    assert (end.party, end.kind, end.share, end.low, end.high) == ("mine", UNDISCLOSED, 100, 100, 100)


def test_a_missing_figure_leaves_bounds() -> None:
    # ada may have anything up to 40, so the rest lies between 0 and 40 beside the 60 of bob.
    found = {one.party: one for one in ends(graph({"mine": "undisclosed"}, ("bob", "mine", 60), ("ada", "mine", None)))}
    assert (found["ada"].share, found["ada"].low, found["ada"].high) == (None, 0, approx(40))
    assert (found["mine"].low, found["mine"].high) == (0, approx(40))


def test_bands_bound_owner_and_rest() -> None:
    found = {one.party: one for one in ends(graph({"mine": "listed"}, ("ada", "mine", Share(50, 60, 70))))}
    assert (found["ada"].low, found["ada"].share, found["ada"].high) == approx((50, 60, 70))
    assert (found["mine"].low, found["mine"].share, found["mine"].high) == approx((30, 40, 50))


def test_a_rest_that_is_nobody_s_is_no_end() -> None:
    assert brief(ends(graph({}, ("state", "mine", 100)))) == {("state", "owner"): 100}
    assert brief(ends(graph({}, ("state", "mine", 60)))) == {("state", "owner"): 60}
