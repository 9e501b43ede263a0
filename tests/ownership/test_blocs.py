from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from georisk.ownership.blocs import BLOC, as_bloc
from georisk.ownership.bounds import joint_bounds
from georisk.ownership.graph import Holder, OwnershipGraph, Share, Stake

SHARES = st.lists(st.tuples(st.sampled_from("XYAB"), st.sampled_from("ABT"), st.integers(1, 20)), max_size=9)


@given(SHARES)
def test_a_bloc_holds_what_its_members_hold_together(drawn: list[tuple[str, str, int]]) -> None:
    stakes = {(owner, owned): Share.band(low, low + 5) for owner, owned, low in drawn if owner != owned}
    holders = {name: Holder(name, None, "company") for name in "XYABT"}
    graph = OwnershipGraph(
        holders, tuple(Stake(*ends, equity=share) for ends, share in stakes.items()), {"A": "undisclosed"}
    )
    whole, bloc = joint_bounds(graph, ["X", "Y"], 5), joint_bounds(as_bloc(graph, ["X", "Y"]), [BLOC], 5)
    for party in "ABT":
        assert bloc.low[party] == approx(whole.low[party])
        assert bloc.high[party] == approx(whole.high[party])
