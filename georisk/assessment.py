"""One run of the method: the scores of every site and part, with their reasons.

Two runs stand side by side. The one that is printed uses A and B evidence only, so that summaries and memory
alone move nothing; the other uses all and is shown where its band differs (``with_weak``).
"""

from __future__ import annotations

import math
from collections import namedtuple
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from string import Template
from typing import Any

import pandas as pd

from georisk.evidence import Evidence
from georisk.memory import uncollected
from georisk.method import Method
from georisk.scoring import NOT_APPLICABLE, Scores, composite_points, score_subjects
from georisk.seeds import Site
from georisk.snapshot import Snapshot
from georisk.stages import only_planned

COMPOSITE = "composite"
FRAME = ("site", "part", "dimension", "score", "low", "high", "band", "known_weight", "reason")


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one indicator (or one dimension, in the composite) adds to a score.

    ``value`` is the raw value in the indicator's unit, ``points`` what it adds; ``low`` and ``high`` are its
    risk, 0 to 100, at the bounds of its value.
    """

    indicator: str
    value: float
    points: float
    low: float
    high: float
    sentence: str
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """An indicator that could not be answered, why, and what it weighs (per cent of its dimension)."""

    indicator: str
    reason: str
    question: str
    weight: float


@dataclass(frozen=True, slots=True)
class Score:
    """A score with its interval and reasons. ``score`` is ``None`` below the floor; ``reason`` says why.

    ``weak`` is the score of the run that uses C and D evidence too, ``weak_band`` its band; ``part`` names the
    part of the site it comes from. ``p05`` and ``p95`` are the ends of the interval that its evidence leaves open;
    ``None`` where nothing was simulated.
    """

    key: str
    score: float | None
    low: float
    high: float
    band: str | None
    known_weight: float
    reason: str
    contributions: tuple[Contribution, ...]
    unknown: tuple[Missing, ...]
    weak: float | None = None
    weak_band: str | None = None
    part: str | None = None
    p05: float | None = None
    p95: float | None = None


@dataclass(frozen=True, slots=True)
class Scored:
    """The scores of a site or part: composite, the three dimensions, and the parts of a site."""

    id: str
    name: str
    composite: Score
    dimensions: Mapping[str, Score]
    parts: tuple[Scored, ...] = ()

    @property
    def worst(self) -> str | None:
        """The dimension with the highest score; ``None`` if none is scored."""
        scored = {key: one.score for key, one in self.dimensions.items() if one.score is not None}
        return max(scored, key=lambda key: scored[key]) if scored else None


@dataclass(frozen=True)
class Assessment:
    """Everything one run found."""

    snapshot: Snapshot
    method: Method
    evidence: Evidence
    everything: Evidence
    sites: Mapping[str, Scored]


def assess(snapshot: Snapshot, method: Method, references: Path) -> Assessment:
    """Score all sites of a snapshot.

    Parameters
    ----------
    snapshot
        The seeds on a day, as known by a day.
    method, references
        The method and the folder of country series.
    """
    with uncollected():
        weak = score_subjects(Evidence(snapshot, method, references)).dimensions
        strong = Evidence(snapshot.strong(), method, references)
        run = score_subjects(strong)
    return Assessment(snapshot, method, strong, Evidence(snapshot, method, references), _Sites(strong, run, weak))


class _Sites(Mapping[str, Scored]):
    """The scores of all sites; reasons and sentences of a site are made when it is asked for."""

    def __init__(self, evidence: Evidence, run: Scores, weak: pd.DataFrame) -> None:
        self._evidence, self._run, self._weak = evidence, run, weak
        self._told: dict[str, Scored] = {}

    def __iter__(self) -> Iterator[str]:
        return iter(self._evidence.snapshot.seeds.sites)

    def __len__(self) -> int:
        return len(self._evidence.snapshot.seeds.sites)

    def __getitem__(self, site: str) -> Scored:
        if site not in self._told:
            self._told[site] = self._site(self._evidence.snapshot.seeds.sites[site])
        return self._told[site]

    def _site(self, site: Site) -> Scored:
        subjects = {subject: self._subject(subject) for subject in site.subjects()}
        return _site(site, subjects, self._evidence)

    @cached_property
    def _marks(self) -> dict[str, list[Any]]:
        """The marks of each subject, in the order of the method."""
        return _by_subject(self._run.marks)

    @cached_property
    def _rows(self) -> tuple[dict[str, list[Any]], dict[str, list[Any]]]:
        """The scores of each subject in both runs, dimensions first, the composite at the end."""
        return _by_subject(self._run.dimensions), _by_subject(self._weak)

    def _subject(self, subject: str) -> Scored:
        method, marks = self._evidence.method, self._marks[subject]
        rows = list(zip(self._rows[0][subject], self._rows[1][subject], strict=True))
        dimensions = {
            row.dimension: _score(method, row, weak, [one for one in marks if one.dimension == row.dimension])
            for row, weak in rows
            if row.dimension != COMPOSITE
        }
        composite = next(_score(method, row, weak, ()) for row, weak in rows if row.dimension == COMPOSITE)
        composite = replace(composite, contributions=_composite_reasons(method, composite, dimensions))
        return Scored(subject, self._evidence.snapshot.name(subject), composite, dimensions)

    def frame(self) -> pd.DataFrame:
        """Return the scores of all sites without making their reasons."""
        rows: list[tuple[Any, ...]] = []
        for site in self._evidence.snapshot.seeds.sites.values():
            if site.parts:
                rows += _frame_rows(self[site.id])
            else:
                *dimensions, composite = self._rows[0][site.id]
                rows += [(site.id, "", *_cells(row)) for row in (composite, *dimensions)]
        return pd.DataFrame(rows, columns=list(FRAME))


def _by_subject(table: pd.DataFrame) -> dict[str, list[Any]]:
    row = namedtuple("row", table.columns)  # type: ignore[misc]
    found: dict[str, list[Any]] = {}
    columns = (table[name].tolist() for name in table.columns)
    for subject, one in zip(table["subject"].tolist(), map(row._make, zip(*columns, strict=True)), strict=True):
        found.setdefault(subject, []).append(one)
    return found


def _cells(row: Any) -> tuple[Any, ...]:
    band = row.band if isinstance(row.band, str) else None
    return row.dimension, row.score, row.low, row.high, band, row.known_weight, row.reason


def _score(method: Method, row: Any, weak: Any, marks: Sequence[Any]) -> Score:
    score, other = _number(row.score), _number(weak.score)
    band, weak_band = method.band_of(score), method.band_of(other)
    return Score(row.dimension, score, float(row.low), float(row.high), band, float(row.known_weight), row.reason,
                 _contributions(method, marks), _missing(method, marks), weak=other,
                 weak_band=weak_band if weak_band != band else None)  # fmt: skip


def _number(value: float) -> float | None:
    return None if math.isnan(value) else float(value)


def _contributions(method: Method, marks: Sequence[Any]) -> tuple[Contribution, ...]:
    templates = {indicator.key: indicator.sentence for indicator in method.indicators}
    known = sorted((row for row in marks if not row.reason), key=lambda row: (-row.points, -row.weight, row.indicator))
    return tuple(
        Contribution(
            row.indicator, row.value, row.points, row.low, row.high,
            Template(templates[row.indicator]).safe_substitute(row.detail), tuple(row.statements),
        )
        for row in known
    )  # fmt: skip


def _missing(method: Method, marks: Sequence[Any]) -> tuple[Missing, ...]:
    questions = {indicator.key: indicator.question for indicator in method.indicators}
    applicable = [row for row in marks if row.reason != NOT_APPLICABLE]
    total = sum(row.weight for row in applicable)
    return tuple(
        Missing(row.indicator, row.reason, questions[row.indicator], 100 * row.weight / total)
        for row in sorted(applicable, key=lambda row: (-row.weight, row.indicator))
        if row.reason
    )


def _composite_reasons(method: Method, composite: Score, dimensions: Mapping[str, Score]) -> tuple[Contribution, ...]:
    if composite.score is None:
        return ()
    points = composite_points({key: one.score or 0.0 for key, one in dimensions.items()}, method)
    titles = {dimension.key: dimension.title for dimension in method.dimension}
    reasons = []
    for key, one in dimensions.items():
        sentence = f"{titles[key]} {one.score:.1f} ({one.band}), weight {_weight(method, key):g} per cent."
        statements = tuple(dict.fromkeys(name for part in one.contributions for name in part.statements))
        reasons.append(Contribution(key, one.score or 0.0, points[key], one.low, one.high, sentence, statements))
    return tuple(sorted(reasons, key=lambda one: -one.points))


def _weight(method: Method, key: str) -> float:
    total = sum(dimension.weight for dimension in method.dimension)
    return next(100 * dimension.weight / total for dimension in method.dimension if dimension.key == key)


def _site(site: Site, subjects: Mapping[str, Scored], evidence: Evidence) -> Scored:
    if not site.parts:
        return subjects[site.id]
    parts = tuple(subjects[part.id] for part in site.parts)
    real = [part for part in parts if not only_planned(evidence.snapshot, part.id)] or list(parts)
    dimensions = {
        key: _worst([replace(part.dimensions[key], part=part.id) for part in real]) for key in parts[0].dimensions
    }
    composite = _worst([replace(part.composite, part=part.id) for part in real])
    return Scored(site.id, site.name, composite, dimensions, parts)


def _worst(scores: list[Score]) -> Score:
    return max(scores, key=lambda one: (one.score is not None, one.score or 0.0, one.high))


def score_frame(assessment: Assessment) -> pd.DataFrame:
    """Return all scores as a table: site, part, dimension, score, low, high, band, known_weight, reason.

    ``part`` is empty for the site itself; scores are 0 to 100, NaN where there is none.
    """
    if isinstance(assessment.sites, _Sites):
        return assessment.sites.frame()
    rows = [row for site in assessment.sites.values() for row in _frame_rows(site)]
    return pd.DataFrame(rows, columns=list(FRAME))


def _frame_rows(site: Scored) -> list[tuple[Any, ...]]:
    return [
        (site.id, part, one.key, one.score, one.low, one.high, one.band, one.known_weight, one.reason)
        for scored, part in [(site, ""), *((one, one.id) for one in site.parts)]
        for one in (scored.composite, *scored.dimensions.values())
    ]
