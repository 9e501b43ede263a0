"""Measures in the shapes of the case format."""

from __future__ import annotations

from typing import Any

import pytest

from georisk.errors import UsageError
from georisk.ownership.graph import UNKNOWN, OwnershipGraph, Share, Stake
from georisk.ownership.matrix import ClosedLoopError
from georisk.screens.measures import MEASURES, Asked, named_threshold, number, three_valued
from tests.ownership.graphs import graph_of
from tests.screens.parties import stake


def measured(key: str, on: OwnershipGraph, *holders: str, thresholds: tuple[float, ...] = ()) -> dict[str, Any]:
    return MEASURES[key](on, Asked(holders, thresholds, disclosed_from=5.0, control_from=50.0))


def test_pairs_without_doubt_are_figures_and_pairs_with_doubt_are_bounds() -> None:
    found = measured("integrated_ownership", graph_of([stake("X", "A", 50), Stake("A", "T", Share.band(20, 40))]))
    assert found["pct"] == {"X->A": 50}
    assert (found["low"], found["high"]) == ({"X->T": 10, "A->T": 20}, {"X->T": 20, "A->T": 40})
    assert found["direct_pct"] == {"X->A": 50, "A->T": [20, 40]}
    assert found["open"] == {}


def test_a_stake_without_a_figure_is_anything() -> None:
    found = measured("integrated_ownership", graph_of([Stake("X", "T", UNKNOWN)]))
    assert (found["low"], found["high"]) == ({"X->T": 0}, {"X->T": 100})


def test_an_upper_end_without_limit_is_null() -> None:
    on = graph_of([stake("A", "B", 100), Stake("B", "A", Share.band(50, 100))])
    assert measured("integrated_ownership", on)["high"]["A->B"] is None


def test_what_ends_with_nobody_known() -> None:
    on = graph_of([stake("A", "T", 60), stake("X", "A", 75)], {"T": "undisclosed", "A": "undisclosed"})
    assert measured("integrated_ownership", on)["undisclosed_pct"] == {"T": 55, "A": 25}  # 40 + 0.6 x 25


def test_thresholds_of_a_group() -> None:
    on = graph_of([stake("X", "A", 60), stake("A", "T", 50), stake("X", "T", 10)])
    found = measured("threshold", on, "X", "A", thresholds=(60.0, 60.5))
    assert found["at_least"]["T"] == {"60": True, "60.5": False}
    assert found["low_pct"] == {"A": 60, "T": 60, "X": 0}


def test_thresholds_need_holders_and_open_loops() -> None:
    with pytest.raises(UsageError, match="needs holders"):
        measured("threshold", graph_of([stake("X", "T", 10)]))
    closed = graph_of([stake("A", "B", 100), stake("B", "A", 100), stake("X", "T", 10)])
    with pytest.raises(ClosedLoopError):
        measured("threshold", closed, "X")
    assert measured("threshold", closed, "A")["low_pct"]["B"] == 100  # asked about A, the loop is open


def test_control_power_and_wedge() -> None:
    on = graph_of([stake("X", "A", 10, 55), stake("A", "T", 51), stake("Y", "T", 49)])
    assert measured("control_majority", on)["controlled"] == {"X": ["A", "T"], "A": ["T"]}
    assert measured("wedge", on)["ratio"]["X->T"] == pytest.approx(10)  # weakest link 51 over 5.1
    assert measured("weakest_link", on)["best_pct"]["X->T"] == 51
    assert measured("shapley_shubik", on)["power"]["T"] == {"A": "1", "Y": "0"}
    assert measured("banzhaf", on)["power"]["A"] == {"X": "1"}
    assert measured("network_shapley", on)["power"]["X->T"] == 1


def test_too_many_blocs_are_sampled_with_their_error() -> None:
    found = measured("banzhaf", graph_of([stake(f"P{number}", "T", 4) for number in range(25)]))
    assert set(found["error"]) == {"T"}
    assert float(found["power"]["T"]["P3"]) == pytest.approx(1 / 25, abs=3 * found["error"]["T"])


def test_every_measure_answers_an_empty_graph() -> None:
    for key in set(MEASURES) - {"threshold"}:
        assert isinstance(measured(key, OwnershipGraph({}, (), {})), dict)


def test_words_for_numbers_and_answers() -> None:
    assert [named_threshold(t) for t in (25, 25.0, 12.5, 33.333333)] == ["25", "25", "12.5", "33.333333"]
    assert [three_valued(answer) for answer in (True, False, None)] == [True, False, "undetermined"]
    assert (number(float("inf")), number(1 / 3)) == (None, 0.333333333)
