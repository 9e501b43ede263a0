"""Simulation and audit: draws a second, coverage of planted truth with its width, worlds a second.

Beside the simulated intervals stands a plain loop that draws and scores one draw at a time.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from georisk.assessment import assess
from georisk.changes.audit import audit, hangs_on
from georisk.sensitivity.cells import cells_of
from georisk.sensitivity.indices import composite_variance
from georisk.sensitivity.intervals import scores_drawn, with_intervals
from georisk.sensitivity.ranking import ranking, simulation_of
from georisk.workspace import open_workspace
from tests.sensitivity.planted import coverage, planted

ROOT = Path(__file__).resolve().parents[2]
DAY = "2026-11-21"
PLAIN = 20


def run() -> dict[str, Any]:
    """Measure on the repository's registry."""
    workspace = open_workspace(ROOT)
    method = workspace.method()
    bare = assess(workspace.snapshot(DAY, DAY), method, workspace.data / "reference")
    simulation = simulation_of(bare)
    taken, assessment = _timed(lambda: with_intervals(bare))
    plain, _ = _timed(lambda: _one_by_one(bare))
    figures: dict[str, Any] = {
        "sites": len(bare.sites),
        "intervals of all scores, s": taken,
        "draws a second, all sites": simulation.draws / taken,
        "draws a second, one draw at a time in a plain loop": PLAIN / plain,
    }
    for fair, label in ((True, "as assumed"), (False, "anywhere")):
        found = coverage(planted(method, 400, 1, fair=fair))
        figures[f"coverage of nominal 90 %, truth {label}, per cent"] = 100 * found.covered
        figures[f"mean width, truth {label}, points (low to high: {found.bounds:.1f})"] = found.width
    taken, _ = _timed(lambda: ranking(assessment))
    figures["ranking, draws a second"] = simulation.draws / taken
    figures["Sobol indices of all sites, s"] = _timed(lambda: composite_variance(assessment))[0]
    figures["bands that hang on one source, all sites, s"] = _timed(lambda: hangs_on(assessment))[0]
    taken, effects = _timed(lambda: audit(assessment, list(assessment.sites)))
    figures["audit of all sites, s"] = taken
    figures["drops tried"] = len(effects)
    return figures


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    started = time.perf_counter()
    found = work()
    return time.perf_counter() - started, found


def _one_by_one(assessment: Any) -> None:
    """Draw and score as a plain loop would: one draw, one cell at a time."""
    cells, chance = cells_of(assessment, simulation_of(assessment)), np.random.default_rng(1)
    for _ in range(PLAIN):
        drawn = cells.point.copy()
        for row in range(drawn.shape[0]):
            for column in range(drawn.shape[1]):
                if cells.open[row, column]:
                    drawn[row, column] = 100 * chance.random()
                elif cells.high[row, column] > cells.low[row, column]:
                    drawn[row, column] = chance.uniform(cells.low[row, column], cells.high[row, column])
        scores_drawn(cells, drawn[None])
