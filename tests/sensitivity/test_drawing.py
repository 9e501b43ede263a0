from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from georisk.method import Simulation
from georisk.sensitivity.cells import Cells, cells_of
from georisk.sensitivity.drawing import (
    bounded_cells,
    drawn_bounded,
    drawn_estimates,
    drawn_risks,
    drawn_unknown,
    estimated_cells,
)

DRAWS = 4000


@pytest.fixture(scope="module")
def simulation(sample: Any) -> Simulation:
    found = sample.report.assessment.method.simulation
    assert found is not None
    return found.model_copy(update={"draws": DRAWS})


@pytest.fixture(scope="module")
def cells(sample: Any, simulation: Simulation) -> Cells:
    return cells_of(sample.report.assessment, simulation)


def one_cell(cells: Cells, low: float, point: float, high: float, lean: float) -> Cells:
    """Return one subject with one bounded figure; all else is out of the question."""
    column = cells.indicators.index("equity")
    tables = [np.full((1, len(cells.indicators)), np.nan) for _ in range(4)]
    for table, value in zip(tables, (point, low, high, lean), strict=True):
        table[0, column] = value
    open_ = np.zeros((1, len(cells.indicators)), dtype=bool)
    return replace(cells, subjects=("one",), point=tables[0], low=tables[1], high=tables[2], lean=tables[3], open=open_,
                   keys=np.full((1, len(cells.indicators)), "one", dtype=object), scored=np.ones(1, dtype=bool))  # fmt: skip


def test_what_is_not_leaned_on_lies_anywhere_between_its_bounds(cells: Cells) -> None:
    """Uniform from 10 to 50: mean 30, a quarter below 20; the standard error of the mean is 0.2."""
    drawn = drawn_bounded(one_cell(cells, 10, 12, 50, lean=0.0), DRAWS, 1)[:, 0]
    assert (drawn >= 10).all()
    assert (drawn <= 50).all()
    assert drawn.mean() == pytest.approx(30, abs=0.8)
    assert (drawn < 20).mean() == pytest.approx(0.25, abs=0.03)


def test_what_is_leaned_on_follows_a_triangle_with_its_tip_at_the_figure(cells: Cells) -> None:
    """Triangle 0, 30, 90: mean (0 + 30 + 90) / 3 = 40, and 30 / 90 of it lies below the tip."""
    drawn = drawn_bounded(one_cell(cells, 0, 30, 90, lean=1.0), DRAWS, 1)[:, 0]
    assert drawn.mean() == pytest.approx(40, abs=1.2)
    assert (drawn < 30).mean() == pytest.approx(1 / 3, abs=0.03)


def test_a_figure_at_its_bound_is_drawn_without_a_division_by_nothing(cells: Cells) -> None:
    """Triangle 0, 0, 60: mean 20."""
    drawn = drawn_bounded(one_cell(cells, 0, 0, 60, lean=1.0), DRAWS, 1)[:, 0]
    assert drawn.mean() == pytest.approx(20, abs=1)


def test_nine_tenths_of_an_estimate_lie_within_its_publisher_s_bounds(cells: Cells) -> None:
    """Bounds at 1.645 standard errors leave 5 % beyond each."""
    where = estimated_cells(cells)
    drawn = drawn_estimates(cells, DRAWS, 1)
    inside = (drawn >= cells.low[where]) & (drawn <= cells.high[where])
    assert inside.mean(axis=0) == pytest.approx(np.full(where.sum(), 0.9), abs=0.02)


def test_an_answer_nobody_has_is_nothing_everything_or_anything(cells: Cells, simulation: Simulation) -> None:
    drawn = drawn_unknown(cells, DRAWS, 1, simulation.unknown)
    assert (drawn == 0).mean() == pytest.approx(simulation.unknown.none, abs=0.02)
    assert (drawn == 100).mean() == pytest.approx(simulation.unknown.all, abs=0.02)
    between = drawn[(drawn > 0) & (drawn < 100)]
    assert between.mean() == pytest.approx(50, abs=1)


def test_the_same_seed_draws_the_same_and_another_does_not(cells: Cells, simulation: Simulation) -> None:
    first, again = (drawn_risks(cells, simulation) for _ in range(2))
    assert np.array_equal(first, again, equal_nan=True)
    other = drawn_risks(cells, simulation.model_copy(update={"seed": 7}))
    assert not np.array_equal(first, other, equal_nan=True)


def test_sites_of_one_country_share_its_error(cells: Cells, simulation: Simulation) -> None:
    drawn, column = drawn_risks(cells, simulation), cells.indicators.index("governance")
    hill, twin = (cells.subjects.index(name) for name in ("hill", "twin/east"))
    assert np.array_equal(drawn[:, hill, column], drawn[:, twin, column])
    assert drawn[:, hill, column].std() > 0


def test_another_site_moves_no_draw(cells: Cells, simulation: Simulation) -> None:
    row = cells.subjects.index("hill")
    alone = drawn_risks(cells.part(row, row + 1), simulation)
    assert np.array_equal(alone[:, 0], drawn_risks(cells, simulation)[:, row], equal_nan=True)


def test_a_record_is_read_as_it_stands_in_some_draws(cells: Cells, simulation: Simulation) -> None:
    one = one_cell(cells, 10, 20, 50, lean=0.0)
    column = one.indicators.index("equity")
    drawn = drawn_risks(one, simulation)[:, 0, column]
    assert (drawn == 20).mean() == pytest.approx(simulation.evidence.as_read, abs=0.02)
    assert bounded_cells(one).sum() == 1
