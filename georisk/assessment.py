"""One run of the method: the scores of every site and part, with their reasons.

Two runs stand side by side. The one that is printed uses A and B evidence only, so that summaries and memory
alone move nothing; the other uses all and is shown where its band differs (``with_weak``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from string import Template
from typing import Any

import pandas as pd

from georisk.evidence import Evidence
from georisk.method import Method
from georisk.scoring import Scores, composite_points, score_subjects
from georisk.seeds import Site
from georisk.snapshot import Snapshot
from georisk.stages import only_planned

COMPOSITE = "composite"


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
    part of the site it comes from.
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
    strong = Evidence(snapshot.strong(), method, references)
    everything = Evidence(snapshot, method, references)
    runs = [score_subjects(evidence) for evidence in (strong, everything)]
    subjects = _subjects(strong, *runs)
    sites = {site.id: _site(site, subjects, strong) for site in snapshot.seeds.sites.values()}
    return Assessment(snapshot, method, strong, everything, sites)


def _subjects(evidence: Evidence, run: Scores, weak: Scores) -> dict[str, Scored]:
    method = evidence.method
    marks = dict(iter(run.marks.groupby(["subject", "dimension"])))
    rows = {(row.subject, row.dimension): row for row in run.dimensions.itertuples(index=False)}
    weak_rows = {(row.subject, row.dimension): row for row in weak.dimensions.itertuples(index=False)}
    found = {}
    for subject in evidence.subjects["subject"]:
        dimensions = {}
        for dimension in method.dimension:
            key = (subject, dimension.key)
            dimensions[dimension.key] = _score(method, rows[key], weak_rows[key], marks[key])
        row, weak_row = rows[subject, COMPOSITE], weak_rows[subject, COMPOSITE]
        composite = _score(method, row, weak_row, None)
        composite = replace(composite, contributions=_composite_reasons(method, composite, dimensions))
        found[subject] = Scored(subject, evidence.snapshot.name(subject), composite, dimensions)
    return found


def _score(method: Method, row: Any, weak: Any, marks: pd.DataFrame | None) -> Score:
    score, other = _number(row.score), _number(weak.score)
    band, weak_band = method.band_of(score), method.band_of(other)
    contributions, unknown = ((), ()) if marks is None else (_contributions(method, marks), _missing(method, marks))
    return Score(row.dimension, score, float(row.low), float(row.high), band, float(row.known_weight), row.reason,
                 contributions, unknown, weak=other, weak_band=weak_band if weak_band != band else None)  # fmt: skip


def _number(value: float) -> float | None:
    return None if pd.isna(value) else float(value)


def _contributions(method: Method, marks: pd.DataFrame) -> tuple[Contribution, ...]:
    templates = {indicator.key: indicator.sentence for indicator in method.indicators}
    known = marks[marks["reason"] == ""].sort_values(["points", "weight", "indicator"], ascending=[False, False, True])
    return tuple(
        Contribution(
            row.indicator, float(row.value), float(row.points), float(row.low), float(row.high),
            Template(templates[row.indicator]).safe_substitute(row.detail), tuple(row.statements),
        )
        for row in known.itertuples(index=False)
    )  # fmt: skip


def _missing(method: Method, marks: pd.DataFrame) -> tuple[Missing, ...]:
    questions = {indicator.key: indicator.question for indicator in method.indicators}
    open_ = marks[~marks["reason"].isin(["", "not-applicable"])].sort_values(
        ["weight", "indicator"], ascending=[False, True]
    )
    total = marks.loc[marks["reason"] != "not-applicable", "weight"].sum()
    return tuple(
        Missing(row.indicator, row.reason, questions[row.indicator], 100 * row.weight / total)
        for row in open_.itertuples(index=False)
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
    rows = []
    for site in assessment.sites.values():
        for scored, part in [(site, ""), *((one, one.id) for one in site.parts)]:
            for one in (scored.composite, *scored.dimensions.values()):
                rows.append(
                    (site.id, part, one.key, one.score, one.low, one.high, one.band, one.known_weight, one.reason)
                )
    columns = ["site", "part", "dimension", "score", "low", "high", "band", "known_weight", "reason"]
    return pd.DataFrame(rows, columns=columns)
