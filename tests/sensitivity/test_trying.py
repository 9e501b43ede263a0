from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from georisk.method import Simulation
from georisk.sensitivity.cells import Cells, cells_of
from georisk.sensitivity.trying import FACTORS, Runs, plain_design, realisations, tried

OWN = {"normalisation": 0.0, "unknown": 0.0, "aggregation": 0.0, "cap": 0.0}
"""The method's own options come first."""


@pytest.fixture(scope="module")
def simulation(sample: Any) -> Simulation:
    found = sample.report.assessment.method.simulation
    assert found is not None
    return found


@pytest.fixture(scope="module")
def cells(sample: Any, simulation: Simulation) -> Cells:
    return cells_of(sample.report.assessment, simulation)


def run(cells: Cells, simulation: Simulation, **picked: float) -> Runs:
    """Run once with certain evidence: bounds closed on their figures, weights as stated."""
    sure = Cells(cells.method, cells.subjects, cells.indicators, cells.point, cells.point, cells.point, cells.open,
                 cells.lean, cells.keys, cells.scored)  # fmt: skip
    firm = simulation.model_copy(update={"weights": simulation.weights.model_copy(update={"concentration": 1e12})})
    design = np.array([[{**OWN, **picked}.get(name, 0.0) for name in FACTORS]])
    return tried(sure, firm, realisations(sure, firm, 2, 1), design)


def option(simulation: Simulation, choice: str, name: str) -> float:
    """Return the number from 0 to 1 that picks an option."""
    names = getattr(simulation.choices, choice)
    return (names.index(name) + 0.5) / len(names)


def test_the_method_s_own_choices_give_the_method_s_scores(cells: Cells, simulation: Simulation, sample: Any) -> None:
    runs = run(cells, simulation)
    hill = sample.report.assessment.sites["hill"]
    row = cells.subjects.index("hill")
    for column, score in enumerate(hill.dimensions.values()):
        if score.score is not None:
            assert runs.dimensions[0, row, column] == pytest.approx(score.score, abs=1e-3)


@pytest.mark.parametrize("name", ["power", "arithmetic", "geometric", "worst"])
def test_dimensions_are_joined_as_the_option_says(cells: Cells, simulation: Simulation, name: str) -> None:
    """Weights 0.4, 0.3, 0.3; the geometric mean is taken of the distance to 101."""
    runs = run(cells, simulation, aggregation=option(simulation, "aggregation", name))
    weights = np.array([0.4, 0.3, 0.3])
    for row in range(len(cells.subjects)):
        x = runs.dimensions[0, row]
        expected = {
            "power": (x**2 @ weights) ** 0.5,
            "arithmetic": x @ weights,
            "geometric": 101 - np.prod((101 - x) ** weights),
            "worst": x.max(),
        }[name]
        assert runs.composite[0, row] == pytest.approx(expected, abs=1e-3)


def test_a_severe_dimension_lifts_a_low_composite(cells: Cells, simulation: Simulation) -> None:
    rule = simulation.choices.cap_rule
    low, capped = run(cells, simulation), run(cells, simulation, cap=option(simulation, "cap", "severe"))
    severe = low.dimensions[0].max(axis=-1) >= rule.start
    expected = np.where(severe, np.maximum(low.composite[0], rule.at_least), low.composite[0])
    assert severe.any()
    assert capped.composite[0] == pytest.approx(expected)


def test_drawn_unknowns_stay_between_the_bounds(cells: Cells, simulation: Simulation) -> None:
    given = realisations(cells, simulation, 64, 1)
    firm = simulation.model_copy(update={"choices": simulation.choices.model_copy(
        update={"normalisation": ["goalposts"], "aggregation": ["power"], "cap": ["none"], "unknown": ["drawn"]})})  # fmt: skip
    runs = tried(cells, firm, given, plain_design(200, 1))
    assert (runs.dimensions >= 0).all()
    assert (runs.dimensions <= 100 + 1e-9).all()


def test_ends_taken_from_the_sites_are_zero_and_a_hundred() -> None:
    from georisk.sensitivity.trying import _minmax, _ranked

    risks = np.array([[[20.0, np.nan], [30.0, 7.0], [60.0, np.nan]]])
    # (30 - 20) / (60 - 20) is a quarter of the way, the second of three places half of it; one value alone stays.
    assert _minmax(risks)[0, :, 0] == pytest.approx([0, 25, 100])
    assert _ranked(risks)[0, :, 0] == pytest.approx([0, 50, 100])
    assert _minmax(risks)[0, 1, 1] == _ranked(risks)[0, 1, 1] == 7


def test_drawn_weights_add_up_and_vary_as_the_method_says(cells: Cells, simulation: Simulation) -> None:
    """A Dirichlet weight w has the variance w (1 - w) / (c + 1): 0.4 x 0.6 / 48 for the first dimension."""
    given = realisations(cells, simulation, 4000, 1)
    assert given.dimensions.sum(axis=1) == pytest.approx(np.ones(4000))
    assert given.dimensions.mean(axis=0) == pytest.approx([0.4, 0.3, 0.3], abs=0.01)
    expected = (0.4 * 0.6 / (simulation.weights.concentration + 1)) ** 0.5
    assert given.dimensions[:, 0].std() == pytest.approx(expected, rel=0.06)
