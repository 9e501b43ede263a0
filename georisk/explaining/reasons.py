"""Scores to arguments: ordered reasons with their evidence, and which missing fact would settle most.

Nothing is scored here. What a score would be if one more fact were known follows from the same two means that
made it (:mod:`georisk.scoring`): the weighted mean of a dimension and the power mean of the composite.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from georisk.assessment import COMPOSITE, Assessment, Contribution, Score, Scored
from georisk.explaining.citations import PREFIX, Citations, Support
from georisk.explaining.swings import Swing, swings_of
from georisk.method import Indicator, Method


@dataclass(frozen=True, slots=True)
class Reason:
    """What one indicator (or one dimension, in the composite) adds to a score, and what that rests on.

    ``percent`` is the part of the score that its points make up.
    """

    indicator: str
    points: float
    percent: float
    sentence: str
    supports: tuple[Support, ...]


@dataclass(frozen=True, slots=True)
class Argument:
    """One score with its reasons, heaviest first. ``part`` names the part of a site it comes from."""

    key: str
    title: str
    question: str
    weight: float
    score: Score
    part: str | None
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Explanation:
    """Why a site is scored as it is, and what would change that.

    ``swings`` are the facts that are missing or bounded, the one that would settle most first.
    """

    assessment: Assessment
    scored: Scored
    composite: Argument
    dimensions: tuple[Argument, ...]
    swings: tuple[Swing, ...]

    @property
    def arguments(self) -> tuple[Argument, ...]:
        """The composite and the dimensions, in the method's order."""
        return self.composite, *self.dimensions

    def of(self, key: str) -> Argument:
        """Return the argument of the composite or of one dimension."""
        return next(one for one in self.arguments if one.key == key)


def explain(assessment: Assessment, site: str, citations: Citations) -> Explanation:
    """Return why a site is scored as it is.

    Parameters
    ----------
    assessment
        The run.
    site
        Id of the site.
    citations
        Looks up statements and rows of series.
    """
    scored, method = assessment.sites[site], assessment.method
    return Explanation(
        assessment=assessment,
        scored=scored,
        composite=_composite(assessment, scored),
        dimensions=tuple(_dimension(assessment, scored, key, citations) for key in scored.dimensions),
        swings=swings_of(assessment, scored, method),
    )


def _composite(assessment: Assessment, scored: Scored) -> Argument:
    """Return the composite: its reasons are the dimensions, whose own evidence stands with them."""
    score = scored.composite
    reasons = tuple(_reason(score, one, ()) for one in score.contributions)
    question = "How risky over all dimensions?"
    return Argument(COMPOSITE, "Composite", question, 100.0, score, _part_name(assessment, score), reasons)


def _dimension(assessment: Assessment, scored: Scored, key: str, citations: Citations) -> Argument:
    dimension = next(one for one in assessment.method.dimension if one.key == key)
    total = sum(one.weight for one in assessment.method.dimension)
    score = scored.dimensions[key]
    reasons = tuple(_reason(score, one, citations.supports(one.statements)) for one in score.contributions)
    part = _part_name(assessment, score)
    return Argument(key, dimension.title, dimension.question, 100 * dimension.weight / total, score, part, reasons)


def _reason(score: Score, one: Contribution, supports: tuple[Support, ...]) -> Reason:
    percent = 100 * one.points / score.score if score.score else 0.0
    return Reason(one.indicator, one.points, percent, one.sentence, supports)


def _part_name(assessment: Assessment, score: Score) -> str | None:
    return None if score.part is None else assessment.snapshot.name(score.part)


def room_to_bands(method: Method, score: float) -> tuple[str | None, float, str | None, float]:
    """Return the band below with the distance to it, and the band above with the distance to it, in points.

    The distance down is to the foot of the score's own band; ``None``: there is no band on that side.
    """
    starts = sorted((band.start, band.title) for band in method.band)
    here = max(place for place, (start, _) in enumerate(starts) if start <= score)
    below = starts[here - 1][1] if here else None
    above = starts[here + 1] if here + 1 < len(starts) else None
    up = (above[1], above[0] - score) if above else (None, 0.0)
    return below, score - starts[here][0], *up


def bands_between(method: Method, low: float, high: float) -> list[str]:
    """Return the titles of all bands an interval touches, lowest first."""
    first, last = method.band_of(low), method.band_of(high)
    keys = [band.key for band in sorted(method.band, key=lambda band: band.start)]
    titles = {band.key: band.title for band in method.band}
    return [titles[key] for key in keys[keys.index(str(first)) : keys.index(str(last)) + 1]]


def title_of(indicator: str) -> str:
    """Return the name of an indicator in words.

    >>> title_of("evidence-grade")
    'evidence grade'
    """
    return indicator.replace("-", " ")


def is_series(supports: Iterable[Support]) -> bool:
    """Say whether a figure rests on country series."""
    return any(one.id.startswith(PREFIX) for one in supports)


def weights_of(method: Method, dimension: str) -> Mapping[str, Indicator]:
    """Return the indicators of a dimension by key."""
    return {one.key: one for one in method.of(dimension)}
