"""What stands above and below a party."""

from __future__ import annotations

from georisk.ownership.upstream import cash_per_cent, chains_down, downstream, upstream
from tests.ownership.graphs import graph_of, stake

STAKES = [stake("X", "A", 50), stake("A", "T", 40), stake("X", "T", 10), stake("T", "U", 90), stake("Y", "U", 10)]


def test_upstream_holds_owners_of_owners_and_no_more() -> None:
    above = upstream(graph_of(STAKES, {"T": "listed", "U": "listed"}), "T")
    assert sorted(above.holders) == ["A", "T", "X"]
    assert [one.owned for one in above.stakes] == ["A", "T", "T"]
    assert above.remainder == {"T": "listed"}


def test_upstream_of_a_loop_is_the_loop() -> None:
    loop = graph_of([stake("A", "B", 10), stake("B", "A", 10), stake("A", "C", 10)])
    assert sorted(upstream(loop, "A").holders) == ["A", "B"]


def test_downstream_keeps_the_owners_that_take_room() -> None:
    below = downstream(graph_of(STAKES, {"A": "listed"}), ["T"])
    assert sorted(below.holders) == ["A", "T", "U", "X", "Y"]
    assert {one.owned for one in below.stakes} == {"T", "U"}
    assert below.remainder == {}  # A is an owner from outside; its own rest is of no matter


def test_chains_come_shortest_first_and_pass_nobody_twice() -> None:
    chains = [[one.owner for one in chain] for chain in chains_down(STAKES, ["X"], "U")]
    assert chains == [["X", "T"], ["X", "A", "T"]]
    loop = [stake("X", "A", 50), stake("A", "B", 50), stake("B", "A", 50)]
    assert len(list(chains_down(loop, ["X"], "B"))) == 1


def test_cash_is_equity_multiplied() -> None:
    longest = list(chains_down(STAKES, ["X"], "U"))[-1]
    assert cash_per_cent(longest) == 18  # 0.5 x 0.4 x 90
