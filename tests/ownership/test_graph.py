"""Shares, stakes, and what a graph says of itself."""

from __future__ import annotations

import pytest

from georisk.ownership.graph import (
    UNKNOWN,
    Holder,
    OwnershipGraph,
    Share,
    Stake,
    hidden_caps,
    overfull,
    stated_total,
    strangers,
)
from tests.ownership.graphs import graph_of, stake


@pytest.mark.parametrize(
    ("share", "low", "point", "high"),
    [
        (Share.exact(30), 30, 30, 30),
        (Share.band(25, 50), 25, 25, 50),  # no figure within a band is preferred: the point falls back on its low end
        (Share(20, 30, 40), 20, 30, 40),
        (UNKNOWN, 0, 0, 100),
    ],
)
def test_a_share_is_read_at_either_end_or_at_its_figure(share: Share, low: float, point: float, high: float) -> None:
    assert (share.at("low"), share.at("point"), share.at("high")) == (low, point, high)


def test_scaling_keeps_what_is_not_known_unknown() -> None:
    assert Share(20, None, 40).scaled(0.5) == Share(10, None, 20)
    assert Share.exact(30).scaled(0.5) == Share.exact(15)


def test_votes_follow_equity_and_nothing_else_does() -> None:
    plain = Stake("X", "T", Share.exact(30))
    assert (plain.per_cent("equity"), plain.per_cent("voting"), plain.per_cent("board")) == (30, 30, 0)
    split = stake("X", "T", 30, 60)
    assert (split.per_cent("voting"), split.per_cent("equity")) == (60, 30)
    assert Stake("X", "T", None, Share.exact(60)).per_cent("equity") == 0


def test_a_party_above_100_is_named_with_metric_and_total() -> None:
    graph = graph_of([stake("X", "T", 60, 10, 70), stake("Y", "T", 40, 10, 40), stake("T", "T", 0.5)])
    assert list(overfull(graph)) == [("T", "equity", 100.5), ("T", "board", 110.0)]
    assert stated_total(graph, "voting") == {"T": 20.5}  # 10 + 10, and treasury votes follow its equity of 0.5


def test_bands_are_wrong_only_if_their_low_ends_are() -> None:
    graph = graph_of([Stake("X", "T", Share.band(50, 80)), Stake("Y", "T", Share.band(50, 60))])
    assert list(overfull(graph)) == []
    assert [party for party, *_ in overfull(graph, "high")] == ["T", "T"]  # equity, and votes that follow it


def test_stakes_by_party_with_and_without_treasury() -> None:
    graph = graph_of([stake("X", "T", 60), stake("T", "T", 10)])
    assert [one.owner for one in graph.stakes_in()["T"]] == ["X", "T"]
    assert [one.owner for one in graph.stakes_in(treasury=False)["T"]] == ["X"]
    assert list(graph.stakes_of(treasury=False)) == ["X"]


def test_strangers_are_those_mentioned_and_not_listed() -> None:
    graph = OwnershipGraph({"T": Holder("T", None, "asset")}, (stake("X", "T", 10),), {"U": "listed"})
    assert strangers(graph) == ["U", "X"]


def test_a_hidden_rest_is_bounded_by_its_kind() -> None:
    graph = graph_of([], {"A": "undisclosed", "B": "listed", "C": "listed-concert", "D": "known-others"}, *"ABCD")
    assert hidden_caps(graph, 5) == {"A": 100.0, "B": 5, "C": 100.0}
    assert graph.remainder_of("E") == "known-others"
