"""Answers of three values."""

from __future__ import annotations

import pytest

from georisk.screens.judgement import Answer, Figure, Judgement, all_of, any_of


@pytest.mark.parametrize(
    ("low", "high", "strict", "opened", "answer"),
    [
        (25, 25, False, False, True),
        (25, 25, True, False, False),
        (20, 25, False, False, None),
        (20, 25, True, False, False),
        (20, 25, False, True, False),  # approached, not reached
        (20, 25.1, True, True, None),
        (24.9, 24.99, False, False, False),
        (26, 90, True, False, True),
    ],
)
def test_a_figure_against_a_gate_of_25(low: float, high: float, strict: bool, opened: bool, answer: Answer) -> None:
    assert Figure("equity", low, high, 25, strict, opened).answer is answer


def test_a_second_test_must_be_met_as_well() -> None:
    def both(first: tuple[float, float], second: tuple[float, float]) -> Answer:
        return Figure("a", *first, 25, strict=False, also=Figure("b", *second, 49, strict=False)).answer

    assert both((30, 30), (50, 50)) is True
    assert both((30, 30), (40, 60)) is None
    assert both((20, 30), (40, 40)) is False


def test_any_and_all_of_three_values() -> None:
    assert [any_of([True, None]), any_of([False, None]), any_of([False]), any_of([])] == [True, None, False, False]
    assert [all_of([True, None]), all_of([False, None]), all_of([True]), all_of([])] == [None, False, True, True]


def test_nature_comes_before_exemption_and_figures_last() -> None:
    passed = (Figure("equity", 60, 60, 50, strict=False),)
    found = Judgement(frozenset("A"), {"B": passed, "C": passed}, {"A": "listed"}, frozenset("AC"))
    assert [found.answer(party) for party in "ABCD"] == [True, True, False, False]
    assert found.caught == ["A", "B"]


def test_distance_and_doubt() -> None:
    figure = Figure("equity", 20, 30, 25, strict=False)
    assert (figure.distance, figure.doubtful) == (-5, True)
