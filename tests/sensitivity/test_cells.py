from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from georisk.sensitivity.cells import Cells, cells_of


@pytest.fixture(scope="module")
def cells(sample: Any) -> Cells:
    assessment = sample.report.assessment
    return cells_of(assessment, assessment.method.simulation)


def test_subjects_are_sites_without_parts_and_parts(cells: Cells) -> None:
    assert sorted(cells.subjects) == ["cloud", "hill", "twin/east", "twin/west"]


def test_risks_give_back_the_scores(cells: Cells, sample: Any) -> None:
    """Weighted means of the risks are the scores they were taken from."""
    sites = sample.report.assessment.sites
    for row, subject in enumerate(cells.subjects):
        site = sites[subject.split("/")[0]]
        scored = next((part for part in site.parts if part.id == subject), site)
        for own, score in zip(cells.columns, scored.dimensions.values(), strict=True):
            known = cells.known[row, own]
            if score.score is not None:
                mean = np.average(cells.point[row, own][known], weights=cells.weights[own][known])
                assert mean == pytest.approx(score.score)


def test_a_question_nobody_answered_is_open_and_has_no_risk(cells: Cells) -> None:
    assert not (cells.open & cells.known).any()
    row, column = cells.subjects.index("hill"), cells.indicators.index("proceedings")
    assert cells.open[row, column]


def test_one_country_s_governance_is_one_piece_of_evidence(cells: Cells) -> None:
    column = cells.indicators.index("governance")
    rows = [cells.subjects.index(name) for name in ("hill", "twin/east")]
    assert len({cells.keys[row, column] for row in rows}) == 1
    assert cells.keys[rows[0], column] != cells.keys[rows[0], cells.indicators.index("stability")]


def test_only_published_standard_errors_are_errors(cells: Cells) -> None:
    marked = {key for key, error in zip(cells.indicators, cells.errors, strict=True) if not np.isnan(error)}
    assert {"governance", "stability"} <= marked
    assert {"equity", "conflict"}.isdisjoint(marked)


def test_figures_are_leaned_on_by_grade_and_age(made: Any) -> None:
    made.source("paper", grade="B", published="2026-11-21")
    made.source("old", grade="B", published="2022-11-21")
    made.party("dragon", incorporation="CHN")
    for name, source in (("hill", "paper"), ("dale", "old")):
        made.site(name, country="TZA", holder=f"{name}-co")
        made.stake(f"{name}-co", owner="dragon", percent=[20, 40], since="2020-01-01", sources=[source])
        made.stake(f"{name}-co", owner="rest", percent=60, since="2020-01-01", sources=[source])
    assessment = made.assess()
    simulation = assessment.method.simulation
    found = cells_of(assessment, simulation)
    column = found.indicators.index("equity")
    fresh, aged = (found.lean[found.subjects.index(name), column] for name in ("hill", "dale"))
    # Fresh B evidence leans as the method says; four years are two half-lives of two years.
    assert fresh == pytest.approx(simulation.evidence.lean["B"], rel=0.01)
    assert aged == pytest.approx(fresh / 4, rel=0.02)
