"""What a run found, as arrays: for each site or part and indicator its risk, its bounds, and its kind of doubt.

Risks are 0 to 100, NaN where there is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from georisk.assessment import Assessment, Contribution, Score, Scored
from georisk.dates import months_between
from georisk.method import Method, Simulation
from georisk.ownership.stakes import restated
from georisk.snapshot import Snapshot

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
REFERENCE = "ref:"
"""Ids of rows of country series begin so."""
ERRORS = "z"
"""Parameter of an indicator whose bounds are its publisher's standard errors, this many each way."""


@dataclass(frozen=True)
class Cells:
    """One run as arrays of subjects by indicators.

    Attributes
    ----------
    method
        The method of the run.
    subjects, indicators
        Ids of sites without parts and of parts; keys of indicators.
    point, low, high
        Risk at the figure and at its bounds; NaN where unknown or not applicable.
    open
        The question arises and nobody could answer it.
    lean
        How far a bounded value leans on its figure: part of the draws.
    keys
        Names of what is drawn once: cells that rest on the same evidence share a key.
    scored
        By subject: whether its composite has a score.
    """

    method: Method
    subjects: tuple[str, ...]
    indicators: tuple[str, ...]
    point: Floats
    low: Floats
    high: Floats
    open: Flags
    lean: Floats
    keys: NDArray[np.object_]
    scored: Flags

    @cached_property
    def known(self) -> Flags:
        """Cells that have a figure."""
        return ~np.isnan(self.point)

    @cached_property
    def errors(self) -> Floats:
        """By indicator: half the bounds in standard errors; NaN where the bounds are no standard errors."""
        given = {one.key: float(one.parameters.get(ERRORS, np.nan)) for one in self.method.indicators}
        return np.array([given[key] for key in self.indicators])

    @cached_property
    def weights(self) -> Floats:
        """By indicator: its stated weight."""
        given = {one.key: one.weight for one in self.method.indicators}
        return np.array([given[key] for key in self.indicators], dtype=float)

    @cached_property
    def columns(self) -> tuple[NDArray[np.intp], ...]:
        """By dimension: the places of its indicators."""
        home = {one.key: one.dimension for one in self.method.indicators}
        return tuple(
            np.array([place for place, key in enumerate(self.indicators) if home[key] == one.key], dtype=np.intp)
            for one in self.method.dimension
        )

    def part(self, start: int, end: int) -> Cells:
        """Return a run of the subjects."""
        rows = slice(start, end)
        return Cells(self.method, self.subjects[rows], self.indicators, self.point[rows], self.low[rows],
                     self.high[rows], self.open[rows], self.lean[rows], self.keys[rows], self.scored[rows])  # fmt: skip


def subjects_of(sites: Iterable[Scored]) -> Iterator[Scored]:
    """Yield what was scored: sites without parts, and parts."""
    for site in sites:
        yield from site.parts or (site,)


def cells_of(assessment: Assessment, simulation: Simulation) -> Cells:
    """Return a run as arrays.

    Parameters
    ----------
    assessment
        The run.
    simulation
        How far figures of each grade and age are leaned on.
    """
    method = assessment.method
    subjects = list(subjects_of(assessment.sites.values()))
    keys = tuple(one.key for dimension in method.dimension for one in method.of(dimension.key))
    place = {key: number for number, key in enumerate(keys)}
    shape = len(subjects), len(keys)
    point, low, high, lean = (np.full(shape, np.nan) for _ in range(4))
    open_, names = np.zeros(shape, dtype=bool), np.full(shape, "", dtype=object)
    trust = _Trust(assessment.snapshot, simulation)
    for row, subject in enumerate(subjects):
        for score in subject.dimensions.values():
            for missing in score.unknown:
                column = place[missing.indicator]
                open_[row, column], names[row, column] = True, f"{missing.indicator}: {subject.id}"
            for one, risk in _risks(method, score):
                column = place[one.indicator]
                point[row, column], low[row, column], high[row, column] = risk, one.low, one.high
                names[row, column] = f"{one.indicator}: {', '.join(_evidence(one))}"
                lean[row, column] = trust.lean(one.statements) if one.high > one.low else 1.0
    scored = np.array([subject.composite.score is not None for subject in subjects], dtype=bool)
    return Cells(method, tuple(one.id for one in subjects), keys, point, low, high, open_, lean, names, scored)


def _risks(method: Method, score: Score) -> Iterator[tuple[Contribution, float]]:
    """Yield what is known of a dimension with its risk: points are risk times weight over the weight known."""
    weights = {one.key: one.weight for one in method.of(score.key)}
    known = sum(weights[one.indicator] for one in score.contributions)
    for one in score.contributions:
        yield one, min(max(one.points * known / weights[one.indicator], one.low), one.high)


def _evidence(one: Contribution) -> list[str]:
    """Return what a figure rests on: the rows of a country series where it has any, for all sites of the country."""
    rows = sorted(name for name in one.statements if name.startswith(REFERENCE))
    return rows or sorted(one.statements)


class _Trust:
    """How far statements are leaned on, by grade and by how long ago they were last stated."""

    def __init__(self, snapshot: Snapshot, simulation: Simulation) -> None:
        self.snapshot = snapshot
        self.rule = simulation.evidence
        self.found: dict[str, float] = {}

    def lean(self, statements: Iterable[str]) -> float:
        """Return the mean over the statements; rows of country series count as fresh and official."""
        each = [self._one(name) for name in statements]
        return sum(each) / len(each) if each else 0.0

    def _one(self, name: str) -> float:
        if name not in self.found:
            self.found[name] = self._fresh(name)
        return self.found[name]

    def _fresh(self, name: str) -> float:
        leans: Mapping[str, float] = {str(grade): part for grade, part in self.rule.lean.items()}
        statement = self.snapshot.by_id.get(name)
        if statement is None:
            return max(leans.values(), default=0.0)
        age = max(0.0, months_between(restated(self.snapshot, statement), self.snapshot.as_of))
        return float(leans.get(statement.grade, 0.0) * 0.5 ** (age / self.rule.half_life_months))
